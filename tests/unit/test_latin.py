"""latin.py: cases/ocr_latin.yaml."""

from __future__ import annotations

from corrections import corrected, found
from minutes_cli.normalize.latin import find


def test_only_blanks_go():
    text = "市のN POと、目指すSoc ie t yと、G IGAスクール"
    assert all(text[c.start : c.end] == " " and not c.after for c in found(find, text))
    assert len(found(find, text)) == 5


def test_a_long_line_of_english_is_no_trouble():
    assert corrected(find, "we go to a new school " * 2000) == "we go to a new school " * 2000
