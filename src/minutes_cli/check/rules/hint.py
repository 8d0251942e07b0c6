"""M203: a place that minutes normalize points at."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.corrections import SPEECH, corrections
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Safety


def _find(subject: Subject) -> Iterator[Flaw]:
    return corrections(subject, Safety.SHOW, "look at it")


RULE = Rule(
    find=_find,
    explanation=(
        "Something is unusual here, and minutes knows what may be meant: one kana too many, a katakana word one "
        "letter away from one that the record uses again and again, a total that is not the sum of its figures. "
        "It is never corrected by minutes."
    ),
    must=(
        Example(SPEECH.format("町道およよび橋の改修について伺います。"), (4,)),
        Example(SPEECH.format("早く直してほしいと思っいた箇所があります。"), (4,)),
    ),
    must_not=(
        Example(SPEECH.format("町道および橋の改修について、よく考えたいと思います。")),
        Example(SPEECH.format("あっという間に雪が積もった日がありました。")),
    ),
)
