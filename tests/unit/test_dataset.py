"""Datasets: however a run came about, its files are those of a run over the same records that nothing disturbed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import pyarrow.dataset
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hand_document import hand
from minutes_cli.cli._dataset import _documents
from minutes_cli.cli._reading import Reading
from minutes_cli.engine import Running, run
from minutes_cli.errors import OutputError
from minutes_cli.export import WRITERS, Options
from minutes_cli.export.columns import NAMES
from minutes_cli.store.dataset import merge, update
from minutes_cli.store.dataset.manifest import Entry, Header, load
from minutes_cli.store.dataset.place import Place
from minutes_cli.store.dataset.stage import partition_of
from minutes_cli.store.dataset.states import State, is_unchanged, state_of
from minutes_cli.store.dataset.update import Wanted

COLUMNS = tuple(name for name in NAMES if name != "body")
HERE = Running(1, None)
#: Longer ago than the tick within which a file may change unseen.
PAST = 1_600_000_000_000_000_000


def record(number: int, year: int = 5, body: str = "町議会", turns: int = 3) -> str:
    said = "".join(f"○{who}　第{number}の件の{at}を伺います。\n" for at in range(turns) for who in ("議長", "田中委員"))
    return f"令和{year}年第{number}回{body}会議録\n令和{year}年5月10日\n午前10時開会\n{said}"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(PAST, PAST))


def read(path: str):
    return _documents(Reading(), path)


def made(folder: Path, dataset: Path, *, read=read, running=HERE, options=None, columns=COLUMNS, tokens=False):
    """The summary of a run, and what it said went wrong."""
    paths = sorted(str(path) for path in folder.rglob("*.txt"))
    header = Header("minutes-turns/1", "0", options or {}, (str(folder),))
    wanted = Wanted(header, columns, tokens, read, tuple(paths), tuple(os.path.getsize(path) for path in paths))
    faults: list[str] = []
    done = update.update(
        Place(str(dataset)), wanted, running, step=lambda *_: None, fault=lambda fault: faults.append(fault.words)
    )
    return done, faults


def parts(dataset: Path) -> dict[str, bytes]:
    """Every file of a dataset that is data."""
    return {str(path.relative_to(dataset)): path.read_bytes() for path in dataset.rglob("*.parquet")}


@pytest.fixture
def records(tmp_path):
    folder = tmp_path / "records"
    for number in range(6):
        put(folder / f"{number}.txt", record(number, 3 + number % 2, "町議会" if number % 3 else "総務委員会"))
    return folder


def test_a_dataset_holds_the_rows_of_one_file_with_all_records(records, tmp_path):
    done, faults = made(records, tmp_path / "ds")
    assert (done.new, done.changed, done.removed, done.unchanged, done.failed, faults) == (6, 0, 0, 0, 0, [])
    documents = [document for path in sorted(records.iterdir()) for document in read(str(path))]
    (tmp_path / "one.parquet").write_bytes(b"".join(WRITERS["parquet"].write(documents, Options())))
    one = pyarrow.parquet.read_table(tmp_path / "one.parquet").to_pylist()
    table = pyarrow.dataset.dataset(tmp_path / "ds", partitioning="hive").to_table()
    rows = sorted(table.to_pylist(), key=lambda row: (row["path"], row["order"]))
    assert [{name: row[name] for name in NAMES} for row in rows] == one
    assert {row["year"] for row in rows} == {2021, 2022}
    assert done.turns == len(one) and done.partitions == len(parts(tmp_path / "ds")) == 4


def test_pandas_and_others_that_know_hive_read_the_folder_as_it_is(records, tmp_path):
    made(records, tmp_path / "ds")
    table = pyarrow.parquet.read_table(tmp_path / "ds")
    assert set(table.column_names) == {*NAMES, "year"}
    assert Counter(map(str, table.column("body").to_pylist()))["総務委員会"] == 12


def test_what_is_unchanged_is_not_read_again(records, tmp_path):
    made(records, tmp_path / "ds")
    asked: list[str] = []

    def counted(path):
        asked.append(Path(path).name)
        return read(path)

    before = parts(tmp_path / "ds")
    put(records / "2.txt", record(22, 3))
    put(records / "3.txt", record(77, 4))
    (records / "4.txt").unlink()
    put(records / "new.txt", record(9, 9, "新委員会"))
    # A file that is as new as the clock can tell is read for its digest, and not parsed.
    done, _ = made(records, tmp_path / "ds", read=counted)
    assert sorted(asked) == ["2.txt", "3.txt", "new.txt"]
    assert (done.new, done.changed, done.removed, done.unchanged) == (1, 2, 1, 3)
    made(records, tmp_path / "fresh")
    assert parts(tmp_path / "ds") == parts(tmp_path / "fresh") != before
    asked.clear()
    assert made(records, tmp_path / "ds", read=counted)[0].unchanged == 6 and asked == []


EDITS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["write", "remove"]), st.integers(1, 4), st.integers(0, 2)),
    max_size=6,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(EDITS, min_size=1, max_size=3))
def test_after_any_changes_it_is_as_if_made_at_once(tmp_path_factory, runs):
    top = tmp_path_factory.mktemp("changes")
    put(top / "records" / "0.txt", record(0))
    for edits in runs:
        for number, what, year, body in edits:
            path = top / "records" / f"{number}.txt"
            if what == "write":
                put(path, record(number, year, ("町議会", "総務委員会", "")[body], turns=year))
            elif number:  # one stays
                path.unlink(missing_ok=True)
        made(top / "records", top / "ds")
    made(top / "records", top / "fresh")
    assert parts(top / "ds") == parts(top / "fresh")
    assert load(Place(str(top / "ds"))).entries.keys() == load(Place(str(top / "fresh"))).entries.keys()


class Stopped(Exception):
    """Stands for SIGKILL."""


def count_writes(monkeypatch, stop_at: int | None) -> list[str]:
    """Names of the files that are written and removed from now on; before the one with number *stop_at* all ends."""
    done: list[str] = []
    write, remove = Place.writing, Place.remove

    def step(name):
        if len(done) == stop_at:
            raise Stopped
        done.append(name)

    def writing(self, name):
        step(name)
        return write(self, name)

    def removing(self, name):
        step(name)
        remove(self, name)

    monkeypatch.setattr(Place, "writing", writing)
    monkeypatch.setattr(Place, "remove", removing)
    return done


def change(folder: Path) -> None:
    put(folder / "1.txt", record(1, 9, "新委員会"))  # leaves a partition that others stay in, for one of its own
    put(folder / "0.txt", record(0, 4, "町議会"))  # was the only one of its partition
    (folder / "5.txt").unlink()
    put(folder / "7.txt", record(7, 4))


@pytest.mark.parametrize("first", [True, False], ids=["a first run", "an update"])
def test_a_run_stopped_before_any_write_is_completed_by_the_next(records, tmp_path, monkeypatch, first):
    monkeypatch.setattr(update, "_GROUP", 400)  # a few staged files
    if first:
        start = tmp_path / "none"
    else:
        start = tmp_path / "start"
        made(records, start)
        change(records)
    made(records, tmp_path / "fresh")
    expected = parts(tmp_path / "fresh")
    at, ended = 0, False
    while not ended:
        dataset = tmp_path / f"stopped-{at}"
        if not first:
            shutil.copytree(start, dataset)
        with monkeypatch.context() as patch:
            count_writes(patch, at)
            try:
                made(records, dataset)
                ended = True
            except Stopped:
                pass
        made(records, dataset)
        assert parts(dataset) == expected, f"stopped before write {at}"
        assert sorted(os.listdir(dataset / "_minutes")) == ["dataset.lock", "manifest.jsonl"]
        at += 1
    assert at > 10  # the loop has stopped runs in all their stages


def test_records_that_change_before_a_stopped_run_is_completed(records, tmp_path, monkeypatch):
    monkeypatch.setattr(update, "_GROUP", 400)
    start = tmp_path / "start"
    made(records, start)
    before, after = tmp_path / "before", tmp_path / "after"
    shutil.copytree(records, before)
    change(records)
    shutil.copytree(records, after)
    put(records / "1.txt", record(1, 6, "また別の委員会"))
    put(records / "0.txt", record(0, 3, "総務委員会"))
    (records / "7.txt").unlink()
    made(records, tmp_path / "fresh")
    expected, last = parts(tmp_path / "fresh"), tmp_path / "last"
    shutil.copytree(records, last)
    at, ended = 0, False
    while not ended:
        dataset = tmp_path / f"stopped-{at}"
        shutil.copytree(start, dataset)
        swap(after, records)
        with monkeypatch.context() as patch:
            count_writes(patch, at)
            try:
                made(records, dataset)
                ended = True
            except Stopped:
                pass
        swap(last, records)
        made(records, dataset)
        assert parts(dataset) == expected, f"stopped before write {at}"
        at += 1


def swap(source: Path, target: Path) -> None:
    """Make *target* hold what *source* does, as new files."""
    shutil.rmtree(target)
    target.mkdir()
    for path in source.iterdir():
        put(target / path.name, path.read_text(encoding="utf-8"))


def test_what_was_staged_for_other_columns_is_not_used(records, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(update, "_partitions", lambda *_: (_ for _ in [fail()]))
        with pytest.raises(Stopped):
            made(records, tmp_path / "ds")
    assert list((tmp_path / "ds" / "_minutes" / "stage").iterdir())
    few = ("path", "order", "text")
    made(records, tmp_path / "ds", columns=few, options={"columns": few})
    made(records, tmp_path / "fresh", columns=few, options={"columns": few})
    assert parts(tmp_path / "ds") == parts(tmp_path / "fresh")
    assert not (tmp_path / "ds" / "_minutes" / "stage").exists()


def fail():
    raise Stopped


def test_a_file_is_replaced_and_never_written_over(tmp_path):
    place = Place(str(tmp_path))
    place.write("a/b.txt", b"old")
    with place.open("a/b.txt") as reader:  # somebody reads while a run writes
        place.write("a/b.txt", b"new")
        assert reader.read() == b"old"
    assert place.read("a/b.txt") == b"new"
    with pytest.raises(Stopped), place.writing("a/b.txt") as path:
        Path(path).write_bytes(b"half")
        fail()
    assert place.read("a/b.txt") == b"new" and place.names() == ["a/b.txt"]


@pytest.mark.parametrize(
    ("racy", "content", "error", "unchanged"),
    [
        (False, b"else", None, True),  # what its state tells is believed
        (True, b"same", None, True),  # it may have been written again within a tick: its content decides
        (True, b"else", None, False),
        (False, b"same", "no", False),  # what could not be read is tried again
    ],
)
def test_when_a_record_is_unchanged(tmp_path, racy, content, error, unchanged):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    now = state_of(str(path))
    entry = Entry(str(path), now.tag, racy, hashlib.sha256(b"same").hexdigest(), (), error)
    assert is_unchanged(entry, now) is unchanged
    assert not is_unchanged(entry, State("5" + now.tag, False)) and not is_unchanged(entry, None)


def test_what_is_staged_is_not_read_again(records, tmp_path, monkeypatch):
    monkeypatch.setattr(update, "_GROUP", 1)
    asked: list[str] = []

    def failing(path):
        if len(asked) == 4:
            raise Stopped
        asked.append(path)
        return read(path)

    class Fatal(OutputError):
        """Ends a run."""

    def reader(path):
        try:
            return failing(path)
        except Stopped:
            raise Fatal("no space") from None

    with pytest.raises(Fatal):
        made(records, tmp_path / "ds", read=reader)
    asked.clear()
    made(records, tmp_path / "ds", read=lambda path: asked.append(path) or read(path))
    assert len(asked) == 2
    made(records, tmp_path / "fresh")
    assert parts(tmp_path / "ds") == parts(tmp_path / "fresh")


def test_rounds_and_row_groups_of_any_size_give_the_same_rows(records, tmp_path, monkeypatch):
    made(records, tmp_path / "fresh")
    monkeypatch.setattr(update, "_GROUP", 400)
    monkeypatch.setattr(update, "_ROUND", 800)
    made(records, tmp_path / "rounds")
    assert parts(tmp_path / "rounds") == parts(tmp_path / "fresh")
    monkeypatch.setattr(merge, "ROWS", 7)
    made(records, tmp_path / "groups")
    name = "year=2022/body=町議会/part-0.parquet"
    few = pyarrow.parquet.ParquetFile(tmp_path / "groups" / name)
    assert few.num_row_groups == few.metadata.num_rows / 6 == 2
    assert few.read().equals(pyarrow.parquet.ParquetFile(tmp_path / "fresh" / name).read())
    put(records / "0.txt", record(0, 4))
    made(records, tmp_path / "groups")
    made(records, tmp_path / "again")
    assert parts(tmp_path / "groups") == parts(tmp_path / "again")


def test_processes_make_the_same_files(records, tmp_path):
    made(records, tmp_path / "one")
    read_there = partial(_documents, Reading())
    made(records, tmp_path / "two", running=Running(2, 60), read=read_there)
    assert parts(tmp_path / "two") == parts(tmp_path / "one")


def test_a_record_that_cannot_be_read_is_said_and_tried_again(records, tmp_path):
    made(records, tmp_path / "ds")
    put(records / "2.txt", "")
    done, faults = made(records, tmp_path / "ds")
    assert done.failed == 1 and len(faults) == 1 and "2.txt" in faults[0]
    entry = load(Place(str(tmp_path / "ds"))).entries[str(records / "2.txt")]
    assert entry.error == faults[0] and entry.parts == ()
    assert made(records, tmp_path / "ds")[0].failed == 1
    put(records / "2.txt", record(2))
    done, faults = made(records, tmp_path / "ds")
    assert (done.failed, done.changed, faults) == (0, 1, [])


def test_a_record_without_turns_is_known_and_not_read_again(records, tmp_path):
    put(records / "letter.txt", "町長様\n\n要望書\n\n１　道路を直してください。\n２　橋を直してください。\n")
    assert made(records, tmp_path / "ds")[0].new == 7
    assert made(records, tmp_path / "ds", read=None)[0].unchanged == 7


def test_other_options_make_all_of_it_anew_and_leave_nothing_of_before(records, tmp_path, monkeypatch):
    made(records, tmp_path / "ds")
    change(records)
    few = ("path", "order", "text")
    made(records, tmp_path / "fresh", options={"fix": "none"}, columns=few)
    expected = parts(tmp_path / "fresh")
    with monkeypatch.context() as patch:  # stopped on the way, too
        count_writes(patch, 4)
        with pytest.raises(Stopped):
            made(records, tmp_path / "ds", options={"fix": "none"}, columns=few)
    made(records, tmp_path / "ds", options={"fix": "none"}, columns=few)
    assert parts(tmp_path / "ds") == expected
    table = pyarrow.dataset.dataset(tmp_path / "ds", partitioning="hive").to_table()
    assert set(table.column_names) == {*few, "year", "body"}


@pytest.mark.parametrize(
    ("date", "body", "folder"),
    [
        ("2023-11-22", "町議会", "year=2023/body=町議会"),
        (None, None, "year=__HIVE_DEFAULT_PARTITION__/body=__HIVE_DEFAULT_PARTITION__"),
        ("2023-11-22", "総務/文教 委員会（第２）", "year=2023/body=総務%2F文教 委員会（第２）"),
        ("2023-11-22", "a=b%c*?:", "year=2023/body=a%3Db%25c%2A%3F%3A"),
        ("2023-11-22", "..", "year=2023/body=__HIVE_DEFAULT_PARTITION__"),
    ],
)
def test_partitions_are_named_so_that_readers_give_the_very_words_back(date, body, folder, tmp_path):
    document = hand()
    document = document._replace(meeting=document.meeting._replace(date=date, body=body))
    assert partition_of(document) == folder
    if body and body != "..":  # pyarrow reads no dataset in which all are unknown
        put(tmp_path / "r" / "a.txt", "x")
        made(tmp_path / "r", tmp_path / "ds", read=lambda path: (document,))
        table = pyarrow.dataset.dataset(tmp_path / "ds", partitioning="hive").to_table()
        assert set(map(str, table.column("body").to_pylist())) == {str(body)}


def test_a_long_name_is_cut_to_what_file_systems_take():
    document = hand()
    document = document._replace(meeting=document.meeting._replace(body="長" * 300))
    name = partition_of(document).rpartition("/")[2]
    assert len(name.encode()) <= 255 and name.startswith("body=長長")


def test_names_of_files_that_are_not_utf8_come_and_go(tmp_path):
    folder = tmp_path / "records"
    folder.mkdir()
    name = os.fsencode(str(folder)) + b"/\x8b\x63.txt"
    with open(name, "wb") as stream:
        stream.write(record(1).encode())
    os.utime(name, ns=(PAST, PAST))
    made(folder, tmp_path / "ds")
    put(folder / "b.txt", record(2))
    assert made(folder, tmp_path / "ds")[0].unchanged == 1
    made(folder, tmp_path / "fresh")
    assert parts(tmp_path / "ds") == parts(tmp_path / "fresh")
    os.unlink(name)
    assert made(folder, tmp_path / "ds")[0].removed == 1
    made(folder, tmp_path / "fresh")
    assert parts(tmp_path / "ds") == parts(tmp_path / "fresh")


def test_words_are_cut_in_datasets_too(records, tmp_path):
    made(records, tmp_path / "ds", tokens=True)
    put(records / "3.txt", record(33))
    made(records, tmp_path / "ds", tokens=True)
    made(records, tmp_path / "fresh", tokens=True)
    assert parts(tmp_path / "ds") == parts(tmp_path / "fresh")
    row = pyarrow.dataset.dataset(tmp_path / "ds", partitioning="hive").to_table().to_pylist()[0]
    assert "".join(word["surface"] for word in row["tokens"]) == row["text"]


def test_two_runs_at_once_are_refused(records, tmp_path):
    from minutes_cli.store.schema import StoreError
    from minutes_cli.store.write import lock

    with lock(str(tmp_path / "ds" / "_minutes" / "dataset")), pytest.raises(StoreError, match="another minutes export"):
        made(records, tmp_path / "ds")
    assert made(records, tmp_path / "ds")[0].new == 6


def test_what_a_worker_wrote_elsewhere_is_missed(records, tmp_path, monkeypatch):
    """Stands for a cluster whose workers see another disk: what they write is not here."""
    monkeypatch.setattr(update, "run", lambda work, groups, jobs, running: run(work, groups, 1, HERE))
    made(records, tmp_path / "ds", running=Running(1, None, "dask://elsewhere"))
    monkeypatch.setattr(Place, "has", lambda self, name: not name.endswith(".parquet"))
    with pytest.raises(OutputError, match="must be on a disk that all workers share"):
        made(records, tmp_path / "new", running=Running(1, None, "dask://elsewhere"))
    assert load(Place(str(tmp_path / "new"))).entries == {}
