"""What a stranger's file can do: to the terminal, to memory, to the files that are already there."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import tty

import openpyxl
import pytest

from minutes_cli.cli import _output
from minutes_cli.cli.main import main
from minutes_cli.ingest import text as text_module

from .conftest import RECORD

#: Clears the screen, sets the title of the window, colours (also in C1), turns the text round, hides.
EVIL = "\x1b[2J\x1b]0;x\x07\x9b31m\u202e\u2066\u200b\x08\x85\u2028\U000e0041"
STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
HOSTILE = f"""令和6年度第1回あおば町子育て会議{EVIL}会議録
令和6年5月10日（金）　午前10時開会
〔議事{EVIL}〕
○会長（山田{EVIL}太郎君）　これより会議を開きます。{EVIL}肖治体の議案第１号、議案第l号について。
○田中委員　予算{EVIL}の内訳を伺います。二ーズはいくつですか。
○会長（山田{EVIL}太郎君）　事務局{EVIL}から説明をお願いします。予算は三億円です。
　　　〔「異議なし{EVIL}」と呼ぶ者あり〕
○田中委員　ありがとうございます。
"""


@pytest.fixture
def screen(monkeypatch):
    """A function that runs ``minutes`` on a terminal and gives what arrives there."""
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words):
        master, slave = pty.openpty()
        tty.setraw(slave)  # as it was sent: a line end stays one character
        arrived: list[bytes] = []

        def listen():
            while True:
                try:
                    data = os.read(master, 65_536)
                except OSError:  # how Linux says that the other end is closed
                    return
                if not data:
                    return
                arrived.append(data)

        ear = threading.Thread(target=listen)
        ear.start()
        with open(slave, "w", encoding="utf-8") as stdout, monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", stdout)
            main([str(word) for word in words])
        ear.join()
        os.close(master)
        return b"".join(arrived).decode("utf-8", "surrogateescape")

    return run


@pytest.fixture
def evil(folder):
    """The working directory with a hostile record, also of a hostile name."""
    (folder / "evil.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / f"予算{EVIL.replace('/', '')}.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "sub" / "b.txt").write_text(RECORD, encoding="utf-8")
    return folder


SHOWN = [
    "parse evil.txt",
    "parse --explain evil.txt",
    "parse --json evil.txt",
    "parse sub",
    "export --to json evil.txt",
    "export --to jsonl sub",
    "normalize evil.txt",
    "normalize --diff evil.txt",
    "normalize --diff sub",
    "normalize --table --fix all evil.txt",
    "normalize --explain evil.txt",
    "normalize --json evil.txt",
    "grep 予算|異議|事務局|議案 evil.txt",
    "grep -C1 予算 sub",
    "grep --kwic 予算|事務局 evil.txt",
    "grep --turn 予算 evil.txt",
    "grep --events 異議 evil.txt",
    "grep --count-by speaker . evil.txt",
    "grep --count-by section . evil.txt",
    "grep --csv 予算|事務局 sub",
    "grep --json 予算|事務局 sub",
    "grep --raw 予算|事務局 sub",
    "grep -l 予算 sub",
    "grep -c 予算 sub",
    "grep --word 予算 sub",
    "summarize evil.txt",
    "summarize --by exchange evil.txt",
    "summarize --by section sub",
    "summarize --format json evil.txt",
    "summarize --format csv sub",
    "summarize --format markdown sub",
    "summarize --format html sub",
    "stats sub",
    "stats --csv --term 予算 sub",
    "stats --json --by speaker sub",
    "stats --bars --by speaker sub",
    "report -o - evil.txt",
    "check evil.txt",
    "check --diff evil.txt",
    "check --format json sub",
    "check --format github sub",
    "diff evil.txt a.txt",
    "diff --json evil.txt a.txt",
]


@pytest.mark.parametrize("colour", ["plain", "colour"])
@pytest.mark.parametrize("words", SHOWN)
def test_nothing_in_a_record_steers_the_terminal(evil, screen, monkeypatch, words, colour):
    if colour == "plain":
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.setenv("TERM", "xterm-256color")
    out = screen(*words.split(" "))
    assert len(out) > 20, "nothing was shown, so nothing was tried"
    if colour == "colour":  # our own colours; those of the record are C1, titles and clearing
        out = re.sub(r"\x1b\[[0-9;]*[mK]", "", out)
    assert sorted(set(STEERS.findall(out))) == []


def test_an_index_does_not_steer_the_terminal(evil, screen, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    screen("index", "sub")
    for words in ([], ["--json"]):
        out = screen("index", "sub", "--status", *words)
        assert len(out) > 20 and STEERS.findall(out) == []


@pytest.mark.parametrize("words", ["parse {}", "parse missing/{}", "grep x{} (", "normalize --rules {} a.txt"])
def test_no_message_steers_the_terminal(evil, minutes, words):
    run = minutes(*words.format(f"予算{EVIL}.txt").split(" "))
    assert run.code == 2
    assert run.err.count("\n") == 1 and STEERS.findall(run.err) == []


def test_names_that_are_no_text(folder, minutes):
    (folder / "odd").mkdir()
    for name in (b"\xff\xfe.txt", b"\x83\x52.txt", b"new\nline.txt", b"\x1b[2J.txt", "か\u3099.txt".encode()):
        (folder / "odd" / os.fsdecode(name)).write_text(RECORD, encoding="utf-8")
    for words in ("parse --json", "export --to jsonl", "normalize --json", "grep --json 予算", "stats --json"):
        run = minutes(*words.split(), "odd")
        assert run.code == 0 and "internal" not in run.err
        assert all(json.loads(line) for line in run.out.splitlines())
    assert minutes("summarize", "--format", "html", "odd").code == 0
    assert minutes("parse", "--json", "odd", "-o", "out/").code == 0
    assert len(list((folder / "out").iterdir())) == 5


# Sizes


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(folder, minutes):
    with open("big.txt", "wb") as file:
        file.truncate(1_000_000_000)  # takes no room on the disk
    commands = ("parse --json", "normalize --json", "grep 予算", "grep --raw 予算", "stats --json", "export --to json")
    for command in commands:
        run = minutes(*command.split(), "a.txt", "big.txt")
        assert run.code == 2
        assert run.err.startswith("minutes: big.txt: 1,000 MB, and one record may have 100 MB at most")
        assert "divide it" in run.err


def test_standard_input_without_an_end_is_refused(folder):
    limits = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000));"
    program = f"import sys; {limits} from minutes_cli.cli.main import main; sys.exit(main(['parse', '-']))"
    with open("/dev/zero", "rb") as zeros:
        run = subprocess.run([sys.executable, "-c", program], stdin=zeros, capture_output=True, check=False)
    assert run.returncode == 2
    assert run.stderr.decode().startswith("minutes: -: more than 100 MB, the most that one record may have")


def test_a_record_of_nothing_but_line_ends_is_refused(folder, minutes, monkeypatch):
    monkeypatch.setattr(text_module, "MAX_LINES", 1000)
    for end in ("\n", "\r", "\r\n", "\f"):
        (folder / "lines.txt").write_text(f"あ{end}" * 1000, encoding="utf-8", newline="")
        assert minutes("parse", "lines.txt").code == 0
        (folder / "lines.txt").write_text(f"あ{end}" * 1001, encoding="utf-8", newline="")
        run = minutes("parse", "lines.txt")
        assert run.code == 2 and "lines.txt: more than 1,000 lines (1,001)" in run.err


def test_many_tiny_files(folder, minutes):
    (folder / "many").mkdir()
    for number in range(2_000):
        (folder / "many" / f"{number}.txt").write_text("○議長　散会します。\n", encoding="utf-8")
    run = minutes("grep", "-c", "--no-index", "散会", "many")
    assert (run.code, run.out.count(":1\n"), run.err) == (0, 2_000, "")


# Files that are none, or do not stay as they are


def test_a_circle_of_links_ends(folder, minutes):
    (folder / "deep").mkdir()
    (folder / "deep" / "a.txt").write_text(RECORD, encoding="utf-8")
    (folder / "deep" / "again").symlink_to(folder / "deep", target_is_directory=True)
    (folder / "deep" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "deep" / "self.txt").symlink_to(folder / "deep" / "self.txt")
    run = minutes("parse", "--json", "deep")
    assert run.code == 2  # self.txt
    paths = [json.loads(line)["source"]["path"] for line in run.out.splitlines()]
    assert paths == ["deep/a.txt", "deep/up/a.txt", "deep/up/b.txt"]
    assert run.err.count("\n") == 1 and "self.txt: cannot be read" in run.err


def test_pipes_and_devices_do_not_make_us_wait(folder, minutes):
    (folder / "odd").mkdir()
    os.mkfifo("odd/pipe.txt")
    (folder / "odd" / "a.txt").write_text(RECORD, encoding="utf-8")
    run = minutes("parse", "--json", "odd", "/dev/zero")
    assert run.code == 2 and run.out.count("\n") == 1
    assert run.err.count("not a regular file") == 2
    run = minutes("normalize", "--rules", "odd/pipe.txt", "a.txt")
    assert run.code == 2 and "no regular file" in run.err


@pytest.mark.parametrize("what", ["grows", "shrinks", "is written anew"])
def test_a_file_that_changes_while_it_is_read(folder, minutes, monkeypatch, what):
    real = os.fstat
    path = folder / "b.txt"
    wanted = path.stat().st_ino

    def fstat(descriptor):
        """What stands there; the file changes right behind the second look at it, the last one before it is read."""
        now = real(descriptor)
        looks.append(now.st_ino)
        if looks.count(wanted) == 2:
            if what == "is written anew":
                os.utime(path, ns=(1, 1))
            else:
                os.truncate(path, now.st_size + (1 if what == "grows" else -1))
        return now

    looks: list[int] = []
    monkeypatch.setattr(os, "fstat", fstat)
    run = minutes("parse", "--json", "a.txt", "b.txt")
    assert run.code == 2 and run.out.count("\n") == 1
    assert run.err == "minutes: b.txt: changed while it was read; run it again when nobody writes to it\n"


# A full disk

WRITES = [
    "parse --json a.txt -o old.json",
    "export --to json a.txt -o old.json",
    "export --to jsonl a.txt b.txt -o old.jsonl",
    "normalize a.txt -o old.txt",
    "normalize --json a.txt -o old.json",
    "normalize --diff slip.txt -o old.diff",
    "summarize --format json a.txt -o old.json",
    "summarize --format html a.txt -o old.html",
    "summarize --format xlsx a.txt -o old.xlsx",
    "stats --csv a.txt -o old.csv",
    "report a.txt -o old.html",
    "check --format json slip.txt -o old.json",
    "check --format sarif slip.txt -o old.sarif",
]


class _Full(io.FileIO):
    """A file on a disk without room: it takes some bytes, and no more."""

    def write(self, data):
        if self.tell() + len(data) > 10:
            raise OSError(28, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("force", [True, False], ids=["over an old file", "as a new file"])
@pytest.mark.parametrize("words", WRITES)
def test_a_full_disk_leaves_the_old_output_whole(folder, minutes, monkeypatch, words, force):
    (folder / "slip.txt").write_text(RECORD.replace("予算", "二ーズと予算"), encoding="utf-8")
    *_, name = words.split()
    if force:
        (folder / name).write_bytes(b"the old result, which took a night to make")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(_output, "open", lambda path, mode: io.BufferedWriter(_Full(path, mode)), raising=False)
    run = minutes(*words.split(), *(["--force"] if force else []))
    assert run.code == 2
    assert run.err.count("\n") == 1 and "No space left on device" in run.err and name in run.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("words", ["normalize -i slip.txt", "normalize -i --backup slip.txt", "check --fix slip.txt"])
def test_a_full_disk_leaves_the_record_whole(folder, minutes, monkeypatch, words):
    (folder / "slip.txt").write_text(RECORD.replace("予算", "二ーズと予算"), encoding="utf-8")
    before = (folder / "slip.txt").read_bytes()

    def full(path, mode):
        return open(path, mode) if "r" in mode else io.BufferedWriter(_Full(path, mode))

    monkeypatch.setattr(_output, "open", full, raising=False)
    run = minutes(*words.split())
    assert run.code == 2 and "No space left on device" in run.err
    assert (folder / "slip.txt").read_bytes() == before
    assert [path.name for path in folder.iterdir() if ".tmp" in path.name] == []


def test_a_limit_of_the_system_is_no_traceback(folder):
    """A real one, without any stand-in: files may have 100 bytes."""
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); from minutes_cli.cli.main import main; sys.exit(main())"
    )
    (folder / "old.json").write_text("old", encoding="utf-8")
    words = ["parse", "--json", "a.txt", "-o", "old.json", "--force"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, env=environment, text=True, check=False
    )
    assert run.returncode == 2
    assert run.stderr.endswith("old.json: cannot write (File too large)\n") and run.stderr.count("\n") == 1
    assert (folder / "old.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "old.json"]


# Rules and patterns of somebody else

ENDLESS = """- id: endless
  pattern: (会+)+。$
  replacement: 会。
  needs: [会]
  safety: ask
  reason: written in a hurry
  examples: {{change: [[{before}, 会。]], keep: [市]}}
