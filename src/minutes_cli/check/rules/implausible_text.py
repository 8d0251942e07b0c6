"""M204: characters that make no text, and no correction explains them.

Rubbish of encodings is left to M101 and M102, what minutes normalize corrects or asks about to M201 and M202.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.characters import quoted
from minutes_cli.check.damage import damage
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.specks import implausible
from minutes_cli.check.stretches import Areas
from minutes_cli.check.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    found = implausible(subject)
    if not found:
        return
    known, corrected = damage(subject).areas, Areas(edit.span for edit in subject.corrections)
    for span in found:
        if not known.meet(span) and not corrected.meet(span):
            text = quoted(subject.text[span.start : span.end])
            yield Flaw(span, f"{text} makes no text; look at the page and write what stands there, or take it out")


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
{}
○１番（佐藤花子君）　町道の管理について質問いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A row of marks or of kanji that nobody uses side by side: OCR has read a stamp, a picture or dirt. "
        "No correction can tell what stands there, so look at the page. "
        "Rules and dots across the page, tables, addresses of the net and records in old kanji are left alone."
    ),
    must=(
        Example(_RECORD.format("・;:'^~|_ﾉヽ"), (3,)),
        Example(_RECORD.format("|l;ﾉ'!^へ_:"), (3,)),
        Example(_RECORD.format("彁墸妛椦槞蟐"), (3,)),
    ),
    must_not=(
        Example(_RECORD.format("―――――◇―――――\n・・・・・・・・\n＊＝＊＝＊＝＊\n（^_^）　えっ！？")),
        Example(_RECORD.format("https://example.jp/?a=b&c=d#e;f:g\n驫木町の鷲尾蘆花、醍醐委員\n10:00～12:30")),
    ),
)
