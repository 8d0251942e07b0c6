"""Who is named in a record: in its labels and in its attendance list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from minutes_cli.check.once import once
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.numerals import to_int
from minutes_cli.lexicon.roles import SEAT
from minutes_cli.lexicon.variants import GROUPS
from minutes_cli.model import Label, Span, Speaker
from minutes_cli.parse.guards import DITTO
from minutes_cli.parse.labels import squeeze, take_apart
from minutes_cli.patterns import lazy

#: Offices that several people of one record may hold, so that the office alone tells nobody from another.
SHARED = frozenset(
    """
    委員 議員 事務局 理事 幹事 市民 住民 町民 区民 村民 記者 参加者 出席者 傍聴者 担当 担当者 職員 部長 課長
    局長 室長 次長 係長 主幹 主査 主任 主事 参事 副市長 副知事 副区長 副町長 副村長 監査委員 国務大臣
    國務大臣 副大臣 大臣政務官 政務官 政府参考人 参考人 政府委員 説明員 説明者 公述人 証人 陳述人 代表 代表者
    教授 准教授 講師 弁護士 医師 顧問 相談役 アドバイザー オブザーバー CIO 補佐官 書記 紹介議員 請願者 陳情者
    提出者 提案者 発議者 質問者 回答者 発言者 司会 取締役 研究員 専門員 参与 審議官 参事官 調査員
    """.split()
)
#: Those who lead a meeting: the office may pass to another person while it lasts.
CHAIR = lazy(r"(?:議長|委員長|会長|座長|部会長|理事長|主宰|小委員長|議長職務.*|委員長代理|会長代理|職務代理者?)$")
#: Members of the body that meets, as labels call them.
MEMBER = lazy(r"議員|委員|議長|会長$|座長|^[0-9]+番$|^理事$|^幹事$")
#: Those whom attendance lists often do not name: they come for one item, or speak from outside.
OUTSIDER = lazy(
    r"(?<!政府)参考人|公述人|証人|陳述|陳情|請願|紹介議員|傍聴|^(?:市|住|町|区|村)民$|参加者|来賓|記者|提出者|発議者|提案者|講師"
)
_ABSENT = lazy(r"欠席")
_PRESENT = lazy(r"出席|列席|参加|説明|職務|事務局|理事者|執行部|当局|議会|オブザーバー")
_VARIANTS = {ord(other): group[0] for group in reversed(GROUPS.split()) for other in group}


class Naming(NamedTuple):
    """A label of the record: whom it names, under which office, over which turns (numbers from 0) it stands.

    ``name`` and ``office`` are without blanks and differences of width; both may be empty. ``full`` says whether the
    name is printed with the given name.
    """

    text: str
    label: Label
    name: str
    office: str
    full: bool
    turns: tuple[int, ...]
    speaker: Speaker


class Listed(NamedTuple):
    """Somebody in the attendance list. ``surname`` is empty where the list does not set it apart."""

    name: str
    surname: str
    office: str
    group: str
    absent: bool
    span: Span


@dataclass(frozen=True)
class Roster:
    """Attendance lists, and questions about them that take the same time however long they are."""

    people: tuple[Listed, ...]

    def __bool__(self) -> bool:
        return bool(self.people)

    @cached_property
    def names(self) -> dict[str, list[Listed]]:
        """Who is listed under each name, full or a surname that is set apart."""
        found: dict[str, list[Listed]] = {}
        for person in self.people:
            for name in {person.name, person.surname} - {""}:
                found.setdefault(name, []).append(person)
        return found

    @cached_property
    def offices(self) -> dict[str, list[Listed]]:
        """Who is listed with each office."""
        found: dict[str, list[Listed]] = {}
        for person in self.people:
            found.setdefault(person.office, []).append(person)
        return found

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """With what the names begin, letter by letter."""
        return frozenset(person.name[:size] for person in self.people for size in range(1, len(person.name) + 1))

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(one_form(person.name) for person in self.people)

    @cached_property
    def _short(self) -> frozenset[str]:
        """What a label may have for a listed name: the surname where it is set apart, else any beginning."""
        found = {one_form(person.surname) for person in self.people if person.surname}
        for person in self.people:
            if not person.surname:
                found.update(one_form(person.name[:size]) for size in range(1, len(person.name)))
        return frozenset(found)

    def holds(self, name: str) -> bool:
        """Whether a label's *name* may mean somebody listed: name, surname, or a surname in the list; variants fit."""
        form = one_form(name)
        return form in self._whole or form in self._short or any(form[:n] in self._whole for n in range(2, len(form)))


@lru_cache(maxsize=8192)
def plain(text: str | None) -> str:
    """*text* without blanks and differences of width, to compare by; nothing for None."""
    return "".join(unicodedata.normalize("NFKC", text).split()) if text else ""


