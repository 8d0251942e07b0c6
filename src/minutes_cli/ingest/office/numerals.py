"""Numbers of lists as office programs write them: ECMA-376 part 1, 17.18.59; OpenDocument 1.3 part 3, 19.500.

Both formats are read by one table: OpenDocument names a format by its first numerals (``一, 二, 三, ...``).
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["BULLET", "bullet", "numeral", "odf_format", "symbol"]

BULLET = "・"

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_KANJI = "〇一二三四五六七八九"
_LEGAL = str.maketrans("一二三十百千", "壱弐参拾百阡")
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_HALF_WIDTH = str.maketrans(
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ",
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

# Symbols that fonts keep in places without a meaning: what they look like (Wingdings, Symbol).
_SYMBOLS = {
    ("wingdings", 0x6C): "●", ("wingdings", 0x6E): "■", ("wingdings", 0x75): "◆", ("wingdings", 0xA1): "○",
    ("wingdings", 0x6F): "□", ("wingdings", 0x71): "❑", ("wingdings", 0xA7): "▪", ("wingdings", 0xA8): "◻",
    ("wingdings", 0xD8): "➢", ("wingdings", 0xE0): "→", ("wingdings", 0xE8): "➔", ("wingdings", 0xF0): "⇨",
    ("wingdings", 0xFB): "✗", ("wingdings", 0xFC): "✓", ("wingdings", 0xFD): "☒", ("wingdings", 0xFE): "☑",
    ("wingdings", 0x28): "☎", ("wingdings", 0x2A): "✉", ("wingdings", 0xAB): "★",
    ("wingdings 2", 0x52): "☑", ("wingdings 2", 0xA3): "☐", ("wingdings 2", 0x50): "✓",
    ("symbol", 0xB7): "•", ("symbol", 0xD7): "⋅", ("symbol", 0xB4): "×", ("symbol", 0xB1): "±", ("symbol", 0xA3): "≤",
    ("symbol", 0xB3): "≥", ("symbol", 0xB9): "≠", ("symbol", 0xB0): "°", ("symbol", 0xAE): "→", ("symbol", 0x2D): "−",
}  # fmt: skip


def symbol(font: str, code: int) -> str | None:
    """What the character *code* of a font of symbols looks like; None where that is not known."""
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
        return _SYMBOLS.get((font.lower(), code))
    if font.lower().startswith(("wingdings", "webdings", "symbol")) and code < 0x100:
        return _SYMBOLS.get((font.lower(), code))
    return chr(code) if 0x20 <= code < 0x110000 and not 0xE000 <= code <= 0xF8FF else None


def bullet(shown: str) -> str:
    """The bullet of a list item, as a line of text begins with it: ``・`` for dots and for glyphs of symbol fonts.

    Other characters stay: ○ and ◎ before paragraphs are speakers' marks in many records.
    """
    shown = shown.strip()
    if not shown or shown in "•·●⚫∙⋅-–—o*" or any(0xE000 <= ord(c) <= 0xF8FF for c in shown):
        return BULLET
    return shown


def numeral(value: int, style: str) -> str:
    """*value* as *style* (a name of ST_NumberFormat) writes it; in decimals where it has no such numeral."""
    if style == "none":
        return ""
    write = _STYLES.get(style)
    return (write(value) if write is not None else None) or str(value)


def odf_format(style: str) -> str:
    """The name in ST_NumberFormat of a style:num-format: ``1``, ``a``, ``i``, or the first numerals of a row."""
    if style in _ODF:
        return _ODF[style]
    return _ODF.get(style.split(",")[0].strip(), "decimal")


def _letters(value: int) -> str | None:
    """a … z, aa, bb …"""
    return chr(96 + (value - 1) % 26 + 1) * ((value - 1) // 26 + 1) if 1 <= value <= 780 else None


def _roman(value: int) -> str | None:
    if not 1 <= value < 4000:
        return None
    written = ""
    for worth, sign in _ROMAN:
        written += sign * (value // worth)
        value %= worth
    return written


def _counted(value: int) -> str | None:
    """十二, 百二十: kanji with units."""
    if not 0 < value < 10_000:
        return "〇" if value == 0 else None
    written = ""
    for worth, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // worth % 10
        if digit:
            written += ("" if digit == 1 and unit else _KANJI[digit]) + unit
    return written


def _row(signs: str, again: int = 1) -> Callable[[int], str | None]:
    """Signs one after the other, then doubled, up to *again* times."""

    def write(value: int) -> str | None:
        times = (value - 1) // len(signs) + 1
        return signs[(value - 1) % len(signs)] * times if value >= 1 and times <= again else None

    return write


def _circled(value: int) -> str | None:
    if 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if 21 <= value <= 35:
        return chr(0x3251 + value - 21)
    if 36 <= value <= 50:
        return chr(0x32B1 + value - 36)
    return "⓪" if value == 0 else None


def _from(first: int, last: int) -> Callable[[int], str | None]:
    return lambda value: chr(first + value - 1) if 1 <= value <= last else None


def _digits(value: int) -> str:
    return "".join(_KANJI[int(digit)] for digit in str(value))


_aiueo, _iroha = _row(_AIUEO, 3), _row(_IROHA, 3)

_STYLES: dict[str, Callable[[int], str | None]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "lowerLetter": _letters,
    "upperLetter": lambda value: (_letters(value) or str(value)).upper(),
    "lowerRoman": lambda value: (_roman(value) or str(value)).lower(),
    "upperRoman": _roman,
    "aiueoFullWidth": _aiueo,
    "aiueo": lambda value: (_aiueo(value) or str(value)).translate(_HALF_WIDTH),
    "irohaFullWidth": _iroha,
    "iroha": lambda value: (_iroha(value) or str(value)).translate(_HALF_WIDTH),
    "japaneseCounting": _counted,
    "japaneseDigitalTenThousand": _digits,
    "japaneseLegal": lambda value: (_counted(value) or str(value)).translate(_LEGAL),
    "ideographDigital": _digits,
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographEnclosedCircle": _from(0x3280, 10),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "ideographTraditional": _row(_STEMS),
    "ideographZodiac": _row(_BRANCHES),
    "numberInDash": lambda value: f"- {value} -",
}

_ODF = {
    "": "none",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "１": "decimalFullWidth",
    "①": "decimalEnclosedCircle",
    "一": "japaneseCounting",
    "壱": "japaneseLegal",
    "ア": "aiueoFullWidth",
    "ｱ": "aiueo",
    "イ": "irohaFullWidth",
    "ｲ": "iroha",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
}
