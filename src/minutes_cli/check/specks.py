"""Rubbish that OCR makes of stamps, pictures and dirt: rows of marks, and kanji that nobody uses side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minutes_cli.check.stretches import Areas, places
from minutes_cli.check.subject import Subject
from minutes_cli.model import Span
from minutes_cli.normalize.phrases.sieve import around
from minutes_cli.patterns import lazy

#: Marks that stand alone or with their like in texts. Brackets, commas, stops, dashes and blanks are none of them:
#: rows of those are usual.
_SPECKS = ";:'\"`^~|_\\*<>{}=+!?#%&$@¨´¬¦；：＇＂｀＾｜＿＼＊＜＞｛｝＝＋！？＃％＆＄＠￣‘’“”・ヽヾゝゞ〃丶丨丿゛゜ﾉ･"
#: What may stand among them in any number, and makes no text either; and what goes on where they end.
_AMONG = " .,、。\\-‐ー―…/"
_GOES_ON = lazy("[!-~ 丨一ー‐―…゛゜ﾞﾟ]*")
#: So many different ones, with at most one other character between two of them, make no text.
_KINDS = 4
#: So far from any of its marks a run is looked for, in characters.
_REACH = 60
#: Addresses of the net and markup; programs and tables in lines of text.
_NET = lazy(
    r"://|www\.|[0-9A-Za-z]@[0-9A-Za-z]|</?[a-zA-Z]|&[a-z]{2,6};"
    r"|\A[ -~]*[A-Za-z_]{3}[ -~]*[{;]\s*\Z|\A\s*[|+].*[|+]\s*\Z"
)
#: So many kanji in a row that are in no ordinary text.
_STRANGE_RUN = 4
#: Where these stand, the record is in old characters, of which many look strange today.
_OLD = frozenset("會國學圖廣應對縣佛變聲總體實將來當發與區圓經濟營處")
#: Strokes and parts of kanji, which are strange at all times.
_STROKES = frozenset("丨丶丿乀乁乂乚亅亠冂冖冫几凵勹匕匚匸卩厂厶囗夂夊宀尢屮巛幺广廴廾弋彐彡彳攵爿疒癶禸罒艸虍襾豸辵阝")
#: The first and the last character of level 1, in EUC-JP.
_LEVEL_1 = (0xB0A1, 0xCFD3)


def rubbish(subject: Subject) -> Areas:
    """Where text stands that is none, for the rules that leave it alone."""
    return Areas(implausible(subject))


def implausible(subject: Subject) -> list[Span]:
    """Runs of marks or of kanji that make no text, in the order of the text."""
    return sorted([*_specks(subject), *_strange(subject)])


def _specks(subject: Subject) -> Iterator[Span]:
    text, specks = subject.text, subject.each(_SPECKS)
    if len(specks) < _KINDS:
        return
    speck = re.escape(specks)
    between = rf"(?:[{_AMONG}]{{0,4}}|[^{speck}{_AMONG}\r\n\f])"
    run = re.compile(rf"[{speck}](?:{between}[{speck}]){{{_KINDS - 1},}}")
    done = 0
    for low, high in around(_rarest(text, specks), _REACH, len(text)):
        for hit in run.finditer(text, max(low, done), high):
            if len(set(hit.group()).intersection(specks)) < _KINDS or _NET.search(_line(text, hit.span())):
                continue
            start, end = hit.span()
            while start > done and _GOES_ON.fullmatch(text[start - 1]):
                start -= 1
            behind = _GOES_ON.match(text, end)
            done = behind.end() if behind else end
            part = text[start:done]
            start += len(part) - len(part.lstrip())
            yield Span(start, start + len(part.strip()))


def _rarest(text: str, characters: str) -> list[int]:
    """Where the rarer of *characters* stand: one of them is in every run."""
    return places(text, sorted(characters, key=text.count)[: 1 - _KINDS])


def _line(text: str, at: tuple[int, int]) -> str:
    """The line around a place, cut to a length that keeps the work small."""
    low, high = max(0, at[0] - 200), at[1] + 200
    start = max(text.rfind(end, low, at[0]) for end in "\r\n\f") + 1 or low
    stops = [found for found in (text.find(end, at[1], high) for end in "\r\n\f") if found >= 0]
    return text[start : min(stops, default=high)]


def _strange(subject: Subject) -> Iterator[Span]:
    kanji = "".join(filter(_is_kanji, subject.characters - _level_1()))
    if not subject.characters.isdisjoint(_OLD):
        kanji = "".join(filter(_STROKES.__contains__, kanji))
    if len(kanji) < _STRANGE_RUN:
        return
    # A run holds the rarest of its kinds: most records have a few strange kanji in names, which are soon looked at.
    for low, high in around(_rarest(subject.text, kanji), _REACH, len(subject.text)):
        for hit in re.finditer(f"[{kanji}]{{{_STRANGE_RUN},}}", subject.text[low:high]):
            if len(set(hit.group())) >= _STRANGE_RUN:
                yield Span(low + hit.start(), low + hit.end())


def _is_kanji(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


@cache
def _level_1() -> frozenset[str]:
    """The kanji of the first level of JIS X 0208: those in general use and of most names."""
    codes = range(_LEVEL_1[0], _LEVEL_1[1] + 1)
    return frozenset(code.to_bytes(2, "big").decode("euc-jp", "ignore") for code in codes if code & 0xFF >= 0xA1)
