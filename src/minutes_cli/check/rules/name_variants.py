"""M406: a name spelt in two ways.

Labels against labels (the surname, or variants of one character anywhere in the name), labels against the attendance
list, and full names in the text. Given names in which labels differ otherwise belong to labels-disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from minutes_cli.check import people as p
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.slips import Slip, called_otherwise, in_surname, misspelt_in_list, slips
from minutes_cli.check.subject import Subject
from minutes_cli.check.written_names import misspelt_in_text

#: More names than this are not misspelt, they are others; each is looked for in the whole text.
_MOST = 100
_ADVICE = "find out which is right, and write it so everywhere"


def _find(subject: Subject) -> Iterator[Flaw]:
    found = p.namings(subject)
    if not found:
        return
    roster = p.attendance(subject)
    found_slips = slips(subject, found, roster)
    for slip in found_slips:
        if in_surname(slip, roster):
            for number in slip.places:
                yield Flaw(p.place_in_label(subject, number, slip.wrong), _message(subject, slip))
    wrong = {slip.wrong for slip in found_slips}
    text = subject.text
    for call in islice(called_otherwise(subject, found), _MOST):
        if {call.label, call.called} & (wrong | {slip.right for slip in found_slips}):
            continue
        line = subject.source.place(call.span.start).line
        if text.count(call.called) >= text.count(call.label):
            place = p.place_in_label(subject, call.turn, call.label)
            yield Flaw(place, f"{call.label} was called as {call.called} (line {line}); {_ADVICE}")
        else:
            yield Flaw(call.span, f"{call.called} is {call.label} in the label of the speech that follows; {_ADVICE}")
    for name, listed, turns in misspelt_in_list(found, roster)[:_MOST]:
        if name in wrong:
            continue
        at = subject.source.place(listed.span.start).line
        if len(turns) > 1 or subject.text.count(name) > 1:
            yield Flaw(listed.span, f"{listed.name} is {name} in labels ({p.lines_of(subject, turns)}); {_ADVICE}")
        else:
            yield Flaw(
                p.place_in_label(subject, turns[0], name),
                f"{name} is {listed.name} in the attendance list (line {at}); {_ADVICE}",
            )
    for span, written, name, turns in misspelt_in_text(subject, found, roster):
        where = f"in labels ({p.lines_of(subject, turns)})" if turns else "in the attendance list"
        yield Flaw(span, f"{written} is {name} {where}; {_ADVICE}")


def _message(subject: Subject, slip: Slip) -> str:
    often, rare = len(slip.known), len(slip.places)
    return (
        f"{slip.wrong} ({rare} in labels) is {slip.right} elsewhere ({often}, {p.lines_of(subject, slip.known)}); "
        f"{_ADVICE}"
    )


_RECORD = """令和６年第１回あおば町議会定例会会議録
令和６年３月４日（月曜日）
○議長（山田太郎君）　ただいまから会議を開きます。
○町長（渡辺花子君）　提案の理由を申し上げます。
○{}　図書館について伺います。
○町長（{}君）　来年の春に開きます。
○町長（渡辺花子君）　なお、名前は町民の皆さんから募ります。
○議長（山田太郎君）　これで散会いたします。
"""
_LISTED = """令和６年第１回あおば町議会定例会会議録
令和６年３月４日（月曜日）
出席議員
　１番　山田　太郎君　　　２番　{}　花子君
午前１０時　開議
○議長（山田太郎君）　ただいまから会議を開きます。
○２番（高橋花子君）　図書館について伺います。
○議長（山田太郎君）　高橋花子君の質問は終わりました。
○２番（高橋花子君）　ありがとうございました。
○議長（山田太郎君）　これで散会いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "One person's name is written in two ways: with an old or a new form of a character (渡辺, 渡邊, 渡邉), "
        "or with another character in its place (渡辺, 渡部). Every bearer has one form, so nothing is mended: "
        "find out which is right. The rarer spelling is reported wherever it stands: in labels, in the attendance "
        "list, and where a full name is printed in the text. "
        "Two people with such names are told apart by their given names, their offices or the list: "
        "渡辺委員 and 渡部委員 are two people unless something shows that they are one."
    ),
    must=(
        Example(_RECORD.format("１番（鈴木一郎君）", "渡邊花子"), (6,)),
        Example(_RECORD.format("１番（鈴木一郎君）", "渡部花子"), (6,)),
        Example(_LISTED.format("髙橋"), (4,)),
    ),
    must_not=(
        Example(_RECORD.format("１番（渡邊一郎君）", "渡辺花子")),
        Example(_RECORD.format("１番（渡部一郎君）", "渡辺花子")),
        Example(_LISTED.format("高橋")),
    ),
)
