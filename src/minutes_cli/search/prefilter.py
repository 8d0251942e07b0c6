"""Rule files out from their bytes: what cannot hold the words of a search need not be parsed.

``False`` is certain, ``True`` says nothing. Nothing is said about files that cannot be read: where one is ruled out,
a fault behind the part that was looked at goes unmentioned, as in grep.
"""

from __future__ import annotations

import codecs
import re

from minutes_cli.patterns import lazy
from minutes_cli.search.needs import Needs

_WIDE_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: A full stop at the end of a line in UTF-8. In CP932 and its kin 0x82 cannot stand before a line end, nor in EUC-JP
#: at all, nor beyond ASCII anything in ISO-2022-JP: a file that holds this is UTF-8, or cannot be read.
_UTF_8_SIGNS = ("。\n".encode(), "。\r".encode())
#: First bytes in CP932 of the kana and kanji that are written there in one way only, and the same in all its kin.
_ONE_WAY = frozenset((0x82, 0x83, *range(0x88, 0xA0), *range(0xE0, 0xEB)))
_OTHERS = ("cp932", "euc-jp")


def possible_lines(raw: bytes, needs: Needs, *, folded: bool = False, encoding: str | None = None) -> bool:
    """Whether the lines of the file *raw*, as they stand, may hold what *needs* says; *folded*: with ``-i``.

    *encoding* is the one that the user forces. UTF-8 is searched as bytes. Of CP932 and EUC-JP, and what looks like
    them, kana and kanji are; UTF-16, UTF-32, ISO-2022-JP and other encodings are never ruled out.
    """
    if not needs or raw.startswith(_WIDE_BOMS):
        return True
    if encoding is None:
        utf_8 = any(sign in raw for sign in _UTF_8_SIGNS)
        if b"\0" in raw or (not utf_8 and b"\x1b" in raw):
            return True
    else:
        known = _family(encoding)
        if known is None:
            return True
        utf_8 = known == "utf-8"
    return all(any(_among(raw, literal, folded, utf_8) for literal in clause) for clause in needs)


def _among(raw: bytes, literal: str, folded: bool, utf_8: bool) -> bool:
    if folded:
        literal = max(_stable(literal), key=len, default="")
    try:
        if literal.encode() in raw:  # an empty one always is
            return True
    except UnicodeEncodeError:  # a lone surrogate stands in no file, but may come out of an odd encoding
        return True
    if utf_8:
        return False
    piece = max(re.split(r"\0", "".join(c if _one_way(c) else "\0" for c in literal)), key=len)
    return any(piece.encode(name) in raw for name in _OTHERS)


def _stable(literal: str) -> list[str]:
    """The stretches of a folded literal that stand in the text just so."""
    from minutes_cli.lexicon.folding import variants

    return "".join(c if len(variants(c)) == 1 else "\0" for c in literal).split("\0")


def _one_way(character: str) -> bool:
    try:
        written = character.encode("cp932")
        character.encode("euc-jp")
    except UnicodeEncodeError:
        return False
    return (len(written) == 2 and written[0] in _ONE_WAY) or (character.isascii() and character.isalnum())


def _family(encoding: str) -> str | None:
    """Which bytes to look for under a forced *encoding*; None where bytes cannot tell."""
    from minutes_cli.errors import IngestError
    from minutes_cli.ingest.text import canonical_encoding

    try:
        name = canonical_encoding(encoding)
    except IngestError:
        return None
    if name in ("utf-8", "utf-8-sig"):
        return "utf-8"
    return "other" if name in ("cp932", "euc-jp", "euc-jis-2004", "euc-jisx0213") else None


# -- records ----------------------------------------------------------------------------------------------


def possible(raw: bytes, needs: Needs, *, folded: bool = False, encoding: str | None = None, fix: str = "safe") -> bool:
    """Whether the record in the file *raw* may hold what *needs* says in one of its passages.

    Passages have wraps and page breaks joined and slips corrected as with ``--fix`` *fix* (none, safe, all), by the
    rules that come with minutes and with the settings as they are by default. *folded*: with ``-i``. Relied on is what
    :mod:`minutes_cli.search.written` says that corrections write and :mod:`minutes_cli.search.broken` that parsing
    leaves out. A record that the noisy channel would run on is never ruled out, since it may write anything; nor is
    one that holds radicals for kanji, or markup inside its lines.
    """
    if not needs:
        return True
    text = _decoded(raw, encoding)
    if text is None:
        return True
    if all(any(literal in text for literal in clause) for clause in needs):
        return True  # what the rest needs is loaded only where something is broken
    from minutes_cli.lexicon.markup import may_hold_markup
    from minutes_cli.lexicon.radicals import may_hold_radicals
    from minutes_cli.search.broken import Text

    looked = Text(text)
    if all(any(looked.may_hold(literal, fix, folded=folded) for literal in clause) for clause in needs):
        return True
    return may_hold_markup(text) or (fix != "none" and (is_read(text) or may_hold_radicals(raw)))


