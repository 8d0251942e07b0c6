"""Whatever the record: every sentence of a summary stands where it says, letter by letter, and figures add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, document
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Document, Kind
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse
from minutes_cli.summarize.analysis import analyse
from minutes_cli.summarize.model import Analysis, By, Form, Quote, Summary
from minutes_cli.summarize.summary import Length, summarize

_SENTENCES = st.sampled_from(
    [
        *"""おはようございます。 よろしくお願いいたします。 それでは、質疑に入ります。 潮見橋の見通しを伺います。
        老朽化した橋を点検し、危険な箇所から補修してまいりたいと考えております。 予算の増額は考えておりません。
        国の補助が決まれば、来年度から学校給食費の無償化を進めるべきと考えますが、町長の見解を伺います。
        町は、子育て世帯の負担を減らすため、（仮称）こども館の整備に取り組んでまいります。 検討します。 以上です。
        国への働きかけをお願いしたい。 「やめるべきだ」という声が 。。。 …… あつという間の一年でした。 住) 高齢者の
        """.split()
    ]
)
_BREAKS = st.sampled_from(
    ["", "", "", "\n", "\n　", "\n- 12 -\n", " ", "（拍手）", "\n（「異議なし」と呼ぶ者あり）\n", "\r\n"]
)
_LABELS = st.sampled_from(
    ["○議長（橘川清君）　", "○小豆沢委員　", "○町長（乙訓俊介君）　", "○事務局\n", "〔議 事〕\n○百目鬼議員　"]
)
_TURN = st.tuples(_LABELS, st.lists(st.tuples(_SENTENCES, _BREAKS), max_size=6))
RECORDS = st.lists(_TURN, max_size=6).map(
    lambda turns: "\n".join(label + "".join(said + gap for said, gap in parts) for label, parts in turns)
)
_LENGTHS = st.sampled_from(
    [Length(), Length(sentences=1), Length(characters=30), Length(characters=90), Length(ratio=0.2)]
)


def _quotes(summary: Summary) -> list[Quote]:
    asked = [*summary.exchanges, *[one for group in summary.groups for one in group.exchanges]]
    return [
        *[quote for one in asked for quote in (*one.question, *[q for a in one.answers for q in a.sentences])],
        *[
            quote
            for group in summary.groups
            for part in (group.sentences, group.requests, group.questions, group.commitments, group.considerations)
            for quote in (*part, *group.refusals)
        ],
    ]


def _hold(doc: Document, analysis: Analysis, by: By, length: Length) -> None:
    source = doc.view.source
    summary = summarize([analysis], by, length)
    assert summary == summarize([analysis], by, length)
    for quote in _quotes(summary):
        (speech,) = [speech for speech in analysis.speeches if speech.turn.id == quote.turn]
        (sentence,) = [s for s in speech.sentences if _holds(speech.passage, s, quote)]
        whole = speech.text[sentence.start : sentence.end]
        assert quote.shortened == (quote.text != whole)
        if quote.shortened:
            assert "…" in quote.text
            at = 0
            for piece in filter(None, quote.text.split("…")):  # cut, and nothing else
                at = whole.index(piece, at) + len(piece)
        stands = "".join(source.text[start:end] for start, end in quote.spans)
        assert _bare(stands) == _bare(quote.original)
        if not doc.view.edits:
            assert quote.original == quote.text
        assert source.place(quote.span.start) == (quote.line, quote.column)
        assert quote.shown in whole
    if by is not By.EXCHANGE:
        assert sum(group.turns for group in summary.groups) == len(analysis.speeches) == summary.turns
        assert sum(group.characters for group in summary.groups) == summary.characters
        assert summary.characters == sum(speaker.characters for speaker in doc.speakers) + _of_nobody(doc)
        for group in summary.groups:
            empty = [quote.form in (Form.COURTESY, Form.PROCEDURE) for quote in group.sentences]
            assert not any(empty) or all(empty)


def _holds(passage: object, sentence: object, quote: Quote) -> bool:
    span = passage.span(sentence.start, sentence.end)  # type: ignore[attr-defined]
    return span.start <= quote.span.start and quote.span.end <= span.end


def _bare(text: str) -> str:
    """*text* without blanks and marks: line ends, and what stands for what is left out."""
    return "".join(text.replace("…", "").split())


def _of_nobody(doc: Document) -> int:
    return sum(len(p) for turn in doc.turns if turn.speaker is None for p in turn.paragraphs)


@given(RECORDS, st.sampled_from(list(By)), _LENGTHS)
def test_every_sentence_stands_where_it_says(text: str, by: By, length: Length) -> None:
    doc = parse(from_text(text), kind=Kind.VERBATIM)
    _hold(doc, analyse(doc), by, length)


@given(RECORDS, st.sampled_from(list(By)), _LENGTHS)
def test_every_sentence_stands_where_it_says_through_corrections(text: str, by: By, length: Length) -> None:
    doc = parse(normalize(from_text(text)).view, kind=Kind.VERBATIM)
    _hold(doc, analyse(doc), by, length)


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_of_our_records_stands_where_it_says(name: str) -> None:
    doc = document(name)
    analysis = analyse(doc)
    for by in By:
        for length in (Length(), Length(characters=60)):
            _hold(doc, analysis, by, length)