"""


@pytest.fixture
def impatient(monkeypatch):
    """The limit of time as a fifth of a second."""
    from minutes_cli import limit

    monkeypatch.setattr(limit.limited.__wrapped__, "__defaults__", (0, 0.2))


def test_a_rule_that_never_ends_is_given_up(folder, minutes, impatient):
    (folder / "rules.yaml").write_text(ENDLESS.format(before="会会。"), encoding="utf-8")
    (folder / "endless.txt").write_text(f"○議長　{'会' * 80}\nです。\n", encoding="utf-8")
    run = minutes("normalize", "--json", "--rules", "rules.yaml", "a.txt", "endless.txt", "b.txt")
    assert run.code == 2 and run.out.count("\n") == 2
    assert run.err.count("\n") == 1
    assert "endless.txt: rule endless: rules.yaml: the pattern takes longer than" in run.err


def test_a_rule_that_never_ends_on_its_example_is_given_up(folder, minutes, impatient):
    (folder / "rules.yaml").write_text(ENDLESS.format(before="会" * 80 + "、"), encoding="utf-8")
    run = minutes("normalize", "--rules", "rules.yaml", "a.txt")
    assert run.code == 2 and run.out == ""
    assert "rules.yaml:1: rule endless: the pattern takes longer than" in run.err
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nrules: [*b, *b]\n", "rules.yaml:1: &a: anchors and aliases are not read"),
        ("[" * 100_000, "rules.yaml:1: not YAML that can be read: lists and mappings inside one another"),
        ("- id: !!python/object/apply:os.system [ls]\n", "rules.yaml:1: tags such as"),
        ("- id: " + "9" * 5000 + "\n", "rules.yaml:1: a number of 5,000 signs"),
        ("#" * 5_000_001, "at most 5,000,000 bytes"),
        ("- \x1b[2J\n", "not YAML"),
    ],
    ids=["aliases", "nesting", "tags", "number", "size", "controls"],
)
def test_rule_files_that_are_bombs(folder, minutes, rules, words):
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    run = minutes("normalize", "--rules", "rules.yaml", "a.txt")
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1 and words in run.err and STEERS.findall(run.err) == []


@pytest.mark.parametrize("edits", [b"[" * 100_000, b'{"a":' * 50_000, b"\xff", b"{}", b"[1e999]", b"null"])
def test_edits_that_are_none(folder, minutes, edits):
    (folder / "edits.json").write_bytes(edits)
    run = minutes("normalize", "--undo", "edits.json", "a.txt")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert "edits.json: not what minutes normalize --json writes" in run.err


# Spreadsheets

FORMULAS = ["=1+1", "+81-3-1234", "-5", "@SUM(A1)"]
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?")
TABLES = [
    "grep --csv 予算",
    "grep --csv -o 予算",
    "grep --csv --count-by speaker 予算",
    "grep --csv --count-by section 予算",
    "summarize --format csv --by speaker",
    "summarize --format csv --by section",
    "summarize --format csv --by exchange",
    "stats --csv --by speaker",
    "stats --csv --by section",
]


def _with_formulas(formula):
    speech = f"○会長（山田太郎君）　{formula}予算です。\n○{formula}委員　{formula}予算はいくらですか。\n"
    return f"あおば町会議会議録\n○会長（山田太郎君）　開きます。\n\n# {formula}\n\n" + speech * 4


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_csv_is_a_formula(folder, minutes, formula):
    (folder / "evil.txt").write_text(_with_formulas(formula), encoding="utf-8")
    neutral = 0
    for words in TABLES:
        run = minutes(*words.split(), "evil.txt")
        cells = [cell for row in csv.reader(io.StringIO(run.out)) for cell in row]
        assert run.code == 0 and cells
        opens = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t")) and not _NUMBER.fullmatch(cell)]
        assert opens == [], words
        neutral += any(cell.startswith(f"'{formula}") for cell in cells)
    assert neutral >= 4, "few cells began with it, so little was tried"


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(folder, minutes):
    (folder / "evil.txt").write_text(_with_formulas("=1+1").replace("予算です", "http://example.jp/です"), "utf-8")
    assert minutes("summarize", "--by", "section", "--format", "xlsx", "evil.txt", "-o", "out.xlsx").code == 0
    cells = [c for sheet in openpyxl.load_workbook("out.xlsx") for row in sheet.iter_rows() for c in row if c.value]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
