"""minutes summarize: what a user sees, what lands in files, and what is refused."""

import csv
import io
import json
import re

import jsonschema
import pytest
from openpyxl import load_workbook

from minutes_cli.cli import _print
from minutes_cli.cli._text import columns
from minutes_cli.export.summary import schema
from minutes_cli.ingest import read

RECORD = """令和6年度第1回あおば町子育て会議会議録
令和6年5月10日（金）　午前10時開会
〔議　事〕
○会長（山田太郎君）　ただいまから会議を開きます。初めに、待機児童について質疑を行います。田中委員。
○田中委員　おはようございます。待機児童は昨年より十二人増えました。来年度に保育所を何か所整備するのか伺い
ます。また、通園バスの費用を町で負担していただくよう要望します。
○会長（山田太郎君）　保育課長。
○保育課長（鈴木花子君）　お答えします。来年度は駅の東側に二か所を整備してまいります。
　通園バスの費用の負担は、財源を見ながら検討します。
〔閉　会〕
○会長（山田太郎君）　以上で会議を閉じます。お疲れさまでした。
"""
PETITION = "令和6年8月1日\nあおば町長様\n要望書\n\n1 保育所の整備について\n(1) 整備すること。\n"
TURNS = 5
FORMATS = ["json", "csv", "markdown", "html", "xlsx", "text"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working directory, with the records of two committees in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    (tmp_path / "a.txt").write_text(RECORD, encoding="utf-8")
    second = RECORD.replace("5月10日", "9月20日").replace("田中", "佐藤").replace("子育て会議", "保育審議会")
    (tmp_path / "b.txt").write_text(second, encoding="cp932")
    return tmp_path


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(_print, "is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")


def summary(run):
    """The JSON that a run wrote, checked against its schema."""
    value = json.loads(run.out)
    jsonschema.Draft202012Validator(json.loads(schema())).validate(value)
    return value


def quotes(value):
    """Every quote in a piece of JSON."""
    if isinstance(value, list):
        for one in value:
            yield from quotes(one)
    elif isinstance(value, dict) and "shortened" in value:
        yield value
    elif isinstance(value, dict):
        yield from quotes(list(value.values()))


def headings(value):
    return [group["heading"] for group in value["groups"]]


# --- to read ---------------------------------------------------------------------------------------------


def test_the_page_says_who_said_what_and_where(folder, minutes):
    run = minutes("summarize", "a.txt")
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0] == "令和6年度第1回あおば町子育て会議会議録"
    assert lines[1].startswith(f"a.txt · 2024-05-10 · {TURNS} turns · ")
    assert any(re.match(r"田中 +委員 +1 +\d+ +\d+\.\d %", line) for line in lines)
    assert "来年度に保育所を何か所整備するのか伺います。" in run.out
    assert re.search(r"通園バスの費用を町で負担していただくよう要望します。\s+line 6, request", run.out)
    assert "\x1b" not in run.out
    assert max(map(columns, lines)) <= _print.PLAIN_WIDTH


def test_of_several_records_every_place_names_its_own(folder, minutes):
    out = minutes("summarize", "a.txt", "b.txt").out
    assert out.startswith("2 records\n")
    assert re.search(r"  [ab]\.txt:\d+", out)
    assert not re.search(r"  line \d+", out)
    assert re.search(r"records +a\.txt, b\.txt", out)


def test_by_section_every_quote_says_who_speaks(folder, minutes):
    out = minutes("summarize", "--by", "section", "a.txt").out
    assert re.search(r"要望します。\s+(田中委員, )?line 6", out)


def test_a_slip_that_was_corrected_is_shown_with_its_reading(folder, minutes):
    (folder / "a.txt").write_text(
        RECORD.replace("待機児童は", "ICTの活用と1CTの推進が進み、待機児童は"), encoding="utf-8"
    )
    changed = [q for q in quotes(summary(minutes("summarize", "--json", "--fix", "all", "a.txt"))) if q["original"]]
    assert changed
    assert "〔1→I〕CT" in minutes("summarize", "--fix", "all", "a.txt").out
    assert "→" not in minutes("summarize", "--fix", "none", "a.txt").out


