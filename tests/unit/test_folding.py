"""Folding and folded patterns: examples."""

from __future__ import annotations

import re

import pytest

from minutes_cli.lexicon.folding import fold, fold_pattern, key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＤＸ推進", "dx推進"),
        ("DX推進", "dx推進"),
        ("ﾃﾞｼﾞﾀﾙ", "デジタル"),
        ("カ\u3099イト\u3099", "ガイド"),
        ("（仮称）１０％", "(仮称)10%"),
        ("⑳㈱髙", "⑳㈱髙"),
        ("サービス", "サービス"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_places_are_kept_where_nothing_is_put_together() -> None:
    assert fold("ＤＸを、ｻｰﾋﾞｽ").offsets == (0, 1, 2, 3, 4, 5, 6, 8, 9)
    assert fold("ＤＸ").offsets is None


def test_key_drops_voiced_marks() -> None:
    assert key("デ") == key("ﾃﾞ") == key("テ\u3099") == "テ"
    assert key("ＤＸ推進") == "dx推進"


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("（ＤＸ）", "(dx)", True),
        (r"[Ａ-Ｃ]＋", "b+", True),
        (r"[A-C]\W", "b。", True),
        (r"\S\S", "。 ", False),
        (r"[^A-Z]", "q", False),
        (r"ﾃﾞ+", "デデ", True),
        (r"[ｱ-ﾝ]{2}", "カナ", True),
        (r"\u0044Ｘ", "dx", True),
        (r"(?P<Name>D)(?P=Name)", "dd", True),
        (r"a\（b", "a(b", True),
        (r"[＼－～]", "-", True),
    ],
)
def test_fold_pattern(pattern: str, text: str, matches: bool) -> None:
    assert bool(re.fullmatch(fold_pattern(pattern), text)) is matches


def test_a_bad_pattern_stays_bad() -> None:
    for pattern in ("[a", "(", "a\\", "*", r"\x1"):
        with pytest.raises(re.error):
            re.compile(fold_pattern(pattern))
