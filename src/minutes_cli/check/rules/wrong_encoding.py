"""M101: the file was read in a wrong encoding, or holds lines in two.

Lines that are rubbish as a whole are reported here, words in a line that is otherwise good by M102.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.characters import quoted
from minutes_cli.check.damage import Wrong, damage
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    for wrong in damage(subject).lines:
        yield Flaw(wrong.first, _message(wrong))


def _message(wrong: Wrong) -> str:
    if wrong.right is None:
        return (
            "characters that no text holds come again and again: the file is not what it was read as, "
            f"{wrong.wrong.upper()}; name the right encoding with --encoding"
        )
    right, misread = wrong.right.upper(), wrong.wrong.upper()
    reads = f" and says {quoted(wrong.meant)}" if wrong.meant else ""
    if wrong.everything:
        todo = f"name it with --encoding {wrong.right}" if wrong.of_file else "make the file anew from its source"
        return f"the text is {right} that was read as {misread}{reads}; {todo}"
    which = f"this line and {wrong.lines - 1} below it are" if wrong.lines > 1 else "this line is"
    return f"{which} {right} that was read as {misread}{reads}; write the file anew in one encoding"


_BEFORE = "令和６年第１回あおば町議会定例会会議録\n○議長（山田太郎君）　ただいまから会議を開きます。\n"
_LINES = "○１番（佐藤花子君）　質問します。\n　道の穴についてです。\n"
_LINE = "　道の穴についてです。\n"
_BEHIND = "○議長（山田太郎君）　本日はこれで散会いたします。\n"

RULE = Rule(
    find=_find,
    explanation=(
        "Whole lines are rubbish, and become Japanese when their bytes are read in another encoding: either the file "
        "was read in a wrong one (name the right one with --encoding), or it was put together from files in two. "
        "Such lines are not reported for the half-width kana or control characters in them. "
        "Words that are rubbish in a line that is otherwise good are left to mojibake."
    ),
    must=(
        Example(_BEFORE + _LINES.encode("utf-8").decode("cp932", "replace") + _BEHIND, (3,)),
        Example(_BEFORE + _LINE.encode("euc-jp").decode("cp932") + _BEHIND, (3,), encoding="cp932"),
        Example((_BEFORE + _LINES).encode("utf-8").decode("latin-1"), (1,)),
    ),
    must_not=(
        Example(_BEFORE + "○１番（佐藤花子君）　ﾊﾟｿｺﾝ､ﾌﾟﾘﾝﾀ､ｽﾏﾎは要りますか｡\n", encoding="cp932"),
        Example(_BEFORE + "○１番（佐藤花子君）　糸が縺れました。Café の ¥1,000 の件です。\n"),
    ),
)
