"""minutes parse, export, schema, conventions: what a user sees and what lands in files."""

import io
import json
import re
import sys
from importlib import import_module

import jsonschema
import pytest

from minutes_cli import __version__
from minutes_cli.cli import _overview, _print
from minutes_cli.cli._text import columns, cut, cut_front, pad, visible, wrap
from minutes_cli.parse.conventions import CONVENTIONS

from .conftest import RECORD

TURNS = 4
FIELDS = ["format", "generator", "source", "kind", "layout", "meeting", "speakers", "sections", "turns"]
FIELDS += ["items", "attendance", "events", "edits", "findings"]


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(import_module("minutes_cli.export.schema").schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_overview(folder, minutes):
    run = minutes("parse", "a.txt")
    assert (run.code, run.err) == (0, "")
    assert "a.txt (utf-8, " in run.out
    assert "circle-label" in run.out
    assert f"turns ({TURNS})" in run.out
    assert any("予算の内訳を伺います。" in line and "田中" in line for line in run.out.splitlines())
    assert "\x1b" not in run.out
    assert max(map(columns, run.out.splitlines())) <= _print.PLAIN_WIDTH


def test_no_turns(folder, minutes):
    run = minutes("parse", "--no-turns", "a.txt")
    assert "予算の内訳" not in run.out
    assert "speakers (2)" in run.out


def test_several_records_get_one_line_each(folder, minutes):
    run = minutes("parse", "a.txt", "b.txt")
    assert run.out.splitlines() == [
        "kind      score   turns  speakers  date        file   title",
        "verbatim  0.67        4         2  2024-05-10  a.txt  令和6年度第1回あおば町子育て会議会議録",
        "verbatim  0.67        4         2  2024-05-10  b.txt  令和6年度第2回あおば町子育て会議会議録",
    ]
    assert run.err == "minutes: 2 records; minutes parse FILE shows one in full, --turns all of them\n"


@pytest.mark.parametrize(("option", "listed"), [("--turns", 2), ("--no-turns", 0), ("--explain", 2)])
def test_several_records_in_full(folder, minutes, option, listed):
    run = minutes("parse", option, "a.txt", "b.txt")
    assert (run.out.count("speakers (2)"), run.out.count(f"turns ({TURNS})")) == (2, listed)
    assert run.err == ""


def test_a_record_without_speakers_in_the_table(folder, minutes):
    (folder / "b.txt").write_text("ただの文章です。\n", encoding="utf-8")
    assert minutes("parse", ".").out.splitlines()[2].split() == ["unknown", "–", "0", "0", "–", "./b.txt"]


def test_a_doubtful_score_in_the_table(folder, minutes):
    (folder / "b.txt").write_text("○山田委員　はい、そうです。\n", encoding="utf-8")
    assert minutes("parse", "--convention", "circle-label", ".").out.splitlines()[2].split()[1].endswith("?")


def test_one_and_many(folder, minutes):
    (folder / "a.txt").write_text("出席者\n　議長　氷室孝志\n" + RECORD, encoding="utf-8")
    run = minutes("parse", "--explain", "a.txt")
    assert "1 person\n" in run.out
    assert not re.search(r"[^0-9]1 (?:labels|people)", run.out)


def test_two_people_of_one_name_are_told_apart(folder, minutes):
    label = "○会長（山田太郎君）　"
    talk = f"{label}開きます。\n○吉良（元）委員　はい。\n○吉良（真）委員　はい。\n{label}終わります。\n"
    (folder / "a.txt").write_text(talk, encoding="utf-8")
    run = minutes("parse", "a.txt")
    assert run.out.count("吉良（元）委員") == run.out.count("吉良（真）委員") == 2


@pytest.mark.parametrize(
    ("number", "heading", "shown"),
    [
        (None, "開会", "開会"),
        ("1", "開会", "1 開会"),
        ("１", "日程第１ 会期の決定", "日程第１ 会期の決定"),
        ("12", "議案第12号 予算", "議案第12号 予算"),
        ("1", "議案第12号 予算", "1 議案第12号 予算"),
        ("３", "令和３年度予算", "３ 令和３年度予算"),
        ("三", "三 係船料", "三 係船料"),
    ],
)
def test_the_number_of_a_heading_is_shown_once(number, heading, shown):
    assert _overview._numbered(number, heading) == shown


def test_explain(folder, minutes):
    run = minutes("parse", "--explain", "a.txt")
    assert "layout: each convention with its score" in run.out
    assert any(line.startswith("* circle-label") for line in run.out.splitlines())
    assert "lines: what each was taken for" in run.out


def test_explain_shows_each_stretch_on_its_own(folder, minutes):
    run = minutes("parse", "--explain", "--no-turns", "a.txt")
    assert sum("予算の内訳" in line for line in run.out.splitlines()) == 1


def test_json_of_one_record(folder, minutes, validator):
    run = minutes("parse", "--json", "a.txt")
    assert run.code == 0
    assert run.out.count("\n") == 1
    assert "予算の内訳" in run.out, "Japanese is not escaped"
    document = json.loads(run.out)
    validator.validate(document)
    assert list(document) == FIELDS
    assert document["generator"] == {"name": "minutes-cli", "version": __version__, "tokenizer": None}
    assert document["source"]["characters"] == len(RECORD)
    assert len(document["turns"]) == TURNS
    start, end = document["turns"][1]["span"]
    assert "予算の内訳" in RECORD[start:end]


def test_json_of_several_is_one_object_per_line(folder, minutes, validator):
    run = minutes("parse", "--json", "a.txt", "b.txt")
    documents = [json.loads(line) for line in run.out.splitlines()]
    assert [d["source"]["encoding"] for d in documents] == ["utf-8", "cp932"]
    for document in documents:
        validator.validate(document)


def test_pretty(folder, minutes):
    run = minutes("parse", "--json", "--pretty", "a.txt")
    assert run.out.count("\n") > 50
    assert json.loads(run.out)["format"] == "minutes/1"


def test_a_folder_and_a_pattern(folder, minutes):
    assert minutes("parse", "--json", ".").out.count("\n") == 2
    assert minutes("parse", "--json", "*.txt").out.count("\n") == 2


def test_standard_input(folder, minutes, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RECORD.encode("cp932"))))
    run = minutes("parse", "--json", "-")
    assert json.loads(run.out)["source"] | {"sha256": ""} == {
        "path": "-",
        "sha256": "",
        "media_type": "text/plain",
        "encoding": "cp932",
        "characters": len(RECORD),
        "pages": None,
        "page_starts": [],
        "line_starts": [0, *(at + 1 for at, character in enumerate(RECORD[:-1]) if character == "\n")],
        "anchors": [],
    }


