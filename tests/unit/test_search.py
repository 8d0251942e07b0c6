"""Scopes, filters and patterns, on a small record made by hand."""

import pytest

from minutes_cli.errors import UsageError
from minutes_cli.model import Meeting, Section, Span, Speaker
from minutes_cli.passage import Passage, PassageKind, Record, Run
from minutes_cli.search.model import Filters, Mode, Query, Scope
from minutes_cli.search.run import prepare, search


def passage(text, turn=None, speaker=None, section=None, exchange=None, kind=PassageKind.SPEECH):
    return Passage(kind, text, (Run(0, 0, 1, 1),), (), turn, speaker, section, exchange)


CHAIR = Speaker("s1", "会長（山田太郎君）", ("会長（山田太郎君）",), "山田太郎", "会長", "町長", None)
MEMBER = Speaker("s2", "田中委員", ("田中委員", "田中副会長"), "田中", "委員", None, "あおば町ＰＴＡ")
RECORD = Record(
    "a.txt",
    "verbatim",
    Meeting("令和6年度第1回子育て会議", "子育て会議", "第1回", "2024-05-10"),
    (CHAIR, MEMBER),
    (
        Section("sec1", "議事", 1, "2", None, Span(0, 9)),
        Section("sec2", "（1）保育料", 2, "1", "sec1", Span(0, 9)),
        Section("sec3", "その他", 1, "3", None, Span(0, 9)),
    ),
    (
        passage("令和6年度第1回子育て会議", kind=PassageKind.FRONT),
        passage("議事", section="sec1", kind=PassageKind.HEADING),
        passage("予算の内訳を伺います。保育料はどうですか。\n予算は足りますか。", "t1", "s2", "sec2", 1),
        passage("保育料は据え置きます。", "t2", "s1", "sec2", 1),
        passage("（拍手）", "t2", "s1", "sec2", 1, PassageKind.EVENT),
        passage("予算を御説明します。", "t3", "s1", "sec3"),
    ),
)


def found(query, record=RECORD):
    return [
        (one.passage.turn or one.passage.kind.value, one.passage.text[m.start : m.end])
        for one in search(prepare(query), record).found
        for m in one.matches
    ]


def turns(query):
    return sorted({turn for turn, _ in found(query)})


def test_a_literal_is_found_everywhere_but_in_events():
    assert found(Query(("保育料",), Mode.LITERAL)) == [("t1", "保育料"), ("t2", "保育料")]
    assert found(Query(("拍手",), Mode.LITERAL)) == []
    assert found(Query(("拍手",), Mode.LITERAL, events=True)) == [("t2", "拍手")]


def test_headings_and_front_matter_are_searched_too():
    assert found(Query(("議事",))) == [("heading", "議事")]
    assert found(Query(("第[0-9]回",))) == [("front", "第1回")]


def test_a_regular_expression_stays_in_its_line():
    assert found(Query((r"どうですか。\s*予算",))) == []
    assert found(Query((r"[^、]+足りますか。$",))) == [("t1", "予算は足りますか。")]
    assert found(Query((r"^予算",))) == [("t1", "予算"), ("t1", "予算"), ("t3", "予算")]


def test_matches_without_a_character_are_none():
    assert found(Query(("保*",))) == [("t1", "保"), ("t2", "保")]


@pytest.mark.parametrize(
    ("text", "pattern", "count"),
    [
        ("ＤＸを進める。DXの dx。", "dx", 3),
        ("ﾃﾞｰﾀとデータ", "データ", 2),
        ("ﾃﾞｰﾀとデータ", "ﾃﾞｰﾀ", 2),
        ("（注）と(注)", "(注)", 2),
    ],
)
def test_ignoring_case_and_width(text, pattern, count):
    record = RECORD._replace(passages=(passage(text, "t1"),))
    spans = found(Query((pattern,), Mode.LITERAL, ignore_case=True), record)
    assert len(spans) == count
    assert len(found(Query((pattern,), Mode.LITERAL), record)) < count


def test_ignoring_case_and_width_in_a_regular_expression():
    record = RECORD._replace(passages=(passage("ＤＸ推進（案）とdx推進(案)、ﾃﾞｰﾀ２０件", "t1"),))
    assert found(Query((r"dx推進（案）",), ignore_case=True), record) == [
        ("t1", "ＤＸ推進（案）"),
        ("t1", "dx推進(案)"),
    ]
    assert found(Query((r"データ\d+",), ignore_case=True), record) == [("t1", "ﾃﾞｰﾀ２０")]


