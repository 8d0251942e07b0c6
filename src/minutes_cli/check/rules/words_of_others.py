"""M307: an answer or a question inside the speech of the chair; or the chair's call inside that of another."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.foreign_words import foreign_words, leaders
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    document, leading = subject.document, leaders(subject)
    for number, at in foreign_words(subject).items():
        turn = document.turns[number]
        line = subject.first_line(subject.span(at, document.spoken[number][-1]))
        said = subject.text[line.start : line.end]
        quoted = said[:15] + "…" * (len(said) > 15)
        other = "somebody else" if turn.speaker in leading else "the chair"
        yield Flaw(
            line, f"{quoted} stands in the speech of {turn.label}, but reads like {other}; put the missing label in"
        )


_RECORD = """令和6年第4回あおば町議会定例会会議録
令和6年12月2日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
　一般質問を行います。1番佐藤花子君。
○1番（佐藤花子君）　雪かきの計画について伺います。
　通学路はいつ終わりますか。
○議長（山田太郎君）　町長。
{}　朝の7時までに終わらせます。
　歩道は学校から先に進めます。
○議長（山田太郎君）　次に、報告を行います。
　報告を求めます。総務課長。
○総務課長（森林太君）　報告は一件です。
○議長（山田太郎君）　本日はこれで散会いたします。
"""
_CHAIR = "○町長（海野一郎君）"

RULE = Rule(
    find=_find,
    explanation=(
        "The chair calls somebody (町長。) or asks for a report, and an answer, a question or a report follows in the "
        "same speech: the label of the one who was called is lost, and the chair is quoted with words of somebody "
        "else. The other way round, a speech that ends with the call of the next speaker has lost the chair's "
        "label. Put the label in. Calls one after the other, events behind a call, and what chairs go on with "
        "themselves (異議なしと認めます) are left alone. A label that is only spoilt is reported as swallowed-label."
    ),
    must=(
        Example(_RECORD.format(""), (8,)),
        Example(_RECORD.replace("総務課長。\n○総務課長（森林太君）", "{}").format(_CHAIR, "総務課長。\n"), (12,)),
        Example(_RECORD.replace("○議長（山田太郎君）　町長。", "町長。").format(_CHAIR), (7,)),
    ),
    must_not=(
        Example(_RECORD.format(_CHAIR)),
        Example(_RECORD.replace("）　町長。\n", "）　町長。\n　〔町長登壇〕\n").format(_CHAIR)),
        Example(
            _RECORD.replace(
                "　報告を求めます。", "　報告者を紹介いたします。佐藤花子君。木田次郎君。\n　報告を求めます。"
            ).format(_CHAIR)
        ),
        Example(
            _RECORD.replace(
                "　報告を求めます。", "　ほかに質問はありませんか。質問なしと認めます。\n　報告を求めます。"
            ).format(_CHAIR)
        ),
    ),
)
