"""--jobs and --timeout: several processes print what one prints; a file that never ends or crashes costs no other."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import NAMES, record
from minutes_cli import engine
from minutes_cli.cli import _files
from minutes_cli.engine import Outcome
from minutes_cli.store import build

from .conftest import RECORD

#: What the parser does with some files. It stands outside of the guard, so that spawned processes do it, too.
DRIVER = """
import os, signal, sys
import minutes_cli.parse as parsing
from minutes_cli.ingest.text import from_text
from minutes_cli.normalize import normalize

real = parsing.parse
real(normalize(from_text("○会長　会議を開きます。", "")).view)  # loading all that takes may be slower than --timeout

def parse(seen, **options):
    name = os.path.basename(getattr(seen, "source", seen).name)
    while name.endswith("endless.txt"):
        pass
    if name.endswith("deadly.txt"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.endswith("faulty.txt"):
        raise ZeroDivisionError("injected")
    return real(seen, **options)

parsing.parse = parse

if __name__ == "__main__":
    from minutes_cli.cli.main import main

    sys.exit(main())
"""
#: No test waits so long unless something is broken.
LONG = 100
#: A record with faults that check mends, and one that it only finds.
SLIPS = """会議録
○会長（山田太郎君）　これより会議を開きます。
○田中委員　予算の\u200b内訳を伺います。ｶﾞｲﾄﾞを読みます。
○会長（山田太郎君）　か\u3099んばります。
"""
MENDED = SLIPS.replace("\u200b", "").replace("ｶﾞｲﾄﾞ", "ガイド").replace("か\u3099", "が")
#: Every command that works on many files, in shapes that send different things from process to process.
COMMANDS = (
    ("parse",),
    ("parse", "--json"),
    ("normalize",),
    ("normalize", "--json", "--fix", "all"),
    ("normalize", "--explain", "--channel"),
    ("check", "--isolated", "--extend-select", "spelling-variants", "--severity", "info"),
    ("check", "--isolated", "--format", "json", "--severity", "info"),
    ("check", "--isolated", "--diff"),
    ("stats", "--json", "--term", "予算", "--term", "お願い"),
    ("stats", "--by", "section", "-W", "--term", "お願いする"),
    ("summarize", "--json"),
    ("summarize", "--by", "role", "--chars", "150", "--section", "議"),
    ("report", "-o", "-"),
)


@pytest.fixture
def driver(tmp_path):
    """Starts ``minutes`` with the parser of DRIVER in the folder of the test."""
    script = tmp_path / "driver.py"
    script.write_text(DRIVER, encoding="utf-8")

    def start(*words: str, **more) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, script, *words],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,  # what is read of the first line must not hide what stands behind it
            **more,
        )

    return start


@pytest.fixture
def archive(tmp_path):
    """200 records, one of which never ends and one of which crashes the parser."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(198):
        (folder / f"r{number:03}.txt").write_text(RECORD.replace("第1回", f"第{number}回"), encoding="utf-8")
    for name in ("r050-endless.txt", "r120-deadly.txt"):
        (folder / name).write_text(RECORD, encoding="utf-8")
    return folder


def names(folder: Path) -> list[str]:
    """The files that are no trouble, in their order."""
    return sorted(str(path.relative_to(folder.parent)) for path in folder.iterdir() if len(path.stem) == 4)


@pytest.mark.parametrize("words", [("parse", "--json"), ("check", "--isolated", "--format", "jsonl", "--select", "M4")])
def test_two_files_that_go_wrong_cost_none_of_the_others(driver, archive, words):
    run = driver(*words, "--jobs", "2", "--timeout", "2", "in")
    out, err = run.communicate(timeout=LONG)
    endless, deadly, *rest = err.decode().splitlines()
    assert endless == ("minutes: in/r050-endless.txt: took longer than 2 s, so it was stopped; --timeout gives it more")
    assert deadly == (
        "minutes: in/r120-deadly.txt: the process that worked on it has died (by signal 11); it is left out"
    )
    assert run.returncode == 2
    rows = [json.loads(line) for line in out.splitlines()]
    if words[0] == "parse":
        assert not rest
        assert [row["source"]["path"] for row in rows] == names(archive)
    else:
        assert len(rest) == 1 and rest[0].startswith("minutes: 198 records checked") and "2 could not" in rest[0]
        paths = [row["path"] for row in rows]
        assert set(paths) <= set(names(archive)) and paths == sorted(paths)


def test_one_process_does_not_wait_for_ever_either(driver, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "b-endless.txt", "c-faulty.txt", "d.txt"):
        (folder / name).write_text(RECORD, encoding="utf-8")
    run = driver("parse", "--json", "--jobs", "1", "--timeout", "1", "in")
    out, err = run.communicate(timeout=LONG)
    assert run.returncode == 2
    assert [json.loads(line)["source"]["path"] for line in out.splitlines()] == ["in/a.txt", "in/d.txt"]
    endless, faulty = err.decode().splitlines()
    assert endless.startswith("minutes: in/b-endless.txt: took longer than 1 s")
    assert faulty.startswith("minutes: in/c-faulty.txt: internal error: ZeroDivisionError: injected at driver.py:")


def test_ctrl_c_ends_all_processes_and_leaves_what_is_finished(driver, archive):
    (archive / "r120-deadly.txt").unlink()
    (archive / "r050-endless.txt").rename(archive / "z-endless.txt")
    run = driver("parse", "--json", "--jobs", "2", "--timeout", "0", "in", start_new_session=True)
    first = run.stdout.readline()
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the processes, too
    out, err = run.communicate(timeout=LONG)  # it ends only when nobody holds stdout and stderr any more
    assert run.returncode == 130
    assert err == b""
    lines = (first + out).splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == names(archive)[: len(lines)]


def test_a_reader_who_goes_away_ends_all_processes(driver, archive):
    (archive / "r120-deadly.txt").unlink()
    (archive / "r050-endless.txt").rename(archive / "z-endless.txt")
    run = driver("parse", "--json", "--jobs", "2", "--timeout", "0", "in")
    assert json.loads(run.stdout.readline())["source"]["path"] == "in/r000.txt"
    run.stdout.close()
    run.stdout = None
    assert run.communicate(timeout=LONG)[1] == b""
    assert run.returncode == 141


def test_in_place_a_stopped_run_leaves_each_file_old_or_new(driver, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(100):
        (folder / f"r{number:02}.txt").write_text(SLIPS, encoding="utf-8")
    (folder / "z-endless.txt").write_text(SLIPS, encoding="utf-8")
    words = ("check", "--isolated", "--fix", "--format", "jsonl", "--jobs", "2", "--timeout", "0", "in")
    run = driver(*words, start_new_session=True)
    first = run.stdout.readline()
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=LONG)
    assert (run.returncode, err) == (130, b"")
    texts = {f"in/{path.name}": path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert len(texts) == 101
    assert set(texts.values()) == {SLIPS, MENDED}
    said = {json.loads(line)["path"] for line in (first + out).splitlines()}
    assert {texts[path] for path in said} == {MENDED}


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    """Records of several kinds, one empty and one that is none."""
    folder = tmp_path_factory.mktemp("some")
    for name in NAMES[:6]:
        shutil.copy(record(name), folder / f"{name}{record(name).suffix}")
    (folder / "b.txt").write_text(RECORD, encoding="cp932")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "none.txt").write_bytes(b"\0\1\2" * 99)
    (folder / "slips.txt").write_text(SLIPS, encoding="utf-8")
    return folder


@pytest.fixture
def sent(monkeypatch):
    """Nothing is worked on elsewhere, but all that would be sent there and back is; it counts what comes back."""
    sizes = []

    def run(work, groups, jobs, running):
        if jobs == 1:
            yield from engine.run(work, groups, jobs, running)
            return
        for group in groups:
            there = pickle.loads(pickle.dumps((work, group.tasks)))
            back = pickle.dumps(there[0](there[1]))
            sizes.append(len(back))
            yield Outcome(group.tasks, pickle.loads(back))

    monkeypatch.setattr(_files, "run", run)
    monkeypatch.setattr(build, "run", run)
    return sizes


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_what_goes_from_process_to_process_comes_through_whole(minutes, some, monkeypatch, sent, words):
    monkeypatch.chdir(some)
    one = minutes(*words, "--jobs", "1", ".")
    assert not sent
    assert one == minutes(*words, "--jobs", "3", ".")
    assert one.code == 2 and one.err.count("\n") >= 2
    assert len(one.out) > 150
    assert len(sent) > 1
    if words[0] in ("check", "stats"):  # little comes back, none of it the record
        assert sum(sent) < 60_000


@pytest.mark.parametrize("words", [COMMANDS[i] for i in (3, 6, 9, 11)], ids=" ".join)
def test_several_processes_give_what_one_gives(minutes, some, monkeypatch, words):
    monkeypatch.chdir(some)
    one, two = (minutes(*words, "--jobs", jobs, ".") for jobs in ("1", "2"))
    assert one == two
    assert len(one.out) > 300


def test_what_is_written_is_the_same_from_everywhere(minutes, some, tmp_path, monkeypatch, sent):
    found = []
    for jobs in ("1", "3"):
        folder = tmp_path / jobs / "records"
        shutil.copytree(some, folder)
        monkeypatch.chdir(folder.parent)
        runs = [
            minutes("check", "--isolated", "--fix", "--jobs", jobs, "records"),
            minutes("check", "--isolated", "--write-baseline", "baseline.json", "--jobs", jobs, "records"),
            minutes("check", "--isolated", "--baseline", "baseline.json", "--jobs", jobs, "records"),
            minutes("normalize", "-o", "texts/", "--fix", "all", "--jobs", jobs, "records"),
            minutes("normalize", "-i", "--to-utf8", "--jobs", jobs, "records"),
            minutes("parse", "--json", "-o", "results/", "--jobs", jobs, "records"),
            minutes("index", "records", "--jobs", jobs),
        ]
        files = {
            str(path.relative_to(folder.parent)): path.read_bytes()
            for path in sorted(folder.parent.rglob("*"))
            if path.is_file() and ".minutes" not in path.parts
        }
        index = sqlite3.connect(folder / ".minutes" / "index.sqlite")
        rows = index.execute("SELECT path, sha256, first, passages FROM record").fetchall()
        rows += index.execute("SELECT * FROM content").fetchall()
        index.close()
        found.append((runs, files, rows))
    assert found[0] == found[1]
    assert {run.code for run in found[0][0]} == {2}
    assert found[0][1]["records/slips.txt"].decode() == MENDED


def test_a_file_that_was_changed_meanwhile_is_left_alone(minutes, folder, monkeypatch):
    from minutes_cli.cli import normalize as command

    (folder / "a.txt").write_text("○会長　ＤＸを進めます。１０，０００円です。\n", encoding="utf-8")
    made = command._made

    def late(wanted, file):
        done = made(wanted, file)
        Path(file.path).write_text("somebody else wrote this\n", encoding="utf-8")
        return done

    monkeypatch.setattr(command, "_made", late)
    run = minutes("normalize", "-i", "--to-utf8", "--channel", "b.txt")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("minutes: b.txt: somebody has changed it since it was read")
    assert (folder / "b.txt").read_text(encoding="utf-8") == "somebody else wrote this\n"


@pytest.mark.parametrize("command", ["parse", "normalize", "check", "stats", "summarize", "report", "index"])
def test_options_that_cannot_be(minutes, folder, command):
    words = [command, *(["-o", "page.html"] if command == "report" else [])]
    for more, expected in (
        (("--jobs", "0"), "--jobs 0: a number of processes from 1, or auto"),
        (("-j", "x"), "--jobs x: a number of processes from 1, or auto"),
        (("--timeout", "-1"), "--timeout -1: seconds that a file may take, or 0 for no limit"),
    ):
        run = minutes(*words, *more, ".")
        assert (run.code, run.out, run.err) == (2, "", f"minutes: {expected}\n")
    assert not (folder / "page.html").exists()
