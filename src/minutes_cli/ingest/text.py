"""Bytes of plain text -> Source: which encoding, where the lines start. Pure: reads no file."""

from __future__ import annotations

import codecs
import re
from itertools import accumulate, chain
from operator import sub
from typing import NamedTuple

from minutes_cli.errors import IngestError
from minutes_cli.ingest.binary import binary_reason, byte_at
from minutes_cli.ingest.sniff import is_markdown
from minutes_cli.model import Source
from minutes_cli.patterns import lazy

MAX_LINE = 5_000_000
"""Characters in the longest line that can belong to a record; longer ones are data of another sort."""

MAX_LINES = 1_000_000
"""Lines in the longest record: parsing takes up to 2 kB of memory for each, however short it is (measured on a label
with a word of speech behind it, line after line)."""

MAX_CHARACTERS = 100_000_000
"""Characters in the longest text of a format that packs it, as Word and Excel do."""

# Longest mark first: the one of UTF-16-LE is the beginning of that of UTF-32-LE.
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Tried one after the other. The later names of a line are supersets: euc-jis-2004 holds ① ㈱ and other
# characters that vendors added to EUC-JP, iso-2022-jp-ext the half-width kana.
ISO_2022 = ("iso-2022-jp", "iso-2022-jp-ext", "iso-2022-jp-2004")
EUC = ("euc-jp", "euc-jis-2004")
# What the detector may answer. Anything wider (GBK, Big5, Latin-1 …) accepts Japanese bytes as rubbish.
DETECTABLE = ("shift_jis_2004", "euc_jis_2004", "euc_jisx0213", "iso2022_jp_2", "iso2022_jp_3")

# Most files called Shift_JIS were written on Windows; strict Shift_JIS has no ①, ㈱ or 髙.
WINDOWS = frozenset({"shift_jis", "sjis", "s_jis", "shiftjis", "csshiftjis", "ms_kanji", "windows_31j"})
# Codecs of Python that are no encodings of records.
NO_RECORD = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7"})

_ISO_2022_ESCAPE = rb"\x1b\$[@B(]|\x1b\([IJ]"
_ORDINARY = lazy("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60○◯◎●△▲□■◇◆※→…―—‐“”‘’①-⑳㈱〒─━]")
_HIRAGANA = lazy("[ぁ-ん]")
_NOT_ASCII = lazy("[^\x00-\x7f]")
# What Python makes of the five bytes that CP932 leaves open: one may be a slip, many are another encoding.
_NO_CP932 = lazy("[\x80\xa0\uf8f0-\uf8f3]")
_SAMPLE = 65_536


class Decoded(NamedTuple):
    """A text and the encoding it was written in: ``raw.decode(encoding) == text``."""

    text: str
    encoding: str


def read(raw: bytes, name: str, encoding: str | None, *, digest: bool = True) -> Source:
    """The record in a file of plain text or Markdown; see :func:`decode`."""
    source = decode(raw, name, encoding, digest=digest)
    return source._replace(media_type="text/markdown") if is_markdown(raw, name) else source


def decode(raw: bytes, name: str, encoding: str | None = None, *, digest: bool = True) -> Source:
    """Read *raw* as text, without its SHA-256 where no *digest* is wanted.

    Without *encoding* the order is: byte order mark, ISO-2022-JP where its escapes stand, UTF-8, CP932,
    EUC-JP, and then a detector; always strictly. A byte order mark is no part of the text; ``raw`` keeps it.
    Raises IngestError (empty, binary, undecodable, wrong or unknown *encoding*, a line over MAX_LINE, more
    lines than MAX_LINES).
    """
    if not raw:
        raise IngestError(f"{name}: the file is empty (0 bytes)")
    if encoding is None:
        text, used = _infer(raw, name)
    else:
        text, used = _forced(raw, name, encoding)
    if not text or text.isspace():
        raise IngestError(f"{name}: nothing but white space in it")
    refuse_many_lines(text, name)
    source = from_text(text, name, raw=raw, encoding=used, digest=digest)
    refuse_long_line(source)
    return source


def from_text(
    text: str, name: str = "-", *, raw: bytes | None = None, encoding: str = "utf-8", digest: bool = True
) -> Source:
    """Make a Source of any *text*; *raw* are the bytes it came from (by default *text* in *encoding*)."""
    raw = text.encode(encoding) if raw is None else raw
    sha256 = _sha256(raw) if digest else ""
    return Source(name, text, raw, encoding=encoding, sha256=sha256, line_starts=line_starts(text))


