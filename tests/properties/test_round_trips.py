"""What is written and read back is the same: JSON and JSON lines byte for byte, Markdown turn by turn."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import NAMES, record
from making_documents import TURNS, made
from minutes_cli.errors import IngestError
from minutes_cli.export import WRITERS, Options
from minutes_cli.export.json import write_json
from minutes_cli.export.results import has_text, is_result, is_whole, read_results
from minutes_cli.ingest import read, understand
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Document, Kind, TurnKind
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import PassageKind

#: What points into the text, which JSON does not hold.
_IN_TEXT = ("view", "blocks", "spoken")


@cache
def _document(name: str) -> Document:
    return parse(normalize(read(str(record(name)))).view)


def _written(documents: Iterable[Document], to: str) -> bytes:
    write = WRITERS[to].write
    assert write is not None
    return b"".join(write(iter(list(documents)), Options()))


def _said(document: Document) -> list[tuple[str | None, str, str]]:
    return [(turn.label, turn.kind.value, turn.text) for turn in document.turns]


def _same_back(document: Document) -> Document:
    """*document* after it was written as JSON and read back; both must be equal in all that JSON holds."""
    raw = write_json(document)
    assert is_result(raw)
    (back,) = read_results(raw, "a.json")
    assert write_json(back) == raw
    for field in document._fields:
        if field not in _IN_TEXT:
            assert getattr(back, field) == getattr(document, field), field
    here, there = document.view, back.view
    assert (there.edits, there.starts, there.ends) == (here.edits, here.starts, here.ends)
    assert there.source._replace(text="", raw=b"") == here.source._replace(text="", raw=b"", hints=(), findings=())
    assert len(there.source.text) == len(here.source.text)
    assert not has_text(back) and has_text(document) and is_whole(back)
    return back


@pytest.mark.parametrize("name", NAMES)
def test_json_gives_the_same_document_and_the_same_bytes(name: str) -> None:
    document = _document(name)
    back = _same_back(document)
    (indented,) = read_results(write_json(document, pretty=True), "a.json")
    assert indented == back


@pytest.mark.parametrize("name", NAMES)
def test_tables_made_of_json_are_those_made_of_the_record(name: str) -> None:
    document = _document(name)
    back = _same_back(document)
    for to in ("jsonl", "csv", "tsv", "khcoder"):
        assert _written([back], to) == _written([document], to), to


@pytest.mark.parametrize("name", NAMES)
def test_lines_of_turns_give_the_same_bytes(name: str) -> None:
    raw = _written([_document(name)], "jsonl")
    assert is_result(raw) is bool(raw)
    if raw:
        documents = read_results(raw, "a.jsonl")
        assert _written(documents, "jsonl") == raw
        assert _written(documents, "csv") == _written([_document(name)], "csv")
        assert [is_whole(document) for document in documents] == [False]


def test_records_in_one_file_stay_apart() -> None:
    documents = [_document(name) for name in ("colon", "colon", "circle-below", "petition")]
    raw = _written(documents, "json")
    assert _written(read_results(raw, "all.jsonl"), "json") == raw
    turns = _written(documents, "jsonl")
    assert len(read_results(turns, "turns.jsonl")) == 3, "a petition has no turns; the same record twice is two"
    assert _written(read_results(turns, "turns.jsonl"), "jsonl") == turns


@pytest.mark.parametrize("name", NAMES)
def test_markdown_parsed_again_gives_the_same_turns(name: str) -> None:
    document = _document(name)
    source = understand("copy.md", _written([document], "markdown"))
    for seen in (parse(source), parse(normalize(source).view)):
        assert _said(seen) == _said(document)
        assert seen.kind is document.kind
        if document.kind not in (Kind.PETITION, Kind.SLIDES):
            assert [(s.label, s.name, s.turns) for s in seen.speakers] == [
                (s.label, s.name, s.turns) for s in document.speakers
            ]
            assert [s.heading for s in seen.sections] == [s.heading for s in document.sections]


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_the_copy_says_the_same(name: str) -> None:
    once = parse(understand("copy.md", _written([_document(name)], "markdown")))
    twice = parse(understand("copy.md", _written([once], "markdown")))
    assert _said(twice) == _said(once)


@given(TURNS)
@example([("議長", ["# 見出し", "- 点", "1. 番号", "> 引用", "---", "***", "| 表 |"], TurnKind.SPEECH, [], False)])
@example(
    [(None, [], TurnKind.ANSWER, [], True), ("―", ["*（拍手）* と *強調*"], TurnKind.SPEECH, ["（笑*い）"], False)]
)
def test_any_labels_and_words_come_back(spoken: Any) -> None:
    document = made(spoken)
    _same_back(document)
    turns = _written([document], "jsonl")
    if turns:
        assert _written(read_results(turns, "a.jsonl"), "jsonl") == turns
    copy = parse(understand("copy.md", _written([document], "markdown")))
    assert [(turn.label, turn.text) for turn in copy.turns] == [(turn.label, turn.text) for turn in document.turns]
    assert [[e.text for e in turn.events] for turn in copy.turns] == [
        [event.text.replace("*", r"\*") for event in turn.events] for turn in document.turns
    ]
    assert copy.kind is document.kind
    assert [section.heading for section in copy.sections] == [section.heading for section in document.sections]
    _holds_together(copy)


def _holds_together(document: Document) -> None:
    """Its blocks tile the text, and what it says leads back to the text."""
    at = 0
    for block in document.blocks:
        assert block.start == at < block.end
        at = block.end
    assert at == len(document.view.text)
    for turn, spoken in zip(document.turns, document.spoken, strict=True):
        pieces = [document.view.text[start:end] for start, end in zip(spoken[::2], spoken[1::2], strict=True)]
        assert "".join("".join(pieces).split()) == "".join(turn.text.split())
    lines = document.view.source.line_starts
    for passage in searchable(document).passages:
        for at, character in enumerate(passage.text):
            line, column = passage.place(at)
            if passage.kind is PassageKind.SPEECH and not character.isspace():
                assert document.view.source.text[lines[line - 1] + column - 1] == character


_LINES = st.sampled_from(
    [
        *(
            "○議長（山田太郎君）　これより会議を開きます。",
            "　本日は三つの議題があります。",
            "（「異議なし」と呼ぶ者あり）",
        ),
        *(
            "○鈴木委員　質問します（笑）。続けます。",
            "午前10時開議",
            "◎日程第１　会議録署名議員の指名について",
            "- 12 -",
        ),
        *("○議長（山田太郎君）　２番*と*３番を[指名]します。", "　なお、abc|def と言いました。〔拍手〕以上です。"),
        *("○町長（田中花子君）", "　# お答えします。", "　1. 一つ目は <b>道路</b> です。", "散会　午後３時", "# 題"),
        *(
            "出席議員　１番　鈴木一郎君",
            "**議長**",
            "> 引用",
            "",
            "　以上（笑）",
            "　abc（笑）def と言う。",
            "議席番号順に",
            "署名議員　鈴木一郎",
        ),
    ]
)


@given(st.lists(_LINES, max_size=25).map("\n".join).filter(str.strip))
@settings(max_examples=100)
def test_records_of_any_lines_come_back(text: str) -> None:
    document = parse(from_text(text, "made.txt"))
    _same_back(document)
    copy = parse(understand("copy.md", _written([document], "markdown")))
    assert _said(copy) == _said(document)
    assert copy.kind is document.kind
    _holds_together(copy)


@given(st.data())
@settings(max_examples=60)
def test_damaged_results_are_refused_in_one_line_or_read(data: st.DataObject) -> None:
    """Whatever is put in the place of a field: a document that writes what was read, or one line."""
    raw = json.loads(write_json(_document("circle-below")))
    at: Any = raw
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else list(range(len(at)))))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = data.draw(
        st.sampled_from(
            [None, -1, 10**9, 10**30, 0.5, "", "x", True, [], {}, [1, 0], [0, 10**12], [None], ["a"], [[0]]]
        )
    )
    damaged = json.dumps(raw, ensure_ascii=False).encode()
    try:
        documents = read_results(damaged, "a.json")
    except IngestError as fault:
        assert str(fault).startswith("a.json: ") and "\n" not in str(fault) and len(str(fault)) < 300
    else:
        again = json.loads(b"".join(map(write_json, documents)))
        assert again | {"generator": None} == raw | {"generator": None}
