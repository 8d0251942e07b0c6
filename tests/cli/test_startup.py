"""What a start imports: a small record must not pay for a tokenizer, tables or a cluster."""

import os
import subprocess
import sys

import pytest

HEAVY = {
    "sudachipy",
    "sudachidict_core",
    "rich",
    "pyarrow",
    "dask",
    "distributed",
    "pandas",
    "polars",
    "duckdb",
}
PROGRAM = """
import sys
from minutes_cli.cli.main import main
code = main(sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


def imported(*words):
    """The top-level packages that a run of ``minutes`` imported."""
    run = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True)
    return set(run.stderr.split())


def test_version_imports_next_to_nothing():
    assert not imported("--version") & (HEAVY | {"typer", "click", "orjson", "yaml", "dataclasses"})


@pytest.mark.parametrize("words", [("parse", "a.txt"), ("parse", "--json", "a.txt")])
def test_parsing_a_small_record_imports_nothing_heavy(folder, words):
    packages = imported(*words)
    assert "minutes_cli" in packages
    assert not packages & (HEAVY | {"typer", "click", "sqlite3", "yaml", "charset_normalizer"})


@pytest.mark.parametrize("words", [("-F", "予算"), ("予算の.訳",), ("-i", "予算"), ("--raw", "予算")])
def test_searching_text_loads_no_dictionary_and_no_typer(folder, words):
    packages = imported("grep", *words, "a.txt")
    assert "minutes_cli" in packages
    assert not packages & (HEAVY | {"typer", "click", "numpy", "sqlite3", "yaml", "charset_normalizer"})


def test_searching_an_index_loads_next_to_nothing(folder, minutes):
    assert minutes("index", ".", "--jobs", "1").code == 0
    for file in ("a.txt", "b.txt"):
        os.utime(file, (1_000_000_000, 1_000_000_000))  # an index trusts no file that was written just before it
    assert minutes("index", ".", "--jobs", "1").code == 0
    packages = imported("grep", "-F", "予算", ".")
    assert "sqlite3" in packages
    assert not packages & (HEAVY | {"typer", "click", "numpy", "orjson", "yaml", "dataclasses", "glob"})
