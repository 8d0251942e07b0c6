"""XML in pieces: what XML 1.0 (fifth edition) asks of text, attributes, names and identifiers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from urllib.parse import quote

from minutes_cli.export.shown import shown

__all__ = [
    "DECLARATION",
    "Identifiers",
    "clock",
    "closing",
    "day",
    "element",
    "empty",
    "escaped",
    "one_line",
    "opening",
    "uri",
]

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: What is no Char (section 2.2): no document can hold it, not even as a reference.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile('[&<>"\t\n\r\x85\u2028]')
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_BLANKS = re.compile("[ \t\n\r]+")
#: What stands in names that are made here: less than an NCName may hold (Namespaces in XML 1.0, section 3), but what
#: all editions of XML and their validators agree on.
_NO_NAME = re.compile("[^A-Za-z0-9_.\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5-]")
_NO_START = re.compile("[0-9.-]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")

Attributes = Mapping[str, object]
"""Names of attributes with what they say; None for one that is left out."""


def escaped(text: str) -> str:
    """*text* for the content of an element.

    What XML forbids is shown by a picture (␀ for NUL, ``\\ud800``); a carriage return, which a reader would take
    for a line feed, is a reference.
    """
    return _written(text).replace("&#9;", "\t").replace("&#10;", "\n").replace("&quot;", '"')


def _written(text: str) -> str:
    text = _FORBIDDEN.sub(lambda match: shown(match[0]), text)
    return _MARKUP.sub(lambda match: _REFERENCES.get(match[0]) or f"&#{ord(match[0])};", text)


def opening(name: str, attributes: Attributes | None = None, end: str = ">") -> str:
    """The start tag of *name*; in attributes tabs and line ends are references, since a reader makes blanks of them."""
    said = "".join(f' {key}="{_written(str(value))}"' for key, value in (attributes or {}).items() if value is not None)
    return f"<{name}{said}{end}"


def empty(name: str, attributes: Attributes | None = None) -> str:
    """An element with nothing in it."""
    return opening(name, attributes, "/>")


def closing(name: str) -> str:
    """The end tag of *name*."""
    return f"</{name}>"


def element(name: str, text: str, attributes: Attributes | None = None) -> str:
    """An element with *text* in it."""
    return f"{opening(name, attributes)}{escaped(text)}</{name}>"


def one_line(text: str) -> str:
    """*text* with every run of blanks and line ends made one blank, as schemas ask of names; ``　`` stays."""
    return _BLANKS.sub(" ", text).strip(" ")


def uri(name: str) -> str:
    """The *name* of a file as a relative reference (RFC 3986); bytes that are not UTF-8 come through as they are."""
    path = quote(name, safe="/~", errors="surrogateescape")
    return f"./{path}" if ":" in path.split("/", 1)[0] else path


def day(text: str | None) -> str | None:
    """*text* where it is an xsd:date, YYYY-MM-DD, that exists."""
    try:
        return datetime.date.fromisoformat(text).isoformat() if text and _DAY.fullmatch(text) else None
    except ValueError:
        return None


def clock(text: str | None) -> str | None:
    """The xsd:time of an hour and minute such as 17:05; None for what is none, as 24:30."""
    return f"{text}:00" if text and _CLOCK.fullmatch(text) else None


class Identifiers:
    """Identifiers (NCNames) for one document, no two the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def of(self, kind: str, name: str) -> str:
        """The identifier of what is called *name* among those of its *kind*: the name itself where it can be."""
        known = self._known.get((kind, name))
        if known is None:
            wanted = known = ncname(name)
            number = 1
            while known in self._taken:
                number += 1
                known = f"{wanted}_{number}"
            self._taken.add(known)
            self._known[kind, name] = known
        return known


def ncname(name: str) -> str:
    """*name* as an NCName, ``_`` for what may not stand in one."""
    found = _NO_NAME.sub("_", name) or "_"
    return f"_{found}" if _NO_START.match(found) else found
