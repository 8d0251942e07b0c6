"""YAML files with rules: read with the places of what is in them, for messages that say where."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.settings_files import compose_yaml, read_settings

#: Bytes in the longest file; the largest dictionaries for prh have about a tenth of it.
MOST = 5_000_000


class Entry(NamedTuple):
    """One rule as it stands in a file. ``place`` is the file and the line (1-based) where it begins."""

    place: str
    data: Any


class RuleDocument(NamedTuple):
    """A YAML file: the rules in its list, and what stands beside them where the file is a mapping."""

    path: Path
    entries: tuple[Entry, ...]
    beside: Mapping[str, Any]


def read_yaml(path: Path) -> RuleDocument:
    """Read *path*: a list of rules, a mapping that has one under ``rules``, or nothing. Raises UsageError."""
    root: Any
    root, data = compose_yaml(read_settings(path, "rule file", MOST), str(path), MOST)
    beside: Mapping[str, Any] = {}
    if isinstance(data, dict):
        beside = {key: value for key, value in data.items() if key != "rules"}
        root = next((value for key, value in root.value if key.value == "rules"), None)
        data = data.get("rules")
    data = [] if data is None else data
    if not isinstance(data, list):
        raise UsageError(f"{path}: a rule file is a list of rules")
    lines = [node.start_mark.line + 1 for node in root.value] if data else []
    entries = tuple(Entry(f"{path}:{line}", item) for line, item in zip(lines, data, strict=True))
    return RuleDocument(path, entries, beside)
