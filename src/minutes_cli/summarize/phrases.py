"""Noun phrases: runs of nouns with their prefixes and suffixes, compounds joined (子ども医療費助成, 伴走型支援).

Every word of the dictionary has a letter that says what it is to a phrase, and a phrase is what a regular expression
over these letters finds. The letter of a word is worked out once.
"""

from __future__ import annotations

import unicodedata

from minutes_cli.lexicon.entries import JOINTS, KNOWN, Entry
from minutes_cli.lexicon.words import Cut
from minutes_cli.patterns import lazy
from minutes_cli.summarize.phrase_words import (
    APART,
    DETERMINERS,
    GENERAL,
    LIGHT,
    LOOSE_SUFFIXES,
    TITLES,
    TOPICS,
    VERB_NOUNS,
    VERBAL,
)

__all__ = ["folded", "phrases"]

# The letters:
#   n  a noun; s  one that する makes a verb; a  one that な makes an adjective; c  one that is counted: behind a number
#      it is a measure; r  a person's name; t  a title; l  a place; g  one that says too little (状況), q  one that says
#      too little alone (予算)
#   v  a verb's stem that is also a noun (貸し出し); V  one that says too little alone
#   u  a noun that is also an adverb, a letter: only before another noun (放課後児童, B型); A  an adjective (重要課題)
#   p  a prefix; x  a suffix; y  a suffix that ends no phrase; T  的
#   d  a number; h  御; m  する and its like; k  な; w  what shows that a verb's stem before it is a noun
#   B  a blank; J  a mark that may join; b, j  those that do; o  all else
_NOUN = r"(?:[nsaglqrt]|(?<!d)c|[vV](?=[xywb]|$))"
_HEAD = "[pAuvV]{0,9}"  # a limit, lest many in a row be looked at again and again
_UNIT = rf"{_HEAD}{_NOUN}x*"
_RUN = lazy(rf"h{_HEAD}[nsaglqrtcvV][xy]*|({_UNIT}(?:[yTd]*[bj]?{_UNIT})*)")
#: A phrase of these alone is about nothing, save where a q has one of the second kind beside it.
_WEAK = "gqVupxyTAdbjtr"
_BESIDE = "qgVr"
_NOUN_CLASSES = {"助数詞可能": "c", "副詞可能": "u", "サ変可能": "s", "サ変形状詞可能": "s", "形状詞可能": "a"}
#: Words that only say which or how many of them: 各市, 何度.
_EACH = ("各", "何")
#: Places that are hardly meant: 十人, 十七条.
_COUNTED = lazy(r"[一二三四五六七八九十百千]+[人条名号項日月年番区町]")
_ADDRESS = lazy(r"(?:https?://|www\.)[!-~]+|[0-9A-Za-z._-]+@[0-9A-Za-z._-]+")
_WIDE = lazy(r"[！-～\s]|[･-ﾟ]+")
_HEAD_OF_UNIT = lazy(r"(?:部|局|課|室|庁|署|係|所|館|園|校|院|センター|委員会|協議会|分科会)長$")
#: Titles that many people have: with other words before them they are a kind of people.
_MEMBERS = ("議員", "委員", "理事", "代表", "社長", "校長", "園長", "先生")


class _Letters(dict[int, str]):
    """The letter of each word by its number, worked out when it is first met."""

    def __missing__(self, number: int) -> str:
        entry = KNOWN[number]
        self[number] = letter = _letter(entry.form, entry.pos, entry)
        return letter


_LETTERS = _Letters()


def phrases(cut: Cut) -> list[tuple[int, int, str]]:
    """The noun phrases of a sentence, longest runs only: start and end in it, and the text between as :func:`folded`.

    Not among them: nouns that only carry a clause (こと), times, numbers and what they count, courtesies (ご協力),
    words of procedure (議題), people by name or title, nouns that are verbs or adjectives here (支援する, 安全な), web
    addresses. None begins or ends with such words, save those that say something beside others (予算編成方針).
    """
    words = cut.words
    letters = "".join([_LETTERS[number] for number, _ in words])
    if "J" in letters or "B" in letters:
        letters = _joined(letters, cut)
    sentence = cut.sentence
    if "://" in sentence or "www." in sentence or "@" in sentence:
        letters = _without_addresses(letters, cut)
    narrow = _WIDE.search(sentence) is None
    found = []
    for match in _RUN.finditer(letters):
        low, high = match.span(1)
        if low < 0:
            continue
        following = letters[high : high + 1]
        if following and following in "TA":
            high = low + len(_without_last(letters[low:high]))
        run = letters[low:high]
        if not (run.strip(_WEAK) or ("q" in run and sum(map(run.count, _BESIDE)) > 1)):
            continue  # it says nothing
        if high - low == 1 and (following == "m" or letters[low - 1 : low] == "d"):
            continue  # 支援する, 3世帯
        if following == "k" and run[-1] == "a":
            continue
        start, end = words[low - 1][1] if low else 0, words[high - 1][1]
        if end - start == 1 and sentence[start:end] not in TOPICS:
            continue
        form = sentence[start:end] if narrow else folded(sentence[start:end])
        if form and not _is_office(run, form):
            found.append((start, end, form))
    return found


