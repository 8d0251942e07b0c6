"""Corrected text -> bytes in the encoding of its record; and what it takes to have the very bytes of the record back.

Some encodings write one character in two ways (髙 in CP932), so a text encoded anew is not always the bytes that it
was decoded from. What no correction touches therefore keeps its bytes.
"""

from __future__ import annotations

import codecs
import hashlib
from itertools import pairwise
from typing import NamedTuple

from minutes_cli.ingest.text import BOMS
from minutes_cli.model import Edit, Source, Span, View

#: Encodings that write a mark, or choose a byte order, by themselves -> the ones that leave it to us.
_BARE = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


class Patch(NamedTuple):
    """Bytes ``start`` to ``end`` of a text encoded anew are ``raw`` in the record."""

    start: int
    end: int
    raw: bytes


def as_text(source: Source) -> Source:
    """*source* itself where it is a text; of any other file what was read in it, as a text in UTF-8 of its own.

    Corrections are corrections of that text: they cannot be put back into a PDF.
    """
    if source.is_text:
        return source
    raw = source.text.encode()
    return source._replace(raw=raw, encoding="utf-8", media_type="text/plain", sha256=hashlib.sha256(raw).hexdigest())


def mark_of(source: Source) -> bytes:
    """The byte order mark that the text of the record begins with; empty where it has none."""
    source = as_text(source)
    return next((mark for mark, name in BOMS if name == source.encoding and source.raw.startswith(mark)), b"")


def encode(text: str, encoding: str, mark: bytes = b"", errors: str = "strict") -> bytes:
    """*text* behind *mark* and in the byte order that the mark says. Raises UnicodeEncodeError."""
    return mark + text.encode(_bare(encoding, mark), errors)


def _bare(encoding: str, mark: bytes) -> str:
    bare = _BARE.get(encoding, encoding)
    return bare.replace("-le", "-be") if mark in (codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE) else bare


def corrected_bytes(seen: View) -> bytes:
    """The corrected text in the encoding of its record; raises UnicodeEncodeError where that lacks a character.

    What stands between the corrections keeps its bytes; without any these are the bytes of the record.
    """
    seen = seen._replace(source=as_text(seen.source))
    if not seen.edits:
        return seen.source.raw
    inside = byte_view(seen)
    if inside is None:
        return encode(seen.text, seen.source.encoding, mark_of(seen.source))
    return inside.text.encode("latin-1")


def byte_view(seen: View) -> View | None:
    """*seen* with each byte as one character (as in Latin-1): positions count bytes. Raises UnicodeEncodeError.

    None where the characters of a record have no bytes of their own: ISO-2022-JP switches between tables.
    """
    source, mark = as_text(seen.source), mark_of(seen.source)
    codec = _bare(source.encoding, mark)
    raw, at = source.raw, len(mark)
    parts, size = [mark], len(mark)
    edits, starts, ends = [], [], []
    last = 0

    def old(text: str) -> bytes | None:
        """The bytes of the record at hand, when they are those of *text*."""
        found = raw[at : at + len(text.encode(codec, "replace"))]
        return found if found.decode(codec, "replace") == text else None

    for edit in seen.edits:
        kept = old(source.text[last : edit.span.start])
        if kept is None:
            return None
        at += len(kept)
        before = old(edit.before)
        if before is None:
            return None
        after = edit.after.encode(codec)
        edits.append(Edit(Span(at, at + len(before)), before.decode("latin-1"), after.decode("latin-1"), edit.rule))
        starts.append(size + len(kept))
        ends.append(size + len(kept) + len(after))
        parts += [kept, after]
        at, size, last = at + len(before), ends[-1], edit.span.end
    parts.append(raw[at:])
    text = b"".join(parts).decode("latin-1")
    return View(
        Source(source.name, raw.decode("latin-1"), raw, "latin-1"), tuple(edits), text, tuple(starts), tuple(ends)
    )


def patches(source: Source) -> tuple[Patch, ...]:
    """Where the bytes of the record are others than those of its text encoded anew: nearly always nowhere."""
    source = as_text(source)
    new, raw = encode(source.text, source.encoding, mark_of(source), "replace"), source.raw
    if new == raw:
        return ()
    if len(new) == len(raw):
        places = [i for i, (a, b) in enumerate(zip(new, raw, strict=True)) if a != b]
        edges = [0, *(i for i, (a, b) in enumerate(pairwise(places), 1) if b > a + 1), len(places)]
        runs = [(places[a], places[b - 1] + 1) for a, b in pairwise(edges)]
        return tuple(Patch(a, b, raw[a:b]) for a, b in runs)
    shorter = min(len(new), len(raw))
    head = next((i for i in range(shorter) if new[i] != raw[i]), shorter)
    tail = next((i for i in range(shorter - head) if new[-1 - i] != raw[-1 - i]), shorter - head)
    return (Patch(head, len(new) - tail, raw[head : len(raw) - tail]),)


def patched(text: str, encoding: str, mark: bytes, found: tuple[Patch, ...]) -> bytes:
    """The bytes of the record with this text, this encoding and mark, and these :func:`patches`."""
    data = bytearray(encode(text, encoding, mark, "replace"))
    for patch in reversed(found):
        data[patch.start : patch.end] = patch.raw
    return bytes(data)
