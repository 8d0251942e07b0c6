"""Mixed scripts: kanji or hiragana inside a katakana word that looks like katakana, and the other way round.

``二ーズ``, ``工りア``, ``サ一ビス``; ``人ロ``, ``エ事``, ``ー方``. The characters look the same, so only words can
tell: a place is corrected when the result reads as known words and costs Sudachi far less than what stands there.
八ッ場, 二ツ井, 三ッ林, チーム力, 電力システム and 日ロ関係 read well as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.patterns import lazy

if TYPE_CHECKING:
    from minutes_cli.lexicon.words import Reading, Word

RULE = "ocr-script"

_TO_KATAKANA = dict(zip("二工口力夕卜一八へべぺり", "ニエロカタトーハヘベペリ", strict=True))
_KATAKANA_OF = str.maketrans(_TO_KATAKANA)
_FROM_KATAKANA = {katakana: other for other, katakana in _TO_KATAKANA.items()}

_KATAKANA = "ァ-ヺー"
_LOOK = "".join(_TO_KATAKANA)
_TWIN = "".join(_FROM_KATAKANA)
_JAPANESE = "ぁ-ゖァ-ヺー一-鿿々〇○"
_NUMERALS = "〇○一二三四五六七八九十百千万億"
#: A look-alike beside katakana; a katakana twin with none beside it, or two of them behind a numeral. All twins are
#: katakana and no look-alike is, so the short class tells them apart.
_PLACE = lazy(
    rf"[{_LOOK}{_TWIN}](?:(?<![{_KATAKANA}])(?:(?=[{_KATAKANA}])|(?<=[{_KATAKANA}].))"
    rf"|(?<=[{_KATAKANA}])(?<![{_KATAKANA}].)(?:(?![{_KATAKANA}])|(?=[ニハー][^{_KATAKANA}])(?<=[{_NUMERALS}].)))"
)
_RUN = lazy(rf"[{_KATAKANA}{_LOOK}]+")
_LEFT = lazy(rf"[{_JAPANESE}]*\Z")
_RIGHT = lazy(rf"[{_JAPANESE}]*")
#: So many characters before and behind are read along.
_REACH = 8
#: A run longer than this is cut; of more look-alikes in it only the nearest are tried, in every combination.
_LONGEST = 12
_TRIED = 4

#: Corrections that make others possible are gone through so often.
_ROUNDS = 8

#: By so much a word must cost less: one character more or less known is worth about 5,000.
_SURE, _SURE_OF_LONG, _DOUBTFUL = 3000, 1300, 1000
#: Each character more that is changed must gain so much.
_FEWER = 1500

# What follows is known without reading words, so that clean records need no dictionary.
#: Katakana behind a look-alike that begins a run: only where a word begins like this can it be a slip.
_BEGINNINGS = {
    "り": "スク ーダ スト サイ ハビ フォ モー アル テラ ース ーフ ニア ニュ ソー スキ コー クル ゾー ポー ット ーグ",
    "へ": "ルパ ルス リコ クタ ビー ッド イト ルメ ッジ アー リポ ルツ",
    "二": "ー ュ ッケ ッチ コチ アミ ジェ カラ",
    "八": "ード ラス ンド ザー ウス イブ イテ ロー ーフ ート ッカ ッピ ンデ ンガ イレ ーモ ワイ ーブ イキ",
    "力": "メラ ード ウン リキ テゴ バー ルテ ナダ ーボ フェ ロリ ラー ット ジノ ーテ タロ ンボ ンファ イロ ビ レン",
    "口": "ボッ ケッ シア ード ーン ーカ ング ビー ッカ グイ ンド ゴ ータ ジッ ジス ーマ ーラ ックダ",
    "工": "リア ネ ビデ ンジ コ アコ レベ ッセ ピソ ラー ール スカ キス ンター ボラ イズ イト クセ ントリ スコ ッジ",
}
_BEGINS = {look: lazy("|".join(words.split())) for look, words in _BEGINNINGS.items()}
#: Katakana before a look-alike that ends a run, likewise. へ, 二, 八 and 工 end none: ``パネル二``, ``ダム工事``.
_ENDS = {
    "力": lazy(r"(?:アメリ|アフリ|ジャマイ|ドミニ|コスタリ|ハーモニ|スリラン|レプリ)\Z"),
    "口": lazy(r"(?:ゼ|ユー|キ|メト|テ|プ|マク|ミク)\Z"),
    "一": lazy(r"[タダラナバパヤカガサザマワャジリビギィピシニミキチュョロェレテデネゲケセ]\Z"),
    "り": lazy(rf"[{_KATAKANA}]{{2}}\Z"),
    "夕": lazy(""),
    "卜": lazy(""),
    "べ": lazy(""),
    "ぺ": lazy(""),
}
#: What is counted behind 二 and 八 inside a run.
_UNIT = lazy(
    r"パ|ポイ|ペー|キロ|メー|セン|ミリ|グラム|トン|ドル|ユー|ヘク|リット|カ|ヵ|ヶ|ケ|ッ|ツ|クラ|チー|グル|ナノ|ヘル|ワッ|レベ"
)
_RANGE = lazy(rf"[{_NUMERALS}]ー[{_NUMERALS}]")
_LETTERS = lazy(r"[ぁ-ゖ一-鿿]")
_COUNTS = lazy(r"[つ一-鿿々]")
_AFTER_ONE = lazy(r"[つ一-鿿ニハー]")
_HEADS = frozenset("ロハニヘト")
_NUMERAL_SET = frozenset(_NUMERALS)
_NUMBER_TWINS = frozenset("ニハー")
_COUNTERS = frozenset("つ年月日人度件回点名割歳")
_COUNTRY = frozenset("日米中対親英独仏伊印露朝欧豪韓反訪在駐")
_COUNTED = frozenset("月国所年条村店")


class _Reading(NamedTuple):
    """A run with some of its characters changed: how much less it costs, and the words that hold the changes."""

    changes: tuple[int, ...]
    text: str
    gain: int
    words: tuple[str, ...]
    known: bool
    kinds: frozenset[str]


def find(text: str, settings: Settings) -> Iterator[Correction]:
    """Characters of the wrong script, in the order of the text."""
    sure: dict[int, Correction] = {}
    undecided: set[int] = set()
    characters: list[str] = []
    # A slip set right makes what stands beside it more readable. One character stands for one, so places stay.
    for _ in range(_ROUNDS):
        found = list(_read_places("".join(characters) or text))
        safe = {c.start: c for c in found if c.safety is Safety.SAFE and c.start not in undecided}
        if not safe:
            break
        characters = characters or list(text)
        for at, correction in safe.items():
            if at in sure:  # back to what stood there: neither is better
                undecided.add(at)
                del sure[at]
            else:
                sure[at] = correction
            characters[at] = correction.after
    else:
        return
    yield from sorted([*sure.values(), *(c for c in found if c.safety is Safety.ASK and c.start not in sure)])


def _read_places(text: str) -> Iterator[Correction]:
    last = 0
    for match in _PLACE.finditer(text):
        at = match.start()
        if at < last or not _may_be_wrong(text, at):
            continue
        start, end = _run(text, at)
        start = max(start, last)
        reading = _best(text, start, end, at)
        choice = _judge(text, start, reading) if reading else None
        if reading and choice:
            last = end
            safety, confidence = choice
            what = "a known word" if reading.known else "a number"
            reason = f"{' '.join(reading.words)} reads as {what} and costs {reading.gain} less"
            for i in reading.changes:
                yield Correction(start + i, start + i + 1, reading.text[i], RULE, safety, confidence, reason)


def _may_be_wrong(text: str, at: int) -> bool:
    """Whether a place is worth reading: most are known to be right by what stands beside them."""
    look, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 4]
    if look in _FROM_KATAKANA:
        return _twin_may_be_wrong(text, at)
    if look == "一":
        second = _is_katakana(before) and _is_katakana(behind[:1]) and not _is_katakana(text[at - 2 : at - 1])
        return second or _ENDS["一"].match(before) is not None
    if _is_katakana(before) and not _is_katakana(behind[:1]):
        return look in _ENDS and _ENDS[look].search(text, max(0, at - 5), at) is not None
    if _is_katakana(before) and look != "へ":
        return look not in "二八" or not _UNIT.match(behind)
    if _RANGE.match(text, at):
        return False
    begins = look not in _BEGINS or _BEGINS[look].match(behind.translate(_KATAKANA_OF))
    return bool(begins or (before in _BEGINS and _BEGINS[before].match(text[at : at + 3].translate(_KATAKANA_OF))))


def _twin_may_be_wrong(text: str, at: int) -> bool:
    """The same for katakana that has none beside it."""
    twin, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if before == "\n" and _is_katakana(text[at - 2 : at - 1]):
        return False  # the end of a word that runs over lines
    if (behind == "\n" or behind in _TO_KATAKANA) and _is_katakana(text[at + 2 : at + 3]):
        return False  # the beginning of one, or of a run with a look-alike in it
    if before in _TO_KATAKANA and _is_katakana(text[at - 2 : at - 1]):
        return False
    if twin == "ロ":
        return before not in _COUNTRY and behind not in _COUNTRY
    if twin == "カ":
        return behind not in _COUNTED
    return twin != "ー" or _AFTER_ONE.match(behind) is not None


def _is_katakana(character: str) -> bool:
    return "ァ" <= character <= "ヺ" or character == "ー"


def _run(text: str, at: int) -> tuple[int, int]:
    """The katakana run around *at* with the look-alikes in it; a twin with no katakana beside it is a run by itself."""
    if text[at] in _FROM_KATAKANA:
        return at, at + (2 if _is_katakana(text[at + 1 : at + 2]) else 1)
    start = at
    while start > max(0, at - _LONGEST) and _RUN.match(text[start - 1]):
        start -= 1
    match = _RUN.match(text, at, at + _LONGEST)
    return start, match.end() if match else at + 1


def _best(text: str, start: int, end: int, at: int) -> _Reading | None:
    """The cheapest reading of a run with at least one look-alike changed."""
    left = _LEFT.search(text, max(0, start - _REACH), start)
    right = _RIGHT.match(text, end, end + _REACH)
    return _cheapest(left.group() if left else "", text[start:end], right.group() if right else "", at - start)


@lru_cache(maxsize=1 << 12)
def _cheapest(before: str, run: str, behind: str, near: int) -> _Reading | None:
    """As :func:`_best`, for a run between two stretches of text; look-alikes are tried from the place *near* on."""
    from minutes_cli.lexicon.words import read

    table = _TO_KATAKANA if run[near] in _TO_KATAKANA else _FROM_KATAKANA
    places = sorted((i for i, character in enumerate(run) if character in table), key=lambda i: abs(i - near))[:_TRIED]
    base = read(before + run + behind).cost
    best: _Reading | None = None
    for size in range(1, len(places) + 1):
        for changes in combinations(sorted(places), size):
            changed = "".join(table[c] if i in changes else c for i, c in enumerate(run))
            if table is _TO_KATAKANA and changed.startswith("ー"):
                continue
            reading = read(before + changed + behind)
            gain = base - reading.cost
            if best is None or gain > best.gain + _FEWER * (size - len(best.changes)):
                words = _covering(reading, {len(before) + i for i in changes})
                kinds = frozenset(word.kind for word in words)
                known = all(word.known for word in words)
                best = _Reading(changes, changed, gain, tuple(word.text for word in words), known, kinds)
    return best


def _covering(reading: Reading, places: set[int]) -> list[Word]:
    """The words that hold any of *places*."""
    found, at = [], 0
    for word in reading.cut:
        if not places.isdisjoint(range(at, at + len(word.text))):
            found.append(word)
        at += len(word.text)
    return found


def _judge(text: str, start: int, reading: _Reading) -> tuple[Safety, float] | None:
    """How safely a run is wrong; None where it is not."""
    old = {text[start + i] for i in reading.changes}
    if any(_doubled(text, start + i, reading.text[i]) for i in reading.changes):
        return None
    if text[start] == "へ" and 0 in reading.changes and _is_word(reading.text[1:]):
        return None  # へ and a word: 市へリポートを送る
    if reading.words == ("へ",):
        between = _LETTERS.match(text[start - 1 : start]) and _LETTERS.match(text[start + 1 : start + 2])
        return (Safety.SAFE, 0.97) if between and reading.gain > 0 else None
    if old <= _NUMBER_TWINS and all(set(word) <= _NUMERAL_SET for word in reading.words):
        return _judge_number(text, start, reading)
    shortest = min(map(len, reading.words))
    if not reading.known or shortest < 2 or any("ーー" in word for word in reading.words) or reading.gain < _DOUBTFUL:
        return None
    if "人名" in reading.kinds and old != {"卜"}:
        return (Safety.ASK, 0.6) if reading.gain >= 2 * _SURE else None
    long = shortest >= 3 and not old.isdisjoint(_FROM_KATAKANA)
    if reading.gain < (_SURE_OF_LONG if long else _SURE) or _enumerates(text, start):
        return Safety.ASK, 0.6
    if any(text[start + i] == "一" and _COUNTS.match(text, start + i + 1) for i in reading.changes):
        return Safety.ASK, 0.6  # サーバ一台 may be one サーバ
    return Safety.SAFE, 0.98


def _is_word(text: str) -> bool:
    from minutes_cli.lexicon.words import read

    reading = read(text)
    return reading.unknown == 0 and len(reading.words) == 1


def _doubled(text: str, at: int, character: str) -> bool:
    """Whether *character* would stand there twice: OCR has read one as two (``延べベ``, ``ニ二点``; not ``二ニ年``)."""
    before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return character == behind or (character == before and character != "二")


def _enumerates(text: str, at: int) -> bool:
    """Whether a character may head an item: イ, ロ, ハ …"""
    return text[at] in _HEADS and text[max(0, at - 10) : at].rpartition("\n")[2].strip(" 　（(") == ""


def _judge_number(text: str, start: int, reading: _Reading) -> tuple[Safety, float] | None:
    """Numbers in kanji are in no dictionary: they need another numeral before them, or what is counted behind."""
    end = start + len(reading.text)
    before, behind = text[start - 1 : start], text[end : end + 1]
    if reading.gain < _SURE:
        return None
    if _enumerates(text, start):
        return Safety.ASK, 0.6
    if {before, behind} <= _NUMERAL_SET and "ー" in text[start:end]:
        return Safety.ASK, 0.6  # 四ー五 may be a range
    sure = before in _NUMERAL_SET or behind in _COUNTERS
    return (Safety.SAFE, 0.97) if sure else (Safety.ASK, 0.6)
