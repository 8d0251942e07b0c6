"""What patterns need: examples."""

from __future__ import annotations

import pytest

from minutes_cli.search.needs import all_of, any_of, of_literal, of_regex


def _needs(pattern: str) -> set[frozenset[str]]:
    return set(of_regex(pattern))


@pytest.mark.parametrize(
    ("pattern", "clauses"),
    [
        ("自治体", [{"自治体"}]),
        ("自治体(?:職員)?", [{"自治体"}]),
        ("(?:保育|学童).*待機", [{"保育", "学童"}, {"待機"}]),
        ("[都県]庁", [{"都庁", "県庁"}]),
        ("会議+録", [{"会議"}, {"議録"}]),
        ("ba+b", [{"ba"}, {"ab"}]),
        ("ba{2}b", [{"baab"}]),
        ("保育(?=園)", [{"保育"}, {"園"}]),
        ("(?<!東)京都", [{"京都"}]),
        ("(ab|cd)\\1ef", [{"ab", "cd"}, {"ef"}]),
        ("サーバー?", [{"サーバ"}]),
        ("(?i)abc", []),
        ("a(?i:b)c", [{"a"}, {"c"}]),
        ("x*", []),
        ("a|", []),
        ("(", []),
        (".+", []),
    ],
)
def test_clauses(pattern: str, clauses: list[set[str]]) -> None:
    assert _needs(pattern) == set(map(frozenset, clauses))


def test_there_are_never_many() -> None:
    assert len(of_regex(".".join(f"{i}番目の" for i in range(30)))) == 8
    assert len(any_of([of_regex("あ.い.う"), of_regex("か.き.く.け"), of_regex("さ.し.す")])) == 1
    assert of_regex("[あ-ん]{40}") == ()
    assert all(len(clause) <= 64 for clause in of_regex("[a-h][a-h][a-h]x"))


def test_several() -> None:
    assert any_of([of_literal("雨"), of_literal("雪")]) == (frozenset("雨雪"),)
    assert any_of([of_literal("雨"), ()]) == any_of([]) == ()
    assert set(all_of([of_literal("雨"), of_literal("雪")])) == {frozenset("雨"), frozenset("雪")}
