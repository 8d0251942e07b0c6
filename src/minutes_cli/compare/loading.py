"""Parse results -> transcripts: objects of minutes/1 and lists of turns, whoever wrote them. Every field is checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from minutes_cli.compare.model import Entry, Person, Sort, Transcript, Unit
from minutes_cli.errors import MinutesError
from minutes_cli.model import Span

FORMAT = "minutes/1"
_KNOWN = re.compile(r"minutes/([0-9]{1,9})")
_MEETING = ("title", "body", "session", "date", "start", "end", "place", "addressee", "sender")
_PERSON = ("name", "role", "title", "affiliation")

Value = TypeVar("Value")
Line = Callable[[int], int]
"""From a code point of the original to its line (1-based)."""


class NoResultError(MinutesError):
    """A JSON value is no parse result that can be compared; the message says why, in half a line."""


def from_result(data: Mapping[str, Any], line: Line | None = None, lines: Sequence[Unit] | None = None) -> Transcript:
    """A transcript of an object of minutes/1. Raises NoResultError.

    *line* tells the lines that the object itself does not, and *lines* are those outside of turns and items; both only
    a record at hand has.
    """
    check_format(data)
    at = _Fields(data, "")
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


def check_format(data: Mapping[str, Any]) -> None:
    """Raise NoResultError where *data* does not say that it is what this version reads."""
    form = data.get("format")
    if form == FORMAT:
        return
    known = _KNOWN.fullmatch(form) if isinstance(form, str) else None
    if known and int(known[1]) > 1:
        raise NoResultError(f"format {form} is newer than this version reads ({FORMAT}); update minutes")
    what = f"its format is {str(form)[:40]!r}" if form is not None else "it names no format"
    raise NoResultError(f"JSON, but no parse result ({what}); 'minutes parse --json' writes one ({FORMAT})")


def is_turn(data: Mapping[str, Any]) -> bool:
    """Whether *data* looks like a line of ``minutes export --to jsonl``."""
    return "format" not in data and {"path", "order", "speaker", "label", "text", "span"} <= data.keys()


def from_turns(rows: Sequence[Mapping[str, Any]]) -> Transcript:
    """A transcript of the turns of one record, as ``export --to jsonl`` writes them. Raises NoResultError.

    Of the meeting they tell title and date; headings, items and attendance they do not tell.
    """
    turns = [_Fields(row, f"turn {number}: ") for number, row in enumerate(rows, 1)]
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


class _Fields:
    """An object of JSON whose fields are read with their type; ``where`` says which object it is."""

    def __init__(self, data: Any, where: str) -> None:
        if not isinstance(data, Mapping):
            raise NoResultError(f"{where.rstrip(': ') or 'the value'} is no object")
        self.data, self.where = data, where

    def _field(self, name: str, kind: type[Value], words: str) -> Value | None:
        value = self.data.get(name)
        if value is None or (isinstance(value, kind) and not isinstance(value, bool)):
            return value
        raise NoResultError(f"{self.where}{name} is no {words}")

    def text(self, name: str) -> str | None:
        return self._field(name, str, "text")

    def inside(self, name: str) -> _Fields:
        return _Fields(self.data.get(name) or {}, f"{self.where}{name}: ")

    def list(self, name: str) -> list[_Fields]:
        values = self._field(name, list, "list") or []
        return [_Fields(value, f"{self.where}{name}[{number}]: ") for number, value in enumerate(values)]

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._field(name, list, "list") or []
        if not all(isinstance(value, str) for value in values):
            raise NoResultError(f"{self.where}{name} holds what is no text")
        return tuple(values)

    def pair(self, name: str) -> tuple[int, int] | None:
        value = self._field(name, list, "list")
        if value is None:
            return None
        if len(value) != 2 or not all(type(number) is int and number >= 0 for number in value):
            raise NoResultError(f"{self.where}{name} is no pair of numbers")
        return value[0], value[1]


def _persons(speakers: Sequence[_Fields]) -> tuple[Person, ...]:
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


def _turns(turns: Sequence[_Fields], speakers: set[str | None]) -> tuple[Unit, ...]:
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


def _item(each: _Fields, line: Line | None) -> Unit:
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


def _entry(each: _Fields, text: str | None, line: Line | None) -> Entry:
    pair = each.pair("span")
    span = None if pair is None else Span(*pair)
    return Entry(text or "", span, line(span.start) if line and span else None, each.text("id") or "")


def _attendee(each: _Fields) -> str:
    group, role = each.text("group"), each.text("role")
    return (f"{group}　" if group else "") + (each.text("name") or "") + (f"（{role}）" if role else "")


def _lines(span: Span, line: Line | None) -> tuple[int, int] | None:
    return (line(span.start), line(max(span.start, span.end - 1))) if line else None