def test_piped_input_needs_no_dash(folder, minutes, monkeypatch):
    with open("a.txt", encoding="utf-8") as piped:
        monkeypatch.setattr(sys, "stdin", piped)
        assert f"turns ({TURNS})" in minutes("parse").out


def test_kind_convention_and_encoding_can_be_fixed(folder, minutes):
    run = minutes("parse", "--json", "--kind", "summary", "--convention", "circle-label", "--encoding", "sjis", "b.txt")
    document = json.loads(run.out)
    assert document["kind"] == "summary"
    assert document["layout"]["convention"] == "circle-label"
    assert document["source"]["encoding"] == "cp932"


# --- -o --------------------------------------------------------------------------------------------------


def test_output_file(folder, minutes):
    assert minutes("parse", "a.txt", "-o", "new/a.json").out == ""
    assert len(json.loads((folder / "new/a.json").read_bytes())["turns"]) == TURNS
    assert [p.name for p in (folder / "new").iterdir()] == ["a.json"]


@pytest.mark.parametrize("out", ["out/", "out"])
def test_output_folder(folder, minutes, out):
    (folder / "sub").mkdir()
    (folder / "sub/a.txt").write_text(RECORD, encoding="utf-8")
    (folder / "a.md").write_text(RECORD, encoding="utf-8")
    assert minutes("parse", ".", "-o", out).code == 0
    written = sorted(p.relative_to(folder / "out").as_posix() for p in (folder / "out").rglob("*.json"))
    assert written == ["a.md.json", "a.txt.json", "b.json", "sub/a.json"]


