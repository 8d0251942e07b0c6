"""Web pages -> Source: what a browser shows of them, line by line (HTML Living Standard, sections 13.2 and 15.3).

The record is the text; what belongs to the site around it stays as lines marked as furniture. Style sheets are not
read: what only they hide is text here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minutes_cli.errors import IngestError
from minutes_cli.ingest.collect import Collector
from minutes_cli.ingest.html.encoding import PageText, decode_page
from minutes_cli.ingest.html.limits import refuse_costly
from minutes_cli.ingest.html.lines import Left, Mark, page_lines
from minutes_cli.ingest.html.reading_copy import copied_kind, copy_lines
from minutes_cli.model import Severity, Source, Span

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["read"]

_LONGEST_DETAIL = 40


def read(raw: bytes, name: str, encoding: str | None) -> Source:
    """The record in a web page, or in a part of one.

    The place of a line is its element, as the tools of a browser find it: ``#id``, or ``(//p)[12]``, the twelfth <p>
    of the page; of an element with several lines also which one. Raises IngestError.
    """
    page = decode_page(raw, name, encoding)
    refuse_costly(page.text, name)
    marks = _marks(page.text, name)
    collector = Collector(name, "text/html")
    if (kind := copied_kind(marks)) is not None:
        for said in copy_lines(marks, kind):
            collector.line(said.text, said.place)
        return collector.source(raw, page.encoding)
    lines, left = page_lines(marks)
    spans = [collector.line(line.text, line.place, heading=line.heading, furniture=line.furniture) for line in lines]
    _report(collector, page, left, spans)
    return collector.source(raw, page.encoding, empty=_why_empty(left))


def _marks(text: str, name: str) -> list[Mark]:
    """The page as it is once it is parsed: what opens, what is said, what closes."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        node: LexborNode | None = LexborHTMLParser(text).root
    except (SelectolaxError, ValueError) as e:
        raise IngestError(f"{name}: no page that can be parsed ({e}); save its text as a text file") from None
    marks: list[Mark] = []
    depth = 0
    while node is not None:
        tag = node.tag
        if tag == "-text":
            marks.append((None, node.text_content))
        elif tag is not None and tag[0] not in "-!":
            marks.append((tag, node.attributes))
            if (child := node.child) is not None:
                node = child
                depth += 1
                continue
            marks.append((None, None))
        while depth and node is not None and node.next is None:
            node = node.parent
            depth -= 1
            marks.append((None, None))
        node = node.next if depth and node is not None else None
    return marks


def _report(collector: Collector, page: PageText, left: list[Left], spans: list[Span]) -> None:
    if page.complaint:
        collector.report("declared-encoding", page.complaint, Span(0, 0))
    for what, (rule, severity, message) in _REPORTS.items():
        found = [one for one in left if one.what == what]
        if found:
            first = found[0]
            total = sum(int(one.detail) for one in found if one.detail.isdecimal())
            said = message.format(n=len(found), characters=total, first=_short(first), place=first.place)
            # What is hidden stands between lines: it is said at the one before. All else is part of one.
            line = first.line - 1 if what == "hidden" else first.line
            collector.report(rule, said, spans[max(0, min(line, len(spans) - 1))] if spans else Span(0, 0), severity)


_REPORTS = {
    "picture": ("picture", Severity.INFO, "pictures that are not in the text: {n}, the first in {place}{first}"),
    "hidden": (
        "hidden-text",
        Severity.INFO,
        "{characters} characters that the page does not show are not in the text, the first in {place}",
    ),
    "struck": ("struck-out", Severity.WARNING, "{characters} characters in the text are struck out, first in {place}"),
    "frame": (
        "frame",
        Severity.WARNING,
        "frames that show other files, which are not in the text: {n}, the first{first}",
    ),
}


def _short(left: Left) -> str:
    detail = left.detail if len(left.detail) <= _LONGEST_DETAIL else left.detail[:_LONGEST_DETAIL] + "…"
    return f": {detail}" if detail else ""


def _why_empty(left: list[Left]) -> str:
    frames = [one.detail for one in left if one.what == "frame" and one.detail]
    if frames:
        return f"no text in it, it shows other files in frames: give those ({', '.join(frames[:3])})"
    return "no text in it; the page may be made by a script: save it from the browser as text"
