"""latin.py: cases/ocr_latin.yaml."""

from __future__ import annotations

import pytest

from corrections import ODD, applied, corrected, found, rows
from minutes_cli.model import Safety
from minutes_cli.normalize.latin import find


@pytest.mark.parametrize("row", rows("ocr_latin.yaml", "changes"))
def test_what_is_put_together(row):
    assert corrected(find, row["text"]) == row["becomes"]


@pytest.mark.parametrize("row", rows("ocr_latin.yaml", "asks"))
def test_what_is_asked(row):
    assert corrected(find, row["text"]) == row["text"]
    assert applied(row["text"], found(find, row["text"], Safety.ASK)) == row["becomes"]


@pytest.mark.parametrize("text", rows("ocr_latin.yaml", "stays"))
def test_what_stays(text):
    assert not found(find, text)
    assert not found(find, text, Safety.ASK)


@pytest.mark.parametrize("text", ODD)
def test_any_text(text):
    corrected(find, text)


def test_only_blanks_go():
    text = "市のN POと、目指すSoc ie t yと、G IGAスクール"
    assert all(text[c.start : c.end] == " " and not c.after for c in found(find, text))
    assert len(found(find, text)) == 5


def test_a_long_line_of_english_is_no_trouble():
    assert corrected(find, "we go to a new school " * 2000) == "we go to a new school " * 2000
