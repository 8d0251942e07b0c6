"""Which convention explains this record, with a score and reasons; and the labels that it finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutes_cli.lexicon.roles import HEADING_AT_END
from minutes_cli.model import Layout, Proposal
from minutes_cli.parse.conventions import BY_NAME, CONVENTIONS, Convention
from minutes_cli.parse.events import event_kind, is_heading
from minutes_cli.parse.labels import NAME, squeeze, take_apart, weigh
from minutes_cli.parse.layout import MARKS, SPEAKER_MARKS, LineKind, Row
from minutes_cli.parse.sheet import Sheet

_SAMPLE = 3000
#: A label as sure as this needs no other shape tried on its line.
_SURE = 0.9
#: Below this no convention explains the record: it has no speakers that we can tell.
LEAST = 0.2
#: Marks for "the speaker of the line above".
DITTO = ("〃", "″", "同")
_SKIPPED = (LineKind.BLANK, LineKind.PAGE, LineKind.RULE, LineKind.MARKUP)
_ROSTER = re.compile(r"(?:[^\s。、]{1,12}[ 　]+)*[^\s。、]{1,8}(?:君|氏|さん|様)?(?:[ 　]{2,}.*)?$")
_MARKED_NAMES = re.compile(rf"(?:^|[ 　])[{MARKS}]\S")
_PARTICLE = re.compile(r"[を、。」）]|[にはがのと](?=[一-龥])")
_CALLED = re.compile(rf"{NAME.pattern}(?:議員|委員|君|さん|氏)[、。]")
_ENCLOSED = re.compile(r"[（(]([^（()）]+)[）)]")
_MID_LINE = re.compile(
    rf"(?<=[。、）」…\s一-龥ぁ-ん])[{SPEAKER_MARKS}]"
    r"(?P<label>[^\s（(。、「」]{1,30}[（(][^（()）。、「」]{1,20}(?:君|氏|さん|様|議員)[）)])(?:[ 　]+|$)"
)
_INNER_MARK = re.compile(f"[{SPEAKER_MARKS}]")
_HEADER_KEY = re.compile(
    r"(?:開催)?(?:日\s*時|場\s*所|会\s*場|年月日|期\s*日|時\s*間|日\s*程|会議名|名\s*称|議\s*題|議\s*事|案\s*件|件\s*名|次\s*第|目\s*的|資\s*料|配\s*[付布].*|"
    r"出席.*|欠席.*|参加.*|列席.*|傍聴.*|事務局員|記録.*|作成.*|担当課|問.?合.*|連絡先|電\s*話|住\s*所|備\s*考|注.*|参\s*考|URL|http.*|ｈｔｔｐ.*|公開.*|添付.*|主\s*催|対\s*象|"
    r"内\s*容|概\s*要|結\s*果|結\s*論|例|数\s*量|価\s*格|名称|規格|理\s*由|日付|発行.*|編集.*|提出.*|宛先|会\s*期|種\s*類|区\s*分|費\s*用|方\s*法|期\s*間)$"
)


class Head(NamedTuple):
    """A label found: the row it stands in, the label, its place, where the speech begins, the evidence for it."""

    row: int
    label: str
    start: int
    end: int
    speech: int
    score: float


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
    sample = list(rows)
    if len(rows) > 2 * _SAMPLE:
        middle = len(rows) // 2
        sample = [*rows[:_SAMPLE], *rows[middle : middle + _SAMPLE // 2]]
    proposals = sorted((_judge(row, sample) for row in CONVENTIONS), key=lambda p: -p.score)
    best = proposals[0]
    if convention is not None:
        best = next(p for p in proposals if p.convention == convention)
    others = tuple(p for p in proposals if p is not best and p.score > 0.05)
    if convention is None and best.score < LEAST:
        return Reading(Layout(None, 0.0, ("no convention finds speakers",), tuple(proposals[:3])), None, [])
    chosen = BY_NAME[best.convention]
    return Reading(
        Layout(chosen.name, best.score, best.reasons, others), chosen, find_heads(rows, chosen, sheet.inner_marks)
    )


def _judge(convention: Convention, rows: Sequence[Row]) -> Proposal:
    heads = find_heads(rows, convention)
    if not heads:
        return Proposal(convention.name, 0.0, 0)
    n = len(heads)
    labels = Counter(squeeze(h.label) for h in heads)
    evidence = sum(max(0.0, min(1.0, h.score)) for h in heads) / n
    again = sum(c for c in labels.values() if c > 1) / n
    slices = min(10, n)
    last = max(1, len(rows) - heads[0].row)
    spread = len({min(slices - 1, (h.row - heads[0].row) * slices // last) for h in heads}) / slices
    volume = n / (n + 1.5)
    score = convention.prior * volume * (0.5 * evidence + 0.3 * again + 0.2 * spread)
    reasons = (
        f"{n} labels, {len(labels)} different",
        f"evidence of offices, names and honorifics {evidence:.2f} of 1",
        f"{again:.0%} of the labels come back",
        f"spread over {spread:.0%} of the record",
    )
    return Proposal(convention.name, round(score, 3), n, reasons)


def find_heads(rows: Sequence[Row], convention: Convention, inner_marks: bool = False) -> list[Head]:
    """The labels that *convention* sees in *rows*, each with its evidence, weak ones left out.

    *inner_marks* asks to look for marks inside the lines, too.
    """
    candidates = [
        head for i, row in enumerate(rows) if row.kind in convention.kinds for head in _candidates(i, row, convention)
    ]
    if not candidates:
        return []
    counts = Counter(squeeze(head.label) for head in candidates)
    if convention.name == "question-answer" and len(counts) < 2:
        return []
    strong = sum(1 for head in candidates if head.score >= 0.5)
    known = strong >= max(3, len(candidates) * 0.5)
    heads = [h for h in (_accept(rows, head, counts, convention, known) for head in candidates) if h is not None]
    return _with_mid_line(rows, heads) if inner_marks and convention.name == "circle-label" else heads


def _with_mid_line(rows: Sequence[Row], heads: list[Head]) -> list[Head]:
    """Labels inside a line, where two columns were read across or line ends were lost: only whole ones with a name."""
    starts = {head.row: head.start for head in heads}
    more = list(heads)
    for i, row in enumerate(rows):
        if row.kind not in (LineKind.TEXT, LineKind.MARKED):
            continue
        if _INNER_MARK.search(row.text, 1) is None:
            continue
        for match in _MID_LINE.finditer(row.text, 1):
            start = row.body + match.start("label")
            if start > starts.get(i, -1) and weigh(match["label"]).score >= 0.8:
                more.append(Head(i, match["label"], start, row.body + match.end("label"), row.body + match.end(), 0.8))
    return sorted(more, key=lambda head: head.start)


def _candidates(i: int, row: Row, convention: Convention) -> Iterable[Head]:
    best: Head | None = None
    text = row.text
    for shape in convention.shapes:
        match = shape.match(text)
        if match is None:
            continue
        label = match["label"].strip()
        start = row.body + match.start("label")
        end = start + len(match["label"].rstrip())
        if enclosed := _ENCLOSED.fullmatch(label):  # brackets around the whole are no part of the label
            label, start, end = enclosed[1].strip(), start + 1, end - 1
        groups = match.groupdict()
        speech = row.body + match.start("speech") if groups.get("speech") else row.end
        if convention.where == "end":
            speech = row.body
        score = 0.8 if label in DITTO or convention.name == "question-answer" else weigh(label).score
        if best is None or score > best.score:
            best = Head(i, label, start, end, speech, score)
            if score >= _SURE:
                break
    if best is not None:
        yield best


def _accept(rows: Sequence[Row], head: Head, counts: Counter[str], convention: Convention, known: bool) -> Head | None:
    """The head with its final score, or None: recurrence, what follows, and the convention decide."""
    row = rows[head.row]
    score = head.score
    if score <= -0.5:
        return None
    if counts[squeeze(head.label)] > 1:
        score += 0.2
    speech = row.text[head.speech - row.body :] if convention.where == "start" else row.text
    if convention.where == "end":
        return _accept_trailing(head, score, counts)
    if (
        convention.name in ("bracket-label", "paren-line", "paren-label")
        and not speech
        and (event_kind(row.text) is not None or is_heading(row.text))
        and score < 0.7
    ):
        return None
    if convention.name in ("colon-label", "bare-line", "label-column") and _HEADER_KEY.match(squeeze(head.label)):
        return None
    below = None
    if not speech:
        if not convention.below:
            return None
        below = _next(rows, head.row)
        if below is None or not _can_follow(below, convention):
            return None
    said = speech or (below.text if below is not None else "")
    if head.speech == head.end and speech and "。" not in speech:  # glued to the speech: only to sentences
        following = _next(rows, head.row)
        if HEADING_AT_END.search(speech) or following is None or "。" not in following.text:
            return None
    if (_MARKED_NAMES.search(said) and "。" not in said) or (
        _is_roster(said) and (below is not None or not take_apart(head.label).name)
    ):
        return None
    if (
        convention.name == "paren-line"
        and head.start > row.body + 1
        and not (take_apart(head.label).name and _is_speech(said))
    ):
        return None
    if convention.name == "label-column" and not _column_speaks(head, said, counts):
        return None
    if convention.name == "bare-line" and below is not None and not (_is_speech(said) or below.kind is LineKind.BULLET):
        return None
    bar = convention.bar
    if (
        known
        and convention.same_line
        and convention.name not in ("trailing-label", "label-column")
        and _is_speech(said)
        and not HEADING_AT_END.search(head.label)
    ):
        bar = 0.1  # an unknown label in a known convention is a speaker
    if convention.name == "colon-label" and counts[squeeze(head.label)] == 1 and not known:
        bar += 0.1
    return head._replace(score=min(1.0, score)) if score >= bar else None


def _accept_trailing(head: Head, score: float, counts: Counter[str]) -> Head | None:
    label = head.label
    if event_kind(label) is not None:
        return None
    tight = squeeze(label)
    part_of_another = (
        any(tight != other and other.startswith(tight) for other in counts) if len(counts) < 500 else False
    )
    if part_of_another:
        score += 0.4
    if counts[tight] > 1 and NAME.fullmatch(label):
        score += 0.1
    return head._replace(score=min(1.0, score)) if score >= 0.4 else None


def _next(rows: Sequence[Row], i: int) -> Row | None:
    for row in rows[i + 1 : i + 12]:
        if row.kind not in _SKIPPED:
            return row
    return None


def _can_follow(row: Row, convention: Convention) -> bool:
    """Whether speech can begin with this row."""
    if convention.name == "bare-line":
        if row.kind is LineKind.TEXT and (_PARTICLE.match(row.text) or weigh(row.text).score >= 0.5):
            return False
        return row.kind in (LineKind.TEXT, LineKind.BULLET, LineKind.NUMBERED, LineKind.BRACKETED)
    return row.kind is not LineKind.HEADING


def _is_speech(text: str) -> bool:
    """Sentences, or at least words that are inflected: hiragana in a row, a full stop."""
    return (
        "。" in text
        or text[-1:] == "、"
        or bool(re.search(r"[ぁ-ん]{2}|(?:[ぁ-ん].*){3}", text))
        or text.startswith(("（「", "「"))
    )


def _column_speaks(head: Head, said: str, counts: Counter[str]) -> bool:
    """Whether what stands in the column beside a label is speech: sentences, or the call of somebody who comes back."""
    if head.label in DITTO:
        return True
    words = said.split()
    listed = len(words) > 1 and not re.search(r"[。、]", said) and len("".join(words)) <= 4 * len(words)
    if listed or _CALLED.match(said) or _PARTICLE.match(said) or said.startswith(("（", "(")):
        return False
    return _is_speech(said) or (
        counts[squeeze(head.label)] > 1 and " " not in said and "　" not in said and weigh(said).score >= 0.5
    )


def _is_roster(text: str) -> bool:
    """Names in columns instead of speech."""
    if "。" in text or "、" in text:
        return False
    return bool(_MARKED_NAMES.search(text)) or (bool(re.search(r"君|氏|[ 　]{2,}", text)) and bool(_ROSTER.match(text)))
