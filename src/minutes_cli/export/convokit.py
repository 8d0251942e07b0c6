"""Records as a ConvoKit corpus: the folder that ``convokit.Corpus(filename=…)`` of version 5 opens.

A record is a conversation, a turn an utterance. ``reply_to`` is the turn before; of an answer it is the question where
the record shows which one (``exchange`` numbers questions with their answers). ``timestamp`` is the number of the turn
in its record, since records do not say when a turn begins. Speakers are those of one record: nobody is taken for the
same person in two of them. The format is described at https://convokit.cornell.edu/documentation/data_format.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from minutes_cli import __version__
from minutes_cli.export.json import escape_surrogates
from minutes_cli.export.model import Options
from minutes_cli.export.said import Said, said
from minutes_cli.model import Document, Event, Speaker
from minutes_cli.parse.exchanges import chairs, exchanges

__all__ = ["write_convokit"]

FORMAT = "minutes-convokit/1"
"""Raised whenever a field is renamed or changes its meaning."""

_UTTERANCE = {
    "path": "str",
    "order": "int",
    "kind": "str",
    "label": "str",
    "section": "str",
    "exchange": "int",
    "role": "str",
    "page": "int",
    "place": "str",
    "lines": "list",
    "span": "list",
    "paragraphs": "list",
    "events": "list",
}
_SPEAKER = {
    "path": "str",
    "label": "str",
    "labels": "list",
    "name": "str",
    "office": "str",
    "title": "str",
    "affiliation": "str",
    "candidates": "list",
    "chair": "bool",
}
_CONVERSATION = {
    "path": "str",
    "sha256": "str",
    "kind": "str",
    "title": "str",
    "body": "str",
    "session": "str",
    "date": "str",
    "start": "str",
    "end": "str",
    "place": "str",
}
_CORPUS = {"format": "str", "generator": "str", "timestamps": "str"}
_UNNAMED = "unnamed"


def write_convokit(documents: Iterable[Document], options: Options) -> Iterator[tuple[str, bytes]]:
    """The files of a corpus, each with a piece of it; a record without turns is no conversation."""
    taken: dict[str, int] = {}
    speakers = conversations = False
    yield "speakers.json", b"{"
    yield "conversations.json", b"{"
    yield "utterances.jsonl", b""
    for document in documents:
        if not document.turns:
            continue
        key = _key(document, taken)
        for utterance in _utterances(document, key):
            yield "utterances.jsonl", _json(utterance) + b"\n"
        for name, meta in _speakers(document, key):
            yield "speakers.json", _entry(name, meta, first=not speakers)
            speakers = True
        yield "conversations.json", _entry(key, _conversation(document), first=not conversations)
        conversations = True
    yield "speakers.json", b"\n}\n"
    yield "conversations.json", b"\n}\n"
    yield "corpus.json", _json(_corpus()) + b"\n"
    yield "index.json", _json(_index()) + b"\n"


def _key(document: Document, taken: dict[str, int]) -> str:
    """What the conversation is called: the path of the record; with a number where that comes again."""
    path = document.view.source.name
    wanted, number = path, 1
    while wanted in taken:
        number = taken[path] = taken[path] + 1
        wanted = f"{path} {number}"
    taken[wanted] = 1
    return wanted


def _json(value: object) -> bytes:
    """*value* in ASCII: ConvoKit opens its files in whatever encoding the machine has."""
    return json.dumps(escape_surrogates(value), ensure_ascii=True).encode()


def _entry(name: str, meta: dict[str, Any], *, first: bool) -> bytes:
    return (b"\n" if first else b",\n") + _json(name) + b": " + _json({"meta": meta, "vectors": []})


def _utterances(document: Document, key: str) -> Iterator[dict[str, Any]]:
    numbers = exchanges(document)
    answered = _replies(document, numbers)
    for i, each in enumerate(said(document)):
        turn, before = each.turn, answered[i]
        yield {
            "id": f"{key}#{turn.id}",
            "conversation_id": key,
            "text": turn.text,
            "speaker": f"{key}#{each.speaker.id if each.speaker else _UNNAMED}",
            "meta": _meta(document, each, numbers[i]),
            "reply_to": None if before is None else f"{key}#{document.turns[before].id}",
            "timestamp": turn.order,
            "vectors": [],
        }


def _replies(document: Document, numbers: tuple[int | None, ...]) -> list[int | None]:
    """For each turn the one that it replies to: who answers replies to the last question of the exchange."""
    leading = chairs(document)
    found: list[int | None] = []
    number: int | None = None
    asker: str | None = None
    question = 0
    for i, turn in enumerate(document.turns):
        before = i - 1 if i else None
        if numbers[i] is not None and turn.speaker not in leading:
            if numbers[i] != number:
                number, asker, question = numbers[i], turn.speaker, i
            elif turn.speaker == asker:
                question = i
            else:
                before = question
        found.append(before)
    return found


def _meta(document: Document, each: Said, exchange: int | None) -> dict[str, Any]:
    turn, source = each.turn, document.view.source
    return {
        "path": source.name,
        "order": turn.order,
        "kind": turn.kind.value,
        "label": turn.label,
        "section": each.section.heading if each.section else None,
        "exchange": exchange,
        "role": (each.speaker.role or each.speaker.title) if each.speaker else None,
        "page": turn.page,
        "place": source.where(turn.span.start),
        "lines": list(turn.lines),
        "span": list(turn.span),
        "paragraphs": list(turn.paragraphs),
        "events": [_event(event) for event in turn.events],
    }


def _event(event: Event) -> dict[str, Any]:
    return {"kind": event.kind.value, "text": event.text, "span": list(event.span)}


def _speakers(document: Document, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    leading = chairs(document)
    known = {speaker.id for speaker in document.speakers}
    for speaker in document.speakers:
        yield f"{key}#{speaker.id}", _speaker(document, speaker, speaker.id in leading)
    if any(turn.speaker not in known for turn in document.turns):
        nobody = Speaker(_UNNAMED, "", (), None, None, None, None)
        yield f"{key}#{_UNNAMED}", _speaker(document, nobody, False)


def _speaker(document: Document, speaker: Speaker, chair: bool) -> dict[str, Any]:
    return {
        "path": document.view.source.name,
        "label": speaker.label,
        "labels": list(speaker.labels),
        "name": speaker.name,
        "office": speaker.role,
        "title": speaker.title,
        "affiliation": speaker.affiliation,
        "candidates": list(speaker.candidates),
        "chair": chair,
    }


def _conversation(document: Document) -> dict[str, Any]:
    source, meeting = document.view.source, document.meeting
    return {
        "path": source.name,
        "sha256": source.sha256,
        "kind": document.kind.value,
        "title": meeting.title,
        "body": meeting.body,
        "session": meeting.session,
        "date": meeting.date,
        "start": meeting.start,
        "end": meeting.end,
        "place": meeting.place,
    }


def _corpus() -> dict[str, str]:
    return {
        "format": FORMAT,
        "generator": f"minutes-cli {__version__}",
        "timestamps": "order of the turn in its record",
    }


def _index() -> dict[str, Any]:
    return {
        "utterances-index": _types(_UTTERANCE),
        "speakers-index": _types(_SPEAKER),
        "conversations-index": _types(_CONVERSATION),
        "overall-index": _types(_CORPUS),
        "version": 1,
        "vectors": [],
    }


def _types(fields: dict[str, str]) -> dict[str, list[str]]:
    return {name: [f"<class '{kind}'>"] for name, kind in fields.items()}
