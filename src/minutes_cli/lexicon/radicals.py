"""Radicals (``⼀``, U+2F00) and the kanji that look like them (``一``, U+4E00)."""

from __future__ import annotations

import unicodedata

__all__ = ["KANJI", "may_hold_radicals"]

#: Kangxi radicals: their compatibility mappings (Unicode Standard, section 18.1), but ⼾, whose kanji is written
#: otherwise in Japan. CJK radicals supplement: what is a whole kanji there (EquivalentUnifiedIdeograph.txt of Unicode).
KANJI: dict[str, str] = {
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    "⼾": "戸",
    **dict(zip("⺒⺝⺟⺠⺬⺮⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲", "巳月母民示竹西角長青食鬼麦黄斉歯竜亀", strict=True)),
}
#: How their characters begin in UTF-8, where no other character holds these bytes: looking for them costs a hundredth
#: of what a class of characters does.
_FIRST = tuple(bytes((0xE2, second)) for second in range(0xBA, 0xC0))


def may_hold_radicals(raw: bytes) -> bool:
    """Whether there may be radicals in a text whose UTF-8 is *raw*."""
    return any(first in raw for first in _FIRST)
