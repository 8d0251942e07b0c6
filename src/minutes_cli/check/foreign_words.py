"""What somebody else says inside a speech, because the label between them is lost."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.check.once import once
from minutes_cli.check.stray_labels import strays
from minutes_cli.check.subject import Subject
from minutes_cli.model import Turn
from minutes_cli.parse.exchanges import chairs
from minutes_cli.parse.guards import is_speech
from minutes_cli.parse.labels import squeeze
from minutes_cli.patterns import lazy

__all__ = ["calls", "foreign_words", "leaders"]

#: The chair calls somebody by name or office, and the sentence ends: 次に、佐藤花子君。 町長。
_CALL_PATTERN = (
    r"[。、\s】〕］）)：:](?:[^。、\s]{1,20}[ 　]{1,3}){0,2}[^。、\s]{0,30}?"
    r"(?:君|さん|氏|様|議員|委員|[一-龥]長|理事|監事|幹事|参考人|大臣|防災監|[教次]官|者)(?:、?(?:どうぞ|お願い(?:いた)?します))?。"
)
_CALL = lazy(_CALL_PATTERN)
_CALL_AT_END = lazy(_CALL_PATTERN + "$")
#: How the chair goes on when what reads like a call is none.
_GOES_ON = lazy(
    r"(?:以上|[（(〔「]|御?異議|ご異議|[をにのがは]|いかが)|.*(?:議題(?:と|に)(?:いた|し|供)|お諮り|採決|異議|休憩|散会|閉会(?!中)|指名|紹介|認めます|打ち切|許し)"
)
_ENDS_OF_CALLS = (*"君氏様員長事人臣監官者", "さん", "どうぞ", "お願いします", "お願いいたします")
#: The chair gives the floor without a name.
_HANDS_OVER_AT_END = lazy(
    r"(?:(?:説明|答弁|報告|発言|意見|挨拶|あいさつ|朗読|回答|所見|考え方)(?:を|は|が)?(?:[^。、]{0,8}(?:求めます|許します|願います|お願い(?:いた)?します|"
    r"いたさせます|させます|聞きます|伺います)|して(?:ください|もらいます|いただきます))。|どうぞ。|[君長員事](?:、|から)?[^。、]{0,12}いかがで(?:すか|しょうか)。|(?:ありませんか|ありますか|ございませんか|ございますか)。)$"
)
_ENDS_OF_HANDING_OVER = (
    *("求めます", "許します", "願います", "願いします", "願いいたします", "せます", "聞きます", "伺います", "どうぞ"),
    *("ください", "もらいます", "いただきます", "ですか", "でしょうか", "せんか", "ありますか", "ございますか"),
)
#: The same by their last letters, which are quicker to ask for.
_LAST_LETTERS = frozenset(end[-1] for end in _ENDS_OF_CALLS if len(end) < 3)
_LAST_THREE = frozenset(end[-3:] for end in (*_ENDS_OF_CALLS, *_ENDS_OF_HANDING_OVER) if len(end) > 2)
#: What the chair goes on with after that.
_CHAIRS = lazy(
    r"(?:ほかに|他に|よって|次に|次は|続いて|続きまして|これ(?:より|から|で|をもって)|なければ|ない|なし|以上|では|それでは|まず|御?異議|ご異議|質疑|討論|採決|"
    r"この際|ここで|暫時|休憩|再開|本日|本(?:案|件)|お諮り|なお|よろし|[（(〔「をにのがは]|ありがとう)|.*(?:議題|お諮り|採決|異議|散会|閉会(?!中)|指名|認めます|打ち切|許し|終了|終わります|お願い|求め|願い)"
)
#: What only somebody says who has been given the floor.
_VOICE = lazy(
    r".*(?:お答え(?:を)?(?:いた|し(?:ます|たい)|申し)|(?:御|ご)(?:説明|報告)(?:を)?(?:いたします|申し上げ|させていただ)|提案(?:の)?理由|"
    r"質問(?:を)?(?:いたします|させていただ)|お尋ね(?:いた|し)|お聞き(?:いた|しま)|動議を提出|ことを望みます|(?:御|ご)質問に|立場(?:から|で)|の[^。、]{2,8}です。)"
)
_MOTION = lazy(
    r"動議を提出(?:いた)?します|動議を提出いたしたい|指名されることを望みます|(?:議員|委員)の(?:御|ご)質問に[^。]{0,8}お答え|(?:議長|委員長)、(?:もう|再|関連|議事進行)"
)
#: What stands behind the name of somebody who is called.
_HONORIFIC = lazy(r"(?:君|さん|氏|様|議員)?。$")
_ONLY_A_CALL = lazy(
    r"(?:(?:次に|次は|続いて|それでは|では|はい)、)?(?:[0-9０-９一二三四五六七八九十]{1,4}番、)?[^。、]{1,24}。"
)
#: One of these stands in whatever that finds.
_OF_MOTIONS = ("動議を提出", "ことを望みます", "質問に", "議長、", "委員長、")
_BETWEEN = lazy(r"(?:\s|〔[^〔〕]{1,60}〕|（[^（）]{1,60}）)*")
_SENTENCE = lazy(r"[^。]*。?")


@once
def leaders(subject: Subject) -> frozenset[str]:
    """The ids of those who lead the meeting; found once for all rules that ask."""
    return chairs(subject.document)


@once
def foreign_words(subject: Subject) -> dict[int, int]:
    """For turns (from 0) in which somebody else speaks: where that begins in the corrected text.

    In a turn of the chair that is whoever was called; in another turn it is the chair who calls the next speaker.
    Turns with a stray label are left out: the label explains them.
    """
    document, leading = subject.document, leaders(subject)
    text, found = document.view.text, {}
    if not leading:
        return {}
    lost = [stray.start for stray in strays(subject)]
    moved = any(words in text for words in _OF_MOTIONS)
    for number, (turn, places) in enumerate(zip(document.turns, document.spoken, strict=True)):
        if not places:
            continue
        if turn.speaker in leading:
            at = _others(text, places[0], places[-1], moved=moved)
        else:
            at = places[-2] if _calls_the_next(document.turns, number) else None
        here = bisect_left(lost, places[0])
        if at is not None and not (here < len(lost) and lost[here] < places[-1]):
            found[number] = at
    return found


def _calls_the_next(turns: tuple[Turn, ...], number: int) -> bool:
    """Whether a speech ends with a line of its own that calls whoever speaks next, as only the chair does."""
    paragraphs = turns[number].paragraphs
    if len(paragraphs) < 2 or number + 1 == len(turns) or not _ONLY_A_CALL.fullmatch(paragraphs[-1]):
        return False
    called = _HONORIFIC.sub("", paragraphs[-1])
    return calls(paragraphs[-1]) and called[-2:] in squeeze(turns[number + 1].label or "")


def calls(said: str) -> bool:
    """Whether the last sentence of *said* calls somebody by name or office."""
    return _CALL_AT_END.search("。" + said) is not None


def _others(text: str, start: int, end: int, *, moved: bool) -> int | None:
    """Where in the chair's speech ``text[start:end]`` somebody else begins to speak."""
    found = []
    ends = _ends(text, start, end)
    for at in ends.calls:
        at = _next(text, at, end)
        said = _first(text, at, end)
        if said and not _GOES_ON.match(said) and not _calls(said):
            found.append(at)
            break
    for at in ends.handing_over:
        at = _next(text, at, end)
        said = _first(text, at, end)
        if said and not _calls(said) and (_VOICE.match(said) or not _CHAIRS.match(said)):
            found.append(at)
            break
    if moved and (motion := _MOTION.search(text, start, end)) is not None:
        before = max(text.rfind("。", start, motion.start()), text.rfind("\n", start, motion.start()))
        found.append(before + 1 if before >= 0 else start)
    return min(found, default=None)


