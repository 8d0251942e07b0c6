"""Phrase rules: those that come with minutes, files of the user's own, and how they are found and applied."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from minutes_cli.errors import UsageError
from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.normalize.phrases import find, rule_files
from minutes_cli.normalize.phrases.rule import needed
from minutes_cli.normalize.phrases.rule_yaml import read_yaml
from minutes_cli.normalize.phrases.sieve import around, sieve

#: Enough modern spelling for the gate, and nothing to correct.
MODERN = "本日はお集まりいただきまして、ありがとうございます。説明がありましたとおり、計画は昨年から始まっています。\n"
#: Every shipped rule as it stands in its file, with its examples.
SHIPPED = [entry.data for path in sorted(rule_files.FOLDER.glob("*.yaml")) for entry in read_yaml(path).entries]
CHANGES = [(rule["id"], *pair) for rule in SHIPPED for pair in rule["examples"]["change"]]
KEEPS = [(rule["id"], text) for rule in SHIPPED for text in rule["examples"]["keep"]]


def apply(text: str, corrections: list[Correction]) -> str:
    for start, end, after, *_ in sorted(corrections, reverse=True):
        text = text[:start] + after + text[end:]
    return text


def found(text: str, *rules: Path) -> list[Correction]:
    return list(find(text, Settings(rules=rules)))


def write(folder: Path, text: str, name: str = "rules.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# --- the rules that come with minutes ---------------------------------------------------------------------------------


def test_the_json_is_what_the_yaml_says():
    stored = (rule_files.FOLDER / "shipped.json").read_text(encoding="utf-8")
    assert stored == rule_files.compiled(), "run python -m minutes_cli.normalize.rules"


def test_every_rule_can_be_looked_for_quickly_and_has_a_name_of_its_own():
    rules = rule_files.shipped()
    assert all(rule.needs for rule in rules)
    assert all(rule.id.startswith("phrase-") for rule in rules)
    assert len({rule.id for rule in rules}) == len(rules) == len(SHIPPED)


@pytest.mark.parametrize(("name", "before", "after"), CHANGES)
def test_an_example_is_corrected_in_a_modern_record(name, before, after):
    text = MODERN * 3 + before
    mine = [c for c in found(text) if c.rule == name]
    assert apply(text, mine) == MODERN * 3 + after
    assert all(c.reason for c in mine)


@pytest.mark.parametrize(("name", "text"), KEEPS)
def test_what_a_rule_must_leave_alone(name, text):
    assert name not in {c.rule for c in found(MODERN * 3 + text)}


@pytest.mark.parametrize(("name", "before", "after"), CHANGES)
def test_a_corrected_example_gives_nothing_safe_to_correct(name, before, after):
    text = MODERN * 3 + before
    once = apply(text, [c for c in found(text) if c.safety is Safety.SAFE])
    assert [c for c in found(once) if c.safety is Safety.SAFE] == []


def test_a_large_record_is_corrected_where_the_slips_are():
    text = MODERN * 200 + "以上でごございます。\n" + MODERN * 200 + "それは以上でごございます。\n" + MODERN
    assert [text[c.start - 1 : c.end + 2] for c in found(text)] == ["でごございます", "でごございます"]


def test_what_is_grammatical_is_only_shown():
    assert [(c.after, c.safety) for c in found("検討してまいりたいと思えます。")] == [("思い", Safety.SHOW)]


def test_rules_that_are_not_wanted_are_not_tried():
    assert list(find("以上でごございます。", Settings(ignore=("phrase-*",)))) == []


# --- any text ---------------------------------------------------------------------------------------------------------

FRAGMENTS = [text for _, *pair in CHANGES for text in pair] + [
    "\n",
    "\r\n",
    "「",
    "」",
    "\ud800",
    "\0",
    "A",
    "を",
    "っ",
]
PIECES = st.lists(
    st.sampled_from(FRAGMENTS) | st.text(alphabet="ございましたをっつよ願ひ、。\n", max_size=8), max_size=12
)


@given(PIECES.map("".join))
@example("ごご" * 40)
@example("")
def test_any_text_gives_corrections_in_order_that_fit_and_do_not_overlap(text):
    corrections = found(text)
    assert corrections == sorted(corrections, key=lambda c: c.start)
    for one, other in pairwise(corrections):
        assert one.end <= other.start and one.start < other.start
    for c in corrections:
        assert 0 <= c.start <= c.end <= len(text)
        assert text[c.start : c.end] != c.after


@given(PIECES.map("".join))
def test_safe_corrections_come_to_an_end(text):
    """Nearly always at once: a っ put back can be the last evidence that a つ beside it is a slip."""
    text = MODERN * 3 + text
    for _ in range(3):
        before, text = text, apply(text, [c for c in found(text) if c.safety is Safety.SAFE])
    assert text == before


# --- rule files of the user's own -------------------------------------------------------------------------------------

FERRY = {
    "id": "ferry",
    "reason": "the council writes 渡船",
    "pattern": "渡し(?:舟|船)",
    "replacement": "渡船",
    "safety": "ask",
    "examples": {"change": [["渡し舟の運賃", "渡船の運賃"]], "keep": ["渡船の運賃"]},
}


def rule(**changes: Any) -> str:
    """The rule as YAML, with *changes*; what is None is left out."""
    fields = {key: value for key, value in (FERRY | changes).items() if value is not None}
    return yaml.safe_dump([fields], allow_unicode=True, sort_keys=False)


def examples(before: str, after: str, keep: str) -> dict[str, Any]:
    return {"change": [[before, after]], "keep": [keep]}


def test_a_rule_of_the_users_own(tmp_path):
    text = "渡し船の桟橋と渡し舟の運賃"
    corrections = found(text, write(tmp_path, rule()))
    assert apply(text, corrections) == "渡船の桟橋と渡船の運賃"
    assert {(c.rule, c.safety, c.reason) for c in corrections} == {("ferry", Safety.ASK, "the council writes 渡船")}


def test_words_are_pairs_of_wrong_and_right_and_the_longer_one_counts(tmp_path):
    words = {"みなと": "港", "みなとまち": "港町"}
    text = rule(
        pattern=None, replacement=None, words=words, examples=examples("みなとまちとみなと", "港町と港", "港町")
    )
    assert apply("みなとまちのみなと", found("みなとまちのみなと", write(tmp_path, text))) == "港町の港"


@pytest.mark.parametrize(
    ("guard", "changed", "kept"),
    [
        ({"before": "旧"}, "旧渡し舟", "渡し舟"),
        ({"not_before": "旧"}, "渡し舟", "旧渡し舟"),
        ({"behind": "場"}, "渡し舟場", "渡し舟"),
        ({"not_behind": "場"}, "渡し舟", "渡し舟場"),
    ],
)
def test_guards_look_at_what_stands_beside(tmp_path, guard, changed, kept):
    shown = examples(changed, changed.replace("渡し舟", "渡船"), kept)
    path = write(tmp_path, rule(guards=guard, examples=shown))
    assert len(found(changed, path)) == 1
    assert found(kept, path) == []


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_rules_at_one_place_the_safer_one_counts(tmp_path, order):
    safer = rule(
        id="boat", pattern="し[舟船]", replacement="船", safety="safe", examples=examples("渡し舟", "渡船", "舟")
    )
    path = write(tmp_path, "".join([rule(), safer][::order]))
    assert [(c.rule, c.start) for c in found("渡し舟", path)] == [("boat", 1)]


def test_what_is_written_right_already_is_left_alone(tmp_path):
    longer = rule(pattern="渡船", replacement="渡船場", examples=examples("渡船の運賃", "渡船場の運賃", "渡船場"))
    assert [c.start for c in found("渡船場と渡船", write(tmp_path, longer))] == [4]


def test_a_modern_rule_leaves_old_orthography_alone(tmp_path):
    path = write(tmp_path, rule(orthography="modern"))
    assert len(found(MODERN * 3 + "渡し舟", path)) == 1
    assert found("おもつたとほり、渡し舟をつかつた。かつた人もあつた。", path) == []


def test_a_rule_file_is_read_again_when_it_has_changed(tmp_path):
    path = write(tmp_path, rule())
    assert [c.after for c in found("渡し舟", path)] == ["渡船"]
    write(tmp_path, rule(replacement="渡シ船", examples=examples("渡し舟", "渡シ船", "渡シ船")))
    os.utime(path, ns=(1, 1))
    assert [c.after for c in found("渡し舟", path)] == ["渡シ船"]


def test_an_empty_rule_file_has_no_rules(tmp_path):
    assert rule_files.load(write(tmp_path, "# nothing yet\n")) == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"examples": examples("渡し舟", "渡し", "船")}, "rule ferry: '渡し舟' must become '渡し', not '渡船'"),
        ({"examples": examples("渡し舟", "渡船", "渡し船")}, "rule ferry: '渡し船' must stay, not become '渡船'"),
        (
            {"pattern": "渡(.)", "replacement": r"\1渡し", "examples": examples("渡舟", "舟渡し", "船")},
            "changed again, to",
        ),
        ({"pattern": "渡し(?:舟|船"}, "no regex: missing )"),
        ({"pattern": "渡し[[舟船]"}, "no regex: Possible nested set"),
        ({"guards": {"before": "("}}, "no regex: missing )"),
        ({"replacement": r"\2渡船"}, "no regex: invalid group reference"),
        ({"replacement": 12}, "rule ferry: replacement must be text, in quotes"),
        ({"safety": "maybe"}, "safety is one of safe, ask, show"),
        ({"safety": None}, "safety is one of safe, ask, show"),
        ({"reason": None}, "reason must be text"),
        ({"saftey": "ask"}, "unknown in a rule: saftey; known are examples, guards"),
        ({"guards": {"ahead": "舟"}}, "unknown in guards: ahead"),
        ({"words": {"渡し舟": "渡船"}}, "either pattern and replacement or words"),
        ({"pattern": None, "replacement": None, "words": {}}, "words are pairs"),
        ({"pattern": None, "replacement": None, "words": {"舟": 1}}, "舟 must be text"),
        ({"orthography": "old"}, "orthography can only be modern"),
        ({"needs": "艀"}, "'渡し舟の運賃' has nothing of needs: 艀"),
        ({"needs": []}, "needs is a list of texts"),
        ({"examples": None}, "examples has a list change of pairs"),
        ({"examples": {"change": [["a"]]}}, "examples has a list change of pairs"),
        ({"examples": {"change": [["渡し舟", "渡船"]]}}, "examples has a list keep of texts"),
        ({"examples": {"changes": []}}, "unknown in examples: changes"),
        ({"id": "fer*"}, "a rule has an id without blanks"),
        ({"id": 1}, "a rule has an id without blanks"),
    ],
)
def test_a_bad_rule_is_refused_in_one_line_that_says_where(tmp_path, changes, message):
    path = write(tmp_path, "# rules\n" + rule(**changes))
    with pytest.raises(UsageError) as error:
        found("", path)
    assert message in str(error.value)
    assert str(error.value).startswith(f"{path}:2: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: [", ":2: not YAML"),
        ("- id: a\n  id2: b\n - c", ":3: not YAML"),
        ("just words", "a rule file is a list of rules"),
        ("when: 2024-02-31", "not YAML"),
        ("- \x01", "not YAML"),
        ("rules: []\nmore: 1", "a list of rules, or in the format of prh"),
        ("- 1", ":1: a rule must be a mapping"),
        ("RULES", "there are two rules ferry"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(tmp_path, text, message):
    path = write(tmp_path, text.replace("RULES", rule() + rule()))
    with pytest.raises(UsageError) as error:
        rule_files.load(path)
    assert message in str(error.value) and str(path) in str(error.value) and "\n" not in str(error.value)


def test_a_missing_file_and_one_that_is_no_text_are_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        found("", tmp_path / "none.yaml")
    (tmp_path / "sjis.yaml").write_bytes("- id: 渡船".encode("cp932"))
    with pytest.raises(UsageError, match="not UTF-8"):
        found("", tmp_path / "sjis.yaml")


# --- what they are looked for by --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("渡し舟", ("渡し舟",)),
        ("渡し(?:舟|船)場", ("渡し",)),
        ("渡し舟|艀+", ("渡し舟", "艀")),
        ("渡し舟|[艀船]", ()),
        ("渡船場?の運賃表?", ("の運賃",)),
        ("渡し*舟", ("渡",)),
        ("渡し{1,2}舟場", ("舟場",)),
        (r"\(渡し\)\d+", ("(渡し)",)),
        (r"(?<=渡)し[^]舟]舟が", ("舟が",)),
        ("(?i)abc", ()),
        ("(?P<x>渡)船", ("船",)),
        (".", ()),
        ("", ()),
    ],
)
def test_literals_without_which_a_pattern_cannot_match(pattern, literals):
    assert needed(pattern) == literals


@given(
    st.lists(st.text(alphabet="のござ渡船", min_size=1, max_size=4), min_size=1, max_size=6),
    st.text(alphabet="のござ渡船x", max_size=60),
)
def test_a_sieve_finds_what_a_plain_search_finds(literals, text):
    plain = {(word, i) for word in literals for i in range(len(text)) if text.startswith(word, i)}
    hits = list(sieve(literals).hits(text))
    assert set(hits) == plain and len(hits) == len(plain)


def test_a_sieve_without_literals_finds_nothing():
    assert list(sieve([]).hits("渡船")) == []


def test_neighbourhoods_that_touch_are_one():
    assert list(around([50, 10, 25, 200], 10, 205)) == [(0, 35), (40, 60), (190, 205)]
    assert list(around([], 10, 100)) == []
