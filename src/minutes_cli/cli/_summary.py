"""Several records in a table, one line each. Prints nothing."""

from __future__ import annotations

from collections.abc import Sequence

from minutes_cli.cli._print import Line
from minutes_cli.cli._text import columns, cut, cut_front, pad, visible
from minutes_cli.model import Document, Kind, Severity

_WIDTHS = {"kind": 8, "score": 5, "turns": 6, "speakers": 8, "date": 10}
_RIGHT = ("score", "turns", "speakers")
#: What gives way, in this order, where a narrow screen would cut the names of the files shorter than this.
_LESS = ("speakers", "score", "date")
_LEAST_PATH = 24
_LEAST_TITLE = 16


class Summary:
    """The columns of the table, fixed beforehand, so that every line can be shown as soon as its record is parsed.

    *width* None: nothing is cut, for a file or a pipe. Else the path is shown from the end, without the folder
    that all *paths* lie in, and the title has what is left.
    """

    def __init__(self, paths: Sequence[str], width: int | None) -> None:
        self.names = list(_WIDTHS)
        self.skip = 0
        self.path = max(columns(visible(path)) for path in paths)
        self.title: int | None = None
        if width is None:
            return
        if self._rest(width) < self.path:
            self.skip = _shared(paths)
            self.path = max(columns(visible(path[self.skip :])) for path in paths)
        for name in _LESS:
            if self._rest(width) < min(self.path, _LEAST_PATH):
                self.names.remove(name)
        self.path = min(self.path, self._rest(width))
        self.title = self._rest(width) - self.path - 2
        if self.title < _LEAST_TITLE:
            self.title = 0

    def head(self) -> Line:
        """The names of the columns."""
        names = [pad(name, _WIDTHS[name], right=name in _RIGHT) for name in self.names]
        return [("  ".join([*names, pad("file", self.path), *([] if self.title == 0 else ["title"])]), "faint")]

    def row(self, path: str, document: Document) -> Line:
        """One record."""
        cells = _cells(document)
        line: Line = []
        for name in self.names:
            style = "warn" if cells[name].endswith("?") else ""
            line += [(pad(cells[name], _WIDTHS[name], right=name in _RIGHT), style), ("  ", "")]
        line.append((pad(cut_front(visible(path[self.skip :]), self.path), self.path), "speaker"))
        title = visible(document.meeting.title or "")
        if title and self.title != 0:
            line.append(("  " + (title if self.title is None else cut(title, self.title)), ""))
        return line

    def _rest(self, width: int) -> int:
        return width - sum(_WIDTHS[name] + 2 for name in self.names)


def _cells(document: Document) -> dict[str, str]:
    """What stands under each name; a score with a question mark is doubtful."""
    speaks = document.kind not in (Kind.PETITION, Kind.SLIDES)
    doubt = "?" if any(f.severity is not Severity.INFO for f in document.findings) else " "
    return {
        "kind": document.kind.value,
        "score": f"{document.layout.score:.2f}{doubt}" if document.layout.convention else "– ",
        "turns": f"{len(document.turns):,}" if speaks else "–",
        "speakers": f"{len(document.speakers):,}" if speaks else "–",
        "date": document.meeting.date or "–",
    }


def _shared(paths: Sequence[str]) -> int:
    """How many characters at the beginning of all *paths* name the same folder."""
    first, last = min(paths), max(paths)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first.rfind("/", 0, same) + 1
