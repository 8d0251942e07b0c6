"""What a sentence says at its end: its predicate without politeness, hedges and final particles.

A sentence end is written as words in their plain form: 取り組んでまいりたいと考えております is 取り組む て まいる たい,
実施させていただきます is 実施 する, 考えておりません is 考える て いる ない, 行うのでしょうか is 行う の か.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from minutes_cli.lexicon.entries import KNOWN
from minutes_cli.lexicon.words import Cut
from minutes_cli.summarize.pattern_language import choices, expression, read
from minutes_cli.summarize.plain_words import TOKENS

__all__ = ["SEEN", "Tail", "before", "predicate", "start_of", "tail"]

#: Words that can stand behind the word that says what is done. Only these are looked at for politeness and hedges.
_BEHIND = frozenset(
    "だ だろう た か を もらう ね よ な わ の と も 、 思う 考える 存じる て いる ある いただく せる させる する "
    "申し上げる 願う ところ 次第 が し よう う に いう ふう この その たい いく まいる ない".split()
)
#: No more words than these are looked at; what stands before stays as it is.
_LONGEST = 16
#: Of the words before them, patterns see so many.
SEEN = 60


class _Behind(dict[int, bool]):
    """By the number of a word: whether it can stand behind what is done."""

    def __missing__(self, number: int) -> bool:
        self[number] = found = all(word.split("/")[0] in _BEHIND for word in TOKENS[number].split())
        return found


_IS_BEHIND = _Behind()


class _Heads(dict[int, str]):
    """By the number of a word: how the words behind it see it. All words that are no part of politeness look alike."""

    def __missing__(self, number: int) -> str:
        token = TOKENS[number]
        if not _IS_BEHIND[number]:
            pos = KNOWN[number].pos
            word = _STEM if pos[0] == "動詞" and pos[-1] == "連用形-一般" else ""
            token = " ".join([f"{word}/{found.rpartition('/')[2]}" for found in token.split(" ")[:-1]]) + " "
        self[number] = token
        return token


_STEM = "連用形"
_HEADS = _Heads()


class Tail(NamedTuple):
    """What is left of the words behind what is done, from the last to the first, each ``form/kind`` with a blank.

    ``places`` says for each how many words of the cut stand behind it. ``size`` words of the cut were looked at.
    """

    words: str
    places: tuple[int, ...]
    size: int


def predicate(cut: Cut) -> str:
    """The plain words of the sentence, from the first to the last, without what says nothing at its end."""
    end = tail(cut)
    words = (end.words + before(cut, end.size)).split()
    return " ".join([word.rpartition("/")[0] for word in reversed(words)])


def tail(cut: Cut) -> Tail:
    """What is left of the words behind what is done."""
    numbers: list[int] = []
    behind = _IS_BEHIND
    for number, _ in cut.words[: -_LONGEST - 1 : -1]:
        if not behind[number]:
            return _tail(tuple(numbers), _HEADS[number])
        numbers.append(number)
    return _tail(tuple(numbers), "")


def before(cut: Cut, size: int) -> str:
    """The plain words before the last *size*, from the last to the first."""
    words = cut.words
    first = len(words) - size - 1
    if first < 0:
        return ""
    tokens = TOKENS
    return "".join([tokens[number] for number, _ in words[first : first - SEEN if first >= SEEN else None : -1]])


@lru_cache(maxsize=1 << 14)  # most sentences end like others
def _tail(numbers: tuple[int, ...], head: str) -> Tail:
    """What is left of the words with these numbers, from the last to the first, behind a word like *head*."""
    words = "".join([_placed(TOKENS[number], i) for i, number in enumerate(numbers)]) + _placed(head, _HEAD)
    polite = any(KNOWN[number].form == "ます" for number in numbers[:4])  # 上がりますよ says so, and orders nothing
    if not polite and re.match(rf"よ/e\S {_STEM}/v", words):
        words = "せよ/x" + words[3:]  # 進めよ, where Sudachi does not see the imperative
    last = None
    while words != last:
        last = words
        for needed, rule in _rules():
            if any(word in words for word in needed):
                words = rule.sub(r"\1\2", words)
    found = [(word[:-1], ord(word[-1]) - _FIRST_PLACE) for word in words.split()]
    found = [(word, place) for word, place in found if place != _HEAD]
    return Tail("".join([f"{word} " for word, _ in found]), tuple([place for _, place in found]), len(numbers))


#: While words are dropped, a letter behind each says where it stood.
_FIRST_PLACE = 0x3400
_HEAD = 0xFF


def _placed(token: str, place: int) -> str:
    return token.replace(" ", chr(_FIRST_PLACE + place) + " ")


#: Words that do not begin what is shown: it begins with a word before them.
_DEPENDENT = frozenset(
    "する ある いる まいる いく くる おく いただく いただける もらう くださる ほしい ない "
    "こと の もの よう ところ 予定".split()
)


def start_of(cut: Cut, end: Tail, count: int) -> int:
    """Where in the sentence the last *count* words of a predicate begin.

    Widened to where their expression begins: to 取り組ん of でまいります, to お of 願いします.
    """
    behind = end.places[count - 1] if count <= len(end.places) else _skipped(cut, end.size, count - len(end.places))
    words = cut.words
    at = len(words) - 1 - behind
    while at > 0:
        word, _, kind = TOKENS[words[at][0]].strip().rpartition(" ")[2].partition("/")
        if word and (word == "、" or (word not in _DEPENDENT and kind not in ("x", "j", "c", "e", "b"))):
            break
        if TOKENS[words[at - 1][0]].startswith("、"):
            break
        at -= 1
    if at > 0 and TOKENS[words[at][0]].endswith("/v ") and _HEADS[words[at - 1][0]] == f"{_STEM}/v ":
        at -= 1  # 守り抜いて
    if at > 0 and KNOWN[words[at - 1][0]].form == "御":
        at -= 1
    return words[at - 1][1] if at > 0 else 0


def _skipped(cut: Cut, size: int, count: int) -> int:
    """How many words of the cut stand behind the one that is number *count* (from 1) of those in :func:`before`."""
    behind = size
    for number, _ in cut.words[len(cut.words) - size - 1 :: -1]:
        count -= TOKENS[number].count(" ")
        if count <= 0:
            break
        behind += 1
    return min(behind, len(cut.words) - 1)


class _Drop(NamedTuple):
    """Drop the words ``drop`` where they stand between others; ``end``: only where they end the sentence."""

    drop: str
    after: str = ""
    before: str = ""
    end: bool = False


#: What says nothing about what a sentence does, in plain words: politeness, stress, hedges.
_DROPPED = (
    _Drop("ある", after="だ"),  # でございます, であります
    _Drop("だ|だろう", before="か"),
    _Drop("か", after="か", end=True),
    _Drop("だ", after="<verb>|たい|ない|た|いい|よい|ほしい|よろしい|うれしい|ありがたい"),
    _Drop("せる|させる て いただく|もらう", after="<verb>"),  # 移らせていただきます
    _Drop("する|申し上げる", after="願う"),
    _Drop("を", after="願う", before="する|申し上げる"),
    _Drop("<particle>", end=True),
    _Drop("が|し (も)", end=True),
    _Drop("の だ", end=True),
    _Drop("次第 だ", end=True),
    _Drop("ところ だ", after="たい", end=True),
    _Drop("存じる|思う (ところ だ)", after="たい", end=True),  # いただきたく存じます
    _Drop(
        "(、) (と) (いう) (、) この|その|いう よう|ふう (、) だ|に (、) 思う|考える (て いる|ある) (ところ だ)",
        end=True,
    ),
    _Drop("(、) と (いう) (よう|ふう だ|に) (も) (、) 思う|考える|存じる (て いる|ある) (ところ だ)", end=True),
    _Drop("と (いう) 思い|考え だ", end=True),
)


@cache
def _rules() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """Expressions for what is dropped, each with words of which one must stand there, as a quick look shows."""
    return tuple([(_needed(rule), re.compile(_dropping(rule))) for rule in _DROPPED])


def _needed(rule: _Drop) -> tuple[str, ...]:
    words, kinds = choices(next(piece for piece in read(rule.drop) if isinstance(piece, str)))
    return (*[f"{word}/" for word in words], *[f"/{kind}" for kind in kinds])


def _dropping(rule: _Drop) -> str:
    start = "^" if rule.end else "(?<![^ ])"
    # のではないかと思います says nothing for sure: it stays
    doubt = r"(?!(?:な/\S+ )?か/)" if "と" in rule.drop else ""
    return f"{start}({expression(rule.before)}){expression(rule.drop)}{doubt}({expression(rule.after)})"
