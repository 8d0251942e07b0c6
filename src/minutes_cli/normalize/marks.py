"""Punctuation by the majority of the record: a mark that OCR has read as another one, or as two.

The least trustworthy thing on a scanned page is which of ``，``, ``、``, ``。`` and ``.`` a speck of ink is. What a
record uses throughout tells: see :func:`habit`. Typed Japanese hardly ever has a half-width full stop between two
Japanese characters, nor two different marks side by side, so these places are read anew even where the rest is clean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.patterns import lazy

RULE = "ocr-mark"

#: A habit counts when its comma stands at least so often in the record, and so many times as often as all others.
_LEAST = 10
_MAJORITY = 4
#: Without other signs of OCR it takes this much more: people mix commas, too.
_MAJORITY_ALONE = 30
#: A full stop must stand at least so often.
_LEAST_STOPS = 5

_JAPANESE = "ぁ-ゖァ-ヺー一-鿿㐀-䶿々〆"
_MARKS = ",.、。，．"
_MARK_SET = frozenset(_MARKS)
_RUN = lazy(f"[{_MARKS}]+")
# The literal comes first in these patterns: that lets ``re`` skip to it, ten times as fast as a character class.
_HALF_COMMA = lazy(rf",(?<=[{_JAPANESE}],)(?=[ 　]?\r?\n?[{_JAPANESE}])")
_DOUBLED = {
    mark: lazy(rf"{re.escape(mark)}(?=[{_MARKS.replace(mark, '')}])(?<=[{_JAPANESE}」』）)].)") for mark in _MARKS
}
_TWICE = "。。"
_LONE = {mark: lazy(rf"{re.escape(mark)}(?![{_MARKS}])(?<![{_MARKS}].)") for mark in _MARKS}
_FOREIGN_STOP = lazy(rf"\.(?<=[{_JAPANESE}]\.)(?=[ 　]?\r?\n?[ 　]?[{_JAPANESE}A-Z])")
_NUMBER = lazy(r",\.(?<=[0-9],\.)(?=[0-9]{3}(?![0-9]))")

#: What shows in passing that a mark may be wrong: another mark beside it, Japanese right before a foreign one. The rest
#: of the method, with its patterns and its counts, is only for records that hold such a place. 、 needs no look of its
#: own: of two different marks one is another.
_ODD = {
    mark: lazy(
        rf"{re.escape(mark)}(?:(?=[{_MARKS}])|(?<=[{_MARKS}].)"
        + (")" if mark == "。" else r"|(?<=[^\x00-\x7f０-９].))")
    )
    for mark in _MARKS
    if mark != "、"
}

_TEXT_BEFORE = lazy(rf"[{_JAPANESE}」』）)]\Z")
_LETTER_BEFORE = lazy(rf"[{_JAPANESE}]\Z")
_LETTER_BEHIND = lazy(rf"[ 　]?\r?\n?[ 　]?[{_JAPANESE}A-Z]")
_TEXT_BEHIND = lazy(rf"[ 　]*(?:[\r\n]|\Z|[{_JAPANESE}「『（(〇○0-9０-９A-Za-zＡ-Ｚａ-ｚ])")
#: One or two characters at the head of a line: ``ア.`` or ``別紙.``, not the end of a clause.
_HEAD = lazy(rf"(?:^|\n)[ 　・]*(?:[{_JAPANESE}]|[ァ-ヺー一-鿿]{{2}})\Z")

#: Polite forms: nearly always the end of a sentence.
_ENDS = lazy(r"(?:ます|です|ま[しじ]た|でした|ません|ましょう|ください)\Z")
#: Plain forms and particles with which a sentence may end as well as go on.
_MAY_END = lazy(r"[うくすつぬむるただいかねよんなぞ]\Z")
#: Forms with which a clause goes on.
_GOES_ON = lazy(
    r"(?:[はもばや]|ので|から|ながら|ため|など|つつ|[てで]おり|であり|により|として|まして|について|ことで|ますが|ですが|けれども|とともに)\Z"
)
#: Forms with which a sentence all but never ends: each stands before a comma hundreds of times as often.
_NEVER_ENDS = lazy(
    r"(?:つつ|であり|ており|により|とともに|を行い|に対し|をはじめ|つまり|例えば"
    r"|(?:^|[。\n　])(?:また|そして|しかし|一方|一方で|そこで|次に|さらに|なお|ただし|このため|そのため"
    r"|私は|県は|今後は))\Z"
)
#: So many characters before a mark are looked at.
_REACH = 12


class Habit(NamedTuple):
    """The comma that a record uses (``、``, ``，`` or ``,``), how often it stands there, and whether that is sure.

    ``sure`` is false where the other commas beside it may have been typed.
    """

    comma: str
    times: int
    sure: bool

    @property
    def western(self) -> bool:
        """Whether the comma is ``，`` or ``,``, the way of official documents until 2022."""
        return self.comma != "、"


def habit(text: str, present: frozenset[str] = frozenset(_MARKS)) -> Habit | None:
    """What marks *text* uses between Japanese characters; None without a clear majority or with another full stop.

    Marks that are not among *present* need not be looked for.
    """
    counts = {mark: text.count(mark) for mark in "、，。．" if mark in present}
    stops = counts.get("。", 0)
    if stops < _LEAST_STOPS or stops < counts.get("．", 0):
        return None
    commas = {mark: counts.get(mark, 0) for mark in "、，"}
    commas[","] = sum(1 for _ in _HALF_COMMA.finditer(text)) if "," in present else 0
    comma = max(commas, key=lambda mark: commas[mark])
    times, others = commas[comma], sum(commas.values()) - commas[comma]
    if times < _LEAST or times < _MAJORITY * others:
        return None
    return Habit(comma, times, comma == "," and (times >= _MAJORITY_ALONE * others or _smudged(text)))


def _smudged(text: str) -> bool:
    """Whether marks stand in *text* as nobody types them."""
    return any(pattern.search(text) for pattern in (_FOREIGN_STOP, *_DOUBLED.values()))


def find(text: str, settings: Settings) -> Iterator[Correction]:
    """Marks that are doubled or foreign to the habit of the record, in the order of the text."""
    present = frozenset(mark for mark in _MARKS if mark in text)
    if not _looks_wrong(text, present):
        return
    habitual = habit(text, present)
    if habitual is not None:
        parts = (_numbers(text, present), _doubled(text, present, habitual), _lone(text, present, habitual))
        yield from sorted(chain.from_iterable(parts))


def _looks_wrong(text: str, present: frozenset[str]) -> bool:
    """Whether any mark of *text* may be wrong: where this says no, there is no correction, whatever the habit."""
    commas = text.count("，") if "，" in present else 0
    if commas >= _LEAST and commas >= _MAJORITY * text.count("、"):
        return True  # the comma of the record, and then 、 and 。 may be foreign
    return any(pattern.search(text) for mark, pattern in _ODD.items() if mark in present)


def _numbers(text: str, present: frozenset[str]) -> Iterator[Correction]:
    if {",", "."} <= present:
        for match in _NUMBER.finditer(text):
            reason = "a comma and a full stop inside a number, before three digits"
            yield Correction(match.start() + 1, match.end(), "", RULE, Safety.SAFE, 0.98, reason)


def _doubled(text: str, present: frozenset[str], habitual: Habit) -> Iterator[Correction]:
    for mark in present:
        for match in _DOUBLED[mark].finditer(text):
            start = match.start()
            run = _RUN.match(text, start)
            if run is None or len(run.group()) > 3 or not _TEXT_BEHIND.match(text, run.end()):
                continue
            after, safety, confidence, why = _one_of(run.group(), text[max(0, start - _REACH) : start], habitual)
            reason = f"{run.group()} is one mark read as {len(run.group())}: {why}"
            yield Correction(start, run.end(), after, RULE, safety, confidence, reason)
    at = text.find(_TWICE)
    while at >= 0:  # a slip of the keyboard as often as of OCR
        end = at + len(_TWICE)
        if text[end : end + 1] not in _MARK_SET and text[at - 1 : at] not in _MARK_SET:
            yield Correction(end - 1, end, "", RULE, Safety.ASK, 0.8, "the same mark twice")
        at = text.find(_TWICE, end)


def _one_of(run: str, before: str, habitual: Habit) -> tuple[str, Safety, float, str]:
    """Which one mark stands for several, how safely, and why."""
    comma, kinds = habitual.comma, set(run)
    ends = bool(_ENDS.search(before))
    usual = f"the comma of the record is {comma} ({habitual.times} times)"
    if habitual.western:
        if ends:
            return "。", Safety.ASK, 0.6, "the sentence seems to end here"
        if kinds & {",", "，", "、"} or _GOES_ON.search(before):
            return comma, Safety.SAFE, 0.99, f"the sentence goes on, and {usual}"
        return comma, Safety.ASK, 0.7, usual
    if "。" not in kinds:
        return comma, Safety.ASK if ends else Safety.SAFE, 0.6 if ends else 0.97, usual
    if _GOES_ON.search(before):
        return comma, Safety.ASK, 0.7, f"the clause seems to go on, and {usual}"
    sure = _MAY_END.search(before) or run[0] == "。"
    return "。", Safety.SAFE if sure else Safety.ASK, 0.97 if sure else 0.7, "the sentence may end here"


def _lone(text: str, present: frozenset[str], habitual: Habit) -> Iterator[Correction]:
    """Marks by themselves that do not belong to the habit."""
    foreign = frozenset(".．、。" if habitual.western else ".．,，")
    for mark in foreign & present:
        for match in _LONE[mark].finditer(text):
            start = match.start()
            before = text[max(0, start - _REACH) : start]
            western = mark not in "、。"
            if not (_LETTER_BEFORE if western else _TEXT_BEFORE).search(before) or _HEAD.search(before):
                continue
            inside = western and not _ENDS.search(before)
            if not (_LETTER_BEHIND if inside else _TEXT_BEHIND).match(text, start + 1):
                continue
            choice = _instead(mark, before, habitual)
            if choice is not None:
                after, safety, confidence, reason = choice
                yield Correction(start, start + 1, after, RULE, safety, confidence, reason)


def _instead(mark: str, before: str, habitual: Habit) -> tuple[str, Safety, float, str] | None:
    """Which mark stands for a foreign one, how safely, and why."""
    comma = habitual.comma
    usual = f"the comma of the record is {comma} ({habitual.times} times)"
    ends = bool(_ENDS.search(before))
    if mark == "。":
        if not _NEVER_ENDS.search(before):
            return None
        return comma, Safety.SAFE if habitual.sure else Safety.ASK, 0.97, f"no sentence ends like this, and {usual}"
    if ends:
        sure = mark in ".．" and not habitual.western
        return "。", Safety.SAFE if sure else Safety.ASK, 0.98 if sure else 0.6, "the sentence ends here"
    if habitual.western:
        sure = mark in ".．" or habitual.sure
        return comma, Safety.SAFE if sure else Safety.ASK, 0.98 if sure else 0.6, f"inside a sentence, and {usual}"
    sure = mark in ".．" and bool(_GOES_ON.search(before))
    return comma, Safety.SAFE if sure else Safety.ASK, 0.97 if sure else 0.7, f"inside a sentence, and {usual}"
