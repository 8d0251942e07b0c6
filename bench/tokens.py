"""A dataset with the words of every sentence (`--tokens`) beside Sudachi alone, both in two processes.

The baseline is what nobody can do without: two Python processes that load the dictionary and hand it every sentence of
the same records, asking for the same fields, and do nothing with what comes back. The second one also reads out what
the column holds, word for word, and throws it away. Start-up counts on all sides.
"""

from __future__ import annotations

import multiprocessing
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.archive import kept
from bench.datasets import export, megabytes
from bench.figures import Figure, at_least, report
from bench.measure import CommandFailed, environment
from bench.timing import watched

#: One half of the sentences, every other one.
_TOKENIZE = """
import sys
from sudachipy import Dictionary
with open(sys.argv[1], encoding="utf-8") as file:
    sentences = file.read().split("\\n")[:-1]
fields = {"surface", "pos", "dictionary_form"}
tokenize = Dictionary().tokenizer("A", fields=fields).tokenize  # as minutes_cli.lexicon.tokens does
for sentence in sentences[int(sys.argv[2])::2]:
    for at in range(0, len(sentence), 1900):
        words = tokenize(sentence[at : at + 1900])
        if sys.argv[3] == "read":
            [(m.surface(), m.dictionary_form(), m.part_of_speech()) for m in words]
"""
#: Every seventh record of the archive, each layout as often: 14 MB.
_EVERY = 7
_ROUNDS = 3


def tokens(every: int = _EVERY) -> list[Figure]:
    """The rate as a part of Sudachi's: the median of three rounds, in which both take turns."""
    with tempfile.TemporaryDirectory() as scratch:
        records, said = Path(scratch, "records"), Path(scratch, "sentences.txt")
        records.mkdir()
        for path in sorted(kept().rglob("*.txt"))[::every]:
            shutil.copy(path, records)
        count = _write_sentences(sorted(records.iterdir()), said)
        ours, alone, read = [], [], []
        for number in range(_ROUNDS):
            alone.append(_alone(said, "cut"))
            read.append(_alone(said, "read"))
            dataset = Path(scratch, f"dataset-{number}")
            ours.append(watched(export(records, dataset, "--tokens", "--jobs", "2")))
        size = megabytes(records)
    rates = [
        statistics.median(base / run.seconds for base, run in zip(bases, ours, strict=True)) for bases in (alone, read)
    ]
    seconds = statistics.median(run.seconds for run in ours)
    beside = f"{seconds:.1f} s for {size:.0f} MB; Sudachi, two processes, {count} sentences: "
    return [
        at_least(
            "export --tokens, rate beside Sudachi alone",
            rates[0],
            "times",
            f"{beside}{statistics.median(alone):.1f} s",
            0.85,
        ),
        at_least(
            "export --tokens, rate beside Sudachi with its words read out",
            rates[1],
            "times",
            f"{beside}{statistics.median(read):.1f} s",
            None,
        ),
    ]


def _alone(said: Path, what: str) -> float:
    """Seconds that two processes take to cut everything that is said into words, or to ``read`` these, too."""
    start = time.perf_counter()
    commands = [[sys.executable, "-c", _TOKENIZE, str(said), part, what] for part in "01"]
    running = [subprocess.Popen(command, env=environment()) for command in commands]
    codes = [process.wait() for process in running]
    if any(codes):
        raise CommandFailed(f"Sudachi alone: exit {max(codes)}")
    return time.perf_counter() - start


def _write_sentences(paths: list[Path], said: Path) -> int:
    """Write the sentences of all turns, one a line; returns how many."""
    count = 0
    with multiprocessing.Pool(2) as pool, said.open("w", encoding="utf-8") as file:
        for sentences in pool.imap(_sentences, paths, chunksize=8):
            count += len(sentences)
            file.writelines(f"{sentence}\n" for sentence in sentences)
    return count


def _sentences(path: Path) -> list[str]:
    from minutes_cli.ingest import read
    from minutes_cli.lexicon.sentences import sentences
    from minutes_cli.normalize import normalize
    from minutes_cli.parse import parse

    turns = parse(normalize(read(str(path))).view).turns
    lines = [line for turn in turns for line in turn.paragraphs]
    return [line[start:end] for line in lines for start, end in sentences(line)]


if __name__ == "__main__":
    print(report(tokens(*map(int, sys.argv[1:]))))