class _Ends(NamedTuple):
    """Where sentences end that call somebody, and those that give the floor without a name."""

    calls: list[int]
    handing_over: list[int]


def _ends(text: str, start: int, end: int) -> _Ends:
    """The sentences of ``text[start:end]`` that hand over. Nearly none does, and its last letters show that."""
    found = _Ends([], [])
    last = 0  # where the last call ended: names in a row are a list, and nobody is called by it
    at = text.find("。", start, end)
    while at >= 0:
        stop = at + 1
        if text[at - 1] not in _LAST_LETTERS and text[at - 3 : at] not in _LAST_THREE:
            at = text.find("。", stop, end)
            continue
        if text.endswith(_ENDS_OF_CALLS, start, at):
            call = _CALL_AT_END.search(text, max(0, start - 1, at - 120), stop)
            if call is not None and call.start() + 1 != last:
                found.calls.append(stop)
            last = stop if call is not None else last
        if text.endswith(_ENDS_OF_HANDING_OVER, start, at) and _hands_over(text[max(start, at - 28) : stop]):
            found.handing_over.append(stop)
        at = text.find("。", stop, end)
    return found


@lru_cache(maxsize=4096)
def _hands_over(end_of_sentence: str) -> bool:
    """Whether the floor is given so; remembered, since chairs say the same again and again."""
    return _HANDS_OVER_AT_END.search(end_of_sentence) is not None


def _calls(said: str) -> bool:
    """Whether a sentence is nothing but the call of somebody, with or without its full stop."""
    return len(said) < 60 and ("。" not in said or _CALL.match("。" + said.rpartition("、")[2]) is not None)


def _first(text: str, at: int, end: int) -> str:
    """The first sentence behind *at*, without blanks and line ends."""
    match = _SENTENCE.match(text, at, min(end, at + 400))
    said = "".join(match.group().split()) if match else ""
    return said if said[-1:] == "。" and is_speech(said[:-1]) else ""


def _next(text: str, at: int, end: int) -> int:
    """Where the text behind *at* goes on, blanks and events in brackets aside."""
    match = _BETWEEN.match(text, at, end)
    return match.end() if match else at
