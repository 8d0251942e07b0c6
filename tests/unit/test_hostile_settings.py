"""Settings and rules of strangers: whatever they hold, reading them ends soon, in plain values or in one line."""

from __future__ import annotations

import os
import signal
import time
import tomllib
from datetime import date

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from minutes_cli.errors import UsageError
from minutes_cli.limit import TooSlowError, limited
from minutes_cli.settings_files import DEEPEST, MOST, compose_yaml, load_toml, load_yaml, read_settings

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x85"), max_size=12
)  # NEL: a bug of PyYAML
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
PIECES = st.sampled_from(
    [
        *"[]{}:,-?&*!|>%@`#'\"=.~\\",
        "\n",
        "  ",
        "\n- ",
        "\na: ",
        "a",
        "*a",
        "&a ",
        "!!bool ",
        "<<: ",
        "0x",
        "1:2",
        "...",
        "---",
    ]
    + ["'''", '"""', "[[", "]]", "2024-02-31", "1e999", "\t", "\0", "\x1b", "あ", "\ufeff", "\r", "\u2028"]
)
ANYTHING = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40)


@given(PLAIN)
def test_yaml_reads_what_yaml_has_written(value):
    assert load_yaml(yaml.safe_dump(value, allow_unicode=True), "x.yaml") == value


@given(ANYTHING)
@example("a: &a [x]\nb: *a")
@example('!!bool "x"')
@example("? [a]\n: b")
@example("a: 2024-02-31")
def test_any_text_is_yaml_or_refused_in_one_line(text):
    try:
        load_yaml(text, "x.yaml")
    except UsageError as e:
        assert str(e).startswith("x.yaml") and str(e).isprintable()


@given(ANYTHING)
@example("a = " + "9" * 5000)
@example("a = " + "[" * 5000)
@example("a = 2024-02-31")
def test_any_text_is_toml_or_refused_in_one_line(text):
    try:
        found = load_toml(text, "x.toml")
    except UsageError as e:
        assert str(e).startswith("x.toml") and str(e).isprintable()
    else:
        assert found == tomllib.loads(text)


def test_dots_in_texts_comments_and_numbers_are_no_keys():
    dots = "." * 200
    text = f'a = "{dots}"\nb = \'{dots}\'\nc = """{dots}\n\\"{dots}"""\nd = \'\'\'{dots}\'\'\' # {dots}\n'
    text += "e = [" + ", ".join(["1.5"] * 200) + "]\n[tool.x]\nf = 1\n"
    assert load_toml(text, "x.toml") == tomllib.loads(text)


BOMBS = {
    "aliases": ("a: &a [x, x]\nb: &b [*a, *a]\n", 1, "anchors and aliases are not read"),
    "an alias alone": ("x: 1\na: *b\n", 2, "*b: anchors and aliases"),
    "lists": ("x:\n " + "[" * 100_000, 2, "more than 50 deep"),
    "mappings": ("{a: " * 50_000, 1, "more than 50 deep"),
    "by indentation": ("- " * 400_000, 1, "more than 50 deep"),
    "tags": ("a: !!python/object/apply:os.system [ls]", 1, "tags such as"),
    "a truth that is none": ('- !!bool "x"', 1, "tags such as"),
    "digits": ("a: " + "9" * 5000, 1, "a number of 5,000 signs"),
    "base 60": ("a: 1" + ":1" * 400_000, 1, "a number of 800,001 signs"),
    "base 16": ("a: 0x" + "f" * 900_000, 1, "a number of 900,002 signs"),
    "a key twice": ("a: 1\nb: 2\na: 3\n", 3, "a stands twice"),
    "a key twice, deep": ("x:\n  - {a: 1, a: 2}\n", 2, "a stands twice"),
}


@pytest.mark.parametrize(("text", "line", "words"), BOMBS.values(), ids=BOMBS)
def test_yaml_bombs(text, line, words):
    with pytest.raises(UsageError) as caught:
        load_yaml(text, "x.yaml")
    assert str(caught.value).startswith(f"x.yaml:{line}: ") and words in str(caught.value)


