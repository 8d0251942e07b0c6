"""Faults of the agenda and of numbers."""

from __future__ import annotations

import re
from random import Random
from typing import NamedTuple

from .record import NUMBER, Clean, Planted, as_in, bounds, changed, line_of, number_in, one_line, pick, spots


class Numbered(NamedTuple):
    """A line that begins with a number: ``text[start:end]`` is the number, the line reaches to ``stop``."""

    start: int
    end: int
    stop: int
    key: tuple[str, str]
    number: int


_HEAD = re.compile(rf"(?m)^([ 　]*(?:日程)?第?[（(]?)({NUMBER})([）)．.　 ]|号)")


def _runs(clean: Clean) -> list[list[Numbered]]:
    """Lines that count up one by one, at most three lines apart."""
    runs: list[list[Numbered]] = []
    for match in _HEAD.finditer(clean.text):
        stop = bounds(clean.text, match.start())[1]
        line = Numbered(*match.span(2), stop, (match[1], match[3]), number_in(match[2]))
        last = runs[-1][-1] if runs else None
        near = last is not None and clean.text.count("\n", last.stop, line.start) <= 3
        if last is not None and near and last.key == line.key and line.number == last.number + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [run for run in runs if len(run) >= 3]


def _agenda(clean: Clean) -> list[Numbered] | None:
    """The agenda before the first speech; other lists that count (those of who was there) are none."""
    found = spots(clean)
    return next(
        (run for run in _runs(clean) if found and run[-1].stop < found[0].start and _is_agenda(clean, run)), None
    )


def _is_agenda(clean: Clean, run: list[Numbered]) -> bool:
    above = clean.text[: run[0].start].rstrip("\n").rsplit("\n", 2)[-2:]
    return "日程" in run[0].key[0] or bool(re.search("次第|日程|事件|議題|案件", "".join(above)))


_ITEMS = (
    "議案第９７号　市道の路線の認定について",
    "庁舎の駐車場の有料化について",
    "陳情第３１号　学童保育の時間の延長を求める陳情",
    "防災行政無線の更新について",
)


def item_never_reached(clean: Clean, rng: Random) -> Planted | None:
    """An item that was on the agenda as printed and was not taken up."""
    agenda = _agenda(clean)
    if agenda is None:
        return None
    last = agenda[-1]
    indent, mark = last.key
    added = indent + as_in(clean.text[last.start : last.end], last.number + 1) + mark + rng.choice(_ITEMS)
    if re.search("その他|閉会", clean.text[last.end : last.stop]):
        return _before_last(clean, agenda, rng.choice(_ITEMS))
    return Planted(
        "agenda-item-missing",
        changed(clean.text, last.stop, last.stop, "\n" + added),
        frozenset({line_of(clean.text, last.stop) + 1}),
        f"added: {added.strip()}",
    )


def _before_last(clean: Clean, agenda: list[Numbered], item: str) -> Planted | None:
    """*item* before 閉会 or その他, whose number is raised here and where it comes up: there a number is left out."""
    last = agenda[-1]
    text, head = clean.text, last.start - len(last.key[0])
    line = text[head : last.stop]
    raised = last.key[0] + as_in(text[last.start : last.end], last.number + 1) + text[last.end : last.stop]
    rest = text[last.stop :].replace("\n" + line.strip(), "\n" + raised.strip(), 1)
    added = text[head : last.end] + last.key[1] + item
    text = text[:head] + added + "\n" + raised + rest
    lines = {line_of(text, head), *(line_of(text, m.start()) for m in re.finditer(re.escape(raised.strip()), text))}
    what = f"added: {added.strip()}"
    return Planted("agenda-item-missing", text, frozenset(lines), what, ("numbering-gap",))


def items_swapped(clean: Clean, rng: Random) -> Planted | None:
    """Two items of the agenda stand in each other's place."""
    agenda = _agenda(clean)
    if agenda is None or len(agenda) < 4:
        return None
    at = rng.randrange(1, len(agenda) - 2)
    one, two = agenda[at], agenda[at + 1]
    titles = clean.text[one.end : one.stop], clean.text[two.end : two.stop]
    text = changed(changed(clean.text, two.end, two.stop, titles[0]), one.end, one.stop, titles[1])
    lines = {line_of(clean.text, one.start), line_of(clean.text, two.start)}
    for title in titles:
        words = title.strip(" 　）)．.").split("　")[0]
        lines |= {line_of(text, m.start()) for m in re.finditer(re.escape(words), text)}
    return Planted("agenda-order", text, frozenset(lines), f"swapped: {titles[0].strip()} and {titles[1].strip()}")


def number_left_out(clean: Clean, rng: Random) -> Planted | None:
    """A line of a list was deleted."""
    run = pick(rng, _runs(clean))
    if run is None:
        return None
    gone = run[rng.randrange(1, len(run) - 1)]
    head = gone.start - len(gone.key[0])
    following = next(line for line in run if line.start > gone.start)
    stop = following.start - len(following.key[0])
    line = line_of(clean.text, head)
    before = line_of(clean.text, max(one.start for one in run if one.start < gone.start))
    what = f"deleted: {clean.text[head : gone.stop].strip()[:20]}"
    return Planted("numbering-gap", changed(clean.text, head, stop, ""), frozenset({line, before}), what)


def number_skipped(clean: Clean, rng: Random) -> Planted | None:
    """The last number of a list is one too high."""
    run = pick(rng, _runs(clean))
    if run is None:
        return None
    last = run[-1]
    after = as_in(clean.text[last.start : last.end], last.number + 1)
    planted = one_line("numbering-gap", clean, last.start, last.end, after, "number")
    return planted._replace(lines=planted.lines | {line_of(clean.text, run[-2].start)})


def bill_skipped(clean: Clean, rng: Random) -> Planted | None:
    """The last bill has the number after the next, wherever it is named."""
    bills = list(re.finditer(rf"議案第({NUMBER}|[一二三四五六七八九十]+)号", clean.text))
    numbers = sorted({number_in(m[1]) for m in bills})
    if len(numbers) < 3 or numbers[-1] - numbers[0] != len(numbers) - 1:
        return None
    text = clean.text
    for match in reversed(bills):
        if number_in(match[1]) == numbers[-1]:
            text = changed(text, *match.span(1), as_in(match[1], numbers[-1] + 1))
    lines = frozenset(line_of(clean.text, m.start()) for m in bills if number_in(m[1]) >= numbers[-2])
    return Planted("numbering-gap", text, lines, f"bill {numbers[-1]} is {numbers[-1] + 1}")


def number_twice(clean: Clean, rng: Random) -> Planted | None:
    """A line was copied for the next item and its number forgotten."""
    run = pick(rng, _runs(clean))
    if run is None:
        return None
    at = rng.randrange(1, len(run))
    line, before = run[at], run[at - 1]
    after = clean.text[before.start : before.end]
    planted = one_line("numbering-repeat", clean, line.start, line.end, after, "number")
    near = {line_of(clean.text, before.start), *(line_of(clean.text, n.start) for n in run[at + 1 : at + 2])}
    return planted._replace(lines=planted.lines | near, alike=("numbering-gap",))


PLANTERS = {
    "agenda-item-missing": (item_never_reached,),
    "agenda-order": (items_swapped,),
    "numbering-gap": (number_left_out, number_skipped, bill_skipped),
    "numbering-repeat": (number_twice,),
}
