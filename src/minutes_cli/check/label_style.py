"""How a record prints its labels: what stands before them and behind them, and which there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from minutes_cli.check.once import once
from minutes_cli.check.subject import Subject
from minutes_cli.model import BlockKind
from minutes_cli.parse.guards import DITTO
from minutes_cli.parse.labels import squeeze
from minutes_cli.parse.layout import MARKS

OPENING, CLOSING = "（(【［[〔＜〈《", "）)】］]〕＞〉》"
_CLOSERS = CLOSING + "：:"
_OPENERS = OPENING + "#*"
_OPENERS_AND_BLANKS = _OPENERS + " 　\t"
_NO_BRACKETS = str.maketrans("", "", OPENING + CLOSING)
#: Circles before labels, and how many make them that of the record.
_CIRCLES, _MARKED = "○〇◯⚪", 3
#: So many labels that begin alike are compared with a line; the rest are not.
_ALIKE = 30


class Trouble(StrEnum):
    """What keeps a stray label from being taken as one."""

    SPOILT = "spoilt"  # its mark or colon is missing, or it is another one
    LETTER = "letter"  # a letter or a zero stands for its circle
    BRACKET = "bracket"  # one of its brackets is missing
    INSIDE = "inside"  # it stands behind text of its line
    GLUED = "glued"  # only what sets it apart from its speech is missing
    EMPTY = "empty"  # nothing follows it


class Stray(NamedTuple):
    """A stray label: what its trouble is, and where it stands in the corrected text, mark included.

    ``taken`` says that the parser took it as a label all the same.
    """

    trouble: Trouble
    start: int
    end: int
    taken: bool = False


class Label(NamedTuple):
    """A label as it stands, ``[start, end)`` in the corrected text without what comes behind it.

    ``turn`` is its turn (from 0), ``mark`` and ``opener`` stand before it, ``closer`` behind it. ``blank`` is what
    stands between that and the speech on the same line; None where the speech stands below.
    """

    turn: int
    text: str
    start: int
    end: int
    mark: str
    opener: str
    closer: str
    blank: str | None


class LabelStyle(NamedTuple):
    """What the labels of a record share.

    ``marks`` are all that stand before any label; ``opener`` and ``closer`` are what most labels have, "" for none.
    ``circled`` says whether circles stand before them, ``apart`` whether something stands between nearly all
    labels and their speech, ``bracketed`` whether any label ends in a bracket, ``below`` whether most stand alone on
    their lines. ``known`` has the labels by their first two characters, the longest first, each without blanks and
    brackets and as printed.
    """

    convention: str
    labels: tuple[Label, ...]
    marks: str
    opener: str
    closer: str
    circled: bool
    apart: bool
    bracketed: bool
    below: bool
    known: dict[str, list[tuple[str, str]]]


def bare(text: str) -> str:
    """*text* without blanks and brackets."""
    return squeeze(text).translate(_NO_BRACKETS)


@once
def style_of(subject: Subject) -> LabelStyle | None:
    """How the record prints its labels, found once; None where it has none before their speech."""
    convention = subject.document.layout.convention
    if convention is None or convention == "trailing-label":
        return None
    labels = tuple(_labels(subject))
    if not labels:
        return None
    return LabelStyle(
        convention,
        labels,
        "".join(sorted({label.mark for label in labels if label.mark})),
        _usual(label.opener for label in labels),
        _usual(label.closer for label in labels),
        sum(label.mark in _CIRCLES for label in labels if label.mark) >= _MARKED,
        4 * sum(label.blank == "" and not label.closer for label in labels) < len(labels),
        any(label.text[-1:] in ("）", ")") for label in labels),
        2 * sum(label.blank is None for label in labels) > len(labels),
        _by_beginning(label.text for label in labels if label.text not in DITTO),
    )


def _labels(subject: Subject) -> Iterator[Label]:
    """The labels of all turns, in order, as far as they stand on one line."""
    text, turns = subject.document.view.text, subject.document.turns
    at = 0
    for block in subject.document.blocks:
        if block.kind is not BlockKind.LABEL:
            continue
        behind = block.start
        while True:  # a block can hold two, where a line has them both
            while at < len(turns) and turns[at].label is None:
                at += 1
            label = turns[at].label if at < len(turns) else None
            start = text.find(label, behind, block.end) if label else -1
            if label is None or start < 0:
                break
            yield _label(text, at, label, text[behind:start], start, block.end)
            at, behind = at + 1, start + len(label)


def _label(text: str, turn: int, label: str, before: str, start: int, stop: int) -> Label:
    end = start + len(label)
    before, behind = before.rstrip(), text[end:stop]
    opener = before[-1:] if before and before[-1] in _OPENERS else ""
    before = before.rstrip(_OPENERS_AND_BLANKS) if opener else before
    mark = before[-1:] if before and before[-1] in MARKS else ""
    closer = behind[:1] if behind and behind[0] in _CLOSERS else ""
    blank = behind[len(closer) :]
    below = stop >= len(text) or "\n" in blank or "\r" in blank or "\f" in blank
    return Label(turn, label, start, end, mark, opener, closer, None if below else blank)


def _by_beginning(labels: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for label in sorted(set(labels), key=lambda label: (-len(label), label)):
        tight = bare(label)
        alike = found.setdefault(tight[:2], [])
        if len(alike) < _ALIKE:
            alike.append((tight, label))
    found.pop("", None)
    return found


def _usual(characters: Iterable[str]) -> str:
    return Counter(characters).most_common(1)[0][0]
