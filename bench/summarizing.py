"""`python -m bench.summarizing [FOLDER]`: summarising records beside cutting what is said in them into words.

Without FOLDER the records are made up by bench.archive: 10 MB in 140 files. The baseline is what nobody can do
without: every sentence of every turn handed to Sudachi once, on one thread, nothing read out of it; it runs before and
after. Both are whole processes, the loading of the dictionary included. How often the program itself calls Sudachi is
counted in a third process: no sentence is cut twice.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.archive import kept
from bench.figures import Figure, at_most, missed, no_more_than, report
from bench.measure import in_process
from bench.timing import MINUTES, watched

FILES = 140

_SENTENCES = """
import sys
from minutes_cli.ingest import find, read
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.parse import parse

with open(sys.argv[2], "w", encoding="utf-8") as file:
    for path in find([sys.argv[1]], print):
        for turn in parse(read(path)).turns:
            text = "\\n".join(turn.paragraphs)
            file.writelines(text[start:end] + "\\n" for start, end in sentences(text))
result = {}
"""
_TOKENIZE = """
import sys, time
from sudachipy import Dictionary

said = open(sys.argv[1], encoding="utf-8").read().split("\\n")[:-1]
tokenize = Dictionary().tokenizer("C", fields={"surface", "pos", "dictionary_form", "normalized_form"}).tokenize
start, cpu = time.perf_counter(), time.process_time()
for sentence in said:
    for at in range(0, len(sentence), 16000):
        tokenize(sentence[at : at + 16000])
result = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu, "sentences": len(said)}
"""
_COUNT = """
import sys
from functools import cache
from minutes_cli.lexicon import words

calls, seen = 0, set()

def counted(sentence):
    global calls
    calls += 1
    seen.add(sentence)
    return words.cut.__wrapped__(sentence)

words.remembering = lambda: cache(counted)
from minutes_cli.cli.main import main
code = main(["summarize", "--json", "--jobs", "1", "-o", sys.argv[2], sys.argv[1]])
result = {"calls": calls, "different": len(seen), "others": words.cut.cache_info().misses, "code": code}
"""


def summarizing(folder: Path | None = None) -> list[Figure]:
    """The figures of summarising the records in *folder*; None: 10 MB made up by bench.archive."""
    folder = folder or kept(FILES)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory() as scratch:
        said, out = Path(scratch, "sentences.txt"), Path(scratch, "summary.json")
        in_process(_SENTENCES, str(folder), str(said))
        before = in_process(_TOKENIZE, str(said))
        run = watched((*MINUTES, "summarize", "--json", "-o", str(out), str(folder)))
        after = in_process(_TOKENIZE, str(said))
        counts = in_process(_COUNT, str(folder), str(Path(scratch, "counted.json")))
    alone, cpu = (before["seconds"] + after["seconds"]) / 2, (before["cpu"] + after["cpu"]) / 2
    beside = f"{before['sentences']:.0f} sentences on one thread, before and after: {before['seconds']:.1f} s and "
    beside += f"{after['seconds']:.1f} s; CPU {run.cpu:.1f} s, {run.cpu / cpu:.2f} times tokenising"
    beside = f"{run.seconds:.1f} s; {beside}"
    figures = [at_most(f"summarize {size / 1e6:.1f} MB", run.seconds / alone, "times tokenising", beside, 1.3)]
    again = counts["calls"] - counts["different"] + counts["others"]
    figures.append(no_more_than("sentences cut twice", again, "", f"{counts['different']:.0f} different ones"))
    if run.peak is not None:
        input_ = f"input {size / 1e6:.1f} MB"
        figures.append(at_most(f"memory of summarize, {input_}", run.peak / 1e6, "MB", input_, None))
    return figures


def main() -> int:
    """Measure and print; 1 when a limit does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    options = parser.parse_args()
    figures = summarizing(options.folder)
    print(report(figures))
    return int(missed(figures))


if __name__ == "__main__":
    sys.exit(main())
