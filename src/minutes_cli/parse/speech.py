"""What is said: lines put together to the paragraphs of the turn at hand, with the events and blocks inside it.

The walk over the rows (:mod:`minutes_cli.parse.turns`) says which lines these are.
"""

from __future__ import annotations

from collections.abc import Sequence

from minutes_cli.model import BlockKind, EventKind
from minutes_cli.parse.conventions import MARK_AT_MOST, Convention
from minutes_cli.parse.drafts import Draft, kind_of_label
from minutes_cli.parse.guards import Head
from minutes_cli.parse.headings import Heading, is_item
from minutes_cli.parse.labels import NAME_SHAPE
from minutes_cli.parse.layout import BLANK, BULLET, MARKED, NUMBERED, TABLE, TEXT, Row
from minutes_cli.parse.markup import inside, is_break
from minutes_cli.parse.prose import SHORT_OF_FULL, Piece, begins_paragraph, inline_events, join, without_bullet
from minutes_cli.parse.sheet import SENTENCE_END, Sheet
from minutes_cli.parse.tiles import Tiler
from minutes_cli.patterns import lazy

_NAME_CELL = lazy(rf"(?:\S{{1,4}}[ 　]+)?[（(](?P<name>{NAME_SHAPE})[)）][ 　]*")
_CELL = lazy(r"(?P<cell>[0-9０-９]{1,2}[：:][0-9０-９]{2}|開\s?会|閉\s?会|散\s?会|休\s?憩|再\s?開)(?:[ 　]+(?=\S)|$)")
#: By bare names, as the kinds of lines: nearly every line asks for them.
_PARAGRAPH, _LABEL = BlockKind.PARAGRAPH, BlockKind.LABEL
_SPEECH_BLOCK = {
    BULLET: BlockKind.BULLET,
    NUMBERED: BlockKind.BULLET,
    TABLE: BlockKind.TABLE,
    MARKED: BlockKind.BULLET,
}


def _goes_on(above: Row | None, row: Row) -> bool:
    """Whether *row* goes on with the sentence of the text right above, so that it is no heading (see headings)."""
    return (
        above is not None
        and above[4] == row[1]
        and above[0] is TEXT
        and above[5][-1] not in SENTENCE_END
        and not is_item(row[5])
    )


