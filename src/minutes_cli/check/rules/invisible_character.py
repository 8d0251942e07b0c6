"""M105: characters that cannot be seen: without width, or turning the direction of writing.

Rubbish of encodings is left to M101 and M102.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from minutes_cli.check.characters import all_named
from minutes_cli.check.damage import damage
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Safety, Span
from minutes_cli.patterns import lazy

_JOINERS = "\u200c\u200d"
_SOFT_HYPHEN = "\xad"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
#: They reorder what stands behind them, so what was read on paper may not be what the text holds.
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
#: They part a word from the reading that is printed above it.
_ANNOTATIONS = "\ufff9\ufffa\ufffb"
_OTHERS = "\u200b\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\u180e\u034f\u115f\u1160"
_PLAIN = _OTHERS + _ANNOTATIONS
_TAGS = "\U000e0001\U000e0020-\U000e007f"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_CLASS = f"{_PLAIN}{_JOINERS}{_SOFT_HYPHEN}{_DIRECTION_MARKS}{_DIRECTIONS}{_TAGS}{_SELECTORS}"
_RUN = lazy(f"[{_CLASS}]+")
_ALL = frozenset(
    _PLAIN
    + _JOINERS
    + _SOFT_HYPHEN
    + _DIRECTION_MARKS
    + _DIRECTIONS
    + "".join(map(chr, (0xE0001, *range(0xE0020, 0xE0080), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
_SELECTOR = lazy(f"[{_SELECTORS}]")
_RIGHT_TO_LEFT = lazy("[\u0590-\u08ff\ufb1d-\ufdfc\ufe70-\ufefc]")
#: Scripts in which joiners shape letters.
_JOINED_SCRIPTS = lazy("[\u0600-\u0dff\u0e80-\u0fff\u1000-\u109f\u1780-\u18af\u200c\u200d]")
_FLAG = "\U0001f3f4"


def _find(subject: Subject) -> Iterator[Flaw]:
    if subject.characters.isdisjoint(_ALL):
        return
    known = damage(subject).areas
    for hit in _RUN.finditer(subject.text):
        run, start = hit.group(), hit.start()
        if known.meet(Span(*hit.span())) or _selects(subject.text, start, run) or _in_emoji(subject.text, start, run):
            continue
        if _in_script(subject.text, start, hit.end(), run):
            continue
        lead = len(run) - len(_without_selector(subject.text, start, run))
        yield _flaw(subject, Span(start + lead, hit.end()), run[lead:])


def _selects(text: str, at: int, run: str) -> bool:
    """Whether *run* is one variation selector behind something of which there are variants: 辻󠄀, ❤️."""
    return len(run) == 1 and not _without_selector(text, at, run)


def _without_selector(text: str, at: int, run: str) -> str:
    """*run* without the selector at its head where that chooses the shape of what stands before it."""
    if at and _SELECTOR.match(run):
        before = text[at - 1]
        kind = unicodedata.category(before)
        kana = "\u3041" <= before <= "\u30ff" and before not in "〰〽"
        letter = kind == "Lo" and not kana
        if letter or kind[0] in "SP" or (before in "0123456789" and text[at + 1 : at + 2] == "\u20e3"):
            return run[1:]
    return run


def _in_emoji(text: str, at: int, run: str) -> bool:
    """Whether *run* joins two emoji, or spells the flag of a region."""
    if not at:
        return False
    if text[at - 1] == _FLAG:
        return all("\U000e0020" <= c <= "\U000e007f" for c in run)
    joined = run in ("\u200d", "\ufe0f\u200d")
    return joined and _pictured(text[at - 1]) and _pictured(text[at + len(run) : at + len(run) + 1])


def _pictured(character: str) -> bool:
    return character != "" and unicodedata.category(character) in ("So", "Sk", "Sm")


def _in_script(text: str, start: int, end: int, run: str) -> bool:
    """Whether *run* belongs to foreign words: it shapes Indic or Arabic letters, or marks where Arabic is spoken of."""
    if all(c in _JOINERS for c in run):
        return start > 0 and _JOINED_SCRIPTS.match(text, start - 1) is not None
    near = text[max(0, start - 20) : end + 20]
    return all(c in _DIRECTION_MARKS for c in run) and _RIGHT_TO_LEFT.search(near) is not None


def _flaw(subject: Subject, span: Span, run: str) -> Flaw:
    turns = any(c in _DIRECTIONS for c in run)
    between = subject.text[max(0, span.start - 1) : span.start] + subject.text[span.end : span.end + 1]
    seen_by_some = _SOFT_HYPHEN in run and re.fullmatch("[0-9A-Za-z]{2}", between) is not None
    ask = turns or seen_by_some or any(c in _ANNOTATIONS for c in run)
    safety = Safety.ASK if ask else Safety.SAFE
    fix = subject.replaced(span, "", "invisible-character", "nothing of it is seen", safety)
    if turns:
        return Flaw(span, f"{all_named(run)} turns the direction of writing: see in which order the words stand", fix)
    return Flaw(span, f"the invisible character {all_named(run)} stands in the text; take it out", fix)


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤花子君）　町道の管{}理について質問いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A character that cannot be seen stands in the text, mostly pasted from a web page: a zero width space, a byte "
        "order mark inside the file, a soft hyphen. A search for the word around it finds nothing. "
        "Characters that turn the direction of writing can make a text look other than it is; these are shown and "
        "never taken out by themselves. Left alone are the selectors that choose the shape of a kanji in a name "
        "(辻 with one or two dots), emoji, and words in Arabic or Indic scripts."
    ),
    must=(
        Example(_RECORD.format("\u200b"), (3,), fixed=_RECORD.format("")),
        Example(_RECORD.format("\ufeff\u2060"), (3,), fixed=_RECORD.format("")),
        Example(_RECORD.format("\u202e"), (3,)),
    ),
    must_not=(
        Example(_RECORD.format("").replace("山田", "辻\U000e0100").replace("佐藤", "葛\U000e0101城")),
        Example(_RECORD.format("（👁️\u200d🗨️、❤️、１️⃣）".replace("１️⃣", "1\ufe0f\u20e3"))),
    ),
)
