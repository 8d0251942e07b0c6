"""The agenda before the first speaker, and where its items come up behind it: by number, by bill, by title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.check.front import front_rows
from minutes_cli.check.once import once
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.numerals import DIGITS, to_int
from minutes_cli.model import BlockKind, Kind
from minutes_cli.parse.layout import MARKED, RULE, TIME, Row
from minutes_cli.patterns import lazy

_LONGEST_HEAD = 40
#: Every head of an agenda has one of these.
_LIST_SIGN = lazy(r"[程第題件項事]")
_LIST = lazy(
    r"(?:議事日程|(?:会議)?次第|議事|議題|(?:本日の)?会議に付(?:した|する)(?:案件|事件|事項)|"
    r"付議(?:した)?(?:事件|案件|事項)|付託事件|"
    r"審査(?:事件|案件)|協議事項|案件|議事事項|議事次第)(?:[（(][^（）()]{1,12}[）)]|第[^第]{1,4}号|[:：])?"
)
_N = rf"[{DIGITS}]{{1,4}}"
_B = r"[ 　\t]{0,3}"
_ENTRY = lazy(
    rf"(?:(?P<word>(?:追{_B}加{_B})?日{_B}程|議{_B}題){_B}第?{_B}(?P<numbered>{_N})"
    rf"|第{_B}(?P<ordinal>{_N})(?=[ 　\t、])|[（(]{_B}(?P<bracket>{_N}){_B}[）)]|(?P<circle>[①-⑳])"
    r"|(?P<plain>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})(?=[ 　\t.．、，]))[ 　\t.．、，:：]*(?P<title>\S.*)"
)
_OPENS = lazy(r"[時午].{1,12}開\s?[会會議]|開\s?[会會議].{0,6}(?:午|[0-9０-９]{1,2}時)")
_DAY = lazy(r"年.{1,8}月.{1,6}日")
_ENDS = lazy(
    r"出席|欠席|説明|議員|委員|事務局|列席|傍聴|会議録署名|場所|日時|午前|午後|本日の会議|会議に付|[○〇◎◯●■◆【〔]|"
    r"[0-9０-９]+番"
)
#: The number of a bill.
BILL = lazy(rf"(?:議案|報告|承認|認定|同意|諮問|発議|請願|陳情|意見書案|決議案|議){_B}第{_B}(?P<number>{_N}){_B}号")
#: What is taken up without a word, or not in public.
_SILENT = lazy(
    r"その他|開会|閉会|開議|散会|休憩|挨拶|あいさつ|非公開|省略|取下|撤回|書面|欠番|質疑応答|意見交換|公務|以上|なし$"
)
_TALK = lazy(r"講演|講話|紹介|視察|見学|撮影|交付")
_TAIL = lazy(
    r"(?:(?:する|した)?(?:こと)?(?:について|につき|に関する件|に関すること|の件|の一部改正|の報告))+$|[～〜~]$"
)
_CHUNK = lazy(r"[の・、。「」『』（）()\s]|及び|並びに|に関する|について|に係る|における|に対する|を求める|等")
_RANGE_END = (
    rf"[（(]?(?P<number>{_N})[）)]?(?:[^。\n]{{0,60}}?(?:から|ないし|乃至|[～〜]){_B}"
    rf"(?:(?:(?:追加)?日{_B}程|議{_B}題){_B}第?|第){_B}[（(]?(?P<last>{_N})(?![{DIGITS}号条項年月日回款]))?"
)
#: Each with a literal first character, so that long speeches are searched fast.
_CALLED = {word: lazy(rf"{word[0]}{_B}{word[1]}{_B}第?{_B}" + _RANGE_END) for word in ("日程", "議題", "案件", "次第")}
_CALLED_IN_BRACKETS = lazy(rf"[（(](?P<number>{_N})[）)](?=の|、)")
_LISTED = lazy(rf"{_B}(?:、|及び|・|と|並びに){_B}(?:日{_B}程)?{_B}第{_B}(?P<number>{_N})(?!{_B}[号条項{DIGITS}])")
#: So many lines may stand before the first item (when the meeting opens), and go on with one.
_MOST_BEFORE, _MOST_SKIPPED = 3, 8
_LONGEST_RANGE = 60
_FEWEST, _MOST_ITEMS = 2, 100
_MARKS = "◎○〇●△◇■□◆#=・＝【〔≪《 　"
_SHORTEST_CHUNK = 2


class Item(NamedTuple):
    """An item of the agenda at ``[start, end)`` of the corrected text; ``title`` is what it can be recognized by."""

    start: int
    end: int
    form: str
    number: int
    title: str
    bill: int | None


class Taken(NamedTuple):
    """Where an item comes up first behind the agenda, by each means; -1 where it does not.

    ``with_others`` says that its number is called together with others (日程第２から日程第４まで).
    """

    item: Item
    by_number: int
    by_bill: int
    by_title: int
    with_others: bool

    @property
    def at(self) -> int:
        """Where it comes up first; -1 where it does not."""
        return min((at for at in (self.by_number, self.by_bill, self.by_title) if at >= 0), default=-1)


def agenda(subject: Subject) -> list[Item]:
    """The items of the longest list that is called an agenda before the first speaker."""
    rows = front_rows(subject)
    lists = [list(_items(rows, i + 1)) for i, row in enumerate(rows) if _begins(row.text)]
    return max(lists, key=len, default=[])


def _begins(text: str) -> bool:
    """Whether a line says that an agenda follows: 議事日程, 会議に付した案件."""
    if len(text) > _LONGEST_HEAD or not _LIST_SIGN.search(text):
        return False
    return bool(_LIST.fullmatch(_bare(text))) or _titled(text)


def _bare(text: str) -> str:
    return "".join(text.split()).strip("○〇◎◯●■◆・#【】〔〕＜＞<>[]［］=＝")


def _titled(text: str) -> bool:
    """A title that ends as the head of an agenda does: 第１回あおば区議会定例会議事日程　第１号."""
    return "。" not in text and bool(re.search(r"議事日程(?:第.{1,4}号)?$", _bare(text)))


def _items(rows: list[Row], i: int) -> Iterator[Item]:
    """The items from row *i* on, up to what is none; lines that go on with an item or explain it are passed over."""
    form, skipped, last, total = "", 0, 0, 0
    for row in rows[i:]:
        entry = _ENTRY.match(row.text)
        of = _form(entry) if entry else ""
        if entry and (not form or of == form):
            number = _number_of(entry)
            if number is None or total == _MOST_ITEMS or (last and not 0 < number - last <= 3):
                return
            form, skipped, last, total = of, 0, number, total + 1
            bill = BILL.search(entry["title"])
            yield Item(row.body, row.end, form, number, _key(entry["title"]), to_int(bill["number"]) if bill else None)
        elif not form and skipped < _MOST_BEFORE and (row.kind in (TIME, RULE) or _DAY.search(row.text)):
            skipped += 1
        elif not form or row.kind in (MARKED, RULE) or _ENDS.match(row.text) or skipped >= _MOST_SKIPPED:
            return
        else:
            skipped += 1


_GROUPS = {"called": "numbered", "ordinal": "ordinal", "bracket": "bracket", "plain": "plain", "circle": "circle"}


def _number_of(entry: re.Match[str]) -> int | None:
    written = entry[_GROUPS[_form(entry)]]
    return ord(written) - ord("①") + 1 if "①" <= written <= "⑳" else to_int(written)


def _form(entry: re.Match[str]) -> str:
    return next(form for form, group in _GROUPS.items() if entry[group])


def _key(title: str) -> str:
    """The words of *title* by which it can be recognized."""
    tight = BILL.sub("", "".join(title.split()))
    tight = re.sub(r"[（(][^（）()]*[）)]?", "", tight)
    return _TAIL.sub("", tight).strip("、。：:・")


def is_silent(subject: Subject, item: Item) -> bool:
    """Whether an item may be passed without a word in the record."""
    line = subject.document.view.text[item.start : item.end]
    written_in_points = subject.document.kind is not Kind.VERBATIM
    return bool(_SILENT.search("".join(line.split())) or (written_in_points and _TALK.search(line)))


@once
def taken(subject: Subject) -> list[Taken]:
    """Where the items of the agenda come up behind it, in the order of the agenda; empty without one."""
    items = agenda(subject)
    if len(items) < _FEWEST:
        return []
    text = subject.document.view.text
    start = body_start(subject, items[-1].end)
    tight = "".join(text[start:].split())
    numbers, together = _numbers(subject, start, items)
    bills: dict[int, int] = {}
    for match in BILL.finditer(text, start):
        bills.setdefault(to_int(match["number"]) or 0, match.start())
    return [
        Taken(
            item,
            numbers.get(item.number, -1),
            bills.get(item.bill, -1) if item.bill is not None else -1,
            _where(text, start, item.title) if item.title in tight else -1,
            item.number in together,
        )
        for item in items
    ]


def _where(text: str, start: int, words: str) -> int:
    """Where *words* stand first from *start* on, whatever blanks lie between them."""
    found = re.compile(r"\s*".join(map(re.escape, words))).search(text, start)
    return found.start() if found else -1


def body_start(subject: Subject, agenda_end: int) -> int:
    """Where the meeting begins behind the agenda: what else is listed before it is no mention of an item."""
    opening = [row.stop for row in front_rows(subject) if row.start >= agenda_end and _OPENS.search(row.text)]
    if opening:
        return opening[-1]
    for block in subject.document.blocks:
        if block.start >= agenda_end and block.kind not in (BlockKind.FRONT, BlockKind.FURNITURE):
            return block.start
    return agenda_end


def _numbers(subject: Subject, start: int, items: list[Item]) -> tuple[dict[int, int], set[int]]:
    """Where the numbers of items are called first from *start* on, and those that are called with others."""
    text = subject.document.view.text
    found: dict[int, int] = {}
    together: set[int] = set()
    matches: list[re.Match[str]] = []
    for word, pattern in _CALLED.items():
        if not any(
            re.match(rf"{word}[{DIGITS}（(]", item.title) for item in items
        ):  # else 議題１ is a title, not item 1
            matches += pattern.finditer(text, start)
    if items[0].form == "bracket":
        matches += _CALLED_IN_BRACKETS.finditer(text, start)
    for match in sorted(matches, key=lambda match: match.start()):
        first = to_int(match["number"])
        last = to_int(match["last"]) if match.re.groups > 1 and match["last"] else first
        if first is None or last is None:
            continue
        more = _LISTED.match(text, match.end())
        while more:
            another = to_int(more["number"]) or 0
            together |= {first, another}
            found.setdefault(another, match.start())
            more = _LISTED.match(text, more.end())
        called = range(first, min(last, first + _LONGEST_RANGE) + 1)
        together |= set(called) if len(called) > 1 else set()
        for number in called:
            found.setdefault(number, match.start())
    for at, heading in headings(subject, start):
        entry = _ENTRY.match(heading)
        if entry and (of_heading := _number_of(entry)) is not None:
            found.setdefault(of_heading, at)
    return found, together


def headings(subject: Subject, start: int) -> list[tuple[int, str]]:
    """Where the headings behind *start* stand in the corrected text, and their words without marks and blanks."""
    text = subject.document.view.text
    return [
        (block.start, text[block.start : block.end].strip().lstrip(_MARKS))
        for block in subject.document.blocks
        if block.kind is BlockKind.HEADING and block.start >= start
    ]


def chunks(title: str) -> list[str]:
    """The words of two characters and more that *title* is made of."""
    return [chunk for chunk in _CHUNK.split(title) if len(chunk) >= _SHORTEST_CHUNK]