TOML_BOMBS = {
    "lists": ("a = " + "[" * 100_000, "x.toml: not TOML that can be read: lists and mappings inside one another"),
    "lists that end": ("a = " + "[" * 60 + "]" * 60, "more than 50 deep"),
    "tables in a line": ("a = " + "{a = " * 50_000, "more than 50 deep"),
    "a key of many parts": ("\n" + ".".join("a" * 300_000) + " = 1", "x.toml:2: not TOML that can be read"),
    "a table of many parts": ("[" + ".".join("a" * 300_000) + "]", "x.toml:1: not TOML that can be read"),
    "many parts inside": ("x = {" + ".".join(['"a"'] * 100_000) + " = 1}", "x.toml:1: not TOML that can be read"),
    "digits": ("a = " + "9" * 5000, "a number too long"),
    "base 16": ("a = 0x" + "f" * 900_000, "a number of more than 64 bits"),
    "a day that is none": ("a = 1\nb = 2024-02-31", "x.toml:2: not TOML"),
    "controls": ("a = '\x1b[2J'", "x.toml:1: not TOML: Found invalid character '\\x1b'"),
}


@pytest.mark.parametrize(("text", "words"), TOML_BOMBS.values(), ids=TOML_BOMBS)
def test_toml_bombs(text, words):
    with pytest.raises(UsageError) as caught:
        load_toml(text, "x.toml")
    assert words in str(caught.value) and str(caught.value).isprintable()


@pytest.mark.parametrize("load", [load_toml, load_yaml])
def test_long_files_are_refused_unread(load):
    with pytest.raises(UsageError, match="has at most 1,000,000 characters"):
        load("#" * (MOST + 1), "x")


def test_as_deep_as_allowed():
    assert load_yaml("[" * DEEPEST + "]" * DEEPEST, "x") == eval("[" * DEEPEST + "]" * DEEPEST)
    assert load_toml("a = " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1), "x")


def test_quotes_keep_what_looks_like_an_alias():
    assert load_yaml("a: '*b'\nb: \"&c\"\nc: !!str 1\nd: 2024-04-01\n", "x") == {
        "a": "*b",
        "b": "&c",
        "c": "1",
        "d": date(2024, 4, 1),
    }


def test_nodes_know_their_lines():
    root, data = compose_yaml("# rules\n- a\n- b\n", "x")
    assert data == ["a", "b"] and [node.start_mark.line + 1 for node in root.value] == [2, 3]
    assert compose_yaml("", "x") == (None, None)


def test_only_whole_regular_files_in_utf_8_are_read(tmp_path):
    good = tmp_path / "a.yaml"
    good.write_bytes("\ufeffあ: 1\n".encode())
    assert read_settings(good) == "あ: 1\n"
    bad = tmp_path / "bad"
    for words, make in {
        "cannot be read: No such file": lambda: None,
        "at most 10 bytes": lambda: bad.write_bytes(b"x" * 11),
        ":2: rule file is not UTF-8: byte 2": lambda: bad.write_bytes(b"a\n\xff"),
        "is no regular file": lambda: (bad.unlink(), os.mkfifo(bad)),
    }.items():
        make()
        with pytest.raises(UsageError, match=words) as caught:
            read_settings(bad, "rule file", 10)
        assert str(caught.value).startswith(str(bad))


# The limit of time


def test_a_limit_inside_another_leaves_that_one_as_it_was():
    with pytest.raises(TooSlowError, match="outer"), limited("outer", seconds=0.05):
        with limited("inner", seconds=100):
            pass
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 0.05
        while True:
            pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_limit_inside_another_is_no_longer_than_that():
    started = time.monotonic()
    with pytest.raises(TooSlowError, match="inner"), limited("outer", seconds=0.05), limited("inner", seconds=1000):
        while time.monotonic() < started + 60:
            pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
