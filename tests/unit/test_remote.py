"""URLs in place of paths: found, read and written as files of a disk are."""

import os
import sys

import fsspec
import pytest

from minutes_cli import ingest
from minutes_cli.cli import _output
from minutes_cli.cli._files import Input, Inputs, size_of
from minutes_cli.errors import IngestError, OutputError, UsageError
from minutes_cli.ingest import find, read, read_bytes, remote

NAMES = [
    "b.txt",
    "a.TXT",
    "notes.exe",
    ".hidden.txt",
    ".git/x.txt",
    "b/2.txt",
    "b/10.md",
    "b/c/d.txt",
    "b.d/z.txt",
    "a/x.txt",
    "a/.x.txt",
    "A/y.txt",
    "only/notes.exe",
]


@pytest.fixture
def store():
    """A store of objects in memory, empty."""
    system = fsspec.filesystem("memory")
    remote._sizes.clear()
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.fixture
def both(store, tmp_path):
    """The same files in a folder and in the store."""
    for name in NAMES:
        path = tmp_path / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        store.pipe_file(f"/records/{name}", name.encode())
    return tmp_path / "records"


def relative(found, top):
    """What is found, below *top*."""
    assert all(file.startswith(top) for file in found), found
    return [file.removeprefix(top).lstrip("/") for file in found]


@pytest.mark.parametrize("url", ["memory://records", "memory://records/", "memory:///records", "memory://"])
def test_a_folder_gives_what_one_on_a_disk_gives_in_the_same_order(both, url):
    found = list(find([url]))
    expected = relative(list(find([str(both)])), str(both))
    assert relative(found, url if url != "memory://" else "memory:///records") == expected
    assert [read_bytes(file).decode() for file in found] == expected


@pytest.mark.parametrize("pattern", ["*.txt", "b*/*", "**/*.md", "?", "[ab].txt", "b/?.txt"])
def test_a_pattern_gives_what_one_on_a_disk_gives(both, pattern):
    expected = relative(list(find([f"{both}/{pattern}"])), str(both))
    assert expected
    assert relative(list(find([f"memory://records/{pattern}"])), "memory://records") == expected


def test_files_of_a_disk_have_urls_too(both, monkeypatch):
    assert relative(list(find([f"file://{both}"])), f"file://{both}") == relative(list(find([str(both)])), str(both))
    monkeypatch.chdir(both.parent)
    assert next(find(["file://records"])) == f"file://{both}/a.TXT"
    assert read_bytes(f"file://{both}/b.txt") == b"b.txt"


def test_an_address_of_the_web_is_one_file():
    assert list(find(["https://host/record?year=2024"])) == ["https://host/record?year=2024"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("memory://records/b/none*", "no file matches the pattern"),
        ("memory://records/only", "no records in this folder (looked for .txt"),
        ("nope://records", "not understood (Protocol not known: nope); there are s3://, gs://"),
        ("memory://records/none.txt", "no such file; check the name and the folder"),
    ],
)
def test_what_is_not_there_is_said_in_one_line_and_costs_no_other(both, url, words):
    if "none.txt" in url:
        assert list(find([url])) == [url]
        with pytest.raises(IngestError) as e:
            read_bytes(url)
        faults = [e.value]
    else:
        faults = []
        assert list(find([url, "memory://records/b.txt"], faults.append)) == ["memory://records/b.txt"]
    assert len(faults) == 1
    assert str(faults[0]).startswith(f"{url}: {words}")
    assert "\n" not in str(faults[0])


def test_faults_of_reading(store, monkeypatch):
    store.pipe_file("/r/a.txt", b"12345")

    def reading(words, url="memory://r/a.txt"):
        with pytest.raises(IngestError, match=words):
            read_bytes(url)

    reading("memory://r: a folder, not a file", "memory://r")
    monkeypatch.setattr(ingest, "MAX_BYTES", 4)
    reading("one record may have 0 MB at most; is it one record")
    monkeypatch.undo()
    monkeypatch.setattr(type(store), "cat_file", lambda *_: b"123")
    reading("changed while it was read")

    def refuse(*_):
        raise PermissionError("Access Denied")

    monkeypatch.setattr(type(store), "cat_file", refuse)
    reading("no permission to read it; check the credentials")

    def fail(*_):
        raise RuntimeError("Unable to locate\ncredentials")

    monkeypatch.setattr(type(store), "cat_file", fail)
    reading(r"cannot be read \(Unable to locate credentials\)")


