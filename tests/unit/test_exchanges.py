"""Questions with their answers, in small meetings written for it."""

from __future__ import annotations

import pytest

from corpus import NAMES, document
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Document, Kind, TurnKind
from minutes_cli.parse import parse
from minutes_cli.parse.exchanges import asks, chairs, exchanges
from minutes_cli.parse.passages import searchable


def _meeting(*turns: tuple[str, str]) -> Document:
    text = "".join(f"○{label}　{said}\n\n" for label, said in turns)
    return parse(from_text(text), convention="circle-label", kind=Kind.VERBATIM)


_OPENING = ("議長（石蕗一郎君）", "これより会議を開きます。日程第１、一般質問を行います。１番、尾花君。")
_FIRST = ("１番（尾花二郎君）", "橋の点検はいつ終わるのか、伺います。")
_CALL = ("議長（石蕗一郎君）", "建設課長。")
_ANSWER = ("建設課長（海老名三郎君）", "来月の末に終わる予定でございます。")


def test_a_question_with_the_chair_between() -> None:
    assert exchanges(_meeting(_OPENING, _FIRST, _CALL, _ANSWER)) == (None, 1, 1, 1)


def test_a_follow_up_and_a_second_official_belong_to_it() -> None:
    more = ("町長（胡桃沢四郎君）", "私からも申し上げます。急がせます。")
    thanks = ("１番（尾花二郎君）", "よく分かりました。ありがとうございました。")
    doc = _meeting(_OPENING, _FIRST, _CALL, _ANSWER, more, thanks)
    assert exchanges(doc) == (None, 1, 1, 1, 1, 1)


def test_the_next_questioner_opens_the_next_one() -> None:
    call = ("議長（石蕗一郎君）", "ほかに質疑はありませんか。５番、鴨下君。")
    second = ("５番（鴨下五郎君）", "トンネルはどうでしょうか。")
    doc = _meeting(_OPENING, _FIRST, _CALL, _ANSWER, call, second, _CALL, _ANSWER)
    assert exchanges(doc) == (None, 1, 1, 1, None, 2, 2, 2)


def test_reports_debates_and_votes_belong_to_none() -> None:
    close = ("議長（石蕗一郎君）", "質疑を終わります。これより討論に入ります。")
    debate = ("５番（鴨下五郎君）", "これでよいのでしょうか。私は反対いたします。")
    vote = ("議長（石蕗一郎君）", "採決いたします。")
    report = ("総務課長（柊六郎君）", "御報告いたします。")
    doc = _meeting(_OPENING, report, _FIRST, _CALL, _ANSWER, close, debate, vote, report)
    assert exchanges(doc) == (None, None, 1, 1, 1, None, None, None, None)


def test_whoever_is_called_next_answers() -> None:
    member = ("５番（鴨下五郎君）", "提出者としてお答えします。三年を見込んでおります。")
    assert exchanges(_meeting(_OPENING, _FIRST, _CALL, member)) == (None, 1, 1, 1)


def test_what_a_questioner_says_before_the_question_belongs_to_it() -> None:
    before = ("１番（尾花二郎君）", "橋は町の宝であります。")
    assert exchanges(_meeting(_OPENING, before, _FIRST, _CALL, _ANSWER)) == (None, 1, 1, 1, 1)


def test_a_motion_is_no_question() -> None:
    moved = ("１番（尾花二郎君）", "動議を提出します。会期を延ばしてはいかがでしょうか。")
    assert exchanges(_meeting(_OPENING, moved)) == (None, None)


def test_the_president_of_an_association_answers_before_a_committee() -> None:
    chair = ("委員長（石蕗一郎君）", "質疑に入ります。尾花君。")
    guest = ("会長（椎名七郎君）", "三割ほど減っております。")
    doc = _meeting(chair, ("委員（尾花二郎君）", "漁獲はどうなりましたか。"), ("委員長（石蕗一郎君）", "会長。"), guest)
    assert exchanges(doc) == (None, 1, 1, 1)


