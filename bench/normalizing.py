"""How much normalizing costs: reading clean text by default, and the noisy channel on clean and on noisy pages."""

from __future__ import annotations

import random
import statistics
import tempfile
from pathlib import Path

from bench.figures import Figure, at_least, at_most, report
from bench.measure import in_process
from bench.planted import alike_by_meant, nearest, plant
from bench.records import CORPUS, stenographic

_BOTH = """
import sys, time
from minutes_cli.ingest import read
from minutes_cli.normalize import Settings, normalize
from minutes_cli.parse import parse
source = read(sys.argv[1])
start = time.process_time(); parse(source); middle = time.process_time()
normalized = normalize(source, Settings(ignore=("hint-*",))); end = time.process_time()
parse(normalized.view)
result = {"parse": middle - start, "both": middle - start + end - middle, "edits": len(normalized.edits)}
"""

_CHANNEL = """
import sys, time
from pathlib import Path
begin = time.process_time()
import numpy
numpy_took = time.process_time() - begin
from minutes_cli.normalize import channel
from minutes_cli.normalize.methods import Settings
pages = Path(sys.argv[1]).read_text(encoding="utf-8").split("\\f")
settings = Settings(channel=True)
start = time.process_time(); channel.loaded_model(); loaded = time.process_time()
list(channel.find(pages[0], settings))
middle = time.process_time()
found = sum(len(list(channel.find(page, settings))) for page in pages[1:])
end = time.process_time()
counts = {}
for page in pages[1:]:
    for character in page:
        counts[character] = counts.get(character, 0) + 1
counted = time.process_time() - end
result = {"load": loaded - start, "channel": end - middle, "size": sum(map(len, pages[1:])), "found": found,
          "numpy": numpy_took, "counting": counted}
"""

#: What the clean and the noisy text are made of: sentences that the model finds likely, so that nothing is suspicious.
_SENTENCES = (
    "ただいまから会議を開きます。",
    "これより質疑に入ります。",
    "御異議ありませんか。",
    "お諮りいたします。",
    "本案は原案のとおり可決することに決しました。",
    "まず、財政の見通しについてお伺いいたします。",
    "お答えを申し上げます。",
    "これらの事業を着実に進めてまいりたいと考えております。",
    "国と地方が連携して取り組むことが重要であると考えます。",
    "引き続き検討してまいります。",
    "以上で説明を終わります。",
    "よろしくお願いいたします。",
)


def _clean() -> str:
    rng = random.Random(1)
    return "\f".join("".join(rng.choice(_SENTENCES) for _ in range(250)) for _ in range(60))


#: Slips in a hundred characters: about what tesseract makes of an ordinary scan.
_RATE = 0.015


def _noisy() -> str:
    """The corpus with slips, the first record once more before it: it warms up what is loaded once."""
    table = nearest(alike_by_meant())
    records = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/record.*"))]
    slipped = [plant(record, _RATE, table, seed) for seed, record in enumerate(records)]
    return slipped[0] + "\f" + "\n".join(slipped)


def normalizing() -> list[Figure]:
    """The cost of correcting: beside ``parse`` alone, and characters a second of the channel."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.txt"
        path.write_text(stenographic(5_000_000), encoding="utf-8")
        runs = [in_process(_BOTH, str(path)) for _ in range(5)]
        ratio = statistics.median(run["both"] / run["parse"] for run in runs)
        alone = statistics.median(run["parse"] for run in runs)
        rows, loads, numpy = [], [], []
        for name, text, limit in (
            ("where nothing is suspicious", _clean(), 300),
            ("on the corpus with 1.5 % of slips", _noisy(), 20),
        ):
            pages = Path(folder) / "pages.txt"
            pages.write_text(text, encoding="utf-8")
            found = [in_process(_CHANNEL, str(pages)) for _ in range(3)]
            speed = statistics.median(run["size"] / run["channel"] for run in found) / 1000
            counting = statistics.median(run["size"] / run["counting"] for run in found) / 1000
            beside = f"counting the same characters in a loop {counting:.0f}"
            rows.append(at_least(f"noisy channel {name}", speed, "thousand characters/s", beside, limit,
                                 baseline_value=counting))  # fmt: skip
            loads += [run["load"] * 1000 for run in found]
            numpy += [run["numpy"] * 1000 for run in found]
    load, base = statistics.median(loads), statistics.median(numpy)
    beside = f"parse alone {alone:.2f} s for 5 MB; {runs[0]['edits']:.0f} edits"
    name = "clean text read by default (cheap methods, the look for OCR), then parsed"
    return [
        at_most(name, ratio, "times parse alone", beside, 1.4),
        at_most("loading the character model", load, "ms", f"importing numpy {base:.0f} ms", 500, baseline_value=base),
        *rows,
    ]


if __name__ == "__main__":
    print(report(normalizing()))
