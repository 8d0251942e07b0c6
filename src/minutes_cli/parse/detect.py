"""Which convention explains this record, with a score and reasons; and the labels that it finds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutes_cli.model import Layout, Proposal
from minutes_cli.parse.conventions import BY_NAME, CONVENTIONS, Convention
from minutes_cli.parse.guards import Head
from minutes_cli.parse.heads import AGAIN, ENCLOSED, counted, find_heads
from minutes_cli.parse.labels import squeeze, weigh
from minutes_cli.parse.layout import MARKED, SPEAKER_MARKS, TEXT
from minutes_cli.parse.lines import Lines, Signs
from minutes_cli.parse.sheet import Sheet
from minutes_cli.patterns import lazy

_SAMPLE = 1500
#: Below this no convention explains the record: it has no speakers that we can tell.
LEAST = 0.2
#: Labels that close speeches win over surer ones from this score on, if they are so many, and so many times as many.
_FAIR, _MANY, _TIMES_AS_MANY = 0.4, 20, 5
_BRACKET_OPENED = Signs(holds="（(")
_MID_LINE = lazy(
    rf"(?<=[。、）」…\s一-龥ぁ-ん])[{SPEAKER_MARKS}]"
    r"(?P<label>[^\s（(。、「」]{1,30}[（(][^（()）。、「」]{1,20}(?:君|氏|さん|様|議員)[）)])(?:[ 　]+|$)"
)


class Reading(NamedTuple):
    """The layout that was inferred, its convention and the labels it finds, in order."""

    layout: Layout
    convention: Convention | None
    heads: list[Head]


def detect(sheet: Sheet, convention: str | None = None) -> Reading:
    """Let every convention propose labels and take the one that explains the record best.

    *convention* forces one. Long records are judged by a sample from their beginning and their middle; the
    labels are then found in all of it.
    """
    rows = sheet.rows
    if sheet.labels and convention is None and (told := _told(sheet)):
        first = told[0]
        chosen = BY_NAME["bracket-label" if rows[first.row].text[:1] == "【" else "circle-label"]
        return Reading(Layout(chosen.name, 1.0, ("the file itself says who speaks",)), chosen, told)
    lines = sample = Lines(rows)
    if len(rows) > 2 * _SAMPLE:
        middle = len(rows) // 2
        sample = Lines([*rows[:_SAMPLE], *rows[middle : middle + _SAMPLE // 2]])
    found = {row.name: find_heads(sample, row) for row in CONVENTIONS}
    proposals = sorted((_judge(row, found[row.name], len(sample.rows)) for row in CONVENTIONS), key=lambda p: -p.score)
    best = proposals[0]
    if convention is not None:
        best = next(p for p in proposals if p.convention == convention)
    elif (closing := _at_the_ends(proposals)) is not None:
        best = closing
    elif best.score < LEAST:
        return Reading(Layout(None, 0.0, ("no convention finds speakers",), _others(proposals)), None, [])
    others = _others(p for p in proposals if p is not best)
    chosen = BY_NAME[best.convention]
    heads = found[chosen.name] if sample is lines else find_heads(lines, chosen)
    if sheet.inner_marks and chosen.where == "start" and MARKED in chosen.kinds:
        heads = _with_mid_line(lines, heads, [mark for mark in SPEAKER_MARKS if mark in sheet.text])
    return Reading(Layout(chosen.name, best.score, best.reasons, others), chosen, heads)


def _told(sheet: Sheet) -> list[Head]:
    """The labels that stand where the file names the speakers, however they look."""
    heads = []
    for start, end in sheet.labels:
        i = bisect_right(sheet.rows, start, key=lambda row: row.start) - 1
        row = sheet.rows[i]
        label = sheet.text[start:end].strip()
        if label:
            behind = sheet.text[end : row.end].lstrip("】 \t　")
            speech = row.end - len(behind)
            if enclosed := ENCLOSED.fullmatch(label):
                label, start, end = enclosed[1].strip(), start + 1, end - 1
            heads.append(Head(i, label, start, end, speech, 1.0))
    return heads


def _at_the_ends(proposals: Sequence[Proposal]) -> Proposal | None:
    """Speakers at the ends of speeches, all over the record, where a part of it marks a few in a surer way.

    Names alone in brackets are weak evidence each, however many they are; offices and 問, 答 are strong.
    """
    least = max(_MANY, _TIMES_AS_MANY * proposals[0].labels)
    return next(
        (p for p in proposals if BY_NAME[p.convention].where == "end" and p.score >= _FAIR and p.labels >= least), None
    )


def _others(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    return tuple(p for p in proposals if p.score > 0.05)


def _judge(convention: Convention, heads: Sequence[Head], size: int) -> Proposal:
    """Score = prior × n / (n + 1.5) × (0.5 evidence + 0.3 share of labels that come back + 0.2 spread).

    The *heads* are those that the convention finds in *size* rows.
    """
    if not heads:
        return Proposal(convention.name, 0.0, 0)
    n = len(heads)
    labels = counted(heads)
    gains = {label: AGAIN * (labels[squeeze(label)] > 1) for label in {head.label for head in heads}}
    sums = [head[5] + gains[head[1]] for head in heads]
    evidence = sum([x if 0.0 < x < 1.0 else 1.0 if x >= 1.0 else 0.0 for x in sums]) / n
    again = sum(c for c in labels.values() if c > 1) / n
    slices = min(10, n)
    last = max(1, size - heads[0].row)
    first = heads[0].row
    spread = len({(head[0] - first) * slices // last for head in heads}) / slices
    score = convention.prior * n / (n + 1.5) * (0.5 * evidence + 0.3 * again + 0.2 * spread)
    reasons = (
        f"{n} label{'s' * (n > 1)}, {len(labels)} different",
        f"evidence of offices, names and honorifics {evidence:.2f} of 1",
        f"{again:.0%} of the labels come back",
        f"spread over {spread:.0%} of the record",
    )
    return Proposal(convention.name, round(score, 3), n, reasons)


def _with_mid_line(lines: Lines, heads: list[Head], marks: Sequence[str]) -> list[Head]:
    """Labels inside a line, where two columns were read across or line ends were lost: only whole ones with a name.

    *marks* are those of speakers that occur in the record; hardly a line has one inside, and to look for it is quick.
    """
    starts = {head.row: head.start for head in heads}
    more = list(heads)
    for i in lines.of((TEXT, MARKED), _BRACKET_OPENED):
        row = lines.rows[i]
        for mark in marks:
            if row[5].find(mark, 1) >= 0:
                break
        else:
            continue
        for match in _MID_LINE.finditer(row.text, 1):
            start = row.body + match.start("label")
            if start > starts.get(i, -1) and weigh(match["label"]).score >= 0.8:
                more.append(Head(i, match["label"], start, row.body + match.end("label"), row.body + match.end(), 0.8))
    return sorted(more, key=lambda head: head.start)
