"""What stands on the page before the full text: overview, timelines, what each speaker said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from minutes_cli.export.report.people import Voice, Voices, characters
from minutes_cli.export.report.quotes import Links, Shown
from minutes_cli.export.shown import shown
from minutes_cli.passage import PassageKind, Record
from minutes_cli.summarize.model import Analysis, Group, Quote, Term

__all__ = ["FORMS", "KINDS", "Bit", "Card", "Facts", "Lane", "Tick", "Timeline", "cards", "facts", "timeline"]

KINDS = {
    "verbatim": "会議録",
    "summary": "議事要旨",
    "outline": "議事概要",
    "petition": "要望書",
    "slides": "会議資料",
    "unknown": "種類不明",
}
FORMS = {
    "request": "要望",
    "question": "質問",
    "commitment": "実施",
    "consideration": "検討",
    "refusal": "困難",
    "explanation": "説明",
    "courtesy": "挨拶",
    "procedure": "進行",
}
_FIRST_WORDS = 40


class Facts(NamedTuple):
    """A record in the overview. ``spoken`` and ``characters``: those of its speeches, and those of its full text."""

    number: int
    title: str
    path: str
    kind: str
    date: str
    details: tuple[tuple[str, str], ...]
    turns: int
    speakers: int
    spoken: int
    characters: int


class Bit(NamedTuple):
    """A turn on the timeline: where it begins and how long it is (percent), its link, its tooltip and what it does."""

    left: str
    width: str
    link: str
    about: str
    does: str


class Lane(NamedTuple):
    """What one speaker says along a record."""

    voice: Voice
    bits: tuple[Bit, ...]


class Tick(NamedTuple):
    """A heading on the timeline."""

    left: str
    link: str
    heading: str


class Timeline(NamedTuple):
    """Who spoke when, along one record."""

    facts: Facts
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]


class Card(NamedTuple):
    """What one speaker said: key terms (each with the link to where it is first said) and quoted sentences."""

    voice: Voice
    longest: str
    longest_characters: int
    terms: tuple[tuple[Term, str], ...]
    sentences: tuple[Shown, ...]
    lists: tuple[tuple[str, tuple[Shown, ...]], ...]


def facts(record: Record, analysis: Analysis, number: int) -> Facts:
    """What the overview says about the *number*-th record (from 1)."""
    meeting = record.meeting
    times = "–".join(time for time in (meeting.start, meeting.end) if time)
    details = (
        ("会議体", meeting.body),
        ("回次", meeting.session),
        ("日付", " ".join(part for part in (meeting.date, times) if part)),
        ("場所", meeting.place),
        ("宛先", meeting.addressee),
        ("提出者", meeting.sender),
    )
    return Facts(
        number,
        shown(meeting.title or record.path),
        shown(record.path),
        KINDS.get(record.kind, record.kind),
        meeting.date or "",
        tuple((name, shown(value)) for name, value in details if value),
        len(analysis.speeches),
        len({speech.turn.speaker for speech in analysis.speeches}),
        sum(map(characters, analysis.speeches)),
        sum(len(passage.text) - passage.text.count("\n") for passage in record.passages),
    )


def timeline(record: Record, analysis: Analysis, about: Facts, voices: Voices, roles: Mapping[str, str]) -> Timeline:
    """The lanes of the speakers of one record; *roles* says which turns (by id on the page) ask and which answer."""
    number = about.number
    total = about.spoken or 1
    bits: dict[int, list[Bit]] = {}
    begins: dict[str, float] = {}  # where each turn begins
    at = 0
    for speech in analysis.speeches:
        voice = voices.number(number - 1, speech.turn.speaker)
        assert voice is not None  # everybody who speaks has one
        length = characters(speech)
        link = f"r{number}-{speech.turn.id}"
        does = "lead" if speech.turn.speaker in analysis.chairs else roles.get(link, "say")
        words = " ".join(speech.text[: _FIRST_WORDS + 1].split())
        words = words if len(speech.text) <= _FIRST_WORDS else words[:_FIRST_WORDS] + "…"
        who = speech.turn.label or voices.everybody[voice].name
        tip = f"{who}　{speech.turn.lines[0]:,}行　{length:,}字\n{words}"
        begins[speech.turn.id] = at / total
        bits.setdefault(voice, []).append(Bit(_percent(at, total), _percent(length, total), link, shown(tip), does))
        at += length
    return Timeline(
        about,
        tuple(_ticks(record, number, begins)),
        tuple(Lane(voices.everybody[voice], tuple(pieces)) for voice, pieces in bits.items()),
    )


def _ticks(record: Record, number: int, begins: Mapping[str, float]) -> Iterator[Tick]:
    """The headings, each where the next turn begins."""
    waiting: list[tuple[str, str]] = []
    for index, passage in enumerate(record.passages):
        if passage.kind is PassageKind.HEADING:
            waiting.append((f"r{number}-p{index + 1}", shown(passage.text.replace("\n", " "))))
        elif passage.kind is PassageKind.SPEECH:
            left = _percent(begins.get(passage.turn or "", 0), 1)
            yield from (Tick(left, link, heading) for link, heading in waiting)
            waiting = []


def cards(voices: Voices, analyses: Sequence[Analysis], links: Links) -> Iterator[Card]:
    """A card for everybody of whom the summary says something, in its order."""
    first = _first_uses(analyses, voices)
    for voice in voices.everybody:
        group = voice.group
        if group is None:
            continue
        longest = group.longest
        yield Card(
            voice,
            links.turn(longest.path, longest.turn) if longest else "",
            longest.characters if longest else 0,
            tuple((term, first.get((voice.number, term.term), "")) for term in group.terms),
            tuple(map(links.show, group.sentences)),
            tuple((title, tuple(map(links.show, quotes))) for title, quotes in _lists(group) if quotes),
        )


def _lists(group: Group) -> Iterable[tuple[str, Sequence[Quote]]]:
    order = {path: i for i, path in enumerate(group.records)}
    answers = [*group.commitments, *group.considerations, *group.refusals]
    answers.sort(key=lambda quote: (order.get(quote.path, 0), quote.span))
    return (("要望・提案", group.requests), ("約束・検討・困難とした事項", answers), ("質問", group.questions))


def _first_uses(analyses: Sequence[Analysis], voices: Voices) -> dict[tuple[int, str], str]:
    """Where each voice first says each noun phrase: the id of the turn on the page."""
    found: dict[tuple[int, str], str] = {}
    for record, analysis in enumerate(analyses):
        for speech in analysis.speeches:
            voice = voices.number(record, speech.turn.speaker)
            link = f"r{record + 1}-{speech.turn.id}"
            for sentence in speech.sentences:
                for phrase in sentence.phrases:
                    found.setdefault((voice or 0, phrase.form), link)
    return found


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.3f}".rstrip("0").rstrip(".")
