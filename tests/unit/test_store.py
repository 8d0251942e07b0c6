"""The index: kept up to date, never wrong, never taken for something else, safe from readers and other writers."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from minutes_cli.engine import Running
from minutes_cli.ingest import find, read
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse
from minutes_cli.parse.passages import searchable
from minutes_cli.store import Index, OutdatedError, StoreError, default_path, locate
from minutes_cli.store import build as building
from minutes_cli.store import read as reading
from minutes_cli.store.build import Task, update
from minutes_cli.store.schema import open_for_writing
from minutes_cli.store.status import inspect
from minutes_cli.store.write import Row, Writer, lock

UPDATE = """
import sys
from minutes_cli.ingest import find
from minutes_cli.store import default_path
from minutes_cli.store.build import update
update(default_path(sys.argv[1]), sys.argv[1], list(find([sys.argv[1]])))
"""
RECORD = """令和6年度第{number}回あおば町子育て会議会議録
令和6年5月10日（金）　午前10時開会
○会長（山田太郎君）　これより会議を開きます。雨のなか有難うございます。
○田中委員　{words}
○会長（山田太郎君）　事務局から説明をお願いします。
"""
OLD = 1_700_000_000_000_000_000


def write(path, number=1, words="予算の内訳を伺います。", at=OLD):
    """A record, last written at *at* (ns)."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(RECORD.format(number=number, words=words), encoding="utf-8")
    os.utime(path, ns=(at, at))


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    """Files of a test were all written just now; that must not make each of them doubtful."""
    monkeypatch.setattr(building, "_TICK", 0)


@pytest.fixture
def folder(tmp_path):
    """Four records, one of them in a folder below."""
    records = tmp_path / "records"
    for number, name in enumerate(("a.txt", "b.txt", "c.txt", "below/d.txt"), 1):
        write(records / name, number) if "/" not in name else write(records / "below" / "d.txt", number)
    return records


def build(folder, **more):
    """Bring the index of *folder* up to date."""
    return update(default_path(str(folder)), str(folder), list(find([str(folder)])), **more)


def scan(path):
    """What a search would make of the file without an index."""
    return searchable(parse(normalize(read(str(path))).view), str(path))


def check(folder):
    """The index knows all files of *folder*, and every record is what a scan gives."""
    files = list(find([str(folder)]))
    with Index(default_path(str(folder))) as index:
        served = index.fresh(files)
        assert list(served) == files
        assert set(served.values()) == {state.id for state in index.states().values()}
        for file, record in served.items():
            assert index.load(record, file) == scan(file)


def forms(words):
    """The normalized forms of what stands in *words*."""
    from minutes_cli.lexicon.words import forms

    return forms([words])[0]


def names(index, folder, ids):
    """The files of records, by their names."""
    return {Path(f).name for f, record in index.fresh(find([str(folder)])).items() if record in ids}


def test_build_update_remove(folder):
    assert build(folder)[:4] == (4, 0, 0, 0)
    check(folder)
    assert build(folder)[:4] == (0, 0, 0, 4)
    write(folder / "a.txt", words="除雪の予算を伺います。", at=OLD + 1)
    write(folder / "e.txt", 5)
    (folder / "b.txt").unlink()
    assert build(folder)[:4] == (1, 1, 1, 2)
    check(folder)
    with Index(default_path(str(folder))) as index:
        assert names(index, folder, index.propose([{"除雪"}])) == {"a.txt"}


