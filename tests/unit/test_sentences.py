"""Sentences: those of the table, and what must be true of every text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.lexicon.sentences import sentences

_TABLE = yaml.safe_load((Path(__file__).parent.parent / "cases" / "sentences.yaml").read_text(encoding="utf-8"))
_CHARACTERS = st.sampled_from(list("あい。．！?!？「」『』（）()｢｣.aZ ７　\n\r\t\u2028"))
_TEXT = st.lists(_CHARACTERS, max_size=40).map("".join) | st.text()
_SENTENCES = st.sampled_from(["質問します。", "「はい。」と答えた。", "値は３．５です！", "どうか（案。）。"])


def _parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("wanted", _TABLE, ids=" ".join)
@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_the_table(wanted: list[str], blank: str) -> None:
    if "Thank you." in wanted or "See" in wanted[0]:
        blank = blank or " "  # an ASCII full stop ends a sentence only before a blank
    text = blank.join(wanted).replace(f"{blank}⏎", "\n").replace(f"\n{blank}", "\n").replace("⏎", "\n")
    assert _parts(text) == [part for part in wanted if part != "⏎"]


@given(_TEXT)
def test_sentences_hold_all_but_blanks(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        last = end
    assert not text[last:].strip()


@given(st.lists(_SENTENCES, max_size=8))
def test_sentences_are_found_again_however_many_follow(parts: list[str]) -> None:
    assert _parts("".join(parts)) == parts


@pytest.mark.parametrize("unit", ["「", "（。", "「。」", "「（」）", "。」", "a.)", "．", "　", "?a"])
def test_a_hundred_thousand_of_anything(unit: str) -> None:
    """Loops inside loops would take minutes here."""
    text = unit * 100_000
    assert "".join(_parts(text)) == "".join(text.split())
