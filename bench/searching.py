"""`python -m bench.searching`: what searching 100 MB in 1,400 files costs, beside other tools in the same run.

The archive is made from the corpus (`bench.archive`) and kept in bench/out/. Prints a table; exit 1 when a limit does
not hold. `--only raw` (or `indexed`, `building`) measures one part; a smaller archive (`--files 100`) is for trying.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from bench.archive import (
    ABSENT,
    COMMON,
    FILES,
    MISREAD,
    MISREAD_PLACES,
    RARE,
    TOGETHER,
    WRAPPED,
    WRAPPED_PLACES,
    kept,
)
from bench.figures import Figure, at_most, exactly, failed, missed, missing, report
from bench.measure import CommandFailed, in_process
from bench.timing import MINUTES, TYPER, Command, Runs, in_rounds, watched

#: What a plain Python loop does for the same lines.
_LOOP = """
import os, sys
word, out = sys.argv[1].encode(), sys.stdout.buffer
for folder, folders, names in os.walk(sys.argv[2]):
    folders.sort()
    for name in sorted(names):
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            data = file.read()
        if word in data:
            start = path.encode() + b":"
            for line in data.split(b"\\n"):
                if word in line:
                    out.write(start + line + b"\\n")
"""

#: Sudachi alone: two threads, a tokenizer each, mode C, a sentence a line; asked for what an index needs.
_TOKENIZE = """
import sys, threading, time
from sudachipy import Dictionary, SplitMode
with open(sys.argv[1], encoding="utf-8") as file:
    sentences = file.read().split("\\n")
dictionary = Dictionary()
def work(part):
    tokenizer = dictionary.tokenizer(SplitMode.C, fields={"surface", "pos", "dictionary_form", "normalized_form"})
    for sentence in part:
        tokenizer.tokenize(sentence)
