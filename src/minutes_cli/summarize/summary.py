"""From records read for summaries to a summary: who said what, in short."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from minutes_cli.model import Speaker
from minutes_cli.summarize.exchanges import link
from minutes_cli.summarize.key_sentences import Length, key_sentences
from minutes_cli.summarize.model import (
    Analysis,
    Answer,
    Asked,
    By,
    Exchange,
    Form,
    Group,
    Longest,
    Person,
    Quote,
    Speech,
    Summarized,
    Summary,
    Term,
)
from minutes_cli.summarize.people import fold, person_keys
from minutes_cli.summarize.quotes import person, quote, whole
from minutes_cli.summarize.terms import count_phrases, key_terms, names_of

__all__ = ["Length", "summarize"]

_TERMS = 8
_UNLISTED = frozenset((Form.EXPLANATION, Form.COURTESY, Form.PROCEDURE))
_DEFAULT = Length()
Wanted = Callable[[Analysis, Speech], bool]


class _Said(NamedTuple):
    """A speech of a group, in its record."""

    analysis: Analysis
    speech: Speech


class _Home(NamedTuple):
    """Which group a speech belongs to, and what that is called."""

    key: tuple[str, ...]
    heading: str
    person: Person | None = None


def summarize(analyses: Sequence[Analysis], by: By, length: Length = _DEFAULT, wanted: Wanted | None = None) -> Summary:
    """What is said in the records, one group for each speaker, role … as *by* says, in order of appearance.

    *length* is that of the key sentences of each group. Only speeches that are *wanted* are summarised, of exchanges
    those with such a speech; shares are parts of all that is said, wanted or not. Key terms are what a group says more
    than the others, those left out included.
    """
    records = tuple([_record(analysis) for analysis in analyses])
    turns, characters = sum(one.turns for one in records), sum(one.characters for one in records)
    asked = [asked for analysis in analyses for asked in _asked(analysis, wanted)]
    if by is By.EXCHANGE:
        return Summary(by, records, turns, characters, (), tuple(asked))
    homes: dict[tuple[str, ...], _Home] = {}
    everything: dict[tuple[str, ...], list[_Said]] = {}
    for analysis in analyses:
        home_of = _homes(by, analysis)
        for speech in analysis.speeches:
            home = home_of(speech)
            homes.setdefault(home.key, home)
            everything.setdefault(home.key, []).append(_Said(analysis, speech))
    terms = _terms(everything, analyses)
    by_turn: dict[tuple[str, str], list[Asked]] = {}
    for one in asked:
        for turn in {one.turn, *[answer.turn for answer in one.answers]}:
            by_turn.setdefault((one.path, turn), []).append(one)
    groups = []
    for key, home in homes.items():
        said = [one for one in everything[key] if wanted is None or wanted(*one)]
        if said:
            groups.append(_group(home, said, characters, length, terms[key], by_turn))
    return Summary(by, records, turns, characters, tuple(groups), ())


def _record(analysis: Analysis) -> Summarized:
    meeting = analysis.meeting
    size = sum(_size(speech) for speech in analysis.speeches)
    return Summarized(analysis.path, meeting.title, meeting.date, meeting.body, len(analysis.speeches), size)


def _size(speech: Speech) -> int:
    return sum(map(len, speech.turn.paragraphs))


def _homes(by: By, analysis: Analysis) -> Callable[[Speech], _Home]:
    """What tells the group of a speech of the record."""
    if by is By.RECORD:
        here = _Home((analysis.path,), analysis.meeting.title or analysis.path)
        return lambda speech: here
    if by is By.SECTION:
        headings = {section.id: section.heading for section in analysis.sections}
        return lambda speech: _named(headings.get(speech.turn.section or ""))
    speakers = {speaker.id: speaker for speaker in analysis.speakers}
    if by is By.SPEAKER:
        keys = person_keys(analysis.speakers, analysis.meeting.body)
        people = {key: _person(keys[key], speaker) for key, speaker in speakers.items()}
        return lambda speech: people.get(speech.turn.speaker or "", _NOBODY)
    homes = {
        key: _named((speaker.role or speaker.title) if by is By.ROLE else speaker.affiliation)
        for key, speaker in speakers.items()
    }
    return lambda speech: homes.get(speech.turn.speaker or "", _named(None))


def _person(key: tuple[str, ...], speaker: Speaker) -> _Home:
    return _Home(key, speaker.name or speaker.label, person(speaker))


_NOBODY = _Home((), "", person(None))


def _named(name: str | None) -> _Home:
    return _Home((fold(name),), name or "")


def _terms(
    everything: Mapping[tuple[str, ...], Sequence[_Said]], analyses: Sequence[Analysis]
) -> dict[tuple[str, ...], tuple[Term, ...]]:
    """The key terms of every group."""
    keys = list(everything)
    counts = {str(i): count_phrases([said.speech for said in everything[key]]) for i, key in enumerate(keys)}
    names = frozenset().union(*[names_of(analysis) for analysis in analyses])
    found = key_terms(counts, names, _TERMS)
    return {key: found[str(i)] for i, key in enumerate(keys)}


def _group(
    home: _Home,
    said: Sequence[_Said],
    characters: int,
    length: Length,
    terms: tuple[Term, ...],
    by_turn: Mapping[tuple[str, str], Sequence[Asked]],
) -> Group:
    sizes = [_size(one.speech) for one in said]
    longest = max(range(len(said)), key=lambda i: (sizes[i], -i))
    own = {(one.path, one.number): one for s in said for one in by_turn.get((s.analysis.path, s.speech.turn.id), ())}
    picks = key_sentences([one.speech for one in said], length)
    forms: dict[Form, list[Quote]] = {form: [] for form in Form}
    for one in said:
        for number, sentence in enumerate(one.speech.sentences):
            if sentence.reading.form not in _UNLISTED:
                forms[sentence.reading.form].append(whole(one.analysis, one.speech, number))
    return Group(
        home.heading,
        home.person,
        tuple(dict.fromkeys(one.analysis.path for one in said)),
        tuple(dict.fromkeys(_headings(said))),
        len(said),
        sum(sizes),
        round(sum(sizes) / characters, 4) if characters else 0.0,
        _longest(said[longest], sizes[longest]),
        terms,
        tuple(
            [
                quote(
                    said[pick.speech].analysis,
                    said[pick.speech].speech,
                    said[pick.speech].speech.sentences[pick.sentence],
                    list(pick.pieces),
                    pick.score,
                )
                for pick in picks
            ]
        ),
        tuple(forms[Form.REQUEST]),
        tuple(forms[Form.QUESTION]),
        tuple(forms[Form.COMMITMENT]),
        tuple(forms[Form.CONSIDERATION]),
        tuple(forms[Form.REFUSAL]),
        tuple(sorted(own.values(), key=lambda one: (one.path, one.number))),
    )


def _longest(one: _Said, size: int) -> Longest:
    return Longest(one.analysis.path, one.speech.turn.id, size, one.speech.turn.lines[0])


def _headings(said: Iterable[_Said]) -> Iterable[str]:
    for one in said:
        for section in one.analysis.sections:
            if section.id == one.speech.turn.section:
                yield section.heading


def _asked(analysis: Analysis, wanted: Wanted | None) -> list[Asked]:
    """The exchanges of a record in words, those in which a speech that is wanted asks or answers."""
    speakers = {speaker.id: speaker for speaker in analysis.speakers}
    headings = {section.id: section.heading for section in analysis.sections}
    found = []
    for exchange in link(analysis) if analysis.exchanges is None else analysis.exchanges:
        involved = [exchange.speech, *[answer.speech for answer in exchange.answers]]
        if wanted is None or any(wanted(analysis, analysis.speeches[i]) for i in involved):
            found.append(_in_words(exchange, analysis, speakers, headings))
    return found


def _in_words(
    exchange: Exchange, analysis: Analysis, speakers: Mapping[str, Speaker], headings: Mapping[str, str]
) -> Asked:
    def who(speech: Speech) -> Person:
        return person(speakers.get(speech.turn.speaker or ""), speech.turn.label)

    def quotes(speech: Speech, numbers: Iterable[int]) -> tuple[Quote, ...]:
        return tuple([whole(analysis, speech, number) for number in numbers])

    asking = analysis.speeches[exchange.speech]
    answers = [(analysis.speeches[answer.speech], answer) for answer in exchange.answers]
    return Asked(
        exchange.number,
        analysis.path,
        headings.get(asking.turn.section or ""),
        who(asking),
        asking.turn.id,
        quotes(asking, exchange.question),
        tuple(
            [
                Answer(who(speech), speech.turn.id, quotes(speech, one.sentences), one.score, one.reasons)
                for speech, one in answers
            ]
        ),
        exchange.follows,
    )
