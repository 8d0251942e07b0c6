"""What became of each turn, item or line: from the alignment to changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from minutes_cli.compare.alignment import Sign, align
from minutes_cli.compare.folding import Fold, folded, without_space
from minutes_cli.compare.model import Change, Sort, Transcript, Unit, What
from minutes_cli.compare.parts import Group, group
from minutes_cli.compare.people import Pairs

_NOBODY = -1


class _Sides(NamedTuple):
    """The units of one sort on both sides, with what they are known by; who and which heading is whose."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    signs_old: Sequence[Sign]
    signs_new: Sequence[Sign]
    sections: Mapping[str, str] | None
    fold: Fold


def unit_changes(
    sort: Sort, old: Transcript, new: Transcript, persons: Pairs, sections: Mapping[str, str] | None, fold: Fold
) -> Iterator[Change]:
    """The changes of one sort, in the order of the record; none where a side does not hold that sort.

    *persons* and *sections* lead from ids of *old* to those of *new*; without *sections* they are not compared.
    """
    olds, news = old.units(sort), new.units(sort)
    if olds is None or news is None:
        return
    numbers = {person.id: number for number, person in enumerate(new.persons)}
    only_old = {person.id: len(numbers) + number for number, person in enumerate(old.persons)}
    who_old = {key: numbers[persons[key]] if key in persons else number for key, number in only_old.items()}
    sides = _Sides(
        olds,
        news,
        [Sign(fold(unit.text), who_old.get(unit.speaker or "", _NOBODY)) for unit in olds],
        [Sign(fold(unit.text), numbers.get(unit.speaker or "", _NOBODY)) for unit in news],
        sections,
        fold,
    )
    groups = group(sides.signs_old, sides.signs_new, align(sides.signs_old, sides.signs_new))
    i = j = 0
    for found in [*groups, Group((len(olds),), (len(news),))]:
        yield from (Change(What.REMOVED, sort, (k,), ()) for k in range(i, found.old[0]))
        yield from (Change(What.ADDED, sort, (), (k,)) for k in range(j, found.new[0]))
        i, j = found.old[-1] + 1, found.new[-1] + 1
        if i <= len(olds) and j <= len(news) and (change := _change(sort, found, sides)) is not None:
            yield change


def _change(sort: Sort, found: Group, sides: _Sides) -> Change | None:
    if len(found.old) == len(found.new) == 1:
        aspects = _aspects(found.old[0], found.new[0], sides)
        return Change(_what(aspects), sort, found.old, found.new, aspects) if aspects else None
    what = What.SPLIT if len(found.new) > 1 else What.MERGED
    return Change(what, sort, found.old, found.new, _aspects_of_parts(found, sides))


def _aspects(i: int, j: int, sides: _Sides) -> tuple[str, ...]:
    old, new, fold = sides.old[i], sides.new[j], sides.fold
    differ = {
        "text": sides.signs_old[i].text != sides.signs_new[j].text,
        "speaker": sides.signs_old[i].who != sides.signs_new[j].who,
        "label": folded(fold, old.label) != folded(fold, new.label),
        "section": sides.sections is not None and sides.sections.get(old.section or "") != new.section,
        "kind": old.kind != new.kind,
        "under": folded(fold, old.under) != folded(fold, new.under),
        "events": [*map(fold, old.events)] != [*map(fold, new.events)],
    }
    return tuple(aspect for aspect, differs in differ.items() if differs)


def _aspects_of_parts(found: Group, sides: _Sides) -> tuple[str, ...]:
    """In what one unit and several differ, besides being one or several; line ends between the parts do not count."""
    old, new = [sides.signs_old[i] for i in found.old], [sides.signs_new[j] for j in found.new]
    differ = {
        "text": without_space("".join(s.text for s in old)) != without_space("".join(s.text for s in new)),
        "speaker": {sign.who for sign in old} != {sign.who for sign in new},
    }
    return tuple(aspect for aspect, differs in differ.items() if differs)


def _what(aspects: Sequence[str]) -> What:
    if "text" in aspects:
        return What.BOTH if "speaker" in aspects else What.TEXT
    if "speaker" in aspects:
        return What.SPEAKER
    return What.LABEL if "label" in aspects else What.OTHER