def folded(text: str) -> str:
    """*text* without blanks, Latin letters and digits half as wide, kana full width."""
    if text.isascii():
        return "".join(text.split())
    return _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match.group()).strip(), text)


def _without_last(run: str) -> str:
    """*run* without its last noun, of which what follows makes an adjective: 社会 before 的, 利用 before 可能."""
    return run.rstrip("x")[:-1].rstrip("pAuyTdbj")


def _is_office(run: str, form: str) -> bool:
    """Whether a phrase names somebody by their office: 東村山市長, 総務部長, but not 若手議員."""
    if run[-1] == "t":
        return not form.endswith(_MEMBERS) or not run[:-1].strip("lr")
    return form[-1] == "長" and _HEAD_OF_UNIT.search(form) is not None


def _without_addresses(letters: str, cut: Cut) -> str:
    """*letters* with those of web and mail addresses made o."""
    spans = [match.span() for match in _ADDRESS.finditer(cut.sentence)]
    ends = [end for _, end in cut.words]
    return "".join(
        "o" if any(low < end and start < high for low, high in spans) else letter
        for letter, start, end in zip(letters, (0, *ends), ends, strict=False)
    )


def _joined(letters: str, cut: Cut) -> str:
    """*letters* with those blanks and marks told apart that join their neighbours.

    A mark joins katakana (デジタル・デバイド), a hyphen Latin letters too (Wi-Fi), a blank a Latin and a Japanese word
    (DX 推進).
    """
    sentence, found, start = cut.sentence, list(letters), 0
    for i, (_, end) in enumerate(cut.words):
        if found[i] in "JB":
            before, behind = sentence[start - 1 : start], sentence[end : end + 1]
            if found[i] == "J":
                joins = (_is_katakana(before) and _is_katakana(behind)) or (
                    sentence[start:end] in "-‐" and _is_latin(before) and _is_latin(behind)
                )
                found[i] = "j" if joins else "o"
            else:
                joins = (
                    sentence[start:end] == " "
                    and _is_latin(before) != _is_latin(behind)
                    and before.isalpha()
                    and behind.isalpha()
                )
                found[i] = "b" if joins else "w"
        start = end
    return "".join(found)


def _is_katakana(character: str) -> bool:
    return "ァ" <= character <= "ヺ" or character == "ー" or "ｦ" <= character <= "ﾟ"


def _is_latin(character: str) -> bool:
    return "A" <= character <= "z" or "Ａ" <= character <= "ｚ"


def _letter(form: str, pos: tuple[str, ...], entry: Entry) -> str:
    """What a word is to a phrase: one of the letters above."""
    kind = pos[0]
    if form in JOINTS:
        return "J"
    if kind == "名詞":
        return _noun(form, pos)
    if kind == "接尾辞":
        return _suffix(form, pos)
    if kind == "接頭辞":
        return "h" if form == "御" else "o" if form in DETERMINERS else "p"
    if kind == "動詞":
        if form in VERBAL:
            return "m"
        if form in VERB_NOUNS and pos[5].startswith("連用形"):
            return "v"
        if not entry.nouns or pos[1] != "一般" or form in APART:
            return "o"
        return "V" if form in GENERAL else "v"
    if kind == "形状詞":
        return "A" if pos[1] == "一般" else "o"
    if kind == "助動詞" and pos[4] == "助動詞-ダ" and form == "だ" and pos[5] in ("連体形-一般", "連用形-ニ"):
        return "k"
    if kind == "記号" and pos[1] == "文字":
        return "u"
    if entry.blank:
        return "B"
    return "w" if entry.shows_noun else "o"


def _noun(form: str, pos: tuple[str, ...]) -> str:
    if pos[1] == "数詞":
        return "d"
    if pos[1] == "助動詞語幹" or form in APART:
        return "o"
    if form in TITLES:
        return "t"
    if form in GENERAL:
        return "g"
    if form in LIGHT:
        return "q"
    if form.endswith("的"):
        return "A"
    if pos[2] == "人名":
        return "r"
    if pos[2] == "地名":
        return "o" if _COUNTED.fullmatch(form) else "l"
    if form.startswith(_EACH):
        return "o"
    return _NOUN_CLASSES.get(pos[2], "n")


def _suffix(form: str, pos: tuple[str, ...]) -> str:
    if pos[1] == "形状詞的":
        return "T" if form == "的" else "o"
    if pos[1] != "名詞的" or form == "共":
        return "o"
    return "y" if form in LOOSE_SUFFIXES or pos[2] in ("副詞可能", "助数詞") else "x"
