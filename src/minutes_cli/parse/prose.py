"""Lines joined to paragraphs: hard wraps and page breaks closed, real new paragraphs kept, events taken out."""

from __future__ import annotations

from typing import NamedTuple

from minutes_cli.model import EventKind
from minutes_cli.parse.events import INLINE, event_kind
from minutes_cli.parse.layout import BULLET, MARKED, NUMBERED, TABLE, Row
from minutes_cli.parse.sheet import SENTENCE_END, Flow
from minutes_cli.patterns import lazy

_LISTED = frozenset((BULLET, NUMBERED, TABLE, MARKED))
_BULLET = lazy(r"(?:[-*－–＊]{1,4}\s+)?(?:[・･•◦‣▪▫✓✔➢➤→⇒➡]|[-*－–＊>＞])[\s　]*")
_NUMERALS, _COUNTED = "〇一二三四五六七八九十百千", "〇一二三四五六七八九年月日号人名件番条項％点割円町丁"
_GOES_ON = frozenset("をにはがとでも、。」』）)ぁぃぅぇぉっゃゅょァィゥェォッャュョー々")
#: Where lines are wrapped, one shorter than so much of a full line ends its paragraph.
SHORT_OF_FULL = 0.7
#: A line this short that ends without punctuation is a list entry, not the beginning of a wrapped sentence.
_SHORT = 15


class Piece(NamedTuple):
    """An event inside a line: its kind and its place."""

    kind: EventKind
    start: int
    end: int


def inline_events(text: str, start: int, end: int) -> list[Piece]:
    """Events in brackets inside ``text[start:end]``."""
    found = []
    for match in INLINE.finditer(text, start, end):
        kind = event_kind(match.group()) or EventKind.INTERJECTION
        found.append(Piece(kind, *match.span()))
    return found


def without_bullet(text: str) -> str:
    """*text* without the bullet or quote mark it begins with."""
    match = _BULLET.match(text)
    return text[match.end() :] if match else text


def begins_paragraph(before: Row, row: Row, flow: Flow, gap: bool, page: bool) -> bool:
    """Whether *row* begins a new paragraph after the row of text *before*.

    *gap* says that blank lines or page furniture stand between them, *page* that a page ends there.
    """
    above, text = before[5], row[5]
    ended = above[-1] in SENTENCE_END
    if not ended and text[0] in "〇○" and above[-1] in _NUMERALS and text[1:2] in _COUNTED:
        return False  # 昭和二 / 〇年: a number that a wrap has cut
    if row[0] in _LISTED or before[0] is TABLE:
        wrapped_number = (
            row.kind is NUMBERED
            and flow.wrapped
            and not ended
            and len(above) >= flow.width - 3
            and text[0] not in "（("
        )
        return not wrapped_number
    if ended:
        full = flow.wrapped and not gap and len(above) >= flow.width
        return not (full and row.body == row.start)
    if flow.indented and row.body > row.start and text[0] not in "、。」":
        return True
    if text[0] in _GOES_ON or above[-1] in "、，,「『（(":
        return False
    if page:
        return False
    if flow.wrapped and not gap:
        return len(above) < flow.width * SHORT_OF_FULL
    if gap and flow.wrapped and len(above) >= flow.width * SHORT_OF_FULL:
        return False
    if before.kind is BULLET:
        return False if gap and len(above) >= 2 * _SHORT else not flow.wrapped
    return len(above) < (_SHORT if gap else 2 * _SHORT)


def join(parts: list[str]) -> str:
    """Wrapped lines as one line; a blank comes back only between two Latin words."""
    if len(parts) == 1:
        return parts[0]
    # Hardly a line begins with a Latin letter or a digit: one question for each, then all of them at once.
    if not [part for part in parts if part[:1] < "\x80"]:
        return "".join(parts)
    whole = parts[0]
    for part in parts[1:]:
        if whole and part and whole[-1].isascii() and part[0].isascii() and whole[-1].isalnum() and part[0].isalnum():
            whole += " "
        whole += part
    return whole
