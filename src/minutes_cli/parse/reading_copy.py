"""Markdown that ``minutes export --to markdown`` wrote, read back: its first line says that it is such a copy.

What each line is stands in its markup alone, so nothing has to be inferred:

``#``            a heading; that of the first level is the title
``**label** （name） *place*``  a turn begins, with the name where the label does not tell it, and the place in the
                 original; ``*―* *place*`` where the record names nobody
``*（拍手）*``   an event, alone or, between blanks, inside a paragraph
``> line``       what nobody says: front and back matter
``- line``       at the beginning: what is known of the meeting
``---``          the turn ends, though no other one begins
``<!-- -->``     a comment

All else is said, a paragraph between blank lines. A backslash before ASCII punctuation is not part of the text, as in
CommonMark (0.31.2, section 2.4).
"""

from __future__ import annotations

from typing import NamedTuple

from minutes_cli.copy_marks import CONTINUED, KINDS, NOBODY
from minutes_cli.model import BlockKind, EventKind, TurnKind
from minutes_cli.parse.drafts import Draft, Walked
from minutes_cli.parse.events import event_kind
from minutes_cli.parse.headings import Heading, as_heading
from minutes_cli.parse.layout import BLANK, BRACKETED, TIME, Row, kind_of
from minutes_cli.parse.prose import Piece, join
from minutes_cli.parse.sheet import Sheet
from minutes_cli.parse.tiles import Tiler
from minutes_cli.patterns import lazy

__all__ = ["DeclaredCopy", "plain", "read_copy"]

_INNER = r"(?:[^*\\]|\\.)+"
_PLACE = rf"(?: （(?P<name>(?:[^*\\）]|\\.)+)）)?(?: \*(?P<place>{_INNER})\*)?"
_LABEL = lazy(rf"(?:\*\*(?P<label>{_INNER})\*\*|\*{NOBODY}\*(?= \*)){_PLACE}$")
_EVENT = lazy(rf"\*(?P<event>{_INNER})\*$")
#: What is left out of a paragraph: the backslash before what it protects; an event, with a blank on both sides.
_LEFT_OUT = lazy(rf"\\[!-/:-@\[-`{{-~]|(?:^| )\*(?P<event>{_INNER})\*(?: |$)")
_ESCAPE = lazy(r"\\([!-/:-@\[-`{-~])")


class DeclaredCopy(NamedTuple):
    """What a copy says; ``front`` and ``back`` are the rows around the turns, without their markup."""

    walked: Walked
    front: list[Row]
    back: list[Row]


def plain(sheet: Sheet) -> Sheet:
    """A copy of a record without turns as if it were the record: its rows without markup."""
    rows, fresh = [], True
    for row in sheet.rows:
        if row.kind is BLANK:
            rows.append(row)
        elif fresh and row.text.startswith(("<!--", "# ", "- ")):
            rows.append(Row(BLANK, row.start, row.start, row.start, row.stop, ""))
        else:
            fresh = False
            rows.append(_without(row, 1 if row.text[0] == ">" else 2 if row.text.startswith("- ") else 0))
    return sheet._replace(rows=rows)


def read_copy(sheet: Sheet) -> DeclaredCopy:
    """Turns, headings, events and blocks of a copy."""
    reader = _Reader(sheet)
    for row in sheet.rows:
        reader.read(row)
    return reader.finish()


