"""Real records with known answers, where they lie beside the project: `../shared`. A clone by itself has none."""

from __future__ import annotations

from pathlib import Path

from bench.figures import Figure, missing
from bench.measure import ROOT

SHARED = ROOT.parent / "shared"


def data(*names: str) -> list[Path] | None:
    """The folders or files ``../shared/data/NAME``; None when one of them is not here."""
    paths = [SHARED / "data" / name for name in names]
    return paths if all(path.exists() for path in paths) else None


def not_here(what: str, *names: str) -> Figure:
    """The row for *what*, which needs data that is not here."""
    needed = ", ".join(f"../shared/{name}" for name in names)
    return missing(what, f"NOT HERE: {needed}, beside the project")
