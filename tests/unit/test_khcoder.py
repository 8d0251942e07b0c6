"""KH Coder: a table that it opens, with nothing in it that it would take for marks of its own."""

from __future__ import annotations

import csv
import io
import unicodedata

from hypothesis import given

from hand_document import TEXTS, hand
from minutes_cli.export import WRITERS, Options
from minutes_cli.export.khcoder import TEXT, VARIABLES
from minutes_cli.model import TurnKind
from parsed import all_parsed, parsed


def written(*documents):
    return b"".join(WRITERS["khcoder"].write(iter(documents), Options()))


def table(data):
    """The rows, as dicts."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_first_row_names_the_text_and_the_variables():
    data = written(parsed("circle-below"))
    assert data.startswith(b"\xef\xbb\xbf")
    first, *_ = table(data)
    assert list(first) == [TEXT, *VARIABLES]
    assert first == {
        "発言": first["発言"],
        "発言者": "乙訓",
        "役職": "事務局長",
        "肩書": "地域振興部長",
        "会派・所属": "",
        "発言の種類": first["発言の種類"],
        "会議名": "令和7年度第2回潮見県市町村連絡協議会速記録",
        "会議体": "潮見県市町村連絡協議会",
        "日付": "2025-11-18",
        "見出し": "開会",
        "発言番号": "1",
        "出典": "corpus/circle-below/record.txt 11-17行",
    }
    assert first["発言"].startswith("定刻を少し過ぎましたが、")


def test_all_turns_of_all_records_are_documents_of_the_table():
    rows = table(written(*all_parsed()))
    turns = [turn for document in all_parsed() for turn in document.turns if turn.text]
    assert [row["発言"] for row in rows] == [turn.text for turn in turns]
    assert {row["発言の種類"] for row in rows} >= {"質問", "答弁"}


def test_every_kind_of_turn_has_its_word():
    document = hand()
    (turn,) = document.turns
    kinds = [turn._replace(kind=kind) for kind in TurnKind]
    assert len({row["発言の種類"] for row in table(written(document._replace(turns=tuple(kinds))))}) == len(TurnKind)


@given(TEXTS, TEXTS)
def test_no_cell_holds_what_stops_it_or_is_a_mark_to_it(text, name):
    for row in table(written(hand(text, name))):
        for title, cell in row.items():
            assert not set(cell) & set("<>")
            controls = {char for char in cell if unicodedata.category(char) == "Cc"}
            assert controls <= ({"\n", "\t"} if title == TEXT else set())


def test_angle_brackets_become_wide_ones():
    (row,) = table(written(hand("<h5>本則</h5>について")))
    assert row["発言"] == row["発言者"] == "＜h5＞本則＜/h5＞について"


def test_paragraphs_stay_and_variables_stand_on_one_line():
    document = hand("議長\n佐藤", paragraphs=("一。", "二。"))
    (row,) = table(written(document))
    assert row["発言"] == "一。\n二。"
    assert row["発言者"] == "議長 佐藤"


def test_a_turn_without_text_is_no_document():
    assert table(written(hand(" "), hand("雨"))) == table(written(hand("雨")))


def test_it_says_where_everything_stands():
    assert table(written(hand("雨", "議事録.txt")))[0]["出典"] == "議事録.txt 3頁 1行"
