"""Records full of what formats stumble over, for the tests of writers."""

from __future__ import annotations

import os
from functools import cache

from hypothesis import settings
from hypothesis import strategies as st

import corpus
from minutes_cli.ingest import read
from minutes_cli.ingest.text import from_text
from minutes_cli.model import BlockKind, Document
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse

HOSTILE = (
    *("\x00", "\x0b", "\x1b[31m", "\x85", "\u2028", "\u202e", "\ufffe", "\ud800", "\udce3", "\U0001f600", "𠮷"),
    *(
        "]]>",
        "<&amp;",
        "<!--",
        "\"'",
        "&#0;",
        "=1+1",
        "#",
        "|",
        "\\",
        "\t",
        "　",
        "  ",
        "%0A",
        "㋉",
        "ﾃﾞｰﾀ",
        "か\u3099",
    ),
)
TEXTS = st.lists(st.sampled_from(HOSTILE) | st.text("漢字かなアａ1", max_size=4), max_size=5).map("".join)
#: Names of files: no NUL; surrogates as os.fsdecode makes them of bytes that are no UTF-8.
NAMES = st.binary(min_size=1, max_size=12).filter(lambda b: b"\0" not in b).map(lambda b: os.fsdecode(b))
_LABELS = st.sampled_from(["議長（松野　隆君）", "３番（雪竹まどか君）", "市長（鵜建吉君）"]) | TEXTS.map(
    lambda text: f"委員（{text}君）".replace("\n", "")
)
_LINES = st.one_of(
    st.builds("○{}　{}かがですか。".format, _LABELS, TEXTS),
    st.builds(
        "　{}と考えております。{}".format, TEXTS, st.sampled_from(["", "（拍手）", "〔笑声〕", "\n　　〔拍手〕"])
    ),
    st.builds("　　〔「{}」と呼ぶ者あり〕".format, TEXTS),
    st.builds("◎日程第１　{}について".format, TEXTS),
    st.builds("日程第{}　議案第１号".format, st.integers(1, 9)),
    st.sampled_from(
        ["午前十時零分開議", "　　　　午後零時十分散会", "－１－", "－２－", "\f", "", "２　次第", "出席議員　３名"]
    ),
    TEXTS,
)
_BODIES = st.lists(_LINES, max_size=14).map("\n".join)


def made(text: str, name: str = "record.txt") -> Document:
    """The record with this *text*, parsed as a user would have it."""
    raw = text.encode("utf-8", "surrogatepass")
    return parse(normalize(from_text(text, name, raw=raw)).view)


@cache
def document(name: str) -> Document:
    """The record of the corpus folder *name*, parsed as a user would have it; its name is the path, as text."""
    return parse(normalize(read(str(corpus.record(name)))).view)


RECORDS = st.builds(made, _BODIES, NAMES)


#: For tests that take long with each record.
FEW = settings(max_examples=500 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 40)
#: What may differ: bullets of points are no words of a turn, and some controls count as blanks.
NO_WORDS = str.maketrans("", "", "・•>＞-－*\x0b\x0c\x1c\x1d\x1e\x1f␋␌␜␝␞␟")


def said_in(document: Document) -> str:
    """All of a record but labels and page furniture, without blanks: what a format that keeps everything must hold."""
    text = document.view.text
    blocks = (b for b in document.blocks if b.kind not in (BlockKind.LABEL, BlockKind.FURNITURE))
    return "".join("".join(text[b.start : b.end].split()) for b in blocks)
