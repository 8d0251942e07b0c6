"""Acronyms that OCR has read with a digit or a sign for a letter: ``1CT``, ``10T``, ``G1GA``, ``D×``, ``AL工``.

Latin letters and digits are left alone by every other method. This one looks only at words of which an acronym results
that is usual or stands elsewhere in the record, and lets everything be that may be a code: numbered rooms, plans and
pages, measures, addresses, file names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.patterns import lazy

RULE = "ocr-acronym"

#: Near these ``10T`` is a weight.
_TONS = lazy(r"荷重|積載|重量|総重|耐荷|制限|トン|トラック|ダンプ|クレーン|重機|除雪車|車両|[2-9２-９][TＴｔt]")

#: What is read for a letter of an acronym. Digits may be meant, the others hardly ever are beside a capital letter.
_READ = {"1": "I", "0": "Oo", "l": "I", "|": "I", "!": "I", "×": "X", "工": "IT", "エ": "IT", "丁": "T"}
_DIGITS = frozenset("10")
#: Letters and what is read for them, all as one: words of one skeleton may be read for each other.
_SKELETON = str.maketrans("1l|!Iエ工丁T0Oo×X", "IIIIIIIIIOOOXX")
_KANJI_SIGNS = "工エ丁"

_CAPITAL = "A-ZＡ-Ｚ"
# The literal comes first in these patterns: that lets ``re`` skip to it, ten times as fast as a character class.
_SEEDS = {
    sign: lazy(rf"{re.escape(sign)}(?:(?= ?[{_CAPITAL}oｏ])|(?<=[{_CAPITAL}]{re.escape(sign)}))")
    for sign in "1１0０l|!×工エ丁"
}
_TOKEN = lazy(r"[A-Za-zＡ-Ｚａ-ｚ0-9０-９|!×&]+")
_ACRONYM = lazy(r"[A-Z]{3,}\Z")
#: A token longer than this is no acronym.
_LONGEST = 12
#: What follows 工, エ or 丁 where it begins a word of its own: ``PC工事``, ``A丁目``.
_OWN_WORD = lazy(r"[ァ-ヺー事区法場程業学期務作夫数員種賃費具芸科大専面目寧度半]")

#: Beside these a token is part of a number, an address or a code.
_CODE_BEFORE = lazy(r"[-‐−–—./_#@:%~+=\\＃＠：／．－＿第約計各全]\Z|[0-9０-９],\Z")
_CODE_BEHIND = lazy(
    r"[-‐−–—/_#@:%~+=\\－＿]|\.[A-Za-z0-9]"
    r"| ?(?:号|判|版|番|型|サイズ|用紙|ランク|評価|級|クラス|区分|棟|室|階|地区|街区|路線|系統|組|班|席|欄"
    r"|トン|車|クレーン|ダンプ|以[上下]|未満|程度|ほど|キロ|メートル|グラム|リットル|本|枚|個|台|点|位|度)"
)
#: Running text, where no number of a list stands.
_INLINE = lazy(r"[ぁ-ん、，,][ 　]?\r?\n?\Z")
#: What stands beside an acronym of information technology and never beside a code.
_TOPIC_BEFORE = lazy(r"(?:生成|対話型|汎用) ?\Z")
_TOPIC_BEHIND = lazy(
    r" ?\r?\n?(?:機器|技術|人材|企業|産業|業界|分野|関連|教育|環境|導入|推進|投資|活用|戦略|政策|担当|補佐官|部門|革命"
    r"|社会|化|センサー|デバイス|サービス|システム|ソリューション|プラットフォーム|ツール|リテラシー|チャットボット|カメラ"
    r"|[をの](?:利?活用|導入|推進|普及|利用)|[や・、](?:A[I1l|!工エ]|[I1l|!工エ][o0]?C?[T工エ丁]|D[X×])(?![A-Za-z]))"
)

_Span = tuple[int, int]


class _Fit(NamedTuple):
    """How an acronym explains a token: ``changes`` are (offset in the token, letter)."""

    acronym: str
    changes: tuple[tuple[int, str], ...]
    letters: int  # letters of the token that stay
    impossible: int  # characters replaced that are no digits


class _Choice(NamedTuple):
    """How safely a token is taken for an acronym, and why."""

    safety: Safety
    confidence: float
    reason: str


class _Record:
    """A text and how often each Latin word stands in it, counted when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(narrow(match.group()) for match in _TOKEN.finditer(self.text))

    @cached_property
    def acronyms(self) -> dict[str, list[str]]:
        """Words of capitals that stand there more than once, by skeleton."""
        groups: dict[str, list[str]] = {}
        for word, times in self.counts.items():
            if times > 1 and _ACRONYM.match(word):
                groups.setdefault(word.translate(_SKELETON), []).append(word)
        return groups


