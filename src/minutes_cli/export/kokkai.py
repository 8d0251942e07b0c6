"""Records in the form of the minutes API of the National Diet Library (https://kokkai.ndl.go.jp/api.html).

One JSON object like the answer to ``/api/meeting`` with ``recordPacking=json``: all its fields, no others. What a
record does not say is null, or "" where the API has always a string. ``speechRecord`` 0 is 会議録情報: all that
stands before the first speech. ``speech`` is as printed there: ``○``, the label without blanks, ``　`` and the words,
a line per paragraph; events, and what stands between speeches, are lines of the speech before. The URLs lead to the
record: ``speechURL`` to its characters, counted from 0 (RFC 5147).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from minutes_cli.export.course import Heading, Other, Speech, Step, course
from minutes_cli.export.json import dumps
from minutes_cli.export.model import Options
from minutes_cli.export.xml import uri
from minutes_cli.lexicon.numerals import to_int
from minutes_cli.model import Document, Event, Page, Speaker, Turn
from minutes_cli.parse.labels import squeeze
from minutes_cli.patterns import lazy

__all__ = ["write_kokkai"]

_FRONT = "会議録情報"
#: The only roles that the API knows.
_ROLES = ("証人", "参考人", "公述人")
_SESSION = lazy(r"第\s*([0-9０-９〇一二三四五六七八九十百]+)\s*回")
_ISSUE = lazy(r"第\s*[0-9０-９〇一二三四五六七八九十百]+\s*号")
_HOUSE = lazy(r".*?(?:議会|衆議院|参議院)")
#: As the records of the Diet set them: paragraphs by one blank, all else further.
_PARAGRAPH, _INDENT = "\n　", "\n　　　　"


def write_kokkai(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """*documents* as one object. The counts come last, where they are known; JSON does not mind."""
    taken: dict[str, int] = {}
    count = 0
    yield b'{"startRecord":1,"meetingRecord":['
    for count, document in enumerate(documents, 1):
        yield b",\n" if count > 1 else b"\n"
        yield dumps(_meeting(document, _issue_id(document, taken))).rstrip(b"\n")
    yield f'\n],"numberOfRecords":{count},"numberOfReturn":{count},"nextRecordPosition":null}}\n'.encode()


def _issue_id(document: Document, taken: dict[str, int]) -> str:
    """21 letters and digits, as all issues have, from the checksum of the record; another one for a copy of it."""
    source = document.view.source
    whole = source.sha256 or hashlib.sha256(source.name.encode("utf-8", "surrogateescape")).hexdigest()
    number = taken[whole] = taken.get(whole, 0) + 1
    return whole[:21] if number == 1 else hashlib.sha256(f"{whole} {number}".encode()).hexdigest()[:21]


def _meeting(document: Document, issue_id: str) -> dict[str, Any]:
    meeting = document.meeting
    session = _SESSION.search(meeting.session or "")
    issue = _ISSUE.search(meeting.title or "")
    house = _HOUSE.match(meeting.body or meeting.title or "")
    link = uri(document.view.source.name)
    return {
        "issueID": issue_id,
        "imageKind": "会議録",
        "searchObject": 0,
        "session": to_int(session[1]) if session else None,
        "nameOfHouse": house[0] if house else "",
        "nameOfMeeting": meeting.body or meeting.title or "",
        "issue": issue[0] if issue else "",
        "date": meeting.date,
        "closing": None,
        "speechRecord": list(_speeches(document, issue_id, link)),
        "meetingURL": link,
        "pdfURL": None,
    }


def _speeches(document: Document, issue_id: str, link: str) -> Iterator[dict[str, Any]]:
    speakers = {speaker.id: speaker for speaker in document.speakers}
    order = 0
    turn: Turn | None = None
    said: list[str] = []
    for step in course(document):
        if isinstance(step, Speech) and step.part == 1:
            yield _speech(issue_id, order, link, turn, speakers, said)
            order, turn, said = order + 1, step.turn, []
        said += _words(step)
    yield _speech(issue_id, order, link, turn, speakers, said)


def _words(step: Step) -> Iterator[str]:
    """What *step* adds to a speech, each piece with what parts it from the one before."""
    if isinstance(step, Heading):
        if not step.spoken:
            yield _INDENT + step.text
    elif isinstance(step, Event):
        yield _INDENT + step.text
    elif isinstance(step, Other):
        yield from ("\n" + line.text for line in step.lines)
    elif isinstance(step, Speech):
        for paragraph in step.paragraphs:
            words = "".join(_text(piece) for piece in paragraph)
            alone = not any(isinstance(piece, str) for piece in paragraph)
            if words:
                yield (_INDENT if alone else _PARAGRAPH) + words


def _text(piece: str | Event | Page) -> str:
    if isinstance(piece, Page):
        return ""
    return piece if isinstance(piece, str) else piece.text


def _speech(
    issue_id: str, order: int, link: str, turn: Turn | None, speakers: dict[str, Speaker], said: list[str]
) -> dict[str, Any]:
    """A speechRecord, with the fields in the order of the API; 会議録情報 where there is no *turn*."""
    speaker = speakers.get(turn.speaker or "") if turn else None
    position = (speaker.role or speaker.title) if speaker else None
    words = "".join(said)
    if turn is None:
        words = words.removeprefix("\n")
    elif turn.label:
        first = said[0] if said and said[0].startswith(_PARAGRAPH) and not said[0].startswith(_INDENT) else ""
        words = f"○{squeeze(turn.label)}　{first.removeprefix(_PARAGRAPH)}{words[len(first) :]}"
    else:
        words = words.removeprefix(_PARAGRAPH)
    return {
        "speechID": f"{issue_id}_{order:03}",
        "speechOrder": order,
        "speaker": _FRONT if turn is None else _name(speaker),
        "speakerYomi": None,
        "speakerGroup": speaker.affiliation if speaker else None,
        "speakerPosition": position,
        "speakerRole": position if position in _ROLES else None,
        "speech": words,
        "startPage": turn.page if turn else None,
        "createTime": None,
        "updateTime": None,
        "speechURL": f"{link}#char={turn.span.start},{turn.span.end}" if turn else link,
    }


def _name(speaker: Speaker | None) -> str:
    """The name without blanks, as the API has it; else what is printed."""
    return squeeze(speaker.name or speaker.label) if speaker else ""
