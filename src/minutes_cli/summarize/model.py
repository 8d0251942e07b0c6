"""The types of a summary. Every sentence in it is quoted and leads back to the original."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from minutes_cli.lexicon.words import Cut, Morpheme, cut
from minutes_cli.model import Attendee, Meeting, Section, Span, Speaker, Turn
from minutes_cli.passage import Passage


class By(StrEnum):
    """What a summary has one group for."""

    SPEAKER = "speaker"
    ROLE = "role"
    AFFILIATION = "affiliation"
    SECTION = "section"
    RECORD = "record"
    EXCHANGE = "exchange"


class Form(StrEnum):
    """What a sentence does, as the form of its predicate shows."""

    REQUEST = "request"  # お願いしたい, 要望します, …すべきです
    QUESTION = "question"  # 伺います, いかがか
    COMMITMENT = "commitment"  # 取り組んでまいります, 実施します
    CONSIDERATION = "consideration"  # 検討します, 研究してまいります
    REFUSAL = "refusal"  # 困難です, 考えておりません
    EXPLANATION = "explanation"  # all else that says something
    COURTESY = "courtesy"  # greetings, thanks, formulas: よろしくお願いします, 以上でございます
    PROCEDURE = "procedure"  # running the meeting: 次に…議題とします, それでは意見交換に移ります


class Reading(NamedTuple):
    """What a sentence does, the pattern that says so, and the words that show it: ``sentence[start:end]``.

    An explanation is shown by no words: ``pattern`` is empty and ``start`` equals ``end``.
    """

    form: Form
    pattern: str
    start: int
    end: int


class Phrase(NamedTuple):
    """A noun phrase: where it stands in the text of its turn, and the form under which it is counted."""

    start: int
    end: int
    form: str


class ClauseEnd(StrEnum):
    """What ends where a sentence may be cut."""

    JOINED = "joined"  # a clause that another one follows: …し、 …が、 …ため、
    RELATIVE = "relative"  # a clause that describes the noun behind it
    FRONT = "front"  # a conjunction or an adverbial phrase set off by a comma: そこで、 来年度から、
    CONDITION = "condition"  # a condition, which is never left out: …すれば、 …する場合
    QUOTED = "quoted"  # what is thought or asked: …したい(と思っております), …のか(伺います)
    SENTENCE = "sentence"


class Clause(NamedTuple):
    """Where a clause ends, and how."""

    end: int
    kind: ClauseEnd


class Again(NamedTuple):
    """A sentence that is cut into words when they are asked for."""

    sentence: str

    def morphemes(self, last: int | None = None) -> list[Morpheme]:
        """As :meth:`minutes_cli.lexicon.words.Cut.morphemes`."""
        return cut(self.sentence).morphemes(last)


class Sentence(NamedTuple):
    """``text[start:end]`` of a speech, cut into words and read once; all places count code points of that text.

    Of one that comes from another process ``cut`` is made again when it is asked for words. ``words`` are the content
    words (nouns, verbs, adjectives) as normalized forms, each with where it begins.
    """

    start: int
    end: int
    cut: Cut | Again
    reading: Reading
    words: tuple[tuple[int, str], ...]
    phrases: tuple[Phrase, ...]


class Speech(NamedTuple):
    """A turn and its sentences. ``passage.text`` is the text of the turn and leads back to the original.

    ``looks`` are what :func:`minutes_cli.summarize.salience.first_look` says of them, where it was asked already.
    """

    turn: Turn
    passage: Passage
    sentences: tuple[Sentence, ...]
    looks: tuple[float, ...] | None = None

    @property
    def text(self) -> str:
        """What is said, corrected, a line per paragraph."""
        return self.passage.text


class Analysis(NamedTuple):
    """A record read for summaries; no word of it need be cut again. ``speeches`` has one entry per turn with text.

    ``chairs`` are the ids of the speakers who lead the meeting. ``pages``: printed number of each page and where it
    starts in the original. ``exchanges`` is what :func:`minutes_cli.summarize.exchanges.link` says of it, where it was
    asked already.

    It is made small to be pickled (:mod:`minutes_cli.summarize.parcel`).
    """

    path: str
    kind: str
    meeting: Meeting
    speakers: tuple[Speaker, ...]
    sections: tuple[Section, ...]
    attendance: tuple[Attendee, ...]
    chairs: frozenset[str]
    speeches: tuple[Speech, ...]
    pages: tuple[tuple[int, int], ...] = ()
    exchanges: tuple[Exchange, ...] | None = None

    def __reduce__(self) -> tuple[Callable[..., Analysis], tuple[Any, ...]]:
        from minutes_cli.summarize.parcel import opened, parcel_of

        return opened, (parcel_of(self),)


class Quote(NamedTuple):
    """Words quoted from a turn. ``spans``: the parts of the original that stand in ``text``, in order.

    There is more than one where lines were joined (line ends and page marks between them are left out) and where
    clauses are left out.

    ``text`` has … where clauses are left out; ``original`` is the same as it stands in the record, where that differs
    (wraps joined, slips not corrected). ``line`` and ``column`` (1-based) and ``page`` say where the first of the
    words stands.
    """

    text: str
    original: str
    spans: tuple[Span, ...]
    path: str
    turn: str
    line: int
    column: int
    page: int | None
    score: float
    shortened: bool
    form: Form
    shown: str  # the words that show the form
    pattern: str

    @property
    def span(self) -> Span:
        """From the first of the words to the last."""
        return Span(self.spans[0].start, self.spans[-1].end)


class Term(NamedTuple):
    """A key term: how often this group says it and how often the others do, and how much more that is.

    ``score`` is the z-score of the weighted log-odds (:mod:`minutes_cli.summarize.terms`).
    """

    term: str
    times: int
    elsewhere: int
    score: float


class Link(NamedTuple):
    """One speech (index into ``Analysis.speeches``) that answers, the sentences of it that do, and how sure that is.

    ``score`` lies between 0 and 1; ``reasons`` say what speaks for the link, in a few words each.
    """

    speech: int
    sentences: tuple[int, ...]
    score: float
    reasons: tuple[str, ...]


class Exchange(NamedTuple):
    """A question and who answered it. ``question`` are the sentences of ``speech`` that ask (indexes).

    ``number`` counts the exchanges of a record from 1. ``follows`` is the number of the exchange that this one
    follows up. An exchange without answers is an unlinked question.
    """

    number: int
    speech: int
    question: tuple[int, ...]
    answers: tuple[Link, ...]
    follows: int | None = None


class Person(NamedTuple):
    """Who a group or a part of an exchange is about. ``id`` is that of the speaker in the record, or in the first."""

    id: str | None
    label: str
    name: str | None
    role: str | None
    title: str | None
    affiliation: str | None


class Answer(NamedTuple):
    """Who answered, in which words, and how sure it is that this answers the question (0 to 1)."""

    person: Person
    turn: str
    sentences: tuple[Quote, ...]
    score: float
    reasons: tuple[str, ...]


class Asked(NamedTuple):
    """An exchange in words. ``number`` counts those of the record at ``path`` from 1; without answers it is unlinked.

    ``follows`` is the number of the exchange in the same record that this one follows up.
    """

    number: int
    path: str
    section: str | None  # its heading
    person: Person
    turn: str
    question: tuple[Quote, ...]
    answers: tuple[Answer, ...]
    follows: int | None


class Longest(NamedTuple):
    """The longest turn of a group."""

    path: str
    turn: str
    characters: int
    line: int


class Group(NamedTuple):
    """What one speaker, role, section … said. ``heading`` names it; ``person`` is set in a summary by speaker.

    ``share`` is the part of all characters that are spoken (0 to 1). Characters are those of the text of turns,
    without line ends and events. ``sentences`` are the key sentences, in the order of the records; ``exchanges`` those
    in which the group asks or answers.
    """

    heading: str
    person: Person | None
    records: tuple[str, ...]
    sections: tuple[str, ...]
    turns: int
    characters: int
    share: float
    longest: Longest | None
    terms: tuple[Term, ...]
    sentences: tuple[Quote, ...]
    requests: tuple[Quote, ...]
    questions: tuple[Quote, ...]
    commitments: tuple[Quote, ...]
    considerations: tuple[Quote, ...]
    refusals: tuple[Quote, ...]
    exchanges: tuple[Asked, ...]


class Summarized(NamedTuple):
    """A record that went into a summary."""

    path: str
    title: str | None
    date: str | None
    body: str | None
    turns: int
    characters: int


class Summary(NamedTuple):
    """The whole: one group per ``by``, in order of first appearance; by exchange there are only ``exchanges``."""

    by: By
    records: tuple[Summarized, ...]
    turns: int
    characters: int
    groups: tuple[Group, ...]
    exchanges: tuple[Asked, ...]
