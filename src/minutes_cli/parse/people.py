"""Who speaks: labels taken apart, one person under several labels brought together, names completed from the list.

A name is completed only when exactly one person fits; otherwise those who fit are shown as candidates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutes_cli.model import Attendee, Label, Speaker
from minutes_cli.parse.drafts import Draft
from minutes_cli.parse.guards import DITTO
from minutes_cli.parse.labels import squeeze, take_apart

#: First question, second question, … as records mark them behind a questioner's name.
_ROUNDS = frozenset(("初", "再", "続", "終"))
#: Offices that several people hold at once, so that the office alone names nobody.
_SHARED = frozenset(
    ("委員", "議員", "事務局", "理事", "市民", "住民", "記者", "参加者", "傍聴者", "担当", "担当者", "職員")
)


class _Known(NamedTuple):
    """The full names that the record tells, in its lists and in labels; ``order`` is sorted to look up beginnings."""

    full: dict[str, str]  # without blanks -> as printed
    order: list[str]
    by_office: dict[str, str]  # offices that exactly one person in the lists holds
    offices: dict[str, set[str]]  # full name without blanks -> the offices that the lists give the person

    def longer_than(self, surname: str, mark: str) -> list[str]:
        """Full names of which *surname* is the surname and in which *mark* comes next, as printed."""
        start = bisect_left(self.order, surname + mark)
        end = bisect_left(self.order, surname + mark + "\U0010ffff", start)
        found = [self.full[tight] for tight in self.order[start:end] if len(tight) > len(surname)]
        return [name for name in found if " " not in name or name.split()[0] == surname]

    def holding(self, office: str, names: Sequence[str]) -> list[str]:
        """Those of *names* that a list gives *office*, or one that *office* ends or is the end of."""
        return [name for name in names if any(_same_office(office, o) for o in self.offices.get(squeeze(name), ()))]


def _known(labels: Iterable[Label], attendance: Sequence[Attendee]) -> _Known:
    full = {squeeze(a.name): a.name for a in attendance}
    holders: dict[str, set[str]] = {}
    offices: dict[str, set[str]] = {}
    for attendee in attendance:
        if attendee.role:
            holders.setdefault(squeeze(attendee.role), set()).add(attendee.name)
            offices.setdefault(squeeze(attendee.name), set()).add(squeeze(attendee.role))
    for label in labels:
        if not label.name:
            continue
        name = squeeze(label.name)
        if len(name) >= 3:
            full.setdefault(name, label.name)
        if label.role and _is_full(label, name):
            holders.setdefault(squeeze(label.role), set()).add(full[name])
    by_office = {role: next(iter(names)) for role, names in holders.items() if len(names) == 1}
    return _Known(full, sorted(full), by_office, offices)


def identify(turns: Sequence[Draft], attendance: Sequence[Attendee]) -> tuple[tuple[Speaker, ...], list[str | None]]:
    """The speakers of a record and, for every turn, the id of its speaker (None where there is no label)."""
    printed = _printed(turns)
    labels = _labels(turns, printed)
    known = _known(labels.values(), attendance)
    by_surname = _by_surname(labels.values(), known)
    people: dict[tuple[str, ...], Speaker] = {}
    keys: dict[str, tuple[str, ...]] = {}
    for text, label in labels.items():
        key, person = _alone(label, known, by_surname)
        keys[text] = key
        people[key] = _together(people[key], person) if key in people else person._replace(id=f"s{len(people) + 1}")
    sizes = dict.fromkeys(labels, 0)
    for turn, told in zip(turns, printed, strict=True):
        if told is not None:
            sizes[told] += sum(map(len, turn.paragraphs))
    said: Counter[tuple[str, ...]] = Counter()
    spoke: Counter[tuple[str, ...]] = Counter()
    for text, n in Counter(told for told in printed if told is not None).items():  # there are few of them
        spoke[keys[text]] += n
        said[keys[text]] += sizes[text]
    speakers = tuple(person._replace(turns=spoke[key], characters=said[key]) for key, person in people.items())
    ids = {text: people[key].id for text, key in keys.items()}
    return speakers, [None if text is None else ids[text] for text in printed]


def _printed(turns: Sequence[Draft]) -> list[str | None]:
    """The label of every turn; a ditto mark stands for the label before it."""
    found: list[str | None] = []
    last: str | None = None
    for turn in turns:
        if turn.label is not None and (turn.label not in DITTO or last is None):
            last = turn.label
        found.append(None if turn.label is None else last)
    return found


def _labels(turns: Sequence[Draft], printed: Sequence[str | None]) -> dict[str, Label]:
    """Every label of the record taken apart, in the order in which they first come."""
    named = {squeeze(t.label): t.name for t in turns if t.label and t.name}
    labels: dict[str, Label] = {}
    for text in printed:
        if text is not None and text not in labels:
            label = take_apart(text)
            name = named.get(squeeze(text))
            labels[text] = label._replace(name=name) if name and not label.name else label
    return _short_names(_without_rounds(labels))


def _by_surname(labels: Iterable[Label], known: _Known) -> dict[str, set[tuple[str, ...]]]:
    """The people whom labels with an office name, by what the label says of their name."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for label in labels:
        if label.name and (label.role or label.title) and not label.mark:
            key = _key(label, _complete(label, known)[0], known)
            found.setdefault(squeeze(label.name), set()).add(key)
    return found


