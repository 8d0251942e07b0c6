"""M108: characters of one maker's fonts (gaiji). Rubbish of encodings is left to M101 and M102."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.damage import damage
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Span
from minutes_cli.patterns import lazy

_RUN = lazy("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")


def _find(subject: Subject) -> Iterator[Flaw]:
    # Not the characters of the class one by one: there are 130,000 of them.
    if not any("\ue000" <= c <= "\uf8ff" or c >= "\U000f0000" for c in subject.characters):
        return
    known = damage(subject).areas
    for hit in _RUN.finditer(subject.text):
        span = Span(*hit.span())
        if not known.meet(span):
            yield Flaw(span, _message(hit.group()))


def _message(run: str) -> str:
    codes = ", ".join(_code(c) for c in run[:3]) + (" and others" if len(run) > 3 else "")
    return f"{codes} shows only in the fonts of one maker (gaiji); find out which character it is and write that"


def _code(character: str) -> str:
    """The code point, and the code in CP932 where it has one: under that the tables of gaiji know it."""
    try:
        in_cp932 = f" (CP932 {character.encode('cp932').hex().upper()})"
    except UnicodeEncodeError:
        in_cp932 = ""
    return f"U+{ord(character):04X}{in_cp932}"


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（{}花子君）　町道の管理について質問いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A character of the private use area has no meaning of its own: which kanji it shows depends on the fonts of "
        "the machine, so others see another one or an empty box. It is mostly a rare kanji of a name. Look up in the "
        "table of the machine it comes from what it is; nearly every kanji now has a code of its own."
    ),
    must=(
        Example(_RECORD.format("\ue000藤"), (3,)),
        Example(_RECORD.format("\ue001\ue002"), (3,), encoding="cp932"),
    ),
    must_not=(
        Example(_RECORD.format("髙﨑")),
        Example(_RECORD.format("𠮷野")),
    ),
)
