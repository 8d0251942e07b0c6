"""M304: one speaker twice in a row with nothing in between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from minutes_cli.check.foreign_words import calls, foreign_words, leaders
from minutes_cli.check.label_style import Label, style_of
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.stray_labels import strays
from minutes_cli.check.subject import Subject
from minutes_cli.model import Block, BlockKind, Turn
from minutes_cli.parse.guards import DITTO
from minutes_cli.patterns import lazy

#: More repeats than these are how the record is printed: two, or three in a hundred turns.
_FEW, _SHARE = 2, 0.03
_SPOKEN = frozenset((BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.LABEL))
_RULES = "―─－-—…‥*＊〕）)］"
#: So long a speech is not given twice, whatever stands in between.
_COPIED = 30
_SENTENCE_ENDS = "。？！?!」』"
#: With these words a chair turns to something new, which many records print under a label of its own.
_TURNS_TO = lazy(
    r"日程|以上|これ|ただいま|次|続|引き続き|ここで|休憩|この際|再開|速記|御?異議|ご異議|起立|挙手|質疑|討論|質問|賛成|反対|採決|表決|投票|開票|"
    r"ほか|他に|なければ|諸般|暫時|では|それでは|よって|議案|議長|副議長|本|会議|お諮り|右|全会|全員|多数|過半数|総員|なお|つきまして|まず|動議|"
    r"報告|議題|会期|議場|ありがとう|追加|請願|陳情|発議|選挙|これより|議事|午前|午後|定刻|皆|委員|（|〔|「"
)
_OTHER_LAYOUTS = frozenset(("trailing-label", "question-answer"))


def _find(subject: Subject) -> Iterator[Flaw]:
    document, style = subject.document, style_of(subject)
    if style is None:
        return
    labels = {label.turn: label for label in style.labels}
    repeats = _repeats(subject, labels)
    copies = [number for number in repeats if _says_the_same(document.turns, number)]
    if len(repeats) - len(copies) > max(_FEW, _SHARE * len(document.turns)):
        repeats = copies
    for number in repeats:
        label = labels[number]
        said = "says the same again" if _says_the_same(document.turns, number) else "speaks twice in a row"
        yield Flaw(
            subject.span(label.start, label.end),
            f"{label.text} {said} with nothing in between; put in what is missing, or take the label out",
        )


def _repeats(subject: Subject, labels: dict[int, Label]) -> list[int]:
    """The turns (from 0) that go on with the speaker before."""
    document, turns = subject.document, subject.document.turns
    lost = [stray.start for stray in strays(subject)]
    starts: list[int] = []
    found = []
    for number in range(1, len(turns)):
        turn, before = turns[number], turns[number - 1]
        if turn.speaker is None or turn.speaker != before.speaker or number not in labels or turn.label in DITTO:
            continue
        if not turn.paragraphs or not before.paragraphs or number - 1 in foreign_words(subject):
            continue
        starts = starts or [block.start for block in document.blocks]
        end, start = document.spoken[number - 1][-1], document.spoken[number][0]
        here = bisect_left(lost, document.spoken[number - 1][0])
        if here < len(lost) and lost[here] < start:
            continue
        same = _says_the_same(turns, number)
        beside = turn.section == before.section and _nothing_between(document.blocks, starts, end, start)
        if (same and len(turn.text) >= _COPIED) or (beside and (same or _strange(subject, number))):
            found.append(number)
    return found


def _strange(subject: Subject, number: int) -> bool:
    """Whether one person speaks twice, and not as records print chairs again and again."""
    turn, before = subject.document.turns[number], subject.document.turns[number - 1]
    if subject.document.layout.convention in _OTHER_LAYOUTS or before.paragraphs[-1][-1] in _RULES:
        return False
    if turn.speaker not in leaders(subject):
        person = subject.people.get(turn.speaker or "")
        return person is not None and person.name is not None
    if before.paragraphs[-1][-1] not in _SENTENCE_ENDS:
        return False
    return calls(before.paragraphs[-1]) or not _TURNS_TO.match(turn.paragraphs[0])


def _says_the_same(turns: tuple[Turn, ...], number: int) -> bool:
    turn, before = turns[number], turns[number - 1]
    return turn.paragraphs == before.paragraphs and sum(map(len, turn.paragraphs)) >= 10


def _nothing_between(blocks: tuple[Block, ...], starts: list[int], end: int, start: int) -> bool:
    low, high = max(0, bisect_left(starts, end) - 1), bisect_left(starts, start)
    return all(block.kind in _SPOKEN for block in blocks[low:high])


_RECORD = """令和6年第1回あおば町議会定例会会議録
令和6年3月11日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
　一般質問を行います。1番佐藤花子君。
○1番（佐藤花子君）　町の図書館について伺います。
　本を借りる人は増えていますか。
{}
○議長（山田太郎君）　以上で一般質問を終わります。
　　　　午前11時 休憩
○議長（山田太郎君）　休憩前に引き続き会議を開きます。
○議長（山田太郎君）　次に、報告第1号を行います。
○議長（山田太郎君）　本日はこれで散会いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "The same person has two labels in a row, with no event, heading or other speaker between them: a speech "
        "in between is lost, a label is wrong, or one was put in where the speech only goes on. Put in what is "
        "missing, or take the label out. Chairs who turn to something new under a label of their own are left "
        "alone; so are labels that several people share (委員), and records that print a label before every "
        "paragraph."
    ),
    must=(
        Example(_RECORD.format("○1番（佐藤花子君）　新しい本も足りません。"), (7,)),
        Example(_RECORD.format("○議長（山田太郎君）　町長。\n○議長（山田太郎君）　再質問はありませんか。"), (8,)),
        Example(
            _RECORD.format("○議長（山田太郎君）　町長。\n" + "○町長（海野一郎君）　一割増えました。\n" * 2),
            (9,),
        ),
    ),
    must_not=(
        Example(_RECORD.format("○議長（山田太郎君）　町長。\n○町長（海野一郎君）　一割増えました。")),
        Example(_RECORD.format("　　　〔「よし」と呼ぶ者あり〕\n○1番（佐藤花子君）　新しい本も足りません。")),
        Example(
            _RECORD.format("○議長（山田太郎君）　町長。\n○町長（海野一郎君）　一割増えました。").replace(
                "○1番（佐藤花子君）　", "○1番（佐藤花子君）\n　"
            )
        ),
    ),
)
