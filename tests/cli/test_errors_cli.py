"""Each bad input: one line on stderr, exit 2, and the good records still come out."""

import json
import os
import subprocess
import sys

import pytest

import minutes_cli.parse
from minutes_cli.cli import main as main_module
from minutes_cli.ingest import text as text_module

from .conftest import RECORD


def _long_line(path, monkeypatch):
    monkeypatch.setattr(text_module, "MAX_LINE", 1000)
    path.write_text("あ" * 1001, encoding="utf-8")


def _unreadable(path, monkeypatch):
    path.write_text(RECORD, encoding="utf-8")
    real = os.open

    def denied(name, *args, **more):
        if name == "bad.txt":  # chmod does not stop root
            raise PermissionError(13, "Permission denied")
        return real(name, *args, **more)

    monkeypatch.setattr("os.open", denied)


BAD = {
    "no such file": lambda path, _: None,
    "no records in this folder": lambda path, _: path.mkdir(),
    "no permission": _unreadable,
    "binary": lambda path, _: path.write_bytes(b"\x01\x00\x02"),
    "a PDF": lambda path, _: path.write_bytes(b"%PDF-1.4"),
    "empty": lambda path, _: path.write_bytes(b""),
    "white space": lambda path, _: path.write_bytes(b" \n\n"),
    "broken bytes": lambda path, _: path.write_bytes(RECORD.encode() + b"\xff\n"),
    "in no encoding": lambda path, _: path.write_bytes(b"\xff\xff\xff\xfd\x80\x80"),
    "line 1 has 1,001 characters": _long_line,
    "not a regular file": lambda path, _: os.mkfifo(path),
}


@pytest.mark.parametrize("words", BAD)
def test_a_bad_file_gets_one_line_and_stops_no_other(folder, minutes, monkeypatch, words):
    BAD[words](folder / "bad.txt", monkeypatch)
    run = minutes("parse", "--json", "a.txt", "bad.txt", "b.txt")
    assert run.code == 2
    assert [json.loads(line)["source"]["path"] for line in run.out.splitlines()] == ["a.txt", "b.txt"]
    assert run.err.count("\n") == 1
    assert run.err.startswith("minutes: bad.txt: ")
    assert words in run.err


def test_the_overview_goes_on_too(folder, minutes):
    for words in (("parse",), ("parse", "--turns")):
        run = minutes(*words, "missing.txt", "a.txt")
        assert run.code == 2
        assert run.err.startswith("minutes: missing.txt: no such file")
        assert "a.txt" in run.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("parse", "--foo"), "No such option: --foo"),
        (("parse", "--kind", "poem", "a.txt"), "'poem' is not one of"),
        (("parse", "--convention", "poem", "a.txt"), "unknown convention 'poem'; known are circle-label"),
        (("parse", "--encoding", "utf-9", "a.txt"), "unknown encoding 'utf-9'"),
        (("parse", "--encoding", "cp932", "a.txt"), "a.txt: not cp932 at byte"),
        (("parse", "--json", "--explain", "a.txt"), "--explain belongs to the overview"),
        (("parse", "*.none"), "*.none: no file matches"),
        (("parse", "a.txt", "b.txt", "-o", "x.json"), "x.json: several records need a folder (x/)"),
        (("parse", "a.txt", "-o", "a.txt/x.json"), "x.json: cannot write"),
        (("export", "a.txt"), "no format given; choose with --to one of json, jsonl"),
        (("export", "a.txt", "--to", "docx"), "unknown format 'docx'"),
        (("prase", "a.txt"), "No such command 'prase'. Did you mean 'parse'? See minutes --help"),
        (("a.txt",), "a.txt: is no command but a file or folder; did you mean: minutes parse a.txt"),
    ],
)
def test_wrong_words(folder, minutes, words, message):
    run = minutes(*words)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("minutes: ")
    assert message in run.err


def test_no_file_and_no_pipe_does_not_wait(folder, minutes, monkeypatch):
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        run = minutes("parse")
    assert run.code == 2
    assert run.err.startswith("minutes: no FILE given")


def test_two_records_of_one_name_are_not_written_over_each_other(folder, minutes):
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / "r.txt").write_text(RECORD, encoding="utf-8")
    assert minutes("parse", "x/r.txt", "y/r.txt", "-o", "out/").code == 0
    assert (folder / "out/x/r.json").exists() and (folder / "out/y/r.json").exists()
    run = minutes("parse", "x/r.txt", "./x/r.txt", "-o", "again/")
    assert run.code == 2
    assert "2 records would be written to this name" in run.err


@pytest.fixture
def failing(monkeypatch):
    """A parser with a fault of its own, on a.txt only."""
    real = minutes_cli.parse.parse

    def parse(seen, **options):
        if seen.source.name == "a.txt":
            raise KeyError("s9")
        return real(seen, **options)

    monkeypatch.setattr(minutes_cli.parse, "parse", parse)


def test_our_own_fault_is_one_line_and_stops_no_other(folder, minutes, failing):
    run = minutes("parse", "--json", "a.txt", "b.txt")
    assert run.code == 2
    assert run.out.count("\n") == 1
    assert run.err.count("\n") == 1
    assert "a.txt: internal error: KeyError: 's9' at test_errors_cli.py:" in run.err
    assert "please report it" in run.err


@pytest.mark.parametrize("words", [("--debug", "parse", "a.txt"), ("parse", "a.txt", "--debug")])
def test_debug_shows_the_traceback(folder, minutes, failing, words):
    run = minutes(*words)
    assert run.code == 2
    assert "Traceback (most recent call last)" in run.err


def test_a_fault_outside_the_records(minutes, monkeypatch):
    def broken(args, debug):
        raise RuntimeError("no")

    monkeypatch.setattr(main_module, "_run", broken)
    run = minutes("schema")
    assert run.code == 2
    assert run.err.startswith("minutes: internal error: RuntimeError: no at test_errors_cli.py:")


def test_interrupt(minutes, monkeypatch):
    def interrupted(args, debug):
        raise KeyboardInterrupt

    monkeypatch.setattr(main_module, "_run", interrupted)
    assert minutes("schema").code == 130


def test_a_reader_that_goes_away_is_no_fault():
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stdout:
        run = subprocess.run(
            [sys.executable, "-m", "minutes_cli", "schema"],
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (run.returncode, run.stderr) == (141, b"")


def test_a_full_disk_is_said_once(folder):
    with open("/dev/full", "wb") as stdout:
        run = subprocess.run(
            [sys.executable, "-m", "minutes_cli", "parse", "--json", "a.txt", "b.txt"],
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert run.returncode == 2
    assert run.stderr.decode().startswith("minutes: standard output: cannot write")
    assert run.stderr.count(b"\n") == 1