class _Reader:
    def __init__(self, sheet: Sheet) -> None:
        self.text = sheet.text
        self.turns: list[Draft] = []
        self.headings: list[tuple[Heading, int]] = []
        self.events: list[Piece] = []
        self.title: list[Row] = []
        self.front: list[Row] = []
        self.facts: list[Row] = []
        self.back: list[Row] = []
        self.tiles = Tiler()
        self.turn: Draft | None = None
        self.fresh = True  # nothing but the title and the list below it has been read
        self.rows: list[Row] = []  # all of them without markup
        self.pieces: list[str] = []  # the lines of the paragraph at hand

    def read(self, row: Row) -> None:
        """Take the next row."""
        text = row.text
        if row.kind is BLANK:
            self._end_paragraph()
            self.tiles.stretch(row.stop)
        elif text.startswith("<!--") and text.endswith("-->"):
            self.tiles.lay(BlockKind.FURNITURE, row.stop)
        elif text[0] == "#":
            self._heading(row)
        elif text[0] == ">":
            self._quoted(row)
        elif text[0] == "*" and (label := _LABEL.match(text)):
            self._label(row, label["label"], label["name"], _unescaped(label["place"] or ""))
        elif text[0] == "*" and (event := _EVENT.match(text)):
            self._event(row, *event.span("event"))
        elif self.fresh and text.startswith("- "):
            self.facts.append(_without(row, 2))
            self.tiles.lay(BlockKind.FRONT, row.stop)
        elif text == "---":
            self._end_paragraph()
            self.turn = None
            self.tiles.lay(BlockKind.FURNITURE, row.stop)
        else:
            self.fresh = False
            self._say(row)

    def finish(self) -> DeclaredCopy:
        """What the rows gave."""
        self._end_paragraph()
        blocks = self.tiles.finish()
        if self.back and self.turns:
            last = max(self.turns[-1].end, self.headings[-1][1] if self.headings else 0)
            blocks = [
                b._replace(kind=BlockKind.BACK) if b.kind is BlockKind.UNKNOWN and b.start >= last else b
                for b in blocks
            ]
        walked = Walked(self.turns, self.headings, self.events, blocks)
        printed = self.front if self.turns else self.rows
        return DeclaredCopy(walked, [*self.title, *(printed or self.facts)], self.back)

    def _heading(self, row: Row) -> None:
        self._end_paragraph()
        level = len(row.text) - len(row.text.lstrip("#"))
        text = _unescaped(row.text[level:].strip())
        if level == 1 and self.fresh:
            self.title = [row._replace(text=f"# {text}")]
            self.tiles.lay(BlockKind.FRONT, row.stop)
            return
        self.fresh = False
        self.rows.append(_without(row, level))
        if heading := as_heading(text, max(1, level - 1)):
            self.headings.append((heading, row.body))
        self.tiles.lay(BlockKind.HEADING, row.stop)

    def _quoted(self, row: Row) -> None:
        self._end_paragraph()
        self.fresh = False
        line = _without(row, 1)
        self.rows.append(line)
        (self.back if self.turns else self.front).append(line)
        self.tiles.lay(BlockKind.UNKNOWN if self.turns else BlockKind.FRONT, row.stop)

    def _label(self, row: Row, label: str | None, name: str | None, place: str) -> None:
        self._end_paragraph()
        self.fresh = False
        self.tiles.lay(BlockKind.LABEL, row.stop)
        words = place.split("・")
        if self.turns and words[0] == CONTINUED:
            self.turn = self.turns[-1]
            return
        kind = next((kind for kind, word in KINDS.items() if word == words[0]), TurnKind.SPEECH)
        start = row.body + (2 if label is not None else 1)
        end = start + len(label if label is not None else NOBODY)
        said = None if label is None else _unescaped(label)
        self.turn = Draft(said, start, len(self.headings) - 1, kind, end, name and _unescaped(name))
        self.turns.append(self.turn)

    def _event(self, row: Row, start: int, end: int) -> None:
        self._end_paragraph()
        said = _unescaped(row.text[start:end])
        look = kind_of(said)
        bare = EventKind.STAGE if look is BRACKETED else EventKind.TIME  # no others stand without a bracket
        kind = EventKind.TIME if look is TIME else event_kind(said) or bare
        piece = Piece(kind, row.body + start, row.body + end)
        if self.turn is None:
            self.events.append(piece)
        else:
            self.turn.events.append(piece)
            self.turn.end = row.end
        self.tiles.lay(BlockKind.EVENT, row.stop)

    def _say(self, row: Row) -> None:
        """A line of the paragraph at hand, without its markup."""
        if self.turn is None:
            self.rows.append(_without(row, 2 if row.text.startswith("- ") else 0))
            self.tiles.lay(BlockKind.PARAGRAPH, row.stop)
            return
        said: list[str] = []
        at = 0
        for match in _LEFT_OUT.finditer(row.text):
            self._piece(row, at, match.start(), said)
            at = match.start() + 1
            if match["event"]:
                self._inline_event(row, *match.span("event"))
                at = match.end()
        self._piece(row, at, len(row.text), said)
        if said:
            self.pieces.append("".join(said))
        self.turn.end = row.end
        self.tiles.lay(BlockKind.PARAGRAPH, row.stop)

    def _piece(self, row: Row, start: int, end: int, said: list[str]) -> None:
        """Words that stand together. A blank at their beginning is none of the spoken places: it joins them."""
        assert self.turn is not None
        words = row.text[start:end]
        if words:
            joint = len(words) - len(words.lstrip(" ")) if said else 0
            said.append(words)
            if start + joint < end:
                self.turn.spoken += (row.body + start + joint, row.body + end)

    def _inline_event(self, row: Row, start: int, end: int) -> None:
        assert self.turn is not None
        kind = event_kind(_unescaped(row.text[start:end])) or EventKind.INTERJECTION
        self.turn.events.append(Piece(kind, row.body + start, row.body + end))
        self.tiles.lay(BlockKind.PARAGRAPH, row.body + start - 1)
        self.tiles.lay(BlockKind.EVENT, row.body + end + 1)

    def _end_paragraph(self) -> None:
        if self.pieces and self.turn is not None:
            self.turn.paragraphs.append(join(self.pieces))
        self.pieces = []


def _without(row: Row, size: int) -> Row:
    """*row* without the first *size* characters, which are markup."""
    text = row.text[size:].lstrip()
    body = row.body + len(row.text) - len(text)
    text = _unescaped(text)
    return row._replace(kind=kind_of(text), body=body, text=text)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)
