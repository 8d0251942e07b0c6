"""Lines and what they are: one ordered table of line rules; the first that fits wins, the last always does.

A rule names the characters it can begin with, so that a line of speech, which begins with none of them,
costs one dictionary look-up. Rules look at a line alone; whether a marked line is a speaker is decided
later, from the whole document (:mod:`minutes_cli.parse.detect`).
"""

from __future__ import annotations

import re
from enum import IntEnum
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
    """A row of the table: what such a line is, the characters it can begin with ("" = any), its shape."""

    kind: LineKind
    first: str
    pattern: re.Pattern[str]
    about: str


_DIGITS = "0123456789０１２３４５６７８９"
_DASHES = "-－–—―‐‑‒−ー─━─"
_EVENT_TIME = r"[開閉散延]\s{0,4}[会會]|開\s{0,4}議|再\s{0,4}開|休\s{0,4}憩|閉議|開催|終了|開始|中断"

RULES = (
    LineRule(LineKind.PAGE, "<", re.compile(r'<PAGE\s*=\s*"?[\d０-９]+"?\s*/?>$', re.I), 'page mark <PAGE="2">'),
    LineRule(
        LineKind.PAGE, _DASHES, re.compile(rf"[{_DASHES}]\s*[{_DIGITS}][{_DIGITS} ]{{0,5}}\s*[{_DASHES}]$"), "- 12 -"
    ),
    LineRule(
        LineKind.PAGE,
        "PpＰ" + _DIGITS,
        re.compile(
            rf"(?:[PpＰ][.．]?\s*[{_DIGITS}]{{1,4}}|[{_DIGITS}]{{1,4}}\s*[／/]\s*[{_DIGITS}]{{1,4}}|[{_DIGITS}]{{1,4}}\s*(?:ページ|頁))$"
        ),
        "p. 12, 3/12",
    ),
    LineRule(LineKind.NUMBER, _DIGITS, re.compile(rf"[{_DIGITS}]{{1,4}}$"), "a bare number"),
    LineRule(
        LineKind.MARKUP,
        "<{!",
        re.compile(r"(?:</?[A-Za-z!][^<>]{0,2000}>|\{\{[^{}]{0,2000}\}\}|!\[[^\]]{0,500}\]\([^)]{0,500}\)|\s)+$"),
        "nothing but tags",
    ),
    LineRule(LineKind.RULE, "", re.compile(r"(?:[─━―—…‥=＝*＊_＿~～・◇◆○●☆★\-－‐ー╌┄┈\s]){3,}$"), "a rule"),
    LineRule(LineKind.RULE, "◇◆□■△▽○〇◎☆★＊※…‥", re.compile(r"[◇◆□■△▽○〇◎☆★＊※…‥\s]{1,3}$"), "a lone ornament"),
    LineRule(
        LineKind.BRACKETED,
        "（(〔［[【",
        re.compile(
            r"(?:【[^【】]*】|（[^（）]*(?:（[^（）]*）[^（）]*)*）|\([^()]*(?:\([^()]*\)[^()]*)*\)|〔[^〔〕]*〕|［[^［］]*］|\[[^\[\]]*\])。?$"
        ),
        "one bracket around the line",
    ),
    LineRule(
        LineKind.BRACKETED,
        "（",
        re.compile(r"（[^（）。]{0,30}（[^（）。]{0,30}(?:登壇|着席|起立|退席)）$"),
        "a stage direction whose bracket was forgotten",
    ),
    LineRule(
        LineKind.BRACKETED,
        "「｢",
        re.compile(
            r"(?:[「｢][^「」｢｣]{1,30}[」｣]){1,3}(?:と|の)(?:呼ぶ|言う|いう|発言する)?(?:者|人|声)(?:あり|多数|多し)?。?$"
        ),
        "an interjection without brackets",
    ),
    LineRule(
        LineKind.TIME,
        "○〇◯",
        re.compile(rf"[○〇◯]\s*(?:午前|午後|正午)[^。、]{{1,14}}(?:{_EVENT_TIME})$"),
        "○午後１時開会",
    ),
    LineRule(
        LineKind.TIME,
        "○〇◯",
        re.compile(rf"[○〇◯]\s*(?:{_EVENT_TIME})\s*(?:午前|午後|正午)[^。、]{{1,14}}$"),
        "○散会　午後３時１５分",
    ),
    LineRule(LineKind.MARKED, MARKS, re.compile(r"."), "one of the marks"),
    LineRule(
        LineKind.MARKED,
        _DIGITS,
        re.compile(rf"[{_DIGITS}]{{1,5}}[.．:：、\s]?[○〇◯◎◆●](?=\S)"),
        "a mark behind the number of the speech",
    ),
    LineRule(
        LineKind.TIME,
        "午正暫休再開散閉延",
        re.compile(
            r"(?:午\s?[前後]\s{0,3}[0-9０-９〇一二三四五六七八九十零]{1,3}\s?時(?:\s?[0-9０-９〇一二三四五六七八九十]{1,3}\s?分|半)?|"
            r"(?:暫\s?時)?\s?(?:休\s{0,4}憩|再\s{0,4}開|散\s{0,4}会|延\s{0,4}会))$"
        ),
        "休　憩, 午前11時5分",
    ),
    LineRule(
        LineKind.TIME,
        "午正",
        re.compile(rf"(?:午\s?前|午\s?後|正\s?午)[^。、「」]{{0,16}}(?:{_EVENT_TIME})[^。、]{{0,4}}$"),
        "午前10時開議",
    ),
    LineRule(
        LineKind.TIME,
        _DIGITS,
        re.compile(rf"[{_DIGITS}]{{1,5}}\s{{0,6}}(?:午前|午後|正午)[^。、「」]{{0,16}}(?:{_EVENT_TIME})$"),
        "a time behind the number of the speech",
    ),
    LineRule(
        LineKind.TIME,
        "開閉休再散延",
        re.compile(
            r"(?:[開閉散延]\s{0,4}[会會]|開\s{0,4}議|再\s{0,4}開|休\s{0,4}憩)\s*(?:午\s?前|午\s?後|正午|[0-9０-９]{1,2}\s?[時:：])[^。、]{0,14}$"
        ),
        "閉会 午前10時19分",
    ),
    LineRule(LineKind.HEADING, "#", re.compile(r"#{1,6}\s*\S"), "a Markdown heading"),
    LineRule(
        LineKind.HEADING,
        "≪《＜<【=",
        re.compile(r"(?:≪[^≫]{1,60}≫|《[^》]{1,60}》|＜[^＞]{1,60}＞|={2,}[^=]{1,60}={2,})$"),
        "≪…≫, == … ==",
    ),
    LineRule(
        LineKind.BULLET,
        "・･•◦●‣▪▫✓✔➢➤⇒→➡☞※＊*-－–>＞",
        re.compile(r"(?:[・･•◦‣▪▫✓✔➢➤⇒→➡☞※]|[-*－–＊>]{1,4}\s|(?:-{1,3}|\*{1,3})(?=[^\s\-*\d])|>|＞)"),
        "a bullet",
    ),
    LineRule(
        LineKind.NUMBERED,
        _DIGITS + "（(第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮一二三四五六七八九十",
        re.compile(
            rf"(?:[（(][{_DIGITS}]{{1,3}}[）)]|[{_DIGITS}]{{1,2}}(?:[.．、)）]|\s)\s*\S|"
            rf"第\s?[{_DIGITS}一二三四五六七八九十]{{1,4}}[\s　]\S|[①-⑮]|[一二三四五六七八九十]{{1,2}}[、．])"
        ),
        "a number that counts",
    ),
    LineRule(LineKind.TEXT, "", re.compile(r""), "anything else"),
)

