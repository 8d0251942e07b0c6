"""M106: half-width katakana and their marks.

Those that a wrong encoding has made are left to M101 and M102, those in rubbish of OCR to M204.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from minutes_cli.check.characters import quoted
from minutes_cli.check.damage import damage
from minutes_cli.check.misread import HALF_WIDTH, HALF_WIDTH_KANA
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.specks import rubbish
from minutes_cli.check.subject import Subject
from minutes_cli.model import Span
from minutes_cli.patterns import lazy

#: A full-width or half-width kana with the half-width marks behind it belongs to the run.
_RUN = lazy("[\uff61-\uff9f]+")
#: So near to a character that was lost, in characters, half-width kana are lost ones themselves.
_NEAR = 8
_MARKS = {"ﾞ": "\u3099", "ﾟ": "\u309a"}


def _find(subject: Subject) -> Iterator[Flaw]:
    if subject.characters.isdisjoint(HALF_WIDTH):
        return
    text = subject.text
    known, speckled = damage(subject).areas, rubbish(subject)
    for hit in _RUN.finditer(text):
        start, run = hit.start(), hit.group()
        # What is left at the edge of rubbish is a part of it.
        if known.meet(Span(max(0, start - 1), hit.end() + 1)) or speckled.meet(Span(*hit.span())):
            continue
        if "\ufffd" in text[max(0, start - _NEAR) : hit.end() + _NEAR]:
            continue  # what a wrong encoding has left of a word, of which M102 reports the lost characters
        if run[0] in _MARKS and start and _composed(text[start - 1], run[0]):
            start, run = start - 1, text[start - 1] + run
        yield _flaw(subject, Span(start, hit.end()), run)


def _flaw(subject: Subject, span: Span, run: str) -> Flaw:
    wide = _full_width(run)
    if wide is None or (set(run) == {"ｰ"} and _beside_digits(subject.text, span)):
        return Flaw(span, f"half-width {quoted(run)}: write what is meant in full width")
    fix = subject.replaced(span, wide, "half-width-kana", "the same in full width")
    return Flaw(span, f"half-width {quoted(run)}: write {quoted(wide)}", fix)


def _full_width(run: str) -> str | None:
    """*run* in full width, with the voiced marks in their kana; None where a mark belongs to no kana."""
    wide: list[str] = []
    for character in run:
        if character in _MARKS:
            composed = _composed(wide[-1], character) if wide else ""
            if not composed:
                return None
            wide[-1] = composed
        else:
            wide.append(unicodedata.normalize("NFKC", character) if HALF_WIDTH_KANA.match(character) else character)
    return "".join(wide)


def _composed(kana: str, mark: str) -> str:
    """The one character that *kana* and a half-width mark make; "" where there is none."""
    both = unicodedata.normalize("NFC", kana + _MARKS[mark]) if "\u3041" <= kana <= "\u30ff" else ""
    return both if len(both) == 1 else ""


def _beside_digits(text: str, span: Span) -> bool:
    """Whether a long-vowel mark stands for the hyphen of a number."""
    return text[max(0, span.start - 1) : span.start].isdigit() or text[span.end : span.end + 1].isdigit()


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤花子君）　{}について質問いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "Katakana or marks of half width are left from old systems and spreadsheets. A search for the word in usual "
        "katakana does not find them. --fix writes the same in full width, with the voiced mark in its kana. "
        "A lone mark, and a long-vowel mark between digits, are only reported. "
        "Half-width letters and digits are left alone."
    ),
    must=(
        Example(_RECORD.format("ﾊﾟｿｺﾝ"), (3,), fixed=_RECORD.format("パソコン")),
        Example(_RECORD.format("｢公園｣、ｶﾞｰﾄﾞﾚｰﾙ"), (3,), fixed=_RECORD.format("「公園」、ガードレール")),
        Example(_RECORD.format("電話0123ｰ45"), (3,)),
    ),
    must_not=(
        Example(_RECORD.format("パソコン、ガードレール、ＡＢＣ、ABC 123")),
        Example(_RECORD.format("道路".encode().decode("cp932", "replace"))),
    ),
)
