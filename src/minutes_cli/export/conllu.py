r"""Records as CoNLL-U (https://universaldependencies.org/format.html): one sentence after the other, cut into words.

A record is a ``newdoc``, a paragraph of a speech a ``newpar``; comments say who speaks and where the sentence stands.
ID, FORM, LEMMA, UPOS (:mod:`minutes_cli.export.universal_pos`), XPOS (Sudachi's whole tag) and MISC are filled;
FEATS, HEAD, DEPREL and DEPS are ``_``, for nothing here parses. Blanks are no words: a run of them is one blank in
``# text``, and MISC has it as it was in UDPipe's ``SpacesAfter`` and ``SpacesBefore`` (``\s`` blank, ``\t`` tab, others
``\u3000``), so that the words with these make the paragraph again. ``Reading`` is in katakana.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from minutes_cli import __version__
from minutes_cli.export.model import Options
from minutes_cli.export.said import Said, said
from minutes_cli.export.shown import shown
from minutes_cli.export.universal_pos import universal_pos
from minutes_cli.export.xml import one_line
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.lexicon.tokens import identity, tokens
from minutes_cli.model import Document, Source, Span, Turn
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import Passage, PassageKind

__all__ = ["write_conllu"]

_BLANKS = re.compile(r"\s+")
_ESCAPES = {" ": "\\s", "\t": "\\t", "\r": "\\r", "\n": "\\n"}


def write_conllu(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The speeches of *documents*, a piece per paragraph."""
    made_by = f"minutes-cli {__version__}; words by {identity()}; not parsed"
    for number, document in enumerate(documents, 1):
        comments: _Comments = [("newdoc id", document.view.source.name), ("generator", made_by), *_meeting(document)]
        passages = _passages(document)
        for each in said(document):
            at = 0
            turn = each.turn
            for count, text in enumerate(turn.paragraphs, 1):
                paragraph = _Paragraph(f"d{number}-{turn.id}-p{count}", text, at, turn, passages.get(turn.id))
                about = [*comments, ("newpar id", paragraph.name), *_speaker(each)]
                if piece := "".join(_sentences(document.view.source, paragraph, about)):
                    comments = []
                    yield piece.encode("utf-8", "backslashreplace")
                at += len(text) + 1


class _Paragraph(NamedTuple):
    """A paragraph that begins at ``at`` of the text of its turn; with the way back to the record, where it is known."""

    name: str
    text: str
    at: int
    turn: Turn
    passage: Passage | None

    def span(self, start: int, end: int) -> Span:
        """The part of the record behind ``text[start:end]``: of the whole turn where no more is known."""
        return self.passage.span(self.at + start, self.at + end) if self.passage else self.turn.span


_Comments = list[tuple[str, str | None]]


def _meeting(document: Document) -> _Comments:
    meeting = document.meeting
    return [("meeting", meeting.title), ("date", meeting.date), ("sha256", document.view.source.sha256 or None)]


def _passages(document: Document) -> dict[str | None, Passage]:
    """The speeches with the way back to the record, where the document knows it."""
    if len(document.spoken) != len(document.turns) or not document.blocks:
        return {}
    found = searchable(document).passages
    return {passage.turn: passage for passage in found if passage.kind is PassageKind.SPEECH}


def _speaker(each: Said) -> _Comments:
    turn, speaker, section = each
    return [
        ("turn", turn.id),
        ("kind", turn.kind.value),
        ("speaker", (speaker.name or speaker.label) if speaker else None),
        ("speaker_id", turn.speaker),
        ("label", turn.label),
        ("role", (speaker.role or speaker.title) if speaker else None),
        ("affiliation", speaker.affiliation if speaker else None),
        ("section", section.heading if section else None),
        ("page", str(turn.page) if turn.page is not None else None),
    ]


def _sentences(source: Source, paragraph: _Paragraph, about: _Comments) -> Iterator[str]:
    """The sentences of *paragraph*; before the first one stands what it is *about*."""
    text = paragraph.text
    speaker = [pair for pair in about if pair[0] in ("speaker", "role")]
    found = sentences(text)
    ends = [*(start for start, _ in found[1:]), len(text)]
    for number, ((start, end), behind) in enumerate(zip(found, ends, strict=True), 1):
        span = paragraph.span(start, end)
        first, last = source.place(span.start).line, source.place(max(span.start, span.end - 1)).line
        comments = [
            *(about if number == 1 else speaker),
            ("sent_id", f"{paragraph.name}-s{number}"),
            ("text", _BLANKS.sub(" ", text[start:end])),
            ("file", source.name),
            ("line", f"{first}" if first == last else f"{first}-{last}"),
            ("place", source.where(span.start)),
            ("span", f"{span.start} {span.end}"),
        ]
        yield "".join(f"# {key} = {_comment(value)}\n" for key, value in comments if value is not None)
        yield from _rows(text[start:end], "" if number > 1 else text[:start], text[end:behind])
        yield "\n"


def _comment(text: str) -> str:
    """*text* on one line, with pictures for what cannot be seen."""
    return shown(one_line(text))


def _rows(sentence: str, before: str, behind: str) -> Iterator[str]:
    """A row per word; *before* and *behind* are the blanks around the sentence."""
    words = tokens(sentence)
    edges = [(word.end, after.start) for word, after in pairwise(words)]
    spaces = [*(sentence[start:end] for start, end in edges), behind]
    tag: tuple[str, ...] = ()
    for number, (word, space) in enumerate(zip(words, spaces, strict=True), 1):
        form = sentence[word.start : word.end]
        misc = [f"SpacesBefore={_escaped(before)}"] if number == 1 and before else []
        misc += [f"Reading={word.reading}"] if word.reading and _plain(word.reading) else []
        if not space:
            misc.append("SpaceAfter=No")
        elif space != " ":
            misc.append(f"SpacesAfter={_escaped(space)}")
        lemma = word.lemma if word.lemma and _plain(word.lemma) else form
        upos = universal_pos(word.pos, tag)
        tag = word.pos
        columns = [
            str(number),
            form,
            lemma,
            upos,
            ",".join(word.pos),
            "_",
            "_",
            "_",
            "_",
            "|".join(sorted(misc)) or "_",
        ]
        yield "\t".join(columns) + "\n"


def _plain(text: str) -> bool:
    """Whether *text* can stand in a column."""
    return not any(character.isspace() or character == "|" for character in text)


def _escaped(blanks: str) -> str:
    return "".join(_ESCAPES.get(blank) or f"\\u{ord(blank):04x}" for blank in blanks)
