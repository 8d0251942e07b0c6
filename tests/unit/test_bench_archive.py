"""The generator of the big archive: the same bytes every time, with the planted words where they belong."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.archive import ABSENT, COMMON, RARE, RARE_PLACES, TOGETHER, WRAPPED, archive

from minutes_cli.ingest import read
from minutes_cli.parse import parse

FILES, SIZE = 15, 20_000


def texts(folder: Path, seed: int = 1) -> list[str]:
    archive(folder, FILES, SIZE, seed)
    return [path.read_bytes().decode() for path in sorted(folder.rglob("*.txt"))]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return texts(tmp_path_factory.mktemp("archive"))


def test_it_is_the_same_twice_and_another_with_another_seed(made: list[str], tmp_path: Path) -> None:
    assert texts(tmp_path / "again") == made
    assert texts(tmp_path / "other", seed=2) != made


def test_files_are_about_as_long_as_asked(made: list[str]) -> None:
    assert len(made) == FILES
    assert all(SIZE <= len(text.encode()) <= 1.5 * SIZE for text in made)


def test_words_are_planted(made: list[str]) -> None:
    everything = "\n".join(made)
    assert everything.replace("\n", "").count(RARE) == RARE_PLACES
    assert everything.count(COMMON) > 10 * FILES
    assert WRAPPED not in everything and f"{WRAPPED[0]}\n" in everything
    assert any(f"{TOGETHER[0]}の先に{TOGETHER[1]}" in line for line in everything.split("\n"))
    assert ABSENT not in everything


def test_every_layout_is_read_as_speeches(tmp_path: Path) -> None:
    archive(tmp_path, files=3, size=5_000)
    documents = [parse(read(str(path))) for path in sorted(tmp_path.rglob("*.txt"))]
    assert all(d.kind == "verbatim" and len(d.turns) > 3 and d.meeting.date for d in documents)
    assert len({d.meeting.title for d in documents}) == 3
