"""A Summary as lines to read on a terminal. Prints nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_cli.cli._overview import table
from minutes_cli.cli._print import Line
from minutes_cli.cli._text import columns, count, pad, visible, wrap
from minutes_cli.export.summary import shown
from minutes_cli.export.summary.shown import Voices
from minutes_cli.summarize.model import Answer, Asked, By, Group, Quote, Summary

__all__ = ["lines"]

_KEY = 12
"""Columns of the words before a list."""
_CLOSING = tuple("、。，．・？！」』）)〕】ー々っゃゅょッャュョ")
_ROOMY = 60
"""Columns from which on the table of speakers has their roles."""


def lines(summary: Summary, voices: Voices, width: int) -> Iterator[Line]:
    """*summary* in at most *width* columns a line.

    Words stand as in the record, with ``〔before→after〕`` where something was corrected. *voices* says whose words
    those of a group are that is no speaker.
    """
    page = _Page(summary, voices, width)
    yield from page.head()
    yield from page.groups()
    for asked in summary.exchanges:
        yield []
        yield from page.exchange(asked)


class _Page:
    """What all parts need to know: whether places name their record, who speaks, how wide the screen is."""

    def __init__(self, summary: Summary, voices: Voices, width: int) -> None:
        self.summary = summary
        self.voices = voices
        self.width = width
        self.several = shown.several_records(summary)

    def head(self) -> Iterator[Line]:
        """What is summarised, and all groups at a glance."""
        summary = self.summary
        figures = f"{count(summary.turns, 'turn')} · {count(summary.characters, 'character')}"
        if self.several:
            yield [(count(len(summary.records), "record"), "title")]
            facts = figures
        else:
            record = summary.records[0]
            yield from self.flow(record.title or record.path, "", "title")
            facts = " · ".join(fact for fact in (record.path, record.date, figures) if fact)
        yield from self.flow(facts, "", "faint")
        if len(summary.groups) > 1:
            yield []
            rows = [
                [name, shown.described(g.person, name), f"{g.turns:,}", f"{g.characters:,}", shown.percent(g.share)]
                for g in summary.groups
                for name in (shown.heading(g, summary.by),)
            ]
            names = [summary.by.value, "role", "turns", "characters", "share"]
            if summary.by is not By.SPEAKER or self.width < _ROOMY:
                names, rows = [names[0], *names[2:]], [[row[0], *row[2:]] for row in rows]
            right = range(len(names) - 3, len(names))
            yield from table(names, rows, self.width, shrink=range(len(names) - 3), right=right)

    def groups(self) -> Iterator[Line]:
        """One part for each group."""
        for group in self.summary.groups:
            yield []
            yield from self.group(group)

    def group(self, group: Group) -> Iterator[Line]:
        """All of one group that has something in it."""
        by, name = self.summary.by, shown.heading(group, self.summary.by)
        yield from self.flow(f"{name} {shown.described(group.person, name)}".rstrip(), "", "head")
        yield from self.flow(" · ".join(shown.figures(group, self.several)), "  ", "faint")
        if self.several:
            yield from self.listed("records", group.records)
        if by is not By.SECTION:
            yield from self.listed("sections", group.sections)
        yield from self.listed("key terms", map(shown.term, group.terms))
        if group.sentences:
            yield from self.part("key sentences", group.sentences, form=True)
        if group.exchanges:
            yield [(f"  exchanges ({len(group.exchanges):,})", "key")]
            for asked in group.exchanges:
                yield from self.exchange(asked, "  ", group)
        for title, quotes in shown.parts(group, by):
            yield from self.part(title, quotes)

    def part(self, title: str, quotes: Iterable[Quote], *, form: bool = False) -> Iterator[Line]:
        """Quotes of a group under their *title*; whose they are, where it is no speaker's."""
        yield [(f"  {title}", "key")]
        for quote in quotes:
            who = "" if self.summary.by is By.SPEAKER else shown.voice(quote, self.voices)
            yield from self.quote(quote, "  ", shown.source(quote, self.several, who, form=form))

    def exchange(self, asked: Asked, indent: str = "", group: Group | None = None) -> Iterator[Line]:
        """Who asked what, and who answered."""
        head = [f"exchange {asked.number}" + (f" of {asked.path}" if self.several else "")]
        head += [asked.section] if asked.section else []
        head += [f"follows {asked.follows}"] if asked.follows is not None else []
        yield from self.flow(" · ".join(head), indent, "faint")
        yield from self.flow(f"{shown.called(asked.person)} asks", f"{indent}  ", "speaker")
        for quote in asked.question:
            yield from self.quote(quote, f"{indent}  ", shown.source(quote, self.several, form=True))
        for answer in asked.answers:
            brief = shown.brief(group, self.summary.by, asked, answer)
            yield from self.answer(answer, f"{indent}  ", brief=brief)
        if not asked.answers:
            yield [(f"{indent}  no answer linked", "warn")]

    def answer(self, answer: Answer, indent: str, *, brief: bool) -> Iterator[Line]:
        """Who answers, how sure that is, and in which words, or *brief*, where they stand."""
        head = f"{shown.called(answer.person)} answers (score {answer.score:.2f})"
        where = shown.first_place(answer.sentences, self.several)
        yield from self.flow(f"{head}  {where}" if brief else head, indent, "speaker")
        for quote in () if brief else answer.sentences:
            yield from self.quote(quote, indent, shown.source(quote, self.several, form=True))

    def quote(self, quote: Quote, indent: str, source: str) -> Iterator[Line]:
        """The words behind a dot; their *source* stands on the last line where it fits, else below."""
        source = visible(f"  {source}")
        deep = f"{indent}  "
        said = _unbroken(wrap(visible(shown.marked(quote)), self.room(deep) - 2))
        made: list[Line] = [[(f"{deep if i else indent + '· '}{line}", "")] for i, line in enumerate(said)]
        if columns(deep + said[-1] + source) <= self.width:
            made[-1].append((source, "faint"))
        else:
            made += self.flow(source.strip(), deep, "faint")
        yield from made

    def listed(self, key: str, words: Iterable[str]) -> Iterator[Line]:
        """*words* behind their key; none of them is parted where it fits on a line."""
        room = self.room("  " + " " * _KEY)
        rows: list[str] = []
        for word in map(visible, words):
            if rows and columns(f"{rows[-1]}, {word}") <= room - 1:
                rows[-1] += f", {word}"
            else:
                rows += wrap(word, room - 1)
        for i, row in enumerate(rows):
            comma = "," if i + 1 < len(rows) else ""
            yield [(f"  {pad('' if i else key, _KEY)}", "key"), (row + comma, "")]

    def flow(self, text: str, indent: str, style: str) -> Iterator[Line]:
        """*text* on as many lines as it takes."""
        for line in wrap(visible(text), self.room(indent)):
            yield [(indent, ""), (line, style)]

    def room(self, indent: str) -> int:
        """Columns that are left beside *indent*."""
        return max(8, self.width - columns(indent))


def _unbroken(rows: Iterable[str]) -> list[str]:
    """*rows* that leave two columns free, none of them beginning with what begins no line in Japanese."""
    made: list[str] = []
    for row in rows:
        if made and row[:1] in _CLOSING:
            made[-1] += row[0]
            row = row[1:]
        if row or not made:
            made.append(row)
    return made
