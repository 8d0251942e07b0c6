"""`python -m bench.founding_summaries FOLDER`: what summaries of the founding documents must show, item by item.

FOLDER holds the documents the project was founded on (see bench.founding). Figures are counted again here in the
plainest way, from the lines of the file, and compared with those of `minutes summarize --fix none --json`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bench.figures import Figure, exactly
from bench.measure import environment
from bench.shared import data, not_here
from bench.timing import MINUTES

_LABEL = re.compile(r"○[^（\s]*（[^）]*）|○\S+委員（[^）]*）")


def main(folder: Path) -> int:
    """Print a line for each item; 1 when one fails."""
    said = [line for lines in _checks(folder).values() for line in lines]
    for holds, words in said:
        print("ok  " if holds else "FAIL", words)
    return int(not all(holds for holds, _ in said))


def founding_summaries() -> list[Figure]:
    """How many items of each sort are as they must be."""
    folder = data("seeds")
    if folder is None:
        return [not_here("summaries of the founding documents", "data/seeds")]
    figures = []
    for what, said in _checks(folder[0]).items():
        wrong = "; ".join(words for holds, words in said if not holds)
        right = sum(holds for holds, _ in said)
        figures.append(exactly(what, right, "right", wrong or "all as counted by hand", len(said)))
    return figures


def _checks(folder: Path) -> dict[str, list[tuple[bool, str]]]:
    """What is checked: for each item whether it holds, and words about it."""
    stenographic, gist = next(folder.glob("000_*")), next(folder.glob("001_*"))
    return {
        "速記録: figures of the speakers": _figures(stenographic),
        "速記録: requests, answers, key sentences": _contents(stenographic),
        "議事要旨: the exchanges": _exchanges(gist),
    }


def _summary(path: Path, *options: str) -> dict:
    run = subprocess.run(
        [*MINUTES, "summarize", "--json", *options, str(path)], check=True, stdout=subprocess.PIPE, env=environment()
    )
    return json.loads(run.stdout)


def _figures(path: Path) -> list[tuple[bool, str]]:
    """Turns and characters of every speaker, counted by hand: lines between one label and the next."""
    turns: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    name = None
    for line in path.read_text(encoding="utf-8").splitlines():
        bare = line.strip()
        if match := _LABEL.match(bare):
            name = match.group()[1:]
            turns[name] += 1
            bare = bare[match.end() :].strip()
        elif bare.startswith("〔"):
            name = None
        if name and not re.fullmatch(r"（.*）", bare):
            characters[name] += len(bare)
    found = {group["speaker"]["label"]: group for group in _summary(path, "--fix", "none")["groups"]}
    said = [(len(found) == len(turns) == 10, f"{len(found)} speakers, counted by hand {len(turns)}")]
    for label, count in turns.items():
        group = found.get(label, {"turns": 0, "characters": 0, "share": 0})
        joined = abs(group["characters"] - characters[label])  # a blank where lines with Latin words were joined
        same = group["turns"] == count and joined <= 3
        share = characters[label] / characters.total()
        same = same and abs(group["share"] - share) < 0.001
        words = f"{label}: {group['turns']} turns, {group['characters']} characters, {group['share']:.1%}; by hand "
        said.append((same, f"{words}{count}, {characters[label]}, {share:.1%}"))
    return said


def _contents(path: Path) -> list[tuple[bool, str]]:
    summary = _summary(path)
    (mayor,) = [group for group in summary["groups"] if "渡部" in group["speaker"]["label"]]
    wanted = {"標準化": r"国への働きかけ", "校務システム": r"校務システム.*共同調達"}
    said = []
    for name, words in wanted.items():
        request = [quote for quote in mayor["requests"] if re.search(words, quote["text"])]
        said.append((bool(request), f"渡部: request about {name} at line {[quote['line'] for quote in request]}"))
        answers = {
            answer["speaker"]["name"]
            for asked in mayor["exchanges"]
            if any(re.search(words, quote["text"]) for quote in asked["question"])
            for answer in asked["answers"]
        }
        said.append(({"山田", "宮坂"} <= answers, f"渡部: answered about {name} by {sorted(answers)}"))
    chosen = [quote for group in summary["groups"] for quote in group["sentences"]]
    empty = [quote["text"] for quote in chosen if quote["form"] in ("courtesy", "procedure")]
    said.append((not empty, f"key sentences: {len(chosen)}, greetings and procedure among them: {empty}"))
    return said


def _exchanges(path: Path) -> list[tuple[bool, str]]:
    found = [
        (asked["speaker"]["name"][:2], *[answer["speaker"]["name"][:2] for answer in asked["answers"]])
        for asked in _summary(path, "--by", "exchange")["exchanges"]
    ]
    wanted = [("平林", "小林"), ("平林", "澤村"), ("松村", "谷口"), ("雨宮", "小林", "畑中")]
    return [(found == wanted, f"exchanges: {found}")]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
