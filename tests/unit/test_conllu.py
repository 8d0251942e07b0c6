"""CoNLL-U: ten columns, and the words with their blanks make the speech again, character by character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES
from minutes_cli.export import Options
from minutes_cli.export.conllu import write_conllu
from minutes_cli.export.universal_pos import universal_pos
from minutes_cli.lexicon.tokens import tokens
from records import FEW, RECORDS, TEXTS, document, made

#: https://universaldependencies.org/u/pos/
UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|([strn]))")
_BLANKS = {"s": " ", "t": "\t", "r": "\r", "n": "\n"}


def written(*records):
    return b"".join(write_conllu(iter(records), Options())).decode()


def blocks(text):
    """The sentences: comments as pairs, rows as lists of columns."""
    assert text == "" or text.endswith("\n\n")
    for block in text.split("\n\n")[:-1]:
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if not line.startswith("# ")]
        assert lines == [f for f in lines if f.startswith("# ")] + ["\t".join(row) for row in rows]  # comments first
        comments = dict(line.removeprefix("# ").split(" = ", 1) for line in lines if line.startswith("# "))
        yield comments, rows


def misc(row):
    return dict(part.split("=", 1) for part in row[9].split("|") if part != "_")


def blanks(escaped):
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else _BLANKS[match[2]], escaped)


def words(rows):
    """The characters that the rows stand for."""
    said = ""
    for row in rows:
        told = misc(row)
        after = "" if told.get("SpaceAfter") == "No" else blanks(told.get("SpacesAfter", "\\s"))
        said += blanks(told.get("SpacesBefore", "")) + row[1] + after
    return said


def check(records):
    """Hold what is written of *records* against the format, and against the records."""
    paragraphs, name, sent_ids = {}, None, []
    for comments, rows in blocks(written(*records)):
        name = comments.get("newpar id", name)
        sent_ids.append(comments["sent_id"])
        assert [row[0] for row in rows] == [str(i) for i in range(1, len(rows) + 1)]
        for row in rows:
            assert len(row) == 10
            assert all(column and not re.search(r"\s", column) for column in row)
            assert row[3] in UPOS
            assert row[5:9] == ["_"] * 4
        shown = "".join(row[1] + ("" if misc(row).get("SpaceAfter") == "No" else " ") for row in rows)
        if shown.isprintable():  # in comments, pictures stand for what cannot be seen
            assert comments["text"] == shown.rstrip()
        paragraphs[name] = paragraphs.get(name, "") + words(rows)
    assert len(sent_ids) == len(set(sent_ids))
    expected = {
        f"d{number}-{turn.id}-p{i}": paragraph.encode("utf-8", "backslashreplace").decode()
        for number, record in enumerate(records, 1)
        for turn in record.turns
        for i, paragraph in enumerate(turn.paragraphs, 1)
        if paragraph.strip()
    }
    assert paragraphs == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_words_make_the_speeches_of_a_record(name):
    check([document(name)])


@FEW
@given(RECORDS, RECORDS)
def test_the_words_make_the_speeches_of_any_records(one, other):
    check([one, other])


@given(TEXTS | st.text(max_size=12))
def test_nothing_but_blanks_stands_between_words(text):
    sentence = "".join(text.split("\n"))
    at = 0
    for token in tokens(sentence):
        assert not sentence[at : token.start].strip()
        assert token.start < token.end
        assert sentence[token.start : token.end] == sentence[token.start : token.end].strip()
        at = token.end
    assert not sentence[at:].strip()


def test_a_sentence_reads_like_this():
    record = made("○議長（松野隆君）　雨が　降っている。次です。\n○市長（鵜建吉君）　はい。\n", "記録.txt")
    first, second, _ = blocks(written(record))
    assert {
        name: first[0][name] for name in ("newdoc id", "newpar id", "sent_id", "speaker", "role", "line", "text")
    } == {
        "newdoc id": "記録.txt",
        "newpar id": "d1-t1-p1",
        "sent_id": "d1-t1-p1-s1",
        "speaker": "松野隆",
        "role": "議長",
        "line": "1",
        "text": "雨が 降っている。",
    }
    assert [row[:4] + [row[9]] for row in first[1]] == [
        ["1", "雨", "雨", "NOUN", "Reading=アメ|SpaceAfter=No"],
        ["2", "が", "が", "ADP", "Reading=ガ|SpacesAfter=\\u3000"],
        ["3", "降っ", "降る", "VERB", "Reading=フッ|SpaceAfter=No"],
        ["4", "て", "て", "SCONJ", "Reading=テ|SpaceAfter=No"],
        ["5", "いる", "いる", "AUX", "Reading=イル|SpaceAfter=No"],
        ["6", "。", "。", "PUNCT", "Reading=。|SpaceAfter=No"],
    ]
    assert first[1][2][4] == "動詞,一般,*,*,五段-ラ行,連用形-促音便"
    assert second[0]["speaker"] == "松野隆"
    start, end = map(int, second[0]["span"].split())
    assert record.view.source.text[start:end] == "次です。"
    assert re.fullmatch(
        r"minutes-cli \S+; words by sudachipy \S+, sudachidict-core \d+, mode A; not parsed", first[0]["generator"]
    )


def test_a_part_of_speech_that_is_not_in_the_table_is_x():
    assert universal_pos(("空白", "*", "*")) == "X"
    assert universal_pos(("形状詞", "助動詞語幹", "*")) == "AUX"
    assert universal_pos(("動詞", "非自立可能", "*")) == "VERB"


def test_one_character_that_stands_for_two_words_is_one_token():
    assert [(token.start, token.end, token.lemma) for token in tokens("㋉の")] == [(0, 1, "10月"), (1, 2, "の")]


def test_a_document_that_does_not_say_where_its_words_stand_names_the_span_of_the_turn():
    record = document("page-marks")
    found = list(blocks(written(record._replace(spoken=(), blocks=()))))
    assert found[0][0]["span"] == "{} {}".format(*record.turns[0].span)
