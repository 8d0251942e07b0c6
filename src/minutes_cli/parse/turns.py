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
from minutes_cli.parse.labels import NAME
from minutes_cli.parse.layout import (
    BLANK,
    BRACKETED,
    BULLET,
    HEADING,
    MARKED,
    NUMBERED,
    PAGE,
    SPEAKER_MARKS,
    TABLE,
    TEXT,
    TIME,
    Row,
)
from minutes_cli.parse.markup import carved, inside, is_break, without_markup
from minutes_cli.parse.prose import Piece, begins_paragraph, inline_events, join, without_bullet
from minutes_cli.parse.sections import one_tree
from minutes_cli.parse.sheet import SENTENCE_END, Sheet, is_furniture
from minutes_cli.parse.tiles import Tiler
from minutes_cli.patterns import lazy

_HAPPENS = lazy(r"(?:説明|[うくすつぬむるた])[）)〕］]$")
_NAME_CELL = lazy(rf"(?:\S{{1,4}}[ 　]+)?[（(](?P<name>{NAME.pattern})[)）][ 　]*")
_CELL = lazy(r"(?P<cell>[0-9０-９]{1,2}[：:][0-9０-９]{2}|開\s?会|閉\s?会|散\s?会|休\s?憩|再\s?開)(?:[ 　]+(?=\S)|$)")
#: Lines that a file may mark as headings; of others it can tell nothing that their shape does not tell better.
_TITLES = frozenset((TEXT, NUMBERED, MARKED, BULLET))
#: By bare names, as the kinds of lines: nearly every line asks for them.
_PARAGRAPH, _LABEL = BlockKind.PARAGRAPH, BlockKind.LABEL
_SPEECH_BLOCK = {
    BULLET: BlockKind.BULLET,
    NUMBERED: BlockKind.BULLET,
    TABLE: BlockKind.TABLE,
    MARKED: BlockKind.BULLET,
}


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


