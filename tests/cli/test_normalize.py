"""minutes normalize, and --fix of parse and export: what a user sees, what lands in files, and that it can be undone.

The methods are made up here, so that these tests hold whatever the real ones find.
"""

import codecs
import io
import json
import re
import shutil
import subprocess
import sys
from typing import get_args

import pytest

import minutes_cli.normalize
from minutes_cli.cli import _output, _print, _review
from minutes_cli.cli._diff import unified
from minutes_cli.cli._reading import FixChoice
from minutes_cli.cli._text import columns
from minutes_cli.edits import settle, view
from minutes_cli.errors import OutputError
from minutes_cli.ingest.text import decode, from_text
from minutes_cli.model import Correction, Edit, Safety, Span
from minutes_cli.normalize import Fix, Normalized, phrases
from minutes_cli.normalize.methods import Method

RECORD = """令和6年度第1回あおば町会議録
令和6年5月10日（金）　午前10時開会
○会長（山田太郎君）　肖治体の件です。ほげです。
○田中委員　ぴよと思います。ほげか。
○会長（山田太郎君）　以上です。
"""
CLEAN = RECORD.replace("肖治体", "自治体")
MADE_UP = {
    "made-up-safe": ("肖治体", "自治体", Safety.SAFE, 0.99),
    "made-up-ask": ("ほげ", "ふが", Safety.ASK, 0.8),
    "made-up-show": ("ぴよ", "ぽよ", Safety.SHOW, 0.4),
}
OWN_RULE = """- id: own-ijou
  reason: made up
  pattern: 以上
  replacement: 以下
  safety: safe
  examples: {change: [[以上, 以下]], keep: [以下]}
"""


def find(text, settings):
    for rule, (before, after, safety, confidence) in MADE_UP.items():
        for match in re.finditer(before, text):
            yield Correction(match.start(), match.end(), after, rule, safety, confidence, f"{after} is meant")


@pytest.fixture(autouse=True)
def made_up(monkeypatch):
    methods = (
        Method(tuple(MADE_UP), "words that nobody says", find),
        Method(("*",), "phrase rules", phrases.find),
    )
    monkeypatch.setattr(minutes_cli.normalize, "METHODS", methods)


@pytest.fixture
def slips(folder):
    """The working directory with one record that has slips, and one in CP932 with Windows line ends."""
    (folder / "a.txt").write_text(RECORD, encoding="utf-8")
    (folder / "b.txt").write_bytes(RECORD.replace("\n", "\r\n").encode("cp932"))
    return folder


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(_print, "is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")


# --- the text --------------------------------------------------------------------------------------------


def test_the_corrected_text_comes_out(slips, minutes):
    run = minutes("normalize", "a.txt")
    assert (run.code, run.out, run.err) == (0, CLEAN, "")


def test_line_ends_stay_and_standard_output_is_utf_8(slips, minutes):
    assert minutes("normalize", "b.txt").out == CLEAN.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("fix", "safe", "ask"), [("safe", "自治体", "ほげ"), ("all", "自治体", "ふが"), ("none", "肖治体", "ほげ")]
)
def test_fix(slips, minutes, fix, safe, ask):
    out = minutes("normalize", "--fix", fix, "a.txt").out
    assert (safe in out, ask in out, "ぴよ" in out) == (True, True, True)


def test_the_values_of_fix_are_those_of_the_library():
    assert set(get_args(FixChoice)) == set(Fix)


@pytest.mark.parametrize(
    ("words", "corrected"),
    [
        (("--ignore", "made-up-safe"), {"ほげ"}),
        (("--ignore", "made-*"), set()),
        (("--select", "made-up-ask"), {"ほげ"}),
        (("--select", "made-up-a*", "--select", "*-safe"), {"ほげ", "肖治体"}),
        (("--select", "made-*", "--ignore", "*-ask"), {"肖治体"}),
    ],
)
def test_select_and_ignore(slips, minutes, words, corrected):
    out = minutes("normalize", "--fix", "all", "a.txt", *words).out
    assert {word for word in ("肖治体", "ほげ") if word not in out} == corrected


def test_own_rules(slips, minutes):
    (slips / "own.yaml").write_text(OWN_RULE, encoding="utf-8")
    assert minutes("normalize", "--rules", "own.yaml", "a.txt").out == CLEAN.replace("以上", "以下")
    run = minutes("normalize", "--rules", "own.yaml", "--ignore", "own-ijou", "a.txt")
    assert run.out == CLEAN


