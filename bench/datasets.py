"""Datasets of turns (`minutes export … --to parquet -o FOLDER`): how they are made and compared, for what measures."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from bench.timing import MINUTES


def export(records: Path, dataset: Path, *options: str) -> tuple[str, ...]:
    """The command that makes *dataset*, a folder, of *records* or brings it up to date."""
    return (*MINUTES, *words(records, dataset, *options))


def words(records: Path, dataset: Path, *options: str) -> list[str]:
    """The same without the name of the program."""
    return ["export", str(records), "--to", "parquet", "-o", str(dataset), *options]


def megabytes(records: Path) -> float:
    """How large the records of an archive are together."""
    return sum(path.stat().st_size for path in records.rglob("*.txt")) / 1e6


def parts(dataset: Path) -> dict[str, str]:
    """Every file of a dataset with the checksum of its bytes; of what is no Parquet only the name counts."""
    found = {}
    for path in sorted(dataset.rglob("*")):
        if path.is_file():
            parquet = path.suffix == ".parquet"
            found[str(path.relative_to(dataset))] = hashlib.sha256(path.read_bytes()).hexdigest() if parquet else ""
    return found


def unreadable(dataset: Path) -> list[str]:
    """Part files that are not whole."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    broken = []
    for path in sorted(dataset.rglob("year=*/**/*.parquet")):
        try:
            with ParquetFile(path) as part:
                part.read()
        except (ArrowException, OSError):
            broken.append(path.name)
    return broken


def turns(dataset: Path) -> Any:
    """All rows as a table of pyarrow, in the order of their records and turns."""
    from pyarrow.dataset import dataset as opened

    table = opened(str(dataset), format="parquet", partitioning="hive").to_table()
    return table.sort_by([("path", "ascending"), ("order", "ascending")])


def places(table: Any) -> list[tuple[str, int]]:
    """The record and the number of every row."""
    return list(zip(table["path"].to_pylist(), table["order"].to_pylist(), strict=True))
