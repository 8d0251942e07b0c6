"""Questions linked to their answers, in small meetings written for it."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, document
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Kind
from minutes_cli.parse import parse
from minutes_cli.summarize.alignment import best_path
from minutes_cli.summarize.analysis import analyse
from minutes_cli.summarize.exchanges import link
from minutes_cli.summarize.model import Analysis, Exchange

_CHAIR = "議長（石蕗一郎君）"
_ASKER = "１番（尾花二郎君）"
_OTHER = "５番（鴨下五郎君）"
_MAYOR = "町長（胡桃沢四郎君）"
_BUILDING = "建設課長（海老名三郎君）"
_SCHOOLS = "教育長（樫村六郎君）"
_OPENING = (_CHAIR, "これより会議を開きます。日程第１、一般質問を行います。１番、尾花君。")


def _meeting(*turns: tuple[str, str]) -> Analysis:
    text = "".join(f"○{label}　{said}\n\n" for label, said in turns)
    return analyse(parse(from_text(text), convention="circle-label", kind=Kind.VERBATIM))


def _who(analysis: Analysis, speech: int) -> str:
    label = analysis.speeches[speech].turn.label or ""
    return next((word for word in ("尾花", "鴨下", "胡桃沢", "海老名", "樫村", "石蕗") if word in label), label)


def _said(analysis: Analysis, speech: int, sentences: tuple[int, ...]) -> str:
    here = analysis.speeches[speech]
    return "".join(here.text[here.sentences[j].start : here.sentences[j].end] for j in sentences)


def _table(analysis: Analysis) -> list[tuple[str, list[str]]]:
    """Who asked, who answered: one line per exchange."""
    return [(_who(analysis, e.speech), [_who(analysis, a.speech) for a in e.answers]) for e in link(analysis)]


def _asked(analysis: Analysis, exchange: Exchange) -> str:
    return _said(analysis, exchange.speech, exchange.question)


def test_the_chair_who_gives_the_floor_neither_asks_nor_answers() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, "尾花です。橋の点検はいつ終わるのか、伺います。"),
        (_CHAIR, "建設課長。"),
        (_BUILDING, "橋の点検は来月の末に終わる予定でございます。"),
        (_CHAIR, "ほかにございませんか。なければ、以上で一般質問を終わります。御異議ありませんか。"),
    )
    assert _table(analysis) == [("尾花", ["海老名"])]
    (exchange,) = link(analysis)
    assert _asked(analysis, exchange) == "橋の点検はいつ終わるのか、伺います。"
    (answer,) = exchange.answers
    assert {"next to speak", "called by the chair"} <= set(answer.reasons)
    assert any(reason.startswith("same topic") and "点検" in reason for reason in answer.reasons)
    assert answer.score > 0.8


def test_several_people_answer_one_question() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, "橋の点検はいつ終わるのか、伺います。"),
        (_BUILDING, "橋の点検は来月の末に終わる予定でございます。"),
        (_MAYOR, "私からも申し上げます。橋の点検は急がせます。"),
    )
    (exchange,) = link(analysis)
    first, second = exchange.answers
    assert [_who(analysis, first.speech), _who(analysis, second.speech)] == ["海老名", "胡桃沢"]
    assert second.score < first.score and "adds" in second.reasons


def test_who_adds_on_the_topic_of_an_earlier_question_is_less_sure() -> None:
    analysis = _meeting(
        _OPENING,
        (_OTHER, "図書館の開館時間を延ばせないか、伺います。"),
        (_SCHOOLS, "図書館の開館時間は、来年度から夜八時まで延ばします。"),
        (_CHAIR, "１番、尾花君。"),
        (_ASKER, "橋の点検はいつ終わるのか、伺います。"),
        (_BUILDING, "橋の点検は来月の末に終わる予定でございます。"),
        (_MAYOR, "補足いたします。図書館の開館時間については、司書の勤務も見直してまいります。"),
    )
    earlier, exchange = link(analysis)
    assert len(earlier.answers) == 1
    sure, unsure = exchange.answers
    assert unsure.score < 0.2 < 0.8 < sure.score
    assert any(reason.startswith("on the topic of exchange 1") and "図書館" in reason for reason in unsure.reasons)


_THREE = (
    "三点、伺います。第一に、橋の点検について伺います。橋の点検はいつ終わるのでしょうか。"
    "第二に、給食について伺います。給食に地元の野菜を使うお考えはありますか。"
    "第三に、図書館について伺います。図書館の開館時間を延ばすべきと考えますが、見解を伺います。"
)


def test_several_questions_are_answered_in_order_by_one() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, _THREE),
        (
            _MAYOR,
            "お答えします。一点目の橋の点検についてでございますが、来月の末に終わります。\n"
            "　二点目の給食についてでございますが、地元の野菜を秋から使ってまいります。\n"
            "　三点目の図書館についてでございますが、開館時間は夜八時まで延ばしてまいります。",
        ),
    )
    found = link(analysis)
    assert [len(exchange.answers) for exchange in found] == [1, 1, 1]
    for exchange, word in zip(found, ("点検", "給食", "図書館"), strict=True):
        assert word in _asked(analysis, exchange)
        answer = _said(analysis, exchange.answers[0].speech, exchange.answers[0].sentences)
        assert word in answer and answer.count("目の") == 1
        assert "takes up its number" in exchange.answers[0].reasons


def test_several_questions_are_shared_out_among_several_people() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, _THREE),
        (_CHAIR, "建設課長。"),
        (_BUILDING, "橋の点検についてお答えします。来月の末に終わる予定でございます。"),
        (_CHAIR, "教育長。"),
        (
            _SCHOOLS,
            "初めに、給食についてのお尋ねでございます。地元の野菜を秋から使ってまいります。\n"
            "　次に、図書館についてのお尋ねでございます。開館時間は夜八時まで延ばしてまいります。",
        ),
    )
    assert _table(analysis) == [("尾花", ["海老名"]), ("尾花", ["樫村"]), ("尾花", ["樫村"])]
    _, meals, library = link(analysis)
    assert "野菜" in _said(analysis, meals.answers[0].speech, meals.answers[0].sentences)
    assert "夜八時" in _said(analysis, library.answers[0].speech, library.answers[0].sentences)
    assert not set(meals.answers[0].sentences) & set(library.answers[0].sentences)


def test_answers_out_of_order_follow_their_topics() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, _THREE),
        (_SCHOOLS, "図書館の開館時間についてお答えします。夜八時まで延ばしてまいります。"),
        (_BUILDING, "橋の点検についてお答えします。来月の末に終わる予定でございます。"),
    )
    assert _table(analysis) == [("尾花", ["海老名"]), ("尾花", []), ("尾花", ["樫村"])]


def test_questions_that_cannot_be_told_apart_are_one_exchange() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, "橋の点検はいつ終わるのでしょうか。費用は幾らでしょうか。"),
        (_BUILDING, "点検は来月の末に終わります。費用は八百万円でございます。"),
    )
    (exchange,) = link(analysis)
    assert len(exchange.question) == 2
    assert len(exchange.answers) == 1


def test_one_answer_to_two_of_three_questions_joins_these() -> None:
    analysis = _meeting(
        _OPENING,
        (
            _ASKER,
            "第一に、橋の点検はいつ終わるのでしょうか。第二に、給食に地元の野菜を使うお考えはありますか。"
            "第三に、給食の野菜の値段は上がっているのでしょうか。",
        ),
        (_BUILDING, "橋の点検についてお答えします。来月の末に終わる予定でございます。"),
        (_SCHOOLS, "給食の野菜についてお答えします。地元の野菜を秋から使います。値段は変わっておりません。"),
    )
    assert _table(analysis) == [("尾花", ["海老名"]), ("尾花", ["樫村"])]
    assert len(link(analysis)[1].question) == 2


def test_questions_are_told_apart_by_what_the_answer_names() -> None:
    analysis = _meeting(
        _OPENING,
        (
            _ASKER,
            "橋が古くなってまいりました。橋の点検はいつ終わるのか、伺います。"
            "子どもたちは給食を楽しみにしております。給食に地元の野菜を使うお考えはあるのか、伺います。"
            "以上、二点について伺います。",
        ),
        (
            _MAYOR,
            "橋の点検についてのお尋ねでございます。来月の末に終わる予定でございます。"
            "給食の野菜についてのお尋ねでございます。秋から使ってまいります。私からは以上でございます。",
        ),
    )
    bridge, meals = link(analysis)
    assert _asked(analysis, bridge) == "橋の点検はいつ終わるのか、伺います。"
    assert _asked(analysis, meals) == "給食に地元の野菜を使うお考えはあるのか、伺います。"
    answer = _said(analysis, meals.answers[0].speech, meals.answers[0].sentences)
    assert answer.endswith("秋から使ってまいります。") and "橋" not in answer


def test_no_answer_reaches_back_over_the_next_item() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, "橋の点検はいつ終わるのか、伺います。"),
        (_CHAIR, "通告にありませんので、質疑を終わります。日程第２、議案第１号を議題といたします。５番、鴨下君。"),
        (_OTHER, "議案の条例はいつから施行するのか、伺います。"),
        (_BUILDING, "橋の点検は来月の末に終わりますので、条例はその後に施行する予定でございます。"),
    )
    assert _table(analysis) == [("尾花", []), ("鴨下", ["海老名"])]


def test_a_wish_on_the_way_to_a_question_is_part_of_it() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, "橋の点検の結果を町民に公開してほしい。"),
        (_ASKER, "安心につながると思うが、どうか、見解を伺います。"),
        (_BUILDING, "橋の点検の結果の公開は、今後の課題でございます。"),
    )
    (exchange,) = link(analysis)
    assert "見解を伺います" in _asked(analysis, exchange) and len(exchange.answers) == 1


def test_a_follow_up_follows_the_question_on_its_topic() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, "橋の点検はいつ終わるのか、伺います。"),
        (_BUILDING, "橋の点検は来月の末に終わる予定でございます。"),
        (_ASKER, "次に、給食について伺います。給食に地元の野菜を使うお考えはありますか。"),
        (_SCHOOLS, "給食には秋から地元の野菜を使ってまいります。"),
        (_ASKER, "橋の点検について再質問します。点検が遅れた橋の通行は止めるのでしょうか。"),
        (_BUILDING, "点検の間も橋の通行は止めません。"),
        (_ASKER, "よく分かりました。ありがとうございました。"),
    )
    assert _table(analysis) == [("尾花", ["海老名"]), ("尾花", ["樫村"]), ("尾花", ["海老名"])]
    assert [exchange.follows for exchange in link(analysis)] == [None, None, 1]


def test_a_question_that_nobody_answers_is_listed() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, "橋の点検はいつ終わるのか、伺います。"),
        (_CHAIR, "ただいまの質問は通告にありませんので、質疑を終わります。次に、議案第１号を議題といたします。"),
        (_BUILDING, "議案第１号の提案理由を御説明申し上げます。条例の字句を改めるものでございます。"),
    )
    (exchange,) = link(analysis)
    assert exchange.answers == () and _who(analysis, exchange.speech) == "尾花"


def test_a_request_that_somebody_takes_up_is_an_exchange() -> None:
    analysis = _meeting(
        (_CHAIR, "これより意見交換を行います。"),
        (
            _OTHER,
            "雪の多い冬でした。除雪車の共同購入を、ぜひ町が主導してお願いしたいと思います。よろしくお願いします。",
        ),
        (_CHAIR, "海老名課長、いかがですか。"),
        (_BUILDING, "除雪車の共同購入のお話をいただきました。町としてしっかり取り組んでまいります。"),
        (_MAYOR, "少し補足します。除雪車は一台三千万円いたします。共同購入をぜひ進めてまいります。"),
    )
    assert _table(analysis) == [("鴨下", ["海老名", "胡桃沢"])]
    (exchange,) = link(analysis)
    assert "除雪車の共同購入を" in _asked(analysis, exchange)


def test_a_request_that_wants_no_answer_is_none() -> None:
    analysis = _meeting(
        (_CHAIR, "これより意見交換を行います。"),
        (_OTHER, "除雪車の共同購入を、ぜひ町が主導してお願いしたいと思います。御答弁は結構です。"),
        (_CHAIR, "報告をお願いします。"),
        (_BUILDING, "工事の進み具合を御報告いたします。順調でございます。"),
    )
    assert link(analysis) == ()


def test_a_chair_may_ask_something_of_substance() -> None:
    analysis = _meeting(
        (_CHAIR, "これより協議を行います。"),
        (_OTHER, "移動図書館は漁港に止めるのがよいと思います。"),
        (_CHAIR, "漁港に止めると匂いが移りませんか。建設課は、漁港の駐車場をどう見ますか。"),
        (_BUILDING, "漁港の駐車場には屋根があり、風も通ります。"),
        (_CHAIR, "よろしいですか。では、終わります。"),
    )
    assert _table(analysis) == [("石蕗", ["海老名"])]


def test_a_speech_printed_in_several_turns_is_one() -> None:
    analysis = _meeting(
        _OPENING,
        (_ASKER, "橋は町の宝であります。大切にしなければならないのではないでしょうか。"),
        (_ASKER, "橋の点検はいつ終わるのか、伺います。"),
        (_BUILDING, "橋の点検は来月の末に終わる予定でございます。"),
        (_BUILDING, "終わり次第、広報でお知らせいたします。"),
    )
    exchange = link(analysis)[-1]
    assert "いつ終わるのか" in _asked(analysis, exchange)
    assert [_who(analysis, answer.speech) for answer in exchange.answers] == ["海老名", "海老名"]
    assert "goes on" in exchange.answers[1].reasons


@cache
def _corpus(name: str) -> Analysis:
    return analyse(document(name))


def _check(analysis: Analysis, found: tuple[Exchange, ...]) -> None:
    """What holds in every record."""
    asking: set[tuple[int, int]] = set()
    assert [exchange.number for exchange in found] == list(range(1, len(found) + 1))
    for exchange in found:
        speech = analysis.speeches[exchange.speech]
        assert exchange.question == tuple(sorted(set(exchange.question)))
        assert exchange.question and set(exchange.question) <= set(range(len(speech.sentences)))
        new = {(exchange.speech, j) for j in exchange.question}
        assert not new & asking
        asking |= new
        assert exchange.follows is None or exchange.follows < exchange.number
        assert all(first.speech < second.speech for first, second in pairwise(exchange.answers))
        for answer in exchange.answers:
            said = analysis.speeches[answer.speech]
            assert answer.speech > exchange.speech
            assert said.turn.speaker is None or said.turn.speaker != speech.turn.speaker
            assert answer.sentences == tuple(sorted(set(answer.sentences)))
            assert answer.sentences and set(answer.sentences) <= set(range(len(said.sentences)))
            assert 0 < answer.score < 1


@pytest.mark.parametrize("name", NAMES)
def test_every_corpus_record(name: str) -> None:
    analysis = _corpus(name)
    found = link(analysis)
    _check(analysis, found)
    assert link(analysis) == found


def test_marks_of_question_and_answer_and_summaries() -> None:
    analysis = _corpus("paren-line")
    assert [len(exchange.answers) for exchange in link(analysis)] == [1, 1, 1]
    assert all("marked as answer" in answer.reasons for e in link(analysis) for answer in e.answers)


_SAYINGS = st.sampled_from(
    (
        "橋の点検はいつ終わりますか。",
        _THREE,
        "橋の点検についてお答えします。来月終わります。次に、給食についてでございます。秋からです。",
        "ぜひ除雪車をお願いしたい。",
        "取り組んでまいります。",
        "はい。",
        "建設課長。",
        "質疑を終わり、採決いたします。御異議ありませんか。",
        "ありがとうございました。よろしくお願いいたします。",
        "二点目は、どうか。（「そうだ」と呼ぶ者あり）最後に、",
        "、",
    )
)
_LABELS = st.sampled_from((_CHAIR, _ASKER, _OTHER, _MAYOR, _BUILDING, _SCHOOLS))


@given(st.lists(st.tuples(_LABELS, _SAYINGS), min_size=1, max_size=12))
def test_whatever_is_said_by_whomever(turns: list[tuple[str, str]]) -> None:
    analysis = _meeting(*turns)
    _check(analysis, link(analysis))


_EVIDENCE = st.integers(1, 5).flatmap(
    lambda size: st.lists(st.lists(st.floats(0, 1), min_size=size, max_size=size), min_size=1, max_size=4)
)


@given(_EVIDENCE)
def test_the_best_path_is_the_best_of_all(evidence: list[list[float]]) -> None:
    from itertools import product

    from minutes_cli.summarize.alignment import value

    best = max(value(evidence, path) for path in product(range(len(evidence[0])), repeat=len(evidence)))
    assert value(evidence, best_path(evidence)) == pytest.approx(best)
