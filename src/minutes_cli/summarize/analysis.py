"""From a document to what summaries are made of: every sentence is cut into words once, and read for all parts."""

from __future__ import annotations

from collections.abc import Callable

from minutes_cli.lexicon.sentences import sentences
from minutes_cli.lexicon.words import Cut
from minutes_cli.lexicon.words import cut as remembered_for_a_while
from minutes_cli.model import Document
from minutes_cli.parse.exchanges import chairs
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import PassageKind, Record
from minutes_cli.summarize.forms import classify
from minutes_cli.summarize.model import Analysis, Phrase, Sentence, Speech
from minutes_cli.summarize.terms import phrases

__all__ = ["analyse", "looked_at"]


def analyse(
    document: Document, record: Record | None = None, cut: Callable[[str], Cut] = remembered_for_a_while
) -> Analysis:
    """Read *document* for summaries.

    *record* is what ``searchable`` makes of it, where that has been made already. *cut* cuts a sentence into words; for
    several records, one that remembers more (:func:`minutes_cli.lexicon.words.remembering`).
    """
    record = searchable(document) if record is None else record
    turns = {turn.id: turn for turn in document.turns}
    speeches = tuple(
        Speech(turns[passage.turn], passage, tuple(_sentences(passage.text, cut)))
        for passage in record.passages
        if passage.kind is PassageKind.SPEECH and passage.turn is not None
    )
    return Analysis(
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


def looked_at(analysis: Analysis) -> Analysis:
    """*analysis* with all that a summary asks of one record alone: done where the record is read, it is done at once
    with others."""
    from minutes_cli.summarize.exchanges import link
    from minutes_cli.summarize.salience import first_look

    speeches = tuple([speech._replace(looks=tuple(first_look(speech))) for speech in analysis.speeches])
    return analysis._replace(speeches=speeches, exchanges=link(analysis))


def _sentences(text: str, cut: Callable[[str], Cut]) -> list[Sentence]:
    return [_sentence(cut(text[start:end]), start, end) for start, end in sentences(text)]


def _sentence(words: Cut, start: int, end: int) -> Sentence:
    reading = classify(words)
    return Sentence(
        start,
        end,
        words,
        reading._replace(start=start + reading.start, end=start + reading.end),
        tuple(words.content(start)),
        tuple([Phrase(start + low, start + high, form) for low, high, form in phrases(words)]),
    )
