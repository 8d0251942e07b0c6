"""Questions with their answers: which turns of a meeting belong together."""

from __future__ import annotations

from minutes_cli.lexicon.roles import SEAT
from minutes_cli.model import Document, Kind, Speaker, Turn, TurnKind
from minutes_cli.parse.labels import squeeze
from minutes_cli.patterns import lazy

__all__ = ["asks", "chairs", "closes", "exchanges"]

_ACTING = r"(?:職務代理者?|代理者?|代行)?"
#: Who leads a meeting. Where one of the first speaks, those below are there to report or to answer: the chairs of
#: committees in a plenary session, the presidents of associations before a committee.
_CHAIRS = (
    lazy(rf"(?:副|仮|臨時)?議長{_ACTING}"),
    lazy(rf"(?:副|仮|小)?委員[長會]{_ACTING}|小委員長|副?主査{_ACTING}"),
    lazy(rf"(?:副|仮)?(?:会長|會長|座長|部会長|分科会長){_ACTING}"),
)
_HOSTS = lazy(r"(?:総合)?司会者?|進行役?|モデレーター|ファシリテーター")
#: Somebody who is printed with another office says that they lead the meeting.
_DECLARES = lazy(r"(?:司会|進行役?|議長|座長)(?:を|は)?[^。]{0,8}(?:務め|担当し|担当さ|仰せつか)")
_BEGINNING = 120
#: Those who ask, though an office is printed with their names; all other offices answer.
_MEMBER = lazy(
    r".*(?:(?<!監査)(?<!政府)(?<!教育)(?<!農業)委員|議員|市民|住民|町民|区民|村民|参加者|傍聴者|記者|質問者|理事)"
)
_WANTED = ("見解", "所見", "認識", "考え", "答弁", "説明", "回答")
#: How a speech ends that wants an answer. Every choice begins with a letter of its own: re finds such ones quickly.
_QUESTION = lazy(
    r"か[。？?」）)]|か$|は[。？?]?$|？$|\?$|伺|尋ね|お聞き|聞かせ|聞きたい|問う|お答え(?:を|く|い|願)|答え(?:て|を)|教えて|お示し|"
    r"示して|いただきたい|頂きたい|ほしい|質問(?:いた|し|す|と(?:いた)?し|を終|は以上)|いかが|"
    + "|".join(rf"{word}(?:を|についても?)?(?:お?願|お?求|いただ|くださ|下さ|賜)" for word in _WANTED)
)
_TAIL = 150
#: What is asked of others to do, as far as it is more than a greeting; and that no answer is wanted.
_WISH = lazy(
    r"(?<!よろしく)お?願い(?:を|も)?(?:(?:し|いた|申し上げ)?(?:たい|でき)|する|いたす)|願いたい|要望(?:を|も)?(?:いた|し|す|さ|申)|ご?期待(?:を|も)?(?:し|す|いた|申)|"
    r"(?:て|で)(?:ほし|欲し|いただきた|頂きた|もらいた|いただけ|頂け|いただく|頂く)[^。]{0,12}(?:い|と|れば|思|ありがた|うれし)|べき(?:です|で[はあ]|だ|と|もの)"
)
_NO_ANSWER = lazy(r"(?:答弁|お答え|回答|返答)(?:は|も)?(?:要り|いり|結構|不要|必要あり|求めま)[^。、]{0,5}")
#: How an answer to a request begins, or one that adds to an answer.
_REPLIES = lazy(
    r"(?:要望|要請|意見|指摘|提案|質問|お話|お尋ね)[^。]{0,15}(?:いただ|頂|ござい|あり|受け|賜)|お答え|ご?回答|おっしゃ"
)
_ADDS = lazy(
    r"補足|付け加え|つけ加え|追加(?:し|で)|私(?:の?ほう)?からも|併せて(?:お答え|申し)|(?:お答え|ご?回答)(?:を|も)?(?:し|いた|申し|させ)"
)
#: An official who goes on with the meeting, and answers nothing.
_PROCEEDS = lazy(
    r"(?:それでは|では)?、?(?:続きまして|続いて|次に|引き続き|ただいま議題|議案第)|(?:それでは|では)、?(?:議事|説明|御説明|ご説明)"
)
#: What is shorter is thrown in, and ends nothing.
_ASIDE = 30
#: The chair turns to something else: no answer to what was asked before comes after it.
_CLOSES = lazy(
    r"議題(?:と|に供|は[、]?(?:以上|終))|(?:意見交換|協議|報告|次の?[^。]{0,20})[にへ](?:移[りら]|入[りら])|質[疑問](?:[をはも]?(?:終|打ち?切|これで|以上)|なし)|討論|採決|表決|お諮り|散会|閉会|"
    r"提案(?:理由)?の?説明|趣旨の?(?:説明|弁明)"
)
#: But an answer comes first.
_CALLS = lazy(r"(?:答弁|お答え)(?:を|だけ)?(?:して|し、|お?願|求め|いただ)")
#: Who says this when they begin speaks in a debate.
_STANCE = lazy(r"(?:賛成|反対)(?:の立場|の?討論|する(?:立場|者)|の意見)")
_DEBATES, _RESUMES = lazy(r"討論|採決|表決"), lazy(r"議題|質[疑問](?:に[入移]|を[行許])")