@cache
def known() -> frozenset[str]:
    """The acronyms and Latin words of ``rules/acronyms.txt``."""
    from pathlib import Path  # few records need it

    text = Path(__file__).parent.joinpath("rules", "acronyms.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def _by_skeleton() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for word in sorted(known()):
        if sum(map(_capital, word)) >= 2:
            groups.setdefault(word.translate(_SKELETON), []).append(word)
    return {skeleton: tuple(words) for skeleton, words in groups.items()}


def find(text: str, settings: Settings) -> Iterator[Correction]:
    """Garbled acronyms, in the order of the text. Widths stay as they are."""
    seeds = (match.start() for sign, seed in _SEEDS.items() if sign in text for match in seed.finditer(text))
    spans = sorted({_span(text, at) for at in seeds})
    record = _Record(text)
    fits = {span: fit for span in spans if (fit := _explain(narrow(text[slice(*span)]), record))}
    # What is corrected for sure speaks for the same acronym elsewhere: go on until nothing is added.
    choices: dict[_Span, _Choice | None] = {}
    while True:
        rest = [span for span in fits if not _safe(choices.get(span))]
        choices.update({span: _judge(record, span, fits[span]) for span in rest})
        new = [fits[span].acronym for span in rest if _safe(choices[span])]
        if not new:
            break
        record.counts.update(new)
    for span, choice in choices.items():
        if choice is not None:
            yield from _corrections(text, span, fits[span], choice)


def _safe(choice: _Choice | None) -> bool:
    return choice is not None and choice.safety is Safety.SAFE


def _capital(character: str) -> bool:
    return "A" <= character <= "Z" or "Ａ" <= character <= "Ｚ"


def narrow(token: str) -> str:
    """*token* in half width; of the same length for everything that a token holds."""
    return unicodedata.normalize("NFKC", token)


def _span(text: str, at: int) -> _Span:
    """The token around *at*, cut where it is too long anyway; empty where the sign is a word by itself."""
    start = end = at
    if not _inside(text, at):
        return at, at
    while start > max(0, at - _LONGEST) and _inside(text, start - 1):
        start -= 1
    while end < min(len(text), at + _LONGEST + 1) and _inside(text, end):
        end += 1
    return start, end


def _inside(text: str, at: int) -> bool:
    """Whether a token may hold the character; 工, エ and 丁 need a capital letter beside them, a blank 1 before it."""
    character, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if character in _KANJI_SIGNS:
        return _capital(behind) or (_capital(before) and not _OWN_WORD.match(behind))
    if character == " ":
        return before in ("1", "１") and _capital(behind)
    return _TOKEN.match(character) is not None


def _explain(token: str, record: _Record) -> _Fit | None:
    """The one acronym that *token* may be: of the list, else one that stands in the record twice."""
    token = token.replace(" ", "")
    if not 2 <= len(token) <= _LONGEST:
        return None
    skeleton = token.translate(_SKELETON)
    fits = _fits(token, _by_skeleton().get(skeleton, ()))
    if not fits and sum(map(_capital, token)) >= 2 and not token[-1].isdigit():
        fits = _fits(token, record.acronyms.get(skeleton, ()))
    return fits[0] if len(fits) == 1 else None


def _fits(token: str, words: Iterable[str]) -> list[_Fit]:
    return [fit for word in words if (fit := _fit(token, word))]


def _fit(token: str, word: str) -> _Fit | None:
    changes = [(i, letter) for i, letter in enumerate(word) if token[i] != letter]
    if not changes or any(letter not in _READ.get(token[i], "") for i, letter in changes):
        return None
    impossible = sum(token[i] not in _DIGITS for i, _ in changes)
    letters = sum(token[i] == letter and letter.isalpha() for i, letter in enumerate(word))
    return _Fit(word, tuple(changes), letters, impossible)


def _judge(record: _Record, span: _Span, fit: _Fit) -> _Choice | None:
    """How safely a token is the acronym, and why; None where it may be a code."""
    text, (start, end) = record.text, span
    before, behind, token = text[max(0, start - 6) : start], narrow(text[end : end + 12]), narrow(text[start:end])
    if _CODE_BEFORE.search(before) or _CODE_BEHIND.match(behind) or _in_table(text, span):
        return None
    if _numbered(token, fit, record.counts):
        return None
    word, times = fit.acronym, record.counts[fit.acronym]
    reason = f"{word} stands {times} times in the record" if times else f"{word} is a usual acronym"
    named = bool(_TOPIC_BEFORE.search(before))
    topic = named or bool(_TOPIC_BEHIND.match(behind))
    if topic:
        reason += " and suits what stands beside it"
    strength = fit.letters + fit.impossible
    if word == "IoT" and _TONS.search(text[max(0, start - 30) : end + 15]):
        return _Choice(Safety.ASK, 0.6, f"{reason}, but tons may be meant")
    if " " in token:  # "1 CT" may be number 1 of a list
        sure = len(word) >= 3 and bool(_INLINE.search(before)) and (times > 0 or topic)
    elif len(word) >= 3:
        sure = strength >= 2 or times > 0 or topic
    else:
        sure = (topic and (times > 0 or named or fit.impossible > 0)) or (
            strength >= 2 and times > 0 and "!" not in token
        )
    return _Choice(Safety.SAFE, 0.98 if strength >= 2 else 0.95, reason) if sure else _Choice(Safety.ASK, 0.6, reason)


def _in_table(text: str, span: _Span) -> bool:
    """Whether a bar in the token is the border of a cell."""
    start, end = span
    if "|" not in text[start:end]:
        return False
    line = text[text.rfind("\n", max(0, start - 200), start) + 1 : start + 200].partition("\n")[0]
    return line.count("|") > 1


def _numbered(token: str, fit: _Fit, counts: Counter[str]) -> bool:
    """Whether the record numbers with such tokens: ``1A`` and ``2A``, ``C10`` and ``C11``, ``A1`` and ``B1``."""
    if fit.impossible:
        return False
    runs = {i: "0123456789" for i, character in enumerate(token) if character.isdigit()}
    if fit.letters == 1:
        runs.update({i: "ABCDEFGH" for i, character in enumerate(token) if character.isalpha()})
    others = {token[:i] + other + token[i + 1 :] for i, run in runs.items() for other in run}
    return any(counts[other] for other in others if other != token)


def _corrections(text: str, span: _Span, fit: _Fit, choice: _Choice) -> Iterator[Correction]:
    """One correction for each stretch of the token that changes."""
    start, end = span
    wide = any("Ａ" <= character <= "Ｚ" for character in text[start:end])
    gap = text[start:end].find(" ")
    for at, letters in _stretches(fit.changes):
        low, high = start + at, start + at + len(letters)
        if gap >= 0:  # "1 CT": the blank goes with the sign before it
            low, high = (low, high + 1) if at < gap else (low + 1, high + 1)
        after = "".join(chr(ord(letter) + 0xFEE0) for letter in letters) if wide else letters
        yield Correction(low, high, after, RULE, choice.safety, choice.confidence, choice.reason)


def _stretches(changes: tuple[tuple[int, str], ...]) -> Iterator[tuple[int, str]]:
    """Changes side by side taken together."""
    at, letters = changes[0]
    for offset, letter in changes[1:]:
        if offset == at + len(letters):
            letters += letter
        else:
            yield at, letters
            at, letters = offset, letter
    yield at, letters
