"""Subtitles as meeting recorders write them -> Source: WebVTT (W3C Candidate Recommendation, 2019) and SubRip.

A cue is a few words with its time; a record is who said what. So the cues of one speaker are put together to sentences,
each of them a line, and the speaker stands once before them, in the brackets of the convention ``bracket-label``, and
is marked as a label. Both formats are lines and blank lines: reading them takes no package.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from minutes_cli.errors import IngestError
from minutes_cli.ingest.collect import Collector
from minutes_cli.ingest.sniff import is_vtt
from minutes_cli.ingest.text import decode
from minutes_cli.model import Severity, Source, Span
from minutes_cli.patterns import lazy

__all__ = ["read"]

_TIMES = lazy(
    r"[ \t]*(?P<start>(?:[0-9]{1,4}:)?[0-9]{1,2}:[0-9]{1,2}[,.][0-9]{1,3})[ \t]*-->[ \t]*"
    r"(?P<end>(?:[0-9]{1,4}:)?[0-9]{1,2}:[0-9]{1,2}[,.][0-9]{1,3})"
)
_VOICE = lazy(r"<v(?:\.[^\s<>]{0,100})?[ \t]+(?P<name>[^<>\n]{1,200})>")
_RUBY = lazy(r"<rt(?:\.[^<>]{0,100})?>(?P<above>[^<>]{0,200})(?:</rt>)?")
_TAG = lazy(
    r"</?(?:(?:c|i|b|u|s|v|lang|ruby|rt|font|br)(?:[. \t][^<>]{0,300})?/?|[0-9:.]{5,20})>"
    r"|\{\\[a-z0-9]{1,20}[^{}\n]{0,50}\}",
    re.I,
)
_NAME = r"[^\s:：。、「」（()）［］\[\]【】<>][^:：。、「」（()）［］\[\]【】<>\n]{0,39}?"
#: A name with what stands behind it in brackets: 山田太郎（潮見市）, 議長（山田太郎君）.
_WHOLE_NAME = rf"{_NAME}(?:[（(][^（()）\n]{{1,30}}[）)][^\W0-9]{{0,6}}){{0,2}}"
#: How a cue that begins with its speaker is written, each form tried on the whole file.
_SPOKEN_BY = (
    lazy(rf"(?P<name>{_WHOLE_NAME})[ \t　]*[:：](?!//)[ \t　]*(?P<said>\S.*)$"),
    lazy(rf"[\[［【](?P<name>{_WHOLE_NAME})[\]］】][:：]?[ \t　]*(?P<said>\S.*)$"),
    lazy(rf"[（(](?P<name>{_NAME})[）)][:：]?[ \t　]*(?P<said>\S.*)$"),
)
_NO_NAME = lazy(r"[0-9０-９\W]+$|https?$")
_ENDS = "。！？!?」』）)．.…"
_NOT_COVERED = "[]【】"
_LABEL = "【{}】{}"
_LONGEST_LINE = 400
"""Characters of a line at which the next cue begins another one, sentence or not."""
_PAUSE = 3_000
"""Milliseconds of silence behind which a line does not go on."""


class Cue(NamedTuple):
    """What is shown at a time, in milliseconds: the lines of one speaker, None where the cue does not say who."""

    start: int
    end: int
    speaker: str | None
    lines: tuple[str, ...]


def read(raw: bytes, name: str, encoding: str | None) -> Source:
    """The record in a file of subtitles; the place of a text is the time at which it is shown, ``00:12:03.500``.

    Raises IngestError (undecodable, no cue in it).
    """
    decoded = decode(raw, name, encoding)
    vtt = is_vtt(raw, name)
    blocks = list(_blocks(decoded.text.removeprefix("\ufeff")))
    collector = Collector(name, "text/vtt" if vtt else "application/x-subrip")
    if vtt:
        title = " ".join(blocks[0][0][6:].split()).lstrip("- ")
        if title:
            collector.line(title, "header", furniture=True)
        blocks[0] = blocks[0][1:] if len(blocks[0]) > 1 and any("-->" in line for line in blocks[0]) else []
    cues, notes = _cues(blocks, vtt)
    if not cues:
        raise IngestError(f"{name}: subtitles without a single cue (00:00:01.000 --> 00:00:02.000 and a text below it)")
    named = _named(cues)
    _write(collector, named)
    if not any(cue.speaker for cue in named):
        collector.report("no-voices", "the cues name no speakers", Span(0, 0), Severity.INFO)
    if notes:
        first = notes[0] if len(notes[0]) <= 40 else notes[0][:40] + "…"
        collector.report("subtitle-note", f"{len(notes)} notes are not in the text, the first: {first}", Span(0, 0),
                         Severity.INFO)  # fmt: skip
    return collector.source(raw, decoded.encoding, empty="no words in its cues")


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _cues(blocks: list[list[str]], vtt: bool) -> tuple[list[Cue], list[str]]:
    """All cues, and the notes. A block without times goes on with the cue before: it had a blank line in its text."""
    cues: list[Cue] = []
    notes: list[str] = []
    for block in blocks:
        at = next((i for i, line in enumerate(block[:2]) if _TIMES.match(line)), None)
        if at is not None:
            times = _TIMES.match(block[at])
            assert times is not None
            start, end = _milliseconds(times["start"]), _milliseconds(times["end"])
            cues += _by_voice(start, end, _payload(block[at + 1 :], vtt), None, vtt)
        elif vtt and block and block[0].split()[0] in ("NOTE", "STYLE", "REGION"):
            if block[0].startswith("NOTE") and (note := " ".join(" ".join(block)[4:].split())):
                notes.append(note)
        elif cues:
            last = cues[-1]
            cues += _by_voice(last.start, last.end, _payload(block, vtt), last.speaker, vtt)
        elif block:
            notes.append(" ".join(block))
    return cues, notes


def _payload(lines: list[str], vtt: bool) -> str:
    text = _RUBY.sub(r"（\g<above>）", "\n".join(lines))
    if "<" not in text and "{" not in text:
        return text
    return _TAG.sub(lambda tag: tag.group() if vtt and _VOICE.match(tag.group()) else "", text)


def _by_voice(start: int, end: int, text: str, speaker: str | None, vtt: bool) -> Iterator[Cue]:
    """The cues in a cue: one for each <v …> in it."""
    at = 0
    for voice in [*(_VOICE.finditer(text) if vtt else ()), None]:
        said = text[at : voice.start() if voice else len(text)]
        said = unescape(said) if vtt else said  # only WebVTT has character references
        lines = tuple(line.strip() for line in said.split("\n") if line.strip())
        if lines:
            yield Cue(start, end, speaker, lines)
        if voice:
            speaker, at = " ".join(unescape(voice["name"]).split()), voice.end()


def _named(cues: list[Cue]) -> list[Cue]:
    """The cues with their speakers, where the words of the cues say them: ``山田：…``, ``[山田] …``, ``（山田）…``.

    A form counts if half of the cues have it, or if its names come back, the first cue has it and what follows
    without a name is taken to be said by the one before.
    """
    if any(cue.speaker for cue in cues):
        return cues
    for form in _SPOKEN_BY:
        found = [form.match(cue.lines[0]) for cue in cues]
        names = Counter(match["name"] for match in found if match and not _NO_NAME.match(match["name"]))
        total = names.total()
        often = 2 * total >= len(cues)
        if total < 2 or not (often or (found[0] and 2 * len(names) <= total)):
            continue
        named: list[Cue] = []
        speaker: str | None = None
        for cue, match in zip(cues, found, strict=True):
            if match and not _NO_NAME.match(match["name"]):
                speaker = match["name"]
                cue = cue._replace(lines=(match["said"], *cue.lines[1:]))
            named.append(cue._replace(speaker=speaker))
        return named
    return cues


def _write(collector: Collector, cues: list[Cue]) -> None:
    """Lines of the cues: each begins with its speaker where that changes, and ends where a sentence does."""
    parts: list[tuple[str, Cue]] = []  # of the line at hand
    speaker: str | None = None
    size = label = 0  # of the line: its characters, and those of its label
    for cue in cues:
        changed = cue.speaker != speaker
        for i, words in enumerate(cue.lines):
            last = parts[-1] if parts else None
            fresh = changed and i == 0
            if last and (
                fresh
                or last[0][-1] in _ENDS
                or size > _LONGEST_LINE
                or cue.start - last[1].end > _PAUSE
                or words[0] in "-–—－"
            ):
                _line(collector, parts, label)
                parts, size = [], 0
            if fresh and cue.speaker:
                words = _LABEL.format(_label(cue.speaker), words)
            parts.append((words, cue))
            size += len(words)
            if len(parts) == 1:
                label = len(_label(cue.speaker)) if fresh and cue.speaker else 0
        speaker = cue.speaker
    if parts:
        _line(collector, parts, label)


def _line(collector: Collector, parts: list[tuple[str, Cue]], label: int) -> None:
    text, places = "", []
    for words, cue in parts:
        if text and text[-1].isascii() and words[0].isascii():
            text += " "
        places.append((len(text), _time(cue.start)))
        text += words
    collector.line(text, places[0][1], within=places[1:], label=(1, 1 + label) if label else None)


def _label(speaker: str) -> str:
    """A speaker as a label in 【】; brackets of that sort in it become round ones."""
    return speaker.translate(str.maketrans(_NOT_COVERED, "（）（）"))


def _milliseconds(time: str) -> int:
    clock, _, fraction = time.replace(",", ".").partition(".")
    seconds = 0
    for part in clock.split(":"):
        seconds = 60 * seconds + int(part)
    return 1000 * seconds + int(fraction.ljust(3, "0"))


def _time(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
