"""M303: a speech far longer than the others of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from minutes_cli.check.foreign_words import calls, foreign_words, leaders
from minutes_cli.check.label_style import style_of
from minutes_cli.check.model import Example, Flaw, Options, Rule
from minutes_cli.check.stray_labels import strays
from minutes_cli.check.subject import Subject
from minutes_cli.model import Span, Turn
from minutes_cli.patterns import lazy

#: A chair's speech of so many characters in sentences, and so many times longer than the chair's median, is overlong.
_CHAIR_LEAST, _CHAIR_TIMES = 3000, 30
#: Repeated sentences of so many characters make a speech that was pasted in more than once.
_SENTENCE, _REPEATED, _REPEATED_SHARE = 12, 80, 0.4
#: A stretch of so many characters that nobody would say so, in a speech so many times longer than the record's median.
_REPORT_LEAST, _REPORT_TIMES = 5_000, 20
_POLITE = lazy(
    r"(?:ます|です|ました|ません|でした|でしょう|ましょう|ください|ございます)(?:か|が|ね|よ|けれども?|ので|から)?[）」』]*$"
)
#: So many calls or formulas of the chair inside the speech of another: several people speak in it.
_FORMULAS = 2
_FORMULA = lazy(
    r"(?:(?:御|ご)?異議なし|異議(?:が)?ないもの)と認め|(?:これで|以上で)質疑を(?:終結|終わり|打ち切)|質疑なしと認め|を議題と(?:いた)?します。$|これより採決|"
    r"(?:起立|挙手)(?:多数|全員|総員|少数)(?:です|であり|と認め)|暫時休憩(?:いた)?します|(?:君|議員|さん)の(?:一般)?質問を終わります"
)


def _find(subject: Subject) -> Iterator[Flaw]:
    turns = subject.document.turns
    sizes = [sum(map(len, turn.paragraphs)) for turn in turns]
    limit = subject.options.longest_turn
    if limit is not None:
        for number, size in enumerate(sizes):
            if size > limit:
                yield Flaw(
                    _place(subject, number), f"{_label(turns[number])} says {size:,} characters; the limit is {limit:,}"
                )
        return
    leading, usual = leaders(subject), median(sizes) if sizes else 0
    of_chairs = _usual_of_chairs(turns, sizes, leading)
    explained = _explained(subject)
    for number, (turn, size) in enumerate(zip(turns, sizes, strict=True)):
        if size <= usual or number in explained:
            continue
        why = _pasted(turn, size)
        if turn.speaker in leading:
            why = why or _long_for_a_chair(turn, size, of_chairs)
        elif leading:
            why = why or _several(turn)
        why = why or _report(turn, size, usual)
        if why:
            yield Flaw(_place(subject, number), f"{_label(turn)} {why}")


def _pasted(turn: Turn, size: int) -> str:
    paragraphs = turn.paragraphs
    if size < 2 * _REPEATED or (len(paragraphs) > 2 and len(set(paragraphs)) == len(paragraphs)):
        return ""
    seen: set[str] = set()
    again = 0
    for paragraph in paragraphs:
        for sentence in paragraph.split("。"):
            if len(sentence) >= _SENTENCE:
                again += len(sentence) * (sentence in seen)
                seen.add(sentence)
    if again < max(_REPEATED, _REPEATED_SHARE * size):
        return ""
    return f"says {again:,} of {size:,} characters a second time; take out what was pasted in twice"


def _report(turn: Turn, size: int, usual: float) -> str:
    """A speech that is polite, as speech is, but for a long stretch: a paper that was pasted in."""
    if size < max(_REPORT_LEAST, _REPORT_TIMES * usual):
        return ""
    polite = [0, 0]  # characters in polite sentences, and the longest stretch in others
    stretch = 0
    for sentence in (one for paragraph in turn.paragraphs for one in paragraph.split("。") if one):
        if _POLITE.search(sentence):
            polite[0] += len(sentence)
            stretch = 0
        else:
            stretch += len(sentence)
            polite[1] = max(polite[1], stretch)
    if not polite[0] or polite[1] < _REPORT_LEAST:
        return ""
    return f"says {size:,} characters, {polite[1]:,} of them in a row as nobody speaks; take out what was pasted in"


def _long_for_a_chair(turn: Turn, size: int, usual: float) -> str:
    if size < _CHAIR_LEAST:
        return ""
    said = sum(len(paragraph) for paragraph in turn.paragraphs if "。" in paragraph)  # no lists of names
    if said < max(_CHAIR_LEAST, _CHAIR_TIMES * usual):
        return ""
    times = said // max(1, int(usual))
    return f"says {said:,} characters, {times:,} times as much as the chair otherwise; look for lost labels"


def _several(turn: Turn) -> str:
    called = [p for p in turn.paragraphs[1:-1] if len(p) < 30 and calls(p)]
    if not called or len(called) + sum(_FORMULA.search(p) is not None for p in turn.paragraphs) < _FORMULAS:
        return ""
    return f"says what only a chair says ({called[0][:15]}); the labels of several speakers are missing"


def _usual_of_chairs(turns: tuple[Turn, ...], sizes: list[int], leading: frozenset[str]) -> float:
    return median([size for turn, size in zip(turns, sizes, strict=True) if turn.speaker in leading] or [0])


def _explained(subject: Subject) -> set[int]:
    """The turns (from 0) in which a label is known to be lost."""
    found = set(foreign_words(subject))
    lost = [stray.start for stray in strays(subject)]
    at = 0
    for number, places in enumerate(subject.document.spoken):
        while at < len(lost) and places and lost[at] < places[-1]:
            if lost[at] >= places[0] - 1:
                found.add(number)
            at += 1
    return found


def _label(turn: Turn) -> str:
    return turn.label or "somebody"


def _place(subject: Subject, number: int) -> Span:
    """The label of a turn, else its first line."""
    style = style_of(subject)
    label = next((one for one in style.labels if one.turn == number), None) if style is not None else None
    if label is not None:
        return subject.span(label.start, label.end)
    return subject.first_line(subject.document.turns[number].span)


_RECORD = """令和6年第1回あおば町議会定例会会議録
令和6年3月11日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
　一般質問を行います。1番佐藤花子君。
○1番（佐藤花子君）　町の図書館について伺います。
○議長（山田太郎君）　町長。
○町長（海野一郎君）　お答えいたします。
{}○議長（山田太郎君）　以上で一般質問を終わります。
○1番（佐藤花子君）　ありがとうございました。
○議長（山田太郎君）　本日はこれで散会いたします。
"""
_SAID = (
    "　本を借りる人は昨年より一割増え、読み聞かせの会には毎月四十人が来ています。\n　新しい本は春と秋に買い足します。\n"
)
_MANY = "".join(
    f"　{n}丁目の道は、{n}月に直し、街灯を{n + 2}基、植木を{n * 3}本、それぞれ増やす考えであります。\n"
    for n in range(1, 13)
)

RULE = Rule(
    find=_find,
    explanation=(
        "A speech is far longer than the others of its kind for a reason that can be seen: sentences come a second "
        "time, as when a page is pasted in twice; a chair, who otherwise speaks briefly, goes on for thousands of "
        "characters; or a member says what only a chair says, as when several speeches run together because their "
        "labels are lost. Look for the labels or take the repetition out. A long speech alone is no fault: mayors "
        "open a year with thirty thousand characters. Who sets longest-turn is told of every speech over it "
        "instead."
    ),
    must=(
        Example(_RECORD.format(_SAID * 4), (7,)),
        Example(
            _RECORD.format(
                _SAID
                + "　1番佐藤花子君。\n　分かりました。駐車場は足りますか。\n　町長。\n"
                + "　二十台分を増やします。\n　これで質疑を終わります。\n"
            ),
            (7,),
        ),
        Example(_RECORD.format(_SAID), (7,), options=Options(longest_turn=60)),
    ),
    must_not=(
        Example(_RECORD.format(_SAID)),
        Example(_RECORD.format(_MANY)),
        Example(_RECORD.format("　町長として、町の皆さんに約束します。\n" + _SAID + "　約束を守ります。\n")),
        Example(_RECORD.format(_SAID), options=Options(longest_turn=5000)),
    ),
)
