"""Which record of OLD is which of NEW: by their paths, which need not agree in folder and ending."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import NamedTuple

from minutes_cli.cli._diff_sides import Entry, Side
from minutes_cli.errors import UsageError


class Match(NamedTuple):
    """A record on both sides, or on one."""

    old: Entry | None
    new: Entry | None

    @property
    def either(self) -> Entry:
        """The old one, or where there is none the new one."""
        entry = self.old or self.new
        assert entry is not None
        return entry


def match(old: Side, new: Side) -> list[Match]:
    """Every record of both sides once, in the order of their paths.

    Two single files belong together; a single file beside a folder is compared with its namesake there alone.
    Raises UsageError when it has none.
    """
    if old.single and new.single:
        return [Match(old.entries[0], new.entries[0])]
    pairs = _by_paths(old.entries, new.entries)
    if old.single or new.single:
        one, many = (old, new) if old.single else (new, old)
        if not pairs:
            raise UsageError(f"{many.path}: no record named as {one.path}; name two files, or two folders")
        return [Match(old.entries[i], new.entries[j]) for i, j in pairs.items()]
    found = [Match(old.entries[i], new.entries[j]) for i, j in pairs.items()]
    taken = set(pairs.values())
    found += [Match(entry, None) for i, entry in enumerate(old.entries) if i not in pairs]
    found += [Match(None, entry) for j, entry in enumerate(new.entries) if j not in taken]
    return sorted(found, key=lambda each: _path(each.either.key))


def _by_paths(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """Places in *old* -> places in *new*: by the same path, then by less and less of it, as long as only one fits."""
    olds, news = [_path(entry.key) for entry in old], [_path(entry.key) for entry in new]
    below_old, below_new = _common(olds), _common(news)
    pairs: dict[int, int] = {}
    keys: tuple[tuple[Callable[[str], str], Callable[[str], str]], ...] = (
        (str, str),
        (lambda path: path[below_old:], lambda path: path[below_new:]),
        (lambda path: _stem(path[below_old:]), lambda path: _stem(path[below_new:])),
    )
    for key_old, key_new in keys:
        _pair({i: key_old(path) for i, path in enumerate(olds)}, {j: key_new(p) for j, p in enumerate(news)}, pairs)
    _pair_tails(olds, news, pairs)
    return pairs


def _path(key: str) -> str:
    return os.path.normpath(key).replace(os.sep, "/")


def _common(paths: list[str]) -> int:
    """Length of the folder that all *paths* begin with, the slash included."""
    folders = [path.rpartition("/")[0] for path in paths]
    if not all(folders):
        return 0
    parts = [folder.split("/") for folder in folders]
    first, last = min(parts), max(parts)
    shared = [a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))]
    return sum(len(part) + 1 for part in shared)


def _stem(path: str) -> str:
    return os.path.splitext(path)[0]


def _pair(old: dict[int, str], new: dict[int, str], pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    ones, others = _alone(old, set(pairs)), _alone(new, taken)
    pairs.update({ones[key]: others[key] for key in ones if key in others})


def _alone(keys: dict[int, str], taken: set[int]) -> dict[str, int]:
    """The keys that one record alone has."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in keys.items():
        if place not in taken:
            places[key].append(place)
    return {key: found[0] for key, found in places.items() if len(found) == 1}


def _pair_tails(olds: list[str], news: list[str], pairs: dict[int, int]) -> None:
    """Pair those left where one path is the end of the other (record.txt and out/record.json)."""
    taken = set(pairs.values())
    left_old = {i: _stem(path) for i, path in enumerate(olds) if i not in pairs}
    left_new = {j: _stem(path) for j, path in enumerate(news) if j not in taken}
    names_old = _alone({i: path.rpartition("/")[2] for i, path in left_old.items()}, set())
    names_new = _alone({j: path.rpartition("/")[2] for j, path in left_new.items()}, set())
    for name, i in names_old.items():
        j = names_new.get(name, -1)
        if j >= 0 and (f"/{left_old[i]}".endswith(f"/{left_new[j]}") or f"/{left_new[j]}".endswith(f"/{left_old[i]}")):
            pairs[i] = j