def _sha256(raw: bytes) -> str:
    import hashlib  # loading OpenSSL takes 6 ms

    return hashlib.sha256(raw).hexdigest()


def line_starts(text: str) -> tuple[int, ...]:
    r"""Offset of the first character of each line, in code points.

    ``\n``, ``\r\n``, a lone ``\r`` and ``\f`` end a line, nothing else does (``str.splitlines`` knows seven
    more). An end at the very end of the text opens no new line.
    """
    # One byte for each character takes a third of the memory, and of the time that cutting it up costs; and of what
    # bytes.splitlines takes for ends (\n, \r\n, \r) only \f is missing.
    plain = text.encode("ascii", "replace")
    if b"\f" in plain:
        plain = plain.replace(b"\r\n", b" \n").replace(b"\r", b"\n").replace(b"\f", b"\n")
    ends = list(accumulate(map(len, plain.splitlines(keepends=True)), initial=0))
    return tuple(ends[:-1]) or (0,)  # the last sum is the end of the text, not a start


def canonical_encoding(name: str) -> str:
    """The name under which an encoding is reported. Raises IngestError with near names when unknown."""
    key = name.strip().lower().replace("-", "_").replace(" ", "_")
    if key in WINDOWS:
        return "cp932"
    try:
        found = codecs.lookup(key)
    except (LookupError, ValueError):
        found = None
    # CodecInfo tells encodings of text from such as base64 only by this attribute.
    if found is None or not found._is_text_encoding or found.name.replace("_", "-") in NO_RECORD:
        raise IngestError(f"unknown encoding {name!r}{_near(key)}")
    return found.name.replace("_", "-").replace("iso2022", "iso-2022")


def _near(key: str) -> str:
    from difflib import get_close_matches
    from encodings.aliases import aliases

    common = ["utf_8", "utf_16", "cp932", "shift_jis", "euc_jp", "iso_2022_jp"]
    near = get_close_matches(key, [*common, *aliases], n=3) or common
    return f": did you mean {', '.join(n.replace('_', '-') for n in near)}?"


def _forced(raw: bytes, name: str, encoding: str) -> Decoded:
    used = canonical_encoding(encoding)
    for mark, with_mark in BOMS:
        # utf-8 and utf-16-le would leave the mark in the text.
        if raw.startswith(mark) and with_mark.startswith(used[:6]):
            used = with_mark
            break
    try:
        return Decoded(raw.decode(used), used)
    except UnicodeDecodeError as e:
        place = byte_at(raw, e.start)
    try:
        advice = f"without --encoding it reads as {_infer(raw, name).encoding}"
    except IngestError:
        advice = "try another --encoding"
    raise IngestError(f"{name}: not {used} at {place}; {advice}")


def _infer(raw: bytes, name: str) -> Decoded:
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            try:
                return Decoded(raw.decode(encoding), encoding)
            except UnicodeDecodeError as e:
                raise IngestError(
                    f"{name}: begins with the mark of {encoding} but is not {encoding} at "
                    f"{byte_at(raw, e.start)}; is the file whole? else name its encoding with --encoding"
                ) from None
    if found := _utf_16_without_mark(raw):
        return found
    if reason := binary_reason(raw, name):
        raise IngestError(f"{name}: {reason}")
    # Its bytes are all ASCII, so UTF-8 would take them as they are.
    if b"\x1b" in raw and raw.isascii() and re.search(_ISO_2022_ESCAPE, raw):
        return _first(raw, ISO_2022) or _fail(raw, name, "utf-8", *ISO_2022[:1])
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as e:
        _refuse_broken_utf_8(raw, e.start, name)
    found = _cp932_or_euc(raw) or _detected(raw)
    return found or _fail(raw, name, "utf-8", "cp932", "euc-jp", "iso-2022-jp")


