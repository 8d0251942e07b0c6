"""Turns with who speaks and under which heading, for formats that say it with each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.model import Document, Section, Speaker, Turn

__all__ = ["Said", "said"]


class Said(NamedTuple):
    """A turn, its speaker and its section; None where the record does not say."""

    turn: Turn
    speaker: Speaker | None
    section: Section | None


def said(document: Document) -> Iterator[Said]:
    """The turns of *document* in their order."""
    speakers = {speaker.id: speaker for speaker in document.speakers}
    sections = {section.id: section for section in document.sections}
    for turn in document.turns:
        yield Said(turn, speakers.get(turn.speaker or ""), sections.get(turn.section or ""))