def test_standard_input(slips, minutes, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RECORD.encode("cp932"))))
    assert minutes("normalize", "-").out == CLEAN
    with open("a.txt", encoding="utf-8") as piped:
        monkeypatch.setattr(sys, "stdin", piped)
        assert minutes("normalize").out == CLEAN


def test_several_records_follow_one_another(slips, minutes):
    assert minutes("normalize", ".").out == CLEAN + CLEAN.replace("\n", "\r\n")


# --- diff, JSON, table -----------------------------------------------------------------------------------


def test_diff(slips, minutes):
    assert minutes("normalize", "--diff", "--fix", "all", "a.txt").out.splitlines() == [
        "--- a/a.txt",
        "+++ b/a.txt",
        "@@ -1,5 +1,5 @@",
        " 令和6年度第1回あおば町会議録",
        " 令和6年5月10日（金）　午前10時開会",
        "-○会長（山田太郎君）　肖治体の件です。ほげです。",
        "+○会長（山田太郎君）　自治体の件です。ふがです。",
        "-○田中委員　ぴよと思います。ほげか。",
        "+○田中委員　ぴよと思います。ふがか。",
        " ○会長（山田太郎君）　以上です。",
    ]


def test_no_corrections_no_diff(slips, minutes):
    assert minutes("normalize", "--diff", "--fix", "none", "a.txt").out == ""