def exchanges(document: Document) -> tuple[int | None, ...]:
    """For each turn the number (from 1) of the exchange that it belongs to, None outside questions and answers.

    A member (anybody without an office, or with that of a member) whose speech ends like a question opens an
    exchange; so does a request that somebody takes up, unless it wants no answer. What officials say after it answers,
    and so do whoever speaks next without asking and those who say that they add something. What the same
    person says right before it and after it, until somebody else asks, belongs to it. Chairs only give the floor:
    between two turns of an exchange they belong to it, and it ends where they come to another item, the debate or the
    vote. In summaries the kinds of the turns tell what asks and what answers, and an exchange ends with its section.
    """
    speakers = {speaker.id: speaker for speaker in document.speakers}
    leading = chairs(document)
    officials = {name for name, speaker in speakers.items() if name not in leading and _official(speaker)}
    by_section = document.kind is not Kind.VERBATIM
    numbers: list[int | None] = [None] * len(document.turns)
    number = 0  # of the exchange before or at hand
    asker: Turn | None = None  # who asked, while the exchange is open
    answered = debating = False
    given: list[int] = []  # the turns of chairs since the last turn of the exchange at hand
    for i, turn in enumerate(document.turns):
        if turn.speaker in leading and turn.kind is TurnKind.SPEECH:
            given.append(i)
            text = turn.text
            if closes(text):
                asker, debating = None, bool(_DEBATES.search(text)) and not _RESUMES.search(text)
            elif debating:
                debating = not _RESUMES.search(text)
            continue
        if asker is not None and by_section and turn.section != asker.section:
            asker = None
        same = asker is not None and asker.speaker == turn.speaker and turn.speaker is not None
        if turn.kind is TurnKind.QUESTION:
            opens = not same or (answered and not _named(speakers.get(turn.speaker or "")))
            part = True
        elif turn.kind is TurnKind.ANSWER:
            opens, part = False, asker is not None
        elif turn.kind is not TurnKind.SPEECH or debating or _STANCE.search(turn.text[:_BEGINNING]):
            opens = part = False
        elif same:
            opens, part = False, True
        else:
            adds = asker is not None and bool(_ADDS.search(turn.text[:_BEGINNING]))
            if turn.speaker in officials:
                opens = by_section and asker is None and asks(turn)
            else:
                opens = not adds and (asks(turn) or _taken_up(document.turns, i, leading, officials))
            part = opens or adds or (asker is not None and (turn.speaker in officials or not answered))
            if not part and asker is not None and by_section:
                part = _is_named(speakers.get(turn.speaker or ""), asker)
        if opens:
            number, asker, answered = number + 1, turn, False
            k = i
            while k and numbers[k - 1] is None and turn.speaker and document.turns[k - 1].speaker == turn.speaker:
                k -= 1
                numbers[k] = number
        elif part:
            answered = answered or not same
            for k in given:
                numbers[k] = number
        elif len(turn.text) > _ASIDE:
            asker = None
        if part:
            numbers[i] = number
        given = []
    return tuple(numbers)


