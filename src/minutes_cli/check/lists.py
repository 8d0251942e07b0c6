"""The numbers that may count the items of lists, and which of them belong together."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes_cli.lexicon.numerals import to_int
from minutes_cli.model import Block, BlockKind
from minutes_cli.normalize.enumerators.forms import LEVEL, Family, plain_heads
from minutes_cli.normalize.enumerators.page import Page, full_width
from minutes_cli.patterns import lazy

_N = r"[0-9０-９〇一二三四五六七八九十]{1,4}"
_B = r"[ 　]{0,3}"
_WORDED = lazy(
    r"\n[ \t\f\r　]*+(?:[◎○●△◇■〇◯・][ 　]*)?"
    rf"(?:(?P<word>追{_B}加{_B}日{_B}程{_B}第?|日{_B}程{_B}第?|議{_B}題|第){_B}(?P<number>{_N})(?=[ 　\t、：:．\n]|$)"
    r"|(?P<kanji>[〇一二三四五六七八九十]{1,3})(?=[ 　\t．、，]++\S))"
)
_SPOKEN = lazy(r"第(?<=[\n　。、]第)(?P<number>[一二三四五六七八九])(?P<word>[には])(?=[、，])")
#: A line that begins with what a head may begin with.
_MAY_BEGIN = lazy(
    r"\n[ \t\f\r　]*+(?:[0-9０-９一二三四五六七八九十（(①-⒇㉑-㉟㊱-㊿追日議第]"
    r"|〇[〇一二三四五六七八九十．、， 　\t追日議第]|[◎○●△◇■◯・][ 　]*[追日議第])[^\n]*"
)
#: The items of an agenda.
AGENDA = frozenset({"日程", "日程第", "追加日程", "追加日程第"})
#: Numbers that stand for themselves, so that a wrapped line may begin with one by chance.
BARE = frozenset({Family.PLAIN.value, Family.DOT.value, Family.COMMA.value, Family.KANJI.value})
#: The level of numbers inside sentences (第一に), deeper than all others.
SPEECH_LEVEL = 9
#: What a number that begins a wrapped line may count.
_COUNTED = frozenset("回人名年月日時分件校箇か台本個点倍割円％歳番号条項級位次つ店棟社")
_NO_LISTS = (BlockKind.TABLE, BlockKind.FURNITURE)


class Numbered(NamedTuple):
    """An item's number at ``[start, end)`` of the corrected text.

    ``form`` is how its list counts, ``level`` how deep it lies. ``in_front`` says that it stands before the first
    speaker, in a heading, or where nobody speaks.
    """

    start: int
    end: int
    form: str
    number: int
    level: int
    in_front: bool = False


class Wrapped:
    """Whether a number begins a line only because a sentence was wrapped there; the lines are measured when asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._page: Page | None = None

    def __call__(self, head: Numbered) -> bool:
        """Whether *head* is no head at all."""
        if head.form not in BARE or (head.form != Family.PLAIN and head.in_front):
            return False
        if self._page is None:
            self._page = Page("\n" + self._text, full_width(self._text))
        return self._page.continues(head.start + 1)


def counts(text: str, head: Numbered) -> bool:
    """Whether what stands behind the number may be what it counts (``2 回以上``)."""
    return head.form == Family.PLAIN and text[head.end : head.end + 2].strip()[:1] in _COUNTED


def heads_in(text: str) -> list[Numbered]:
    """Everything in *text* that may count the items of a list, in its order."""
    found: list[Numbered] = []
    for line in _MAY_BEGIN.finditer("\n" + text):  # nearly all lines are speech, and the patterns are slow to say so
        found += _heads_of(line[0] + "\n", line.start() - 1)
    for match in _SPOKEN.finditer(text):
        found.append(
            Numbered(match.start(), match.end(), f"第…{match['word']}", to_int(match["number"]) or 0, SPEECH_LEVEL)
        )
    return sorted(found)


def _heads_of(line: str, at: int) -> Iterator[Numbered]:
    """The heads at the beginning of *line*, which stands between its line feeds at *at*."""
    for head in plain_heads(line):
        if head.family is not None and head.family is not Family.KANJI:
            yield Numbered(at + head.start, at + head.end, head.family.value, head.number, LEVEL[head.family])
    match = _WORDED.match(line)
    number = to_int(match["number"] or match["kanji"]) if match else None
    if match and number is not None:
        word = "".join(match["word"].split()) if match["word"] else Family.KANJI.value
        start = match.start("word") if match["word"] else match.start("kanji")
        yield Numbered(at + start, at + match.end(), word, number, 1)


def groups_of(blocks: Sequence[Block], heads: Sequence[Numbered]) -> list[list[Numbered]]:
    """*heads* apart by form and by where they count: among headings, in one speech, below one item of a higher list."""
    starts = [block.start for block in blocks]
    labels = [block.start for block in blocks if block.kind is BlockKind.LABEL]
    at_heads = {bisect_right(starts, head.start) - 1 for head in heads}
    headings = [b.start for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING and i not in at_heads]
    groups: dict[tuple[int, str, int, int], list[Numbered]] = defaultdict(list)
    above = [0] * (SPEECH_LEVEL + 1)  # how many items of a higher level have been passed, by level
    for head in heads:
        block = blocks[bisect_right(starts, head.start) - 1]
        if block.kind in _NO_LISTS:
            continue
        heading = bool(labels) and block.kind is BlockKind.HEADING
        speech = -1 if heading else bisect_right(labels, head.start)
        if head.level < SPEECH_LEVEL:
            for deeper in range(head.level + 1, SPEECH_LEVEL):
                above[deeper] += 1
        under = 0 if head.level == 1 or heading else bisect_right(headings, head.start)
        in_front = heading or speech == 0
        groups[speech, head.form, above[head.level], under].append(head._replace(in_front=True) if in_front else head)
    return list(groups.values())
