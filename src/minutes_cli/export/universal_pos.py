"""Parts of speech of UniDic as those of Universal Dependencies.

The table is that of UD Japanese GSD (Asahara et al. 2018, "Universal Dependencies Version 2 for Japanese"; also the
tag map of spaCy's Japanese models) as far as the part of speech alone decides. Where GSD looks at the neighbours, the
row says what is commoner: サ変 nouns stay NOUN before する, and verbs that may be auxiliaries are AUX only behind て.
"""

from __future__ import annotations

__all__ = ["universal_pos"]

#: The longest beginning of a tag that stands here decides.
_TABLE = {
    "名詞-普通名詞": "NOUN",
    "名詞-固有名詞": "PROPN",
    "名詞-数詞": "NUM",
    "名詞-助動詞語幹": "AUX",
    "名詞": "NOUN",
    "代名詞": "PRON",
    "動詞": "VERB",
    "形容詞": "ADJ",
    "形状詞": "ADJ",
    "形状詞-助動詞語幹": "AUX",
    "副詞": "ADV",
    "連体詞": "DET",
    "接続詞": "CCONJ",
    "感動詞": "INTJ",
    "助詞-格助詞": "ADP",
    "助詞-係助詞": "ADP",
    "助詞-副助詞": "ADP",
    "助詞-接続助詞": "SCONJ",
    "助詞-準体助詞": "SCONJ",
    "助詞-終助詞": "PART",
    "助詞": "PART",
    "助動詞": "AUX",
    "接頭辞": "NOUN",
    "接尾辞-名詞的": "NOUN",
    "接尾辞": "PART",
    "記号": "NOUN",
    "補助記号": "PUNCT",
    "補助記号-一般": "SYM",
    "補助記号-ＡＡ-一般": "SYM",
}


def universal_pos(pos: tuple[str, ...], before: tuple[str, ...] = ()) -> str:
    """The universal part of speech of a word with the tag *pos*; *before* is the tag of the word before it."""
    if pos[:2] == ("動詞", "非自立可能") and before[:2] == ("助詞", "接続助詞"):
        return "AUX"
    for size in (3, 2, 1):
        if (found := _TABLE.get("-".join(pos[:size]))) is not None:
            return found
    return "X"
