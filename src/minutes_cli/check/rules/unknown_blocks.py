"""M605: a large share of the text is not understood."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Example, Flaw, Options, Rule
from minutes_cli.check.subject import Subject, whole
from minutes_cli.model import Block, BlockKind, Kind
from minutes_cli.patterns import lazy

_SPEECH = frozenset((BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.TABLE))


#: A line of which at least half are Latin letters and figures, and so many of them, is no Japanese: a log, a table.
_FOREIGN_SHARE, _FOREIGN_LEAST = 0.5, 8
_LATIN_OR_FIGURES = lazy(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")
_OTHERS = lazy(r"[^0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")
#: Tags, links and addresses of web pages, which stand beside Japanese; looked for in lines of ordinary length.
_MARKUP = lazy(r"<[^<>]*>|\{\{[^{}]*\}\}|\]\([^()]*\)|https?://[!-~]+")
_LONGEST = 2_000
_MEETINGS = (Kind.VERBATIM, Kind.SUMMARY, Kind.OUTLINE)


def _find(subject: Subject) -> Iterator[Flaw]:
    document, most = subject.document, subject.options.most_unknown
    size = len(document.view.text)
    if document.kind is Kind.UNKNOWN or not size:
        return
    if document.layout.convention != "trailing-label":
        loose = [block for block in _nobodys(subject) if document.view.text[block.start : block.end].strip()]
        share = sum(block.end - block.start for block in loose) / size
        if loose and share > most:
            largest = max(loose, key=lambda block: block.end - block.start)
            line = subject.source.place(subject.span(largest.start, largest.end).start).line
            yield whole(
                f"{share:.0%} of the text is neither speech of anybody nor a heading, an event or a list, most of it "
                f"from line {line}; look for labels that are missing there"
            )
            return
    foreign = _no_japanese(document.view.text, most) if document.kind in _MEETINGS else []
    share = sum(end - start for start, end in foreign) / size
    if foreign and share > most:
        line = subject.source.place(subject.span(*foreign[0]).start).line
        yield whole(
            f"{share:.0%} of the text is figures or letters in lines without Japanese, from line {line} on; see "
            "whether they belong to the record"
        )


def _no_japanese(text: str, most: float) -> list[tuple[int, int]]:
    """The lines of *text* that are mostly Latin letters and figures; none where there is too little of these at all."""
    if len(_OTHERS.sub("", text)) < most * _FOREIGN_SHARE * len(text):
        return []
    found, at = [], 0
    for whole_line in text.split("\n"):
        line = _MARKUP.sub("", whole_line) if len(whole_line) < _LONGEST else whole_line
        tight = len("".join(line.split()))
        foreign = sum(map(len, _LATIN_OR_FIGURES.findall(line))) if tight >= _FOREIGN_LEAST else 0
        if foreign >= max(_FOREIGN_LEAST, _FOREIGN_SHARE * tight):
            found.append((at, at + len(whole_line)))
        at += len(whole_line) + 1
    return found


def _nobodys(subject: Subject) -> Iterator[Block]:
    """Text that is not understood: of unknown kind, or speech outside all turns in a record that has some."""
    document = subject.document
    turns = [(places[0], places[-1]) for places in document.spoken if places]
    at = 0
    for block in document.blocks:
        while at < len(turns) and turns[at][1] <= block.start:
            at += 1
        in_turn = at < len(turns) and turns[at][0] < block.end
        if block.kind is BlockKind.UNKNOWN or (block.kind in _SPEECH and turns and not in_turn):
            yield block


_RECORD = """あおば町公園づくりの会　議事概要
令和6年5月18日

≪遊具≫
あおば町
・ぶらんこを二つ直す。
みどり町内会
・砂場も直してほしい。
あおば町
・来年に直す。

≪花壇≫
{}・花の苗を五百株買い、春と秋に植え替える。
・植える日は回覧板で知らせ、子ども会にも声をかける。
・水やりの当番を決める方法は、次の会で話し合う。
みどり町内会
・当番は引き受ける。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A large part of the record could not be made sense of: it stands behind a heading without anybody who "
        "says it, or is of no known kind. It cannot be searched or counted by speaker. Look for labels that are "
        "missing or written in another way. Or it is figures and letters in lines without Japanese: a table or the "
        "log of a program that came in with it. The share is set by most-unknown (0.2: a fifth of the text). Records "
        "of which nothing is understood are reported as unknown-record; where the speaker stands behind the "
        "speech, text without a speaker is usual and left alone."
    ),
    must=(
        Example(_RECORD.format(""), (1,)),
        Example(_RECORD.format("あおば町\n") + "[00:01.250] seg=1 conf=0.81 spk=UNK lang=ja\n" * 4, (1,)),
        Example(
            _RECORD.replace("・植える日", "あおば町\n・植える日").format(""), (1,), options=Options(most_unknown=0.05)
        ),
    ),
    must_not=(
        Example(_RECORD.format("あおば町\n").replace("砂場も", "砂場（Sandbox 2024、12 m2）も")),
        Example(_RECORD.format(""), options=Options(most_unknown=0.6)),
    ),
)
