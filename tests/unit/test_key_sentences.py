"""Key sentences: what holds of every choice, and what is chosen from speeches made up for it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.ingest.text import from_text
from minutes_cli.parse import parse
from minutes_cli.summarize.analysis import analyse
from minutes_cli.summarize.clauses import clauses, only_asks
from minutes_cli.summarize.key_sentences import Length, Pick, key_sentences
from minutes_cli.summarize.model import ClauseEnd, Form, Speech
from minutes_cli.summarize.salience import features, first_look, salient

_CONTENT = (
    "学童保育の定員が足りず、待機する児童が増えております。",
    "そこで、来年度から、老朽化した体育館を避難所として使えるよう改修すべきと考えますが、町長の見解を伺います。",
    "財源が確保できれば、給食費の無償化を実施してまいります。",
    "国は、地域交通に対する補助金の制度を見直し、自治体の負担が重くなる仕組みを導入しました。",
    "町民が使う図書館につきましては、利用者の声を聞きながら、開館時間の延長を検討してまいります。",
    "大雨が降る場合には、川沿いの低い土地にある保育園を早めに閉めることが必要であると私は思います。",
    "バス路線の廃止を認めるべきとは考えておりません。",
    "高齢者の見守りについて、町長の所見を伺います。",
)
_EMPTY = (
    "よろしくお願いいたします。",
    "以上で質問を終わります。",
    "次に、防災についてであります。",
    "ありがとうございました。",
)
_ASKED = "あわせて、町長の見解を伺います。"
_LENGTHS = st.one_of(
    st.integers(1, 6).map(lambda number: Length(sentences=number)),
    st.integers(1, 200).map(lambda number: Length(characters=number)),
    st.floats(0.01, 1.0).map(lambda part: Length(ratio=part)),
)


@cache
def _speech(*sentences: str) -> Speech:
    record = "○山田太郎君　" + "\n　".join(sentences) + "\n"
    return analyse(parse(from_text(record, "made-up.txt"))).speeches[0]


_SPEECHES = st.lists(st.sampled_from([*_CONTENT, *_EMPTY, _ASKED]), min_size=1, max_size=8).map(
    lambda sentences: _speech(*sentences)
)


def _shown(speech: Speech, pick: Pick) -> str:
    sentence = speech.sentences[pick.sentence]
    front = "…" if pick.start > sentence.start else ""
    back = "…" if pick.end < sentence.end else ""
    return front + "…".join([speech.text[start:end] for start, end in pick.pieces]) + back


def _texts(length: Length, *sentences: str) -> list[str]:
    speech = _speech(*sentences)
    return [_shown(speech, pick) for pick in key_sentences([speech], length)]


@given(st.lists(_SPEECHES, min_size=1, max_size=3), _LENGTHS)
def test_picks_are_parts_of_sentences_in_order(speeches: list[Speech], length: Length) -> None:
    picks = key_sentences(speeches, length)
    assert picks
    places = [(pick.speech, pick.sentence) for pick in picks]
    assert places == sorted(set(places))
    for pick in picks:
        sentence = speeches[pick.speech].sentences[pick.sentence]
        assert (pick.start, pick.end) == (pick.pieces[0][0], pick.pieces[-1][1])
        ends = [sentence.start, *[place for piece in pick.pieces for place in piece], sentence.end]
        assert ends == sorted(ends)
        assert all(start < end for start, end in pick.pieces)


@given(_SPEECHES, _LENGTHS)
def test_sentences_are_cut_only_where_clauses_end(speech: Speech, length: Length) -> None:
    for pick in key_sentences([speech], length):
        sentence = speech.sentences[pick.sentence]
        found = clauses(sentence.cut)
        if pick.end < sentence.end:
            quoted = [sentence.start + end for end, kind in found if kind is ClauseEnd.QUOTED]
            assert pick.end in [*quoted, *[end - 1 for end in quoted if speech.text[end - 1] == "、"]]
        conditions = [sentence.start + end for end, kind in found if kind is ClauseEnd.CONDITION]
        for (_, left), (right, _) in zip([(0, sentence.start), *pick.pieces], pick.pieces, strict=False):
            assert not [end for end in conditions if left < end <= right]
        first = pick.pieces[-1][0]
        starts = [sentence.start + end for end, kind in found if kind in ("joined", "relative", "front")]
        assert (
            first == sentence.start or first in starts or len(pick.pieces) > 1 or speech.text[first:].startswith("国は")
        )


@given(_SPEECHES, _LENGTHS)
def test_greetings_and_procedure_come_only_where_nothing_else_is(speech: Speech, length: Length) -> None:
    empty = (Form.COURTESY, Form.PROCEDURE)
    content = [one for one in speech.sentences if one.reading.form not in empty and not only_asks(one.cut.sentence)]
    chosen = [speech.sentences[pick.sentence] for pick in key_sentences([speech], length)]
    if content:
        assert [one for one in chosen if one in content] == chosen


@given(_SPEECHES, st.integers(1, 200))
def test_the_length_is_kept_but_for_the_last_ending(speech: Speech, limit: int) -> None:
    picks = key_sentences([speech], Length(characters=limit))
    size = sum(len(_shown(speech, pick)) for pick in picks)
    last = speech.sentences[picks[-1].sentence]
    words = [end for one in salient(speech, [picks[-1].sentence]) for _, end, _, _ in one.words]
    ending = last.end - max(words, default=last.end) if picks[-1].end == last.end else 0
    assert len(picks) == 1 or size - ending <= limit


@given(st.lists(_SPEECHES, min_size=1, max_size=3), st.integers(1, 9))
def test_so_many_whole_sentences_and_no_more(speeches: list[Speech], number: int) -> None:
    picks = key_sentences(speeches, Length(sentences=number))
    assert len(picks) <= number
    for pick in picks:
        sentence = speeches[pick.speech].sentences[pick.sentence]
        assert pick.pieces == ((sentence.start, sentence.end),)


@given(st.lists(_SPEECHES, min_size=1, max_size=3), _LENGTHS)
def test_the_choice_is_always_the_same(speeches: list[Speech], length: Length) -> None:
    assert key_sentences(speeches, length) == key_sentences(list(speeches), length)


@given(_SPEECHES)
def test_salience_is_a_probability_and_words_stand_where_they_are_said_to(speech: Speech) -> None:
    numbers = range(len(speech.sentences))
    assert len(first_look(speech)) == len(speech.sentences)
    seen = salient(speech, numbers)
    assert [form for one in seen for _, _, form, _ in one.words] == [form for form, _ in features(speech)]
    for one, sentence in zip(seen, speech.sentences, strict=True):
        assert all(sentence.start <= start < end <= sentence.end for start, end, _, _ in one.words)
        assert all(0 < weight < 1 for *_, weight in one.words)


def test_nothing_said_has_no_key_sentences() -> None:
    assert key_sentences([], Length(characters=100)) == []


def test_the_same_is_not_said_twice() -> None:
    assert len(_texts(Length(sentences=3), _CONTENT[0], _CONTENT[0], _CONTENT[2])) == 2


def test_what_others_do_is_never_shown_without_them() -> None:
    for limit in range(10, 60):
        for text in _texts(Length(characters=limit), _CONTENT[3]):
            assert text.startswith("国は")


def test_what_is_left_of_a_sentence_is_one_stretch() -> None:
    for limit in range(10, 60):
        assert not any("…" in text.strip("…") for text in _texts(Length(characters=limit), "".join(_CONTENT[:4])))


def test_a_condition_is_always_shown() -> None:
    for limit in range(5, 60):
        assert _texts(Length(characters=limit), _CONTENT[2]) == [_CONTENT[2]]


def test_a_denial_is_always_shown() -> None:
    for limit in range(5, 60):
        (text,) = _texts(Length(characters=limit), _CONTENT[6])
        assert text.endswith("考えておりません。")


def test_that_it_is_asked_may_be_left_out() -> None:
    texts = {text for limit in range(10, 60) for text in _texts(Length(characters=limit), _CONTENT[1])}
    assert any(text.endswith("改修すべき…") for text in texts)


@pytest.mark.parametrize("length", [Length(sentences=1), Length(characters=40), Length(ratio=0.3)])
def test_what_asks_for_an_answer_and_nothing_else_is_no_key_sentence(length: Length) -> None:
    assert all("学童保育" in text or "待機" in text for text in _texts(length, _CONTENT[0], _ASKED))


@pytest.mark.parametrize(
    ("sentence", "nothing_else"),
    [
        ("見解を伺います。", True),
        (_ASKED, True),
        ("町長の答弁を求めます。", True),
        ("給食費の無償化について伺います。", False),
        ("体育館を直すべきと考えますが、見解を伺います。", False),
    ],
)
def test_sentences_that_only_ask(sentence: str, nothing_else: bool) -> None:
    assert only_asks(sentence) is nothing_else