def one_form(name: str) -> str:
    """*name* with one form for each group of variants: 渡邊 and 渡辺 become the same."""
    return name.translate(_VARIANTS)


@lru_cache(maxsize=8192)
def office_key(role: str | None) -> str:
    """An office to compare by: ４番, 四番議員 and 4番 are the same seat."""
    office = plain(role)
    if SEAT.fullmatch(office):
        number = to_int(office.split("番")[0])
        return f"{number}番" if number is not None else office
    return office


def own_office(office: str) -> bool:
    """Whether *office* is one that one person holds throughout: a seat, 総務課長, 市長, not 委員 or 議長."""
    return bool(office) and office not in SHARED and not CHAIR.search(office) and not office.endswith(("委員", "議員"))


@once
def namings(subject: Subject) -> list[Naming]:
    """Every label of the record that its turns carry, in the order in which they first come."""
    turns: dict[str, list[int]] = {}
    speakers: dict[str, str] = {}
    for number, turn in enumerate(subject.document.turns):
        if turn.label is not None and turn.speaker is not None:
            turns.setdefault(turn.label, []).append(number)
            speakers.setdefault(turn.label, turn.speaker)
    return [
        _naming(text, tuple(numbers), person)
        for text, numbers in turns.items()
        if text not in DITTO and (person := subject.people.get(speakers[text])) is not None
    ]


def _naming(text: str, turns: tuple[int, ...], speaker: Speaker) -> Naming:
    label = take_apart(text)
    name = label.name or _bracketed_place_name(label) or ""
    if not name and speaker.name and speaker.labels == (text,) and squeeze(speaker.name) in squeeze(text):
        name = speaker.name
    tight = plain(name)
    full = len(tight) >= 4 or " " in name.strip() or (len(tight) == 3 and _in_bracket(tight, text))
    return Naming(text, label, tight, office_key(label.role or label.title), full, turns, speaker)


def _in_bracket(name: str, text: str) -> bool:
    return f"({name}" in plain(text)


def _bracketed_place_name(label: Label) -> str | None:
    """田村 in 議長（田村）: a surname that ends like a village."""
    place = label.affiliation or ""
    return place if label.role and 2 <= len(place) <= 3 and _in_bracket(place, label.text) else None


@once
def attendance(subject: Subject) -> Roster:
    """The attendance lists of the record, without lists of members that say nothing of presence."""
    found = []
    for attendee in subject.document.attendance:
        absent = bool(_ABSENT.search(attendee.group))
        if absent or _PRESENT.search(attendee.group):
            words = attendee.name.split()
            surname = words[0] if len(words) == 2 and len(words[0]) < 5 else ""
            name, office = plain(attendee.name), office_key(attendee.role)
            found.append(Listed(name, plain(surname), office, attendee.group, absent, attendee.span))
    return Roster(tuple(found))


def differing(one: str, other: str) -> int | None:
    """The place of the only character in which two names of the same length differ; None where more or none do."""
    if len(one) != len(other):
        return None
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return places[0] if len(places) == 1 else None


def by_name(found: Iterable[Naming]) -> dict[str, list[Naming]]:
    """The labels that name somebody, by the name."""
    names: dict[str, list[Naming]] = {}
    for naming in found:
        if naming.name:
            names.setdefault(naming.name, []).append(naming)
    return names


def place_in_label(subject: Subject, number: int, words: str) -> Span:
    """Where *words* stand in the label of turn *number*, blanks or none between; the label where they do not."""
    label = subject.place_of(number)
    pattern = r"\s*".join(re.escape(c) for c in words)
    found = re.search(pattern, subject.text[label.start : label.end]) if words else None
    return label if found is None else Span(label.start + found.start(), label.start + found.end())


def lines_of(subject: Subject, numbers: Sequence[int], most: int = 3) -> str:
    """The lines on which turns begin, for a message: "lines 4, 9 and 2 more"."""
    shown = ", ".join(str(subject.source.place(subject.place_of(number).start).line) for number in numbers[:most])
    more = f" and {len(numbers) - most} more" if len(numbers) > most else ""
    return f"{'line' if len(numbers) == 1 else 'lines'} {shown}{more}"


def front(subject: Subject, most: int = 100_000) -> str:
    """What stands before the first label and behind the last speech, without blanks: lists that were not understood."""
    document = subject.document
    if not document.turns:
        return ""
    text = subject.text
    first, last = document.turns[0].span.start, document.turns[-1].span.end
    return one_form(plain(text[: min(first, most)])) + one_form(plain(text[last : last + most]))


def distinct(found: Iterable[Naming]) -> Iterator[Naming]:
    """The first label for every name."""
    seen: set[str] = set()
    for naming in found:
        if naming.name and naming.name not in seen:
            seen.add(naming.name)
            yield naming
