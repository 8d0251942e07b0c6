"""M604: no kind of record fits the text."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject, whole
from minutes_cli.model import Kind


def _find(subject: Subject) -> Iterator[Flaw]:
    if subject.document.kind is Kind.UNKNOWN and subject.text.strip():
        yield whole(
            "no kind of meeting record fits this text, so it is kept as it stands; if it is one, say so with --kind "
            "(and --convention), else leave it out"
        )


_RECORD = """{}
{}
三月の風は、まだ冷たかった。
{}浜に集まったのは、小学生が四十人と、その祖父母に当たる人たちだった。
{}役場の若い職員が、苗の植え方を見せてくれた。
{}根っこは、握手するように持つのだという。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "The text looks like no record of a meeting, no petition and no slides: it has neither a title of one nor "
        "speakers. It is kept whole, but there is nothing in it to search by speaker or to count. If it is a "
        "record, its title or its labels may be lost: put them in, or say with --kind and --convention what it is. "
        "If it is something else, leave it out of the check. An empty file is left alone."
    ),
    must=(
        Example(_RECORD.format("潮風だより　第十二号", "松の苗を植えた日", "", "", ""), (1,)),
        Example(_RECORD.format("浜の松", "令和6年3月10日", "", "", ""), (1,)),
    ),
    must_not=(
        Example(_RECORD.format("あおば町緑化協議会　会議録", "令和6年3月10日", "○会長　", "○事務局　", "○会長　")),
        Example(_RECORD.format("松の苗", "", "○森林課長　", "○会長　", "○森林課長　")),
        Example("\n"),
    ),
)
