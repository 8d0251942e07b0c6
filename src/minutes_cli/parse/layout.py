"""Lines and what they are: one ordered table of line rules; the first that fits wins, the last always does.

A rule names the characters it can begin with, so that a line of speech, which begins with none of them,
costs one dictionary look-up. Rules look at a line alone; whether a marked line is a speaker is decided
later, from the whole document (:mod:`minutes_cli.parse.detect`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from functools import lru_cache, partial
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

from minutes_cli.patterns import lazy

MARKS = "○〇◯⚪◎●△▲▽▼◇◆□■☆★"

#: Those of them that stand before speakers in the records of Japanese assemblies.
SPEAKER_MARKS = "○〇◯◎◆●"


class LineKind(IntEnum):
    """What a line looks like by itself."""

    BLANK = 0
    TEXT = 1
    MARKED = 2  # begins with one of MARKS
    BRACKETED = 3  # one bracket around the whole line
    TIME = 4  # 午前10時開議
    PAGE = 5  # - 12 -, <PAGE="2">
    NUMBER = 6  # a bare number: a page number when it counts up
    RULE = 7  # ―――◇―――
    MARKUP = 8  # nothing but tags
    BULLET = 9
    NUMBERED = 10  # (1), 1., 第1, ①
    HEADING = 11  # ## …, ≪…≫, ■ …
    TABLE = 12  # cells apart by tabs


#: By their bare names for what asks of every line: looking one up in its class takes longer than the question.
BLANK = LineKind.BLANK
TEXT = LineKind.TEXT
MARKED = LineKind.MARKED
BRACKETED = LineKind.BRACKETED
TIME = LineKind.TIME
PAGE = LineKind.PAGE
NUMBER = LineKind.NUMBER
RULE = LineKind.RULE
MARKUP = LineKind.MARKUP
BULLET = LineKind.BULLET
NUMBERED = LineKind.NUMBERED
HEADING = LineKind.HEADING
TABLE = LineKind.TABLE


class Row(NamedTuple):
    """A line: ``[start, stop)`` with its line end, ``[body, end)`` without blanks around it."""

    kind: LineKind
    start: int
    body: int
    end: int
    stop: int
    text: str


class LineRule(NamedTuple):
    """A row of the table: what such a line is, the characters it can begin with ("" = any), its shape.

    ``whole`` says that no such line holds a full stop, so that a line with sentences need not be tried; ``holds`` is a
    character that stands in every such line.
    """

    kind: LineKind
    first: str
    pattern: re.Pattern[str]
    about: str
    whole: bool = False
    holds: str = ""


_DIGITS = "0123456789０１２３４５６７８９"
_DASHES = "-－–—―‐‑‒−ー─━─"
_RULED = "-─━―—…‥=＝*＊_＿~～・◇◆○●☆★－‐ー╌┄┈"
_EVENT_TIME = r"[開閉散延]\s{0,4}[会會]|開\s{0,4}議|再\s{0,4}開|休\s{0,4}憩|閉議|開催|終了|開始|中断"

RULES = (
    LineRule(LineKind.PAGE, "<", lazy(r'<PAGE\s*=\s*"?[\d０-９]+"?\s*/?>$', re.I), 'page mark <PAGE="2">', whole=True),
    LineRule(
        LineKind.PAGE,
        _DASHES,
        lazy(rf"[{_DASHES}]\s*[{_DIGITS}][{_DIGITS} ]{{0,5}}\s*[{_DASHES}]$"),
        "- 12 -",
        whole=True,
    ),
    LineRule(
        LineKind.PAGE,
        "PpＰ" + _DIGITS,
        lazy(
            rf"(?:[PpＰ][.．]?\s*[{_DIGITS}]{{1,4}}|[{_DIGITS}]{{1,4}}\s*[／/]\s*[{_DIGITS}]{{1,4}}|[{_DIGITS}]{{1,4}}\s*(?:ページ|頁))$"
        ),
        "p. 12, 3/12",
        whole=True,
    ),
    LineRule(LineKind.NUMBER, _DIGITS, lazy(rf"[{_DIGITS}]{{1,4}}$"), "a bare number", whole=True),
    LineRule(
        LineKind.MARKUP,
        "<{!",
        lazy(r"(?:</?[A-Za-z!][^<>]{0,2000}>|\{\{[^{}]{0,2000}\}\}|!\[[^\]]{0,500}\]\([^)]{0,500}\)|\s)+$"),
        "nothing but tags",
    ),
    LineRule(LineKind.RULE, _RULED, lazy(rf"(?:[{_RULED}\s]){{3,}}$"), "a rule", whole=True),
    LineRule(LineKind.RULE, "◇◆□■△▽○〇◎☆★＊※…‥", lazy(r"[◇◆□■△▽○〇◎☆★＊※…‥\s]{1,3}$"), "a lone ornament", whole=True),
    LineRule(
        LineKind.BRACKETED,
        "（(〔［[【",
        lazy(
            r"(?:【[^【】]*】|（[^（）]*(?:（[^（）]*）[^（）]*)*）|\([^()]*(?:\([^()]*\)[^()]*)*\)|〔[^〔〕]*〕|［[^［］]*］|\[[^\[\]]*\])。?$"
        ),
        "one bracket around the line",
    ),
    LineRule(
        LineKind.BRACKETED,
        "（",
        lazy(r"（[^（）。]{0,30}（[^（）。]{0,30}(?:登壇|着席|起立|退席)）$"),
        "a stage direction whose bracket was forgotten",
        whole=True,
    ),
    LineRule(
        LineKind.BRACKETED,
        "「｢",
        lazy(
            r"(?:[「｢][^「」｢｣]{1,30}[」｣]){1,3}(?:と|の)(?:呼ぶ|言う|いう|発言する)?(?:者|人|声)(?:あり|多数|多し)?。?$"
        ),
        "an interjection without brackets",
    ),
    LineRule(
        LineKind.TIME,
        "○〇◯",
        lazy(rf"[○〇◯]\s*(?:午前|午後|正午)[^。、]{{1,14}}(?:{_EVENT_TIME})$"),
        "○午後１時開会",
        whole=True,
        holds="午",
    ),
    LineRule(
        LineKind.TIME,
        "○〇◯",
        lazy(rf"[○〇◯]\s*(?:{_EVENT_TIME})\s*(?:午前|午後|正午)[^。、]{{1,14}}$"),
        "○散会　午後３時１５分",
        whole=True,
        holds="午",
    ),
    LineRule(LineKind.MARKED, MARKS, lazy(r"."), "one of the marks"),
    LineRule(
        LineKind.MARKED,
        _DIGITS,
        lazy(rf"[{_DIGITS}]{{1,5}}[.．:：、\s]?[○〇◯◎◆●](?=\S)"),
        "a mark behind the number of the speech",
    ),
    LineRule(
        LineKind.TIME,
        "午正暫休再開散閉延",
        lazy(
            r"(?:午\s?[前後]\s{0,3}[0-9０-９〇一二三四五六七八九十零]{1,3}\s?時(?:\s?[0-9０-９〇一二三四五六七八九十]{1,3}\s?分|半)?|"
            r"(?:暫\s?時)?\s?(?:休\s{0,4}憩|再\s{0,4}開|散\s{0,4}会|延\s{0,4}会))$"
        ),
        "休　憩, 午前11時5分",
        whole=True,
    ),
    LineRule(
        LineKind.TIME,
        "午正",
        lazy(rf"(?:午\s?前|午\s?後|正\s?午)[^。、「」]{{0,16}}(?:{_EVENT_TIME})[^。、]{{0,4}}$"),
        "午前10時開議",
        whole=True,
        holds="午",
    ),
    LineRule(
        LineKind.TIME,
        _DIGITS,
        lazy(rf"[{_DIGITS}]{{1,5}}\s{{0,6}}(?:午前|午後|正午)[^。、「」]{{0,16}}(?:{_EVENT_TIME})$"),
        "a time behind the number of the speech",
        whole=True,
        holds="午",
    ),
    LineRule(
        LineKind.TIME,
        "開閉休再散延",
        lazy(
            r"(?:[開閉散延]\s{0,4}[会會]|開\s{0,4}議|再\s{0,4}開|休\s{0,4}憩)\s*(?:午\s?前|午\s?後|正午|[0-9０-９]{1,2}\s?[時:：])[^。、]{0,14}$"
        ),
        "閉会 午前10時19分",
        whole=True,
    ),
    LineRule(LineKind.HEADING, "#", lazy(r"#{1,6}\s*\S"), "a Markdown heading"),
    LineRule(
        LineKind.HEADING,
        "≪《＜<【=",
        lazy(r"(?:≪[^≫]{1,60}≫|《[^》]{1,60}》|＜[^＞]{1,60}＞|={2,}[^=]{1,60}={2,})$"),
        "≪…≫, == … ==",
    ),
    LineRule(
        LineKind.BULLET,
        "・･•◦●‣▪▫✓✔➢➤⇒→➡☞※＊*-－–>＞",
        lazy(r"(?:[・･•◦‣▪▫✓✔➢➤⇒→➡☞※]|[-*－–＊>]{1,4}\s|(?:-{1,3}|\*{1,3})(?=[^\s\-*\d])|>|＞)"),
        "a bullet",
    ),
    LineRule(
        LineKind.NUMBERED,
        _DIGITS + "（(第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮一二三四五六七八九十",
        lazy(
            rf"(?:[（(][{_DIGITS}]{{1,3}}[）)]|[{_DIGITS}]{{1,2}}(?:[.．、)）]|\s)\s*\S|"
            rf"第\s?[{_DIGITS}一二三四五六七八九十]{{1,4}}[\s　]\S|[①-⑮]|[一二三四五六七八九十]{{1,2}}[、．])"
        ),
        "a number that counts",
    ),
    LineRule(LineKind.TEXT, "", lazy(r""), "anything else"),
)

#: Lines up to this length are looked up once for all records.
_SHORT = 40
#: What lines begin with of which some are no text.
_FIRST = {character for rule in RULES for character in rule.first}
_BY_FIRST = {c: [rule for rule in RULES if not rule.first or c in rule.first] for c in _FIRST}
_OF_SENTENCES = {c: [rule for rule in found if not rule.whole] for c, found in _BY_FIRST.items()}
_LINE = lazy(r"[^\r\n\f]*(?:\r\n|[\r\n\f])|[^\r\n\f]+")
#: A row from its fields; quicker than the constructor, which takes them one by one.
_new_row: Callable[[Iterable[object]], Row] = partial(tuple.__new__, Row)


def kind_of(text: str) -> LineKind:
    """What a line without blanks around it looks like by itself."""
    if not text:
        return BLANK
    first = text[0]
    if first not in _FIRST:
        return TEXT
    if "。" in text:
        if first in MARKS:
            return MARKED
        rules = _OF_SENTENCES[first]
    else:
        if len(text) <= _SHORT:
            return _kind_of_short(text)
        rules = _BY_FIRST[first]
    if len(text) > 4000:  # no line rule describes a line of that length but a mark
        return MARKED if first in MARKS else TEXT
    return _first_fitting(rules, text)


@lru_cache(maxsize=4096)
def _kind_of_short(text: str) -> LineKind:
    """The kind of a short line without a full stop: labels, interjections and times come again and again."""
    return _first_fitting(_BY_FIRST[text[0]], text)


def _first_fitting(rules: Sequence[LineRule], text: str) -> LineKind:
    for rule in rules:
        if rule.holds in text and rule.pattern.match(text):
            return rule.kind
    return TEXT


def rows(text: str) -> list[Row]:
    """The lines of *text*; together they tile it. LF, CRLF, CR or form feed ends a line."""
    plain = "\r" not in text and "\f" not in text
    lines = text.split("\n") if plain else _LINE.findall(text)  # the plain ones come without their line end
    if plain and not lines[-1]:
        lines.pop()
    # Column by column, and the rows put together by zip: a loop over the lines takes twice as long.
    bare = [*map(str.strip, lines)]
    kinds = [BLANK if not line else TEXT if line[0] not in _FIRST else kind_of(line) for line in bare]
    if "\t" in text:
        kinds = [
            TABLE if "\t" in line and kind in (TEXT, BULLET, NUMBERED) else kind
            for kind, line in zip(kinds, bare, strict=True)
        ]
    sizes = [*map(len, lines)]
    stops = [*accumulate([size + 1 for size in sizes] if plain else sizes)]
    if stops and stops[-1] > len(text):  # the last line has no end
        stops[-1] = len(text)
    starts = [0, *stops][:-1]
    bodies = starts
    if bare != lines:  # a record without blanks around its lines, as many are, needs no more than where they start
        bodies = [*map(add, starts, map(sub, sizes, map(len, map(str.lstrip, lines))))]
        if BLANK in kinds:
            bodies = [start if kind is BLANK else body for kind, start, body in zip(kinds, starts, bodies, strict=True)]
    ends = [*map(add, bodies, map(len, bare))]
    return [*map(_new_row, zip(kinds, starts, bodies, ends, stops, bare, strict=True))]
