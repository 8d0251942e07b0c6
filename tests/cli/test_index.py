"""minutes index: one line about what was done, a table of what is in it, faults in words."""

import json
import os
import re
import sqlite3

from .conftest import RECORD

DONE = r"minutes: index of \.: {records} \({what}\), 0\.0 MB of text, 0\.[01] MB of index\n"


def done(records, what):
    """The line of a run."""
    return re.compile(DONE.format(records=records, what=what))


def test_built_and_kept_up_to_date(folder, minutes):
    run = minutes("index", ".")
    assert (run.code, run.out) == (0, "")
    assert done("2 records", "2 new, 0 changed, 0 removed").fullmatch(run.err)
    assert (folder / ".minutes" / "index.sqlite").is_file()
    (folder / "a.txt").write_text(RECORD.replace("内訳", "総額の内訳"), encoding="utf-8")
    (folder / "b.txt").unlink()
    (folder / "c.txt").write_text(RECORD, encoding="utf-8")
    assert done("2 records", "1 new, 1 changed, 1 removed").fullmatch(minutes("index", ".").err)
    assert done("2 records", "0 new, 0 changed, 0 removed").fullmatch(minutes("index", ".").err)
    assert done("2 records", "all read anew").fullmatch(minutes("index", "--rebuild", "--jobs", "2", ".").err)


def test_status(folder, minutes):
    minutes("index", ".")
    run = minutes("index", "--status", ".")
    assert (run.code, run.err) == (0, "")
    rows = dict(line.split(maxsplit=1) for line in run.out.splitlines())
    assert rows["integrity"] == "ok"
    assert rows["records"].startswith(("2", "in"))
    assert "sudachipy" in rows["tokenizer"]
    assert not rows.keys() & {"new", "changed", "missing", "outdated", "deleted"}
    (folder / "a.txt").write_text(RECORD + "○田中委員　以上です。\n", encoding="utf-8")
    (folder / "b.txt").unlink()
    for name in "cdef":
        (folder / f"{name}.txt").write_text(RECORD, encoding="utf-8")
    rows = dict(line.split(maxsplit=1) for line in minutes("index", "--status", ".").out.splitlines())
    assert rows["changed"] == "1 file: a.txt"
    assert rows["missing"] == "1 file: b.txt"
    assert rows["new"] == "4 files: c.txt, d.txt, e.txt … and 1 more"


def test_status_as_json(folder, minutes):
    minutes("index", ".", "--index", "own.sqlite")
    run = minutes("index", "--status", "--json", "--index", "own.sqlite")  # it knows its folder
    facts = json.loads(run.out)
    assert facts["path"] == "own.sqlite"
    assert facts["root"] == os.path.realpath(folder)
    assert facts["integrity"] == "ok"
    assert facts["outdated"] is None
    assert facts["contents"]["records"] == 2
    assert facts["contents"]["passages"] > 4
    assert facts["contents"]["words"] > 10
    assert facts["contents"]["new"] == facts["contents"]["changed"] == facts["contents"]["missing"] == []


def test_an_unreadable_record_is_named_and_the_others_go_on(folder, minutes):
    (folder / "a.txt").write_bytes(b"\0\1\2" * 99)
    run = minutes("index", ".")
    assert run.code == 2
    assert "a.txt" in run.err.splitlines()[0]
    assert done("1 record", "1 new, 0 changed, 0 removed").fullmatch(run.err.splitlines(keepends=True)[1])


def test_faults_of_the_user(folder, minutes):
    (folder / "empty").mkdir()
    for words, expected in (
        (("index",), "no FOLDER given"),
        (("index", "nowhere"), "nowhere: no such folder"),
        (("index", "a.txt"), "a.txt: a file, not a folder"),
        (("index", "empty"), "no records in this folder"),
        (("index", "--status", "."), "no such index; make it with minutes index"),
        (("index", "--json", "."), "--json belongs to the status"),
        (("index", "--status", "--rebuild", "."), "--status changes nothing"),
        (("index", "--index", "a.txt", "."), "a.txt: no index of minutes"),
        (("index", "--rebuild", "--index", "a.txt", "."), "it is not replaced"),
        (("index", "--jobs", "0", "."), "--jobs"),
    ):
        run = minutes(*words)
        assert (run.code, run.out) == (2, ""), words
        assert expected in run.err
        assert run.err.count("\n") == 1
    assert not (folder / "empty" / ".minutes").exists()
    assert (folder / "a.txt").read_text(encoding="utf-8") == RECORD


def test_a_damaged_index(folder, minutes):
    minutes("index", ".")
    path = folder / ".minutes" / "index.sqlite"
    path.write_bytes(path.read_bytes()[:9000])
    for words in (("index", "."), ("index", "--status", ".")):
        run = minutes(*words)
        assert run.code == 2
        assert "--rebuild" in run.err + run.out
        assert "Traceback" not in run.err
    assert minutes("index", "--rebuild", ".").code == 0
    assert minutes("index", "--status", ".").code == 0


def test_an_outdated_index_is_made_anew(folder, minutes):
    minutes("index", ".")
    db = sqlite3.connect(folder / ".minutes" / "index.sqlite")
    db.execute("UPDATE meta SET value=99 WHERE key='schema'")
    db.commit()
    db.close()
    assert "schema 99" in minutes("index", "--status", ".").out
    assert done("2 records", "all read anew").fullmatch(minutes("index", ".").err)
