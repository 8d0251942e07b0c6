"""Lines as they stand, and who spoke by the shape of the lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.ingest.text import line_starts
from minutes_cli.search.matcher import matchers
from minutes_cli.search.model import Match, Mode, Query
from minutes_cli.search.raw import RawHit, raw_search

RECORD = "議事録\n○議長（架空太郎君）　開会します。\n雨の件です。\n\n　○ 雨沢委員\n雨と\n雨雨。\n○議事日程\n雨\n"


def search(text: str, *patterns: str) -> list[RawHit]:
    return raw_search(text, [m.matches for m in matchers(patterns, Query(patterns, mode=Mode.LITERAL))])


def test_lines_places_and_labels() -> None:
    hits = search(RECORD, "雨")
    assert [(hit.line, hit.label) for hit in hits] == [
        (3, "議長（架空太郎君）"),
        (5, "雨沢委員"),
        (6, "雨沢委員"),
        (7, "雨沢委員"),
        (9, "雨沢委員"),
    ]
    assert hits[3] == RawHit(7, "雨雨。", [Match(0, 1), Match(1, 2)], "雨沢委員")


def test_nobody_is_named_where_no_label_is_above() -> None:
    assert search("雨\n○議長\n", "雨") == [RawHit(1, "雨", [Match(0, 1)], None)]


def test_nothing_is_joined() -> None:
    assert search("自治\n体", "自治体") == []


def test_a_place_counts_once() -> None:
    assert search("雨天", "雨", "雨天", "雨")[0].matches == [Match(0, 1), Match(0, 2, 1)]


@given(st.lists(st.sampled_from(["雨", "あ", "\n", "\r\n", "\r", "\f", "○議長", " "]), max_size=20).map("".join))
def test_lines_are_those_of_the_source(text: str) -> None:
    starts = line_starts(text)
    found = [(hit.line, starts[hit.line - 1] + match.start) for hit in search(text, "雨") for match in hit.matches]
    assert [at for _, at in found] == [i for i, c in enumerate(text) if c == "雨"]
    assert all(starts[line - 1] <= at < [*starts, len(text)][line] for line, at in found)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("会長（架空知事）", "会長（架空知事）"),
        ("議 長（ 架空太郎君 ）　開会します", "議 長（ 架空太郎君 ）"),
        ("架空委員　それでは", "架空委員"),
        ("委員長　架空太郎君　これより", "委員長　架空太郎君"),
        ("議　長　ただいま", "議　長"),
        ("架空（元）委員", "架空（元）委員"),
        ("３番（架空花子君）", "３番（架空花子君）"),
        ("議事日程", None),
        ("出席委員", None),
        ("日程第１（議案第３号）", None),
        ("次に、委員から質問がありました。", None),
    ],
)
def test_labels(line: str, label: str | None) -> None:
    (hit,) = raw_search(f"○{line}\n鍵", [lambda text: [Match(text.rindex("鍵"), len(text))]])
    assert hit.label == label
