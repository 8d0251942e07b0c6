"""SQLite: what is in the database is what was found, keys hold, and the search finds what stands there."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hand_document import HOSTILE, TEXTS, hand
from minutes_cli.errors import UsageError
from minutes_cli.export import WRITERS, Options, sqlite
from minutes_cli.export.sqlite import grams
from minutes_cli.export.sqlite.schema import APPLICATION, FIND, VERSION, descriptions
from minutes_cli.export.tables import TABLES
from parsed import all_parsed

#: A database takes a tenth of a second, so that few of them must do.
FEW = 300 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 20


def written(*documents):
    return b"".join(WRITERS["sqlite"].write(iter(documents), Options()))


@contextmanager
def opened(*documents):
    """A connection to the database of *documents*."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(written(*documents))
        connection.row_factory = sqlite3.Row
        yield connection
    finally:
        connection.close()


def column(connection, sql, *given):
    return [row[0] for row in connection.execute(sql, given)]


def search(connection, *words):
    """What the box of Datasette asks."""
    query = " ".join(f'"{word}"' for word in words)
    return column(
        connection,
        "SELECT text FROM turns WHERE turn IN (SELECT rowid FROM turns_search WHERE turns_search MATCH ?)",
        query,
    )


def stored(text):
    return text.encode("utf-8", "backslashreplace").decode()


@settings(max_examples=FEW)
@given(TEXTS, TEXTS)
def test_every_text_reads_back(text, name):
    with opened(hand(text, name)) as database:
        row = database.execute("SELECT * FROM speeches").fetchone()
        assert row["path"] == stored(name)
        assert row["text"] == row["label"] == row["name"] == row["heading"] == row["meeting"] == stored(text)
        assert json.loads(column(database, "SELECT labels FROM speakers")[0]) == [stored(text)]


def test_the_tables_hold_all_that_was_found():
    documents = all_parsed()
    with opened(*documents) as database:
        for table in TABLES:
            assert column(database, f"SELECT count(*) FROM {table.name}") == [
                sum(len(list(table.rows(document))) for document in documents)
            ]
        turns = [turn for document in documents for turn in document.turns]
        assert column(database, "SELECT text FROM turns ORDER BY turn") == [turn.text for turn in turns]
        wanted = [speaker and speaker.name for d in documents for speaker in map(d.speaker, d.turns)]
        assert column(database, "SELECT name FROM speeches ORDER BY turn") == wanted


def test_keys_hold_and_lead_to_what_belongs_together():
    with opened(*all_parsed()) as database:
        assert column(database, "PRAGMA integrity_check") == ["ok"]
        assert column(database, "PRAGMA foreign_key_check") == []
        for table, to in (("turns", "speakers"), ("turns", "sections"), ("events", "turns")):
            key = to.removesuffix("s")
            apart = f"SELECT count(*) FROM {table} a JOIN {to} b ON a.{key} = b.{key} WHERE a.record <> b.record"
            assert column(database, apart) == [0]
            assert column(database, f"SELECT count(*) FROM {table} a JOIN {to} b USING ({key})")[0] > 0


def test_every_line_is_that_in_which_the_span_begins():
    documents = all_parsed()
    with opened(*documents) as database:
        for table in ("sections", "events", "items", "attendance", "edits", "findings"):
            places = [tuple(row) for row in database.execute(f"SELECT record, line, span_from FROM {table}")]
            assert places
            for record, line, start in places:
                text = documents[record - 1].view.source.text
                assert line == 1 + len(re.findall("\r\n|[\r\n\f]", text[:start]))


def test_items_and_sections_know_what_they_are_part_of():
    with opened(hand(), hand("保育")) as database:
        for table, key in (("items", "item"), ("sections", "section")):
            pairs = f"SELECT a.record, b.record, b.id FROM {table} a JOIN {table} b ON a.parent = b.{key}"
            assert [tuple(row) for row in database.execute(pairs)] == [
                (1, 1, f"{'i' if key == 'item' else 'sec'}1"),
                (2, 2, f"{'i' if key == 'item' else 'sec'}1"),
            ]


def test_an_id_that_leads_nowhere_is_no_key():
    document = hand()
    document = document._replace(turns=(document.turns[0]._replace(speaker="s9", section=None),))
    with opened(document) as database:
        assert tuple(database.execute("SELECT speaker, section FROM turns").fetchone()) == (None, None)
        assert column(database, "PRAGMA foreign_key_check") == []


# The search


def has(texts, *words):
    """The texts that hold all words; the case of ASCII letters does not count."""
    return sorted(text for text in texts if all(word.lower() in text.lower() for word in words))


SAID = [
    "雨が降った。保育所の待機児童について伺います。",
    "子育て支援センターと保育園の予算は、30億円です。",
    "ＤＸとAIの活用（案）を、A-1の資料で。",
    "𠮷田議員の「まちづくり」は…",
    "下水道。",
]


@pytest.fixture(scope="module")
def said():
    with opened(*(hand(text, f"{at}.txt") for at, text in enumerate(SAID))) as database:
        yield database


