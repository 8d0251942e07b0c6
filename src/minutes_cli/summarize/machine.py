"""Many patterns looked for at once: a machine that reads the words of a sentence from the last to the first.

It is in one state at a time, which is all that the words so far leave possible. States and the ways between them are
made when they are first met (a deterministic automaton, built lazily: Aho, Sethi, Ullman, *Compilers*, 1986, 3.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from minutes_cli.summarize.pattern_language import ANY, Group, Pieces, choices, read

__all__ = ["BEGINNING", "Machine", "State"]

#: What the machine reads where the sentence begins: the sign for it, as if it were a word.
BEGINNING = "^/m "


class _Node:
    """What is still wanted of the words before."""

    __slots__ = ("_moves", "done", "pieces")

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.done = _may_be_missing(pieces)
        self._moves: list[tuple[str, _Node]] | None = None

    def moves(self) -> list[tuple[str, _Node]]:
        """By what is wanted of the next word: what is wanted then."""
        if self._moves is None:
            self._moves = []
            self._add(self.pieces)
        return self._moves

    def _add(self, pieces: Pieces) -> None:
        if not pieces:
            return
        piece, rest = pieces[0], pieces[1:]
        if isinstance(piece, Group):
            for branch in piece.branches:
                self._add(branch + rest)
            if piece.optional:
                self._add(rest)
        elif piece in ANY:
            self.moves().append((piece, _node(pieces)))
            self._add(rest)
        else:
            words, kinds = choices(piece)
            self.moves().append((f"|{'|'.join([*words, *[f'/{kind}' for kind in kinds]])}|", _node(rest)))


def _may_be_missing(pieces: Pieces) -> bool:
    return all(
        any(map(_may_be_missing, piece.branches)) or piece.optional if isinstance(piece, Group) else piece in ANY
        for piece in pieces
    )


_node = cache(_Node)


def _words(pieces: Pieces) -> Iterator[str]:
    """The words that stand in a pattern."""
    for piece in pieces:
        if isinstance(piece, Group):
            for branch in piece.branches:
                yield from _words(branch)
        elif piece not in ANY:
            yield from choices(piece)[0]


class State:
    """What the words so far leave possible.

    ``done`` are the patterns that they fit, by number; ``fresh`` those that they fit for the first time. The state is
    ``dead`` when no more words can add to them. ``then`` has the states after one more word, as far as they are known.
    """

    __slots__ = ("dead", "done", "fresh", "moves", "then")

    def __init__(self, nodes: Iterable[tuple[int, _Node]], done: frozenset[int]) -> None:
        open_nodes = [(number, node) for number, node in nodes if number not in done]
        self.fresh = frozenset([number for number, node in open_nodes if node.done])
        self.done = done | self.fresh
        self.moves: dict[str, list[tuple[int, _Node]]] = {}
        for number, node in open_nodes:
            if number not in self.fresh:
                for wanted, rest in node.moves():
                    self.moves.setdefault(wanted, []).append((number, rest))
        self.dead = not self.moves
        self.then: dict[str, State] = {}


class Machine:
    """Looks for all of the *patterns*, each of which may be several ends of sentences."""

    def __init__(self, patterns: Iterable[Iterable[str]]) -> None:
        nodes = [(number, _node(read(end))) for number, ends in enumerate(patterns) for end in ends]
        self._known = frozenset([word for _, node in nodes for word in _words(node.pieces)])
        self._states: dict[tuple[frozenset[tuple[int, _Node]], frozenset[int]], State] = {}
        self.start = State(nodes, frozenset())

    def symbols(self, words: str) -> str:
        """The words as the machine reads them: of those that stand in no pattern only the kind matters."""
        parts = [word.rpartition("/") for word in words.split()]
        return "".join([f"{word if word in self._known else ''}/{kind} " for word, _, kind in parts])

    def follow(self, state: State, words: str) -> State:
        """The state after more :meth:`symbols`, from the last to the first."""
        for word in words.split():
            found = state.then.get(word + " ")
            if found is None:
                found = state.then[word + " "] = self._next(state, word)
            state = found
        return state

    def _next(self, state: State, token: str) -> State:
        word, _, kind = token.rpartition("/")
        word, kind, comma = f"|{word}|", f"|/{kind}|", word == "、"
        found = {
            move
            for wanted, moves in state.moves.items()
            if (wanted in ANY and (not comma or wanted == "……")) or word in wanted or kind in wanted
            for move in moves
        }
        key = frozenset(found), state.done
        if key not in self._states:
            self._states[key] = State(found, state.done)
        return self._states[key]
