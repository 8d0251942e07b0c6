"""Where a label may stand: lines that begin like one, and places inside lines; few enough to be read one by one."""

from __future__ import annotations

import re

from minutes_cli.check.label_shapes import (
    BLANKS,
    ENDS,
    FOR_MARKS,
    LOOKED_FOR_ALONE,
    LOOKED_FOR_BEFORE_COLON,
    LOOKED_FOR_PLAIN,
    LOOKED_FOR_SHAPED,
    NO,
)
from minutes_cli.check.label_style import CLOSING, OPENING, LabelStyle
from minutes_cli.patterns import lazy

SENTENCE_ENDS = "。？！?!」』）)】］〕》…"
_LINE_END = lazy(rf"[{ENDS}]")


def line_end(text: str, at: int, far: int) -> int:
    """Where the line at *at* ends, without its line end; at most *far* characters on."""
    match = _LINE_END.search(text, at, at + far)
    return match.start() if match else min(len(text), at + far)


def line_starts(text: str, style: LabelStyle, low: int, high: int) -> set[int]:
    """The lines between *low* and *high* that begin like a label of *style*, with its mark or what is typed for it.

    All of a known label is compared later; here the first two characters are looked at, each by itself.
    """
    aside = BLANKS + re.escape(OPENING + CLOSING)
    shapes = [rf"[{FOR_MARKS}{style.marks}]"]
    heads = _heads(style, aside)
    if heads and style.opener:
        shapes.append(rf"[{re.escape(OPENING)}]{heads}")
    if style.closer and style.opener:
        closer, opener, brackets = re.escape(style.closer), re.escape(style.opener), re.escape(OPENING + CLOSING)
        shapes.append(rf"{opener}(?:{heads or closer}|[^{closer}{ENDS}]{{2,}}(?:[{ENDS}]|\Z))")
        shapes.append(rf"[^\s。、「」{brackets}]{{2,16}}{closer}")
        shapes.append(rf"[^。、「」{ENDS}{brackets}]{{2,40}}{closer}[{BLANKS}]*[{ENDS}]")
    elif style.opener:
        shapes.append(re.escape(style.opener))
    elif style.closer and style.closer in "：:":
        shapes.append(LOOKED_FOR_BEFORE_COLON)
    elif not style.closer and style.bracketed:
        shapes += LOOKED_FOR_SHAPED
    if style.marks and style.apart:
        shapes.append(LOOKED_FOR_PLAIN)
    if style.marks and style.below:
        shapes.append(LOOKED_FOR_ALONE)
    if style.marks and any(text[label.start - 2 : label.start - 1].isdigit() for label in style.labels):
        shapes.append(rf"[0-9０-９]{{1,5}}[{BLANKS}.．：:]?[{style.marks}{FOR_MARKS}]")
    found: set[int] = set()
    if heads:
        begins = re.compile(rf"[{ENDS}][{BLANKS}]*{heads}")
        known = style.known  # a label may be a single character, too
        at = [(match.start() + 1, match.end()) for match in begins.finditer(text, low, high)]
        found.update([s for s, e in at if text[e - 2 : e] in known or text[e - 1] in aside or text[e - 2] in known])
    begins = re.compile(rf"[{ENDS}](?=[{BLANKS}]*(?:{'|'.join(shapes)}))")
    found.update([match.start() + 1 for match in begins.finditer(text, low, high)])
    return found


def inside_lines(text: str, style: LabelStyle, low: int, high: int) -> list[int]:
    """The places inside lines where mark or bracket of *style* stand, else where a known label follows a sentence."""
    if style.marks or (style.opener and style.opener not in "（(#"):
        signs = style.marks or re.escape(style.opener)
        before_words = re.compile(rf"[{signs}](?=[{BLANKS}]{{0,3}}[^\s{signs}])")
        return [
            place
            for match in before_words.finditer(text, low, high)
            if (place := _behind(text, match.start())) is not None
        ]
    after = rf"[{re.escape(SENTENCE_ENDS)}][{BLANKS}]*"
    heads = _heads(style, BLANKS + re.escape(OPENING + CLOSING))
    if style.opener == "#":
        shapes = [r"#{1,6}[ 　]"]
    elif style.opener:
        shapes = [rf"[（(][^（()）{ENDS}]{{2,40}}[）)][{BLANKS}]*(?:[{ENDS}]|\Z)"] + (
            [rf"[（(]{heads}"] if heads else []
        )
    else:
        after = rf"[。？！?!」』][{BLANKS}]*"
        shapes = [heads] if heads else []
        if style.closer and style.closer in "：:":
            shapes.append(rf"[^{NO}]{{1,12}}[：:]")
        elif style.apart and not style.closer and not style.bracketed:
            shapes.append(LOOKED_FOR_PLAIN)
    found: set[int] = set()
    for shape in shapes:
        found.update([match.start() + 1 for match in re.compile(after + shape).finditer(text, low, high)])
    return sorted(found)


def _behind(text: str, at: int) -> int | None:
    """Where the blanks before *at* begin, if something else stands before them on the line."""
    start = at
    while start and text[start - 1] in BLANKS and at - start < 20:
        start -= 1
    return start if start and not text[start - 1].isspace() else None


def _heads(style: LabelStyle, aside: str) -> str:
    """Whatever can be the first two characters of a known label, *aside* what may stand between them."""
    if not style.known:
        return ""
    first = re.escape("".join(sorted({head[0] for head in style.known})))
    second = re.escape("".join(sorted({head[1] for head in style.known if len(head) > 1})))
    return rf"[{first}][{second}{aside}]"
