"""Parquet: typed columns that read back, one schema for all files, written piece by piece."""

from __future__ import annotations

import datetime
import io
import os

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from hand_document import TEXTS, hand
from minutes_cli.export import WRITERS, Options, parquet
from minutes_cli.export.columns import COLUMNS, NAMES
from parsed import all_parsed

FEW = 500 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 40


def written(*documents, **options):
    return b"".join(WRITERS["parquet"].write(iter(documents), Options(**options)))


def opened(data):
    return pq.ParquetFile(io.BytesIO(data))


def rows(data):
    return opened(data).read().to_pylist()


@settings(max_examples=FEW)
@given(TEXTS, TEXTS)
def test_every_text_reads_back(text, name):
    (row,) = rows(written(hand(text, name)))
    stored = text.encode("utf-8", "backslashreplace").decode()  # lone surrogates are written out
    assert row["path"] == name.encode("utf-8", "backslashreplace").decode()
    assert row["text"] == row["label"] == row["meeting"] == row["heading"] == stored
    assert row["paragraphs"] == [stored]
    assert row["events"] == [{"kind": "stage", "text": stored, "span_from": 0, "span_to": len(text)}]


def test_days_numbers_and_lists_have_their_types():
    data = written(hand("雨", paragraphs=("一。", "二。")))
    types = {field.name: str(field.type) for field in opened(data).schema_arrow}
    assert types["date"] == "date32[day]"
    assert types["line_from"] == types["page"] == types["characters"] == "int32"
    assert types["paragraphs"].startswith("list<") and types["events"].startswith("list<")
    (row,) = rows(data)
    assert row["date"] == datetime.date(2025, 11, 18)
    assert row["paragraphs"] == ["一。", "二。"]
    assert (row["page"], row["line_from"], row["characters"]) == (3, 1, 4)


def test_all_turns_of_all_records_are_rows():
    documents = all_parsed()
    read = rows(written(*documents))
    turns = [turn for document in documents for turn in document.turns]
    assert [row["text"] for row in read] == [turn.text for turn in turns]
    assert [tuple(row["paragraphs"]) for row in read] == [turn.paragraphs for turn in turns]
    assert [(row["span_from"], row["span_to"]) for row in read] == [turn.span for turn in turns]


def test_every_file_has_the_same_schema_also_that_of_a_record_without_turns():
    schemas = [opened(written(document)).schema_arrow for document in (hand(), hand(turns=0), hand(date=None))]
    assert all(schema.equals(schemas[0], check_metadata=True) for schema in schemas)


def test_the_schema_says_format_version_and_what_columns_mean():
    schema = opened(written(hand())).schema_arrow
    assert schema.metadata[b"format"] == b"minutes-turns/1"
    assert schema.metadata[b"generator"].startswith(b"minutes-cli ")
    assert tuple(schema.names) == NAMES
    assert [field.metadata[b"about"].decode() for field in schema] == [column.about for column in COLUMNS]


def test_columns_are_those_asked_for_in_their_order():
    assert opened(written(hand("雨"), columns=("text", "date"))).schema_arrow.names == ["text", "date"]


@pytest.mark.parametrize(("most", "characters", "groups"), [(2, 10**9, 2), (10**9, 14, 2), (7, 10**9, 1)])
def test_rows_of_whole_records_are_written_before_all_are_there(monkeypatch, most, characters, groups):
    monkeypatch.setattr(parquet, "ROWS", most)
    monkeypatch.setattr(parquet, "CHARACTERS", characters)
    data = written(hand("本日は雨です。", turns=3), hand("本日は雨です。", turns=3))  # seven characters each
    assert opened(data).metadata.num_row_groups == groups
    assert len(rows(data)) == 6


def test_it_is_compressed_with_zstandard_and_the_same_for_the_same_records():
    data = written(hand(), hand("保育"))
    assert opened(data).metadata.row_group(0).column(0).compression == "ZSTD"
    assert data == written(hand(), hand("保育"))
