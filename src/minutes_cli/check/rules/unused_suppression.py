"""M001: a suppression beside the record that suppresses nothing."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    """Nothing by itself: only :func:`minutes_cli.check.run.check` knows what all rules have found."""
    yield from ()


_RECORD = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　{}
○議長（山田太郎君）　本日はこれで散会いたします。
"""
_ACCEPTED = """[[ignore]]
rule = "empty-turn"
text = "佐藤花子"
reason = "原本のとおり"
"""

RULE = Rule(
    find=_find,
    explanation=(
        "The file beside the record (record.txt.check.toml) accepts a finding that is not there any more: the record "
        "was mended, or its text changed. Take the table out, so that it hides nothing later. Tables about rules that "
        "do not run this time are left alone."
    ),
    must=(
        Example(_RECORD.format("質問いたします。"), (1,), sidecar=_ACCEPTED),
        Example(_RECORD.format(""), (6,), sidecar=_ACCEPTED + '\n[[ignore]]\nrule = "empty-turn"\nline = 5\n'),
    ),
    must_not=(
        Example(_RECORD.format(""), sidecar=_ACCEPTED),
        Example(_RECORD.format("質問いたします。"), sidecar=_ACCEPTED.replace("empty-turn", "prh")),
    ),
)