_CRLF = RECORD.replace("\n", "\r\n").encode()
_WINDOWS = ("髙" + RECORD).encode("cp932").replace(b"\xee\xe0", b"\xfb\xfc")  # as Windows writes it, not Python


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
@pytest.mark.parametrize(
    ("raw", "to_file"),
    [
        (RECORD.encode(), False),
        (RECORD.encode(), True),
        (codecs.BOM_UTF8 + "肖治体".encode(), False),
        (codecs.BOM_UTF8 + "肖治体".encode(), True),
        (_CRLF, False),
        (_CRLF, True),
        (_WINDOWS, True),  # on standard output the diff is UTF-8
    ],
    ids=["utf-8", "utf-8 file", "mark, no line end", "mark, no line end, file", "crlf", "crlf file", "cp932 file"],
)
def test_patch_takes_the_diff(slips, minutes, raw, to_file):
    name = "名 a.txt"
    (slips / name).write_bytes(raw)
    if to_file:
        minutes("normalize", "--diff", name, "-o", "a.diff")
        diff = (slips / "a.diff").read_bytes()
    else:
        diff = minutes("normalize", "--diff", name).out.encode()
    run = subprocess.run(["patch", "-p1"], input=diff, capture_output=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    codec = "cp932" if b"\xfb\xfc" in raw else "utf-8"
    assert (slips / name).read_bytes() == raw.replace("肖".encode(codec), "自".encode(codec))


NO_END = "\\ No newline at end of file"


@pytest.mark.parametrize(
    ("text", "edits", "rows"),
    [
        ("a\nb\nc", [(4, 5, "x")], [" a", " b", "-c", NO_END, "+x", NO_END]),
        ("a\nb\n", [(1, 2, "")], ["-a", "-b", "+ab"]),
        ("ab\n", [(1, 1, "\n")], ["-ab", "+a", "+b"]),
        ("a\n", [(2, 2, "b\n")], [" a", "+b"]),
        ("a\n", [(1, 2, ""), (2, 2, "\nb")], ["-a", "+a", "+b", NO_END]),
        ("a", [(0, 1, "x"), (1, 1, "y")], ["-a", NO_END, "+xy", NO_END]),
        ("a\nb\n", [(0, 2, "x\n")], ["-a", "+x", " b"]),
        ("a\nb\n", [(0, 1, "x"), (2, 3, "y")], ["-a", "+x", "-b", "+y"]),
        ("a\rb\n", [(0, 1, "x")], ["-a\rb", "+x\rb"]),
    ],
)
def test_lines_of_a_diff(text, edits, rows):
    made, refused = settle(Edit(Span(a, b), text[a:b], after, "r") for a, b, after in edits)
    assert refused == ()
    assert unified(view(from_text(text), made), "f").split("\n")[3:-1] == rows


@pytest.mark.parametrize(("text", "after", "place"), [("", "x\n", "@@ -0,0 +1 @@"), ("x\n", "", "@@ -1 +0,0 @@")])
def test_where_nothing_is_left(text, after, place):
    edits = [Edit(Span(0, len(text)), text, after, "r")]
    assert unified(view(from_text(text), edits), "f").split("\n")[2] == place


def test_far_changes_get_hunks_of_their_own():
    text = "".join(f"{i}\n" for i in range(10, 40))
    edits = [Edit(Span(at, at + 2), text[at : at + 2], "xx", "r") for at in (0, 60)]
    places = re.findall("^@@.*", unified(view(from_text(text), edits), "f"), re.M)
    assert places == ["@@ -1,4 +1,4 @@", "@@ -18,7 +18,7 @@"]


def test_json(slips, minutes):
    result = json.loads(minutes("normalize", "--json", "a.txt").out)
    assert list(result) == ["format", "source", "text", "edits", "notes"]
    assert result["text"] == CLEAN
    assert result["source"]["path"] == "a.txt"
    assert len(result["source"]["sha256"]) == 64
    assert [(e["before"], e["safety"], e["applied"]) for e in result["edits"]] == [
        ("肖治体", "safe", True),
        ("ほげ", "ask", False),
        ("ぴよ", "show", False),
        ("ほげ", "ask", False),
    ]
    assert all(RECORD[slice(*e["span"])] == e["before"] for e in result["edits"])
    assert list(result["edits"][0]) == "span before after rule safety confidence reason applied".split()


def test_json_of_several_is_one_object_per_line(slips, minutes):
    lines = minutes("normalize", "--json", ".").out.splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == ["./a.txt", "./b.txt"]


def test_table(slips, minutes):
    lines = minutes("normalize", "--table", "a.txt").out.splitlines()
    assert lines[0] == "a.txt: 1 safe applied, 2 to ask, 1 to look at"
    assert lines[1].split() == ["place", "safety", "sure", "rule", "correction", "reason"]
    assert lines[2].split() == (
        "* 3:12 safe 0.99 made-up-safe 田太郎君）　[肖治体→自治体]の件です。ほ 自治体 is meant".split()
    )
    assert not lines[3].startswith("*")


def test_blanks_can_be_seen_in_the_table(slips, minutes):
    (slips / "own.yaml").write_text(
        "- {id: own, reason: r, pattern: '以 上', replacement: 以上, safety: safe,"
        " examples: {change: [[以 上, 以上]], keep: [以上]}}",
        encoding="utf-8",
    )
    (slips / "a.txt").write_text(RECORD.replace("以上", "以 上"), encoding="utf-8")
    assert "[以␣上→以上]" in minutes("normalize", "--rules", "own.yaml", "--table", "a.txt").out


def test_a_record_without_corrections_in_the_table(slips, minutes):
    (slips / "a.txt").write_text("よい文です。\n", encoding="utf-8")
    assert minutes("normalize", "--table", "a.txt").out == "a.txt: no corrections\n"


def test_explain_gives_the_notes_of_the_library(slips, minutes, monkeypatch):
    real = minutes_cli.normalize.normalize

    def noted(*words):
        result = real(*words)
        return Normalized(result.view, result.proposed, ("looks like OCR: 0.75",))

    monkeypatch.setattr(minutes_cli.normalize, "normalize", noted)
    assert "  looks like OCR: 0.75\n" in minutes("normalize", "--explain", "a.txt").out
    assert json.loads(minutes("normalize", "--json", "a.txt").out)["notes"] == ["looks like OCR: 0.75"]


def test_list(minutes):
    out = minutes("normalize", "--list").out
    assert [out.count(f"{name} ") for name in MADE_UP] == [1, 1, 1]


@pytest.mark.parametrize("words", [("--table",), ("--explain",), ("--diff", "--fix", "all"), ()])
@pytest.mark.parametrize("size", [40, 60, 120])
def test_a_terminal_gets_short_safe_lines(slips, minutes, terminal, monkeypatch, words, size):
    monkeypatch.setenv("COLUMNS", str(size))
    (slips / "a.txt").write_text(RECORD.replace("件です", "\x1b[2J件\u202e"), encoding="utf-8")
    run = minutes("normalize", *words, "a.txt")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", run.out)
    assert run.code == 0
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    if words in (("--table",), ("--explain",)):
        assert max(map(columns, shown.splitlines())) <= size
        assert "肖治体→自治体" in shown


def test_what_was_corrected_stands_out_in_the_diff(slips, minutes, terminal):
    out = minutes("normalize", "--diff", "a.txt").out
    assert "\x1b[1;7;31m肖治体\x1b[0m" in out
    assert "\x1b[1;7;32m自治体\x1b[0m" in out


# --- files -----------------------------------------------------------------------------------------------


def test_output_keeps_the_encoding_of_the_record(slips, minutes):
    assert minutes("normalize", "b.txt", "-o", "new/b.txt").out == ""
    assert (slips / "new/b.txt").read_bytes() == CLEAN.replace("\n", "\r\n").encode("cp932")


def test_output_folder_keeps_the_names(slips, minutes):
    (slips / "in/sub").mkdir(parents=True)
    for name in ("a.txt", "a.md", "sub/a.txt"):
        (slips / "in" / name).write_text(RECORD, encoding="utf-8")
    assert minutes("normalize", "in", "-o", "out/").code == 0
    written = {p.relative_to(slips / "out").as_posix(): p.read_text("utf-8") for p in (slips / "out").rglob("*.*")}
    assert written == {"a.txt": CLEAN, "a.md": CLEAN, "sub/a.txt": CLEAN}


@pytest.mark.parametrize(("option", "suffix"), [("--json", ".json"), ("--diff", ".diff"), ("--table", ".txt")])
def test_reports_in_a_folder(slips, minutes, option, suffix):
    assert minutes("normalize", option, "a.txt", "-o", "out/").code == 0
    assert [p.name for p in (slips / "out").iterdir()] == ["a" + suffix]


def test_to_utf_8(slips, minutes):
    minutes("normalize", "b.txt", "--to-utf8", "-o", "out.txt")
    assert (slips / "out.txt").read_bytes() == CLEAN.replace("\n", "\r\n").encode()


def test_a_character_that_the_encoding_lacks(slips, minutes, monkeypatch):
    monkeypatch.setitem(MADE_UP, "made-up-safe", ("肖治体", "𠮷治体", Safety.SAFE, 0.99))
    before = (slips / "b.txt").read_bytes()
    run = minutes("normalize", "-i", "b.txt")
    assert run.code == 2
    assert run.err.startswith("minutes: b.txt: '𠮷' cannot be written in cp932; add --to-utf8\n")
    assert (slips / "b.txt").read_bytes() == before
    assert minutes("normalize", "-i", "--to-utf8", "b.txt").code == 0
    assert "𠮷治体" in (slips / "b.txt").read_text(encoding="utf-8")


def test_in_place(slips, minutes):
    (slips / "clean.txt").write_text(CLEAN, encoding="utf-8")
    (slips / "a.txt").chmod(0o640)
    (slips / "link.md").symlink_to("a.txt")
    stamp = (slips / "clean.txt").stat().st_mtime_ns
    run = minutes("normalize", "-i", "link.md", "b.txt", "clean.txt")
    assert (run.code, run.out, run.err) == (0, "", "minutes: 3 records, 2 corrected in place\n")
    assert (slips / "a.txt").read_text(encoding="utf-8") == CLEAN
    assert (slips / "a.txt").stat().st_mode & 0o777 == 0o640
    assert (slips / "link.md").is_symlink()
    assert (slips / "b.txt").read_bytes() == CLEAN.replace("\n", "\r\n").encode("cp932")
    assert (slips / "clean.txt").stat().st_mtime_ns == stamp
    assert not list(slips.glob(".minutes*"))


def test_in_place_with_a_report(slips, minutes):
    run = minutes("normalize", "-i", "--json", "a.txt")
    assert json.loads(run.out)["text"] == CLEAN == (slips / "a.txt").read_text(encoding="utf-8")


def test_nothing_is_changed_whose_edits_cannot_be_written(slips, minutes, monkeypatch):
    def full(data):
        raise OutputError("standard output: cannot write (No space left on device)")

    monkeypatch.setattr(_output, "write_data", full)
    assert minutes("normalize", "-i", "--json", "a.txt").code == 2
    assert (slips / "a.txt").read_text(encoding="utf-8") == RECORD


@pytest.mark.parametrize(("words", "name"), [(("--backup",), "a.txt.bak"), (("--suffix", ".orig"), "a.txt.orig")])
def test_backup(slips, minutes, words, name):
    assert minutes("normalize", "-i", *words, "a.txt").code == 0
    assert (slips / name).read_text(encoding="utf-8") == RECORD
    assert (slips / "a.txt").read_text(encoding="utf-8") == CLEAN


def test_a_backup_is_never_overwritten(slips, minutes):
    (slips / "a.txt.bak").write_text("mine")
    run = minutes("normalize", "-i", "--backup", "a.txt", "b.txt")
    assert run.code == 2
    assert run.err.startswith("minutes: a.txt.bak: exists already")
    assert (slips / "a.txt").read_text(encoding="utf-8") == RECORD
    assert (slips / "a.txt.bak").read_text() == "mine"
    assert (slips / "b.txt.bak").exists(), "the others are corrected"


# --- undo ------------------------------------------------------------------------------------------------

RAW = {
    "utf-8": RECORD.encode(),
    "mark": codecs.BOM_UTF8 + RECORD.encode(),
    "crlf": RECORD.replace("\n", "\r\n").encode(),
    "cp932": RECORD.encode("cp932"),
    "windows": ("髙ⅰ" + RECORD + "∵髙")
    .encode("cp932")
    .replace(b"\xee\xe0", b"\xfb\xfc")
    .replace(b"\xee\xef", b"\xfa\x40"),
    "euc-jp": RECORD.encode("euc-jp"),
    "iso-2022-jp": RECORD.encode("iso-2022-jp"),
    "odd escapes": RECORD.encode("iso-2022-jp").replace(b"\x1b(B", b"\x1b(J"),
    "utf-16-be": codecs.BOM_UTF16_BE + RECORD.encode("utf-16-be"),
    "utf-16-le": codecs.BOM_UTF16_LE + RECORD.encode("utf-16-le"),
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
@pytest.mark.parametrize("place", ["in place", "stdout"])
def test_undo_gives_the_bytes_back(slips, minutes, capfdbinary, raw, place):
    (slips / "r.txt").write_bytes(raw)
    edits = minutes("normalize", "--json", "--fix", "all", "r.txt").out
    (slips / "edits.json").write_text(edits, encoding="utf-8")
    if place == "in place":
        minutes("normalize", "-i", "--fix", "all", "r.txt")
    else:
        (slips / "r.txt").write_bytes(minutes("normalize", "--fix", "all", "r.txt").out.encode())
    assert "ふが" in decode((slips / "r.txt").read_bytes(), "r.txt").text
    run = minutes("normalize", "--undo", "edits.json", "-i", "r.txt")
    assert (run.code, run.err) == (0, "")
    assert (slips / "r.txt").read_bytes() == raw


def test_what_is_not_corrected_keeps_its_bytes(slips, minutes):
    (slips / "r.txt").write_bytes(RAW["windows"])
    minutes("normalize", "-i", "r.txt")
    assert (slips / "r.txt").read_bytes() == RAW["windows"].replace("肖".encode("cp932"), "自".encode("cp932"))


def test_undo_of_several(slips, minutes):
    before = {name: (slips / name).read_bytes() for name in ("a.txt", "b.txt")}
    (slips / "edits.jsonl").write_text(minutes("normalize", "-i", "--json", ".").out, encoding="utf-8")
    assert (slips / "a.txt").read_bytes() != before["a.txt"]
    assert minutes("normalize", "--undo", "edits.jsonl", "-i", ".").code == 0
    assert {name: (slips / name).read_bytes() for name in before} == before
    (slips / "x.txt").write_bytes(before["a.txt"])
    run = minutes("normalize", "--undo", "edits.jsonl", "x.txt")
    assert run.err.startswith("minutes: x.txt: edits.jsonl says nothing about it")


def test_undo_from_another_folder(slips, minutes, monkeypatch):
    before = (slips / "a.txt").read_bytes()
    (slips / "edits.jsonl").write_text(minutes("normalize", "-i", "--json", ".").out, encoding="utf-8")
    (slips / "below").mkdir()
    monkeypatch.chdir(slips / "below")
    assert minutes("normalize", "--undo", "../edits.jsonl", "-i", "../a.txt").code == 0
    assert (slips / "a.txt").read_bytes() == before


def test_undo_into_a_file(slips, minutes):
    minutes("normalize", "a.txt", "-o", "clean.txt")
    minutes("normalize", "--json", "a.txt", "-o", "edits.json")
    assert minutes("normalize", "--undo", "edits.json", "clean.txt", "-o", "back.txt").code == 0
    assert (slips / "back.txt").read_bytes() == RECORD.encode()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("自治体", "市町村", "'自治体' does not stand at 3:12"),
        ("以上", "以下", "undone, it is not the record that the edits were made for"),
        ("自治体の件です。", "", "'自治体' does not stand at 3:12"),
    ],
)
def test_undo_of_a_text_that_was_changed(slips, minutes, old, new, words):
    minutes("normalize", "--json", "a.txt", "-o", "edits.json")
    (slips / "a.txt").write_text(CLEAN.replace(old, new), encoding="utf-8")
    run = minutes("normalize", "--undo", "edits.json", "-i", "a.txt")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert words in run.err
    assert (slips / "a.txt").read_text(encoding="utf-8") == CLEAN.replace(old, new)


