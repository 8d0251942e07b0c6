"""Word files (docx): ECMA-376 part 1 (WordprocessingML), transitional or strict.

python-docx opens the package and its parts; what it has no names for (content controls, changes, fields, notes,
numbers of lists) is read from the same elements.
"""

from __future__ import annotations

import re
from typing import Any

from minutes_cli.errors import IngestError
from minutes_cli.ingest.collect import Collector
from minutes_cli.ingest.office.docx_body import Body
from minutes_cli.ingest.office.docx_styles import W
from minutes_cli.ingest.office.lines import Lines
from minutes_cli.ingest.office.packages import Package, open_package
from minutes_cli.model import Source

__all__ = ["read"]

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = _MEDIA_TYPE.encode() + b".main+xml"
# Files with macros and templates are the same but for their name; strict ones but for those of their elements.
_SAME = {
    b"application/vnd.ms-word.document.macroEnabled.main+xml": _MAIN,
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml": _MAIN,
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": _MAIN,
    **{
        b'"http://purl.oclc.org/ooxml/' + name: b'"http://schemas.openxmlformats.org/' + name.replace(b"/", b"/2006/")
        for name in (
            b"wordprocessingml/main",
            b"drawingml/main",
            b"officeDocument/math",
            b"officeDocument/relationships",
        )
    },
}
_PAGES = re.compile(rb"<(?:\w+:)?Pages>\s*(\d{1,6})\s*<")


def read(raw: bytes, name: str, encoding: str | None) -> Source:
    """The record in a Word file, with changes as accepted; *encoding* has no say in it.

    Raises IngestError for a damaged or protected file, one that would take too much (see :mod:`packages`), and one
    without text.
    """
    package = open_package(raw, name, _SAME)
    document = _opened(package, name)
    found = _PAGES.search(package.xml.get("docProps/app.xml", b""))
    said = int(found[1]) if found else 0
    rendered = next(document.element.body.iter(W + "lastRenderedPageBreak"), None) is not None
    try:
        out, pages = _written(document, name, breaks=True)
        if said <= pages:
            return out.source(raw)
        out, pages = _written(document, name, breaks=rendered, said=said)
        return out.source(raw)
    except RecursionError:
        raise IngestError(f"{name}: tables or boxes too deep in each other; it is not read") from None


def _written(document: Any, name: str, *, breaks: bool, said: int = 0) -> tuple[Collector, int]:
    """The text, and how many pages it has. *said*: how many the file says it has, where those are more."""
    out = Collector(name, _MEDIA_TYPE)
    lines = Lines(out, breaks=breaks)
    Body(document, lines).write()
    lines.finish_pages(said)
    lines.finish()
    return out, lines.pages


def _opened(package: Package, name: str) -> Any:
    from io import BytesIO

    import docx
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(BytesIO(package.raw))
        if document.element.body is None:
            raise ValueError("no body")
    except (PythonDocxError, OpcError, AttributeError, KeyError, SyntaxError, TypeError, ValueError) as e:
        what = (str(e).splitlines() or [""])[0][:120]
        raise IngestError(f"{name}: a damaged Word file ({what}); open it in Word and save it again") from None
    return document
