"""Excel: every text is a text and whole, every day a day."""

from __future__ import annotations

import datetime
import io
import os
import zipfile

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from hand_document import HOSTILE, TEXTS, hand
from minutes_cli.errors import UsageError
from minutes_cli.export import WRITERS, Options, workbook, xlsx
from minutes_cli.export.columns import DEFAULT
from minutes_cli.export.tables import TABLES
from minutes_cli.export.workbook import LONGEST_CELL, fits, pieces
from parsed import all_parsed

#: A workbook takes a tenth of a second, so that few of them must do.
FEW = 300 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 15


def written(*documents, **options):
    return b"".join(WRITERS["xlsx"].write(iter(documents), Options(**options)))


def opened(data):
    return load_workbook(io.BytesIO(data))


def rows(data, sheet):
    """The cells of a sheet, without its head."""
    return list(opened(data)[sheet].iter_rows(min_row=2, values_only=True))


def shown(text):
    """*text* as it stands in a cell: of file names that are not UTF-8 what is not is written out."""
    return text.encode("utf-8", "backslashreplace").decode()


def units(text):
    return len(text.encode("utf-16-le")) // 2


@settings(max_examples=FEW)
@given(TEXTS, TEXTS)
def test_every_text_is_a_cell_of_text(text, name):
    data = written(hand(text, name), columns=("path", "label", "text", "id"))
    (row,) = list(opened(data)["turns"].iter_rows(min_row=2))
    for cell, value in zip(row, (name, text, text, "t1"), strict=True):
        # ECMA-376 writes what XML 1.0 does not know as _x001B_; openpyxl leaves it to its user to read that.
        assert unescape(cell.value or "") == shown(value)
        assert cell.value is None or cell.data_type == "s"
        assert cell.hyperlink is None


def test_hostile_texts_are_cells_of_text_on_all_sheets():
    documents = [hand(text, f"{at}.txt") for at, text in enumerate(HOSTILE) if text]
    book = opened(written(*documents))
    for sheet in book:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n", "d"}
            assert not any(cell.hyperlink for cell in row)
    numbers = [row[2] for row in book["items"].iter_rows(min_row=2, values_only=True)]
    assert [unescape(number) for number in numbers[::2]] == [shown(d.items[0].number) for d in documents]


def test_the_sheets_hold_all_that_was_found():
    documents = all_parsed()
    data = written(*documents)
    book = opened(data)
    assert book.sheetnames == list(xlsx.SHEETS)
    assert set(xlsx.SHEETS) == {table.name for table in TABLES}
    for table in TABLES:
        assert book[table.name].max_row - 1 == sum(len(list(table.rows(d))) for d in documents)
    assert [row[-1] for row in rows(data, "turns")] == [turn.text for d in documents for turn in d.turns]


def test_days_are_dates_and_numbers_are_numbers():
    data = written(hand(), hand(date=None), hand(date="1899-12-31"), columns=("date", "order", "start"))
    day = datetime.datetime(2025, 11, 18)
    assert rows(data, "turns") == [(day, 1, "17:17"), (None, 1, "17:17"), ("1899-12-31", 1, "17:17")]
    assert opened(data)["turns"]["A2"].number_format == "yyyy-mm-dd"


def test_the_head_stays_and_can_filter():
    book = opened(written(hand(), hand(turns=0)))
    assert [cell.value for cell in book["turns"][1]] == list(DEFAULT)
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    assert book["turns"].column_dimensions["Q"].width > 60  # text
    assert book["turns"]["Q2"].alignment.wrap_text


def test_columns_are_those_asked_for():
    data = written(hand("雨"), columns=("text", "path"))
    assert [[cell.value for cell in row] for row in opened(data)["turns"]] == [["text", "path"], ["雨", "a.txt"]]


@pytest.mark.parametrize("text", ["あ" * 32_768, "あ" + "𠮷" * 40_000, "a\n" * 60_000, "\udce3" * 9_000])
def test_what_a_cell_cannot_hold_stands_whole_on_a_sheet_of_its_own(text):
    data = written(hand("雨"), hand(paragraphs=tuple(text.split("\n"))), columns=("id", "text"))
    short, long = [row[1] for row in rows(data, "turns")]
    assert short == "雨"
    assert units(long) <= LONGEST_CELL
    begin, mark, _ = long.partition(" … [whole on sheet continued: turns, row 3, text]")
    assert mark and shown(text).startswith(begin)
    parts = rows(data, "continued")
    assert [row[:4] for row in parts] == [("turns", 3, "text", n) for n in range(1, len(parts) + 1)]
    assert "".join(row[4] for row in parts) == shown(text)


def test_the_longest_text_that_fits_stands_in_its_cell():
    data = written(hand(paragraphs=("あ" * 32_767,)), columns=("text",))
    assert rows(data, "turns") == [("あ" * 32_767,)]
    assert "continued" not in opened(data).sheetnames


@given(TEXTS)
def test_pieces_are_the_whole_and_each_fits(text):
    kept, workbook.LONGEST_CELL = workbook.LONGEST_CELL, 6
    try:
        found = pieces(text)
        assert "".join(found) == shown(text)
        assert all(units(piece) <= 6 for piece in found)
        assert fits(text) is (len(found) == 1)
    finally:
        workbook.LONGEST_CELL = kept


def test_more_rows_than_a_sheet_holds_are_refused_in_words(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)
    written(hand(turns=3))
    with pytest.raises(UsageError, match="more than 4 rows of turns, too many for xlsx; write csv, parquet or sqlite"):
        written(hand(turns=5))


def test_the_same_records_give_the_same_bytes():
    data = written(hand(), hand("保育"))
    assert data == written(hand(), hand("保育"))
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {(1980, 1, 31, 0, 0, 0)}
