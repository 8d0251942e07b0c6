"""Where a pattern matches, every clause of what it needs holds."""

from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from minutes_cli.search.needs import Needs, all_of, any_of, of_literal, of_regex

_LETTERS = "自治体会abc"
ATOMS = st.sampled_from(
    [
        *_LETTERS,
        "自治体",
        "会長",
        ".",
        "[自治]",
        "[^体]",
        "[a-c]",
        "[一-龥]",
        r"\w",
        r"\d",
        "^",
        "$",
        r"\b",
        r"\.",
        "(?=会)",
        "(?!会)",
    ]
)


def _more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    quantifiers = ["*", "+", "?", "{2}", "{1,3}", "{0,1}", "*?", "+?", "??", "{0}", "{2,}"]
    return (
        st.lists(inner, min_size=1, max_size=4).map("".join)
        | st.tuples(inner, inner).map(lambda p: f"(?:{p[0]}|{p[1]})")
        | st.tuples(inner, st.sampled_from(quantifiers)).map(lambda p: f"(?:{p[0]}){p[1]}")
        | inner.map(lambda p: f"({p})")
        | inner.map(lambda p: f"(?={p})")
        | inner.map(lambda p: f"(?!{p})")
        | st.tuples(inner, inner).map(lambda p: f"({p[0]})?{p[1]}")
        | inner.map(lambda p: f"(?i:{p})")
        | inner.map(lambda p: f"(?>{p})")
    )


PATTERNS = st.recursive(ATOMS, _more, max_leaves=12)
TEXTS = st.lists(st.sampled_from([*_LETTERS, "自治体", "会長", "A", "1", ".", "、"]), max_size=12).map("".join)


def _holds(needs: Needs, text: str) -> bool:
    return all(any(literal in text for literal in clause) for clause in needs)


@given(PATTERNS, TEXTS)
def test_a_text_that_matches_holds_what_is_needed(pattern: str, text: str) -> None:
    needs = of_regex(pattern)
    assert all(clause and all(clause) for clause in needs)
    if re.search(pattern, text, re.MULTILINE):
        assert _holds(needs, text)


@given(PATTERNS, st.data())
def test_so_do_texts_made_from_the_pattern(pattern: str, data: st.DataObject) -> None:
    assume("(?>" not in pattern and "(?!" not in pattern)
    text = data.draw(st.from_regex(re.compile(pattern)))
    assume(re.search(pattern, text))
    assert _holds(of_regex(pattern), text)


@given(st.lists(PATTERNS, min_size=1, max_size=4), TEXTS)
def test_several_patterns(patterns: list[str], text: str) -> None:
    found = [re.search(pattern, text, re.MULTILINE) is not None for pattern in patterns]
    needs = [of_regex(pattern) for pattern in patterns]
    assert not any(found) or _holds(any_of(needs), text)
    assert not all(found) or _holds(all_of(needs), text)


@given(TEXTS, TEXTS)
def test_literals(literal: str, text: str) -> None:
    assert _holds(of_literal(literal), text) == (literal in text)


@given(st.text(max_size=30))
def test_anything_may_be_asked(pattern: str) -> None:
    of_regex(pattern)
