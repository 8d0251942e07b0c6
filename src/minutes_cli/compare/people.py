"""Who of one version is who of the other, and which heading is which. Each is one at most, both ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from minutes_cli.compare.alignment import Sign, align
from minutes_cli.compare.folding import Fold
from minutes_cli.compare.model import Entry, Person, Unit

Pairs = dict[str, str]
"""Ids of the old version -> ids of the new one."""

#: A surname of this length or more is taken for the beginning of a full name (林 is none of 林田).
_SURNAME = 2


def pair_persons(
    old: Sequence[Person], new: Sequence[Person], old_turns: Sequence[Unit], new_turns: Sequence[Unit]
) -> Pairs:
    """Speakers who share a label, most turns first; then those of the same name and office, or whose name is now full.

    A label tells who speaks better than a name does: names are completed from lists, which may have been corrected.
    """
    pairs: Pairs = {}
    taken: set[str] = set()
    for one, other in _by_labels(old, new, old_turns, new_turns):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    keys: tuple[Callable[[Person], Hashable], ...] = (
        lambda p: (p.name, p.role, p.title, p.affiliation) if p.name or p.role or p.title or p.affiliation else None,
        lambda p: p.name,
    )
    for key in keys:
        _pair_by(key, old, new, pairs)
    _pair_full_names(old, new, pairs)
    return pairs


def _by_labels(
    old: Sequence[Person], new: Sequence[Person], old_turns: Sequence[Unit], new_turns: Sequence[Unit]
) -> list[tuple[str, str]]:
    """Pairs of persons with a label in common, those with the most turns under such labels first."""
    times_old = Counter((turn.speaker, turn.label) for turn in old_turns)
    times_new = Counter((turn.speaker, turn.label) for turn in new_turns)
    users: dict[str, list[int]] = defaultdict(list)
    for j, person in enumerate(new):
        for label in dict.fromkeys(person.labels):
            users[label].append(j)
    weights: Counter[tuple[int, int]] = Counter()
    for i, person in enumerate(old):
        for label in dict.fromkeys(person.labels):
            for j in users.get(label, ())[:8]:
                times = min(times_old[person.id, label], times_new[new[j].id, label])
                weights[i, j] += 1 + times
    ordered = sorted(weights, key=lambda pair: (-weights[pair], max(pair), min(pair), pair))
    return [(old[i].id, new[j].id) for i, j in ordered]


def _pair_by(key: Callable[[Person], Hashable], old: Sequence[Person], new: Sequence[Person], pairs: Pairs) -> None:
    """Pair those left whose *key* nobody else has on their side."""
    taken = set(pairs.values())
    ones = _only(key, (p for p in old if p.id not in pairs))
    others = _only(key, (p for p in new if p.id not in taken))
    pairs.update({ones[value]: others[value] for value in ones if value in others})


def _only(key: Callable[[Person], Hashable], persons: Iterable[Person]) -> dict[Hashable, str]:
    ids: dict[Hashable, list[str]] = defaultdict(list)
    for person in persons:
        if (value := key(person)) is not None:
            ids[value].append(person.id)
    return {value: found[0] for value, found in ids.items() if len(found) == 1}


def _pair_full_names(old: Sequence[Person], new: Sequence[Person], pairs: Pairs) -> None:
    """Pair those left of whom one name begins with the other, when that fits nobody else."""
    taken = set(pairs.values())
    ones = [p for p in old if p.id not in pairs and p.name]
    others = [p for p in new if p.id not in taken and p.name]
    fits = [(p.id, q.id) for p in ones[:200] for q in others[:200] if _begins(p.name or "", q.name or "")]
    times_old = Counter(i for i, _ in fits)
    times_new = Counter(j for _, j in fits)
    pairs.update({i: j for i, j in fits if times_old[i] == 1 == times_new[j]})


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SURNAME and long.startswith(short)


def pair_entries(old: Sequence[Entry], new: Sequence[Entry], fold: Fold) -> list[tuple[int, int]]:
    """Headings (or other entries) in the order of both sides: the same text, or one written a little otherwise."""
    return align([Sign(fold(entry.text)) for entry in old], [Sign(fold(entry.text)) for entry in new])