threads = [threading.Thread(target=work, args=(sentences[n::2],)) for n in range(2)]
start, before = time.perf_counter(), time.process_time()
for thread in threads: thread.start()
for thread in threads: thread.join()
result = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - before, "sentences": len(sentences)}
"""

#: Without what git ignores, rg would find nothing in bench/out/. Hidden files, which only grep searches, are not there.
_OTHERS = {"rg -F": ("rg", "-F", "--no-ignore"), "grep -rF": ("grep", "-rF")}
_PLAIN = "Python loop"
PARTS = ("raw", "building", "indexed")
_MB = 1_000_000


def _ms(runs: Runs) -> str:
    return f"{runs.median * 1000:.0f} ms"


def raw(folder: Path) -> Iterable[Figure]:
    """Without an index: `grep -F --raw` beside other tools, and `grep -F` beside `--raw`."""
    for what, word, limit, parsed_limit in (
        ("rare word", RARE, 6, 3),
        ("absent word", ABSENT, 6, 3),
        ("word on 70,000 lines", COMMON, 15, None),
    ):
        grep = (*MINUTES, "grep", "-F", "--no-index")
        commands = {"--raw": (*grep, "--raw"), "parsed": grep, _PLAIN: (sys.executable, "-c", _LOOP)}
        commands |= {name: command for name, command in _OTHERS.items() if shutil.which(command[0])}
        slow = parsed_limit is None  # a minute: once is enough
        if slow:
            del commands["parsed"]
        runs = in_rounds({name: Command((*command, word, str(folder))) for name, command in commands.items()})
        ours, rg = runs["--raw"], runs.get("rg -F")
        name, beside = f"grep -F --raw, {what}, beside rg -F", f"{_ms(ours)}; {_others(runs)}"
        yield at_most(name, ours.times(rg), "times", beside, limit) if rg else missing(name, beside)
        seconds = watched((*grep, word, str(folder))).seconds if slow else runs["parsed"].median
        ratio = seconds / ours.median if slow else runs["parsed"].times(ours)
        beside = f"{seconds * 1000:.0f} ms; --raw {_ms(ours)}"
        beside += f"; {seconds / rg.median:.1f} times rg -F" if rg else ""
        yield at_most(f"grep -F, {what}, beside --raw", ratio, "times", beside, parsed_limit)


def understood(folder: Path) -> Iterable[Figure]:
    """What only a search that joins lines and corrects slips finds: how many of the planted places."""
    for what, word, places in (("across a wrap", WRAPPED, WRAPPED_PLACES), ("misread", MISREAD, MISREAD_PLACES)):
        grep = (*MINUTES, "grep", "-F", "--no-index", word, str(folder))
        run = in_rounds({"": Command(grep), "raw": Command((*grep, "--raw"))}, repeat=1)
        found, plain = (run[name].output.count(b"\n") for name in ("", "raw"))
        beside = f"{_ms(run[''])}; --raw finds {plain}"
        yield exactly(f"places of a word {what} that grep finds", found, "places", beside, places)


def _others(runs: dict[str, Runs]) -> str:
    """What other tools took, and whether all of them found as many lines."""
    words = [f"{name} {_ms(runs[name]) if name in runs else 'NOT INSTALLED'}" for name in (*_OTHERS, _PLAIN)]
    if "rg -F" in runs:
        words.append(f"loop {runs[_PLAIN].times(runs['rg -F']):.1f} times rg")
    lines = {name: run.output.count(b"\n") for name, run in runs.items() if name != "parsed"}
    words.append(f"{lines[_PLAIN]} lines" if len(set(lines.values())) == 1 else f"LINES DIFFER: {lines}")
    return "; ".join(words)


def indexed(folder: Path, records: Path) -> Iterable[Figure]:
    """With the index: whole processes beside `minutes --version`. The index is made where it is not there yet."""
    if not folder.exists():
        _link(records, folder)
    watched((*MINUTES, "index", str(folder)))
    grep = (*MINUTES, "grep", "-F")
    both = ("--all", "--scope", "sentence", "-e", TOGETHER[0], "-e", TOGETHER[1])
    with tempfile.TemporaryDirectory() as scratch:
        program = Path(scratch) / "program.py"
        program.write_text(TYPER, encoding="utf-8")
        runs = in_rounds(
            {
                "--version": Command((*MINUTES, "--version")),
                "two-command Typer program": Command((sys.executable, str(program), "one")),
                "python -c pass": Command((sys.executable, "-c", "pass")),
                "rare word": Command((*grep, RARE, str(folder))),
                "absent word": Command((*grep, ABSENT, str(folder))),
                "two words in one sentence": Command((*grep, *both, str(folder))),
                "common word, first 100 hits": Command((*grep, COMMON, str(folder)), head=100),
                "rare word by --word": Command((*MINUTES, "grep", "--word", RARE, str(folder))),
            },
            repeat=11,
        )
    version, typer = runs["--version"], runs["two-command Typer program"]
    bases = [f"{what} {_ms(run)}" for what, run in list(runs.items())[:3]]
    for what, run in list(runs.items())[3:]:
        lines = run.output.count(b"\n")
        beside = "; ".join([_ms(run), *bases, f"{run.times(typer):.2f} times the Typer program", f"{lines} lines"])
        limit = 1.5 if what in ("rare word", "absent word") else None
        yield at_most(f"indexed, {what}, beside --version", run.times(version), "times", beside, limit)


def _sentences_of(path: Path) -> list[str]:
    from minutes_cli.ingest import read
    from minutes_cli.lexicon.sentences import sentences
    from minutes_cli.normalize import normalize
    from minutes_cli.parse import parse
    from minutes_cli.parse.passages import searchable

    record = searchable(parse(normalize(read(str(path))).view), str(path))
    return [p.text[start:end] for p in record.passages for start, end in sentences(p.text)]


def building(folder: Path, records: Path) -> Iterable[Figure]:
    """Make the index of *folder* anew beside tokenising alone, then bring it up to date after one changed file.

    *folder* holds links to the files of *records*, so that searching without an index finds the records alone.
    """
    size = sum(path.stat().st_size for path in records.rglob("*.txt"))
    paths = sorted(records.rglob("*.txt"))
    with tempfile.TemporaryDirectory() as scratch:
        listed = Path(scratch) / "sentences.txt"
        with multiprocessing.Pool(2) as pool, listed.open("w", encoding="utf-8") as file:
            for sentences in pool.imap(_sentences_of, paths, chunksize=8):
                file.writelines(f"{sentence}\n" for sentence in sentences)
        before = in_process(_TOKENIZE, str(listed))
        shutil.rmtree(folder, ignore_errors=True)
        _link(records, folder)
        build = watched((*MINUTES, "index", str(folder)))
        after = in_process(_TOKENIZE, str(listed))
    alone = (before["seconds"] + after["seconds"]) / 2
    name = f"building the index of {size / _MB:.0f} MB, beside tokenising alone"
    beside = f"{build.seconds:.0f} s; {before['sentences']:.0f} sentences in two threads, before and after: "
    beside += f"{before['seconds']:.0f} s and {after['seconds']:.0f} s; {os.cpu_count()} cores; "
    beside += f"CPU {build.cpu:.0f} s, {build.cpu / (before['cpu'] + after['cpu']) * 2:.2f} times tokenising"
    yield at_most(name, build.seconds / alone, "times", beside, 1.4)
    memory = "memory of building the index, all processes"
    if build.peak is None:
        yield missing(memory, "NOT MEASURED: no /proc here")
    else:
        yield at_most(memory, build.peak / _MB, "MB", "shared pages count for each", 1000)
    index = folder / ".minutes" / "index.sqlite"
    whole = sum(path.stat().st_size for path in index.parent.glob(f"{index.name}*"))
    text = _text_in(index)
    yield at_most("index without the text", (whole - text) / size, "times the text",
                   f"whole file {whole / _MB:.0f} MB, of these {text / _MB:.0f} MB records; text {size / _MB:.0f} MB",
                   0.6)  # fmt: skip
    yield from _updating(folder, size)


def _updating(folder: Path, size: int) -> Iterable[Figure]:
    """One file changed, and none."""
    update = Command((*MINUTES, "index", str(folder)))
    nothing = in_rounds({"": update}, repeat=3)[""]
    seconds = []
    for number, path in enumerate(sorted(folder.rglob("*.txt"))[:3]):
        text = path.read_text(encoding="utf-8")
        path.unlink()  # a link: the archive stays as it is
        path.write_text(f"{text}○議長（橘川清君）　これは{number}度目の変更であります。\n", encoding="utf-8")
        seconds.append(watched(update.arguments).seconds)
    time.sleep(2.1)  # a file younger than this is read again at every look, since its times may hide a change
    watched(update.arguments)
    beside = f"the slowest of {len(seconds)}; nothing changed: {nothing.median:.2f} s"
    yield at_most("index after one changed file", max(seconds), "s", beside, 3, baseline_value=nothing.median)


def _link(records: Path, folder: Path) -> None:
    shutil.copytree(records, folder, copy_function=os.link)


def _text_in(index: Path) -> int:
    """Bytes of the text of the records themselves, which the index keeps in a column of its own."""
    with closing(sqlite3.connect(index)) as connection:
        return int(connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM content").fetchone()[0])


def searching(only: Iterable[str] = PARTS, files: int = FILES) -> list[Figure]:
    """All figures; a part whose command fails is a row that does not hold."""
    records = kept(files)
    folder = records.with_name(f"{records.name}-indexed")
    parts: dict[str, Callable[[], Iterable[Figure]]] = {
        "raw": lambda: [*raw(records), *understood(records)],
        "building": lambda: building(folder, records),
        "indexed": lambda: indexed(folder, records),
    }
    figures: list[Figure] = []
    for name in only:
        try:
            figures += parts[name]()
        except CommandFailed as e:
            figures.append(failed(f"searching, {name}", str(e)))
    return figures


def main() -> int:
    """Measure and print; 1 when a limit does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=FILES, help="how many records of 71 kB")
    parser.add_argument("--only", action="append", choices=PARTS)
    options = parser.parse_args()
    figures = searching(options.only or PARTS, options.files)
    print(report(figures))
    return int(missed(figures))


if __name__ == "__main__":
    sys.exit(main())
