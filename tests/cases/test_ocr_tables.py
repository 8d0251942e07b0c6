"""ocr_acronyms.yaml, ocr_latin.yaml, ocr_scripts.yaml: what is corrected, what is asked about, what stays."""

from __future__ import annotations

from typing import Any

import pytest

from corrections import ODD, Find, applied, corrected, found, rows
from minutes_cli.model import Safety
from minutes_cli.normalize import acronyms, latin, scripts

METHODS: dict[str, Find] = {"acronyms": acronyms.find, "latin": latin.find, "scripts": scripts.find}


def _cases(part: str, names: tuple[str, ...] = tuple(METHODS)) -> Any:
    cases = [
        pytest.param(METHODS[name], *row.values, id=f"{name}: {row.id}")
        for name in names
        for row in rows(f"ocr_{name}.yaml", part)
    ]
    return pytest.mark.parametrize(("find", "row"), cases)


@_cases("changes")
def test_what_is_corrected(find: Find, row: dict[str, str]) -> None:
    assert corrected(find, row["text"]) == row["becomes"]


@_cases("asks")
def test_what_is_asked(find: Find, row: dict[str, str]) -> None:
    assert corrected(find, row["text"]) == row["text"]
    assert applied(row["text"], found(find, row["text"], Safety.ASK)) == row["becomes"]


@_cases("stays")
def test_what_stays(find: Find, row: str) -> None:
    assert not found(find, row)


@_cases("stays", ("acronyms", "latin"))
def test_what_is_not_even_asked_about(find: Find, row: str) -> None:
    assert not found(find, row, Safety.ASK)


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("name", METHODS)
def test_any_text(name: str, text: str) -> None:
    corrected(METHODS[name], text)
