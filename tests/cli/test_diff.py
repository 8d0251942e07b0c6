"""minutes diff: what a reader sees of two versions, where it says that it stands, and the exit codes."""

import io
import json
import shutil
import sys

import pytest

from minutes_cli.cli import _print

RECORD = """令和6年度第1回あおば町子育て会議会議録
令和6年5月10日（金）　午前10時開会
場所　あおば町役場　第１会議室
○会長（山田太郎君）　これより会議を開きます。
○田中委員　予算の内訳を伺います。
○会長（山田太郎君）　事務局から説明をお願いします。
○事務局　お手元の資料のとおり、人件費が主なものです。次に、園舎の改修について申し上げます。
○田中委員　ありがとうございます。
"""
EDITS = {
    "text": ("予算の内訳を", "予算の明細を"),
    "speaker": ("○田中委員　予算", "○佐藤委員　予算"),
    "removed": ("○田中委員　ありがとうございます。\n", ""),
    "added": ("○田中委員　ありがとう", "○佐藤委員　園庭も直してください。\n○田中委員　ありがとう"),
    "split": ("次に、園舎", "\n○会長（山田太郎君）　次に、園舎"),
    "label": ("○会長（山田太郎君）　事務局", "○会長（山田君）　事務局"),
    "meeting": ("令和6年5月10日（金）", "令和6年5月17日（金）"),
    "outside": ("第１会議室", "第２会議室"),
}
SHOWN = {
    "text": "old.txt:5 → new.txt:5  田中委員: other text\n  予算の[-内訳-]{+明細+}を伺います。\n",
    "speaker": "old.txt:5 → new.txt:5  田中委員 → 佐藤委員: another speaker\n  予算の内訳を伺います。\n",
    "removed": "old.txt:8  田中委員: turn removed\n- ありがとうございます。\n",
    "added": "new.txt:8  佐藤委員: turn added\n+ 園庭も直してください。\n",
    "split": "old.txt:7 → new.txt:7  事務局 → 事務局 + 会長（山田太郎君）: one turn is now 2, another speaker\n"
    "  new.txt:7  事務局: お手元の資料のとおり、人件費が主なものです。\n"
    "  new.txt:8  会長（山田太郎君）: 次に、園舎の改修について申し上げます。\n",
    "label": "old.txt:6 → new.txt:6  会長（山田太郎君） → 会長（山田君）: another label\n"
    "  事務局から説明をお願いします。\n",
    "meeting": "meeting date: 2024-05-1[-0-]{+7+}\n",
    "outside": "old.txt:3 → new.txt:3  other text\n  場所　あおば町役場　第[-１-]{+２+}会議室\n",
}


