"""M402: an attendee who never speaks."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check import people as p
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    listed = [person for person in p.attendance(subject).people if not person.absent]
    found = p.namings(subject) if listed else []
    if not found:
        return
    names = {p.one_form(name) for n in found for name in (n.name, p.plain(n.speaker.name)) if name}
    names |= {p.one_form(p.plain(name)) for n in found for name in n.speaker.candidates}
    surnames = {name[:size] for name in names for size in range(1, len(name) + 1)}
    offices = {n.office for n in found if n.office and not n.name}
    for person in listed:
        name = p.one_form(person.name)
        begins = (name[:size] for size in range(1, len(name)))
        spoke = name in surnames or any(b in names for b in begins) or person.office in offices
        if not spoke and "傍聴" not in person.group:
            yield Flaw(person.span, f"{person.name} is listed as present and never speaks")


_RECORD = """令和６年第１回あおば町議会定例会会議録
令和６年３月４日（月曜日）
出席議員
　１番　山田　太郎君　　　２番　佐藤　花子君
{}午前１０時　開議
○議長（山田太郎君）　ただいまから会議を開きます。
○佐藤議員　図書館について伺います。
○議長（山田太郎君）　これで散会いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "Somebody in the attendance list says nothing in the whole record. That is common and no fault; "
        "where it is not, a label may have been lost. A speaker whose label gives only a surname or an office counts "
        "for everybody in the list whom it fits. Those who are listed as absent or as visitors are left alone."
    ),
    must=(
        Example(_RECORD.format("　３番　鈴木　一郎君\n"), (5,)),
        Example(_RECORD.format("説明のため出席した者\n　町長　田中　五郎君\n"), (6,)),
    ),
    must_not=(
        Example(_RECORD.format("")),
        Example(_RECORD.format("欠席議員\n　３番　鈴木　一郎君\n")),
        Example(_RECORD.format("　３番　佐藤　次郎君\n")),
    ),
)