@pytest.mark.parametrize("text", ["", "x", "[]", "1", '{"format": "minutes/1"}', "{}\n{}\n"])
def test_undo_with_something_else(slips, minutes, text):
    (slips / "edits.json").write_text(text)
    run = minutes("normalize", "--undo", "edits.json", "a.txt")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("minutes: edits.json: not what minutes normalize --json writes")


# --- review ----------------------------------------------------------------------------------------------


@pytest.fixture
def keyboard(monkeypatch):
    """A function that says what is typed; what is shown goes into its list ``shown``."""

    def typed(*answers):
        left = iter(answers)

        def ask(words):
            typed.shown.append(words)
            return next(left, "")

        monkeypatch.setattr(_review, "at_keyboard", lambda: ask)

    typed.shown = []
    return typed


def test_review_applies_what_was_accepted(slips, minutes, keyboard):
    keyboard("y\n", "n\n")
    run = minutes("normalize", "--review", "a.txt")
    assert run.out == CLEAN.replace("ほげです", "ふがです")
    assert run.err == "minutes: 1 accepted, 1 refused, 0 left open; kept in minutes-decisions.yaml, for --rules\n"
    assert "a.txt:3:20 (1 of 2) made-up-ask, sure 0.80" in keyboard.shown[0]
    assert "肖治体の件です。[ほげ→ふが]です。" in keyboard.shown[0]


