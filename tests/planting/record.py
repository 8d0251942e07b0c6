"""What a planter works on and what it makes: a clean record, and the record with one fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple, TypeVar

from minutes_cli.check.subject import Subject
from minutes_cli.model import Block, BlockKind, Document, Turn

_Some = TypeVar("_Some")


class Clean(NamedTuple):
    """A record before a fault is planted. ``flagged`` names the rules that find something in it already."""

    path: str
    subject: Subject
    flagged: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The record as it is read."""
        return self.subject.text

    @property
    def document(self) -> Document:
        """The record as it is understood."""
        return self.subject.document


class Planted(NamedTuple):
    """A record with one fault.

    ``lines`` (from 1, of the text as it is read) are those at which a reader would point: mostly one; both where two
    places contradict each other; none where the whole record is broken, so that any place will do.
    ``alike`` are rules that say the same about this fault. ``raw`` are the bytes where they are not the text in
    UTF-8, ``path`` is the name of the file where it matters.
    """

    rule: str
    text: str
    lines: frozenset[int]
    what: str
    alike: tuple[str, ...] = ()
    raw: bytes | None = None
    path: str | None = None


Planter = Callable[[Clean, Random], Planted | None]


class Spot(NamedTuple):
    """A label of a turn: ``text[start:end]`` with its mark and blanks; its speech begins at ``end``."""

    number: int
    turn: Turn
    start: int
    end: int
    text: str

    @property
    def alone(self) -> bool:
        """Whether it stands on a line of its own."""
        return "\n" in self.text

    @property
    def mark(self) -> str:
        """The mark before the label; "" without one."""
        return self.text[0] if self.text[0] in "○〇◯◎◆●" else ""


def line_of(text: str, at: int) -> int:
    """The line (from 1) in which the character at *at* stands."""
    return sum(text.count(end, 0, at) for end in "\n\f") + text[:at].replace("\r\n", "\n").count("\r") + 1


def bounds(text: str, at: int) -> tuple[int, int]:
    """Where the line around *at* begins and ends, without its end."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Every line with its place, without its end."""
    for match in re.finditer(r"[^\n]+", text):
        yield match.start(), match.group()


def changed(text: str, start: int, end: int, after: str) -> str:
    """*text* with *after* instead of ``text[start:end]``."""
    return text[:start] + after + text[end:]


def one_line(
    rule: str, clean: Clean, start: int, end: int, after: str, what: str, alike: tuple[str, ...] = ()
) -> Planted:
    """A fault on the line of *start*: *after* instead of ``text[start:end]``."""
    return Planted(
        rule,
        changed(clean.text, start, end, after),
        frozenset({line_of(clean.text, start)}),
        f"{what}: {short(clean.text[start:end])} → {short(after)}",
        alike,
    )


def short(text: str) -> str:
    """*text*, cut for a list of faults, in which nothing is invisible."""
    return repr(text if len(text) <= 24 else text[:20] + "…" + text[-3:])


def spots(clean: Clean) -> list[Spot]:
    """The labels of all turns that have one before their speech."""
    found = []
    labels = [block for block in clean.document.blocks if block.kind is BlockKind.LABEL]
    for number, turn in enumerate(clean.document.turns):
        block = next((b for b in labels if _belongs(clean, b, turn)), None)
        if turn.label is None or block is None:
            continue
        span = clean.subject.span(block.start, block.end)
        end = span.start + len(clean.text[span.start : span.end].rstrip())
        end += len(re.match(r"[ 　]*(?:\n(?:[ 　\t]*\n)*)?", clean.text[end:]).group())  # type: ignore[union-attr]
        start = span.start + len(clean.text[span.start : end]) - len(clean.text[span.start : end].lstrip())
        if not clean.text[bounds(clean.text, start)[0] : start].strip():
            found.append(Spot(number, turn, start, end, clean.text[start:end]))
    return found


def _belongs(clean: Clean, block: Block, turn: Turn) -> bool:
    start, end = clean.subject.span(block.start, block.end)
    return start <= turn.span.start < end or turn.span.start <= start < turn.span.end


