"""The words of turns in Parquet: the very words of the CoNLL-U export, without an object for each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, document
from minutes_cli.export.token_array import token_array, token_field
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.lexicon.tokens import tokens

#: Kana and kanji, digits, blanks, what one character says in several words, a character of four bytes, line ends.
LETTERS = "会議を開きます。市長東京都食べた１２３ab ＡＢ　㋉㈱𠮷髙・「」（）？\n\ud83d"


def read(text: str) -> list[tuple[str, str, str]]:
    """What Sudachi says of *text*, asked word for word."""
    found = []
    for start, end in sentences(text):
        for word in tokens(text[start:end]):
            found.append((text[start + word.start : start + word.end], word.lemma, "-".join(word.pos)))
    return found


def stored(*texts: str) -> list[list[tuple[str, str, str]]]:
    array = token_array(texts)
    array.validate(full=True)
    assert array.type == token_field().type
    return [[(word["surface"], word["lemma"], word["pos"]) for word in words] for words in array.to_pylist()]


def test_words_of_all_records_are_those_of_other_exports():
    texts = [turn.text for name in NAMES for turn in document(name).turns]
    for text, words in zip(texts, stored(*texts), strict=True):
        plain = [word for word in words if not word[0].isspace()]
        assert [word for word, _, _ in plain] == [word for word, _, _ in read(text)]
    assert sum(map(len, stored(*texts))) > 1000


def test_a_word_has_its_lemma_and_its_part_of_speech():
    assert stored("予算を食べました。") == [
        [
            ("予算", "予算", "名詞-普通名詞-一般-*-*-*"),
            ("を", "を", "助詞-格助詞-*-*-*-*"),
            ("食べ", "食べる", "動詞-一般-*-*-下一段-バ行-連用形-一般"),
            ("まし", "ます", "助動詞-*-*-*-助動詞-マス-連用形-一般"),
            ("た", "た", "助動詞-*-*-*-助動詞-タ-終止形-一般"),
            ("。", "。", "補助記号-句点-*-*-*-*"),
        ]
    ]


def test_words_that_no_dictionary_has_are_told_apart():
    first, second = stored("ゴジョッパルとドゥルルンと９８７６５です。", "ドゥルルンと９８７６５とゴジョッパルです。")
    assert ("ゴジョッパル", "ゴジョッパル") in [word[:2] for word in first]
    assert sorted(first[:5]) == sorted(second[:5])


@given(st.lists(st.text(LETTERS, max_size=30), max_size=4))
def test_surfaces_are_the_text_but_for_blanks_between_sentences(texts):
    for text, words in zip(texts, stored(*texts), strict=True):
        said = "".join(text[start:end] for start, end in sentences(text)).replace("\ud83d", "〓")
        assert "".join(word[0] for word in words) == said


def test_no_texts_and_empty_ones():
    assert stored() == []
    assert stored("", "はい。", "") == [[], stored("はい。")[0], []]


def test_a_long_sentence_is_cut_in_pieces():
    (words,) = stored("会議" * 3000)
    assert "".join(word[0] for word in words) == "会議" * 3000
