"""The same bytes from a cluster as from this process; records named by URLs."""

import re
import sys

import fsspec
import pytest

from corpus import CORPUS


@pytest.fixture
def store():
    """A store of objects in memory, empty before and after."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def test_a_cluster_on_this_machine_gives_the_same_bytes(minutes, tmp_path):
    records = sorted(CORPUS.glob("*/record.*"))
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\0\1\2\3" * 100)
    words = ("parse", *records, broken, tmp_path / "missing.txt", "--json", "--fix", "all")
    here = minutes(*words, "--jobs", "1")
    there = minutes(*words, "--jobs", "2", "--engine", "dask")
    assert here.code == there.code == 2
    assert here.out.count("\n") == len(records)
    assert there == here


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        ("dask://nowhere", "minutes: --engine dask://nowhere: the address of a scheduler is dask://HOST:PORT\n"),
        ("spark", "minutes: unknown engine 'spark'; it is dask, or dask://HOST:PORT of a scheduler\n"),
    ],
)
def test_an_engine_that_is_none(minutes, folder, engine, words):
    run = minutes("parse", "a.txt", "b.txt", "--engine", engine)
    assert (run.code, run.out, run.err) == (2, "", words)


def test_dask_that_is_not_installed(minutes, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    run = minutes("parse", "a.txt", "--engine", "dask")
    assert (run.code, run.out) == (2, "")
    assert "pip install '.[cluster]'" in run.err
    assert run.err.count("\n") == 1


def test_records_of_a_store(minutes, folder, store):
    for name in ("a.txt", "b.txt"):
        store.pipe_file(f"/records/{name}", (folder / name).read_bytes())
    there = minutes("parse", "memory://records", "--json")
    here = minutes("parse", "a.txt", "b.txt", "--json")
    assert there.code == here.code == 0
    assert there.out.replace("memory://records/", "") == here.out
    found = minutes("grep", "-c", "予算", "memory://records/*.txt")
    assert found.out.splitlines() == ["memory://records/a.txt:1", "memory://records/b.txt:1"]


def test_results_go_to_a_store(minutes, folder, store):
    run = minutes("parse", "a.txt", "b.txt", "-o", "memory://out/all.jsonl")
    assert (run.code, run.err) == (0, "")
    assert store.cat_file("/out/all.jsonl").decode() == minutes("parse", "a.txt", "b.txt", "--json").out
    again = minutes("parse", "a.txt", "b.txt", "-o", "memory://out/all.jsonl")
    assert (again.code, again.err) == (2, "minutes: memory://out/all.jsonl: exists already; --force overwrites it\n")
    assert minutes("parse", "a.txt", "-o", "memory://out/all.jsonl", "--force").code == 0
    assert minutes("export", "a.txt", "b.txt", "--to", "csv", "-o", "memory://out/tables/").code == 0
    assert sorted(store.find("/out")) == ["/out/all.jsonl", "/out/tables/a.csv", "/out/tables/b.csv"]


def test_a_bad_address_costs_no_other_record(minutes, folder, store):
    run = minutes("parse", "memory://none/a.txt", "nope://b", "a.txt", "--json")
    assert run.code == 2
    assert run.out == minutes("parse", "a.txt", "--json").out
    assert re.fullmatch(
        r"minutes: nope://b: not understood .*\nminutes: memory://none/a\.txt: no such file; check the name .*\n"
        "|minutes: memory://none/a.txt: no such file; .*\nminutes: nope://b: not understood .*\n",
        run.err,
    )
