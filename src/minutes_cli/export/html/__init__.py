"""A record as a reading copy: one HTML page that needs nothing else, no script, no picture, no font, no request."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli import __version__
from minutes_cli.copy_marks import COPY_MARK, KINDS
from minutes_cli.export.copies import facts
from minutes_cli.export.html.steps import steps
from minutes_cli.export.model import Options
from minutes_cli.export.results import has_text
from minutes_cli.export.shown import shown
from minutes_cli.model import Document

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["write_html"]


class _Person(NamedTuple):
    """A speaker in the list: what the record calls the person, what is known besides, and the turns."""

    label: str
    about: str
    turns: tuple[str, ...]


def write_html(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The page of each of *documents* (the command line asks for one a file), in pieces of UTF-8.

    Turns have the anchors ``#t4``, headings ``#sec2`` (their ids in the JSON), lines of the original ``#L120``.
    """
    style = (files("minutes_cli.export.html") / "page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    for document in documents:
        title = shown(document.meeting.title or document.view.source.name)
        stream = (
            _environment()
            .get_template("page.html")
            .stream(
                title=title,
                titled=bool(document.meeting.title),
                facts=[(shown(word), shown(value)) for word, value in facts(document)],
                sections=[(s.id, s.level, shown(f"{s.number or ''} {s.heading}".strip())) for s in document.sections],
                people=_people(document),
                steps=steps(document),
                kinds=KINDS,
                kind=document.kind.value,
                copy_mark=COPY_MARK,
                corrections=len(document.view.edits),
                whole=has_text(document),
                version=__version__,
                style=style,
                style_hash=digest,
            )
        )
        stream.enable_buffering(100)
        for chunk in stream:
            yield chunk.encode("utf-8", "backslashreplace")


@cache
def _environment() -> Environment:
    """Compiles the template once: that takes longer than a small page."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (files("minutes_cli.export.html") / name).read_text("utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _people(document: Document) -> list[_Person]:
    turns: dict[str, list[str]] = {speaker.id: [] for speaker in document.speakers}
    for turn in document.turns:
        if turn.speaker in turns:
            turns[turn.speaker].append(turn.id)
    return [
        _Person(
            shown(speaker.label),
            shown("・".join(filter(None, (speaker.name, speaker.role, speaker.title, speaker.affiliation)))),
            tuple(turns[speaker.id]),
        )
        for speaker in document.speakers
    ]
