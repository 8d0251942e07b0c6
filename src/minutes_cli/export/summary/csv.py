"""A Summary as CSV: one row per group, or by exchange one row per answer.

A row per group adds up: the characters of all rows are those of the summary. Where a cell holds several things, each
stands on a line of its own (no sentence, term or heading holds a line end).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_cli.export.cells import as_csv
from minutes_cli.export.json import escape_surrogates
from minutes_cli.export.summary.shown import FORMS, PARTS, Voices, marked, part
from minutes_cli.summarize.model import Answer, Asked, By, Group, Person, Quote, Summary, Term

__all__ = ["EXCHANGE_COLUMNS", "GROUP_COLUMNS", "PERSON", "exchange_rows", "write_csv"]

PERSON = ("label", "name", "role", "title", "affiliation")
"""What is said of a speaker."""

GROUP_COLUMNS = (
    "by",
    "heading",
    *(f"speaker_{name}" for name in PERSON),
    *("turns", "characters", "share", "longest_characters", "longest_path", "longest_line"),
    *(f"{field}_count" for field, _ in FORMS),
    *("records", "sections", "terms"),
    *(field for field, _ in PARTS),
)

EXCHANGE_COLUMNS = (
    *("path", "number", "follows", "section"),
    *(f"asker_{name}" for name in PERSON),
    *("question_turn", "question_page", "question_lines", "question", "answer_number"),
    *(f"answerer_{name}" for name in PERSON),
    *("answer_turn", "answer_page", "answer_lines", "answer", "score", "reasons"),
)


def write_csv(summary: Summary, voices: Voices) -> bytes:
    """*summary* as CSV in UTF-8 with line feeds; of one without groups or exchanges the head alone."""
    if summary.by is By.EXCHANGE:
        lines = as_csv(EXCHANGE_COLUMNS, exchange_rows(summary.exchanges))
    else:
        lines = as_csv(GROUP_COLUMNS, (_group(group, summary.by) for group in summary.groups))
    text: str = escape_surrogates("".join(lines))
    return text.encode()


def _group(group: Group, by: By) -> list[object]:
    longest = group.longest
    return [
        by.value,
        group.heading,
        *_person(group.person),
        group.turns,
        group.characters,
        group.share,
        longest.characters if longest else None,
        longest.path if longest else None,
        longest.line if longest else None,
        *(len(part(group, field)) for field, _ in FORMS),
        "\n".join(group.records),
        "\n".join(group.sections),
        "\n".join(map(_term, group.terms)),
        *(_quotes(part(group, field)) for field, _ in PARTS),
    ]


def exchange_rows(exchanges: Iterable[Asked]) -> Iterator[list[object]]:
    """One row per answer under EXCHANGE_COLUMNS; of a question without any, one row that ends empty."""
    for asked in exchanges:
        question = [
            *(asked.path, asked.number, asked.follows, asked.section),
            *_person(asked.person),
            *(asked.turn, *_places(asked.question)),
        ]
        for number, answer in enumerate(asked.answers, 1):
            yield [*question, number, *_answer(answer)]
        if not asked.answers:
            yield [*question, *([None] * (len(EXCHANGE_COLUMNS) - len(question)))]


def _answer(answer: Answer) -> list[object]:
    return [
        *_person(answer.person),
        *(answer.turn, *_places(answer.sentences)),
        answer.score,
        "\n".join(answer.reasons),
    ]


def _person(person: Person | None) -> list[object]:
    return [getattr(person, name) if person else None for name in PERSON]


def _term(term: Term) -> str:
    return f"{term.term} {term.times}"


def _quotes(quotes: Iterable[Quote]) -> str:
    """Each as ``path:line: words``, as grep has it."""
    return "\n".join(f"{quote.path}:{quote.line}: {marked(quote)}" for quote in quotes)


def _places(quotes: tuple[Quote, ...]) -> list[object]:
    """The page of the first, the lines of all, and their words."""
    lines = [quote.line for quote in quotes]
    return [
        quotes[0].page if quotes else None,
        lines[0] if len(lines) == 1 else "\n".join(map(str, lines)),
        "\n".join(map(marked, quotes)),
    ]
