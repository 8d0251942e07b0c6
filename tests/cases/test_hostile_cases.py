"""Inputs under hostile/ that broke something once, or might: each has to hold what the fuzzer wants of its target.

A find of `python -m fuzz TARGET` becomes a case by putting its ``.input`` file into ``hostile/TARGET/``.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from fuzz.targets import TARGETS, Broken, hold

CASES = sorted(Path(__file__).with_name("hostile").glob("*/*.input"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_case(path: Path) -> None:
    TARGETS[path.parent.name].run(path.read_bytes())


def test_there_are_cases() -> None:
    assert {path.parent.name for path in CASES} >= {"ingest", "parse", "normalize", "export", "query"}


def test_a_broken_property_is_said() -> None:
    with pytest.raises(Broken, match="tiles"):
        hold(False, "tiles")


def test_a_doubtful_class_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases of doubtful patterns do reach the compiler: without the remedy they warn."""
    from contextlib import nullcontext

    from minutes_cli.search import filters, matcher, needs

    for module in (filters, matcher, needs):
        monkeypatch.setattr(module, "without_doubts", nullcontext)
    doubtful = [path for path in CASES if path.stem.startswith("doubtful")]
    assert doubtful
    for path in doubtful:
        with pytest.raises(FutureWarning), warnings.catch_warnings():
            warnings.simplefilter("error")
            TARGETS["query"].run(path.read_bytes())
