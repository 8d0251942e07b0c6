"""Faults of single characters, marks and brackets."""

from __future__ import annotations

import unicodedata
from random import Random

from .record import Clean, Planted, lines_of, one_line, pick, places, prose, spots

_WORD = r"[一-鿿ァ-ヴー]{3,}"


def _inserted(rule: str, pattern: str, characters: tuple[str, ...], clean: Clean, rng: Random) -> Planted | None:
    """One of *characters* inside a match of *pattern*, behind its first character."""
    chosen = pick(rng, places(clean, pattern))
    if chosen is None:
        return None
    at, character = chosen.start() + 1, rng.choice(characters)
    return one_line(rule, clean, at, at, character, f"inserted in {chosen.group()[:12]}")


def control_in_speech(clean: Clean, rng: Random) -> Planted | None:
    """A key that was pressed by mistake, or a code of an old word processor."""
    return _inserted("control-character", _WORD, ("\x08", "\x1b", "\x02", "\x13", "\x7f"), clean, rng)


def break_of_word(clean: Clean, rng: Random) -> Planted | None:
    """A line break of Word (Shift+Enter) or the end of a cell of its tables, pasted as a character."""
    return _inserted("control-character", "。[一-鿿ぁ-ん]", ("\x0b", "\x07"), clean, rng)


def zero_width_in_word(clean: Clean, rng: Random) -> Planted | None:
    """What web pages put into words so that they may be broken."""
    return _inserted("invisible-character", _WORD, ("\u200b", "\u200c", "\u2060"), clean, rng)


def soft_hyphen(clean: Clean, rng: Random) -> Planted | None:
    """A hyphen that shows only at the end of a line."""
    return _inserted("invisible-character", _WORD, ("\xad",), clean, rng)


def joined_files(clean: Clean, rng: Random) -> Planted | None:
    """The mark at the beginning of a file, left where files were put together."""
    chosen = pick(rng, [at for at, line in lines_of(clean.text) if at and line.strip()])
    return chosen and one_line("invisible-character", clean, chosen, chosen, "\ufeff", "at the start of a line")


def turned_direction(clean: Clean, rng: Random) -> Planted | None:
    """A mark that turns the direction, from a mail or on purpose."""
    return _inserted("invisible-character", _WORD, ("\u202e", "\u200f", "\u202d", "\u2067"), clean, rng)


def own_kanji(clean: Clean, rng: Random) -> Planted | None:
    """A kanji of a name that the office has made itself (外字)."""
    choices = [m.span() for m in places(clean, "[一-鿿]")]
    choices += [(s.start + i, s.start + i + 1) for s in spots(clean) for i, c in enumerate(s.text) if c > "一"][::3]
    chosen = pick(rng, choices)
    character = chr(rng.randrange(0xE000, 0xE758))
    return chosen and one_line("private-use-character", clean, *chosen, character, "a kanji of one's own")


def symbol_bullet(clean: Clean, rng: Random) -> Planted | None:
    """A bullet of Word in the font Symbol or Wingdings, pasted as text."""
    chosen = pick(rng, prose(clean))
    character = rng.choice("\uf06c\uf0b7\uf0fc")
    return chosen and one_line("private-use-character", clean, chosen[0], chosen[0], character, "a bullet")


def blank_of_the_web(clean: Clean, rng: Random) -> Planted | None:
    """A no-break space (or a thin one) for a blank."""
    choices = [at for at, c in enumerate(clean.text) if c in " \u3000" and clean.text[at + 1 : at + 2].strip()]
    chosen = pick(rng, choices)
    character = rng.choice("\xa0\xa0\u2009\u202f")
    return chosen and one_line("no-break-space", clean, chosen, chosen + 1, character, "for a blank")


def blank_in_speech(clean: Clean, rng: Random) -> Planted | None:
    """A no-break space that came with words pasted from a web page."""
    return _inserted("no-break-space", "[。、][一-鿿ぁ-んァ-ヴ]", ("\xa0",), clean, rng)


# M106, M107


_HALF = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF66, 0xFF9E)} | {"ー": "ｰ"}


