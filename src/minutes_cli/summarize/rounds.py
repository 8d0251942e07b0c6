"""Rounds: who asks, and who answers after that, speech by speech."""

from __future__ import annotations

from typing import NamedTuple

from minutes_cli.model import Speaker, TurnKind
from minutes_cli.parse.exchanges import closes
from minutes_cli.patterns import lazy
from minutes_cli.summarize.model import Analysis, Form, Sentence, Speech

__all__ = ["Round", "addressed", "asks", "informs", "rounds", "says"]

#: How a sentence ends that asks for something, though a greeting or an explanation ends like this, too.
_WISH = lazy(
    r"(?:ぜひ|是非|どうか)[^。]*(?:いただ|頂|ください|下さい|お願い|ほし|欲し)|"
    r"(?:と|れば|たら)(?:大変|非常に|とても)?(?:うれし|嬉し|ありがた|有り難|幸い|助か)|[てで](?:ほし|欲し|いただきた|頂きた|もらいた)い|"
    r"願い(?:し|いた|申し上げ)?たい|願いでき|(?:願い|要望|要請)(?:する|いたす|申し上げる)|要望(?:し|いた|申)|期待(?:申し|いたします。|します。)|"
    r"(?:聞かせ|教え|示し|答え|答弁|説明|見解)[^。]{0,8}(?:ください|下さい|願い|求め|いただけ)|か[。？?]?$|のか|は。$|[？?]$"
)
_TAIL = 120
_SHORT = 12
#: Words with which chairs run the meeting: what they ask with one of these wants no answer.
_RUNS = lazy(
    r"異議|異論|質[疑問]|討論|動議|発言|意見|[ほ他]か?に|ありません|ございません|ございます|よろしい|よい(?:です|でしょう)|いい(?:です|でしょう)|"
    r"いかが|賛成|反対|起立|挙手|休憩|諮り|採決|紹介|お願い|求め|許し|終わ"
)
_GREETS = lazy(
    r"(?:どうも)?(?:ありがとう|有り?難う)|(?:どうぞ)?よろしく|失礼|すみません|申し訳|ごめん|恐れ入ります|(?:私(?:の?ほう)?からは、?)?以上(?:です|で、?(?:ござい|私|答弁|説明))|"
    r"お答え(?:申し上げ|し|いたし)ます。|[^。]{0,14}(?:質問|質疑|お尋ね)に(?:対し[^。]{0,6})?(?:お答え|答え|御?答弁|ご?回答)[^。]{0,14}。"
)
#: Who says this has asked all.
_ENDS = lazy(r"(?:質問|質疑|発言)を(?:終|閉じ)")
#: Somebody who only asks for the floor.
_HAND = lazy(r"\s*(?:議長|委員長|会長|座長|はい)[。、！!]?\s*")
_TALK = frozenset((Form.COURTESY, Form.PROCEDURE))
_ASKING = frozenset((Form.QUESTION, Form.REQUEST))
#: What is shorter is thrown in, and ends nothing.
_ASIDE = 30
#: Most surnames have two characters.
_SURNAME = 2


class Round(NamedTuple):
    """Speeches (indexes) that ask, in order, and those that answer after them.

    ``group`` is the number that :mod:`minutes_cli.parse.exchanges` gives them, None where the chair asks; ``called``
    are those whose speakers the chair has called by name or office.
    """

    group: int | None
    asking: tuple[int, ...]
    answering: tuple[int, ...]
    called: frozenset[int]


class _Draft:
    """A round in the making."""

    def __init__(self) -> None:
        self.done: list[Round] = []
        self.group: int | None = None
        self.asker: str | None = None
        self.first = True  # whether the round is the first one of its group
        self.asking: list[int] = []
        self.answering: list[int] = []
        self.called: set[int] = set()

    def close(self) -> None:
        if self.asking:
            self.done.append(Round(self.group, tuple(self.asking), tuple(self.answering), frozenset(self.called)))
        self.asking, self.answering, self.called = [], [], set()
        self.first = False


