"""The form of the Diet's minutes API: its fields with its types, and nothing of a record missing."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given

from corpus import NAMES
from minutes_cli.export import Options
from minutes_cli.export.json import escape_surrogates
from minutes_cli.export.kokkai import write_kokkai
from minutes_cli.ingest.api_json import read
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse
from minutes_cli.parse.labels import squeeze
from records import FEW, NO_WORDS, RECORDS, document, made, said_in

TEXT, MAYBE_TEXT = {"type": "string"}, {"type": ["string", "null"]}
INTEGER, MAYBE_INTEGER = {"type": "integer"}, {"type": ["integer", "null"]}


def closed(**fields):
    """The schema of an object with exactly these fields."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


#: As https://kokkai.ndl.go.jp/api.html lists them for 会議単位出力.
SPEECH = closed(
    speechID={"type": "string", "pattern": "^[0-9A-Za-z]{21}_[0-9]{3,}$"},
    speechOrder=INTEGER,
    speaker=TEXT,
    speakerYomi=MAYBE_TEXT,
    speakerGroup=MAYBE_TEXT,
    speakerPosition=MAYBE_TEXT,
    speakerRole={"enum": [None, "証人", "参考人", "公述人"]},
    speech=TEXT,
    startPage=MAYBE_INTEGER,
    createTime=MAYBE_TEXT,
    updateTime=MAYBE_TEXT,
    speechURL=TEXT,
)
MEETING = closed(
    issueID={"type": "string", "pattern": "^[0-9A-Za-z]{21}$"},
    imageKind={"const": "会議録"},
    searchObject=INTEGER,
    session=MAYBE_INTEGER,
    nameOfHouse=TEXT,
    nameOfMeeting=TEXT,
    issue=TEXT,
    date={"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    closing=MAYBE_TEXT,
    speechRecord={"type": "array", "items": SPEECH, "minItems": 1},
    meetingURL=TEXT,
    pdfURL=MAYBE_TEXT,
)
ANSWER = jsonschema.Draft202012Validator(
    closed(
        numberOfRecords=INTEGER,
        numberOfReturn=INTEGER,
        startRecord={"const": 1},
        nextRecordPosition={"type": "null"},
        meetingRecord={"type": "array", "items": MEETING},
    )
)


def answer(*records):
    """What is written of *records*, read again."""
    found = json.loads(b"".join(write_kokkai(iter(records), Options())))
    ANSWER.validate(found)
    return found


def tight(text):
    return "".join(text.split()).translate(NO_WORDS)


def words(meeting, record):
    """All words of a meeting but labels, without blanks."""
    front, *speeches = (speech["speech"] for speech in meeting["speechRecord"])
    for i, turn in enumerate(record.turns):
        label = f"○{squeeze(turn.label)}　" if turn.label else ""
        assert speeches[i].startswith(escape_surrogates(label))
        speeches[i] = speeches[i].removeprefix(escape_surrogates(label))
    return tight(front + "".join(speeches))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_record_is_missing(name):
    record = document(name)
    assert words(answer(record)["meetingRecord"][0], record) == said_in(record).translate(NO_WORDS)


@FEW
@given(RECORDS, RECORDS)
def test_nothing_of_any_records_is_missing(one, other):
    records = [one, other]
    found = answer(*records)
    assert found["numberOfRecords"] == found["numberOfReturn"] == len(records)
    for record, meeting in zip(records, found["meetingRecord"], strict=True):
        assert words(meeting, record) == tight(escape_surrogates(said_in(record)))
        assert [speech["speechOrder"] for speech in meeting["speechRecord"]] == list(range(len(record.turns) + 1))
    ids = [speech["speechID"] for meeting in found["meetingRecord"] for speech in meeting["speechRecord"]]
    assert len(ids) == len(set(ids))


#: What the form has no room for: headings and labels of summaries, and marks that open both labels and lines of speech.
NOT_THE_SAME = {
    "bare-outline": "a heading between speeches is a bare line",
    "bracket-square": "委員Ａ is no label behind ○",
    "circle-wrapped-pdf": "〇 opens lines of a speech, too",
    "paren-line": "labels are parted by blanks",
    "table-ditto": "times stand in a column",
    "trailing": "questions have no label",
}


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(NOT_THE_SAME)))
def test_read_back_it_gives_the_same_turns(name):
    record = document(name)
    data = b"".join(write_kokkai(iter([record]), Options()))
    again = parse(normalize(read(data, "record.json", None)).view)
    assert [(squeeze(t.label or ""), squeeze(t.text)) for t in again.turns] == [
        (squeeze(t.label or ""), squeeze(t.text)) for t in record.turns
    ]


def test_a_meeting_reads_like_this():
    meeting = answer(document("diet-style"))["meetingRecord"][0]
    assert {name: meeting[name] for name in ("session", "nameOfMeeting", "issue", "date")} == {
        "session": 231,
        "nameOfMeeting": "海岸保全特別委員会",
        "issue": "第四号",
        "date": "2024-05-16",
    }
    front, first, *_ = meeting["speechRecord"]
    assert front["speaker"] == "会議録情報"
    assert front["speech"].startswith("第二百三十一回国会　海岸保全特別委員会議録第四号\n")
    assert (first["speaker"], first["speakerPosition"]) == ("門脇惟文", "委員長")
    assert first["speech"].startswith("○門脇委員長　時間が参りましたので、会議を始めます。\n　本日は海岸林と")
    assert first["speech"].endswith("\n　　　　〔「異議なし」と呼ぶ者あり〕")


def test_a_council_has_its_name_where_the_diet_has_its_house():
    meeting = answer(document("page-marks"))["meetingRecord"][0]
    assert (meeting["nameOfHouse"], meeting["nameOfMeeting"]) == ("潮見市議会", "潮見市議会")
    assert [speech["startPage"] for speech in meeting["speechRecord"]][:4] == [None, 1, 1, 2]


def test_every_speech_leads_back_to_its_characters():
    record = made("○議長（松野隆君）　始めます。\n○市長（鵜建吉君）　はい。\n", "記録.txt")
    urls = [speech["speechURL"] for speech in answer(record)["meetingRecord"][0]["speechRecord"]]
    assert urls == ["%E8%A8%98%E9%8C%B2.txt"] + [
        f"%E8%A8%98%E9%8C%B2.txt#char={turn.span.start},{turn.span.end}" for turn in record.turns
    ]


def test_the_records_are_read_one_after_the_other():
    taken = []

    def records():
        for name in NAMES[:3]:
            taken.append(name)
            yield document(name)

    pieces = write_kokkai(records(), Options())
    next(pieces)
    assert taken == []
    while b"issueID" not in next(pieces):
        pass
    assert taken == NAMES[:1]
