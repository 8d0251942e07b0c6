"""Records and their summary as one HTML page that needs nothing but a browser: no server, no network, no font."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli import __version__
from minutes_cli.export.report.dialogues import Dialogue, dialogues, roles
from minutes_cli.export.report.full_text import Piece, pieces
from minutes_cli.export.report.page import FORMS, Card, Facts, Timeline, cards, facts, timeline
from minutes_cli.export.report.people import Voice, Voices, voices
from minutes_cli.export.report.quotes import Links, all_exchanges
from minutes_cli.export.shown import shown
from minutes_cli.passage import Record
from minutes_cli.summarize.model import Analysis, By, Summary

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["write_report"]

_HERE = Path(__file__).parent
_KIND_OF_TURN = {"question": "質問", "answer": "答弁", "report": "報告", "statement": "説明"}


class _Report(NamedTuple):
    """All that the template asks for. ``shares`` are the voices, those who say most first; ``texts`` the records."""

    title: str
    days: str
    summary: Summary
    facts: Sequence[Facts]
    voices: Voices
    shares: Sequence[Voice]
    timelines: Sequence[Timeline]
    cards: Sequence[Card]
    dialogues: Sequence[Dialogue]
    texts: Iterator[tuple[Facts, Iterator[Piece]]]


def write_report(
    records: Sequence[tuple[Record, Analysis]], summary: Summary, title: str | None = None
) -> Iterator[bytes]:
    """The page on *records*, of which *summary* (by speaker) is made, in pieces of UTF-8; the same every time.

    The records stand in the order given, each with every passage. *title* is by default that of the only record, or
    made of the body that all have. Raises ValueError for a summary by anything else.
    """
    if summary.by is not By.SPEAKER:
        raise ValueError(f"a report needs a summary by speaker, not by {summary.by}")
    script, style = (_HERE.joinpath(name).read_text(encoding="utf-8") for name in ("report.js", "report.css"))
    stream = (
        _environment()
        .get_template("report.html.j2")
        .stream(
            report=_report(records, summary, title),
            version=__version__,
            style=style,
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            forms=FORMS,
            kinds=_KIND_OF_TURN,
        )
    )
    stream.enable_buffering(500)
    return (chunk.encode() for chunk in stream)


@cache
def _environment() -> Environment:
    """Compiles the template once: that takes longer than a small page."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = "{:,}".format
    environment.filters["shown"] = shown
    return environment


def _report(records: Sequence[tuple[Record, Analysis]], summary: Summary, title: str | None) -> _Report:
    analyses = [analysis for _, analysis in records]
    links = Links(analyses, summary)
    people = voices(summary, analyses)
    about = [facts(record, analysis, number) for number, (record, analysis) in enumerate(records, 1)]
    asked = all_exchanges(summary)
    does = roles(asked, links)
    numbers = {analysis.path: number for number, analysis in reversed(list(enumerate(analyses, 1)))}
    days = sorted({fact.date for fact in about if fact.date})
    return _Report(
        shown(title) if title else _title(records),
        days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}" if days else "",
        summary,
        about,
        people,
        sorted(people.everybody, key=lambda voice: -voice.characters),
        [
            timeline(record, analysis, fact, people, does)
            for (record, analysis), fact in zip(records, about, strict=True)
            if analysis.speeches
        ],
        list(cards(people, analyses, links)),
        list(dialogues(asked, numbers, links)),
        (
            (fact, pieces(record, fact.number, analysis.speeches, links.quoted[fact.number]))
            for (record, analysis), fact in zip(records, about, strict=True)
        ),
    )


def _title(records: Sequence[tuple[Record, Analysis]]) -> str:
    if len(records) == 1:
        record = records[0][0]
        return shown(record.meeting.title or record.path)
    bodies = {record.meeting.body for record, _ in records}
    body = bodies.pop() if len(bodies) == 1 else None
    return shown(f"{body}の記録" if body else "会議の記録")
