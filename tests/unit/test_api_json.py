"""JSON of the Diet's minutes API: the record as it is printed, one meeting at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.corpus import NAMES, record, tight

from minutes_cli.errors import IngestError
from minutes_cli.ingest import read, understand
from minutes_cli.model import Source
from minutes_cli.parse import parse

_FIELDS = {
    "issueID": "100000000X00120250101",
    "imageKind": "会議録",
    "session": 217,
    "nameOfHouse": "参議院",
    "nameOfMeeting": "海岸林委員会",
    "issue": "第1号",
    "date": "2025-01-31",
    "meetingURL": "https://example.jp/",
}


def _speeches(*speeches: str, front: str = "令和七年一月三十一日（金曜日）") -> list[dict[str, Any]]:
    return [
        {
            "speechID": f"100000000X00120250101_{n:03}",
            "speechOrder": n,
            "speaker": "会議録情報" if n == 0 else "山田太郎",
            "speakerRole": None,
            "speech": text,
            "startPage": 1 + n // 2,
        }
        for n, text in enumerate((front, *speeches))
    ]


def _meeting(*speeches: str) -> dict[str, Any]:
    return {**_FIELDS, "speechRecord": _speeches(*speeches)}


def _read(answer: object) -> Source:
    return understand("answer.json", json.dumps(answer, ensure_ascii=False).encode())


_SPOKEN = (
    "○委員長（山田太郎君）　開会します。\r\n　続けます。",
    "○鈴木花子君　はい。",
    "○委員長（山田太郎君）　散会します。",
)


@pytest.mark.parametrize(
    "answer",
    [
        {"numberOfRecords": 1, "meetingRecord": [_meeting(*_SPOKEN)]},
        _meeting(*_SPOKEN),
        {"speechRecord": [{**_FIELDS, **one} for one in reversed(_speeches(*_SPOKEN))]},
        [_meeting(*_SPOKEN)],
    ],
    ids=["meeting", "one meeting", "speech", "list"],
)
def test_every_form_of_answer_gives_the_same_record(answer: object):
    source = _read(answer)
    found = parse(source)

    assert source.text.startswith('<PAGE="1">\n第217回国会　参議院　海岸林委員会　第1号　2025年1月31日\n')
    assert [page.number for page in found.pages] == [1, 2]
    assert [(turn.label, tight(turn.text), turn.page) for turn in found.turns] == [
        ("委員長（山田太郎君）", "開会します。続けます。", 1),
        ("鈴木花子君", "はい。", 2),
        ("委員長（山田太郎君）", "散会します。", 2),
    ]
    assert source.where(source.text.index("散会")) == "speechID 100000000X00120250101_003"
    assert (found.meeting.session, found.meeting.date) == ("第217回国会", "2025-01-31")


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name.startswith(("diet", "circle", "long-plen", "long-comm", "old"))]
)
def test_a_record_cut_into_speeches_gives_its_turns(name: str):
    text = read(str(record(name))).text
    turns = parse(read(str(record(name)))).turns
    starts = [text.rindex("\n", 0, turn.span.start) + 1 for turn in turns]
    cuts = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    answer = {**_FIELDS, "speechRecord": _speeches(*cuts, front=text[: starts[0]] or "なし")}
    for one in answer["speechRecord"]:
        del one["startPage"]

    found = parse(_read(answer)).turns
    assert [(t.label, tight(t.text)) for t in found] == [(t.label, tight(t.text)) for t in turns]


def test_words_without_a_label_get_that_of_their_speaker():
    assert "○山田太郎　開会します。" in _read(_meeting("開会します。")).text


@pytest.mark.parametrize("name", ["鹿島花子", "Smith John", "令和の会", "広報　担当"])
def test_the_file_says_who_speaks_and_no_other_line_does(name: str):
    words = ("開会します。\n○議長（大槻次郎君）　と書いてありました。", "はい。", "○鹿島委員　閉会します。")
    answer = _meeting(*words)
    for one, speaker in zip(answer["speechRecord"][1:], (name, "大槻次郎", "鹿島花子"), strict=True):
        one["speaker"] = speaker
    found = parse(_read(answer))
    assert [turn.label for turn in found.turns] == [name, "大槻次郎", "鹿島委員"]
    assert found.layout.reasons == ("the file itself says who speaks",)


def test_words_without_a_label_get_the_post_and_the_group_of_their_speaker_too():
    answer = _meeting("開会します。", "はい。")
    first, second = answer["speechRecord"][1:]
    first |= {"speaker": "鹿島花子", "speakerPosition": "委員長", "speakerGroup": "潮風の会"}
    second |= {"speaker": "大槻次郎", "speakerPosition": None, "speakerGroup": "無所属"}
    assert [(one.name, one.role, one.affiliation) for one in parse(_read(answer)).speakers] == [
        ("鹿島花子", "委員長", "潮風の会"),
        ("大槻次郎", None, None),  # no label tells such an affiliation from a name
    ]


def test_the_page_of_the_title_is_that_of_the_first_speech():
    answer = _meeting(*_SPOKEN)
    for one in answer["speechRecord"]:
        one["startPage"] += 6
    assert [page.number for page in parse(_read(answer)).pages] == [7, 8]


def test_speeches_that_the_file_does_not_have_are_named():
    answer = _meeting(*_SPOKEN)
    del answer["speechRecord"][1]
    assert [(one.rule, "speeches 1 of" in one.message) for one in _read(answer).findings] == [
        ("speeches-missing", True)
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"meetingRecord": [_meeting("一"), _meeting("二")]}, r"2 meetings.*jq -c '\.meetingRecord\[\]' answer\.json"),
        (
            {"speechRecord": [{**one, "issueID": str(n)} for n, one in enumerate(_speeches("一"))]},
            r"speeches of 2 meetings.*group_by\(\.issueID\)",
        ),
        ({"meetingRecord": []}, "without a speech"),
        ({"speechRecord": []}, "without a speech"),
        ({"speechRecord": [{"speechID": "1", "speaker": "山田"}]}, "meeting_list"),
        ({"speechRecord": [{"speechID": "1", "speech": " "}]}, "speeches without words"),
        ({"speechRecord": "x"}, "no list speechRecord"),
    ],
)
def test_what_is_no_record_is_refused_with_what_to_do(answer: object, said: str):
    with pytest.raises(IngestError, match=rf"^answer\.json: .*{said}"):
        _read(answer)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"speechRecord": [', "broken JSON at line 1"),
        (b'{"speechRecord": ' + b"[" * 100_000, "too deep"),
        (b'{"speechRecord": "\xff"}', "not utf-8 at byte"),
        (b'{"speechRecord": ' + b"9" * 5_000 + b"}", "numbers too long"),
    ],
)
def test_broken_json_is_refused(raw: bytes, said: str):
    with pytest.raises(IngestError, match=rf"^answer\.json: .*{said}"):
        understand("answer.json", raw)
