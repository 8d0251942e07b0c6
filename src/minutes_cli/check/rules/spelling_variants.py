"""M701: one word spelt in two ways."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.people import one_form
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.model import Safety, Span
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import PassageKind
from minutes_cli.patterns import lazy

_SAID = (PassageKind.SPEECH, PassageKind.TEXT, PassageKind.ITEM)
_INFLECTED = ("動詞", "形容詞")
_SORTS = ("名詞", "動詞", "形容詞", "形状詞", "副詞")
_NO_WORDS = frozenset(("数詞", "固有名詞", "非自立可能", "助動詞語幹"))
_KANJI = lazy(r"[一-龥々]")
_KATAKANA = lazy(r"[ァ-ヺー・]+")
_SURROGATE = lazy(r"[\ud800-\udfff]")
_BRACKET = lazy(r"[（(]")
#: Half-width and decomposed kana have rules of their own.
_DAMAGED = lazy("[\uff61-\uff9f\u3099\u309a]")
_LATIN = lazy(r"[A-Za-z]")
_STEM_ENDINGS = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))
#: What makes a noun polite, spelt as the house has it.
_POLITE = ("御", "ご", "お")
#: What a verb or an adjective ends in: 取り組む and 取組む differ before it, 行う and 行なう are left alone.
_ENDING = lazy(r"[ぁ-ゖ]+$")


class _Place(NamedTuple):
    """A word of the record: how it is spelt, and where."""

    spelt: str
    span: Span


def _find(subject: Subject) -> Iterator[Flaw]:
    words: dict[tuple[str, str], list[_Place]] = {}
    for key, place in _words(subject):
        words.setdefault(key, []).append(place)
    for places in words.values():
        counts = Counter(place.spelt for place in places)
        if len(counts) < 2:
            continue
        often = max(counts, key=lambda spelt: counts[spelt])  # the first of two that stand equally often
        line = subject.source.place(next(place.span.start for place in places if place.spelt == often)).line
        for spelt, span in places:
            if spelt != often and _same_word(spelt, often):
                yield _flaw(subject, span, spelt, often, f"{often} {_times(counts[often])} (line {line})")


def _flaw(subject: Subject, span: Span, spelt: str, often: str, elsewhere: str) -> Flaw:
    message = f"{spelt} is spelt {elsewhere}; write the word in one way"
    if subject.text[span.start : span.end] != spelt:  # a line ends inside it, or it was corrected
        return Flaw(span, message)
    reason = f"{often} elsewhere in the record"
    return Flaw(span, message, subject.replaced(span, often, "spelling-variants", reason, Safety.ASK))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _words(subject: Subject) -> Iterator[tuple[tuple[str, str], _Place]]:
    """The words of all that is said: form and sort, with how and where they are spelt."""
    from minutes_cli.lexicon.words import cut

    for passage in searchable(subject.document).passages:
        if passage.kind not in _SAID:
            continue
        text = _SURROGATE.sub("\ufffd", passage.text)  # Sudachi takes none
        for first, last in sentences(text):
            morphemes = cut(text[first:last]).morphemes()
            for (start, end, form, pos), behind in zip_longest(morphemes, morphemes[1:]):
                spelt, sort = text[first + start : first + end], pos[0]
                if spelt in _POLITE and sort == "接頭辞" and behind is not None and behind.pos[0] == "名詞":
                    end, form, sort = behind.end, "御" + behind.form, "名詞"  # 御意見, ご意見
                    spelt = text[first + start : first + end]
                elif end - start < 2 or not _is_word(pos):
                    continue
                if _DAMAGED.search(spelt):
                    continue
                if sort == "動詞" and pos[5] == "連用形-一般":
                    if behind is None or behind.pos[0] == "補助記号":
                        continue  # 引下げ、: nothing tells the noun from the verb
                    if _shows_noun(behind.pos):
                        form, sort = _noun(form, pos[4]), "名詞"
                if sort in _INFLECTED:
                    spelt = _ENDING.sub("", spelt)
                if _stands_alone(text, first + start, first + start + len(spelt), spelt):
                    span = passage.span(first + start, first + start + len(spelt))
                    yield (form, sort), _Place(spelt, span)


def _is_word(pos: tuple[str, ...]) -> bool:
    """Whether words of this sort are compared: nouns, verbs, adjectives and adverbs; no names and figures."""
    return pos[0] in _SORTS and _NO_WORDS.isdisjoint(pos[1:3])


def _shows_noun(pos: tuple[str, ...]) -> bool:
    """Whether a verb's form before a word of this sort is a noun: 引下げを, 引下げ等, but not 引き下げて."""
    if pos[0] == "助動詞":
        return pos[4] in ("助動詞-ダ", "助動詞-デス")
    return pos[0] in ("名詞", "接尾辞") or (pos[0] == "助詞" and pos[1] in ("格助詞", "係助詞", "副助詞"))


