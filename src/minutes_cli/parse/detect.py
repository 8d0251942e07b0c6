"""Which convention explains this record, with a score and reasons; and the labels that it finds."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.lexicon.roles import HEADING_AT_END
from minutes_cli.model import Layout, Proposal
from minutes_cli.parse.conventions import BY_NAME, CONVENTIONS, Convention
from minutes_cli.parse.guards import Candidate, Head, is_speech, next_text
from minutes_cli.parse.labels import squeeze, take_apart, weigh
from minutes_cli.parse.layout import MARKED, SPEAKER_MARKS, TEXT, Row
from minutes_cli.parse.lines import Lines, Signs
from minutes_cli.parse.sheet import SENTENCE_END, Sheet
from minutes_cli.patterns import lazy

_SAMPLE = 1500
#: Below this no convention explains the record: it has no speakers that we can tell.
LEAST = 0.2
#: Labels that close speeches win over surer ones from this score on, if they are so many, and so many times as many.
_FAIR, _MANY, _TIMES_AS_MANY = 0.4, 20, 5
#: A label as sure as this needs no other shape tried on its line.
_SURE = 0.9
#: What a label gains when it comes back.
_AGAIN = 0.2
_ENCLOSED = lazy(r"[（(]([^（()）]+)[）)]")
_NAME_BEHIND = lazy(r"(?P<name>[一-龥々][一-龥々ぁ-んァ-ヶー]{1,5}(?:[ 　][一-龥々ぁ-んァ-ヶー]{1,4})?)[ 　]+(?=\S)")
#: A bracket opened near the end of a line and not closed on it.
_CUT = lazy(r"[（(][^（()）。、]{0,12}$")
_CUT_AT_MOST = 13
#: A line of so many characters may have been cut by a hard wrap: two columns on a page have about twenty.
_WRAPPED = 15
_SHORT = 40
_LABEL_AT_MOST = 60
_BRACKET_OPENED = Signs(holds="（(")
_INNER_MARK = lazy(f"[{SPEAKER_MARKS}]")
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
        heads = _with_mid_line(lines, heads)
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
            if enclosed := _ENCLOSED.fullmatch(label):
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
    labels = Counter(squeeze(h.label) for h in heads)
    evidence = sum(max(0.0, min(1.0, h.score + _AGAIN * (labels[squeeze(h.label)] > 1))) for h in heads) / n
    again = sum(c for c in labels.values() if c > 1) / n
    slices = min(10, n)
    last = max(1, size - heads[0].row)
    spread = len({min(slices - 1, (h.row - heads[0].row) * slices // last) for h in heads}) / slices
    score = convention.prior * n / (n + 1.5) * (0.5 * evidence + 0.3 * again + 0.2 * spread)
    reasons = (
        f"{n} label{'s' * (n > 1)}, {len(labels)} different",
        f"evidence of offices, names and honorifics {evidence:.2f} of 1",
        f"{again:.0%} of the labels come back",
        f"spread over {spread:.0%} of the record",
    )
    return Proposal(convention.name, round(score, 3), n, reasons)


def find_heads(lines: Lines, convention: Convention) -> list[Head]:
    """The labels that *convention* sees in *lines*, each with its evidence, weak ones left out."""
    rows = lines.rows
    found: list[Head] = []
    for i in lines.of(convention.kinds, convention.signs):
        row = rows[i]
        cut = row[0] is MARKED and ("（" in row.text[-_CUT_AT_MOST:] or "(" in row.text[-_CUT_AT_MOST:])
        head = (_find_wrapped(rows, i, convention) if cut else None) or _find(i, row, convention)
        if head is not None:
            found.append(head)
    if len({head.label for head in found}) < convention.least_labels:
        return []
    counts = Counter(squeeze(head.label) for head in found)
    strong = sum(head.score >= 0.5 for head in found)
    known = convention.lenient and strong >= max(3, 0.4 * sum(head.score > 0 for head in found))
    heads = [head for head in found if _accept(rows, head, counts, convention, known)]
    return _with_names(rows, heads) if convention.lenient else heads


def _with_names(rows: Sequence[Row], heads: list[Head]) -> list[Head]:
    """Labels lengthened by the name behind them (○議長　山田太郎　これより…), where it follows them again and again.

    Once that is how the record prints its labels, a label that comes only once gets its name, too.
    """
    matches = [_NAME_BEHIND.match(rows[head.row].text, head.speech - rows[head.row].body) for head in heads]
    behind: dict[str, Counter[str]] = {}
    for head, match in zip(heads, matches, strict=True):
        behind.setdefault(head.label, Counter())[match["name"] if match and _nameless(head.label) else ""] += 1
    named = {
        label: name
        for label, names in behind.items()
        for name, n in names.most_common(1)
        if name and n >= 2 and n >= 0.6 * names.total()
    }
    if not named:
        return heads
    bare = [match for head, match in zip(heads, matches, strict=True) if _nameless(head.label)]
    always = sum(match is not None for match in bare) >= 0.8 * len(bare)
    longer = []
    for head, match in zip(heads, matches, strict=True):
        known = match is not None and (always or named.get(head.label, match["name"]) == match["name"])
        if match is not None and known and _nameless(head.label):
            row = rows[head.row]
            label = row.text[head.start - row.body : match.end("name")]
            head = head._replace(label=label, end=row.body + match.end("name"), speech=row.body + match.end())
        longer.append(head)
    return longer


@lru_cache(maxsize=1024)
def _nameless(label: str) -> bool:
    parts = take_apart(label)
    return parts.name is None and parts.role is not None


def _find(i: int, row: Row, convention: Convention) -> Head | None:
    """The best reading of one line; short lines, which come back, are read once."""
    read = _read_short(row.text, convention.name) if len(row.text) <= _SHORT else _read(row.text, convention)
    if read is None:
        return None
    label, start, end, speech, score = read
    at = row.body
    return Head(i, label, at + start, at + end, at + speech, score)


@lru_cache(maxsize=4096)
def _read_short(text: str, convention: str) -> tuple[str, int, int, int, float] | None:
    return _read(text, BY_NAME[convention])


def _read(text: str, convention: Convention) -> tuple[str, int, int, int, float] | None:
    """Label, its place, where the speech begins, and the evidence: every shape is tried until one is sure."""
    best: tuple[str, int, int, int, float] | None = None
    for shape in convention.shapes:
        match = shape.match(text)
        if match is None:
            continue
        label = match["label"].strip()
        start = match.start("label")
        end = start + len(label)
        enclosed = _ENCLOSED.fullmatch(label) if label[:1] in ("（", "(") else None
        if enclosed:  # brackets around the whole are no part of the label
            label, start, end = enclosed[1].strip(), start + 1, end - 1
        speech = 0 if convention.where == "end" else len(text)
        if convention.where == "start" and "speech" in shape.groupindex and match["speech"]:
            speech = match.start("speech")
        score = 0.8 if label in convention.words else weigh(label).score
        if best is None or score > best[4]:
            best = (label, start, end, speech, score)
            if score >= _SURE:
                break
    return best


def _find_wrapped(rows: Sequence[Row], i: int, convention: Convention) -> Head | None:
    """A label whose bracket a hard wrap has cut in two: ○建築住宅課長（樋田昌 / 幸君）　お答え…"""
    row = rows[i]
    if i + 1 >= len(rows) or not _CUT.search(row.text[-_CUT_AT_MOST:]):
        return None
    below = rows[i + 1]
    if below.kind is not TEXT or below.start != row.stop:
        return None
    size = len(row.text)
    head = _find(i, row._replace(text=row.text + below.text[:_LABEL_AT_MOST]), convention)
    if head is None or head.end - row.body <= size or head.score < 0.7:
        return None
    shift = below.body - row.body - size  # from the joined line to the place in the line below
    return head._replace(end=head.end + shift, speech=min(head.speech + shift, below.end))


def _accept(rows: Sequence[Row], head: Head, counts: Counter[str], convention: Convention, known: bool) -> bool:
    """Whether the label holds in its surroundings: evidence over the bar, and no guard against it.

    In a *known* convention an unknown label is a speaker when speech follows.
    """
    if head.score <= -0.5:
        return False
    row = rows[head.row]
    speech = row.text[head.speech - row.body :] if convention.where == "start" else row.text
    if not speech and not convention.below:
        return False
    following = next_text(rows, head.row)
    if not speech and following is None:
        return False
    candidate = Candidate(head, row, speech, None if speech else following, following, counts)
    score = head.score + (_AGAIN if counts[squeeze(head.label)] > 1 else 0.0)
    bar = convention.bar
    if known and score < bar and is_speech(candidate.said) and not _names_a_part(head.label):
        bar = bar if _goes_on(rows, head.row) else 0.1
    return score >= bar and all(guard(candidate) for guard in convention.guards)


def _goes_on(rows: Sequence[Row], i: int) -> bool:
    """Whether row *i* goes on with the sentence of the row right above it, which a hard wrap has cut."""
    above = rows[i - 1] if i else None
    return (
        above is not None and above.kind is TEXT and len(above.text) >= _WRAPPED and above.text[-1] not in SENTENCE_END
    )


@lru_cache(maxsize=4096)
def _names_a_part(label: str) -> bool:
    return bool(HEADING_AT_END.search(label))


def _with_mid_line(lines: Lines, heads: list[Head]) -> list[Head]:
    """Labels inside a line, where two columns were read across or line ends were lost: only whole ones with a name."""
    starts = {head.row: head.start for head in heads}
    more = list(heads)
    for i in lines.of((TEXT, MARKED), _BRACKET_OPENED):
        row = lines.rows[i]
        if _INNER_MARK.search(row.text, 1) is None:
            continue
        for match in _MID_LINE.finditer(row.text, 1):
            start = row.body + match.start("label")
            if start > starts.get(i, -1) and weigh(match["label"]).score >= 0.8:
                more.append(Head(i, match["label"], start, row.body + match.end("label"), row.body + match.end(), 0.8))
    return sorted(more, key=lambda head: head.start)
