"""For any records: what goes into an index comes out of it, and it never hides a record that holds what is sought."""

import sqlite3
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_cli.model import Meeting, Section, Span, Speaker
from minutes_cli.passage import Passage, PassageKind, Record, Run, Slip
from minutes_cli.store import Index, default_path
from minutes_cli.store.build import update
from minutes_cli.store.grams import pairs, question, spelled
from minutes_cli.store.pack import pack, unpack

# NUL and lone surrogates never come out of ingest, but the former does SQLite no harm.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
JAPANESE = st.text(st.sampled_from("雨が保育園ではデジタル化ＤＸDXdx１２3 　\nｶﾞガ㈱\"'*-%。\ue041"), max_size=30)
NAME = st.none() | TEXT
NUMBER = st.integers(0, 1 << 40)
SPAN = st.builds(Span, NUMBER, NUMBER)
PASSAGE = st.builds(
    Passage,
    st.sampled_from(PassageKind),
    TEXT | JAPANESE,
    st.lists(st.builds(Run, NUMBER, NUMBER, NUMBER, NUMBER), max_size=5).map(tuple),
    st.lists(st.builds(Slip, NUMBER, NUMBER, SPAN, TEXT), max_size=3).map(tuple),
    NAME,
    NAME,
    NAME,
    st.none() | st.integers(0, 999),
)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
SPEAKER = st.builds(Speaker, TEXT, TEXT, TEXTS, NAME, NAME, NAME, NAME, TEXTS, NUMBER, NUMBER)
RECORD = st.builds(
    Record,
    st.just("a.txt"),
    TEXT,
    st.builds(Meeting, *[NAME] * 9),
    st.lists(SPEAKER, max_size=3).map(tuple),
    st.lists(st.builds(Section, TEXT, TEXT, NUMBER, NAME, NAME, SPAN), max_size=3).map(tuple),
    st.lists(PASSAGE, max_size=6).map(tuple),
    st.lists(st.tuples(NUMBER, NUMBER), max_size=3).map(tuple),
)


@given(RECORD)
def test_a_record_comes_back_whole(record):
    assert unpack("a.txt", *pack(record)) == record


@given(RECORD)
def test_a_record_comes_back_from_a_table(record):
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE content(header TEXT, text TEXT, shape BLOB)")
    db.execute("INSERT INTO content VALUES(?, ?, ?)", pack(record))
    assert unpack("a.txt", *db.execute("SELECT * FROM content").fetchone()) == record


def listed(texts):
    """A list of pairs as an index holds it."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE grams USING fts5(list, content='', detail=none, tokenize='ascii')")
    db.execute("INSERT INTO grams(rowid, list) VALUES(1, ?)", (pairs(texts),))
    return db


@given(st.data(), st.lists(JAPANESE | TEXT, min_size=1, max_size=4))
def test_whatever_stands_in_a_text_is_proposed(data, texts):
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    asked = question([text[start:end]])
    assert asked is None or listed(texts).execute("SELECT 1 FROM grams WHERE grams MATCH ?", (asked,)).fetchone()


@given(st.lists(JAPANESE, min_size=1, max_size=3), JAPANESE.filter(lambda s: len(s) <= 2))
def test_one_and_two_characters_are_proposed_only_where_they_stand(texts, literal):
    """No more is left to the matcher than case, width and characters that look like the marks of the list."""
    from minutes_cli.lexicon.folding import key

    asked = question([literal])
    if asked is not None and not any("\ue000" <= c <= "\uf8ff" for c in literal + "".join(texts)):
        found = listed(texts).execute("SELECT 1 FROM grams WHERE grams MATCH ?", (asked,)).fetchone()
        assert bool(found) == any(key(literal) in key(text) for text in texts)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_word_is_one_token(word):
    """Whatever its characters are, no mark of FTS5's query language or tokenizer is left."""
    assert all(ord(c) > 127 for c in spelled(word))
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE words USING fts5(list, content='', detail=none, tokenize='ascii')")
    db.execute("INSERT INTO words(rowid, list) VALUES(1, ?)", (spelled(word),))
    assert db.execute("SELECT 1 FROM words WHERE words MATCH ?", (f'"{spelled(word)}"',)).fetchone()
    db.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(words, row)")
    assert db.execute("SELECT term FROM terms").fetchall() == [(spelled(word),)]


WORDS = ("予算", "除雪", "附属", "雨", "DX")
STEP = st.dictionaries(st.sampled_from("abcd"), st.none() | st.sets(st.sampled_from(WORDS)), min_size=1)


@settings(max_examples=20)
@given(st.lists(STEP, min_size=1, max_size=4))
def test_an_index_that_was_kept_up_to_date_says_what_a_new_one_says(steps):
    """Whatever was written, rewritten and removed before (None: the file is gone)."""
    from minutes_cli.lexicon.words import forms

    with tempfile.TemporaryDirectory() as name:
        folder, held = Path(name), {}
        for step in steps:
            for stem, words in step.items():
                if words is None:
                    held.pop(stem, None)
                    (folder / f"{stem}.txt").unlink(missing_ok=True)
                else:
                    held[stem] = words
                    text = "".join(f"○委員（山田君）　{word}の件です。\n" for word in sorted(words)) + "終わり。\n"
                    (folder / f"{stem}.txt").write_text(text, encoding="utf-8")
            files = [str(folder / f"{stem}.txt") for stem in sorted(held)]
            update(default_path(name), name, files)
            with Index(default_path(name)) as index:
                served = {record: Path(file).stem for file, record in index.fresh(files).items()}
                assert sorted(served.values()) == sorted(held)
                for word in WORDS:
                    expected = {stem for stem, words in held.items() if word in words}
                    assert {served[record] for record in index.propose([{word}]) & served.keys()} == expected
                    assert {served[record] for record in index.passages([forms([word])[0]])} == expected
