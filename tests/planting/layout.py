"""Faults of whole records: a wrong file, a broken export, columns read across."""

from __future__ import annotations

import re
from itertools import zip_longest
from random import Random

from minutes_cli.model import Kind

from .record import Clean, Planted, bounds, changed, line_of, spots

#: The fault is everywhere, so a finding at any line is in its place.
_EVERYWHERE: frozenset[int] = frozenset()


def labels_stripped(clean: Clean, rng: Random) -> Planted | None:
    """An export that left out the names of the speakers (they were a column, or pictures)."""
    found = spots(clean)
    if len(found) < 5 or clean.document.kind is not Kind.VERBATIM:  # many a summary names nobody
        return None
    text = clean.text
    for spot in reversed(found):
        text = changed(text, spot.start, spot.end, "　" if spot.mark and not spot.alone else "")
    alike = ("unknown-record", "speech-before-speaker")
    return Planted("no-speakers", text, _EVERYWHERE, f"{len(found)} labels stripped", alike)


def names_blacked_out(clean: Clean, rng: Random) -> Planted | None:
    """Labels blacked out for publication, mark and all."""
    found = spots(clean)
    if len(found) < 5 or clean.document.kind is not Kind.VERBATIM:  # many a summary names nobody
        return None
    text = clean.text
    for spot in reversed(found):
        label = spot.text.rstrip()
        text = changed(text, spot.start, spot.start + len(label), "■" * len(label))
    alike = ("unknown-record", "speech-before-speaker", "implausible-name")
    return Planted("no-speakers", text, _EVERYWHERE, f"{len(found)} labels blacked out", alike)


def two_typists(clean: Clean, rng: Random) -> Planted | None:
    """Two typists halved the meeting, and each set labels in another way."""
    found = spots(clean)
    if len(found) < 8 or not found[0].mark:
        return None
    text = clean.text
    for spot in reversed(found[len(found) // 2 :]):
        text = changed(text, spot.start, spot.end, f"【{spot.turn.label}】")
    alike = ("swallowed-label",)
    return Planted("doubtful-layout", text, _EVERYWHERE, "labels of two layouts, half and half", alike)


def labels_mostly_lost(clean: Clean, rng: Random) -> Planted | None:
    """A scan in which most labels were not recognised."""
    found = spots(clean)
    if len(found) < 12:
        return None
    kept = rng.randrange(len(found) // 2, len(found) - 1)
    text = clean.text
    for spot in reversed(found):
        if spot.number not in (found[kept].number, found[kept].number + 1):
            text = changed(text, spot.start, spot.end, "　")
    alike = ("no-speakers", "speech-before-speaker", "overlong-turn", "unknown-blocks")
    return Planted("doubtful-layout", text, _EVERYWHERE, f"{len(found) - 2} of {len(found)} labels lost", alike)


_WIDTH, _HEIGHT = 22, 18


def columns_read_across(clean: Clean, rng: Random) -> Planted | None:
    """Pages in two columns, of which the export took each line through both."""
    found = spots(clean)
    if len(found) < 8 or not found[0].mark or found[0].alone:
        return None
    start = bounds(clean.text, found[0].start)[0]
    lines = []
    for line in clean.text[start:].split("\n"):
        line = line.strip() if len(line) - len(line.lstrip()) > 2 else line
        lines += re.findall(f".{{1,{_WIDTH}}}", line)
    pages = [lines[at : at + 2 * _HEIGHT] for at in range(0, len(lines), 2 * _HEIGHT)]
    across = []
    for page in pages:
        left, right = page[:_HEIGHT], page[_HEIGHT:]
        across += [f"{a:　<{_WIDTH}}　　{b}".rstrip() for a, b in zip_longest(left, right, fillvalue="")]
    text = clean.text[:start] + "\n".join(across) + "\n"
    return Planted("labels-inside-lines", text, _EVERYWHERE, "two columns read across", ("doubtful-layout",))


_STOPS = "港 市場 役場 駅 浜 学校 病院 公園 橋 坂".split()
_TIMETABLE = "系統,停留所,始発,終発,本数\n" + "".join(
    f"{n},{stop},6:{n:02},21:{n + 10},{n * 3}\n" for n, stop in enumerate(_STOPS, 10)
)
_LISTING = "ファイル名\t更新日\t大きさ\n" + "".join(
    f"img_{n:04}.jpg\t2024/05/{n:02}\t{n * 731}\n" for n in range(1, 28)
)
_RECIPE = """材料（四人分）

さんま 四尾
大根 三分の一本
塩 小さじ一
すだち 二個

作り方

さんまに塩を振り、十分おく。
水気をふいて焼く。
大根をおろして添える。
"""
_ERROR_PAGE = """<html><head><title>404 Not Found</title></head>
<body>
<h1>Not Found</h1>
<p>The requested URL was not found on this server.</p>
</body></html>
"""


def wrong_file(clean: Clean, rng: Random) -> Planted | None:
    """Another file was saved under the record's name."""
    return Planted(
        "unknown-record",
        rng.choice((_TIMETABLE, _RECIPE, _LISTING, _ERROR_PAGE)),
        _EVERYWHERE,
        "another file",
        ("no-speakers",),
    )


def table_in_front(clean: Clean, rng: Random) -> Planted | None:
    """A long appendix of figures was put before the meeting, so that most of the file is no record."""
    found = spots(clean)
    if not found:
        return None
    at = bounds(clean.text, found[0].start)[0]
    names = "東 西 南 北 中央 港 浜 山手 川上 川下".split()
    rows = [
        f"{rng.choice(names)}地区\t{rng.randrange(100, 9999)}\t{rng.randrange(10, 99)}.{rng.randrange(10)}\tA{n:03}"
        for n in range(len(clean.text) // 8)
    ]
    text = changed(clean.text, at, at, "\n".join(rows) + "\n\n")
    lines = frozenset({1, *range(line_of(clean.text, at), line_of(clean.text, at) + len(rows) + 2)})
    return Planted("unknown-blocks", text, lines, f"{len(rows)} lines of figures in front")


def log_in_the_middle(clean: Clean, rng: Random) -> Planted | None:
    """What a speech recogniser wrote about itself stands among the speeches, longer than they are."""
    found = spots(clean)
    if len(found) < 4:
        return None
    at = bounds(clean.text, found[len(found) // 2].start)[0]
    log = [
        f"[{n // 60:02}:{n % 60:02}.{rng.randrange(1000):03}] seg={n} conf=0.{rng.randrange(10, 99)} spk=UNK lang=ja"
        for n in range(len(clean.text) // 16)
    ]
    text = changed(clean.text, at, at, "\n".join(log) + "\n\n")
    lines = frozenset({1, *range(line_of(clean.text, at), line_of(clean.text, at) + len(log) + 2)})
    alike = ("overlong-turn", "implausible-text")
    return Planted("unknown-blocks", text, lines, f"{len(log)} lines of a program's log", alike)


PLANTERS = {
    "no-speakers": (labels_stripped, names_blacked_out),
    "doubtful-layout": (two_typists, labels_mostly_lost),
    "labels-inside-lines": (columns_read_across,),
    "unknown-record": (wrong_file,),
    "unknown-blocks": (table_in_front, log_in_the_middle),
}