def _alone(label: Label, known: _Known, by_surname: dict[str, set[tuple[str, ...]]]) -> tuple[tuple[str, ...], Speaker]:
    """Who *label* alone names, with the key of that person."""
    name, candidates = _complete(label, known)
    same = by_surname.get(squeeze(label.name or ""), set())
    if not (label.role or label.title or label.mark) and len(same) == 1:  # only a name, and one person has it
        person = Speaker("", label.text, (label.text,), name, None, None, label.affiliation, candidates)
        return next(iter(same)), person
    person = Speaker("", label.text, (label.text,), name, label.role, label.title, label.affiliation, candidates)
    return _key(label, name, known), person


def _together(known: Speaker, other: Speaker) -> Speaker:
    """One person under two labels; the first label that says something wins."""
    return known._replace(
        labels=known.labels if other.label in known.labels else (*known.labels, other.label),
        name=known.name or other.name,
        role=known.role or other.role,
        title=known.title or other.title,
        affiliation=known.affiliation or other.affiliation,
    )


def _without_rounds(labels: dict[str, Label]) -> dict[str, Label]:
    """（初） and （再） behind bare surnames count rounds of questions, if no other mark stands behind any surname."""
    marks = {label.mark for label in labels.values() if label.mark and not (label.role or label.title)}
    if not marks <= _ROUNDS:
        return labels
    return {text: label._replace(mark=None) if label.mark in marks else label for text, label in labels.items()}


def _short_names(labels: dict[str, Label]) -> dict[str, Label]:
    """A label that is the surname in another one is a name, even where it looks like an office (尾長)."""
    names = {squeeze(label.name) for label in labels.values() if label.name}
    return {
        text: label._replace(name=label.text, role=None, affiliation=None)
        if label.name is None and squeeze(label.text) in names
        else label
        for text, label in labels.items()
    }


def _complete(label: Label, known: _Known) -> tuple[str | None, tuple[str, ...]]:
    """The name as far as the record tells it, and the people who fit equally well."""
    if label.name is None:
        role = squeeze(label.role or "")
        return (known.by_office.get(role) if role not in _SHARED else None), ()
    surname = squeeze(label.name)
    if _is_full(label, surname):
        return known.full.get(surname, label.name), ()
    longer = known.longer_than(surname, label.mark or "")
    office = squeeze(label.role or label.title or "")
    holding = known.holding(office, longer) if len(longer) > 1 and office not in _SHARED else ()
    if len(holding) == 1:
        return holding[0], ()
    if len(longer) == 1:
        return longer[0], ()
    return known.full.get(surname, label.name), tuple(longer)


def _same_office(one: str, other: str) -> bool:
    """Whether one person may hold both as one office: 国務大臣 is 財務大臣 too, 事務局長 the 議会事務局長."""
    if one == "国務大臣":
        return other.endswith("大臣")
    return bool(one) and (one == other or other.endswith(one) or one.endswith(other))


def _is_full(label: Label, name: str) -> bool:
    """Whether the label prints surname and given name: four characters, or three set apart by a bracket or a blank."""
    return len(name) >= 4 or (
        len(name) == 3 and (f"（{name}" in label.text or f"({name}" in label.text or " " in (label.name or ""))
    )


def _key(label: Label, name: str | None, known: _Known) -> tuple[str, ...]:
    """What makes two labels the same person: the full name, else surname and office, else the office."""
    if name is not None and squeeze(name) in known.full:
        return ("name", squeeze(name))
    if name is not None:
        return ("surname", squeeze(name), label.mark or "", squeeze(label.role or label.title or ""))
    return (
        "office",
        label.mark or "",
        squeeze(label.role or ""),
        squeeze(label.affiliation or ""),
        "" if label.role else squeeze(label.text),
    )
