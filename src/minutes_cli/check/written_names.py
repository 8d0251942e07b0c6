"""Names in the text that are a known name misspelt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from minutes_cli.check.people import Naming, Roster, by_name
from minutes_cli.check.slips import turns_of
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.variants import GROUPS
from minutes_cli.model import BlockKind, Span
from minutes_cli.patterns import lazy

#: What follows a full name in the text.
_BEHIND_NAME = ("君", "議員", "委員", "氏", "さん", "様", "殿", "）", ")")
#: What follows a surname in the text, besides the office of its bearer.
_BEHIND_SURNAME = ("議員", "委員", "君", "氏", "さん", "様")
#: A character may stand so often that it is no rare form of a name, and looking at each place would take long.
_MOST_PLACES = 5_000
_LONGEST_NAME = 8
_NAME_CHARACTER = lazy(r"[一-龥々ぁ-ヺー]")
_FORMS = {c: frozenset(group) - {c} for group in GROUPS.split() for c in group}


class Written(NamedTuple):
    """A name in the text that is misspelt: its place, how it is *written*, the name, and the turns that name has."""

    span: Span
    written: str
    name: str
    turns: tuple[int, ...]


def misspelt_in_text(subject: Subject, found: Sequence[Naming], roster: Roster) -> list[Written]:
    """Full names before an honorific with one other character, and surnames in another form before an office."""
    turns = {name: turns_of(namings) for name, namings in by_name(found).items()}
    taken = _Taken(subject, roster)
    known = {name: turns.get(name, ()) for name in (*turns, *(person.name for person in roster.people))}
    written = {w.span.start: w for w in _in_other_form(subject, found, roster, known, taken)}
    for one in _one_off(subject, known, taken):
        written.setdefault(one.span.start, one)
    return [written[start] for start in sorted(written)]


class _Taken:
    """The places where labels and the attendance list stand: other rules and other parts of this one look there."""

    def __init__(self, subject: Subject, roster: Roster) -> None:
        self._subject, self._people = subject, roster.people

    @cached_property
    def _spans(self) -> list[Span]:
        subject = self._subject
        labels = [subject.span(b.start, b.end) for b in subject.document.blocks if b.kind is BlockKind.LABEL]
        return sorted([*labels, *(person.span for person in self._people)])

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self._spans]

    def holds(self, at: int) -> bool:
        """Whether a label or an entry of the list covers *at*."""
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and self._spans[i].start <= at < self._spans[i].end


def _one_off(subject: Subject, known: dict[str, tuple[int, ...]], taken: _Taken) -> Iterator[Written]:
    """Full names of four characters and more with another character in one place."""
    names = [name for name in known if 4 <= len(name) <= _LONGEST_NAME]
    if not names:
        return
    sizes = sorted({len(name) for name in names}, reverse=True)
    wild: dict[str, set[str]] = {}
    for name in names:
        for i in range(len(name)):
            wild.setdefault(f"{name[:i]}\0{name[i + 1 :]}", set()).add(name)
    ends = {name[-2:] for name in names} | {name[-1] for name in names}
    heads = {name[:2] for name in names}
    last, last_but_one = {name[-1] for name in names}, {name[-2] for name in names}
    text = subject.text
    seen: dict[str, tuple[str, str] | None] = {}
    for behind in _BEHIND_NAME:
        at = text.find(behind)
        while at >= 0:
            character = text[at - 1 : at]
            if character not in last and character not in " 　\n" and text[at - 2 : at - 1] not in last_but_one:
                at = text.find(behind, at + 1)
                continue
            window = text[max(0, at - 16) : at]
            if window not in seen:
                seen[window] = _near("".join(window.split()), sizes, known, wild, heads, ends)
            near = seen[window]
            if near is not None:
                span = _ending_at(text, at, len(near[0]))
                if not taken.holds(span.start) and not taken.holds(span.end - 1):
                    yield Written(span, near[0], near[1], known[near[1]])
            at = text.find(behind, at + 1)


def _near(
    tight: str,
    sizes: Sequence[int],
    known: dict[str, tuple[int, ...]],
    wild: dict[str, set[str]],
    heads: set[str],
    ends: set[str],
) -> tuple[str, str] | None:
    """The name at the end of *tight* and the only known one that it is with one other character."""
    if any(tight[-size:] in known for size in range(2, _LONGEST_NAME + 1)):
        return None
    for size in sizes:
        name = tight[-size:]
        if len(name) < size or not (name[:2] in heads or name[-2:] in ends or name[-1] in ends):
            continue
        for i, character in enumerate(name):
            names = wild.get(f"{name[:i]}\0{name[i + 1 :]}", ())
            if len(names) == 1 and _NAME_CHARACTER.match(character) and not (i == 0 and character in "番長員第の"):
                return name, next(iter(names))
    return None


def _ending_at(text: str, end: int, size: int) -> Span:
    """The *size* characters before *end* that are no blanks."""
    while text[end - 1].isspace():
        end -= 1
    start = end
    while size:
        start -= 1
        size -= not text[start].isspace()
    return Span(start, end)


def _in_other_form(
    subject: Subject,
    found: Sequence[Naming],
    roster: Roster,
    known: dict[str, tuple[int, ...]],
    taken: _Taken,
) -> Iterator[Written]:
    """Surnames with a character in another form, before the given name, the office or an honorific."""
    surnames: dict[str, list[tuple[str, int, str, set[str]]]] = {}
    borne = {name[:size] for name in known for size in range(1, len(name) + 1)}
    for surname, name, behind in _surnames(found, roster):
        for i, character in enumerate(surname):
            for form in _FORMS.get(character, frozenset()) & subject.characters:
                other = surname[:i] + form + surname[i + 1 :]
                if other not in borne:
                    surnames.setdefault(form, []).append((other, i, name, behind))
    text = subject.text
    for form, others in surnames.items():
        if text.count(form) > _MOST_PLACES:
            continue
        at = text.find(form)
        while at >= 0:
            for other, i, name, behind in others:
                start, end = at - i, at - i + len(other)
                if start >= 0 and text.startswith(other, start) and text.startswith(tuple(behind), end):
                    given = name[len(other) :]
                    end += len(given) if given and text.startswith(given, end) else 0
                    if not taken.holds(start):
                        right = name if text[start:end] != other else name[: len(other)]
                        yield Written(Span(start, end), text[start:end], right, known.get(name, ()))
                        break
            at = text.find(form, at + 1)


def _surnames(found: Sequence[Naming], roster: Roster) -> Iterator[tuple[str, str, set[str]]]:
    """Every surname, the whole name as it is known, and what may follow the surname in the text."""
    seen: dict[str, tuple[str, str, set[str]]] = {}
    parts = [(n.name, n.name if not n.full else n.name[:2], n.office) for n in found if n.name]
    parts += [(x.name, x.surname or x.name[:2], x.office) for x in roster.people]
    for name, surname, office in parts:
        behind = {*_BEHIND_SURNAME, name[len(surname) :], office} - {""}
        if name in seen:
            seen[name][2].update(behind)
        else:
            seen[name] = (surname, name, behind)
    yield from seen.values()
