"""Folding: places lead back, keys are a homomorphism, patterns match folded text as they match the plain one."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.lexicon.folding import fold, fold_pattern, key, variants

PIECES = st.sampled_from(
    [
        *"aAzＺｄＤ０9（(）)＋－！　 、。ー・ガかがぱﾊカｶﾞﾟ｡｢Éß⑳㈱漢字",
        "か\u3099",
        "ハ\u309a",
        "ｶﾞ",
        "\u3099",
        "\n",
        "İ",
        "Σ",
    ]
)
TEXTS = st.lists(PIECES | st.characters(), max_size=30).map("".join)


@given(TEXTS)
def test_offsets_lead_back_to_what_folds_to_the_same(text: str) -> None:
    folded, offsets = fold(text)
    if offsets is None:
        assert len(folded) == len(text)
        return
    assert len(offsets) == len(folded) + 1
    assert offsets[0] == 0 and offsets[-1] == len(text)
    assert all(a < b for a, b in pairwise(offsets))
    for i, character in enumerate(folded):
        assert fold(text[offsets[i] : offsets[i + 1]]).text == character


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@given(TEXTS)
def test_case_width_and_composition_make_no_difference(text: str) -> None:
    kana = "".join(c for c in text if "ぁ" <= c <= "ヾ")
    assert fold(unicodedata.normalize("NFD", kana)).text == fold(unicodedata.normalize("NFC", kana)).text
    letters = "".join(c for c in text if "!" <= c <= "~")
    wide = "".join(chr(ord(c) + 0xFEE0) for c in letters)
    assert fold(wide).text == fold(letters).text == letters.lower()


@given(TEXTS, TEXTS)
def test_key_is_a_homomorphism_and_coarser_than_folding(a: str, b: str) -> None:
    assert key(a + b) == key(a) + key(b)
    assert key(fold(a).text) == key(a)
    assert key("") == ""


@given(TEXTS, st.data())
def test_what_stands_in_a_folded_text_has_its_key_in_the_key(text: str, data: st.DataObject) -> None:
    folded = fold(text).text
    start = data.draw(st.integers(0, len(folded)))
    assert key(folded[start : start + 4]) in key(text)


def test_variants_are_all_that_folds_to_a_character() -> None:
    for code in [*range(0xD800), *range(0xE000, 0x10000), 0x10400, 0x1E900]:
        folded = fold(chr(code)).text
        assert chr(code) in variants(folded), hex(code)
    for base in map(chr, range(0x3041, 0x30FF)):
        for mark in "\u3099\u309aﾞﾟ":
            if len(folded := fold(base + mark).text) == 1:
                assert base + mark in variants(folded)
    assert {"ガ", "ｶﾞ", "カ\u3099"} <= set(variants("ガ"))


@given(TEXTS, st.data())
def test_a_folded_pattern_of_a_literal_matches_where_the_folded_literal_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    literal = text[start : start + data.draw(st.integers(0, 5))]
    folded = fold(text).text
    pattern = fold_pattern(re.escape(literal))
    wanted = fold(literal).text
    assert bool(re.search(pattern, folded)) == (wanted in folded)


@given(st.lists(PIECES.filter(lambda p: len(p) == 1 and p not in "\u3099ﾞﾟ\n"), min_size=1, max_size=6), TEXTS)
def test_a_folded_class_holds_what_its_characters_fold_to(members: list[str], text: str) -> None:
    pattern = "[" + "".join(map(re.escape, members)) + "]"
    for character in text:
        if re.fullmatch(pattern, character):
            assert re.fullmatch(fold_pattern(pattern), fold(character).text)
