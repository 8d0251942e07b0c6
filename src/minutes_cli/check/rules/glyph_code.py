"""M103: codes of glyphs or characters where the characters themselves should stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

from minutes_cli.check.characters import quoted
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Safety, Span
from minutes_cli.patterns import lazy


class _Code(NamedTuple):
    """A way of writing codes: the literal without which there are none, runs of them, what they stand for."""

    literal: str
    runs: re.Pattern[str]
    meant: Callable[[str], str]


def _unknown(codes: str) -> str:
    return ""


def _by_number(codes: str) -> str:
    """The characters of codes in hexadecimal digits; "" where one is none."""
    characters = [chr(int(digits, 16)) for digits in re.findall(r"[0-9A-Fa-f]{4}", codes)]
    return "".join(characters) if all(c.isprintable() for c in characters) else ""


def _entities(codes: str) -> str:
    meant = unescape(codes).replace("\xa0", " ")
    return meant if meant.isprintable() or meant.isspace() else ""


_CODES = (
    _Code("cid", lazy(r"(?:[(（]cid[:：+ ]{1,2}[0-9]{1,6}[)）] ?)+"), _unknown),
    _Code("CID", lazy(r"(?:[(（]CID[:：+ ]{1,2}[0-9]{1,6}[)）] ?)+"), _unknown),
    _Code("/g", lazy(r"(?:/g(?:id)?[0-9]{1,6}(?![0-9A-Za-z])){2,}"), _unknown),
    _Code("/G", lazy(r"(?:/G[0-9A-F]{1,6}(?![0-9A-Za-z])){2,}"), _unknown),
    _Code("/uni", lazy(r"(?:/uni[0-9A-Fa-f]{4}(?![0-9A-Za-z]))+"), _by_number),
    _Code("\\u", lazy(r"(?:\\u[0-9A-Fa-f]{4}){2,}"), _by_number),
    _Code("&#", lazy(r"(?:&#(?:[0-9]{2,6}|[xX][0-9A-Fa-f]{2,5});)+"), _entities),
    _Code("&", lazy(r"(?:&(?:nbsp|amp|lt|gt|quot|ensp|emsp|thinsp|yen|middot|hellip|times);)+"), _entities),
)
#: Records in which such codes are right: they are written in a language that has them.
_MARKUP = (".md", ".markdown", ".html", ".htm", ".xml")
_TAGS = lazy(r"</?(?:div|span|p|br|td|tr|table|a|b|li|ul|h[1-6])[ />]")


def _find(subject: Subject) -> Iterator[Flaw]:
    text = subject.text
    for code in _CODES:
        if not subject.characters.issuperset(code.literal) or code.literal not in text:
            continue
        if code.meant is _entities and _is_markup(subject):
            continue
        for hit in code.runs.finditer(text):
            codes = hit.group().rstrip(" ")
            yield _flaw(subject, Span(hit.start(), hit.start() + len(codes)), code.meant(codes))


def _flaw(subject: Subject, span: Span, meant: str) -> Flaw:
    codes = quoted(subject.text[span.start : span.end])
    if not meant:
        return Flaw(span, f"{codes} is the number of a glyph instead of its character; look up what the page shows")
    fix = subject.replaced(span, meant, "glyph-code", "what the code stands for", Safety.ASK)
    what = f'"{meant[:20]}"' if not meant.isspace() else "a blank"
    return Flaw(span, f"{codes} is a code for {what}; write the character itself", fix)


def _is_markup(subject: Subject) -> bool:
    return subject.source.name.lower().endswith(_MARKUP) or _TAGS.search(subject.text) is not None


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤花子君）　{}質問いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A program that took the text out of a PDF knew the numbers of the glyphs and not the characters, "
        "and wrote (cid:12) or /g12/g34; or characters came through as codes such as &#12354;. "
        "Nobody can search such a text. Make the text anew, or look up on the page what stands there. "
        "Codes in Markdown and HTML files are left alone."
    ),
    must=(
        Example(_RECORD.format("町道の(cid:1234)(cid:567)理について"), (3,)),
        Example(_RECORD.format("町道の&#31649;&#29702;&nbsp;について"), (3,)),
        Example(_RECORD.format("町道の/g123/g45について"), (3,)),
    ),
    must_not=(
        Example(_RECORD.format("（CID：刑事課）の件、A/g と R&D; について")),
        Example(_RECORD.format("<br />&nbsp;町道の管理について")),
    ),
)
