"""The full text of a record as pieces of a page: every passage in its order, each character of it once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from minutes_cli.export.shown import shown
from minutes_cli.model import TurnKind
from minutes_cli.passage import Passage, PassageKind, Record
from minutes_cli.summarize.model import Sentence, Speech

__all__ = ["Line", "Part", "Piece", "pieces", "place"]

_COLUMNS = 40  # characters of a line on the page, to guess how high a piece will be


class Part(NamedTuple):
    """A stretch of text on the page.

    ``kind``: text, slip (corrected; ``before`` is what stands in the record), event, or sentence (holds ``parts`` and
    can be reached by ``id``).
    """

    kind: str
    text: str = ""
    before: str = ""
    id: str = ""
    parts: tuple[Part, ...] = ()


class Line(NamedTuple):
    """A paragraph and the line of the original (from 1) where it begins; ``event``: something that happened."""

    line: int
    parts: tuple[Part, ...]
    event: bool = False


class Piece(NamedTuple):
    """A passage on the page. ``speaker`` is the id of who speaks in the record, ``who`` the label printed there.

    ``turn`` is set for speech; ``level`` (from 1) for headings; ``rows`` guesses its height in lines of text.
    """

    id: str
    kind: PassageKind
    turn: str | None
    speaker: str | None
    who: str
    does: TurnKind | None
    place: str
    level: int
    rows: int
    lines: tuple[Line, ...]


def pieces(
    record: Record, number: int, speeches: Sequence[Speech], quoted: Mapping[str, Collection[int]]
) -> Iterator[Piece]:
    """Every passage of *record*, the page's *number*-th (from 1). Events of a speech stand inside it.

    *quoted* says which sentences of which turn can be reached by themselves; they get the id of the piece with
    ``-s`` and their number (from 0).
    """
    said = {speech.turn.id: speech for speech in speeches}
    happened: dict[str, list[Passage]] = defaultdict(list)
    spoken = {passage.turn for passage in record.passages if passage.kind is PassageKind.SPEECH}
    for passage in record.passages:
        if passage.kind is PassageKind.EVENT and passage.turn in spoken:
            happened[passage.turn or ""].append(passage)
    labels = {speaker.id: speaker.label for speaker in record.speakers}
    levels = {section.id: section.level for section in record.sections}
    for index, passage in enumerate(record.passages):
        speech = passage.kind is PassageKind.SPEECH and passage.turn is not None
        if not speech and passage.kind is PassageKind.EVENT and passage.turn in spoken:
            continue
        about = said.get(passage.turn or "") if speech else None
        name = f"r{number}-{passage.turn}" if speech else f"r{number}-p{index + 1}"
        sentences = _sentences(about.sentences, quoted.get(about.turn.id, ()), name) if about else []
        lines = tuple(_lines(passage, sentences, happened[passage.turn or ""] if speech else []))
        label = about.turn.label if about else None
        yield Piece(
            name,
            passage.kind,
            passage.turn if speech else None,
            passage.speaker,
            shown(label or labels.get(passage.speaker or "", "")),
            about.turn.kind if about else None,
            place(record, passage, about.turn.lines if about else None),
            levels.get(passage.section or "", 1),
            sum(1 + len(line) // _COLUMNS for line in passage.text.split("\n")),
            lines,
        )


def place(record: Record, passage: Passage, lines: tuple[int, int] | None = None) -> str:
    """Where *passage* stands in the original, in words: lines, and printed pages where there are any."""
    last = max(0, len(passage.text) - 1)
    first_line, last_line = lines or (passage.place(0).line, passage.place(last).line)
    words = f"{first_line:,}行" if first_line == last_line else f"{first_line:,}–{last_line:,}行"
    span = passage.span(0, last + 1 if passage.text else 0)
    begin, end = record.page(span.start), record.page(max(span.start, span.end - 1))
    if begin is None and end is None:
        return words
    return words + (f"・{begin}頁" if begin == end else f"・{begin or '–'}–{end}頁")


def _sentences(sentences: Sequence[Sentence], wanted: Collection[int], name: str) -> list[tuple[int, int, str]]:
    return [(sentences[i].start, sentences[i].end, f"{name}-s{i}") for i in sorted(wanted)]


def _lines(passage: Passage, sentences: Sequence[tuple[int, int, str]], events: Sequence[Passage]) -> Iterator[Line]:
    placed = [(_at(passage, event), event) for event in events]
    at = 0
    for paragraph in passage.text.split("\n"):
        end = at + len(paragraph)
        inside: list[tuple[int, Passage]] = []
        after: list[Passage] = []
        for where, event in placed:
            if at <= where <= end:
                if where in (at, end) and _stands_alone(passage, event, where):
                    if where == end:
                        after.append(event)
                    else:
                        yield _event(event)
                else:
                    inside.append((where, event))
        here = [s for s in sentences if at <= s[0] and s[1] <= end]
        yield Line(passage.place(at).line, tuple(_parts(passage, at, end, here, inside)), event=_is_event(passage))
        yield from map(_event, after)
        at = end + 1


def _is_event(passage: Passage) -> bool:
    return passage.kind is PassageKind.EVENT


def _event(event: Passage) -> Line:
    return Line(event.place(0).line, (Part("event", shown(event.text.replace("\n", " "))),), event=True)


def _at(passage: Passage, event: Passage) -> int:
    """Where in the text of *passage* the event happens: before the first character that stands behind it."""
    runs, start = passage.runs, event.runs[0].start
    i = bisect_right(runs, start, key=lambda run: run.start) - 1
    if i < 0:
        return 0
    stop = runs[i + 1].at if i + 1 < len(runs) else len(passage.text)
    line_end = passage.text.find("\n", runs[i].at, stop)
    at = min(runs[i].at + start - runs[i].start, stop if line_end < 0 else line_end)
    if at == line_end and i + 1 < len(runs) and runs[i + 1].line == event.runs[0].line:
        return stop  # it opens the line of the next paragraph
    return at


def _stands_alone(passage: Passage, event: Passage, at: int) -> bool:
    """Whether no speech stands on the line of *event*."""
    line = event.place(0).line
    return all(passage.place(k).line != line for k in (at - 1, at) if 0 <= k < len(passage.text))


def _parts(
    passage: Passage,
    start: int,
    end: int,
    sentences: Sequence[tuple[int, int, str]],
    events: Sequence[tuple[int, Passage]],
) -> Iterator[Part]:
    at = start
    for first, last, name in sentences:
        yield from _plain(passage, at, first, [e for e in events if at <= e[0] < first])
        inner = _plain(passage, first, last, [e for e in events if first <= e[0] < last])
        yield Part("sentence", id=name, parts=tuple(inner))
        at = last
    yield from _plain(passage, at, end, [e for e in events if at <= e[0]])


def _plain(passage: Passage, start: int, end: int, events: Sequence[tuple[int, Passage]]) -> Iterator[Part]:
    """``text[start:end]`` cut at its corrections and at the events in it."""
    marks: list[tuple[int, int, Part]] = [
        (where, where, Part("event", shown(event.text.replace("\n", " ")))) for where, event in events
    ]
    for slip in passage.slips_in(start, end) if end > start else ():
        low, high = max(slip.start, start), min(slip.end, end)
        marks.append((low, high, Part("slip", shown(passage.text[low:high]), shown(slip.before))))
    at = start
    for low, high, part in sorted(marks, key=lambda mark: mark[:2]):
        low = max(low, at)
        if at < low:
            yield Part("text", shown(passage.text[at:low]))
        yield part
        at = max(at, high)
    if at < end:
        yield Part("text", shown(passage.text[at:end]))
