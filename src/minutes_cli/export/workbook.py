"""What all our Excel files have in common: texts that stay texts, and the limits of a sheet.

ECMA-376 (Office Open XML), by XlsxWriter. The limits are those of Excel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from minutes_cli.export.json import escape_surrogates

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["LONGEST_CELL", "MOST_ROWS", "OPTIONS", "fits", "pieces", "write_text"]

LONGEST_CELL = 32_767
"""What a cell of Excel holds, in UTF-16 units."""
MOST_ROWS = 1_048_576
"""What a sheet of Excel holds, with its head."""

OPTIONS: dict[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
"""How a workbook must be opened, so that nothing in a record is taken for anything but text."""


def write_text(sheet: Worksheet, row: int, column: int, text: str, form: Format) -> None:
    """Put *text*, which must fit, into a cell; nothing for an empty one. Lone surrogates are written out."""
    text = escape_surrogates(text)
    if text.startswith("<r>") and text.endswith("</r>"):  # xlsxwriter would take it for markup of its own
        sheet.write_rich_string(row, column, text[:3], form, text[3:], form)
    elif text:
        sheet.write_string(row, column, text, form)


def fits(text: str) -> bool:
    """Whether a cell holds *text*."""
    return len(text) <= LONGEST_CELL // 6 or _units(escape_surrogates(text)) <= LONGEST_CELL


def pieces(text: str) -> list[str]:
    """*text* in pieces that a cell holds each, without lone surrogates; no character is parted."""
    text = escape_surrogates(text)
    found, start, units = [], 0, 0
    for at, char in enumerate(text):
        width = 2 if char > "\uffff" else 1
        if units + width > LONGEST_CELL:
            found.append(text[start:at])
            start, units = at, 0
        units += width
    return [*found, text[start:]]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
