"""Two versions of a record: which turns are the same, and how the others differ."""

from __future__ import annotations

from minutes_cli.compare.changes import unit_changes
from minutes_cli.compare.facts import entry_facts, person_facts, record_facts
from minutes_cli.compare.folding import exact, without_space
from minutes_cli.compare.model import Comparison, Sort, Transcript
from minutes_cli.compare.people import pair_entries, pair_persons

__all__ = ["compare"]

_PARTS = ("items", "lines", "sections", "attendance", "events")


def compare(old: Transcript, new: Transcript, *, ignore_space: bool = False) -> Comparison:
    """How *new* differs from *old* in what both hold. With *ignore_space* blanks and line ends count for nothing.

    With the two changed over, the same changes come out the other way round.
    """
    fold = without_space if ignore_space else exact
    persons = pair_persons(old.persons, new.persons, old.turns, new.turns)
    headings = pair_entries(old.sections or (), new.sections or (), fold)
    known = old.sections is not None and new.sections is not None
    sections = {(old.sections or ())[i].id: (new.sections or ())[j].id for i, j in headings} if known else None
    changes = [change for sort in Sort for change in unit_changes(sort, old, new, persons, sections, fold)]
    facts = [
        *record_facts(old, new, fold),
        *person_facts(old, new, persons, fold),
        *entry_facts("section", old.sections, new.sections, fold),
        *entry_facts("attendance", old.attendance, new.attendance, fold),
        *entry_facts("event", old.events, new.events, fold),
    ]
    left_out = tuple(part for part in _PARTS if getattr(old, part) is None or getattr(new, part) is None)
    return Comparison(old, new, tuple(changes), tuple(facts), left_out)
