"""The records of the corpus as the command line has them: parsed once, with the path from the root of the project."""

from __future__ import annotations

from functools import cache

from corpus import CORPUS, NAMES, document, record
from minutes_cli.model import Document


@cache
def parsed(name: str) -> Document:
    """The record of the corpus folder *name*."""
    made = document(name)
    source = made.view.source._replace(name=record(name).relative_to(CORPUS.parent).as_posix())
    return made._replace(view=made.view._replace(source=source))


def all_parsed() -> list[Document]:
    """All of them, in the order of their names."""
    return [parsed(name) for name in NAMES]
