"""M202: a slip that minutes normalize asks about."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.corrections import SPEECH, corrections
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Safety


def _find(subject: Subject) -> Iterator[Flaw]:
    return corrections(subject, Safety.ASK, "compare it with the original")


RULE = Rule(
    find=_find,
    explanation=(
        "What stands here is probably a slip, but it could be what was said, or part of a name. "
        "Compare it with the original; minutes normalize --review goes through all such places at the keyboard, and "
        "minutes normalize --fix all corrects them. --fix leaves them alone."
    ),
    must=(
        Example(SPEECH.format("御答弁をよろしく申し上げます。"), (4,)),
        Example(SPEECH.format("町道の整備整備について伺います。"), (4,)),
    ),
    must_not=(
        Example(SPEECH.format("御答弁をよろしくお願い申し上げます。")),
        Example(SPEECH.format("人々の暮らしと日々の備えについて伺います。")),
    ),
)
