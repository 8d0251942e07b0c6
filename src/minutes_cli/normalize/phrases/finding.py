"""What phrase rules find in a text that holds some of their literals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.limit import TooSlowError, limited
from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.normalize.orthography import SEEN, Gate, may_quote, old_orthography
from minutes_cli.normalize.phrases import REACH, rule_files
from minutes_cli.normalize.phrases.rule import Match, Rule, matches
from minutes_cli.normalize.phrases.sieve import Hit, Search, around

_CONFIDENCE = {Safety.SAFE: 0.99, Safety.ASK: 0.8, Safety.SHOW: 0.4}


class Rules(NamedTuple):
    """All rules at hand, ready to be looked for: which ones each literal belongs to, and which ones have none."""

    search: Search
    by_literal: Mapping[str, Sequence[Rule]]
    without: Sequence[Rule]


class Found(NamedTuple):
    """What a rule would change, and why."""

    rule: Rule
    match: Match
    reason: str


def find_at(hits: Iterable[Hit] | None, text: str, settings: Settings) -> list[Correction]:
    """What the rules would correct where their literals stand in *text*; None: they are still to be looked for."""
    rules = _ready(tuple(rule_files.version(path) for path in settings.rules))
    hits = rules.search.hits(text) if hits is None else hits
    found = list(_found(rules, hits, text, settings)) if not settings.rules else _in_time(rules, hits, text, settings)
    modern = [one for one in found if one.rule.modern]
    if modern:
        found = [one for one in found if not one.rule.modern] + list(_in_modern_text(modern, old_orthography(text)))
    return _apart(found)


def _found(rules: Rules, hits: Iterable[Hit], text: str, settings: Settings) -> Iterator[Found]:
    for rule, start, end in _where(rules, hits, text):
        if settings.wants(rule.id):
            try:
                for match in matches(rule, text, start, end):
                    yield Found(rule, match, rule.reason)
            except TooSlowError as error:
                raise TooSlowError(f"rule {rule.id}: {error}") from None


def _in_time(rules: Rules, hits: Iterable[Hit], text: str, settings: Settings) -> list[Found]:
    """As :func:`_found`, for rules of the user's own, whose patterns may backtrack without end."""
    # Rules without a literal are tried on every character; a thousand of them take their time without any harm.
    names = ", ".join(path.name for path in settings.rules)
    with limited(names, len(text) * (1 + len(rules.without))):
        return list(_found(rules, hits, text, settings))


def _in_modern_text(found: Iterable[Found], gate: Gate) -> Iterator[Found]:
    """Those of *found* that do not stand in old text.

    What stands near each other stands or falls together: one correction must not take away the evidence against the
    next one, which would then be made the next time.
    """
    if gate.whole:
        return
    groups: list[list[Found]] = []
    for one in sorted(found, key=lambda f: f.match.start):
        if not groups or one.match.start - groups[-1][-1].match.start > SEEN:
            groups.append([])
        groups[-1].append(one)
    for group in groups:
        if not any(gate.at(one.match.start) or may_quote(gate.text, one.match.start) for one in group):
            yield from (one._replace(reason=f"{one.reason}; {gate.reason}") for one in group)


@lru_cache(maxsize=4)
def _ready(versions: tuple[rule_files.Version, ...]) -> Rules:
    rules = list(rule_files.shipped())
    for version in versions:
        rules += rule_files.load(version.path)
    by_literal: dict[str, list[Rule]] = {}
    for rule in rules:
        for literal in rule.needs:
            by_literal.setdefault(literal, []).append(rule)
    return Rules(Search(by_literal), by_literal, [rule for rule in rules if not rule.needs])


def _where(rules: Rules, hits: Iterable[Hit], text: str) -> Iterator[tuple[Rule, int, int]]:
    """The rules that may match, each with every part of *text* where it may."""
    by_literal: dict[str, list[int]] = {}
    for literal, at in hits:
        by_literal.setdefault(literal, []).append(at)
    places: dict[Rule, list[int]] = {}
    for literal, found in by_literal.items():
        for rule in rules.by_literal[literal]:
            places.setdefault(rule, []).extend(found)
    for rule, found in places.items():
        yield from ((rule, start, end) for start, end in around(found, REACH, len(text)))
    yield from ((rule, 0, len(text)) for rule in rules.without)


def _apart(found: Iterable[Found]) -> list[Correction]:
    """*found* in the order of the text, without what overlaps: the safer stays, then what begins earlier."""
    order = list(Safety)
    kept: list[Correction] = []
    for rule, (start, end, after), reason in sorted(found, key=lambda f: (f.match, f.rule.id)):
        correction = Correction(start, end, after, rule.id, rule.safety, _CONFIDENCE[rule.safety], reason)
        if not kept or (kept[-1].end <= start and kept[-1].start < start):
            kept.append(correction)
        elif order.index(rule.safety) < order.index(kept[-1].safety):
            kept[-1] = correction
    return kept
