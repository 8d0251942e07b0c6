"""A dataset brought up to date with its records: what changed is read anew, on as many workers as there are.

A run goes in rounds: records are read into staged files, then every partition that they touch is written anew, then
the manifest. Whenever it is stopped, each file is as it was or as it shall be, and the next run goes on with what is
staged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from minutes_cli.engine import Failure, Group, Outcome, Running, grouped, jobs_for, run
from minutes_cli.errors import OutputError
from minutes_cli.export.json import dumps, escape_surrogates
from minutes_cli.store.dataset.manifest import Entry, Header, Manifest, load, path_of, path_row, save
from minutes_cli.store.dataset.merge import Merging, Partition, Piece, part_of
from minutes_cli.store.dataset.place import KEEPING, Place, is_url
from minutes_cli.store.dataset.stage import Staged, Staging, ToRead, is_partition, staged
from minutes_cli.store.dataset.states import State, is_unchanged, state_of
from minutes_cli.store.write import lock

__all__ = ["Fault", "Summary", "Wanted", "update"]

#: There while partitions are written: which; and while records are read anew for all of a dataset.
_MERGING, _ANEW = f"{KEEPING}/merging.json", f"{KEEPING}/anew"
#: Bytes and number of records that are read before their partitions are written: what is staged lies on the disk.
_ROUND, _MANY = 2_000_000_000, 50_000
#: Bytes of records that a worker puts into one staged file.
_GROUP, _MOST = 2_000_000, 2_000
#: Partitions that a worker writes in one go.
_PARTITIONS = 16


class Wanted(NamedTuple):
    """What a dataset shall be made of: ``paths`` of records with their sizes in bytes, and how; see Header, Staging."""

    header: Header
    columns: tuple[str, ...]
    tokens: bool
    read: Callable[[str], Any]
    paths: tuple[str, ...]
    sizes: tuple[int, ...]


class Fault(NamedTuple):
    """A record that is not in the dataset, and why."""

    path: str
    words: str


class Summary(NamedTuple):
    """What a run did, in numbers of records; and how many turns and partitions there are now."""

    new: int
    changed: int
    removed: int
    unchanged: int
    failed: int
    turns: int
    partitions: int


Step = Callable[[int, int, str], None]
"""Told behind each record: its number from 1, how many there are, its path."""
Task = ToRead | Partition


_Pieces = tuple[tuple[str, Piece], ...]
"""Pieces of a record, each with its partition."""


def _work(staging: Staging, merging: Merging, tasks: tuple[Task, ...]) -> Staged | tuple[int, ...]:
    """What workers do with tasks of either sort, so that one set of processes serves a run."""
    partitions = tuple([task for task in tasks if isinstance(task, Partition)])
    return merging(partitions) if partitions else staging(tuple([t for t in tasks if isinstance(t, ToRead)]))


def update(place: Place, wanted: Wanted, running: Running, *, step: Step, fault: Callable[[Fault], None]) -> Summary:
    """Make the dataset at *place* say what the records say: new, changed and removed ones. Raises OutputError, and
    StoreError where another run is at work.

    *fault* hears of each record that cannot be read, at once; its turns are in the dataset no more, and the next run
    tries it again. The dataset must not be one of other records: that is for the caller to see to.
    """
    with nullcontext() if is_url(place.root) else lock(place.path(f"{KEEPING}/dataset"), "minutes export", "-o"):
        return _Update(place, wanted, running, step, fault).run()


class _Update:
    def __init__(
        self, place: Place, wanted: Wanted, running: Running, step: Step, fault: Callable[[Fault], None]
    ) -> None:
        self.place, self.wanted, self.running, self.step, self.fault = place, wanted, running, step, fault
        known = load(place)
        same = known is not None and known.header.makes_the_same(wanted.header)
        self.entries: dict[str, Entry] = dict(known.entries) if known is not None and same else {}
        self.known = frozenset(self.entries)
        self.lost: frozenset[str] = frozenset()
        self.unfinished = self._unfinished()
        self.anew = not same or place.read(_ANEW) is not None
        self.moved = known is not None and known.header != wanted.header
        self.key = hashlib.sha256(dumps(wanted.header[:3])).hexdigest()[:12]
        self.fresh: dict[str, tuple[Entry, _Pieces]] = {}  # staged and not yet merged
        self.names: list[str] = []  # of the staged files
        self.number = self.total = self.failed = self.new = self.changed = 0

    def run(self) -> Summary:
        self._prepare()
        states = {path: state_of(path) for path in self.wanted.paths}
        gone = self.known - states.keys()
        self._take_up(states)
        todo = [
            (path, size)
            for path, size in zip(self.wanted.paths, self.wanted.sizes, strict=True)
            if path not in self.fresh and not self._is_kept(path, states[path])
        ]
        self.total = len(todo)
        staging = Staging(self.place, self.key, self.wanted.columns, self.wanted.tokens, self.wanted.read, self.running)
        work = partial(_work, staging, Merging(self.place, self.wanted.columns, self.wanted.tokens))
        sizes = [size for _, size in todo]
        jobs = jobs_for(sizes, self.running) if todo else 1
        groups = self._groups([ToRead(path) for path, _ in todo], sizes, gone, jobs)
        outcomes: Iterator[Outcome[Task, Any]] = run(work, groups, jobs, self.running)
        for tasks, result in outcomes:
            self._take(tasks, result)
        kept = len(states) - self.new - self.changed - self.failed
        turns = sum(rows for entry in self.entries.values() for _, rows in entry.parts)
        parts = {part for entry in self.entries.values() for part, _ in entry.parts}
        return Summary(self.new, self.changed, len(gone), kept, self.failed, turns, len(parts))

    # -- what there is already ----------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Clean up behind a run that was killed; of a new dataset say at once what it is of."""
        for name in self.place.names(KEEPING):
            if name.startswith(f"{KEEPING}/unfinished-"):
                self.place.remove(name)
        if self.anew:
            self.place.write(_ANEW, b"")
            save(self.place, Manifest(self.wanted.header, self.entries))

    def _take_up(self, states: dict[str, State | None]) -> None:
        """Go on with what a run that was stopped has staged, as far as the records are still the same."""
        for found in staged(self.place, self.key):
            still = [e for e, _ in found.entries if e.path in states and is_unchanged(e, states[e.path])]
            self._hold(found, {entry.path for entry in still})

    def _is_kept(self, path: str, state: State | None) -> bool:
        entry = self.entries.get(path)
        return entry is not None and is_unchanged(entry, state)

    # -- a round ------------------------------------------------------------------------------------------

    def _groups(
        self, tasks: Sequence[ToRead], sizes: Sequence[int], gone: Collection[str], jobs: int
    ) -> Iterator[Group[Task] | None]:
        """What workers shall do, one round after the other; None where all before must be done first."""
        held = many = 0
        for group in grouped(tasks, sizes, jobs, size=_GROUP, most=_MOST):
            yield Group(group.tasks, group.size)
            held, many = held + group.size, many + len(group.tasks)
            if held >= _ROUND or many >= _MANY:
                yield None
                yield from self._merge(gone, last=False)
                held, many, gone = 0, 0, ()
        yield None
        yield from self._merge(gone, last=True)

    def _merge(self, gone: Collection[str], *, last: bool) -> Iterator[Group[Task] | None]:
        """The partitions that change, then what there is to say of it in the manifest."""
        entries = {path: entry for path, entry in self.entries.items() if path not in gone and path not in self.fresh}
        before = [self.entries[path] for path in chain(gone, self.fresh) if path in self.entries]
        changing = self.lost.union(gone, self.fresh)
        touched = {part for entry in before for part, _ in entry.parts}
        touched |= {part for _, pieces in self.fresh.values() for part, _ in pieces}
        touched |= self.unfinished
        if last and self.anew:
            touched |= self._foreign(entries)
        if touched:
            notes = {"partitions": sorted(touched), "records": [path_row(path) for path in sorted(changing)]}
            self.place.write(_MERGING, dumps(notes))
            yield from _partitions(self.place, touched, entries, self.fresh)
            yield None
        self.entries = entries | {path: entry for path, (entry, _) in self.fresh.items()}
        if touched or self.fresh or gone or self.moved:
            save(self.place, Manifest(self.wanted.header, self.entries))
        for name in (*self.names, _MERGING, *([_ANEW] if last and self.anew else [])):
            self.place.remove(name)
        self.fresh, self.names, self.unfinished, self.lost = {}, [], frozenset(), frozenset()

    def _unfinished(self) -> frozenset[str]:
        """The partitions that a run was writing when it was stopped.

        Of the records that were changing then nobody knows which rows are there, so they are known no more.
        """
        import orjson

        data = self.place.read(_MERGING)
        if not data:
            return frozenset()
        notes = orjson.loads(data)
        self.lost = frozenset(map(path_of, notes["records"]))
        for path in self.lost:
            self.entries.pop(path, None)
        return frozenset(notes["partitions"])

    def _foreign(self, entries: dict[str, Entry]) -> set[str]:
        """Partitions that are there, of a dataset made otherwise, and that no record belongs to any more."""
        folders = ((name, name.rpartition("/")[0]) for name in self.place.names())
        there = {folder for name, folder in folders if name == part_of(folder) and is_partition(folder)}
        return there - {part for entry in entries.values() for part, _ in entry.parts}

    # -- results ------------------------------------------------------------------------------------------

    def _take(self, tasks: tuple[Task, ...], result: Any) -> None:
        if isinstance(tasks[0], Partition):
            if isinstance(result, Failure):
                raise OutputError(f"{tasks[0].path}: cannot be written: {result.words}")
            for task, rows in zip(tasks, result, strict=True):
                if rows and isinstance(task, Partition):
                    self._see(part_of(task.name))
            return
        if isinstance(result, Failure):  # the process died or hung: nothing else is known of the record
            state = state_of(tasks[0].path) or State("", True)
            self._note(Entry(tasks[0].path, *state, "", (), result.words))
            return
        self._see(result.name)
        self._hold(result, {entry.path for entry, _ in result.entries})

    def _see(self, name: str) -> None:
        """Raise OutputError where a worker on another machine has written what cannot be seen from here."""
        if self.running.engine is not None and not self.place.has(name):
            raise OutputError(
                f"{self.place.path(name)}: a worker has written it, and it is not here; a dataset made by a cluster "
                "must be on a disk that all workers share, or a URL"
            )

    def _hold(self, found: Staged, wanted: Collection[str]) -> None:
        self.names.append(found.name)
        for entry, slices in found.entries:
            if entry.path in wanted and entry.path not in self.fresh:
                shown = escape_surrogates(entry.path)
                self._note(entry, tuple((s.part, Piece(shown, found.name, s.batch)) for s in slices))

    def _note(self, entry: Entry, pieces: _Pieces = ()) -> None:
        self.number += 1
        self.step(self.number, self.total, entry.path)
        if entry.error is not None:
            self.failed += 1
            self.fault(Fault(entry.path, entry.error))
        elif entry.path in self.known:
            self.changed += 1
        else:
            self.new += 1
        self.fresh[entry.path] = entry, pieces


def _partitions(
    place: Place, touched: Collection[str], entries: dict[str, Entry], fresh: dict[str, tuple[Entry, _Pieces]]
) -> Iterator[Group[Task]]:
    """The partitions *touched*, each with the records of *entries* that stay in it and the *fresh* ones that come."""
    keep: dict[str, set[str]] = {part: set() for part in touched}
    come: dict[str, list[Piece]] = {part: [] for part in touched}
    for entry in entries.values():
        for part, _ in entry.parts:
            if part in keep:
                keep[part].add(escape_surrogates(entry.path))
    for _, pieces in fresh.values():
        for part, piece in pieces:
            come[part].append(piece)
    some: list[Task] = []
    for part in sorted(touched):
        some.append(Partition(place.path(part), part, frozenset(keep[part]), tuple(come[part])))
        if len(some) == _PARTITIONS:
            yield Group(tuple(some), 0)
            some = []
    if some:
        yield Group(tuple(some), 0)
