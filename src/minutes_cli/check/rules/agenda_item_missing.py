"""M506: an item of the agenda that never comes up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_cli.check.agenda import Taken, chunks, is_silent, taken
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Kind
from minutes_cli.patterns import lazy

#: So many of the other items, and this share of them, must come up by one means before another is missed.
_OTHERS, _SHARE = 2, 2 / 3
#: A title of whose pairs of characters fewer stand behind the agenda is not spoken of in other words either.
_FEW_PAIRS = 0.5
_LONG_WORD = 4
_LAST_WORDS = 400
_CLOSES = lazy(r"散[会會]|閉[会會]|閉議|閉じ(?:ます|る|た)|終了(?:します|いたします)|(?:これで|会議を|以上で)終わ")
_PUT_OFF = lazy(r"延会|延會|この程度|次回に|継続")


def _find(subject: Subject) -> Iterator[Flaw]:
    items = taken(subject)
    if len(items) <= _OTHERS:
        return
    text = subject.document.view.text
    body = text[items[-1].item.end :]
    for i, one in enumerate(items[: _last(subject, items)]):
        if one.by_bill >= 0 or one.by_title >= 0 or one.with_others or is_silent(subject, one.item):
            continue
        others = [o for j, o in enumerate(items) if j != i and (o.at >= 0 or not is_silent(subject, o.item))]
        numbered = _usual([other.by_number >= 0 for other in others])
        titled = _usual([other.by_title >= 0 for other in others])
        if one.by_number >= 0:  # another item has its number
            missed = titled and not _mentioned(one.item.title, body) and _pairs(one.item.title, body) < _FEW_PAIRS
        else:
            missed = numbered or (titled and not _mentioned(one.item.title, body))
        if missed:
            line = " ".join(text[one.item.start : one.item.end].split())
            yield Flaw(
                subject.span(one.item.start, one.item.end),
                f"{line[:24]}{'…' if len(line) > 24 else ''} stands on the "
                f"agenda and "
                f"never "
                f"comes up; "
                f"put in "
                f"what "
                f"is missing, "
                "or correct the agenda",
            )


def _last(subject: Subject, items: Sequence[Taken]) -> int:
    """How many of the items the record had the time for: one that breaks off ends with the last that comes up."""
    end = subject.document.view.text[-_LAST_WORDS:]
    whole = subject.document.kind is not Kind.VERBATIM or bool(_CLOSES.search(end))
    if whole and not _PUT_OFF.search(end):
        return len(items)
    return max((i + 1 for i, one in enumerate(items) if one.at >= 0), default=0)


def _usual(found: Sequence[bool]) -> bool:
    return sum(found) >= _OTHERS and sum(found) >= _SHARE * len(found)


def _mentioned(title: str, body: str) -> bool:
    """Whether the words of *title* stand in *body*, if not together: chairs shorten titles."""
    words = chunks(title)
    long = [word for word in words if len(word) >= _LONG_WORD]
    return any(word in body for word in long) if long else all(word in body for word in words)


def _pairs(title: str, body: str) -> float:
    """The share of the pairs of characters of *title* that stand in *body*."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return sum(pair in body for pair in pairs) / len(pairs) if pairs else 1.0


_RECORD = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
議事日程
日程第1　会期の決定
日程第2　諸般の報告
日程第3　議案第5号　あおば町公園条例の一部改正について
日程第4　一般質問
○議長（山田太郎君）　日程第1、会期の決定を議題とします。
{}
○議長（山田太郎君）　日程第4、一般質問を行います。
○1番（佐藤花子君）　質問いたします。
○議長（山田太郎君）　本日はこれで散会いたします。
"""
_BOTH = (
    "○議長（山田太郎君）　日程第2、諸般の報告を行います。\n○議長（山田太郎君）　{}を議題とします。\n"
    "○町長（田中次郎君）　説明いたします。"
)

RULE = Rule(
    find=_find,
    explanation=(
        "The agenda at the beginning lists an item that comes up neither by its number, nor by the number of its "
        "bill, nor by its title, while at least two thirds of the other items do: a part of the record is lost, or "
        "the agenda is not that of this meeting. Items taken up together (日程第2から日程第4まで), その他 and the "
        "like, items that are not public, and the rest of an agenda in a record that breaks off are left alone."
    ),
    must=(
        Example(_RECORD.format("○議長（山田太郎君）　日程第2、諸般の報告を行います。"), (6,)),
        Example(_RECORD.format("○議長（山田太郎君）　日程第3、議案第5号を議題とします。"), (5,)),
        Example(
            "第2回あおば公園会議　議事録\n令和6年3月4日\n次第\n1　開会\n2　前回の会議の結果\n3　遊具の更新計画\n"
            "4　来年度の予算\n5　閉会\n\n○会長　前回の会議の結果から始めます。\n○委員　異議ありません。\n"
            "○会長　来年度の予算に移ります。\n○委員　賛成です。\n○会長　以上で閉会とします。\n",
            (6,),
        ),
    ),
    must_not=(
        Example(_RECORD.format(_BOTH.format("日程第3、議案第5号"))),
        Example(_RECORD.format(_BOTH.format("議案第5号"))),
        Example(_RECORD.format("○議長（山田太郎君）　日程第2から日程第3までを一括して議題とします。")),
        Example(
            "第2回あおば公園会議　議事録\n令和6年3月4日\n次第\n1　前回の結果\n2　来年度の予算\n"
            "3　花壇の手入れ（非公開）\n4　その他\n\n○会長　前回の結果から始めます。\n○委員　異議ありません。\n"
            "○会長　来年度の予算に移ります。\n○会長　以上で終わります。\n"
        ),
    ),
)