def _first(raw: bytes, encodings: tuple[str, ...]) -> Decoded | None:
    for encoding in encodings:
        try:
            return Decoded(raw.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return None


def _cp932_or_euc(raw: bytes) -> Decoded | None:
    """CP932 unless EUC-JP reads far better.

    Every byte of EUC-JP kana is a half-width kana of CP932, so EUC-JP often passes for CP932. The other way
    round it nearly never happens: CP932 hiragana begin with a byte that EUC-JP does not have.
    """
    cp932 = _first(raw, ("cp932",))
    sample = cp932.text[:_SAMPLE] if cp932 else ""
    if 20 * len(_NO_CP932.findall(sample)) > len(_NOT_ASCII.findall(sample)):
        cp932 = None
    euc = _first(raw, EUC)
    if cp932 is None or euc is None:
        return cp932 or euc
    better = japanese_share(euc.text) > japanese_share(cp932.text) + 0.3
    return euc if better and _HIRAGANA.search(euc.text) else cp932


def japanese_share(text: str) -> float:
    """Share (0 to 1) of ordinary Japanese among the characters beyond ASCII at the beginning of *text*.

    Half-width kana and private use count against it: they are what a wrong encoding gives.
    """
    beyond = _NOT_ASCII.findall(text[:_SAMPLE])
    return len(_ORDINARY.findall("".join(beyond))) / len(beyond) if beyond else 0.0


def _utf_16_without_mark(raw: bytes) -> Decoded | None:
    if b"\0" not in raw or len(raw) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        found = _first(raw, (encoding,))
        if found and "\0" not in found.text and japanese_share(found.text) > 0.9:
            return found
    return None


def _detected(raw: bytes) -> Decoded | None:
    """Ask charset-normalizer, on a sample of whole lines; its answer has to fit all of *raw*."""
    from charset_normalizer import from_bytes

    sample = raw[: 4 * _SAMPLE]
    if len(sample) < len(raw):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best = from_bytes(sample, cp_isolation=list(DETECTABLE)).best()
    if best is None:
        return None
    found = _first(raw, (canonical_encoding(best.encoding),))
    good = found and japanese_share(found.text) > 0.8 and _HIRAGANA.search(found.text)
    return found if good else None


def _refuse_broken_utf_8(raw: bytes, start: int, name: str) -> None:
    """UTF-8 with a bad byte reads as CP932 mojibake without a fault; say so instead.

    In CP932 or EUC-JP text few bytes happen to be valid UTF-8; in broken UTF-8 nearly all are.
    """
    around = raw[max(0, start - _SAMPLE) : start + _SAMPLE]
    beyond = sum(map(len, re.findall(rb"[\x80-\xff]+", around)))
    kept = around.decode("utf-8", "ignore").encode()
    valid = sum(map(len, re.findall(rb"[\x80-\xff]+", kept)))
    if valid >= 12 and valid > 0.9 * beyond:
        raise IngestError(
            f"{name}: UTF-8 with broken bytes, the first at {byte_at(raw, start)}; "
            "mend them, or force an encoding with --encoding"
        )


def _fail(raw: bytes, name: str, *tried: str) -> Decoded:
    """Raise: say which encoding reads furthest, and where it stops."""
    stops: list[tuple[int, str]] = []
    for encoding in tried:
        try:
            raw.decode(encoding)
        except UnicodeDecodeError as e:
            stops.append((e.start, encoding))
    start, furthest = max(stops, key=lambda s: s[0])
    raise IngestError(
        f"{name}: in no encoding tried ({', '.join(tried)}, detector); {furthest} reads furthest, up to "
        f"{byte_at(raw, start)}; name the encoding with --encoding"
    )


def refuse_many_lines(text: str, name: str) -> None:
    """Raise IngestError for more lines than MAX_LINES."""
    if len(text) <= MAX_LINES:
        return
    ends = text.count("\n") + text.count("\f")
    if "\r" in text:
        ends += text.count("\r") - text.count("\r\n")
    if ends > MAX_LINES:
        raise IngestError(
            f"{name}: more than {MAX_LINES:,} lines ({ends:,}); is it one record? else divide it into files of one "
            "meeting each"
        )


def refuse_long_line(source: Source) -> None:
    """Raise IngestError for a line over MAX_LINE, and say which."""
    size = len(source.text)
    if size <= MAX_LINE:
        return
    starts = source.line_starts
    lengths = list(map(sub, chain(starts[1:], (size,)), starts))
    longest = max(lengths)
    if longest > MAX_LINE:
        line = lengths.index(longest) + 1
        raise IngestError(
            f"{source.name}: line {line} has {longest:,} characters (at most {MAX_LINE:,}); "
            "that is no record, or its line breaks were lost"
        )
