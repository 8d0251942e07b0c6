"""M602: the layout is doubtful, so the speakers are."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Example, Flaw, Options, Rule
from minutes_cli.check.subject import Subject, whole

_ADVICE = "look at the speakers (minutes parse --explain), and name the right layout with --convention"


def _find(subject: Subject) -> Iterator[Flaw]:
    document, least = subject.document, subject.options.least_layout_score
    layout = document.layout
    if layout.convention is None or not document.turns:
        return
    if layout.score < least:
        message = f"the layout {layout.convention} scores {layout.score:.2f}, less than {least:g} of 1"
        yield whole(f"{message}; {_ADVICE}")
    elif (other := next((f for f in document.findings if "two layouts" in f.message), None)) is not None:
        yield whole(f"{other.message}; {_ADVICE}")


_RECORD = """あおば町子ども会議　会議録
令和6年1月15日（月）

会長：予算について説明します。
{0}会長{1}質疑はありませんか。
木田委員：ありません。
{0}木田委員{1}道の分はどうですか。
会長：三百万円です。
{0}会長{1}本日はこれで散会します。
"""
_ONE = """あおば町冬の集い　会議録
令和6年1月15日（月）

委員長：雪かきの道具を三つ買います。
これで足りるでしょうか。
{}足りないと思います。来年も続けます。
{}では、来年も買います。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "How the record marks its speakers is doubtful: the best layout explains few of its lines, or two layouts "
        "explain it nearly as well, so that speakers may be missing or be none. Look at what was found with "
        "minutes parse --explain, mark all speakers in one way, or name the right layout with --convention. The "
        "limit of the score is set by least-layout-score (0.3 of 1)."
    ),
    must=(
        Example(_ONE.format("", ""), (1,)),
        Example(_RECORD.format("【", "】"), (1,)),
        Example(_RECORD.format("", "："), (1,), options=Options(least_layout_score=0.9)),
    ),
    must_not=(
        Example(_ONE.format("森委員：", "委員長：")),
        Example(_RECORD.format("", "：")),
        Example(_ONE.format("", ""), options=Options(least_layout_score=0.1)),
    ),
)
