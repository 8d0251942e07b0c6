"""What docs/datasets.md shows an analyst, run on a dataset of the corpus: its SQL in DuckDB, its Python in pandas."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow
import pytest

from minutes_cli.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/datasets.md").read_text(encoding="utf-8")
QUERIES = dict(re.findall(r"^### ([^\n]+)\n(?:(?!^### ).)*?^```sql\n(.*?)^```$", PAGE, re.M | re.S))

SQL = """
import json, os, sys, duckdb
os.chdir(sys.argv[1])
database = duckdb.connect()

def rows(query):
    found = database.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row)) for row in found.fetchall()]

print(json.dumps({title: rows(query) for title, query in json.loads(sys.argv[2]).items()}, default=str))
"""

# pyarrow is in our own environment only, pandas in this one only.
PYTHON = """
import contextlib, io, json, os, sys
os.chdir(sys.argv[1])
sys.path.append(sys.argv[2])
with contextlib.redirect_stdout(io.StringIO()):
    exec(sys.argv[3])
    import pandas
    every = pandas.read_parquet("dataset", partitioning=pyarrow.dataset.partitioning(flavor="hive"))
print(json.dumps({
    "recent": int(turns["characters"].sum()), "years": sorted(set(map(int, turns["year"]))),
    "all": int(every["characters"].sum()), "without body": int(every["body"].isna().sum()), "rows": len(every),
}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a dataset of the corpus in it."""
    made = tmp_path_factory.mktemp("archive")
    assert main(["export", str(ROOT / "corpus"), "--to", "parquet", "--tokens", "-o", f"{made}/dataset/"]) == 0
    return made


@pytest.fixture(scope="module")
def turns(tmp_path_factory):
    """All turns of the corpus, by the way of JSON lines."""
    path = tmp_path_factory.mktemp("turns") / "turns.jsonl"
    assert main(["export", str(ROOT / "corpus"), "-o", str(path)]) == 0
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def found(client, folder):
    """The rows that each query of the page finds, by its heading."""
    return client(SQL, folder, json.dumps(QUERIES))


def test_there_are_five_queries_and_each_finds_rows(found):
    assert len(QUERIES) == len(re.findall("^```sql$", PAGE, re.M)) == 5
    assert [title for title, rows in found.items() if not rows] == []


def test_who_spoke_how_much_counts_every_turn_once(found, turns):
    rows = found["Who spoke how much"]
    assert sum(row["turns"] for row in rows) == len(turns)
    assert sum(row["characters"] for row in rows) == sum(len(turn["text"].replace("\n", "")) for turn in turns)
    meetings = {(row["year"], row["body"]) for row in rows}
    assert sum(row["percent"] for row in rows) == pytest.approx(100 * len(meetings), abs=0.05 * len(rows))


def test_how_often_a_word_is_said_is_what_stats_counts(found, capfdbinary):
    assert main(["stats", str(ROOT / "corpus"), "--term", "予算", "--by", "year", "--json"]) == 0
    stats = json.loads(capfdbinary.readouterr().out)
    rows = found["How often a word is said"]
    assert sum(row["times"] for row in rows) == stats["total"]["terms"][0]["count"] > 0
    assert all(row["per_10000"] == pytest.approx(1e4 * row["times"] / row["characters"], abs=0.01) for row in rows)


def test_answers_stand_behind_their_questions(found, turns):
    rows = found["Questions and answers"]
    marked = [turn for turn in turns if turn["kind"] == "question"]
    asked = {(Path(row["path"]).parts[-2:], row["line_from"]) for row in rows}
    unanswered = 1  # of the questions that the corpus marks as such
    answered = [t for t in marked if (Path(t["path"]).parts[-2:], t["lines"][0]) in asked]
    assert len(answered) == len(marked) - unanswered > 10
    assert all(row["line_of_answer"] > row["line_from"] and row["answers"] != "議長" for row in rows)


def test_a_quotation_stands_where_it_is_said_to(found):
    for row in found["Quoting a person"]:
        lines = Path(row["path"]).read_text(encoding="utf-8").splitlines()
        assert row["label"] in lines[row["line_from"] - 1]
        assert row["text"][:5] in "".join(lines[row["line_from"] - 1 : row["line_from"] + 1])


def test_nouns_of_a_role_are_words_that_it_says(found, turns):
    rows = found["Nouns by role"]
    said = {}
    for turn in turns:
        said[turn["role"]] = said.get(turn["role"], "") + turn["text"]
    mayor = {row["noun"]: row["times"] for row in rows if row["role"] == "町長"}
    assert 1 <= len(mayor) <= 10
    assert all(said["町長"].count(noun) >= times for noun, times in mayor.items())


def test_pandas_and_pyarrow_read_the_folder(client, folder, turns):
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)
    read = client(PYTHON, folder, Path(pyarrow.__file__).parents[1], code)
    sizes = [(turn["date"] or "", len(turn["text"].replace("\n", ""))) for turn in turns]
    assert read["rows"] == len(turns)
    assert read["all"] == sum(size for _, size in sizes)
    assert read["recent"] == sum(size for day, size in sizes if day >= "2025")
    assert min(read["years"]) == 2025
    assert read["without body"] > 0
