"""Keyword in context: columns that stand under each other, and in what order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.cli._hits.hit import Options
from minutes_cli.cli._hits.kwic import Sort, first, kwic, last
from minutes_cli.cli._text import columns
from minutes_cli.model import Meeting, Span, Speaker
from minutes_cli.passage import Passage, PassageKind, Record, Run, Slip
from minutes_cli.search.model import Found, Match, Result

WHO = (
    Speaker("s1", "葛西委員", (), "葛西", "委員", None, None),
    Speaker("s2", "事務局", (), None, "事務局", None, None),
)


def result(
    *said: tuple[str, str], path: str = "a.txt", date: str | None = None, slips: tuple[Slip, ...] = ()
) -> Result:
    """A record in which *said* (speaker, text) was searched for 鍵 with what kana follow."""
    passages = tuple(
        Passage(PassageKind.SPEECH, text, (Run(0, 0, number, 1),), slips, f"t{number}", speaker)
        for number, (speaker, text) in enumerate(said, 1)
    )
    found = tuple(Found(p, tuple(Match(*m.span()) for m in re.finditer("鍵[ぁ-ん]*", p.text))) for p in passages)
    return Result(Record(path, "verbatim", Meeting(date=date), WHO, (), passages), found)


BOTH = result(("s1", "わたしのDXの鍵を探す。\n次の話。"), ("s2", "鍵かけの話"))


def test_columns_stand_under_each_other() -> None:
    assert list(kwic([BOTH], Options(context=10))) == [
        "a.txt:1 葛西委員 たしのDXの 鍵を     探す。 次\n",
        "a.txt:2 事務局              鍵かけの 話\n",
    ]


def test_parts_can_be_left_out() -> None:
    got = list(kwic([BOTH], Options(context=4, path=False, line=False, speaker=False)))
    assert got == ["DXの 鍵を     探す\n", "     鍵かけの 話\n"]


def test_a_correction_is_shown_with_both_readings() -> None:
    seen = result(("s1", "この鍵だ。"), slips=(Slip(2, 3, Span(2, 3), "鏈"),))
    assert "この 鏈だ〔→鍵だ〕 。" in next(kwic([seen], Options(context=6)))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.NONE, "1234"),
        (Sort.LEFT, "4312"),
        (Sort.RIGHT, "2431"),
        (Sort.SPEAKER, "2413"),
        (Sort.DATE, "3412"),
    ],
)
def test_order(sort: Sort, order: str) -> None:
    results = [
        result(("s1", "1あう鍵ウ"), ("s2", "2くう鍵ア"), path="b.txt"),
        result(("s1", "3い鍵イ"), ("s2", "4あ鍵ア"), path="a.txt", date="2020-01-01"),
    ]
    got = [
        re.search("[1-4]", line.partition("葛西委員" if "葛西委員" in line else "事務局")[2])[0]
        for line in kwic(results, Options(context=8), sort)
    ]  # type: ignore[index]
    assert "".join(got) == order


def test_lines_fit_where_they_can() -> None:
    long = result(("s1", "あ" * 300 + "鍵を、" + "い" * 300))
    for width in (60, 100, 133):
        line = next(kwic([long], Options(screen=True, width=width)))
        assert width - 3 <= columns(line.rstrip("\n")) <= width


def test_nothing_found_writes_nothing() -> None:
    assert list(kwic([], Options())) == []


WIDE = st.text(alphabet="あアｱA1か\u3099e\u0301　\n\x1b、", max_size=30)


@given(st.lists(st.tuples(WIDE, WIDE), min_size=1, max_size=4), st.integers(0, 30), st.booleans())
def test_matches_begin_in_one_column(sides: list[tuple[str, str]], context: int, colour: bool) -> None:
    results = [result(*(("s1", f"{left}鍵{right}") for left, right in sides))]
    starts = set()
    for line in kwic(results, Options(context=context, colour=colour)):
        if colour:
            before, _, behind = re.sub(r"\x1b\[(?!1;31m)[0-9;]*m", "", line).partition("\x1b[1;31m")
        else:
            before, _, behind = line.partition("鍵")
        starts.add(columns(before))
        assert "\x1b" not in before + behind
    assert len(starts) == 1


@given(WIDE, st.integers(0, 20))
def test_context_is_as_long_as_fits(text: str, width: int) -> None:
    for part, rest in ((first(text, width), text[len(first(text, width)) :][:1]),):
        assert text.startswith(part) and columns(part) <= width
        assert not rest or columns(part + rest) > width
    part = last(text, width)
    assert text.endswith(part) and columns(part) <= width
    assert not part or columns(part[0]) > 0
