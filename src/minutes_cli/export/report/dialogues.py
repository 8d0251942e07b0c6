"""The exchanges on the page: who asked what, and who answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from minutes_cli.export.report.people import UNNAMED
from minutes_cli.export.report.quotes import Links, Shown
from minutes_cli.export.shown import shown
from minutes_cli.summarize.model import Answer, Asked, Person

__all__ = ["Dialogue", "Reply", "dialogues", "roles"]


class Reply(NamedTuple):
    """One answer of an exchange."""

    who: str
    link: str
    sentences: tuple[Shown, ...]
    score: str
    reasons: str


class Dialogue(NamedTuple):
    """An exchange; ``record`` counts from 1, ``follows`` is the number of the one that it follows up."""

    id: str
    record: int
    number: int
    section: str
    who: str
    link: str
    question: tuple[Shown, ...]
    replies: tuple[Reply, ...]
    follows: int | None


def dialogues(exchanges: Sequence[Asked], numbers: Mapping[str, int], links: Links) -> Iterator[Dialogue]:
    """*exchanges* ready for the page; *numbers* are those of the records (from 1) by path."""
    known = {(asked.path, asked.number) for asked in exchanges}
    for asked in exchanges:
        record = numbers.get(asked.path)
        if record is None:
            continue
        yield Dialogue(
            f"r{record}-x{asked.number}",
            record,
            asked.number,
            shown(asked.section or ""),
            _called(asked.person),
            links.turn(asked.path, asked.turn),
            tuple(map(links.show, asked.question)),
            tuple(_reply(answer, asked.path, links) for answer in asked.answers),
            asked.follows if (asked.path, asked.follows) in known else None,
        )


def roles(exchanges: Sequence[Asked], links: Links) -> dict[str, str]:
    """What turns do in *exchanges*, by their ids on the page: ask or answer; who does both is taken to ask."""
    found = {links.turn(a.path, answer.turn): "answer" for a in exchanges for answer in a.answers}
    found.update({links.turn(a.path, a.turn): "ask" for a in exchanges})
    return found


def _reply(answer: Answer, path: str, links: Links) -> Reply:
    return Reply(
        _called(answer.person),
        links.turn(path, answer.turn),
        tuple(map(links.show, answer.sentences)),
        f"{answer.score:.2f}",
        shown("、".join(answer.reasons)),
    )


def _called(person: Person) -> str:
    return shown(person.label or person.name or UNNAMED)