def test_one_record_into_a_folder(folder, minutes):
    minutes("parse", "a.txt", "-o", "out/")
    assert (folder / "out/a.json").exists()


def test_several_into_one_jsonl(folder, minutes):
    minutes("parse", "a.txt", "b.txt", "-o", "all.jsonl")
    assert (folder / "all.jsonl").read_bytes().count(b"\n") == 2


def test_output_is_overwritten_only_when_forced(folder, minutes):
    (folder / "a.json").write_text("mine")
    run = minutes("parse", "a.txt", "-o", "a.json")
    assert (run.code, run.err) == (2, "minutes: a.json: exists already; --force overwrites it\n")
    assert (folder / "a.json").read_text() == "mine"
    assert minutes("parse", "a.txt", "-o", "a.json", "--force").code == 0
    assert json.loads((folder / "a.json").read_bytes())["format"] == "minutes/1"


def test_an_input_is_never_overwritten(folder, minutes):
    (folder / "link.txt").symlink_to("a.txt")
    for out in ("a.txt", "./a.txt", "link.txt"):
        run = minutes("parse", "a.txt", "-o", out, "--force")
        assert run.code == 2
        assert "is one of the records to read" in run.err
    assert (folder / "a.txt").read_text(encoding="utf-8") == RECORD


def test_a_bad_record_leaves_no_output_file(folder, minutes):
    (folder / "bad.txt").write_bytes(b"\x00")
    assert minutes("parse", "bad.txt", "-o", "bad.json").code == 2
    assert not (folder / "bad.json").exists()
    assert not list(folder.glob(".minutes*"))


# --- the other commands ----------------------------------------------------------------------------------


def test_export_json_is_parse_json(folder, minutes):
    assert minutes("export", "a.txt", "--to", "json").out == minutes("parse", "--json", "a.txt").out


def test_export_jsonl(folder, minutes):
    run = minutes("export", "a.txt", "b.txt", "--to", "jsonl", "-o", "turns.jsonl")
    rows = [json.loads(line) for line in (folder / "turns.jsonl").read_text(encoding="utf-8").splitlines()]
    assert run.code == 0
    assert len(rows) == 2 * TURNS
    assert list(rows[0])[:8] == ["path", "meeting", "date", "heading", "name", "role", "title", "affiliation"]
    assert rows[1]["date"] == "2024-05-10"
    assert rows[1]["text"] == "予算の内訳を伺います。"


def test_export_says_when_there_is_nothing_to_write(folder, minutes):
    (folder / "plain.txt").write_text("ただの文章です。\n", encoding="utf-8")
    run = minutes("export", "plain.txt", "--to", "jsonl")
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith("minutes: plain.txt: no turns in it")


def test_schema(minutes):
    assert json.loads(minutes("schema").out)["title"] == "minutes/1"


def test_conventions_are_not_cut_in_a_pipe(minutes):
    rows = minutes("conventions").out.splitlines()[1:]
    assert [(row.split()[0], row.endswith(c.about)) for row, c in zip(rows, CONVENTIONS, strict=True)] == [
        (c.name, True) for c in CONVENTIONS
    ]


@pytest.mark.parametrize("words", [("--version",), ("--debug", "--version"), ("--version", "--debug")])
def test_version(minutes, words):
    run = minutes(*words)
    assert (run.code, run.out) == (0, f"minutes {__version__}\n")


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help(minutes, words):
    run = minutes(*words)
    assert run.code == 0
    assert "Example: minutes parse record.txt" in run.out


