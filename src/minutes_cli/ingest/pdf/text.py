"""Lines of glyphs written as text: gaps become blanks, indents too, readings go behind their words in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from minutes_cli.ingest.pdf.lines import Line, cut, is_wide

__all__ = ["Written", "pitch_of", "written"]

_MOST_BLANKS = 60
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")
_KANJI = re.compile(r"[一-鿿㐀-䶿々〆ヶ\U00020000-\U0003ffff]")


class Written(NamedTuple):
    """One line of text; ``gap`` says that it stands clearly further below the line before it than lines usually do.

    ``readings`` are those that were beside its words and are now in brackets.
    """

    text: str
    gap: bool
    readings: tuple[str, ...]


def pitch_of(lines: Iterable[Line], size: int) -> int:
    """How far apart characters stand that follow each other in running text."""
    steps = Counter(
        (second - first) // 5 * 5
        for line in lines
        for character, (first, second) in zip(line.text, pairwise(line.starts), strict=False)
        if is_wide(character) and size * 8 < (second - first) * 10 < size * 15
    )
    return max(steps.most_common(1)[0][0] if steps else size, 1)


def written(lines: list[Line], margin: int, pitch: int, leading: int, after: Line | None = None) -> list[Written]:
    """*lines* of one column as text.

    *margin* is where its lines begin, *pitch* how far apart characters stand, *leading* how far apart lines; *after* is
    the line that stands before the first one, if any.
    """
    found = []
    before, readings = after, list[Line]()
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if below is not None and _is_reading(line, below):
            readings.append(line)
            continue
        text, kept = line, list[tuple[int, str]]()
        for reading in readings:
            kept += _readings(reading, text)
        gap = before is not None and (line.base - before.base) * 4 > 7 * leading
        found.append(Written(_text(text, margin, pitch, kept), gap, tuple(word for _, word in kept)))
        before, readings = line, []
    return found


def _text(line: Line, margin: int, pitch: int, readings: list[tuple[int, str]]) -> str:
    indent = min(max(round((line.start - margin) / pitch), 0), _MOST_BLANKS)
    parts = ["　" * indent]
    own = _own_pitch(line, pitch)
    behind = dict[int, str]()
    for at, reading in readings:
        behind[at] = behind.get(at, "") + f"（{reading}）"
    for i, character in enumerate(line.text):
        if i:
            parts.append(_blanks(line, i, own))
        parts.append(character)
        if i in behind:
            parts.append(behind[i])
    return "".join(parts).rstrip()


def _blanks(line: Line, i: int, pitch: int) -> str:
    """The blanks for the gap before the character *i* of *line*."""
    before, character = line.text[i - 1], line.text[i]
    wide = is_wide(before) and is_wide(character)
    gap = line.starts[i] - line.ends[i - 1]
    if is_wide(before):
        gap = min(gap, line.starts[i] - line.starts[i - 1] - pitch)
    if gap >= (0.6 if wide else 0.8) * pitch:
        return "　" * min(max(round(gap / pitch), 1), _MOST_BLANKS)
    if wide or before.isspace() or character.isspace():
        return ""
    least = 0.17 if not is_wide(before) and not is_wide(character) else 0.45
    return " " if gap >= least * pitch else ""


def _own_pitch(line: Line, pitch: int) -> int:
    """How far apart characters of *line* stand: as in running text, unless it is set in letters of another size."""
    return pitch if 4 * pitch <= 5 * line.size <= 6 * pitch else max(line.size, 1)


def _is_reading(line: Line, below: Line) -> bool:
    """Whether *line* gives the readings of words in the line *below* it (ruby): small kana close above kanji."""
    return (
        line.size * 20 <= below.size * 13
        and 4 * below.size < (below.base - line.base) * 10 <= 13 * below.size
        and _KANA.fullmatch(line.text) is not None
        and any(_words_under(word, below) for word in _words(line))
        and all(_words_under(word, below) for word in _words(line))
    )


def _words(line: Line) -> list[Line]:
    """*line* cut where a gap is wider than a character of it."""
    found, begin = [], 0
    for i in range(1, len(line.text) + 1):
        if i == len(line.text) or line.starts[i] - line.ends[i - 1] > line.size:
            found.append(cut(line, begin, i))
            begin = i
    return found


def _words_under(word: Line, below: Line) -> list[int]:
    """The indexes of the characters of *below* that stand under *word*; empty where none is a kanji."""
    quarter = below.size // 4
    found = [
        i
        for i, (start, end) in enumerate(zip(below.starts, below.ends, strict=True))
        if word.start - quarter <= (start + end) // 2 <= word.end + quarter
    ]
    return found if any(_KANJI.match(below.text[i]) for i in found) else []


def _readings(line: Line, below: Line) -> list[tuple[int, str]]:
    """Behind which character of *below* each reading of *line* belongs."""
    found = []
    for word in _words(line):
        under = [i for i in _words_under(word, below) if _KANJI.match(below.text[i])]
        found.append((under[-1], word.text.strip()))
    return found