@pytest.mark.parametrize(
    "word",
    ["雨", "保育", "保育園", "待機児童について", "子育て支援センター", "AI", "ai", "A-1", "-1", "（案", "30億円"]
    + ["𠮷", "𠮷田", "𠮷田議員", "「ま", "。", "水道", "道下", "無い", "無い言葉"],
)
def test_the_search_finds_words_of_any_length(said, word):
    assert sorted(search(said, word)) == has(SAID, word)


@pytest.mark.parametrize("words", [("保育", "予算"), ("保育所", "待機児童"), ("雨", "予算"), ("保育園", "センター")])
def test_the_search_finds_turns_with_several_words(said, words):
    assert sorted(search(said, *words)) == has(SAID, *words)


@settings(max_examples=FEW * 5)
@given(st.text("雨保育園の、。ab1-(𠮷", min_size=1, max_size=6))
@example("雨")
def test_the_search_finds_exactly_what_stands_there(said_once, word):
    texts, database = said_once
    assert sorted(search(database, word)) == has(texts, word)


@pytest.fixture(scope="module")
def said_once():
    texts = ["".join(p) for p in pairwise("雨保育園の、。ab1-(𠮷雨育園a-1(b。。の保𠮷育")] + SAID
    with opened(*(hand(text, f"{at}.txt") for at, text in enumerate(texts))) as database:
        yield texts, database


@pytest.mark.parametrize(
    "words", ["雨", "保育 予算", "保育園　予算", "AI 資料 Ａ", "", " ", '"', "a-1 案", "無い", "%"]
)
def test_the_query_of_the_metadata_finds_all_of_several_words(said, words):
    found = sorted(row["text"] for row in said.execute(FIND, {"words": words}))
    assert found == (has(SAID, *words.split()) if words.split() else [])


@given(st.text("雨保育ab \n\"'", max_size=10))
def test_grams_are_single_characters_and_neighbours(text):
    words = text.replace('"', " ").split()
    wanted = {char for word in words for char in word} | {a + b for word in words for a, b in pairwise(word)}
    assert grams(text) == sorted(wanted)


# For Datasette, and for whoever opens it


def test_the_database_describes_all_its_columns():
    with opened(hand()) as database:
        about = {(row["table"], row["column"]): row["about"] for row in database.execute("SELECT * FROM descriptions")}
        assert len(about) == len(descriptions())
        assert all(about.values())
        for table in TABLES:
            names = column(database, f"SELECT name FROM pragma_table_info('{table.name}')")
            assert {(table.name, name) for name in ("", *names)} <= set(about)


def test_the_database_says_what_made_it():
    with opened(hand()) as database:
        assert column(database, "PRAGMA application_id") == [APPLICATION]
        assert column(database, "PRAGMA user_version") == [VERSION]
        values = dict(map(tuple, database.execute("SELECT key, value FROM metadata")))
        assert values["format"] == "minutes/1"
        assert values["generator"].startswith("minutes-cli ")


@pytest.mark.parametrize(
    ("file", "name"),
    [("records.db", "records"), ("会議録.sqlite", "会議録"), ("a.b.db", "a.b"), ("db", "db"), ("bdbd.db", "bdbd")],
)
def test_the_metadata_is_for_the_name_of_the_file(tmp_path, file, name):
    path = tmp_path / "x.y" / file
    path.parent.mkdir()
    path.write_bytes(written(hand()))
    connection = sqlite3.connect(path)
    (text,) = column(connection, "SELECT json FROM datasette_metadata")
    connection.close()
    (found,) = json.loads(text)["databases"].items()
    assert found[0] == name
    assert found[1]["tables"]["turns"]["columns"]["line_to"] == "last line in the original"


def test_speakers_are_added_up_over_records():
    with opened(hand("佐藤", "a.txt"), hand("佐藤", "b.txt", turns=2), hand("鈴木", "c.txt")) as database:
        totals = {row["who"]: row for row in database.execute("SELECT * FROM speaker_totals")}
        assert (totals["佐藤"]["records"], totals["佐藤"]["turns"]) == (2, 3)
        assert (totals["鈴木"]["records"], totals["鈴木"]["turns"]) == (1, 1)


def test_the_same_records_give_the_same_bytes():
    documents = [hand(text, f"{at}.txt") for at, text in enumerate(HOSTILE)]
    assert written(*documents) == written(*documents)


def test_records_are_taken_one_at_a_time(monkeypatch):
    seen = []

    def documents():
        for name in ("a.txt", "b.txt"):
            seen.append(name)
            yield hand(name=name)

    monkeypatch.setattr(sqlite, "grams", lambda text: seen.append("written") or grams(text))
    b"".join(WRITERS["sqlite"].write(documents(), Options()))
    assert seen == ["a.txt", "written", "b.txt", "written"]


def test_an_sqlite_without_the_search_is_said_to_be_one(monkeypatch):
    monkeypatch.setattr(sqlite, "schema", lambda: "CREATE VIRTUAL TABLE x USING fts5(text, tokenize='fourgram')")
    with pytest.raises(UsageError, match=r"sqlite needs a Python whose SQLite is 3\.34 or later and has FTS5"):
        written(hand())
