"""Links from the sentences of a summary to where they stand in the full text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from minutes_cli.export.shown import shown
from minutes_cli.summarize.model import Analysis, Asked, Form, Group, Quote, Speech, Summary

__all__ = ["Links", "Shown", "all_exchanges"]


class Shown(NamedTuple):
    """A quoted sentence on the page: before, in and after the words that show its form, and the link to its place.

    ``original`` is how it stands in the record, where that differs.
    """

    before: str
    words: str
    after: str
    form: Form
    link: str
    place: str
    shortened: bool
    original: str


class Links:
    """Where on the page the turns and sentences of records stand; the records are numbered from 1."""

    def __init__(self, analyses: Sequence[Analysis], summary: Summary) -> None:
        self._record: dict[str, int] = {}
        for number, analysis in enumerate(analyses, 1):
            self._record.setdefault(analysis.path, number)
        wanted: dict[tuple[int, str], set[int]] = defaultdict(set)
        for quote in _quotes(summary):
            if quote.path in self._record:
                wanted[self._record[quote.path], quote.turn].add(_start(quote))
        #: For each record (from 1) and turn the sentences (from 0) that are quoted.
        self.quoted: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._sentence: dict[tuple[int, str, int], int] = {}
        for number, analysis in enumerate(analyses, 1):
            for speech in analysis.speeches:
                starts = wanted.get((number, speech.turn.id), set())
                for start, index in _found(speech, sorted(starts)):
                    self.quoted[number][speech.turn.id].add(index)
                    self._sentence[number, speech.turn.id, start] = index

    def turn(self, path: str, turn: str) -> str:
        """The id of *turn* of the record at *path*; empty when it is not on the page."""
        number = self._record.get(path)
        return "" if number is None else f"r{number}-{turn}"

    def quote(self, quote: Quote) -> str:
        """The id of the sentence that *quote* is taken from, or else of its turn."""
        name = self.turn(quote.path, quote.turn)
        index = self._sentence.get((self._record.get(quote.path, 0), quote.turn, _start(quote)))
        return name if index is None else f"{name}-s{index}"

    def show(self, quote: Quote) -> Shown:
        """*quote* ready for the page."""
        at = quote.text.rfind(quote.shown) if quote.shown else -1
        before, words, after = (
            (quote.text, "", "") if at < 0 else (quote.text[:at], quote.shown, quote.text[at + len(quote.shown) :])
        )
        place = f"{quote.line:,}行" if quote.page is None else f"{quote.line:,}行・{quote.page}頁"
        return Shown(
            shown(before),
            shown(words),
            shown(after),
            quote.form,
            self.quote(quote),
            place,
            quote.shortened,
            shown(quote.original) if quote.original and quote.original != quote.text else "",
        )


def all_exchanges(summary: Summary) -> list[Asked]:
    """Every exchange of the records once, also those that only stand with the people who take part."""
    found = {(a.path, a.number): a for group in summary.groups for a in group.exchanges}
    found.update({(a.path, a.number): a for a in summary.exchanges})
    order = {record.path: i for i, record in enumerate(summary.records)}
    return sorted(found.values(), key=lambda a: (order.get(a.path, len(order)), a.number))


def _quotes(summary: Summary) -> Iterator[Quote]:
    for group in summary.groups:
        for quotes in _lists(group):
            yield from quotes
    for asked in all_exchanges(summary):
        yield from asked.question
        for answer in asked.answers:
            yield from answer.sentences


def _lists(group: Group) -> Iterable[tuple[Quote, ...]]:
    return (group.sentences, group.requests, group.questions, group.commitments, group.considerations, group.refusals)


def _start(quote: Quote) -> int:
    return quote.spans[0].start if quote.spans else -1


def _found(speech: Speech, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each of *starts* (places of the original) with the sentence (from 0) that holds it."""
    if not starts:
        return
    spans = [speech.passage.span(s.start, s.end) for s in speech.sentences]
    begins = [span.start for span in spans]
    for start in starts:
        index = bisect_right(begins, start) - 1
        if index >= 0 and start < spans[index].end:
            yield start, index
