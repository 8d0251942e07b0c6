"""Names in labels that are another name of the labels, or of the attendance list, misspelt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from minutes_cli.check.people import (
    CHAIR,
    Listed,
    Naming,
    Roster,
    by_name,
    differing,
    one_form,
    own_office,
    plain,
)
from minutes_cli.check.subject import Subject
from minutes_cli.model import Span
from minutes_cli.patterns import lazy

#: So many names that differ in one place are a way of naming (委員Ａ, 委員Ｂ …), not slips.
_MOST_ALIKE = 6
#: How chairs end when they give somebody the floor, behind the name.
_CALL = lazy(r"(?:君|議員|委員|さん|氏)[、。]?(?:どうぞ|お?願い(?:し|いたし)ます|の?発言を許します)?。?$")
_NAME_CHARACTER = lazy(r"[一-龥々ぁ-ヺー]")


class Slip(NamedTuple):
    """Two ways in which the labels spell one name, and the place of the first character that differs.

    ``places`` are the turns over which the rarer one stands, ``known`` those of the other.
    """

    wrong: str
    right: str
    at: int
    variants: bool
    places: tuple[int, ...]
    known: tuple[int, ...]


class Misspelt(NamedTuple):
    """A name of a label that the attendance list spells otherwise, and the turns over which it stands."""

    name: str
    listed: Listed
    turns: tuple[int, ...]


def slips(subject: Subject, found: Sequence[Naming], roster: Roster) -> list[Slip]:
    """Names in labels that are another name of the labels with one character changed.

    Two people may have names that differ in one character. That they are one is told by a full name, by an office
    that one person holds, or by the chair who has just called the other name; variants of one character need less.
    """
    names = by_name(found)
    alike: dict[str, list[str]] = {}
    for name in names:
        for i in range(len(name)) if len(name) >= 2 else ():
            alike.setdefault(f"{name[:i]}\0{name[i + 1 :]}", []).append(name)
    pairs = {
        (one, other)
        for same in alike.values()
        if 2 <= len(same) <= _MOST_ALIKE
        for i, one in enumerate(same)
        for other in same[i + 1 :]
    }
    found_slips = []
    for one, other in sorted(pairs, key=lambda p: (names[p[0]][0].turns[0], names[p[1]][0].turns[0])):
        if not {one, other} <= roster.beginnings and _one_person(subject, names[one], names[other]):
            found_slips.append(_slip(subject, one, other, names, roster))
    return found_slips


def _one_person(subject: Subject, one: Sequence[Naming], other: Sequence[Naming]) -> bool:
    """Whether labels with two names that differ in one character name one person."""
    offices = {naming.office for naming in one}
    others = {naming.office for naming in other}
    same = {office for office in offices & others if office}
    if any(own_office(office) for office in same):
        return True
    apart = {o for o in offices | others if o} and not same
    if apart and all(own_office(o) for o in offices | others if o):
        return False
    a, b = one[0].name, other[0].name
    if one[0].full and other[0].full and len(a) >= (3 if same else 4):
        return True
    if one_form(a) == one_form(b):
        return not apart
    rare, often = sorted((one, other), key=lambda namings: sum(len(n.turns) for n in namings))
    return (any(CHAIR.search(office) for office in same) and _in_between(rare, often, same)) or any(
        _called(subject, number, often[0].name, naming.office) and not _called(subject, number, rare[0].name, "")
        for naming in rare
        for number in naming.turns[:3]
        if naming.office in same
    )


def _in_between(rare: Sequence[Naming], often: Sequence[Naming], same: set[str]) -> bool:
    """Whether one chair stands between turns of the other: nobody takes the chair for one turn and gives it back."""
    inner = [number for naming in rare for number in naming.turns if naming.office in same]
    outer = [number for naming in often for number in naming.turns if naming.office in same]
    return len(inner) == 1 and len(outer) >= 3 and min(outer) < inner[0] < max(outer)


def _called(subject: Subject, number: int, name: str, office: str) -> bool:
    """Whether the turn before ends by calling *name* (with *office*)."""
    if number == 0:
        return False
    paragraphs = subject.document.turns[number - 1].paragraphs
    return bool(paragraphs) and name + office in plain(paragraphs[-1][-60:])


def _slip(subject: Subject, one: str, other: str, names: dict[str, list[Naming]], roster: Roster) -> Slip:
    def weight(name: str) -> tuple[int, bool, int, int]:
        turns = [number for naming in names[name] for number in naming.turns]
        return (
            len(turns),
            name in roster.beginnings,
            subject.text.count(name[: (differing(one, other) or 0) + 1]),
            -min(turns),
        )

    wrong, right = sorted((one, other), key=weight)
    known = wrong in roster.beginnings and right not in roster.beginnings
    if known and len(turns_of(names[wrong])) * 3 > len(turns_of(names[right])):
        wrong, right = right, wrong
    at = differing(wrong, right) or 0
    return Slip(wrong, right, at, one_form(wrong) == one_form(right), turns_of(names[wrong]), turns_of(names[right]))


def turns_of(found: Iterable[Naming]) -> tuple[int, ...]:
    """The turns over which these labels stand, in their order."""
    return tuple(sorted(number for naming in found for number in naming.turns))


class Called(NamedTuple):
    """A name that the chair calls, and that the label right behind spells with another character.

    ``span`` is that of the name called; ``turn`` the one that was called for, by number.
    """

    label: str
    called: str
    turn: int
    span: Span


def called_otherwise(subject: Subject, found: Sequence[Naming]) -> Iterator[Called]:
    """Labels whose name differs in one character from the last word of the chair: 葛西委員。 and 【葛両委員】."""
    turns = subject.document.turns
    spoken = subject.document.spoken
    for naming in found:
        size = len(naming.name)
        for number in naming.turns if size >= 2 else ():
            if not number or not turns[number - 1].paragraphs:
                continue
            tail = turns[number - 1].paragraphs[-1][-30:]
            call = _CALL.search(tail) if naming.name not in tail else None
            called = "".join(tail[: call.start()].split())[-size:] if call else ""
            at = differing(called, naming.name)
            if at is not None and _NAME_CHARACTER.match(called[at]) and len(spoken) > number - 1:
                end = subject.span(0, spoken[number - 1][-1]).end if spoken[number - 1] else 0
                start = subject.text.rfind(called, max(0, end - 60), end)
                if start >= 0:
                    yield Called(naming.name, called, number, Span(start, start + size))


def in_surname(slip: Slip, roster: Roster) -> bool:
    """Whether *slip* is in the surname, or one of form: name-variants reports those, labels-disagree the others."""
    listed = [*roster.names.get(slip.wrong, ()), *roster.names.get(slip.right, ())]
    surname = next((person.surname for person in listed if person.surname), "")
    return slip.variants or slip.at < (len(surname) or (2 if len(slip.right) >= 3 else len(slip.right)))


def misspelt_in_list(found: Sequence[Naming], roster: Roster) -> list[Misspelt]:
    """Names of labels that the list spells with one other character, or in another form of it.

    Two people may have such names: the office is the same, or the name is full and only its spelling differs.
    """
    spelt: list[Misspelt] = []
    by_form: dict[str, list[Listed]] = {}
    wild: dict[str, list[Listed]] = {}
    for person in roster.people:
        for form in {one_form(person.name), one_form(person.surname)} - {""}:
            by_form.setdefault(form, []).append(person)
        for i in range(len(person.name)) if len(person.name) >= 4 else ():
            wild.setdefault(f"{person.name[:i]}\0{person.name[i + 1 :]}", []).append(person)
    for name, namings in by_name(found).items():
        if name in roster.names or name in roster.beginnings:
            continue
        other = _other_spelling(name, namings, by_form, roster.offices, wild)
        if other is not None:
            spelt.append(Misspelt(name, other, tuple(sorted(t for n in namings for t in n.turns))))
    return spelt


def _other_spelling(
    name: str,
    namings: Sequence[Naming],
    by_form: dict[str, list[Listed]],
    by_office: dict[str, list[Listed]],
    wild: dict[str, list[Listed]],
) -> Listed | None:
    same = by_form.get(one_form(name), [])
    if len({person.name for person in same}) == 1:
        return same[0]
    for naming in namings:
        holders = by_office.get(naming.office, []) if own_office(naming.office) else []
        if len(holders) == 1 and (
            differing(name, holders[0].name) is not None or differing(name, holders[0].surname) is not None
        ):
            return holders[0]
    near = [x for i in range(len(name)) for x in wild.get(f"{name[:i]}\0{name[i + 1 :]}", ())] if len(name) >= 4 else []
    return near[0] if len({person.name for person in near}) == 1 else None
