"""Every type that travels between the stages. All are frozen; none of them reads, prints or exits.

Two coordinate systems, two types: :class:`Span` counts code points of the original text,
:class:`Cut` code points of the corrected text. Both are 0-based and half-open. Lines and columns
(1-based) are computed when something is printed.

All are named tuples: as frozen as frozen dataclasses, three times faster to build (many are built once per line
of a record), and loaded in a tenth of the time, which every command would pay. For the same reason annotations are
not postponed here: named tuples would compile each from its text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of code points of ``Source.text``: the record as it was read."""

    start: int
    end: int


class Cut(NamedTuple):
    """Half-open range of code points of ``View.text``: the record as corrected."""

    start: int
    end: int


class Place(NamedTuple):
    """Where a code point of the original stands, for people: both 1-based."""

    line: int
    column: int


class Safety(StrEnum):
    """How far a correction may be trusted."""

    SAFE = "safe"  # applied by default
    ASK = "ask"  # applied only when the user asks for all
    SHOW = "show"  # reported, never applied


class Edit(NamedTuple):
    """Replace ``before`` at ``span`` by ``after``; ``rule`` says who asked and ``reason`` why."""

    span: Span
    before: str
    after: str
    rule: str
    safety: Safety = Safety.SAFE
    confidence: float = 1.0
    reason: str = ""


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(NamedTuple):
    """Something in the record that a reader should know: rule, message, place, and a fix where there is one."""

    rule: str
    message: str
    span: Span
    severity: Severity = Severity.WARNING
    fix: Edit | None = None


class HintKind(StrEnum):
    """What a file says of a stretch of its text, in its own markup."""

    HEADING = "heading"  # <h2>, a heading style
    FURNITURE = "furniture"  # a running header or footer, the navigation of a site: nothing that the record says
    LABEL = "label"  # who speaks, where the file itself says so: a column of speakers, the voice of a cue


class Hint(NamedTuple):
    """Whole lines that the file marks, or of a line the label: ``level`` is that of a heading (1 = highest), else 0."""

    kind: HintKind
    span: Span
    level: int = 0


class Anchor(NamedTuple):
    """From ``start`` on, up to the next anchor, the text stands at ``place`` of the file.

    In words, as the programs call it that open such a file: ``page 3``, ``paragraph 12``, ``Sheet1!B7``,
    ``00:12:03.500``.
    """

    start: int
    place: str


class Source(NamedTuple):
    """One record as it came: the bytes, how they were decoded, and the text. Never changed.

    ``raw`` stays because CP932 does not encode back to the bytes it came from. ``line_starts`` holds the
    offset of the first code point of every line (LF, CRLF, CR or form feed ends a line; a form feed also ends a page).

    Of a format that is no plain text ``text`` is what a reader would read in it; ``anchors`` lead back to the file,
    ``hints`` and ``findings`` are what its reader knows beside the text. All three are in the order of the text.
    """

    name: str
    text: str
    raw: bytes
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    sha256: str = ""
    line_starts: tuple[int, ...] = (0,)
    anchors: tuple[Anchor, ...] = ()
    hints: tuple[Hint, ...] = ()
    findings: tuple[Finding, ...] = ()

    def place(self, offset: int) -> Place:
        """Line and column of the code point at *offset*."""
        line = bisect_right(self.line_starts, offset)
        return Place(line, offset - self.line_starts[line - 1] + 1)

    def where(self, offset: int) -> str | None:
        """Where in its file the code point at *offset* stands; None where line and column say it."""
        at = bisect_right(self.anchors, offset, key=lambda anchor: anchor.start) - 1
        return self.anchors[at].place if at >= 0 else None

    @property
    def is_text(self) -> bool:
        """Whether the text is the file itself, decoded, so that a corrected text can take its place."""
        return self.media_type in ("text/plain", "text/markdown")


