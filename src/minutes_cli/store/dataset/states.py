"""Whether a record is still as it was when it was read: by size and times, and where these leave doubt by content."""

from __future__ import annotations

import hashlib
import os
import time
from typing import NamedTuple

from minutes_cli.store.dataset.manifest import Entry
from minutes_cli.store.dataset.place import is_url

__all__ = ["State", "is_unchanged", "state_of"]

#: A file that was last written less than this before it was read may change without its times telling: 2 s on FAT.
_TICK = 2_000_000_000


class State(NamedTuple):
    """A record's state in one word, and whether it may change without changing that."""

    tag: str
    racy: bool


def state_of(path: str) -> State | None:
    """The state of the record *path* now; None where it cannot be had."""
    if is_url(path):
        return _remote(path)
    now = time.time_ns()
    try:
        file = os.stat(path)
    except (OSError, ValueError):
        return None
    # The time of the inode counts too, because the other one can be set back.
    tag = f"{file.st_size}-{file.st_mtime_ns}-{file.st_ctime_ns}"
    return State(tag, max(file.st_mtime_ns, file.st_ctime_ns) > now - _TICK)


def is_unchanged(entry: Entry, now: State | None) -> bool:
    """Whether the record behind *entry* is what it was; it is read only where its state says less."""
    if now is None or entry.error is not None:
        return False
    if now.tag == entry.tag and not entry.racy:
        return True
    if now.tag.partition("-")[0] != entry.tag.partition("-")[0]:  # another size
        return False
    return _digest(entry.path) == entry.sha256


def _remote(path: str) -> State | None:
    from minutes_cli.ingest.remote import state_of_remote

    tag = state_of_remote(path)
    return State(tag, False) if tag is not None else None


def _digest(path: str) -> str | None:
    from minutes_cli.errors import MinutesError
    from minutes_cli.ingest import read_bytes

    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except MinutesError:
        return None
