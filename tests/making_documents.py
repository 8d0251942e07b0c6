"""Documents made of labels and words, for formats that must hold whatever stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from minutes_cli.edits import view
from minutes_cli.ingest.text import from_text
from minutes_cli.model import (
    Document,
    Event,
    EventKind,
    Kind,
    Layout,
    Meeting,
    Section,
    Span,
    Speaker,
    Turn,
    TurnKind,
)

_PIECES = st.sampled_from(
    [
        *"議長 委員 山田太郎 （ ） ( ) 【 】 〔拍手〕 （笑） 「 」 、 。 ： : ○ ◎ ◆ ・ 問 答 午前10時開議".split(),
        *"散会 署名議員 （了） 日程第１".split(),
        *"# ## * ** *** _ __ - -- --- + = == > >> 1. 1) (1) 12 - | || ` ``` ~~~ ~ \\ \\\\ \\* & &amp;".split(),
        *"&#x30FB; < > <b> </b> <!-- --> <br> [ ] [a](b) ![x](y) http://a_b.example $ $x$ { } {{x}} ! ^".split(),
        *"― 続き・".split(),
        *("質問・3行", "か\u3099", "\u202e", "\u200b", "𠮷", '<PAGE="2">', "- 12 -"),
        *(" ", "  ", "　", "\t", "*―* *3行*", "**山田** *3行*", "*（拍手）*", "abc", "あ い"),
    ]
)
#: Words without line ends, which no label and no paragraph holds, and without NUL, which no text file holds.
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\f\0")
_WORDS = (st.lists(_PIECES, min_size=1, max_size=6).map("".join) | st.text(_CHARACTERS, min_size=1, max_size=12)).map(
    str.strip
)
WORDS = _WORDS.filter(bool)
_EVENTS = st.sampled_from(["（拍手）", "〔「異議なし」と呼ぶ者あり〕", "午前10時開議", "（笑*い）"])
_SPOKEN = st.tuples(
    st.none() | WORDS,
    st.lists(WORDS, max_size=4),
    st.sampled_from(TurnKind),
    st.lists(_EVENTS, max_size=2),
    st.booleans(),
)
TURNS = st.lists(_SPOKEN, min_size=1, max_size=5)


def made(spoken: Sequence[tuple[str | None, list[str], TurnKind, list[str], bool]], name: str = "made.txt") -> Document:
    """A document with these turns (label, paragraphs, kind, events, whether a heading stands before it)."""
    parts: list[str] = []
    turns: list[Turn] = []
    sections: list[Section] = []
    labels: dict[str, int] = {}
    at = 0

    def put(words: str) -> Span:
        nonlocal at
        parts.append(words + "\n")
        span = Span(at, at + len(words))
        at += len(words) + 1
        return span

    for number, (label, paragraphs, does, happened, headed) in enumerate(spoken, 1):
        if headed:
            heading = f"議題{number}について"
            span = put(heading)
            sections.append(Section(f"sec{len(sections) + 1}", heading, 1, None, None, span))
        if label is not None:
            labels.setdefault(label, len(labels) + 1)
        first, line = put(label or ""), len(parts)
        last = [put(paragraph) for paragraph in paragraphs]
        events = tuple(Event(EventKind.STAGE, words, put(words)) for words in happened)
        span = Span(first.start, max([first.end, *(s.end for s in last), *(e.span.end for e in events)]))
        speaker = f"s{labels[label]}" if label is not None else None
        section = sections[-1].id if sections else None
        lines = (line, len(parts))
        words = tuple(paragraphs)
        turns.append(Turn(f"t{number}", number, does, speaker, label, section, words, span, lines, None, events))
    speakers = tuple(
        Speaker(
            f"s{number}",
            label,
            (label,),
            None,
            None,
            None,
            None,
            turns=sum(turn.label == label for turn in turns),
            characters=sum(len(p) for turn in turns if turn.label == label for p in turn.paragraphs),
        )
        for label, number in labels.items()
    )
    source = from_text("".join(parts), name)
    meeting = Meeting("潮見町議会 定例会", date="2025-11-18")
    return Document(
        view(source), Kind.VERBATIM, Layout("circle-label", 0.9), meeting, speakers, tuple(sections), tuple(turns)
    )
