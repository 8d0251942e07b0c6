"""marks.py: cases/ocr_marks.yaml, each text in a record with its habit."""

from __future__ import annotations

import pytest

from corrections import ODD, applied, corrected, found, rows
from minutes_cli.model import Safety
from minutes_cli.normalize.marks import find, habit

RECORDS = {
    "half-width commas": "委員会では,公園の管理を話し合い,次に移った。\n" * 20,
    "half-width commas beside a few others": "委員会では,公園の管理を話し合い,次に移った。\n" * 20
    + "また、今後は、こうする。\n" * 2,
    "full-width commas": "委員会では，公園の管理を話し合い，次に移った。\n" * 20,
    "Japanese commas": "委員会では、公園の管理を話し合い、次に移った。\n" * 20,
}


def _in(part):
    return pytest.mark.parametrize(
        ("record", "row"), [pytest.param(RECORDS[part], p.values[0], id=p.id) for p in rows("ocr_marks.yaml", part)]
    )


def _check(record, row):
    text, becomes = (row["text"], row["becomes"]) if isinstance(row, dict) else (row, row)
    assert corrected(find, record + text).endswith("\n" + becomes)


@_in("half-width commas")
def test_half_width_commas(record, row):
    _check(record, row)


@_in("half-width commas beside a few others")
def test_half_width_commas_beside_others(record, row):
    _check(record, row)


@_in("full-width commas")
def test_full_width_commas(record, row):
    _check(record, row)


@_in("Japanese commas")
def test_japanese_commas(record, row):
    _check(record, row)


@pytest.mark.parametrize("record", RECORDS.values())
def test_a_clean_record_is_left_alone(record):
    assert not found(find, record)


def test_carriage_returns_make_no_difference():
    record = RECORDS["half-width commas"].replace("\n", "\r\n")
    assert corrected(find, record + "私は.\r\nそう考えた。") == record + "私は,\r\nそう考えた。"


@pytest.mark.parametrize(
    ("text", "comma"),
    [
        ("また、次に、" * 10 + "終わる。" * 10, "、"),
        ("また，次に，" * 10 + "終わる。" * 10, "，"),
        ("また,次に," * 10 + "終わる。" * 10, ","),
        ("また, 次に, " * 10 + "終わる。" * 10, ","),
    ],
)
def test_the_habit_of_a_record(text, comma):
    seen = habit(text)
    assert seen is not None
    assert seen.comma == comma


@pytest.mark.parametrize(
    "text",
    [
        "",
        "また、次に、終わる。",  # too short to tell
        "また、次に，" * 10 + "終わる。" * 10,  # no majority
        "また，次に，" * 10 + "終わる．" * 10,  # another full stop
        "また、次に、" * 10 + "終わる．" * 10 + "終わる。" * 6,
        "1,000円,2,000円," * 10 + "終わる。" * 10,  # commas between digits are none
    ],
)
def test_no_habit(text):
    assert habit(text) is None
    assert not found(find, text)


def test_what_is_asked():
    record = RECORDS["Japanese commas"]
    text = record + "昨日の室蘭.釜石の話が終わりました。。"
    assert applied(text, found(find, text, Safety.ASK)) == record + "昨日の室蘭、釜石の話が終わりました。"


def test_three_full_stops_are_meant():
    record = RECORDS["Japanese commas"]
    assert not found(find, record + "終わりました。。。", Safety.ASK)


@pytest.mark.parametrize("text", ODD)
def test_any_text(text):
    corrected(find, text)
    corrected(find, RECORDS["half-width commas"] + text)
    corrected(find, RECORDS["Japanese commas"] + text)
