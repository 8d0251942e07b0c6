"""CSV and TSV: a table with one row per turn reads back as it was, whatever the record holds."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from corpus import tight
from hand_document import FORMULAS, TEXTS, hand
from minutes_cli.export import WRITERS, Options
from minutes_cli.export.columns import COLUMNS, DEFAULT, NAMES, chosen, flat, rows_of, values
from parsed import all_parsed


def written(form, *documents, **options):
    return b"".join(WRITERS[form].write(iter(documents), Options(**options)))


def comma(data):
    """The rows of a CSV."""
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def tabs(data):
    """The rows of a TSV."""
    lines = data.decode().removesuffix("\n").split("\n")
    return [[unescaped(cell) for cell in line.split("\t")] for line in lines]


def unescaped(cell):
    signs = {"\\\\": "\\", "\\n": "\n", "\\r": "\r", "\\t": "\t"}
    out, at = "", 0
    while at < len(cell):
        pair = cell[at : at + 2]
        out += signs.get(pair, cell[at])
        at += 2 if pair in signs else 1
    return out


READ = {"csv": comma, "tsv": tabs}


def cell(value):
    """What stands in a cell for *value*: see the docstring of csv.py."""
    value = flat(value)
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, str) and text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")):
        text = "'" + text
    return text.replace("\0", "␀").encode("utf-8", "backslashreplace").decode()


@pytest.mark.parametrize("form", ["csv", "tsv"])
@given(text=TEXTS, name=TEXTS)
def test_every_cell_reads_back(form, text, name):
    document = hand(text, name)
    head, row = READ[form](written(form, document, columns=NAMES))
    assert tuple(head) == NAMES
    assert row == [cell(value) for value in values(next(rows_of(document)), COLUMNS)]


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_all_turns_of_all_records_stand_in_the_table(form):
    documents = all_parsed()
    head, *rows = READ[form](written(form, *documents))
    assert tuple(head) == DEFAULT
    text, line = head.index("text"), head.index("line_from")
    turns = [turn for document in documents for turn in document.turns]
    assert [row[text] for row in rows] == [turn.text for turn in turns]
    assert [int(row[line]) for row in rows] == [turn.lines[0] for turn in turns]


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_is_taken_for_a_formula(form, text):
    (row,) = READ[form](written(form, hand(text, text)))[1:]
    assert row.count("'" + text) >= 5
    assert text not in row


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_columns_are_those_asked_for_in_their_order(form):
    data = written(form, hand("雨"), columns=("text", "date", "line_from", "path"))
    assert READ[form](data) == [["text", "date", "line_from", "path"], ["雨", "2025-11-18", "1", "a.txt"]]


def test_line_ends_in_a_text_stay_in_csv_and_are_written_out_in_tsv():
    document = hand(paragraphs=("雨です。", "C:\\tmp\tです。"))
    assert (
        written("csv", document, columns=("id", "text")) == b"id,text\n" + 't1,"雨です。\nC:\\tmp\tです。"\n'.encode()
    )
    assert written("tsv", document, columns=("id", "text")).decode() == (
        "id\ttext\nt1\t雨です。\\nC:\\\\tmp\\tです。\n"
    )


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_byte_order_mark_stands_in_front_when_asked_for(form):
    plain, marked = written(form, hand()), written(form, hand(), bom=True)
    assert marked == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_record_without_turns_gives_the_head_alone(form):
    assert READ[form](written(form, hand(turns=0))) == [list(DEFAULT)]


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_records_are_taken_one_at_a_time(form):
    taken = []

    def documents():
        for name in ("a.txt", "b.txt"):
            taken.append(name)
            yield hand(name=name)

    pieces = WRITERS[form].write(documents(), Options(columns=("path",)))
    assert [next(pieces), next(pieces)] == [b"path\n", b"a.txt\n"]
    assert taken == ["a.txt"]


def test_every_row_leads_back_to_the_lines_and_characters_of_the_original():
    documents = {document.view.source.name: document for document in all_parsed() if not document.view.edits}
    columns = ("path", "line_from", "line_to", "span_from", "span_to", "text")
    rows = comma(written("csv", *documents.values(), columns=columns))[1:]
    assert len(rows) > 300
    for path, *numbers, text in rows:
        line_from, line_to, span_from, span_to = map(int, numbers)
        whole = documents[path].view.source.text
        lines = whole.replace("\f", "\n").split("\n")[line_from - 1 : line_to]
        for part in (whole[span_from:span_to], "".join(lines)):
            assert tight(text)[:3] in tight(part)
            assert tight(text)[-3:] in tight(part)
        assert lines[0].strip() and lines[-1].strip()


def test_events_stand_on_a_line_each():
    document = hand("（拍手）")
    turn = document.turns[0]
    document = document._replace(turns=(turn._replace(events=turn.events * 2),))
    assert comma(written("csv", document, columns=("event_count", "events")))[1] == ["2", "（拍手）\n（拍手）"]


def test_column_names_are_unique_and_each_says_what_it_holds():
    assert len(set(NAMES)) == len(NAMES)
    assert set(DEFAULT) <= set(NAMES)
    assert all(column.about for column in COLUMNS)
    with pytest.raises(KeyError):
        chosen(("nonsense",))
