"""A Summary as the JSON object of format minutes-summary/1. Its schema is schema.json beside this file."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from minutes_cli import __version__
from minutes_cli.export.json import dumps
from minutes_cli.export.summary.shown import PARTS, Voices, differs, part
from minutes_cli.summarize.model import Answer, Asked, Group, Person, Quote, Summary

__all__ = ["FORMAT", "schema", "summary_to_dict", "write_json"]

FORMAT = "minutes-summary/1"
"""Raised whenever a field is renamed or changes its meaning."""


def write_json(summary: Summary, voices: Voices, *, pretty: bool = False) -> bytes:
    """*summary* as one JSON object in UTF-8, on one line or indented, with a final line break."""
    return dumps(summary_to_dict(summary, voices), pretty=pretty)


def schema() -> bytes:
    """The schema (draft 2020-12) as UTF-8 JSON, as it is kept in schema.json."""
    return (files("minutes_cli.export.summary") / "schema.json").read_bytes()


def summary_to_dict(summary: Summary, voices: Voices) -> dict[str, Any]:
    """The fields of minutes-summary/1, in their order; nothing but dicts, lists, strings, numbers and None."""
    from minutes_cli.lexicon.words import tokenizer_identity

    return {
        "format": FORMAT,
        "generator": {"name": "minutes-cli", "version": __version__, "tokenizer": tokenizer_identity()},
        "by": summary.by.value,
        "records": [record._asdict() for record in summary.records],
        "turns": summary.turns,
        "characters": summary.characters,
        "groups": [_group(group, voices) for group in summary.groups],
        "exchanges": [_asked(asked, voices) for asked in summary.exchanges],
    }


def _group(group: Group, voices: Voices) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "speaker": _person(group.person) if group.person else None,
        "turns": group.turns,
        "characters": group.characters,
        "share": group.share,
        "longest": group.longest._asdict() if group.longest else None,
        "records": list(group.records),
        "sections": list(group.sections),
        "terms": [
            {"term": term.term, "count": term.times, "others": term.elsewhere, "score": term.score}
            for term in group.terms
        ],
        **{field: [_quote(quote, voices) for quote in part(group, field)] for field, _ in PARTS},
        "exchanges": [_asked(asked, voices) for asked in group.exchanges],
    }


def _person(person: Person) -> dict[str, Any]:
    return person._asdict()


def _quote(quote: Quote, voices: Voices) -> dict[str, Any]:
    return {
        "text": quote.text,
        "original": quote.original if differs(quote) else None,
        "span": list(quote.span),
        "spans": [list(span) for span in quote.spans],
        "path": quote.path,
        "turn": quote.turn,
        "label": voices.get((quote.path, quote.turn)),
        "line": quote.line,
        "column": quote.column,
        "page": quote.page,
        "score": quote.score,
        "shortened": quote.shortened,
        "form": quote.form.value,
        "shown": quote.shown,
        "pattern": quote.pattern,
    }


def _asked(asked: Asked, voices: Voices) -> dict[str, Any]:
    return {
        "number": asked.number,
        "path": asked.path,
        "section": asked.section,
        "speaker": _person(asked.person),
        "turn": asked.turn,
        "question": [_quote(quote, voices) for quote in asked.question],
        "answers": [_answer(answer, voices) for answer in asked.answers],
        "follows": asked.follows,
    }


def _answer(answer: Answer, voices: Voices) -> dict[str, Any]:
    return {
        "speaker": _person(answer.person),
        "turn": answer.turn,
        "sentences": [_quote(quote, voices) for quote in answer.sentences],
        "score": answer.score,
        "reasons": list(answer.reasons),
    }
