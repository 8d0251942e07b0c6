"""Bytes of a web page -> text: by its byte order mark, by what it says of itself, by what its bytes show."""

from __future__ import annotations

import re
from typing import NamedTuple

from minutes_cli.errors import IngestError
from minutes_cli.ingest.text import BOMS, EUC, ISO_2022, Decoded, canonical_encoding, decode, japanese_share

__all__ = ["PageText", "decode_page"]

_SEARCHED = 8_192
"""Bytes in which the declaration must stand. HTML asks for the first 1,024; pages made by hand have it later."""

_DECLARED = re.compile(
    rb"<meta\b[^>]{0,500}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}(?P<meta>[A-Za-z0-9_.:-]{1,40})"
    rb"|<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"'](?P<xml>[A-Za-z0-9_.:-]{1,40})",
    re.I,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.S)

#: What pages call encodings (WHATWG Encoding Standard, section 4.2) where Python calls them otherwise, or not at all.
_LABELS = {
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms932", "ms_kanji", "windows-31j"), ("cp932",)),
    **dict.fromkeys(("csshiftjis", "cp932", "x-ms-cp932"), ("cp932",)),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "eucjp", "cseucpkdfmtjapanese"), EUC),
    **dict.fromkeys(("iso-2022-jp", "csiso2022jp", "jis"), ISO_2022),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), ("utf-8",)),
    # One that holds ASCII in single bytes cannot have been read as UTF-16: the standard takes it for UTF-8.
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), ("utf-8",)),
}
#: What editors wrote into every page, whatever it held: no statement about a Japanese page.
_NO_STATEMENT = frozenset(("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "x-user-defined", "none"))


class PageText(NamedTuple):
    """A page decoded; ``complaint`` says in what its declaration is wrong, "" where it is right or missing."""

    text: str
    encoding: str
    complaint: str = ""


def decode_page(raw: bytes, name: str, encoding: str | None) -> PageText:
    """Decode *raw*, always strictly: as *encoding* where the user forces one, else by byte order mark, by the page's
    own declaration, and, where that is missing or wrong, as plain text is.

    Raises IngestError (see :func:`minutes_cli.ingest.text.decode`).
    """
    marked = any(raw.startswith(mark) for mark, _ in BOMS)
    declared = None if encoding or marked else _declaration(raw)
    if declared is None or declared in _NO_STATEMENT:
        return _inferred(raw, name, encoding)
    found = _as_declared(raw, declared)
    if found is not None and _reads_well(raw, found):
        return PageText(*found)
    other = _inferred(raw, name, None)
    if found is not None and other.encoding == found.encoding:
        return PageText(*found)
    return other._replace(complaint=f"the page says that it is {declared}, but it is {other.encoding}: read as that")


def _declaration(raw: bytes) -> str | None:
    match = _DECLARED.search(_COMMENT.sub(b"", raw[:_SEARCHED]))
    return (match["meta"] or match["xml"]).decode("ascii").lower() if match else None


def _as_declared(raw: bytes, declared: str) -> Decoded | None:
    names = _LABELS.get(declared)
    if names is None:
        try:
            names = (canonical_encoding(declared),)
        except IngestError:
            return None
    for one in names:
        try:
            return Decoded(raw.decode(one), one)
        except UnicodeError:
            continue
    return None


def _reads_well(raw: bytes, found: Decoded) -> bool:
    """Whether the declaration can be believed: bytes that happen to fit an encoding read as rubbish in it."""
    if found.encoding == "utf-8" or raw.isascii():
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return japanese_share(found.text) > 0.5
    return False  # text in another encoding is valid UTF-8 by accident only if it is very short


def _inferred(raw: bytes, name: str, encoding: str | None) -> PageText:
    source = decode(raw, name, encoding)
    return PageText(source.text, source.encoding)
