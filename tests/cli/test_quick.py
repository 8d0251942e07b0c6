"""Plain command lines are read without typer; whatever they say must come out as if typer had read them."""

import os
import subprocess
import sys

import pytest

from minutes_cli.cli import _searching, main, parse
from minutes_cli.store.schema import FOLDER

PLAIN = [
    ("parse", "a.txt"),
    ("parse", "a.txt", "b.txt"),
    ("parse", "."),
    ("parse", "*.txt"),
    ("parse", "--json", "a.txt"),
    ("parse", "a.txt", "--json"),
    ("parse", "--json", "--json", "--pretty", "a.txt"),
    ("parse", "--pretty", "a.txt", "b.txt"),
    ("parse", "--explain", "a.txt"),
    ("parse", "--", "a.txt"),
    ("parse", "a.txt", "--", "-x.txt", "--json"),
    ("parse", "--debug", "a.txt"),
    ("parse", ""),
    ("parse", "nowhere.txt"),
    ("parse", "nowhere.txt", "a.txt"),
    ("parse", "--json", "nowhere.txt"),
    ("parse", "--json", "--explain", "a.txt"),
    ("parse", "empty"),
    ("grep", "-F", "予算", "a.txt"),
    ("grep", "-c", "予算", "nowhere.txt"),
]
NOT_PLAIN = [
    ("parse", "--help"),
    ("parse", "-h", "a.txt"),
    ("parse", "--jsonn", "a.txt"),
    ("parse", "--js", "a.txt"),
    ("parse", "--json=1", "a.txt"),
    ("parse", "-x", "a.txt"),
    ("parse", "-1", "a.txt"),
    ("parse", "--turns", "a.txt", "b.txt"),
    ("parse", "--kind", "nonsense", "a.txt"),
    ("parse", "--kind"),
    ("parse", "--fix", "none", "a.txt"),
    ("parse", "--encoding=cp932", "b.txt"),
    ("parse", "-o", "out/", "--json", "a.txt"),
    ("parse", "--version", "a.txt"),
    ("grep", "--help"),
    ("grep", "-Z", "予算", "a.txt"),
]


@pytest.fixture
def records(folder):
    (folder / "empty").mkdir()
    (folder / "-x.txt").write_bytes((folder / "a.txt").read_bytes())
    return folder


@pytest.mark.parametrize("words", PLAIN + NOT_PLAIN, ids=" ".join)
def test_typer_makes_the_same_of_it(records, minutes, monkeypatch, words):
    run = minutes(*words)
    for made in (records / "out").glob("*"):
        made.unlink()
    monkeypatch.setattr(main, "QUICK", ())
    assert minutes(*words) == run


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_plain_lines_need_no_typer(records, minutes, monkeypatch, words):
    monkeypatch.setitem(sys.modules, "typer", None)  # importing it would be an error
    assert "internal error" not in minutes(*words).err


@pytest.mark.parametrize("words", [words for words in NOT_PLAIN if words[0] == "parse"], ids=" ".join)
def test_the_rest_is_left_to_typer(records, words):
    assert parse.quick(list(words[1:]), debug=False) is None


def test_standard_input_is_read_quickly_too(records):
    program = (
        "import sys; from minutes_cli.cli.main import main; sys.modules['typer'] = None; sys.exit(main(['parse']))"
    )
    text = (records / "a.txt").read_bytes()
    run = subprocess.run([sys.executable, "-c", program], input=text, capture_output=True, check=True)
    assert "予算の内訳を伺います。" in run.stdout.decode()


def test_a_search_without_an_index_does_not_load_the_store(records):
    assert _searching.INDEX_FOLDER == FOLDER
    assert not _searching._may_be_indexed("empty")
    os.mkdir(FOLDER)
    assert (
        _searching._may_be_indexed("empty") and _searching._may_be_indexed("") and _searching._may_be_indexed("gone/x")
    )
