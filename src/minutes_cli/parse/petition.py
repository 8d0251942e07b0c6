"""Petitions: date, addressee, sender, title, and the numbered demands as nested items, also under garbled numbers.

A number is never changed here: an item whose head cannot be read gets the number that its neighbours leave
for it, and only when they leave exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from minutes_cli.lexicon.calendar import find_date
from minutes_cli.lexicon.numerals import to_int
from minutes_cli.model import Block, BlockKind, Item, Meeting, View
from minutes_cli.parse.labels import close_up, squeeze
from minutes_cli.parse.layout import LineKind, Row
from minutes_cli.parse.prose import join
from minutes_cli.patterns import lazy

_N = r"[0-9０-９]{1,2}"
_ITEM = lazy(rf"(?P<number>{_N})[\s．.、　]\s*(?P<text>\S.*)$")
_SUBITEM = lazy(rf"[（(]\s*(?P<number>{_N})\s*[）)]\s*(?P<text>.*)$|(?P<circled>[①-⑳])\s*(?P<rest>.*)$")
#: A head that a scan may have garbled: one or two characters and a bracket, or a bracket and one letter.
_GARBLED = lazy(
    r"(?P<head>[^\s（()）「」、。]{1,2}[)）]|[（(][^\s\d（()）]{1,2}\s|[（(][A-Za-z]{1,2}[)）]?)\s*(?P<text>\S.*)$"
)
_SERIES = ("abcdefghij", "ａｂｃｄｅｆ", "ABCDEFGH", "アイウエオカキクケコ", "ｱｲｳｴｵｶｷｸｹｺ", "イロハニホヘト")
_ADDRESSEE = lazy(r"^(?P<name>[^。、]{1,30}?)\s*(?:殿|様|宛て?|あて)$")
_TITLE = lazy(
    r"(?:要望|意見|陳情|請願|要請|申入れ?|申し入れ|建議)書?(?:（案）)?$|要望書|意見書|陳情書|請願書|について$"
)
_BELOW = "記"


class Petition(NamedTuple):
    """What a petition says: meeting data (date, title, addressee, sender), items, blocks."""

    meeting: Meeting
    items: tuple[Item, ...]
    blocks: list[Block]


class _Head(NamedTuple):
    """The head of a sub-item: its number, None where it cannot be read, and then the sign that stands there."""

    row: int
    number: int | None
    text: str
    sign: str = ""


class _Entry(NamedTuple):
    level: int  # 1 = item, 2 = sub-item
    number: str
    row: int
    text: str


def read_petition(view: View, rows: Sequence[Row]) -> Petition:
    """Read a letter of demands."""
    entries = _entries(rows)
    first = entries[0].row if entries else len(rows)
    letter = [row for row in rows[:first] if row.kind is not LineKind.BLANK]
    tail = [row for row in rows[entries[-1].row :] if row.kind is not LineKind.BLANK][1:] if entries else []
    return Petition(_letter(letter, tail), _items(view, rows, entries), _blocks(rows, entries))


def _entries(rows: Sequence[Row]) -> list[_Entry]:
    """Items and sub-items in order. Sub-items are numbered item by item, once all heads of the item are known."""
    found: list[_Entry] = []
    heads: list[_Head] = []  # those under one item
    number = 0
    for i, row in enumerate(rows):
        if row.kind is LineKind.BLANK:
            continue
        item, subitem = _ITEM.match(row.text), _SUBITEM.match(row.text)
        if item and to_int(item["number"]) == number + 1 and not _continues(rows, i, found, heads):
            number += 1
            found += _subitems(heads)
            heads = []
            found.append(_Entry(1, item["number"], i, item["text"]))
        elif subitem and number:
            heads.append(_Head(i, _value(subitem), subitem["text"] or subitem["rest"] or ""))
        elif number and not _continues(rows, i, found, heads) and (garbled := _GARBLED.match(row.text)):
            heads.append(_Head(i, None, garbled["text"], garbled["head"].strip("（()） ")))
    return found + _subitems(heads)


def _subitems(heads: Sequence[_Head]) -> list[_Entry]:
    """Number the heads of one item: an unreadable one gets the number its readable neighbours leave for it.

    Where the neighbours leave none, it is no head but text that happens to begin like one. Two letters that
    count (a, b; ア, イ) are a series of their own.
    """
    signs = {head.sign for head in heads}
    readable = [head for head in heads if head.number is not None or not _counts(head.sign, signs)]
    ahead = len(readable)  # the next head that can be read, found from the back
    next_read: list[int] = []
    for k in range(len(readable) - 1, -1, -1):
        next_read.append(ahead)
        ahead = k if readable[k].number is not None else ahead
    next_read.reverse()
    found: list[_Entry] = []
    last = 0
    for k, head in enumerate(readable):
        number = head.number
        if number is None:
            j = next_read[k]
            if j < len(readable) and readable[j].number != last + 1 + j - k:
                continue
            number = last + 1
        last = number
        found.append(_Entry(2, str(number), head.row, head.text))
    return found


def _counts(sign: str, signs: Container[str]) -> bool:
    """Whether an unreadable sign is a letter of a series: its neighbour in the series stands there too."""
    for series in _SERIES:
        at = series.find(sign) if len(sign) == 1 else -1
        if at >= 0 and (series[at + 1 : at + 2] in signs or (at > 0 and series[at - 1] in signs)):
            return True
    return False


def _value(match: re.Match[str]) -> int:
    if match["circled"]:
        return ord(match["circled"]) - ord("①") + 1
    return to_int(match["number"]) or 0


def _continues(rows: Sequence[Row], i: int, found: Sequence[_Entry], heads: Sequence[_Head]) -> bool:
    """Whether row *i* goes on with the sentence of the row before: a full line without a full stop."""
    j = i - 1
    while j >= 0 and rows[j].kind is LineKind.BLANK:
        j -= 1
    before = rows[j] if j >= 0 else None
    if before is None or squeeze(before.text) == _BELOW or before.text[-1] in "。)）」":
        return False
    if not found or (rows[found[-1].row] is before and not heads):
        return False
    return len(before.text) > 15


def _items(view: View, rows: Sequence[Row], entries: Sequence[_Entry]) -> tuple[Item, ...]:
    items: list[Item] = []
    parent: str | None = None
    for i, entry in enumerate(entries):
        following = entries[i + 1] if i + 1 < len(entries) else None
        last = following.row if following else len(rows)
        lines = [r for r in rows[entry.row + 1 : last] if r.kind not in (LineKind.BLANK, LineKind.PAGE, LineKind.RULE)]
        lines = [r for r in lines if squeeze(r.text) != _BELOW]
        end = lines[-1].end if lines else rows[entry.row].end
        name = f"i{len(items) + 1}"
        whole = [entry.text, *(r.text for r in lines)]
        if entry.level == 1:
            parent = name
            heading = join(whole) if following and following.level == 2 and entry.text[-1] not in "。" else entry.text
            text = "" if heading != entry.text or not lines else join(whole[1:])
        else:
            heading, text = "", join(whole)
        items.append(
            Item(
                name,
                entry.number,
                heading,
                text,
                None if entry.level == 1 else parent,
                view.to_source(rows[entry.row].body, end),
            )
        )
    return tuple(items)


def _letter(letter: Sequence[Row], tail: Sequence[Row]) -> Meeting:
    texts = [close_up(row.text) for row in letter]
    date_at = next((i for i, text in enumerate(texts) if find_date(text)), None)
    date = (
        find_date(texts[date_at]) if date_at is not None else next((d for r in tail if (d := find_date(r.text))), None)
    )
    addressees, offices = [], []
    for i, text in enumerate(texts):
        if match := _ADDRESSEE.match(text):
            office = (
                texts[i - 1]
                if i and len(texts[i - 1]) < 20 and texts[i - 1][-1] not in "。殿様" and not find_date(texts[i - 1])
                else ""
            )
            addressees.append(f"{office} {close_up(match['name'])}".strip())
            offices.append(office)
    title = next(
        (t for t in texts if len(t) <= 60 and "。" not in t and _TITLE.search(t) and not _ADDRESSEE.match(t)), None
    )
    sender = [t for t in texts[date_at + 1 :] if len(t) < 30 and "。" not in t] if date_at is not None else []
    sender = [
        t for t in sender if t != title and not _ADDRESSEE.match(t) and t not in offices and squeeze(t) != _BELOW
    ][:3]
    return Meeting(title=title, date=date, addressee="、".join(addressees) or None, sender=" ".join(sender) or None)


def _blocks(rows: Sequence[Row], entries: Sequence[_Entry]) -> list[Block]:
    starts = {entry.row: entry.level for entry in entries}
    first = entries[0].row if entries else len(rows)
    blocks: list[Block] = []
    for i, row in enumerate(rows):
        if row.kind is LineKind.BLANK and blocks:
            blocks[-1] = blocks[-1]._replace(end=row.stop)
            continue
        if i in starts:
            kind = BlockKind.HEADING if starts[i] == 1 else BlockKind.BULLET
        elif row.kind in (LineKind.PAGE, LineKind.RULE, LineKind.BLANK):
            kind = BlockKind.FURNITURE
        elif i < first:
            kind = BlockKind.FRONT
        else:
            kind = BlockKind.BULLET if blocks and blocks[-1].kind is BlockKind.BULLET else BlockKind.PARAGRAPH
        new = i in starts or not blocks or blocks[-1].kind is not kind
        if new:
            blocks.append(Block(kind, row.start, row.stop))
        else:
            blocks[-1] = blocks[-1]._replace(end=row.stop)
    return blocks