def test_proposals(folder):
    write(folder / "b.txt", words="ＤＸを進めるには、ｶﾞﾊﾞﾅﾝｽが要る。")
    write(folder / "c.txt", words="DX推進室は2024年度に附属機関となりました。")
    build(folder)
    everything = {"a.txt", "b.txt", "c.txt", "d.txt"}
    with Index(default_path(str(folder))) as index:
        for needs, expected in (
            (({"雨"},), everything),
            (({"Ｄ"},), {"b.txt", "c.txt"}),
            (({"DX"},), {"b.txt", "c.txt"}),
            (({"2024"},), {"c.txt"}),
            (({"ガバナンス", "推進室"},), {"b.txt", "c.txt"}),
            (({"ＤＸ"}, {"推進室"}), {"c.txt"}),
            (({"鰊"},), set()),
            (({"雨", "鰊"}, {"予算"}), {"a.txt", "d.txt"}),
        ):
            assert names(index, folder, index.propose(needs)) == expected, needs
        assert index.propose(()) is None
        assert index.propose((frozenset(),)) == set()
        assert index.propose(({"雨", ""},)) is None
        assert names(index, folder, index.propose(({"", "雨"}, {"推進室"}))) == {"c.txt"}


def test_passages_by_words(folder):
    write(folder / "b.txt", words="除雪を急いだ。")
    build(folder)
    wanted = forms("除雪")
    with Index(default_path(str(folder))) as index:
        found = index.passages([wanted])
        assert names(index, folder, found) == {"b.txt"}
        (record, (number,)) = found.popitem()
        assert "除雪" in index.load(record, "b.txt").passages[number].text
        assert index.passages([[*wanted, *forms("会議")]]) == {}
        assert index.passages([["鰊"]]) == {}
        assert index.passages([["鰊"], wanted]).keys() == {record}
        assert len(index.passages([[], wanted])) == 4


def test_a_record_without_passages_hides_no_other(folder):
    build(folder)
    path = default_path(str(folder))
    with lock(path):
        writer = Writer(path)
        row = building.row_of(Task(str(folder / "b.txt"), "b.txt"))
        writer.put(row._replace(path="empty.txt", words=[]))
        writer.put(row)
        writer.close()
    with Index(path) as index:
        assert names(index, folder, index.passages([forms("予算")])) == {"a.txt", "b.txt", "c.txt", "d.txt"}


def test_deleted_records_are_never_proposed(folder):
    write(folder / "e.txt", 5)
    build(folder)
    (folder / "b.txt").unlink()
    assert build(folder).removed == 1
    with Index(default_path(str(folder))) as index:
        live = {state.id for state in index.states().values()}
        found = index.passages([forms("予算")])
        assert found.keys() == live
        for record, numbers in found.items():
            passages = index.load(record, "x").passages
            assert all("予算" in passages[number].text for number in numbers)
        assert names(index, folder, index.propose([{"予算"}])) == {"a.txt", "c.txt", "d.txt", "e.txt"}


def test_lists_are_written_anew_when_much_of_them_is_dead(folder):
    build(folder)
    for again in range(3):
        for name in ("a.txt", "b.txt", "c.txt"):
            write(folder / name, words=f"議案{again}の件です。", at=OLD + again + 1)
        build(folder)
        check(folder)
    files = list(find([str(folder)]))
    contents = inspect(default_path(str(folder)), files).contents
    assert contents is not None and contents.dead < 0.31
    shutil.copytree(folder, folder.parent / "same")
    shutil.rmtree(folder.parent / "same" / ".minutes")
    build(folder.parent / "same")
    with Index(default_path(str(folder))) as old, Index(default_path(str(folder.parent / "same"))) as new:
        assert old.propose([{"議案0"}]) == set()
        for needs in ([{"議案2"}], [{"案"}], [{"予算"}], [{"議案1"}]):
            live = old.propose(needs) & {state.id for state in old.states().values()}
            assert names(old, folder, live) == names(new, folder.parent / "same", new.propose(needs))
        for words in ("予算", "議案"):
            places = [
                sorted((names(i, f, {record}).pop(), numbers) for record, numbers in i.passages([forms(words)]).items())
                for i, f in ((old, folder), (new, folder.parent / "same"))
            ]
            assert places[0] == places[1]


def test_a_change_that_hides_its_times_is_seen(folder):
    build(folder)
    write(folder / "a.txt", words="除雪の予算を伺います。"[:11])  # as long, and last written at the same moment
    assert (folder / "a.txt").stat().st_size == (folder / "b.txt").stat().st_size
    with Index(default_path(str(folder))) as index:
        assert names(index, folder, index.fresh(find([str(folder)])).values()) == {"b.txt", "c.txt", "d.txt"}
    assert build(folder)[:4] == (0, 1, 0, 3)