class Correction(NamedTuple):
    """An edit in the making, as a method of :mod:`minutes_cli.normalize` proposes it: replace ``text[start:end]``.

    The place counts code points of the corrected text that the method was given (as in Cut);
    :func:`minutes_cli.edits.correct` makes edits of the original of it.
    """

    start: int
    end: int
    after: str
    rule: str
    safety: Safety
    confidence: float
    reason: str


class View(NamedTuple):
    """A source read through edits; maps any place of the corrected text back to the original.

    ``starts`` and ``ends`` say where each edit begins and ends in ``text``. Built by
    :func:`minutes_cli.edits.view`.
    """

    source: Source
    edits: tuple[Edit, ...]
    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def to_source(self, start: int, end: int) -> Span:
        """The part of the original behind ``text[start:end]``, widened to whole edits."""
        if not self.edits:
            return Span(start, end)
        return Span(self._back(start, low=True), self._back(end, low=False))

    def from_source(self, offset: int) -> int:
        """Where in ``text`` the code point *offset* of the original stands; in what was replaced, where that begins."""
        i = bisect_right(self.edits, offset, key=lambda edit: edit.span.start) - 1
        if i < 0:
            return offset
        end = self.edits[i].span.end
        return self.starts[i] if offset < end else offset - end + self.ends[i]

    def _back(self, at: int, *, low: bool) -> int:
        i = bisect_left(self.ends, at) if low else bisect_right(self.starts, at) - 1
        if 0 <= i < len(self.edits) and self.starts[i] <= at <= self.ends[i]:
            span = self.edits[i].span
            if low:
                return span.end if self.starts[i] < at == self.ends[i] else span.start
            return span.start if self.starts[i] == at < self.ends[i] else span.end
        i = bisect_right(self.ends, at) - 1
        return at if i < 0 else at - self.ends[i] + self.edits[i].span.end


class BlockKind(StrEnum):
    """What a stretch of a record is. Only ``PARAGRAPH``, ``BULLET`` and ``TABLE`` can be speech."""

    HEADING = "heading"
    LABEL = "label"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    EVENT = "event"  # interjection, stage direction, vote, time of opening, recess, closing
    TABLE = "table"
    FURNITURE = "furniture"  # page numbers and marks, rules, running headers, markup
    FRONT = "front"  # before the meeting begins: title, date, attendance, agenda
    BACK = "back"  # after it ends: signatures, appendices
    UNKNOWN = "unknown"


class Block(NamedTuple):
    """A stretch of the corrected text with one meaning. The blocks of a document tile the text."""

    kind: BlockKind
    start: int  # as in Cut
    end: int

    @property
    def cut(self) -> Cut:
        """The place of the block in the corrected text."""
        return Cut(self.start, self.end)


class Kind(StrEnum):
    """What sort of record a document is."""

    VERBATIM = "verbatim"
    SUMMARY = "summary"
    OUTLINE = "outline"
    PETITION = "petition"
    SLIDES = "slides"
    UNKNOWN = "unknown"


class TurnKind(StrEnum):
    """What a turn does in the meeting."""

    SPEECH = "speech"
    QUESTION = "question"
    ANSWER = "answer"
    REPORT = "report"
    STATEMENT = "statement"


class EventKind(StrEnum):
    """What happened besides speech."""

    INTERJECTION = "interjection"  # 「異議なし」と呼ぶ者あり
    APPLAUSE = "applause"
    VOTE = "vote"  # 賛成者起立
    TIME = "time"  # 午前十時開議, 休憩, 再開, 散会
    STAGE = "stage"  # anything else: 登壇, 退席, 朗読を省略する


class Event(NamedTuple):
    """Something that happened, as the record prints it, brackets included."""

    kind: EventKind
    text: str
    span: Span


class Label(NamedTuple):
    """What a speaker label says, taken apart. ``text`` is the label without marker and outer brackets."""

    text: str
    name: str | None = None
    role: str | None = None
    title: str | None = None
    affiliation: str | None = None
    mark: str | None = None  # given-name mark that tells namesakes apart: 元 in 吉川（元）委員