@pytest.fixture
def two(tmp_path, monkeypatch):
    """A function that writes old.txt, and new.txt with some EDITS in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def write(*names, folder=tmp_path):
        new = RECORD
        for name in names:
            assert EDITS[name][0] in new
            new = new.replace(*EDITS[name], 1)
        (folder / "old.txt").write_text(RECORD, encoding="utf-8")
        (folder / "new.txt").write_text(new, encoding="utf-8")
        return folder

    return write


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_is_shown_with_its_place_on_both_sides(two, minutes, name):
    two(name)
    run = minutes("diff", "old.txt", "new.txt")
    assert run.code == 1
    assert run.out.startswith("--- old.txt\n+++ new.txt\n")
    assert SHOWN[name] in run.out
    assert run.err.startswith("minutes: 1 record compared: different; ")


def test_a_record_is_the_same_as_itself_and_says_nothing_on_stdout(two, minutes):
    two()
    run = minutes("diff", "old.txt", "new.txt")
    assert (run.code, run.out, run.err) == (0, "", "minutes: 1 record compared: the same\n")


def test_only_what_was_edited_is_reported(two, minutes):
    two("text", "removed")
    found = json.loads(minutes("diff", "--json", "old.txt", "new.txt").out)
    assert [(c["what"], c["sort"]) for c in found["changes"]] == [("text", "turn"), ("removed", "turn")]
    counts = found["counts"]["turn"]
    assert (counts["old"], counts["new"], counts["same"], counts["text"], counts["removed"]) == (5, 4, 3, 1, 1)
    change = found["changes"][0]
    assert change["pieces"] == [["=", "予算の"], ["-", "内訳"], ["+", "明細"], ["=", "を伺います。"]]
    assert (change["old"][0]["lines"], change["new"][0]["order"]) == ([5, 5], 2)
    start, end = change["new"][0]["span"]
    assert "明細" in (two("text", "removed") / "new.txt").read_text(encoding="utf-8")[start:end]


def test_the_other_way_round_added_is_removed(two, minutes):
    two("added")
    there = json.loads(minutes("diff", "--json", "old.txt", "new.txt").out)["counts"]["turn"]
    back = json.loads(minutes("diff", "--json", "new.txt", "old.txt").out)["counts"]["turn"]
    assert (there["added"], there["removed"]) == (1, 0) == (back["removed"], back["added"])


def test_a_parse_result_is_compared_with_its_record_and_with_another(two, minutes):
    folder = two("text")
    (folder / "old.json").write_text(minutes("parse", "--json", "old.txt").out, encoding="utf-8")
    same = minutes("diff", "old.json", "old.txt")
    assert (same.code, same.out) == (0, "")
    assert "not compared, since a side does not hold it: the text outside of turns" in same.err
    run = minutes("diff", "old.json", "new.txt")
    assert run.code == 1
    assert "--- old.json (old.txt)\n" in run.out and SHOWN["text"] in run.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_parse_result_is_known_by_its_content_also_as_other_shells_write_it(two, minutes, encoding):
    two()
    result = minutes("parse", "--json", "old.txt").out
    for name in ("result.txt", "result.json"):
        with open(name, "w", encoding=encoding) as file:
            file.write(result)
        assert minutes("diff", name, "old.txt").code == 0


def test_turns_as_lines_are_compared_too(two, minutes):
    folder = two("speaker")
    (folder / "old.jsonl").write_text(minutes("export", "--to", "jsonl", "old.txt").out, encoding="utf-8")
    assert minutes("diff", "old.jsonl", "old.txt").code == 0
    run = minutes("diff", "old.jsonl", "new.txt")
    assert run.code == 1 and SHOWN["speaker"] in run.out


def test_one_side_from_standard_input(two, minutes, monkeypatch):
    two("text")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RECORD.encode("cp932"))))
    run = minutes("diff", "-", "new.txt")
    assert run.code == 1
    assert "-:5 → new.txt:5  田中委員: other text" in run.out


@pytest.fixture
def folders(two, tmp_path):
    """Folders old and new: a.txt differs, sub/b.txt is the same, gone.txt and come.txt are on one side only."""
    for side in ("old", "new"):
        (tmp_path / side / "sub").mkdir(parents=True)
        (tmp_path / side / "sub" / "b.txt").write_text(RECORD, encoding="utf-8")
    source = two("text")
    shutil.move(source / "old.txt", tmp_path / "old" / "a.txt")
    shutil.move(source / "new.txt", tmp_path / "new" / "a.txt")
    (tmp_path / "old" / "gone.txt").write_text(RECORD, encoding="utf-8")
    (tmp_path / "new" / "come.txt").write_text(RECORD, encoding="utf-8")
    return tmp_path


def test_folders_are_compared_by_the_paths_in_them(folders, minutes):
    run = minutes("diff", "--stat", "old", "new")
    assert run.code == 1
    assert run.out.splitlines() == [
        "a.txt      turns: 1 with other text",
        "come.txt   record added (5 turns)",
        "gone.txt   record removed (5 turns)",
        "sub/b.txt  same",
        "2 records compared: 1 the same, 1 different, 1 added, 1 removed; turns: 1 with other text",
    ]
    whole = minutes("diff", "old", "new")
    assert "old/a.txt:5 → new/a.txt:5" in whole.out and "record removed: old/gone.txt (5 turns)" in whole.out
    rows = [json.loads(line) for line in minutes("diff", "--json", "old", "new").out.splitlines()]
    assert [row["status"] for row in rows] == ["changed", "added", "removed", "same"]
    assert rows[1]["old"] is None and rows[1]["new"]["path"] == "new/come.txt"


def test_a_folder_of_parse_results_and_a_file_of_them_find_their_records(folders, minutes):
    assert minutes("parse", "--json", "old", "-o", "results/").code == 0
    (folders / "old.jsonl").write_text(minutes("parse", "--json", "old").out, encoding="utf-8")
    for results in ("results", "old.jsonl"):
        run = minutes("diff", "--stat", results, "old")
        assert (run.code, run.out.splitlines()[-1]) == (0, "3 records compared: 3 the same"), run.out
    (folders / "list.json").write_text("[" + ",".join((folders / "old.jsonl").read_text().splitlines()) + "]")
    assert minutes("diff", "list.json", "results").code == 0


def test_a_file_beside_a_folder_is_compared_with_its_namesake(folders, minutes):
    run = minutes("diff", "old/a.txt", "new")
    assert run.code == 1 and "record" not in run.out
    run = minutes("diff", "old/gone.txt", "new")
    assert (run.code, run.out) == (2, "") and "new: no record named as old/gone.txt" in run.err


def test_a_bad_file_does_not_stop_the_others_and_is_an_error(folders, minutes):
    (folders / "new" / "sub" / "b.txt").write_bytes(b"\x00\x01")
    run = minutes("diff", "--stat", "old", "new")
    assert run.code == 2
    assert "a.txt" in run.out and "new/sub/b.txt: a binary file" in run.err


BROKEN = {
    "empty.json": (b"", "nothing in it"),
    "cut.json": (b'{"format": "minutes/1", "turns": [', "no JSON at line 1"),
    "deep.json": (b"[" * 100_000, "no JSON at line 1"),
    "other.json": (b'{"name": "x"}', "no parse result (it names no format)"),
    "newer.json": (b'{"format": "minutes/2"}', "format minutes/2 is newer than this version reads (minutes/1)"),
    "summary.json": (b'{"format": "minutes-summary/1"}', "no parse result (its format is 'minutes-summary/1')"),
    "number.json": (b"7", "JSON, but no object"),
    "turns.json": (b'{"format": "minutes/1", "turns": 3}', "turns is no list"),
    "text.json": (b'{"format": "minutes/1", "turns": [{"text": 3}]}', "turns[0]: text is no text"),
    "span.json": (b'{"format": "minutes/1", "turns": [{"text": "", "span": [1]}]}', "turns[0]: span is no pair"),
    "who.json": (b'{"format": "minutes/1", "turns": [{"text": "", "speaker": "s9"}]}', "none of the speakers"),
    "lines.jsonl": (b'{"format": "minutes/1"}\n{"format": "minutes/1"\n', "lines.jsonl: line 2: no JSON"),
    "surrogate.json": (b'{"format": "minutes/1", "kind": "\\ud800"}', "no JSON at line 1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_parse_results_are_one_clear_line(two, minutes, name):
    folder = two()
    data, words = BROKEN[name]
    (folder / name).write_bytes(data)
    run = minutes("diff", name, "old.txt")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert name in run.err and words in run.err


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["missing.txt", "old.txt"], "missing.txt: no such file"),
        (["old.txt", "missing.txt"], "missing.txt: no such file"),
        (["old.txt"], "Missing argument 'NEW'"),
        (["-", "-"], "only one of OLD and NEW"),
        (["--stat", "--json", "old.txt", "new.txt"], "choose one"),
        (["--encoding", "klingon", "old.txt", "new.txt"], "unknown encoding"),
        (["no*such.txt", "old.txt"], "no file matches"),
        (["empty", "old.txt"], "neither records"),
    ],
)
def test_what_cannot_be_compared_is_an_error(two, minutes, words, error):
    (two() / "empty").mkdir()
    run = minutes("diff", *words)
    assert (run.code, run.out) == (2, "") and error in run.err


def test_options_for_records_beside_parse_results_alone_are_an_error(two, minutes):
    (two() / "a.json").write_text(minutes("parse", "--json", "old.txt").out, encoding="utf-8")
    run = minutes("diff", "--fix", "none", "a.json", "a.json")
    assert (run.code, run.out) == (2, "") and "both sides are parse results" in run.err


def test_blanks_may_be_left_out_of_account(two, minutes):
    folder = two()
    (folder / "new.txt").write_text(RECORD.replace("予算の内訳", "予算　の 内訳"), encoding="utf-8")
    assert minutes("diff", "old.txt", "new.txt").code == 1
    assert minutes("diff", "--ignore-space", "old.txt", "new.txt").code == 0


def test_the_same_words_in_other_bytes_are_the_same_and_it_is_said(two, minutes):
    folder = two()
    (folder / "new.txt").write_bytes(RECORD.replace("\n", "\r\n").encode("cp932"))
    run = minutes("diff", "old.txt", "new.txt")
    assert (run.code, run.out) == (0, "")
    assert "1 record the same in content, not in bytes" in run.err


def test_nothing_in_a_record_steers_the_terminal(two, minutes):
    folder = two()
    hostile = RECORD.replace("内訳", "\x1b[2J\u202e内訳").replace("田中委員　あり", "田\x1b]0;x\x07中委員　あり")
    (folder / "new.txt").write_text(hostile, encoding="utf-8")
    run = minutes("diff", "old.txt", "new.txt")
    assert run.code == 1
    assert "\x1b" not in run.out and "\u202e" not in run.out and "␛[2J\\u202e" in run.out


def test_a_long_turn_is_shortened_around_the_change(two, minutes):
    folder = two()
    long = "人件費が主なものです。" * 30
    old = RECORD.replace("人件費が主なものです。", long + "以上の三点です。" + long)
    (folder / "old.txt").write_text(old, encoding="utf-8")
    (folder / "new.txt").write_text(old.replace("三点", "四点"), encoding="utf-8")
    shown = minutes("diff", "old.txt", "new.txt").out.splitlines()[-1]
    assert "…" in shown and "以上の[-三-]{+四+}点です。" in shown and len(shown) < 70


def test_on_a_terminal_the_old_text_stands_over_the_new_one_and_changes_stand_out(two, minutes, monkeypatch):
    two("text")
    monkeypatch.setattr(_print, "is_terminal", lambda: True)
    monkeypatch.setattr("minutes_cli.cli._diff_screen.is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    run = minutes("diff", "old.txt", "new.txt")
    old, new = run.out.splitlines()[-2:]
    assert "内訳" in old and "明細" not in old and "\x1b[1;7;31m内訳" in old
    assert "明細" in new and "\x1b[1;7;32m明細" in new
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[-内訳-]{+明細+}" in minutes("diff", "old.txt", "new.txt").out


def test_the_demands_of_a_petition_are_compared_like_turns(two, minutes):
    folder = two()
    petition = """令和6年7月1日
あおば県知事　殿
あおば町長　山田太郎
保育に関する要望書
記
１　保育士の確保について
(1) 住まいの費用を補助すること。
(2) 研修を年に二回以上開くこと。
２　病児保育について
(1) 隣の市の施設を同じ料金で使えるようにすること。
"""
    (folder / "old.txt").write_text(petition, encoding="utf-8")
    (folder / "new.txt").write_text(petition.replace("年に二回", "年に三回"), encoding="utf-8")
    run = minutes("diff", "--json", "old.txt", "new.txt")
    (change,) = json.loads(run.out)["changes"]
    assert (change["sort"], change["what"], change["old"][0]["lines"]) == ("item", "text", [8, 8])
    assert ["-", "二"] in change["pieces"]


def test_a_record_nobody_understands_is_compared_line_by_line(two, minutes):
    folder = two()
    (folder / "old.txt").write_text("abc def\nghi jkl\nmno pqr\n", encoding="utf-8")
    (folder / "new.txt").write_text("abc def\nghi jk\nmno pqr\n", encoding="utf-8")
    run = minutes("diff", "old.txt", "new.txt")
    assert run.code == 1 and "old.txt:2 → new.txt:2" in run.out and "ghi jk[-l-]" in run.out
