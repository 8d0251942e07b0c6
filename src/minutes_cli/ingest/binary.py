"""Files that are no text: how they are known and what is said about them."""

from __future__ import annotations

import os

# First bytes -> what it is. What formats.py knows does not come this far.
SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive, or an Office document of another sort (pptx, ods, …), or one that is damaged"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (doc, xls, ppt)"),
    (b"{\\rtf", "a rich text document (rtf)"),
    (b"<?xml", "XML"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)

ADVICE = "save it as text, PDF, docx or HTML first"

# The container of old Office documents, and the stream in it that holds a protected new one (MS-OFFCRYPTO 2.3.4).
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")

#: What a package with this suffix is, and the program that opens it.
_PACKAGES = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), ("Word file", "Word")),
    **dict.fromkeys((".xlsx", ".xlsm"), ("Excel workbook", "Excel")),
    ".odt": ("OpenDocument text", "LibreOffice"),
}

_SAMPLE = 65_536
# Tab, line ends, form feed, the Ctrl-Z of DOS and the escape of ISO-2022-JP do occur in text.
_CONTROLS = bytes(sorted({*range(32), 0x7F} - set(b"\t\n\v\f\r\x1a\x1b")))


def binary_reason(raw: bytes, name: str = "") -> str | None:
    """Why *raw* is not text, as the second half of a message; None when it may be text.

    *name* is asked only for what a package without a readable part should have been.
    """
    if is_protected_office(raw):
        return "an Office document that opens with a password only; save it without one"
    if raw.startswith(b"PK") and (meant := _PACKAGES.get(os.path.splitext(name)[1].lower())):
        return _no_package(raw, *meant)
    for signature, what in SIGNATURES:
        if raw.startswith(signature):
            return f"{what}, not text; {ADVICE}"
    at = raw.find(b"\0")
    if at >= 0:
        return f"a binary file ({byte_at(raw, at)}); {ADVICE}"
    sample = raw[:_SAMPLE]
    # Hardly any text holds one, and to look for each takes half of the time that counting them does.
    found = any(map(sample.__contains__, _CONTROLS))
    controls = len(sample) - len(sample.translate(None, _CONTROLS)) if found else 0
    if controls * 10 > len(sample) * 3:
        return f"a binary file ({controls * 100 // len(sample)} % control characters); {ADVICE}"
    return None


def _no_package(raw: bytes, what: str, program: str) -> str:
    from io import BytesIO
    from zipfile import is_zipfile

    damaged = f"a ZIP archive that is no {what}, or a damaged one" if is_zipfile(BytesIO(raw)) else f"a damaged {what}"
    return f"{damaged}; open it in {program} and save it again"


def is_protected_office(raw: bytes) -> bool:
    """Whether *raw* is a docx, xlsx or pptx that opens with a password only."""
    return raw.startswith(_CONTAINER) and _PROTECTED in raw


def byte_at(raw: bytes, offset: int) -> str:
    """A place in the bytes for people: ``byte 12 (0x83)``, counted from 0."""
    return f"byte {offset} (0x{raw[offset]:02x})" if offset < len(raw) else f"byte {offset} (the end)"
