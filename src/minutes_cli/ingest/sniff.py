"""Which format bytes are: decided by what they hold. The name is asked only where both answers read the same."""

from __future__ import annotations

import os
import re

from minutes_cli.patterns import lazy

__all__ = [
    "is_api_json",
    "is_docx",
    "is_html",
    "is_markdown",
    "is_odt",
    "is_own_json",
    "is_pdf",
    "is_srt",
    "is_vtt",
    "is_xlsx",
]

_MARKS = b"\xef\xbb\xbf \t\r\n"
# Compiled where a file begins like one of them: re remembers them.
_PAGE = (
    rb"(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,2000}?-->\s*)*"
    rb"<(?:(?P<whole>!doctype\s+html|html|head|body|meta|title)|link|div|main|article|section|table|p|h[1-6]|ul|ol|dl)"
    rb"[\s/>]"
)
_CLOSED = rb"</(?:html|head|body|div|p|table|tr|ul|ol|dl|h[1-6])>"
_TAG = rb"</?[a-z]"
_CUE = lazy(r"\d+[ \t]*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{3}[ \t]*-->")
_OWN = rb'\[?\s*\{\s*"(?:format":\s*"minutes|path":\s*"[^"]{0,1000}",\s*"meeting":)'
_HEAD = 4_096
#: The part that says what the others are, and how much of it is read.
_TYPES, _TYPES_MOST = "[Content_Types].xml", 1_000_000


def is_pdf(raw: bytes, name: str) -> bool:
    """The mark of PDF, which may stand behind some other bytes (Adobe: in the first 1,024)."""
    return raw.startswith(b"%PDF-") or (b"%PDF-" in raw[:1024] and b"startxref" in raw[-2048:])


def is_docx(raw: bytes, name: str) -> bool:
    """A package whose main part is one of Word, whatever it is called."""
    return b"wordprocessingml." in _part(raw, _TYPES) or b"ms-word." in _part(raw, _TYPES)


def is_xlsx(raw: bytes, name: str) -> bool:
    """A package whose main part is a workbook of Excel."""
    types = _part(raw, _TYPES)
    return b"spreadsheetml.sheet.main" in types or b"ms-excel.sheet.macroEnabled.main" in types


def is_odt(raw: bytes, name: str) -> bool:
    """A package that says that it is an OpenDocument text."""
    return _part(raw, "mimetype").strip().startswith(b"application/vnd.oasis.opendocument.text")


def is_html(raw: bytes, name: str) -> bool:
    """A web page, or a part of one: tags all through it. A text with some of them is none."""
    head = raw[:_HEAD].replace(b"\0", b"").lstrip(_MARKS + b"\xff\xfe")
    found = re.match(_PAGE, head, re.I | re.S) if head.startswith(b"<") else None
    if found is None:
        return False
    lines = sum(1 for line in re.split(rb"[\r\n]+", head) if line.strip())
    if found["whole"] is None:
        return len(re.findall(_CLOSED, head, re.I)) >= max(3, lines // 4)
    closed = re.search(_CLOSED, raw[-_HEAD:], re.I) is not None
    return closed or len(re.findall(_TAG, head, re.I)) >= lines // 4


def is_vtt(raw: bytes, name: str) -> bool:
    """WebVTT begins with its name."""
    return raw.lstrip(b"\xef\xbb\xbf")[:6] == b"WEBVTT"


def is_srt(raw: bytes, name: str) -> bool:
    """A number, and below it the times of a cue."""
    head = raw[:_HEAD].lstrip(_MARKS)
    return head[:1].isdigit() and _CUE.match(head.decode("latin-1")) is not None


def is_api_json(raw: bytes, name: str) -> bool:
    """JSON with the records of a meeting, or of speeches, as the API of the Diet's minutes gives them."""
    head = raw[:_HEAD].lstrip(_MARKS)
    return head[:1] in (b"{", b"[") and (b'"meetingRecord"' in raw or b'"speechRecord"' in raw)


def is_own_json(raw: bytes, name: str) -> bool:
    """What ``minutes parse --json`` and ``minutes export`` write as JSON: no record, but what was found in one."""
    head = raw[:_HEAD].lstrip(_MARKS)
    return head[:1] in (b"{", b"[") and re.match(_OWN, head) is not None


def is_markdown(raw: bytes, name: str) -> bool:
    """Markdown is text that is read as such anyway: only the name says what it is called."""
    return os.path.splitext(name)[1].lower() in (".md", ".markdown")


def _part(raw: bytes, name: str) -> bytes:
    """The beginning of a part of a package; nothing where there is no such part."""
    if not raw.startswith(b"PK"):
        return b""
    import zlib
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(raw)) as package, package.open(name) as part:
            return part.read(_TYPES_MOST)
    except (BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error):
        return b""
