"""A search through the index prints exactly what a scan prints, whatever is asked and however old the index is."""

import os
import shutil

import pytest
from bench.same_hits import QUERIES

from corpus import CORPUS
from minutes_cli.cli.main import main


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """A copy of the corpus with an index."""
    folder = tmp_path_factory.mktemp("records") / "corpus"
    shutil.copytree(CORPUS, folder)
    assert main(["index", str(folder), "--jobs", "1"]) == 0
    return folder


@pytest.mark.parametrize("query", QUERIES, ids=" ".join)
def test_the_same_as_a_scan(minutes, indexed, query):
    found = minutes("grep", *query, indexed)
    scanned = minutes("grep", "--no-index", *query, indexed)
    assert (found.code, found.out) == (scanned.code, scanned.out)
    assert found.code in (0, 1)


def test_the_list_asks_all_sorts_of_things_and_finds_most(minutes, indexed):
    found = sum(minutes("grep", *query, indexed).code == 0 for query in QUERIES)
    assert len(set(QUERIES)) == 60 and found >= 45


def test_the_index_is_used_and_says_so(minutes, indexed):
    run = minutes("grep", "-v", "-F", "自治体", indexed)
    assert "0 files parsed" in run.err and "index.sqlite" in run.err
    assert "ruled out" in run.err
    unserved = minutes("grep", "-v", ".", indexed)
    assert "it cannot serve this search" in unserved.err


def test_all_patterns_together_rule_out_more(minutes, indexed):
    either = minutes("grep", "-v", "-F", "-e", "自治体", "-e", "鯨見櫓", indexed)
    both = minutes("grep", "-v", "-F", "--all", "-e", "自治体", "-e", "鯨見櫓", indexed)
    assert " 0 records looked into" in both.err and both.code == 1
    assert " 0 records looked into" not in either.err and either.code == 0


@pytest.fixture
def aged(folder, minutes):
    """Two records with an index; then one is changed, one removed, one new."""
    (folder / "c.txt").write_text((folder / "a.txt").read_text(encoding="utf-8"), encoding="utf-8")
    assert minutes("index", ".", "--jobs", "1").code == 0
    changed = (folder / "a.txt").read_text(encoding="utf-8").replace("予算の内訳", "灯台の場所")
    (folder / "a.txt").write_text(changed, encoding="utf-8")
    os.remove(folder / "c.txt")
    (folder / "d.txt").write_text(changed.replace("灯台", "桟橋"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("word", ["予算", "灯台", "桟橋", "ありがとう", "宇宙船"])
@pytest.mark.parametrize("how", ["-F", "-W", "-c"])
def test_an_old_index_costs_no_answer(minutes, aged, word, how):
    found, scanned = minutes("grep", how, word, "."), minutes("grep", "--no-index", how, word, ".")
    assert (found.code, found.out) == (scanned.code, scanned.out)


def test_a_damaged_index_is_said_and_done_without(minutes, folder):
    assert minutes("index", ".", "--jobs", "1").code == 0
    with open(".minutes/index.sqlite", "r+b") as file:
        file.write(b"no database at all " * 10)
    run = minutes("grep", "予算", ".")
    assert (run.code, run.out) == (0, minutes("grep", "--no-index", "予算", ".").out)
    assert run.err.count("\n") == 1 and "index.sqlite" in run.err


def test_records_read_otherwise_are_not_taken_from_the_index(minutes, folder):
    assert minutes("index", ".", "--jobs", "1").code == 0
    run = minutes("grep", "-v", "--fix", "none", "予算", ".")
    assert run.code == 0 and "index" not in run.err
    refused = minutes("grep", "--fix", "none", "--index", ".minutes/index.sqlite", "予算", ".")
    assert refused.code == 2 and "by default" in refused.err
