"""Whatever the text: it parses, its blocks tile it, nothing is lost, and every place leads back to the original."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import NAMES, record
from minutes_cli.edits import settle, undo, view
from minutes_cli.ingest.text import from_text
from minutes_cli.model import BlockKind, Document, Edit, Kind, Span
from minutes_cli.parse import parse
from minutes_cli.parse.conventions import CONVENTIONS
from minutes_cli.parse.layout import Row, rows
from minutes_cli.parse.lines import ANY, Lines

_WORDS = st.sampled_from(
    [
        *"""○ 〇 ◎ △ ◆ 議長 （ ） ( ) 【 】 〔 〕 ［ ］ 山田 君 委員 委員長 鈴木太郎 事務局 １番 〃 ： 問 答 。 、 「 」
        これより会議を開きます 質問します 「異議なし」と呼ぶ者あり 拍手 起立 午前10時 開議 散会 休憩 日程第１ について
        議案第１号 第 - 12 <PAGE="2"> 1 (1) 住) ・ ** # ## --- ――― ◇ 要望書 殿 記 令和６年５月１日 出席議員 署名 （了）
        二 〇年 ㍻ 𠮷 A <p> </p> {{x}} > ※ ……""".split(),
        *(
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\f",
            "\t",
            " ",
            "　",
            "　　\n",
            "議 長 ",
            "- 12 -\n",
            "か\u3099",
            "\0",
            "\ufeff",
            "\u2028",
        ),
    ]
)
TEXT = st.lists(_WORDS, max_size=60).map("".join) | st.text(max_size=60)


def _hold(doc: Document, text: str) -> None:
    """What must be true of every document."""
    at = 0
    for block in doc.blocks:
        assert block.start == at < block.end
        at = block.end
    assert at == len(doc.view.text) == len(text)
    last = 0
    for turn in doc.turns:
        assert last <= turn.span.start <= turn.span.end <= len(text)
        last = turn.span.start
        assert turn.speaker is None or any(s.id == turn.speaker for s in doc.speakers)
        assert turn.label is None or "".join(turn.label.split()) in "".join(text.split())
        assert turn.section is None or any(s.id == turn.section for s in doc.sections)
        for event in turn.events:
            assert text[event.span.start : event.span.end] == event.text
        said, inside = "".join(turn.text.split()), "".join(text[turn.span.start : turn.span.end].split())
        assert _in_order(said, inside), "a turn says what does not stand in its span"
    for section in doc.sections:
        assert 0 <= section.span.start <= section.span.end <= len(text)
    assert sum(s.turns for s in doc.speakers) == sum(t.speaker is not None for t in doc.turns)


def _in_order(part: str, whole: str) -> bool:
    """Whether *whole* gives *part* when characters are left out."""
    rest = iter(whole)
    return all(c in rest for c in part)


@given(TEXT)
def test_any_text_parses_and_is_tiled(text: str) -> None:
    _hold(parse(from_text(text)), text)


@given(TEXT, st.sampled_from(CONVENTIONS), st.sampled_from(list(Kind)))
@example("(1)", CONVENTIONS[0], Kind.VERBATIM)  # a line that is nothing but the number of a list
def test_any_text_under_any_forced_layout(text: str, convention, kind: Kind) -> None:
    _hold(parse(from_text(text), convention=convention.name, kind=kind), text)


_SHAPES = [(c, shape) for c in CONVENTIONS if c.signs != ANY for shape in c.shapes]


@settings(max_examples=20)
@pytest.mark.parametrize(("convention", "shape"), _SHAPES, ids=[c.name for c, _ in _SHAPES])
@given(st.data())
def test_no_sign_hides_a_line_that_a_shape_fits(convention, shape: re.Pattern[str], data) -> None:
    """However little of a line a convention looks at first, it reads every one that its shapes fit."""
    line = data.draw(st.from_regex(re.compile(shape.pattern))).strip()
    row = Row(min(convention.kinds), 0, 0, len(line), len(line), line)
    assert not shape.match(line) or Lines([row]).of(convention.kinds, convention.signs) == [0]


@given(TEXT, st.sampled_from(CONVENTIONS))
@example("\n".join(c.example for c in CONVENTIONS), CONVENTIONS[1])
def test_lines_come_in_order_and_of_their_kinds(text: str, convention) -> None:
    found = rows(text)
    read = Lines(found).of(convention.kinds, convention.signs)
    fitting = {i for i, row in enumerate(found) if row.text and any(s.match(row.text) for s in convention.shapes)}
    of_kind = {i for i, row in enumerate(found) if row.text and row.kind in convention.kinds}
    assert read == sorted(set(read))
    assert fitting & of_kind <= set(read) <= of_kind


@given(st.sampled_from(NAMES), st.data())
def test_a_record_cut_anywhere(name: str, data) -> None:
    text = record(name).read_bytes().decode("utf-8")
    start = data.draw(st.integers(0, len(text)))
    cut = text[start : data.draw(st.integers(start, len(text)))]
    _hold(parse(from_text(cut)), cut)


@given(st.sampled_from(NAMES), st.data())
def test_a_record_read_through_edits(name: str, data) -> None:
    """Blocks tile the corrected text, spans point into the original, and the original comes back."""
    text = record(name).read_bytes().decode("utf-8")
    edits = []
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(at, min(len(text), at + 3)))
        edits.append(
            Edit(Span(at, end), text[at:end], data.draw(st.sampled_from(["", "○", "\n", "（1）", "町"])), "test")
        )
    seen = view(from_text(text), settle(edits)[0])
    doc = parse(seen)
    at = 0
    for block in doc.blocks:
        assert block.start == at < block.end
        at = block.end
    assert at == len(seen.text)
    for turn in doc.turns:
        assert 0 <= turn.span.start <= turn.span.end <= len(text)
        assert _in_order("".join(turn.text.split()), "".join(seen.text.split()))
    for event in doc.events_in_order():
        assert 0 <= event.span.start < event.span.end <= len(text)
    assert undo(seen) == text


@pytest.mark.parametrize("name", NAMES)
def test_speech_blocks_of_turns_hold_the_speech(name: str) -> None:
    """Every character of a speech stands in a block of speech: paragraph, bullet or table."""
    text = record(name).read_bytes().decode("utf-8")
    doc = parse(from_text(text))
    speech = {BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.TABLE}
    for turn in doc.turns:
        spoken = "".join(
            text[max(b.start, turn.span.start) : min(b.end, turn.span.end)]
            for b in doc.blocks
            if b.kind in speech and b.end > turn.span.start and b.start < turn.span.end
        )
        assert _in_order("".join(turn.text.split()), "".join(spoken.split()))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_change_nothing_but_places(name: str, ending: str) -> None:
    text = record(name).read_bytes().decode("utf-8")
    if "\r" in text or "\f" in text:
        text = text.replace("\r\n", "\n")
    plain, other = parse(from_text(text)), parse(from_text(text.replace("\n", ending)))
    assert [(t.label, t.text, t.lines) for t in other.turns] == [(t.label, t.text, t.lines) for t in plain.turns]
    assert [s.heading for s in other.sections] == [s.heading for s in plain.sections]
