"""Numbers as Japanese records write them: 12, １２, 十二, 一二, 二〇二四, 元 (the first year of an era)."""

from __future__ import annotations

#: Characters a written number may hold, for use inside a character class.
DIGITS = "0-9０-９〇零一二三四五六七八九十百千元"

_KANJI = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "◯": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def to_int(written: str) -> int | None:
    """The value of *written*; None when it is no number. Blanks between digits are allowed (１ ２).

    Reads 元 as 1, positional kanji (二〇二四) and kanji with units (二千二十四) up to 9999.
    """
    text = "".join(written.split())
    if not text:
        return None
    if text == "元":
        return 1
    if text.isdecimal():
        return int(text)
    if any(c in _UNITS for c in text):
        return _with_units(text)
    digits = [_KANJI.get(c, int(c) if c.isdecimal() else None) for c in text]
    value = 0
    for digit in digits:
        if digit is None:
            return None
        value = value * 10 + digit
    return value


def _with_units(text: str) -> int | None:
    total = digit = 0
    for c in text:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        elif c in _KANJI or c.isdecimal():
            digit = digit * 10 + (_KANJI[c] if c in _KANJI else int(c))
        else:
            return None
    return total + digit