def rounds(analysis: Analysis) -> list[Round]:
    """The rounds of a record: one or more speeches that ask, then those that answer until somebody asks again.

    Chairs give the floor and are passed over, unless they ask something themselves that somebody answers. Where one
    asks after the other and only then somebody answers, they share a round.
    """
    draft = _Draft()
    speakers = {speaker.id: speaker for speaker in analysis.speakers}
    call = ""  # what chairs have said since the last speech
    for i, speech in enumerate(analysis.speeches):
        turn, number = speech.turn, speech.passage.exchange
        if turn.speaker in analysis.chairs and turn.kind is TurnKind.SPEECH:
            if number is None and _chair_asks(analysis, i):
                draft.close()
                draft.group, draft.asker, draft.asking, call = None, turn.speaker, [i], ""
            else:
                call += speech.text
            continue
        if _HAND.fullmatch(speech.text):
            continue
        if call and not draft.answering and draft.asking and closes(call):
            draft.close()
        if number is None:
            _outside(draft, i, speech)
        else:
            _inside(draft, i, speech, number)
            if draft.answering[-1:] == [i] and addressed(call, speakers.get(turn.speaker or "")):
                draft.called.add(i)
        call = ""
    draft.close()
    return draft.done


def _outside(draft: _Draft, at: int, speech: Speech) -> None:
    """A speech that is part of no exchange: it answers the chair, or ends what is at hand."""
    if draft.asking and draft.group is None and not draft.answering and speech.turn.speaker != draft.asker:
        draft.answering.append(at)
    elif len(speech.text) > _ASIDE:
        draft.close()
        draft.group = draft.asker = None


def _inside(draft: _Draft, at: int, speech: Speech, number: int) -> None:
    turn = speech.turn
    opens = number != draft.group
    if opens:
        if draft.answering or draft.group is None or not draft.first:
            draft.close()
        draft.group, draft.asker, draft.first = number, turn.speaker, True
    if turn.kind is TurnKind.QUESTION or (turn.kind is not TurnKind.ANSWER and turn.speaker == draft.asker):
        if opens or informs(speech):
            if draft.answering:
                draft.close()
            draft.asking.append(at)
    elif _answers(speech):
        draft.answering.append(at)


def _answers(speech: Speech) -> bool:
    """Whether the speech holds more than greetings and procedure."""
    return any(sentence.reading.form not in _TALK for sentence in speech.sentences)


def asks(speech: Speech, sentence: Sentence) -> bool:
    """Whether the sentence asks a question or for something to be done."""
    form = sentence.reading.form
    if form in _ASKING:
        return True
    if form not in (Form.EXPLANATION, Form.COURTESY) or sentence.end - sentence.start < _SHORT:
        return False
    start = max(sentence.start, sentence.end - _TAIL)
    if len(sentence.words) < 2 or _WISH.search(speech.text, start, sentence.end) is None:
        return False
    return _ENDS.search(speech.text, start, sentence.end) is None


def informs(speech: Speech) -> bool:
    """Whether the speech says more than thanks."""
    return any(says(speech, sentence) for sentence in speech.sentences)


def says(speech: Speech, sentence: Sentence) -> bool:
    """Whether the sentence says more than a greeting, or asks."""
    if sentence.reading.form in _TALK:
        return asks(speech, sentence)
    return _GREETS.match(speech.text, sentence.start) is None


def addressed(text: str, speaker: Speaker | None) -> float:
    """Whether *text* names the speaker: 1 by name or full office, ½ as others may be named, too (大臣), else 0."""
    if speaker is None or not text:
        return 0.0
    name, role, title = speaker.name or "", speaker.role or "", speaker.title or ""
    words = [name, role, title]
    if len(name) > _SURNAME + 1:
        words.append(name[:_SURNAME])
    if role.endswith("総理大臣"):
        words.append("総理")
    if any(len(word) > 1 and word in text for word in words):
        return 1.0
    return 0.5 if role.endswith("大臣") and "大臣" in text else 0.0


def _chair_asks(analysis: Analysis, at: int) -> bool:
    """Whether a chair asks something of substance, and somebody who asks nothing speaks next."""
    speech = analysis.speeches[at]
    following = analysis.speeches[at + 1 : at + 2]
    if not following or following[0].turn.speaker in analysis.chairs or following[0].passage.exchange is not None:
        return False
    if not _answers(following[0]):
        return False
    return any(
        sentence.reading.form is Form.QUESTION and not _RUNS.search(speech.text, sentence.start, sentence.end)
        for sentence in speech.sentences[-3:]
    )
