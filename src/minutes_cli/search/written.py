"""What corrections can write: for a literal of the corrected text, everything that may stand for it in the file.

A file is ruled out from its bytes only where no correction of :mod:`minutes_cli.normalize` could have made the literal
of what stands there. The tables repeat what its methods do, so that ruling out need not load them (that takes longer
than the search); ``tests/unit/test_prefilter.py`` works them out again from the methods and compares.

- ``ocr-script`` and ``ocr-acronym`` put one character for one (``TWINS``, ``LETTERS``);
- the phrase rules, taken apart into characters, put one for one (``ONE``), put characters in (``INSERTED``) and take
  characters out (``GONE``);
- ``ocr-mark`` puts one mark for up to three (``MARKS``);
- ``ocr-enumerator`` and ``ocr-number`` write numbers at the head of lines and behind 第 (``COUNTING``);
- ``ocr-latin`` and ``ocr-blank`` take out blanks, which are looked through anyway, and read ``.の`` as ``.0)``;
- ``radical`` puts a kanji for a radical: a record that holds one is never ruled out;
- ``ocr-character`` may write any kana or kanji: where it may run, a record is never ruled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

TWINS = dict(zip("二工口力夕卜一八へべぺり", "ニエロカタトーハヘベペリ", strict=True))
#: Letters of acronyms and what is read for them, in both widths.
LETTERS = {
    "I": "1１lｌ|!工エ",
    "T": "工エ丁",
    "O": "0０",
    "o": "0０",
    "X": "×",
}
_WIDE_LETTERS = dict(zip("ITOX", "ＩＴＯＸ", strict=True)) | {"o": "ｏ"}
MARKS = ",.、。，．"
_MARK = "[,.、。，．､｡]{1,3}"

#: Of the shipped phrase rules: what was written for what, and what stands before and behind what was put in.
ONE = {
    **dict(zip("いがきくごただっでゃょれッ小異関", "ひかくぐこだたつをやよどツ少意關", strict=True)),
    "ざ": "ぎさ",
    "ど": "ともれ",
    "も": "ど",
    "議": "儀義",
}
INSERTED = "いうおがくごさざしただっててとなまら"
INSERTED_BETWEEN: dict[str, tuple[str, ...]] = {"手": ("政続",)}
GONE: tuple[str, ...] = ("が", "ご", "し", "た", "だ", "ど", "な", "も", "らな", "を", "ン")

#: The same, of rules that are only asked about: what ``--fix=all`` adds.
ONE_ASKED = {
    **dict(
        zip(
            "予会体区参団国変学実対当応担数条権済点発経総証",
            "豫會體區參團國變學實對當應擔數條權濟點發經總證",
            strict=True,
        )
    ),
    "に": "を",
    "の": "を",
    "ニ": "ュ",
    "ミ": "ュ",
    "ュ": "ニミ",
}
INSERTED_ASKED = "での"
INSERTED_BETWEEN_ASKED: dict[str, tuple[str, ...]] = {
    "願": ("おい",),
    "場": ("難所",),
    "ト": ("*ラ",),
    "ュ": ("キリ",),
    "ー": ("ケシ", "ケト", "ベシ", "ベテ", "ポタ", "ュル"),
    "ィ": ("テア", "リ*", "テ*"),
    "テ": ("リィ",),
    "ン": ("ナバ",),
    "ッ": ("ョプ", "ラト"),
    "イ": ("ラン",),
}
GONE_ASKED = ("お", "程度", "以上", "以下", "以内", "場合", "予定", "検討", "推進", "整備")

_SIGNS = "".join(
    map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0), *range(0x2474, 0x2488)))
)
_CLOSING = ")）" + _SIGNS
#: What numbers of items are written with; and what stands behind one that was garbled.
COUNTING = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十(（" + _CLOSING)
_BEHIND = frozenset(".．、，」条項号章節款編回" + _CLOSING)
#: In the file a number takes at most so many characters, blanks and brackets with it.
NUMBER = r"[^\n]{0,12}?"

#: A literal is looked for by at most so many of its characters.
_LONGEST = 12


class Fixing(NamedTuple):
    """What corrections write under one value of ``--fix``."""

    before: Mapping[str, str]  # one for one: what may have stood there
    inserted: str
    between: Mapping[str, Sequence[str]]
    gone: str  # a pattern, which takes no more than it must
    goes: frozenset[str]  # the characters in what it takes


class Place(NamedTuple):
    """A character of a literal: ``pattern`` is what may stand for it in the file.

    ``single``: all characters that may, where one always does; else nothing. ``optional``: nothing may stand for it.
    ``number``: up to here (an index) a number may have been written.
    """

    pattern: str
    single: str = ""
    optional: bool = False
    number: int = 0
    behind_dai: bool = False
    goes: bool = False  # one like it may have been taken out


@cache
def fixing(fix: str) -> Fixing:
    """What is written with ``--fix`` *fix*: none, safe or all."""
    if fix == "none":
        return Fixing({}, "", {}, "", frozenset())
    before: dict[str, str] = {}
    tables: list[Mapping[str, str]] = [TWINS, {b: a for a, b in TWINS.items()}, ONE, LETTERS]
    tables.append({_WIDE_LETTERS[letter]: read for letter, read in LETTERS.items()})
    gone, inserted, between = GONE, INSERTED, INSERTED_BETWEEN
    if fix == "all":
        tables.append(ONE_ASKED)
        gone, inserted = gone + GONE_ASKED, inserted + INSERTED_ASKED
        between = between | INSERTED_BETWEEN_ASKED
    for table in tables:
        for after, read in table.items():
            before[after] = before.get(after, "") + read
    closed = {after: _closed(after, before) for after in before}
    # What stands there may have been written itself before it was taken out.
    words = ["".join(f"[{re.escape(closed.get(c, c))}]" for c in word) for word in gone]
    return Fixing(closed, inserted, between, f"(?:{'|'.join(words)}){{0,200}}?", frozenset("".join(gone)))


def _closed(character: str, before: Mapping[str, str]) -> str:
    """*character* and all that may have become it, over several corrections."""
    found, at = character, 0
    while at < len(found):
        found += "".join(c for c in dict.fromkeys(before.get(found[at], "")) if c not in found)
        at += 1
    return found


def places(literal: str, fix: str, folded: bool) -> tuple[Place, ...]:
    """The characters by which *literal* is looked for, blanks left out; none where nothing of it can be relied on.

    *folded*: the literal is one of folded text (``-i``).
    """
    rules = fixing(fix)
    characters = "".join(literal.split())
    numbers = _numbers(literal, characters) if fix != "none" else {}
    found = [
        Place(
            *_pattern(characters, i, rules, folded, fix),
            _may_be_inserted(characters, i, rules),
            numbers.get(i, 0),
            i > 0 and characters[i - 1] == "第",
            characters[i] in rules.goes,
        )
        for i in range(len(characters))
    ]
    start = found[0].number if found else 0
    while start < len(found) and (found[start].optional or (fix != "none" and characters[start] in MARKS)):
        start += 1
    stop = min(len(found), start + _LONGEST)
    return tuple(place._replace(number=max(0, min(place.number, stop) - start)) for place in found[start:stop])


def _numbers(literal: str, characters: str) -> dict[int, int]:
    """Where a number of an item may begin or go on: the index behind it, by the index in *characters*."""
    blank_behind = set()
    count = 0
    for character in literal:
        if character.isspace():
            blank_behind.add(count)
        else:
            count += 1
    found: dict[int, int] = {}
    for run in re.finditer(f"[{re.escape(''.join(sorted(COUNTING)))}]+", characters):
        end = run.end()
        likely = end == len(characters) or end in blank_behind or characters[end] in _BEHIND
        if likely or characters[end - 1] in _CLOSING:
            found.update(dict.fromkeys(range(run.start(), end), end))
    return found


def _pattern(characters: str, i: int, rules: Fixing, folded: bool, fix: str) -> tuple[str, str]:
    """What may stand for a character: a pattern, and all of it where it is always one character."""
    character = characters[i]
    if character in MARKS and fix != "none":
        return _MARK, ""
    wanted = list(_unfolded(character)) if folded else [character]
    if character in "0０" and (i == 0 or characters[i - 1] in ".．") and fix != "none":
        wanted.append("の")
    single = {c for one in wanted if len(one) == 1 for c in rules.before.get(one, one)}
    every = "".join(sorted(single))
    pattern = re.escape(every) if len(every) == 1 else f"[{re.escape(every)}]"
    longer = ["".join(f"[{re.escape(rules.before.get(c, c))}]" for c in one) for one in wanted if len(one) > 1]
    return (f"(?:{'|'.join([pattern, *longer])})", "") if longer else (pattern, every)


def _unfolded(character: str) -> Iterator[str]:
    from minutes_cli.lexicon.folding import variants

    yield from variants(character)


def _may_be_inserted(characters: str, i: int, rules: Fixing) -> bool:
    character = characters[i]
    if character in rules.inserted:
        return True
    if character in ")）" and i > 0 and characters[i - 1] in "0０":
        return bool(rules.before)  # 5.の is read as 5.0)
    left = characters[i - 1] if i else ""
    right = characters[i + 1] if i + 1 < len(characters) else ""
    return any(
        _suits(pair[0], left, rules) and _suits(pair[1], right, rules) for pair in rules.between.get(character, ())
    )


def _suits(wanted: str, character: str, rules: Fixing) -> bool:
    return wanted == "*" or not character or wanted in rules.before.get(character, character)
