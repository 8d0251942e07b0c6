"""The text of a record, put together line by line by the reader of a format that is no plain text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from minutes_cli.errors import IngestError
from minutes_cli.ingest.text import MAX_CHARACTERS, line_starts, refuse_long_line, refuse_many_lines
from minutes_cli.model import Anchor, Finding, Hint, HintKind, Severity, Source, Span
from minutes_cli.patterns import lazy

__all__ = ["Collector"]

# What would end a line or a page inside one, and what no text may hold.
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\u2028\u2029]")
_CONTROLS = {**dict.fromkeys(range(32)), 9: "\t", 10: " ", 11: " ", 12: " ", 13: " ", 0x2028: " ", 0x2029: " "}
_LONE = lazy("[\ud800-\udfff]")


class Collector:
    """Takes lines in their order, with where they stand in the file and what the file says of them."""

    def __init__(self, name: str, media_type: str) -> None:
        self.name, self.media_type = name, media_type
        self.size = 0
        self._parts: list[str] = []
        self._anchors: list[Anchor] = []
        self._hints: list[Hint] = []
        self._findings: list[Finding] = []

    def line(
        self,
        text: str,
        place: str | None = None,
        *,
        heading: int = 0,
        furniture: bool = False,
        label: tuple[int, int] | None = None,
        within: Iterable[tuple[int, str]] = (),
    ) -> Span:
        """Add a line (without its end), and return where it stands.

        *place* is where it begins in the file (see Anchor), None for the place of the line before. *heading*: its
        level, 0 for none. *label*: where in *text* the speaker stands, without brackets or marks, if the file itself
        says who speaks; then those are all labels that the record has. *within*: where in *text* other places begin,
        in order. Characters that would break the line become blanks, other controls are dropped: no format read here
        can hold them as text. Raises IngestError where the text grows too large.
        """
        others = [(self.size + len(text[:at].translate(_CONTROLS)), other) for at, other in within]
        if label:
            ends = [self.size + len(text[:at].translate(_CONTROLS)) for at in label]
            self._hints.append(Hint(HintKind.LABEL, Span(*ends)))
        if _CONTROL.search(text):  # translating costs fifty times as much
            text = text.translate(_CONTROLS)
        span = Span(self.size, self.size + len(text))
        if place is not None and (not self._anchors or self._anchors[-1].place != place):
            self._anchors.append(Anchor(self.size, place))
        self._anchors += [Anchor(*other) for other in others]
        if heading and text.strip():
            self._hints.append(Hint(HintKind.HEADING, span, heading))
        if furniture and text.strip():
            self._hints.append(Hint(HintKind.FURNITURE, span))
        self._parts += [text, "\n"]
        self.size += len(text) + 1
        if self.size > MAX_CHARACTERS:
            raise IngestError(
                f"{self.name}: more than {MAX_CHARACTERS:,} characters of text; is it one record? else divide it"
            )
        return span

    def page_break(self) -> None:
        """What comes next stands on a new page: the line before ends with a form feed instead of a line feed."""
        if self._parts:
            self._parts[-1] = "\f"
        else:
            self._parts.append("\f")
            self.size += 1

    def report(self, rule: str, message: str, span: Span, severity: Severity = Severity.WARNING) -> None:
        """Tell the reader of the record something about a stretch of it; *rule* is a name in kebab case."""
        self._findings.append(Finding(rule, message, span, severity))

    def source(self, raw: bytes, encoding: str = "utf-8", *, empty: str = "no text in it") -> Source:
        """The record with these bytes. Raises IngestError where it has no text (then *empty* says why), or too much."""
        text = self._whole()
        if not text or text.isspace():
            raise IngestError(f"{self.name}: {empty}")
        refuse_many_lines(text, self.name)
        source = Source(
            self.name,
            text,
            raw,
            encoding,
            self.media_type,
            hashlib.sha256(raw).hexdigest(),
            line_starts(text),
            tuple(self._anchors),
            tuple(self._hints),
            tuple(sorted(self._findings, key=lambda finding: finding.span)),
        )
        refuse_long_line(source)
        return source

    def _whole(self) -> str:
        text = "".join(self._parts)
        if _LONE.search(text):  # half a character: no file can hold it as text
            for found in _LONE.finditer(text):
                self.report("half-character", "half of a character was replaced by U+FFFD", Span(*found.span()))
            text = _LONE.sub("\ufffd", text)
        return text
