"""A record read for summaries, on its way from one process to another: numbers, and each word once.

Pickled one by one, words and phrases would cost more than a second process gains. What Sudachi says of the words stays
behind: the few sentences of which it is asked later are cut again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from minutes_cli.model import Turn
from minutes_cli.passage import Passage
from minutes_cli.summarize.model import Again, Analysis, Form, Phrase, Reading, Sentence, Speech

__all__ = ["Parcel", "opened", "parcel_of"]

_FORMS = tuple(Form)
_NUMBER_OF = {form: number for number, form in enumerate(_FORMS)}
#: Of a sentence: start, end, form, pattern, start and end of what shows it, how many words, how many phrases.
_HEAD = 8


class _Sentences(NamedTuple):
    """Sentences as numbers: for each its head, its words (place, text), its phrases (start, end, text).

    Of a text it is the number in ``texts``. ``counts`` says how many sentences each speech has.
    """

    counts: tuple[int, ...]
    numbers: array[int]
    texts: tuple[str, ...]


class Parcel(NamedTuple):
    """An analysis; ``fields`` are those of it that are not named here."""

    fields: dict[str, Any]
    speeches: tuple[tuple[Turn, Passage, tuple[float, ...] | None], ...]
    sentences: _Sentences


def parcel_of(analysis: Analysis) -> Parcel:
    """*analysis* made small."""
    fields = analysis._asdict()
    del fields["speeches"]
    speeches = analysis.speeches
    heads = tuple([(speech.turn, speech.passage, speech.looks) for speech in speeches])
    return Parcel(fields, heads, _packed([speech.sentences for speech in speeches]))


def opened(parcel: Parcel) -> Analysis:
    """What :func:`parcel_of` was given; sentences are cut into words again when these are asked for."""
    sentences = _unpacked(parcel.sentences, [passage.text for _, passage, _ in parcel.speeches])
    speeches = [
        Speech(turn, passage, said, looks)
        for (turn, passage, looks), said in zip(parcel.speeches, sentences, strict=True)
    ]
    return Analysis(speeches=tuple(speeches), **parcel.fields)


def _packed(speeches: Sequence[Sequence[Sentence]]) -> _Sentences:
    """The sentences of all *speeches* of a record."""
    numbers: list[int] = []
    texts: dict[str, int] = {}
    number = texts.setdefault
    for sentences in speeches:
        for start, end, _, reading, words, phrases in sentences:
            shown = (number(reading.pattern, len(texts)), reading.start, reading.end)
            numbers += (start, end, _NUMBER_OF[reading.form], *shown, len(words), len(phrases))
            for at, form in words:
                numbers += (at, number(form, len(texts)))
            for low, high, form in phrases:
                numbers += (low, high, number(form, len(texts)))
    return _Sentences(tuple(map(len, speeches)), array("i", numbers), tuple(texts))


def _unpacked(packed: _Sentences, texts: Sequence[str]) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of each speech, whose *texts* these are."""
    numbers, known, at = packed.numbers.tolist(), packed.texts, 0
    for count, text in zip(packed.counts, texts, strict=True):
        sentences = []
        for _ in range(count):
            start, end, form, pattern, first, last, many, more = numbers[at : at + _HEAD]
            words_at, phrases_at = at + _HEAD, at + _HEAD + 2 * many
            at = phrases_at + 3 * more
            reading = Reading(_FORMS[form], known[pattern], first, last)
            forms = [known[i] for i in numbers[words_at + 1 : phrases_at : 2]]
            words = tuple(zip(numbers[words_at:phrases_at:2], forms, strict=True))
            phrases = tuple(
                [Phrase(numbers[i], numbers[i + 1], known[numbers[i + 2]]) for i in range(phrases_at, at, 3)]
            )
            sentences.append(Sentence(start, end, Again(text[start:end]), reading, words, phrases))
        yield tuple(sentences)