def _noun(verb: str, conjugation: str) -> str:
    """The noun made from a verb: 引き下げ of 引き下げる, 取り組み of 取り組む."""
    if "一段" in conjugation:
        return verb[:-1]
    return verb[:-1] + _STEM_ENDINGS.get(verb[-1:], verb[-1:])


def _stands_alone(text: str, start: int, end: int, spelt: str) -> bool:
    """Whether the word is no part of a compound, which may be a name with a spelling of its own: 取扱要領."""
    if _BRACKET.search(spelt):  # a word and its reading
        return False
    if not _KANJI.search(spelt):
        return bool(spelt)
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return len(spelt) > 1 and not _KANJI.search(around)


@lru_cache(maxsize=4096)
def _same_word(one: str, other: str) -> bool:
    """Whether two spellings of one form differ in what one writer does one way: okurigana, ー, width, 子ども for 子供.

    A word in kana alone beside one in kanji is left alone: 時 and とき, 事 and こと are chosen by what they mean.
    """
    a, b = unicodedata.normalize("NFKC", one), unicodedata.normalize("NFKC", other)
    if a.casefold() == b.casefold():
        # The and the, NAME and name are written for their place in the sentence; Ｗｅｂ and Web, WEB and Web are not.
        return a == b or (bool(_LATIN.search(a)) and not (a.islower() or b.islower()))
    if _KATAKANA.fullmatch(a) and _KATAKANA.fullmatch(b):
        return True
    kanji, others = (one_form("".join(_KANJI.findall(word))) for word in (a, b))
    short, long = sorted((kanji, others), key=len)
    return bool(short) and _in_order(short, long)


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


_RECORD = """令和６年第１回あおば町議会定例会会議録
令和６年３月４日（月曜日）
○議長（山田太郎君）　ただいまから会議を開きます。
○町長（佐藤花子君）　子育ての取組を進めます。サーバーを新しくし、子供を守ります。
○１番（鈴木一郎君）　{}
○町長（佐藤花子君）　これまでの取組を続け、サーバーを守り、子供を支えます。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "One word is written in two ways in one record: 取組 and 取り組み, サーバ and サーバー, 子供 and 子ども, "
        "Ｗｅｂ and Web. The rarer spelling is reported wherever it stands, with the commoner one as a fix that is "
        "never applied unasked. Choose one way for all records. "
        "Left alone are words in kana alone beside words in kanji (とき and 時, ほか and 他), which mean different "
        "things; names and figures; and parts of compounds, which may be names: 取扱要領. "
        "A verb and the noun made from it are two words: 取り組む beside 取組 is what the official style asks for. "
        "The rule reads all text as words, about 1 MB a second."
    ),
    must=(
        Example(_RECORD.format("その取り組みを伺います。"), (5,)),
        Example(_RECORD.format("サーバの値段と子どもの数を伺います。"), (5,)),
    ),
    must_not=(
        Example(_RECORD.format("これまで取り組まれた時のことを伺います。いまのときはどうですか。")),
        Example(_RECORD.format("子ども家庭課の取組要領を伺います。")),
    ),
)
