"""snippets.yaml: short records, one tricky point each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from minutes_cli.ingest.text import from_text
from minutes_cli.model import Document
from minutes_cli.parse import parse

CASES = yaml.safe_load(Path(__file__).with_name("snippets.yaml").read_text(encoding="utf-8"))
FIELDS = {"turns", "sections", "events", "speakers", "meeting", "kind", "attendance", "items", "findings"}


def _found(document: Document, field: str, wanted: Any) -> Any:
    """What *document* holds in the form of snippets.yaml; of speakers and meeting only what *wanted* names."""
    match field:
        case "kind":
            return document.kind.value
        case "turns":
            return [f"{turn.label or ''} | {' ¶ '.join(turn.paragraphs)}".lstrip() for turn in document.turns]
        case "sections":
            return [section.heading for section in document.sections]
        case "events":
            return [f"{event.kind} | {event.text}" for event in document.events_in_order()]
        case "items":
            return [f"{item.number} | {item.text or item.heading}" for item in document.items]
        case "attendance":
            return [person.name for person in document.attendance]
        case "findings":
            return [finding.rule for finding in document.findings]
        case "meeting":
            return {key: getattr(document.meeting, key) for key in wanted}
        case "speakers":
            keys = [*wanted, *({} for _ in document.speakers[len(wanted) :])]
            return [_fields(person, keys[i]) for i, person in enumerate(document.speakers)]
    raise AssertionError(field)


def _fields(person: object, wanted: dict[str, Any]) -> dict[str, Any]:
    values = {key: getattr(person, key) for key in wanted or ("name",)}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_snippet(case: dict[str, Any]) -> None:
    wanted = {key: value for key, value in case.items() if key not in ("case", "text")}
    assert wanted and set(wanted) <= FIELDS, "a field that the runner does not know"
    document = parse(from_text(case["text"]))
    found = {field: _found(document, field, value) for field, value in wanted.items()}
    assert found == wanted, document.layout


def test_names_of_cases_differ() -> None:
    names = [case["case"] for case in CASES]
    assert len(names) == len(set(names))
