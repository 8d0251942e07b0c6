"""Words quoted from a speech, each with its place in the original."""

from __future__ import annotations

from collections.abc import Sequence

from minutes_cli.model import Speaker
from minutes_cli.summarize.model import Analysis, Person, Quote, Sentence, Speech

__all__ = ["person", "quote", "whole"]

#: Stands where clauses are left out.
MARK = "…"


def whole(analysis: Analysis, speech: Speech, number: int) -> Quote:
    """The sentence *number* of *speech* as it is; its score is how many different content words it has."""
    sentence = speech.sentences[number]
    score = float(len({form for _, form in sentence.words}))
    return quote(analysis, speech, sentence, [(sentence.start, sentence.end)], score)


def quote(
    analysis: Analysis, speech: Speech, sentence: Sentence, pieces: Sequence[tuple[int, int]], score: float
) -> Quote:
    """What is left of *sentence* in *pieces*, each a start and an end in the text of the speech, in order."""
    passage = speech.passage
    first = pieces[0][0]
    place = passage.place(first)
    span = passage.span(first, first + 1)
    reading = sentence.reading
    return Quote(
        _with_marks([speech.text[start:end] for start, end in pieces], sentence, pieces),
        _with_marks([passage.original(start, end) for start, end in pieces], sentence, pieces),
        tuple([span for start, end in pieces for span in passage.stretches(start, end)]),
        analysis.path,
        speech.turn.id,
        place.line,
        place.column,
        _page(analysis, span.start),
        score,
        list(pieces) != [(sentence.start, sentence.end)],
        reading.form,
        speech.text[reading.start : reading.end],
        reading.pattern,
    )


def _with_marks(texts: Sequence[str], sentence: Sentence, pieces: Sequence[tuple[int, int]]) -> str:
    """The pieces with … wherever something stands between them, before or behind."""
    front = MARK if pieces[0][0] > sentence.start else ""
    back = MARK if pieces[-1][1] < sentence.end else ""
    return front + MARK.join(texts) + back


def _page(analysis: Analysis, offset: int) -> int | None:
    page = None
    for number, start in analysis.pages:
        if start > offset:
            break
        page = number
    return page


def person(speaker: Speaker | None, label: str | None = None) -> Person:
    """Who *speaker* is; where the record knows no speaker, only what it prints, *label*."""
    if speaker is None:
        return Person(None, label or "", None, None, None, None)
    return Person(speaker.id, speaker.label, speaker.name, speaker.role, speaker.title, speaker.affiliation)
