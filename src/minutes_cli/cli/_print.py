"""Screen and stderr: the only file that imports rich, and only for colours on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from minutes_cli.cli._text import cut, escaped, visible
from minutes_cli.errors import OutputError

Part = tuple[str, str]
"""A piece of a line and its style: ``""`` or a name in STYLES."""
Line = list[Part]

PLAIN_WIDTH = 100
"""Columns where stdout is no terminal: fixed, so that the output stays the same everywhere."""

STYLES = {
    "title": "bold",
    "head": "bold cyan",
    "key": "cyan",
    "speaker": "green",
    "faint": "dim",
    "warn": "yellow",
    "out": "red",
    "in": "green",
    "out-mark": "bold reverse red",
    "in-mark": "bold reverse green",
}


def width() -> int:
    """Columns to fill."""
    return max(40, os_columns()) if is_terminal() else PLAIN_WIDTH


def os_columns() -> int:
    """Columns of the terminal, as it says itself or COLUMNS says."""
    from shutil import get_terminal_size

    return get_terminal_size().columns


def room() -> int:
    """Columns for a list that is read line by line, by programs too: without end where stdout is no terminal."""
    return width() if is_terminal() else sys.maxsize


def is_terminal() -> bool:
    """Whether stdout is read by somebody at a screen."""
    return sys.stdout is not None and sys.stdout.isatty()


def show(lines: Iterable[Line]) -> None:
    """Print *lines*, in colour on a terminal that takes it (not with NO_COLOR or TERM=dumb)."""
    if is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        _show_in_colour(lines)
        return
    write_text(plain(lines))


def plain(lines: Iterable[Line]) -> str:
    """*lines* as text without styles, blanks at their ends left out."""
    return "".join("".join(part for part, _ in line).rstrip() + "\n" for line in lines)


def _show_in_colour(lines: Iterable[Line]) -> None:
    from rich.console import Console
    from rich.text import Text

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a console in CP932 has no ␛
    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines:
        parts = [(part, STYLES.get(style, "")) for part, style in line]
        console.print(Text.assemble(*parts), soft_wrap=True)


def write_out(data: bytes) -> None:
    """Send *data* to stdout as it is. Raises OutputError, or BrokenPipeError when nobody reads on."""
    if sys.stdout is None:
        raise OutputError("standard output is closed: nothing can be written")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as e:
        raise OutputError(f"standard output: cannot write ({e.strerror})") from None


def write_data(data: bytes) -> None:
    """Send JSON or other text to stdout: as it is, and on a terminal without what could steer that."""
    if is_terminal():
        data = escaped(data.decode("utf-8", "backslashreplace")).encode("utf-8", "backslashreplace")
    write_out(data)


def write_text(text: str) -> None:
    """Send *text* to stdout in its encoding; what that lacks is written as escapes, bytes of file names as they are."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        data = text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        data = text.encode(encoding, "backslashreplace")
    write_out(data)


def message(words: str) -> None:
    """One line on stderr."""
    try:
        sys.stderr.write(f"minutes: {visible(words)}\n")
        sys.stderr.flush()
    except OSError:
        pass  # nobody to tell; the exit code still says it


class Progress:
    """Which record is at work, on one line of stderr; silent where stderr is no terminal."""

    def __init__(self, total: int, *, wanted: bool = True) -> None:
        dumb = os.environ.get("TERM") == "dumb"
        self.total = total
        self.on = wanted and total >= 5 and sys.stderr.isatty() and not dumb

    def at(self, number: int, name: str) -> None:
        """Show that record *number* (from 1) has begun."""
        if self.on:
            room = os_columns() - 1
            line = cut(f"{number}/{self.total} {visible(name)}", room)
            sys.stderr.write(f"\r\x1b[2K{line}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Make room for another line."""
        if self.on:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
