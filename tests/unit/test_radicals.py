"""Radicals that the fonts of PDFs give for kanji."""

from __future__ import annotations

import unicodedata

import pytest

from minutes_cli.ingest.text import from_text
from minutes_cli.lexicon.radicals import KANJI, may_hold_radicals
from minutes_cli.normalize import normalize
from minutes_cli.search.prefilter import possible

TURN = "○議長（氷室孝志君）　これより会議を開きます。\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⼀般質問を⾏います。", "一般質問を行います。"),
        ("市⻑の答弁を求めます。", "市長の答弁を求めます。"),
        ("⼾籍の窓口は⻄館の⼆階です。", "戸籍の窓口は西館の二階です。"),
        ("⽇本⼤⼈⼝", "日本大人口"),
    ],
)
def test_radicals_become_kanji(written: str, meant: str) -> None:
    result = normalize(from_text(TURN + written + "\n"))
    assert result.view.text == TURN + meant + "\n"
    assert {edit.rule for edit in result.view.edits} == {"radical"}


def test_kanji_stay() -> None:
    assert normalize(from_text(TURN + "一般質問、市長、西館の二階、戶、神社、﨑\n")).view.edits == ()


def test_every_radical_is_noticed_and_becomes_one_kanji() -> None:
    for radical, kanji in KANJI.items():
        assert may_hold_radicals(radical.encode())
        assert len(kanji) == 1 and unicodedata.name(kanji).startswith("CJK UNIFIED IDEOGRAPH")


def test_a_search_does_not_pass_over_them() -> None:
    raw = (TURN + "⼀般質問を⾏います。\n").encode()
    assert possible(raw, (("一般質問",),))
    assert not possible(raw.replace("⼀般質問".encode(), b""), (("代表質問",),), fix="none")
    assert not possible(TURN.encode(), (("一般質問",),))


def test_no_character_of_records_is_taken_for_one() -> None:
    others = [*range(0x2E80), *range(0x3000, 0xD800), *range(0xE000, 0x11000)]
    assert not may_hold_radicals("".join(map(chr, others)).encode())
