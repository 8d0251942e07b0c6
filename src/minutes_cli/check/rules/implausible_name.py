"""M405: a name in a label that cannot be one."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check import people as p
from minutes_cli.check.implausible import implausible
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.parse.labels import squeeze
from minutes_cli.patterns import lazy

#: In a record that tells so many names, marks in place of one are a name that was not filled in.
_TOLD = 3
_MARKS = lazy(r"[○〇◯×Ｘ＊*△□■◎●?？]{2,}")


def _find(subject: Subject) -> Iterator[Flaw]:
    namings = p.namings(subject)
    told = sum(naming.label.name is not None and not _MARKS.search(naming.label.name) for naming in namings) >= _TOLD
    for naming in namings:
        found = implausible(naming) or (_not_filled_in(naming.text) if told else None)
        if found is not None:
            name, why = found
            yield Flaw(
                p.place_in_label(subject, naming.turns[0], squeeze(name)),
                f"{name[:20]} {why}, so it is nobody's name; mend the label",
            )


def _not_filled_in(label: str) -> tuple[str, str] | None:
    """Marks that stand for the name in a record that tells the names."""
    match = _MARKS.search(squeeze(label))
    return (match[0], "stands where all others have a name") if match else None


_RECORD = """令和６年第１回あおば町議会定例会会議録
令和６年３月４日（月曜日）
○議長（山田太郎君）　ただいまから会議を開きます。
○２番（佐藤花子君）　図書館について伺います。
○{}　来年の春に開きます。
○２番（佐藤花子君）　分かりました。
○議長（山田太郎君）　これで散会いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "The place in a label where a name belongs holds something else: figures, marks, a single kana, letters that "
        "make no word, a piece of a sentence, nine kanji and more, or marks in a record "
        "that tells all other names. The label was misread, or text has run into it. "
        "Each label is reported once. Names in katakana or in letters are names, and so is what stands for a name that "
        "is not told: Ａ委員, ○○委員, 委員２."
    ),
    must=(
        Example(_RECORD.format("町長（渡7辺一郎君）"), (5,)),
        Example(_RECORD.format("町長（渡〓一郎君）"), (5,)),
        Example(_RECORD.format("町長（か君）"), (5,)),
        Example(_RECORD.format("町長（渡辺一郎君登壇）"), (5,)),
        Example(
            _RECORD.replace("　分かり", "　ありがとうございます。\n○３番（村上次郎君）　分かり").format(
                "町長（××××君）"
            ),
            (5,),
        ),
    ),
    must_not=(
        Example(_RECORD.format("町長（スミス・ジョン君）")),
        Example(_RECORD.format("町長（Ｊ．Ｓｍｉｔｈ君）")),
        Example(_RECORD.format("町長（○○君）")),
        Example(_RECORD.format("町長（一二三九十郎君）")),
    ),
)
