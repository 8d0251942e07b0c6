"""Reading back what export wrote: what is ours and what is not, and one line for what is damaged or foreign."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from corpus import record
from minutes_cli.errors import IngestError
from minutes_cli.export.json import write_json
from minutes_cli.export.jsonl import write_jsonl
from minutes_cli.export.model import Options
from minutes_cli.export.results import has_text, is_result, is_whole, read_results
from minutes_cli.ingest import read
from minutes_cli.model import Document
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse


@cache
def _document(name: str = "circle-below") -> Document:
    return parse(normalize(read(str(record(name)))).view)


@cache
def _json() -> bytes:
    return write_json(_document())


@cache
def _rows() -> bytes:
    return b"".join(write_jsonl([_document()], Options()))


def _changed(**fields: Any) -> bytes:
    return json.dumps(json.loads(_json()) | fields, ensure_ascii=False).encode()


def _row(**fields: Any) -> bytes:
    first, second = _rows().splitlines()[:2]
    return first + b"\n" + json.dumps(json.loads(second) | fields, ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize(
    "raw",
    [
        lambda: _json(),
        lambda: write_json(_document(), pretty=True),
        lambda: _json() * 2,
        lambda: b"[" + _json() + b"," + _json() + b"]",
        lambda: b"\xef\xbb\xbf" + _json(),
        lambda: b"\n  " + _json(),
        lambda: _json().decode().encode("utf-16"),
        lambda: json.dumps(json.loads(_json()), sort_keys=True).encode(),
        lambda: _json()[:500],
        lambda: _rows(),
        lambda: _rows().splitlines()[0],
        lambda: json.dumps(json.loads(_rows().splitlines()[0]), sort_keys=True).encode(),
        lambda: _rows()[:-30],
        lambda: b'{"format": "minutes-edits/1", "source": {}}',
    ],
)
def test_what_is_ours(raw: Any) -> None:
    assert is_result(raw())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        "{○議長　開会します。\n".encode(),
        '{"form": "minutes/1"}が本日の議題です。\n○議長　開会します。\n'.encode(),
        '○議長　{"format":"minutes/1"} とあります。\n'.encode(),
        '{注}\n○議長　"format":"minutes/1" と "span" について。\n'.encode(),
        b'{"numberOfRecords": 1, "meetingRecord": [{"issueID": "1", "speechRecord": [{"speechOrder": 0, "span": 1}]}]}',
        b'{"format": "geojson/1"}',
        b'{"path": "a", "text": "b"}',
        b'[1, 2, "span"]',
        b"\x00\xff\xfe",
    ],
)
def test_what_is_not(raw: bytes) -> None:
    assert not is_result(raw)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (lambda: _json()[:500], r"a\.json: no JSON at line 1, column \d+ .*is the file whole\?"),
        (lambda: _rows()[:-30], r"a\.json: line \d+: no JSON at column \d+"),
        (lambda: b"[]", r"a\.json: an empty list"),
        (lambda: b" ", r"a\.json: nothing in it"),
        (lambda: b"[1]", r"a\.json: \[0\]: JSON, but no object"),
        (lambda: _json() + _rows(), r"a\.json: parse results and single turns in one file"),
        (lambda: _changed(format="minutes/2"), r"a\.json: format minutes/2 is newer than this version reads"),
        (lambda: _changed(format="minutes-edits/1"), r"a\.json: JSON, but no parse result \(its format is 'minutes-ed"),
        (lambda: b'{"speechRecord": []}', r"a\.json: JSON, but no parse result \(it names no format\)"),
        (lambda: _changed(mood="good"), r"a\.json: mood is no field that this version knows"),
        (lambda: _changed(turns=None), r"a\.json: turns is no list"),
        (lambda: _changed(kind="song"), r"a\.json: kind is 'song', none of verbatim, summary"),
        (lambda: _changed(speakers=[]), r"a\.json: turns: speaker 's1' is none of the speakers"),
        (lambda: _changed(sections=[]), r"a\.json: turns: section 'sec1' is none of the sections"),
        (
            lambda: _changed(source=json.loads(_json())["source"] | {"characters": 10**12}),
            "more than a record may have",
        ),
        (
            lambda: _changed(source=json.loads(_json())["source"] | {"characters": 5}),
            "span is no stretch of the record",
        ),
        (
            lambda: _changed(source=json.loads(_json())["source"] | {"line_starts": [0, 5, 2]}),
            "line_starts do not rise",
        ),
        (lambda: _row(date="1999-01-01"), r"a\.json: line 2: date is another one than before"),
        (lambda: _row(section=None), r"a\.json: line 2: section and heading go together"),
        (lambda: _row(text="anders"), r"a\.json: line 2: text is not its paragraphs"),
        (lambda: _row(lines=[9, 3]), r"a\.json: line 2: lines are no lines of the record"),
        (lambda: _row(lines=[1, 10**12]), r"a\.json: line 2: lines are no lines of the record"),
        (lambda: _row(order="2"), r"a\.json: line 1: order is no number|order is no number"),
        (lambda: _row(note="x"), r"a\.json: line 2: note is no field"),
        (lambda: _row(speaker="s1", name="別人"), r"a\.json: line 2: speaker 's1' is somebody else than before"),
        (lambda: b'{"format":"minutes/1","source":' + b"[" * 100_000, r"a\.json: no JSON at line 1"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(raw: Any, words: str) -> None:
    with pytest.raises(IngestError, match=words) as fault:
        read_results(raw(), "a.json")
    assert "\n" not in str(fault.value)


def test_what_lines_of_turns_do_not_say_stays_unknown() -> None:
    (document,) = read_results(_rows(), "a.jsonl")
    assert (is_whole(document), has_text(document)) == (False, False)
    assert document.kind.value == "unknown" and document.layout.convention is None
    assert document.meeting.title == _document().meeting.title and document.meeting.place is None
    assert [(s.id, s.label, s.name, s.turns, s.characters) for s in document.speakers] == [
        (s.id, s.label, s.name, s.turns, s.characters) for s in _document().speakers
    ]


def test_places_lead_to_the_same_lines_as_in_the_record() -> None:
    source = _document().view.source
    (back,) = read_results(_json(), "a.json")
    places = [span for turn in back.turns for span in (turn.span, *(event.span for event in turn.events))]
    assert [back.view.source.place(span.start) for span in places] == [source.place(span.start) for span in places]
    (rows,) = read_results(_rows(), "a.jsonl")
    assert [rows.view.source.place(turn.span.start).line for turn in rows.turns] == [t.lines[0] for t in back.turns]


def test_a_result_of_a_version_that_wrote_no_places_is_read() -> None:
    old = json.loads(_json())
    for name in ("page_starts", "line_starts", "anchors"):
        del old["source"][name]
    (document,) = read_results(json.dumps(old).encode(), "a.json")
    assert document.turns == _document().turns
    assert [document.view.source.place(turn.span.start).line for turn in document.turns] == [
        turn.lines[0] for turn in document.turns
    ]
