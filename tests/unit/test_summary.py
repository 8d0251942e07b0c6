"""Summaries of small records, each made for one thing."""

from __future__ import annotations

import pytest

from minutes_cli.edits import view
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Edit, Kind, Span
from minutes_cli.parse import parse
from minutes_cli.summarize.analysis import analyse
from minutes_cli.summarize.model import Analysis, By, Form
from minutes_cli.summarize.summary import Length, summarize

RECORD = """○議長（橘川清君）　それでは、小豆沢議員。
○小豆沢議員　学童保育の待機児童について、町の見解を伺います。待機児童の解消を求めます。
○町長（乙訓俊介君）　待機児童の解消に向けて、来年度に学童保育を一か所増設してまいります。
○鴻巣議員　漁港の防波堤について伺います。防波堤の補修はいつになりますか。
○町長（乙訓俊介君）　防波堤は、今年度中に補修してまいります。
"""


def read(text: str) -> Analysis:
    return analyse(parse(from_text(text, "a.txt"), kind=Kind.VERBATIM))


def test_an_exchange_stays_when_one_of_its_speeches_is_wanted() -> None:
    summary = summarize([read(RECORD)], By.EXCHANGE, wanted=lambda _, speech: speech.turn.label == "鴻巣議員")
    assert [asked.person.name for asked in summary.exchanges] == ["鴻巣"]
    assert [answer.person.name for answer in summary.exchanges[0].answers] == ["乙訓俊介"]


def test_key_terms_are_those_of_the_whole_record_whoever_is_asked_for() -> None:
    analysis = read(RECORD)
    every = {group.heading: group for group in summarize([analysis], By.SPEAKER).groups}
    only = summarize([analysis], By.SPEAKER, wanted=lambda _, speech: speech.turn.label == "鴻巣議員").groups
    assert [group.heading for group in only] == ["鴻巣"]
    assert only[0].terms == every["鴻巣"].terms
    assert only[0].share == every["鴻巣"].share < 1
    (term,) = [term for term in every["小豆沢"].terms if term.term == "待機児童"]
    assert (term.times, term.elsewhere) == (2, 1)
    (term,) = [term for term in every["鴻巣"].terms if term.term == "防波堤"]
    assert (term.times, term.elsewhere) == (2, 1)  # in the second speech of the mayor


def test_the_page_of_a_sentence_that_begins_it() -> None:
    analysis = read(
        "○小豆沢議員　最初の質問を伺います。\n- 1 -\n○町長（乙訓俊介君）　順に実施してまいります。\n- 2 -\n"
    )
    speech = analysis.speeches[1]
    pages = ((1, 0), (2, speech.passage.runs[0].start))
    (group,) = summarize([analysis._replace(pages=pages)], By.SPEAKER).groups[1:]
    assert [quote.page for quote in group.sentences] == [2]


def test_the_place_of_a_sentence_in_which_something_is_left_out() -> None:
    text = "○町長（乙訓俊介君）　橋のの補修を来年度に実施してまいります。\n"
    at = text.index("のの") + 1
    source = from_text(text, "a.txt")
    edits = [Edit(Span(at, at + 1), "の", "", "double")]
    analysis = analyse(parse(view(source, edits), kind=Kind.VERBATIM))
    (quote,) = summarize([analysis], By.SPEAKER).groups[0].sentences
    assert quote.text == "橋の補修を来年度に実施してまいります。"
    assert quote.original == "橋のの補修を来年度に実施してまいります。"
    assert ["".join(text[start:end] for start, end in quote.spans)] == [quote.original]


def test_the_places_of_a_wrapped_sentence_leave_out_the_page_mark() -> None:
    text = "○町長（乙訓俊介君）　来年度は各校の GIGA\n\n- 3 -\n\nSchool 端末の更新を実施してまいります。\n"
    (quote,) = summarize([read(text)], By.SPEAKER).groups[0].sentences
    assert "- 3 -" not in quote.text
    assert [text[start:end] for start, end in quote.spans] == [
        "来年度は各校の GIGA",
        "School 端末の更新を実施してまいります。",
    ]


def test_one_answer_takes_up_the_questions_of_two() -> None:
    text = """○議長（橘川清君）　質疑に入ります。
○小豆沢議員　乗合タクシーの運転手を町村で融通する仕組みをつくれないか伺います。
○鴻巣議員　車両の共同購入まで視野に入れてはどうでしょうか。
○総務課長（乙訓俊介君）　ただいまの2点、年内に案をお示しいたします。
"""
    asked = summarize([read(text)], By.EXCHANGE).exchanges
    assert [(one.person.name, [answer.person.name for answer in one.answers]) for one in asked] == [
        ("小豆沢", ["乙訓俊介"]),
        ("鴻巣", ["乙訓俊介"]),
    ]
    assert all("takes up all questions" in one.answers[0].reasons for one in asked)


def test_giving_the_floor_answers_nobody() -> None:
    text = """○会長（橘川清君）　今日は地域の足について、皆様はどうお考えになるでしょうか。
○事務局長（乙訓俊介君）　続いて議事に移ります。小豆沢委員からお願いいたします。
○小豆沢委員　昨年から乗合タクシーを走らせております。
"""
    summary = summarize([read(text)], By.EXCHANGE)
    assert not any(answer.person.name == "乙訓俊介" for one in summary.exchanges for answer in one.answers)


@pytest.mark.parametrize("name", ["くりさわ善文", "かわはま", "卜部ともはる"])
def test_a_member_with_a_name_in_kana_speaks(name: str) -> None:
    analysis = read(f"○{name}君　防災について伺います。\n　避難所の整備を進めるべきと考えますが、見解を伺います。\n")
    assert [speaker.name for speaker in analysis.speakers] == [name]


def test_what_is_said_is_listed_by_its_form() -> None:
    groups = {group.heading: group for group in summarize([read(RECORD)], By.SPEAKER, Length(sentences=1)).groups}
    assert [quote.text for quote in groups["小豆沢"].requests] == ["待機児童の解消を求めます。"]
    assert [quote.line for quote in groups["乙訓俊介"].commitments] == [3, 5]
    assert groups["小豆沢"].questions[0].form is Form.QUESTION
    assert groups["小豆沢"].questions[0].shown == "伺います"
