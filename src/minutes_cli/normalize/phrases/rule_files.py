"""Files of phrase rules: read them, and refuse those that do not do what their own examples say.

A rule file is a YAML list. Each rule has

- ``id``, and ``reason``: what is wrong where it matches, in plain words;
- ``pattern`` (a Python regex) and ``replacement`` (a template as for ``re.sub``), or ``words`` (wrong: right);
- ``safety``: ``safe`` (applied by default), ``ask`` or ``show``;
- ``examples``: ``change`` (pairs of before and after) and ``keep`` (texts in which the rule finds nothing);
- if wanted, ``guards`` (regexes ``before``, ``not_before``, ``behind``, ``not_behind``), ``orthography: modern``
  (off where the record is in old orthography), ``needs`` (literals without which the pattern never matches; found out
  from the pattern where that is possible).

What a match and its guards look at lies within 100 characters of the literal, and before a match within 40.
``^`` and ``$`` stand for the ends of a line.

Files in the format of prh are read as well (:mod:`minutes_cli.normalize.phrases.prh`).

The rules that come with minutes are kept twice: as YAML with their examples, and as JSON that loads in no time.
``python -m minutes_cli.normalize.rules`` writes the JSON anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.model import Safety
from minutes_cli.normalize.phrases import prh
from minutes_cli.normalize.phrases.rule import Examples, Guards, Rule, check, needed
from minutes_cli.normalize.phrases.rule_yaml import Entry, read_yaml
from minutes_cli.patterns import lazy

FOLDER = Path(__file__).parent.with_name("rules")
SHIPPED = FOLDER / "shipped.json"

_KEYS = {"id", "reason", "pattern", "replacement", "words", "safety", "examples", "guards", "orthography", "needs"}
_GUARDS = set(Guards._fields)
#: Rules are joined by + in edits and chosen by patterns with *, ? and [.
_ID = lazy(r"[^\s+*?\[\]]+")


@cache
def shipped() -> tuple[Rule, ...]:
    """The rules that come with minutes."""
    return tuple(_from_json(row) for row in json.loads(SHIPPED.read_text(encoding="utf-8")))


class Version(NamedTuple):
    """A rule file as it was at a time, so that it is read again only when it has changed."""

    path: Path
    changed_at: int  # ns


def version(path: Path) -> Version:
    """Which version of *path* stands there. Raises UsageError when there is none."""
    try:
        return Version(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UsageError(f"{path}: rule file cannot be read: {error.strerror}") from error


def load(path: Path) -> tuple[Rule, ...]:
    """The rules of a file of the user's own, ours or prh's, checked by their examples. Raises UsageError: one line."""
    document = read_yaml(path)
    if prh.is_prh(document):
        return prh.read_rules(document)
    if document.beside:
        raise UsageError(f"{path}: a rule file is a list of rules, or in the format of prh with its version")
    rules = tuple(_rule(entry) for entry in document.entries)
    names = [rule.id for rule in rules]
    for rule, entry in zip(rules, document.entries, strict=True):
        if names.count(rule.id) > 1:
            raise UsageError(f"{entry.place}: there are two rules {rule.id}")
    return rules


def _rule(entry: Entry) -> Rule:
    place, data = entry
    fields = _mapping(data, _KEYS, place, "a rule")
    if not isinstance(fields.get("id"), str) or not _ID.fullmatch(fields["id"]):
        raise UsageError(f"{place}: a rule has an id without blanks, +, *, ? and brackets")
    place = f"{place}: rule {fields['id']}"
    if ("words" in fields) == ("pattern" in fields or "replacement" in fields):
        raise UsageError(f"{place}: a rule has either pattern and replacement or words")
    if fields.get("orthography", "modern") != "modern":
        raise UsageError(f"{place}: orthography can only be modern")
    words = _words(fields, place) if "words" in fields else {}
    pattern = "|".join(map(re.escape, words)) if words else _text(fields, "pattern", place)
    guards = _mapping(fields.get("guards", {}), _GUARDS, place, "guards")
    rule = Rule(
        id=fields["id"],
        pattern=pattern,
        replacement="" if words else _text(fields, "replacement", place),
        words=tuple(words.items()),
        needs=_needs(fields, place) if "needs" in fields else tuple(words) or needed(pattern),
        safety=_safety(fields, place),
        reason=_text(fields, "reason", place),
        modern="orthography" in fields,
        guards=Guards(**{name: _text(guards, name, place) for name in guards}),
    )
    check(rule, _examples(fields, place), entry.place)
    return rule


def _words(fields: Mapping[str, Any], place: str) -> dict[str, str]:
    """The pairs under ``words``, the longest first: of two that begin alike the longer one is meant."""
    words = fields["words"]
    if not isinstance(words, dict) or not words or not all(isinstance(wrong, str) and wrong for wrong in words):
        raise UsageError(f"{place}: words are pairs of wrong: right")
    return {wrong: _text(words, wrong, place) for wrong in sorted(words, key=len, reverse=True)}


def _needs(fields: Mapping[str, Any], place: str) -> tuple[str, ...]:
    needs = fields["needs"]
    return tuple(_texts([needs] if isinstance(needs, str) else needs, place, "needs is a list"))


def _safety(fields: Mapping[str, Any], place: str) -> Safety:
    try:
        return Safety(str(fields.get("safety")))
    except ValueError as error:
        raise UsageError(f"{place}: safety is one of {', '.join(Safety)}") from error


def _examples(fields: Mapping[str, Any], place: str) -> Examples:
    examples = _mapping(fields.get("examples", {}), {"change", "keep"}, place, "examples")
    pairs = examples.get("change")
    if not isinstance(pairs, list) or not pairs or not all(isinstance(p, list) and len(p) == 2 for p in pairs):
        raise UsageError(f"{place}: examples has a list change of pairs [before, after]")
    keep = _texts(examples.get("keep"), place, "examples has a list keep")
    pairs = [_texts(pair, place, "examples has a list change") for pair in pairs]
    return Examples(tuple((before, after) for before, after in pairs), tuple(keep))


def _mapping(data: Any, known: set[str], place: str, what: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise UsageError(f"{place}: {what} must be a mapping")
    if unknown := [str(key) for key in data if key not in known]:
        raise UsageError(f"{place}: unknown in {what}: {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return data


def _text(fields: Mapping[str, Any], key: str, place: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str):
        raise UsageError(f"{place}: {key} must be text" + (", in quotes" if value is not None else ""))
    return value


def _texts(value: Any, place: str, what: str) -> Sequence[str]:
    if not isinstance(value, list) or not value or not all(isinstance(text, str) and text for text in value):
        raise UsageError(f"{place}: {what} of texts")
    return value


def _from_json(row: dict[str, Any]) -> Rule:
    row["words"] = tuple((wrong, right) for wrong, right in row["words"])
    row["needs"] = tuple(row["needs"])
    row["safety"] = Safety(row["safety"])
    row["guards"] = Guards(**row["guards"])
    return Rule(**row)


def compiled() -> str:
    """The shipped rules, read and checked from their YAML, as the JSON that stands beside it."""
    shipped = [rule for path in sorted(FOLDER.glob("*.yaml")) for rule in load(path)]
    rules = [{**rule._asdict(), "guards": rule.guards._asdict()} for rule in shipped]
    return "[\n" + ",\n".join(json.dumps(rule, ensure_ascii=False) for rule in rules) + "\n]\n"


def literals() -> str:
    """The literals of the shipped rules, one a line, for those who must know whether any stands in a text."""
    needs = {literal for path in sorted(FOLDER.glob("*.yaml")) for rule in load(path) for literal in rule.needs}
    return "".join(f"{literal}\n" for literal in sorted(needs))
