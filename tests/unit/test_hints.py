"""Suggestions: what is pointed out, and what is left alone. None of them may ever be applied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.model import Safety
from minutes_cli.normalize.hints import find_kana, find_sums, find_words
from minutes_cli.normalize.methods import Settings

METHODS = (find_kana, find_words, find_sums)


def hints(find, text):
    found = list(find(text, Settings()))
    assert all(c.safety is Safety.SHOW and c.reason and c.confidence <= 0.5 for c in found)
    return [(text[c.start : c.end], c.after) for c in found]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("資料およよび図面を配ります。", ("よよ", "よ")),
        ("桟橋の修繕を行っいると聞いた。", ("っ", "って")),
        ("渡船の運賃にっいて伺います。", ("っ", "つ")),
    ],
)
def test_a_kana_too_many_or_too_few(text, hint):
    assert hints(find_kana, text) == [hint]


@pytest.mark.parametrize(
    "text",
    [
        "資料および図面を配ります。",
        "うららかな春に、ららぽーとへ行きました。",
        "行っている。あっ、そうか。",
        "",
        "っ" * 5_000,
        "らら" * 5_000,
    ],
)
def test_kana_that_are_left_alone(text):
    assert hints(find_kana, text) == []


FREQUENT = "リマインダーの設定を行う。" * 5


@pytest.mark.parametrize("slip", ["リマインメー", "リマンダー", "リマイインダー", "リイマンダー"])
def test_an_unknown_katakana_word_near_a_frequent_one(slip):
    found = hints(find_words, f"{FREQUENT}{slip}の設定")
    assert found == ([(slip, "リマインダー")] if slip != "リイマンダー" else [])


@pytest.mark.parametrize(
    "text",
    [
        "リマインダーの設定を行う。" * 4 + "リマンダーの設定",  # not frequent
        FREQUENT + "リマンダーの設定。" * 2,  # not rare enough
        FREQUENT + "リマインダの設定",  # another spelling
        FREQUENT + "マインダーの設定",  # differs at its beginning
        FREQUENT + "リマイーンダーの設定",  # another spelling
        "アドバイスをする。" * 5 + "アドバンスをする。",  # both are words
        "カレンダーを配る。" * 5 + "カレンダを配る。キャレンダーを配る。",
        "ア" * 5_000,
        "",
    ],
    ids=lambda text: text[-12:],
)
def test_katakana_words_that_are_left_alone(text):
    assert hints(find_words, text) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("120人 + 80人 = 210人", ("210", "200")),
        ("大人１２０人＋子供８０人", None),
        ("１２０人＋８０人＝２１０人", ("２１０", "２００")),
        ("総額2,825億円*\n\n〔 1,509億円 + 316億円 〕", ("2,825", "1,825")),
        ("乗客は大人120人と子供80人の計210人でした。", ("210", "200")),
        ("大人120人と子供80人の合計210人", ("210", "200")),
        ("1.5％+2.25％=4.75％", ("4.75", "3.75")),
        ("3人+4人+5人=13人", ("13", "12")),
    ],
)
def test_a_total_that_is_not_the_sum(text, hint):
    assert hints(find_sums, text) == ([hint] if hint else [])


@pytest.mark.parametrize(
    "text",
    [
        "120人 + 80人 = 200人",
        "1,825億円（1,509億円 + 317億円）",  # rounded
        "33.3％ + 33.3％ + 33.3％ = 100.0％",
        "120人 + 80台 = 210人",  # not one unit
        "大人120人、子供80人、高齢者30人の計230人",  # more parts than two stand before
        "乗客120人と船員8人、合計19団体",
        "2+2は5である",
        "午前10時+30分=遅い",
        "+" * 3_000,
        "1+" * 3_000 + "1=2",
        "",
    ],
    ids=lambda text: text[:20],
)
def test_sums_that_are_left_alone(text):
    assert hints(find_sums, text) == []


@given(st.text(alphabet="らんっよいて計と人＋+=（）120,.０１リマンダー。\n \ud800", max_size=60) | st.text(max_size=60))
def test_any_text_gives_hints_in_order_that_fit_and_do_not_overlap(text):
    for find in METHODS:
        last = 0
        for c in find(text, Settings()):
            assert last <= c.start < c.end <= len(text) and text[c.start : c.end] != c.after
            last = c.end