def test_decisions_hold_in_later_runs(slips, minutes, keyboard):
    keyboard("y\n", "n\n")
    minutes("normalize", "--review", "--decisions", "own.yaml", "a.txt")
    accepted = CLEAN.replace("ほげです", "ふがです")
    for fix in ("safe", "all"):
        assert minutes("normalize", "--rules", "own.yaml", "--fix", fix, "a.txt").out == accepted
    edits = json.loads(minutes("normalize", "--json", "--rules", "own.yaml", "a.txt").out)["edits"]
    assert [(e["rule"], e["safety"]) for e in edits if e["before"] == "ほげ"] == [
        ("accepted-1", "safe"),
        ("made-up-ask", "show"),
    ]
    keyboard.shown.clear()
    run = minutes("normalize", "--review", "--decisions", "own.yaml", "a.txt")
    assert keyboard.shown == []
    assert run.err == "minutes: 0 accepted, 0 refused, 0 left open\n"


def test_decisions_hold_only_where_they_were_made(slips, minutes, keyboard):
    keyboard("y\n", "n\n")
    minutes("normalize", "--review", "a.txt")
    other = RECORD.replace("件です。ほげです", "話。ほげです").replace("思います。ほげか", "思う。ほげか")
    (slips / "a.txt").write_text(other, encoding="utf-8")
    run = minutes("normalize", "--rules", "minutes-decisions.yaml", "--fix", "all", "a.txt")
    assert run.out == other.replace("肖治体", "自治体").replace("ほげ", "ふが")
    run = minutes("normalize", "--rules", "minutes-decisions.yaml", "a.txt")
    assert run.out == other.replace("肖治体", "自治体")


