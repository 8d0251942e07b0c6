"""A record as an Akoma Ntoso 3.0 ``debate`` (OASIS LegalDocML: Akoma Ntoso Version 1.0, 29 August 2018, part 2).

The front matter is the preface, the back matter the conclusions. Headings make ``debateSection``; in them stand
``speech``, ``question`` and ``answer`` (``by`` whom, ``as`` what, ``from`` is the label as printed), ``scene`` for
what is heard or seen, ``narrative`` for the rest of what happens, with ``recordedTime``, and ``other`` for text that
nobody says. Inside speeches these are remarks. ``m:char`` and ``m:where`` say where something stands in the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minutes_cli.export.akn.meta import Agents, meta
from minutes_cli.export.course import Heading, Line, Mark, Other, Paragraph, Speech, Step, course, where_in
from minutes_cli.export.model import Options
from minutes_cli.export.xml import DECLARATION, clock, closing, element, empty, escaped, one_line, opening
from minutes_cli.lexicon.calendar import times
from minutes_cli.model import Document, Event, EventKind, Page, Section, Span, TurnKind
from minutes_cli.passage import PassageKind

__all__ = ["write_akn"]

_NAMESPACES = {"xmlns": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "xmlns:m": "urn:minutes-cli:place:1"}
_ELEMENTS = {TurnKind.QUESTION: "question", TurnKind.ANSWER: "answer"}
_SCENES = (EventKind.INTERJECTION, EventKind.APPLAUSE)
#: The level of a section that no heading opens: any heading ends it.
_NO_LEVEL = 99


def write_akn(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The one document of *documents* as an Akoma Ntoso file."""
    for document in documents:
        for piece in _pieces(document):
            yield piece.encode()


def _pieces(document: Document) -> Iterator[str]:
    agents = Agents(document)
    writer = _Writer(document, agents)
    front, steps, back = _matter([step for step in course(document) if step not in document.pages[:1]])
    yield DECLARATION
    yield opening("akomaNtoso", _NAMESPACES)
    yield '\n<debate name="minutes">\n'
    yield from meta(document, agents)
    if front:
        yield f"<preface>\n{writer.matter(front)}</preface>\n"
    yield "<debateBody>\n"
    yield from writer.body(steps)
    yield "</debateBody>\n"
    if back:
        yield f"<conclusions>\n{writer.matter(back)}</conclusions>\n"
    yield "</debate></akomaNtoso>\n"


def _matter(steps: Sequence[Step]) -> tuple[Sequence[Step], Sequence[Step], Sequence[Step]]:
    """What stands before the meeting, the meeting, and what stands behind it."""
    first, last = 0, len(steps)
    while first < last and _is(steps[first], PassageKind.FRONT):
        first += 1
    while first < last and _is(steps[last - 1], PassageKind.BACK):
        last -= 1
    return steps[:first], steps[first:last], steps[last:]


def _is(step: Step, kind: PassageKind) -> bool:
    return isinstance(step, Page) or (isinstance(step, Other) and step.kind is kind)


class _Writer:
    """Writes the steps of a record."""

    def __init__(self, document: Document, agents: Agents) -> None:
        self.source, self.agents = document.view.source, agents
        ended = dict(zip(document.pages[1:], document.pages, strict=False))
        self.ended = {page: before.number for page, before in ended.items()}

    def body(self, steps: Iterable[Step]) -> Iterator[str]:
        """The sections, one inside the other as their headings are."""
        levels: list[int] = []
        for step in steps:
            if isinstance(step, Heading):
                level = step.section.level if step.section else 1
                while levels and levels[-1] >= level:
                    levels.pop()
                    yield "</debateSection>\n"
                levels.append(level)
                yield self._heading(step)
                continue
            if not levels:
                levels.append(_NO_LEVEL)
                yield '<debateSection name="opening">\n'
            yield self._step(step)
        if not levels:
            levels = [_NO_LEVEL]
            yield '<debateSection name="empty">\n'
        yield "</debateSection>\n" * len(levels)

    def matter(self, steps: Iterable[Step]) -> str:
        """Text before or behind the meeting."""
        return "".join(self.lines(s.lines) if isinstance(s, Other) else self._page(s) for s in steps)

    def lines(self, lines: Iterable[Line]) -> str:
        """Text that nobody says, each paragraph with its place."""
        return "".join(f"{element('p', text, self._where(start, start))}\n" for text, start in lines)

    def _page(self, step: Step) -> str:
        return f"<p>{self._mark(step)}</p>\n" if isinstance(step, Page) else ""

    def _heading(self, heading: Heading) -> str:
        section = heading.section
        attributes = {"name": "spoken" if heading.spoken else "section", **self._named(section)}
        return f"{opening('debateSection', attributes)}\n{element('heading', one_line(heading.text))}\n"

    def _named(self, section: Section | None) -> dict[str, object]:
        if section is None:
            return {}
        start = section.span.start
        return {"eId": self.agents.names.of("section", section.id), **self._where(start, start)}

    def _step(self, step: Speech | Other | Event | Page) -> str:
        if isinstance(step, Speech):
            return self._speech(step)
        if isinstance(step, Other):
            return f"<other>\n{self.lines(step.lines)}</other>\n"
        if isinstance(step, Page):
            return f"<narrative>{self._mark(step)}</narrative>\n"
        name = "scene" if step.kind in _SCENES else "narrative"
        inside = self._time(step) or escaped(step.text)
        return f"{opening(name, self._where(*step.span))}{inside}{closing(name)}\n"

    def _speech(self, speech: Speech) -> str:
        turn = speech.turn
        name = _ELEMENTS.get(turn.kind, "speech")
        eid = self.agents.names.of("turn", turn.id if speech.part == 1 else f"{turn.id}.{speech.part}")
        attributes = {
            "eId": eid,
            "by": self.agents.person(turn.speaker),
            "as": self.agents.role(turn.speaker),
            **self._where(*turn.span),
        }
        label = f"{element('from', one_line(turn.label))}\n" if turn.label and speech.part == 1 else ""
        said = "".join(f"<p>{self._paragraph(paragraph)}</p>\n" for paragraph in speech.paragraphs)
        return f"{opening(name, attributes)}\n{label}{said or '<p/>'}{closing(name)}\n"

    def _paragraph(self, paragraph: Paragraph) -> str:
        return "".join(escaped(piece) if isinstance(piece, str) else self._mark(piece) for piece in paragraph)

    def _mark(self, mark: Mark) -> str:
        """A mark inside a paragraph. The first page begins where none ends."""
        if isinstance(mark, Page):
            return empty("eop", {"number": self.ended[mark]}) if mark in self.ended else ""
        kind = "phenomenon" if mark.kind in _SCENES else "sceneDescription"
        inside = self._time(mark) or escaped(mark.text)
        return f"{opening('remark', {'type': kind, **self._where(*mark.span)})}{inside}</remark>"

    def _time(self, event: Event) -> str | None:
        """A time of day as such, where exactly one is named."""
        if event.kind is not EventKind.TIME:
            return None
        named = times(event.text)
        time = clock(named[0]) if len(named) == 1 else None
        return element("recordedTime", event.text, {"time": time}) if time else None

    def _where(self, start: int, end: int) -> dict[str, object]:
        span = Span(start, end)
        return {
            "m:char": f"{span.start},{span.end}" if end > start else str(start),
            "m:where": where_in(self.source, start, end),
        }
