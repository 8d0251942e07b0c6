"""minutes grep as a user runs it: what comes out, where, and with which exit code."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys

import pytest

from minutes_cli.cli._grep_options import OPTIONS, Options
from minutes_cli.cli._options import read


def test_a_line_per_sentence_with_its_speaker(minutes, folder):
    run = minutes("grep", "予算", "a.txt")
    assert (run.code, run.err) == (0, "")
    assert run.out == "a.txt:4:田中委員: 予算の内訳を伺います。\n"


def test_nothing_found_is_1(minutes, folder):
    run = minutes("grep", "宇宙船", ".")
    assert (run.code, run.out, run.err) == (1, "", "")


def test_a_folder_in_the_order_of_its_names(minutes, folder):
    run = minutes("grep", "-o", "子育て会議", ".")
    assert [line.split(":")[0] for line in run.out.splitlines()] == ["a.txt", "b.txt"]


def test_a_missing_file_is_2_and_the_others_go_on(minutes, folder):
    run = minutes("grep", "予算", "missing.txt", "a.txt")
    assert run.code == 2
    assert run.out.startswith("a.txt:4:")
    assert run.err == "minutes: missing.txt: no such file; check the name and the folder\n"


def test_quiet(minutes, folder):
    found, missing = minutes("grep", "-q", "予算", "a.txt"), minutes("grep", "-q", "宇宙船", "a.txt")
    assert (found.code, found.out, missing.code) == (0, "", 1)
    both = minutes("grep", "-q", "予算", "a.txt", "missing.txt")
    assert both.code == 0


@pytest.mark.parametrize(
    ("words", "out"),
    [
        (("-l", "予算", "."), "a.txt\nb.txt\n"),
        (("-L", "予算", "."), ""),
        (("-c", "予算", "."), "a.txt:1\nb.txt:1\n"),
        (("-c", "宇宙船", "."), "a.txt:0\nb.txt:0\n"),
        (("-co", "い", "a.txt"), "a.txt:3\n"),
        (("-I", "-N", "--no-speaker", "内訳", "a.txt"), "予算の内訳を伺います。\n"),
        (("-oI", "内.", "a.txt"), "4:田中委員: 内訳\n"),
    ],
)
def test_other_shapes(minutes, folder, words, out):
    assert minutes("grep", *words).out == out


def test_flags_that_fingers_type_change_nothing(minutes, folder):
    plain = minutes("grep", "予算", ".").out
    assert minutes("grep", "-rnHE", "予算", ".").out == plain
    assert minutes("grep", "予算", ".", "--no-index").out == plain


def test_json_leads_back_to_the_record(minutes, folder):
    run = minutes("grep", "--json", "内訳", ".")
    hits = [json.loads(line) for line in run.out.splitlines()]
    assert len(hits) == 2
    for hit in hits:
        with open(hit["path"], "rb") as file:
            text = file.read().decode("cp932" if hit["path"].endswith("b.txt") else "utf-8")
        start, end = hit["span"]
        assert text[start:end] == hit["match"] == hit["original"] == "内訳"
        assert text.splitlines()[hit["line"] - 1][hit["column"] - 1 :].startswith("内訳")
        assert (hit["speaker"]["label"], hit["date"], hit["turn"]) == ("田中委員", "2024-05-10", "t2")


def test_csv_has_the_same_hits(minutes, folder):
    rows = list(csv.DictReader(io.StringIO(minutes("grep", "--csv", "内訳", ".").out)))
    assert [(row["path"], row["line"], row["match"]) for row in rows] == [
        ("a.txt", "4", "内訳"),
        ("b.txt", "4", "内訳"),
    ]


def test_a_word_across_a_wrap_a_page_break_and_a_slip(minutes, folder):
    record = (
        "令和6年度第1回あおば町会議録\n令和6年5月10日\n"
        "○会長（山田太郎君）　これより会議を開きます。本日は大変お忙しい中、また足元の悪い中、待機児\n"
        "童についての御審議のためにお集まりいただき、ありがとうございます。さて、次の議案は、学校給\n\n- 1 -\n\n"
        "食についてです。事務局から説明をお願いします。\n○田中委員　分かりました。\n"
    )
    (folder / "w.txt").write_text(record, encoding="utf-8")
    assert minutes("grep", "-oI", "--no-speaker", "待機児童|学校給食", "w.txt").out == "3:待機児童\n4:学校給食\n"
    raw = minutes("grep", "--raw", "待機児童", "w.txt")
    assert (raw.code, raw.out) == (1, "")


def test_both_readings_of_a_slip(minutes):
    run = minutes("grep", "-I", "自治体", "corpus/scanned-petition/record.txt")
    assert "白治体〔→自治体〕" in run.out
    assert "〔→" not in minutes("grep", "--raw", "白治体", "corpus/scanned-petition/record.txt").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("(", "a.txt"), "'(' is no regular expression"),
        (("", "a.txt"), "an empty pattern matches everywhere"),
        ((), "no pattern given"),
        (("--json", "--csv", "予算", "a.txt"), "--json and --csv exclude one another"),
        (("-l", "-c", "予算", "a.txt"), "-c and -l exclude one another"),
        (("--raw", "--word", "予算", "a.txt"), "--raw searches lines as they stand, so --word"),
        (("--sort", "left", "予算", "a.txt"), "--sort belongs to --kwic"),
        (("--scope", "page", "予算", "a.txt"), "--scope"),
        (("--kind", "poem", "予算", "a.txt"), "unknown kind 'poem'"),
        (("-m", "many", "予算", "a.txt"), "-m"),
        (("--since", "soon", "予算", "a.txt"), "--since 'soon' is no date"),
        (("--synonyms", "none.txt", "予算", "a.txt"), "none.txt: no such file"),
        (("--index", "none.sqlite", "予算", "a.txt"), "none.sqlite"),
        (("--encoding", "klingon", "予算", "a.txt"), "unknown encoding 'klingon'"),
        (("--nothing", "予算", "a.txt"), "No such option: --nothing"),
        (("[[:alpha:]]", "a.txt"), "[[: is not known here; use"),
        ((r"\<予算", "a.txt"), r"\< is not known here; use \b"),
        (("--since", "2024-13", "予算", "a.txt"), "--since '2024-13' is no date"),
        (("--since", "2025", "--until", "2024", "予算", "a.txt"), "lies behind --until 2024"),
        (("--scope", "turn", "予算", "a.txt"), "give --all, --not or --near"),
        (("-c", "--json", "予算", "a.txt"), "--json and -c exclude one another"),
        (("-0", "予算", "a.txt"), "--null ends the paths"),
    ],
)
def test_faults_are_one_line_and_2(minutes, folder, words, said):
    run = minutes("grep", *words)
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1 and said in run.err


def test_the_table_fills_the_options():
    names = [option.name for option in OPTIONS]
    assert sorted(names) == sorted(Options._fields) and len(set(names)) == len(names)
    flags = [flag for option in OPTIONS for flag in option.flags]
    assert len(set(flags)) == len(flags)


@pytest.mark.parametrize(
    ("words", "values", "rest"),
    [
        (["-il", "予算", "a"], {"ignore_case": True, "files_with": True}, ("予算", "a")),
        (["-m5", "-C", "2", "x"], {"most": 5, "context": 2}, ("x",)),
        (["--max-count=5", "x"], {"most": 5}, ("x",)),
        (["-e", "-x", "-ey"], {"patterns": ("-x", "y")}, ()),
        (["x", "--", "-i", "-"], {}, ("x", "-i", "-")),
        (["-", "x"], {}, ("-", "x")),
    ],
)
def test_quick_reading(words, values, rest):
    given = read(OPTIONS, words)
    assert given is not None and (given.values, given.words) == (values, rest)


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["-e"], ["-m", "x"], ["--scope", "y"], ["--json=1"], ["-Z"]])
def test_what_the_quick_reader_leaves_to_typer(words):
    assert read(OPTIONS, words) is None


def test_typer_reads_the_same(minutes, folder, monkeypatch):
    words = ["grep", "-oC1", "--scope", "turn", "-e", "予算", "--all", "a.txt", "-m", "3", "--not", "宇宙"]
    quick = minutes(*words)
    monkeypatch.setattr("minutes_cli.cli._options.read", lambda table, arguments: None)
    monkeypatch.setattr("minutes_cli.cli.grep.read", lambda table, arguments: None)
    assert minutes(*words) == quick and quick.code == 0


def test_what_is_piped_in(minutes, folder, monkeypatch):
    with open("a.txt", "rb") as file:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(file))
        assert minutes("grep", "予算").out == "-:4:田中委員: 予算の内訳を伺います。\n"


def test_without_a_path_and_a_pipe_the_folder_at_hand(minutes, folder, monkeypatch):
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert minutes("grep", "-l", "予算").out == "a.txt\nb.txt\n"


EVENTS = """令和6年度第1回あおば町会議会議録
令和6年5月10日（金）　午前10時開会
○会長（山田太郎君）　これより会議を開きます。保育所は二つ。
（拍手）
予算は十分です。
○丙山次郎委員　予算の内訳を伺います。
○会長（山田太郎君）　事務局から説明をお願いします。
○丙山次郎委員　ありがとうございます。
"""


@pytest.fixture
def clapped(folder):
    (folder / "e.txt").write_text(EVENTS, encoding="utf-8")
    return "e.txt"


def test_what_happens_stands_where_it_happens(minutes, clapped):
    around = minutes("grep", "-IC1", "--no-speaker", "十分", clapped)
    assert around.out == "4-（拍手）\n5:予算は十分です。\n6-予算の内訳を伺います。\n"
    found = minutes("grep", "--events", "-I", "--no-speaker", "拍手|二つ|十分", clapped)
    assert found.out == "3:保育所は二つ。\n4:（拍手）\n5:予算は十分です。\n"


@pytest.mark.parametrize("name", ["丙山次郎", "丙山 次郎", "丙山　次郎委員"])
def test_blanks_in_names_do_not_count(minutes, clapped, name):
    assert minutes("grep", "-c", "--speaker", name, "予算", clapped).out == "e.txt:1\n"


def test_patterns_from_a_file(minutes, clapped, folder):
    (folder / "patterns").write_text("拍子\n\n内訳\n", encoding="utf-8")
    assert minutes("grep", "-c", "-f", "patterns", clapped).out == "e.txt:1\n"
    (folder / "patterns").write_text("\n", encoding="cp932")
    assert minutes("grep", "-f", "patterns", clapped).code == 2


def test_paths_can_be_opened_again(minutes, folder):
    odd = folder / "new\nline\x1b.txt"
    odd.write_text(EVENTS, encoding="utf-8")
    (folder / os.fsdecode(b"bad\xff.txt")).write_text(EVENTS, encoding="utf-8")
    assert minutes("grep", "-l0", "十分", "new\nline\x1b.txt").out == "new\nline\x1b.txt\0"
    process = subprocess.run(
        [sys.executable, "-m", "minutes_cli", "grep", "-l", "十分", "."], stdout=subprocess.PIPE, check=True
    )
    assert b"bad\xff.txt\n" in process.stdout


def test_a_pattern_that_never_ends_is_given_up(minutes, folder, monkeypatch):
    monkeypatch.setattr("minutes_cli.limit.limited.__wrapped__.__defaults__", (0, 0.2))
    endless = EVENTS.replace("保育所は二つ", "あ" * 2000 + "い")
    (folder / "endless.txt").write_text(endless, encoding="utf-8")
    run = minutes("grep", "(あ+)+$|十分", "endless.txt", "a.txt")
    assert run.code == 2 and run.out == ""
    assert run.err.count("\n") == 1 and "endless.txt: the pattern takes longer than" in run.err


def test_a_bar_that_grep_users_type_is_pointed_out(minutes, folder):
    run = minutes("grep", r"予算\|会議", "a.txt")
    assert run.code == 1 and "alternatives stand between bars alone" in run.err


def test_the_locale_of_machines(folder):
    environment = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    process = subprocess.run(
        [sys.executable, "-m", "minutes_cli", "grep", "-c", "予算", "a.txt"],
        stdout=subprocess.PIPE,
        env=environment,
        check=True,
    )
    assert process.stdout == b"a.txt:1\n"


def test_a_closed_standard_output(folder):
    command = f"{shlex.quote(sys.executable)} -m minutes_cli grep 予算 a.txt >&-"
    process = subprocess.run(command, shell=True, stderr=subprocess.PIPE, check=False)
    assert process.returncode == 2
    assert process.stderr.decode() == "minutes: standard output is closed: nothing can be written\n"


def test_an_empty_file_holds_nothing(minutes, folder):
    (folder / "empty.txt").write_bytes(b"")
    for how in ((), ("--raw",)):
        run = minutes("grep", "-c", *how, ".", "empty.txt")
        assert (run.code, run.out, run.err) == (1, "empty.txt:0\n", "")


def test_at_most_no_sentence(minutes, folder):
    run = minutes("grep", "-m0", "予算", "a.txt")
    assert (run.code, run.out) == (1, "")
