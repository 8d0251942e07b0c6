"""Rule files of prh: what is read, how its regexes are translated, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutes_cli.errors import UsageError
from minutes_cli.model import Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.normalize.phrases import find
from minutes_cli.normalize.phrases.prh import translate
from minutes_cli.normalize.phrases.rule import changed
from minutes_cli.normalize.phrases.rule_files import load


def write(folder: Path, rules: str, name: str = "prh.yml", head: str = "version: 1\n") -> Path:
    path = folder / name
    path.write_text(f"{head}rules:\n{rules}", encoding="utf-8")
    return path


def normal(text: str, path: Path) -> str:
    for rule in load(path):
        text = changed(rule, text)
    return text


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("- 渡船", "渡船", "渡船"),
        ("- Web", "ｗｅｂとWEBとweb", "WebとWebとWeb"),
        ("- C++", "c++とＣ++", "C++とC++"),
        ("- expected: 渡船\n  pattern: 渡し船", "渡し船に乗る", "渡船に乗る"),
        ("- expected: 渡船\n  pattern: null\n  patterns: [渡し船, 渡し舟]", "渡し船と渡し舟", "渡船と渡船"),
        ("- expected: 渡船.\n  pattern: 渡し船.", "渡し船.渡し船、", "渡船.渡し船、"),
        ("- expected: サーバー\n  pattern: サーバ", "サーバとサーバー", "サーバーとサーバー"),
        ("- expected: サーバー\n  pattern: /サーバ(?!ー)/", "サーバとサーバー", "サーバーとサーバー"),
        ("- expected: （$1）\n  pattern: /\\(([^)]+)\\)/", "(乗る)", "（乗る）"),
        ("- expected: $2$1$$&$&$3\n  pattern: /(渡)(船)/", "渡船", "船渡$&渡船$3"),
        ("- expected: '\\1渡船'\n  pattern: 渡し船", "渡し船", "\\1渡船"),
        ("- expected: さらに\n  pattern: /(変)?更に/\n  regexpMustEmpty: $1", "変更に更に", "変更にさらに"),
        ("- expected: boat\n  pattern: /Boats?/i", "BOATS", "boat"),
        ("- expected: js\n  options: {wordBoundary: true}", "今日もJS祭り、altJS", "今日もjs祭り、altJS"),
        ("- expected: 船\n  pattern: [/ふね/, ボート]\n  prh: 短く", "ふねとボート", "船と船"),
    ],
)
def test_a_rule_does_what_prh_does(tmp_path, rule, before, after):
    assert normal(before, write(tmp_path, rule)) == after


def test_corrections_are_asked_about_and_say_who_asks(tmp_path):
    path = write(tmp_path, "- expected: 渡船\n  pattern: 渡し船\n  prh: 条例の表記です")
    found = list(find("渡し船", Settings(rules=(path,))))
    assert [(c.rule, c.safety, c.reason) for c in found] == [
        ("prh-渡船", Safety.ASK, "prh.yml expects 渡船: 条例の表記です")
    ]


def test_rules_have_names_that_can_be_asked_for(tmp_path):
    path = write(tmp_path, "- expected: API [v2] *\n  pattern: エーピーアイ\n- expected: C++\n  pattern: シープラプラ")
    assert [rule.id for rule in load(path)] == ["prh-API_v2_", "prh-C_"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\d+", "12"),
        (r"[\d\w]+", "a1_"),
        (r"\u6e21\u{8239}\x41", "渡船A"),
        (r"\p{Script=Hiragana}\p{sc=Katakana}\p{Han}", "わタ渡"),
        (r"[\p{Hiragana}ー]+", "わー"),
        (r"\P{Han}", "わ"),
        (r"(?<boat>船)\k<boat>", "船船"),
        (r"(?<=渡)船(?<!艀)", "船"),
        (r"a\/b\-c", "a/b-c"),
        (r"[[&&~~||]+", "[&~|"),
        (r"渡[^]船", "渡\n船"),
        (r"\0\t", "\0\t"),
        (r"\「船\」", "「船」"),
    ],
)
def test_regexes_of_javascript_become_regexes_of_python(source, text):
    assert re.search(translate(source, "here"), "渡" + text if source.startswith("(?<=") else text)[0] == text


@pytest.mark.parametrize(
    ("source", "text"), [(r"\d", "１"), (r"\w", "渡"), (r"\bJS\b", "aJS"), (r"\W", "a"), (r"\D", "1")]
)
def test_classes_of_javascript_know_ascii_only(source, text):
    assert not re.search(translate(source, "here"), text)


@pytest.mark.parametrize("source", [r"\p{Emoji}", r"[\W]", r"[\P{Han}]", r"\cJ", r"\A船", r"\Qx"])
def test_what_cannot_be_translated_is_named(source):
    with pytest.raises(UsageError) as error:
        translate(source, "rules.yml:3")
    assert str(error.value).startswith(f"rules.yml:3: pattern /{source}/: ")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            "- expected: 渡船\n  pattern: /(?<=し+)船/",
            "pattern '/(?<=し+)船/': look-behind requires fixed-width pattern",
        ),
        ("- expected: 渡船\n  pattern: /渡(/", "pattern '/渡(/': missing )"),
        ("- expected: 渡船\n  specs:\n    - {from: 渡し船, to: 渡船}", "'渡し船' must become '渡船', not '渡し船'"),
        ("- expected: 渡船\n  specs: [渡し船]", "specs are pairs from and to"),
        ("- expected: 渡船\n  specs: 渡し船", "specs are pairs from and to"),
        ("- pattern: 渡船", "a rule of prh names what is expected"),
        ("- expected: 渡船\n  spec: []", "unknown in a rule of prh: spec"),
        ("- expected: 渡船\n  pattern: 12", "pattern must be text"),
        ("- expected: 渡船\n  patterns: []", "pattern must be text"),
        ("- expected: 渡船\n  pattern: /渡/\n  regexpMustEmpty: $1", "regexpMustEmpty: there is no group $1"),
        ("- expected: 渡船\n  options: [wordBoundary]", "the only option is wordBoundary"),
    ],
)
def test_a_bad_rule_is_refused_in_one_line_that_says_where(tmp_path, rule, message):
    path = write(tmp_path, rule)
    with pytest.raises(UsageError) as error:
        load(path)
    assert message in str(error.value)
    assert str(error.value).startswith(f"{path}:3: ")
    assert "\n" not in str(error.value)


def test_imports_are_read_from_beside_the_file(tmp_path):
    (tmp_path / "more").mkdir()
    write(tmp_path / "more", "- expected: 艀\n  pattern: はしけ\n", "boats.yml", "version: 1\nimports: deep.yml\n")
    write(tmp_path / "more", "- expected: 筏\n  pattern: いかだ\n- expected: 渡船\n  pattern: 渡し船", "deep.yml")
    path = write(tmp_path, "- expected: 渡船\n  pattern: 渡し船", head="version: 1\nimports: [more/boats.yml]\n")
    assert [rule.id for rule in load(path)] == ["prh-渡船", "prh-艀", "prh-筏"]


def test_an_import_may_leave_rules_out_and_imports_of_its_own(tmp_path):
    write(tmp_path, "- expected: 筏\n  pattern: いかだ", "deep.yml")
    rules = "- expected: 艀\n  pattern: はしけ\n- expected: 船\n  pattern: ふね\n- expected: 舟\n  pattern: ボート"
    write(tmp_path, rules, "boats.yml", "version: 1\nimports: deep.yml\n")
    options = "disableImports: true, ignoreRules: [/はしけ/gmu, {expected: 舟}]"
    head = f"version: 1\nimports: [{{path: boats.yml, {options}}}]\n"
    assert [rule.id for rule in load(write(tmp_path, "- 渡船", head=head))] == ["prh-渡船", "prh-船"]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("version: 1\nimports: prh.yml\n", "imports itself by way of"),
        ("version: 1\nimports: none.yml\n", "none.yml: rule file cannot be read"),
        ("version: 1\nimports: [{disableImports: true}]\n", "imports are paths"),
        ("version: 1\nimports: 5\n", "imports are paths"),
        ("version: 1\nimport: a.yml\n", "unknown in a file of prh: import"),
    ],
)
def test_bad_imports_are_refused(tmp_path, head, message):
    with pytest.raises(UsageError, match=message):
        load(write(tmp_path, "- 渡船", head=head))


def test_two_files_that_import_each_other_are_refused(tmp_path):
    write(tmp_path, "- 艀", "a.yml", "version: 1\nimports: b.yml\n")
    path = write(tmp_path, "- 筏", "b.yml", "version: 1\nimports: a.yml\n")
    with pytest.raises(UsageError, match=r"a\.yml: imports itself by way of .*b\.yml"):
        load(path)


def test_bad_rules_to_ignore_are_refused(tmp_path):
    write(tmp_path, "- 艀", "a.yml")
    with pytest.raises(UsageError, match="ignoreRules names patterns"):
        load(write(tmp_path, "- 筏", head="version: 1\nimports: [{path: a.yml, ignoreRules: [5]}]\n"))
