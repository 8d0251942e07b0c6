"""A comparison as lines to read: where, who, what became of it, and which characters changed. Prints nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_cli.cli._print import Line
from minutes_cli.cli._text import cut, visible
from minutes_cli.compare.facts import named
from minutes_cli.compare.model import Change, Comparison, Fact, Piece, Sort, Transcript, Unit, What
from minutes_cli.compare.model import Entry as Told
from minutes_cli.compare.pieces import pieces, pieces_of

#: Characters that are shown around a change, of a stretch that stayed.
_AROUND = 20
_GLIMPSE = 60


def comparison_lines(comparison: Comparison, paths: tuple[str, str], *, colour: bool) -> Iterator[Line]:
    """Every difference of a record; *paths* are those to name before line numbers."""
    for fact in comparison.facts:
        yield from _fact(fact, paths)
    for change in comparison.changes:
        yield []
        yield _head(comparison, change, paths)
        yield from _parts(comparison, change, paths)
        yield from _body(comparison, change, colour=colour)


def _fact(fact: Fact, paths: tuple[str, str]) -> Iterator[Line]:
    what = f"{fact.part} {fact.name}".rstrip()
    who = f" of {fact.who}" if fact.who else ""
    if fact.old is not None and fact.new is not None:
        found = pieces(fact.old.text, fact.new.text)
        yield [(visible(f"{what}{who}: "), "key"), *_marked(found, ""), *_told_at(fact, paths)]
        return
    told = fact.new or fact.old
    sign, word = ("+", "added") if fact.old is None else ("-", "removed")
    if fact.name:  # a field that was or is empty
        word = "now" if fact.old is None else "no longer"
    style = "in" if sign == "+" else "out"
    text = told.text if told else ""
    yield [(visible(f"{what}{who} {word}: "), "key"), (visible(text), style), *_told_at(fact, paths)]


def _told_at(fact: Fact, paths: tuple[str, str]) -> Line:
    places = [_told_place(told, path) for told, path in zip((fact.old, fact.new), paths, strict=True) if told]
    words = " → ".join(place for place in places if place)
    return [(visible(f"  ({words})"), "faint")] if words else []


def _told_place(told: Told, path: str) -> str:
    if told.line is not None:
        return f"{path}:{told.line}"
    return f"{path}, character {told.span[0] + 1:,}" if told.span else ""


def _head(comparison: Comparison, change: Change, paths: tuple[str, str]) -> Line:
    olds, news = units_of(comparison, change)
    places = [_place(units, path) for units, path in zip((olds, news), paths, strict=True) if units]
    line: Line = [(visible(" → ".join(places)), "head")]
    who = _who(comparison, change, olds, news)
    if who:
        line.append((visible(f"  {who}"), "speaker"))
    return [*line, (f": {_words(change, olds, news)}" if who else f"  {_words(change, olds, news)}", "")]


def units_of(comparison: Comparison, change: Change) -> tuple[list[Unit], list[Unit]]:
    """The units of both sides that a change is about."""
    olds, news = comparison.old.units(change.sort) or (), comparison.new.units(change.sort) or ()
    return [olds[at] for at in change.old], [news[at] for at in change.new]


def _place(units: Sequence[Unit], path: str) -> str:
    first = units[0]
    if first.lines:
        return f"{path}:{first.lines[0]}"
    return f"{path}, character {first.span.start + 1:,}"


def _who(comparison: Comparison, change: Change, olds: Sequence[Unit], news: Sequence[Unit]) -> str:
    """Whose words they are; on both sides where that is not the same."""
    if change.sort is not Sort.TURN:
        return " → ".join(dict.fromkeys(unit.label for unit in (*olds, *news) if unit.label))
    before = list(dict.fromkeys(unit.label or "nobody" for unit in olds))
    after = list(dict.fromkeys(unit.label or "nobody" for unit in news))
    if before == after and "speaker" in change.aspects:  # the same label for somebody else
        before = [_person(comparison.old, unit) for unit in olds]
        after = [_person(comparison.new, unit) for unit in news]
    sides = [" + ".join(side) for side in (before, after) if side]
    return " → ".join(dict.fromkeys(sides))


def _person(transcript: Transcript, unit: Unit) -> str:
    found = next((person for person in transcript.persons if person.id == unit.speaker), None)
    return f"{named(found)} [{found.id}]" if found else "nobody"


def _words(change: Change, olds: Sequence[Unit], news: Sequence[Unit]) -> str:
    sort = change.sort.value
    if change.what is What.SPLIT:
        return f"one {sort} is now {len(news)}{_besides(change, ())}"
    if change.what is What.MERGED:
        return f"{len(olds)} {sort}s are now one{_besides(change, ())}"
    if change.what in (What.ADDED, What.REMOVED):
        return f"{sort} {change.what.value}"
    words = {
        What.TEXT: "other text",
        What.SPEAKER: "another speaker",
        What.BOTH: "another speaker, other text",
        What.LABEL: "another label" if change.sort is Sort.TURN else "another number",
        What.OTHER: "",
    }[change.what]
    told = {What.TEXT: ("text",), What.SPEAKER: ("speaker", "label"), What.BOTH: ("speaker", "text", "label")}
    return (words + _besides(change, told.get(change.what, (words and "label",)))).removeprefix(", ")


_BESIDES = {
    "text": "other text",
    "speaker": "another speaker",
    "label": "another label",
    "section": "under another heading",
    "kind": "another kind of turn",
    "under": "under another item",
    "events": "other events inside",
}


def _besides(change: Change, told: Sequence[str]) -> str:
    return "".join(f", {_BESIDES[aspect]}" for aspect in change.aspects if aspect not in told)


def _parts(comparison: Comparison, change: Change, paths: tuple[str, str]) -> Iterator[Line]:
    """What one unit became, or several were, with its place."""
    if change.what not in (What.SPLIT, What.MERGED):
        return
    sides = zip(units_of(comparison, change), paths, strict=True)
    many, path = max(sides, key=lambda side: len(side[0]))
    for unit in many:
        who = f"{unit.label}: " if unit.label else ""
        yield [(visible(f"  {_place([unit], path)}  "), "head"), (visible(who), "speaker"), (_glimpse(unit), "faint")]


def _glimpse(unit: Unit) -> str:
    return cut(visible(unit.text), _GLIMPSE)


def _body(comparison: Comparison, change: Change, *, colour: bool) -> Iterator[Line]:
    olds, news = units_of(comparison, change)
    if not olds or not news:
        sign, style = ("+", "in") if news else ("-", "out")
        for unit in (*olds, *news):
            yield from ([(f"{sign} ", style), (visible(line), style)] for line in unit.text.split("\n"))
        return
    if "text" in change.aspects:
        yield from _word_diff(pieces_of(comparison, change), colour=colour)
    elif len(olds) == len(news):
        yield [("  ", ""), (_glimpse(olds[0]), "faint")]
    if "kind" in change.aspects:
        yield [(f"  kind {olds[0].kind} → {news[0].kind}", "")]
    if "events" in change.aspects:
        found = pieces("".join(olds[0].events), "".join(news[0].events))
        yield [("  events: ", ""), *_marked(found, "")]
    if "section" in change.aspects:
        headings = _heading(comparison.old, olds[0]), _heading(comparison.new, news[0])
        yield [(visible(f"  under {headings[0]} → {headings[1]}"), "")]


def _heading(transcript: Transcript, unit: Unit) -> str:
    found = next((each for each in transcript.sections or () if each.id == unit.section), None)
    return found.text if found else "no heading"


def _word_diff(found: Sequence[Piece], *, colour: bool) -> Iterator[Line]:
    """In colour the old text over the new one, else both in one line as ``git diff --word-diff`` has them."""
    if not colour:
        yield [("  ", ""), *_marked(found, "")]
        return
    for sign, style, mark in (("-", "out", "out-mark"), ("+", "in", "in-mark")):
        line: Line = [(f"{sign} ", style)]
        for at, piece in enumerate(found):
            if piece.sign == "=":
                line.append((visible(_shortened(piece.text, first=at == 0, last=at == len(found) - 1)), style))
            elif piece.sign == sign:
                line.append((_shown(piece.text), mark))
        yield line


def _marked(found: Sequence[Piece], style: str) -> Line:
    line: Line = []
    for at, piece in enumerate(found):
        if piece.sign == "=":
            text = _shortened(piece.text, first=at == 0, last=at == len(found) - 1)
            line.append((visible(text), style))
        elif piece.sign == "-":
            line.append((f"[-{_shown(piece.text)}-]", "out"))
        else:
            line.append((f"{{+{_shown(piece.text)}+}}", "in"))
    return line


def _shown(text: str) -> str:
    """What changed, a line end as ↵, for it would not be seen."""
    return visible(text.replace("\n", "↵"))


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """What stayed, without its middle (of the first and last stretch: what is far from the change) when it is long."""
    head = "" if first else text[:_AROUND]
    tail = "" if last else text[len(text) - _AROUND :]
    return text if len(text) <= len(head) + len(tail) + 5 else f"{head}…{tail}"
