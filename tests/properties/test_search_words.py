"""--word: what is found lies in the text, the index and the filters never lose it, and spellings change nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus import NAMES, document
from minutes_cli.lexicon.entries import is_word
from minutes_cli.lexicon.folding import fold, key
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.lexicon.words import cut, forms, units
from minutes_cli.parse.passages import searchable
from minutes_cli.search import spellings
from minutes_cli.search.words import WordPattern, read_spellings

SENTENCES = sorted(
    {
        passage.text[start:end]
        for name in NAMES[::3]
        for passage in searchable(document(name)).passages
        for start, end in sentences(passage.text)
        if end - start < 120
    }
)
RANDOM = random.Random(4)
ALPHABET = "会議都京東取り組む打合せ繰越サーバーﾃﾞ゛゜ＤＸdx二〇12,.・･ー〜-（）()〔㈱㍻㍿㋉🈴神𠮷 　、。\n\t"
TEXTS = st.text(ALPHABET, max_size=60) | st.text(max_size=20)


def slices(sentence: str) -> Iterator[str]:
    """Stretches of one to three words of *sentence*."""
    ends = [0, *(end for _, end in cut(sentence).words)]
    for i, start in enumerate(ends):
        for end in ends[i + 1 : i + 4]:
            if any(map(str.isalnum, sentence[start:end])):
                yield sentence[start:end]


CHOSEN = sorted({RANDOM.choice(list(slices(s)) or ["会議"]) for s in RANDOM.sample(SENTENCES, 60)})
ODD = [
    "カ゛ス",
    "ガス",
    "株式会社",
    "平成",
    "徳島県",
    "合意",
    "サーバー",
    "キロ",
    "DX",
    "待機児童",
    "デジタルデバイド",
    "取組",
]
PATTERNS = [*CHOSEN, *ODD]


@pytest.fixture(scope="module")
def filtered() -> dict[str, WordPattern]:
    """Patterns whose spellings have been read."""
    read_spellings(PATTERNS)
    return {pattern: WordPattern(pattern) for pattern in PATTERNS}


def unfiltered(pattern: str) -> WordPattern:
    """*pattern* without the filter: every sentence is cut."""
    made = WordPattern(pattern)
    made._literals = ()
    return made


@st.composite
def respelled(draw: st.DrawFn) -> tuple[str, str]:
    """A pattern, and a text that holds it in a spelling that Sudachi takes for the same."""
    pattern = draw(st.sampled_from(PATTERNS))
    text = pattern
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        way = draw(st.integers(0, 6))
        if way == 0:
            text = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
        elif way == 1:
            text = text[:at] + "（よみ）" + text[at:]
        elif way == 2:
            text = text.replace("ー", draw(st.sampled_from(["ーー", "〜〜", "ー-", "ｰｰ"])))
        elif way == 3:
            odd = draw(
                st.sampled_from(sorted(o for o, whole in spellings._odd_ones().items() if whole in text) or ["㈱"])
            )
            text = text.replace(spellings._odd_ones()[odd], odd, 1)
        elif way == 4:
            text = "".join(fold_back(c) for c in text)
        elif way == 5:
            text = text[:at] + draw(st.sampled_from(["・", " ", "　", "\n", "゛"])) + text[at:]
        else:
            text = text.upper()
    return pattern, f"次に{text}の件を伺う。\n{draw(st.sampled_from(SENTENCES))}"


def fold_back(character: str) -> str:
    """A voiced kana with its mark apart."""
    apart = {"ガ": "ｶﾞ", "デ": "ﾃﾞ", "バ": "ハ゛", "ジ": "シ\u3099", "ド": "ﾄ゛", "が": "か゛"}
    return apart.get(character, character)


@given(TEXTS.map(lambda text: text.replace("\n", " ")))
def test_units_are_a_graph_over_the_sentence(sentence: str) -> None:
    found = units(sentence)
    ends = {0} | {unit.end for unit in found}
    for unit in found:
        assert 0 <= unit.after <= unit.start < unit.end <= len(sentence)
        assert unit.after in ends
        assert not is_word(sentence[unit.after : unit.start])
    assert [end for _, end in cut(sentence).words] == sorted(end for _, end in cut(sentence).words)
    if sentence:
        assert cut(sentence).words[-1][1] == len(sentence)


@given(st.sampled_from(PATTERNS), TEXTS)
def test_matches_lie_in_the_text_in_order(pattern: str, text: str) -> None:
    found = unfiltered(pattern).find(text)
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert "\n" not in text[start:end]
    assert all(a[1] <= b[0] for a, b in pairwise(found))


@given(st.sampled_from(SENTENCES), st.data())
def test_a_sentence_is_found_by_its_words(sentence: str, data: st.DataObject) -> None:
    words = [unit for unit in units(sentence) if is_word(unit.form)]
    assume(words)
    assert WordPattern(sentence).find(sentence)[0][0] == min(unit.start for unit in units(sentence))
    unit = data.draw(st.sampled_from(words))
    assert WordPattern(unit.form).units


@given(respelled())
def test_what_is_found_is_in_the_index(case: tuple[str, str]) -> None:
    pattern, text = case
    made = unfiltered(pattern)
    if made.find(text):
        (listed,) = forms([text])
        assert any(way <= listed for way in made.forms)
        assert all(clause & listed for clause in made.clauses)


@given(TEXTS, st.sampled_from(SENTENCES))
def test_the_index_lists_the_form_of_every_unit(text: str, sentence: str) -> None:
    (listed,) = forms([text + sentence])
    for start, end in sentences(text + sentence):
        for unit in units((text + sentence)[start:end]):
            assert unit.form in listed or not any(map(str.isalnum, unit.form))


@given(respelled())
def test_the_filter_changes_nothing(filtered: dict[str, WordPattern], case: tuple[str, str]) -> None:
    pattern, text = case
    assert filtered[pattern].find(text) == unfiltered(pattern).find(text)


def test_the_filter_changes_nothing_in_the_corpus(filtered: dict[str, WordPattern]) -> None:
    text = "\n".join(SENTENCES)
    for pattern in PATTERNS:
        assert filtered[pattern].find(text) == unfiltered(pattern).find(text)


@given(respelled())
def test_a_text_that_matches_holds_what_is_needed(filtered: dict[str, WordPattern], case: tuple[str, str]) -> None:
    pattern, text = case
    if unfiltered(pattern).find(text):
        for clause in filtered[pattern].needs:
            assert any(literal in fold(text).text for literal in clause)
            assert any(key(literal) in key(text) for literal in clause)


def test_most_patterns_need_something(filtered: dict[str, WordPattern]) -> None:
    assert sum(bool(pattern.needs) for pattern in filtered.values()) > 0.9 * len(filtered)
