"""JSON of the search API for the minutes of the Diet (国会会議録検索システム検索用API, https://kokkai.ndl.go.jp/api.html).

The answers of ``meeting`` (meetings with their speeches) and ``speech`` (speeches, each with its meeting), and one
meeting out of them. The text is the record as it is printed: the front matter, then the speeches with their labels.
"""

from __future__ import annotations

import json
import shlex
from itertools import pairwise
from typing import Any

from minutes_cli.errors import IngestError
from minutes_cli.ingest.binary import byte_at
from minutes_cli.ingest.collect import Collector
from minutes_cli.ingest.speakers import label_of
from minutes_cli.ingest.text import canonical_encoding
from minutes_cli.model import Severity, Source, Span
from minutes_cli.patterns import lazy

__all__ = ["read"]

_FRONT = "会議録情報"
_DATE = lazy(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MARKS = "○〇◯◎●△▲▽▼◇◆□■☆★〔（"  # what speeches and the lines between them begin with

_STAGE = "〔（"  # what the lines between them begin with
_PRINTED = lazy(r"[○〇◯](?P<label>[^\s　。、]{1,60})　(?=\S)")  # ○委員長（山田太郎君）　開会します。

Object = dict[str, Any]


def read(raw: bytes, name: str, encoding: str | None) -> Source:
    """The record in an answer of the API; the place of a text is its ``speechID``.

    Where the answer gives ``startPage``, the printed pages are marked before the first speech that begins on them, the
    first one of all before the title.
    Raises IngestError: no JSON of the API, several meetings, or speeches without their words.
    """
    used = canonical_encoding(encoding) if encoding else json.detect_encoding(raw)
    try:
        answer = json.loads(raw.decode(used))
    except UnicodeDecodeError as e:
        raise IngestError(f"{name}: not {used} at {byte_at(raw, e.start)}; JSON is UTF-8") from None
    except json.JSONDecodeError as e:
        raise IngestError(f"{name}: broken JSON at line {e.lineno}, column {e.colno}; is the file whole?") from None
    except (RecursionError, ValueError):
        raise IngestError(f"{name}: JSON that goes too deep or has numbers too long; no answer of the API") from None
    meeting, speeches = _one_meeting(answer, name)
    collector = Collector(name, "application/json")
    title = _title(meeting)
    page = next((page for one in speeches if (page := _number(one.get("startPage"), 0))), 0)
    if page:  # before the title, which else stood on the page before
        collector.line(f'<PAGE="{page}">', "meeting")
    if title:
        collector.line(title, "meeting")
    _speeches(collector, speeches, page)
    return collector.source(raw, used, empty="speeches without words")


def _one_meeting(answer: Any, name: str) -> tuple[Object, list[Object]]:
    """The fields of the meeting and its speeches in order."""
    if isinstance(answer, dict) and "meetingRecord" in answer:
        answer = answer["meetingRecord"]
        where = ".meetingRecord[]"
    else:
        where = ".[]"
    if isinstance(answer, list) and any(isinstance(one, dict) and "speechRecord" in one for one in answer):
        if len(answer) > 1:
            divide = f"jq -c {shlex.quote(where)} {shlex.quote(name)} | split -l 1 --additional-suffix=.json - meeting-"
            raise IngestError(f"{name}: {len(answer)} meetings, and a record is one; divide it: {divide}")
        answer = answer[0]
    speeches = answer.get("speechRecord") if isinstance(answer, dict) else answer
    if isinstance(speeches, dict):  # as converters from XML write a list of one
        speeches = [speeches]
    if not isinstance(speeches, list) or not all(isinstance(one, dict) for one in speeches):
        raise IngestError(f"{name}: JSON, but no answer of the API: no list speechRecord of speeches")
    if not speeches:
        raise IngestError(f"{name}: an answer without a speech; ask the API for others")
    meetings = list(dict.fromkeys(_words(one, "issueID") for one in speeches))
    if len(meetings) > 1:
        parts = shlex.quote(".speechRecord | group_by(.issueID)[] | {speechRecord: .}")
        divide = f"jq -c {parts} {shlex.quote(name)} | split -l 1 --additional-suffix=.json - meeting-"
        raise IngestError(f"{name}: speeches of {len(meetings)} meetings, and a record is one; divide it: {divide}")
    if not any("speech" in one for one in speeches):
        raise IngestError(f"{name}: speeches without their words (an answer of meeting_list); ask api/meeting for them")
    ordered = sorted(speeches, key=lambda one: _number(one.get("speechOrder"), 0))
    return (answer if isinstance(answer, dict) and "nameOfMeeting" in answer else ordered[0]), ordered


def _title(meeting: Object) -> str:
    """What the page of the meeting is called: 第211回国会　衆議院　本会議　第1号　2023年1月23日."""
    session = _words(meeting, "session")
    words = [f"第{session}回国会" if session else ""]
    words += [_words(meeting, field) for field in ("nameOfHouse", "nameOfMeeting", "issue")]
    date = _words(meeting, "date")
    day = _DATE.fullmatch(date)
    words.append("{}年{}月{}日".format(*map(int, day.groups())) if day else date)
    return "　".join(word for word in words if word)


def _speeches(collector: Collector, speeches: list[Object], page: int) -> None:
    """Write the speeches; *page* is the one that is marked already."""
    told = _labels(speeches)
    orders: list[tuple[int, Span]] = []
    for one in speeches:
        words = one.get("speech")
        if not isinstance(words, str) or not words.strip():
            continue
        place = f"speechID {_words(one, 'speechID')}".strip()
        begins = _number(one.get("startPage"), 0)
        if begins > page:
            page = begins
            collector.line(f'<PAGE="{page}">', place)
        if _unlabelled(one):
            words = f"○{_label(one)}　{words.lstrip()}"
        lines = words.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
        label = told.get(id(one))
        spans = [collector.line(line, place, label=label if i == 0 else None) for i, line in enumerate(lines)]
        orders.append((_number(one.get("speechOrder"), -1), spans[0]))
    for (before, _), (after, span) in pairwise(orders):
        if before >= 0 and after > before + 1:
            missing = f"{before + 1}" if after == before + 2 else f"{before + 1} to {after - 1}"
            collector.report("speeches-missing", f"the file has no speeches {missing} of the meeting", span)
    if orders and orders[0][0] > 1:
        message = f"the file begins with speech {orders[0][0]} of the meeting"
        collector.report("speeches-missing", message, orders[0][1], Severity.WARNING)


def _unlabelled(speech: Object) -> bool:
    """Whether it is the words alone, as other programs than that of the Diet write them."""
    speaker = _words(speech, "speaker")
    return bool(speaker) and speaker != _FRONT and speech["speech"].lstrip()[0] not in _MARKS


def _label(speech: Object) -> str:
    return label_of(*(_words(speech, field) for field in ("speaker", "speakerPosition", "speakerGroup")))[0]


def _labels(speeches: list[Object]) -> dict[int, tuple[int, int]]:
    """Where in its first line the label of a speech stands, by the id of the speech.

    Those of all speeches that have a speaker; none where one of them is printed in a way that is not known here: then
    the labels are found like those of any other record.
    """
    labels: dict[int, tuple[int, int]] = {}
    for one in speeches:
        words, speaker = one.get("speech"), _words(one, "speaker")
        if not isinstance(words, str) or not words.strip() or not speaker or speaker == _FRONT:
            continue
        if _unlabelled(one):
            labels[id(one)] = (1, 1 + len(_label(one)))
        elif words.lstrip()[0] in _STAGE:
            continue
        elif (found := _PRINTED.match(words)) and speaker[0] in found["label"]:
            labels[id(one)] = found.span("label")
        else:
            return {}
    return labels


def _words(fields: Object, field: str) -> str:
    value = fields.get(field)
    return str(value).strip() if isinstance(value, str | int) else ""


def _number(value: Any, otherwise: int) -> int:
    """A whole number, which the API gives as such and other programs as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9:
        return int(value)
    return value if isinstance(value, int) and 0 <= value < 10**9 else otherwise
