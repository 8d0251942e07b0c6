"""What labels look like, sound ones and spoilt ones: patterns, and what a stretch of text says as a label."""

from __future__ import annotations

import re

from minutes_cli.check.label_style import CLOSING, OPENING
from minutes_cli.lexicon.roles import HONORIFICS
from minutes_cli.parse.labels import take_apart, weigh
from minutes_cli.parse.layout import MARKS
from minutes_cli.patterns import lazy

BLANKS = " 　\t"
ENDS = r"\n\r\f"
#: What a circle becomes when it is typed or read wrongly, and what else stands for marks.
LETTERS = "OＯoｏ0０ОоΟο⭕◦゜°"
FOR_MARKS = re.escape(LETTERS + "Q・･·.．。*＊◉")
#: Signs typed for a colon, or for the bracket that closes a label.
FOR_CLOSERS = "；;.．・，,|｜=＝" + OPENING + CLOSING + "：:"
#: What no label holds outside its brackets.
NO = r"\s（(）)。、「」：:"
_BRACKETS, _CLOSING = re.escape(OPENING + CLOSING), re.escape(CLOSING)

#: Mark, number of the speech and bracket before a label; it always matches.
BEFORE_LABEL = lazy(
    rf"[{BLANKS}]*(?:[0-9０-９]{{1,5}}[{BLANKS}.．：:]?(?=[{MARKS}]))?"
    rf"(?P<mark>[{MARKS}]|[{FOR_MARKS}](?![0-9０-９]{{2,}}[^番]))?[{BLANKS}]*"
    rf"(?P<opener>[{re.escape(OPENING)}]|#{{1,6}}|\*\*)?[{BLANKS}]*"
)
_INNER = rf"[（(][^（()）。、「」：:{ENDS}]{{2,20}}[）)]"
#: 議 長 （ 山 田 太 郎 君 ）
SPACED_OUT = rf"(?:[^{NO}][ 　]){{1,12}}[（(](?:[ 　]?[^\s（()）。、「」]){{2,14}}[ 　]?[）)]"
#: 議長（山田太郎君）, 森　花子（あおば商店会長）
SHAPED = lazy(rf"(?:[^{NO}]{{1,12}}[ 　]{{1,2}})?[^{NO}]{{1,20}}[ 　]?{_INNER}|{SPACED_OUT}")
#: The same with one of its brackets missing.
HALF_SHAPED = lazy(
    rf"[^{NO}]{{1,20}}[（(][^{NO}]{{1,12}}(?:[ 　]{{1,2}}[^{NO}]{{1,6}})??(?=[ 　]|$)|"
    rf"[^{NO}]{{2,20}}(?:[ 　][^{NO}]{{1,6}})?(?:君|さん|氏|様|議員)?[）)]"
)
#: 山田委員, 森（花）委員
PLAIN = lazy(rf"[^{NO}]{{2,14}}(?:[（(][^\s（()）]{{1,4}}[）)][^{NO}]{{1,4}})?(?=[ 　])")
#: 木田委員；
BEFORE_COLON = lazy(rf"[^{NO}]{{1,8}}?[員長](?=[；;.．・｜| 　])")
#: 木田委員】: the bracket that opens the label is missing; or 【木田委員, where the one that closes it is.
CLOSER_ALONE = lazy(
    rf"(?P<label>[^\s。、「」{_BRACKETS}]{{2,16}}|[^。、「」{ENDS}{_BRACKETS}]{{2,40}}(?=.[{BLANKS}]*$))"
    rf"(?P<closer>[{_CLOSING}])"
)
OPENER_ALONE = lazy(rf"[^{_CLOSING}]{{2,}}$")
#: The rest of a label whose opening bracket is missing, where the parser took its office as the label.
REST = lazy(rf"[^\s（()）。、「」]{{1,8}}(?:[ 　]{{1,2}}[^\s（()）。、「」]{{1,6}})?[）)](?=[ 　{ENDS}])")

#: The same as they are looked for where lines begin, with something behind them that speech has.
LOOKED_FOR_SHAPED = (
    rf"[^{NO}]{{1,20}}+(?:[ 　]{{1,2}}+[^{NO}]{{1,20}}+)?+{_INNER}(?:[{BLANKS}{ENDS}]|\Z)",
    SPACED_OUT,
)
LOOKED_FOR_PLAIN = (
    rf"(?=[^{NO}]{{2,15}}+[{BLANKS}（(])"  # nearly no line gets past this
    rf"[^{NO}]{{1,13}}(?:[君氏様員長官監事役臣理行]|さん)(?:[（(][^\s（()）]{{1,4}}[）)][^{NO}]{{1,4}})?"
    rf"[{BLANKS}]+[^。{ENDS}]{{2,200}}。"
)
LOOKED_FOR_BEFORE_COLON = rf"[^{NO}]{{1,8}}[；;.．・｜|{BLANKS}]"
LOOKED_FOR_ALONE = rf"[^{NO}]{{2,12}}+[{BLANKS}]*[{ENDS}]"


def weight(label: str) -> float:
    """How much a label looks like one, a bracket that is missing put aside."""
    return weigh(label if "（" in label or "(" in label else label.rstrip("）)")).score


def names(label: str) -> bool:
    """Whether a label names a person, so that hardly anything else at the beginning of a line reads like it."""
    parts = take_apart(label)
    known = parts.role is not None or parts.title is not None or label.endswith((*HONORIFICS, "議員", "委員"))
    return parts.name is not None and (known or closes(label))


def person(label: str) -> bool:
    """Whether a label without brackets names a person with an office or an honorific."""
    parts = take_apart(label)
    office = parts.role is not None or label.endswith(HONORIFICS)
    return weigh(label).score >= 0.5 and parts.name is not None and office


def closes(label: str) -> bool:
    """Whether a label ends in a bracket."""
    return label[-1:] in ("）", ")")


def spaced(label: str) -> bool:
    """Whether blanks stand inside a label."""
    return any(blank in label for blank in BLANKS)


def matched(text: str, tight: str) -> int | None:
    """Where *tight* ends at the beginning of *text*, blanks and brackets aside, with a bracket right behind it."""
    at = 0
    for wanted in tight:
        while at < len(text) and text[at] in BLANKS + OPENING + CLOSING:
            at += 1
        if at >= len(text) or text[at] != wanted:
            return None
        at += 1
    rest = text[at:].lstrip(BLANKS)
    return len(text) - len(rest) + 1 if rest[:1] in ("）", ")") else at
