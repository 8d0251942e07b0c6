"""Text for a screen: nothing in it can steer the terminal, and its width is known in columns."""

from __future__ import annotations

import re
import unicodedata

# Controls, bidi marks and overrides, line separators and lone surrogates: whoever writes a record must
# not be able to hide text in the overview, move the cursor or set the title of the window.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""*text* on one line, safe to print: blanks for tabs and line ends, ␛ for escape, ``\u202e`` etc."""
    return _UNSAFE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\t\n\r\f\v\x85\u2028\u2029":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


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


def pad(text: str, width: int, *, right: bool = False) -> str:
    """*text* cut or filled up to exactly *width* columns."""
    text = cut(text, width)
    blanks = " " * (width - columns(text))
    return blanks + text if right else text + blanks
