"""Records read and summarised by hand, so that what shows a summary is tested apart from what makes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from minutes_cli.ingest.text import from_text
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.lexicon.words import Cut
from minutes_cli.model import Document, Speaker
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse
from minutes_cli.parse.exchanges import chairs
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import PassageKind, Record
from minutes_cli.summarize.model import (
    Analysis,
    Answer,
    Asked,
    By,
    Form,
    Group,
    Longest,
    Person,
    Phrase,
    Quote,
    Reading,
    Sentence,
    Speech,
    Summarized,
    Summary,
    Term,
)

_PHRASE = re.compile("[一-龠々ァ-ヶー]{2,}")
NOTHING = Reading(Form.EXPLANATION, "", 0, 0)


def read_by_hand(text: str, name: str = "record.txt", *, fix: bool = True) -> tuple[Record, Analysis]:
    """A record and its analysis: sentences without words, as cutting them would cost a test most of its time."""
    source = from_text(text, name)
    return understand(parse(normalize(source).view if fix else source))


def understand(document: Document) -> tuple[Record, Analysis]:
    """The record of *document* and its analysis without words; runs of kanji and katakana are taken for phrases."""
    record = searchable(document, str(document.view.source.name))
    turns = {turn.id: turn for turn in document.turns}
    speeches = tuple(
        Speech(turns[p.turn], p, tuple(_sentence(p.text, *span) for span in sentences(p.text)))
        for p in record.passages
        if p.kind is PassageKind.SPEECH and p.turn
    )
    return record, Analysis(
        record.path,
        record.kind,
        record.meeting,
        record.speakers,
        record.sections,
        document.attendance,
        chairs(document),
        speeches,
        record.pages,
    )


def _sentence(text: str, start: int, end: int) -> Sentence:
    found = [Phrase(start + m.start(), start + m.end(), m[0]) for m in _PHRASE.finditer(text[start:end])]
    return Sentence(start, end, Cut(text[start:end], (), {}), NOTHING, (), tuple(found))


def characters(speech: Speech) -> int:
    """The characters of a speech without line ends."""
    return len(speech.text.replace("\n", ""))


def quote(analysis: Analysis, speech: Speech, sentence: Sentence, form: Form = Form.EXPLANATION) -> Quote:
    """A sentence quoted whole."""
    passage, start, end = speech.passage, sentence.start, sentence.end
    place = passage.place(start)
    return Quote(
        passage.text[start:end],
        passage.original(start, end),
        (passage.span(start, end),),
        analysis.path,
        speech.turn.id,
        place.line,
        place.column,
        None,
        0.5,
        False,
        form,
        passage.text[start:end][-4:],
        "made-up",
    )


def person(speaker: Speaker) -> Person:
    """A speaker as the person of a group."""
    return Person(speaker.id, speaker.label, speaker.name, speaker.role, speaker.title, speaker.affiliation)


def summary(analyses: Sequence[Analysis], most: int = 1_000_000, *, by_label: bool = False) -> Summary:
    """By speaker: the first sentences as key sentences, the last as request or promise; each turn answers the last.

    At most *most* requests, promises, … of each speaker and exchanges of each record. People with the same name are
    one, *by_label* only when their labels are the same too.
    """
    spoken: dict[tuple[str | None, str], list[tuple[Analysis, Speech]]] = {}
    people: dict[tuple[str | None, str], Person] = {}
    exchanges = []
    for analysis in analyses:
        speakers = {speaker.id: speaker for speaker in analysis.speakers}
        for speech in analysis.speeches:
            speaker = speakers.get(speech.turn.speaker or "")
            if speaker is not None:
                key = (speaker.name, speaker.label if by_label or not speaker.name else "")
                people.setdefault(key, person(speaker))
                spoken.setdefault(key, []).append((analysis, speech))
        exchanges += _exchanges(analysis, speakers)[:most]
    total = sum(characters(speech) for a in analyses for speech in a.speeches)
    return Summary(
        By.SPEAKER,
        tuple(
            Summarized(a.path, a.meeting.title, a.meeting.date, a.meeting.body, len(a.speeches), 0) for a in analyses
        ),
        sum(len(a.speeches) for a in analyses),
        total,
        tuple(_group(people[key], speeches, total, most) for key, speeches in spoken.items()),
        tuple(exchanges),
    )


def _group(about: Person, speeches: Sequence[tuple[Analysis, Speech]], total: int, most: int) -> Group:
    length = sum(characters(speech) for _, speech in speeches)
    at, longest = max(speeches, key=lambda pair: characters(pair[1]))
    first = [(a, s, s.sentences[0]) for a, s in speeches if s.sentences][:3]
    last = [(a, s, s.sentences[-1]) for a, s in speeches if len(s.sentences) > 1]
    words = Counter(
        phrase.form for _, speech in speeches for sentence in speech.sentences for phrase in sentence.phrases
    )
    terms = sorted(words.items(), key=lambda found: (-found[1], found[0]))[:6]
    return Group(
        about.name or about.label,
        about,
        tuple(dict.fromkeys(a.path for a, _ in speeches)),
        (),
        len(speeches),
        length,
        length / (total or 1),
        Longest(at.path, longest.turn.id, characters(longest), longest.turn.lines[0]),
        tuple(Term(word, times, 1, 2.5) for word, times in terms),
        tuple(quote(*part) for part in first),
        tuple(quote(*part, Form.REQUEST) for part in last[::3][:most]),
        tuple(quote(*part, Form.QUESTION) for part in last[1::3][:most]),
        tuple(quote(*part, Form.COMMITMENT) for part in last[2::3][:most]),
        (),
        (),
        (),
    )


def _exchanges(analysis: Analysis, speakers: dict[str, Speaker]) -> list[Asked]:
    """Every second turn is a question that the next one answers; the last has no answer."""
    made: list[Asked] = []
    speeches = [s for s in analysis.speeches if s.sentences and s.turn.speaker in speakers]
    for number, i in enumerate(range(0, len(speeches), 2), 1):
        asks, answers = speeches[i], speeches[i + 1 : i + 2]
        made.append(
            Asked(
                number,
                analysis.path,
                None,
                person(speakers[asks.turn.speaker or ""]),
                asks.turn.id,
                (quote(analysis, asks, asks.sentences[-1], Form.QUESTION),),
                tuple(
                    Answer(
                        person(speakers[s.turn.speaker or ""]),
                        s.turn.id,
                        (quote(analysis, s, s.sentences[0]),),
                        0.75,
                        ("次の発言",),
                    )
                    for s in answers
                ),
                number - 1 if number > 1 else None,
            )
        )
    return made
