"""A small document put together by hand, with whatever a record may hold in each of its fields."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from minutes_cli.model import (
    Attendee,
    Document,
    Edit,
    Event,
    EventKind,
    Finding,
    Item,
    Kind,
    Layout,
    Meeting,
    Section,
    Source,
    Span,
    Speaker,
    Turn,
    TurnKind,
    View,
)

FORMULAS = ("=1+1", "+81-3-1234", "-5", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")', "＝１＋１", "－５", "＠SUM(A1)")
HOSTILE = (
    *FORMULAS,
    *('a"b', "a,b", "a\tb", "a\\tb\\", "a\nb", "a\r\nb", "'=1", "https://example.jp/", "<r>x</r>", "<h5>x</h5>"),
    *(
        "_x0041_",
        "\x00\x1b\x7f",
        "\ufffe\uffff",
        "𠮷野家",
        "\ud83d",
        "記録\udce3.txt",
        "'); DROP TABLE turns; --",
        "　",
        "",
    ),
)
#: Any text, also what no text should hold.
TEXTS = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=20), st.text("あい雨保育ab ,\"'\\\t\n=-<>_\x00\ud83d𠮷", max_size=12)
)


def hand(
    text: str = "本日は雨です。",
    name: str = "a.txt",
    date: str | None = "2025-11-18",
    turns: int = 1,
    paragraphs: tuple[str, ...] | None = None,
    **fields: Any,
) -> Document:
    """A record *name* of *turns* turns that say *paragraphs*, by default *text*, which also is every other text."""
    source = Source(name, text + "\n", (text + "\n").encode("utf-8", "surrogatepass"), sha256="0" * 64)
    span = Span(0, len(text))
    event = Event(EventKind.STAGE, text, span)
    edit = Edit(span, text, text + "。", "rule", reason=text)
    said = tuple(
        Turn(
            *(f"t{order}", order, TurnKind.QUESTION, "s1", text, "sec1"),
            *(paragraphs or (text,), span, (1, 1), 3, (event,)),
        )
        for order in range(1, turns + 1)
    )
    whole = Document(
        View(source, (edit,), text + "。\n"),
        Kind.VERBATIM,
        Layout("circle-label", 0.5),
        Meeting(text, text, text, date, "17:17", "18:23", text),
        (Speaker("s1", text, (text,), text, text, text, text, (text, text), turns, len(text)),),
        (
            Section("sec1", text, 1, text, None, span),
            Section("sec2", text, 2, None, "sec1", span),
        ),
        said,
        (Item("i1", text, text, text, None, span), Item("i2", text, text, text, "i1", span)),
        (Attendee(text, text, text, span),),
        (event,),
        findings=(Finding("rule", text, span, fix=edit), Finding("rule", text, span)),
    )
    return whole._replace(**fields)
