"""Where to search: which records, and which passages of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.passage import Passage, PassageKind, Record
from minutes_cli.patterns import lazy
from minutes_cli.search.model import Query
from minutes_cli.search.needs import without_doubts

#: What a date is written with.
_LEFT = lazy(r"[0-9０-９〇一二三四五六七八九十元年月日/／.．\-\s]|明治|大正|昭和|平成|令和|西暦|[MTSHR]")
Test = Callable[[str | None], bool]


class Sieve(NamedTuple):
    """The filters of a query made ready."""

    record: Callable[[Record], bool]
    passages: Callable[[Record], Callable[[Passage], bool]]


def sieve(query: Query) -> Sieve:
    """The filters of *query*. Raises UsageError for a pattern that is no regular expression, or no date."""
    filters = query.filters
    since, until = _date("--since", filters.since), _date("--until", filters.until)
    if since and until and since[: len(until)] > until[: len(since)]:
        raise UsageError(f"--since {filters.since} lies behind --until {filters.until}: no meeting is in between")
    body = _test("--body", filters.body)
    kinds = frozenset(filters.kind)

    def record_passes(record: Record) -> bool:
        meeting = record.meeting
        if kinds and record.kind not in kinds:
            return False
        if (since or until) and not _in_time(meeting.date, since, until):
            return False
        return body is None or body(meeting.body) or body(meeting.title)

    speaker = _test("--speaker", filters.speaker)
    role = _test("--role", filters.role)
    affiliation = _test("--affiliation", filters.affiliation)
    section = _test("--section", filters.section)
    events = query.events

    def passages_of(record: Record) -> Callable[[Passage], bool]:
        spoken = speaker or role or affiliation
        speakers = {
            s.id
            for s in record.speakers
            if (speaker is None or any(map(speaker, (s.name, s.role, s.title, *s.labels))))
            and (role is None or role(s.role) or role(s.title))
            and (affiliation is None or affiliation(s.affiliation))
        }
        sections = _sections(record, section) if section else frozenset()

        def passes(passage: Passage) -> bool:
            if passage.kind is PassageKind.EVENT and not events:
                return False
            if spoken and passage.speaker not in speakers:
                return False
            return section is None or passage.section in sections

        return passes

    return Sieve(record_passes, passages_of)


def _sections(record: Record, wanted: Test) -> frozenset[str]:
    """The sections whose heading is wanted, with those below them. A parent stands before its children."""
    found: set[str] = set()
    for section in record.sections:
        if wanted(section.heading) or section.parent in found:
            found.add(section.id)
    return frozenset(found)


def _test(option: str, pattern: str | None) -> Test | None:
    """Whether a text holds *pattern*, blanks in names aside."""
    if pattern is None:
        return None
    try:
        with without_doubts():
            compiled = re.compile(pattern, re.IGNORECASE)
            tight = re.compile("".join(pattern.split()), re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as e:
        raise UsageError(f"{option} {pattern!r} is no regular expression: {e}") from None

    def test(text: str | None) -> bool:
        if not text:
            return False
        return compiled.search(text) is not None or tight.search("".join(text.split())) is not None

    return test


def _date(option: str, text: str | None) -> str | None:
    """A day, a month or a year as ISO has them."""
    if text is None:
        return None
    from minutes_cli.lexicon.calendar import find_date

    # A month or a year is a date whose end is left open.
    for rest, parts in (("", 3), ("1日", 2), ("-1", 2), ("1月1日", 1), ("-1-1", 1)):
        found = find_date(text + rest)
        if found and not _LEFT.sub("", text):
            return found[: (10, 7, 4)[3 - parts]]
    raise UsageError(
        f"{option} {text!r} is no date; give 2024-05-10, 2024-05, 2024, 令和6年5月10日, 令和6年5月 or 令和6年"
    )


def _in_time(date: str | None, since: str | None, until: str | None) -> bool:
    """A day lies in a span whose ends may be months or years; a record without a date lies in none."""
    if date is None:
        return False
    return not (since and date[: len(since)] < since) and not (until and date[: len(until)] > until)
