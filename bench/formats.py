"""Records of the corpus made into Word, ODT, web pages and PDF: how many of them still give the turns of the text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from bench.figures import Figure, at_least
from bench.measure import ROOT
from bench.records import CORPUS

sys.path.insert(0, str(ROOT / "tests"))

import making_html
import making_office
import making_pdf
from minutes_cli.errors import MinutesError
from minutes_cli.ingest import read, understand
from minutes_cli.model import Document
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse

Make = Callable[[str], bytes]

#: What is made, the name of the file, how, and whether all records must give their turns: printed ones have their
#: lines wrapped, which a few layouts do not bear.
_MADE: tuple[tuple[str, str, Make, bool], ...] = (
    ("Word file", "a.docx", making_office.docx_of, True),
    ("OpenDocument text", "a.odt", making_office.odt_of, True),
    ("web page", "a.html", lambda text: making_html.page(text, "p", site=True), True),
    ("PDF in one column", "a.pdf", lambda text: making_pdf.one_column(text).raw, False),
    ("PDF in two columns", "a.pdf", lambda text: making_pdf.two_columns(text).raw, False),
    ("PDF written downwards", "a.pdf", lambda text: making_pdf.vertical(text).raw, False),
)


def formats() -> list[Figure]:
    """Records that give the same labels and texts, blanks aside, as their text does."""
    records = [read(str(path)) for path in sorted(CORPUS.glob("*/record.*"))]
    plain = [source for source in records if Path(source.name).suffix == ".txt"]  # Markdown says more than its text
    figures = []
    for what, name, make, whole in _MADE:
        chosen = records if name in ("a.docx", "a.odt") else plain
        least = len(chosen) if whole else None
        right = sum(_same(source.text, name, make, turns(parse(normalize(source).view))) for source in chosen)
        beside = f"of {len(chosen)} records of the corpus"
        figures.append(at_least(f"the turns of the text: {what}", right, "records", beside, least, steady=True))
    return figures


def turns(document: Document) -> list[tuple[str, str]]:
    """Labels and texts without blanks."""
    return [("".join((turn.label or "").split()), "".join(turn.text.split())) for turn in document.turns]


def _same(text: str, name: str, make: Make, wanted: list[tuple[str, str]]) -> bool:
    try:
        return turns(parse(normalize(understand(name, make(text))).view)) == wanted
    except MinutesError:
        return False
