"""minutes export: where records go, in which format, and what is said when that cannot be."""

from __future__ import annotations

import json

import pytest

from minutes_cli.export import WRITERS, Shape

NAMES = list(WRITERS)
TEXT = [name for name, writer in WRITERS.items() if writer.text and writer.shape is not Shape.FOLDER]
FILES = [name for name, writer in WRITERS.items() if writer.shape is not Shape.FOLDER]
FOLDERS = [name for name, writer in WRITERS.items() if writer.shape is Shape.FOLDER]


def test_list_names_every_format(minutes) -> None:
    run = minutes("export", "--list")
    assert run.code == 0
    rows = run.out.splitlines()[1:]
    assert [row.split()[0] for row in rows] == NAMES
    assert all(writer.about in run.out for writer in WRITERS.values())


@pytest.mark.parametrize("name", TEXT)
def test_stdout_and_a_file_hold_the_same(minutes, folder, name) -> None:
    out = minutes("export", "a.txt", "--to", name)
    assert out.code == 0 and out.err == ""
    written = minutes("export", "a.txt", "--to", name, "-o", "here")
    assert (written.code, written.out, written.err) == (0, "", "")
    assert (folder / "here").read_bytes().decode() == out.out
    dashed = minutes("export", "a.txt", "--to", name, "-o", "-")
    assert (dashed.code, dashed.out) == (0, out.out)


@pytest.mark.parametrize("name", [name for name in FILES if name != "parquet"])  # that makes a dataset there
def test_a_folder_gets_a_file_for_each_record(minutes, folder, name) -> None:
    run = minutes("export", "a.txt", "b.txt", "--to", name, "-o", "out/")
    assert (run.code, run.out) == (0, "")
    suffix = WRITERS[name].suffix
    assert {path.name for path in (folder / "out").glob("*")} == {f"a{suffix}", f"b{suffix}"}


@pytest.mark.parametrize("name", FILES)
def test_several_records_in_one_file_where_the_format_holds_them(minutes, folder, name) -> None:
    run = minutes("export", "a.txt", "b.txt", "--to", name, "-o", f"all{WRITERS[name].suffix}")
    if WRITERS[name].shape is Shape.MANY:
        assert (run.code, run.err) == (0, "")
    else:
        assert run.code == 2
        assert "several records need a folder" in run.err
        assert not (folder / f"all{WRITERS[name].suffix}").exists()


@pytest.mark.parametrize("name", FOLDERS)
def test_a_format_that_is_a_folder(minutes, folder, name) -> None:
    nowhere = minutes("export", "a.txt", "--to", name)
    assert nowhere.code == 2 and "-o" in nowhere.err
    assert minutes("export", "a.txt", "b.txt", "--to", name, "-o", "whole").code == 0
    files = {path.name for path in (folder / "whole").rglob("*")}
    assert len(files) > 1
    again = minutes("export", "a.txt", "b.txt", "--to", name, "-o", "whole")
    assert again.code == 2 and "--force" in again.err
    assert minutes("export", "a.txt", "--to", name, "-o", "whole", "--force").code == 0
    (folder / "whole" / "letter.docx").write_bytes(b"PK")
    kept = minutes("export", "a.txt", "--to", name, "-o", "whole", "--force")
    assert kept.code == 2 and "letter.docx" in kept.err
    assert (folder / "whole" / "letter.docx").exists()
    assert not list(folder.glob(".minutes-*"))


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_overwritten_without_force(minutes, folder, name) -> None:
    (folder / "kept").write_text("kept")
    run = minutes("export", "a.txt", "--to", name, "-o", "kept")
    assert run.code == 2 and "--force" in run.err
    assert (folder / "kept").read_text() == "kept"
    assert minutes("export", "a.txt", "--to", name, "-o", "a.txt", "--force").code == 2


@pytest.mark.parametrize("name", FILES)
def test_no_record_that_can_be_read_leaves_no_file(minutes, folder, name) -> None:
    run = minutes("export", "missing.txt", "--to", name, "-o", "here")
    assert run.code == 2 and "no such file" in run.err
    assert not (folder / "here").exists()
    assert not list(folder.glob(".minutes-*"))


def test_one_bad_record_does_not_stop_the_others(minutes, folder) -> None:
    run = minutes("export", "a.txt", "missing.txt", "b.txt", "--to", "jsonl", "-o", "all.jsonl")
    assert run.code == 2 and run.err.count("\n") == 1
    paths = {json.loads(line)["path"] for line in (folder / "all.jsonl").read_text("utf-8").splitlines()}
    assert paths == {"a.txt", "b.txt"}


@pytest.mark.parametrize(
    ("out", "first"),
    [
        ("a.json", b'{"format":"minutes/1"'),
        ("a.JSONL", b'{"path":"a.txt"'),
        ("a.csv", b"path,"),
        ("a.md", b"<!-- minutes reading copy"),
        ("a.html", b"<!DOCTYPE html>"),
        ("a.xlsx", b"PK"),
        ("a.parquet", b"PAR1"),
        ("a.db", b"SQLite format 3"),
        ("a.tei.xml", b"<?xml"),
        ("a.khcoder.csv", b"\xef\xbb\xbf"),
        ("a.kokkai.json", b'{"startRecord"'),
        ("a.xml", None),
        ("a", None),
    ],
)
def test_the_name_of_the_file_says_the_format_where_it_can(minutes, folder, out, first) -> None:
    run = minutes("export", "a.txt", "-o", out)
    if first is None:
        assert run.code == 2 and f"{out}: its name says no format" in run.err
    else:
        assert run.code == 0, run.err
        assert (folder / out).read_bytes().startswith(first)