def test_a_request_that_is_taken_up_is_asked_and_who_adds_answers() -> None:
    asks_for = ("委員（尾花二郎君）", "除雪車の共同購入を、ぜひ町にお願いしたいと思います。よろしくお願いします。")
    adds = ("委員（鴨下五郎君）", "少し補足をします。隣の町でも同じ車を買うと聞いております。")
    chair = ("委員長（石蕗一郎君）", "次の方。")
    assert exchanges(_meeting(chair, asks_for, chair, _ANSWER, chair, adds)) == (None, 1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    "said",
    [
        "除雪車の共同購入を、ぜひ町にお願いしたいと思います。御答弁は結構です。",
        "雪の多い冬でした。どうぞよろしくお願いいたします。",
        "議案に反対の立場から申し上げます。除雪車は共同で買うべきです。",
    ],
)
def test_what_wants_no_answer_is_not_asked(said: str) -> None:
    chair = ("委員長（石蕗一郎君）", "次の方。")
    assert exchanges(_meeting(chair, ("委員（尾花二郎君）", said), chair, _ANSWER)) == (None,) * 4


def test_a_request_before_the_next_item_is_not_taken_up() -> None:
    chair = ("委員長（石蕗一郎君）", "次の方。")
    asks_for = ("委員（尾花二郎君）", "除雪車の共同購入を、ぜひ町にお願いしたいと思います。")
    turns = ("委員長（石蕗一郎君）", "次に、協議事項の二に移ります。")
    assert exchanges(_meeting(chair, asks_for, turns, _ANSWER)) == (None,) * 4


def test_what_is_thrown_in_does_not_end_an_exchange() -> None:
    aside = ("５番（鴨下五郎君）", "そうですね。")
    goes_on = ("建設課長（海老名三郎君）", "よその橋でも同じでございます。")
    doc = _meeting(_OPENING, _FIRST, _CALL, _ANSWER, aside, goes_on)
    assert exchanges(doc) == (None, 1, 1, 1, None, 1)


def test_a_chair_who_asks_for_an_answer_at_last_does_not_end_it() -> None:
    call = ("議長（石蕗一郎君）", "時間ですので、建設課長、一言だけ答弁をして、質疑を終わりたいと思います。")
    assert exchanges(_meeting(_OPENING, _FIRST, call, _ANSWER)) == (None, 1, 1, 1)


def test_who_says_so_leads_the_meeting_and_not_the_president() -> None:
    host = ("委員（椎名七郎・総務課長）", "進行役を務めさせていただきます。よろしくお願いいたします。")
    calls = ("委員（椎名七郎・総務課長）", "では、町長、いかがですか。")
    president = ("会長（胡桃沢町長）", "急がせます。")
    doc = _meeting(host, _FIRST, calls, president, calls)
    (leader,) = chairs(doc)
    assert leader == doc.turns[0].speaker
    assert exchanges(doc) == (None, 1, 1, 1, None)


def test_marks_of_question_and_answer() -> None:
    doc = document("question-answer")
    numbers = exchanges(doc)
    asked = [turn for turn in doc.turns if turn.kind is TurnKind.QUESTION]
    assert None not in numbers and numbers == tuple(sorted(numbers))
    assert max(n for n in numbers if n) < len(asked), "two questions in a row that one answer serves are one exchange"


@pytest.mark.parametrize("name", NAMES)
def test_numbers_count_up_and_events_share_them(name: str) -> None:
    doc = document(name)
    numbers = exchanges(doc)
    used = [n for n in numbers if n is not None]
    assert used == sorted(used) and set(used) == set(range(1, len(set(used)) + 1))
    by_turn = dict(zip((turn.id for turn in doc.turns), numbers, strict=True))
    assert all(p.exchange == by_turn.get(p.turn) for p in searchable(doc).passages)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("橋の点検はいつ終わりますか。", True),
        ("今後の見解をお聞かせください。", True),
        ("理由は。", True),
        ("町長の答弁を求めます。", True),
        ("三点、伺います。よろしくお願いいたします。", True),
        ("賛成いたします。", False),
        ("来月の末に終わります。", False),
    ],
)
def test_forms_of_questions(said: str, wanted: bool) -> None:
    assert asks(_meeting(_OPENING, ("１番（尾花二郎君）", said)).turns[-1]) is wanted
