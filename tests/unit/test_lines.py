"""What a convention looks at first hides none of its labels: every mark that its patterns know, one by one."""

from __future__ import annotations

import pytest

from minutes_cli.parse.conventions import BY_NAME, CONVENTIONS
from minutes_cli.parse.layout import LineKind, Row, rows
from minutes_cli.parse.lines import ANY, Lines, Signs

_POINTS = ("", *"・･•◦→⇒➡", "- ", "* ")
_BRACKETS = ("【】", "［］", "[]", "〔〕", "＜＞", "〈〉", "《》")

_LABELLED = {
    "bracket-label": [f"{point}{left}委員{right}あ。" for point in _POINTS for left, right in _BRACKETS],
    "question-answer": [
        *(f"{left}問{right}あ。" for left, right in ("（）", "()", "【】", "［］", "〔〕")),
        *(f"{label}　あ。" for label in ("問", "答", "質問", "回答", "答弁", *"QAＱＡ")),
    ],
    "paren-label": [f"{point}{left}委員{right}あ。" for point in _POINTS for left, right in ("（）", "()")],
    "colon-label": ["座長：あ。", "座長:あ。", "**座長** あ。", "**座長：** あ。", "・ **座長**: あ。"],
    "half-bracket": ["委員）あ。", "委員)あ。"],
    "heading-label": ["# 委員", "**委員**", "**委員** *00:12*"],
    "bare-line": ["議長（山田太郎君）", "議長(山田太郎君)", "a.b,c;d"],
    "label-column": ["議長　あ。", "議長 あ。", "議長\tあ。"],
    "trailing-label": ["あ。（委員）", "あ。(委員)"],
}


def _row(kind: LineKind, text: str) -> Row:
    return Row(kind, 0, 0, len(text), len(text), text)


def test_the_table_above_is_about_every_convention_with_signs() -> None:
    assert set(_LABELLED) == {c.name for c in CONVENTIONS if c.signs != ANY}


@pytest.mark.parametrize("name", _LABELLED)
def test_no_sign_hides_a_label(name: str) -> None:
    convention = BY_NAME[name]
    for line in _LABELLED[name]:
        assert any(shape.match(line) for shape in convention.shapes), line
        for kind in convention.kinds:
            assert Lines([_row(kind, line)]).of(convention.kinds, convention.signs) == [0], line


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (ANY, [0, 1, 3]),
        (Signs(first="aあ"), [0, 3]),
        (Signs(last="）z"), [0, 1]),
        (Signs(holds="（："), [0, 1]),
        (Signs(lacks="（：z"), [3]),
        (Signs(first="a", last="z"), [0]),
        (Signs(first="x"), []),
        (Signs(last="x"), []),
        (Signs(holds="x"), []),
    ],
)
def test_signs(signs: Signs, found: list[int]) -> None:
    lines = Lines(rows("a（：z\nい：（）\n\nあa\n○a（z\n"))
    assert lines.of((LineKind.TEXT, LineKind.TABLE), signs) == found


def test_lines_of_several_kinds_come_in_order() -> None:
    lines = Lines(rows("○あ\nい\n○う\nえ\n"))
    assert lines.of((LineKind.TEXT, LineKind.MARKED), ANY) == [0, 1, 2, 3]
    assert lines.of((LineKind.MARKED,), ANY) == [0, 2]
    assert lines.of((LineKind.BLANK, LineKind.TABLE), ANY) == []
