"""labels.yaml: what is in a label. not_labels.yaml: what is a label at all, and what never is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from minutes_cli.parse.labels import take_apart, weigh

HERE = Path(__file__).parent
FIELDS = ("name", "role", "title", "affiliation", "mark")


def _rows(file: str) -> list[Any]:
    """Every row of *file* with an id that says where it stands."""
    groups = yaml.safe_load((HERE / file).read_text(encoding="utf-8"))
    return [
        pytest.param(row, id=f"{group}: {row['label'] if isinstance(row, dict) else row}")
        for group, rows in groups.items()
        for row in rows
    ]


def _strings(part: str) -> list[Any]:
    groups = yaml.safe_load((HERE / "not_labels.yaml").read_text(encoding="utf-8"))[part]
    return [pytest.param(text, id=f"{group}: {text}") for group, texts in groups.items() for text in texts]


@pytest.mark.parametrize("row", _rows("labels.yaml"))
def test_a_label_taken_apart(row: dict[str, str]) -> None:
    label = take_apart(row["label"])
    found = {key: value for key in FIELDS if (value := getattr(label, key)) is not None}
    assert found == {key: value for key, value in row.items() if key != "label"}


@pytest.mark.parametrize("text", _strings("never a speaker"))
def test_what_is_no_label(text: str) -> None:
    assert weigh(text).score <= 0, weigh(text)


@pytest.mark.parametrize("text", _strings("a speaker"))
def test_what_is_a_label(text: str) -> None:
    assert weigh(text).score > 0.3, weigh(text)
