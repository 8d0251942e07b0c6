"""M404: a label that fits two people of the record."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check import people as p
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject

#: People who sit in the body that meets are called 委員 or 議員; those who answer are not.
_COMMON = ("委員", "議員")


def _find(subject: Subject) -> Iterator[Flaw]:
    if not any(speaker.candidates for speaker in subject.document.speakers):
        return
    roster = p.attendance(subject)
    absent = {person.name for person in roster.people if person.absent}
    offices = {person.name: person.office for person in roster.people}
    for naming in p.namings(subject):
        candidates = [
            name
            for name in naming.speaker.candidates
            if p.plain(name) not in absent and _may_be(naming, offices.get(p.plain(name), ""))
        ]
        if naming.full or len(candidates) < 2:
            continue
        people = " or ".join(candidates[:2]) + (" or others" if len(candidates) > 2 else "")
        yield Flaw(
            subject.place_of(naming.turns[0]),
            f"{naming.text} may be {people}; write the name so that it is one person's",
        )


def _may_be(naming: p.Naming, office: str) -> bool:
    """Whether somebody who is listed with *office* may be called so: a head of department is no 委員."""
    return not (naming.office in _COMMON and p.own_office(office) and not p.MEMBER.search(office))


_RECORD = """あおば町まちづくり委員会会議録
令和６年３月４日（月曜日）
出席委員
　委員長　山田　太郎　　委員　佐藤　花子
　委員　{}　　委員　鈴木　一郎
○山田委員長　ただいまから委員会を開きます。
○佐藤委員　公園について伺います。
○鈴木委員　私もお聞きします。
○山田委員長　これで閉じます。
"""
_MARKED = """あおば町まちづくり委員会会議録
令和６年３月４日（月曜日）
出席委員
　委員長　山田　太郎　　委員　佐藤　花子
　委員　佐藤　次郎　　委員　鈴木　一郎
○山田委員長　ただいまから委員会を開きます。
○佐藤（花）委員　公園について伺います。
○佐藤{}委員　私もお聞きします。
○山田委員長　これで閉じます。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "Two people of the record have the surname that the label gives, and nothing tells which of them speaks. "
        "Write the full name, or the first character of the given name as 佐藤（花）委員. "
        "Each label is reported once. A namesake who is absent or holds another office is no doubt: "
        "佐藤委員 is not 佐藤総務課長, and 佐藤委員長 is whom the list has in the chair."
    ),
    must=(Example(_RECORD.format("佐藤　次郎"), (7,)), Example(_MARKED.format(""), (8,))),
    must_not=(
        Example(_RECORD.format("佐々木　次郎")),
        Example(_RECORD.format("山田　次郎")),
        Example(_MARKED.format("（次）")),
    ),
)
