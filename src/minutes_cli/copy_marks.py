"""What a reading copy says of itself, in Markdown and in HTML: its writers and its readers share these marks.

How a copy is laid out stands in :mod:`minutes_cli.parse.reading_copy`.
"""

from __future__ import annotations

from minutes_cli.model import Kind, TurnKind
from minutes_cli.patterns import lazy

__all__ = [
    *("CONTINUED", "COPY_MARK", "KINDS", "NOBODY"),
    *("declaration", "declared_kind", "escaped", "opening", "stated_kind"),
]

COPY_MARK = "minutes-reading-copy"
"""The name of the <meta> by which a page of HTML says that it is such a copy; its content is a version and a kind."""

NOBODY = "―"
"""Stands where a label would, in a turn of which the record does not say whose it is."""

CONTINUED = "続き"
"""Before the place of a turn: it goes on behind a heading or a page of something else."""

KINDS = {
    TurnKind.QUESTION: "質問",
    TurnKind.ANSWER: "答弁",
    TurnKind.REPORT: "報告",
    TurnKind.STATEMENT: "説明",
}
"""Before the place of a turn: what it does, if it is no plain speech."""

_VERSION = "1"
_SPECIAL = lazy(r"[\\`*_\[\]<>|~&$#]")
#: What means something at the beginning of a line alone: lists, underlines of headings, rules.
_OPENING = lazy(r"[-+=:]|[0-9]+[.)]")
_LINE_ENDS = lazy(r"[\n\r\f]+")
_DECLARED = lazy(r"<!-- minutes reading copy 1: (?P<kind>[a-z]+) -->[ \t]*(?:[\r\n]|$)")


def declaration(kind: Kind) -> str:
    """The first line of a copy of a record of this *kind*."""
    return f"<!-- minutes reading copy 1: {kind.value} -->"


def declared_kind(text: str) -> Kind | None:
    """The kind of the record that *text* says to be a copy of; None where it is no copy."""
    found = _DECLARED.match(text)
    if found is None or found["kind"] not in Kind.__members__.values():
        return None
    return Kind(found["kind"])


def stated_kind(content: str) -> Kind | None:
    """The kind in the *content* of a page's mark (see COPY_MARK); None where it is of no version known here."""
    version, _, kind = content.partition(" ")
    return Kind(kind) if version == _VERSION and kind in Kind.__members__.values() else None


def escaped(text: str) -> str:
    """*text* on one line, as Markdown shows it, behind other words of that line."""
    return _SPECIAL.sub(r"\\\g<0>", _LINE_ENDS.sub(" ", text).replace("\0", "␀"))


def opening(text: str) -> str:
    """*text*, escaped, at the beginning of a line."""
    found = _OPENING.match(text)
    return text if found is None else f"{text[: found.end() - 1]}\\{text[found.end() - 1 :]}"
