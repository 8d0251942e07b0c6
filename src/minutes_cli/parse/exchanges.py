"""Questions with their answers: which turns of a meeting belong together."""

from __future__ import annotations

from minutes_cli.lexicon.roles import SEAT
from minutes_cli.model import Document, Kind, Speaker, Turn, TurnKind
from minutes_cli.parse.labels import squeeze
from minutes_cli.patterns import lazy

__all__ = ["asks", "exchanges"]

_ACTING = r"(?:職務代理者?|代理者?|代行)?"
#: Who leads a meeting. Where one of the first speaks, those below are there to report or to answer: the chairs of
#: committees in a plenary session, the presidents of associations before a committee.
_CHAIRS = (
    lazy(rf"(?:副|仮|臨時)?議長{_ACTING}"),
    lazy(rf"(?:副|仮|小)?委員[長會]{_ACTING}|小委員長|副?主査{_ACTING}"),
    lazy(rf"(?:副|仮)?(?:会長|會長|座長|部会長|分科会長){_ACTING}"),
)
_HOSTS = lazy(r"(?:総合)?司会者?|進行役?|モデレーター|ファシリテーター")
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
#: The chair turns to something else: no answer to what was asked before comes after it.
_CLOSES = lazy(
    r"議題(?:と|に供)|質[疑問](?:[をはも]?(?:終|打ち?切|これで|以上)|なし)|討論|採決|表決|お諮り|散会|閉会|"
    r"提案(?:理由)?の?説明|趣旨の?(?:説明|弁明)"
)
_DEBATES, _RESUMES = lazy(r"討論|採決|表決"), lazy(r"議題|質[疑問](?:に[入移]|を[行許])")


def exchanges(document: Document) -> tuple[int | None, ...]:
    """For each turn the number (from 1) of the exchange that it belongs to, None outside questions and answers.

    A member (anybody without an office, or with that of a member) whose speech ends like a question opens an
    exchange. What officials say after it answers, and so does whoever speaks next without asking. What the same
    person says right before it and after it, until somebody else asks, belongs to it. Chairs only give the floor:
    between two turns of an exchange they belong to it, and it ends where they come to another item, the debate or the
    vote. In summaries the kinds of the turns tell what asks and what answers, and an exchange ends with its section.
    """
    speakers = {speaker.id: speaker for speaker in document.speakers}
    chairs = _chairs(document)
    officials = {name for name, speaker in speakers.items() if name not in chairs and _official(speaker)}
    by_section = document.kind is not Kind.VERBATIM
    numbers: list[int | None] = [None] * len(document.turns)
    number = 0  # of the exchange before or at hand
    asker: Turn | None = None  # who asked, while the exchange is open
    answered = debating = False
    given: list[int] = []  # the turns of chairs since the last turn of the exchange at hand
    for i, turn in enumerate(document.turns):
        if turn.speaker in chairs and turn.kind is TurnKind.SPEECH:
            given.append(i)
            text = turn.text
            if _CLOSES.search(text):
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
        elif turn.kind is not TurnKind.SPEECH or debating:
            opens = part = False
        elif same:
            opens, part = False, True
        else:
            opens = turn.speaker not in officials and asks(turn)
            part = opens or (asker is not None and (turn.speaker in officials or not answered))
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
        else:
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


def _chairs(document: Document) -> frozenset[str]:
    """The speakers who lead the meeting."""
    roles = {speaker.id: squeeze(speaker.role) for speaker in document.speakers if speaker.role}
    hosts = {name for name, role in roles.items() if _HOSTS.fullmatch(role)}
    for chair in _CHAIRS:
        if leading := {name for name, role in roles.items() if chair.fullmatch(role)}:
            return frozenset(hosts | leading)
    return frozenset(hosts)


def _official(speaker: Speaker) -> bool:
    """Whether an office stands with the name that is none of those who ask."""
    office = squeeze(speaker.role or speaker.title or "")
    return bool(office) and not (_MEMBER.fullmatch(office) or SEAT.fullmatch(office))


def _named(speaker: Speaker | None) -> bool:
    """Whether the label tells one person or office from another, which 問 does not."""
    return speaker is not None and bool(speaker.name or speaker.role or speaker.affiliation)
