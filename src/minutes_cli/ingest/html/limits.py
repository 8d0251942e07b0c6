"""Pages that would take too long or too much memory, known by their bytes before they are parsed.

The parser is the one that the HTML standard describes, and follows it in three things that grow with the square of
what a page holds: blocks inside blocks, attributes of one element, and formatting that is opened, never closed and so
opened again in every block behind it. All three are counted here, roughly and on the safe side.
"""

from __future__ import annotations

import re
from collections import Counter

from minutes_cli.errors import IngestError

__all__ = ["MAX_ATTRIBUTES", "MAX_DEPTH", "MAX_ELEMENTS", "MAX_TEXT", "refuse_costly"]

MAX_ELEMENTS = 150_000
"""Elements of a page: with the text behind it each takes up to 2 kB of memory and 60 µs while it is read (measured with
<p>, <td>, <br> and <b> that are never closed). The longest meeting of a day has some ten thousand."""

MAX_TEXT = 30_000_000
"""Characters of a page: it stands in memory four times while it is read."""

MAX_DEPTH = 5_000
"""Elements inside each other: 10,000 take half a second, 50,000 twenty (measured with <div>)."""

MAX_ATTRIBUTES = 2_000
"""Attributes of one element: 10,000 take half a second, 50,000 twenty-four."""

# Section 13.2.5 of the HTML standard: a comment, or a tag with its attributes. Possessive, so that it never goes back.
_TOKEN = re.compile(
    r"<!--(?:>|->|.*?(?:--!?>|\Z))"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<attributes>(?:[\s/]++(?:=?[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>]*+))?+)?+|=)*+)>?+",
    re.S,
)
_ATTRIBUTE = re.compile(r"=?[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>]*+))?+")
#: What stands in these is text, whatever it looks like, up to their own end tag.
_RAW = {
    one: re.compile(rf"</{one}(?=[\s/>])", re.I)
    for one in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
#: Closed by the next of their sort: they lie inside each other only with one of the others between them.
_CLOSED_BY_THE_NEXT = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup", "option", "optgroup")
    + ("html", "head", "body", "rt", "rp", "rb", "rtc")
)
#: Formatting, which the parser opens again in the next block: three of the same sort at most.
_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)


def refuse_costly(text: str, name: str) -> None:
    """Raise IngestError for a page over one of the limits of this module."""
    if len(text) > MAX_TEXT:
        raise IngestError(
            f"{name}: {len(text):,} characters of HTML, at most {MAX_TEXT:,}; is it one record? else divide it"
        )
    tags = text.count("<")
    if tags > 4 * MAX_ELEMENTS:  # end tags, and < in scripts and comments, are among them
        _refuse(name, f"more than {MAX_ELEMENTS:,} elements")
    depth, elements, at, size = 0, 0, 0, len(text)
    formatting: Counter[str] = Counter()
    deepest_formatting = 0
    open_formatting = 0
    blocks = 0
    while (match := _TOKEN.search(text, at)) is not None:
        at = match.end()
        tag = match["name"]
        if tag is None:
            continue
        tag = tag.lower()
        if match["end"]:
            if tag in _FORMATTING:
                open_formatting = max(0, open_formatting - 1)
            elif tag not in _VOID and tag not in _CLOSED_BY_THE_NEXT:
                depth = max(0, depth - 1)
            continue
        elements += 1
        attributes = match["attributes"]
        if len(attributes) > MAX_ATTRIBUTES and len(_ATTRIBUTE.findall(attributes)) > MAX_ATTRIBUTES:
            _refuse(name, f"an element <{tag[:20]}> with more than {MAX_ATTRIBUTES:,} attributes")
        if tag in _FORMATTING:
            formatting[tag + attributes] += 1
            open_formatting += 1
            deepest_formatting = max(deepest_formatting, open_formatting)
        elif tag in _CLOSED_BY_THE_NEXT:
            blocks += 1
        elif tag in _RAW:
            end = _RAW[tag].search(text, at)
            at = end.start() if end else size
        elif tag not in _VOID:
            blocks += 1
            depth += 1
            if depth > MAX_DEPTH:
                _refuse(name, f"more than {MAX_DEPTH:,} elements inside each other")
    again = min(deepest_formatting, sum(min(3, count) for count in formatting.values()))
    if elements > MAX_ELEMENTS:
        _refuse(name, f"more than {MAX_ELEMENTS:,} elements")
    if elements + again * blocks > 4 * MAX_ELEMENTS:
        _refuse(name, f"up to {again:,} elements of formatting that are never closed, in {blocks:,} blocks")


def _refuse(name: str, what: str) -> None:
    raise IngestError(f"{name}: {what}; that is no record, or a page made to do harm; save its text as a text file")
