"""A query made ready, and what it finds in a record: the one matcher behind scan and index."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.passage import Record
from minutes_cli.search.filters import Sieve, sieve
from minutes_cli.search.matcher import Matcher, matchers
from minutes_cli.search.model import Found, Match, Mode, Query, Result, Scope
from minutes_cli.search.needs import Needs, all_of, any_of
from minutes_cli.search.scopes import Located, counting, units

Places = Mapping[int, Collection[int]]
"""Records (by id in an index) with the numbers of their passages that may match."""


class Search(NamedTuple):
    """A query made ready to run. ``needs``: what a record must hold, somewhere, for anything to be found in it."""

    query: Query
    wanted: tuple[Matcher, ...]
    unwanted: tuple[Matcher, ...]
    sieve: Sieve
    needs: Needs
    together: bool  # all patterns must meet

    @property
    def folded(self) -> bool:
        """Whether ``needs`` are of folded text: with -i, and for words."""
        return self.query.ignore_case or self.query.mode is Mode.WORD


def prepare(query: Query) -> Search:
    """Make *query* ready. Raises UsageError for what does not fit together, or is no pattern."""
    if not query.patterns:
        raise UsageError("no pattern given; name what to search for (minutes grep PATTERN FILE, or -e PATTERN)")
    if query.near is not None and query.scope in (Scope.EXCHANGE, Scope.SECTION, Scope.RECORD):
        raise UsageError(
            f"--near counts characters inside a turn, so --scope {query.scope.value} does not go with it; "
            "choose sentence, paragraph or turn"
        )
    wanted = matchers(query.patterns, query)
    together = query.every or query.near is not None
    by_pattern = [any_of([m.needs for m in wanted if m.number == number]) for number in range(len(query.patterns))]
    needs = all_of(by_pattern) if together else any_of(by_pattern)
    return Search(query, wanted, matchers(query.without, query), sieve(query), needs, together)


def search(prepared: Search, record: Record, places: Sequence[Collection[int] | None] = ()) -> Result:
    """What is found in *record*, in its order.

    *places*: for every matcher of ``prepared.wanted`` the passages that it may match, None for all; all where it is
    left out.
    """
    query, passages = prepared.query, record.passages
    if not prepared.sieve.record(record):
        return Result(record, ())
    passes = prepared.sieve.passages(record)
    allowed = [number for number, passage in enumerate(passages) if passes(passage)]
    wanted = _matches(prepared.wanted, record, allowed, places)
    if wanted and (prepared.together or prepared.unwanted):
        wanted = counting(
            wanted,
            _matches(prepared.unwanted, record, allowed, ()),
            units(query.scope, passages),
            patterns=len(query.patterns),
            every=prepared.together,
            near=query.near,
        )
    by_passage: dict[int, list[Match]] = {}
    for number, match in wanted:
        by_passage.setdefault(number, []).append(match)
    return Result(record, tuple(Found(passages[number], _apart(by_passage[number])) for number in sorted(by_passage)))


def _matches(
    wanted: Sequence[Matcher], record: Record, allowed: Sequence[int], places: Sequence[Collection[int] | None]
) -> list[Located]:
    found: list[Located] = []
    for i, matcher in enumerate(wanted):
        among = places[i] if places else None
        for number in allowed:
            if among is None or number in among:
                found += [(number, match) for match in matcher.matches(record.passages[number].text)]
    return sorted(found) if len(wanted) > 1 else found


def _apart(matches: Sequence[Match]) -> tuple[Match, ...]:
    """*matches* in the order of the text; of those at the very same place the first pattern's only."""
    kept: dict[tuple[int, int], Match] = {}
    for match in sorted(matches):
        kept.setdefault((match.start, match.end), match)
    return tuple(kept.values())
