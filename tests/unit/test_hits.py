"""Hits as lines, in context, counted, as whole turns, as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, document
from minutes_cli.cli._hits.context import around, in_context
from minutes_cli.cli._hits.counts import By, count_by, counts, paths, written
from minutes_cli.cli._hits.hit import Options, hits, line_of, names
from minutes_cli.cli._hits.jsonl import COLUMNS, csv_lines, json_lines
from minutes_cli.cli._hits.lines import lines
from minutes_cli.cli._hits.whole import whole_turns
from minutes_cli.cli._text import visible
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.model import Meeting, Section, Span, Speaker
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import Passage, PassageKind, Record, Run, Slip
from minutes_cli.search.model import Found, Match, Result

MAYOR = Speaker(
    "s1", "町長（橘川怜子君）", ("町長（橘川怜子君）",), "橘川怜子", "町長", None, None, turns=2, characters=200
)
FIRST = Speaker("s2", "高森（初）", ("高森（初）",), "高森", None, None, None, characters=50)
SECOND = Speaker("s3", "高森（満）", ("高森（満）",), "高森", None, None, None, characters=50)
SECTION = Section("sec1", "一般質問", 1, None, None, Span(0, 999))
CODES = re.compile(r"\x1b\[[0-9;]*m")


def speech(text: str, speaker: str | None, turn: str, line: int, slips: tuple[Slip, ...] = ()) -> Passage:
    """A speech whose paragraphs stand one a line, from *line* on; behind every slip begins another run."""
    at = [0, *(i + 1 for i, c in enumerate(text) if c == "\n"), *(s.end for s in slips)]
    runs = sorted(Run(i, 1000 * line + i, line + text.count("\n", 0, i), 1) for i in set(at))
    return Passage(PassageKind.SPEECH, text, tuple(runs), slips, turn, speaker, "sec1", 1)


def record(*passages: Passage, path: str = "a.txt", date: str | None = "2024-03-05") -> Record:
    """A made-up record."""
    meeting = Meeting(title="定例会", date=date)
    return Record(path, "verbatim", meeting, (MAYOR, FIRST, SECOND), (SECTION,), passages, ((7, 0),))


def search(pattern: str, seen: Record) -> Result:
    """What a regular expression finds, as the matcher would report it."""
    found = []
    for passage in seen.passages:
        matches = tuple(Match(*m.span()) for m in re.finditer(pattern, passage.text) if m.group())
        if matches:
            found.append(Found(passage, matches))
    return Result(seen, tuple(found))


HEADING = Passage(PassageKind.HEADING, "一般質問", (Run(0, 10, 2, 1),), section="sec1")
DEBATE = record(
    HEADING,
    speech("雪の話です。道路の話です。\n橋の話もします。", "s1", "t1", 3),
    speech("道路はどうか。川はどうか。", "s2", "t2", 10),
    speech("検討します。", "s3", "t3", 12),
    speech("山の話です。道路の道路による話です。", None, "t4", 14),
)
CORRECTED = record(
    # 肖治体 is read 自治体, and a 、 too much is left out
    speech(
        "各自治体にお願いします。",
        "s1",
        "t1",
        5,
        (Slip(1, 2, Span(5001, 5002), "肖"), Slip(5, 5, Span(5006, 5007), "、")),
    )
)


def text(pieces: Iterator[str]) -> str:
    return "".join(pieces)


def test_lines_say_file_line_and_speaker() -> None:
    assert text(lines([search("道路", DEBATE)], Options())) == (
        "a.txt:3:町長（橘川怜子君）: 道路の話です。\n"
        "a.txt:10:高森（初）: 道路はどうか。\n"
        "a.txt:14:[speech]: 道路の道路による話です。\n"
    )


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (Options(path=False), "4:町長（橘川怜子君）: 橋の話もします。"),
        (Options(line=False), "a.txt:町長（橘川怜子君）: 橋の話もします。"),
        (Options(speaker=False), "a.txt:4:橋の話もします。"),
        (Options(path=False, line=False, speaker=False), "橋の話もします。"),
        (Options(only=True), "a.txt:4:町長（橘川怜子君）: 橋"),
    ],
)
def test_parts_of_a_line_can_be_left_out(options: Options, line: str) -> None:
    assert text(lines([search("橋", DEBATE)], options)) == line + "\n"


@pytest.mark.parametrize(
    ("name", "role", "title", "affiliation", "called"),
    [
        ("鴻巣 みちる", None, "CIO", "霞台区", "鴻巣 みちる（CIO）"),
        ("弥栄 勝", None, None, "青果組合", "弥栄 勝（青果組合）"),
        ("弥栄 勝", None, None, None, "弥栄 勝"),
        (None, "事務局", None, None, "事務局\N{SYMBOL FOR ESCAPE}"),
    ],
)
def test_speakers_are_called_by_name_and_role(
    name: str | None, role: str | None, title: str | None, affiliation: str | None, called: str
) -> None:
    seen = record(speech("鍵", "s1", "t1", 1))
    speaker = Speaker("s1", "事務局\x1b", (), name, role, title, affiliation)
    assert names(seen._replace(speakers=(speaker,))) == {"s1": called}


def test_a_heading_has_no_speaker() -> None:
    assert text(lines([search("質問", DEBATE)], Options())) == "a.txt:2:[heading]: 一般質問\n"


def test_a_match_through_a_correction_shows_both_readings() -> None:
    assert text(lines([search("自治体", CORRECTED)], Options())) == (
        "a.txt:5:町長（橘川怜子君）: 各肖治体〔→自治体〕に、お願いします。\n"
    )
    assert text(lines([search("自治体", CORRECTED)], Options(only=True))).endswith(": 肖治体〔→自治体〕\n")


def test_corrections_outside_of_matches_are_not_shown() -> None:
    assert text(lines([search("お願い", CORRECTED)], Options())).endswith(": 各肖治体に、お願いします。\n")
    assert text(lines([search("体に", CORRECTED)], Options(only=True))).endswith(": 体に\n")
    assert text(lines([search("にお", CORRECTED)], Options(only=True))).endswith(": に、お〔→にお〕\n")


def test_two_matches_in_one_correction_are_shown_as_one() -> None:
    seen = record(speech("住民の声。", "s1", "t1", 1, (Slip(0, 2, Span(1000, 1002), "佳艮"),)))
    assert text(lines([search("[住民]", seen)], Options())).endswith(": 佳艮〔→住民〕の声。\n")


def test_a_terminal_groups_by_record() -> None:
    results = [search("橋", DEBATE), search("雷", DEBATE), search("川は", DEBATE)]
    assert text(lines(results, Options(screen=True))) == (
        "a.txt\n4: 町長（橘川怜子君）: 橋の話もします。\n\na.txt\n10: 高森（初）: 川はどうか。\n"
    )


def test_matches_are_coloured() -> None:
    line = text(lines([search("道路", DEBATE)], Options(colour=True))).splitlines()[2]
    assert line.endswith("\x1b[36m[speech]\x1b[0m: \x1b[1;31m道路\x1b[0mの\x1b[1;31m道路\x1b[0mによる話です。")


def test_a_match_through_several_sentences_is_one_hit() -> None:
    found = list(hits(search("です。道", DEBATE)))
    assert [h.passage.text[h.start : h.end] for h in found] == [
        "雪の話です。道路の話です。",
        "山の話です。道路の道路による話です。",
    ]


def test_sentences_that_touch_are_hits_of_their_own() -> None:
    found = list(hits(search("話です。", DEBATE)))
    assert [h.passage.text[h.start : h.end] for h in found][:2] == ["雪の話です。", "道路の話です。"]


def test_matches_that_touch_keep_their_own_readings() -> None:
    assert text(lines([search("各|自治体", CORRECTED)], Options())).endswith(
        ": 各肖治体〔→自治体〕に、お願いします。\n"
    )


CLAPPING = Passage(PassageKind.EVENT, "（拍手）", (Run(0, 6000, 6, 1),), turn="t1")
CLAPPED = record(
    speech("始めます。", "s1", "t1", 5), CLAPPING, speech("続けます。", "s1", "t1", 7), speech("はい。", "s2", "t2", 8)
)


def test_a_turn_goes_on_behind_an_event() -> None:
    got = text(in_context([search("はい", CLAPPED)], Options(path=False, speaker=False, before=1, turns=True)))
    assert got == "5-始めます。\n6-（拍手）\n7-続けます。\n8:はい。\n"
    assert count_by([search("ます", CLAPPED)], By.SPEAKER)[0][:3] == ("橘川怜子（町長）", 2, 1)


def test_a_voice_behind_a_turn_belongs_to_it() -> None:
    seen = record(*DEBATE.passages[1:3], CLAPPING._replace(turn=None), *DEBATE.passages[3:])
    got = text(in_context([search("検討", seen)], Options(path=False, speaker=False, before=1, turns=True)))
    assert got == "10-道路はどうか。\n10-川はどうか。\n6-（拍手）\n12:検討します。\n"


def test_events_of_a_turn_are_shown_where_something_is_found_in_them() -> None:
    assert (
        text(whole_turns([search("続", CLAPPED)], Options())) == "a.txt:5:町長（橘川怜子君）:\n始めます。\n続けます。\n"
    )
    got = text(whole_turns([search("手|始", CLAPPED)], Options(path=False, line=False, speaker=False)))
    assert got == "始めます。\n（拍手）\n続けます。\n"


def test_most_counts_sentences() -> None:
    assert text(counts([search("道路", DEBATE)], Options(most=1))) == "a.txt:1\n"
    assert text(lines([search("道路", DEBATE)], Options(most=0))) == ""


def test_context_in_sentences_goes_over_speakers() -> None:
    assert text(in_context([search("川は", DEBATE)], Options(before=1, after=1))) == (
        "a.txt-10-高森（初）- 道路はどうか。\na.txt:10:高森（初）: 川はどうか。\na.txt-12-高森（満）- 検討します。\n"
    )


def test_context_that_touches_is_one_group() -> None:
    got = text(in_context([search("雪|橋|山", DEBATE)], Options(path=False, speaker=False, after=1)))
    assert got == (
        "3:雪の話です。\n3-道路の話です。\n4:橋の話もします。\n10-道路はどうか。\n--\n"
        "14:山の話です。\n14-道路の道路による話です。\n"
    )


def test_records_are_parted_in_context() -> None:
    got = text(in_context([search("検討", DEBATE)] * 2, Options(line=False, speaker=False, before=1)))
    assert got == "a.txt-川はどうか。\na.txt:検討します。\n--\na.txt-川はどうか。\na.txt:検討します。\n"


def test_context_in_turns_takes_whole_turns_with_their_heading() -> None:
    got = text(in_context([search("橋", DEBATE)], Options(path=False, speaker=False, after=1, turns=True)))
    assert (
        got == "2-一般質問\n3-雪の話です。\n3-道路の話です。\n4:橋の話もします。\n10-道路はどうか。\n10-川はどうか。\n"
    )


def test_counts_and_paths() -> None:
    results = [search("道路", DEBATE), search("道路", CORRECTED)]
    assert text(counts(results, Options())) == "a.txt:3\na.txt:0\n"
    assert text(counts(results, Options(only=True, path=False))) == "4\n0\n"
    assert text(paths(results, Options())) == text(paths(results, Options(), without=True)) == "a.txt\n"


def test_count_by_speaker_knows_how_much_they_say() -> None:
    rows = count_by([search("話", DEBATE), search("話", CORRECTED)], By.SPEAKER)
    assert [row[:4] for row in rows] == [("橘川怜子（町長）", 3, 1, 60.0), ("[speech]", 2, 1, 40.0)]
    assert (rows[0].characters, rows[0].rate, rows[1].characters, rows[1].rate) == (400, 75.0, None, None)
    assert text(written(rows, By.SPEAKER, Options())).splitlines() == [
        "speaker\tmatches\tturns\tpercent\tcharacters\tper_10000",
        "橘川怜子（町長）\t3\t1\t60.0\t400\t75.0",
        "[speech]\t2\t1\t40.0\t\t",
    ]
    assert json.loads(text(written(rows[:1], By.SPEAKER, Options(), "json")))["per_10000"] == 75.0
    assert text(written(rows, By.SPEAKER, Options(screen=True))).splitlines()[1].split() == (
        "橘川怜子（町長） 3 1 60.0 400 75.0".split()
    )


@pytest.mark.parametrize(
    ("by", "names"), [(By.RECORD, ["a.txt"]), (By.SECTION, ["一般質問"]), (By.YEAR, ["2024", "–"])]
)
def test_count_by_other_things(by: By, names: list[str]) -> None:
    undated = record(DEBATE.passages[3], date=None)
    rows = count_by([search("道路|検討", DEBATE), search("検討", undated)], by)
    assert [row.name for row in rows] == names
    assert sum(row.matches for row in rows) == 6
    assert text(written(rows, by, Options(), "csv")).splitlines()[0] == f"{by.value},matches,turns,percent"


def test_rows_with_equal_counts_are_in_order_of_name() -> None:
    rows = count_by([search("どうか。|検討|山|します。", DEBATE)], By.SPEAKER)
    assert [(r.matches, r.name) for r in rows] == sorted(
        ((r.matches, r.name) for r in rows), key=lambda r: (-r[0], r[1])
    )


def test_whole_turns_are_shown_once() -> None:
    assert text(whole_turns([search("話", DEBATE)], Options())) == (
        "a.txt:3:町長（橘川怜子君）:\n雪の話です。道路の話です。\n橋の話もします。\n\n"
        "a.txt:14:[speech]:\n山の話です。道路の道路による話です。\n"
    )
    assert text(whole_turns([search("自", CORRECTED)], Options(path=False))) == (
        "5:町長（橘川怜子君）:\n各肖〔→自〕治体に、お願いします。\n"
    )


def test_json_has_all_that_is_known() -> None:
    row = json.loads(text(json_lines([search("自治体", CORRECTED)], Options(patterns=("自治体",)))))
    assert row == {
        "path": "a.txt",
        "line": 5,
        "column": 2,
        "span": [5001, 5004],
        "page": 7,
        "kind": "speech",
        "turn": "t1",
        "speaker": {
            "id": "s1",
            "label": "町長（橘川怜子君）",
            "name": "橘川怜子",
            "role": "町長",
            "title": None,
            "affiliation": None,
        },
        "section": "一般質問",
        "section_id": "sec1",
        "exchange": 1,
        "date": "2024-03-05",
        "meeting": "定例会",
        "record_kind": "verbatim",
        "before": "各",
        "match": "自治体",
        "after": "にお願いします。",
        "original": "肖治体",
        "pattern": 1,
        "pattern_text": "自治体",
        "term": None,
    }


def test_csv_is_the_json_in_columns() -> None:
    results = [search("話", DEBATE)]
    rows = list(csv.DictReader(io.StringIO(text(csv_lines(results, Options())))))
    objects = [json.loads(line) for line in text(json_lines(results, Options())).splitlines()]
    assert len(rows) == len(objects) == 5
    assert [row["match"] for row in rows] == [row["match"] for row in objects]
    assert rows[0]["speaker_name"] == "橘川怜子" and rows[-1]["speaker_name"] == ""
    assert [(int(row["start"]), int(row["end"])) for row in rows] == [tuple(row["span"]) for row in objects]
    assert tuple(rows[0]) == COLUMNS


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_csv_has_no_formulas(cell: str) -> None:
    seen = record(speech(f"{cell}", "s1", "t1", 1))
    row = next(csv.DictReader(io.StringIO(text(csv_lines([search(re.escape(cell), seen)], Options())))))
    assert row["match"] == f"'{cell}"


@given(st.text(alphabet='あ,"\n=\r\x1b; '), st.text(alphabet='あ,"\n\r'))
def test_csv_can_be_read_back(before: str, after: str) -> None:
    seen = record(speech(f"{before}鍵{after}", "s1", "t1", 1))
    got = list(csv.reader(io.StringIO(text(csv_lines([search("鍵", seen)], Options())), newline="")))
    objects = [json.loads(line) for line in text(json_lines([search("鍵", seen)], Options())).splitlines()]
    at = COLUMNS.index("before")
    assert [row[at].removeprefix("'") if row[at].startswith("'=") else row[at] for row in got[1:]] == [
        row["before"] for row in objects
    ]
    assert all(len(row) == len(COLUMNS) for row in got)


HOSTILE = "行\x1b]0;題\x07先\u202e\x9bZ鍵です。"


@pytest.mark.parametrize("colour", [False, True])
def test_nothing_in_a_record_reaches_the_terminal_raw(colour: bool) -> None:
    seen = record(HEADING, speech(HOSTILE, "s1", "t1", 1), path="a\x1b.txt")
    results = [search("鍵", seen)]
    screen = Options(screen=True, colour=colour, before=1)
    rows = count_by(results, By.RECORD)
    for pieces in (
        lines(results, screen),
        lines([search("鍵", seen._replace(path="a.txt"))], screen._replace(screen=False)),
        in_context(results, screen),
        whole_turns(results, screen),
        json_lines(results, screen),
        csv_lines(results, screen),
        counts(results, screen),
        paths(results, screen),
        *(written(rows, By.RECORD, screen, form) for form in (None, "json", "csv")),
    ):
        for line in CODES.sub("", text(pieces)).splitlines():
            assert visible(line) == line


def test_json_for_programs_is_as_it_is() -> None:
    seen = record(speech(HOSTILE, "s1", "t1", 1))
    for screen in (False, True):
        row = json.loads(text(json_lines([search("鍵", seen)], Options(screen=screen))))
        assert row["before"] + row["match"] + row["after"] == HOSTILE


TEXTS = st.text(alphabet="あいう。！「」\n　 \u3099", max_size=40)


@given(TEXTS, st.sampled_from(["あ", "い。?", "[あい].", "。", "う+", "[^\n]+", "　"]))
def test_every_match_is_in_one_hit_made_of_whole_sentences(seen: str, pattern: str) -> None:
    result = search(pattern, record(speech(seen, "s1", "t1", 1)))
    found = list(hits(result))
    matches = [m for f in result.found for m in f.matches]
    assert [m for hit in found for m in hit.matches] == matches
    assert all(hit.start <= m.start and m.end <= hit.end for hit in found for m in hit.matches)
    assert all(a.end <= b.start for a, b in pairwise(found))
    spans = sentences(seen)
    for hit in found:
        for start, end in spans:
            assert end <= hit.start or hit.end <= start or hit.start <= start <= end <= hit.end


@given(TEXTS, TEXTS)
def test_sentences_of_a_paragraph_do_not_depend_on_the_others(first: str, second: str) -> None:
    behind = [(s + len(first) + 1, e + len(first) + 1) for s, e in sentences(second)]
    assert sentences(f"{first}\n{second}") == sentences(first) + behind


@st.composite
def corrected(draw: st.DrawFn) -> Passage:
    """A passage with corrections between runs of its own."""
    pieces = draw(
        st.lists(st.tuples(st.text("あい。", max_size=4), st.text("か", max_size=2), st.text("き", max_size=2)))
    )
    whole, slips, at = "", [], 0
    for plain, before, after in pieces:
        whole += plain
        at += len(plain)
        if before != after:
            slips.append(Slip(len(whole), len(whole) + len(after), Span(at, at + len(before)), before))
            whole += after
            at += len(before)
    runs = [Run(0, 0, 1, 1), *(Run(s.end, s.span.end, 1 + i, 1) for i, s in enumerate(slips))]
    return Passage(PassageKind.SPEECH, whole, tuple(runs), tuple(slips))


@given(corrected(), st.sampled_from(["あ", "か|き", "い.", ".。", "[きあ]+", ".+"]))
def test_what_is_shown_is_what_stands_in_the_record(passage: Passage, pattern: str) -> None:
    result = search(pattern, record(passage))
    for hit, line in zip(
        hits(result), text(lines([result], Options(path=False, line=False, speaker=False))).splitlines(), strict=True
    ):
        assert re.sub("〔→.*?〕", "", line) == passage.original(hit.start, hit.end)
        for match in hit.matches:
            if passage.slips_in(match.start, match.end):
                assert any(match_text in line for match_text in [passage.text[match.start : match.end]])
            assert line_of(passage, match.start) == passage.place(match.start).line
    plain = text(lines([result], Options()))
    assert CODES.sub("", text(lines([result], Options(colour=True)))) == plain


@given(
    st.lists(st.integers(0, 1), min_size=1, max_size=30),
    st.sets(st.integers(0, 29)),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_context_shows_what_is_near_and_nothing_else(
    steps: list[int], chosen: set[int], before: int, after: int
) -> None:
    units = [sum(steps[1 : i + 1]) for i in range(len(steps))]
    matching = sorted(i for i in chosen if i < len(units))
    groups = around(units, matching, before, after)
    near = {i for i, unit in enumerate(units) for m in matching if -before <= unit - units[m] <= after}
    assert [i for group in groups for i in group] == sorted(near)
    assert all(a.stop < b.start for a, b in pairwise(groups))


@pytest.mark.parametrize("name", NAMES)
def test_every_character_of_the_corpus_is_shown_as_it_stands_in_its_record(name: str) -> None:
    seen = document(name)
    result = search(".", searchable(seen, name))
    shown = text(lines([result], Options(path=False, line=False, speaker=False))).splitlines()
    for hit, line in zip(hits(result), shown, strict=True):
        assert re.sub("〔→.*?〕", "", line) == visible(hit.passage.original(hit.start, hit.end))
    source = seen.view.source
    for row in map(json.loads, text(json_lines([result], Options())).splitlines()):
        start, end = row["span"]
        assert source.text[start:end] == row["original"]
        assert source.place(start) == (row["line"], row["column"])