def test_new_times_alone_change_nothing(folder):
    build(folder)
    os.utime(folder / "a.txt")
    with Index(default_path(str(folder))) as index:
        assert len(index.fresh(find([str(folder)]))) == 4
    assert build(folder)[:4] == (0, 0, 0, 4)


def test_a_young_file_is_compared_by_content(folder, monkeypatch):
    monkeypatch.setattr(building, "_TICK", 1 << 62)
    build(folder)
    asked = []
    digest = reading.digest
    monkeypatch.setattr(reading, "digest", lambda path: asked.append(path) or digest(path))
    with Index(default_path(str(folder))) as index:
        assert len(index.fresh(find([str(folder)]))) == len(asked) == 4
    build(folder)  # still as young
    with Index(default_path(str(folder))) as index:
        assert all(state.racy for state in index.states().values())
    monkeypatch.setattr(building, "_TICK", 0)
    build(folder)
    asked.clear()
    with Index(default_path(str(folder))) as index:
        assert len(index.fresh(find([str(folder)]))) == 4
    assert not asked


def test_a_folder_may_move_with_its_index(folder, monkeypatch):
    build(folder)
    moved = folder.rename(folder.with_name("moved #1 100%?"))
    check(moved)
    assert locate(str(moved / "below" / "d.txt")) == os.path.realpath(default_path(str(moved)))
    monkeypatch.chdir(moved / "below")
    with Index(locate("d.txt")) as index:
        assert list(index.fresh(["d.txt", "../a.txt", "nowhere.txt", "../../x/y.txt"])) == ["d.txt", "../a.txt"]


def test_no_index_above(tmp_path):
    assert locate(str(tmp_path)) is None


def test_an_index_elsewhere_belongs_to_its_folder(folder, tmp_path):
    elsewhere = str(tmp_path / "x" / "own.sqlite")
    files = list(find([str(folder)]))
    update(elsewhere, str(folder), files)
    with Index(elsewhere) as index:
        assert len(index.fresh(files)) == 4
    other = tmp_path / "other"
    write(other / "z.txt")
    with pytest.raises(StoreError, match="it lists the records of"):
        update(elsewhere, str(other), list(find([str(other)])))
    update(elsewhere, str(other), list(find([str(other)])), rebuild=True)
    with Index(elsewhere) as index:
        assert index.states().keys() == {"z.txt"}


def test_an_unreadable_file_does_not_stop_the_others(folder):
    build(folder)
    (folder / "b.txt").write_bytes(b"\x00\x01\x02" * 99)
    heard = []
    summary = build(folder, fault=heard.append)
    assert [Path(fault.path).name for fault in summary.faults] == ["b.txt"]
    assert tuple(heard) == summary.faults
    with Index(default_path(str(folder))) as index:
        assert index.states().keys() == {"a.txt", "c.txt", "below/d.txt"}


def test_a_name_that_is_no_unicode(folder):
    name = os.fsdecode(b"\x8b\x4c.txt")
    try:
        write(folder / name)
    except OSError:
        pytest.skip("this file system has no such names")
    build(folder)
    check(folder)
    (folder / name).unlink()
    assert build(folder).removed == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_make_the_same_index(folder, jobs):
    build(folder, running=Running(jobs))
    check(folder)


def test_a_killed_process_costs_nothing(folder):
    def kill(number, total, file):
        if number == 2:
            for child in multiprocessing.active_children():
                child.kill()

    assert build(folder, running=Running(2), step=kill)[:5] == (4, 0, 0, 0, ())
    check(folder)


class Deadly(Task):
    """A task that ends the process which takes it up."""

    def __reduce__(self):
        return os._exit, (1,)


