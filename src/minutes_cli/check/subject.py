"""What rules look at: a record read, corrected and understood, with what several of them ask about it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from minutes_cli.check.model import Flaw, Options
from minutes_cli.model import BlockKind, Document, Edit, Safety, Source, Span, Speaker, Turn
from minutes_cli.parse.layout import MARKS, Row
from minutes_cli.parse.layout import rows as rows_of
from minutes_cli.patterns import lazy

#: More than half of a text, each of them looked for by itself.
_ALL_HIRAGANA = "".join(map(chr, range(0x3041, 0x3097)))
_HIRAGANA = lazy(f"[{_ALL_HIRAGANA}]+")
#: So many characters hold most of those of a record.
_SAMPLE = 3_000


@dataclass(frozen=True)
class Subject:
    """A record for the rules. ``corrections`` are all that normalize makes, asks about or points at.

    ``document`` is read through the safe ones. Every span that a rule gives counts code points of ``text``, the
    original; places in ``document.blocks``, ``document.spoken`` and ``rows`` count those of ``document.view.text``,
    and :meth:`span` leads back.
    """

    document: Document
    corrections: tuple[Edit, ...] = ()
    options: Options = field(default=Options())

    @property
    def source(self) -> Source:
        """The record as it came."""
        return self.document.view.source

    @property
    def text(self) -> str:
        """The original text."""
        return self.document.view.source.text

    @cached_property
    def characters(self) -> frozenset[str]:
        """Which characters stand in the original: what none of a rule's characters are in need not be searched."""
        return _distinct(self.text)

    @cached_property
    def rows(self) -> list[Row]:
        """The lines of the corrected text, with what each looks like by itself."""
        return rows_of(self.document.view.text)

    @cached_property
    def people(self) -> dict[str, Speaker]:
        """The speakers by their ids."""
        return {speaker.id: speaker for speaker in self.document.speakers}

    def span(self, start: int, end: int) -> Span:
        """The part of the original behind ``document.view.text[start:end]``."""
        return self.document.view.to_source(start, end)

    @cached_property
    def label_spans(self) -> tuple[Span | None, ...]:
        """Where the label of each turn stands in the original, without its mark; None for turns without one."""
        labels = [self.span(b.start, b.end) for b in self.document.blocks if b.kind is BlockKind.LABEL]
        ends = [span.end for span in labels]
        found: list[Span | None] = []
        for turn in self.document.turns:
            at = bisect_right(ends, turn.span.start)  # the block begins at the mark, the turn behind it
            inside = turn.label is not None and at < len(labels) and labels[at].start < turn.span.end
            found.append(self._without_mark(labels[at]) if inside else None)
        return tuple(found)

    def _without_mark(self, label: Span) -> Span:
        part = self.text[label.start : label.end]
        return Span(label.start + len(part) - len(part.lstrip(f"{MARKS} \t\u3000")), label.end)

    def place_of(self, number: int) -> Span:
        """Where to point for turn *number* (from 0): the first line of its label, else of the turn."""
        turn = self.document.turns[number]
        label = self.label_spans[number]
        return self.first_line(label if label is not None else turn.span)

    def first_line(self, span: Span) -> Span:
        """The first line of *span* in the original, without its end and the blanks around it."""
        stripped = self._tight(span)
        ends = [at for at in (self.text.find(c, stripped.start, stripped.end) for c in "\n\r\f") if at >= 0]
        return self._tight(Span(stripped.start, min(ends, default=stripped.end)))

    def _tight(self, span: Span) -> Span:
        """*span* without blanks at its edges."""
        part = self.text[span.start : span.end]
        start = span.start + len(part) - len(part.lstrip())
        return Span(start, max(start, span.start + len(part.rstrip())))

    def turns(self) -> Iterator[tuple[int, Turn, Speaker | None]]:
        """Every turn with its number (from 0) and who speaks in it."""
        for number, turn in enumerate(self.document.turns):
            yield number, turn, self.people.get(turn.speaker) if turn.speaker else None

    def replaced(self, span: Span, after: str, rule: str, reason: str = "", safety: Safety = Safety.SAFE) -> Edit:
        """An edit that writes *after* at *span*."""
        return Edit(span, self.text[span.start : span.end], after, rule, safety, 1.0, reason)

    def each(self, characters: str) -> str:
        """Those of *characters* that stand in the original."""
        return "".join(c for c in characters if c in self.characters)


def whole(message: str) -> Flaw:
    """A flaw of the record as a whole."""
    return Flaw(Span(0, 0), message)


def _distinct(text: str) -> frozenset[str]:
    """The set of the characters of *text*: as ``frozenset(text)``, but a long text is searched and not walked over."""
    found = frozenset(text[:_SAMPLE] if len(text) > 4 * _SAMPLE else "")
    if found:
        known = re.compile(f"[{re.escape(''.join(sorted(found)))}]+")
        return found.union(known.sub("", text))
    return found.union(_HIRAGANA.sub("", text), [kana for kana in _ALL_HIRAGANA if kana in text])
