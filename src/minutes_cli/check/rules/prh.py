"""M702: what a dictionary of textlint-rule-prh, given by the user, would write otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from minutes_cli.check.characters import quoted
from minutes_cli.check.model import Example, Flaw, Options, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Safety, Span
from minutes_cli.normalize.phrases import REACH
from minutes_cli.normalize.phrases.rule import Match, matches
from minutes_cli.normalize.phrases.rule import Rule as PhraseRule
from minutes_cli.normalize.phrases.rule_files import Version, load, version
from minutes_cli.normalize.phrases.sieve import Sieve, around, sieve


class _Dictionary(NamedTuple):
    """The rules of all dictionaries, by the literals without which they find nothing, and those without any."""

    sieve: Sieve
    by_literal: Mapping[str, list[PhraseRule]]
    without: list[PhraseRule]


class _Found(NamedTuple):
    """What a rule would write otherwise; in the order in which one of several is taken."""

    start: int
    shorter: int  # minus the length
    match: Match
    rule: PhraseRule


def _find(subject: Subject) -> Iterator[Flaw]:
    """Raises UsageError for a dictionary that cannot be read or does not do what its own examples say."""
    dictionary = _read(tuple(version(path) for path in subject.options.prh))
    end = 0
    for start, _, match, rule in sorted(_matches(dictionary, subject.text), key=lambda f: (f.start, f.shorter)):
        if start >= end and match.end > start:
            end = match.end
            span = Span(start, end)
            fix = subject.replaced(span, match.after, "prh", rule.reason, Safety.ASK)
            message = f"{quoted(subject.text[start:end])}: write {quoted(match.after)}; {rule.reason}"
            yield Flaw(span, message, fix)


@lru_cache(maxsize=4)
def _read(versions: tuple[Version, ...]) -> _Dictionary:
    rules = [rule for one in versions for rule in load(one.path)]
    by_literal: dict[str, list[PhraseRule]] = {}
    for rule in rules:
        for literal in rule.needs:
            by_literal.setdefault(literal, []).append(rule)
    return _Dictionary(sieve(by_literal), by_literal, [rule for rule in rules if not rule.needs])


def _matches(dictionary: _Dictionary, text: str) -> Iterable[_Found]:
    places: dict[PhraseRule, list[int]] = {}
    for literal, at in dictionary.sieve.hits(text):
        for rule in dictionary.by_literal[literal]:
            places.setdefault(rule, []).append(at)
    for rule, found in places.items():
        for low, high in around(found, REACH, len(text)):
            yield from (_Found(m.start, m.start - m.end, m, rule) for m in matches(rule, text, low, high))
    for rule in dictionary.without:
        yield from (_Found(m.start, m.start - m.end, m, rule) for m in matches(rule, text))


def _lacks(options: Options) -> str | None:
    return None if options.prh else "no dictionary is given: name one with --prh FILE, or with prh in the settings"


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤花子君）　{}質問いたします。
"""
_OPTIONS = Options(prh=(Path(__file__).with_name("prh_example.yml"),))

RULE = Rule(
    find=_find,
    explanation=(
        "A dictionary in the format of prh, as users of textlint have it, is given with --prh FILE; "
        "the record has a way of writing that it would replace. Which way is right is a matter of house style, "
        "so nothing is changed by itself. Rules of the dictionary that fail their own examples are refused."
    ),
    must=(
        Example(_RECORD.format("町のホームページのサーバについて"), (3,), options=_OPTIONS),
        Example(_RECORD.format("予算の打合せに付いて"), (3,), options=_OPTIONS),
    ),
    must_not=(
        Example(_RECORD.format("町のサーバーについて"), options=_OPTIONS),
        Example(_RECORD.format("予算の打ち合わせについて、荷物に付いてきた紙のこと"), options=_OPTIONS),
    ),
    lacks=_lacks,
)
