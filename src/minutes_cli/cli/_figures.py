"""Figures written: as a table, as bars, as CSV, as JSON. All show the same numbers. Prints nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from minutes_cli.cli._hits.hit import Options
from minutes_cli.cli._hits.table import as_csv
from minutes_cli.summarize.figures import By, Head, Row, Told
from minutes_cli.summarize.people import Identity
from minutes_cli.summarize.ranked import OF_TIME, Ranked

PER_10000 = "per_10000"
_PERSON = ("name", "role", "title", "affiliation")


class Result(NamedTuple):
    """Figures and what has to be known with them.

    ``mode`` is how ``terms`` were matched; ``silent`` the records without turns, by kind; ``left_out`` the records
    that the filters leave out, ``unread`` the files that could not be read.
    """

    ranked: Ranked
    terms: tuple[str, ...] = ()
    mode: str = "literal"
    silent: Mapping[str, int] = {}
    left_out: int = 0
    unread: int = 0

    @property
    def every_row(self) -> Sequence[Row]:
        """The rows, the others among them."""
        others = self.ranked.others
        return self.ranked.rows if others is None else (*self.ranked.rows, others)


def names(result: Result) -> list[str]:
    """What each of ``every_row`` is called.

    Of speakers who would be called alike the labels are given, and the bodies where these are alike too.
    """
    rows, by = result.ranked.rows, result.ranked.by
    called = [_name(row.head, by) for row in rows]
    for more in (_label, _with_body):
        uses = Counter(called)
        called = [more(row.head, name) if uses[name] > 1 else name for row, name in zip(rows, called, strict=True)]
    others = result.ranked.others
    return called if others is None else [*called, f"{others.rows:,} others"]


def _name(head: Head, by: By) -> str:
    return f"no {'date' if by in OF_TIME else by.value}" if head.name is None else head.name


def _label(head: Head, name: str) -> str:
    return head.person.label if head.person else name


def _with_body(head: Head, name: str) -> str:
    return f"{name} [{head.body}]" if head.body else name


def is_doubtful(row: Row) -> bool:
    """Whether a row by speaker may be several people, or one who has another row too."""
    several = row.head.identity not in (None, Identity.NAME) and (row.records or 0) > 1
    return several or bool(row.head.perhaps)


def doubts(rows: Sequence[Row]) -> list[str]:
    """What the question marks of *rows* mean."""
    found = []
    if any(is_doubtful(row) and not row.head.perhaps for row in rows):
        found.append("? stands for an office, or a surname with an office, in several records: perhaps several people")
    perhaps = [row.head for row in rows if row.head.perhaps]
    if perhaps:
        more = f", and {len(perhaps) - 1:,} more" if len(perhaps) > 1 else ""
        found.append(
            f"? stands for a surname that is not added to a full name: {perhaps[0].name} may be "
            f"{' or '.join(perhaps[0].perhaps)}{more}"
        )
    return found


def to_dict(result: Result) -> dict[str, Any]:
    """All of it for JSON. What the records do not say is null."""
    ranked = result.ranked
    return {
        "by": ranked.by.value,
        "sort": ranked.sort.value,
        "unit": {"characters": "code points of turns, without line ends and events", "share": "part of 1"}
        | ({PER_10000: "times per 10,000 characters"} if result.terms else {}),
        "terms": list(result.terms),
        "match": result.mode if result.terms else None,
        "rows": [_about(row, ranked.by) | _figures(row, result) for row in ranked.rows],
        "others": None if ranked.others is None else {"rows": ranked.others.rows} | _figures(ranked.others, result),
        "total": _figures(ranked.total, result),
        "without_turns": dict(result.silent),
        "left_out": result.left_out,
        "unread": result.unread,
    }


def _about(row: Row, by: By) -> dict[str, Any]:
    head = row.head
    if by is not By.SPEAKER:
        return {by.value: head.name}
    person = head.person
    return {
        "speaker": person and {name: getattr(person, name) for name in ("label", *_PERSON)},
        "identity": head.identity,
        "body": head.body,
        "perhaps": list(head.perhaps),
    }


def _figures(row: Row, result: Result) -> dict[str, Any]:
    longest = row.longest
    made: dict[str, Any] = {
        "records": row.records,
        "turns": row.turns,
        "characters": row.characters,
        "share": row.share(result.ranked.total),
        "longest": longest and longest._asdict(),
        "first_date": row.first,
        "last_date": row.last,
    }
    if result.terms:
        made["terms"] = [
            {"term": term, "count": t.times, PER_10000: t.rate(row.characters), "turns": t.turns, "records": t.records}
            for term, t in zip(result.terms, row.terms, strict=True)
        ]
    return made


def json_text(result: Result, *, screen: bool) -> str:
    """One object on a line; on a *screen* indented, and what could steer it escaped."""
    from minutes_cli.export.json import dumps

    text = dumps(to_dict(result), pretty=screen).decode()
    return "".join(c if c.isprintable() or c in "\n\u3000" else json.dumps(c)[1:-1] for c in text) if screen else text


def csv_text(result: Result, *, screen: bool) -> str:
    """CSV as grep writes it; without the total, so that columns can be summed up."""
    by = result.ranked.by
    head = [by.value, *((*_PERSON, "identity", "body", "perhaps") if by is By.SPEAKER else ())]
    head += ["records", "turns", "characters", "share", "longest", "first_date", "last_date"]
    for term in result.terms:
        head += [f"{what} {term}" for what in ("count", PER_10000, "turns", "records")]
    rows = [_csv_row(name, row, result) for name, row in zip(names(result), result.every_row, strict=True)]
    # The header is written as a row, since a term may hold what has to be quoted.
    _, *lines = as_csv((), [head, *rows], Options(screen=screen))
    return "".join(lines)


def _csv_row(name: str, row: Row, result: Result) -> list[object]:
    cells: list[object] = [name]
    if result.ranked.by is By.SPEAKER:
        cells += [getattr(row.head.person, name, None) for name in _PERSON]
        cells += [row.head.identity and row.head.identity.value, row.head.body, "; ".join(row.head.perhaps)]
    cells += [row.records, row.turns, row.characters, row.share(result.ranked.total)]
    cells += [row.longest and row.longest.characters, row.first, row.last]
    for told in row.terms:
        cells += [told.times, told.rate(row.characters), told.turns, told.records]
    return cells


def percent(row: Row, total: Row) -> str:
    """The share of a row for people."""
    share = row.share(total)
    return "–" if share is None else f"{100 * share:.1f} %"


def rate(told: Told, characters: int) -> str:
    """The rate of a term for people."""
    per = told.rate(characters)
    return "–" if per is None else f"{per:,.2f}"


def number(value: int | None) -> str:
    """A number for people."""
    return "–" if value is None else f"{value:,}"
