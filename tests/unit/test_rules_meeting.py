"""The rules about the meeting: quiet where dates, times, agenda and numbers agree, else at the line of the fault."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes_cli.check.dates import clocks_in, find_dates
from minutes_cli.check.run import check, understand
from minutes_cli.check.table import RULES
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Safety
from minutes_cli.normalize.enumerators.forms import write

_ROWS = {row.name: row for row in RULES if row.group == "meeting"}
_WEEKDAYS = "月火水木金土日"
_ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def _findings(text: str, *names: str, path: str = "record.txt"):
    rows = [_ROWS[name] for name in names] or list(_ROWS.values())
    source = from_text(text, path, raw=text.encode("utf-8", "surrogatepass"))
    checked = check(understand(source, rows), rows)
    assert not checked.failures, checked.failures
    for finding in checked.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
    return list(checked.findings)


def _lines(text: str, *names: str, path: str = "record.txt") -> list[tuple[str, int]]:
    return [(finding.rule, finding.start.line) for finding in _findings(text, *names, path=path)]


def _kanji(number: int) -> str:
    return write(number, "一")


def _era(day: datetime.date) -> tuple[str, int]:
    starts = {"令和": (2019, 5, 1), "平成": (1989, 1, 8), "昭和": (1926, 12, 25), "大正": (1912, 7, 30)}
    era = next(era for era, start in starts.items() if day >= datetime.date(*start))
    return era, day.year - starts[era][0] + 1


def _written(day: datetime.date, way: str, weekday: int) -> str:
    """*day* as records write it, with the weekday given."""
    era, year = _era(day)
    name = _WEEKDAYS[weekday]
    year_kanji = "元" if year == 1 else _kanji(year)
    return {
        "era": f"{era}{year}年{day.month}月{day.day}日（{name}）",
        "wide": f"{era}{year}年{day.month}月{day.day}日（{name}曜日）".translate(_DIGITS),
        "kanji": f"{era}{year_kanji}年{_kanji(day.month)}月{_kanji(day.day)}日（{name}曜日）",
        "both": f"{era}{year}年（{day.year}年）{day.month}月{day.day}日({name})",
        "west": f"{day.year}年{day.month}月{day.day}日 {name}曜日",
        "signs": f"{day.year}/{day.month}/{day.day}({name})",
        "short": f"{'TSHR'['大昭平令'.index(era[0])]}{year}.{day.month}.{day.day}（{name}）",
        "english": f"{day:%Y-%m-%d} ({_ENGLISH[weekday]})",
        "blanks": f"{era[0]} {era[1]} {year} 年 {day.month} 月 {day.day} 日 （ {name} ）",
        "holiday": f"{era}{year}年{day.month}月{day.day}日（{name}・祝）",
    }[way]


_ways = st.sampled_from(("era", "wide", "kanji", "both", "west", "signs", "short", "english", "blanks", "holiday"))
_days = st.dates(datetime.date(1913, 1, 1), datetime.date(2060, 12, 31))


def _record(*front: str, speech: str = "質問いたします。", title: str = "第1回あおば町民会議　会議録") -> str:
    return "\n".join(
        [
            title,
            *front,
            "○議長（山田太郎君）　ただいまから会議を開きます。",
            f"○1番（佐藤花子君）　{speech}",
            "○議長（山田太郎君）　本日はこれで散会いたします。",
            "",
        ]
    )


@given(_days, _ways)
def test_dates_are_read_however_they_are_written(day: datetime.date, way: str):
    written = _written(day, way, day.weekday())
    (found,) = find_dates(f"開催は、{written}でした。")
    assert (found.date, found.weekday) == (day, day.weekday())


@given(_days, _ways)
def test_a_day_with_its_own_weekday_is_never_reported(day: datetime.date, way: str):
    assert _lines(_record(_written(day, way, day.weekday())), "wrong-weekday", "impossible-date") == []


@given(_days, _ways, st.integers(1, 6))
def test_a_day_with_another_weekday_always_is_and_only_asked_about(day: datetime.date, way: str, by: int):
    text = _record(_written(day, way, (day.weekday() + by) % 7))
    (finding,) = _findings(text, "wrong-weekday", "impossible-date")
    assert (finding.rule, finding.start.line) == ("wrong-weekday", 2)
    assert finding.fix is not None and finding.fix.safety is Safety.ASK
    mended = text[: finding.fix.span.start] + finding.fix.after + text[finding.fix.span.end :]
    assert _lines(mended, "wrong-weekday", "impossible-date") == []


@given(st.integers(2000, 2050), st.integers(1, 12), st.integers(1, 40))
def test_exactly_the_days_that_the_calendar_lacks_are_impossible(year: int, month: int, day: int):
    try:
        datetime.date(year, month, day)
        wanted = []
    except ValueError:
        wanted = [("impossible-date", 2)]
    assert _lines(_record(f"{year}年{month}月{day}日"), "impossible-date") == wanted


@example(10, 59)
@example(10, 60)
@given(st.integers(0, 23), st.integers(0, 80))
def test_exactly_the_minutes_that_a_clock_lacks_are_impossible(hour: int, minute: int):
    wanted = [("impossible-date", 3)] if minute > 59 else []
    assert _lines(_record("令和6年3月4日", f"{hour}時{minute}分　開会"), "impossible-date") == wanted


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("午前10時5分から午後一時半", [("午前", 10, 5), ("午後", 1, 30)]),
        ("午 後　５ 時 ２ ６ 分", [("午後", 5, 26)]),
        ("10:00～１１：３０", [(None, 10, 0), (None, 11, 30)]),
        ("5/19 9時から正午まで", [(None, 9, 0), (None, 12, 0)]),
        ("48時間、3時限、14:00:30", []),
    ],
)
def test_times_of_day(text: str, clocks: list[tuple[str | None, int, int]]):
    assert [(clock.half, clock.hour, clock.minute) for clock in clocks_in(text)] == clocks


@pytest.mark.parametrize(
    ("speech", "held", "found"),
    [
        ("平成35年3月31日までの計画です。", "平成30年3月5日", False),  # nobody knew how long the era would last
        ("平成35年3月31日までの計画です。", "令和6年3月4日", True),
        ("平成35年3月31日までの計画です。", "令和2年3月4日", True),  # the day is still to come, the era is over
        ("令和5年（2023年）と2024年（令和6年）です。", "令和6年3月4日", False),
        ("2024年（令和5年）の話です。", "令和6年3月4日", True),
        ("2024年（令和5年度）の話です。", "令和6年3月4日", False),  # the year ends in March of the next
        ("令和0年5月1日です。", "令和6年3月4日", True),
        ("明治5年2月30日の話です。", "令和6年3月4日", False),  # the calendar of the moon
        ("午前15時に出ます。", "令和6年3月4日", True),
        ("深夜の25時まで営業します。", "令和6年3月4日", False),
        ("三か月四十日、9/31、2.13.45です。", "令和6年3月4日", False),
    ],
)
def test_what_may_be_meant_in_a_speech(speech: str, held: str, found: bool):
    assert _lines(_record(held, speech=speech), "impossible-date") == ([("impossible-date", 4)] if found else [])


@pytest.mark.parametrize(
    ("speech", "found"),
    [
        ("明日、3月5日火曜日に伺います。", False),
        ("明日、3月5日水曜日に伺います。", True),
        ("昨年の3月5日日曜日に伺いました。", False),  # the year is spoken of
        ("12月25日水曜日の会で決めます。", False),  # fits the end of this year
        ("12月25日月曜日の会で決めました。", False),  # fits the end of the year before
        ("12月25日土曜日の会で決めました。", True),  # fits none near
    ],
)
def test_days_without_a_year_in_a_speech(speech: str, found: bool):
    text = _record("令和6年3月4日（月）", speech=speech)
    assert _lines(text, "wrong-weekday") == ([("wrong-weekday", 4)] if found else [])


def test_a_record_without_a_date_is_one_finding_and_an_excerpt_none():
    assert _lines(_record("場所　役場", speech="2023年4月1日に始めました。")) == [("no-date", 1)]
    assert _lines(_record("場所　役場", speech="始めたのは次の日です。\n2023年4月1日です。")) == [("no-date", 1)]
    assert _lines(_record("場所　役場").partition("\n")[2]) == []
    assert _lines(_record("場所　役場", "日時　3月4日")) == []


@given(_days, st.sampled_from(("{:%Y%m%d}", "会議録_{:%Y-%m-%d}", "{:%Y_%m_%d} 会議")), st.integers(-40, 40))
def test_the_name_of_the_file_and_the_record_agree_or_are_reported(day: datetime.date, name: str, by: int):
    other = day + datetime.timedelta(by)
    text = _record(_written(day, "era", day.weekday()))
    wanted = [("date-mismatch", 2)] if by else []
    assert _lines(text, "date-mismatch", path=name.format(other) + ".txt") == wanted


@pytest.mark.parametrize(
    ("front", "lines"),
    [
        (("令和6年3月4日（月）", "日時：2024/3/4 10:00"), []),
        (("令和6年3月4日", "日時：2024/3/5 10:00"), [3]),
        (("令和6年3月4日", "開催日時　令和6年3月5日（火）"), [2]),  # the weekday bears it out
        (("令和6年3月4日", "招集年月日　令和6年3月1日", "会期　令和6年3月4日から3月22日まで"), []),
        (("令和6年3月4日", "次回　令和6年4月4日", "令和6年5月1日公表"), []),
        (("令和6年3月1日　招集", "日時　令和6年3月4日"), []),
        (("令和6年3月5日　15:00～17:00", "日時　令和6年3月4日", "開催日　令和6年3月4日"), [2]),
        (("１　開会　令和6年3月4日", "２　閉会　令和6年3月4日", "日時　令和6年3月5日"), [4]),
        (("１　開会　令和6年3月1日", "２　閉会　令和6年3月20日", "日時　令和6年3月5日"), []),
    ],
)
def test_days_of_one_meeting(front: tuple[str, ...], lines: list[int]):
    assert _lines(_record(*front), "date-mismatch") == [("date-mismatch", line) for line in lines]


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{'午前' if hour < 12 else '午後'}{hour % 12}時{minute:02}分"


def _meeting(times: list[int]) -> str:
    words = ["開議", *["休憩", "再開"] * ((len(times) - 2) // 2), "散会"]
    lines = [
        line
        for minutes, word in zip(times, words, strict=True)
        for line in (f"　　{_clock(minutes)}　{word}", "○議長（山田太郎君）　異議なしと認めます。")
    ]
    return "\n".join(["第1回あおば町議会会議録", "令和6年3月4日（月）", *lines[:-1], ""])


_times = st.lists(st.integers(0, 24 * 60 - 1), min_size=4, max_size=8, unique=True).filter(lambda t: len(t) % 2 == 0)


def test_a_day_set_off_by_a_rule_heads_the_record():
    text = "令和6年3月4日（月曜日）\n　――――――――\n　令和6年3月5日\n　　午後1時開議\n○議長（山田太郎君）　開議します。\n"
    assert _lines(text, "date-mismatch") == [("date-mismatch", 3)]
    assert _lines(text.replace("3月5日", "3月4日"), "date-mismatch") == []


@given(_times.map(sorted))
def test_times_in_order_are_never_reported(times: list[int]):
    assert _lines(_meeting(times), "end-before-start") == []


def test_noon_may_be_written_in_two_ways():
    for noon in ("午後0時10分", "午後12時10分"):
        text = _meeting([600, 710, 730, 780]).replace("午後0時10分", noon)
        assert noon in text
        assert _lines(text, "end-before-start") == []


@given(_times.map(sorted), st.integers(0, 8))
def test_one_time_out_of_order_is_reported_once(times: list[int], at: int):
    at %= len(times) - 1
    if times[at] < 6 * 60 and times[at + 1] >= 18 * 60:
        return  # past midnight
    times[at], times[at + 1] = times[at + 1], times[at]
    found = _lines(_meeting(times), "end-before-start")
    assert [rule for rule, _ in found] == ["end-before-start"]
    assert found[0][1] in (3 + 2 * at, 5 + 2 * at)


_LIKE = ("(1)", "（１）", "①", "1)", "1.", "１　", "1、", "一、")


@given(st.sampled_from(_LIKE), st.integers(4, 9), st.data())
def test_a_list_counts_or_is_reported_once(like: str, items: int, data: st.DataObject):
    words = ("道路", "学校", "病院", "公園", "港", "図書館", "橋", "バス", "水道")
    numbers = list(range(1, items + 1))

    def speech(which: list[int]) -> str:
        return "順に伺います。\n" + "\n".join(
            f"{write(n, like)}{like[1:] if like == '一、' else ''}{words[i]}のことです。" for i, n in enumerate(which)
        )

    def found(which: list[int]) -> list[tuple[str, int]]:
        text = _record("令和6年3月4日（月）", speech=speech(which))
        return _lines(text, "numbering-gap", "numbering-repeat")

    assert found(numbers) == []
    at = data.draw(st.integers(1, items - 2))
    assert found(numbers[:at] + numbers[at + 1 :]) == [("numbering-gap", 5 + at)]
    assert found(numbers[:at] + [numbers[at - 1]] + numbers[at + 1 :]) == [("numbering-repeat", 5 + at)]


@pytest.mark.parametrize(
    "speech",
    [
        "順に伺います。\n1　道路\n(1) 幅\n(2) 橋\n2　学校\n(1) 門\n(2) 庭\n3　病院",
        "議案第1号、議案第3号、議案第9号についてです。\n(1) 道路\n(2) 橋",
        "資料は前回の\n(3) と同じです。",
        "順に伺います。\n(1) 道路、(2) 学校\n(3) 病院",
        "順に伺います。\n1、道路です。\n2．学校です。\n3、病院です。\n4、港です。",
        "伺います。\n(1) 道路です。\n(2) 学校です。\n(8) 病院です。\n(9) 港です。\n(3) 橋です。\n(5) 水です。",
        "第一に、道路です。次に、学校です。最後に、病院です。第三に、とは申しません。",
    ],
)
def test_lists_that_only_seem_to_skip(speech: str):
    assert _lines(_record("令和6年3月4日（月）", speech=speech), "numbering-gap", "numbering-repeat") == []


def test_absent_members_leave_gaps_in_the_numbers_of_seats():
    text = _record(
        "令和6年3月4日（月）", "出席議員", "1　山田　太郎", "2　佐藤　花子", "4　鈴木　一郎", "5　高橋　次郎"
    )
    assert _lines(text, "numbering-gap") == []


_TITLES = (
    "会期の決定",
    "諸般の報告",
    "公園条例の改正",
    "一般会計補正予算",
    "物品の購入契約",
    "港湾施設の管理",
    "議員の派遣",
)


def _session(listed: list[int], called: list[int], said: str = "") -> str:
    front = [f"日程第{n}　{_TITLES[n - 1]}" for n in listed]
    body = [
        line
        for n in called
        for line in (
            f"○議長（山田太郎君）　日程第{n}、{_TITLES[n - 1]}を議題といたします。",
            "○1番（佐藤花子君）　異議ありません。",
        )
    ]
    return "\n".join(
        [
            "第1回あおば町議会会議録",
            "令和6年3月4日（月）",
            "議事日程",
            *front,
            f"○議長（山田太郎君）　開会いたします。{said}",
            *body,
            "○議長（山田太郎君）　本日はこれで散会いたします。",
            "",
        ]
    )


@given(st.integers(4, 7), st.data())
def test_agendas(items: int, data: st.DataObject):
    numbers = list(range(1, items + 1))
    names = ("agenda-item-missing", "agenda-order")
    assert _lines(_session(numbers, numbers), *names) == []
    lost = data.draw(st.sampled_from(numbers))
    assert _lines(_session(numbers, [n for n in numbers if n != lost]), *names) == [("agenda-item-missing", 3 + lost)]
    at = data.draw(st.integers(0, items - 2))
    swapped = [*numbers[:at], numbers[at + 1], numbers[at], *numbers[at + 2 :]]
    assert _lines(_session(numbers, swapped), *names) == [("agenda-order", items + 7 + 2 * at)]
    assert _lines(_session(numbers, swapped, said="日程の順序を変更いたします。"), *names) == []
    together = f"日程第{at + 1}から日程第{at + 2}までを一括して議題といたします。"
    rest = [n for n in numbers if n not in (at + 1, at + 2)]
    assert _lines(_session(numbers, rest, said=together), *names) == []


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((5, 6, 7, 8), []),
        ((5, 6, 8, 9), ["numbering-gap"]),
        ((5, 7, 9, 10), []),
        ((5, 7, 8), []),
        ((5, 6, 6, 8), ["numbering-repeat"]),
    ],
)
def test_bills_on_the_agenda(numbers: tuple[int, ...], found: list[str]):
    front = [f"日程第{i}　議案第{n}号　{_TITLES[i]}" for i, n in enumerate(numbers, 1)]
    text = _record("令和6年3月4日（月）", "議事日程", *front)
    assert [rule for rule, _ in _lines(text, "numbering-gap", "numbering-repeat")] == found


_PIECES = st.sampled_from(
    (
        *(
            "令和",
            "平成",
            "5年",
            "元年",
            "月",
            "13月",
            "32日",
            "（水）",
            "2023",
            "/",
            ".",
            "-",
            "時",
            "75分",
            "午後",
            ":",
            "：",
            "~",
        ),
        *(
            "から",
            "日程第",
            "第",
            "議事日程\n",
            "議案第3号",
            "(1)",
            "(3)",
            "①",
            "③",
            "1 ",
            "一、",
            "会議録\n",
            "○議長（山田君）　",
        ),
        *(
            "開会",
            "散会",
            "\n",
            "　",
            " ",
            "１",
            "９",
            "九",
            "千",
            "\x00",
            "\ud800",
            "\t",
            "\f",
            "〇",
            "（",
            "）",
            "あ",
            "第一に、",
        ),
    )
)


@given(st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=80))
def test_any_text_is_checked_without_an_error(text: str):
    _findings(text)
