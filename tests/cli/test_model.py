"""minutes model: a model made of records, and what it says about itself."""

import json
import re

import pytest

from minutes_cli.cli import _print
from minutes_cli.cli._text import columns
from minutes_cli.normalize.channel.character_model import load, shipped

from .conftest import RECORD


def test_train_reads_records_in_any_encoding(folder, minutes):
    run = minutes("model", "train", "--alone", ".", "-o", "own.model")
    assert (run.code, run.out) == (0, "")
    assert re.fullmatch(
        r"minutes: own\.model: 2 records, [0-9,]+ characters; [0-9,]+ entries, [0-9,]+ bytes\n", run.err
    )
    model = load(folder / "own.model")
    assert model.about == "2 records: ."
    assert model.size >= 2 * len("".join(RECORD.split()))
    assert "会" in model.alphabet.characters
    assert f"{model.entries:,} entries, {(folder / 'own.model').stat().st_size:,} bytes" in run.err


def test_about_is_kept_on_one_line(folder, minutes):
    minutes("model", "train", "--alone", "a.txt", "-o", "own.model", "--about", "我が町の\n会議録")
    assert load(folder / "own.model").about == "我が町の 会議録"


def test_records_are_mixed_with_the_model_that_comes_with_minutes(folder, minutes):
    minutes("model", "train", "a.txt", "-o", "own.model")
    own, base = load(folder / "own.model"), load(shipped())
    assert own.about == f"0% 1 record: a.txt; 100% {base.about}"  # so little text weighs next to nothing
    assert own.entries >= base.entries


def test_the_same_records_give_the_same_bytes(folder, minutes):
    for name in ("one", "two"):
        minutes("model", "train", "--alone", "a.txt", "-o", name)
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes()


def test_a_bad_record_is_mentioned_and_the_others_are_counted(folder, minutes):
    run = minutes("model", "train", "--alone", "missing.txt", "a.txt", "-o", "own.model")
    assert run.code == 2
    assert "missing.txt: no such file" in run.err
    assert load(folder / "own.model").about.startswith("1 record:")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("train", "a.txt"), "no model named; say with -o which file to write"),
        (("train", "tiny.txt", "-o", "own.model"), "own.model: no model made: there is no text to count"),
        (("train", "a.txt", "-o", "b.txt"), "b.txt: exists already; --force overwrites it"),
        (("train", "a.txt", "-o", "a.txt", "--force"), "a.txt: is one of the records to read"),
        (("train", "missing.txt", "-o", "own.model"), "missing.txt: no such file"),
        (("info", "missing.model"), "missing.model: cannot read the model"),
        (("info", "a.txt"), "a.txt: is no character model"),
        ((), "Missing command; see minutes model --help"),
        (("draw",), "No such command 'draw'"),
    ],
)
def test_wrong_words(folder, minutes, words, message):
    (folder / "tiny.txt").write_text("会\n", encoding="utf-8")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    run = minutes("model", *words)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert message in run.err
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_info(folder, minutes):
    minutes("model", "train", "--alone", "a.txt", "-o", "own.model", "--about", "我が町の会議録")
    model = load(folder / "own.model")
    out = minutes("model", "info", "own.model").out
    assert "made of  我が町の会議録\n" in out
    assert f"{model.entries:,} by number of characters" in out
    facts = json.loads(minutes("model", "info", "own.model", "--json").out)
    assert facts == {
        "path": "own.model",
        "about": "我が町の会議録",
        "characters": model.size,
        "alphabet": len(model.alphabet.characters),
        "entries": [len(table.keys) for table in model.tables],
        "bytes": (folder / "own.model").stat().st_size,
    }


def test_info_about_the_model_that_comes_with_minutes(minutes):
    facts = json.loads(minutes("model", "info", "--json").out)
    assert facts["about"]
    assert len(facts["entries"]) == 4


def test_info_fits_a_narrow_terminal(folder, minutes, monkeypatch):
    monkeypatch.setattr(_print, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    assert max(map(columns, minutes("model", "info").out.splitlines())) <= 40


@pytest.mark.parametrize("words", [("model",), ("model", "train"), ("model", "info"), ("normalize",)])
def test_help_has_an_example(minutes, words):
    assert "Example: minutes" in minutes(*words, "--help").out
    assert minutes(*words, "-h").code == 0
