"""M601: no speaker found at all."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject, whole
from minutes_cli.model import Kind
from minutes_cli.patterns import lazy

#: How people speak; notes are written otherwise.
_SPOKEN = lazy(r"(?:です|ます|ません|でした|ました|ください|でしょう)(?:か|ね|よ|が)?。")
#: So many sentences of that kind in a summary are what somebody said.
_LEAST = 3


def _find(subject: Subject) -> Iterator[Flaw]:
    document = subject.document
    if document.turns or not any(finding.rule == "no-speakers" for finding in document.findings):
        return
    said = sum(1 for _ in _SPOKEN.finditer(subject.text)) if document.kind is Kind.SUMMARY else _LEAST
    if document.kind in (Kind.VERBATIM, Kind.SUMMARY) and said >= _LEAST:
        yield whole(
            "no speaker was found in this record of a meeting; mark every speaker in one way, as ○議長（山田太郎君）, "
            "or name the layout with --convention (minutes conventions lists them)"
        )


_RECORD = """令和6年第1回あおば町議会臨時会会議録
令和6年1月15日（月）

{}ただいまから会議を開きます。
{}雪かきの予算について説明します。
{}道の分は三百万円です。
{}質疑はありませんか。
{}ありません。
{}本日はこれで散会します。
"""
_MEMO = """議事メモ　公園の掃除について
日時: 令和6年4月6日(土) 10:00～10:30
場所: 役場の庭

■決まったこと
- 掃除は毎月第一土曜日とする
- 道具は役場が用意する
- 次の打合せは五月
"""

RULE = Rule(
    find=_find,
    explanation=(
        "The record is one of a meeting, but nothing in it could be told to be a speaker: labels are missing, or "
        "each is written in another way. Nothing can then be searched or counted by speaker. Mark all speakers in "
        "one way, or say with --convention how they are marked. Notes in points, petitions, slides and texts of "
        "other kinds have no speakers by nature and are left alone."
    ),
    must=(
        Example(_RECORD.format("", "", "", "", "", ""), (1,)),
        Example(_RECORD.replace("議会臨時会会議録", "子ども会議　議事要旨").format("", "", "", "", "", ""), (1,)),
    ),
    must_not=(
        Example(_RECORD.format("○議長　", "○総務課長　", "", "○議長　", "○佐藤委員　", "○議長　")),
        Example(_MEMO),
    ),
)
