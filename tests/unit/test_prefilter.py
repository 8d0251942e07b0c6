"""The tables of what corrections write say the same as the methods themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from minutes_cli.model import Safety
from minutes_cli.normalize import METHODS, acronyms, marks, ocr, scripts
from minutes_cli.normalize.phrases import rule_files
from minutes_cli.normalize.phrases.rule import Rule
from minutes_cli.search import prefilter, written
from minutes_cli.search.written import fixing


def language(items: Iterable[tuple[Any, Any]]) -> set[str]:
    """All that a pattern takes; of what may come again and again, up to three times more."""
    found = {""}
    for operation, argument in items:
        match str(operation):
            case "LITERAL":
                more = {chr(argument)}
            case "IN":
                more = set()
                for kind, value in argument:
                    assert str(kind) == "LITERAL"
                    more.add(chr(value))
            case "SUBPATTERN":
                more = language(argument[3])
            case "BRANCH":
                more = {string for branch in argument[1] for string in language(branch)}
            case "MAX_REPEAT":
                low, high, inside = argument
                strings = language(inside)
                times = range(low, min(int(high), low + 3) + 1)
                more = {"".join(several) for n in times for several in product(strings, repeat=n)}
            case "ASSERT" | "ASSERT_NOT" | "AT":
                more = {""}
            case other:
                raise AssertionError(f"{other}: say in search/written.py what such a rule writes, and here how")
        found = {a + b for a in found for b in more}
    return found


def pairs(rule: Rule) -> set[tuple[str, str]]:
    """What the rule may find, and what it puts there."""
    if rule.words:
        return set(rule.words)
    pattern = re.sub(r"\\1", lambda _: re.search(r"\((?!\?)[^()]*\)", rule.pattern)[0], rule.pattern)  # type: ignore[index]
    found = language(_parser.parse(pattern))
    if "\\" not in rule.replacement:
        return {(before, rule.replacement) for before in found}
    bare = re.sub(r"\(\?<?[!=](?:[^()]|\([^()]*\))*\)", "", rule.pattern)
    return {(before, match.expand(rule.replacement)) for before in found if (match := re.fullmatch(bare, before))}


def unaccounted(before: str, after: str, fix: str) -> bool:
    """Whether the tables do not explain how *after* was written for *before*."""
    rules = fixing(fix)

    def inserted(i: int) -> bool:
        ends = f" {after} "
        between = rules.between.get(after[i], ())
        return after[i] in rules.inserted or any(
            left in (ends[i], "*") and right in (ends[i + 2], "*") for left, right in between
        )

    def fits(rest: str, i: int) -> bool:
        gone = re.match(rules.gone.removesuffix("?"), rest)
        ends = {gone.end() if gone else 0, 0, *range(gone.end() if gone else 0)}
        for end in ends:
            left = rest[end:]
            if i == len(after):
                if not left:
                    return True
            elif (left and left[0] in rules.before.get(after[i], after[i]) and fits(left[1:], i + 1)) or (
                inserted(i) and fits(left, i + 1)
            ):
                return True
        return False

    return not fits(before, 0)


@pytest.mark.parametrize(("fix", "safeties"), [("safe", {Safety.SAFE}), ("all", {Safety.SAFE, Safety.ASK})])
def test_what_the_phrase_rules_write(fix: str, safeties: set[Safety]) -> None:
    rules = [rule for rule in rule_files.shipped() if rule.safety in safeties]
    assert rules
    for rule in rules:
        for before, after in pairs(rule):
            assert not unaccounted(before, after, fix), f"{rule.id}: {before} -> {after} is not in search/written.py"


def test_what_the_other_methods_write() -> None:
    assert written.TWINS == scripts._TO_KATAKANA
    assert set(written.MARKS) == set(marks._MARKS)
    for sign, letters in acronyms._READ.items():
        for letter in letters:
            assert sign in written.LETTERS[letter]
            assert sign in fixing("safe").before[chr(ord(letter) + 0xFEE0)]


def test_every_method_is_known() -> None:
    known = {
        "radical",
        "ocr-enumerator",
        "ocr-number",
        "ocr-latin",
        "ocr-blank",
        "ocr-script",
        "ocr-acronym",
        "ocr-mark",
    }
    known |= {"phrase-*", "*", "ocr-character", "hint-kana", "hint-word", "hint-sum"}  # hints are never applied
    rules = {rule for method in METHODS for rule in method.rules}
    assert rules == known, "say in search/written.py what the new method writes"


def test_the_signs_of_ocr_are_the_same() -> None:
    mine = (
        prefilter.STROKES,
        prefilter.DIGITS,
        prefilter.MIXED,
        prefilter.MARKS_IN_A_ROW,
        prefilter.STOPS,
        prefilter.HEADS,
    )
    assert {(p.pattern, p.flags) for p in mine} == {(p.pattern, p.flags) for p in ocr._SIGNS.values()}
    assert prefilter._TYPED.pattern == ocr._TYPED.pattern
    assert (prefilter._PIECES, prefilter._PIECE, prefilter._LEAST) == (ocr._PIECES, ocr._PIECE, ocr._SHORT)


@pytest.mark.parametrize(
    "sample",
    [
        "会議|の",
        "会議、.",
        "1CTの",
        "AL工の",
        "市が. また",
        "あ\n住)い",
        "サ一ビス",
        "工リア、。",
        "D1X",
        "10Tの",
        "あ。。い",
    ],
)
def test_signs_are_seen(sample: str) -> None:
    assert prefilter.has_signs(sample) == any(n for _, n in ocr._count(sample))
