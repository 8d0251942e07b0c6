"""What a text must hold for a pattern to match: literals, found in the parse tree of the pattern.

A clause is a set of strings of which at least one stands in every text that matches; ``Needs`` are clauses that all
hold. Whatever is not understood is left out, so ``()`` is always a true answer.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from typing import Any, NamedTuple

Clause = frozenset[str]
Needs = tuple[Clause, ...]
"""AND of ORs: of each set at least one string stands in the text; ``()``: nothing is known."""

#: At most so many clauses; so many strings in a clause of one pattern, and of several patterns together.
_CLAUSES, _STRINGS, _TOGETHER = 8, 64, 512
#: A class or range of more characters is not written out.
_SMALL = 16
#: Groups inside groups deeper than this are not looked into.
_DEEPEST = 50


def of_literal(pattern: str) -> Needs:
    """What a text must hold for *pattern*, read as it stands."""
    return (frozenset((pattern,)),) if pattern else ()


def of_regex(pattern: str) -> Needs:
    """What a text must hold for the regular expression *pattern*; ``()`` where it is none, or ignores case."""
    from re import _parser  # type: ignore[attr-defined]  # its parse tree is what the compiler itself works on

    try:
        with without_doubts():
            tree = _parser.parse(pattern, re.MULTILINE)
    except (re.error, OverflowError, RecursionError):
        return ()
    if tree.state.flags & re.IGNORECASE:
        return ()
    piece = _sequence(tree, 0)
    return _best([*piece.clauses, *_clause(piece.exact)])


@contextmanager
def without_doubts() -> Iterator[None]:
    """Keep ``re`` from warning on stderr that ``[[`` or ``--`` in a class may mean something else one day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def any_of(needs: Iterable[Needs]) -> Needs:
    """What a text must hold for at least one of several patterns to match."""
    several = list(dict.fromkeys(needs))
    if not several or not all(several):
        return ()
    count = 1
    for one in several:
        count *= len(one)
    # Written out where that is short, else from each pattern the clause that says most.
    rows = product(*several) if count <= _CLAUSES else [tuple(max(one, key=_worth) for one in several)]
    return _best([clause for row in rows if len(clause := _shortest(frozenset().union(*row))) <= _TOGETHER])


def all_of(needs: Iterable[Needs]) -> Needs:
    """What a text must hold for every one of several patterns to match."""
    return _best([clause for one in needs for clause in one])


class _Piece(NamedTuple):
    """A part of a pattern: all that it can match (None: too much to write out), and what must stand there."""

    exact: Clause | None
    clauses: tuple[Clause, ...] = ()


_UNKNOWN = _Piece(None)
_NOTHING = _Piece(frozenset(("",)))  # matches without taking a character


class _Run:
    """What is written out while a sequence is gone through: strings that stand there one behind the other."""

    def __init__(self) -> None:
        self.strings: Clause = frozenset(("",))
        self.whole = True  # nothing before is missing
        self.clauses: list[Clause] = []

    def add(self, exact: Clause) -> None:
        if len(self.strings) * len(exact) > _STRINGS:
            self.cut()
        self.strings = frozenset(a + b for a in self.strings for b in exact)

    def cut(self) -> None:
        """What follows is not next to what was written out."""
        self.clauses += _clause(self.strings)
        self.strings, self.whole = frozenset(("",)), False

    def piece(self) -> _Piece:
        if self.whole:
            return _Piece(self.strings, tuple(self.clauses))
        return _Piece(None, (*self.clauses, *_clause(self.strings)))


def _sequence(items: Iterable[tuple[Any, Any]], depth: int) -> _Piece:
    run = _Run()
    for operation, argument in items:
        name = str(operation)
        if name.endswith("_REPEAT") and argument[0] > 0:
            _repeat(run, argument, depth)
            continue
        piece = _piece(name, argument, depth)
        run.clauses += piece.clauses
        if piece.exact is None:
            run.cut()
        else:
            run.add(piece.exact)
    return run.piece()


def _repeat(run: _Run, argument: tuple[Any, Any, Any], depth: int) -> None:
    """A part that stands there at least once: the first times next to what is before, the last to what is behind."""
    low, high, inside = argument
    piece = _inside(inside, depth)
    run.clauses += piece.clauses
    if piece.exact is None:
        run.cut()
        return
    times = min(int(low), _SMALL)
    for _ in range(times):
        run.add(piece.exact)
    if times < low or high != low:
        run.cut()
        run.add(piece.exact)


def _piece(name: str, argument: Any, depth: int) -> _Piece:
    match name:
        case "LITERAL":
            return _Piece(frozenset((chr(argument),)))
        case "IN":
            return _Piece(_members(argument))
        case "SUBPATTERN":
            _, added, _, inside = argument
            return _UNKNOWN if added & re.IGNORECASE else _inside(inside, depth)
        case "ATOMIC_GROUP":
            return _inside(argument, depth)
        case "BRANCH":
            return _either([_inside(branch, depth) for branch in argument[1]])
        case "GROUPREF_EXISTS":
            _, yes, no = argument
            return _either([_inside(yes, depth), _inside(no, depth) if no else _NOTHING])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":  # of at least none
            piece = _inside(argument[2], depth) if argument[1] == 1 else _UNKNOWN
            return _UNKNOWN if piece.exact is None else _Piece(piece.exact | {""})
        case "ASSERT":  # stands in the text as well, but beside or over what the pattern takes
            piece = _inside(argument[1], depth)
            return _Piece(_NOTHING.exact, (*piece.clauses, *_clause(piece.exact)))
        case "ASSERT_NOT" | "AT":
            return _NOTHING
        case _:
            return _UNKNOWN


def _inside(items: Iterable[tuple[Any, Any]], depth: int) -> _Piece:
    return _sequence(items, depth + 1) if depth < _DEEPEST else _UNKNOWN


def _either(branches: Sequence[_Piece]) -> _Piece:
    exact = [branch.exact for branch in branches if branch.exact is not None]
    clauses = any_of((*branch.clauses, *_clause(branch.exact)) for branch in branches)
    if len(exact) == len(branches) and len(union := frozenset().union(*exact)) <= _STRINGS:
        return _Piece(union, clauses)
    return _Piece(None, clauses)


def _members(items: Iterable[tuple[Any, Any]]) -> Clause | None:
    found: set[str] = set()
    for operation, argument in items:
        match str(operation):
            case "LITERAL":
                found.add(chr(argument))
            case "RANGE" if argument[1] - argument[0] < _SMALL:
                found.update(map(chr, range(argument[0], argument[1] + 1)))
            case _:
                return None
    return frozenset(found) if len(found) <= _SMALL else None


def _clause(exact: Clause | None) -> Iterator[Clause]:
    """What *exact* says as a clause: nothing where it may be empty."""
    if exact and "" not in exact:
        yield _shortest(exact)


def _shortest(strings: Clause) -> Clause:
    """*strings* without those that hold another one of them, which then stands there anyway."""
    kept: list[str] = []
    for string in sorted(strings, key=len):
        if len(kept) > _STRINGS or not any(short in string for short in kept):
            kept.append(string)
    return frozenset(kept)


def _worth(clause: Clause) -> tuple[int, int, list[str]]:
    """How much a clause says: by its shortest string, then by how few there are; the strings make it definite."""
    return min(map(len, clause)), -len(clause), sorted(clause)


def _best(clauses: Sequence[Clause]) -> Needs:
    """The clauses that say most, without those that follow from another."""
    kept: list[Clause] = []
    for clause in sorted(set(clauses), key=_worth, reverse=True):
        if len(kept) == _CLAUSES:
            break
        if not any(all(any(string in other for string in clause) for other in stronger) for stronger in kept):
            kept.append(clause)
    return tuple(kept)
