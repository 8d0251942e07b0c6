"""Text for a screen: nothing in it can steer the terminal, and its width is known in columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from minutes_cli.patterns import lazy

if TYPE_CHECKING:
    import re

# Controls, bidi marks and overrides, line separators, soft hyphens, tags and lone surrogates: whoever writes a record
# must not be able to hide text in the overview, move the cursor or set the title of the window.
_UNSAFE = lazy(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
#: Blanks that are not printable by Python's lights, and do no harm.
_BLANKS = frozenset("\n\t\u3000")


def visible(text: str) -> str:
    r"""*text* on one line, safe to print: blanks for tabs and line ends, ␛ for escape, ``\u202e`` etc."""
    return text if text.replace("\u3000", "").isprintable() else _UNSAFE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\t\n\r\f\v\x85\u2028\u2029":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def escaped(text: str) -> str:
    r"""JSON or another *text* of many lines, safe to print: ``\u009b`` etc., which JSON reads as what it stands for."""
    if all(line.isprintable() for line in text.split("\n")):
        return text
    import json  # few texts need it

    return "".join(c if c.isprintable() or c in _BLANKS else json.dumps(c)[1:-1] for c in text)


def columns(text: str) -> int:
    """How many columns *text* takes on a terminal: two for wide characters, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_column, text))


def _column(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):  # first: the combining dakuten counts as wide
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """*text* in at most *width* columns, with … where something was left out."""
    if len(text) * 2 <= width or columns(text) <= width:
        return text
    used = 0
    for i, char in enumerate(text):
        used += _column(char)
        if used > width - 1:
            return text[:i].rstrip() + "…"
    return text


def cut_front(text: str, width: int) -> str:
    """*text* in at most *width* columns, with … for what was left out at its beginning (paths differ at their end)."""
    if columns(text) <= width:
        return text
    used, start = 1, len(text)
    while start and used + _column(text[start - 1]) <= width:
        start -= 1
        used += _column(text[start])
    return "…" + text[start:].lstrip()


def wrap(text: str, width: int) -> Iterator[str]:
    """*text* in pieces of at most *width* columns: cut at a blank inside Latin words, else anywhere, as Japanese is."""
    piece, used = "", 0
    for char in text:
        size = columns(char)
        if used + size > width:
            at = piece.rfind(" ") + 1
            whole = not at or columns(piece[:at]) < width // 2 or not (piece[at:] + char).isascii()
            keep, piece = (piece, "") if whole or char == " " else (piece[:at], piece[at:])
            yield keep.rstrip(" ")
            used = columns(piece)
            if char == " " and not piece:
                continue
        piece, used = piece + char, used + size
    yield piece


def count(number: int, one: str, more: str | None = None) -> str:
    """1 label, 2 labels, 1,000 labels."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def pad(text: str, width: int, *, right: bool = False) -> str:
    """*text* cut or filled up to exactly *width* columns."""
    text = cut(text, width)
    blanks = " " * (width - columns(text))
    return blanks + text if right else text + blanks