def _decoded(raw: bytes, encoding: str | None) -> str | None:
    """The text of a file, as :func:`minutes_cli.ingest.text.decode` reads it; None where it cannot be read."""
    plain = b"\0" not in raw and not (b"\x1b" in raw and raw.isascii()) and not raw.startswith(_WIDE_BOMS)
    if encoding is None and plain:
        try:
            return raw.decode("utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8")
        except UnicodeDecodeError:
            pass  # one of the others, below
    from minutes_cli.errors import IngestError
    from minutes_cli.ingest.text import decode

    try:
        return decode(raw, "", encoding).text
    except IngestError:
        return None


#: The sample that normalize/ocr.py looks at, and what it takes for signs of OCR; here quick questions stand before
#: them, since every record that is ruled out must be asked.
_PIECES, _PIECE, _LEAST = 3, 1500, 200
_TYPED = lazy("[\u3000！-～]")
STROKES = lazy(r"[ぁ-んァ-ヶ一-龠、。][|!\]\[>{}~^_\\][ぁ-んァ-ヶ一-龠]")
DIGITS = lazy(r"(?<![A-Za-z\d])(?:[1|!l][A-Z]{2}|[A-Z]1[A-Z]|[A-Z]{2}[工丁]|1[0o]T)(?![A-Za-z\d])")
MIXED = lazy(r"[ァ-ヺー][二工口力夕卜一へべぺ八り][ァ-ヺー]")
MARKS_IN_A_ROW = lazy(r"[、。,.][、。,.]")
STOPS = lazy(r"[はがをにでと]\.\s*[ぁ-んァ-ヶ一-龠]")
HEADS = lazy(r"^[住他仕]\)", re.MULTILINE)
_SOME_STROKE = re.compile(rb"[|!\]\[>{}~^_\\]")
_SOME_DIGITS = re.compile(rb"[1|!l][A-Z]{2}|[A-Z]1[A-Z]|1[0o]T")
_BEHIND_CAPITAL = (lazy("工(?<=[A-Z].)"), lazy("丁(?<=[A-Z].)"))
# The character that is looked for comes first: that lets re skip to it.
_TWIN = lazy("[二工口力夕卜一へべぺ八り](?=[ァ-ヺー])(?<=[ァ-ヺー].)")
_TWO_MARKS = (lazy("、(?=[、。])"), lazy("。(?=[、。])"))


def is_read(text: str) -> bool:
    """Whether the noisy channel runs on *text*; the method itself is asked only where there is a sign of OCR."""
    if len(text) <= _PIECES * _PIECE:
        sample = text
    else:
        step = (len(text) - _PIECE) // (_PIECES - 1)
        sample = "\n".join(text[i * step : i * step + _PIECE] for i in range(_PIECES))
    if len(sample) < _LEAST or (_TYPED.search(text) and not has_signs(sample)):
        return False
    from minutes_cli.normalize.methods import Settings
    from minutes_cli.normalize.ocr import looks_read

    return looks_read(text, Settings()).read


def has_signs(sample: str) -> bool:
    """Whether there is any of the signs of OCR in *sample*."""
    if _TWIN.search(sample) or any(pair.search(sample) for pair in _TWO_MARKS):
        return True
    ascii_ones = sample.encode("ascii", "ignore")  # few, and side by side where they are so in the sample
    return bool(
        (_SOME_STROKE.search(ascii_ones) and STROKES.search(sample))
        or ((b"." in ascii_ones or b"," in ascii_ones) and MARKS_IN_A_ROW.search(sample))
        or (b"." in ascii_ones and STOPS.search(sample))
        or (b")" in ascii_ones and HEADS.search(sample))
        or (
            (_SOME_DIGITS.search(ascii_ones) or any(sign.search(sample) for sign in _BEHIND_CAPITAL))
            and DIGITS.search(sample)
        )
    )
