"""M401: a speaker whom the attendance list does not name.

Names that are another name with one character changed belong to name-variants and labels-disagree, those that cannot
be names to implausible-name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_cli.check import people as p
from minutes_cli.check.implausible import implausible
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.slips import called_otherwise, misspelt_in_list, slips
from minutes_cli.check.subject import Subject

#: At most so many speakers may be missing for each one who is listed, one aside: else the list is of others.
_SHARE = 3
#: Nobody looks for more missing people than this: such a list is no list of the speakers.
_MOST = 12


def _find(subject: Subject) -> Iterator[Flaw]:
    listed = p.attendance(subject)
    if len(listed.people) < 2:
        return
    found = p.namings(subject)
    known = {name for slip in slips(subject, found, listed) for name in (slip.wrong, slip.right)}
    known |= {misspelt.name for misspelt in misspelt_in_list(found, listed)}
    known |= {call.label for call in called_otherwise(subject, found)}
    known |= {naming.name for naming in found if implausible(naming) is not None}
    present = p.Roster(tuple(person for person in listed.people if not person.absent))
    absent = p.Roster(tuple(person for person in listed.people if person.absent))
    for these in (_members, _officials):
        named = list(p.distinct(naming for naming in found if these(naming)))
        yield from _unlisted(subject, named, present, absent, known)
    yield from _offices_unlisted(subject, [n for n in found if not n.name], present)


def _members(naming: p.Naming) -> bool:
    return not p.OUTSIDER.search(naming.office) and (not naming.office or bool(p.MEMBER.search(naming.office)))


def _officials(naming: p.Naming) -> bool:
    return not p.OUTSIDER.search(naming.office) and not _members(naming)


def _unlisted(
    subject: Subject, named: Sequence[p.Naming], present: p.Roster, absent: p.Roster, known: set[str]
) -> Iterator[Flaw]:
    """Those of the *named*, who are of one sort, who are not *present*, where most of their sort are."""
    missing = [naming for naming in named if not present.holds(naming.name)]
    matched = len(named) - len(missing)
    if not missing or not matched or len(missing) > min(_MOST, max(1, matched // _SHARE)):
        return
    elsewhere: str | None = None
    for naming in missing:
        if naming.name in known:
            continue
        label = p.place_in_label(subject, naming.turns[0], naming.name)
        if absent.holds(naming.name):
            yield Flaw(label, f"{naming.name} is listed as absent and speaks; mend the list, or the label")
            continue
        elsewhere = p.front(subject) if elsewhere is None else elsewhere
        if p.one_form(naming.name) not in elsewhere:
            yield Flaw(label, f"{naming.name} is not in the attendance list; {_advice(naming.name, present)}")


def _advice(name: str, present: p.Roster) -> str:
    near = [
        person.name
        for person in present.people
        if p.differing(name, person.name) is not None or p.differing(name, person.name[: len(name)]) is not None
    ]
    return f"did you mean {near[0]}?" if len(near) == 1 else "mend the label, or add the person to the list"


def _offices_unlisted(subject: Subject, unnamed: Sequence[p.Naming], present: p.Roster) -> Iterator[Flaw]:
    """Labels that are an office alone, where the list has the offices of all others whose labels are so."""
    for wanted in (_is_seat, _is_post):
        offices = {office for office in present.offices if office and wanted(office)}
        endings = {office[at:] for office in offices for at in range(len(office) if wanted is _is_post else 1)}
        asked = [n for n in unnamed if n.office and wanted(n.office) and not n.label.mark and not n.label.affiliation]
        missing = [n for n in asked if n.office not in endings and not any(o in offices for o in _endings(n.office))]
        if not offices or len(missing) != 1 or len(asked) < 3:
            continue
        (naming,) = missing
        if naming.office not in p.front(subject):
            yield Flaw(
                p.place_in_label(subject, naming.turns[0], naming.office),
                f"nobody in the attendance list is {naming.office}; mend the label, or add the person to the list",
            )


def _endings(office: str) -> Iterator[str]:
    """What a post ends in, as the list may have it: 事務局長 of 議会事務局長; a seat as it is."""
    return (office[at:] for at in range(1 if _is_seat(office) else len(office)))


def _is_seat(office: str) -> bool:
    return office[0].isdecimal() and office.endswith("番")


def _is_post(office: str) -> bool:
    return p.own_office(office) and not _is_seat(office) and not p.OUTSIDER.search(office)


_RECORD = """令和６年第１回あおば町議会定例会会議録
令和６年３月４日（月曜日）
出席議員（３名）
　１番　山田　太郎君　　　２番　佐藤　花子君
　３番　鈴木　一郎君
欠席議員（１名）
　４番　高橋　次郎君
午前１０時　開議
○議長（山田太郎君）　ただいまから会議を開きます。
○２番（佐藤花子君）　図書館について伺います。
○{}　私からも伺います。
○議長（山田太郎君）　これで散会いたします。
"""
_GUESTS = """あおば町まちづくり委員会会議録
令和６年３月４日（月曜日）
出席委員
　委員長　山田　太郎　　委員　佐藤　花子
　委員　鈴木　一郎
○山田委員長　ただいまから委員会を開きます。
○佐藤委員　公園について伺います。
○{}　お答えします。
○鈴木委員　よく分かりました。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "Nearly all speakers are in the attendance list, and this one is not, or is listed as absent: the label names "
        "somebody else, or the list is not complete. Compare the label with the list. "
        "Each speaker is reported once. The rule says nothing of sorts of people whom the list does not name at all "
        "(a list of members, and officials who answer), of witnesses and other guests, of names that stand elsewhere "
        "before the first speech, and nothing where the list leaves out many. "
        "A name that is another one with a character changed is left to name-variants and labels-disagree."
    ),
    must=(
        Example(_RECORD.format("３番（田中五郎君）"), (11,)),
        Example(_RECORD.format("４番（高橋次郎君）"), (11,)),
        Example(_GUESTS.format("小川委員"), (8,)),
    ),
    must_not=(
        Example(_RECORD.format("３番（鈴木一郎君）")),
        Example(_GUESTS.format("小川建設課長")),
        Example(_GUESTS.format("小川参考人")),
    ),
)