class Speech:
    """The turns found so far, the one at hand and its paragraph in the making."""

    def __init__(self, sheet: Sheet, heads: Sequence[Head], convention: Convention | None, outline: bool) -> None:
        self.text, self.rows, self.flow, self.markup = sheet.text, sheet.rows, sheet.flow, sheet.markup
        self.heads: dict[int, list[Head]] = {}
        for head in heads:
            self.heads.setdefault(head[0], []).append(head)
        #: Rows that begin with the rest of a label from the row above: where the speech begins in them.
        self.wrapped = {h.row + 1: h.speech for h in heads if h.speech > self.rows[h.row].stop}
        self.labelled = self.heads.keys() | self.wrapped.keys()
        self.back = len(self.rows)  # the row where the meeting is over
        self.outline, self.levels = outline, sheet.headings
        self.width = self.flow.width if self.flow.wrapped else 0
        self.trailing = convention is not None and convention.where == "end"
        self.column = convention is not None and convention.name == "label-column"
        self.turns: list[Draft] = []
        self.headings: list[tuple[Heading, int]] = []
        self.tiles = Tiler()
        self.turn: Draft | None = None
        self.last: Row | None = None  # the row of text before, while its paragraph may go on
        self.gap = self.page = False
        self.pieces: list[str] = []  # the lines of the paragraph at hand

    # -- the short ways -------------------------------------------------------------------------------------

    def _sentences(self, i: int, turn: Draft) -> int:
        """The short way for nearly every line of a record: sentences of the *turn* at hand, without brackets.

        No such line is a heading: a full stop stands in it, or it goes on with the sentence of the line above, or its
        own goes on below. Takes them from row *i* on, with the blank rows between them, and returns the first row that
        is something else. What the walk knows stands in local names meanwhile: such a line costs a third of what it
        costs otherwise.
        """
        rows, back, labelled, flow = self.rows, self.back, self.labelled, self.flow
        pieces, paragraphs, spoken = self.pieces, turn.paragraphs, turn.spoken
        wrapped, last, gap, page = self.width > 0, self.last, self.gap, self.page
        full, outline, levels = self.width * SHORT_OF_FULL, self.outline, self.levels
        first = behind = i
        while i < back:
            row = rows[i]
            kind, start, body, end, _, text = row
            if kind is TEXT:
                if i in labelled or "（" in text or "(" in text or "〔" in text:
                    break
                if "。" not in text and (
                    start in levels or ((outline or not _goes_on(last, row)) and not self._in_sentence(i))
                ):
                    break
                if pieces and last is not None:
                    above = last[5]
                    if not wrapped:  # a sentence that ends a line ends the paragraph
                        begins = above[-1] == "。" or begins_paragraph(last, row, flow, gap, page)
                    elif (
                        gap
                        or page
                        or body > start
                        or len(above) < full
                        or last[0] is TABLE
                        or above[-1] in SENTENCE_END
                    ):
                        begins = begins_paragraph(last, row, flow, gap, page)
                    else:  # below a full line that ends inside a sentence, as nearly always
                        begins = False
                    if begins:
                        paragraphs.append(pieces[0] if len(pieces) == 1 else join(pieces))
                        pieces.clear()
                pieces.append(text)
                spoken += (body, end)
                last, gap, page = row, False, False
                i += 1
                behind = i
            elif kind is BLANK:
                gap = True
                i += 1
            else:
                break
        if behind > first and last is not None:
            self.tiles.lay(_PARAGRAPH, last[4])
            self.last, self.gap, self.page, turn.end = last, False, False, last[3]
        return behind

    def _in_sentence(self, i: int) -> bool:
        """Whether row *i* is text that goes on below as no heading does (see headings)."""
        for j in range(i, min(i + 5, len(self.rows))):
            row = self.rows[j]
            if j in self.heads or row[0] is not TEXT:
                return False
            if "。" in row[5] or row[5][-1] in "、」":
                return True
        return i + 5 <= len(self.rows)

    def _label_line(self, row: Row, head: Head) -> bool:
        """The short way for nearly every label: behind a mark, alone on its line or before speech without brackets.

        Does nothing and says so (False) where it is anything else. One call instead of the ten of the long way.
        """
        _, _, body, end, stop, _ = row
        _, label, start, label_end, speech, _ = head
        said = self.text[speech:end]
        if start > body + MARK_AT_MOST or speech <= body or "（" in said or "(" in said or "〔" in said:
            return False
        if self.turn is not None and self.pieces:
            self.turn.paragraphs.append(self.pieces[0] if len(self.pieces) == 1 else join(self.pieces))
        self.pieces, self.last, self.gap, self.page = [], None, False, False
        self.turn = turn = Draft(label, start, len(self.headings) - 1, kind_of_label(label), label_end)
        self.turns.append(turn)
        if not said:
            self.tiles.lay(_LABEL, stop)
            return True
        said = said.lstrip()
        self.pieces.append(said)
        turn.spoken += (end - len(said), end)
        turn.end = end
        self.tiles.lay_speech(speech, stop)
        self.last = row
        return True

    # -- the long way ---------------------------------------------------------------------------------------

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
        if (
            self.last is not None
            and self.pieces
            and start == row.body
            and begins_paragraph(self.last, row, self.flow, self.gap, self.page)
        ):
            self._end_paragraph()
        at = start
        say = self._say_plain if self.markup else self._say
        text = self.text[start:end]
        if "（" in text or "(" in text or "〔" in text:
            for event in inline_events(self.text, start, end):
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

    def _end_paragraph(self) -> None:
        if self.pieces and self.turn is not None:
            self.turn.paragraphs.append(join(self.pieces))
        self.pieces = []

    def _close(self) -> None:
        self._end_paragraph()
        self.turn = None
        self.last = None
        self.gap = self.page = False