@pytest.mark.parametrize(
    ("text", "answers", "decided"),
    [
        ("ほげほげほげ\n", "yny", "ふががほげふがが\n"),
        ("ほげほげほげ\n", "nyn", "ほげふががほげ\n"),
        ("甲の件についてほげ。\n乙の話でしたがほげ。\n", "yn", "甲の件についてふがが。\n乙の話でしたがほげ。\n"),
        (
            "ほげ甲の件についての話\nほげ乙の件についての話\n",
            "ny",
            "ほげ甲の件についての話\nふがが乙の件についての話\n",
        ),
    ],
)
def test_decisions_side_by_side(slips, minutes, keyboard, monkeypatch, text, answers, decided):
    monkeypatch.setitem(MADE_UP, "made-up-ask", ("ほげ", "ふがが", Safety.ASK, 0.8))
    (slips / "a.txt").write_text(text, encoding="utf-8")
    keyboard(*(answer + "\n" for answer in answers))
    run = minutes("normalize", "--review", "a.txt")
    assert run.out == decided
    for fix in ("safe", "all"):
        assert minutes("normalize", "--rules", "minutes-decisions.yaml", "--fix", fix, "a.txt").out == run.out


def test_more_decisions_are_added(slips, minutes, keyboard):
    keyboard("y\n", "q\n")
    minutes("normalize", "--review", "a.txt")
    keyboard("n\n")
    minutes("normalize", "--review", "a.txt")
    words = (slips / "minutes-decisions.yaml").read_text(encoding="utf-8")
    assert re.findall("^- id: (.*)", words, re.M) == ["accepted-1", "refused-2"]
    assert words.startswith("# Decisions made with minutes normalize --review.")


