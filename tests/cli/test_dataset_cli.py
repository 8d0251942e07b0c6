"""minutes export --to parquet into a folder, as a user meets it."""

from __future__ import annotations

import json

import pyarrow.dataset
import pyarrow.parquet
import pytest

from minutes_cli.cli import _dataset


def turns(folder):
    return pyarrow.dataset.dataset(folder, partitioning="hive").to_table().to_pylist()


@pytest.fixture
def records(folder):
    (folder / "records").mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).rename(folder / "records" / name)
    return folder


@pytest.mark.parametrize("name", ["dataset", "dataset/"])
def test_a_name_without_an_ending_is_a_dataset_and_a_second_run_reads_nothing(minutes, records, name):
    run = minutes("export", "records", "--to", "parquet", "-o", name)
    assert (run.code, run.out) == (0, "")
    assert run.err == f"minutes: {name}: 2 records (2 new, 0 changed, 0 removed), 8 turns in 1 partition\n"
    assert {row["path"] for row in turns(records / "dataset")} == {"records/a.txt", "records/b.txt"}
    run = minutes("export", "records", "--to", "parquet", "-o", name)
    assert run.err == f"minutes: {name}: 2 records (0 new, 0 changed, 0 removed), 8 turns in 1 partition\n"


def test_a_name_with_the_ending_is_one_file(minutes, records):
    assert minutes("export", "records", "-o", "turns.parquet").code == 0
    assert len(pyarrow.parquet.read_table(records / "turns.parquet")) == 8


def test_a_dataset_follows_its_records(minutes, records):
    minutes("export", "records", "--to", "parquet", "-o", "dataset")
    (records / "records" / "b.txt").unlink()
    (records / "records" / "bad.txt").write_bytes(b"")
    run = minutes("export", "records", "--to", "parquet", "-o", "dataset")
    assert run.code == 2
    assert "bad.txt: the file is empty" in run.err and "(0 new, 0 changed, 1 removed, 1 failed), 4 turns" in run.err
    assert {row["path"] for row in turns(records / "dataset")} == {"records/a.txt"}
    lines = (records / "dataset" / "_minutes" / "manifest.jsonl").read_text().splitlines()
    head, *entries = map(json.loads, lines)
    assert (head["format"], head["schema"], head["inputs"]) == ("minutes-dataset/1", "minutes-turns/1", ["records"])
    assert [entry["error"] is None for entry in entries] == [True, False]


def test_a_dataset_of_other_records_is_not_overwritten_but_with_force(minutes, records):
    minutes("export", "records", "--to", "parquet", "-o", "dataset")
    run = minutes("export", "records/a.txt", "--to", "parquet", "-o", "dataset")
    assert run.code == 2 and "dataset: a dataset of records; name these, or --force" in run.err
    assert len(turns(records / "dataset")) == 8
    assert minutes("export", "records/a.txt", "--to", "parquet", "-o", "dataset", "--force").code == 0
    assert len(turns(records / "dataset")) == 4


def test_a_folder_with_other_files_is_left_alone(minutes, records):
    (records / "dataset").mkdir()
    (records / "dataset" / "mine.txt").write_text("mine")
    run = minutes("export", "records", "--to", "parquet", "-o", "dataset")
    assert run.code == 2 and "dataset: holds other files (mine.txt, …) and no dataset" in run.err
    assert sorted(path.name for path in (records / "dataset").iterdir()) == ["mine.txt"]
    (records / "dataset" / "year=mine").mkdir()
    for name in ("part-0.parquet", "year=mine/part-0.parquet"):
        (records / "dataset" / name).write_text("mine")
    assert minutes("export", "records", "--to", "parquet", "-o", "dataset", "--force").code == 0
    for name in ("mine.txt", "part-0.parquet", "year=mine/part-0.parquet"):
        assert (records / "dataset" / name).read_text() == "mine"


def test_columns_are_chosen_and_the_path_must_be_among_them(minutes, records):
    run = minutes("export", "records", "--to", "parquet", "-o", "dataset", "--columns", "text")
    assert run.code == 2 and "a dataset needs the column path" in run.err
    assert minutes("export", "records", "--to", "parquet", "-o", "dataset", "--columns", "text,path").code == 0
    assert set(turns(records / "dataset")[0]) == {"text", "path", "year", "body"}
    assert "2 new" in minutes("export", "records", "--to", "parquet", "-o", "dataset").err  # others: all of it anew


def test_words_on_request_and_only_for_parquet(minutes, records):
    run = minutes("export", "records", "--to", "csv", "--tokens")
    assert run.code == 2 and "--tokens does not go with csv; it goes with parquet" in run.err
    assert minutes("export", "records", "--to", "parquet", "-o", "dataset", "--tokens").code == 0
    assert [word["surface"] for word in turns(records / "dataset")[0]["tokens"]][:2] == ["これ", "より"]
    assert minutes("export", "records", "-o", "turns.parquet", "--tokens").code == 0
    schema = pyarrow.parquet.read_schema(records / "turns.parquet")
    assert "mode A" in schema.field("tokens").metadata[b"about"].decode()


def test_standard_input_makes_no_dataset(minutes, records):
    run = minutes("export", "-", "--to", "parquet", "-o", "dataset")
    assert run.code == 2 and "a dataset is kept up to date with files" in run.err


def test_a_damaged_manifest_is_said(minutes, records):
    minutes("export", "records", "--to", "parquet", "-o", "dataset")
    (records / "dataset" / "_minutes" / "manifest.jsonl").write_text("{")
    run = minutes("export", "records", "--to", "parquet", "-o", "dataset")
    assert run.code == 2 and "manifest.jsonl: damaged" in run.err and "--force makes it anew" in run.err
    assert minutes("export", "records", "--to", "parquet", "-o", "dataset", "--force").code == 0
    assert len(turns(records / "dataset")) == 8


def test_ctrl_c_says_how_to_go_on(minutes, records, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(_dataset, "update", interrupted)
    run = minutes("export", "records", "--to", "parquet", "-o", "dataset")
    assert run.code == 130 and run.err == "minutes: dataset: stopped; the same command goes on where this one was\n"


def test_a_folder_that_is_gone_empties_no_dataset(minutes, records):
    minutes("export", "records", "--to", "parquet", "-o", "dataset")
    (records / "records").rename(records / "elsewhere")
    run = minutes("export", "records", "--to", "parquet", "-o", "dataset")
    assert run.code == 2 and "records: no such file" in run.err and "dataset: left as it is" in run.err
    assert len(turns(records / "dataset")) == 8
    (records / "empty").mkdir()
    for others in (["elsewhere", "empty"], ["elsewhere/a.txt", "elsewhere/c.txt"]):
        minutes("export", *others[:1], "--to", "parquet", "-o", "other", "--force")
        run = minutes("export", *others, "--to", "parquet", "-o", "other")
        assert run.code == 2 and "other: left as it is" in run.err
    run = minutes("export", "recrods", "--to", "parquet", "-o", "new")
    assert run.code == 2 and not (records / "new").exists()


def test_a_slash_behind_a_folder_makes_no_other_dataset(minutes, records):
    minutes("export", "records", "--to", "parquet", "-o", "dataset")
    # Paths are kept as they are printed: records/a.txt in both cases.
    run = minutes("export", "records/", "--to", "parquet", "-o", "dataset")
    assert run.code == 0 and "(0 new, 0 changed, 0 removed)" in run.err
