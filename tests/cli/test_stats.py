"""minutes stats as a user runs it: the same numbers in every format, and what is said beside them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from functools import partial

import pytest

from minutes_cli.cli import _counting, _print, app, stats
from minutes_cli.cli._figures_screen import EIGHTHS, bar_of
from minutes_cli.cli._text import columns
from minutes_cli.summarize.figures import By

ROW = app.Row("stats", "stats", "Figures across many records.", "")
OTHER = """令和3年度第1回みどり町議会会議録
令和3年6月1日
○議長（森　花子君）　開会します。
〔一般質問〕
○田中委員　待機児童の予算、待機児童の予算を伺います。
○議長（森　花子君）　答弁を求めます。
"""
DOUBT = "minutes: ? stands for an office, or a surname with an office, in several records: perhaps several people\n"
SILENT = "minutes: 1 of 5 records has no turns, so nothing is counted in them: 1 petition\n"


PROGRAM = (
    "import sys; from minutes_cli.cli import app; from minutes_cli.cli.main import main; "
    'row = app.Row("stats", "stats", "", ""); '
    'app.COMMANDS = (*app.COMMANDS, *[row for _ in "x" if "stats" not in [r.name for r in app.COMMANDS]]); '
    "sys.exit(main(sys.argv[1:]))"
)


def alone(*words, encoding="utf-8", stdin=b""):
    """A run in a process of its own."""
    called = [sys.executable, "-c", PROGRAM, *words]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    return subprocess.run(called, input=stdin, capture_output=True, check=True, env=environment)


@pytest.fixture(autouse=True)
def command(monkeypatch):
    if all(row.name != "stats" for row in app.COMMANDS):
        monkeypatch.setattr(app, "COMMANDS", (*app.COMMANDS, ROW))


@pytest.fixture
def records(folder):
    """The two records of ``folder``, one of another year and body, a petition and a record without a date."""
    (folder / "c.txt").write_text(OTHER, encoding="utf-8")
    (folder / "d.txt").write_text("○会長　予算です。\n○委員　はい。\n○会長　終わります。\n", encoding="utf-8")
    petition = "令和6年8月1日\nあおば町長　山田花子　殿\nみどり会会長\n要望書\n記\n１　予算を増やすこと\n以上\n"
    (folder / "e.txt").write_text(petition, encoding="utf-8")
    return folder


def as_json(run):
    assert run.code == 0, run.err
    return json.loads(run.out)


def as_csv(run):
    return list(csv.DictReader(io.StringIO(run.out)))


def table(run):
    """The rows of the table, cell by cell, without the header."""
    return [re.split(r" {2,}", line) for line in run.out.splitlines()[1:]]


def test_who_speaks_how_much(minutes, records):
    run = minutes("stats", "a.txt", "b.txt", "c.txt")
    assert (run.code, run.err) == (0, DOUBT)
    assert run.out == (
        "speaker                        ?  role  records  turns  characters    share  longest\n"
        "山田太郎                          会長        2      4          54   40.6 %       15\n"
        "田中委員 [あおば町子育て会議]  ?  委員        2      4          44   33.1 %       11\n"
        "田中委員 [みどり町議会]           委員        1      1          21   15.8 %       21\n"
        "森 花子                           議長        1      2          14   10.5 %        8\n"
        "total                                         3     11         133  100.0 %       21\n"
    )


def test_a_surname_is_not_added_to_a_full_name_but_the_doubt_is_shown(minutes, folder):
    (folder / "c.txt").write_text(OTHER.replace("○議長（森　花子君）", "○森議長"), encoding="utf-8")
    (folder / "d.txt").write_text(OTHER, encoding="utf-8")
    run = minutes("stats", "c.txt", "d.txt", "--by", "speaker")
    found = sorted(cells[:3] for cells in table(run) if cells[0].startswith("森"))
    assert found == [["森", "?", "議長"], ["森 花子", "議長", "1"]]
    assert "minutes: ? stands for a surname that is not added to a full name: 森 may be 森 花子\n" in run.err
    rows = as_json(minutes("stats", "c.txt", "d.txt", "--json"))["rows"]
    assert [row["perhaps"] for row in rows if row["speaker"]["name"] == "森"] == [["森 花子"]]


@pytest.mark.parametrize("by", By)
def test_all_formats_show_the_same_numbers(minutes, records, by):
    words = ("stats", ".", "--by", by, "--term", "予算", "--term", "童の")
    data, rows = as_json(minutes(*words, "--json")), as_csv(minutes(*words, "--csv"))
    shown = [cells for cells in table(minutes(*words)) if "–2" not in cells[0]]  # a long gap is one line
    objects = [*data["rows"], data["total"]]
    assert len(objects) == len(rows) + 1
    if by is By.MONTH:
        gaps = [i for i, row in enumerate(rows) if row["records"] == "0" and row["month"] < "2024-05"]
        objects, rows = ([one for i, one in enumerate(some) if i not in gaps] for some in (objects, rows))
    for one, row, cells in zip(objects, [*rows, None], shown, strict=True):
        numbers = [one["records"], one["turns"], one["characters"]]
        for term in one["terms"]:
            numbers += [term["count"], term["per_10000"]]
        assert cells[-7:] == ["–" if n is None else f"{n:,.2f}" if isinstance(n, float) else f"{n:,}" for n in numbers]
        if row is None:
            continue
        for name in ("records", "turns", "characters", "share", "first_date", "last_date"):
            assert row[name] == ("" if one[name] is None else str(one[name]))
        assert row["longest"] == (str(one["longest"]["characters"]) if one["longest"] else "")
        for term in one["terms"]:
            for name in ("count", "per_10000", "turns", "records"):
                assert row[f"{name} {term['term']}"] == ("" if term[name] is None else str(term[name]))
        if by is By.SPEAKER:
            assert [row[name] for name in ("name", "role")] == [one["speaker"][n] or "" for n in ("name", "role")]
            assert row["perhaps"] == "; ".join(one["perhaps"])
        else:
            assert row[by] == (one[by] or f"no {'date' if by in (By.YEAR, By.MONTH) else by}")


@pytest.mark.parametrize("by", By)
def test_rows_sum_up_to_what_parse_tells(minutes, records, by):
    data = as_json(minutes("stats", ".", "--by", by, "--term", "予算", "--json"))
    parsed = [json.loads(line) for line in minutes("parse", "--json", ".").out.splitlines()]
    turns = [turn for one in parsed for turn in one["turns"]]
    spoken = sum(speaker["characters"] for one in parsed for speaker in one["speakers"])
    assert sum(row["characters"] for row in data["rows"]) == data["total"]["characters"] == spoken
    assert sum(row["turns"] for row in data["rows"]) == data["total"]["turns"] == len(turns)
    times = sum(turn["text"].count("予算") for turn in turns)
    assert sum(row["terms"][0]["count"] for row in data["rows"]) == data["total"]["terms"][0]["count"] == times > 0
    assert data["total"]["records"] == len(parsed) == 5


def test_a_rate_is_per_10000_characters_of_the_same_turns(minutes, records):
    data = as_json(minutes("stats", "c.txt", "--term", "待機児童", "--json"))
    assert data["unit"]["per_10000"] == "times per 10,000 characters"
    row = data["rows"][0]
    (term,) = row["terms"]
    assert (row["speaker"]["label"], row["characters"], term["count"]) == ("田中委員", 21, 2)
    assert term["per_10000"] == round(10_000 * 2 / 21, 2)


def test_by_year_with_gaps_and_without_a_date(minutes, records):
    rows = as_csv(minutes("stats", ".", "--by", "year", "--term", "予算", "--csv"))
    assert [(row["year"], row["records"], row["count 予算"], row["per_10000 予算"]) for row in rows] == [
        ("2021", "1", "2", "571.43"),
        ("2022", "0", "0", ""),
        ("2023", "0", "0", ""),
        ("2024", "3", "2", "204.08"),
        ("no date", "1", "1", "714.29"),
    ]
    data = as_json(minutes("stats", ".", "--by", "year", "--json"))
    assert [row["year"] for row in data["rows"]] == ["2021", "2022", "2023", "2024", None]


def test_a_long_gap_is_one_line_on_the_screen(minutes, records):
    (records / "b.txt").write_text(OTHER.replace("令和3", "平成10"), encoding="utf-8")
    first = [cells[0] for cells in table(minutes("stats", "a.txt", "b.txt", "c.txt", "--by", "year"))]
    assert first == ["1998", "1999–2020", "2021", "2022", "2023", "2024", "total"]
    bars = minutes("stats", "a.txt", "b.txt", "c.txt", "--by", "year", "--bars").out
    assert re.search(r"^1999–2020 +no records$", bars, re.M)


def test_a_term_is_found_over_wraps_and_pages(minutes):
    run = minutes(
        "stats", "corpus/circle-wrapped-pdf/record.txt", "--term", "残る二棟", "--term", "条例の一部", "--json"
    )
    assert [term["count"] for term in as_json(run)["total"]["terms"]] == [1, 1]


@pytest.mark.parametrize(
    ("words", "times"),
    [
        (("--term", "予算"), [5]),
        (("--term", "算", "--term", "予算", "--term", "算"), [5, 5]),
        (("--term", "予.", "--regex"), [5]),
        (("--term", "予."), [0]),
        (("--term", "^予", "-E"), [3]),
        (("--term", "待機児童", "--word"), [2]),
        (("--term", "伺う", "--word"), [3]),
        (("--term", "伺う"), [0]),
        (("--term", "dx"), [0]),
        (("--term", "dx", "-i"), [2]),
    ],
)
def test_how_terms_match(minutes, records, words, times):
    (records / "f.txt").write_text("○会長　ＤＸとDXです。\n○委員　はい。\n○会長　終わります。\n", encoding="utf-8")
    data = as_json(minutes("stats", ".", *words, "--json"))
    assert [term["count"] for term in data["total"]["terms"]] == times


def test_filters_as_in_grep(minutes, records):
    def total(*words):
        told = as_json(minutes("stats", ".", "--json", *words))
        return told["total"]["records"], told["total"]["turns"], told["left_out"]

    assert total("--speaker", "田中") == (5, 5, 0)
    assert total("--role", "議長") == (5, 2, 0)
    assert total("--section", "一般質問") == (5, 2, 0)
    assert total("--affiliation", "市") == (5, 0, 0)
    assert total("--kind", "petition") == (1, 0, 4)
    assert total("--body", "みどり町") == (1, 3, 4)
    assert total("--since", "2024") == (3, 8, 2)
    assert total("--since", "2021", "--until", "令和3年") == (1, 3, 4)


def test_what_the_filters_leave_out_is_said(minutes, records):
    run = minutes("stats", ".", "--until", "2021")
    assert run.err == "minutes: 4 records left out by the filters, 1 of them without a date\n"


def test_records_without_turns_are_said(minutes, records):
    assert minutes("stats", ".", "--by", "year").err == SILENT
    assert as_json(minutes("stats", ".", "--json"))["without_turns"] == {"petition": 1}


def test_the_first_rows_and_the_others(minutes, records):
    run = minutes("stats", ".", "--by", "record", "--top", "2", "--csv")
    assert [(row["record"], row["records"], row["characters"]) for row in as_csv(run)] == [
        ("./a.txt", "1", "49"),
        ("./b.txt", "1", "49"),
        ("3 others", "3", "49"),
    ]
    data = as_json(minutes("stats", ".", "--top", "2", "--json"))
    assert data["others"]["rows"] == 4 and data["others"]["records"] is None
    figures = [*data["rows"], data["others"]]
    assert sum(row["characters"] for row in figures) == data["total"]["characters"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("characters", ["委員", "会長", "議長"]),
        ("turns", ["委員", "会長", "議長"]),
        ("count", ["委員", "会長", "議長"]),
        ("rate", ["委員", "会長", "議長"]),
        ("name", ["会長", "委員", "議長"]),
        ("time", ["委員", "議長", "会長"]),
    ],
)
def test_orders(minutes, records, sort, names):
    run = minutes("stats", ".", "--by", "role", "--term", "予算", "--sort", sort, "--csv")
    assert [row["role"] for row in as_csv(run)] == names


def test_bars(minutes, records):
    run = minutes("stats", ".", "--by", "year", "--term", "予算", "--bars")
    title, *lines = run.out.splitlines()
    assert title == "予算: per 10,000 characters (times in so many)"
    blocks = [sum(char in EIGHTHS for char in line) for line in lines]
    assert blocks[1:3] == [0, 0] and blocks[4] > blocks[0] > blocks[3] > 0
    assert [line.split()[0] for line in lines] == ["2021", "2022", "2023", "2024", "no"]
    assert lines[0].endswith("  571.43  (2 in 35)") and lines[1].endswith("  no records")
    assert {columns(line) for line in lines} == {100}


def test_bars_of_several_terms_have_one_scale(minutes, records):
    out = minutes("stats", ".", "--by", "year", "--term", "予算", "--term", "待機児童", "--term", "内訳", "--bars").out
    parts = [part.splitlines() for part in out.split("\n\n")]
    assert [part[0].partition(":")[0] for part in parts] == ["予算", "待機児童", "内訳"]
    blocks = [max(sum(char in EIGHTHS for char in line) for line in part[1:]) for part in parts]
    # 5 in 14 characters … 2 in 35, 2 in 35, 2 in 98
    assert blocks[0] > blocks[1] > blocks[2] > 0


def test_bars_in_ascii_where_there_are_no_blocks(records):
    for encoding, sign in (("cp932", "#"), ("utf-8", "█")):
        run = alone("stats", ".", "--by", "year", "--bars", encoding=encoding)
        assert sign in run.stdout.decode(encoding)


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_bar_is_as_long_as_its_part(ascii_only):
    for part in (0.0, 0.001, 0.25, 0.5, 0.99, 1.0):
        bar = bar_of(part, 40, ascii_only=ascii_only)
        assert bool(bar) is (part > 0)
        assert bar.isascii() is ascii_only or not bar
        length = sum(char == "#" if ascii_only else (EIGHTHS.index(char) + 1) / 8 for char in bar)
        assert abs(length - 40 * part) <= (0.5 if ascii_only else 0.125)


def test_a_narrow_screen_leaves_out_columns_and_says_so(minutes, records, monkeypatch):
    monkeypatch.setattr(_print, "is_terminal", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    for wide in (40, 60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(wide))
        for words in (
            (),
            ("--term", "予算"),
            ("--term", "予算", "--term", "待機児童"),
            ("--bars",),
            ("--by", "record"),
        ):
            run = minutes("stats", ".", *words)
            assert max(map(columns, run.out.splitlines())) <= wide
            if wide == 120:
                assert "no room" not in run.err
    monkeypatch.setenv("COLUMNS", "40")
    run = minutes("stats", ".", "--by", "record", "--term", "予算")
    assert run.err.startswith("minutes: no room for in records, in turns, records, turns; --csv has everything\n")
    assert [cells[0] for cells in table(run)] == ["./c.txt", "./a.txt", "./b.txt", "./d.txt", "./e.txt", "total"]


def test_several_terms_on_a_narrow_screen_are_lines(minutes, records, monkeypatch):
    monkeypatch.setattr(_print, "is_terminal", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    run = minutes("stats", "c.txt", "--term", "予算", "--term", "待機児童", "--by", "section")
    assert run.out == (
        "section     term      count  per 10,000\n"
        "一般質問    予算          2      689.66\n"
        "            待機児童      2      689.66\n"
        "no section  予算          0        0.00\n"
        "            待機児童      0        0.00\n"
        "total       予算          2      571.43\n"
        "            待機児童      2      571.43\n"
    )


def test_nothing_in_a_record_steers_the_terminal(minutes, folder, monkeypatch):
    text = "第１回あおば町会議録\n○田中\u202e委員　はい。\n〔一般\x1b]0;質問〕\n○議長（山田太郎君）　どうぞ。\n"
    (folder / "x.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(_print, "is_terminal", lambda: True)
    monkeypatch.setattr(stats, "is_terminal", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    for by in ("speaker", "section", "record"):
        for form in ((), ("--bars",), ("--csv",), ("--json",)):
            run = minutes("stats", "x.txt", "--by", by, "--term", "\x1b[31m", *form)
            assert run.code == 0
            assert all(char.isprintable() or char == "\n" for char in run.out)


def test_into_files(minutes, records):
    for name, told in (("f.csv", "--csv"), ("f.json", "--json"), ("f.out", "--bars"), ("g.out", "--top=3")):
        run = minutes("stats", "a.txt", "-o", f"out/{name}", *([told] if name.endswith("out") else []))
        assert (run.code, run.out) == (0, "")
        assert (records / "out" / name).read_text(encoding="utf-8") == minutes("stats", "a.txt", told).out
    other = minutes("stats", "a.txt", "-o", "out/f.xlsx")
    assert other.code == 2 and "name a .txt, .csv or .json file" in other.err
    assert not (records / "out" / "f.xlsx").exists()
    again = minutes("stats", "a.txt", "-o", "out/f.csv")
    assert (again.code, again.err) == (2, "minutes: out/f.csv: exists already; --force overwrites it\n")
    assert minutes("stats", "a.txt", "-o", "out/f.csv", "--force").code == 0
    assert minutes("stats", "a.txt", "-o", "a.txt", "--force").code == 2


def test_a_file_that_cannot_be_read_stops_no_other_and_is_said(minutes, records):
    (records / "bad.txt").write_bytes(b"\x01\x00\x02")
    run = minutes("stats", "a.txt", "bad.txt", "missing.txt", "--json")
    data = json.loads(run.out)
    assert (run.code, data["total"]["records"], data["unread"]) == (2, 1, 2)
    assert "bad.txt: " in run.err and "missing.txt: no such file" in run.err
    assert run.err.endswith("minutes: 2 files or folders could not be read: the figures are without\n")
    none = minutes("stats", "missing.txt", "--json")
    assert (none.code, none.out) == (2, "")


def test_a_file_named_twice_counts_once_and_a_copy_is_said(minutes, folder):
    once = minutes("stats", "a.txt", "./a.txt", ".", "--json")
    assert as_json(once)["total"]["records"] == 2
    assert once.err == "minutes: 2 files named more than once; each is counted once\n"
    (folder / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    copied = minutes("stats", ".", "--by", "year")
    assert copied.err == "minutes: ./copy.txt: the same bytes as ./a.txt, yet counted too\n"


def test_a_pattern_without_end_counts_nothing_of_its_record(minutes, folder, monkeypatch):
    monkeypatch.setattr(_counting, "limited", partial(_counting.limited, seconds=0.2))
    text = f"○議長　開きます。\n○田中委員　{'あ' * 60}い。\n○議長　終わります。\n"
    (folder / "slow.txt").write_text(text, encoding="utf-8")
    run = minutes("stats", "a.txt", "slow.txt", "--term", "(あ+)+う", "--regex", "--json")
    assert (run.code, json.loads(run.out)["total"]["turns"], json.loads(run.out)["unread"]) == (2, 4, 1)
    assert "slow.txt: the pattern takes longer than" in run.err


def test_standard_input(folder):
    run = alone("stats", "--by", "record", "--json", stdin=(folder / "a.txt").read_bytes())
    data = json.loads(run.stdout)
    assert [(row["record"], row["characters"]) for row in data["rows"]] == [("-", 49)]


def test_nothing_to_read(minutes, folder, monkeypatch):
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        run = minutes("stats")
        monkeypatch.undo()
    assert (run.code, run.out) == (2, "")
    assert "no FILE given" in run.err


def test_a_reader_that_goes_away_is_no_fault(folder):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stdout:
        called = [sys.executable, "-c", PROGRAM, "stats", ".", "--json"]
        run = subprocess.run(called, stdout=stdout, stderr=subprocess.PIPE, check=False)
    assert (run.returncode, run.stderr) == (141, b"")


def test_counting_text_loads_no_dictionary(folder):
    program = PROGRAM.replace("sys.exit(", "code = (") + "; print(*sys.modules, file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", program, "stats", ".", "--term", "予算", "--bars"], capture_output=True, check=True
    )
    loaded = {name.partition(".")[0] for name in run.stderr.decode().split()}
    assert "minutes_cli" in loaded
    assert not loaded & {"sudachipy", "sudachidict_core", "rich", "numpy", "pyarrow", "pandas", "jinja2", "xlsxwriter"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--json", "--csv"), "--json and --csv exclude one another; choose one"),
        (("--bars", "--csv"), "--csv and --bars exclude one another; choose one"),
        (("--sort", "rate"), "--sort rate sorts by how often a term is said; give one"),
        (("--sort", "size"), "--sort"),
        (("--by", "colour"), "--by"),
        (("--by", "year", "--top", "3"), "--top takes the highest rows, and these are sorted by time; add --sort"),
        (("--top", "0"), "--top"),
        (("--word",), "--word says how terms are matched; give one"),
        (("--word", "--regex", "--term", "予算"), "--word and --regex exclude one another"),
        (("--term", ""), "--term is empty"),
        (("--term", "予\n算"), "--term holds a line end"),
        (("--term", "(", "--regex"), "'(' is no regular expression"),
        (("--kind", "poem"), "unknown kind 'poem'; known are verbatim"),
        (("--since", "soon"), "--since 'soon' is no date"),
        (("--speaker", "("), "--speaker '(' is no regular expression"),
        (("--encoding", "klingon"), "unknown encoding 'klingon'"),
        (("--convention", "none"), "unknown convention 'none'"),
    ],
)
def test_options_that_make_no_sense(minutes, folder, words, said):
    run = minutes("stats", "a.txt", *words)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert said in run.err
