"""Characters that cannot be seen or are not what they seem: how a message names them."""

from __future__ import annotations

import unicodedata

#: So much of a record is quoted in a message, in characters.
QUOTED = 20
#: What has no name in the Unicode character database, by its code point; and the one that is known by another name.
_NAMES = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0B: "LINE TABULATION",
    0x1A: "SUBSTITUTE",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
    0xFEFF: "BYTE ORDER MARK",
}


def named(character: str) -> str:
    """The code point of *character*, with its name where it has one: ``U+200B ZERO WIDTH SPACE``."""
    name = _NAMES.get(ord(character)) or unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def all_named(run: str) -> str:
    """The different characters of *run* by code point and name, at most three, each with how often it stands there."""
    kinds = list(dict.fromkeys(run))
    shown = [named(c) + (f" ({run.count(c)} times)" if run.count(c) > 1 else "") for c in kinds[:3]]
    return ", ".join(shown) + (" and others" if len(kinds) > 3 else "")


def quoted(text: str) -> str:
    """*text* on one line, in quotes, cut to what fits into a message."""
    line = " ".join(text[: 4 * QUOTED].split())
    return f'"{line}"' if len(line) <= QUOTED else f'"{line[:QUOTED]}…"'
