"""YAML files with rules: read with the places of what is in them, for messages that say where."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from minutes_cli.errors import UsageError


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
    import yaml

    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loader = loader_class(path.read_text(encoding="utf-8-sig"))
        root: Any = loader.get_single_node()
        data = loader.construct_document(root) if root else None
    except OSError as error:
        raise UsageError(f"{path}: rule file cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: rule file is not UTF-8: byte {error.start}") from error
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise UsageError(f"{path}{line}: not YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that does not exist
        raise UsageError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
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
