"""A record as TEI P5 in the flavour of ParlaMint: one file is one sitting.

Follows the TEI Guidelines P5 (chapters 2, 8 and 13) and the ParlaMint encoding guidelines
(https://clarin-eric.github.io/ParlaMint/, version 4). The text is as they have it: ``div`` of debates with ``head``,
``note type="speaker"``, ``u`` with ``who`` and ``ana``, ``seg`` per paragraph, ``vocal``, ``kinesic``, ``incident`` and
notes where something happened, ``pb`` where a page begins. A ParlaMint corpus has its people, taxonomies and licence
(always CC BY) in the root of the corpus; a single record has none, so people and taxonomies are in the header of the
file, and it claims no licence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from minutes_cli.export.course import Heading, Mark, Other, Paragraph, Speech, Step, course, where_in
from minutes_cli.export.model import Options
from minutes_cli.export.tei.header import header
from minutes_cli.export.xml import DECLARATION, Identifiers, closing, element, empty, escaped, one_line, opening, uri
from minutes_cli.model import Document, Event, EventKind, Page, Turn, TurnKind
from minutes_cli.parse.exchanges import chairs
from minutes_cli.passage import PassageKind
from minutes_cli.patterns import lazy

__all__ = ["write_tei"]

_LAUGHTER = lazy("笑")
#: Words of a stage direction, and the type of ParlaMint's incident that they make it.
_INCIDENTS = (
    (lazy("退[席場出室]"), "leaving"),
    (lazy("[入登着出][場席室]|入室"), "entering"),
    (lazy("休憩|中断"), "break"),
    (lazy("省略|略"), "editorial"),
)


def write_tei(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The one document of *documents* as a TEI file."""
    for document in documents:
        for piece in _pieces(document):
            yield piece.encode()


def _pieces(document: Document) -> Iterator[str]:
    names = Identifiers()
    for reserved in ("record", "speaker_types", "turn_kinds", "chair", "regular", "unnamed", *TurnKind):
        names.of("header", reserved)
    tags: Counter[str] = Counter()
    text = list(_text(document, names, tags))  # the header, which comes first, counts what is in it
    yield DECLARATION
    yield opening("TEI", {"xmlns": "http://www.tei-c.org/ns/1.0", "xml:id": "record", "xml:lang": "ja"})
    yield "\n"
    yield from header(document, names, tags)
    yield "\n<text><body>\n"
    yield from text
    yield "</body></text></TEI>\n"


