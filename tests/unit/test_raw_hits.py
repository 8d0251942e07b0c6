"""Lines of --raw as they are shown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

from minutes_cli.cli._hits.hit import Options
from minutes_cli.cli._hits.raw import COLUMNS, RawFile, raw_counts, raw_csv, raw_json, raw_lines, raw_paths
from minutes_cli.search.model import Match
from minutes_cli.search.raw import RawHit, raw_search

TEXT = "○氷室議長\n道路と\n道路の件\r\n川の件\n\n終わり\r道路\x1b\n"


def file(pattern: str, path: str = "a.txt") -> RawFile:
    def find(text: str) -> Iterator[Match]:
        return (Match(*m.span()) for m in re.finditer(pattern, text))

    return RawFile(path, raw_search(TEXT, [find]), TEXT)


def text(pieces: Iterator[str]) -> str:
    return "".join(pieces)


def test_lines_look_like_those_of_grep() -> None:
    assert text(raw_lines([file("道路|氷室")], Options())) == (
        "a.txt:1:氷室議長: ○氷室議長\na.txt:2:氷室議長: 道路と\na.txt:3:氷室議長: 道路の件\na.txt:7:氷室議長: 道路␛\n"
    )
    assert text(raw_lines([file("件")], Options(only=True, before=1))) == "a.txt:3:氷室議長: 件\na.txt:4:氷室議長: 件\n"
    assert text(raw_lines([file("件"), file("雷"), file("川")], Options(screen=True, most=1))) == (
        "a.txt\n3: 氷室議長: 道路の件\n\na.txt\n4: 氷室議長: 川の件\n"
    )


def test_matches_are_coloured() -> None:
    assert text(raw_lines([file("と|件")], Options(colour=True, path=False, line=False, speaker=False, most=1))) == (
        "道路\x1b[1;31mと\x1b[0m\n"
    )
    twice = RawFile("a.txt", [RawHit(1, "あいうえ", [Match(0, 2), Match(1, 3, 1)])])
    assert text(raw_lines([twice], Options(colour=True, path=False, line=False))) == "\x1b[1;31mあいう\x1b[0mえ\n"


def test_context() -> None:
    bare = Options(path=False, speaker=False, before=1, after=1)
    assert text(raw_lines([file("道路と|終")], bare)) == (
        "1-○氷室議長\n2:道路と\n3-道路の件\n--\n5-\n6:終わり\n7-道路␛\n"
    )
    assert text(raw_lines([file("川")] * 2, bare._replace(before=0))) == "4:川の件\n5-\n--\n4:川の件\n5-\n"


def test_counts_and_paths() -> None:
    files = [file("[道路]"), file("雷", "b.txt")]
    assert text(raw_counts(files, Options())) == "a.txt:3\nb.txt:0\n"
    assert text(raw_counts(files, Options(only=True, path=False, most=2))) == "4\n0\n"
    assert text(raw_paths(files, Options())) == "a.txt\n"
    assert text(raw_paths(files, Options(), without=True)) == "b.txt\n"


def test_json_and_csv_say_what_is_known() -> None:
    pieces = [json.loads(line) for line in text(raw_json([file("件")], Options(patterns=("件",)))).splitlines()]
    assert pieces[0] == {
        "path": "a.txt",
        "line": 3,
        "column": 4,
        "label": "氷室議長",
        "before": "道路の",
        "match": "件",
        "after": "",
        "pattern": 1,
        "pattern_text": "件",
    }
    rows = list(csv.DictReader(io.StringIO(text(raw_csv([file("件")], Options())))))
    assert tuple(rows[0]) == COLUMNS and [row["before"] for row in rows] == ["道路の", "川の"]
