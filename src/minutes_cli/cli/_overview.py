"""A Document as lines to read: what record it is, who speaks, and where every turn begins. Prints nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from minutes_cli.cli._print import Line
from minutes_cli.cli._text import columns, count, cut, pad, visible, wrap
from minutes_cli.model import Document, Edit, Kind, Safety, Turn, TurnKind

_DIGITS = "0-9０-９一二三四五六七八九十百"


def overview(document: Document, width: int, *, turns: bool = True, proposed: Sequence[Edit] = ()) -> Iterator[Line]:
    """The record in at most *width* columns a line; *turns* also lists every turn.

    *proposed* are corrections that were found but not applied.
    """
    yield from _head(document, width, proposed)
    yield from _speakers(document, width)
    yield from _sections(document, width)
    yield from _items(document, width)
    if turns:
        yield from _turns(document, width)
    yield from _findings(document, width)


def explain(document: Document, width: int) -> Iterator[Line]:
    """Why this layout and no other, and what each stretch of lines was taken for."""
    layout = document.layout
    labels = sum(turn.label is not None for turn in document.turns)
    yield from _title("layout: each convention with its score, its labels and the reasons")
    chosen = (layout.convention or "none", layout.score, labels, layout.reasons)
    others = ((p.convention, p.score, p.labels, p.reasons) for p in layout.alternatives)
    for mark, (name, score, found, reasons) in zip(chain("*", _forever()), chain((chosen,), others), strict=False):
        yield [
            (f"{mark} ", "warn"),
            (pad(visible(name), 18), "speaker"),
            (f"{score:5.2f} {count(found, 'label'):>13}", ""),
        ]
        yield from ([("    " + part, "faint")] for r in reasons for part in wrap(visible(r), width - 4))
    yield from _title(f"lines: what each was taken for ({count(len(document.blocks), 'block')})")
    view = document.view
    rows = []
    for block in document.blocks:
        span = view.to_source(block.start, block.end)
        first, last = (
            view.source.place(span.start).line,
            view.source.place(max(span.start, span.end - 1)).line,
        )
        text = view.text[block.start : min(block.end, block.start + 2 * width)].strip()
        rows.append([f"{first}" if first == last else f"{first}-{last}", block.kind.value, text])
    yield from table(["line", "kind", "text"], rows, width, shrink=(2,), right=(0,))


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    *,
    shrink: Sequence[int],
    right: Sequence[int] = (),
    style: int = 0,
    whole: bool = False,
) -> Iterator[Line]:
    """*rows* under *head*; where they are wider than *width*, the columns in *shrink* give way.

    They are cut, or with *whole* go on in further lines.
    """
    safe = [[visible(cell) for cell in row] for row in rows]
    widths = [max(columns(head[i]), *(columns(row[i]) for row in safe), 0) for i in range(len(head))]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        widest = max(shrink, key=lambda i: widths[i])
        if widths[widest] <= 6:
            break
        widths[widest] -= 1
    last = len(head) - 1
    if whole:
        safe = [list(line) for row in safe for line in zip_longest(*map(wrap, row, widths), fillvalue="")]
    for number, row in enumerate([head, *safe]):
        line: Line = []
        for i, cell in enumerate(row):
            at_end = i == last and i not in right
            text = cut(cell, widths[i]) if at_end else pad(cell, widths[i], right=i in right)
            kind = "faint" if number == 0 else "speaker" if i == style else ""
            line += [(text, kind), ("" if i == last else "  ", "")]
        yield line


def _title(words: str) -> Iterator[Line]:
    yield []
    yield [(words, "head")]


def _forever() -> Iterator[str]:
    while True:
        yield " "


def _head(document: Document, width: int, proposed: Sequence[Edit]) -> Iterator[Line]:
    source, meeting, layout = document.view.source, document.meeting, document.layout
    yield [(part, "title") for part in wrap(visible(meeting.title or source.name), width)][:1]
    times = "–".join(t for t in (meeting.start, meeting.end) if t)
    events = sum(1 for _ in document.events_in_order())
    facts = (
        ("file", f"{source.name} ({source.encoding}, {count(len(source.text), 'character')})"),
        ("body", meeting.body),
        ("session", meeting.session),
        ("date", " ".join(t for t in (meeting.date, times) if t)),
        ("place", meeting.place),
        ("to", meeting.addressee),
        ("from", meeting.sender),
        ("kind", document.kind.value),
        ("layout", f"{layout.convention or 'none'}, score {layout.score:.2f}"),
        ("pages", f"{len(document.pages):,}" if document.pages else None),
        ("attendance", count(len(document.attendance), "person", "people") if document.attendance else None),
        ("events", f"{events:,}" if events else None),
        ("corrections", _corrections(document, proposed)),
    )
    for key, value in facts:
        if value:
            for number, part in enumerate(wrap(visible(value), width - 12)):
                yield [(pad("" if number else key, 12), "key"), (part, "")]


def _corrections(document: Document, proposed: Sequence[Edit]) -> str | None:
    applied = document.view.edits
    return f"{tally(applied, proposed)} (minutes normalize --table shows them)" if applied or proposed else None


def tally(applied: Sequence[Edit], proposed: Sequence[Edit]) -> str:
    """How many corrections were applied and how many only *proposed*: 23 safe applied, 4 to ask, 1 to look at."""
    done = Counter(edit.safety for edit in applied)
    waiting = Counter(edit.safety for edit in proposed)
    left = {Safety.SAFE: "safe not applied", Safety.ASK: "to ask", Safety.SHOW: "to look at"}
    parts = [f"{done[safety]:,} {safety} applied" for safety in Safety if done[safety]]
    parts += [f"{waiting[safety]:,} {words}" for safety, words in left.items() if waiting[safety]]
    return ", ".join(parts) or "no corrections"


def _speakers(document: Document, width: int) -> Iterator[Line]:
    if not document.speakers:
        return
    total = sum(s.characters for s in document.speakers) or 1
    names = _names(document)
    yield from _title(f"speakers ({len(document.speakers):,})")
    rows = [
        [
            names[s.id],
            " ".join(p for p in (s.role, s.title, s.affiliation) if p and (s.name == names[s.id] or p not in s.label)),
            f"{s.turns:,}",
            f"{s.characters:,}",
            f"{100 * s.characters / total:.0f} %",
        ]
        for s in document.speakers
    ]
    yield from table(["name", "role", "turns", "characters", "share"], rows, width, shrink=(0, 1), right=(2, 3, 4))


def _sections(document: Document, width: int) -> Iterator[Line]:
    if not document.sections:
        return
    yield from _title(f"sections ({len(document.sections):,})")
    place = document.view.source.place
    rows = [
        [f"{place(s.span.start).line}", "  " * (s.level - 1) + _numbered(s.number, s.heading)]
        for s in document.sections
    ]
    yield from table(["line", "heading"], rows, width, shrink=(1,), right=(0,), style=1)


def _numbered(number: str | None, heading: str) -> str:
    """The heading with its number, once: 日程第１ 会期の決定 holds its own, 令和３年度予算 as item 3 does not."""
    if not number or re.match(rf"[^{_DIGITS}]{{0,8}}{re.escape(number)}(?![{_DIGITS}年月])", heading):
        return heading
    return f"{number} {heading}"


def _items(document: Document, width: int) -> Iterator[Line]:
    if not document.items:
        return
    yield from _title(f"items ({len(document.items):,})")
    place = document.view.source.place
    rows = [
        [
            f"{place(i.span.start).line}",
            ("  " if i.parent else "") + i.number,
            _first_words([i.heading or i.text], width),
        ]
        for i in document.items
    ]
    yield from table(["line", "number", "demand"], rows, width, shrink=(2,), right=(0,), style=1)


def _turns(document: Document, width: int) -> Iterator[Line]:
    if not document.turns:
        if document.kind not in (Kind.PETITION, Kind.SLIDES):
            yield from _title("turns (none found)")
        return
    yield from _title(f"turns ({len(document.turns):,})")
    names = _names(document)
    mixed = any(turn.kind is not TurnKind.SPEECH for turn in document.turns)
    rows = [
        [
            f"{t.lines[0]}",
            _who(t, names),
            *([t.kind.value] if mixed else []),
            _first_words(t.paragraphs, width),
        ]
        for t in document.turns
    ]
    head = ["line", "speaker", *(["kind"] if mixed else []), "first words"]
    widest = max(12, width // 4)
    for row in rows:
        row[1] = cut(visible(row[1]), widest)
    yield from table(head, rows, width, shrink=(len(head) - 1,), right=(0,), style=1)


def _names(document: Document) -> dict[str, str]:
    """Speaker id -> name, or the whole label where there is none or where two people have the same."""
    uses = Counter(s.name for s in document.speakers)
    return {s.id: s.name if s.name and uses[s.name] == 1 else s.label for s in document.speakers}


def _who(turn: Turn, names: dict[str, str]) -> str:
    return names.get(turn.speaker or "") or turn.label or "–"


def _first_words(paragraphs: Sequence[str], width: int) -> str:
    """The beginning of a text, cut before it is measured: a long speech costs no more than a short one."""
    return " ".join(p[:width] for p in paragraphs[:3])[: width + 1]


def _findings(document: Document, width: int) -> Iterator[Line]:
    if not document.findings:
        return
    yield from _title(f"findings ({len(document.findings):,})")
    place = document.view.source.place
    rows = [[f"{place(f.span.start).line}", f.severity.value, f.rule, f.message] for f in document.findings]
    yield from table(["line", "severity", "rule", "message"], rows, width, shrink=(3,), right=(0,), style=2)
