"""What sentences do: predicates, patterns, and which form goes first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.errors import UsageError
from minutes_cli.lexicon.words import cut
from minutes_cli.summarize import pattern_files
from minutes_cli.summarize.forms import classify
from minutes_cli.summarize.machine import BEGINNING, Machine
from minutes_cli.summarize.model import Form
from minutes_cli.summarize.pattern_language import expression, read
from minutes_cli.summarize.predicates import predicate

_STARTS = ("", "それでは、", "駅前の整備について、", "「早く」と聞きますが、", "  ", "えー、あの、")
_STEMS = ("検討", "実施", "支援を", "お願い", "考え", "ご説明", "取り組ん", "困難", "道路の整備", "見解を伺い")
_ENDS = (
    "します", "して", "いただきたい", "でございます", "まいりたいと考えております", "おりません", "しました", "ですか",
    "でまいります", "をお願いします", "すべきです", "ございます", "は", "を", "ます", "、", "」", "と思います",
    "が", "ね",
)  # fmt: skip


@given(st.text(max_size=60).filter(lambda text: "\n" not in text and "\r" not in text))
def test_any_text_has_a_form(text: str) -> None:
    reading = classify(cut(text))
    if reading.form is Form.EXPLANATION:
        assert (reading.pattern, reading.start, reading.end) == ("", 0, 0)
    else:
        assert reading.pattern
        assert 0 <= reading.start < reading.end <= len(text)


@given(st.sampled_from(_STARTS), st.lists(st.sampled_from(_STEMS), max_size=3), st.lists(st.sampled_from(_ENDS)))
def test_what_is_shown_lies_inside_the_sentence(start: str, stems: list[str], ends: list[str]) -> None:
    text = start + "".join(stems) + "".join(ends[:4])
    reading = classify(cut(text))
    if reading.form is not Form.EXPLANATION:
        assert 0 <= reading.start < reading.end <= len(text)
        assert text[reading.start : reading.end].strip(" 。")


@given(st.sampled_from(_STARTS), st.sampled_from(_STEMS), st.lists(st.sampled_from(_ENDS), min_size=1, max_size=3))
def test_where_the_sentence_ends_decides(start: str, stem: str, ends: list[str]) -> None:
    """What stands in front, and is no request itself, adds nothing to a request or takes away from it."""
    assert classify(cut(start + "道路を直していただきたい。")).form is Form.REQUEST
    text = start + stem + "".join(ends) + "、道路を直していただきたい。"
    assert classify(cut(text)).form is Form.REQUEST


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("しっかり取り組んでまいりたいと考えております。", "取り組む て まいる たい"),
        ("実施させていただきます。", "実施 する"),
        ("現時点では考えておりません。", "考える て いる ない"),
        ("どう行うのでしょうか。", "行う の か"),
        ("次に移らせていただきたいと思います。", "移る たい"),
        ("検討をお願いしたいというふうに思っているところでございます。", "検討 を 願う たい"),
        ("昨年、実施いたしました。", "実施 する た"),
        ("効果があるのではないかと思います。", "ない か と 思う"),
        ("橋の修繕を急げ。", "修繕 を 急ぐ せよ"),
        ("ぜひ直していただきたく存じます。", "直す て いただく たい"),
        ("よろしくお願いを申し上げます。", "よろしく 願う"),
    ],
)
def test_a_sentence_end_is_read_in_plain_words(sentence: str, plain: str) -> None:
    assert f" {predicate(cut(sentence))}".endswith(f" {plain}")


@pytest.mark.parametrize(
    ("sentence", "form", "shown"),
    [
        ("市長に、検討をお願いします。", Form.REQUEST, "お願いします"),
        ("今後、検討してまいります。", Form.CONSIDERATION, "検討してまいります"),
        ("ぜひ検討していただきたい。", Form.REQUEST, "検討していただきたい"),
        ("全力で取り組んでまいります。", Form.COMMITMENT, "取り組んでまいります"),
        ("来年度から実施します。", Form.COMMITMENT, "実施します"),
        ("昨年度、実施しました。", Form.EXPLANATION, ""),
        ("検討する必要がございます。", Form.EXPLANATION, ""),
        ("「早く直してほしい」と言われました。", Form.EXPLANATION, ""),
        ("住民から、支援してほしいとの意見がございました。", Form.EXPLANATION, ""),
        ("父の言葉は「必ず実施します」", Form.EXPLANATION, ""),
        ("直ちに実施することは困難です。", Form.REFUSAL, "困難です"),
        ("見解を伺います。", Form.QUESTION, "伺います"),
        ("それでは、事務局から説明をお願いします。", Form.PROCEDURE, "事務局から説明をお願いします"),
        ("よろしくお願いいたします。", Form.COURTESY, "よろしくお願いいたします"),
    ],
)
def test_the_words_that_show_the_form(sentence: str, form: Form, shown: str) -> None:
    reading = classify(cut(sentence))
    assert (reading.form, sentence[reading.start : reading.end][-len(shown) :] if shown else "") == (form, shown)
    assert reading.end == (len(sentence.rstrip("。")) if shown else 0)


def test_the_json_is_what_the_yaml_says() -> None:
    assert pattern_files.SHIPPED.read_text(encoding="utf-8") == pattern_files.compiled()


def test_forms_are_tried_in_the_order_that_is_written_down() -> None:
    forms = [pattern.form for pattern in pattern_files.shipped()]
    assert forms == sorted(forms, key=pattern_files.ORDER.index)
    assert set(forms) | {Form.EXPLANATION} == set(Form)


@pytest.mark.parametrize("pattern", ["a (b", "a b)", "a / b", "[a", "<nothing>", "(a ]"])
def test_patterns_that_cannot_be_read(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|closes nothing|missing|unknown kinds"):
        Machine([[pattern]]).follow(Machine([[pattern]]).start, "a/n ")


def test_a_pattern_says_which_words_end_the_sentence() -> None:
    with pytest.raises(UsageError, match="which words end the sentence"):
        pattern_files._ends({"ends": ["検討 …"]}, "ends", "made-up")


@given(st.lists(st.sampled_from(["a/n ", "b/v ", "c/n ", "、/m "]), max_size=6))
def test_the_machine_finds_what_the_expression_finds(words: list[str]) -> None:
    """Two ways to the same: one machine for all patterns, and a regular expression for each."""
    patterns = ["a", "b (a) c", "a … b", "^ (b) c", "c …… b a", "[a / b c] <verb>", "<noun> (、) (a|c) b"]
    text = "".join(reversed(words))
    machine = Machine([[pattern] for pattern in patterns])
    state = machine.follow(machine.follow(machine.start, machine.symbols(text)), BEGINNING)
    assert state.done == {i for i, pattern in enumerate(patterns) if re.match(expression(pattern), text)}


def test_a_pattern_is_read_from_its_end() -> None:
    assert read("a b|c") == ("b|c", "a")
