"""Blocks laid one after the other, so that they tile the text by construction."""

from __future__ import annotations

from minutes_cli.model import Block, BlockKind

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
            self.finish()
            self._kind, self._start = kind, self._end
        self._end = end

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
