"""Every record of the corpus gives exactly the turns, sections, items and meeting data written beside it."""

from __future__ import annotations

from typing import Any

import pytest

from corpus import NAMES, document, expected, record, tight
from minutes_cli.model import Document, Turn

_FIELDS = ("name", "role", "title", "affiliation")


def _row(doc: Document, turn: Turn, wanted: dict[str, Any]) -> dict[str, Any]:
    """*turn* in the form of expected.yaml, with only the fields that *wanted* states."""
    speaker = doc.speaker(turn)
    found: dict[str, Any] = {"label": tight(turn.label), "kind": turn.kind.value}
    if speaker is not None:
        found |= {key: tight(getattr(speaker, key)) for key in _FIELDS}
    text = tight(turn.text)
    found["starts"] = text[: len(tight(wanted.get("starts")))]
    found["ends"] = text[-len(tight(wanted.get("ends"))) :]
    return {key: found.get(key, "") for key in wanted}


@pytest.mark.parametrize("name", NAMES)
def test_turns(name: str) -> None:
    doc, want = document(name), expected(name)
    wanted = [{k: tight(str(v)) for k, v in turn.items()} for turn in want.get("turns", [])]
    blank: dict[str, Any] = {"label": "", "starts": "", "ends": ""}
    found = [_row(doc, turn, wanted[i] if i < len(wanted) else blank) for i, turn in enumerate(doc.turns)]
    assert found == wanted, doc.layout


@pytest.mark.parametrize("name", NAMES)
def test_kind(name: str) -> None:
    assert document(name).kind.value == expected(name)["kind"]


@pytest.mark.parametrize("name", NAMES)
def test_meeting(name: str) -> None:
    want = expected(name).get("meeting", {})
    meeting = document(name).meeting
    assert {k: tight(getattr(meeting, k)) for k in want} == {k: tight(str(v)) for k, v in want.items()}


@pytest.mark.parametrize("name", NAMES)
def test_sections(name: str) -> None:
    want = [tight(s) for s in expected(name).get("sections", [])]
    assert [tight(s.heading) for s in document(name).sections] == want


@pytest.mark.parametrize("name", [n for n in NAMES if "events" in expected(n)])
def test_number_of_events(name: str) -> None:
    found = list(document(name).events_in_order())
    assert len(found) == expected(name)["events"], [e.text for e in found]


@pytest.mark.parametrize("name", [n for n in NAMES if "not_speakers" in expected(n)])
def test_lines_that_are_no_speakers(name: str) -> None:
    doc = document(name)
    lines = record(name).read_text(encoding="utf-8").splitlines()
    labelled = {lines[turn.lines[0] - 1].strip() for turn in doc.turns}
    assert not labelled & {line.strip() for line in expected(name)["not_speakers"]}


@pytest.mark.parametrize("name", [n for n in NAMES if "items" in expected(n)])
def test_items(name: str) -> None:
    doc = document(name)
    tops = [i for i in doc.items if i.parent is None]
    found = [{"number": tight(i.number), "subitems": sum(j.parent == i.id for j in doc.items)} for i in tops]
    assert found == [{"number": tight(i["number"]), "subitems": i["subitems"]} for i in expected(name)["items"]]