@pytest.mark.parametrize("command", ["parse", "export", "conventions", "schema"])
def test_each_command_has_help_with_an_example(minutes, command):
    assert "Example: minutes" in minutes(command, "--help").out


# --- the screen ------------------------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(_print, "is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")


def test_a_narrow_terminal_gets_colour_and_short_lines(folder, minutes, terminal):
    run = minutes("parse", "a.txt")
    assert "\x1b[" in run.out
    shown = re.sub(r"\x1b\[[0-9;]*m", "", run.out)
    assert max(map(columns, shown.splitlines())) <= 60


@pytest.mark.parametrize("words", [("parse", "."), ("conventions",), ("export", "--list")])
@pytest.mark.parametrize("size", [40, 60, 80, 120])
def test_tables_fit_a_terminal(folder, minutes, terminal, monkeypatch, words, size):
    (folder / ("長い名前の" * 9)).mkdir()
    (folder / ("長い名前の" * 9) / "a.txt").write_text(RECORD, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", str(size))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", minutes(*words).out)
    assert max(map(columns, shown.splitlines())) <= size


def test_conventions_on_a_narrow_terminal_lose_no_word(minutes, terminal):
    shown = re.sub(r"\x1b\[[0-9;]*m", "", minutes("conventions").out)
    assert "…\n" not in shown
    assert all(word in shown for c in CONVENTIONS for word in c.about.split())


def test_no_color(folder, minutes, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in minutes("parse", "a.txt").out


def test_a_record_cannot_steer_the_terminal(folder, minutes):
    text = RECORD.replace("予算の", "\x1b[2J\x07\u202e予算の").replace("田中委員", "田中\x9b31m委員")
    (folder / "evil\x1b[2J.txt").write_text(text, encoding="utf-8")
    run = minutes("parse", "--explain", "evil\x1b[2J.txt")
    assert run.code == 0
    assert not set(run.out) & set("\x1b\x07\x9b\u202e")
    assert "␛[2J" in run.out


def test_a_file_name_that_is_no_utf_8(folder, minutes):
    name = b"\x83\x41.txt".decode("utf-8", "surrogateescape")
    (folder / "a.txt").rename(folder / name)
    assert json.loads(minutes("parse", "--json", name).out)["source"]["path"] == "\\udc83A.txt"
    assert "\\udc83A.txt" in minutes("parse", name).out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\r\nc", "a b  c"),
        ("\x00\x1b\x7f", "␀␛␡"),
        ("\x9b\u202e\u2066\ufeff", "\\x9b\\u202e\\u2066\\ufeff"),
        ("平林　浩一", "平林　浩一"),
    ],
)
def test_visible(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("会議録", 6, "会議録"),
        ("会議録", 5, "会議…"),
        ("会議録", 4, "会…"),
        ("ｶｲｷﾞ", 4, "ｶｲｷﾞ"),
        ("か\u3099き", 4, "か\u3099き"),
        ("abc", 2, "a…"),
    ],
)
def test_cut(text, width, shown):
    assert cut(text, width) == shown
    assert columns(pad(text, width)) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("records/a.txt", 20, "records/a.txt"),
        ("records/a.txt", 6, "…a.txt"),
        ("会議録/会議", 5, "…会議"),
        ("会議", 1, "…"),
    ],
)
def test_cut_front(text, width, shown):
    assert cut_front(text, width) == shown


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("", 10, [""]),
        ("one two three", 8, ["one two", "three"]),
        ("onetwothree", 8, ["onetwoth", "ree"]),
        ("会議の記録です", 8, ["会議の記", "録です"]),
        ("会議 records", 9, ["会議", "records"]),
        ("a.txt (utf-8, 1 character)", 20, ["a.txt (utf-8, 1", "character)"]),
    ],
)
def test_wrap(text, width, shown):
    assert list(wrap(text, width)) == shown
