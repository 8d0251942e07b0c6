"""Lines that name a part of the meeting, told apart from speech and from speakers."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from minutes_cli.lexicon.roles import HEADING_AT_END
from minutes_cli.parse.events import event_kind, is_heading
from minutes_cli.parse.labels import close_up, squeeze
from minutes_cli.parse.layout import (
    BLANK,
    BRACKETED,
    BULLET,
    HEADING,
    MARKED,
    MARKS,
    MARKUP,
    NUMBERED,
    PAGE,
    RULE,
    TEXT,
    TIME,
    Row,
)
from minutes_cli.parse.sheet import SENTENCE_END
from minutes_cli.patterns import lazy

_N = r"[0-9０-９一二三四五六七八九十]{1,4}"
_ITEM = lazy(
    rf"(?:追加)?(?:議事)?日\s?程\s?第?\s?{_N}|第\s?{_N}\s|(?:議案|報告|承認|認定|同意|諮問|発議|決議案|意見書案|選挙|請願|陳情|議第|議員提出議案)\s?第?\s?{_N}|"
    rf"[①-⑳]|議題|[（(]{_N}[）)]|{_N}[．.、)）\s]|[■◆]"
)
_NUMBER = lazy(rf"^(?:日\s?程\s?)?第?\s?({_N})(?:[．.、\s号]|$)|^[（(]({_N})[）)]|^([①-⑳])")
_CALL = lazy(r"(?:君|さん|氏|様|議員|委員|町長|村長|市長|区長|知事|教育長|[課部局室次]長)[。．]?$")
_ENCLOSED = lazy(r"(?:[≪《＜<〈【〔［\[（(]\s*(.*?)\s*[≫》＞>〉】〕］\]）)]|=+\s*(.*?)\s*=+)$")
_LIST_NUMBER = lazy(rf"^(?:{_N}[)）．.、:：]\s*|[0-9０-９]{{1,2}}\s+|[（(]{_N}[）)]\s*|[①-⑳]\s*)(?=\S)")
_SPOKEN = lazy(
    rf"[{MARKS}]\s*(?P<item>(?:追加)?日\s?程\s?第?\s?{_N}[^。]{{0,120}}?)"
    r"(?:(?:について)?を|の件を)(?:議題|行|いた|上程|一括|[^。]{0,4}す。)"
)
_MARK_INSIDE = lazy(rf"[ 　][{MARKS}]\S")
LONGEST = 80


class Heading(NamedTuple):
    """The heading's text without marks, how deep it stands (1 = highest), its number, how many rows it takes."""

    text: str
    level: int
    number: str | None
    rows: int = 1


def heading_at(rows: Sequence[Row], i: int, heads: Container[int], outline: bool, width: int) -> Heading | None:
    """The heading that begins with row *i*, or None.

    *width* is the length of a full line where the record is hard-wrapped, else 0.

    *outline* says that the record is written in points: short numbered lines are headings there, while in a
    verbatim record they are what somebody reads out.
    """
    row = rows[i]
    kind, text = row.kind, row.text
    if kind is HEADING:
        level = len(text) - len(text.lstrip("#")) or (2 if text.startswith("=") else 1)
        return as_heading(text.lstrip("# 　"), level)
    if kind is BRACKETED:
        named = is_heading(text) or (
            text[0] in "［[〔【" and event_kind(text) is None and HEADING_AT_END.search(squeeze(text)[:-1])
        )
        return as_heading(text, 1) if named else None
    if kind is MARKED:
        listed = outline and i + 1 < len(rows) and rows[i + 1].kind is BULLET
        whole, lines = unwrapped(rows, i, heads, width)
        return _marked(whole, listed, lines)
    if kind is NUMBERED and outline and len(text) <= 60 and text[-1] not in "。、" and "](" not in text:
        return as_heading(text, 2 if text[0] in "（(①②③④⑤⑥⑦⑧⑨⑩" else 1)
    if kind in (TEXT, NUMBERED) and len(text) <= LONGEST:
        return _before_label(rows, i, heads, outline)
    return None


