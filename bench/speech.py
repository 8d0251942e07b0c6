"""`python -m bench.speech FOLDER…`: whole speeches against a gold standard that is printed as it stands in the record.

A gold standard cut from an official edition runs from label to label: it holds, as if somebody had said them,
agenda headings, rules, the time of closing and lists of those present. This counts how often our speech is

- the same as the gold speech,
- the same but for such lines at its end (each kind is counted and, with --list, shown),
- different in any other way.

White space and width are left out of the comparison, and so are events in brackets inside a speech. Folders hold
pairs NAME.txt + NAME.gold.json with `speeches` or `speechRecord`. Exit 1 when a speech is different.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.figures import Figure, at_least, no_more_than
from bench.shared import data, not_here
from minutes_cli.ingest import read
from minutes_cli.parse import parse

_EVENT = re.compile(r"〔[^〕]*〕|（[^（）]{0,80}(?:者あり|の声|拍手|多し|笑|と呼ぶ)[^（）]{0,20}）")
_RULE = re.compile(r"[─━―—…‥\-・◇]{3,}")
_TIME = re.compile(r"午[前後][〇零一二三四五六七八九十時分半]+(?:開議|開会|休憩|散会|延会|閉会)")


def tight(text: str) -> str:
    """*text* without blanks, rules and events, in one width."""
    text = _RULE.sub("", _EVENT.sub("", text))
    return re.sub(r"[\s・]+", "", unicodedata.normalize("NFKC", text)).replace("〇", "○").replace("◯", "○")


def tail_kind(tail: str) -> str:
    """What stands behind the speech in the gold standard."""
    if _TIME.match(tail):
        return "list of those present" if "出席" in tail else "time of recess or closing"
    return "agenda heading" if len(tail) < 200 else "document"


def compared(folders: Iterable[Path], tell: Callable[[str], None], tails: bool = False) -> Counter[str]:
    """How many speeches are how; *tell* gets a line for each that is different, with *tails* for each tail too."""
    counts: Counter[str] = Counter()
    for path in sorted(p for folder in folders for p in folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        speeches = gold.get("speeches") or gold["speechRecord"]
        printed = [tight(s.get("text") or s.get("speech")) for s in speeches if s["speaker"] != "会議録情報"]
        turns = parse(read(str(path.with_name(path.name.replace(".gold.json", ".txt"))))).turns
        if len(printed) != len(turns):
            counts["records with another number of turns"] += 1
            continue
        for want, turn in zip(printed, turns, strict=True):
            label, said = tight(turn.label or ""), tight(turn.text)
            rest = want.removeprefix("○").removeprefix(label)
            if rest == said:
                counts["same"] += 1
            elif rest.startswith(said):
                kind = tail_kind(rest[len(said) :])
                counts[f"same, then in gold only: {kind}"] += 1
                if tails:
                    tell(f"{path.stem}: {kind}: {rest[len(said) :][:60]}")
            else:
                counts["different"] += 1
                tell(f"{path.stem} {turn.id}: different: gold {rest[:40]}… ours {said[:40]}…")
    return counts


def speech() -> list[Figure]:
    """The share of speeches that are the same to the character, and how many are different."""
    folders = data("diet", "diet-api")
    if folders is None:
        return [not_here("speeches beside the official edition", "data/diet", "data/diet-api")]
    lines: list[str] = []
    counts = compared(folders, lines.append)
    beside = f"{counts.total()} speeches; the others are the same and then a tail that only the edition has"
    share = counts["same"] / counts.total()
    wrong = counts["different"] + counts["records with another number of turns"]
    return [
        at_least("speeches the same as in the official edition", share * 100, "%", beside, None, steady=True),
        no_more_than("speeches different from the official edition", wrong, "", "; ".join(lines[:3])),
    ]


def main() -> int:
    """Compare, print the counts."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="+", type=Path)
    arguments.add_argument("--list", action="store_true", help="show what stands behind the speeches")
    options = arguments.parse_args()
    counts = compared(options.folder, print, options.list)
    total = sum(counts.values())
    for kind, n in counts.most_common():
        print(f"{n:6d}  {n / total:6.2%}  {kind}")
    return int(counts["different"] > 0)


if __name__ == "__main__":
    sys.exit(main())
