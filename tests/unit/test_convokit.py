"""The ConvoKit corpus: its files hang together, and nothing of what is said is missing."""

from __future__ import annotations

import json
from collections import defaultdict

from hypothesis import given

from minutes_cli.export import Options
from minutes_cli.export.convokit import write_convokit
from minutes_cli.export.json import escape_surrogates
from records import FEW, RECORDS, document, made

TYPES = {"str": str, "int": int, "list": list, "bool": bool}


def corpus(*records):
    """The files of the corpus, read; ASCII, as ConvoKit opens them in whatever encoding there is."""
    files = defaultdict(bytes)
    for name, piece in write_convokit(iter(records), Options()):
        files[name] += piece
    assert set(files) == {"utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json"}
    found = {name: json.loads(data.decode("ascii")) for name, data in files.items() if name.endswith(".json")}
    found["utterances.jsonl"] = [json.loads(line) for line in files["utterances.jsonl"].decode("ascii").splitlines()]
    return found


def replies(record):
    """For each turn the one that it replies to, by their numbers."""
    ids = [utterance["id"] for utterance in corpus(record)["utterances.jsonl"]]
    return [u["reply_to"] and ids.index(u["reply_to"]) + 1 for u in corpus(record)["utterances.jsonl"]]


@FEW
@given(RECORDS, RECORDS)
def test_everything_that_an_utterance_names_is_there(one, other):
    found = corpus(one, other, one)
    utterances = found["utterances.jsonl"]
    ids = [utterance["id"] for utterance in utterances]
    assert len(ids) == len(set(ids))
    assert {u["speaker"] for u in utterances} <= set(found["speakers.json"])
    assert {u["conversation_id"] for u in utterances} == set(found["conversations.json"])
    conversation = {u["id"]: u["conversation_id"] for u in utterances}
    before = set()
    for u in utterances:
        assert u["reply_to"] is None or conversation[u["reply_to"]] == u["conversation_id"]
        assert u["reply_to"] is None or u["reply_to"] in before  # what comes first is replied to
        before.add(u["id"])
    roots = [u["conversation_id"] for u in utterances if u["reply_to"] is None]
    assert sorted(roots) == sorted(found["conversations.json"])  # ConvoKit wants one beginning in each


@FEW
@given(RECORDS)
def test_the_turns_are_there_as_they_are(record):
    utterances = corpus(record)["utterances.jsonl"]
    assert [u["text"] for u in utterances] == [escape_surrogates(turn.text) for turn in record.turns]
    for utterance, turn in zip(utterances, record.turns, strict=True):
        meta = utterance["meta"]
        assert meta["paragraphs"] == escape_surrogates(list(turn.paragraphs))
        assert (tuple(meta["span"]), tuple(meta["lines"])) == (turn.span, turn.lines)
        assert [event["text"] for event in meta["events"]] == [escape_surrogates(e.text) for e in turn.events]


@FEW
@given(RECORDS)
def test_the_index_tells_the_type_of_every_field(record):
    found = corpus(record)
    rows = {
        "utterances-index": [u["meta"] for u in found["utterances.jsonl"]],
        "speakers-index": [s["meta"] for s in found["speakers.json"].values()],
        "conversations-index": [c["meta"] for c in found["conversations.json"].values()],
        "overall-index": [found["corpus.json"]],
    }
    for index, metas in rows.items():
        types = {
            name: TYPES[kind.removeprefix("<class '").removesuffix("'>")]
            for name, [kind] in found["index.json"][index].items()
        }
        for meta in metas:
            assert set(meta) == set(types)
            assert all(value is None or type(value) is types[name] for name, value in meta.items())


def test_an_answer_replies_to_the_question_and_everything_else_to_the_turn_before():
    record = made(
        "○議長（松野隆君）　雪竹まどか君。\n"
        "○３番（雪竹まどか君）　除雪について伺います。市長の見解を伺います。\n"
        "○議長（松野隆君）　市長。\n"
        "○市長（鵜建吉君）　お答えします。今年も行います。\n"
        "○議長（松野隆君）　建設部長。\n"
        "○建設部長（黛秀人君）　お答えします。十台です。\n"
    )
    assert replies(record) == [None, 1, 2, 2, 4, 2]


def test_two_records_of_one_name_are_two_conversations():
    record = made("○議長（松野隆君）　はい。\n○市長（鵜建吉君）　はい。\n", "a.txt")
    assert list(corpus(record, record, record)["conversations.json"]) == ["a.txt", "a.txt 2", "a.txt 3"]


def test_who_speaks_without_a_label_is_nobody_in_particular():
    found = corpus(document("trailing"))
    unnamed = [u for u in found["utterances.jsonl"] if u["speaker"].endswith("#unnamed")]
    assert len(unnamed) == sum(turn.speaker is None for turn in document("trailing").turns) > 0
    assert found["speakers.json"][unnamed[0]["speaker"]]["meta"]["label"] == ""


def test_records_without_turns_are_no_conversations():
    assert corpus(document("petition"), document("slides"))["conversations.json"] == {}


def test_the_chair_is_said_to_be_one():
    speakers = corpus(document("page-marks"))["speakers.json"].values()
    assert [(s["meta"]["name"], s["meta"]["chair"]) for s in speakers][:2] == [("松野 隆", True), ("雪竹まどか", False)]