def half_width_word(clean: Clean, rng: Random) -> Planted | None:
    """A word in the katakana of old printers."""
    chosen = pick(rng, places(clean, "[ァ-ヴー]{3,}"))
    if chosen is None:
        return None
    after = "".join(
        _HALF.get(c, c) for c in unicodedata.normalize("NFD", chosen.group()).translate({0x3099: "ﾞ", 0x309A: "ﾟ"})
    )
    return one_line("half-width-kana", clean, *chosen.span(), after, "half-width")


def half_width_marks(clean: Clean, rng: Random) -> Planted | None:
    """The full stop of a half-width keyboard."""
    chosen = pick(rng, places(clean, "。"))
    return chosen and one_line("half-width-kana", clean, *chosen.span(), "｡", "half-width")


def decomposed_word(clean: Clean, rng: Random) -> Planted | None:
    """A word copied from a file name on a Mac."""
    chosen = pick(rng, places(clean, "[ァ-ヴー]*[ガギグゲゴザジズゼゾダデドバビブベボパピプペポ][ァ-ヴー]*"))
    chosen = chosen or pick(rng, places(clean, "[がぎぐげござじずぜぞだでどばびぶべぼ]"))
    return chosen and _decomposed(clean, *chosen.span())


def decomposed_line(clean: Clean, rng: Random) -> Planted | None:
    """A line from a PDF that keeps its marks apart."""
    chosen = pick(rng, [s for s in prose(clean) if _decomposed(clean, *s)])
    return chosen and _decomposed(clean, *chosen)


def _decomposed(clean: Clean, start: int, end: int) -> Planted | None:
    before = clean.text[start:end]
    after = "".join(unicodedata.normalize("NFD", c) if "ぁ" <= c <= "ヴ" else c for c in before)
    return one_line("decomposed-kana", clean, start, end, after, "decomposed") if after != before else None


# M109, M111


def other_mark(clean: Clean, rng: Random) -> Planted | None:
    """One label with a circle that looks alike: the numeral 〇, the large ◯, a filled one."""
    marked = [s for s in spots(clean) if s.mark in ("○", "〇", "◯")]
    chosen = pick(rng, marked)
    if chosen is None or len(marked) < 6:
        return None
    after = rng.choice([c for c in "○〇◯●" if c != chosen.mark])
    return one_line("mixed-marks", clean, chosen.start, chosen.start + 1, after, "mark", ("swallowed-label",))


_PAIRS = "「[^「」\n]{1,40}」|（[^（）\n]{1,40}）|〔[^〔〕\n]{1,40}〕|『[^『』\n]{1,40}』"


def lost_bracket(clean: Clean, rng: Random) -> Planted | None:
    """One half of a pair was not typed."""
    chosen = pick(rng, places(clean, _PAIRS))
    if chosen is None:
        return None
    at = rng.choice((chosen.start(), chosen.end() - 1))
    return one_line("unbalanced-bracket", clean, at, at + 1, "", f"in {chosen.group()[:14]}")


def doubled_bracket(clean: Clean, rng: Random) -> Planted | None:
    """One half of a pair was typed twice."""
    chosen = pick(rng, places(clean, _PAIRS))
    at = chosen.end() if chosen else 0
    return chosen and one_line("unbalanced-bracket", clean, at, at, clean.text[at - 1], "once more")


def wrong_partner(clean: Clean, rng: Random) -> Planted | None:
    """A bracket closed by one of another kind."""
    chosen = pick(rng, places(clean, _PAIRS))
    if chosen is None:
        return None
    at = chosen.end() - 1
    return one_line("unbalanced-bracket", clean, at, at + 1, "」" if clean.text[at] != "」" else "）", "partner")


PLANTERS = {
    "control-character": (control_in_speech, break_of_word),
    "invisible-character": (zero_width_in_word, joined_files, turned_direction, soft_hyphen),
    "private-use-character": (own_kanji, symbol_bullet),
    "no-break-space": (blank_of_the_web, blank_in_speech),
    "half-width-kana": (half_width_word, half_width_marks),
    "decomposed-kana": (decomposed_word, decomposed_line),
    "mixed-marks": (other_mark,),
    "unbalanced-bracket": (lost_bracket, doubled_bracket, wrong_partner),
}
