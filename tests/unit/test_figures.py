"""Figures across records: what is counted, who is one person, and that everything can be counted again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, document
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Document, Meeting, Speaker, Turn
from minutes_cli.parse import parse
from minutes_cli.parse.labels import take_apart
from minutes_cli.summarize.figures import OF_TURNS, By, Figures, Row
from minutes_cli.summarize.people import Identity, identity, person_key, person_keys
from minutes_cli.summarize.ranked import MEASURES, OF_TIME, Ranked, Sort, ranked, usual_sort

TERMS = ("予算", "お願い", "の")
_LINES = st.sampled_from(
    [
        *"""○議長（山田太郎君） ○田中委員 ○佐藤（元）委員 ○佐藤（さ）委員 ○事務局 ○委員Ａ ○委員A ○町長 〔質疑〕 ◇議事
        日程第１ ・ 〃 予算の予算を伺います。 お願いお願いします。 検討します。 のののののの （拍手） 要望書 殿 問 答
        田中： 【佐藤】""".split(),
        "令和６年５月１日",
        "平成30年３月５日",
        "出席委員　山田太郎　田中花子",
        "第１回あおば町議会会議録",
        "",
    ]
)
RECORDS = st.lists(st.lists(_LINES, max_size=14).map("\n".join), max_size=5)


def speaker(label: str, name: str | None = None, *others: str) -> Speaker:
    """Who stands behind *label*; *name* where an attendance list has completed it."""
    told = take_apart(label)
    return Speaker("s1", label, (label, *others), name or told.name, told.role, told.title, told.affiliation)


def counts(text: str) -> list[int]:
    """How often each term stands in *text*, without overlaps."""
    return [text.count(term) for term in TERMS]


def counted(by: By, documents: Sequence[Document], turns: dict[str, list[Turn]] | None = None) -> Figures:
    """Figures of *documents*, of all turns or those given by the name of the record."""
    figures = Figures(by, len(TERMS))
    for i, one in enumerate(documents):
        said = one.turns if turns is None else turns[f"{i}.txt"]
        figures.add(one, f"{i}.txt", [(turn, counts(turn.text)) for turn in said])
    return figures


@cache
def corpus() -> tuple[Document, ...]:
    """All records of the corpus."""
    return tuple(document(name) for name in NAMES)


def dated(date: str | None, text: str = "○田中委員　予算です。\n○鈴木委員　はい。\n") -> Document:
    """A small record of this day."""
    return parse(from_text(text, "a.txt"))._replace(meeting=Meeting(date=date))


def sums(rows: Sequence[Row]) -> tuple[int, int, list[tuple[int, int]]]:
    """What can be summed up over rows: turns, characters, and of each term times and turns."""
    terms = [(sum(row.terms[i].times for row in rows), sum(row.terms[i].turns for row in rows)) for i in range(3)]
    return sum(row.turns for row in rows), sum(row.characters for row in rows), terms


def check(figures: Figures, documents: Sequence[Document]) -> None:
    """Rows sum up to the total, and the total is what a count by hand gives."""
    rows, total = figures.rows, figures.total
    turns = [turn for one in documents for turn in one.turns]
    assert sums(rows) == sums([total])
    assert total.records == len(documents)
    assert total.turns == len(turns)
    assert total.characters == sum(len(turn.text.replace("\n", "")) for turn in turns)
    for i, term in enumerate(TERMS):
        found = [turn.text.count(term) for turn in turns]
        assert (total.terms[i].times, total.terms[i].turns) == (sum(found), sum(n > 0 for n in found))
        assert total.terms[i].records == sum(any(term in turn.text for turn in one.turns) for one in documents)
    longest = max((len(turn.text.replace("\n", "")) for turn in turns), default=None)
    assert (total.longest.characters if total.longest else None) == longest
    if figures.by not in OF_TURNS:
        assert sum(row.records or 0 for row in rows) == len(documents)
        for i in range(len(TERMS)):
            assert sum(row.terms[i].records or 0 for row in rows) == total.terms[i].records


@pytest.mark.parametrize("by", By)
def test_rows_sum_up_to_the_total_and_that_to_the_corpus(by: By) -> None:
    documents = corpus()
    check(counted(by, documents), documents)


@given(RECORDS, st.sampled_from(By))
def test_rows_sum_up_to_the_total_whatever_the_records(texts: list[str], by: By) -> None:
    documents = [parse(from_text(text, "a.txt")) for text in texts]
    check(counted(by, documents), documents)


@given(RECORDS, st.sampled_from(By), st.sampled_from(Sort), st.integers(1, 6) | st.none())
def test_the_first_rows_and_the_others_sum_up_too(texts: list[str], by: By, sort: Sort, top: int | None) -> None:
    figures = counted(by, [parse(from_text(text, "a.txt")) for text in texts])
    found = ranked(figures, sort, top)
    every = [*found.rows, *([found.others] if found.others else [])]
    assert sums(every) == sums([figures.total])
    gaps = [row for row in ranked(figures, sort).rows if row not in figures.rows]
    assert sum(row.rows for row in every) == len(figures.rows) + len(gaps)
    assert top is None or len(found.rows) <= top
    assert all(row.records == row.turns == row.times == 0 for row in gaps)


@given(RECORDS, st.sampled_from(By), st.sampled_from(sorted(MEASURES)))
def test_the_highest_first(texts: list[str], by: By, sort: Sort) -> None:
    rows = ranked(counted(by, [parse(from_text(text, "a.txt")) for text in texts]), sort).rows
    values = [MEASURES[sort](row) for row in rows]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("name", NAMES)
def test_characters_are_those_of_the_speakers(name: str) -> None:
    one = document(name)
    rows = counted(By.SPEAKER, [one]).rows
    told = [(row.head.person.id, row.turns, row.characters) for row in rows if row.head.person]
    assert sorted(told) == sorted((s.id, s.turns, s.characters) for s in one.speakers)
    nobodys = [turn for turn in one.turns if turn.speaker is None]
    assert sum(row.turns for row in rows if row.head.name is None) == len(nobodys)


def test_the_order_of_records_changes_no_number() -> None:
    there, back = counted(By.SPEAKER, corpus()), counted(By.SPEAKER, corpus()[::-1])

    def numbers(figures: Figures) -> list[object]:
        return sorted([(row.records, row.turns, row.characters, row.terms) for row in figures.rows])

    assert numbers(there) == numbers(back)


def test_only_turns_that_are_handed_in_count_but_every_record_does() -> None:
    one = dated("2024-05-10")
    figures = counted(By.YEAR, [one, one], {"0.txt": [one.turns[0]], "1.txt": []})
    assert [(row.head.name, row.records, row.turns) for row in figures.rows] == [("2024", 2, 1)]
    assert counted(By.SPEAKER, [one], {"0.txt": []}).rows == []


def test_records_without_turns_are_told_by_kind() -> None:
    assert counted(By.KIND, corpus()).silent == {"summary": 1, "petition": 2, "slides": 1, "unknown": 1}


def test_longest_turn_leads_to_its_place() -> None:
    longest = counted(
        By.RECORD, [dated(None), dated(None, "○田中委員　はい。\n\n○鈴木委員　いいえ、違います。\n")]
    ).total.longest
    assert longest == ("1.txt", "t2", 9, 3)


def test_first_and_last_meeting() -> None:
    figures = counted(By.SPEAKER, [dated("2024-05-10"), dated(None), dated("2022-01-01"), dated("2023-01-01")])
    assert {(row.first, row.last) for row in (*figures.rows, figures.total)} == {("2022-01-01", "2024-05-10")}


@pytest.mark.parametrize(
    ("by", "dates", "names"),
    [
        (By.YEAR, ["2024-05-10", "2021-01-01", None], ["2021", "2022", "2023", "2024", None]),
        (By.MONTH, ["2024-02-10", "2023-11-30"], ["2023-11", "2023-12", "2024-01", "2024-02"]),
        (By.YEAR, ["2024-05-10", "2024-01-01"], ["2024"]),
        (By.YEAR, [None], [None]),
        (By.YEAR, [], []),
    ],
)
def test_time_goes_on_through_gaps(by: By, dates: list[str | None], names: list[str | None]) -> None:
    rows = ranked(counted(by, [dated(date) for date in dates]), Sort.TIME).rows
    assert [row.head.name for row in rows] == names
    held = {date and date[: 4 if by is By.YEAR else 7] for date in dates}
    assert {row.head.name for row in rows if row.records} == held


def test_other_orders_have_no_gaps() -> None:
    figures = counted(By.YEAR, [dated("2024-05-10"), dated("2021-01-01")])
    assert [row.head.name for row in ranked(figures, Sort.NAME).rows] == ["2021", "2024"]


def test_records_of_the_others_are_summed_up_only_where_each_is_in_one_row() -> None:
    def others(by: By) -> Row | None:
        return ranked(
            counted(by, [dated("2024-05-10"), dated("2023-01-01"), dated("2022-01-01")]), Sort.TURNS, 1
        ).others

    assert [(by, row.records, row.rows) for by in (By.YEAR, By.SPEAKER) if (row := others(by))] == [
        (By.YEAR, 2, 2),
        (By.SPEAKER, None, 1),
    ]


def test_usual_orders() -> None:
    assert {usual_sort(by, terms=terms) for by in OF_TIME for terms in (True, False)} == {Sort.TIME}
    assert (usual_sort(By.ROLE, terms=True), usual_sort(By.ROLE, terms=False)) == (Sort.COUNT, Sort.CHARACTERS)


def test_shares_and_rates() -> None:
    found: Ranked = ranked(counted(By.SPEAKER, [dated(None)]), Sort.CHARACTERS)
    first = found.rows[0]
    assert (first.characters, found.total.characters) == (5, 8)
    assert first.share(found.total) == 0.625
    assert first.terms[0].rate(first.characters) == 2000.0
    nothing = counted(By.SPEAKER, []).total
    assert (nothing.share(nothing), nothing.terms[0].rate(0)) == (None, None)


SAME = [
    ("one full name, other offices", speaker("議長（山田太郎君）"), speaker("委員（山田太郎君）"), True),
    ("blanks in the name", speaker("町長（森 一郎君）"), speaker("市長（森　一郎君）"), True),
    ("a name from the attendance list", speaker("森委員", "森 浩"), speaker("議長", "森浩"), True),
    ("surname and office", speaker("佐藤委員"), speaker("佐藤委員"), True),
    ("a surname with another office", speaker("佐藤委員"), speaker("佐藤部長"), False),
    ("a surname of three characters is no full name", speaker("佐々木委員"), speaker("佐々木部長"), False),
    ("a surname and a full name", speaker("佐藤委員"), speaker("佐藤委員", "佐藤一郎"), False),
    ("marks tell namesakes apart", speaker("佐藤（元）委員"), speaker("佐藤（さ）委員"), False),
    ("rounds of questions do not", speaker("佐藤（初）委員"), speaker("佐藤（再）委員"), True),
    ("an office", speaker("事務局"), speaker("事務局"), True),
    ("two offices", speaker("事務局"), speaker("会長"), False),
    ("letters for people", speaker("委員Ａ"), speaker("委員Ｂ"), False),
    ("width", speaker("委員Ａ"), speaker("委員A"), True),
]


@pytest.mark.parametrize(("one", "other", "same"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_who_is_one_person(one: Speaker, other: Speaker, same: bool) -> None:
    assert (person_key(one, "町議会") == person_key(other, "町議会")) is same


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("議長（山田太郎君）", Identity.NAME),
        ("会長（小豆沢）", Identity.NAME),
        ("会長（小豆沢知事）", Identity.SURNAME),
        ("佐藤委員", Identity.SURNAME),
        ("事務局", Identity.OFFICE),
    ],
)
def test_only_a_full_name_goes_beyond_its_body(label: str, known: Identity) -> None:
    assert identity(speaker(label)) is known
    assert (person_key(speaker(label), "町議会") == person_key(speaker(label), "市議会")) is (known is Identity.NAME)


@given(RECORDS)
def test_whom_a_record_tells_apart_stays_apart(texts: list[str]) -> None:
    for one in [*map(parse, (from_text(text, "a.txt") for text in texts)), *corpus()]:
        keys = person_keys(one.speakers, one.meeting.body)
        assert len(set(keys.values())) == len(one.speakers) == len(keys)


def test_two_of_a_record_who_would_be_one_person_go_by_their_labels() -> None:
    first, second = speaker("高森（初）"), speaker("高森（続）")._replace(id="s2")
    assert person_key(first) == person_key(second)
    keys = person_keys([first, second])
    assert keys["s1"] != keys["s2"]
    assert keys == person_keys([second, first])


def test_the_longest_turn_of_all_is_the_first_of_several_as_long() -> None:
    text = "○田中委員　はい。\n○鈴木委員　予算を伺います。\n○田中委員　予算を答えます。\n"
    figures = counted(By.SPEAKER, [dated("2024-05-01", text)])
    assert [row.longest.turn for row in figures.rows if row.longest] == ["t3", "t2"]
    assert figures.total.longest is not None
    assert figures.total.longest.turn == "t2"