_BY_FIRST: dict[str, list[LineRule]] = {}
for _character in {c for rule in RULES for c in rule.first} | set("─━―—…‥=＝*＊_＿~～・◇◆○●☆★-－‐ー╌┄┈"):
    _BY_FIRST[_character] = [rule for rule in RULES if not rule.first or _character in rule.first]
_LINE = lazy(r"[^\r\n\f]*(?:\r\n|[\r\n\f])|[^\r\n\f]+")


def kind_of(text: str) -> LineKind:
    """What a line without blanks around it looks like by itself."""
    if not text:
        return BLANK
    rules = _BY_FIRST.get(text[0])
    if rules is None:
        return TEXT
    if len(text) > 4000:  # no line rule describes a line of that length but a mark
        return MARKED if text[0] in MARKS else TEXT
    for rule in rules:
        if rule.pattern.match(text):
            return rule.kind
    return TEXT


def rows(text: str) -> list[Row]:
    """The lines of *text*; together they tile it. LF, CRLF, CR or form feed ends a line."""
    found: list[Row] = []
    tabs = "\t" in text
    rules_of, row = _BY_FIRST.get, tuple.__new__  # a row per line: the plain constructor would cost twice as much
    start, size = 0, len(text)
    plain = "\r" not in text and "\f" not in text
    lines = text.split("\n") if plain else _LINE.findall(text)  # the plain ones come without their line end
    if plain and not lines[-1]:
        lines.pop()
    for raw in lines:
        stop = start + len(raw) + plain
        bare = raw.strip()
        if not bare:
            found.append(row(Row, (BLANK, start, start, start, stop, "")))
            start = stop
            continue
        kind = TEXT if rules_of(bare[0]) is None else kind_of(bare)
        if tabs and "\t" in bare and kind in (TEXT, BULLET, NUMBERED):
            kind = TABLE
        body = start if raw[0] == bare[0] else start + len(raw) - len(raw.lstrip())
        found.append(row(Row, (kind, start, body, body + len(bare), stop, bare)))
        start = stop
    if start > size:  # the last line has no end
        found[-1] = found[-1]._replace(stop=size)
    return found
