"""The records that we wrote, each with what must come out of it (corpus/README.md says how they are written)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from minutes_cli.ingest import read
from minutes_cli.model import Document
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
NAMES = sorted(p.parent.name for p in CORPUS.glob("*/expected.yaml"))


def record(name: str) -> Path:
    """The record of the corpus folder *name*."""
    return next(p for p in sorted((CORPUS / name).iterdir()) if p.stem == "record")


def expected(name: str) -> dict[str, Any]:
    """What must come out of the record of the corpus folder *name*."""
    return yaml.safe_load((CORPUS / name / "expected.yaml").read_text(encoding="utf-8"))


def document(name: str) -> Document:
    """The record of the corpus folder *name*, parsed as a user would have it."""
    return parse(normalize(read(str(record(name)))).view)


def tight(text: str | None) -> str:
    """*text* without blanks, for comparing what differs only in spacing."""
    return "".join((text or "").split())
