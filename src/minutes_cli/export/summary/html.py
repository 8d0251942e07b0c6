"""A Summary as one HTML page that needs nothing else: no script, no picture, no font, no request."""

from __future__ import annotations

from importlib.resources import files

from minutes_cli.export.shown import shown as safe
from minutes_cli.export.summary import shown
from minutes_cli.export.summary.shown import Voices
from minutes_cli.summarize.model import By, Summary

__all__ = ["write_html"]


def write_html(summary: Summary, voices: Voices) -> bytes:
    """*summary* as an HTML page in UTF-8."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_shown, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string((files("minutes_cli.export.summary") / "page.html").read_text("utf-8"))
    page = template.render(
        summary=summary,
        several=shown.several_records(summary),
        by=By,
        shown=shown,
        voice=lambda quote: "" if summary.by is By.SPEAKER else shown.voice(quote, voices),
    )
    return page.encode()


def _shown(value: object) -> object:
    """What is put into the page: texts with pictures for what cannot be seen; markup is made of such texts already."""
    return safe(value) if type(value) is str else value
