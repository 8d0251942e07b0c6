"""PDFs made for tests: records printed with wrapped lines, page numbers and running headers, as councils do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

A4 = (595, 842)
SIZE = 10.5
LEADING = 18.0
FLAT, UPRIGHT = "HeiseiMin-W3", "HeiseiMin-W3-upright"
_HANG = "、。"
_NEVER_FIRST = "、。，．」』）〕】？！ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
HEADER = "令和六年度　潮見市会議録（本編）"


class Made(NamedTuple):
    """A PDF, and for every line of the text it was made of (from 1) the page where it begins."""

    raw: bytes
    pages: dict[int, int]


class Placed(NamedTuple):
    """One printed line: what it says, how many ems it is indented, and of which line of the text it is a part."""

    text: str
    indent: int
    line: int
    begins: bool


@cache
def fonts() -> None:
    """Make the two fonts known; they need no file."""
    registerFont(UnicodeCIDFont(FLAT))
    upright = UnicodeCIDFont(FLAT, isVertical=True)
    upright.name = upright.fontName = UPRIGHT
    registerFont(upright)


def canvas(size: tuple[float, float] = A4) -> tuple[Canvas, Callable[[], bytes]]:
    """A canvas with the fonts, and what gives its bytes in the end."""
    fonts()
    out = BytesIO()
    made = Canvas(out, pagesize=size, invariant=1)

    def finish() -> bytes:
        made.save()
        return out.getvalue()

    return made, finish


def page(*drawn: tuple[float, float, str], size: float = SIZE, font: str = FLAT) -> bytes:
    """A PDF of one page: texts at places counted in points from the top left corner."""
    made, finish = canvas()
    for x, y, text in drawn:
        made.setFont(font, size)
        made.drawString(x, A4[1] - y, text)
    made.showPage()
    return finish()


def wrapped(text: str, width: int, *, square: bool = False) -> Iterator[Placed]:
    """The lines of *text*, each cut so that it has at most *width* full-width characters.

    A stop hangs over the end of its line, other marks that may begin no line take a character along. Indents come as
    numbers, not as blanks; those that leave no room for their line are made smaller. *square*: letters are as wide as
    kanji.
    """
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip().replace("\t", "　　")
        indent = len(line) - len(line.lstrip("　"))
        if indent > 1:
            indent = max(min(indent, width - len(bare)), 1)
        yield from _wrapped(bare, indent, number, width, 2 if square else 1)


def _wrapped(bare: str, indent: int, number: int, width: int, letter: int) -> Iterator[Placed]:
    begins = True
    while True:
        room, stop = 2 * (width - indent), 0
        while stop < len(bare) and room > 0:
            room -= letter if bare[stop].isascii() else 2
            stop += room >= 0
        if bare[stop : stop + 1] in _HANG:
            stop += 1
        while stop > 1 and bare[stop : stop + 1] and bare[stop] in _NEVER_FIRST:
            stop -= 1
        yield Placed(bare[:stop].rstrip(), indent, number, begins)
        bare, indent, begins = bare[stop:].lstrip(), 0, False
        if not bare:
            return


class Frame(NamedTuple):
    """Where a column of lines goes: its first line begins at (x, y) from the top left; ``lines`` fit into it."""

    x: float
    y: float
    lines: int


def printed(
    text: str,
    width: int,
    frames: Sequence[Frame],
    *,
    vertical: bool = False,
    across: tuple[int, int, Frame] | None = None,
    header: str = HEADER,
    numbers: str = "- {} -",
    first: int = 1,
) -> Made:
    """*text* printed into the columns *frames* of as many pages as it takes, *width* characters a line.

    *across* is ``(lines, width, frame)``: so many lines of the text stand before the columns, on pages of their own.
    Pages are numbered from *first* on at the bottom; the running *header* stands at the top.
    """
    made, finish = canvas()
    pages: dict[int, int] = {}
    lines = list(wrapped(text, width, square=vertical))
    number = 1
    if across:
        count, wide, frame = across
        front = [line for line in wrapped(text, wide) if line.line <= count]
        lines = [line for line in lines if line.line > count]
        number = _print(made, front, [frame], pages, number, False, header, numbers, first)
    _print(made, lines, frames, pages, number, vertical, header, numbers, first)
    return Made(finish(), pages)


def _print(
    made: Canvas,
    lines: list[Placed],
    frames: Sequence[Frame],
    pages: dict[int, int],
    number: int,
    vertical: bool,
    header: str,
    numbers: str,
    first: int,
) -> int:
    """Print *lines*, keep in *pages* where they begin, and return the number of the page that comes next."""
    while lines:
        made.setFont(FLAT, 8)
        made.drawString(70 if number % 2 else 330, A4[1] - 40, header.format(number + first - 1))
        for frame in frames:
            here, lines = lines[: frame.lines], lines[frame.lines :]
            for i, line in enumerate(here):
                if line.begins:
                    pages[line.line] = number
                _draw(made, line, frame, i, vertical)
        made.setFont(FLAT, 9)
        made.drawCentredString(A4[0] / 2, 30, numbers.format(number + first - 1))
        made.showPage()
        number += 1
    return number


def _draw(made: Any, line: Placed, frame: Frame, i: int, vertical: bool) -> None:
    made.setFont(UPRIGHT if vertical else FLAT, SIZE)
    if vertical:
        made.drawString(frame.x - i * LEADING, A4[1] - frame.y - line.indent * SIZE, line.text)
    else:
        made.drawString(frame.x + line.indent * SIZE, A4[1] - frame.y - i * LEADING, line.text)


ONE_COLUMN = (Frame(80, 80, 40),)
TWO_COLUMNS = (Frame(62, 80, 40), Frame(62 + 22 * SIZE, 80, 40))
ONE_TIER = (Frame(520, 80, 26),)
TWO_TIERS = (Frame(520, 70, 26), Frame(520, 70 + 33 * SIZE, 26))


def one_column(text: str, **options: Any) -> Made:
    """*text* in lines of 38 characters across the page."""
    return printed(text, 38, ONE_COLUMN, **options)


def two_columns(text: str, front: int = 0, **options: Any) -> Made:
    """*text* in two columns of 20 characters, its first *front* lines across the page."""
    return printed(text, 20, TWO_COLUMNS, across=(front, 38, ONE_COLUMN[0]) if front else None, **options)


def vertical(text: str, **options: Any) -> Made:
    """*text* written downwards, in columns of 50 characters."""
    return printed(text, 50, ONE_TIER, vertical=True, **options)


def two_tiers(text: str, **options: Any) -> Made:
    """*text* written downwards, in two tiers of 31 characters."""
    return printed(text, 31, TWO_TIERS, vertical=True, **options)


def office_line(words: Sequence[str], blank: float = 0.278, y: float = 80, size: float = SIZE) -> bytes:
    """A page with one line of *words*, as LibreOffice prints words with blanks of a Latin font between them.

    All blanks are one piece of text, printed before the words; *blank* is how wide the gaps are, in ems. (The blank of
    the font is 0.278 ems wide.)
    """
    made, finish = canvas()
    at, moves, gaps = 80.0, list[str](), list[float]()
    made.setFont(FLAT, size)
    for word in words:
        made.drawString(at, A4[1] - y, word)
        at += (len(word) + blank) * size
        gaps.append(at - blank * size)
    for gap, after in pairwise(gaps):
        moves += ["( )", f"{(gap + 0.278 * size - after) * 1000 / size:.1f}"]
    if moves:
        drawn = " ".join(moves[:-1])
        made._code.append(f"BT 1 0 0 1 {gaps[0]:.3f} {A4[1] - y:.3f} Tm /F1 {size} Tf [{drawn}] TJ ET")
    made.showPage()
    return finish()
