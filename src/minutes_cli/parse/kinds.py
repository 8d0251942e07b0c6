"""What sort of record this is, from its title words, its layout and the shape of its lines."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from minutes_cli.model import Kind
from minutes_cli.parse.detect import Reading
from minutes_cli.parse.labels import squeeze
from minutes_cli.parse.layout import BLANK, BULLET, HEADING, MARKED, MARKUP, NUMBERED, TABLE
from minutes_cli.parse.sheet import Sheet
from minutes_cli.patterns import lazy


def _title_word(words: str) -> re.Pattern[str]:
    """A line without blanks that begins or ends with one of *words*, a bracket or number behind it left aside."""
    return lazy(rf"^(?:{words})(?!署名)|(?:{words})(?:[（(].*|第.{{1,6}}[号號])?$")


_VERBATIM = _title_word("速記録|[会會]議[録錄]|議事[録錄]|発言録|議事速記|委員会記録|協議会の?記録")
_SUMMARY = _title_word("議事要旨|議事要録|会議要旨|要点記録|摘録|議事メモ|打合せメモ|会議メモ|会議結果|審議要旨|要約")
_OUTLINE = _title_word("議事概要|会議概要|概要記録|開催概要|主な意見|主な発言")
#: One of these stands in whatever the three above find; few lines hold any.
_IN_TITLES = ("録", "錄", "記", "要", "メモ", "会議結果", "主な")
_PETITION = lazy(
    r"(?:要望|意見|陳情|請願|要請|申入|申し入れ|建議)書?(?:（案）)?$|に関する(?:要望|意見|要請)$|要望書|意見書"
)
_ADDRESSEE = lazy(r"^[^。、]{1,30}(?:殿|様|宛て?|あて)$")
_MEETING = lazy(r"^\W*(?:開催)?(?:日\s*時|場\s*所|参加者|出席者|議\s*題|議\s*事)")
_POLITE = lazy(r"(?:です|ます|ません|でした|ました|ください|でしょう)(?:か|ね|よ|が|けれども)?。$")
_ASSEMBLY = lazy(r"会議|議会|委員会|議案|協議|定例会|臨時会|質疑")
_HEAD = 60
_SAMPLE = 6000  # rows that show what sort of record this is


def infer_kind(sheet: Sheet, reading: Reading) -> Kind:
    """The kind of the record; ``unknown`` when nothing speaks for any."""
    first = list(islice((row[5] for row in sheet.rows[:_SAMPLE] if row[0] not in (BLANK, MARKUP)), _HEAD))
    if not first:
        return Kind.UNKNOWN
    head = [text for text in first if len(text) <= _HEAD]
    score = reading.layout.score
    speaks = score >= 0.5 or (score >= 0.3 and len(reading.heads) >= 5)
    if not speaks and _looks_like_petition(head):
        return Kind.PETITION
    if score < 0.65 and _looks_like_slides(sheet):
        return Kind.SLIDES
    whole = "".join("\n".join(head).split())
    signs = [sign for sign in _IN_TITLES if sign in whole]  # hardly any of them stands there
    tight = [line for line in map(squeeze, head) if any(sign in line for sign in signs)] if signs else []
    title = {
        name: sum([pattern.search(line) is not None for line in tight])
        for name, pattern in (("v", _VERBATIM), ("s", _SUMMARY), ("o", _OUTLINE))
    }
    if reading.convention is None:
        return _without_speakers(sheet, head, title)
    name = reading.convention.name
    if title["s"] > title["v"] or (title["s"] and not _spoken(sheet)):
        return Kind.SUMMARY
    if title["o"] and title["o"] >= title["v"] and name not in ("circle-label",):
        return Kind.OUTLINE
    if name in ("paren-line", "paren-label", "question-answer", "trailing-label") and not title["v"]:
        return Kind.VERBATIM if _spoken(sheet) else Kind.SUMMARY
    if name == "bare-line" and not title["v"] and _bullet_share(sheet) > 0.4:
        return Kind.OUTLINE
    return Kind.VERBATIM


def _without_speakers(sheet: Sheet, head: list[str], title: dict[str, int]) -> Kind:
    meeting = any(_MEETING.match(line) for line in head) or any(title.values())
    pointed = _bullet_share(sheet) > 0.4
    headings = sum(row.kind is HEADING for row in sheet.rows)
    if title["o"] or (pointed and headings >= 3 and not title["s"] and not meeting):
        return Kind.OUTLINE
    if title["s"] or (pointed and meeting):
        return Kind.SUMMARY
    if title["v"]:
        return Kind.VERBATIM
    outlined = [row.text for row in sheet.rows if row.text.startswith("#")]
    if len(outlined) >= 3 and any(_ASSEMBLY.search(text) for text in outlined):
        return Kind.OUTLINE
    return Kind.UNKNOWN


def _looks_like_petition(head: list[str]) -> bool:
    title = any(_PETITION.search(line) and "。" not in line for line in head[:40])
    letter = any(_ADDRESSEE.match(line) for line in head[:40]) or "記" in ("".join(line.split()) for line in head)
    return title and letter


def _looks_like_slides(sheet: Sheet) -> bool:
    """Short lines, few sentences, lines that come back, tables or stray tags."""
    rows = [row for row in sheet.rows[:_SAMPLE] if row.kind not in (BLANK, MARKUP)]
    outlined = sum(row.text.startswith("#") for row in rows) >= 3
    if len(rows) < 30 or outlined:
        return False
    sentences = sum(row.text.endswith("。") for row in rows) / len(rows)
    again = sum(n for text, n in Counter(row.text for row in rows).items() if n > 1 and len(text) > 3) / len(rows)
    signs = (
        again > 0.05,
        any(row.kind is TABLE for row in rows),
        bool(re.search(r"</?(?:p|small|br|ul|li)\b", sheet.text)),
    )
    return sentences < 0.15 and sorted(len(row.text) for row in rows)[len(rows) // 2] < 30 and sum(signs) >= 2


def _spoken(sheet: Sheet) -> bool:
    """Whether most sentences end as people speak (です, ます) and not as minutes are written (である, た)."""
    ends = [row.text for row in sheet.rows[:_SAMPLE] if row.text.endswith("。")]
    return bool(ends) and sum(bool(_POLITE.search(text)) for text in ends) > len(ends) / 2


def _bullet_share(sheet: Sheet) -> float:
    rows = [row for row in sheet.rows[:_SAMPLE] if row.kind is not BLANK]
    listed = sum(row.kind in (BULLET, NUMBERED, HEADING, MARKED) for row in rows)
    return listed / len(rows) if rows else 0.0