def speech_end(clean: Clean, spot: Spot) -> int:
    """Where the speech behind *spot* ends: before the line end behind its last word."""
    return spot.end + len(clean.text[spot.end : spot.turn.span.end].rstrip())


def speech_lines(clean: Clean) -> list[tuple[int, int]]:
    """Stretches of lines that hold at least ten characters of speech, without labels and the blanks at the edges."""
    text, found = clean.text, []
    for spot in spots(clean):
        at = spot.end
        while at < spot.turn.span.end:
            low, high = bounds(text, at)
            low = max(low, spot.end)
            part = text[low:high]
            if len(part.strip()) >= 10 and not re.match(r"[\s　]*[（〔(<#\-]", part):
                found.append((low + len(part) - len(part.lstrip()), low + len(part.rstrip())))
            at = high + 1
    return found


def prose(clean: Clean) -> list[tuple[int, int]]:
    """Stretches of speech; where nobody speaks (petitions, slides), all lines of at least fifteen characters."""
    return speech_lines(clean) or [
        (at, at + len(line.rstrip())) for at, line in lines_of(clean.text) if len(line.strip()) >= 15
    ]


def places(clean: Clean, pattern: str) -> list[re.Match[str]]:
    """Every match of *pattern* in the speeches."""
    compiled = re.compile(pattern)
    return [m for low, high in prose(clean) for m in compiled.finditer(clean.text, low, high)]


def pick(rng: Random, choices: list[_Some]) -> _Some | None:
    """One of *choices*; None when there is none."""
    return rng.choice(choices) if choices else None


_DIGITS = {"half": "0123456789", "full": "０１２３４５６７８９", "kanji": "〇一二三四五六七八九"}


def as_in(sample: str, number: int) -> str:
    """*number* in the digits that *sample* is written in: half-width, full-width or kanji."""
    if re.search("[0-9]", sample):
        return str(number)
    if re.search("[０-９]", sample):
        return "".join(_DIGITS["full"][int(d)] for d in str(number))
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else _DIGITS["kanji"][tens] + "十"
    return (ten + (_DIGITS["kanji"][ones] if ones else "")) or "〇"


def number_in(written: str) -> int:
    """The number below 100 that stands in *written*, in any of these digits."""
    plain = written.translate(str.maketrans(_DIGITS["full"], _DIGITS["half"]))
    if plain.isascii() and plain.isdigit():
        return int(plain)
    kanji = {c: i for i, c in enumerate(_DIGITS["kanji"])} | {"元": 1}
    tens, ten, ones = written.rpartition("十")
    return (kanji.get(tens, 1) * 10 if ten else 0) + kanji.get(ones, 0)


NUMBER = r"[0-9０-９]{1,2}|[〇一二三四五六七八九十]{1,3}"
#: A full date with, maybe, its weekday in brackets.
DATE = re.compile(
    rf"(?P<era>令和|平成|昭和)[ 　]?(?P<year>{NUMBER}|元)年[ 　]?(?P<month>{NUMBER})月[ 　]?(?P<day>{NUMBER})日"
    r"(?P<weekday>[ 　]?[（(][月火水木金土日](?:曜日?)?[）)])?"
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}


def day_of(match: re.Match[str]) -> date:
    """The day that a match of DATE names."""
    year = _ERAS[match["era"]] + number_in(match["year"])
    return date(year, number_in(match["month"]), number_in(match["day"]))


def meeting_dates(clean: Clean) -> list[re.Match[str]]:
    """Where the record gives the day of its meeting."""
    wanted = clean.document.meeting.date
    return [m for m in DATE.finditer(clean.text) if wanted and day_of(m).isoformat() == wanted]


def moved(match: re.Match[str], days: int) -> str:
    """The date of *match* that many days later, written alike; the weekday stays as it is."""
    day = day_of(match) + timedelta(days=days)
    year = day.year - _ERAS[match["era"]]
    parts = list(match.group())
    for name, number in (("day", day.day), ("month", day.month), ("year", year)):
        low, high = match.start(name) - match.start(), match.end(name) - match.start()
        if number != number_in(match[name]):
            parts[low:high] = as_in(match[name], number)
    return "".join(parts)