@pytest.mark.parametrize(
    ("answers", "applied"),
    [
        (["ya\n"], 2),
        (["na\n"], 0),
        (["a\n", "y\n", "n\n"], 1),
        (["a\n", "ya\n"], 2),
        (["s\n", "y\n"], 1),
        (["q\n", "y\n"], 0),
        (["y\n"], 1),
        (["what?\n", "Y\n", "yes\n"], 2),
        ([], 0),
    ],
)
def test_answers(slips, minutes, keyboard, answers, applied):
    keyboard(*answers)
    assert minutes("normalize", "--review", "a.txt").out.count("ふが") == applied


def test_two_places_that_read_the_same(slips, minutes, keyboard):
    (slips / "a.txt").write_text("ほげ\nほげ\n", encoding="utf-8")
    keyboard("y\n", "n\n")
    run = minutes("normalize", "--review", "a.txt")
    assert run.out == "ふが\nほげ\n"
    assert "1 decision not kept: the words around do not tell the place from others" in run.err
    keyboard("ya\n")
    (slips / "minutes-decisions.yaml").unlink()
    minutes("normalize", "--review", "a.txt")
    assert minutes("normalize", "--rules", "minutes-decisions.yaml", "a.txt").out == "ふが\nふが\n"


def test_review_shows_no_text_on_the_terminal_but_writes_it(slips, minutes, keyboard, terminal):
    keyboard("ya\n")
    assert minutes("normalize", "--review", "a.txt").out == ""
    keyboard("na\n")
    assert minutes("normalize", "--review", "-i", "--decisions", "own.yaml", "b.txt").out == ""
    assert (slips / "b.txt").read_bytes() == CLEAN.replace("\n", "\r\n").encode("cp932")


def test_review_without_a_keyboard(slips, minutes):
    run = minutes("normalize", "--review", "a.txt")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("minutes: --review asks at the keyboard, but there is no terminal")


def test_an_insertion_can_be_decided(slips, minutes, keyboard, monkeypatch):
    def insertions(text, settings):
        for match in re.finditer("(?<=以)(?=下)", text):
            yield Correction(match.start(), match.start(), "ー", "gap", Safety.ASK, 0.8, "")

    (slips / "a.txt").write_text(RECORD.replace("以上", "以下"), encoding="utf-8")
    methods = (Method(("gap",), "", insertions), Method(("*",), "", phrases.find))
    monkeypatch.setattr(minutes_cli.normalize, "METHODS", methods)
    keyboard("y\n")
    assert "以ー下です" in minutes("normalize", "--review", "a.txt").out
    assert "以ー下です" in minutes("normalize", "--rules", "minutes-decisions.yaml", "a.txt").out
    keyboard("n\n")
    minutes("normalize", "--review", "--decisions", "no.yaml", "a.txt")
    assert "以下です" in minutes("normalize", "--rules", "no.yaml", "--fix", "all", "a.txt").out