def test_a_file_that_kills_its_process_is_named(folder):
    files = sorted(find([str(folder)]))
    tasks = [Task(file, Path(file).name) for file in files]
    tasks[1] = Deadly(*tasks[1])
    rows = list(building._rows(tasks, Running(2)))
    assert [row.path for row in rows if isinstance(row, Row)] == [task.name for i, task in enumerate(tasks) if i != 1]
    assert rows[1].words.startswith(f"{files[1]}: the process that worked on it has died")


def test_where_no_index_can_be_made(folder):
    (folder / ".minutes").write_text("a file")
    with pytest.raises(StoreError, match="--index"):
        build(folder)


def test_two_writers(folder):
    build(folder)
    with lock(default_path(str(folder))), pytest.raises(StoreError, match="another minutes index is writing"):
        build(folder)
    build(folder)


def test_a_reader_sees_one_state_while_another_process_writes(folder):
    build(folder)
    path = default_path(str(folder))
    with Index(path) as index:
        served = index.fresh(find([str(folder)]))
        before = {file: index.load(record, file) for file, record in served.items()}
        write(folder / "a.txt", words="除雪の予算。", at=OLD + 1)
        run = subprocess.run([sys.executable, "-c", UPDATE, str(folder)], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        assert {file: index.load(record, file) for file, record in served.items()} == before
        assert index.propose([{"除雪"}]) == set()
    check(folder)


def test_a_batch_that_is_not_committed_does_not_show(folder):
    build(folder)
    path = default_path(str(folder))
    writer = Writer(path)
    writer.remove("a.txt")
    check(folder)
    writer.abandon()
    check(folder)


def test_a_half_built_index_serves_what_it_has(folder):
    def stop(number, total, file):
        if number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(folder, step=stop)
    with Index(default_path(str(folder))) as index:
        assert index.fresh(find([str(folder)])) == {}
    assert build(folder).new == 4


def test_what_a_killed_process_left_is_taken_over(folder):
    """A journal beside the file, as kill -9 leaves it."""
    build(folder)
    path = default_path(str(folder))
    writer = Writer(path)
    writer.remove("a.txt")
    writer.commit()
    for ending in ("", "-wal"):
        shutil.copy(path + ending, str(folder.parent / "index.sqlite") + ending)
    writer.close()
    for ending in ("", "-wal"):
        shutil.copy(str(folder.parent / "index.sqlite") + ending, path + ending)
    with Index(path) as index:
        assert index.states().keys() == {"b.txt", "c.txt", "below/d.txt"}
    assert build(folder, rebuild=True)[:4] == (4, 0, 0, 0)
    check(folder)


def test_where_nothing_can_be_written_the_file_alone_is_read(folder, monkeypatch):
    build(folder)
    path = default_path(str(folder))
    connect, asked = sqlite3.connect, []

    def refuse(name, **more):
        asked.append(name)
        if "mode=ro" in name:
            raise sqlite3.OperationalError("unable to open database file")
        return connect(name, **more)

    monkeypatch.setattr(sqlite3, "connect", refuse)
    check(folder)
    assert asked[-1].endswith("?immutable=1")
    Path(path + "-wal").write_bytes(b"something that a killed process left")
    with pytest.raises(StoreError, match=r"no index of minutes, or damaged|cannot be read"):
        Index(path)


@pytest.mark.parametrize(("key", "value"), [("schema", 0), ("minutes", "0.0.0"), ("tokenizer", "another one")])
def test_an_index_of_another_version_is_made_anew(folder, key, value):
    build(folder)
    path = default_path(str(folder))
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value=? WHERE key=?", (value, key))
    db.commit()
    db.close()
    status = inspect(path, list(find([str(folder)])))
    assert status.outdated and str(value) in status.outdated
    with pytest.raises(OutdatedError, match="minutes index"), Index(path) as index:
        assert key == "tokenizer"
        assert index.propose([{"雨"}])  # literals need no words
        index.passages([["雨"]])
    summary = build(folder)
    assert summary.rebuilt and summary.new == 4
    check(folder)
    assert not [name for name in os.listdir(folder / ".minutes") if name.startswith("index.sqlite.new")]


def test_a_reader_keeps_an_index_from_being_replaced(folder, monkeypatch):
    from minutes_cli.store import write as writing

    monkeypatch.setattr(writing, "PATIENCE", 0)
    build(folder)
    with Index(default_path(str(folder))), pytest.raises(StoreError, match="another process is reading it"):
        build(folder, rebuild=True)
    assert build(folder, rebuild=True).rebuilt
    check(folder)


DAMAGES = {
    "text": lambda path: path.write_text("これは索引ではない。" * 99, encoding="utf-8"),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:20_000]),
    "zeros": lambda path: path.write_bytes(path.read_bytes()[:8192] + b"\0" * (path.stat().st_size - 8192)),
    "other": lambda path: other_database(path),
}


