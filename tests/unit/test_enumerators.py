"""Garbled enumerators: the cases of enumerators.yaml, and what holds for any text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.enumerators import find
from minutes_cli.normalize.enumerators.forms import write
from minutes_cli.normalize.methods import Settings

CASES = Path(__file__).parent.parent / "cases" / "enumerators.yaml"
MARKED = re.compile(r"«(?P<ask>\??)(?P<before>[^»]*?)→(?P<after>[^»]*?)»")
PIECES = [
    *("(1)", "(2)", "(3)", "（４）", "1)", "2)", "①", "②", "③", "1 ", "2 ", "3．", "一、", "二　", "第1条", "第三条"),
    *(
        "住)",
        "他)",
        "a)",
        "b)",
        "(D ",
        "(D",
        "CD",
        "(l)",
        "（Z）",
        "@",
        "l ",
        "O ",
        "1O ",
        "ニ　",
        "ー、",
        "図)",
        "{2)",
    ),
    *("(3", "第l条", "議案第2号", "議案第３l号", "第ニ条", "第○条", "Z．", "歩道を直す", "。", "（", "）", "「"),
    *("\n", "\r\n", "\n\n", "\r", "\f", "　", " "),
]


def cases() -> list[Any]:
    """Every case with an id that says where it stands."""
    groups = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return [pytest.param(text, id=f"{group}: {name}") for group, rows in groups.items() for name, text in rows.items()]


def corrections(text: str) -> list[Correction]:
    """What is found in *text*."""
    return list(find(text, Settings()))


def applied(text: str, found: list[Correction], *safeties: Safety) -> str:
    """*text* with the corrections of these kinds."""
    for correction in reversed(found):
        if correction.safety in safeties:
            text = text[: correction.start] + correction.after + text[correction.end :]
    return text


@pytest.mark.parametrize("marked", cases())
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n\n"])
def test_a_case(marked: str, line_end: str) -> None:
    marked = marked.replace("\n", line_end)
    text = MARKED.sub(lambda m: m["before"], marked)
    found = corrections(text)
    assert applied(text, found, Safety.SAFE) == MARKED.sub(lambda m: m["before" if m["ask"] else "after"], marked)
    assert applied(text, found, Safety.SAFE, Safety.ASK) == MARKED.sub(lambda m: m["after"], marked)


def test_what_a_correction_says() -> None:
    (first, second) = corrections("1 道路\n住)歩道\n(2)街灯\n第1条 目的\n第Z条 定義\n第3条 管理\n")
    assert first.rule == "ocr-enumerator"
    assert first.confidence > 0.9
    assert "goes on with (2)" in first.reason
    assert second.rule == "ocr-number"
    assert "looks like 2" in second.reason


def test_what_is_only_proposed_is_less_certain() -> None:
    (proposed,) = corrections("(1)歩道\n(2)街灯\n沿)標識\n")
    assert proposed.safety is Safety.ASK
    assert proposed.confidence < 0.9


LONG = "村の人が集まって話し合いました。\n" * 300


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        (f"(1)歩道\n{LONG}住)街灯\n{LONG}(3)標識\n", Safety.ASK),  # the neighbours are far away
        (f"(1)歩道\n住)街灯\n{LONG}", Safety.ASK),  # where the list ends cannot be seen
        (f"(1)歩道\n住)街灯\n○議長　閉会します。\n{LONG}", Safety.SAFE),
        (f"1 道路\n{LONG}Z 公園\n{LONG}3 図書館\n", Safety.SAFE),  # headings may be
    ],
)
def test_how_far_a_list_reaches(text: str, safety: Safety) -> None:
    assert {c.safety for c in corrections(text)} == {safety}


@pytest.mark.parametrize(
    ("number", "like", "head"),
    [
        (3, "(1)", "(3)"),
        (12, "（１）", "（１２）"),
        (7, "①", "⑦"),
        (21, "⑳", "㉑"),
        (36, "①", "㊱"),
        (2, "⑴", "⑵"),
        (3, "02", "03"),
        (10, "09", "10"),
        (10, "九", "十"),
        (12, "一", "十二"),
        (20, "一", "二十"),
        (4, "3)", "4)"),
    ],
)
def test_a_head_is_written_like_its_neighbour(number: int, like: str, head: str) -> None:
    assert write(number, like) == head


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
@settings(max_examples=500, deadline=None)
def test_any_text(text: str) -> None:
    found = corrections(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= c.start <= c.end <= len(text) and text[c.start : c.end] != c.after for c in found)
    again = corrections(applied(text, found, Safety.SAFE))
    assert not [c for c in again if c.safety is Safety.SAFE]


@pytest.mark.parametrize("text", ["", "\n", "\0" * 100, "\n(1)", "住)", "(D", "第", "第l", "①", "住)\n" * 3])
def test_short_and_odd_texts(text: str) -> None:
    assert corrections(text) == []


def test_an_address_behind_a_list_is_only_asked_about():
    text = "(1) 街灯の設置\n(2) 歩道の補修\n\n住) 潮見市本町1-1\n氏) 山田太郎\n"
    assert [c.safety.value for c in find(text, Settings())] == ["ask", "ask"]
