"""M507: items that come up in another order than on the agenda. Those that never come up belong to M506."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from minutes_cli.check.agenda import BILL, Taken, body_start, headings, is_silent, taken
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.numerals import to_int
from minutes_cli.patterns import lazy

#: Who changes the order says so.
_CHANGED = lazy(
    r"順序|順番|繰(?:り)?上げ|繰(?:り)?下げ|先議|日程.{0,6}変更|先に(?:審議|審査|議題|お諮)|入れ替え|一括|追加日程"
)
#: So near before the chair's words (characters) the heading of an item stands; so much of a line is pointed at.
_HEADING_BEFORE, _LONGEST = 300, 40
#: How many characters behind its number tell which item is called; the shortest title that tells it.
_OPENING_WORDS, _SHORTEST_TITLE = 200, 3


def _find(subject: Subject) -> Iterator[Flaw]:
    items = taken(subject)
    if len(items) < 2 or _CHANGED.search(subject.document.view.text, items[-1].item.end):
        return
    items = [one for one in items if not is_silent(subject, one.item)]
    called = [(one, one.by_number) for one in items if one.by_number >= 0]
    for places in (called, list(_under_headings(subject, items))):
        out_of_order = list(_out_of_order(places))
        yield from (_flaw(subject, one, at, before) for one, at, before in out_of_order)
        if out_of_order:
            return
    for one, other in _exchanged(subject, [one for one in items if one.by_number >= 0]):
        yield _flaw(subject, one, one.by_number, other)


def _exchanged(subject: Subject, items: Sequence[Taken]) -> Iterator[tuple[Taken, Taken]]:
    """Items that are called by each other's numbers: behind each one's number stand the words of the other."""
    text = subject.document.view.text
    ends = sorted(one.by_number for one in items)
    said: list[str] = []
    for one in items:
        at = bisect_right(ends, one.by_number)
        stop = min(ends[at] if at < len(ends) else len(text), one.by_number + _OPENING_WORDS)
        said.append("".join(text[one.by_number : stop].split()))
    for i, (one, words) in enumerate(zip(items, said, strict=True)):
        if _names(one, words):
            continue
        for other, others_words in zip(items[:i], said[:i], strict=True):
            if _names(other, words) and _names(one, others_words) and not _names(other, others_words):
                yield one, other


def _names(one: Taken, words: str) -> bool:
    """Whether *words* hold the title of an item or the number of its bill."""
    if len(one.item.title) >= _SHORTEST_TITLE and one.item.title in words:
        return True
    return one.item.bill is not None and any(to_int(m["number"]) == one.item.bill for m in BILL.finditer(words))


def _flaw(subject: Subject, one: Taken, at: int, before: Taken) -> Flaw:
    """Points at the line where *one* begins: its heading, where one stands right before the chair's words."""
    text = subject.document.view.text
    near = max(0, at - _HEADING_BEFORE)
    first = min(place for place in (at, one.by_number, one.by_bill, one.by_title) if near <= place <= at)
    line = subject.first_line(subject.span(text.rfind("\n", 0, first) + 1, len(text)))
    name, other = (" ".join(text[of.item.start : of.item.end].split())[:20] for of in (one, before))
    return Flaw(
        line._replace(end=min(line.end, line.start + _LONGEST)),
        f"{name} comes up behind {other}, which stands behind it on the agenda; correct the order, or the numbers",
    )


def _under_headings(subject: Subject, items: Sequence[Taken]) -> Iterator[tuple[Taken, int]]:
    """The items with the first heading behind the agenda that names them, where it names no other."""
    if not items:
        return
    since = body_start(subject, items[-1].item.end)
    named = [(at, "".join(heading.split())) for at, heading in headings(subject, since)]
    titles = [one.item.title for one in items]
    for one in items:
        title = one.item.title
        if len(title) < 2 or sum(title in other for other in titles) > 1:
            continue
        at = next((start for start, heading in named if title in heading), -1)
        if at >= 0:
            yield one, at


def _out_of_order(places: Sequence[tuple[Taken, int]]) -> Iterator[tuple[Taken, int, Taken]]:
    """The fewest items without which the others come up in order, each with one that comes up before it."""
    kept = set(_longest_rising([at for _, at in places]))
    for i, (one, at) in enumerate(places):
        if i in kept:
            continue
        overtakes = next(((other, place) for other, place in places[i + 1 :] if place < at), None)
        if overtakes is not None:
            yield one, at, overtakes[0]
            continue
        # It comes up too early: a reader stumbles over the item that it has overtaken.
        late = next(((other, place) for other, place in places[:i] if place > at), None)
        if late is not None:
            yield late[0], late[1], one


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The indices of a longest subsequence that never falls."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for i, number in enumerate(numbers):
        at = bisect_right(tails, number)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [i]
    found = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]


_RECORD = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
議事日程
日程第1　会期の決定
日程第2　諸般の報告
日程第3　予算の説明
日程第4　一般質問
{}
○議長（山田太郎君）　本日はこれで散会いたします。
"""


def _called(*numbers: str, first: str = "開会します。") -> str:
    lines = [f"○議長（山田太郎君）　{first}"]
    for number in numbers:
        lines += [f"○議長（山田太郎君）　日程第{number}を行います。", "○1番（佐藤花子君）　異議ありません。"]
    return _RECORD.format("\n".join(lines))


RULE = Rule(
    find=_find,
    explanation=(
        "The items of the agenda come up in another order than the agenda lists them, and nobody says that the "
        "order is changed: parts of the record changed places, or a number is wrong. Where the record speaks of "
        "changing the order, of bringing an item forward or of taking items up together, nothing is said."
    ),
    must=(
        Example(_called("1", "3", "2", "4"), (13,)),
        Example(_called("4", "1", "2", "3"), (11,)),
    ),
    must_not=(
        Example(_called("1", "2", "3", "4")),
        Example(_called("4", "1", "2", "3", first="日程の順序を変更し、一般質問から始めます。")),
        Example(_called("2", "3", "4")),
    ),
)
