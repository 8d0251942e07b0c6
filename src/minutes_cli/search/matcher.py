"""Patterns made ready: each a function from a text to the places where it matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.search.model import Match, Mode, Query
from minutes_cli.search.needs import Needs, of_literal, of_regex, without_doubts

Spans = Sequence[tuple[int, int]]


class Matcher(NamedTuple):
    r"""One pattern, or one word of its synonym group, made ready.

    ``find`` gives the matches in a text of one or several lines, in order, none empty and none across a line end.
    ``needs`` says what a text must hold to match at all, folded where the search is; ``forms`` are groups of normalized
    forms: the index must list all of one group.
    ``number`` is that of the pattern in the query, ``term`` the word of the group.
    """

    find: Callable[[str], Spans]
    needs: Needs
    forms: tuple[frozenset[str], ...] = ()
    number: int = 0
    term: str | None = None

    def matches(self, text: str) -> list[Match]:
        """The matches in *text*, in order."""
        return [Match(start, end, self.number, self.term) for start, end in self.find(text)]


def matchers(patterns: Sequence[str], query: Query) -> tuple[Matcher, ...]:
    """The *patterns* (those of the query, or those that must be absent) made ready as *query* says.

    Raises UsageError for a pattern that is empty or no regular expression.
    """
    found = []
    for number, pattern in enumerate(patterns):
        for term in _terms(pattern, query):
            made = _matcher(pattern if term is None else term, query, literal=term is not None)
            found.append(made._replace(number=number, term=term))
    return tuple(found)


def _terms(pattern: str, query: Query) -> Sequence[str | None]:
    """The words of the pattern's synonym group; None alone where it has none."""
    if not query.synonyms:
        return (None,)
    from minutes_cli.search.synonyms import expand

    group = expand(pattern, query.synonyms, words=query.mode is Mode.WORD)
    return group if len(group) > 1 else (None,)


def _matcher(pattern: str, query: Query, *, literal: bool) -> Matcher:
    if not pattern:
        raise UsageError(
            "an empty pattern matches everywhere; give what to search for (no blank line in a list), or . for any"
        )
    if query.mode is Mode.WORD:
        from minutes_cli.search.words import WordPattern

        words = WordPattern(pattern)
        return Matcher(words.find, words.needs, words.forms)
    if query.ignore_case:
        from minutes_cli.lexicon.folding import fold, fold_pattern

        if literal or query.mode is Mode.LITERAL:
            folded = fold(pattern).text
            return Matcher(_in_folded(_literal(folded, query)), of_literal(folded))
        folded = fold_pattern(pattern)
        return Matcher(_in_folded(_regex(folded, query, pattern)), of_regex(folded))
    if literal or query.mode is Mode.LITERAL:
        return Matcher(_literal(pattern, query), of_literal(pattern))
    return Matcher(_regex(pattern, query, pattern), of_regex(pattern))


def _literal(pattern: str, query: Query) -> Callable[[str], Spans]:
    size, whole = len(pattern), query.whole

    def find(text: str) -> Spans:
        found = []
        at = text.find(pattern)
        while at >= 0:
            end = at + size
            if not whole or is_whole(text, at, end):
                found.append((at, end))
                at = text.find(pattern, end)
            else:
                at = text.find(pattern, at + 1)
        return found

    if "\n" in pattern:
        raise UsageError("a pattern cannot hold a line end; give the lines as patterns of their own with -e")
    return find


def _regex(pattern: str, query: Query, written: str) -> Callable[[str], Spans]:
    for sign, instead in _NOT_PYTHON.items():
        if sign in pattern:
            raise UsageError(f"pattern {written!r}: {sign} is not known here; use {instead}")
    try:
        with without_doubts():
            compiled = re.compile(pattern, re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as e:
        raise UsageError(f"pattern {written!r} is no regular expression: {e}; -F searches it as it stands") from None
    whole = query.whole
    if _stays_in_line(pattern):

        def find(text: str) -> Spans:
            spans = (match.span() for match in compiled.finditer(text))
            return [(s, e) for s, e in spans if e > s and (not whole or is_whole(text, s, e))]

        return find

    def find_by_line(text: str) -> Spans:
        found = []
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            # Not the line alone: \b and look-behind see what stands before it, as ^ and $ do with MULTILINE.
            for match in compiled.finditer(text, start, end):
                s, e = match.span()
                if e > s and (not whole or is_whole(text, s, e)):
                    found.append((s, e))
            start = end + 1
        return found

    return find_by_line


#: What grep knows and Python takes for something else, without a word.
_NOT_PYTHON = {
    "[[:": r"\w, \d, \s or the characters themselves",
    r"\<": r"\b, or -w",
    r"\>": r"\b, or -w",
}


def _stays_in_line(pattern: str) -> bool:
    r"""Whether no match of *pattern* can hold a line end: only ``\s``, ``\W``, ``\D``, ``[^…]`` and such can."""
    return not any(sign in pattern for sign in ("\\", "[^", "\n", "(?"))


def _in_folded(find: Callable[[str], Spans]) -> Callable[[str], Spans]:
    """*find* on the folded text, with the places in the text itself."""
    from minutes_cli.lexicon.folding import fold

    def find_folded(text: str) -> Spans:
        folded = fold(text)
        spans = find(folded.text)
        if folded.offsets is None:
            return spans
        return [(folded.offsets[s], folded.offsets[e]) for s, e in spans]

    return find_folded


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` goes on at neither edge: -w.

    A word goes on with a character of its own script: letters and digits as in grep, kanji, katakana. At an edge in
    hiragana nothing can be told from the script, so it counts as one.
    """
    return not (_goes_on(text, start - 1, start) or _goes_on(text, end - 1, end))


def _goes_on(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return False
    before, behind = _script(text[left]), _script(text[right])
    return before == behind and before != ""


def _script(character: str) -> str:
    if character in "々〆ヶ" or "㐀" <= character <= "鿿" or "豈" <= character <= "﫿" or character >= "\U00020000":
        return "kanji"
    if "ァ" <= character <= "ヿ" or "ｦ" <= character <= "ﾟ":
        return "katakana" if character != "・" else ""
    if "ぁ" <= character <= "ゟ":
        return ""
    return "letters" if character.isalnum() or character == "_" else ""
