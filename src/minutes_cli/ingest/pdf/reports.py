"""What a reader of a PDF should know beside its text: what could not be had, what is doubtful, what was added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from minutes_cli.ingest.collect import Collector
from minutes_cli.ingest.pdf.characters import doubts
from minutes_cli.model import Severity, Span

__all__ = ["PageFacts", "report_document", "report_page"]

_LITTLE_TEXT = 15
"""With a picture on it, a page with fewer characters than this is a scan: its number or a stamp was put on it later."""


class PageFacts(NamedTuple):
    """Counts of one page: characters of its text, pictures and drawings (see glyphs), notes and fields over it,
    characters outside of what is shown, ligatures, characters set aslant; and why it could not be read, if so."""

    characters: int
    images: int = 0
    drawn: int = 0
    notes: int = 0
    hidden: int = 0
    ligatures: int = 0
    slanted: int = 0
    fault: str | None = None

    @property
    def is_scanned(self) -> bool:
        """Whether the page shows something but no text, or no more than its number."""
        return (self.images > 0 and self.characters < _LITTLE_TEXT) or (
            self.drawn > _LITTLE_TEXT and not self.characters
        )


def report_page(collector: Collector, page: int, start: int, text: str, readings: list[str], facts: PageFacts) -> None:
    """Report what concerns the page *page* (from 1), whose *text* begins at *start* of the collected one."""
    whole = Span(start, start + len(text))

    def report(rule: str, message: str, span: Span = whole, severity: Severity = Severity.WARNING) -> None:
        collector.report(rule, f"page {page}: {message}", span, severity)

    if facts.fault == "damaged":
        report("pdf-damaged-page", "damaged, its text is missing here", severity=Severity.ERROR)
    if facts.fault == "crowded":
        report(
            "pdf-crowded-page",
            "far more characters than a page can show, its text is missing here",
            severity=Severity.ERROR,
        )
    if facts.hidden:
        report("pdf-hidden-text", f"{_many(facts.hidden, 'character')} outside of what the page shows, left out")
    if facts.notes:
        report("pdf-notes", f"{_many(facts.notes, 'note')} or form fields over the page, not read")
    if facts.slanted:
        report(
            "pdf-slanted",
            f"{_many(facts.slanted, 'character')} set aslant, put behind the text",
            severity=Severity.INFO,
        )
    if facts.ligatures:
        what = _many(facts.ligatures, "ligature")
        report("pdf-ligature", f"{what} (as ﬁ) written as single letters", severity=Severity.INFO)
    if readings:
        what = _many(len(readings), "reading")
        message = f"{what} beside words (ruby) put in brackets behind them; first （{readings[0]}）"
        report("pdf-reading", message, severity=Severity.INFO)
    for doubt in doubts(text):
        span = Span(start + doubt.start, start + doubt.end)
        report(doubt.rule, doubt.message, span, doubt.severity)


def report_document(collector: Collector, facts: list[PageFacts], starts: list[int]) -> None:
    """Report what concerns several pages: those that are scanned, and pictures. *starts*: where pages begin."""

    def at(page: int) -> Span:
        return Span(starts[page - 1], starts[page - 1])

    scanned = [page for page, fact in enumerate(facts, 1) if fact.is_scanned]
    if scanned:
        message = f"{_pages(scanned)} without text, scanned or drawn; ocrmypdf --skip-text -l jpn would read them"
        collector.report("pdf-scanned-page", message, at(scanned[0]))
    pictures = [page for page, fact in enumerate(facts, 1) if fact.images and not fact.is_scanned]
    if pictures:
        message = f"{_pages(pictures)} with pictures, what they show is not read"
        collector.report("pdf-pictures", message, at(pictures[0]), Severity.INFO)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _pages(numbers: Iterable[int]) -> str:
    """Page numbers in words: ``page 3``, ``pages 3, 7-9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"page {shown}" if len(runs) == 1 and runs[0][0] == runs[0][1] else f"pages {shown}"
