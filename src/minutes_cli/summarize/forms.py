"""What sentences do: requests, questions, promises … by the form of their predicates."""

from __future__ import annotations

from functools import cache, lru_cache

from minutes_cli.lexicon.words import Cut
from minutes_cli.summarize.machine import BEGINNING, Machine, State
from minutes_cli.summarize.model import Form, Reading
from minutes_cli.summarize.pattern_files import ORDER, Pattern, shipped
from minutes_cli.summarize.plain_words import TOKENS
from minutes_cli.summarize.predicates import SEEN, Tail, start_of, tail

__all__ = ["ORDER", "classify"]

_EXPLANATION = Reading(Form.EXPLANATION, "", 0, 0)
_MARKS = " \u3000。．.｡、，,！!？?…・）)」』】〕］"


def classify(cut: Cut) -> Reading:
    """What the sentence does, the first pattern that says so, and the words that show it, relative to the sentence.

    The words shown reach to the end of the sentence, without its stop.
    """
    end = tail(cut)
    state = _after(end.words)
    if not state.dead:
        state = _walk(cut, end, state)
    for number in _in_order(state.done):
        pattern = _patterns()[number]
        if not (pattern.holds or pattern.lacks or pattern.at_most) or _within(pattern, cut):
            return Reading(pattern.form, pattern.id, *_shown(cut, end, number))
    return _EXPLANATION


def _walk(cut: Cut, end: Tail, state: State) -> State:
    """The state after the words before the tail, as far as they matter."""
    words = cut.words
    follow, symbols = _machine().follow, _SYMBOLS
    first = len(words) - end.size
    for number, _ in words[first - 1 : first - SEEN if first > SEEN else None : -1] if first else ():
        symbol = symbols[number]
        if symbol:
            state = state.then.get(symbol) or follow(state, symbol)
            if state.dead:
                return state
    return follow(state, BEGINNING) if first <= SEEN else state


@lru_cache(maxsize=1 << 14)
def _after(words: str) -> State:
    return _machine().follow(_machine().start, _machine().symbols(words))


class _Symbols(dict[int, str]):
    """By the number of a word in the dictionary: how the machine reads it."""

    def __missing__(self, number: int) -> str:
        self[number] = found = _machine().symbols(TOKENS[number])
        return found


_SYMBOLS = _Symbols()


@cache
def _machine() -> Machine:
    """Looks for all patterns, and behind them for what each of them must not be."""
    patterns = _patterns()
    return Machine([*[pattern.ends for pattern in patterns], *[pattern.without for pattern in patterns]])


@cache
def _patterns() -> tuple[Pattern, ...]:
    return shipped()


@cache
def _in_order(done: frozenset[int]) -> tuple[int, ...]:
    """Of the patterns that are *done* those that nothing speaks against, in their order."""
    size = len(_patterns())
    return tuple(sorted([number for number in done if number < size and number + size not in done]))


def _within(pattern: Pattern, cut: Cut) -> bool:
    """Whether the sentence keeps the other conditions of a pattern whose end it has."""
    words = [word for number, _ in cut.words for word in TOKENS[number].split()]
    if pattern.at_most and len(words) > pattern.at_most:
        return False
    forms = {word.rpartition("/")[0] for word in words}
    return (not pattern.holds or not forms.isdisjoint(pattern.holds)) and forms.isdisjoint(pattern.lacks)


def _shown(cut: Cut, end: Tail, pattern: int) -> tuple[int, int]:
    """Where in the sentence the words stand by which it fits the pattern."""
    sentence = cut.sentence
    start = start_of(cut, end, _needed(cut, end, pattern))
    stop = len(sentence.rstrip(_MARKS))
    return start, stop if stop > start else len(sentence)


def _needed(cut: Cut, end: Tail, pattern: int) -> int:
    """How many words of the predicate, from the last on, it takes to fit the pattern."""
    follow = _machine().follow
    state = _machine().start
    count = 0
    for symbol in _machine().symbols(end.words).split():
        state = follow(state, symbol)
        count += 1
        if pattern in state.done:
            return count
    for number, _ in cut.words[len(cut.words) - end.size - 1 :: -1] if end.size < len(cut.words) else ():
        for symbol in _SYMBOLS[number].split():
            state = follow(state, symbol)
            count += 1
            if pattern in state.done:
                return count
    return max(1, count)
