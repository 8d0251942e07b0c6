"""One walk over the rows: turns with their paragraphs and events, headings, and blocks that tile the text."""

from __future__ import annotations

from collections.abc import Sequence

from minutes_cli.model import BlockKind, EventKind, TurnKind
from minutes_cli.parse.conventions import Convention, inside_line
from minutes_cli.parse.drafts import Draft, Walked, ask_and_answer, asks, kind_of_label, question_or_answer
from minutes_cli.parse.events import event_kind
from minutes_cli.parse.extent import back_start, front_end, next_row
from minutes_cli.parse.guards import Head
from minutes_cli.parse.headings import LONGEST, Heading, as_heading, heading_at, is_item, spoken_item, unwrapped
from minutes_cli.parse.layout import (
    BLANK,
    BRACKETED,
    BULLET,
    HEADING,
    MARKED,
    NUMBERED,
    PAGE,
    SPEAKER_MARKS,
    TEXT,
    TIME,
    Row,
)
from minutes_cli.parse.markup import carved, without_markup
from minutes_cli.parse.prose import Piece, without_bullet
from minutes_cli.parse.sections import one_tree
from minutes_cli.parse.sheet import SENTENCE_END, Sheet, is_furniture
from minutes_cli.parse.speech import Speech
from minutes_cli.patterns import lazy

_HAPPENS = lazy(r"(?:説明|[うくすつぬむるた])[）)〕］]$")
#: Lines that a file may mark as headings; of others it can tell nothing that their shape does not tell better.
_TITLES = frozenset((TEXT, NUMBERED, MARKED, BULLET))


def walk(sheet: Sheet, heads: Sequence[Head], convention: Convention | None, outline: bool) -> Walked:
    """Turn rows and labels into turns, headings, events and blocks.

    *outline* says that the record is written in points (see :func:`heading_at`).
    """
    walker = _Walker(sheet, heads, convention, outline)
    walker.run()
    blocks = walker.tiles.finish()
    if sheet.markup:
        blocks = carved(blocks, sheet.markup)
    headings = one_tree(walker.headings, walker.marked, sheet.text) if walker.marked else walker.headings
    return Walked(walker.turns, headings, walker.events, blocks)


