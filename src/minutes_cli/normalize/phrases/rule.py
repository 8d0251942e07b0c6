"""A phrase rule: what it looks for, what comes instead, and where it must keep its hands off."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.limit import limited
from minutes_cli.model import Safety
from minutes_cli.patterns import lazy

#: How many characters before a match a guard can see.
GUARD_REACH = 40


class Guards(NamedTuple):
    """Regexes for what must or must not stand right before and right behind a match."""

    before: str | None = None
    not_before: str | None = None
    behind: str | None = None
    not_behind: str | None = None


class Rule(NamedTuple):
    """Replace what ``pattern`` matches.

    ``replacement`` is a template as for ``re.sub``; where ``words`` are given, they name what each matched text
    becomes instead. ``needs`` are literals: where none of them stands, the pattern cannot match; an empty tuple
    promises nothing. ``modern`` rules are switched off where the record is written in old orthography. With
    ``empty_group`` a match counts only when that group took part in it with nothing or not at all.
    """

    id: str
    pattern: str
    replacement: str
    words: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    safety: Safety
    reason: str
    modern: bool = False
    guards: Guards = Guards()
    empty_group: int = 0


class Examples(NamedTuple):
    """What a rule must change, and into what, and what it must leave alone."""

    change: tuple[tuple[str, str], ...]
    keep: tuple[str, ...] = ()


class Match(NamedTuple):
    """What a rule would do: replace ``text[start:end]`` by ``after``."""

    start: int
    end: int
    after: str


def matches(rule: Rule, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
    """What *rule* would change in ``text[start:end]``, in the order of the text; no two overlap.

    Raises re.error or IndexError when the pattern or the template is no good.
    """
    words = _words(rule)
    plain = "\\" not in rule.replacement
    for match in _compiled(rule.pattern).finditer(text, start, len(text) if end is None else end):
        before = match.group()
        after = words.get(before, before) if words else rule.replacement if plain else match.expand(rule.replacement)
        if after == before or (rule.empty_group and match.group(rule.empty_group)):
            continue
        low, high = match.span()
        if not _there(after, before, text, low) and _allowed(rule.guards, text, low, high):
            yield Match(low, high, after)


def changed(rule: Rule, text: str) -> str:
    """*text* with everything replaced that *rule* would change."""
    parts: list[str] = []
    last = 0
    for match in matches(rule, text):
        parts += [text[last : match.start], match.after]
        last = match.end
    return "".join([*parts, text[last:]])


def check(rule: Rule, examples: Examples, place: str) -> None:
    """Raise UsageError, with what came out instead, when *rule* does not do what its examples say.

    Raises TooSlowError where its pattern finds no end on one of them.

    What comes out of an example must be left alone in its turn, else normalizing would never end.
    """
    place = f"{place}: rule {rule.id}"
    try:
        with warnings.catch_warnings(), limited(place):
            warnings.simplefilter("error", FutureWarning)  # how re says that it doubts a pattern
            for before, after in examples.change:
                _check_change(rule, before, after, place)
            for text in examples.keep:
                if (found := changed(rule, text)) != text:
                    raise UsageError(f"{place}: {text!r} must stay, not become {found!r}")
    except (re.error, FutureWarning, IndexError, OverflowError) as error:
        raise UsageError(f"{place}: no regex: {error}") from error


def _check_change(rule: Rule, before: str, after: str, place: str) -> None:
    if (found := changed(rule, before)) != after:
        raise UsageError(f"{place}: {before!r} must become {after!r}, not {found!r}")
    if (again := changed(rule, after)) != after:
        raise UsageError(f"{place}: its result {after!r} is changed again, to {again!r}")
    if rule.needs and before != after and not any(literal in before for literal in rule.needs):
        raise UsageError(f"{place}: {before!r} has nothing of needs: {', '.join(rule.needs)}")


def needed(pattern: str) -> tuple[str, ...]:
    """Literals of which one stands wherever *pattern* (a Python regex) matches; empty when that cannot be told.

    Only what stands outside brackets is looked at: the longest run of plain characters of each alternative.
    """
    if re.search(r"\(\?[a-zA-Z]*[ix]", pattern):
        return ()
    alternatives: list[list[str]] = [[""]]
    for piece in _PIECE.finditer(_without_brackets(pattern)):
        runs = alternatives[-1]
        match piece.lastgroup:
            case "plain":
                runs[-1] += piece.group("plain")
            case "escaped":
                runs[-1] += piece.group("escaped")[1]
            case "either":
                alternatives.append([""])
            case _:
                runs.append("")
    longest = [max(runs, key=len) for runs in alternatives]
    return tuple(dict.fromkeys(longest)) if all(longest) else ()


#: A plain character that may be left out (``x*``, ``x?``, ``x{0,2}``) is as good as none; ``x+`` ends a run behind x.
_PIECE = lazy(
    r"(?P<maybe>(?:\\.|[^\\|])(?:[*?]|\{[^}]*\})[?+]?)|(?P<many>(?<=.)\+[?+]?)|(?P<class>\\[A-Za-z0-9]|[.^$])"
    r"|(?P<escaped>\\.)|(?P<either>\|)|(?P<plain>.)",
    re.DOTALL,
)
_TOKEN = lazy(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def _without_brackets(pattern: str) -> str:
    """*pattern* with a dot for every group and character class: what they match is not known."""
    flat: list[str] = []
    depth = 0
    for token in _TOKEN.findall(pattern):
        if not depth:
            flat.append("." if token == "(" or (token[0] == "[" and len(token) > 1) else token)
        depth += (token == "(") - (token == ")")
    return "".join(flat)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


@cache
def _words(rule: Rule) -> Mapping[str, str]:
    return dict(rule.words)


def _there(after: str, before: str, text: str, start: int) -> bool:
    """Whether *after* stands there already, around what was matched: サーバ of サーバー is not to become サーバーー."""
    at = after.find(before)
    return at >= 0 and text.startswith(after, start - at) and start >= at


def _allowed(guards: Guards, text: str, start: int, end: int) -> bool:
    low = max(0, start - GUARD_REACH)
    return (
        (guards.before is None or _ends_with(guards.before, text, low, start))
        and (guards.not_before is None or not _ends_with(guards.not_before, text, low, start))
        and (guards.behind is None or _compiled(guards.behind).match(text, end) is not None)
        and (guards.not_behind is None or _compiled(guards.not_behind).match(text, end) is None)
    )


def _ends_with(guard: str, text: str, low: int, end: int) -> bool:
    return _compiled(rf"(?:{guard})\Z").search(text, low, end) is not None
