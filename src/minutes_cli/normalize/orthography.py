"""The gate for old orthography: where つ stands for っ, ひ for い and 國 for 国 because it was written so.

A record of 1947, or one that quotes an old law, is not full of slips. Records went over to small kana, to the new kana
spelling and to the new characters at different times, so each is weighed by itself against its modern counterpart.
Laws keep to the old large つ where they amend older ones, and are read out in meetings of today.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from minutes_cli.patterns import lazy

#: So many old spellings, and such a share of all, make a whole record old.
_FEWEST = 3
_SHARE = 0.4
#: Modern text of this length (in characters) has a っ somewhere.
_LONG = 1_000
#: A long record is judged by its beginning, middle and end, so many characters each.
_SAMPLE = 30_000

#: How far around a place its neighbourhood reaches, in characters: a sentence, some lines of a quoted law.
_NEAR = (60, 200)
#: Places in the same so many characters have the same neighbourhood, so that many can be asked about.
_STEP = 20
#: Farther apart than this, in characters, what stands at one place has no say in another.
SEEN = max(_NEAR) + _STEP
#: What old text is full of, and what stands there in modern text. So many of the old, and not fewer than of the modern,
#: make a neighbourhood old. ひ is not among them: OCR reads い so, again and again, in polite phrases.
_LARGE_KANA = lazy(
    r"[あいえおがくさしじすたとどなはまもやよらりわん一-龥]つ[たて]|かつた|[まで]しよう|[きしちじりにひ]や[うつ]"
    r"|ちよつと|[しすがはゆび]つ[かきく]り"
)
_SPELLINGS = (
    (
        "large kana for small ones",
        _LARGE_KANA,
        lazy(r"っ|[まで]しょう"),
        2,
    ),
    (
        "old kana spelling",
        lazy(
            r"[思言行違従使失払扱問会合争習養いたま]ふ(?=[。、とのがはべもにか一-龥])|やう(?=[なにで])|[ませで]せう|だらう"
            r"|[考与加備教答伝抱添押越替変見聞覚堪]へ(?=[るてたばらず、])|[ゐゑヰヱ]|ぢや"
        ),
        lazy(r"[思願言行伺]い|[言思行]う|[考与加変]え|よう[なに]"),
        2,
    ),
    (
        "old characters",
        lazy(r"[國會學當對發實來體黨號關經縣數點變總條權參應舊處豫將歸證讀爲與從團圖區擔據獨屬續廢價][一-龥]*"),
        lazy(r"[国会学当対発実来体党号関経県数点変総条権参応旧処予将帰証読為与従団図区担拠独属続廃価][一-龥]*"),
        3,
    ),
    ("katakana", lazy(r"ヲ|ヘシ|スル(?:コト|モノ|トキ)"), lazy(r"を"), 2),
)
#: Where not one い stands, ひ is no slip either.
#: So far before a place a quotation may begin and a law be named.
_QUOTED = 80
_NAMED_LAW = lazy(r"憲法|前文|旧[^、。]{0,8}法|昭和[元〇一二三四五六七八九十0-9０-９]+年|改正前|本則|とあるの")
_HI, _I = lazy("[思願言行伺従使払]ひ"), lazy("[思願言行伺従使払]い")
#: The language of laws.
_LAW = lazy(r"第[〇一二三四五六七八九十百0-9０-９]+条|又は|若しくは|当該|[にの]規定|に掲げる|この限りで|講ぜ|準用")


@dataclass(frozen=True, slots=True)
class Gate:
    """Where a text is in old orthography: all of it (``whole``), or around a place (``at``).

    ``reason`` gives the figures of the whole text, as evidence for or against a correction.
    """

    text: str = field(repr=False)
    whole: bool
    reason: str

    def at(self, position: int) -> bool:
        """Whether what stands at *position* (code points of the text) is in old orthography."""
        start = position - position % _STEP
        return self.whole or any(_old(self.text[max(0, start - near) : start + _STEP + near]) for near in _NEAR)


def may_quote(text: str, position: int) -> bool:
    """Whether what stands at *position* may be the wording of an old law, though nothing near it is old.

    So it is inside a quotation, or where a law or a year of Showa is named: nobody but a reader can tell a slip from
    the original there.
    """
    before = text[max(0, position - _QUOTED) : position]
    around = before + text[position : position + _QUOTED // 2]
    return before.rfind("「") > before.rfind("」") or _NAMED_LAW.search(around) is not None


def old_orthography(text: str) -> Gate:
    """Weigh the spellings of *text*: up to 0.05 s, whatever its size, so ask only with something at hand."""
    sample = _sample(text)
    if len(sample) >= _LONG and "っ" not in sample and _LARGE_KANA.search(sample):
        return Gate(text, True, f"record in old orthography: no っ in {len(sample)} characters")
    if (found := len(_HI.findall(sample))) >= _FEWEST and not _I.search(sample):
        return Gate(text, True, f"record in old orthography: ひ for い at {found} of {found} places")
    figures: list[str] = []
    for name, old, modern, _ in _SPELLINGS:
        found = len(old.findall(sample))
        both = found + len(modern.findall(sample))
        if found >= _FEWEST and found >= _SHARE * both:
            return Gate(text, True, f"record in old orthography: {name} at {found} of {both} places")
        if both:
            figures.append(f"{name} at {found} of {both} places")
    return Gate(text, False, f"modern record: {', '.join(figures)}" if figures else "nothing speaks for an old record")


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = (len(text) - _SAMPLE) // 2
    return "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


@lru_cache(maxsize=64)
def _old(near: str) -> bool:
    """Whether the few lines *near* a place are old text in a modern record."""
    for _, old, modern, fewest in _SPELLINGS:
        found = len(old.findall(near))
        if found >= fewest and found >= len(modern.findall(near)):
            return True
    return bool(_LARGE_KANA.search(near)) and len(_LAW.findall(near)) > 1
