"""`python -m bench.same_hits FOLDER…`: 60 searches through the index and without it must print the same bytes.

The folders are copied into one, which is indexed; every query then runs twice, with the index and with --no-index.
Differences are printed. Exit 1 when there are any, when a search ends with an error, or when fewer than 40 of the 60
found something: a check that never finds is no check.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from bench.figures import Figure, at_least, no_more_than
from bench.measure import CommandFailed, environment, last_line
from bench.records import CORPUS
from bench.shared import data, not_here
from bench.timing import MINUTES

_TWO = ("--all", "-e", "会議", "-e", "開|説明")

#: Options and patterns of `minutes grep`: what a search can ask for, in words that any record may hold.
QUERIES: tuple[tuple[str, ...], ...] = (
    # regular expressions
    ("会議",),
    ("第[0-9０-９一二三四五六七八九十]+号",),
    ("^　?まず",),
    ("質(疑|問)", "--kwic", "--width", "100", "--sort", "right"),
    ("[0-9０-９]{3,}", "-o"),
    ("(市|町|村)長.{0,10}(答|説明)",),
    ("(です|ます|した)。$", "-c"),
    (r"\d+年度?(?!の)", "--json"),
    (".", "-c"),
    ("予*", "-l"),
    ("(?i)[a-z]{2,}", "-o"),
    # literal, from one character on
    ("-F", "予算"),
    ("-F", "委員会", "-m", "2"),
    ("-F", "議案第", "--csv"),
    ("-F", "(1)"),
    ("-F", "（"),
    ("-F", "。", "-c"),
    ("-F", "雨"),
    ("-F", "町", "--count-by", "record"),
    ("-F", "一", "-L"),
    ("-F", "保育", "--json"),
    ("-F", "それ", "-C", "1"),
    ("-F", "いたします", "--turn"),
    # Latin, digits, width
    ("-F", "ICT"),
    ("-i", "-F", "ｉｃｔ"),
    ("-i", "dx|ai|cio", "-o"),
    ("-F", "2", "-m", "3"),
    ("-F", "１", "-m", "3"),
    ("-i", "-F", "10"),
    ("-i", "-F", "ﾃﾞｰﾀ"),
    ("-i", "-F", "センター"),
    ("-w", "議会"),
    # words
    ("--word", "打合せ"),
    ("--word", "取組"),
    ("--word", "申し上げる", "-c"),
    ("--word", "都"),
    ("--word", "予算案"),
    ("--word", "説明する", "--json"),
    ("--word", "考える", "--kwic", "--width", "90", "--sort", "left"),
    ("--word", "付属"),
    # several patterns
    ("-e", "予算", "-e", "道路"),
    (*_TWO, "--scope", "sentence"),
    (*_TWO, "--scope", "paragraph"),
    (*_TWO, "--scope", "turn", "--json"),
    (*_TWO, "--scope", "exchange"),
    (*_TWO, "--scope", "section", "-c"),
    (*_TWO, "--scope", "record", "-l"),
    ("-e", "説明", "--not", "予算", "--scope", "turn", "-c"),
    ("--near", "20", "-e", "お", "-e", "思い"),
    ("--word", "--all", "--scope", "turn", "-e", "質問", "-e", "答える"),
    # filters and events
    ("--speaker", "長", "説明"),
    ("--role", "委員長|議長|会長", "-F", "異議"),
    ("--section", "質疑|質問|議事|議案", "-F", "町"),
    ("--kind", "verbatim", "--since", "2020", "-F", "事業", "-c"),
    ("--body", "会", "--until", "2024-12", "-F", "本日"),
    ("--events", "異議なし|拍手"),
    ("-F", "異議なし", "--count-by", "speaker"),
    # not there
    ("-F", "鯨見櫓の霧笛"),
    ("zq{3}x",),
    ("--word", "--all", "-e", "鯨見櫓", "-e", "予算"),
)
#: Records in ../shared that are asked, too.
_REAL = ("seeds", "layouts", "kodaira-ippan")
#: So many must find something.
_FINDING = 40


class Answer(NamedTuple):
    """What a command printed on stdout, its exit code, and what it said on stderr."""

    code: int
    output: bytes
    words: str = ""


class Compared(NamedTuple):
    """A query and its answers: through the index and without it."""

    query: tuple[str, ...]
    indexed: Answer
    scanned: Answer

    @property
    def same(self) -> bool:
        """Both printed the same bytes and ended with the same code, and that was no error."""
        return self.indexed[:2] == self.scanned[:2] and self.scanned.code in (0, 1)

    @property
    def found(self) -> bool:
        """The scan found something."""
        return self.scanned.code == 0


def compare(run: Callable[[Sequence[str]], Answer], query: tuple[str, ...], folder: str) -> Compared:
    """Ask *query* of *folder*, which is indexed, in both ways; *run* takes the words behind `minutes`."""
    return Compared(query, run(["grep", *query, folder]), run(["grep", "--no-index", *query, folder]))


def differences(compared: Iterable[Compared]) -> list[str]:
    """A line for each query with two answers, and for each that failed."""
    lines = []
    for query, indexed, scanned in (c for c in compared if not c.same):
        lines.append(f"{' '.join(query)}: exit {indexed.code} and {scanned.code}, {_where(indexed, scanned)}")
    return lines


def _where(indexed: Answer, scanned: Answer) -> str:
    pairs = zip(indexed.output.split(b"\n"), scanned.output.split(b"\n"), strict=False)
    for number, (ours, theirs) in enumerate(pairs, 1):
        if ours != theirs:
            return f"line {number}: {ours.decode()[:100]!r} with the index, {theirs.decode()[:100]!r} without"
    sizes = f"{len(indexed.output)} bytes with the index, {len(scanned.output)} without"
    return sizes if indexed.code in (0, 1) and scanned.code in (0, 1) else (indexed.words or scanned.words)


def by_subprocess(folder: Path) -> Callable[[Sequence[str]], Answer]:
    """Runs `minutes` as a process of its own in *folder*."""

    def run(arguments: Sequence[str]) -> Answer:
        done = subprocess.run([*MINUTES, *arguments], cwd=folder, env=environment(), capture_output=True, check=False)
        return Answer(done.returncode, done.stdout, done.stderr.decode(errors="replace").strip())

    return run


class Asked(NamedTuple):
    """All queries with their answers, and what a search says of the index."""

    compared: list[Compared]
    words: str


def asked(folders: Iterable[Path]) -> Asked:
    """Copy the folders into one, index it, ask all queries. Raises CommandFailed."""
    with tempfile.TemporaryDirectory() as scratch:
        for folder in folders:
            shutil.copytree(folder, Path(scratch) / "records" / folder.name, ignore=shutil.ignore_patterns(".minutes"))
        run = by_subprocess(Path(scratch))
        made = run(["index", "records"])
        if made.code:
            raise CommandFailed(f"minutes index: {last_line(made.words)}")
        words = run(["grep", "-v", "-F", "鯨見櫓", "records"]).words
        with ThreadPoolExecutor(2) as pool:
            return Asked(list(pool.map(lambda query: compare(run, query, "records"), QUERIES)), words)


def same_hits(real: bool = False) -> list[Figure]:
    """Over the corpus or over real records: how many queries are answered otherwise, and how many find something."""
    name, folders = ("real records", data(*_REAL)) if real else ("corpus", [CORPUS])
    of = f"queries of {len(QUERIES)}"
    if folders is None:
        return [not_here(f"{of}, {name}", *(f"data/{folder}" for folder in _REAL))]
    compared = asked(folders).compared
    words = "; ".join(differences(compared)[:3]) or "a search without the index: all the same bytes"
    wrong, found = sum(not c.same for c in compared), sum(c.found for c in compared)
    return [
        no_more_than(f"{of} answered otherwise by the index, {name}", wrong, "", words),
        at_least(f"{of} that find something, {name}", found, "", "", _FINDING, steady=True),
    ]


def main() -> int:
    """Copy, index, compare, print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="print every query with what it found")
    options = parser.parse_args()
    try:
        compared, words = asked(options.folders)
    except CommandFailed as e:
        print(e)
        return 1
    print(words)  # whether the index is used at all
    if options.list:
        for c in compared:
            lines = c.scanned.output.count(b"\n")
            print(f"{'same' if c.same else 'DIFFERS':8} {lines:7} lines  {' '.join(c.query)}")
    for line in differences(compared):
        print(line)
    same, found = sum(c.same for c in compared), sum(c.found for c in compared)
    print(f"{same}/{len(QUERIES)} the same, {found} of them found something")
    return int(same < len(QUERIES) or found < _FINDING)


if __name__ == "__main__":
    sys.exit(main())
