"""How the parts of a summary are written where people read them: persons, places, quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from minutes_cli.summarize.model import Answer, Asked, By, Form, Group, Person, Quote, Summary, Term

__all__ = [
    "FORMS",
    "MOST",
    "PARTS",
    "Voices",
    "brief",
    "called",
    "counted",
    "described",
    "differs",
    "figures",
    "first_place",
    "heading",
    "marked",
    "part",
    "parts",
    "percent",
    "place",
    "reading",
    "several_records",
    "source",
    "term",
    "voice",
]

Voices = Mapping[tuple[str, str], str | None]
"""What the record prints before a turn, by the path of the record and the id of the turn."""

PARTS = (
    ("sentences", "key sentences"),
    ("questions", "questions"),
    ("requests", "requests"),
    ("commitments", "commitments"),
    ("considerations", "considerations"),
    ("refusals", "refusals"),
)
"""The parts of a group that are quotes, as the fields of Group are called and as people read them."""

MOST = 5
"""How many sentences of a form the page of a group shows."""

FORMS = PARTS[1:]
"""Those that hold every sentence of a form."""


_NAMELESS = {By.ROLE: "(no role)", By.AFFILIATION: "(no affiliation)", By.SECTION: "(no heading)"}


def part(group: Group, field: str) -> tuple[Quote, ...]:
    """The quotes of one of the PARTS."""
    quotes: tuple[Quote, ...] = getattr(group, field)
    return quotes


def heading(group: Group, by: By) -> str:
    """What the group is called."""
    return group.heading or (group.person.label if group.person else "") or _NAMELESS.get(by, "(not named)")


def described(person: Person | None, known: str = "") -> str:
    """Role, title and affiliation of *person*, as far as they do not stand in *known* anyway."""
    if person is None:
        return ""
    parts = [fact for fact in (person.role, person.title, person.affiliation) if fact and fact not in known]
    return " ".join(dict.fromkeys(parts))


def called(person: Person) -> str:
    """*person* in one phrase: the label of the record, which holds what it says of them."""
    return person.label or person.name or "(not named)"


def figures(group: Group, several: bool) -> Iterator[str]:
    """Turns, characters, share and longest turn, each in words; *several*: places name their record."""
    yield counted(group.turns, "turn")
    yield counted(group.characters, "character")
    yield percent(group.share)
    if group.longest and group.turns > 1:
        longest = group.longest
        where = f"{longest.path}:{longest.line}" if several else f"line {longest.line}"
        yield f"longest {longest.characters:,} ({where})"


def counted(number: int, one: str) -> str:
    """1 turn, 2 turns, 1,000 turns."""
    return f"{number:,} {one if number == 1 else one + 's'}"


def percent(share: float) -> str:
    """12.3 %."""
    return f"{100 * share:.1f} %"


def term(found: Term) -> str:
    """A key term, how often the group says it, and how often the others do."""
    return f"{found.term} {found.times:,}" + (f" ({found.elsewhere:,} elsewhere)" if found.elsewhere else "")


def place(quote: Quote, several: bool = True) -> str:
    """``path:line``, or ``line N`` where all is of one record; with the printed page, where there are pages."""
    where = f"{quote.path}:{quote.line}" if several else f"line {quote.line}"
    return where if quote.page is None else f"{where}, page {quote.page}"


def first_place(quotes: Iterable[Quote], several: bool) -> str:
    """Where the first of *quotes* stands; nothing where there are none."""
    return next((place(quote, several) for quote in quotes), "")


def source(quote: Quote, several: bool, who: str = "", *, form: bool = False) -> str:
    """Where the words stand, and *who* says them; with *form* also what the sentence does, where that is known."""
    what = quote.form.value if form and quote.form is not Form.EXPLANATION else ""
    return ", ".join(fact for fact in (who, place(quote, several), what) if fact)


def voice(quote: Quote, voices: Voices) -> str:
    """Who says it, as the record prints it."""
    return voices.get((quote.path, quote.turn)) or ""


def parts(group: Group, by: By) -> Iterator[tuple[str, tuple[Quote, ...]]]:
    """What the page of *group* quotes below the exchanges, form by form, with the words above it.

    What an exchange quotes stands there with its answer or question, and not once more. Of a form only those that say
    most are on the page, and the words above it say of how many: a page is to be read. JSON, CSV and XLSX have all.
    """
    shown = set()
    for asked in group.exchanges:
        shown |= {(quote.path, quote.spans) for quote in asked.question}
        for answer in asked.answers:
            if not brief(group, by, asked, answer):
                shown |= {(quote.path, quote.spans) for quote in answer.sentences}
    for field, title in FORMS:
        quotes = part(group, field)
        left = tuple(quote for quote in quotes if (quote.path, quote.spans) not in shown)
        if left:
            most = _telling(left)
            number = f"{len(most):,} of {len(left):,}" if len(most) < len(left) else f"{len(left):,}"
            yield f"{'other ' if len(left) < len(quotes) else ''}{title} ({number})", most


def _telling(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """At most MOST of the *quotes*, those with the highest scores, in their order."""
    best = sorted(range(len(quotes)), key=lambda i: (-quotes[i].score, i))[:MOST]
    return tuple([quotes[i] for i in sorted(best)])


def brief(group: Group | None, by: By, asked: Asked, answer: Answer) -> bool:
    """Whether on the page of *group* the place of *answer* is enough: another's words stand on a page of their own."""
    if group is None or answer.turn == asked.turn:
        return False
    people = [asked.person, *(one.person for one in asked.answers)]
    return any(_is_of(person, group, by) for person in people) and not _is_of(answer.person, group, by)


def _is_of(person: Person, group: Group, by: By) -> bool:
    """Whether *group* is that of *person*, as far as names tell."""
    if by is By.SPEAKER and group.person is not None:
        own = group.person
        return person.name == own.name if person.name and own.name else person.label == own.label
    if by is By.ROLE:
        return group.heading in (person.role, person.title)
    return by is not By.AFFILIATION or person.affiliation == group.heading


def differs(quote: Quote) -> bool:
    """Whether something in it was corrected."""
    return bool(quote.original) and quote.original != quote.text


class Piece(NamedTuple):
    """A stretch of a quote as it stands in the record; ``reading`` is what was read for it, None for itself."""

    text: str
    reading: str | None = None


def marked(quote: Quote) -> str:
    """The words as they stand in the record, ``〔before→after〕`` where something was corrected."""
    return "".join(p.text if p.reading is None else f"〔{p.text}→{p.reading}〕" for p in reading(quote))


def reading(quote: Quote) -> Iterable[Piece]:
    """The words as they stand in the record, in pieces that were corrected or not."""
    return _pieces(quote.original, quote.text) if differs(quote) else (Piece(quote.text),)


def _pieces(old: str, new: str) -> list[Piece]:
    """*old* in pieces that stand in *new* and pieces that were corrected; the readings together give *new*."""
    changed: list[list[int]] = []
    for kind, low, high, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if changed and low <= changed[-1][1] + 1:  # one letter between two corrections is no help to a reader
            changed[-1][1], changed[-1][3] = high, last
        else:
            changed.append([low, high, first, last])
    pieces, at = [], 0
    for low, high, first, last in changed:
        if low > at:
            pieces.append(Piece(old[at:low]))
        pieces.append(Piece(old[low:high], new[first:last]))
        at = high
    if at < len(old):
        pieces.append(Piece(old[at:]))
    return pieces


def several_records(summary: Summary) -> bool:
    """Whether places must name the record."""
    return len(summary.records) != 1
