"""calendar.yaml: dates, times of day and numbers as records write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from minutes_cli.lexicon.calendar import find_date, times
from minutes_cli.lexicon.numerals import to_int

CASES = yaml.load(Path(__file__).with_name("calendar.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def _rows(part: str) -> list[tuple[str, Any]]:
    return [pytest.param(written, meant, id=written or "nothing") for written, meant in CASES[part].items()]


@pytest.mark.parametrize(("written", "meant"), _rows("dates"))
def test_dates(written: str, meant: str) -> None:
    assert (find_date(written) or "null") == meant


@pytest.mark.parametrize(("written", "meant"), _rows("times"))
def test_times(written: str, meant: list[str]) -> None:
    assert times(written) == meant


@pytest.mark.parametrize(("written", "meant"), _rows("numbers"))
def test_numbers(written: str, meant: str) -> None:
    found = to_int(written)
    assert ("null" if found is None else str(found)) == meant