def test_a_size_that_only_reading_tells_is_no_way_around_the_limit(store, monkeypatch):
    store.pipe_file("/r/a.txt", b"12345")
    monkeypatch.setattr(type(store), "info", lambda *_: {"type": "file", "size": None})
    assert read_bytes("memory://r/a.txt") == b"12345"
    monkeypatch.setattr(ingest, "MAX_BYTES", 4)
    with pytest.raises(IngestError, match="at most"):
        read_bytes("memory://r/a.txt")


def test_a_driver_that_is_not_installed(monkeypatch):
    def without(url):
        raise ImportError("Please install gcsfs to access Google Storage")

    monkeypatch.setattr("fsspec.core.url_to_fs", without)
    with pytest.raises(IngestError, match=r"^gs://b/a: gs:// needs gcsfs, which is not installed: pip install gcsfs$"):
        read_bytes("gs://b/a")
    with pytest.raises(UsageError, match="needs gcsfs"), _output.writing("gs://b/a", (), False):
        pass


def test_fsspec_that_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(
        IngestError, match=r"URLs need fsspec, which is not installed; minutes-cli\[cluster\] brings it"
    ):
        read_bytes("s3://b/a")


def test_sizes_that_a_listing_tells_are_not_asked_for_again(both, monkeypatch):
    found = list(find(["memory://records", "memory://records/*.txt"]))
    monkeypatch.setattr(remote, "system_of", None)
    assert [size_of(Input(file, "")) for file in found] == [
        len(file.removeprefix("memory://records/")) for file in found
    ]


def test_sizes_of_single_files(both):
    assert size_of(Input("memory://records/b/10.md", "")) == 7
    assert size_of(Input("memory://records/none", "")) == 0
    assert size_of(Input("nope://records/none", "")) == 0


def test_a_record_has_its_url_as_its_name(store):
    store.pipe_file("/r/a.txt", "○会長（山田太郎君）　開会します。\n".encode("cp932"))
    source = read("memory://r/a.txt")
    assert (source.name, source.encoding) == ("memory://r/a.txt", "cp932")


def test_a_file_is_written_whole(store):
    with _output.writing("memory://out/deep/a.jsonl", (), False) as write:
        write(b"one ")
        assert not store.exists("/out/deep/a.jsonl")
        write(b"two")
    assert store.cat_file("/out/deep/a.jsonl") == b"one two"


def test_what_ends_early_or_is_empty_leaves_what_was_there(store):
    store.pipe_file("/out/a.jsonl", b"before")
    with pytest.raises(KeyboardInterrupt), _output.writing("memory://out/a.jsonl", (), True) as write:
        write(b"half")
        raise KeyboardInterrupt
    with _output.writing("memory://out/a.jsonl", (), True):
        pass
    assert store.cat_file("/out/a.jsonl") == b"before"


def test_what_is_there_is_overwritten_with_force_only(store):
    store.pipe_file("/out/a.jsonl", b"before")
    with pytest.raises(UsageError, match="exists already; --force"), _output.writing("memory://out/a.jsonl", (), False):
        pass
    with _output.writing("memory://out/a.jsonl", (), True) as write:
        write(b"after")
    assert store.cat_file("/out/a.jsonl") == b"after"


def test_a_record_is_not_overwritten_by_its_result(store):
    url = "memory://r/a.txt"
    with (
        pytest.raises(UsageError, match="one of the records to read"),
        _output.writing(url, (Input(url, "a.txt"),), True),
    ):
        pass


def test_a_store_that_takes_nothing(store, monkeypatch):
    def refuse(*_):
        raise OSError("Access\nDenied")

    monkeypatch.setattr(type(store), "put_file", refuse)
    with (
        pytest.raises(OutputError, match=r"^memory://out/a: cannot write \(Access Denied\)$"),
        _output.writing("memory://out/a", (), False) as write,
    ):
        write(b"data")


def test_one_file_for_each_record(store):
    files = (Input("memory://r/a.txt", "a.txt"), Input("memory://r/b/a.txt", "a.txt"))
    with _output.output("memory://out/", Inputs(files, True), ".json", force=False) as sink:
        for file in files:
            sink(file, file.path.encode())
    assert {name: store.cat_file(name) for name in store.find("/out")} == {
        "/out/a.json": b"memory://r/a.txt",
        "/out/b/a.json": b"memory://r/b/a.txt",
    }


def test_a_folder_that_belongs_together_goes_to_a_disk(store):
    with (
        pytest.raises(UsageError, match="write it to a disk"),
        _output.writing_folder("memory://o", False),
    ):
        pass


def test_paths_without_a_scheme_load_nothing(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("x")
    monkeypatch.setitem(sys.modules, "minutes_cli.ingest.remote", None)
    assert read_bytes(next(find([str(tmp_path)]))) == b"x"
    with _output.writing(os.path.join(tmp_path, "out"), (), False) as write:
        write(b"data")