class Speaker(NamedTuple):
    """A person (or an unnamed office) who speaks, with every label the record uses for them."""

    id: str
    label: str
    labels: tuple[str, ...]
    name: str | None
    role: str | None
    title: str | None
    affiliation: str | None
    candidates: tuple[str, ...] = ()  # full names that fit equally well; never chosen among
    turns: int = 0
    characters: int = 0


class Section(NamedTuple):
    """A part of the record under one heading; ``span`` reaches to the next heading of its level or above."""

    id: str
    heading: str
    level: int
    number: str | None
    parent: str | None
    span: Span


class Turn(NamedTuple):
    """One speech: who, under which section, what, and what happened inside it.

    ``paragraphs`` have line wraps and page breaks joined and hold no events. ``lines`` are the first and
    last line of the original (1-based), ``page`` is the printed page where the turn begins.
    """

    id: str
    order: int
    kind: TurnKind
    speaker: str | None
    label: str | None
    section: str | None
    paragraphs: tuple[str, ...]
    span: Span
    lines: tuple[int, int]
    page: int | None = None
    events: tuple[Event, ...] = ()

    @property
    def text(self) -> str:
        """The speech as one string, a line per paragraph."""
        return "\n".join(self.paragraphs)


class Item(NamedTuple):
    """A numbered demand of a petition; sub-items name their ``parent``."""

    id: str
    number: str
    heading: str
    text: str
    parent: str | None
    span: Span


class Attendee(NamedTuple):
    """A person in the attendance list, under its heading (出席委員, 説明員 …)."""

    group: str
    name: str
    role: str | None
    span: Span


class Page(NamedTuple):
    """A page of the original: its printed number and where it starts in the corrected text."""

    number: int
    start: int


class Proposal(NamedTuple):
    """What one convention would make of the record: how well it fits (0 to 1) and why."""

    convention: str
    score: float
    labels: int
    reasons: tuple[str, ...] = ()


class Layout(NamedTuple):
    """How the record marks its speakers, as inferred. ``alternatives`` are the other proposals, best first."""

    convention: str | None
    score: float
    reasons: tuple[str, ...] = ()
    alternatives: tuple[Proposal, ...] = ()


class Meeting(NamedTuple):
    """When, where, which meeting. Dates are ISO (2023-11-22), times 24 h (17:17)."""

    title: str | None = None
    body: str | None = None
    session: str | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    addressee: str | None = None  # petitions: to whom
    sender: str | None = None  # petitions: from whom


class Document(NamedTuple):
    """A record understood. ``blocks`` tile ``view.text``; every span points into ``view.source.text``.

    ``spoken`` says for every turn where the pieces of which its text is joined stand in ``view.text``: start, end,
    start, end … (plain numbers, two for nearly every line of a record).
    """

    view: View
    kind: Kind
    layout: Layout
    meeting: Meeting
    speakers: tuple[Speaker, ...] = ()
    sections: tuple[Section, ...] = ()
    turns: tuple[Turn, ...] = ()
    items: tuple[Item, ...] = ()
    attendance: tuple[Attendee, ...] = ()
    events: tuple[Event, ...] = ()
    pages: tuple[Page, ...] = ()
    findings: tuple[Finding, ...] = ()
    blocks: tuple[Block, ...] = ()
    spoken: tuple[tuple[int, ...], ...] = ()

    def speaker(self, turn: Turn) -> Speaker | None:
        """Who speaks in *turn*; None where the record does not say."""
        return next((s for s in self.speakers if s.id == turn.speaker), None)

    def events_in_order(self) -> Iterator[Event]:
        """All events, those inside turns and those between them, in the order of the record."""
        inside = (e for t in self.turns for e in t.events)
        return iter(sorted([*self.events, *inside], key=lambda e: e.span))
