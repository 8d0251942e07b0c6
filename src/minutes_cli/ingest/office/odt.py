"""OpenDocument texts (odt): OpenDocument 1.3 part 3 (and part 2 for the package).

The elements are read with lxml as they stand: libraries for OpenDocument wrap each of them, which takes some ten
times as long, and none of them has text in its order with breaks, changes and the numbers of lists.
"""

from __future__ import annotations

import re
from typing import Any

from minutes_cli.errors import IngestError
from minutes_cli.ingest.collect import Collector
from minutes_cli.ingest.office.lines import Lines
from minutes_cli.ingest.office.odt_body import OdtBody
from minutes_cli.ingest.office.packages import Package, open_package
from minutes_cli.model import Source

__all__ = ["read"]

_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
MAX_NODES = 250_000
"""Elements and attributes of all XML in a file: some 50,000 paragraphs. The smallest paragraph takes 30 µs."""
_PAGES = re.compile(rb'meta:page-count="(\d{1,6})"')


def read(raw: bytes, name: str, encoding: str | None) -> Source:
    """The record in an OpenDocument text, with changes as accepted; *encoding* has no say in it.

    Raises IngestError for a damaged or protected file, one that would take too much (see :mod:`packages`), and one
    without text.
    """
    package = open_package(raw, name, nodes=MAX_NODES)
    content = _root(package, "content.xml", name)
    if content is None:
        raise IngestError(f"{name}: a damaged OpenDocument file (no content.xml); open it and save it again")
    styles = _root(package, "styles.xml", name)
    found = _PAGES.search(package.xml.get("meta.xml", b""))
    said = int(found[1]) if found else 0
    soft = b"soft-page-break" in package.xml["content.xml"]
    try:
        out, pages = _written(content, styles, name, breaks=True)
        if said > pages:
            out, pages = _written(content, styles, name, breaks=soft, said=said)
    except RecursionError:
        raise IngestError(f"{name}: tables or lists too deep in each other; it is not read") from None
    return out.source(raw)


def _written(content: Any, styles: Any, name: str, *, breaks: bool, said: int = 0) -> tuple[Collector, int]:
    out = Collector(name, _MEDIA_TYPE)
    lines = Lines(out, breaks=breaks)
    OdtBody(content, styles, lines, name).write()
    lines.finish_pages(said)
    lines.finish()
    return out, lines.pages


def _root(package: Package, part: str, name: str) -> Any:
    from lxml import etree

    data = package.xml.get(part)
    if not data:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as e:
        what = (str(e).splitlines() or [""])[0][:120]
        raise IngestError(f"{name}: a damaged OpenDocument file ({part}: {what}); open it and save it again") from None