@pytest.mark.parametrize("size", [40, 60, 80, 120])
@pytest.mark.parametrize("by", ["speaker", "section", "exchange"])
def test_it_fits_a_terminal(folder, minutes, terminal, monkeypatch, size, by):
    (folder / ("長い名前の" * 9)).mkdir()
    (folder / ("長い名前の" * 9) / "a.txt").write_text(RECORD, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", str(size))
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = minutes("summarize", "--by", by, ".").out
    assert "\x1b[" in out
    shown = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert max(map(columns, shown.splitlines())) <= size
    joined = "".join(line.strip() for line in shown.splitlines())
    assert "来年度に保育所を何か所整備するのか伺います。" in joined


def test_no_color(folder, minutes, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in minutes("summarize", "a.txt").out


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown", "html"])
def test_a_record_cannot_steer_the_terminal(folder, minutes, terminal, monkeypatch, form):
    monkeypatch.setenv("NO_COLOR", "1")
    evil = "\x1b]0;x\x07\x9b2J\u202e"
    (folder / "a.txt").write_text(RECORD.replace("要望します", f"要望{evil}します"), encoding="utf-8")
    out = minutes("summarize", "--fix", "none", "--format", form, "a.txt").out
    assert not set(evil) - set("]0;x2J") & set(out)
    if form == "json":
        assert any("\u202e" in quote["text"] for quote in quotes(json.loads(out)))


# --- what is in it ---------------------------------------------------------------------------------------


def test_json(folder, minutes):
    run = minutes("summarize", "--json", "a.txt", "b.txt")
    assert (run.code, run.err, run.out.count("\n")) == (0, "", 1)
    value = summary(run)
    assert (value["by"], value["turns"]) == ("speaker", 2 * TURNS)
    assert [(r["path"], r["date"]) for r in value["records"]] == [("a.txt", "2024-05-10"), ("b.txt", "2024-09-20")]
    assert {group["speaker"]["name"] for group in value["groups"]} >= {"山田太郎", "田中", "佐藤", "鈴木花子"}
    assert sum(group["turns"] for group in value["groups"]) == value["turns"]
    assert sum(group["characters"] for group in value["groups"]) == value["characters"]
    assert sum(group["share"] for group in value["groups"]) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("by", ["speaker", "role", "affiliation", "section", "record", "exchange"])
def test_every_quote_stands_where_it_says(folder, minutes, by):
    found = list(quotes(summary(minutes("summarize", "--json", "--by", by, "a.txt", "b.txt"))))
    assert found
    for quote in found:
        source = read(quote["path"])
        words = quote["text"].strip("…") if quote["shortened"] else quote["text"]
        assert words == "".join(source.text[start:end] for start, end in quote["spans"])
        assert list(source.place(quote["span"][0])) == [quote["line"], quote["column"]]
        assert quote["label"] in source.text


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ("role", {"会長", "委員", "保育課長"}),
        ("section", {"議　事", "閉　会"}),
        ("record", {"a.txt"}),
        ("exchange", set()),
    ],
)
def test_by(folder, minutes, by, wanted):
    value = summary(minutes("summarize", "--json", "--by", by, "a.txt"))
    assert value["by"] == by
    if by == "record":
        assert len(value["groups"]) == 1
    else:
        assert {tight(heading) for heading in headings(value)} >= {tight(heading) for heading in wanted}
    assert all(group["speaker"] is None for group in value["groups"])
    assert bool(value["exchanges"]) == (by == "exchange")


def tight(text):
    return "".join(text.split()).strip("〔〕")


def test_by_exchange_prints_question_answer_and_answerer(folder, minutes):
    asked = summary(minutes("summarize", "--json", "--by", "exchange", "a.txt"))["exchanges"][0]
    assert (asked["speaker"]["name"], asked["answers"][0]["speaker"]["name"]) == ("田中", "鈴木花子")
    out = minutes("summarize", "--by", "exchange", "a.txt").out
    question, answer = out.index("何か所整備するのか伺います。"), out.index("二か所を整備してまいります。")
    assert out.index("田中委員 asks") < question < out.index("鈴木花子君） answers") < answer


