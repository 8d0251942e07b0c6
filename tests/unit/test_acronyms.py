"""acronyms.py: cases/ocr_acronyms.yaml, and the list of acronyms."""

from __future__ import annotations

import re

from corrections import found
from minutes_cli.normalize.acronyms import find, known


def test_only_the_signs_are_replaced():
    (first, second) = found(find, "市のG1GAと10T機器")
    assert (first.start, first.end, first.after) == (3, 4, "I")
    assert (second.start, second.end, second.after) == (7, 9, "Io")


def test_the_reason_says_how_often_the_acronym_stands_there():
    (correction,) = found(find, "ICTの話。ICTの会。1CTの課")
    assert correction.reason == "ICT stands 2 times in the record"


def test_no_word_of_the_list_can_be_read_from_a_right_one():
    listed = " と ".join(sorted(known()))
    assert not found(find, listed)


def test_the_list_holds_words_only():
    assert all(re.fullmatch(r"[A-Za-z0-9&]{2,}", word) for word in known())
    assert len(known()) > 500
