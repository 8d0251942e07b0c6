"""Blocks laid one after the other, so that they tile the text by construction."""

from __future__ import annotations

from minutes_cli.model import Block, BlockKind

_new = tuple.__new__  # there are several for every turn: the plain constructor would cost twice as much
_PARAGRAPH, _LABEL = BlockKind.PARAGRAPH, BlockKind.LABEL
#: Blocks that stand for themselves, each apart from those of its kind beside it.
_ALONE = frozenset((BlockKind.BULLET, BlockKind.HEADING))


class Tiler:
    """Lays blocks from the beginning of a text on; there is no way to leave a gap or to overlap."""

    __slots__ = ("_end", "_kind", "_start", "blocks")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._kind: BlockKind | None = None
        self._start = self._end = 0

    def lay(self, kind: BlockKind, end: int) -> None:
        """Everything up to *end* that no block holds yet is *kind*."""
        if end <= self._end:
            return
        if kind is not self._kind or kind in _ALONE:
            if self._kind is not None:
                self.blocks.append(_new(Block, (self._kind, self._start, self._end)))
            self._kind, self._start = kind, self._end
        self._end = end

    def lay_speech(self, label: int, end: int) -> None:
        """A label up to *label* and a paragraph up to *end*: most turns, behind a paragraph of the one before."""
        if self._kind is _PARAGRAPH and label > self._end and end > label:
            last = self._end
            self.blocks += (_new(Block, (_PARAGRAPH, self._start, last)), _new(Block, (_LABEL, last, label)))
            self._start, self._end = label, end
        else:
            self.lay(_LABEL, label)
            self.lay(_PARAGRAPH, end)

    def stretch(self, end: int) -> None:
        """Everything up to *end* belongs to the last block; before the first one it is furniture."""
        if self._kind is None:
            self.lay(BlockKind.FURNITURE, end)
        else:
            self._end = end if end > self._end else self._end

    def finish(self) -> list[Block]:
        """The blocks laid so far."""
        if self._kind is not None and self._end > self._start:
            self.blocks.append(Block(self._kind, self._start, self._end))
            self._start = self._end
            self._kind = None
        return self.blocks
