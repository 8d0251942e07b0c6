"""A record as a reading copy in Markdown (CommonMark 0.31.2), which ``minutes parse`` reads back to the same turns.

What stands where is said in :mod:`minutes_cli.parse.reading_copy`, which reads it. Markdown cannot hold blanks around
a paragraph or a label, nor NUL, which is written as ␀. What a turn says is in it letter by letter, save these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minutes_cli.copy_marks import CONTINUED, KINDS, NOBODY, declaration, escaped, opening
from minutes_cli.export.copies import facts, is_matter, matter, place_of
from minutes_cli.export.course import Heading, Line, Other, Paragraph, Speech, course
from minutes_cli.export.model import Options
from minutes_cli.export.results import has_text
from minutes_cli.model import Document, Event, Item, Page, Turn
from minutes_cli.parse.headings import as_heading
from minutes_cli.parse.labels import squeeze, take_apart
from minutes_cli.parse.layout import MARKS
from minutes_cli.passage import PassageKind

__all__ = ["write_markdown"]

_DEEPEST = 6
#: A line among the demands may begin with a number of fewer characters than this that its demand does not hold.
_NUMBERED = 6


def write_markdown(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The copy of each of *documents*; the command line asks for one a file.

    Of a document that was read back from JSON front and back matter are not known, and events inside paragraphs stand
    behind their turn; the copy says so.
    """
    for document in documents:
        for line in _lines(document):
            yield (line + "\n").encode("utf-8", "backslashreplace")


def _lines(document: Document) -> Iterator[str]:
    yield declaration(document.kind)
    if title := document.meeting.title:
        yield from ("", f"# {escaped(title)}")
    yield ""
    yield from (f"- {escaped(word)}：{escaped(value)}" for word, value in facts(document))
    if not has_text(document):
        yield from ("", "<!-- JSON から作成：発言のほかの文は含まれず、場内の出来事は発言の末尾に置いた -->")
    spoken, itemized, open_, at = bool(document.turns), False, False, 0
    for step in course(document):
        if isinstance(step, Heading):
            yield from ("", _heading(step))
        elif isinstance(step, Speech):
            open_ = True
            yield from _speech(step, document)
        elif isinstance(step, Event):
            yield from ("", "---") if open_ else ()
            open_ = False
            yield from ("", _event(step))
        elif isinstance(step, Other):
            if step.kind is PassageKind.ITEM and document.items:
                yield from ("", *_items(document.items)) if not itemized else ()
                itemized = True
                step = step._replace(lines=_beside(step, document.items))
            quoted = spoken or is_matter(step.kind)
            lines, at = _printed(step, document, at)
            if step.kind is PassageKind.BACK and open_:
                yield from ("", "---")
                open_ = False
            if lines:
                yield from ("", *(_quoted(lines) if quoted else _plain(lines)))


def _heading(heading: Heading) -> str:
    """The line of a heading; read back it gives the same text and number, where any way of writing it does."""
    section, printed = heading.section, heading.text.strip().lstrip("#" + MARKS).strip()
    ways = [printed]
    if section is not None:
        ways += [f"{section.number}　{section.heading}", section.heading]
    for way in ways if section is not None else ():
        read = as_heading(way)
        if section is not None and read is not None and (read.text, read.number) == (section.heading, section.number):
            printed = way
            break
    level = min(_DEEPEST, 1 + (section.level if section else 1))
    return f"{'#' * level} {escaped(printed)}".rstrip()


def _speech(speech: Speech, document: Document) -> Iterator[str]:
    turn, source = speech.turn, document.view.source
    if speech.part > 1 and not speech.paragraphs:
        return
    words = [CONTINUED] if speech.part > 1 else [KINDS[turn.kind]] if turn.kind in KINDS else []
    place = "・".join([*words, *place_of(turn, source)])
    yield from ("", f"{_who(turn, document)} *{escaped(place)}*")
    for paragraph in speech.paragraphs:
        yield from ("", _paragraph(paragraph))


def _who(turn: Turn, document: Document) -> str:
    if not turn.label:
        return f"*{NOBODY}*"
    speaker, label = document.speaker(turn), f"**{escaped(turn.label.strip())}**"
    if speaker is None or not speaker.name or squeeze(speaker.name) in squeeze(turn.label):
        return label
    return f"{label} （{escaped(speaker.name)}）" if take_apart(turn.label).name is None else label


def _paragraph(paragraph: Paragraph) -> str:
    parts = [part for part in paragraph if not isinstance(part, Page)]
    if len(parts) == 1 and isinstance(parts[0], Event):
        return _event(parts[0])
    line = ""
    for part in parts:
        if isinstance(part, Event):
            line += f" {_event(part)} "
        else:
            line += escaped(part)
    return opening(line.strip(" \t"))


def _event(event: Event) -> str:
    return f"*{escaped(event.text.strip())}*"


def _printed(other: Other, document: Document, at: int) -> tuple[list[str], int]:
    """The lines of what no turn says, and up to where in the corrected text they are."""
    lines = [line.text for line in other.lines]
    if other.lines and is_matter(other.kind) and document.blocks:
        cuts, at = matter(other.kind, document.view.from_source(other.lines[0].start), document, at)
        lines = [document.view.text[start:end] for start, end in cuts]
    return [line.strip() for line in lines if line.strip()], at


def _quoted(lines: Sequence[str]) -> Iterator[str]:
    for line in lines[:-1]:
        yield f"> {opening(escaped(line))}  "  # two blanks: the next line is a line of its own
    yield from (f"> {opening(escaped(line))}" for line in lines[-1:])


def _plain(lines: Sequence[str]) -> Iterator[str]:
    """Lines where nobody speaks; those that Markdown would show as points are points."""
    for number, line in enumerate(lines):
        end = "  " if number + 1 < len(lines) else ""
        point = line.startswith("- ")
        yield ("- " if point else "") + opening(escaped(line[2:].strip() if point else line)) + end


def _items(items: Sequence[Item], parent: str | None = None, depth: int = 0) -> Iterator[str]:
    for item in items:
        if item.parent == parent:
            pad, lines = "  " * depth, _item(item)
            yield f"{pad}- {opening(escaped(lines[0]))}"
            yield from (f"{pad}  {opening(escaped(line))}" for line in lines[1:])
            yield from _items(items, item.id, depth + 1)


def _item(item: Item) -> list[str]:
    number = f"({item.number})" if item.parent is not None and item.number.isalnum() else item.number
    first, *others = [part.strip() for part in (item.heading, *item.text.split("\n")) if part.strip()] or [""]
    return [f"{number}　{first}".strip("　 "), *others]


def _beside(step: Other, items: Sequence[Item]) -> tuple[Line, ...]:
    """The lines among the demands that none of them holds."""
    held = squeeze("".join(line for item in items for line in (item.number, item.heading, item.text)))
    return tuple(line for line in step.lines if not any(squeeze(line.text)[k:] in held for k in range(_NUMBERED)))
