"""What stands around a place of a record: its line, the line below, whether speech follows."""

from __future__ import annotations

from bisect import bisect_right

from minutes_cli.check.label_places import SENTENCE_ENDS, line_end
from minutes_cli.check.label_shapes import BLANKS
from minutes_cli.model import Block, BlockKind, Document
from minutes_cli.parse.guards import is_speech

#: Where a label can have been lost: in speech, and in what was taken for a heading or an event.
SPOKEN = frozenset((BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.TABLE, BlockKind.HEADING, BlockKind.EVENT))
#: How far is looked, in characters.
_NEAR, _LONG_LINE, _OF_A_LINE, _OF_A_LABEL = 400, 2000, 160, 80


class Around:
    """Asks about places of the corrected text of a document."""

    def __init__(self, document: Document) -> None:
        self.text = document.view.text
        self._blocks = document.blocks
        self._starts = [block.start for block in self._blocks]
        self._line_ends = [one for one in "\n\r\f" if one in self.text]

    def block(self, at: int) -> Block:
        """The block in which *at* lies."""
        return self._blocks[max(0, bisect_right(self._starts, at) - 1)]

    def spoken(self, at: int) -> bool:
        """Whether a label could have been lost at *at*."""
        return self.block(at).kind in SPOKEN

    def line(self, at: int) -> str:
        """The rest of the line from *at*, as far as a label may reach."""
        return self.text[at : line_end(self.text, at, _OF_A_LINE)]

    def line_start(self, at: int) -> int:
        """Where the line around *at* begins, if it is near."""
        low = max(0, at - _OF_A_LABEL)
        for one in self._line_ends:
            low = max(low, self.text.rfind(one, low, at) + 1)
        return low

    def below(self, at: int) -> int:
        """Where the next line that is not blank begins, if it is near."""
        end = line_end(self.text, at, _LONG_LINE)
        part = self.text[end : end + _NEAR]
        return end + len(part) - len(part.lstrip())

    def speaks(self, said: str, at: int) -> bool:
        """Whether speech follows on the line of *at* (*said*) or, where it holds nothing else, below it."""
        if said:
            return is_speech(said)
        start = self.below(at)
        return start < len(self.text) and self.spoken(start) and is_speech(self.line(start))

    def nothing_below(self, at: int) -> bool:
        """Whether the next line is a label, a heading or no part of the meeting."""
        start = self.below(at)
        kinds = (BlockKind.LABEL, BlockKind.HEADING, BlockKind.BACK)
        return start >= len(self.text) or self.block(start).kind in kinds

    def after_sentence(self, at: int) -> bool:
        """Whether the line before that of *at* ends a sentence, or is no speech."""
        low = max(0, at - _NEAR)
        before = self.text[low:at].rstrip()
        if not before or before[-1] in SENTENCE_ENDS:
            return True
        return self.block(low + len(before) - 1).kind is not BlockKind.PARAGRAPH

    def begins_line(self, at: int, aside: str) -> bool:
        """Whether nothing but blanks, numbers and characters of *aside* stands before *at* on its line."""
        if not at or self.text[at - 1] == "\n":  # nearly all labels
            return True
        before = self.text[self.line_start(at) : at].strip(BLANKS + aside)
        return not before or before.isdigit()