class _Division:
    """A part of the text in the making: all that stands under its headings."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.content: list[str] = []
        self.spoken = False
        self.matter: bool | None = None  # whether it is front or back matter; None as long as neither shows

    def ends(self, step: Step) -> bool:
        """Whether *step* begins another one: a heading, and where the front matter ends or the back matter begins."""
        if isinstance(step, Heading):
            return bool(self.content)
        return isinstance(step, Speech | Other) and self.matter is (not _is_matter(step))


def _is_matter(step: Step) -> bool:
    return isinstance(step, Other) and step.kind in (PassageKind.FRONT, PassageKind.BACK)


def _text(document: Document, names: Identifiers, tags: Counter[str]) -> Iterator[str]:
    """The divisions of the text; *tags* counts its elements."""
    writer = _Writer(document, names)
    division = _Division()
    for step in course(document):
        if division.ends(step):
            yield writer.division(division)
            division = _Division()
        if isinstance(step, Heading):
            division.headings.append(step)
            continue
        if isinstance(step, Speech | Other):
            division.matter = _is_matter(step)
        division.spoken = division.spoken or isinstance(step, Speech)
        division.content += writer.step(step)
    if not (division.headings or division.content) and not writer.tags:
        division.content = [writer.counted("note", empty("note", {"type": "empty"}))]
    if division.headings or division.content:
        yield writer.division(division)
    tags.update(writer.tags)


class _Writer:
    """Writes the steps of a record, and counts the elements."""

    def __init__(self, document: Document, names: Identifiers) -> None:
        self.names, self.source, self.chairs = names, document.view.source, chairs(document)
        self.uri = uri(self.source.name)
        self.tags: Counter[str] = Counter()

    def counted(self, name: str, piece: str) -> str:
        """*piece*, an element called *name*."""
        self.tags[name] += 1
        return piece

    def division(self, division: _Division) -> str:
        """A div; one with nothing but headings has them as notes, since ParlaMint wants more in it than that."""
        kind = "debateSection" if division.spoken else "commentSection"
        write = self._head if division.content else self._heading_note
        pieces = [*map(write, division.headings), *division.content]
        said = "".join(f"{piece}\n" for piece in pieces)
        return self.counted("div", f"{opening('div', {'type': kind})}\n{said}</div>\n")

    def step(self, step: Speech | Other | Event | Page) -> list[str]:
        """What stands in a div but headings."""
        if isinstance(step, Speech):
            return self._speech(step)
        if isinstance(step, Other):
            kind = step.kind.value
            return [self._note(kind, text, where_in(self.source, start, start)) for text, start in step.lines]
        return [self._mark(step)]

    def _head(self, heading: Heading) -> str:
        section = heading.section
        level = section.level if section else 1
        attributes = {
            "xml:id": self.names.of("section", section.id) if section else None,
            "n": where_in(self.source, section.span.start, section.span.start) if section else None,
            "type": f"spoken{level}" if heading.spoken else f"level{level}",
        }
        return self.counted("head", element("head", one_line(heading.text), attributes))

    def _heading_note(self, heading: Heading) -> str:
        section = heading.section
        where = where_in(self.source, section.span.start, section.span.start) if section else None
        return self._note("heading", heading.text, where)

    def _speech(self, speech: Speech) -> list[str]:
        turn, part = speech.turn, speech.part
        name = self._part(turn.id, part)
        attributes = {
            "xml:id": name,
            "n": where_in(self.source, *turn.span),
            "who": f"#{self.names.of('speaker', turn.speaker)}" if turn.speaker else None,
            "ana": self._ana(turn),
            "source": f"{self.uri}#char={turn.span.start},{turn.span.end}",
            "prev": f"#{self._part(turn.id, part - 1)}" if part > 1 else None,
            "next": f"#{self._part(turn.id, part + 1)}" if speech.more else None,
        }
        said = [self._paragraph(paragraph) for paragraph in speech.paragraphs]
        label = [self._note("speaker", turn.label, None)] if turn.label and part == 1 else []
        if not said:  # an utterance holds something
            said = [self.counted("seg", empty("seg"))]
        inside = "".join(f"{piece}\n" for piece in said)
        return [*label, self.counted("u", f"{opening('u', attributes)}\n{inside}{closing('u')}")]

    def _part(self, turn: str, part: int) -> str:
        return self.names.of("turn", turn if part == 1 else f"{turn}.{part}")

    def _ana(self, turn: Turn) -> str:
        who = "chair" if turn.speaker in self.chairs else "regular" if turn.speaker else "unnamed"
        return f"#{who}" if turn.kind is TurnKind.SPEECH else f"#{who} #{turn.kind.value}"

    def _paragraph(self, paragraph: Paragraph) -> str:
        if len(paragraph) == 1 and not isinstance(paragraph[0], str):
            return self._mark(paragraph[0])
        inside = "".join(escaped(piece) if isinstance(piece, str) else self._mark(piece) for piece in paragraph)
        return self.counted("seg", f"<seg>{inside}</seg>")

    def _mark(self, mark: Mark) -> str:
        if isinstance(mark, Page):
            return self.counted("pb", empty("pb", {"n": mark.number}))
        where = where_in(self.source, *mark.span)
        if mark.kind is EventKind.TIME or mark.kind is EventKind.VOTE:
            return self._note(mark.kind.value, mark.text, where)
        name, kind = _happening(mark)
        desc = self.counted("desc", element("desc", one_line(mark.text)))
        return self.counted(name, f"{opening(name, {'type': kind})}{desc}{closing(name)}")

    def _note(self, kind: str, text: str, where: str | None) -> str:
        return self.counted("note", element("note", text, {"type": kind, "n": where}))


def _happening(event: Event) -> tuple[str, str]:
    """The element and its type for what somebody hears or sees: names of ParlaMint."""
    if event.kind is EventKind.APPLAUSE:
        return "kinesic", "applause"
    if _LAUGHTER.search(event.text):
        return "vocal", "laughter"
    if event.kind is EventKind.INTERJECTION:
        return "vocal", "interruption"
    return "incident", next((kind for words, kind in _INCIDENTS if words.search(event.text)), "action")