@pytest.mark.parametrize(
    ("text", "pattern", "count"),
    [
        ("京都と都と都市", "都", 1),
        ("DXとDXML", "DX", 1),
        ("データとデータベース", "データ", 1),
        ("都は広い", "都", 1),
        ("予算、予算案", "予算", 1),
    ],
)
def test_whole_words_by_script(text, pattern, count):
    record = RECORD._replace(passages=(passage(text, "t1"),))
    for mode in (Mode.LITERAL, Mode.REGEX):
        assert len(found(Query((pattern,), mode, whole=True), record)) == count


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.SENTENCE, []),
        (Scope.PARAGRAPH, ["t1"]),
        (Scope.TURN, ["t1"]),
        (Scope.EXCHANGE, ["t1", "t2"]),
        (Scope.SECTION, ["t1", "t2"]),
        (Scope.RECORD, ["t1", "t2", "t3"]),
    ],
)
def test_all_patterns_must_meet_in_the_scope(scope, expected):
    assert turns(Query(("予算", "保育料"), every=True, scope=scope)) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.SENTENCE, 3),
        (Scope.PARAGRAPH, 2),
        (Scope.TURN, 1),
        (Scope.EXCHANGE, 1),
        (Scope.SECTION, 1),
        (Scope.RECORD, 0),
    ],
)
def test_what_must_be_absent_from_the_scope(scope, expected):
    assert len(found(Query(("予算",), without=("保育料",), scope=scope))) == expected


@pytest.mark.parametrize(("near", "expected"), [(7, []), (8, ["保育料", "予算"]), (9, ["予算", "保育料", "予算"])])
def test_near_counts_the_characters_between(near, expected):
    query = Query(("予算", "保育料"), every=True, scope=Scope.TURN, near=near)
    assert [text for _, text in found(query)] == expected


def test_near_needs_a_scope_inside_a_turn():
    with pytest.raises(UsageError, match="--near counts characters inside a turn"):
        prepare(Query(("予算", "保育料"), near=5, scope=Scope.RECORD))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(speaker="山田"), ["t3"]),
        (Filters(speaker="山 田|田中副会長"), ["t1", "t3"]),
        (Filters(speaker="会長"), ["t1", "t3"]),
        (Filters(role="^委員$"), ["t1"]),
        (Filters(role="町長"), ["t3"]),
        (Filters(affiliation="PTA|ＰＴＡ"), ["t1"]),
        (Filters(section="保育料"), ["t1"]),
        (Filters(section="議事"), ["t1"]),
        (Filters(section="その他"), ["t3"]),
        (Filters(kind=("verbatim", "summary")), ["t1", "t3"]),
        (Filters(kind=("petition",)), []),
        (Filters(since="2024-05-10"), ["t1", "t3"]),
        (Filters(since="2024-06"), []),
        (Filters(until="2024"), ["t1", "t3"]),
        (Filters(until="令和6年5月9日"), []),
        (Filters(body="子育て"), ["t1", "t3"]),
        (Filters(body="教育"), []),
    ],
)
def test_filters(filters, expected):
    assert turns(Query(("予算",), filters=filters)) == expected


def test_a_record_without_a_date_lies_in_no_time():
    undated = RECORD._replace(meeting=Meeting())
    assert found(Query(("予算",), filters=Filters(since="1900")), undated) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (Query(()), "no pattern given"),
        (Query(("",)), "an empty pattern"),
        (Query(("(予算",)), "is no regular expression"),
        (Query(("予算",), filters=Filters(speaker="(")), "--speaker '\\('"),
        (Query(("予算",), filters=Filters(since="きのう")), "--since 'きのう' is no date"),
    ],
)
def test_faults_of_the_user(query, words):
    with pytest.raises(UsageError, match=words):
        prepare(query)


def test_synonyms_say_which_word_was_found():
    query = Query(("保育料",), Mode.LITERAL, synonyms=(("保育料", "利用者負担額", "予算"),))
    result = search(prepare(query), RECORD)
    assert {(m.term, one.passage.turn) for one in result.found for m in one.matches} == {
        ("保育料", "t1"),
        ("予算", "t1"),
        ("保育料", "t2"),
        ("予算", "t3"),
    }