def test_a_journal_that_was_left_beside_damage_is_not_taken_for_one_of_the_new_index(folder):
    build(folder)
    path = default_path(str(folder))
    writer = Writer(path)
    writer.remove("a.txt")
    writer.commit()
    journal = Path(path + "-wal").read_bytes()
    writer.close()
    DAMAGES["text"](Path(path))
    Path(path + "-wal").write_bytes(journal)
    build(folder, rebuild=True)
    check(folder)


def other_database(path):
    """A database of somebody else's."""
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE precious(x)")
    db.commit()
    db.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_one_line_and_can_be_mended(folder, damage):
    build(folder)
    path = default_path(str(folder))
    DAMAGES[damage](Path(path))
    with pytest.raises(StoreError, match="--rebuild") as caught, Index(path) as index:
        for file, record in index.fresh(find([str(folder)])).items():
            index.load(record, file)
        index.propose([{"雨"}])
    assert "\n" not in str(caught.value)
    build(folder, rebuild=True)
    check(folder)


@pytest.mark.parametrize("damage", ["text", "other"])
def test_what_is_no_index_is_not_replaced(folder, tmp_path, damage):
    path = tmp_path / "precious.txt"
    path.write_text("大切なもの")
    DAMAGES[damage](path)
    before = path.read_bytes()
    for rebuild in (False, True):
        with pytest.raises(StoreError):
            update(str(path), str(folder), list(find([str(folder)])), rebuild=rebuild)
        assert path.read_bytes() == before


def test_damaged_content_is_found_when_it_is_loaded(folder):
    build(folder)
    path = default_path(str(folder))
    db = open_for_writing(path)
    db.execute("UPDATE content SET shape=substr(shape, 1, length(shape) / 2)")
    db.close()
    with Index(path) as index, pytest.raises(StoreError, match="--rebuild"):
        index.load(1, "a.txt")


def test_an_empty_file_is_no_obstacle(folder):
    path = Path(default_path(str(folder)))
    path.parent.mkdir()
    path.touch()
    build(folder)
    check(folder)


KILLED = """
import os, signal, sys
from minutes_cli.ingest import find
from minutes_cli.store import default_path
from minutes_cli.store import write
from minutes_cli.store.build import update
write._BATCH = 0
left = int(sys.argv[2])
class Dying(write.sqlite3.Connection):
    def execute(self, *arguments):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*arguments)
connect = write.sqlite3.connect
write.sqlite3.connect = lambda *a, **k: connect(*a, factory=Dying, **k)
update(default_path(sys.argv[1]), sys.argv[1], list(find([sys.argv[1]])), rebuild=len(sys.argv) > 3)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize("more", [[], ["rebuild"]])
@pytest.mark.parametrize("left", [3, 20, 35, 55])
def test_killed_between_two_statements(folder, left, more):
    """After kill -9 the file is an index whose records are right, and the next run completes it."""
    if more:
        build(folder)
        write(folder / "a.txt", words="除雪の予算。", at=OLD + 1)
    run = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(left), *more], capture_output=True, text=True)
    assert run.returncode == -signal.SIGKILL, run.stderr
    path = default_path(str(folder))
    if os.path.exists(path):
        assert inspect(path, []).integrity == "ok"
        with Index(path) as index:
            for file, record in index.fresh(find([str(folder)])).items():
                assert index.load(record, file) == scan(file)
    build(folder)
    check(folder)
