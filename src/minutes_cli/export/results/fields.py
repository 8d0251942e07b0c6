"""An object of minutes/1 -> the Document that it was written of, as far as it holds it. Every field is checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from minutes_cli.compare.result_fields import NoResultError
from minutes_cli.edits import view as read_through
from minutes_cli.export.json import MEETING
from minutes_cli.export.results.checked import Checked
from minutes_cli.ingest.text import MAX_CHARACTERS
from minutes_cli.model import (
    Anchor,
    Attendee,
    Document,
    Edit,
    Event,
    EventKind,
    Finding,
    Item,
    Kind,
    Layout,
    Meeting,
    Page,
    Proposal,
    Safety,
    Section,
    Severity,
    Source,
    Speaker,
    Turn,
    TurnKind,
    View,
)

__all__ = ["TURN", "document_from", "source_of", "turn_from"]

UNKNOWN_CHARACTER = "\ufffd"
"""Stands for every character of a text that is not at hand."""

_SOURCE = ("path", "sha256", "media_type", "encoding", "characters", "pages", "page_starts", "line_starts", "anchors")
_TOP = (
    *("format", "generator", "source", "kind", "layout", "meeting", "speakers", "sections", "turns", "items"),
    *("attendance", "events", "edits", "findings"),
)
_LAYOUT, _PROPOSAL = ("convention", "score", "reasons", "alternatives"), ("convention", "score", "labels", "reasons")
TURN = (
    *("id", "order", "kind", "speaker", "label", "section", "text", "paragraphs", "span", "lines", "page", "place"),
    "events",
)


def document_from(data: dict[str, Any]) -> Document:
    """The document of an object of minutes/1. Raises NoResultError."""
    top = Checked(data, "", _TOP)
    about = top.under("source", _SOURCE)
    top.size = about.number("characters")
    if top.size > MAX_CHARACTERS:
        raise NoResultError(f"source: characters is more than a record may have ({MAX_CHARACTERS:,})")
    layout, meeting = top.under("layout", _LAYOUT), top.under("meeting", MEETING)
    speakers = tuple(_speaker(each) for each in top.all("speakers", Speaker._fields))
    sections = tuple(_section(each) for each in top.all("sections", Section._fields))
    rows = top.all("turns", TURN)
    turns = tuple(turn_from(row) for row in rows)
    _known("speaker", [turn.speaker for turn in turns], [speaker.id for speaker in speakers])
    _known("section", [turn.section for turn in turns], [section.id for section in sections])
    seen = _view(about, top, turns, [row.text("place") for row in rows])
    return Document(
        seen,
        top.choice("kind", Kind),
        Layout(
            layout.text("convention"),
            layout.share("score"),
            layout.texts("reasons"),
            tuple(
                Proposal(each.word("convention"), each.share("score"), each.number("labels"), each.texts("reasons"))
                for each in layout.all("alternatives", _PROPOSAL)
            ),
        ),
        Meeting(**{name: meeting.text(name) for name in MEETING}),
        speakers,
        sections,
        turns,
        tuple(_item(each) for each in top.all("items", Item._fields)),
        tuple(
            Attendee(each.word("group"), each.word("name"), each.text("role"), each.span())
            for each in top.all("attendance", Attendee._fields)
        ),
        tuple(_event(each) for each in top.all("events", Event._fields)),
        _pages(about, seen),
        tuple(_finding(each) for each in top.all("findings", Finding._fields)),
    )


def source_of(
    name: str, size: int, turns: Sequence[Turn], places: Sequence[str | None], edits: Iterable[Edit] = ()
) -> Source:
    """A record of *size* characters whose text is not at hand; lines and *places* are right where *turns* begin."""
    text = UNKNOWN_CHARACTER * size
    if edits:
        parts, last = [], 0
        for edit in edits:
            parts += [text[last : edit.span.start], edit.before]
            last = edit.span.end
        text = "".join([*parts, text[last:]])
    lines = [0]
    for turn in turns:
        for at, line in ((turn.span.start, turn.lines[0]), (max(turn.span.start, turn.span.end - 1), turn.lines[1])):
            lines += [at] * min(line - len(lines), size + 1)
    anchors = [Anchor(turn.span.start, place) for turn, place in zip(turns, places, strict=True) if place is not None]
    return Source(name, text, b"", line_starts=tuple(lines), anchors=tuple(anchors))


def turn_from(row: Checked) -> Turn:
    """One of the turns. Raises NoResultError."""
    paragraphs, lines = row.texts("paragraphs"), row.pair("lines")
    if row.word("text") != "\n".join(paragraphs):
        raise NoResultError(f"{row.where}text is not its paragraphs")
    if lines is None or not 1 <= lines[0] <= lines[1] <= row.size + 1:
        raise NoResultError(f"{row.where}lines are no lines of the record")
    page = row.data.get("page")
    return Turn(
        row.word("id"),
        row.number("order"),
        row.choice("kind", TurnKind),
        row.text("speaker"),
        row.text("label"),
        row.text("section"),
        paragraphs,
        row.span(),
        lines,
        None if page is None else row.number("page", -MAX_CHARACTERS),
        tuple(_event(each) for each in row.all("events", Event._fields)),
    )


def _view(about: Checked, top: Checked, turns: Sequence[Turn], places: Sequence[str | None]) -> View:
    edits = tuple(_edit(each) for each in top.all("edits", Edit._fields))
    last = 0
    for edit in edits:
        if edit.span.start < last or len(edit.before) != edit.span.end - edit.span.start:
            raise NoResultError(f"edits: that of {edit.before[:20]!r} does not fit its place")
        last = edit.span.end
    source = source_of(about.word("path"), top.size, turns, places, edits)._replace(
        encoding=about.word("encoding"), media_type=about.word("media_type"), sha256=about.word("sha256")
    )
    if not source.sha256:
        raise NoResultError("source: sha256 is empty")
    if "line_starts" in about.data:  # versions before 0.2 did not write them
        source = source._replace(line_starts=_line_starts(about), anchors=_anchors(about))
    return read_through(source, edits)


def _line_starts(about: Checked) -> tuple[int, ...]:
    starts = about.data["line_starts"]
    if not isinstance(starts, list) or starts[:1] != [0] or not all(type(start) is int for start in starts):
        raise NoResultError("source: line_starts are no numbers from 0")
    if starts != sorted(starts) or starts[-1] > MAX_CHARACTERS:
        raise NoResultError("source: line_starts do not rise")
    return tuple(starts)


def _anchors(about: Checked) -> tuple[Anchor, ...]:
    pairs = _pairs(about, "anchors", str)
    return tuple(Anchor(start, place) for start, place in sorted(pairs, key=lambda pair: pair[0]))


def _pages(about: Checked, seen: View) -> tuple[Page, ...]:
    count = about.number("pages", 1) if about.data.get("pages") is not None else 0
    if "page_starts" not in about.data:
        if count:
            raise NoResultError("source: page_starts is missing; write the result anew with this version")
        return ()
    pairs = _pairs(about, "page_starts", int)
    if len(pairs) != count:
        raise NoResultError("source: pages and page_starts do not agree")
    return tuple(Page(number, seen.from_source(start)) for number, start in pairs)


def _pairs(about: Checked, name: str, second: type) -> list[tuple[int, Any]]:
    pairs = about.data.get(name)
    if not isinstance(pairs, list):
        raise NoResultError(f"source: {name} is no list")
    for pair in pairs:
        place = pair[1 if second is int else 0] if isinstance(pair, list) and len(pair) == 2 else None
        if type(place) is not int or not 0 <= place <= MAX_CHARACTERS or type(pair[1]) is not second:
            raise NoResultError(f"source: {name} holds what is no place")
        if type(pair[0]) is not int:
            raise NoResultError(f"source: {name} holds what is no number")
    return [(first, other) for first, other in pairs]


def _known(what: str, ids: Iterable[str | None], known: Sequence[str]) -> None:
    unique = set(known)
    if len(unique) < len(known):
        raise NoResultError(f"two {what}s have the same id")
    for each in ids:
        if each is not None and each not in unique:
            raise NoResultError(f"turns: {what} {each[:40]!r} is none of the {what}s")


def _speaker(each: Checked) -> Speaker:
    return Speaker(
        each.word("id"),
        each.word("label"),
        each.texts("labels"),
        each.text("name"),
        each.text("role"),
        each.text("title"),
        each.text("affiliation"),
        each.texts("candidates"),
        each.number("turns"),
        each.number("characters"),
    )


def _section(each: Checked) -> Section:
    return Section(
        each.word("id"),
        each.word("heading"),
        each.number("level", 1),
        each.text("number"),
        each.text("parent"),
        each.span(),
    )


def _item(each: Checked) -> Item:
    words = (each.word("id"), each.word("number"), each.word("heading"), each.word("text"))
    return Item(*words, each.text("parent"), each.span())


def _event(each: Checked) -> Event:
    return Event(each.choice("kind", EventKind), each.word("text"), each.span())


def _edit(each: Checked) -> Edit:
    return Edit(
        each.span(),
        each.word("before"),
        each.word("after"),
        each.word("rule"),
        each.choice("safety", Safety),
        each.share("confidence"),
        each.word("reason"),
    )


def _finding(each: Checked) -> Finding:
    fix = each.data.get("fix")
    return Finding(
        each.word("rule"),
        each.word("message"),
        each.span(),
        each.choice("severity", Severity),
        None if fix is None else _edit(each.under("fix", Edit._fields)),
    )
