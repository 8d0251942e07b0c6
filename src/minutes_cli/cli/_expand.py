"""minutes grep --expand: what would be searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_cli.cli._print import Line, show
from minutes_cli.cli._text import visible
from minutes_cli.search.model import Mode, Query
from minutes_cli.search.run import prepare

_MOST = 60
"""Spellings that are named of a word."""


def expansion(query: Query) -> int:
    """Print the patterns of *query* with their synonyms and, for words, forms and spellings; exit code 0."""
    prepared = prepare(query)
    lines: list[Line] = []
    for number, pattern in enumerate(query.patterns):
        terms = [matcher.term for matcher in prepared.wanted if matcher.number == number]
        lines.append([(visible(pattern), "head"), (f"  ({_mode(query)})", "faint")])
        searched = [term for term in terms if term is not None]
        if searched:
            lines.append([("  synonyms  ", "key"), (visible("、".join(searched)), "")])
        for term in searched or [pattern]:
            lines += _words(term, named=bool(searched)) if query.mode is Mode.WORD else []
    show(lines)
    return 0


def _mode(query: Query) -> str:
    named = {Mode.REGEX: "regular expression", Mode.LITERAL: "plain text", Mode.WORD: "words by normalized form"}
    parts = [named[query.mode]]
    parts += ["case and width ignored"] if query.ignore_case else []
    parts += ["whole words by script"] if query.whole else []
    return ", ".join(parts)


def _words(term: str, *, named: bool) -> Iterator[Line]:
    from minutes_cli.search.words import describe

    if named:
        yield [("  ", ""), (visible(term), "speaker")]
    for word in describe(term):
        yield [("  word      ", "key"), (visible(word.text), ""), ("  as  ", "faint"), (visible(word.form), "")]
        yield [("  spelled   ", "key"), (visible(_listed(word.spellings)), "")]


def _listed(spellings: Sequence[str]) -> str:
    left = len(spellings) - _MOST
    return " ".join(spellings[:_MOST]) + (f" … and {left:,} more" if left > 0 else "")
