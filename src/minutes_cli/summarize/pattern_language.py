"""How ends of sentences are written in patterns, and what regular expressions they make.

Words stand with blanks between them, in the plain form that :mod:`minutes_cli.summarize.predicates` gives them:

- ``A|B``: one of several words;
- ``(…)``: may be missing; ``[…]``: must be there; in both, ``/`` stands between several things of which one is wanted;
- ``…``: any number of words (none too) up to a comma; ``……``: also beyond commas;
- ``^``: the beginning of the sentence;
- ``<noun>``, ``<する>`` …: any word of a kind (``KINDS``).

What is matched are words from the last to the first, each as ``form/kind`` with a blank behind.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

__all__ = ["ANY", "KINDS", "START", "Group", "Pieces", "choices", "expression", "read"]

#: Kinds of words, by the letters that stand for parts of speech.
KINDS = {
    "する": "s",  # a noun of which する makes a verb: 検討
    "noun": "snpd",
    "name": "p",
    "number": "d",
    "verb": "v",
    "adjective": "ak",
    "particle": "e",  # at the end of a sentence: ね, よ
    "word": "snpdvakrxjcebo",
}
ANY = {"…": "(?:[^ 、]+ )*?", "……": "(?:[^ ]+ )*?"}
START = "^"


class Group(NamedTuple):
    """What stands in brackets: the things of which one is wanted, each from its last piece to its first."""

    optional: bool
    branches: tuple[tuple[str | Group, ...], ...]


Pieces = tuple["str | Group", ...]


@cache
def expression(text: str) -> str:
    """The regular expression of a pattern. Raises ValueError for what cannot be read."""
    return _expression(read(text))


def read(text: str) -> Pieces:
    """The pieces of a pattern, from the last to the first. Raises ValueError for what cannot be read."""
    for sign in "()[]":
        text = text.replace(sign, f" {sign} ")
    pieces = text.split()
    found = _branches(pieces, "")
    if len(found) != 1 or pieces:
        raise ValueError(f"brackets do not match, or / stands outside of them: {text}")
    return found[0]


def _branches(pieces: list[str], closing: str) -> tuple[Pieces, ...]:
    """Take what stands before *closing* off *pieces*."""
    found: list[list[str | Group]] = [[]]
    while pieces:
        piece = pieces.pop(0)
        if piece == closing:
            break
        if piece in ("(", "["):
            found[-1].append(Group(piece == "(", _branches(pieces, ")" if piece == "(" else "]")))
        elif piece in (")", "]"):
            raise ValueError(f"{piece} closes nothing")
        elif piece == "/":
            found.append([])
        else:
            found[-1].append(piece)
    else:
        if closing:
            raise ValueError(f"{closing} is missing")
    return tuple([tuple(reversed(branch)) for branch in found])


def _expression(pieces: Pieces) -> str:
    return "".join([_group(piece) if isinstance(piece, Group) else _word(piece) for piece in pieces])


def _group(group: Group) -> str:
    return f"(?:{'|'.join(map(_expression, group.branches))})" + ("?" if group.optional else "")


def _word(piece: str) -> str:
    if piece in ANY or piece == START:
        return ANY.get(piece, "$")
    words, kinds = choices(piece)
    found = [rf"(?:{'|'.join(map(re.escape, words))})/[a-z]"] if words else []
    found += [rf"[^ ]*/[{kinds}]"] if kinds else []
    return rf"(?:{'|'.join(found)})\S? "


def choices(piece: str) -> tuple[list[str], str]:
    """The words of which a piece wants one, and the letters of the kinds. Raises ValueError for an unknown kind."""
    words = piece.split("|")
    kinds = [word[1:-1] for word in words if word.startswith("<")]
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise ValueError(f"unknown kinds of words: {', '.join(unknown)}; known are {', '.join(KINDS)}")
    return [word for word in words if not word.startswith("<")], "".join([KINDS[kind] for kind in kinds])
