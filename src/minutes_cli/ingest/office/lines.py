"""What the readers of office files have in common: breaks inside paragraphs, and what is left out and said."""

from __future__ import annotations

import re
from typing import NamedTuple

from minutes_cli.ingest.collect import Collector
from minutes_cli.model import Severity, Span

__all__ = ["LINE", "PAGE", "RENDERED", "UNREADABLE", "Lines", "Omitted", "is_seen", "note_mark", "spaced"]

LINE, PAGE, RENDERED = "\n", "\f", "\v"
"""Breaks inside a text, as control characters, which XML cannot hold: of a line, of a page as its writer wants it, and
of a page where the program broke it when it last showed the file."""

UNREADABLE = "〓"
"""What Japanese printers set where a character is missing."""

_CODES = re.compile(f"([{LINE}{PAGE}{RENDERED}])")
_EXAMPLE = 30

#: What an office file may have that its text has not: what is said of one and of several, and how bad that is.
RULES: dict[str, tuple[str, str, Severity]] = {
    "deleted-text": (
        "1 deletion under tracked changes is left out, as if it were accepted",
        "{} deletions under tracked changes are left out, as if they were accepted",
        Severity.WARNING,
    ),
    "hidden-text": ("1 hidden passage is left out", "{} hidden passages are left out", Severity.WARNING),
    "comment": ("1 comment is left out", "{} comments are left out", Severity.INFO),
    "picture": (
        "1 picture; text in it cannot be read",
        "{} pictures; text in them cannot be read",
        Severity.INFO,
    ),
    "diagram": (
        "1 chart or diagram; text in it is not read",
        "{} charts or diagrams; text in them is not read",
        Severity.WARNING,
    ),
    "embedded-file": (
        "1 embedded file; text in it is not read",
        "{} embedded files; text in them is not read",
        Severity.WARNING,
    ),
    "formula": (
        "1 formula is written in one line",
        "{} formulas are written in one line",
        Severity.INFO,
    ),
    "unreadable-symbol": (
        f"1 symbol of a font without a known character, written as {UNREADABLE}",
        f"{{}} symbols of fonts without known characters, written as {UNREADABLE}",
        Severity.WARNING,
    ),
    "no-page-numbers": (
        "no page numbers: the file does not say where its pages end",
        "no page numbers: the file does not say where its pages end",
        Severity.INFO,
    ),
    "page-numbers": ("page numbers may be wrong", "page numbers may be wrong", Severity.WARNING),
    "hidden-sheet": (
        "1 hidden sheet is read like the others",
        "{} hidden sheets are read like the others",
        Severity.INFO,
    ),
    "hidden-row": ("1 hidden row is read like the others", "{} hidden rows are read like the others", Severity.INFO),
    "hidden-column": (
        "1 hidden column is read like the others",
        "{} hidden columns are read like the others",
        Severity.INFO,
    ),
    "no-speaker": (
        "1 row without a speaker is read as going on with the one above",
        "{} rows without a speaker are read as going on with the ones above",
        Severity.INFO,
    ),
    "no-result": (
        "1 formula has no saved result and is left out; open the file and save it",
        "{} formulas have no saved result and are left out; open the file and save it",
        Severity.WARNING,
    ),
}


class Omitted(NamedTuple):
    """Something that a paragraph has and its text has not: a rule of RULES, and an example of it."""

    rule: str
    text: str = ""


def note_mark(kind: str, number: int | str) -> str:
    """What stands in the text for a footnote or an endnote, and before the note itself."""
    return f"（{'注' if kind == 'footnote' else '文末注'}{number}）"


def is_seen(text: str, omitted: list[Omitted]) -> bool:
    """Whether a reader of the file sees a paragraph: there is text in it, or a picture or the like."""
    return bool(text.strip()) or any(one.rule in ("picture", "diagram", "embedded-file") for one in omitted)


class Lines:
    """Writes the paragraphs of an office file to a collector. Without *breaks* pages are not parted.

    ``pages`` counts the pages so far.
    """

    def __init__(self, out: Collector, *, breaks: bool = True) -> None:
        self.out = out
        self.breaks = breaks
        self.pages = 1
        self._begun = False  # there is something on this page
        self._line = False  # there is a line on it, if an empty one
        self._omitted: dict[str, list[tuple[Span, str, str]]] = {}

    def put(self, text: str, place: str, heading: int = 0, omitted: list[Omitted] | None = None) -> None:
        """A paragraph: its lines and the pages that it breaks. An empty one is an empty line."""
        start = self.out.size
        parts = _CODES.split(text)
        last = parts.pop()
        for piece, code in zip(parts[::2], parts[1::2], strict=True):
            if piece or code == LINE:
                self._put(piece, place, heading)
            if code != LINE:
                self.page_break(asked=code == PAGE)
        if last or not parts:
            self._put(last, place, heading)
        for one in omitted or ():
            self.omit(one, Span(start, max(start, self.out.size - 1)), place)

    def _put(self, text: str, place: str, heading: int) -> None:
        self.out.line(text, place, heading=heading)
        self._line = True
        self._begun = self._begun or bool(text.strip())

    def page_break(self, *, asked: bool, parity: int | None = None) -> None:
        """A new page, *asked* for or found. A found one is the one asked for where nothing came in between.

        *parity*: 1 where the new page must have an odd number, 0 for an even one: then a page may stay empty.
        """
        if not asked and not self._begun:
            return
        self._break()
        if parity is not None and self.pages % 2 != parity:
            self._break()

    def _break(self) -> None:
        self.pages += 1
        if self.breaks:
            if not self._line and self.pages > 2:
                self.out.line("")  # a page with nothing on it
            self.out.page_break()
        self._begun = self._line = False

    def omit(self, one: Omitted, span: Span, place: str) -> None:
        """Keep in mind what was left out at *span*; :meth:`finish` says it."""
        self._omitted.setdefault(one.rule, []).append((span, place, one.text))

    def omit_all(self, omitted: list[Omitted], place: str) -> None:
        """Keep in mind what was left out of the line that was written last."""
        for one in omitted:
            self.omit(one, Span(max(0, self.out.size - 1), self.out.size), place)

    def finish_pages(self, said: int) -> None:
        """Say where page numbers cannot be had, or may be wrong: the file was shown with *said* pages (0: not said)."""
        if said > self.pages or (said and not self.breaks):
            rule = "page-numbers" if self.breaks else "no-page-numbers"
            told = f"{said} pages when it was last shown, {self.pages} found" if self.breaks else ""
            self.omit(Omitted(rule, told), Span(0, 0), "")

    def finish(self) -> None:
        """Say what was left out: once for everything of a kind, with the first example and its place."""
        for rule, found in self._omitted.items():
            one, several, severity = RULES[rule]
            span, place, _ = found[0]
            example = next((text.strip() for _, _, text in found if text.strip()), "")
            shown = f" ({example[:_EXAMPLE]}{'…' if len(example) > _EXAMPLE else ''})" if example else ""
            where = "" if not place else f"; {place}" if len(found) == 1 else f"; the first at {place}"
            self.out.report(
                rule, (one if len(found) == 1 else several.format(len(found))) + shown + where, span, severity
            )


def spaced(text: str) -> str:
    """A line of a paragraph with its gaps: that of a lone tab, behind a label or a number, as an ideographic blank.

    Those that begin a line are an indentation, and become such blanks too. Several tabs in a line part columns, as
    between cells, and stay.
    """
    bare = text.lstrip("\t")
    text = "　" * (len(text) - len(bare)) + bare
    return text.replace("\t", "　") if bare.strip().count("\t") == 1 else text
