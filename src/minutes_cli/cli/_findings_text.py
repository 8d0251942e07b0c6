"""Findings as lines to read: where, what, the line of the record with carets under the place, and the fix."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from minutes_cli.check.model import Reported
from minutes_cli.check.run import whole_record
from minutes_cli.cli._print import Line
from minutes_cli.cli._text import columns, cut, visible
from minutes_cli.model import Edit, Safety, Severity

_STYLES = {Severity.ERROR: "out", Severity.WARNING: "warn", Severity.INFO: "key"}
_INDENT = "    "
#: The longest piece of a line that is shown, in columns: less than a finding keeps of it, so that … is always true.
_WIDEST = 160
#: The longest word of a fix that is shown, in columns.
_WORD = 40


def finding_lines(findings: Iterable[Reported], width: int) -> Iterator[Line]:
    """Each finding in one to four lines. Excerpts are cut to *width* columns around the place, sentences never."""
    for finding in findings:
        yield _head(finding)
        if not whole_record(finding.span):
            yield from _excerpt(finding, min(width, _WIDEST) - len(_INDENT))
        if finding.fix is not None:
            yield _fix(finding.fix)


def _head(finding: Reported) -> Line:
    place = "" if whole_record(finding.span) else f":{finding.start.line}:{finding.start.column}"
    return [
        (f"{visible(finding.path)}{place}", "title"),
        (": ", ""),
        (finding.severity.value, _STYLES[finding.severity]),
        (f" {finding.code} {finding.rule}", "head"),
        (f": {visible(finding.message)}", ""),
    ]


def _excerpt(finding: Reported, room: int) -> Iterator[Line]:
    """The line of the record, cut to *room* columns around the place, and carets under it."""
    text, ahead = finding.excerpt, finding.excerpt_column
    start = min(max(0, finding.start.column - ahead), len(text))
    goes_on = finding.end.line > finding.start.line
    end = len(text) if goes_on else min(max(start, finding.end.column - ahead), len(text))
    cells = list(text) if text.isprintable() else [visible(char) for char in text]
    widths = [columns(cell) for cell in cells]
    low, high = _window(widths, start, end, room - 2)
    before = "…" if low or ahead > 1 else ""
    after = "…" if high < len(cells) else ""
    blanks, carets = _under(widths, low, start, min(end, high))
    yield [(_INDENT, ""), (before + "".join(cells[low:high]) + after, "")]
    rest = "…" if end > high or goes_on else ""
    yield [(_INDENT + " " * (len(before) + blanks), ""), ("^" * carets + rest, _STYLES[finding.severity])]


def _under(widths: Sequence[int], low: int, start: int, end: int) -> tuple[int, int]:
    """How many columns stand before the place, and how many carets under it.

    A place without width, such as a mark above a letter, has them under the letter; one between letters has one.
    """
    blanks, carets = sum(widths[low:start]), sum(widths[start:end])
    if carets or start == end:
        return blanks, max(1, carets)
    letter = next((width for width in reversed(widths[low:start]) if width), 0)
    return blanks - letter, max(1, letter)


def _window(widths: Sequence[int], start: int, end: int, room: int) -> tuple[int, int]:
    """Which characters fit in *room* columns: the place, or its beginning, with about as much before it as behind."""
    low, high, used = start, start, 0
    while high < end and used + widths[high] <= room:
        used += widths[high]
        high += 1
    if high < end:
        return low, high
    spare = (room - used) // 2
    while low and widths[low - 1] <= spare:
        low -= 1
        spare -= widths[low]
        used += widths[low]
    while high < len(widths) and used + widths[high] <= room:
        used += widths[high]
        high += 1
    while low and used + widths[low - 1] <= room:
        low -= 1
        used += widths[low]
    return low, high


def _fix(edit: Edit) -> Line:
    before, after = _words(edit)
    what = f"{before} → {after}" if before and after else f"take out {before}" if before else f"insert {after}"
    if edit.safety is Safety.SAFE:
        return [(f"{_INDENT}fix: ", "in"), (f"{what} (--fix)", "")]
    return [(f"{_INDENT}suggestion: ", "key"), (what, "")]


def _words(edit: Edit) -> tuple[str, str]:
    """What is replaced and by what, in brackets; by their numbers where they look the same."""
    before, after = edit.before, edit.after
    alike = unicodedata.normalize("NFC", before) == unicodedata.normalize("NFC", after)
    if alike or before.isspace() or (after.isspace() and not before):
        return _numbers(before), _numbers(after)
    return _quoted(before), _quoted(after)


def _quoted(word: str) -> str:
    marks = "“”" if any(bracket in word for bracket in "「」｢｣") else "「」"
    return f"{marks[0]}{cut(visible(word), _WORD)}{marks[1]}" if word else ""


def _numbers(word: str) -> str:
    return cut(" ".join(f"U+{ord(char):04X}" for char in word), _WORD)
