"""What parsing looks at first to save time changes nothing: the short way gives what the long one does."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import NAMES, record
from minutes_cli.parse.conventions import BY_NAME, CONVENTIONS, Convention
from minutes_cli.parse.guards import TRUE_OF_SENTENCES
from minutes_cli.parse.heads import CUT, find_heads
from minutes_cli.parse.layout import BLANK, MARKED, MARKS, RULES, LineKind, kind_of, rows
from minutes_cli.parse.lines import Lines

_LINES = st.sampled_from(
    """
    ○議長（山田太郎君）　これより会議を開きます。 | 議長（山田　太郎君）　鈴木君 | 議長（山田太郎君） |
    理事　伊東　良孝君 | 議長　山田君 | 議　長　山田君 | 議 長　開会します。 | 山田委員　鈴木君 | 再開　議長　山田君 |
    10:00　議長　お願いします。 | ３ 番議員　山田君 | 〃　異議なし | 座長：本日は。 | 委員）そうです。 |
    日時　令和６年５月１日 | 議案第１号について | お願いします。 | これより | ・意見がある。 | 山田委員 | 鈴木委員 |
    １番　山田君 | １番　鈴木君 | 事務局 | （拍手） | 国務大臣の演説に対する質疑 | 議員　山田　君 |
    ○３番　鈴木　花子議員 | ○会期の決定 | 事務局員：山田が来た。
    """.split("|")
).map(str.strip)
_TEXT = st.lists(_LINES, max_size=30).map("\n".join)


def _long_way(convention: Convention) -> Convention:
    """The same row of the table, every line read and every guard asked."""
    every = ("",) * len(convention.shapes)
    guards = convention.guards
    return convention._replace(
        only_where=None, shape_signs=every, guards_of_sentences=guards, guards_above_sentences=guards
    )


def _kind_by_the_table(line: str) -> LineKind:
    fitting = (rule.kind for rule in RULES if not rule.first or line[0] in rule.first if rule.pattern.match(line))
    return next(fitting) if line else BLANK


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_labels_of_the_corpus(name: str) -> None:
    for record_name in NAMES:
        lines = Lines(rows(record(record_name).read_bytes().decode("utf-8")))
        assert find_heads(lines, BY_NAME[name]) == find_heads(lines, _long_way(BY_NAME[name])), record_name


@given(_TEXT, st.sampled_from(CONVENTIONS))
@example("議長（山田　太郎君）　鈴木君\n議長（山田　太郎君）　佐藤君", BY_NAME["label-column"])
@example("事務局員：山田が来た。\n事務局員：鈴木が来た。", BY_NAME["colon-label"])
@example("記録課長：\n山田が来た。", BY_NAME["colon-label"])
@example("○議長（山田太郎君）\n# 始めます。", BY_NAME["circle-label"])
def test_labels_of_any_lines(text: str, convention: Convention) -> None:
    lines = Lines(rows(text))
    assert find_heads(lines, convention) == find_heads(lines, _long_way(convention))


@given(st.from_regex(re.compile(CUT.pattern)))
@example("（あ）")
def test_no_label_that_a_wrap_has_cut_ends_in_a_bracket(line: str) -> None:
    assert not (CUT.search(line) and line[-1] in "）)")


_SHAPES = [(shape, signs) for c in CONVENTIONS for shape, signs in zip(c.shapes, c.shape_signs, strict=True) if signs]


@settings(max_examples=20)
@pytest.mark.parametrize(("shape", "signs"), _SHAPES)
@given(st.data())
def test_a_sign_stands_in_whatever_its_shape_fits(shape: re.Pattern[str], signs: str, data) -> None:
    line = data.draw(st.from_regex(re.compile(shape.pattern)))
    assert any(sign in line for sign in signs)


@settings(max_examples=20)
@pytest.mark.parametrize("rule", RULES, ids=[rule.about for rule in RULES])
@given(st.data())
def test_the_kind_of_a_line_is_that_of_the_first_rule_that_fits(rule, data) -> None:
    line = data.draw(st.from_regex(re.compile(rule.pattern.pattern, rule.pattern.flags & re.I))).strip()
    for text in (line, f"{line}。", line.replace("、", "。")):
        assert len(text) > 4000 or kind_of(text) is _kind_by_the_table(text), text


@pytest.mark.parametrize("name", NAMES)
def test_the_kinds_of_the_lines_of_the_corpus(name: str) -> None:
    for line in record(name).read_bytes().decode("utf-8").splitlines():
        assert kind_of(line.strip()) is _kind_by_the_table(line.strip())


def test_the_short_ways_are_taken() -> None:
    assert [c.name for c in CONVENTIONS if c.only_where is not None] == ["bare-line", "label-column"]
    assert BY_NAME["circle-label"].guards and not BY_NAME["circle-label"].guards_of_sentences
    assert not BY_NAME["circle-label"].guards_above_sentences
    assert not TRUE_OF_SENTENCES.intersection(*(set(c.guards) for c in CONVENTIONS if c.where == "end"))
    assert all(kind_of(f"{mark}あ。") is MARKED for mark in MARKS)
