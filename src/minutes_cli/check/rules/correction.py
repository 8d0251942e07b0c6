"""M201: a slip that minutes normalize corrects."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.corrections import SPEECH, corrections
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Safety


def _find(subject: Subject) -> Iterator[Flaw]:
    return corrections(subject, Safety.SAFE, "--fix corrects it")


_PETITION = """令和6年11月5日
あおば県知事　殿
あおば町長　山田太郎
予算に関する要望書
1 防災について
(1)避難所の整備に対する支援を行うこと。
{}消防団の装備の充実を図ること。
(3)河川の改修を早期に進めること。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A slip of OCR or of the keyboard that minutes is sure about: the same ones that minutes normalize corrects "
        "by default and through which every other command reads the record. The message names the rule of normalize "
        "(see minutes normalize --list) and its evidence. --fix, or minutes normalize -i, writes the correction into "
        "the file."
    ),
    must=(
        Example(_PETITION.format("住)"), (7,), _PETITION.format("(2)")),
        Example(SPEECH.format("コミュ二ティの今後を伺います。"), (4,), SPEECH.format("コミュニティの今後を伺います。")),
    ),
    must_not=(
        Example(_PETITION.format("(2)")),
        Example(SPEECH.format("二ノ宮地区の今後を伺います。")),
    ),
)
