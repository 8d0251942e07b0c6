"""Does a record look as if it was read by OCR?

Typed records hold full-width blanks, letters or brackets; OCR writes none of them. Only where they are missing, or
where a sample shows other signs, is the character model asked about the sample, so typed text costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.normalize.methods import Settings
from minutes_cli.patterns import lazy

#: A full-width blank, letter, digit or bracket: somebody typed it.
_TYPED = lazy("[\u3000！-～]")
_SIGNS = {
    "strokes between words": lazy(r"[ぁ-んァ-ヶ一-龠、。][|!\]\[>{}~^_\\][ぁ-んァ-ヶ一-龠]"),
    "digits in letters": lazy(r"(?<![A-Za-z\d])(?:[1|!l][A-Z]{2}|[A-Z]1[A-Z]|[A-Z]{2}[工丁]|1[0o]T)(?![A-Za-z\d])"),
    "kanji or hiragana in katakana": lazy(r"[ァ-ヺー][二工口力夕卜一へべぺ八り][ァ-ヺー]"),
    "marks in a row": lazy(r"[、。,.][、。,.]"),
    "full stops inside sentences": lazy(r"[はがをにでと]\.\s*[ぁ-んァ-ヶ一-龠]"),
    "heads like 住)": lazy(r"^[住他仕]\)", re.MULTILINE),
}
#: What stands in the ASCII characters of a sample where it holds a sign: nearly always nothing, and then the sign,
#: which would be tried at every character, need not be looked for. What is side by side in the sample is so there, too.
_IN_ASCII = {
    "strokes between words": lazy(r"[|!\]\[>{}~^_\\]"),
    "digits in letters": lazy(r"[1|!l][A-Z]{2}|[A-Z]1[A-Z]|1[0o]T"),
    "full stops inside sentences": lazy(r"\."),
    "heads like 住)": lazy(r"\)"),
}
#: The same for what is not ASCII; the character that is looked for comes first, which lets ``re`` skip to it.
_IN_SAMPLE = {
    "digits in letters": (lazy("工(?<=[A-Z].)"), lazy("丁(?<=[A-Z].)")),
    "kanji or hiragana in katakana": (lazy("[二工口力夕卜一へべぺ八り](?<=[ァ-ヺー].)(?=[ァ-ヺー])"),),
    "marks in a row": tuple(lazy(rf"{re.escape(mark)}(?:(?=[、。])|(?=[,.]))") for mark in "、。,."),
}
#: A record with less Japanese than this says nothing.
_SHORT = 200
#: The sample: so many pieces of so many characters.
_PIECES, _PIECE = 3, 1500
#: What each kind of evidence adds to the score, and from where on a record counts as read by OCR.
_UNTYPED, _SIGNED, _DOUBTED, _BAR = 0.4, 0.3, 0.6, 0.6
#: Signs of a sample, and slips of the model in 1,000 characters, that count in full.
_ENOUGH_SIGNS, _ENOUGH_SLIPS = 3, 1.0
#: A slip counts from this confidence on.
_SURE = 0.9


class Look(NamedTuple):
    """The answer, with its score (0 to 1.3) and reasons in words."""

    read: bool
    score: float
    reasons: tuple[str, ...]


def looks_read(text: str, settings: Settings) -> Look:
    """Whether *text* looks as if OCR had read it; *settings* name the character model."""
    sample = _sample(text)
    if len(sample) < _SHORT:
        return Look(False, 0.0, ("too short to tell",))
    untyped = _TYPED.search(text) is None
    counted = list(_count(sample))
    signs = [f"{name} ({n})" for name, n in counted if n]
    count = sum(n for _, n in counted)
    score = _UNTYPED * untyped + _SIGNED * min(1.0, count / _ENOUGH_SIGNS)
    reasons = ["no full-width blanks, letters or brackets"] * untyped + signs
    if score + _DOUBTED < _BAR or not reasons:
        return Look(False, score, (*reasons, "the character model was not asked"))
    slips = _slips(sample, settings)
    score += _DOUBTED * min(1.0, slips * 1000 / len(sample) / _ENOUGH_SLIPS)
    reasons.append(f"the character model finds {slips} slips in {len(sample):,} characters")
    return Look(score >= _BAR, score, tuple(reasons))


def _sample(text: str) -> str:
    """The whole text if it is short, else pieces from its beginning, middle and end."""
    if len(text) <= _PIECES * _PIECE:
        return text
    step = (len(text) - _PIECE) // (_PIECES - 1)
    return "\n".join(text[i * step : i * step + _PIECE] for i in range(_PIECES))


def _count(sample: str) -> Iterator[tuple[str, int]]:
    ascii_ones = sample.encode("ascii", "ignore").decode("ascii")
    for name, pattern in _SIGNS.items():
        yield name, len(pattern.findall(sample)) if _may_hold(name, sample, ascii_ones) else 0


def _may_hold(name: str, sample: str, ascii_ones: str) -> bool:
    """Whether *sample*, with *ascii_ones* in it, may hold a sign: where this says no, it does not."""
    hint = _IN_ASCII.get(name)
    if hint is not None and hint.search(ascii_ones):
        return True
    return any(pattern.search(sample) for pattern in _IN_SAMPLE.get(name, ()))


def _slips(sample: str, settings: Settings) -> int:
    from minutes_cli.normalize.channel import loaded_model, verdicts_in

    found = verdicts_in(sample, loaded_model(settings.model))
    return sum(
        verdict.confidence >= _SURE and not (verdict.row.about_a_name or verdict.row.real_word) for _, verdict in found
    )
