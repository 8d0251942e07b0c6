"""The patterns that say what sentences do, as they stand in files.

Each form of sentence has a YAML file in ``patterns/``, a list of patterns. A pattern has

- ``id``, and ``says``: what sentences of this kind sound like, in plain words;
- ``ends``: ends of sentences, as :mod:`minutes_cli.summarize.pattern_language` says;
- if wanted, ``not``: ends that are something else all the same; ``holds``: words of which one must stand somewhere in
  the sentence; ``lacks``: words of which none may; ``at_most``: how many words the sentence may have;
- ``examples``: ``match`` (sentences that the pattern must read as its form) and ``other`` (sentences it must not).

They are kept twice: as YAML with their examples, and as JSON that loads in no time.
``python -m minutes_cli.summarize.patterns`` writes the JSON anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.summarize.model import Form
from minutes_cli.summarize.pattern_language import ANY, START, read

__all__ = ["FOLDER", "ORDER", "SHIPPED", "Pattern", "compiled", "examples", "shipped"]

#: Which form goes first where several fit. The rest is explanation.
ORDER = (
    Form.PROCEDURE,  # 事務局から説明をお願いします runs the meeting, though it asks; so does 異議ありませんか
    Form.COURTESY,  # 御協力をお願いいたします asks for nothing in particular
    Form.QUESTION,  # 見解をお聞かせください asks for an answer, not for an act
    Form.REQUEST,  # 検討をお願いします asks, and does not consider; 要望します asks, and does not promise
    Form.REFUSAL,  # 検討することは考えておりません refuses
    Form.CONSIDERATION,  # 検討を進めてまいります promises no more than thought
    Form.COMMITMENT,
)

FOLDER = Path(__file__).with_name("patterns")
SHIPPED = FOLDER / "shipped.json"
_KEYS = {"id", "says", "ends", "not", "holds", "lacks", "at_most", "examples"}
_EXAMPLES = ("match", "other")


class Pattern(NamedTuple):
    """A pattern as :func:`minutes_cli.summarize.forms.classify` uses it; ``at_most`` is 0 where there is no limit."""

    id: str
    form: Form
    ends: tuple[str, ...]
    without: tuple[str, ...]
    holds: tuple[str, ...]
    lacks: tuple[str, ...]
    at_most: int


class Examples(NamedTuple):
    """The examples of a pattern: sentences of its form, and sentences that are none."""

    id: str
    form: Form
    match: tuple[str, ...]
    other: tuple[str, ...]


def shipped() -> tuple[Pattern, ...]:
    """The patterns in the order in which they are tried."""
    rows = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return tuple([_from_json(row) for row in rows])


def _from_json(row: list[Any]) -> Pattern:
    name, form, ends, without, holds, lacks, at_most = row
    return Pattern(name, Form(form), tuple(ends), tuple(without), tuple(holds), tuple(lacks), at_most)


def compiled() -> str:
    """The patterns, read and checked from their YAML, as the JSON that stands beside it."""
    rows = [_pattern(form, fields) for form, fields in _read()]
    if double := sorted({row.id for row in rows if sum(other.id == row.id for other in rows) > 1}):
        raise UsageError(f"{FOLDER}: there are two patterns {', '.join(double)}")
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"


def examples() -> tuple[Examples, ...]:
    """The examples of all patterns."""
    return tuple(
        Examples(fields["id"], form, *[tuple(_texts(fields["examples"], key, fields["id"])) for key in _EXAMPLES])
        for form, fields in _read()
    )


def _read() -> list[tuple[Form, dict[str, Any]]]:
    import yaml

    found = []
    for form in ORDER:
        path = FOLDER / f"{form}.yaml"
        for fields in yaml.safe_load(path.read_text(encoding="utf-8")):
            if unknown := sorted(set(fields) - _KEYS):
                known = ", ".join(sorted(_KEYS))
                raise UsageError(f"{path}: unknown in a pattern: {', '.join(unknown)}; known are {known}")
            found.append((form, fields))
    return found


def _pattern(form: Form, fields: dict[str, Any]) -> Pattern:
    name = fields["id"]
    return Pattern(
        id=name,
        form=form,
        ends=_ends(fields, "ends", name),
        without=_ends(fields, "not", name),
        holds=tuple(_texts(fields, "holds", name)),
        lacks=tuple(_texts(fields, "lacks", name)),
        at_most=int(fields.get("at_most", 0)),
    )


def _ends(fields: dict[str, Any], key: str, name: str) -> tuple[str, ...]:
    """Ends of sentences, checked: each can be read and wants a word at the end."""
    ends = _texts(fields, key, name)
    try:
        for end in ends:
            last = read(end)[0]
            if last in ANY or last == START:
                raise ValueError(f"a pattern says which words end the sentence: {end}")
    except ValueError as error:
        raise UsageError(f"{FOLDER}: pattern {name}: {error}") from error
    return tuple(ends)


def _texts(fields: dict[str, Any], key: str, name: str) -> list[str]:
    texts = fields.get(key, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise UsageError(f"{FOLDER}: pattern {name}: {key} is a list of texts, those with signs in quotes")
    return texts
