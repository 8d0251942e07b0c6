"""Lines of a page in the making: white space as browsers show it, list marks, cells of tables apart by tabs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

__all__ = ["Line", "Sink", "row_lines", "shown_text"]

_WIDE = "\u1100-\u115f\u2e80-\u9fff\ua000-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
#: Line ends between two wide characters show nothing: CSS Text Module Level 3, section 4.1.3.
_WRAPPED = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MARKED = re.compile(
    r"[・○〇◯◎●△▲▽▼◇◆□■☆★※①-⑳（(【［\[〔－–➢✓✔►▪•]|[0-9０-９]{1,3}[.．)）、]|第[0-9０-９一二三四五六七八九十]+"
)
_SPEAKER = re.compile(r"[○◯〇◎◆●]\S")
_LONGEST_FIRST_CELLS = 60


class Line(NamedTuple):
    """A line of a page: its text, its element and which line of it, the level of a heading, whether the site's."""

    text: str
    place: str
    heading: int = 0
    furniture: bool = False


def shown_text(text: str) -> str:
    """*text* with its white space as browsers show it, where it is not preformatted.

    A no-break blank is shown as a blank, and is one here: nothing else tells them apart on the page.
    """
    if "\n" in text:
        text = _WRAPPED.sub("", text)
    return _SPACE.sub(" ", text).strip(" ").replace("\xa0", " ")


class Sink:
    """Takes text and ends of lines; keeps the lines. ``marker`` stands before the next line that has text."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.marker = ""
        self._parts: list[str] = []

    def write(self, text: str) -> None:
        """Text that goes on in the line at hand."""
        self._parts.append(text)

    def end(self, place: Callable[[], str], *, heading: int = 0, furniture: bool = False, empty: bool = False) -> None:
        """The line at hand ends; without text it is none, unless *empty* lines are wanted."""
        if not self._parts and not empty:
            return
        text = shown_text("".join(self._parts))
        self._parts.clear()
        if text and not text.isspace():
            text, self.marker = (self.marker if not _MARKED.match(text) else "") + text, ""
        elif not empty and not text:
            return
        self.lines.append(Line(text.rstrip(), place(), heading, furniture))

    def pre(self, text: str, place: Callable[[], str], furniture: bool) -> None:
        """Preformatted text: its line ends are lines, its blanks stay."""
        *whole, rest = text.replace("\xa0", " ").split("\n")  # the parser leaves no other ends of lines
        if whole and self._parts:
            whole[0] = "".join(self._parts) + whole[0]
            self._parts.clear()
        self.lines += [Line(one.rstrip(" "), place(), 0, furniture) for one in whole]
        if rest:
            self._parts.append(rest)

    def end_pre(self, place: Callable[[], str], furniture: bool) -> None:
        """Preformatted text ends, perhaps without an end of its last line."""
        if self._parts:
            self.pre("\n", place, furniture)


def row_lines(cells: Iterable[list[Line]]) -> list[Line]:
    """The cells of a row of a table as lines.

    Cells of one line each are one line, apart by tabs. Where only the last cell goes on, it goes on below: a label and
    a speech in paragraphs. Other rows are none of a table but the page laid out in columns: one cell after the other.
    """
    filled = list(cells)
    full = [cell for cell in filled if any(line.text for line in cell)]
    if not full:
        return []
    head = full[:-1]
    plain = all(len(cell) == 1 and not cell[0].heading for cell in head) and not full[-1][0].heading
    alike = len({line.furniture for cell in full for line in cell}) == 1
    goes_on = len(full[-1]) > 1
    if goes_on and head:
        rest = full[-1]
        plain = (
            plain
            and filled[-1] is rest
            and sum(len(cell[0].text) for cell in head) <= _LONGEST_FIRST_CELLS
            and not any(_SPEAKER.match(line.text) or line.heading for line in rest)
        )
    if not plain or not alike:
        return [line for cell in full for line in cell]
    last = max(i for i, cell in enumerate(filled) if any(line.text for line in cell))
    first = min(i for i, cell in enumerate(filled) if any(line.text for line in cell))
    texts = [cell[0].text.replace("\t", " ") if cell else "" for cell in filled[first : last + 1]]
    return [full[0][0]._replace(text="\t".join(texts)), *full[-1][1:]]