def test_an_unknown_format_names_the_known_ones(minutes, folder) -> None:
    run = minutes("export", "a.txt", "--to", "pdf")
    assert run.code == 2
    assert all(name in run.err for name in NAMES)


def test_the_columns_can_be_asked_for_alone(minutes) -> None:
    assert minutes("export", "--columns", "list").out == minutes("export", "--to", "csv", "--columns", "list").out


def test_json_that_we_wrote_is_no_record(minutes, folder) -> None:
    for name in ("a.json", "a.jsonl"):
        assert minutes("export", "a.txt", "-o", name).code == 0
        for command in ("parse", "grep", "check", "stats"):
            run = minutes(command, *(["会議"] if command == "grep" else []), name)
            assert run.code == 2 and f"{name}: JSON that minutes wrote" in run.err, command
    assert minutes("diff", "a.txt", "a.json").code == 0


def test_the_api_of_the_diet_is_a_record_to_every_command(minutes, folder) -> None:
    assert minutes("export", "a.txt", "-o", "a.kokkai.json").code == 0
    for command in (["parse"], ["grep", "会議"], ["diff", "a.kokkai.json"]):
        assert minutes(*command, "a.kokkai.json").code == 0, command


def test_columns(minutes, folder) -> None:
    for name, writer in WRITERS.items():
        listed = minutes("export", "--to", name, "--columns", "list")
        wrong = minutes("export", "a.txt", "--to", name, "--columns", "colour")
        assert wrong.code == 2 and wrong.err.count("\n") == 1
        if writer.columns:
            assert tuple(listed.out.split()) == writer.columns
            assert "colour" in wrong.err and writer.columns[0] in wrong.err
            twice = minutes("export", "a.txt", "--to", name, "--columns", f"{writer.columns[0]},{writer.columns[0]}")
            assert twice.code == 2 and "twice" in twice.err
        else:
            assert listed.code == 2


def test_bom_only_where_it_makes_sense(minutes, folder) -> None:
    for name, writer in WRITERS.items():
        run = minutes("export", "a.txt", "--to", name, "--bom", "-o", f"{name}.out")
        assert run.code == (0 if writer.bom else 2)
        if writer.bom:
            assert (folder / f"{name}.out").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_missing_package_is_named_with_its_extra(minutes, folder, monkeypatch) -> None:
    from minutes_cli.cli import _exporting

    monkeypatch.setattr(_exporting, "find_spec", lambda name: None)
    for name, writer in WRITERS.items():
        run = minutes("export", "a.txt", "--to", name, "-o", f"{name}.out")
        if writer.needs:
            assert run.code == 2
            assert f"pip install '.[{writer.extra}]'" in run.err and writer.needs[0] in run.err
        else:
            assert run.code == 0


def test_a_record_without_turns_is_mentioned(minutes, folder) -> None:
    (folder / "list.txt").write_text("買い物\n牛乳\n卵\n", encoding="utf-8")
    for name, writer in WRITERS.items():
        if writer.turns:
            run = minutes(
                "export", "list.txt", "a.txt", "--to", name, "-o", f"{name}.d" if writer.files else f"{name}.o"
            )
            assert run.code == 0 and "list.txt: no turns in it" in run.err


def test_a_half_written_file_is_not_left(minutes, folder, monkeypatch) -> None:
    def breaks(documents, options):
        yield b"half"
        raise RuntimeError("broken")

    monkeypatch.setitem(WRITERS, "jsonl", WRITERS["jsonl"]._replace(write=breaks))
    run = minutes("export", "a.txt", "--to", "jsonl", "-o", "here.jsonl")
    assert run.code == 2 and "internal error" in run.err
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_what_was_exported_can_be_exported_again(minutes, folder, name) -> None:
    """From JSON every format comes out as from the record, or says that it needs the record."""
    assert minutes("export", "a.txt", "-o", "a.json").code == 0
    assert minutes("export", "a.txt", "-o", "a.jsonl").code == 0
    writer = WRITERS[name]
    for form, whole in (("json", True), ("jsonl", False)):
        made = minutes("export", f"a.{form}", "--to", name, "-o", f"from-{form}{writer.suffix}")
        if writer.from_text or not (whole or writer.turns):
            assert (made.code == 2 and made.err.startswith(f"minutes: a.{form}: ")) or "a.txt: " in made.err
            assert made.err.count("\n") == 1 and not (folder / f"from-{form}{writer.suffix}").exists()
        else:
            assert (made.code, made.err) == (0, "")


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "tsv", "khcoder"])
def test_formats_are_the_same_from_json(minutes, folder, name) -> None:
    assert minutes("export", "a.txt", "-o", "a.json").code == 0
    assert minutes("export", "a.json", "--to", name).out == minutes("export", "a.txt", "--to", name).out


def test_records_of_one_name_keep_their_folders(minutes, folder) -> None:
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / "record.txt").write_bytes((folder / "a.txt").read_bytes())
    run = minutes("export", "x/record.txt", "y/record.txt", "--to", "jsonl", "-o", "out/")
    assert (run.code, run.err) == (0, "")
    assert sorted(str(path.relative_to(folder / "out")) for path in (folder / "out").rglob("*.jsonl")) == [
        "x/record.jsonl",
        "y/record.jsonl",
    ]
    twice = minutes("export", "a.txt", "./a.txt", "--to", "jsonl", "-o", "out/")
    assert twice.code == 2 and "2 records would be written" in twice.err