class _Walker(Speech):
    def __init__(self, sheet: Sheet, heads: Sequence[Head], convention: Convention | None, outline: bool) -> None:
        super().__init__(sheet, heads, convention, outline)
        self.convention, self.markdown = convention, sheet.markdown
        own = SPEAKER_MARKS if sheet.labels else ""  # where the file says who speaks, these are marks of points
        self.marks = frozenset(own).union([self.rows[head.row].text[0] for head in heads])
        self.paren_line = convention is not None and convention.name == "paren-line"
        self.marked: set[int] = set()  # where headings begin that the file marks
        self.events: list[Piece] = []
        spoken = bool(self.heads)
        self.front = front_end(self.rows, min(self.heads), self._heading_at) if spoken and not self.trailing else 0
        if spoken:
            self.back = back_start(self.rows, max(self.heads))

    # -- the walk ---------------------------------------------------------------------------------------

    def run(self) -> None:
        i, size, stretch = 0, len(self.rows), self.tiles.stretch
        plain = not (self.column or self.trailing or self.markup)
        while i < size:
            row = self.rows[i]
            kind = row[0]
            if kind is BLANK:
                self.gap = True
                if self.trailing:
                    self._loose()
                stretch(row.stop)
                i += 1
                continue
            if kind is TEXT and plain and self.turn is not None and (behind := self._sentences(i, self.turn)) > i:
                i = behind
                continue
            if kind is MARKED and plain and i < self.back and i in self.heads:
                heads = self.heads[i]
                if len(heads) == 1 and self._label_line(row, heads[0]):
                    i += 1
                    continue
            if is_furniture(row):
                self.gap = True
                self.page = self.page or kind is PAGE
                self.tiles.lay(BlockKind.FURNITURE, row.stop)
            elif i >= self.back:
                self._close()
                self.tiles.lay(BlockKind.BACK, row.stop)
            elif i in self.heads:
                self._row_with_heads(row, self.heads[i])
            elif i in self.wrapped:
                self.tiles.lay(BlockKind.LABEL, self.wrapped[i])
                self._speech(row, self.wrapped[i])
            elif i < self.front:
                self.tiles.lay(BlockKind.FRONT, row.stop)
            elif kind is HEADING and "午" in row.text and event_kind(row.text) is EventKind.TIME:
                self._event(row, i)
            elif self._may_be_topic(row) and (label := next_row(self.rows, i)) in self.heads:
                i = self._topic(row, label) or i
            elif (heading := self._heading_at(i)) is not None:
                if (row.start in self.levels and kind in _TITLES) or (kind is HEADING and row.text[0] == "#"):
                    self.marked.add(row.body)
                self._heading(heading, row.body)
                i += heading.rows
                self.tiles.lay(BlockKind.HEADING, self.rows[i - 1].stop)
                continue
            elif kind is TIME or (kind is BRACKETED and self._is_event(row)):
                self._event(row, i)
            else:
                if kind is MARKED:
                    self._spoken_item(i)
                self._speech(row, row.body)
            i += 1
        self._close()
        if self.paren_line:
            ask_and_answer(self.turns)

    def _spoken_item(self, i: int) -> None:
        """An agenda item that a marked sentence of the chair opens is a section; the sentence stays speech."""
        if item := spoken_item(unwrapped(self.rows, i, self.heads, self.width)[0]):
            self.headings.append((item, self.rows[i].body))

    def _row_with_heads(self, row: Row, heads: list[Head]) -> None:
        if self.trailing:
            self._trailing(row, heads[0])
            return
        assert self.convention is not None
        if self.turn is not None and inside_line(self.convention, heads[0], row):
            self._speech(row, row.body, heads[0].start - 1)
        for k, head in enumerate(heads):
            self._open(row, head)
            end = heads[k + 1].start - 1 if k + 1 < len(heads) else None
            self.tiles.lay(BlockKind.LABEL, head.speech if head.speech < row.end else row.stop)
            if head.speech < (end or row.end):
                self._speech(row, head.speech, end)

    def _open(self, row: Row, head: Head) -> None:
        self._close()
        kind = kind_of_label(head.label)
        if self.column and head.start > row.body:
            self._cell(row, head)
        if self.paren_line and head.start > row.body + 1:  # the heading names who opens
            kind = TurnKind.STATEMENT
            if heading := as_heading(self.text[row.body : head.start - 1]):
                self.headings.append((heading, row.body))
                self.tiles.lay(BlockKind.HEADING, head.start - 1)
        self.turn = Draft(head.label, head.start, len(self.headings) - 1, kind, head.end)
        self.turns.append(self.turn)

    def _cell(self, row: Row, head: Head) -> None:
        """The first column of a table read across: a time or an agenda item before the label."""
        cell = self.text[row.body : head.start].strip()
        end = row.body + len(cell)
        if "日" in cell:
            self.headings.append((Heading(cell, 1, None), row.body))
            self.tiles.lay(BlockKind.HEADING, end)
        else:
            self.events.append(Piece(EventKind.TIME, row.body, end))
            self.tiles.lay(BlockKind.EVENT, end)

    def _may_be_topic(self, row: Row) -> bool:
        """A point that nobody has begun to speak: where labels stand in brackets, the next one may report on it."""
        return self.paren_line and self.turn is None and row.kind is BULLET

    def _topic(self, row: Row, label: int) -> int | None:
        """A point right above a label: what the labelled person reports, or the heading of what is said below.

        Returns the row of the label where it is used up.
        """
        after = next_row(self.rows, label)
        topic = without_bullet(row.text)
        if after is not None and after not in self.heads and self.rows[after].kind is TEXT:
            if heading := as_heading(topic, 2):
                self._heading(heading, row.body)
            self.tiles.lay(BlockKind.HEADING, row.stop)
            return None
        self._close()
        head = self.heads[label][0]
        turn = Draft(head.label, row.body, len(self.headings) - 1, TurnKind.REPORT, self.rows[label].end)
        turn.paragraphs, turn.spoken = [topic], [row.end - len(topic), row.end]
        self.turns.append(turn)
        self.tiles.lay(BlockKind.BULLET, self.rows[label].start)
        self.tiles.lay(BlockKind.LABEL, self.rows[label].stop)
        return label

    # -- what is no speech ------------------------------------------------------------------------------

    def _is_event(self, row: Row) -> bool:
        if event_kind(row.text) is not None:
            return True
        if self.turn is not None and self.last is not None and self.last.text[-1] not in SENTENCE_END:
            return False
        return (self.turn is not None and row.text[0] == "〔") or bool(_HAPPENS.search(row.text))

    def _event(self, row: Row, i: int) -> None:
        kind = EventKind.TIME if row.kind is TIME else event_kind(row.text) or EventKind.STAGE
        piece = Piece(kind, row.body, row.end)
        self.gap = True
        if self.turn is not None and i + 1 < self.back:
            self.turn.events.append(piece)
            self.turn.end = row.end
            if self.last is not None and self.last.text[-1] in "。？！」":
                self._end_paragraph()
        else:
            self._close()
            self.events.append(piece)
        self.tiles.lay(BlockKind.EVENT, row.stop)

    def _heading_at(self, i: int) -> Heading | None:
        """The heading at row *i*; one with a speaker's mark must stand right before a label, else it is read out."""
        row = self.rows[i]
        if row.start in self.levels and row.kind in _TITLES and len(row.text) <= LONGEST:
            return as_heading(row.text, self.levels[row.start])
        if row.kind is TEXT:
            titled = self.trailing and not self.turns and not is_item(row.text)  # the title is no section
            if titled or len(row.text) > LONGEST or "。" in row.text:
                return None
        read_out = row.kind is MARKED and row.text[0] in self.marks and not self.outline
        if read_out and next_row(self.rows, i) not in self.heads:
            return None
        return heading_at(self.rows, i, self.heads, self.outline, self.width)

    def _heading(self, heading: Heading, start: int) -> None:
        if self.markup:
            heading = heading._replace(text=without_markup(heading.text, markdown=self.markdown) or heading.text)
        self._end_paragraph()
        self.last = None
        if self.outline or self.trailing:
            self._close()
        self.headings.append((heading, start))

    # -- speakers at the end ----------------------------------------------------------------------------

    def _trailing(self, row: Row, head: Head) -> None:
        self._speech(row, row.body, head.start - 1)
        turn = self.turn
        assert turn is not None
        turn.label, turn.end = head.label, row.end
        self.tiles.lay(BlockKind.LABEL, row.stop)
        self._end_paragraph()
        turn.kind = question_or_answer(row.text, turn)
        self.turns.append(turn)
        self.turn = None

    def _loose(self) -> None:
        """A paragraph without a label ended; where speakers stand at the end, an unlabelled question stays a turn."""
        self._end_paragraph()
        turn = self.turn
        if turn is not None and asks(turn):
            turn.kind = TurnKind.QUESTION
            self.turns.append(turn)
        self._close()
