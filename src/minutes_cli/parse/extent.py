"""Where the meeting begins and ends in a record: before it stand title and lists, behind it signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minutes_cli.lexicon.calendar import ONLY_TIME
from minutes_cli.parse.headings import Heading, is_entry
from minutes_cli.parse.labels import squeeze
from minutes_cli.parse.layout import BLANK, BRACKETED, NUMBERED, TEXT, TIME, Row
from minutes_cli.parse.sheet import is_furniture
from minutes_cli.patterns import lazy

_CLOSING = lazy(r"[散閉延]\s?[会會]")
_END_MARK = lazy(r"[（(〔]?\s*(?:了|以\s*上|終)\s*[)）〕]?")
_SPOKEN = lazy(r"(?:ます|ません|です|でした|ました|ください)(?:か|ね|よ|が)?。$")
_SIGNATURE = lazy(
    r"署\s?名(?:する|議員|委員)|会議の(?:経過|次第|顛末)[はを].{0,12}記載|相違ない(?:こと|旨)|^記事ID|^Copyright|お問い?合わ?せ|"
    r"^(?:〔|\[)?参\s?照(?:〕|\])?$|^出席者は左の通り|^(?:議\s*長|委員長)\s{2,}\S"
)


def front_end(rows: Sequence[Row], first: int, heading_at: Callable[[int], Heading | None]) -> int:
    """The row where the meeting begins: headings, events and rules right before the *first* label belong to it."""
    i, found = first, rows[first].kind is NUMBERED
    while i > 0:
        row = rows[i - 1]
        quiet = row.kind in (BLANK, TIME, BRACKETED) or is_furniture(row)
        if not quiet:
            listed = row.kind in (TEXT, NUMBERED)
            if listed and (found or is_entry(rows, i - 1)):  # the end of the agenda, not a heading
                break
            if heading_at(i - 1) is None:
                break
            found = found or listed
        i -= 1
    return i


def back_start(rows: Sequence[Row], last: int) -> int:
    """The row behind the meeting, which has its *last* label in this row: after the closing time, or signatures."""
    closed = False
    spoken = len(rows) - 1  # the last line that somebody says: no signature stands before it
    while spoken > last and not _SPOKEN.search(rows[spoken].text):
        spoken -= 1
    for i in range(last + 1, len(rows)):
        row = rows[i]
        if row.kind is BLANK or is_furniture(row):
            continue
        signed = row.kind is TEXT and "。" not in row.text[:-1] and _SIGNATURE.search(row.text)
        if closed or (i > spoken and (signed or _END_MARK.fullmatch(row.text))):
            return i
        timed = row.kind in (TIME, BRACKETED) and len(row.text) < 40
        closed = timed and bool(_CLOSING.search(row.text) or ONLY_TIME.fullmatch(squeeze(row.text)))
    return len(rows)


def next_row(rows: Sequence[Row], i: int) -> int | None:
    """The next row that is not blank, at most eight rows on."""
    return next((j for j in range(i + 1, min(i + 8, len(rows))) if rows[j].kind is not BLANK), None)
