"""Word lists for ``--synonyms``: words that stand for each other, one group a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_cli.errors import UsageError

Groups = tuple[tuple[str, ...], ...]

_BETWEEN = re.compile("[,，、\t]")


def read_synonyms(text: str, name: str) -> Groups:
    """The groups of the word list *text*, which is called *name*, in its order.

    A group is a line, its words stand between commas (``,`` ``，`` ``、``) or tabs; empty lines and lines that begin
    with ``#`` do not count. Raises UsageError for a group of fewer than two words, for a word that stands twice and for
    a list without groups.
    """
    groups: list[tuple[str, ...]] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        words = tuple(word.strip() for word in _BETWEEN.split(line) if word.strip())
        if len(words) < 2:
            raise UsageError(f"{name}:{number}: a group needs two words or more, with commas or tabs between them")
        for word in words:
            if word in lines:
                where = f"in line {lines[word]}" if lines[word] != number else "twice in this line"
                raise UsageError(f"{name}:{number}: {word!r} already stands {where}; a word belongs to one group, once")
            lines[word] = number
        groups.append(words)
    if not groups:
        raise UsageError(f"{name}: no words in it; write one group a line, with commas between its words")
    return tuple(groups)


def expand(pattern: str, groups: Sequence[Sequence[str]], *, words: bool = False) -> tuple[str, ...]:
    """The words of the group to which *pattern* belongs, in its order; the pattern alone where there is none.

    A group has the pattern as it stands or, with *words*, in another spelling or inflection.
    Raises UsageError where *pattern* is looked for so and holds no word.
    """
    for group in groups:
        if pattern in group:
            return tuple(group)
    if words:
        from minutes_cli.search.words import WordPattern

        asked = WordPattern(pattern)
        for group in groups:
            if any(asked.is_same(word) for word in group):
                return tuple(group)
    return (pattern,)
