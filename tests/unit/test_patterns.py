"""Patterns that are compiled at their first use, and those that look for what they need before that."""

import gc
import pkgutil
import re
from importlib import import_module

import pytest

from minutes_cli import patterns
from minutes_cli.patterns import PATIENCE, Holding, lazy
from minutes_cli.search.needs import of_regex

TEXTS = ("委員", "【委員】", "  【議長】 これより", "［委員］", "】【", "")


@pytest.fixture
def compiled(monkeypatch):
    """What is compiled, in order."""
    seen = []

    def compile(pattern, flags=0):
        seen.append(pattern)
        return re.compile(pattern, flags)

    class Module:
        Match, Pattern = re.Match, re.Pattern

    Module.compile = staticmethod(compile)
    monkeypatch.setattr(patterns, "re", Module)
    return seen


def test_nothing_is_compiled_before_it_is_used(compiled):
    made = lazy(r"【(.*?)】", re.DOTALL)
    assert not compiled
    assert [m[1] for m in made.finditer("【議長】【委員】")] == ["議長", "委員"]
    assert made.flags & re.DOTALL and compiled


@pytest.mark.parametrize("name", ["match", "fullmatch", "search"])
def test_what_holds_spares_and_what_it_finds(compiled, name):
    made, plain = lazy(r"\s*【(?P<label>.{1,9})】", holds="【"), re.compile(r"\s*【(?P<label>.{1,9})】")
    assert [getattr(made, name)(text) for text in ("委員", "］", "")] == [None] * 3
    assert not compiled
    for text in TEXTS * 2:
        for place in ((), (2,), (1, 4)):
            found, expected = getattr(made, name)(text, *place), getattr(plain, name)(text, *place)
            assert (found and found.span("label")) == (expected and expected.span("label"))
    assert len(compiled) == 1


def test_other_questions_are_answered_by_the_pattern(compiled):
    made = lazy("【(?P<label>.)】", holds="【")
    assert made.sub("", "委員") == "委員" and made.findall("委員") == []
    assert dict(made.groupindex) == {"label": 1}


def test_a_long_record_compiles_what_it_asks_again_and_again(compiled):
    made = lazy("【", holds=("【",))
    assert not any(made.match("委員") for _ in range(PATIENCE)) and not compiled
    assert made.match("委員") is None and compiled == ["【"]
    assert made.match("【") and made.search("委【") and compiled == ["【"]


def promised(made: Holding) -> bool:
    """Whether every text that the pattern matches holds what it says, as far as its parse tree shows."""
    pattern, flags = made._arguments
    if flags & ~(re.VERBOSE | re.MULTILINE | re.DOTALL):
        return False
    needs = of_regex(f"(?x){pattern}" if flags & re.VERBOSE else pattern)
    return any(all(any(one in string for one in made.holds) for string in clause) for clause in needs)


@pytest.mark.parametrize(
    ("pattern", "flags", "holds", "true"),
    [
        ("【.*】", 0, "【", True),
        ("(?:【|［).*", 0, "【［", True),
        ("(?:【|［).*", 0, "【", False),
        ("【?委員", 0, "【", False),
        ("(?:令和|平成).年", 0, ("令和", "平成"), True),
        ("a|b", re.IGNORECASE, "ab", False),
        ("【  # a bracket", re.VERBOSE, "【", True),
        ("委員  # 【", re.VERBOSE, "【", False),
    ],
)
def test_how_promises_are_checked(pattern, flags, holds, true):
    assert promised(lazy(pattern, flags, holds)) is true


def test_every_pattern_keeps_its_promise():
    for package in ("ingest", "lexicon", "normalize", "parse", "search", "summarize", "check"):
        top = import_module(f"minutes_cli.{package}")
        for module in pkgutil.walk_packages(top.__path__, f"{top.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    gc.collect()
    ours = [one for one in gc.get_objects() if type(one) is Holding]
    assert [one._arguments[0] for one in ours if not promised(one)] == []
