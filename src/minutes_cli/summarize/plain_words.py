"""Words in a plain form: one spelling, no politeness, a letter for the part of speech.

What means the same at the end of a sentence is one word here: いたす and する, おる and いる, お願い and 願い.
"""

from __future__ import annotations

from minutes_cli.lexicon.entries import KNOWN

__all__ = ["TOKENS"]

#: How Sudachi's normalized forms are written here, where that differs. What means the same to us is one word.
_SPELLED = {
    "為る": "する",
    "致す": "する",
    "御座る": "ある",
    "出来る": "できる",
    "居る": "いる",
    "おる": "いる",
    "有る": "ある",
    "参る": "まいる",
    "行く": "いく",
    "来る": "くる",
    "頂く": "いただく",
    "戴く": "いただく",
    "頂ける": "いただける",
    "下さる": "くださる",
    "貰う": "もらう",
    "貰える": "もらえる",
    "呉れる": "くれる",
    "遣る": "やる",
    "置く": "おく",
    "願い": "願う",
    "伺い": "伺う",
    "欲しい": "ほしい",
    "宜しい": "よろしい",
    "宜しく": "よろしく",
    "無い": "ない",
    "無し": "なし",
    "ず": "ない",
    "ぬ": "ない",
    "べし": "べき",
    "有り難う": "ありがとう",
    "有り難い": "ありがたい",
    "嬉しい": "うれしい",
    "如何": "いかが",
    "事": "こと",
    "所": "ところ",
    "言う": "いう",
    "風": "ふう",
    "成る": "なる",
    "為さる": "なさる",
    "其の": "その",
    "此の": "この",
    "働き掛け": "働きかけ",
    "働き掛ける": "働きかける",
    "聴く": "聞く",
    "見る": "みる",
    "時": "とき",
    "其れ": "それ",
    "此れ": "これ",
    "物": "もの",
    "訳": "わけ",
    "為": "ため",
    "程": "ほど",
    "通り": "とおり",
    "是非": "ぜひ",
    "兼ねる": "かねる",
    "然様": "さよう",
    "何卒": "何とぞ",
    "付く": "つく",
    "就く": "つく",
    "です": "だ",
    "けれど": "が",
    "けれども": "が",
    "けど": "が",
}


def _kind(pos: tuple[str, ...], form: str) -> str:
    """The letter for a part of speech."""
    first, second = pos[0], pos[1]
    if first == "名詞":
        if second == "数詞":
            return "d"
        if second == "固有名詞":
            return "p"
        return "s" if pos[2] == "サ変可能" and form not in ("もの", "こと") else "n"
    if first == "助詞":
        return "e" if second == "終助詞" and form != "か" else "c" if second == "接続助詞" else "j"
    if first == "補助記号" or first == "空白":
        return "m"
    return _LETTERS.get(first, "o")


_LETTERS = {"動詞": "v", "形容詞": "a", "形状詞": "k", "代名詞": "r", "助動詞": "x", "接尾辞": "b"}


def _plain(form: str) -> str:
    """How a normalized form is written here: without the polite 御, and without the signs that structure patterns."""
    form = _SPELLED.get(form, form)
    if form.startswith("御") and form not in ("御", "御所", "御中", "御者", "御用"):
        form = form[1:]
        form = _SPELLED.get(form, form)
    return form.replace(" ", "").replace("/", "")


class _Tokens(dict[int, str]):
    """By the number of a word in the dictionary: ``form/kind `` with a blank behind; empty for what never counts."""

    def __missing__(self, number: int) -> str:
        entry = KNOWN[number]
        pos = entry.pos
        form = _plain(entry.form)
        kind = _kind(pos, form)
        if form in ("御", "ます"):
            token = "う/x " if pos[-1] == "意志推量形" else ""
        elif kind == "m":
            token = "か/q " if form in ("?", "？") else f"{form}/m " if form in ("、", "」", "』", "…") else ""
        else:
            if form in ("て", "で") and kind == "c":
                form = "て"
            token = f"{form}/{kind} "
            if pos[-1] == "命令形" and form not in ("くださる", "なさる"):
                token = f"せよ/x {token}"  # words stand from the last to the first
            elif pos[-1] == "意志推量形":
                token = "だろう/x " if form == "だ" else f"う/x {token}"
        self[number] = token
        return token


#: Every word met so far. Reading a number that is not there finds the word in the dictionary.
TOKENS = _Tokens()