# --- wrong words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--fix", "some"), "'some' is not one of 'safe', 'all', 'none'"),
        (("--diff", "--json"), "--diff and --json exclude one another"),
        (("--json", "--explain"), "--json and --explain exclude one another"),
        (("-i", "-o", "x.txt"), "--in-place and -o exclude one another"),
        (("--backup",), "--backup belongs to --in-place"),
        (("--suffix", ".x"), "--suffix belongs to --in-place"),
        (("-i", "--suffix", "x/y"), "--suffix 'x/y' is no ending of a file name"),
        (("--to-utf8",), "--to-utf8 is for files"),
        (("--decisions", "x.yaml"), "--decisions belongs to --review"),
        (("--review", "--fix", "all"), "--review and --fix all exclude one another"),
        (("--no-channel", "--model", "x.model"), "--no-channel and --model exclude one another"),
        (("--undo", "x.json", "--diff"), "--undo and --diff exclude one another"),
        (("--undo", "x.json", "--select", "made-up-ask"), "--undo and --select exclude one another"),
        (("--undo", "x.json", "-i", "-o", "x.txt"), "--in-place and -o exclude one another"),
        (("--undo", "x.json"), "x.json: cannot read the edits"),
        (("--rules", "x.yaml"), "x.yaml: "),
        (("--model", "x.model"), "x.model: cannot read the model"),
        (("--encoding", "utf-9"), "unknown encoding 'utf-9'"),
        (("-o", "a.txt"), "a.txt: is one of the records to read"),
        (("-o", "b.txt"), "b.txt: exists already; --force overwrites it"),
    ],
)
def test_wrong_words(slips, minutes, words, message):
    before = {p.name: p.read_bytes() for p in slips.iterdir()}
    run = minutes("normalize", *words, "a.txt")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("minutes: ")
    assert message in run.err
    assert {p.name: p.read_bytes() for p in slips.iterdir()} == before


def test_an_unknown_rule(slips, minutes):
    run = minutes("normalize", "--ignore", "made-up-other", "a.txt")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("minutes: unknown rule 'made-up-other'; known are made-up-safe, made-up-ask, made-up-")


def test_standard_input_has_no_place(slips, minutes, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RECORD.encode())))
    run = minutes("normalize", "-i", "-")
    assert run.code == 2
    assert run.err.startswith("minutes: -: standard input cannot be corrected in place")


def test_a_bad_file_stops_no_other(slips, minutes):
    run = minutes("normalize", "missing.txt", "a.txt")
    assert (run.code, run.out) == (2, CLEAN)
    assert run.err.startswith("minutes: missing.txt: no such file")


# --- parse and export ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("parse", "--json"), ("export", "--to", "json")])
@pytest.mark.parametrize(
    ("fix", "rules"), [(None, ["made-up-safe"]), ("none", []), ("all", ["made-up-safe", "made-up-ask", "made-up-ask"])]
)
def test_documents_are_read_through_corrections(slips, minutes, words, fix, rules):
    document = json.loads(minutes(*words, *(["--fix", fix] if fix else []), "a.txt").out)
    assert [e["rule"] for e in document["edits"]] == rules
    assert document["turns"][0]["text"].startswith("肖治体" if fix == "none" else "自治体")
    start, end = document["turns"][1]["span"]
    assert RECORD[start:end].startswith("田中委員")


def test_the_overview_counts_corrections(slips, minutes):
    out = minutes("parse", "a.txt").out
    assert "corrections 1 safe applied, 2 to ask, 1 to look at (minutes normalize --table shows them)\n" in out
    assert "corrections" not in minutes("parse", "--fix", "none", "a.txt").out


@pytest.mark.parametrize("words", [("parse",), ("parse", "--json"), ("export", "--to", "jsonl")])
def test_reading_without_corrections_does_not_load_them(slips, words):
    program = (
        "import sys; from minutes_cli.cli.main import main; main(sys.argv[1:]);"
        "sys.exit(any(name.startswith(('minutes_cli.normalize', 'numpy', 'yaml')) for name in sys.modules))"
    )
    command = [sys.executable, "-c", program, *words, "--fix", "none", "a.txt"]
    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
