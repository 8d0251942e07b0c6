"""A Summary as a page of Markdown (CommonMark and the tables of GitHub)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_cli.export.shown import shown as safe
from minutes_cli.export.summary import shown
from minutes_cli.export.summary.shown import Voices
from minutes_cli.patterns import lazy
from minutes_cli.summarize.model import Asked, By, Group, Quote, Summary

__all__ = ["escape", "opening", "write_markdown"]

_SPECIAL = lazy(r"[\\`*_\[\]<>|~&$#]")
#: What means something at the beginning of a line alone: lists, underlines of headings.
_OPENING = lazy(r"[-+=]|\d+[.)]")
_LINE_ENDS = lazy("[\n\r\v\f\x85\u2028\u2029]")


def write_markdown(summary: Summary, voices: Voices) -> bytes:
    """*summary* as Markdown in UTF-8."""
    return ("\n".join(_page(summary, voices)) + "\n").encode()


def escape(text: str) -> str:
    """*text* so that Markdown shows it as it is, on one line, behind other words of that line.

    What cannot be seen is shown by a picture.
    """
    return _SPECIAL.sub(r"\\\g<0>", safe(_LINE_ENDS.sub(" ", text)))


def opening(text: str) -> str:
    """*text* as :func:`escape` gives it, at the beginning of a line."""
    text = escape(text).lstrip(" \t")  # blanks would make code of it, and are not shown anyway
    found = _OPENING.match(text)
    return text if found is None else f"{text[: found.end() - 1]}\\{text[found.end() - 1 :]}"


def _page(summary: Summary, voices: Voices) -> Iterator[str]:
    several = shown.several_records(summary)
    yield f"# Summary by {summary.by.value}"
    yield from _records(summary)
    if summary.groups:
        yield from _groups(summary)
    for group in summary.groups:
        yield from _group(group, summary.by, several, voices)
    for asked in summary.exchanges:
        yield from ("", f"## {_number(asked, several)}")
        yield from ("", *_exchange(asked, several))


def _records(summary: Summary) -> Iterator[str]:
    yield from ("", "| record | title | date | turns | characters |", "|---|---|---|---:|---:|")
    for record in summary.records:
        texts = (record.path, record.title or "", record.date or "")
        yield f"| {' | '.join(map(escape, texts))} | {record.turns:,} | {record.characters:,} |"


def _groups(summary: Summary) -> Iterator[str]:
    roles = summary.by is By.SPEAKER
    yield from ("", f"| {summary.by.value} |{' role |' if roles else ''} turns | characters | share |")
    yield f"|---|{'---|' if roles else ''}---:|---:|---:|"
    for group in summary.groups:
        name = shown.heading(group, summary.by)
        texts = [name, *([shown.described(group.person, name)] if roles else [])]
        figures = (f"{group.turns:,}", f"{group.characters:,}", shown.percent(group.share))
        yield f"| {' | '.join((*map(escape, texts), *figures))} |"


def _group(group: Group, by: By, several: bool, voices: Voices) -> Iterator[str]:
    name = shown.heading(group, by)
    yield from ("", f"## {escape(name)}")
    facts = (shown.described(group.person, name), *shown.figures(group, several))
    yield from ("", opening(" · ".join(fact for fact in facts if fact)))
    if several:
        yield from _listed("Records", group.records)
    if by is not By.SECTION:
        yield from _listed("Sections", group.sections)
    yield from _listed("Key terms", map(shown.term, group.terms))
    yield from _part("key sentences", group.sentences, by, several, voices, form=True)
    if group.exchanges:
        yield from ("", "### Exchanges")
        for asked in group.exchanges:
            yield from ("", f"**{_number(asked, several)}**", "", *_exchange(asked, several, group, by))
    for title, quotes in shown.parts(group, by):
        yield from _part(title, quotes, by, several, voices)


def _part(
    title: str, quotes: Iterable[Quote], by: By, several: bool, voices: Voices, *, form: bool = False
) -> Iterator[str]:
    said = [
        _quote(quote, shown.source(quote, several, "" if by is By.SPEAKER else shown.voice(quote, voices), form=form))
        for quote in quotes
    ]
    if said:
        yield from ("", f"### {title.capitalize()}", "", *(f"- {line}" for line in said))


def _listed(title: str, words: Iterable[str]) -> Iterator[str]:
    if line := ", ".join(map(escape, words)):
        yield from ("", f"**{title}:** {line}")


def _number(asked: Asked, several: bool) -> str:
    head = f"Exchange {asked.number}"
    if several:
        head += f" in {escape(asked.path)}"
    if asked.section:
        head += f": {escape(asked.section)}"
    return head if asked.follows is None else f"{head} (follows {asked.follows})"


def _exchange(asked: Asked, several: bool, group: Group | None = None, by: By = By.EXCHANGE) -> Iterator[str]:
    yield f"- **{escape(shown.called(asked.person))}** asks"
    yield from (f"  - {_quote(quote, shown.source(quote, several, form=True))}" for quote in asked.question)
    for answer in asked.answers:
        why = "; ".join((f"score {answer.score:.2f}", *answer.reasons))
        who = f"- **{escape(shown.called(answer.person))}** answers ({escape(why)})"
        if shown.brief(group, by, asked, answer):
            yield f"{who}: {escape(shown.first_place(answer.sentences, several))}"
        else:
            yield who
            yield from (f"  - {_quote(quote, shown.source(quote, several, form=True))}" for quote in answer.sentences)
    if not asked.answers:
        yield "- no answer linked"


def _quote(quote: Quote, source: str) -> str:
    return f"{opening(shown.marked(quote))} ({escape(source)})"
