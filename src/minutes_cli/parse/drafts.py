"""Turns in the making: what the walk over the rows collects, and what each of them does in the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.lexicon.roles import HONORIFICS
from minutes_cli.model import Block, TurnKind
from minutes_cli.parse.headings import Heading
from minutes_cli.parse.labels import squeeze
from minutes_cli.parse.prose import Piece
from minutes_cli.patterns import lazy

_ASKS = lazy(r"(?:か|は|どうか|のか)[。？?]?$|伺う|教えて|聞きたい")
_KIND_OF_LABEL = {
    **dict.fromkeys(("問", "質問", "質疑", "Q", "Ｑ"), TurnKind.QUESTION),
    **dict.fromkeys(("答", "回答", "答弁", "A", "Ａ"), TurnKind.ANSWER),
}


class Draft:
    """A turn in the making. ``section`` indexes the headings found so far, -1 before the first.

    ``spoken`` says where the pieces of which its paragraphs are joined begin and end: start, end, start, end …
    """

    __slots__ = ("end", "events", "kind", "label", "name", "paragraphs", "section", "spoken", "start")

    def __init__(
        self,
        label: str | None,
        start: int,
        section: int,
        kind: TurnKind = TurnKind.SPEECH,
        end: int = 0,
        name: str | None = None,
    ) -> None:
        self.label, self.start, self.section, self.kind, self.end = label, start, section, kind, end
        self.name = name  # where the layout prints it apart from the label
        self.paragraphs: list[str] = []
        self.events: list[Piece] = []
        self.spoken: list[int] = []  # plain numbers: there are two for nearly every line


class Walked(NamedTuple):
    """What the walk found; places count code points of the corrected text. ``headings`` are (heading, start)."""

    turns: list[Draft]
    headings: list[tuple[Heading, int]]
    events: list[Piece]
    blocks: list[Block]


@lru_cache(maxsize=4096)
def kind_of_label(label: str) -> TurnKind:
    """What a label alone says of its speech: 問 asks, 答 answers."""
    return _KIND_OF_LABEL.get(squeeze(label), TurnKind.SPEECH)


def asks(turn: Draft) -> bool:
    """Whether the speech ends in a question."""
    return bool(turn.paragraphs and _ASKS.search(turn.paragraphs[-1]))


def question_or_answer(line: str, turn: Draft) -> TurnKind:
    """What a speech with its speaker at the end is: quoted ones and those behind an arrow answer."""
    if line[0] in ">＞→⇒➡":
        return TurnKind.ANSWER
    return TurnKind.QUESTION if asks(turn) else TurnKind.SPEECH


def ask_and_answer(turns: Sequence[Draft]) -> None:
    """Guests are named with an honorific and ask; whoever speaks after a question without one answers."""
    asked = False
    for turn in turns:
        if turn.kind is TurnKind.SPEECH and turn.label is not None:
            guest = turn.label.rstrip().endswith(HONORIFICS)
            asked = asked or guest
            turn.kind = TurnKind.QUESTION if guest else TurnKind.ANSWER if asked else TurnKind.SPEECH
