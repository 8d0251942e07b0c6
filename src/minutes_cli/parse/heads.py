"""The labels that a convention sees in the lines of a record, each with its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from operator import itemgetter

from minutes_cli.lexicon.roles import HEADING_AT_END
from minutes_cli.parse.conventions import BY_NAME, Convention
from minutes_cli.parse.guards import ASK_THE_COUNTS, Candidate, Head, is_speech, next_text
from minutes_cli.parse.labels import squeeze, take_apart, weigh
from minutes_cli.parse.layout import HEADING, MARKED, TEXT, Row
from minutes_cli.parse.lines import Lines
from minutes_cli.parse.sheet import SENTENCE_END
from minutes_cli.patterns import lazy

#: A label as sure as this needs no other shape tried on its line.
_SURE = 0.9
#: What a label gains when it comes back.
AGAIN = 0.2
#: The evidence that an unknown label needs in a known convention.
_KNOWN_BAR = 0.1
_LABEL_OF = itemgetter(1)
#: A label from its fields; quicker than the constructor, which takes them one by one.
_new_head: Callable[[Iterable[object]], Head] = partial(tuple.__new__, Head)
ENCLOSED = lazy(r"[（(]([^（()）]+)[）)]")
_NAME_BEHIND = lazy(r"(?P<name>[一-龥々][一-龥々ぁ-んァ-ヶー]{1,5}(?:[ 　][一-龥々ぁ-んァ-ヶー]{1,4})?)[ 　]+(?=\S)")
_NAME_AT_MOST = 12  # the name and the blank behind it
#: A bracket opened near the end of a line and not closed on it.
CUT = lazy(r"[（(][^（()）。、]{0,12}$")
_CUT_AT_MOST = 13
#: A line of so many characters may have been cut by a hard wrap: two columns on a page have about twenty.
_WRAPPED = 15
_SHORT = 40
_LABEL_AT_MOST = 60


def find_heads(lines: Lines, convention: Convention) -> list[Head]:
    """The labels that *convention* sees in *lines*, each with its evidence, weak ones left out."""
    if convention.only_where is not None:
        return _guarded_heads(lines, convention)
    rows = lines.rows
    found: list[Head] = []
    for i in lines.of(convention.kinds, convention.signs):
        row = rows[i]
        head = None
        if row[0] is MARKED:
            tail = row[5][-_CUT_AT_MOST:]
            cut = ("（" in tail or "(" in tail) and tail[-1] not in "）)"
            head = _find_wrapped(rows, i, convention) if cut else None
        head = head or _find(i, row, convention)
        if head is not None:
            found.append(head)
    if not found or len({head.label for head in found}) < convention.least_labels:
        return []
    heads = _accepted(rows, found, found, convention)
    return _with_names(rows, heads) if convention.lenient else heads


def _known(scores: Sequence[float]) -> bool:
    """Whether so many labels of a record are sure that the others may be speakers, too."""
    return len([x for x in scores if x >= 0.5]) >= max(3, 0.4 * len([x for x in scores if x > 0]))


def _guarded_heads(lines: Lines, convention: Convention) -> list[Head]:
    """As :func:`find_heads` for forms that nearly any short line has.

    What costs least is asked first: hardly a line in lists of members is one that can hold a label, and all lines
    need be read only where one holds up until then, to know how often its label comes and what the others are.
    """
    rows, bar = lines.rows, convention.bar
    places = lines.of(convention.kinds, convention.signs)
    least = min(bar, _KNOWN_BAR) if convention.lenient else bar
    asked = [guard for guard in convention.guards if guard not in ASK_THE_COUNTS]
    likely: list[Head] = []
    for i in places:
        if convention.only_where is None or not convention.only_where(rows, i):
            continue
        head = _find(i, rows[i], convention)
        if head is None or head.score <= -0.5 or head.score + AGAIN < least:
            continue
        candidate = _candidate(rows, head, Counter(), convention)
        if candidate is not None and all(guard(candidate) for guard in asked):
            likely.append(head)
    if not likely:
        return []
    found = [head for i in places if (head := _find(i, rows[i], convention)) is not None]
    heads = _accepted(rows, likely, found, convention)
    return _with_names(rows, heads) if convention.lenient else heads


def counted(heads: Iterable[Head]) -> Counter[str]:
    """How often each label comes, blanks in it left aside."""
    counts: Counter[str] = Counter()
    for label, n in Counter(map(_LABEL_OF, heads)).items():
        counts[squeeze(label)] += n
    return counts


def _with_names(rows: Sequence[Row], heads: list[Head]) -> list[Head]:
    """Labels lengthened by the name behind them (○議長　山田太郎　これより…), where it follows them again and again.

    Once that is how the record prints its labels, a label that comes only once gets its name, too.
    """
    nameless = {label for label in {head.label for head in heads} if _nameless(label)}
    if not nameless:
        return heads
    matches = [_name_behind(rows[head.row], head) if head.label in nameless else None for head in heads]
    behind: dict[str, Counter[str]] = {}
    for head, match in zip(heads, matches, strict=True):
        if head.label in nameless:
            behind.setdefault(head.label, Counter())[match["name"] if match else ""] += 1
    named = {
        label: name
        for label, names in behind.items()
        for name, n in names.most_common(1)
        if name and n >= 2 and n >= 0.6 * names.total()
    }
    if not named:
        return heads
    bare = [match for head, match in zip(heads, matches, strict=True) if head.label in nameless]
    always = sum(match is not None for match in bare) >= 0.8 * len(bare)
    longer = []
    for head, match in zip(heads, matches, strict=True):
        known = match is not None and (always or named.get(head.label, match["name"]) == match["name"])
        if match is not None and known:
            row = rows[head.row]
            label = row.text[head.start - row.body : match.end("name")]
            head = head._replace(label=label, end=row.body + match.end("name"), speech=row.body + match.end())
        longer.append(head)
    return longer


def _name_behind(row: Row, head: Head) -> re.Match[str] | None:
    at = head.speech - row.body
    beginning = row.text[at : at + _NAME_AT_MOST]
    return _NAME_BEHIND.match(row.text, at) if " " in beginning or "　" in beginning else None


@lru_cache(maxsize=1024)
def _nameless(label: str) -> bool:
    parts = take_apart(label)
    return parts.name is None and parts.role is not None


def _find(i: int, row: Row, convention: Convention) -> Head | None:
    """The best reading of one line; short lines, which come back, are read once."""
    text = row[5]
    read = _read_short(text, convention.name) if len(text) <= _SHORT else _read(text, convention)
    if read is None:
        return None
    label, start, end, speech, score = read
    at = row[2]
    return _new_head((i, label, at + start, at + end, at + speech, score))


@lru_cache(maxsize=4096)
def _read_short(text: str, convention: str) -> tuple[str, int, int, int, float] | None:
    return _read(text, BY_NAME[convention])


def _read(text: str, convention: Convention) -> tuple[str, int, int, int, float] | None:
    """Label, its place, where the speech begins, and the evidence: every shape is tried until one is sure."""
    best: tuple[str, int, int, int, float] | None = None
    for shape, signs in zip(convention.shapes, convention.shape_signs, strict=True):
        for sign in signs:
            if sign in text:
                break
        else:
            if signs:
                continue  # a pattern that is never tried is never compiled, either
        match = shape.match(text)
        if match is None:
            continue
        label = match["label"].strip()
        start = match.start("label")
        end = start + len(label)
        enclosed = ENCLOSED.fullmatch(label) if label[:1] in ("（", "(") else None
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
    if i + 1 >= len(rows) or not CUT.search(row.text[-_CUT_AT_MOST:]):
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


def _accepted(rows: Sequence[Row], likely: Iterable[Head], found: Sequence[Head], convention: Convention) -> list[Head]:
    """Those *likely* ones that hold in their surroundings: evidence over the bar, and no guard against it.

    Where many labels of all that were *found* are sure, an unknown label is a speaker when speech follows.
    """
    counts = counted(found)
    gains = {label: AGAIN if counts[squeeze(label)] > 1 else 0.0 for label in set(map(_LABEL_OF, found))}
    bar = convention.bar
    least = min(bar, _KNOWN_BAR) if convention.lenient and _known([head[5] for head in found]) else bar
    starts = convention.where == "start"
    heads = []
    for head in likely:
        i, label, _, _, speech, weight = head
        score = weight + gains[label]
        if weight <= -0.5 or score < least:
            continue
        guards = convention.guards
        if starts and score >= bar:  # for nearly every label of a record there is nothing more to look at
            said = rows[i][5][speech - rows[i][2] :]
            below = next_text(rows, i) if convention.below and not said else None
            if "。" in said:
                guards = convention.guards_of_sentences
            elif below is not None and "。" in below[5] and below[0] is not HEADING:
                guards = convention.guards_above_sentences
            if not guards and (said or below):
                heads.append(head)
                continue
        elif starts and "。" in rows[i][5][speech - rows[i][2] :]:
            guards = convention.guards_of_sentences
        candidate = _candidate(rows, head, counts, convention)
        if candidate is None or (score < bar and not _may_be_unknown(rows, head, candidate)):
            continue
        if all(guard(candidate) for guard in guards):
            heads.append(head)
    return heads


def _candidate(rows: Sequence[Row], head: Head, counts: Counter[str], convention: Convention) -> Candidate | None:
    """The label in its surroundings; None where nothing follows that it could be the label of."""
    row = rows[head.row]
    speech = row.text[head.speech - row.body :] if convention.where == "start" else row.text
    if not speech and not convention.below:
        return None
    following = next_text(rows, head.row)
    if not speech and following is None:
        return None
    return Candidate(head, row, speech, None if speech else following, following, counts)


def _may_be_unknown(rows: Sequence[Row], head: Head, candidate: Candidate | None) -> bool:
    """Whether a label that says little is a speaker, in a record whose other labels are sure."""
    return (
        candidate is not None
        and is_speech(candidate.said)
        and not _names_a_part(head.label)
        and not _goes_on(rows, head.row)
    )


def _goes_on(rows: Sequence[Row], i: int) -> bool:
    """Whether row *i* goes on with the sentence of the row right above it, which a hard wrap has cut."""
    above = rows[i - 1] if i else None
    return (
        above is not None and above.kind is TEXT and len(above.text) >= _WRAPPED and above.text[-1] not in SENTENCE_END
    )


@lru_cache(maxsize=4096)
def _names_a_part(label: str) -> bool:
    return bool(HEADING_AT_END.search(label))
