"""Parse results -> transcripts: objects of minutes/1 and lists of turns, whoever wrote them. Every field is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from minutes_cli.compare.model import Entry, Person, Sort, Transcript, Unit
from minutes_cli.compare.result_fields import Fields, NoResultError, check_format, is_turn
from minutes_cli.model import Span

__all__ = ["NoResultError", "check_format", "from_result", "from_turns", "is_turn"]

_MEETING = ("title", "body", "session", "date", "start", "end", "place", "addressee", "sender")
_PERSON = ("name", "role", "title", "affiliation")

Line = Callable[[int], int]
"""From a code point of the original to its line (1-based)."""


def from_result(data: Mapping[str, Any], line: Line | None = None, lines: Sequence[Unit] | None = None) -> Transcript:
    """A transcript of an object of minutes/1. Raises NoResultError.

    *line* tells the lines that the object itself does not, and *lines* are those outside of turns and items; both only
    a record at hand has.
    """
    check_format(data)
    at = Fields(data, "")
    source, meeting, layout = at.inside("source"), at.inside("meeting"), at.inside("layout")
    facts = [("kind", at.text("kind")), ("convention", layout.text("convention"))]
    items = tuple(_item(each, line) for each in at.list("items"))
    return Transcript(
        source.text("path") or "",
        source.text("sha256"),
        (*facts, *((name, meeting.text(name)) for name in _MEETING)),
        _persons(at.list("speakers")),
        _turns(at.list("turns"), {each.text("id") for each in at.list("speakers")}),
        _under(items, [each.text("parent") for each in at.list("items")]),
        None if lines is None else tuple(lines),
        tuple(_entry(each, each.text("heading"), line) for each in at.list("sections")),
        tuple(_entry(each, _attendee(each), line) for each in at.list("attendance")),
        tuple(_entry(each, each.text("text"), line) for each in at.list("events")),
    )


def from_turns(rows: Sequence[Mapping[str, Any]]) -> Transcript:
    """A transcript of the turns of one record, as ``export --to jsonl`` writes them. Raises NoResultError.

    Of the meeting they tell title and date; headings, items and attendance they do not tell.
    """
    turns = [Fields(row, f"turn {number}: ") for number, row in enumerate(rows, 1)]
    persons: dict[str, Person] = {}
    for turn in turns:
        key, label = turn.text("speaker"), turn.text("label")
        if key is not None:
            name, role, title, affiliation = (turn.text(field) for field in _PERSON)
            person = persons.get(key) or Person(key, label, (), name, role, title, affiliation, None)
            labels = (label,) if label is not None and label not in person.labels else ()
            persons[key] = person._replace(labels=(*person.labels, *labels))
    return Transcript(
        turns[0].text("path") or "",
        facts=(("title", turns[0].text("meeting")), ("date", turns[0].text("date"))),
        persons=tuple(persons.values()),
        turns=_turns(turns, set(persons)),
    )


def _persons(speakers: Sequence[Fields]) -> tuple[Person, ...]:
    persons = []
    for each in speakers:
        key = each.text("id")
        if not key:
            raise NoResultError(f"{each.where}id is missing")
        name, role, title, affiliation = (each.text(field) for field in _PERSON)
        labels, candidates = each.texts("labels"), each.texts("candidates")
        persons.append(Person(key, each.text("label"), labels, name, role, title, affiliation, candidates))
    if len({person.id for person in persons}) < len(persons):
        raise NoResultError("two speakers have the same id")
    return tuple(persons)


def _turns(turns: Sequence[Fields], speakers: set[str | None]) -> tuple[Unit, ...]:
    units = []
    for number, each in enumerate(turns, 1):
        text, speaker = each.text("text"), each.text("speaker")
        if text is None:
            raise NoResultError(f"{each.where}text is missing")
        if speaker is not None and speaker not in speakers:
            raise NoResultError(f"{each.where}speaker {speaker!r} is none of the speakers")
        events = tuple(event.text("text") or "" for event in each.list("events"))
        units.append(
            Unit(
                Sort.TURN,
                each.text("id") or f"t{number}",
                text,
                Span(*(each.pair("span") or (0, 0))),
                each.pair("lines"),
                each.text("label"),
                speaker,
                each.text("section"),
                each.text("kind"),
                events=events,
            )
        )
    return tuple(units)


def _item(each: Fields, line: Line | None) -> Unit:
    span = Span(*(each.pair("span") or (0, 0)))
    text = "\n".join(part for part in (each.text("heading"), each.text("text")) if part)
    return Unit(Sort.ITEM, each.text("id") or "", text, span, _lines(span, line), each.text("number"))


def _under(items: Sequence[Unit], parents: Sequence[str | None]) -> tuple[Unit, ...]:
    """Items with the number and text of what they stand under: its id would change with every item before it."""
    by_id = {item.id: f"{item.label or ''} {item.text}" for item in items}
    return tuple(
        item._replace(under=None if parent is None else by_id.get(parent, parent))
        for item, parent in zip(items, parents, strict=True)
    )


def _entry(each: Fields, text: str | None, line: Line | None) -> Entry:
    pair = each.pair("span")
    span = None if pair is None else Span(*pair)
    return Entry(text or "", span, line(span.start) if line and span else None, each.text("id") or "")


def _attendee(each: Fields) -> str:
    group, role = each.text("group"), each.text("role")
    return (f"{group}　" if group else "") + (each.text("name") or "") + (f"（{role}）" if role else "")


def _lines(span: Span, line: Line | None) -> tuple[int, int] | None:
    return (line(span.start), line(max(span.start, span.end - 1))) if line else None
