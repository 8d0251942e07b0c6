"""The whole JSON of three records, field by field, so that no change to it goes unseen.

When a change is meant: ``make golden``, and look at the difference before you commit it.
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from corpus import document
from minutes_cli.export.json import document_to_dict, dumps

HERE = Path(__file__).parent
NAMES = ("circle-below", "paren-line", "petition")
REWRITE = bool(os.environ.get("MINUTES_REWRITE_GOLDEN"))


def _json(name: str) -> str:
    """The JSON as ``minutes parse --json --pretty`` writes it, without what differs from checkout to checkout."""
    found: dict[str, Any] = document_to_dict(document(name))
    found["generator"]["version"] = "…"
    found["source"]["path"] = "…"
    return dumps(found, pretty=True).decode()


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    golden = HERE / f"{name}.json"
    found = _json(name)
    if REWRITE:
        golden.write_text(found, encoding="utf-8")
    assert golden.exists(), f"{golden.name} is missing; 'make golden' writes it"
    want = golden.read_text(encoding="utf-8")
    lines = difflib.unified_diff(want.splitlines(), found.splitlines(), golden.name, "now", lineterm="", n=4)
    if want != found:
        pytest.fail("\n".join([*lines, "if this is meant: make golden"]), pytrace=False)


def test_every_golden_has_its_record() -> None:
    assert sorted(path.stem for path in HERE.glob("*.json")) == sorted(NAMES)
    assert all(json.loads(path.read_text(encoding="utf-8"))["format"] for path in HERE.glob("*.json"))
