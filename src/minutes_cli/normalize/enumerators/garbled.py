"""What may be a garbled head of a list item: what it looks like, and what is none although it looks like one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from minutes_cli.lexicon.numerals import to_int
from minutes_cli.normalize.enumerators.forms import LINE, Family
from minutes_cli.patterns import lazy

_ALIKE = {
    "1": "lIi|!Ｉｌ｜！丨",
    "0": "OoQＯｏ〇○◯",
    "2": "ZzＺｚ乙",
    "4": "AＡ",
    "5": "SsＳ",
    "6": "bG",
    "7": "T",
    "8": "BＢ",
    "9": "qg",
}
#: Look-alikes of digits, and what each may have been.
ARABIC = {sign: digit for digit, signs in _ALIKE.items() for sign in signs}
#: Look-alikes that are taken for digits only in brackets, where no kanji number stands.
_IN_BRACKETS = {"ア": "7", "ワ": "7", "フ": "7", "ヨ": "3", "ミ": "3", "ろ": "3", "る": "3", "て": "7", "ら": "5"}
#: Look-alikes of kanji numerals.
KANJI = {**dict.fromkeys("ー―－─", "一"), "ニ": "二", "ミ": "三", "ハ": "八", "＋": "十", "†": "十"}
#: Kanji whose left half may have been an opening bracket: 住) for (1), 他) for (2).
_LEFT_HALF = frozenset("住他仕付仲伍什仁化仏似何位但倒俺侶傷伯任仙伝休伐伏佐作併依侍供侮便促俗保信修偏停健偽傍傑催債")
#: Abbreviations (注、例、株 …), signs that count or stand opposite each other, and last characters of what is often
#: put in brackets and may be wrapped before the closing one (会、員、年 …): never a garbled head.
_NEVER = frozenset(
    "注例株有社財公独学福医宗農合資特備参問答質案仮写宛再続完了終訳著絵図表別略詳内外上下中前後左右新旧男女大小正副甲乙丙丁"
    "会員年月日時分秒円人名件号条項章節等回第市町村区県都道府国部課局室院所長者度期議書含む込除く計億万千百十一二三四五六七八九〇"
)
#: What a number without its closing bracket may count: （５番, (3年.
_COUNTED = frozenset("年月日時分秒円人名件番回条項号款目歳階割倍％%,.．，/:：~～-－")
#: Letters that count and words that stand opposite each other: two of a row in a record are a series of their own.
_SERIES = (
    *("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ａｂｃｄｅｆｇｈｉｊｋ", "ＡＢＣＤＥＦＧＨＩＪＫ"),
    *("アイウエオカキクケコサシスセソ", "ｱｲｳｴｵｶｷｸｹｺ", "あいうえおかきくけこ", "イロハニホヘト", "いろはにほへと"),
    *("QA", "ＱＡ", "戊己庚辛", "天地人", "朝昼夕夜", "春夏秋冬", "賛否", "主従", "日月火水木金土", "東西南北"),
)
_ROMAN = (("I", "II", "III"), ("i", "ii", "iii"), ("Ｉ", "ＩＩ", "ＩＩＩ"), ("l", "ll", "lll"))
_NEXT_TO: dict[str, set[str]] = defaultdict(set)
for _one, _other in (pair for series in (*_SERIES, *_ROMAN) for pair in pairwise(series)):
    _NEXT_TO[_one].add(_other)
    _NEXT_TO[_other].add(_one)
#: Brackets that are a pair of their own, not garbled round ones.
_PAIRS = frozenset(("{}", "｛｝", "〔〕", "［］", "[]", "＜＞"))

_LATIN = "A-Za-zＡ-Ｚａ-ｚ|｜!！"
_DIGIT = "lIiｌＩOoQＯｏ〇○◯ZzＺｚSsＳbGBＢqg"
_DASH = "ー―－─ニミハ＋†"
_OPENING, _CLOSING = r"{｛〔［\[＜", r")）}｝〕］\]>＞"
#: Tried at every line of every record, so it only looks at the first characters and is kept quick.
_ODD = lazy(
    LINE
    + rf"(?:[^、][)）]|[{_LATIN}]{{1,2}}[^{_LATIN}]|\d[{_LATIN}〇○◯]|[@＠©®]"
    + rf"|[（(](?!\d{{1,2}}[)）])(?:[{_LATIN}\d①-⑳]|.[)）])|[{_OPENING}][{_LATIN}\d]{{1,2}}[{_CLOSING}]"
    + rf"|[{_DASH}十][ 　\t、．{_DASH}]|[一二三四五六七八九][{_DASH}])"
)
_ITEM = r"(?=[^\W\d_]|[「（(『])"  # what an item begins with: a word
_GARBLED = lazy(
    LINE
    + rf"""(?:
    (?P<sign>[^\s\d（()）「」『』〔〕【】、。・…：:][)）])  # 住)
  | (?P<signs>(?!\d\d)[{_LATIN}\d]{{2}}[)）])  # lO)
  | (?P<inside>[（(](?!\d+[)）])[^\s（()）、。]{{1,3}}[)）])  # (l)
  | (?P<brackets>(?![（(]\d{{1,2}}[)）])[（({_OPENING}CcＣ][{_LATIN}\d]{{1,2}}[{_CLOSING}])  # {{5)
  | (?P<open>[（(](?:[{_LATIN}]{{1,2}}|\d{{1,2}})(?![{_LATIN}\d{_CLOSING}]))  # (D
  | (?P<both>[CcＣ][DＤ](?![{_LATIN}\d]))  # CD
  | (?P<ring>[@＠©®](?![a-z\d_]))  # @ for ②
  | (?P<number>(?!\d+[\s.．、，])(?:[\d{_DIGIT}]{{1,2}}|\d[|｜!！]|[!！]|[|｜](?![^\n]*[|｜])))
    (?P<stop>[ 　\t]++|[.．](?!\d)|[、，](?!\d))[ 　\t]*+{_ITEM}
  | (?P<kanji>[一二三四五六七八九十]?[{_DASH}][一二三四五六七八九{_DASH}]?)(?:[ 　\t]++|[．、，][ 　\t]*+){_ITEM}
    )""",
    re.VERBOSE,
)
_LETTER = lazy(LINE + r"(?P<open>[（(]?)(?P<letter>[^\W\d_]{1,3})(?P<close>[)）.．、]|[ 　])")


class Shape(StrEnum):
    """How much a garbled head shows by itself."""

    READ = "it looks like the number"  # only the numbers in ``reads`` can be meant
    LEFT = "a bracket and a digit have run together"
    FREE = "it cannot be read"


class Garbled(NamedTuple):
    """What may be a garbled head at ``text[start:end]``, of one of *families*."""

    start: int
    end: int
    families: tuple[Family, ...]
    shape: Shape
    reads: frozenset[int] = frozenset()
    closed: bool = True  # False: the closing bracket is lost too, and a blank may stand in its place

    @property
    def tells(self) -> bool:
        """Whether the sign alone says which number it is: a digit and both brackets, of which one is spoilt."""
        return self.shape is Shape.READ and len(self.reads) == 1 and self.end - self.start > 2

    def may_be(self, number: int) -> bool:
        """Whether *number* can be meant."""
        return self.shape is not Shape.READ or number in self.reads


def read_digits(sign: str) -> int | None:
    """The number that *sign* looks like, digit by digit (``O4`` is 4); None when a character looks like no digit."""
    digits = "".join(str(int(c)) if c.isdecimal() else ARABIC.get(c, "") for c in sign)
    return int(digits) or None if digits and len(digits) == len(sign) else None


def _read_inside(sign: str) -> int | None:
    """As :func:`read_digits`, for what stands in brackets: more look-alikes, but no 0 before the number (Q1)."""
    number = read_digits(_IN_BRACKETS.get(sign, sign))
    return number if number and len(str(number)) == len(sign) else None


def read_kanji(sign: str) -> int | None:
    """The number that *sign* looks like as kanji numerals (``十ニ`` is 12); None when a character looks like none."""
    return to_int("".join(KANJI.get(c, c) for c in sign))


def garbled_heads(text: str) -> list[Garbled]:
    """What may be garbled heads in *text*, in its order: no abbreviations, no letters that count for themselves.

    *text* must begin with a line feed.
    """
    matches = (_GARBLED.match(text, odd.start()) for odd in _ODD.finditer(text) if not _is_remark(odd.group()))
    found = [head for match in matches if match and (head := _garbled(text, match))]
    if not found:
        return found
    letters = {(m["open"] != "", m["close"] in ")）", m["letter"]) for m in _LETTER.finditer(text)}
    return [head for head in found if not _counts(text[head.start : head.end], letters)]


def _is_remark(odd: str) -> bool:
    """Whether *odd* is （了） or （問）: one kana or kanji in brackets that looks like no digit, and no garbled head.

    Many records hold nothing else that is odd, and so need not compile what a garbled head looks like.
    """
    sign = odd.lstrip()
    return sign[0] in "（(" and "ぁ" <= sign[1] <= "龠" and sign[1] not in ARABIC and sign[1] not in _IN_BRACKETS


def _garbled(text: str, match: re.Match[str]) -> Garbled | None:
    kind = next(kind for kind, sign in match.groupdict().items() if sign)
    start, end = match.span(kind)
    sign = match[kind]
    core = sign.strip("（()）")
    match kind:
        case "sign":
            return _sign(start, end, core)
        case "signs":
            numbers = (_read_inside(core), _read_inside(core[1:]) if core[0] in "CcＣ" else None)
            return _read(start, end, (Family.BRACKETS, Family.BRACKET), *numbers)
        case "inside" if any("①" <= c <= "⑳" for c in core):
            return Garbled(start, end, (Family.BRACKETS,), Shape.FREE)
        case "inside":
            return _read(start, end, (Family.BRACKETS,), _read_inside(core))
        case "brackets":
            number = None if sign[0] + sign[-1] in _PAIRS else _read_inside(sign[1:-1])
            return _read(start, end, (Family.BRACKETS,), number)
        case "open":
            return _open(text, start, end, core)
        case "both":
            return _read(start, end, (Family.BRACKETS, Family.CIRCLED), 1, closed=False)
        case "ring":
            return Garbled(start, end, (Family.CIRCLED,), Shape.LEFT)
        case "number":
            stop = match["stop"]
            family = Family.DOT if stop in ".．" else Family.COMMA if stop in "、，" else Family.PLAIN
            return _read(start, end, (family,), 10 if sign in "OＯ" else read_digits(sign))
        case _:
            return _read(start, end, (Family.KANJI,), read_kanji(sign))


def _read(
    start: int, end: int, families: tuple[Family, ...], *looks: int | None, closed: bool = True
) -> Garbled | None:
    numbers = frozenset(number for number in looks if number)
    return Garbled(start, end, families, Shape.READ, numbers, closed) if numbers else None


def _sign(start: int, end: int, sign: str) -> Garbled | None:
    """One sign and a closing bracket."""
    families = (Family.BRACKETS, Family.BRACKET)
    if sign in _NEVER:
        return None
    if sign in _LEFT_HALF:
        return Garbled(start, end, families, Shape.LEFT)
    if "一" <= sign <= "龠":
        return Garbled(start, end, families, Shape.FREE)
    alike = {"a": 1, "ａ": 1, "O": 10, "o": 10, "Q": 10, "Ｏ": 10}.get(sign)
    return _read(start, end, families, alike, _read_inside(sign))


def _open(text: str, start: int, end: int, core: str) -> Garbled | None:
    """An opening bracket and a digit, the closing one lost or run together with the digit: (D for (1), (2あ."""
    line = text[end : end + 200].partition("\n")[0]
    inner = next((c for c in line if c in "（()）"), "")
    if inner in (")", "）") or line[:1] in _COUNTED:
        return None
    if core in "DＤ":
        return _read(start, end, (Family.BRACKETS, Family.CIRCLED), 1, closed=False)
    return _read(start, end, (Family.BRACKETS,), _read_inside(core), closed=False)


def _counts(sign: str, letters: Container[tuple[bool, bool, str]]) -> bool:
    """Whether *sign* is a letter of a series: its neighbour there stands in the record too, in the same brackets."""
    brackets = (sign[0] in "（(", sign[-1] in ")）")
    return any((*brackets, other) in letters for other in _NEXT_TO.get(sign.strip("（()）"), ()))
