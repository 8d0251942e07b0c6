"""The short ways of putting lines together change nothing: each gives what the long one does."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import NAMES, record
from minutes_cli.model import BlockKind
from minutes_cli.parse.conventions import CONVENTIONS
from minutes_cli.parse.detect import detect
from minutes_cli.parse.drafts import Draft
from minutes_cli.parse.layout import BLANK, Row, kind_of, rows
from minutes_cli.parse.lines import Lines, Signs
from minutes_cli.parse.prose import join
from minutes_cli.parse.sheet import read_sheet
from minutes_cli.parse.speech import Speech
from minutes_cli.parse.tiles import Tiler
from minutes_cli.parse.turns import walk

_LINES = st.sampled_from(
    """
    ○議長（山田太郎君）　これより会議を開きます。 | ○議長（山田太郎君） |
    ○３番（鈴木花子君）　質問（二つ）をします。 | １　○議長（山田太郎君）　次に進みます。 | ○議長（山田太 |
    郎君）　続けます。 | ◆山田委員「そうです。」 | ○会期の決定 | 日程第１　会期の決定 | 第１　会議録署名議員の指名 |
    議案第１号について | これは折り返した行の前半であり、まだ続いており | ましてここで終わります。 |
    四月から始まる取組について、その中身と | 　段落の初めの行であります。 | 　字下げした行でまだ終わら |
    （「異議なし」と呼ぶ者あり） | 午前１０時開議 | - 12 - | ――――― | ・意見がある。 | 1. 数える行 | a tab\there |
    word | 1,200 items | Latin end a | （拍手） | はい。 | はい、 | 昭和二 | 〇年のことです。 | 【委員】　そうです。 |
    議長 | # 見出し
    """.split("|")
).map(lambda line: line.strip(" \n"))
_BLANKS = st.sampled_from(["", "", "", "　", " "])
_TEXT = st.lists(st.one_of(_LINES, _LINES, _BLANKS), max_size=40).map("\n".join)

_WRAPPED = "○議長（山田太郎君）　始めます。\n" + "四月から始まる取組のその中身\n" * 9


def _walked(text: str, *, short: bool) -> object:
    """All that the walk gives, with every short way or with none."""
    sheet = read_sheet(text)
    reading = detect(sheet)
    found = []
    for outline in (False, True):
        if short:
            walked = walk(sheet, reading.heads, reading.convention, outline)
        else:
            with (
                patch.object(Speech, "_sentences", lambda _walker, i, _turn: i),
                patch.object(Speech, "_label_line", lambda _walker, _row, _head: False),
            ):
                walked = walk(sheet, reading.heads, reading.convention, outline)
        turns = [tuple(getattr(turn, name) for name in Draft.__slots__) for turn in walked.turns]
        found.append((turns, walked.headings, walked.events, walked.blocks))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_walk_over_the_corpus(name: str) -> None:
    text = record(name).read_bytes().decode("utf-8")
    assert _walked(text, short=True) == _walked(text, short=False)


@given(_TEXT)
@example("○議長（山田太郎君）　開会します。\n日程第１　会期の決定\n○３番（鈴木花子君）　はい。")
@example("○議長（山田太郎君）\n四月から始まる取組について、その中身と\nましてここで終わります。")
@example("○議長（山田太郎君）　始めます。\nまだ終わら\n日程第１　会期\n○３番（鈴木花子君）　はい。")
@example("○議長（山田太郎君）　始めます。\nまだ終わら\n（拍手）\n会期の決定\n○３番（鈴木花子君）　はい。")
@example("○議長（山田太郎君）　始めます。\n―――――\n会期の決定")
@example(_WRAPPED + "あ\tこれは表の行であって続く\n年のことです。")
@example("事務局：これから始めます。\n会期の決定\n委員：山田が来ます。\n会期の決定\n事務局：鈴木が来ます。")
@example("○議長（山田太郎君）　始めます。\n○休憩の後であります、○議長（山田太郎君）　はい。")
def test_the_walk_over_any_lines(text: str) -> None:
    assert _walked(text, short=True) == _walked(text, short=False)


def test_the_short_ways_are_taken() -> None:
    text = "○議長（山田太郎君）　開会します。\n始めます。\n\n次に進みます。\n○３番（鈴木花子君）　はい。\n終わり。\n"
    with patch.object(Speech, "_speech", side_effect=AssertionError("the long way")):
        assert len(_walked(text, short=True)[0][0]) == 2  # type: ignore[index]


@given(st.lists(st.text("aZ1あ。 ", min_size=1), min_size=1))
def test_lines_are_joined_with_blanks_between_latin_words_alone(parts: list[str]) -> None:
    latin = [one[-1] + two[0] for one, two in pairwise(parts)]
    gaps = ["", *(" " if pair.isascii() and pair.isalnum() else "" for pair in latin)]
    assert join(parts) == "".join([gap + part for gap, part in zip(gaps, parts, strict=True)])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans())))
def test_a_turn_is_laid_as_its_blocks_one_by_one(laid: list[tuple[int, int, bool]]) -> None:
    short, long, at = Tiler(), Tiler(), 0
    for label, said, event in laid:
        if event:
            at += 1
            short.lay(BlockKind.EVENT, at)
            long.lay(BlockKind.EVENT, at)
        short.lay_speech(at + label, at + label + said)
        long.lay(BlockKind.LABEL, at + label)
        long.lay(BlockKind.PARAGRAPH, at + label + said)
        at += label + said
    assert short.finish() == long.finish()


@given(st.lists(st.text("あ。○ 　\t1-", max_size=6)).map("\n".join))
def test_rows_one_by_one(text: str) -> None:
    start, found = 0, []
    for line in text.split("\n"):
        stop = min(start + len(line) + 1, len(text))
        bare = line.strip()
        body = start + line.index(bare) if bare else start
        kind = kind_of(bare)
        found.append(Row(kind, start, body, body + len(bare), stop, bare))
        start = stop
    if found[-1].start == found[-1].stop:
        found.pop()
    seen = rows(text)
    assert [row[1:] for row in seen] == [row[1:] for row in found]
    assert all(one.kind is two.kind for one, two in zip(seen, found, strict=True) if "\t" not in one.text)


_SIGNS = st.text("（）：あ。", max_size=2).map(lambda signs: "".join(dict.fromkeys(signs)))


@given(
    st.lists(st.text("あ（）：。○", max_size=5)).map("\n".join),
    st.builds(Signs, _SIGNS, _SIGNS, _SIGNS, _SIGNS),
    st.data(),
)
def test_signs_looked_for_line_by_line(text: str, signs: Signs, data) -> None:
    found = rows(text)
    kinds = data.draw(st.sampled_from(CONVENTIONS)).kinds
    shown = [
        i
        for i, row in enumerate(found)
        if row.kind in kinds
        and row.kind is not BLANK
        and (not signs.first or row.text[0] in signs.first)
        and (not signs.last or row.text[-1] in signs.last)
        and (not signs.holds or any(one in row.text for one in signs.holds))
        and not any(one in row.text for one in signs.lacks)
    ]
    assert Lines(found).of(kinds, signs) == shown
