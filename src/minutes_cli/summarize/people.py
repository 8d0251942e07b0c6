"""Who is the same person in several records.

Two people must never be counted as one without a word: where that may have happened :class:`Identity` says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from minutes_cli.lexicon.roles import HONORIFICS
from minutes_cli.model import Speaker
from minutes_cli.parse.labels import take_apart

Key = tuple[str, ...]
"""What speakers have in common who are taken for the same person."""

#: First question, second question, …: marks behind a surname that tell no namesakes apart.
_ROUNDS = frozenset(("初", "再", "続", "終"))


class Identity(StrEnum):
    """How surely a row by speaker is one person."""

    NAME = "name"  # the full name
    SURNAME = "surname"  # surname and office, within one body
    OFFICE = "office"  # an office or a label: whoever speaks under it


def identity(speaker: Speaker) -> Identity:
    """How *speaker* is known.

    A name is full with four characters or more; with three where surname and given name are set apart by a blank, or
    the name stands in a bracket of its own; and with any number where no label prints it: an attendance list told it.
    """
    if speaker.name is None:
        return Identity.OFFICE
    name = fold(speaker.name)
    labels = [fold(label) for label in speaker.labels]
    told = not any(name in label for label in labels)
    bracketed = any(f"({name}{end}" in label for label in labels for end in (")", *HONORIFICS))
    set_apart = len(speaker.name.split()) == 2 or bracketed
    return Identity.NAME if len(name) >= 4 or told or (len(name) == 3 and set_apart) else Identity.SURNAME


def person_key(speaker: Speaker, body: str | None = None) -> Key:
    """What *speaker* has in common with the same person in other records.

    With a full name that is the name alone, blanks aside. A surname goes with the mark that tells namesakes apart,
    the office and the affiliation, and only within *body*, that of the meeting: 佐藤委員 of two councils are two.
    Where the record gives no name it is the office, or else the label, with the affiliation, within *body* too.
    """
    known = identity(speaker)
    if known is Identity.NAME:
        return (known.value, fold(speaker.name))
    office = fold(speaker.role or speaker.title)
    marks = {mark for label in speaker.labels if (mark := take_apart(label).mark)} - _ROUNDS
    where = (fold("".join(sorted(marks))), fold(speaker.affiliation), fold(body))
    who = (fold(speaker.name), office) if speaker.name else (office or fold(speaker.label),)
    return (known.value, *who, *where)


def person_keys(speakers: Iterable[Speaker], body: str | None = None) -> dict[str, Key]:
    """Id -> :func:`person_key` of the *speakers* of one record; whom it tells apart stay apart, by their labels."""
    holders: dict[Key, list[Speaker]] = {}
    for speaker in speakers:
        holders.setdefault(person_key(speaker, body), []).append(speaker)
    return {
        speaker.id: key if len(same) == 1 else (*key, speaker.label)
        for key, same in holders.items()
        for speaker in same
    }


@lru_cache(maxsize=8192)
def fold(text: str | None) -> str:
    """*text* without blanks and differences of width, to compare names by; nothing for None."""
    return "".join(unicodedata.normalize("NFKC", text).split()) if text else ""
