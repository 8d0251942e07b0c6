"""The noisy channel: single kana and kanji that OCR took for others, judged from the context.

Method: M. D. Kernighan, K. W. Church, W. A. Gale, *A Spelling Correction Program Based on a Noisy Channel Model*
(COLING 1990), with a character model for what was meant and likeness in print for how it was misread.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from minutes_cli.lexicon.variants import are_variants
from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import CHANNEL, Settings
from minutes_cli.normalize.orthography import may_quote, old_orthography

if TYPE_CHECKING:
    from minutes_cli.normalize.channel.character_model import CharacterModel
    from minutes_cli.normalize.channel.judge import Verdict

RULE = CHANNEL

#: From this confidence on a correction is safe, is asked about, is shown.
_SAFE, _ASK, _SHOW = 0.92, 0.6, 0.5
#: Nothing that was read is certain.
_SUREST = 0.999
#: So many characters are judged at once: more would only take memory.
_PIECE, _OVERLAP = 200_000, 16


def find(text: str, settings: Settings) -> Iterator[Correction]:
    """Corrections of single characters, if the settings ask for them."""
    if not settings.channel:
        return
    gate = old_orthography(text)
    if gate.whole:
        return
    for at, verdict in verdicts_in(text, loaded_model(settings.model)):
        safety = _safety(verdict)
        old_kana = verdict.row.seen == "つ" and may_quote(text, at)
        if safety is not None and not gate.at(at) and not old_kana:
            row, confidence = verdict
            yield Correction(at, at + 1, row.meant, RULE, safety, min(round(confidence, 3), _SUREST), _reason(verdict))


@lru_cache(maxsize=2)
def loaded_model(path: Path | None = None) -> CharacterModel:
    """The model at *path*, or the one that comes with minutes. Raises UsageError when it cannot be read."""
    from minutes_cli.normalize.channel.character_model import load, shipped

    return load(path or shipped())


@lru_cache(maxsize=4)
def verdicts_in(text: str, model: CharacterModel) -> tuple[tuple[int, Verdict], ...]:
    """Verdicts with their place in *text*; white space is looked through, since lines are wrapped anywhere.

    The last few answers are kept: the look for OCR and the last round ask about a text that was judged before.
    """
    return tuple(_verdicts(text, model))


def _verdicts(text: str, model: CharacterModel) -> Iterator[tuple[int, Verdict]]:
    import numpy as np

    from minutes_cli.normalize.channel.alphabet import codes, japanese
    from minutes_cli.normalize.channel.evidence import repeats
    from minutes_cli.normalize.channel.judge import verdicts

    squeezed = "".join(text.split())
    # Not str.isspace for each character: what split() leaves out is what is missing from the squeezed text.
    spaces = np.array([ord(c) for c in set(text) if c.isspace()], dtype=np.uint32)
    places = np.flatnonzero(~np.isin(codes(text), spaces))
    allowed = japanese(squeezed)
    document = repeats(squeezed)
    for start in range(0, len(squeezed), _PIECE):
        low, high = max(0, start - _OVERLAP), start + _PIECE + _OVERLAP
        for verdict in verdicts(squeezed[low:high], allowed[low:high], model, document):
            at = low + verdict.row.at
            if start <= at < start + _PIECE:
                yield int(places[at]), verdict


def _safety(verdict: Verdict) -> Safety | None:
    row, confidence = verdict
    if confidence < _SHOW or are_variants(row.seen, row.meant):
        return None
    if confidence < _ASK:
        return Safety.SHOW
    doubtful = confidence < _SAFE or row.about_a_name or row.real_word
    return Safety.ASK if doubtful else Safety.SAFE


def _reason(verdict: Verdict) -> str:
    row = verdict.row
    parts = [f"{row.meant} is {row.column('gain'):.1f} nats likelier here than {row.seen}"]
    if row.column("alike"):
        parts.append(f"they look {row.column('alike'):.2f} alike")
    if row.words.falls > 0:
        parts.append(f"as words the line costs {row.words.falls:,} less")
    if row.comes_back:
        parts.append("the corrected string stands elsewhere in the record")
    if row.real_word:
        parts.append("but a known word stands here, and the two do not look alike")
    if row.about_a_name:
        parts.append("part of a name")
    return "; ".join(parts)