def test_csv_adds_up(folder, minutes):
    run = minutes("summarize", "--csv", "a.txt", "b.txt")
    rows = list(csv.DictReader(io.StringIO(run.out, newline="")))
    assert sum(int(row["turns"]) for row in rows) == 2 * TURNS
    tanaka = next(row for row in rows if row["speaker_name"] == "田中")
    assert (tanaka["by"], tanaka["speaker_role"], tanaka["requests_count"]) == ("speaker", "委員", "1")
    assert tanaka["requests"] == "a.txt:6: また、通園バスの費用を町で負担していただくよう要望します。"


def test_csv_by_exchange_has_a_row_per_answer(folder, minutes):
    run = minutes("summarize", "--csv", "--by", "exchange", "a.txt")
    first = next(csv.DictReader(io.StringIO(run.out, newline="")))
    assert (first["asker_name"], first["answerer_name"], first["answer_number"]) == ("田中", "鈴木花子", "1")


# --- narrowing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--speaker", "田中"], {"田中"}),
        (["--role", "課長"], {"鈴木花子"}),
        (["--section", "閉"], {"山田太郎"}),
        (["--since", "2024-09"], {"山田太郎", "佐藤", "鈴木花子"}),
        (["--until", "令和6年5月"], {"山田太郎", "田中", "鈴木花子"}),
        (["--speaker", "佐藤|田中"], {"田中", "佐藤"}),
        (["--body", "審議会", "--speaker", "佐藤|田中"], {"佐藤"}),
    ],
)
def test_narrowing_is_that_of_grep(folder, minutes, options, names):
    value = summary(minutes("summarize", "--json", *options, "a.txt", "b.txt"))
    assert {group["speaker"]["name"] for group in value["groups"]} == names
    found = minutes("grep", "--json", *options, ".", "a.txt", "b.txt").out.splitlines()
    turns = {(hit["path"], hit["turn"]) for hit in map(json.loads, found) if hit["kind"] == "speech"}
    assert sum(group["turns"] for group in value["groups"]) == len(turns)


def test_records_that_are_not_asked_for_are_not_in_it(folder, minutes):
    assert [r["path"] for r in summary(minutes("summarize", "--json", "--since", "2024-09", "."))["records"]] == [
        "./b.txt"
    ]


def test_the_options_are_named_as_in_grep(minutes):
    text = minutes("summarize", "--help").out
    for flag in ("--speaker", "--role", "--affiliation", "--section", "--body", "--since", "--until"):
        told = re.search(rf"{flag} [A-Z]+ +(.+)", text)[1]
        assert told in minutes("grep", "--help").out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--speaker", "山本"], "no turn passes --speaker 山本; minutes parse FILE shows who speaks"),
        (["--speaker", "山本", "--by", "exchange"], "no exchange passes --speaker 山本; minutes parse FILE shows"),
        (["--since", "2030", "--role", "委員"], "no record passes --since 2030; minutes parse shows date and body"),
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_nothing_left_is_said_and_no_fault(folder, minutes, options, words, form):
    run = minutes("summarize", *options, "--format", form, "-o", "out", ".")
    assert (run.code, run.out) == (0, "")
    assert words in run.err
    assert run.err.count("\n") == 1
    assert (folder / "out").exists()


def test_a_record_without_questions(folder, minutes):
    (folder / "a.txt").write_text(RECORD[: RECORD.index("○田中")], encoding="utf-8")
    run = minutes("summarize", "--by", "exchange", "a.txt")
    assert (run.code, run.err) == (0, "minutes: no questions found; --by speaker shows what is said\n")


# --- length ----------------------------------------------------------------------------------------------