def asks(turn: Turn) -> bool:
    """Whether a speech ends in a question or a request for an answer, within its last 150 characters.

    A motion does not, though it may ask whether anybody objects.
    """
    tail = "\n".join(turn.paragraphs[-3:])[-_TAIL:]
    return bool(_QUESTION.search(tail)) and not any("動議" in paragraph for paragraph in turn.paragraphs[:3])


def closes(text: str) -> bool:
    """Whether a chair who says this turns to something else, so that no answer to what was asked comes after it."""
    return _CLOSES.search(text) is not None and _CALLS.search(text) is None


def _taken_up(turns: tuple[Turn, ...], at: int, leading: frozenset[str], officials: set[str]) -> bool:
    """Whether the turn requests something and somebody takes it up, maybe after others have had their requests too."""
    asker = turns[at]
    if not _wishes(asker):
        return False
    for turn in turns[at + 1 :]:
        if turn.speaker in leading:
            if closes(turn.text):
                return False
        elif turn.speaker != asker.speaker:
            if _PROCEEDS.match(turn.text) or _STANCE.search(turn.text[:_BEGINNING]):
                return False
            if turn.speaker in officials or _REPLIES.search(turn.text[:_BEGINNING]):
                return True
            if not _wishes(turn):
                return False
    return False


def _wishes(turn: Turn) -> bool:
    text = turn.text
    return bool(_WISH.search(text)) and not _NO_ANSWER.search(text[-_TAIL:])


def chairs(document: Document) -> frozenset[str]:
    """The speakers who lead the meeting."""
    roles = {speaker.id: squeeze(speaker.role) for speaker in document.speakers if speaker.role}
    hosts = {name for name, role in roles.items() if _HOSTS.fullmatch(role)}
    declared = _declared(document)
    turns = {speaker.id: speaker.turns for speaker in document.speakers}
    for chair in _CHAIRS:
        if leading := {name for name, role in roles.items() if chair.fullmatch(role)}:
            if declared and sum(turns[name] for name in declared) > sum(turns[name] for name in leading):
                break  # the president is there, but somebody else leads
            return frozenset(hosts | leading)
    return frozenset(hosts | declared)


def _declared(document: Document) -> set[str]:
    """Those who say when they begin to speak that they lead the meeting, and then speak more than once."""
    speakers = {speaker.id for speaker in document.speakers if speaker.turns > 2}
    found: set[str] = set()
    for turn in document.turns:
        if turn.speaker in speakers and turn.speaker not in found and _DECLARES.search(turn.text[:_BEGINNING]):
            found.add(turn.speaker)
    return found


def _official(speaker: Speaker) -> bool:
    """Whether an office stands with the name that is none of those who ask."""
    office = squeeze(speaker.role or speaker.title or "")
    return bool(office) and not (_MEMBER.fullmatch(office) or SEAT.fullmatch(office))


def _is_named(speaker: Speaker | None, asker: Turn) -> bool:
    """Whether the one who asked has spoken of this speaker."""
    return speaker is not None and any(
        word and len(word) > 1 and word in asker.text for word in (speaker.name, speaker.affiliation)
    )


def _named(speaker: Speaker | None) -> bool:
    """Whether the label tells one person or office from another, which 問 does not."""
    return speaker is not None and bool(speaker.name or speaker.role or speaker.affiliation)