class _Walker:
    def __init__(self, sheet: Sheet, heads: Sequence[Head], convention: Convention | None, outline: bool) -> None:
        self.text, self.rows, self.flow, self.levels = sheet.text, sheet.rows, sheet.flow, sheet.headings
        self.markup, self.markdown = sheet.markup, sheet.markdown
        self.heads: dict[int, list[Head]] = {}
        for head in heads:
            self.heads.setdefault(head.row, []).append(head)
        #: Rows that begin with the rest of a label from the row above: where the speech begins in them.
        self.wrapped = {h.row + 1: h.speech for h in heads if h.speech > self.rows[h.row].stop}
        self.labelled = self.heads.keys() | self.wrapped.keys()
        self.convention, self.outline = convention, outline
        own = SPEAKER_MARKS if sheet.labels else ""  # where the file says who speaks, these are marks of points
        self.marks = frozenset(own).union(self.rows[head.row].text[0] for head in heads)
        self.width = self.flow.width if self.flow.wrapped else 0
        self.trailing = convention is not None and convention.where == "end"
        self.paren_line = convention is not None and convention.name == "paren-line"
        self.column = convention is not None and convention.name == "label-column"
        self.turns: list[Draft] = []
        self.headings: list[tuple[Heading, int]] = []
        self.marked: set[int] = set()  # where headings begin that the file marks
        self.events: list[Piece] = []
        self.tiles = Tiler()
        self.turn: Draft | None = None
        self.last: Row | None = None  # the row of text before, while its paragraph may go on
        self.gap = self.page = False
        self.pieces: list[str] = []  # the lines of the paragraph at hand
        spoken = bool(self.heads)
        self.front = front_end(self.rows, min(self.heads), self._heading_at) if spoken and not self.trailing else 0
        self.back = back_start(self.rows, max(self.heads)) if spoken else len(self.rows)

    # -- the walk ---------------------------------------------------------------------------------------

    def run(self) -> None:
        i, size, stretch = 0, len(self.rows), self.tiles.stretch
        plain = not (self.column or self.trailing or self.markup)
        while i < size:
            row = self.rows[i]
            kind = row.kind
            if kind is BLANK:
                self.gap = True
                if self.trailing:
                    self._loose()
                stretch(row.stop)
                i += 1
                continue
            if kind is TEXT and plain and i < self.back and self._sentence(i, row):
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
                self.tiles.lay(_LABEL, self.wrapped[i])
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

    def _sentence(self, i: int, row: Row) -> bool:
        """The short way for nearly every line of a record: a sentence of the turn at hand, without brackets."""
        text, turn = row.text, self.turn
        if turn is None or "。" not in text or i in self.labelled:
            return False
        if "（" in text or "(" in text or "〔" in text:
            return False
        pieces, last = self.pieces, self.last
        if pieces and last is not None:
            ended = last.text[-1] == "。" and not self.width  # no wraps: a sentence that ends a line ends the paragraph
            if ended or begins_paragraph(last, row, self.flow, self.gap, self.page):
                turn.paragraphs.append(pieces[0] if len(pieces) == 1 else join(pieces))
                pieces.clear()
        pieces.append(text)
        turn.spoken += (row.body, row.end)
        self.tiles.lay(_PARAGRAPH, row.stop)
        self.last, self.gap, self.page, turn.end = row, False, False, row.end
        return True

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
            self.tiles.lay(_LABEL, head.speech if head.speech < row.end else row.stop)
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

    def _speech(self, row: Row, start: int, end: int | None = None) -> None:
        """Text of a row from *start*: into the paragraph at hand or a new one."""
        stop = row.stop if end is None else end
        end = row.end if end is None else end
        behind_label = row.kind is MARKED and start > row.body
        kind = _PARAGRAPH if behind_label else _SPEECH_BLOCK.get(row.kind, _PARAGRAPH)
        if self.turn is None and self.trailing:
            self.turn = Draft(None, start, len(self.headings) - 1)
        if self.turn is None:
            self.tiles.lay(kind, stop)
            return
        turn = self.turn
        if self.column:
            start = self._cells(turn, start, end)
        text = self.text[start:end]
        events = inline_events(self.text, start, end) if "（" in text or "(" in text or "〔" in text else []
        if (
            self.last is not None
            and self.pieces
            and start == row.body
            and begins_paragraph(self.last, row, self.flow, self.gap, self.page)
        ):
            self._end_paragraph()
        at = start
        say = self._say_plain if self.markup else self._say
        for event in events:
            say(turn, at, event.start, row)
            self.tiles.lay(kind, event.start)
            self.tiles.lay(BlockKind.EVENT, event.end)
            turn.events.append(event)
            at = event.end
        say(turn, at, end, row)
        self.tiles.lay(kind, stop)
        self.last, self.gap, self.page = row, False, False
        turn.end = end

    def _say_plain(self, turn: Draft, start: int, end: int, row: Row) -> None:
        """Say a stretch without the markup in it, which leaves no gap; a line break in markup ends the paragraph."""
        at, glued = start, False
        for first, last in inside(self.markup, start, end):
            breaks = is_break(self.text[first:last])
            self._say(turn, at, first, row, glued=glued, goes_on=not breaks)
            if breaks:
                self._end_paragraph()
            at, glued = max(at, last), not breaks
        self._say(turn, at, max(at, end), row, glued=glued)

    def _say(self, turn: Draft, start: int, end: int, row: Row, *, glued: bool = False, goes_on: bool = False) -> None:
        """Add a stretch to the paragraph at hand. *glued*: nothing but markup stands between it and the last one;
        *goes_on*: nothing but markup stands behind it, so that a blank at its end stays."""
        text = self.text[start:end]
        if not goes_on or text.isspace():
            text = text.rstrip()
        said = text.lstrip()
        if not self.pieces and row.kind is BULLET:
            said = without_bullet(said)
        if said:
            if glued and self.pieces and len(said) == len(text):
                self.pieces[-1] += said
            else:
                self.pieces.append(said)
            end = start + len(text)
            turn.spoken += (end - len(said), end)

    def _cells(self, turn: Draft, start: int, end: int) -> int:
        """Skip cells of the columns before the speech: the name under its title, a time; return where speech begins."""
        if turn.name is None and not turn.paragraphs and (cell := _NAME_CELL.match(self.text, start, end)):
            turn.name = cell["name"]
            self.tiles.lay(_LABEL, cell.end())
            start = cell.end()
        while (cell := _CELL.match(self.text[start:end])) is not None:
            self.tiles.lay(BlockKind.EVENT, start + cell.end())
            turn.events.append(Piece(EventKind.TIME, start, start + cell.end("cell")))
            start += cell.end()
        return start

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
        self.tiles.lay(_LABEL, self.rows[label].stop)
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
        self.tiles.lay(_LABEL, row.stop)
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

    # -- bookkeeping ------------------------------------------------------------------------------------

    def _end_paragraph(self) -> None:
        if self.pieces and self.turn is not None:
            self.turn.paragraphs.append(join(self.pieces))
        self.pieces = []

    def _close(self) -> None:
        self._end_paragraph()
        self.turn = None
        self.last = None
        self.gap = self.page = False
