"""ZIP packages of office files: looked at before any library is, and handed on with nothing in them but XML.

What a package may hold is told by what is read afterwards: an XML tree takes some hundred bytes of memory for
every element, attribute and text, whatever they say; so these are counted, not bytes alone. Measured with
python-docx 1.2, lxml 6.1 and openpyxl 3.1 on parts made of the smallest elements there are (see MAX_NODES).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, NamedTuple

from minutes_cli.errors import IngestError
from minutes_cli.ingest.binary import is_protected_office

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

__all__ = ["Package", "open_package"]

MAX_PARTS = 20_000
"""Parts in a package. A record with thousands of pictures has one part for each."""

MAX_BYTES = 100_000_000
"""Bytes of all XML in a package, unpacked. A year of meetings in one file has about a tenth."""

MAX_OTHER_BYTES = 2_000_000_000
"""Bytes that all parts together say they have, unpacked: pictures, which are not unpacked here."""

MAX_NODES = 500_000
"""Elements and attributes of all XML in a package, some 700 pages of Word, so that reading takes 10 seconds at most. In
memory a tree takes about 130 bytes for the smallest element, 190 for an attribute, 130 for a text, and a cell of a
worksheet 500 in all; reading a paragraph of one character takes 25 to 50 µs, a quarter of that for each element."""

MAX_DEPTH = 120
"""How deeply elements may be nested. Office programs write three elements for a table in a table, ten for a box in
a box; lxml by itself stops at 256."""

_CHUNK = 1 << 16
_DECLARED_XML = (".xml", ".rels")
_MARKUP_ENCODINGS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_ENCODINGS = frozenset(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"))  # ISO 29500-2, 9.1


class Package(NamedTuple):
    """A package that is safe to open: ``raw`` holds the parts of ``xml``; what else there was is empty in it."""

    raw: bytes
    xml: dict[str, bytes]
    others: tuple[str, ...]


def open_package(
    raw: bytes,
    name: str,
    replacements: Mapping[bytes, bytes] | None = None,
    nodes: int | None = None,
    drop: re.Pattern[bytes] | None = None,
) -> Package:
    """The package in the bytes *raw* of the file *name*, with *replacements* made in its XML, and *drop* left out.

    Raises IngestError (one line that begins with *name*) for a damaged or encrypted package and for one that would
    take too much: more parts than MAX_PARTS, more bytes than MAX_BYTES or MAX_OTHER_BYTES, more elements than *nodes*
    (by default MAX_NODES), deeper nesting than MAX_DEPTH; and for a document type, which office files never have.
    Nothing that a package points at outside of itself is ever fetched.
    """
    import zlib
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    if is_protected_office(raw):
        raise IngestError(f"{name}: protected by a password; save it without one first")
    try:
        with ZipFile(BytesIO(raw)) as archive:
            infos = archive.infolist()
            _refuse_listed(infos, name)
            _refuse_protected(archive, name)
            xml, others = _parts(archive, infos, _Budget(name, MAX_NODES if nodes is None else nodes))
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error) as e:
        raise IngestError(
            f"{name}: a damaged file ({_first_line(e)}); get it anew, or open and save it again"
        ) from None
    for old, new in (replacements or {}).items():
        xml = {part: data.replace(old, new) if old in data else data for part, data in xml.items()}
    if drop is not None:
        xml = {part: drop.sub(b"", data) for part, data in xml.items()}
    return Package(_packed(xml, others), xml, others)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


def _refuse_listed(infos: list[ZipInfo], name: str) -> None:
    """Refuse what the list of the parts tells already."""
    if len(infos) > MAX_PARTS:
        raise IngestError(f"{name}: {len(infos):,} parts in the package, and {MAX_PARTS:,} are the most that are read")
    if len({info.filename for info in infos}) < len(infos):
        raise IngestError(f"{name}: a damaged file (parts of the same name); open and save it again")
    if any(info.flag_bits & 0x1 for info in infos):
        raise IngestError(f"{name}: encrypted; save it without a password first")
    size = sum(info.file_size for info in infos)
    if size > MAX_OTHER_BYTES:
        raise IngestError(
            f"{name}: {size / 1e6:,.0f} MB when unpacked, and {MAX_OTHER_BYTES / 1e6:,.0f} MB are the most; "
            "is it an office file?"
        )


def _refuse_protected(archive: ZipFile, name: str) -> None:
    """Refuse an OpenDocument file whose parts are encrypted (OpenDocument 1.3 part 2, 3.4): its manifest says so."""
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(_CHUNK):
                raise IngestError(f"{name}: protected by a password; save it without one first")


def _parts(archive: ZipFile, infos: list[ZipInfo], budget: _Budget) -> tuple[dict[str, bytes], tuple[str, ...]]:
    xml: dict[str, bytes] = {}
    others: list[str] = []
    for info in infos:
        if info.is_dir():
            continue
        with archive.open(info) as part:
            head = part.read(64)
            if not _is_xml(info.filename, head):
                others.append(info.filename)
                continue
            xml[info.filename] = budget.read(info.filename, head, part)
    return xml, tuple(others)


def _is_xml(filename: str, head: bytes) -> bool:
    if filename.lower().endswith(_DECLARED_XML):
        return True
    if filename.lower().endswith((".svg", ".htm", ".html", ".mht", ".mhtml", ".txt", ".rtf")):
        return False  # pictures and what was put in whole, which no reader opens; an SVG may have a document type
    return head.lstrip(b" \t\r\n").startswith(_MARKUP_ENCODINGS)


class _Budget:
    """What all XML of a package takes together."""

    def __init__(self, name: str, most: int) -> None:
        self.name, self.most = name, most
        self.bytes = self.nodes = self.depth = 0

    def read(self, filename: str, head: bytes, part: IO[bytes]) -> bytes:
        """The bytes of a part, once they are known to be harmless."""
        from xml.parsers.expat import ExpatError, ParserCreate

        parser = ParserCreate()
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        self.depth = 0
        chunks: list[bytes] = []
        chunk = head
        try:
            while chunk:
                self.bytes += len(chunk)
                if self.bytes > MAX_BYTES:
                    raise IngestError(
                        f"{self.name}: more than {MAX_BYTES / 1e6:,.0f} MB of XML when unpacked, the most that is "
                        "read; is it one record? else divide it"
                    )
                chunks.append(chunk)
                parser.Parse(chunk, False)
                chunk = part.read(_CHUNK)
            if chunks:
                parser.Parse(b"", True)
        except ExpatError as e:
            raise IngestError(f"{self.name}: a damaged file ({filename}: {e}); get it anew, or save it again") from None
        except ValueError as e:  # an encoding that it does not know
            raise IngestError(f"{self.name}: a damaged file ({filename}: {_first_line(e)}); save it again") from None
        return b"".join(chunks)

    def _start(self, tag: str, attributes: list[str]) -> None:
        self.depth += 1
        self.nodes += 1 + len(attributes) // 2
        if self.depth > MAX_DEPTH:
            raise IngestError(
                f"{self.name}: elements more than {MAX_DEPTH} deep in each other; no office file has them"
            )
        if self.nodes > self.most:
            raise IngestError(
                f"{self.name}: more than {self.most:,} elements of XML, the most that are read; "
                "is it one record? else divide it"
            )

    def _end(self, tag: str) -> None:
        self.depth -= 1

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise IngestError(f"{self.name}: XML in {encoding[:20]!r}, which office files never have; it is not read")

    def _doctype(self, doctype: str, system: str | None, public: str | None, internal: bool) -> None:
        raise IngestError(f"{self.name}: a document type in its XML, which office files never have; it is not read")


def _packed(xml: Mapping[str, bytes], others: tuple[str, ...]) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile, ZipInfo

    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for filename in sorted(xml, key=lambda part: part != "mimetype"):
            archive.writestr(ZipInfo(filename), xml[filename])
        for filename in others:
            archive.writestr(ZipInfo(filename), b"")
    return packed.getvalue()
