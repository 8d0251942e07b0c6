"""Differences in what is said about a record: meeting data, speakers, headings, attendance, events between turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_cli.compare.folding import Fold, folded
from minutes_cli.compare.model import Entry, Fact, Person, Transcript
from minutes_cli.compare.people import Pairs, pair_entries

#: Facts that are no meeting data: what the program makes of the record.
_OF_RECORD = frozenset({"kind", "convention"})
_FIELDS = ("name", "role", "title", "affiliation")


def record_facts(old: Transcript, new: Transcript, fold: Fold) -> Iterator[Fact]:
    """Meeting data and the kind of record that differ, where both sides tell."""
    after = dict(new.facts)
    for name, value in old.facts:
        if name in after and folded(fold, value) != folded(fold, after[name]):
            part = "record" if name in _OF_RECORD else "meeting"
            yield Fact(part, name, _entry(value), _entry(after[name]))


def person_facts(old: Transcript, new: Transcript, pairs: Pairs, fold: Fold) -> Iterator[Fact]:
    """Speakers who went or came, and what is known of the others."""
    after = {person.id: person for person in new.persons}
    for person in old.persons:
        if person.id not in pairs:
            yield Fact("speaker", "", Entry(named(person), id=person.id), None)
            continue
        other = after[pairs[person.id]]
        for field in _FIELDS:
            one, two = getattr(person, field), getattr(other, field)
            if folded(fold, one) != folded(fold, two):
                yield Fact("speaker", field, _entry(one, person.id), _entry(two, other.id), named(person))
        one, two = person.candidates, other.candidates
        if one is not None and two is not None and set(one) != set(two):
            texts = ("、".join(one) or None, "、".join(two) or None)
            entries = _entry(texts[0], person.id), _entry(texts[1], other.id)
            yield Fact("speaker", "candidates", *entries, named(person))
    kept = set(pairs.values())
    yield from (Fact("speaker", "", None, Entry(named(p), id=p.id)) for p in new.persons if p.id not in kept)


def named(person: Person) -> str:
    """The label of a person, with the name behind it where that tells more."""
    label = person.label or person.id
    name = person.name
    return f"{label}（{name}）" if name and "".join(name.split()) not in "".join(label.split()) else label


def entry_facts(part: str, old: Sequence[Entry] | None, new: Sequence[Entry] | None, fold: Fold) -> Iterator[Fact]:
    """Entries that came, went or are written otherwise, in the order of the record; none where a side has no list."""
    if old is None or new is None:
        return
    i = j = 0
    for one, other in [*pair_entries(old, new, fold), (len(old), len(new))]:
        yield from (Fact(part, "", entry, None) for entry in old[i:one])
        yield from (Fact(part, "", None, entry) for entry in new[j:other])
        if one < len(old) and fold(old[one].text) != fold(new[other].text):
            yield Fact(part, "", old[one], new[other])
        i, j = one + 1, other + 1


def _entry(text: str | None, key: str = "") -> Entry | None:
    return None if text is None else Entry(text, id=key)
