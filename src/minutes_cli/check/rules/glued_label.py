"""M306: a label that runs into its speech."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.label_style import Trouble, style_of
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.stray_labels import strays
from minutes_cli.check.subject import Subject
from minutes_cli.patterns import lazy

_TELLS = "runs into its speech, where the other labels stand apart; put a blank or a line end behind it"
#: A word that still belongs to the label, with the blank behind it: 会長 + 代理　.
_REST = lazy(r"[^\s。、]{1,6}[ 　]|\S{0,12}[）)]")


def _find(subject: Subject) -> Iterator[Flaw]:
    style = style_of(subject)
    if style is None:
        return
    text = subject.document.view.text
    found = strays(subject)
    for stray in found:
        if stray.trouble is Trouble.GLUED:
            yield Flaw(subject.span(stray.start, stray.end), f"{text[stray.start : stray.end]} {_TELLS}")
    if not style.apart:
        return
    others = {stray.start for stray in found}
    for label in style.labels:
        explained = label.start in others or label.start - len(label.mark) in others
        if not explained and label.blank == "" and not label.closer and not _REST.match(text, label.end):
            span = subject.span(label.start, label.end)
            yield Flaw(span, f"{label.text} {_TELLS}")


_RECORD = """令和6年第3回あおば町議会定例会会議録
令和6年9月9日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
　質疑はありませんか。1番佐藤花子君。
○1番（佐藤花子君）　倉庫の屋根はいつ直すのですか。
○議長（山田太郎君）　町長。
○町長（海野一郎君）{}来月の初めに直します。
○議長（山田太郎君）　本日はこれで散会いたします。
"""
_GLUED = """あおば町図書館委員会記録
令和6年9月12日

○委員長ただいまから委員会を開きます。
○館長開館時間は午前九時から午後六時までとします。
○木田委員金曜日だけ遅くまで開けられませんか。
○館長当番の人数を調べます。
○委員長次に移ります。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A label runs into its speech, where the other labels of the record are set apart by a blank or a line "
        "end. Programs then take part of the speech for the name, or do not see the label at all. Put in what "
        "stands behind the other labels. Records that set no label apart are left alone, and so are labels closed "
        "by a bracket or colon of their own (【委員】, 会長：)."
    ),
    must=(
        Example(_RECORD.format(""), (7,)),
        Example(
            _RECORD.replace("○町長（海野一郎君）{}", "○町長（海野一郎君）　{}")
            .replace("）　町長。", "）町長。")
            .format(""),
            (6,),
        ),
    ),
    must_not=(
        Example(_RECORD.format("　")),
        Example(_RECORD.format("\n　")),
        Example(_GLUED),
        Example(_RECORD.replace("○1番（佐藤花子君）　", "○1番（佐藤花子君）　議長（山田太郎君）の").format("　")),
    ),
)
