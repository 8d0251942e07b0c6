"""`python -m bench.enumerators FOLDER…`: garbled enumerators planted into the lists of real records.

Folders (searched below for *.txt and *.md) hold correct records. In each trial one head of one list, or two of one
list, are garbled the way OCR does it; recovered is what the safe corrections bring back exactly (but for blanks),
wrong is every other safe correction. Before that, every correction in the records as they are is shown: all false.
Exit 1 when less than 90 % are recovered, when any is wrong or when a correct record is changed.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.figures import Figure, at_least, no_more_than
from bench.shared import data, not_here
from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.enumerators import find
from minutes_cli.normalize.methods import Settings

_KANJI = "〇一二三四五六七八九"
_N = r"[0-9０-９]{1,2}"
_K = r"[一二三四五六七八九十]{1,3}"
_BLANK = r"(?m)^[ \t　]*"
#: Kinds of lists: how a head looks, with its number as the group.
_KINDS = {
    "(1)": re.compile(rf"{_BLANK}(?P<head>[（(](?P<n>{_N})[)）])"),
    "①": re.compile(rf"{_BLANK}(?P<head>(?P<n>[①-⑳]))"),
    "1 ": re.compile(rf"{_BLANK}(?P<head>(?P<n>{_N}))(?:[ 　]+|[．、]|[.](?!\d))(?![\d\s.,|%])"),
    "第1条": re.compile(rf"{_BLANK}[○◎△●]?(?:日程)?(?P<head>第[ 　]?(?P<n>{_N}|{_K})[ 　]?(?:条|項|号|[ 　、]))"),
    "議案第1号": re.compile(
        rf"(?:議案|報告|意見書案|請願|陳情)(?P<head>第[ 　]?(?P<n>[0-9０-９]{{1,3}}|{_K})[ 　]?号)"
    ),
}
#: What digits are read as, in brackets and with words.
_LIKE = {"1": "lI|i", "2": "Zz", "5": "Ss", "6": "bG", "8": "B", "9": "qg", "0": "Oo"}
_LIKE_KANJI = {"一": "ー―", "二": "ニ", "三": "ミ", "八": "ハ", "十": "＋"}
#: Correct records in ../shared.
_REAL = ("diet", "layouts", "kodaira-ippan", "kodaira-markdown")
_RUN_TOGETHER = "住他仕付伍仏任何倒伯仲似"


class Entry(NamedTuple):
    """A head in a list of a record."""

    start: int
    end: int
    number: int


class Plant(NamedTuple):
    """What is put in the place of ``text[start:end]``."""

    start: int
    end: int
    garbled: str


def value(written: str) -> int:
    """The number in *written*: digits, kanji up to 99 or a circled digit."""
    if written.isdecimal():
        return int(written)
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    tens, ten, ones = written.rpartition("十")
    return (_KANJI.index(tens) if tens else 1) * 10 * bool(ten) + (_KANJI.index(ones[-1]) if ones else 0)


def lists(text: str, pattern: re.Pattern[str]) -> Iterator[list[Entry]]:
    """Lists of at least two items that count by one."""
    entries: list[Entry] = []
    for match in pattern.finditer(text):
        entry = Entry(*match.span("head"), value(match["n"]))
        if entries and entry.number != entries[-1].number + 1:
            if len(entries) > 1:
                yield entries
            entries = []
        entries.append(entry)
    if len(entries) > 1:
        yield entries


def garble(rng: random.Random, kind: str, head: str, number: int) -> str | None:
    """*head* as OCR may read it; None when nothing is known of how it would go wrong."""
    wide = any("０" <= c <= "９" or c in "（）" for c in head)
    swapped = look_alike(rng, head)
    if kind == "(1)":
        options = [rng.choice(_RUN_TOGETHER) + ")", rng.choice(_RUN_TOGETHER) + ")", f"{{{number})", f"({number}}}"]
        options += [swapped] if swapped else []
        options += ["(D ", "(D", "CD", "a)", "l)"] if number == 1 else []
        chosen = rng.choice(options)
        return chosen.replace("(", "（").replace(")", "）") if wide else chosen
    if kind == "①":
        return rng.choice(["@", "©", "®", *(["(D", "(D ", "CD"] if number == 1 else [])])
    return swapped


def look_alike(rng: random.Random, head: str) -> str | None:
    """*head* with one digit replaced by what it looks like."""
    plain = [str(int(c)) if c.isdecimal() else c for c in head]
    places = [i for i, c in enumerate(plain) if c in _LIKE or c in _LIKE_KANJI]
    if not places:
        return None
    at = rng.choice(places)
    return head[:at] + rng.choice((_LIKE | _LIKE_KANJI)[plain[at]]) + head[at + 1 :]


def planted(text: str, plants: list[Plant]) -> str:
    """*text* with *plants*, which are in order."""
    parts, last = [], 0
    for plant in plants:
        parts += [text[last : plant.start], plant.garbled]
        last = plant.end
    return "".join([*parts, text[last:]])


def applied(text: str, corrections: list[Correction]) -> str:
    """*text* with *corrections*, which are in order."""
    return planted(text, [Plant(c.start, c.end, c.after) for c in corrections])


def trial(rng: random.Random, text: str, kind: str, entries: list[Entry], many: int) -> tuple[int, int, int, str]:
    """Plant up to *many* garbled heads in one list: how many were planted, recovered, wrong, and what was missed."""
    plants = []
    for entry in sorted(rng.sample(entries, min(many, len(entries) - 1))):
        head = text[entry.start : entry.end]
        if garbled := garble(rng, kind, head, entry.number):
            plants.append(Plant(entry.start, entry.end, garbled))
    if not plants:
        return 0, 0, 0, ""
    spoilt = planted(text, plants)
    safe = [c for c in find(spoilt, Settings()) if c.safety is Safety.SAFE]
    at, shift, hit, missed = 0, 0, 0, []
    used: set[int] = set()
    for plant in plants:
        at = plant.start + shift
        shift += len(plant.garbled) - (plant.end - plant.start)
        near = [c for c in safe if at <= c.start and c.end <= at + len(plant.garbled) + 1]
        local = "".join(applied(plant.garbled, [c._replace(start=c.start - at, end=c.end - at) for c in near]).split())
        if near and local == "".join(text[plant.start : plant.end].split()):
            hit += 1
            used.update(c.start for c in near)
        else:
            place = f"{entries.index(next(e for e in entries if e.start == plant.start)) + 1} of {len(entries)}"
            missed.append(f"{text[plant.start : plant.end]} as {plant.garbled} ({place})")
    wrong = [c for c in safe if c.start not in used]
    missed += [f"WRONG {spoilt[c.start : c.end]} → {c.after}" for c in wrong]
    return len(plants), hit, len(wrong), "; ".join(missed)


class Result(NamedTuple):
    """What came of planting: the counts by kind of list, plants of a list and what became of them; the corrections of
    the records as they are; how many records and characters there were."""

    counts: Counter[tuple[str, int, str]]
    clean: list[tuple[Path, str, Correction]]
    records: int
    characters: int

    def total(self, what: str) -> int:
        """How many were planted, recovered or wrong."""
        return sum(count for (_, _, which), count in self.counts.items() if which == what)

    @property
    def safe(self) -> int:
        """Safe corrections of correct records: all false."""
        return sum(c.safety is Safety.SAFE for _, _, c in self.clean)


def tried(
    folders: Iterable[Path], seeds: int, trials: int, tell: Callable[[str], None], missed: bool = False
) -> Result:
    """Look at the records as they are, then plant; *tell* gets a line for what is wrong, with *missed* for misses."""
    paths = sorted({p for folder in folders for end in ("txt", "md") for p in folder.rglob(f"*.{end}")})
    texts = {path: path.read_bytes().decode("utf-8-sig", errors="replace") for path in paths}
    clean = [(p, t[c.start : c.end], c) for p, t in texts.items() for c in find(t, Settings())]
    for path, before, c in clean:
        tell(f"on a correct record: {path.name}: {before!r} → {c.after!r} {c.rule} {c.safety}: {c.reason}")
    counts: Counter[tuple[str, int, str]] = Counter()
    for seed in range(seeds):
        rng = random.Random(seed)
        for path, text in texts.items():
            for kind, pattern in _KINDS.items():
                for entries in lists(text, pattern):
                    for many in (1, 2) * trials:
                        n, hit, wrong, words = trial(rng, text, kind, entries, many)
                        for what, count in (("planted", n), ("recovered", hit), ("wrong", wrong)):
                            counts[kind, many, what] += count
                        if words and (missed or wrong):
                            tell(f"{path.name}: {words}")
    return Result(counts, clean, len(texts), sum(map(len, texts.values())))


def enumerators() -> list[Figure]:
    """What comes back of what is planted into real records: those of ../shared whose lists are correct."""
    folders = data(*_REAL)
    if folders is None:
        return [not_here("garbled enumerators that come back", *(f"data/{name}" for name in _REAL))]
    result = tried(folders, 3, 2, lambda line: None)
    planted, recovered = result.total("planted"), result.total("recovered")
    beside = f"{planted} planted into lists of {result.records} records"
    share = recovered / max(planted, 1) * 100
    return [
        at_least("garbled enumerators that come back", share, "%", beside, 90, steady=True),
        no_more_than("wrong safe corrections beside them", result.total("wrong"), "", beside),
        no_more_than("safe corrections of enumerators in correct records", result.safe, "", "all would be false"),
    ]


def main() -> int:
    """Look at the records as they are, then plant; print the counts."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="+", type=Path)
    arguments.add_argument("--seeds", type=int, default=3, help="how often everything is planted anew")
    arguments.add_argument("--trials", type=int, default=4, help="trials per list, seed and number of plants")
    arguments.add_argument("--list", action="store_true", help="show what was missed")
    options = arguments.parse_args()
    result = tried(options.folder, options.seeds, options.trials, print, options.list)
    for kind in _KINDS:
        for many in (1, 2):
            n, hit, wrong = (result.counts[kind, many, what] for what in ("planted", "recovered", "wrong"))
            print(f"{kind:8} {many} of a list: {n:6} planted, {hit:6} recovered {hit / max(n, 1):7.1%}, {wrong} wrong")
    planted_all, recovered_all, wrong_all = (result.total(what) for what in ("planted", "recovered", "wrong"))
    share = recovered_all / max(planted_all, 1)
    print(f"all: {planted_all} planted, {recovered_all} recovered {share:.1%}, {wrong_all} wrong")
    ask = len(result.clean) - result.safe
    print(f"{result.records} correct records, {result.characters} characters: {result.safe} safe edits, {ask} to ask")
    return int(share < 0.9 or wrong_all > 0 or result.safe > 0)


if __name__ == "__main__":
    sys.exit(main())
