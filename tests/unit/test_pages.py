"""Page marks of every sort: the pages of a document, and the page on which each turn begins."""

from __future__ import annotations

import pytest

from minutes_cli.ingest.text import from_text
from minutes_cli.model import Document
from minutes_cli.parse import parse

SPEECHES = [
    ("○議長（氷室孝志君）", "これより会議を開きます。"),
    ("○町長（橘川怜子君）", "係船料は平成十三年から変わっておりません。"),
    ("○３番（堂園なつき君）", "遊覧船は今、町に一隻もありません。"),
    ("○町長（橘川怜子君）", "来年の四月から改めます。"),
    ("○議長（氷室孝志君）", "質疑を終わります。"),
    ("○３番（堂園なつき君）", "分かりました。"),
]


def _record(marks: list[str], *, foot: bool = True, title: str = "潮見町議会会議録\n") -> Document:
    """Pages of two speeches each, with *marks* at the foot of each page, or at its head."""
    parts = [title]
    for n, mark in enumerate(marks):
        lines = "".join(f"{label}　{text}\n" for label, text in SPEECHES[2 * n : 2 * n + 2])
        parts.append(lines + mark if foot else mark + lines)
    return parse(from_text("".join(parts)))


def _pages(document: Document) -> list[int]:
    return [page.number for page in document.pages]


def _pages_of_turns(document: Document) -> list[int | None]:
    return [turn.page for turn in document.turns]


@pytest.mark.parametrize(
    "form",
    [
        "- {} -\n",
        "－　{}　－\n",
        "-{}-\n",
        "― {} ―\n",
        "\n{}\n\n",
        "{}\n",
        "p. {}\n",
        "{} / 12\n",
        "{}ページ\n",
        "{}頁\n",
    ],
)
def test_marks_at_the_foot(form: str) -> None:
    document = _record([form.format(n) for n in (7, 8, 9)])
    assert _pages(document) == [7, 8, 9]
    assert _pages_of_turns(document) == [7, 7, 8, 8, 9, 9]
    assert [turn.text for turn in document.turns] == [text for _, text in SPEECHES]


@pytest.mark.parametrize("form", ["- {} -\n", '<PAGE="{}">\n', '<page = "{}" />\n', "{}\n"])
def test_marks_at_the_head(form: str) -> None:
    document = _record([form.format(n) for n in (7, 8, 9)], foot=False, title="")
    assert _pages(document) == [7, 8, 9]
    assert _pages_of_turns(document) == [7, 7, 8, 8, 9, 9]


def test_a_page_tag_begins_its_page_and_text_before_the_first_is_the_page_before() -> None:
    document = _record(['<PAGE="2">\n', '<PAGE="3">\n', '<PAGE="4">\n'])
    assert _pages(document) == [1, 2, 3, 4]
    assert _pages_of_turns(document) == [1, 1, 2, 2, 3, 3]


def test_full_width_numbers() -> None:
    assert _pages(_record(["－７－\n", "－８－\n", "－９－\n"])) == [7, 8, 9]


def test_text_behind_the_last_mark_is_on_the_next_page() -> None:
    document = _record(["- 7 -\n", "- 8 -\n", ""])
    assert _pages(document) == [7, 8, 9]
    assert _pages_of_turns(document) == [7, 7, 8, 8, 9, 9]


def test_form_feeds_count_from_one() -> None:
    document = _record(["\f", "\f", ""])
    assert _pages(document) == [1, 2, 3]
    assert _pages_of_turns(document) == [1, 1, 2, 2, 3, 3]


def test_a_form_feed_at_the_end_begins_no_page() -> None:
    assert _pages(_record(["\f", "\f", "\f"])) == [1, 2, 3]


def test_printed_numbers_win_over_form_feeds() -> None:
    document = _record(["- 7 -\n\f", "- 8 -\n\f", "- 9 -\n"])
    assert _pages(document) == [7, 8, 9]
    assert _pages_of_turns(document) == [7, 7, 8, 8, 9, 9]


def test_pages_start_where_they_begin() -> None:
    document = _record(["\f", "\f", ""])
    text = document.view.text
    assert [text[page.start :].startswith(("潮見町", "○")) for page in document.pages] == [True, True, True]
    assert [text[page.start - 1] for page in document.pages[1:]] == ["\f", "\f"]


def test_a_turn_over_a_page_break_is_on_the_page_where_it_begins() -> None:
    lines = [
        "潮見町議会会議録",
        "令和７年５月２０日",
        "○議長（氷室孝志君）　これより漁港の係船料についての会議を",
        "- 1 -",
        "開きます。",
        "○町長（橘川怜子君）　どうぞ。",
        "- 2 -",
        "○議長（氷室孝志君）　はい。",
    ]
    document = parse(from_text("\n".join(lines)))
    assert [(turn.text, turn.page) for turn in document.turns] == [
        ("これより漁港の係船料についての会議を開きます。", 1),
        ("どうぞ。", 2),
        ("はい。", 3),
    ]


def test_numbers_that_do_not_count_up_are_text() -> None:
    document = _record(["300\n", "42\n", "7\n"])
    assert document.pages == ()
    assert _pages_of_turns(document) == [None] * 6
    assert document.turns[1].paragraphs[-1] == "300"


def test_a_record_without_marks_has_no_pages() -> None:
    document = _record(["", "", ""])
    assert document.pages == ()
    assert _pages_of_turns(document) == [None] * 6
