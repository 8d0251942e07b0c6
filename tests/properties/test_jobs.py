"""For any records: what each adds may be worked out in another process, and figures and summaries stay the same."""

from __future__ import annotations

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_cli.ingest.text import from_text
from minutes_cli.model import Document
from minutes_cli.parse import parse
from minutes_cli.parse.passages import searchable
from minutes_cli.summarize.analysis import analyse, looked_at
from minutes_cli.summarize.figures import By as ByFigures
from minutes_cli.summarize.figures import Figures, part
from minutes_cli.summarize.model import Analysis, By
from minutes_cli.summarize.summary import Length, summarize

_LINES = st.sampled_from(
    [
        *"○議長（山田太郎君） ○田中委員 ○佐藤（元）委員 ○事務局 〔質疑〕 ◇議事 日程第１ （拍手） 要望書".split(),
        "○田中委員　待機児童の解消について、どのように取り組むのか伺います。",
        "○議長（山田太郎君）　保育所を増やすなど、待機児童の解消に取り組んでまいります。",
        "除雪の予算を増やしていただきたいが、国は補助をしないので、難しいと考えます。検討します。",
        "㍿鰊の鰯が鰤した。ＤＸを進めます。ｶﾞｲﾄﾞは何部ですか。",
        "令和６年５月１日　午前10時開会",
        "",
    ]
)
RECORDS = st.lists(st.lists(_LINES, max_size=16).map("\n".join), min_size=1, max_size=4)


def documents(texts: list[str]) -> list[Document]:
    """The records with these *texts*."""
    return [parse(from_text(text, f"{i}.txt")) for i, text in enumerate(texts)]


def sent(analysis: Analysis) -> Analysis:
    """*analysis* as another process gives it."""
    return pickle.loads(pickle.dumps(looked_at(analysis)))


@given(RECORDS, st.sampled_from(By), st.sampled_from([Length(), Length(characters=60), Length(ratio=0.3)]))
@settings(max_examples=60)
def test_a_summary_of_what_was_sent_is_the_summary(texts, by, length):
    read = [analyse(document, searchable(document, document.view.source.name)) for document in documents(texts)]
    assert summarize([sent(one) for one in read], by, length) == summarize(read, by, length)


@given(RECORDS)
@settings(max_examples=60)
def test_a_sentence_that_was_sent_is_cut_alike(texts):
    for document in documents(texts):
        before = analyse(document)
        after = sent(before)
        assert after._replace(speeches=(), exchanges=None) == before._replace(speeches=())
        for one, other in zip(before.speeches, after.speeches, strict=True):
            assert (one.turn, one.passage) == (other.turn, other.passage)
            for a, b in zip(one.sentences, other.sentences, strict=True):
                assert a._replace(cut=None) == b._replace(cut=None)
                assert a.cut.sentence == b.cut.sentence
                assert a.cut.morphemes() == b.cut.morphemes()


@given(RECORDS, st.sampled_from(ByFigures))
@settings(max_examples=50)
def test_figures_add_up_from_parts_that_were_sent(texts, by):
    terms = ("予算", "待機児童", "の")
    here, there = Figures(by, len(terms)), Figures(by, len(terms))
    for document in documents(texts):
        path = document.view.source.name
        said = [(turn, [turn.text.count(term) for term in terms]) for turn in document.turns]
        here.add(document, path, said)
        there.take(pickle.loads(pickle.dumps(part(by, len(terms), document, path, said))))
    assert (here.rows, here.total, here.silent) == (there.rows, there.total, there.silent)
    total = here.total
    longest = [turn for document in documents(texts) for turn in document.turns]
    assert total.turns == len(longest)
    assert total.characters == sum(len(p) for turn in longest for p in turn.paragraphs)
    if total.longest is not None:  # the first of the longest
        assert total.longest.turn == max(longest, key=lambda turn: sum(map(len, turn.paragraphs))).id
