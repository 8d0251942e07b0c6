"""A record from its first line to its last: nothing is missing, and everything is in its place."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus import NAMES
from minutes_cli.export.course import Heading, Other, Speech, course, where_in
from minutes_cli.model import Anchor, Event, Page
from records import NO_WORDS, RECORDS, document, made, said_in


def words(step):
    """The words of a step as printed."""
    if isinstance(step, Heading):
        return "" if step.spoken else step.text
    if isinstance(step, Speech):
        return "".join(words(piece) for paragraph in step.paragraphs for piece in paragraph)
    if isinstance(step, Other):
        return "".join(line.text for line in step.lines)
    return step if isinstance(step, str) else step.text if isinstance(step, Event) else ""


def tight(text):
    return "".join(text.split()).translate(NO_WORDS)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_record_is_missing_or_moved(name):
    record = document(name)
    assert tight("".join(map(words, course(record)))) == tight(said_in(record))


@given(RECORDS)
def test_nothing_of_any_record_is_missing_or_moved(record):
    assert tight("".join(map(words, course(record)))) == tight(said_in(record))


@given(RECORDS)
def test_the_parts_of_a_turn_make_the_turn(record):
    for turn in record.turns:
        parts = [step for step in course(record) if isinstance(step, Speech) and step.turn == turn]
        assert [part.part for part in parts] == list(range(1, len(parts) + 1))
        assert [part.more for part in parts] == [True] * (len(parts) - 1) + [False]
        said = ["".join(p for p in paragraph if isinstance(p, str)) for part in parts for paragraph in part.paragraphs]
        assert "".join(said) == "".join(turn.paragraphs)
        marks = [p for part in parts for paragraph in part.paragraphs for p in paragraph if isinstance(p, Event)]
        assert sorted(marks) == sorted(turn.events)


def test_an_event_stands_between_the_words_where_it_happened():
    record = made(
        "○議長（松野隆君）　始めます。（拍手）続けます。\n　　〔「異議なし」と呼ぶ〕\n　次です。\n"
        "○３番（雪竹まどか君）　はい。"
    )
    first = next(step for step in course(record) if isinstance(step, Speech))
    assert [[p if isinstance(p, str) else p.text for p in paragraph] for paragraph in first.paragraphs] == [
        ["始めます。", "（拍手）", "続けます。"],
        ["〔「異議なし」と呼ぶ〕"],
        ["次です。"],
    ]


def test_a_page_begins_between_the_words_where_it_does():
    found = [
        (before, piece.number, after)
        for step in course(document("page-marks"))
        if isinstance(step, Speech)
        for paragraph in step.paragraphs
        for before, piece, after in zip(paragraph, paragraph[1:], paragraph[2:], strict=False)
        if isinstance(piece, Page)
    ]
    assert [(before[-5:], number, after[:4]) for before, number, after in found] == [("い方をどう", 2, "運ぶのか")]


def test_a_document_that_does_not_say_where_its_words_stand_still_comes_whole():
    record = document("page-marks")._replace(spoken=(), blocks=(), pages=())
    steps = list(course(record))
    assert [step.turn for step in steps if isinstance(step, Speech)] == list(record.turns)
    assert [step.section for step in steps if isinstance(step, Heading)] == list(record.sections)
    told = [step for step in steps if isinstance(step, Event)]
    told += [
        p
        for s in steps
        if isinstance(s, Speech)
        for paragraph in s.paragraphs
        for p in paragraph
        if isinstance(p, Event)
    ]
    assert sorted(told) == sorted(record.events_in_order())


def test_a_place_is_a_line_of_a_text_and_what_the_program_shows_of_other_files():
    source = made("一行目\n二行目\n三行目").view.source
    assert where_in(source, 0, 3) == "line 1"
    assert where_in(source, 0, 4) == "line 1"
    assert where_in(source, 4, 9) == "lines 2-3"
    assert where_in(source._replace(anchors=(Anchor(0, "page 7"),)), 0, 3) == "page 7"
