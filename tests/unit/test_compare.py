"""Who is who across two versions, what makes a turn the same turn, and which pieces of a text are shown as changed."""

import pytest

from minutes_cli.compare import compare
from minutes_cli.compare.model import Entry, Person, Sort, Transcript, Unit, What
from minutes_cli.compare.people import pair_persons
from minutes_cli.compare.pieces import pieces
from minutes_cli.model import Span


def turns(*sayings, persons=(), **parts):
    """A record of (speaker id, label, text)."""
    units = [
        Unit(Sort.TURN, f"t{n}", text, Span(n, n + 1), (n, n), label, who)
        for n, (who, label, text) in enumerate(sayings, 1)
    ]
    return Transcript("made-up.txt", persons=tuple(persons), turns=tuple(units), **parts)


def person(key, *labels, **fields):
    return Person(key, labels[0], labels, **fields)


def found(old, new, **options):
    return [(change.what, change.old, change.new) for change in compare(old, new, **options).changes]


PAIRED = {
    "the same label": (person("s1", "田中委員", name="田中"), person("s9", "田中委員", name="田中花子")),
    "the same name": (person("s1", "田中委員", name="田中"), person("s9", "田中議員", name="田中")),
    "a surname made full": (person("s1", "田中委員", name="田中"), person("s9", "田中花子君", name="田中花子")),
    "the same office": (person("s1", "事務局長", role="事務局長"), person("s9", "事務局　長", role="事務局長")),
}
NOT_PAIRED = {
    "another name": (person("s1", "田中委員", name="田中"), person("s9", "佐藤委員", name="佐藤")),
    "a name that only begins like it": (person("s1", "林委員", name="林"), person("s9", "林田委員", name="林田")),
    "nothing known": (person("s1", "発言者"), person("s9", "参加者")),
}


@pytest.mark.parametrize("why", PAIRED)
def test_the_same_person(why):
    old, new = PAIRED[why]
    assert pair_persons([old], [new], (), ()) == {"s1": "s9"}


@pytest.mark.parametrize("why", NOT_PAIRED)
def test_another_person(why):
    old, new = NOT_PAIRED[why]
    assert pair_persons([old], [new], (), ()) == {}


def test_a_surname_that_fits_two_full_names_is_neither():
    new = [person("s2", "田中花子君", name="田中花子"), person("s3", "田中一郎君", name="田中一郎")]
    assert pair_persons([person("s1", "田中委員", name="田中")], new, (), ()) == {}


def test_new_ids_alone_change_nothing():
    old = turns(("s1", "田中委員", "質問します。"), persons=[person("s1", "田中委員")])
    new = turns(("p7", "田中委員", "質問します。"), persons=[person("p7", "田中委員")])
    assert compare(old, new).same


def test_a_name_that_becomes_full_is_one_fact_and_not_a_change_of_every_turn():
    said = [("s1", "田中委員", f"{n}点目の質問です。") for n in range(5)]
    old = turns(*said, persons=[person("s1", "田中委員", name="田中")])
    new = turns(*said, persons=[person("s1", "田中委員", name="田中花子")])
    (fact,) = compare(old, new).facts
    assert not compare(old, new).changes
    assert (fact.part, fact.name, fact.who, fact.new.text) == ("speaker", "name", "田中委員", "田中花子")


def test_the_same_label_for_another_person_is_another_speaker():
    both = [person("s1", "会長", name="山田"), person("s2", "副会長", name="会田")]
    old = turns(
        ("s1", "会長", "始めます。"), ("s1", "会長", "では採決します。"), ("s2", "副会長", "はい。"), persons=both
    )
    new = old._replace(turns=(old.turns[0], old.turns[1]._replace(speaker="s2"), old.turns[2]))
    assert found(old, new) == [(What.SPEAKER, (1,), (1,))]


def test_speakers_changed_over_are_two_turns_of_other_speakers_and_not_one_gone_and_one_come():
    both = [person("s1", "甲"), person("s2", "乙")]
    old = turns(("s1", "甲", "はい。"), ("s2", "乙", "はい。"), persons=both)
    new = turns(("s2", "乙", "はい。"), ("s1", "甲", "はい。"), persons=both)
    assert found(old, new) == [(What.SPEAKER, (0,), (0,)), (What.SPEAKER, (1,), (1,))]


def test_a_short_answer_in_other_words_is_the_same_turn_but_a_long_speech_is_another():
    def around(text):
        return turns(("s1", None, "採決します。"), ("s2", None, text), ("s1", None, "以上です。"), persons=people)

    people = [person("s1", "会長"), person("s2", "委員")]
    assert found(around("賛成です。"), around("反対します。")) == [(What.TEXT, (1,), (1,))]
    one, other = "道路の工事は来年の三月に終わる予定であります。", "給食費は物価の上昇を受けて値上げをお願いしたい。"
    assert found(around(one), around(other)) == [(What.REMOVED, (1,), ()), (What.ADDED, (), (1,))]


def test_a_heading_written_otherwise_is_one_fact_and_not_a_change_of_every_turn_under_it():
    def under(heading):
        units = turns(("s1", None, "一つ目です。"), ("s1", None, "二つ目です。"), persons=[person("s1", "会長")])
        units = units._replace(turns=tuple(turn._replace(section="sec1") for turn in units.turns))
        return units._replace(sections=(Entry(heading, Span(0, 9), 1, "sec1"),))

    result = compare(under("２　予算の審議"), under("２　予算案の審議"))
    assert not result.changes
    assert [(fact.part, fact.old.text, fact.new.text) for fact in result.facts] == [
        ("section", "２　予算の審議", "２　予算案の審議")
    ]


def test_what_one_side_does_not_hold_is_not_compared_and_named():
    old = turns(items=(Unit(Sort.ITEM, "i1", "補助すること。", Span(0, 7)),), attendance=())
    result = compare(old, turns())
    assert result.same
    assert {"items", "attendance"} < set(result.left_out)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("賛成です。", "賛成です。", "賛成です。"),
        ("令和5年度", "令和6年度", "令和[5|6]年度"),
        ("伺います。", "お伺いします。", "[|お]伺い[|し]ます。"),
        ("", "はい。", "[|はい。]"),
        ("予算は三億円です", "予算は概算で四億円です", "予算は[三|概算で四]億円です"),
        ("道路の工事", "保育の補助", "[道路の工事|保育の補助]"),  # a single の between is no help to a reader
    ],
)
def test_pieces_are_those_a_reader_would_mark(old, new, shown):
    text, opened = "", False
    for sign, piece in pieces(old, new):
        if sign == "-":
            text, opened = f"{text}[{piece}|", True
        elif sign == "+":
            text, opened = f"{text}{piece}]" if opened else f"{text}[|{piece}]", False
        else:
            text, opened = f"{text}]{piece}" if opened else text + piece, False
    assert text == shown