def test_n(folder, minutes):
    for n in (0, 1, 2):
        groups = summary(minutes("summarize", "--json", "-n", n, "a.txt"))["groups"]
        assert max(len(group["sentences"]) for group in groups) == n


@pytest.mark.parametrize("option", [("--chars", "{}"), ("--ratio", "0.{}")])
def test_chars_and_ratio(folder, minutes, option):
    sizes = []
    for number in (20, 40, 80):
        groups = summary(minutes("summarize", "--json", option[0], option[1].format(number), "a.txt"))["groups"]
        tanaka = next(group for group in groups if group["speaker"]["name"] == "田中")
        sizes.append(sum(len(quote["text"]) for quote in tanaka["sentences"]))
    assert 0 < sizes[0] < sizes[1] < sizes[2] < tanaka["characters"]


# --- files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("s.json", b'{"format":"minutes-summary/1"'),
        ("s.csv", b"by,heading,"),
        ("s.md", b"# Summary by speaker"),
        ("s.markdown", b"# Summary by speaker"),
        ("s.html", b"<!DOCTYPE html>"),
        ("s.HTM", b"<!DOCTYPE html>"),
        ("s.xlsx", b"PK"),
        ("s.txt", "令和6年度第1回".encode()),
    ],
)
def test_the_ending_of_the_file_tells_the_format(folder, minutes, name, begins):
    run = minutes("summarize", "a.txt", "-o", f"new/{name}")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert (folder / "new" / name).read_bytes().startswith(begins)


def test_the_option_goes_before_the_ending(folder, minutes):
    minutes("summarize", "a.txt", "--csv", "-o", "s.txt")
    assert (folder / "s.txt").read_bytes().startswith(b"by,heading,")


@pytest.mark.parametrize("form", FORMATS)
def test_a_pipe_gets_what_a_file_gets(folder, minutes, capfdbinary, form):
    assert minutes("summarize", "a.txt", "--format", form, "-o", "out").code == 0
    from minutes_cli.cli.main import main

    assert main(["summarize", "a.txt", "--format", form]) == 0
    assert capfdbinary.readouterr().out == (folder / "out").read_bytes()


def test_xlsx(folder, minutes):
    minutes("summarize", "a.txt", "-o", "s.xlsx")
    rows = list(load_workbook("s.xlsx")["requests and commitments"].iter_rows(values_only=True))
    assert "また、通園バスの費用を町で負担していただくよう要望します。" in [row[6] for row in rows]


def test_pretty(folder, minutes, terminal, monkeypatch):
    assert minutes("summarize", "--json", "a.txt").out.startswith('{\n  "format"')  # on a terminal
    monkeypatch.undo()
    assert minutes("summarize", "--json", "--pretty", folder / "a.txt").out.startswith('{\n  "format"')


def test_standard_input(folder, minutes, monkeypatch):
    with (folder / "b.txt").open("rb") as stdin:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stdin))
        value = summary(minutes("summarize", "--json", "-", "--encoding", "cp932"))
    assert [r["path"] for r in value["records"]] == ["-"]


def test_kind_and_convention_are_those_of_parse(folder, minutes):
    told = minutes("summarize", "--json", "--convention", "colon-label", "a.txt")
    assert summary(told)["turns"] == 0
    assert minutes("summarize", "--kind", "petition", "a.txt").err.startswith("minutes: nobody is known to speak")


