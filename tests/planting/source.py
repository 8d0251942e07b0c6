"""Faults of files and characters: what mail, copy and paste, PDF exports and old systems do."""

from __future__ import annotations

import unicodedata
from random import Random

from .record import Clean, Planted, line_of, one_line, pick, places, prose


def _stretch(clean: Clean, rng: Random, least: int = 5, most: int = 14) -> tuple[int, int] | None:
    """A few characters of speech in a row, none of them a mark of the layout."""
    chosen = pick(rng, [m.span() for m in places(clean, rf"[一-鿿ぁ-んァ-ヴー]{{{least},{most}}}")])
    return chosen


# M101


def mixed_encodings(clean: Clean, rng: Random) -> Planted | None:
    """A paragraph pasted as bytes from an old file of Windows into a UTF-8 one."""
    chosen = pick(rng, prose(clean))
    if chosen is None:
        return None
    start, end = chosen
    raw = clean.text[:start].encode() + clean.text[start:end].encode("cp932", "replace") + clean.text[end:].encode()
    line = line_of(clean.text, start)
    what = "a line in CP932 in a UTF-8 file"
    return Planted("wrong-encoding", clean.text, frozenset({line, 1}), what, ("mojibake",), raw)


def cut_off(clean: Clean, rng: Random) -> Planted | None:
    """A transfer that broke off in the middle of a character."""
    chosen = pick(rng, prose(clean)[-6:])
    if chosen is None:
        return None
    end = rng.randrange(chosen[0] + 4, chosen[1])
    raw = clean.text[:end].encode()[:-1]
    lines = frozenset({line_of(clean.text, end - 1), 1})
    return Planted("wrong-encoding", clean.text[:end], lines, "cut off inside a character", ("mojibake",), raw)


def doubly_encoded(clean: Clean, rng: Random) -> Planted | None:
    """The whole file opened as Windows text and saved as UTF-8."""
    text = clean.text.encode().decode("cp932", "replace")
    return Planted("wrong-encoding", text, frozenset(), "UTF-8 read as CP932 throughout", ("mojibake",))


def old_encoding_with_a_slip(clean: Clean, rng: Random) -> Planted | None:
    """An EUC-JP file of an old system, in which one byte was lost."""
    chosen = _stretch(clean, rng)
    if chosen is None:
        return None
    raw = clean.text[: chosen[0]].encode("euc_jp", "replace")
    rest = clean.text[chosen[0] :].encode("euc_jp", "replace")
    lines = frozenset({line_of(clean.text, chosen[0]), 1})
    return Planted("wrong-encoding", clean.text, lines, "EUC-JP with a byte lost", ("mojibake",), raw + rest[1:])


def utf8_in_an_old_file(clean: Clean, rng: Random) -> Planted | None:
    """A line in UTF-8, appended by a new program to a file in Shift JIS."""
    chosen = pick(rng, prose(clean))
    if chosen is None:
        return None
    start, end = chosen
    parts = clean.text[:start].encode("cp932", "replace"), clean.text[end:].encode("cp932", "replace")
    lines = frozenset({line_of(clean.text, start), 1})
    raw = clean.text[start:end].encode().join(parts)
    return Planted("wrong-encoding", clean.text, lines, "a line in UTF-8 in a CP932 file", ("mojibake",), raw)


# M102


def _recoded(written: str, read_as: str, clean: Clean, rng: Random) -> Planted | None:
    chosen = _stretch(clean, rng)
    if chosen is None:
        return None
    before = clean.text[slice(*chosen)]
    after = before.encode(written, "replace").decode(read_as, "replace").replace("\x85", "…")
    after = "".join(c for c in after if not unicodedata.category(c).startswith("C"))
    return one_line("mojibake", clean, *chosen, after, f"{written} read as {read_as}", ("control-character",))


def utf8_as_cp932(clean: Clean, rng: Random) -> Planted | None:
    """縺薙ｌ for これ."""
    return _recoded("utf-8", "cp932", clean, rng)


def utf8_as_latin(clean: Clean, rng: Random) -> Planted | None:
    """ã“ã‚Œ for これ."""
    return _recoded("utf-8", "cp1252", clean, rng)


def cp932_as_utf8(clean: Clean, rng: Random) -> Planted | None:
    """Replacement characters for what was Shift JIS."""
    return _recoded("cp932", "utf-8", clean, rng)


def cp932_as_latin(clean: Clean, rng: Random) -> Planted | None:
    """‚±‚ê for これ."""
    return _recoded("cp932", "cp1252", clean, rng)


def euc_as_cp932(clean: Clean, rng: Random) -> Planted | None:
    """､ｳ､ for これ."""
    return _recoded("euc_jp", "cp932", clean, rng)


def lost_character(clean: Clean, rng: Random) -> Planted | None:
    """One character that the program did not have, as U+FFFD."""
    chosen = pick(rng, places(clean, "[一-鿿]"))
    return chosen and one_line("mojibake", clean, *chosen.span(), "\ufffd", "a character lost")


# M103


def _glyphs(clean: Clean, rng: Random, form: str, count: int) -> Planted | None:
    chosen = pick(rng, places(clean, f"[一-鿿]{{{count}}}"))
    after = "".join(form.format(rng.randrange(200, 9000)) for _ in range(count))
    return chosen and one_line("glyph-code", clean, *chosen.span(), after, "a font without its table of characters")


def one_glyph(clean: Clean, rng: Random) -> Planted | None:
    """One character of the PDF came out as its number."""
    return _glyphs(clean, rng, "(cid:{})", 1)


def several_glyphs(clean: Clean, rng: Random) -> Planted | None:
    """A word of the PDF came out as numbers."""
    return _glyphs(clean, rng, "(cid:{})", 3)


def glyph_names(clean: Clean, rng: Random) -> Planted | None:
    """A word of the PDF came out as names of glyphs."""
    return _glyphs(clean, rng, "/g{}", 3)


PLANTERS = {
    "wrong-encoding": (mixed_encodings, doubly_encoded, utf8_in_an_old_file, cut_off, old_encoding_with_a_slip),
    "mojibake": (utf8_as_cp932, utf8_as_latin, cp932_as_utf8, cp932_as_latin, euc_as_cp932, lost_character),
    "glyph-code": (one_glyph, several_glyphs, glyph_names),
}