def _marked(text: str, listed: bool, rows: int) -> Heading | None:
    bare = text.lstrip("0123456789").lstrip(MARKS + " 　")
    if not bare or len(bare) > LONGEST or bare[-1] in "。、" or "。" in bare or _MARK_INSIDE.search(bare):
        return None
    named = _names_a_part(bare) or _ITEM.match(bare)
    if text[0] in "◎△■◆□▲▽▼" or named or listed:
        return as_heading(bare, 1, rows)
    return None


def _before_label(rows: Sequence[Row], i: int, heads: Container[int], outline: bool) -> Heading | None:
    """Up to four unmarked lines directly before a label, or between two rules, that say what comes next."""
    j = last = i
    lines: list[str] = []
    while j < len(rows) and j not in heads:
        row = rows[j]
        if row.kind is RULE and lines:
            break
        skipped = row.kind in (BLANK, PAGE, TIME, BRACKETED)  # PAGE: it may stand at the foot of a page
        if not (skipped and lines):
            if len(lines) == 4 or row.kind not in (TEXT, NUMBERED):
                return None
            if "。" in row.text or row.text[-1] in "、」":
                return None
            lines.append(row.text)
            last = j
        j += 1
    before = _previous(rows, i)
    after_rule = before is not None and before.kind is RULE
    if not lines or not (j in heads or after_rule):
        return None
    item = bool(_ITEM.match(lines[0]))
    goes_on = before is not None and before.kind is TEXT and before.text[-1] not in SENTENCE_END
    if goes_on and not outline and not item:
        return None
    whole = "".join(lines) if len(lines) == 1 or len(lines[0]) > 25 else " ".join(lines)
    if _CALL.search(whole) and not item:
        return None
    single = (outline and len(lines) == 1) or _names_a_part(whole)
    if not (item or after_rule) and (len(lines) > 1 or not single):
        return None
    return as_heading(whole, 1, last - i + 1)


def _previous(rows: Sequence[Row], i: int) -> Row | None:
    for row in reversed(rows[max(0, i - 6) : i]):
        if row.kind not in (BLANK, PAGE, MARKUP):
            return row
    return None


def _names_a_part(text: str) -> bool:
    """Whether *text*, without a bracket at its end, ends as headings do."""
    return bool(HEADING_AT_END.search(re.sub(r"[（(][^（()）]*[）)]$", "", squeeze(text))))


def is_item(text: str) -> bool:
    """Whether *text* begins as agenda items do: 議題１, 日程第２, 第３, 1."""
    return bool(_ITEM.match(text))


def is_entry(rows: Sequence[Row], i: int) -> bool:
    """Whether row *i* goes on with a list (an agenda) instead of heading what follows."""
    row = rows[i]
    above = _previous(rows, i) if row.kind is NUMBERED else rows[i - 1] if i else None
    return above is not None and above.kind is row.kind and (not _ITEM.match(row.text) or bool(_ITEM.match(above.text)))


def unwrapped(rows: Sequence[Row], i: int, heads: Container[int], width: int) -> tuple[str, int]:
    """A marked line with the lines that a hard wrap cut off from it, at most three, and how many rows they are."""
    parts = [rows[i].text]
    while width and len(parts) < 4 and len(parts[-1]) >= width * 0.85 and parts[-1][-1] not in SENTENCE_END:
        j = i + len(parts)
        if j >= len(rows) or j in heads or rows[j].kind is not TEXT:
            break
        parts.append(rows[j].text)
    return "".join(parts), len(parts)


def spoken_item(text: str) -> Heading | None:
    """The agenda item that a marked sentence opens: ●日程１ 会議録署名議員の指名を行います。"""
    match = _SPOKEN.match(text)
    return as_heading(match["item"], 1) if match else None


def as_heading(text: str, level: int = 1, rows: int = 1) -> Heading | None:
    """*text* as a heading: brackets around it and the number before it taken off; None when nothing is left."""
    text = text.strip()
    if enclosed := _ENCLOSED.match(text):
        text = enclosed[1] or enclosed[2] or text
    text = close_up(text) if len(text) < 30 else text
    number = _NUMBER.match(text)
    text = _LIST_NUMBER.sub("", text)
    if not text:
        return None
    return Heading(text, level, next((g for g in number.groups() if g), None) if number else None, rows)
