"""`minutes check` as a user sees it: findings, formats of the frame, settings, suppressions, baselines, fixes."""

from __future__ import annotations

import json
import os

import pytest

from minutes_cli.check.table import RULES as RULE_TABLE
from minutes_cli.check.table import rule_of

RULES = "--select=empty-turn,correction,hint"
BAD = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　
○議長（山田太郎君）　コミュ二ティの件は以上で散会いたします。
"""
MENDED = BAD.replace("コミュ二ティ", "コミュニティ")
CLEAN = MENDED.replace("（佐藤花子君）　", "（佐藤花子君）　おはようございます。")


@pytest.fixture
def bad(folder):
    """The working directory with a record that has an empty turn on line 4 and a slip on line 5."""
    (folder / "bad.txt").write_text(BAD, encoding="utf-8")
    (folder / "good.txt").write_text(CLEAN, encoding="utf-8")
    return folder


def _rules(run) -> list[str]:
    return [finding["rule"] for finding in json.loads(run.out)["findings"]]


def _lines(run) -> list[tuple[str, int]]:
    return [(f["rule"], f["line"]) for f in json.loads(run.out)["findings"]]


# -- what is printed, and the exit code -----------------------------------------------------------------------------


def test_a_finding_says_where_what_and_what_to_do(minutes, bad):
    run = minutes("check", RULES, "bad.txt")
    assert run.code == 1
    head, excerpt, carets = run.out.splitlines()[:3]
    assert head.startswith("bad.txt:4:2: warning M302 empty-turn: 1番（佐藤花子君）")
    assert excerpt == "    ○1番（佐藤花子君）"
    assert carets == "     " + "^" * 17, "wide characters take two columns, ○ takes one"
    assert run.err == "minutes: 1 record checked: 2 warnings\n"


def test_a_clean_record_is_silent(minutes, bad):
    run = minutes("check", RULES, "good.txt")
    assert (run.code, run.out) == (0, "")
    assert run.err == "minutes: 1 record checked: clean\n"


def test_a_missing_path_is_2_also_beside_good_ones_and_into_a_file(minutes, bad):
    assert minutes("check", RULES, "good.txt", "none.txt").code == 2
    run = minutes("check", RULES, "bad.txt", "none.txt", "--format", "json", "-o", "out.json")
    assert run.code == 2
    assert "none.txt: no such file" in run.err
    written = json.loads((bad / "out.json").read_text(encoding="utf-8"))
    assert [f["line"] for f in written["findings"]] == [4, 5]
    assert written["errors"] == ["none.txt: no such file; check the name and the folder"]


def test_a_record_is_checked_once_however_often_it_is_named(minutes, bad):
    run = minutes("check", RULES, "bad.txt", "bad.txt", ".", "--format", "json")
    assert _lines(run) == [("empty-turn", 4), ("correction", 5)]


def test_without_a_path_the_folder_at_hand(minutes, bad, monkeypatch):
    monkeypatch.setattr("minutes_cli.cli._check_run.default_paths", lambda: ["."])
    run = minutes("check", RULES, "--format", "json")
    assert [f["path"] for f in json.loads(run.out)["findings"]] == ["bad.txt", "bad.txt"]


def test_fail_on_and_severity(minutes, bad):
    assert minutes("check", RULES, "--fail-on", "error", "bad.txt").code == 0
    never = minutes("check", RULES, "--fail-on", "never", "bad.txt")
    assert never.code == 0
    assert "M302" in never.out
    errors = minutes("check", RULES, "--severity", "error", "bad.txt")
    assert (errors.code, errors.out) == (1, ""), "what is not shown still fails"


def test_info_is_shown_when_asked_for(minutes, bad):
    (bad / "hint.txt").write_text(CLEAN.replace("以上で", "およよび以上で"), encoding="utf-8")
    assert minutes("check", RULES, "hint.txt").out == ""
    shown = minutes("check", RULES, "--severity", "info", "hint.txt")
    assert (shown.code, "M203 hint" in shown.out) == (0, True)
    assert minutes("check", RULES, "--fail-on", "info", "hint.txt").code == 1


def test_max_findings_keeps_the_most_severe(minutes, bad):
    (bad / "minutes.toml").write_text('[check]\nseverities = { correction = "error" }\n', encoding="utf-8")
    run = minutes("check", RULES, "--max-findings", "1", "--format", "json", "bad.txt")
    assert (_rules(run), run.code) == (["correction"], 1)
    none = minutes("check", RULES, "--max-findings", "0", "bad.txt")
    assert (none.code, none.out) == (1, "")
    assert "2 not shown" in none.err


def test_statistics(minutes, bad):
    run = minutes("check", RULES, "--statistics", "bad.txt")
    assert [line.split() for line in run.out.splitlines()] == [
        ["count", "code", "rule", "severity", "fixable"],
        ["1", "M201", "correction", "warning", "1"],
        ["1", "M302", "empty-turn", "warning"],
    ]
    as_json = minutes("check", RULES, "--statistics", "--format", "json", "bad.txt")
    assert [row["fixable"] for row in json.loads(as_json.out)] == [1, 0]


def test_jsonl_is_one_finding_a_line(minutes, bad):
    run = minutes("check", RULES, "--format", "jsonl", "bad.txt")
    first = json.loads(run.out.splitlines()[0])
    assert {k: first[k] for k in ("rule", "code", "severity", "path", "line", "column", "span", "fix")} == {
        "rule": "empty-turn",
        "code": "M302",
        "severity": "warning",
        "path": "bad.txt",
        "line": 4,
        "column": 2,
        "span": [59, 68],
        "fix": None,
    }


# -- which rules run ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("selector", ["empty-turn", "M302", "m302", "M30", "turns", "empty-*"])
def test_selectors(minutes, bad, selector):
    run = minutes("check", "--select", selector, "--format", "json", "bad.txt")
    assert ("empty-turn", 4) in _lines(run)
    assert "correction" not in _rules(run)
    assert "empty-turn" not in _rules(minutes("check", "--ignore", selector, "--format", "json", "bad.txt"))


def test_an_unknown_rule_is_an_error_with_a_near_name(minutes, bad):
    run = minutes("check", "--select", "emtpy-turn", "bad.txt")
    assert (run.code, run.out) == (2, "")
    assert "did you mean empty-turn?" in run.err


def test_a_selected_rule_that_cannot_run_is_an_error(minutes, bad):
    run = minutes("check", "--select", "prh", "good.txt")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("minutes: prh cannot run:")
    assert "--ignore prh" in run.err


def test_a_bad_dictionary_is_said_once(minutes, bad):
    (bad / "words.yml").write_text("rules: [\n", encoding="utf-8")
    run = minutes("check", "--prh", "words.yml", "bad.txt", "good.txt")
    assert (run.code, run.out, run.err.count("words.yml")) == (2, "", 1)


@pytest.mark.parametrize("words", [("--forbid", " "), ("--prh", "empty.yml")])
def test_words_that_are_none(minutes, bad, words):
    (bad / "empty.yml").write_text("version: 1\nrules: []\n", encoding="utf-8")
    run = minutes("check", *words, "bad.txt", "good.txt")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)


def test_lost_words_are_not_made_full_width(minutes, bad):
    (bad / "lost.txt").write_text(CLEAN.replace("コミュニティ", "莠育ｮ\ufffd"), encoding="utf-8")
    run = minutes("check", "--select", "source", "--format", "json", "lost.txt")
    assert "half-width-kana" not in _rules(run)
    assert "mojibake" in _rules(run)


def test_a_rule_that_breaks_is_named_and_makes_it_2(minutes, bad, monkeypatch):
    from minutes_cli.check.rules import empty_turn

    def broken(subject):
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(empty_turn, "RULE", empty_turn.RULE._replace(find=broken))
    rule_of.cache_clear()
    run = minutes("check", RULES, "bad.txt")
    rule_of.cache_clear()
    assert run.code == 2
    assert "bad.txt: the rule empty-turn could not run: internal error: ZeroDivisionError: on purpose" in run.err
    assert "M201" in run.out, "what other rules find is there"


def test_explain_and_list(minutes, folder):
    run = minutes("check", "--explain", "M302")
    assert run.code == 0
    assert run.out.startswith("M302 empty-turn  warning, turns\n")
    assert "Found 1 (on line" in run.out
    assert "Not found 1" in run.out
    assert minutes("check", "--explain", "nothing").code == 2
    listed = minutes("check", "--list").out
    assert "M302" in listed
    assert "warning, off" in listed


@pytest.mark.parametrize("row", RULE_TABLE, ids=[row.name for row in RULE_TABLE])
def test_every_rule_is_explained_with_its_examples(minutes, folder, row):
    run = minutes("check", "--explain", row.name)
    assert (run.code, run.err) == (0, "")
    rule = rule_of(row)
    assert run.out.count("\nFound ") == len(rule.must) >= 2
    assert run.out.count("\nNot found ") == len(rule.must_not) >= 2
    assert f"{row.code} {row.name}" in run.out.splitlines()[0]


# -- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "head"), [("minutes.toml", "[check]"), ("pyproject.toml", "[tool.minutes.check]")])
def test_settings_are_found_upward_from_the_record(minutes, bad, name, head):
    below = bad / "a" / "b"
    below.mkdir(parents=True)
    (below / "bad.txt").write_text(BAD, encoding="utf-8")
    (bad / "a" / name).write_text(f'{head}\nselect = ["empty-turn"]\n', encoding="utf-8")
    run = minutes("check", "--format", "json", "a/b/bad.txt")
    assert _lines(run) == [("empty-turn", 4)]
    assert "correction" in _rules(minutes("check", "--isolated", "--format", "json", "a/b/bad.txt"))


def test_a_pyproject_without_our_table_is_passed_by(minutes, bad):
    (bad / "a").mkdir()
    (bad / "a" / "bad.txt").write_text(BAD, encoding="utf-8")
    (bad / "a" / "pyproject.toml").write_text("[tool.other]\nx = 1\n", encoding="utf-8")
    (bad / "minutes.toml").write_text('[check]\nselect = ["empty-turn"]\n', encoding="utf-8")
    assert _rules(minutes("check", "--format", "json", "a/bad.txt")) == ["empty-turn"]


def test_settings_per_path(minutes, bad):
    (bad / "scans").mkdir()
    (bad / "scans" / "bad.txt").write_text(BAD, encoding="utf-8")
    (bad / "minutes.toml").write_text(
        '[check]\nselect = ["empty-turn", "correction"]\n[[check.per-path]]\npaths = ["scans/**"]\nignore = ["ocr"]\n',
        encoding="utf-8",
    )
    run = minutes("check", "--format", "json", "bad.txt", "scans")
    assert [(f["path"], f["line"]) for f in json.loads(run.out)["findings"]] == [
        ("bad.txt", 4),
        ("bad.txt", 5),
        ("scans/bad.txt", 4),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[check]\nignroe = []\n", "unknown key 'ignroe'; did you mean ignore?"),
        ('[check]\nselect = ["emptyturn"]\n', "did you mean empty-turn?"),
        ("[check]\nselect = 3\n", "select takes strings"),
        ('[check]\nseverity = "bad"\n', "unknown severity 'bad'"),
        ("[check]\nlongest-turn = 0\n", "a number of characters"),
        ("[check]\nmost-unknown = 2\n", "a share from 0 to 1"),
        ('[check]\nencoding = "utf8x"\n', "unknown encoding"),
        ('[check]\nconvention = "circle"\n', "unknown convention"),
        ('[check]\nkind = "letter"\n', "unknown kind"),
        ('[[check.per-path]]\nignore = ["ocr"]\n', "needs paths"),
        ("[chek]\n", "settings stand under [check]"),
        ("[check\n", "minutes.toml"),
        ('[check]\nforbidden = [{word = "x", advise = "y"}]\n', "forbidden"),
    ],
)
def test_wrong_settings_are_said_once(minutes, bad, content, words):
    (bad / "minutes.toml").write_text(content, encoding="utf-8")
    run = minutes("check", "bad.txt", "good.txt")
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert run.err.count("\n") == 1


def test_forbidden_words_from_settings_and_from_the_command_line(minutes, bad):
    run = minutes("check", RULES, "--forbid", "以上で", "--format", "json", "good.txt")
    assert _lines(run) == [("forbidden-word", 5)]
    (bad / "minutes.toml").write_text(
        '[check]\nforbidden = [{ word = "以上で", advice = "書かない" }]\n',
        encoding="utf-8",
    )
    found = json.loads(minutes("check", "--format", "json", "good.txt").out)["findings"]
    assert [f["line"] for f in found if f["rule"] == "forbidden-word"] == [5]
    assert any("書かない" in f["message"] for f in found)


# -- suppressions and baselines -------------------------------------------------------------------------------------


def test_a_sidecar_accepts_findings_and_an_unused_table_is_reported(minutes, bad):
    (bad / "bad.txt.check.toml").write_text(
        '[[ignore]]\nrule = "empty-turn"\ntext = "佐藤花子"\n\n[[ignore]]\nrule = "correction"\nline = 99\n',
        encoding="utf-8",
    )
    run = minutes("check", RULES, "--extend-select", "unused-suppression", "--format", "json", "bad.txt")
    found = [(f["rule"], f["path"], f["line"]) for f in json.loads(run.out)["findings"]]
    assert found == [("correction", "bad.txt", 5), ("unused-suppression", "bad.txt.check.toml", 5)]


def test_a_suppression_of_a_rule_that_does_not_run_says_nothing(minutes, bad):
    (bad / "good.txt.check.toml").write_text('[[ignore]]\nrule = "empty-turn"\n', encoding="utf-8")
    assert minutes("check", "--select", "correction,unused-suppression", "good.txt").code == 0
    assert minutes("check", "--select", "empty-turn,unused-suppression", "good.txt").code == 1


@pytest.mark.parametrize(
    "content", ['[[ignore]]\nrule = "emty-turn"\n', "[[ignore]]\n", "x = 1\n", '[[ignore]]\nrule="hint"\nline="3"\n']
)
def test_a_wrong_sidecar_is_an_error_and_the_other_records_are_checked(minutes, bad, content):
    (bad / "good.txt.check.toml").write_text(content, encoding="utf-8")
    run = minutes("check", RULES, "good.txt", "bad.txt")
    assert run.code == 2
    assert "good.txt.check.toml" in run.err
    assert "bad.txt:4:2" in run.out


def test_a_baseline_leaves_out_what_was_there_also_when_a_line_is_put_in(minutes, bad):
    assert minutes("check", RULES, "--write-baseline", "known.json", "bad.txt").code == 0
    assert minutes("check", RULES, "--baseline", "known.json", "bad.txt").code == 0
    new = "○2番（田中一郎君）　\n○議長（山田太郎君）　終わります。\n"
    (bad / "bad.txt").write_text(BAD.replace("令和6年3月", "あおば町役場\n令和6年3月") + new, encoding="utf-8")
    run = minutes("check", RULES, "--baseline", "known.json", "--format", "json", "bad.txt")
    assert (_lines(run), run.code) == ([("empty-turn", 7)], 1)
    (bad / "bad.txt").write_text(CLEAN, encoding="utf-8")
    assert "2 of the baseline gone" in minutes("check", RULES, "--baseline", "known.json", "bad.txt").err


def test_a_baseline_knows_each_finding_as_often_as_it_was_there(minutes, bad):
    twice = BAD + "○1番（佐藤花子君）　\n○議長（山田太郎君）　終わります。\n"
    (bad / "bad.txt").write_text(BAD, encoding="utf-8")
    minutes("check", "--select", "empty-turn", "--write-baseline", "known.json", "bad.txt")
    (bad / "bad.txt").write_text(twice, encoding="utf-8")
    run = minutes("check", "--select", "empty-turn", "--baseline", "known.json", "--format", "json", "bad.txt")
    assert len(_rules(run)) == 1


def test_a_baseline_is_found_from_any_folder(minutes, bad, monkeypatch):
    (bad / "minutes.toml").write_text('[check]\nbaseline = "known.json"\n', encoding="utf-8")
    minutes("check", RULES, "--write-baseline", "known.json", "bad.txt")
    (bad / "deep").mkdir()
    monkeypatch.chdir(bad / "deep")
    assert minutes("check", RULES, "../bad.txt").code == 0


def test_a_missing_baseline_is_said_once(minutes, bad):
    run = minutes("check", RULES, "--baseline", "none.json", "bad.txt", "good.txt")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)


def test_a_baseline_can_go_to_standard_output(minutes, bad):
    run = minutes("check", RULES, "--write-baseline", "-", "bad.txt")
    assert (run.code, list(json.loads(run.out)["records"])) == (0, ["bad.txt"])
    assert not (bad / "-").exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"format": "other"}', '{"format":"minutes-baseline/1","records":[]}'])
def test_what_is_no_baseline_is_neither_read_nor_overwritten(minutes, bad, content):
    (bad / "known.json").write_text(content, encoding="utf-8")
    assert minutes("check", RULES, "--baseline", "known.json", "bad.txt").code == 2
    assert minutes("check", RULES, "--write-baseline", "known.json", "bad.txt").code == 2
    assert (bad / "known.json").read_text(encoding="utf-8") == content


# -- fixes ----------------------------------------------------------------------------------------------------------


def test_diff_shows_and_fix_writes(minutes, bad):
    diff = minutes("check", RULES, "--diff", "bad.txt")
    assert diff.code == 1
    assert "-○議長（山田太郎君）　コミュ二ティの件は以上で散会いたします。\n" in diff.out
    assert (bad / "bad.txt").read_text(encoding="utf-8") == BAD
    run = minutes("check", RULES, "--fix", "--backup", "bad.txt")
    assert run.code == 1, "the empty turn is left"
    assert "M201" not in run.out
    assert "1 fault mended in 1 record" in run.err
    assert (bad / "bad.txt").read_text(encoding="utf-8") == MENDED
    assert (bad / "bad.txt.bak").read_text(encoding="utf-8") == BAD


def test_fix_keeps_encoding_and_line_ends(minutes, bad):
    raw = BAD.replace("\n", "\r\n").encode("cp932")
    (bad / "bad.txt").write_bytes(raw)
    minutes("check", RULES, "--fix", "bad.txt")
    assert (bad / "bad.txt").read_bytes() == MENDED.replace("\n", "\r\n").encode("cp932")


def test_fix_leaves_clean_records_untouched(minutes, bad):
    before = os.stat(bad / "good.txt").st_mtime_ns
    assert minutes("check", RULES, "--fix", "good.txt").code == 0
    assert os.stat(bad / "good.txt").st_mtime_ns == before


@pytest.mark.parametrize(
    "words",
    [
        ("--diff", "--statistics"),
        ("--fix", "--write-baseline", "x.json"),
        ("--backup",),
        ("--config", "x.toml", "--isolated"),
        ("--diff", "--format", "json"),
        ("--statistics", "--format", "sarif"),
        ("--kind", "nothing"),
        ("--encoding", "nothing"),
        ("--convention", "nothing"),
    ],
)
def test_options_that_do_not_go_together(minutes, bad, words):
    run = minutes("check", *words, "bad.txt")
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1


def test_output_replaces_nothing_without_force(minutes, bad):
    (bad / "out.txt").write_text("old", encoding="utf-8")
    assert minutes("check", RULES, "bad.txt", "-o", "out.txt").code == 2
    assert (bad / "out.txt").read_text(encoding="utf-8") == "old"
    assert minutes("check", RULES, "bad.txt", "-o", "out.txt", "--force").code == 1
    assert "M302" in (bad / "out.txt").read_text(encoding="utf-8")
    assert minutes("check", RULES, "good.txt", "-o", "out.txt", "--force").code == 0
    assert (bad / "out.txt").read_text(encoding="utf-8") == ""