# --- what is refused, and what is only said --------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--json", "--csv"], "--json and --csv exclude one another; choose one"),
        (["--json", "--format", "csv"], "--json and --format csv exclude one another; choose one"),
        (["--format", "pdf"], "unknown format 'pdf'; choose with --format one of text, json, csv"),
        (["-n", "3", "--chars", "100"], "-n and --chars exclude one another; choose one"),
        (["-n", "3", "--chars", "100", "--ratio", "0.1"], "-n and --chars and --ratio exclude"),
        (["--ratio", "0"], "--ratio 0 is no part of a whole; give one from 0 to 1, such as 0.1 for a tenth"),
        (["--ratio", "10"], "--ratio 10 is no part of a whole"),
        (["--ratio", "nan"], "--ratio nan is no part of a whole"),
        (["--chars", "0"], "--chars"),
        (["-n", "-1"], "-n"),
        (["-n", "3", "--by", "exchange"], "--by exchange has none"),
        (["--by", "party"], "'party' is not one of"),
        (["--pretty"], "--pretty indents JSON; give --json, too"),
        (["--pretty", "--csv"], "--pretty indents JSON"),
        (["-o", "s.doc"], "s.doc: its ending tells no format; give --format or one of .txt .json .csv"),
        (["-o", "s"], "s: its ending tells no format"),
        (["-o", "new/"], "new/: a folder, and a summary is one file; name it, such as new/summary.json"),
        (["-o", ".", "--json"], ".: a folder"),
        (["-o", "a.txt"], "a.txt: is one of the records to read"),
        (["-o", "b.txt"], "b.txt: exists already; --force overwrites it"),
        (["--speaker", "["], "--speaker '[' is no regular expression"),
        (["--since", "yesterday"], "--since 'yesterday' is no date"),
        (["--encoding", "klingon"], "klingon"),
        (["--convention", "none"], "unknown convention 'none'"),
    ],
)
def test_what_does_not_fit_together_is_refused(folder, minutes, words, says):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    run = minutes("summarize", "a.txt", *words)
    assert (run.code, run.out) == (2, "")
    assert says in run.err
    assert run.err.count("\n") == 1
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_force(folder, minutes):
    assert minutes("summarize", "a.txt", "-o", "b.txt", "--force").code == 0
    assert (folder / "b.txt").read_text(encoding="utf-8").startswith("令和6年度第1回")


def test_xlsx_is_not_for_a_screen(folder, minutes, terminal):
    run = minutes("summarize", "a.txt", "--format", "xlsx")
    assert (run.code, run.out) == (2, "")
    assert "xlsx is nothing to read on a screen; name a file: -o summary.xlsx" in run.err


def test_xlsx_needs_its_package(folder, minutes, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    run = minutes("summarize", "none.txt", "-o", "s.xlsx")  # said before anything is read
    assert (run.code, run.err.count("\n")) == (2, 1)
    assert "pip install '.[xlsx]'" in run.err


def test_a_bad_file_does_not_stop_the_others(folder, minutes):
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    run = minutes("summarize", "--json", "a.txt", "bad.txt", "none.txt")
    assert run.code == 2
    assert "bad.txt: " in run.err
    assert "none.txt: no such file" in run.err
    assert [r["path"] for r in summary(run)["records"]] == ["a.txt"]


def test_nothing_is_written_where_nothing_could_be_read(folder, minutes):
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    run = minutes("summarize", "bad.txt", "-o", "s.json")
    assert (run.code, run.out) == (2, "")
    assert not (folder / "s.json").exists()


def test_records_in_which_nobody_speaks_are_named_in_one_line(folder, minutes):
    for number in range(7):
        (folder / f"p{number}.txt").write_text(PETITION, encoding="utf-8")
    run = minutes("summarize", "--json", ".")
    assert run.code == 0
    assert run.err == (
        "minutes: nobody is known to speak in ./p0.txt (petition), ./p1.txt (petition), ./p2.txt (petition), "
        "./p3.txt (petition), ./p4.txt (petition) and 2 more; minutes parse shows what is in there\n"
    )
    value = summary(run)
    assert [r["turns"] for r in value["records"]] == [TURNS, TURNS, *([0] * 7)]


def test_a_record_in_which_nobody_speaks(folder, minutes):
    (folder / "p.txt").write_text(PETITION, encoding="utf-8")
    run = minutes("summarize", "p.txt")
    assert run.code == 0
    assert run.err == "minutes: nobody is known to speak in p.txt (petition); minutes parse shows what is in there\n"
    assert "0 turns" in run.out


def test_help_has_an_example(minutes):
    assert "Example: minutes summarize" in minutes("summarize", "--help").out
