"""Excel workbooks: a sheet of speakers and speeches is a record; others are lines of cells, and nothing is lost."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus import NAMES, document, record
from tests.making_office import changed, said, saved, xlsx_of

from minutes_cli.errors import IngestError
from minutes_cli.export.model import Options
from minutes_cli.export.xlsx import write_xlsx
from minutes_cli.ingest import read, understand
from minutes_cli.ingest.office.xlsx_columns import letters
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse

SPEECHES = [
    ("議長", "氷室孝志", "ただいまから会議を開きます。"),
    ("町長", "橘川怜子", "御報告いたします。\n雪は四メートルでした。"),
    (None, None, "除雪の費用は増えました。"),
    ("議長", "氷室孝志", "以上で終わります。"),
]


def source(rows):
    return understand("記録.xlsx", xlsx_of(rows))


def turns(source):
    return [(turn.label, turn.text) for turn in parse(source).turns]


EXPECTED = [
    ("議長（氷室孝志）", "ただいまから会議を開きます。"),
    ("町長（橘川怜子）", "御報告いたします。\n雪は四メートルでした。\n除雪の費用は増えました。"),
    ("議長（氷室孝志）", "以上で終わります。"),
]


@pytest.mark.parametrize(
    "head", [["役職", "氏名", "発言内容"], ["Role", "Speaker", "Text"], ["職　名", "発言者（敬称略）", "内 容"]]
)
def test_columns_are_known_by_their_names_below_some_title_rows(head):
    found = source([["令和８年第１回潮見町議会会議録"], [], ["日時", "令和８年３月３日"], head, *SPEECHES])
    assert turns(found) == EXPECTED
    assert found.text.startswith("令和８年第１回潮見町議会会議録\n\n日時\t令和８年３月３日\n")
    assert found.where(found.text.index("御報告")) == "会議録!C6"
    assert "1 row without a speaker" in {f.rule: f.message for f in found.findings}["no-speaker"]


def test_without_names_columns_are_known_by_what_they_hold():
    rows = [
        [1, "議長", "開会します。"],
        [2, "町長", "御報告します。"],
        [3, "議長", "質疑に入ります。"],
        [4, "町長", "お答えします。"],
    ]
    assert turns(source(rows)) == [
        ("議長", "開会します。"),
        ("町長", "御報告します。"),
        ("議長", "質疑に入ります。"),
        ("町長", "お答えします。"),
    ]
    assert "1" in source(rows).text  # in a line that is nobody's speech


def test_headings_pages_and_other_columns():
    head = ["番号", "議題", "発言者", "発言", "ページ"]
    rows = [[1, "会期の決定", "氷室議長", "会期を決めます。", 3], [2, "会期の決定", "堂園議員", "賛成します。", 3],
            [3, "雪の対策", "氷室議長", "次に進みます。", 4]]  # fmt: skip
    parsed = parse(source([head, *rows]))
    assert [section.heading for section in parsed.sections] == ["会期の決定", "雪の対策"]
    assert [turn.page for turn in parsed.turns] == [3, 3, 4]
    assert "番号：2" in parsed.view.text and not any("番号" in turn.text for turn in parsed.turns)


@pytest.mark.parametrize("name", NAMES)
def test_our_own_table_of_turns_reads_back(name):
    parsed = parse(normalize(read(str(record(name)))).view)
    raw = b"".join(write_xlsx([parsed], Options()))
    if not parsed.turns:
        understand("表.xlsx", raw)
        return
    again = parse(normalize(understand("表.xlsx", raw)).view)
    if name == "trailing":  # half of its turns have no speaker, and a row without one goes on with the one above
        assert {turn.label for turn in again.turns} == {turn.label for turn in parsed.turns} - {None}
        return
    assert said(again) == said(parsed)


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_made_of_a_record_has_the_same_turns(name):
    spoken = document(name).turns
    if not spoken or name == "trailing":
        return  # see above
    made = parse(source([["発言者", "発言"], *((turn.label, turn.text) for turn in spoken)]))
    assert [turn[:2] for turn in said(made)] == [turn[:2] for turn in said(document(name))]


def test_plain_names_are_speakers_because_the_column_says_so():
    rows = [["鹿島花子", "道路の予算は。"], ["大槻次郎", "五億円です。"], ["鹿島花子", "【資料】と\n【佐藤健】橋も。"]]
    assert turns(source([["発言者", "発言"], *rows])) == [
        ("鹿島花子", "道路の予算は。"),
        ("大槻次郎", "五億円です。"),
        ("鹿島花子", "【資料】と\n【佐藤健】橋も。"),
    ]


def test_a_table_of_names_and_something_else_is_no_record_of_speeches():
    rows = [["鹿島花子", "道路の舗装"], ["大槻次郎", "橋の補修"], ["佐藤健", "街灯の設置"]]
    assert turns(source([["氏名", "内容"], *rows])) == []
    assert [label for label, _ in turns(source([["発言者", "内容"], *rows]))] == [name for name, _ in rows]


def test_an_affiliation_is_that_of_the_speaker_where_a_label_can_hold_it():
    head = ["役職", "氏名", "所属", "発言"]
    rows = [
        ["委員", "鹿島花子", "潮風の会", "道路は。"],
        [None, "大槻 次郎", "建設部", "直します。"],
        ["課長", "四方和子", "無所属", "直しました。"],
        ["委員", "鹿島花子", "潮風の会", "終わります。"],
    ]
    found = parse(source([head, *rows]))
    assert [(one.name, one.role, one.affiliation) for one in found.speakers] == [
        ("鹿島花子", "委員", "潮風の会"),
        ("大槻 次郎", None, "建設部"),
        ("四方和子", "課長", None),
    ]
    assert found.view.text.count("所属：") == 1 and "所属：無所属\n【課長（四方和子）】" in found.view.text


def test_the_day_and_the_meeting_that_all_rows_name_stand_once_before_them():
    day = datetime.date(2026, 3, 3)
    head = ["会議名", "日付", "発言者", "備考", "発言"]
    rows = [
        ["潮見町議会第１回定例会", day, "鹿島花子", "挙手", "道路は。"],
        [None, None, "大槻次郎", None, "直します。"],
        ["潮見町議会第１回定例会", day, "鹿島花子", "挙手", "終わります。"],
    ]
    found = parse(source([head, *rows]))
    assert found.view.text.splitlines()[1:4] == ["潮見町議会第１回定例会", "日付：2026-03-03", "備考：挙手"]
    assert found.view.text.count("定例会") == found.view.text.count("日付：") == 1
    assert found.view.text.count("備考：挙手") == 2
    assert (found.meeting.body, found.meeting.date) == ("潮見町議会", "2026-03-03")
    assert found.view.source.where(found.view.text.index("日付：")) == "会議録!B2"

    rows[2][1] = datetime.date(2026, 3, 4)
    assert source([head, *rows]).text.count("日付：") == 2


@pytest.mark.parametrize("first", [1, 7])
def test_no_page_is_made_up_for_what_stands_above_the_first_row(first):
    rows = [[first, "氷室議長", "会期を決めます。"], [first + 1, "堂園議員", "賛成します。"]]
    found = parse(source([["潮見町議会会議録"], ["ページ", "発言者", "発言"], *rows]))
    assert [page.number for page in found.pages] == [first, first + 1]
    assert [turn.page for turn in found.turns] == [first, first + 1]


def test_sheets_without_speakers_are_lines_of_cells_and_nobodys_speech_behind_a_sheet_of_turns():
    import openpyxl

    book = openpyxl.Workbook()
    for name, rows in {
        "前": [["場所", "議場"]],
        "会議": [["役職", "氏名", "発言"], *SPEECHES],
        "後": [["町長", "橘川怜子"]],
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book["後"].sheet_state = "hidden"
    book["会議"].row_dimensions[3].hidden = True
    found = understand("a.xlsx", saved(book.save))
    assert found.text.startswith("場所\t議場\n") and found.text.endswith("\n町長\t橘川怜子\n")
    assert turns(found) == EXPECTED
    said = {finding.rule: finding.message for finding in found.findings}
    assert "後!A1" in said["hidden-sheet"] and "会議!A3" in said["hidden-row"]


def test_values_as_they_are_shown():
    import openpyxl

    book = openpyxl.Workbook()
    values = [
        (datetime.date(2026, 3, 3), "yyyy/m/d", "2026-03-03"),
        (datetime.datetime(2026, 3, 3, 9, 30), "yyyy/m/d h:mm", "2026-03-03 09:30"),
        (datetime.time(9, 30), "h:mm", "09:30"),
        (12, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (0.256, "0.0%", "25.6%"),
        (1234567, "#,##0", "1,234,567"),
        (1234, '#,##0"円"', "1,234円"),
        (-5.5, "0.00", "-5.50"),
        (7, '"第"0"号"', "第7号"),
        (7, "000", "007"),
        (True, "General", "TRUE"),
        ("=1+1", "@", None),
    ]
    for at, (value, form, _) in enumerate(values, 1):
        cell = book.active.cell(at, 1, value)
        cell.number_format = form
    found = understand("a.xlsx", saved(book.save))
    assert found.text.splitlines() == [shown for _, _, shown in values if shown]
    assert "=1+1; Sheet!A13" in {f.rule: f.message for f in found.findings}["no-result"].replace("(", "").replace(
        ")", ""
    )


CELL = st.one_of(
    st.none(), st.text(alphabet="議長氏○。、1a　【】\n\t", max_size=12), st.integers(-9, 9**12), st.floats(-1e9, 1e9)
)


@given(st.lists(st.lists(CELL, max_size=4), max_size=8))
def test_no_text_of_any_sheet_is_lost(rows):
    raw = xlsx_of([["表"], *rows])
    found = understand("a.xlsx", raw)
    kept = "".join(found.text.split()).replace("［", "【").replace("］", "】")
    for cell in (cell for row in rows for cell in row if isinstance(cell, str)):
        assert "".join(cell.split()).strip("'") in kept


def test_a_cell_far_away_costs_nothing():
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "近く", "遠く"
    found = understand("a.xlsx", saved(book.save))
    assert found.text == "近く\n\n遠く\n" and found.where(5) == "Sheet!XFD1048576"


def test_cells_that_are_merged_over_the_whole_sheet_cost_nothing():
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    part = "xl/worksheets/sheet1.xml"
    raw = changed(xlsx_of([["近く"]]), {part: lambda old: old.replace("</sheetData>", merged)})
    assert understand("a.xlsx", raw).text == "近く\n"


def test_names_of_columns():
    assert [letters(n) for n in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_an_empty_workbook_is_refused_with_a_line():
    with pytest.raises(IngestError, match=r"^空\.xlsx: no text in it$"):
        understand("空.xlsx", xlsx_of([]))
