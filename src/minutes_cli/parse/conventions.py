"""How records mark their speakers: one row per convention. To support a new layout, add a row and a case.

A row says what a line with a label looks like (``shapes``: patterns with the groups ``label`` and, where
the speech can begin on the same line, ``speech``), which kinds of lines to look at, where the label stands,
and how strong the evidence for a single label must be (:func:`minutes_cli.parse.labels.weigh`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from minutes_cli.lexicon.roles import HONORIFICS, OFFICES
from minutes_cli.parse.guards import (
    DITTO,
    TRUE_ABOVE_SENTENCES,
    TRUE_OF_SENTENCES,
    Candidate,
    Head,
    above_speech,
    beside_speech,
    closes_a_speech,
    glued_to_sentences,
    heading_names_who_speaks,
    no_event,
    no_header_key,
    no_heading_below,
    no_roster,
    opens_text,
    speaks_in_column,
)
from minutes_cli.parse.layout import MARKS, LineKind, Row
from minutes_cli.parse.lines import ANY, Signs
from minutes_cli.patterns import lazy

_OFFICE = "|".join(OFFICES)
_HONORIFIC = "|".join(HONORIFICS)
_BLANKS = " 　\t"
_B = rf"[{_BLANKS}]"
_MARK = rf"(?:[0-9０-９]{{1,5}}[.．:：、\s]?)?[{MARKS}]{_B}*"
_NO = r"\s（()）。、「」：:"  # what a label outside brackets never holds
_POINTS, _ASCII_POINTS = "・･•◦→⇒➡", "-*"
_POINT = rf"(?:(?:[{_POINTS}]|[{_ASCII_POINTS}]{_B}){_B}*)?"  # a bullet that may stand before the label
_BULLETS = _POINTS + _ASCII_POINTS
_SPEECH = rf"{_B}*(?P<speech>.*)$"
_KANJI = "一-龥々"
#: So far from the beginning of its line a label may stand behind a mark and the number of the speech.
MARK_AT_MOST = 8
_ASIDE = rf"{_B}*\*[^*。、「」]{{1,40}}\*"  # a time or place in italics behind a label in bold


class Convention(NamedTuple):
    """A row of the table. ``bar`` is the least evidence for one label, ``prior`` how far the form itself is trusted."""

    name: str
    example: str
    about: str
    shapes: tuple[re.Pattern[str], ...]
    kinds: frozenset[LineKind]
    bar: float = 0.3
    prior: float = 1.0
    where: str = "start"  # or "end": the label closes the paragraph
    below: bool = True  # the speech may begin on the next line
    guards: tuple[Callable[[Candidate], bool], ...] = ()  # what else must be true of a label
    guards_of_sentences: tuple[Callable[[Candidate], bool], ...] = ()  # and where a full stop follows; left empty here
    guards_above_sentences: tuple[Callable[[Candidate], bool], ...] = ()  # and where it stands below; left empty here
    words: frozenset[str] = frozenset()  # labels that are sure by themselves
    lenient: bool = False  # once its labels are known, an unknown one is a speaker, too
    least_labels: int = 1  # different ones that must be there
    only_where: Callable[[Sequence[Row], int], bool] | None = None  # implied by the guards; for forms of any short line
    signs: Signs = ANY  # what every line that a shape fits shows at a glance; saves reading the others
    shape_signs: tuple[str, ...] = ()  # for each shape: one of these stands in what it fits; "" asks for nothing


def _complete(row: Convention) -> Convention:
    """*row* with what follows from the rest of it."""
    asked = row.guards if row.where == "end" else [guard for guard in row.guards if guard not in TRUE_OF_SENTENCES]
    above = [guard for guard in row.guards if guard not in TRUE_ABOVE_SENTENCES]
    signs = row.shape_signs or ("",) * len(row.shapes)
    return row._replace(guards_of_sentences=tuple(asked), guards_above_sentences=tuple(above), shape_signs=signs)


def _shapes(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(lazy(p) for p in patterns)


_OPEN_TEXT = frozenset({LineKind.TEXT, LineKind.TABLE})

_ROWS = (
    Convention(
        "circle-label",
        "○議長（山田太郎君）　これより…",
        "one of ○〇◯◎△▲●◆◇□■ before the label; the speech follows or stands below",
        _shapes(
            # ○議長（山田太郎君）, ○吉川（元）委員, ○（伊藤議長）, ○ 議 長 （ 松 浦 君 ）
            rf"{_MARK}(?P<label>(?:[^{_NO}]{{0,40}}|[^{_NO}]{{1,8}}{_B}{{1,2}}[^{_NO}]{{1,8}}|[^{_NO}](?:{_B}{{1,3}}[^{_NO}]){{1,14}}){_B}*[（(][^（()）。「」]{{1,40}}[）)]"
            rf"(?:(?=\S)(?:{_OFFICE}|{_HONORIFIC}|[（(][^（()）]{{1,4}}[）)]))?){_SPEECH}",
            # ○委員長　山田太郎君　, ○３番　鈴木　花子議員
            rf"{_MARK}(?P<label>[^{_NO}]{{1,14}}{_B}{{1,3}}[^{_NO}]{{1,6}}(?:{_B}{{1,2}}[^{_NO}]{{1,4}})?(?:{_HONORIFIC}|議員))"
            rf"(?:{_B}{_SPEECH}|$)",
            # ○堀　　清君
            rf"{_MARK}(?P<label>[^{_NO}]{{1,4}}{_B}{{1,3}}[^{_NO}]{{1,4}}(?:{_HONORIFIC}|議員|委員))(?:{_B}{_SPEECH}|$)",
            # ○ 議　長　これより…
            rf"{_MARK}(?P<label>[{_KANJI}](?:{_B}{{1,3}}[{_KANJI}]){{1,7}})(?:{_B}{_SPEECH}|$)",
            # ○山田委員　それでは…
            rf"{_MARK}(?P<label>[^{_NO}]{{1,30}})(?:(?:{_B}+|[：:]{_B}*)(?P<speech>.*))?$",
            # ○山田委員「それでは…」
            rf"{_MARK}(?P<label>[^{_NO}]{{1,20}})(?P<speech>「.*)$",
            # ○山田委員それでは…
            rf"{_MARK}(?P<label>[^{_NO}]{{0,10}}?(?:{_OFFICE}|{_HONORIFIC}))(?P<speech>[^{_NO}](?:.{{14}}|.*。).*)$",
        ),
        frozenset({LineKind.MARKED}),
        guards=(no_heading_below, no_roster, glued_to_sentences),
        lenient=True,
        shape_signs=("（(", _BLANKS, _BLANKS, _BLANKS, "", "「", ""),
    ),
    Convention(
        "bracket-label",
        "【委員】　ここは…",
        "the label in 【】, ［］, 〔〕, 〈〉 or ＜＞",
        _shapes(
            rf"{_POINT}【(?P<label>[^【】]{{1,40}})】{_SPEECH}",
            rf"{_POINT}［(?P<label>[^［］]{{1,40}})］{_SPEECH}",
            rf"{_POINT}\[(?P<label>[^\[\]]{{1,40}})\]{_SPEECH}",
            rf"{_POINT}〔(?P<label>[^〔〕]{{1,40}})〕{_SPEECH}",
            rf"{_POINT}[＜〈《](?P<label>[^＜＞〈〉《》]{{1,40}})[＞〉》]{_SPEECH}",
        ),
        frozenset({LineKind.TEXT, LineKind.BRACKETED, LineKind.HEADING, LineKind.BULLET}),
        bar=0.45,
        guards=(no_event, no_heading_below, no_roster),
        lenient=True,
        signs=Signs(first="【［[〔＜〈《" + _BULLETS),
        shape_signs=("【", "［", "[", "〔", "＜〈《"),
    ),
    Convention(
        "question-answer",
        "（問）…　（答）…",
        "問 and 答, 質問 and 回答, Q and A, with or without brackets and numbers",
        _shapes(
            rf"[（(【［〔](?P<label>問|答|質問|回答|答弁|質疑|意見|[QAＱＡ])[0-9０-９]{{0,3}}[）)】］〕]{_SPEECH}",
            rf"(?P<label>問|答|質問|回答|答弁|[QAＱＡ])[0-9０-９]{{0,3}}(?:{_B}+|[.．:：]{_B}*)(?P<speech>\S.*)$",
        ),
        frozenset({LineKind.TEXT, LineKind.BRACKETED, LineKind.NUMBERED, LineKind.BULLET}),
        guards=(no_heading_below,),
        words=frozenset(("問", "答", "質問", "回答", "答弁", "質疑", "意見", "Q", "A", "Ｑ", "Ａ")),
        least_labels=2,
        signs=Signs(first="（(【［〔問答質回QAＱＡ"),
        shape_signs=("問答質回意QAＱＡ", "問答質回QAＱＡ"),
    ),
    Convention(
        "paren-line",
        "（狛江市 CIO 平林 浩一 様）",
        "affiliation, post and name in brackets, alone on the line; the speech stands below",
        _shapes(
            r"[（(](?P<label>[^（()）]{2,60}|[^（()）]{1,40}[（(][^（()）]{1,20}[）)])[）)]$",
            # 1. 挨拶（総務局長 山田 太郎）: who opens stands in the heading
            r"[0-9０-９]{1,2}[.．、\s]\s*[^（()）]{1,40}?[（(](?P<label>[^（()）]{2,60})[）)]$",
        ),
        frozenset({LineKind.BRACKETED, LineKind.NUMBERED}),
        bar=0.45,
        guards=(no_event, no_heading_below, no_roster, heading_names_who_speaks),
    ),
    Convention(
        "paren-label",
        "（委員）ここの数字は…",
        "the label in round brackets, the speech behind it",
        _shapes(rf"{_POINT}[（(](?P<label>[^（()）0-9０-９]{{1,24}}[0-9０-９A-ZＡ-Ｚ]?)[）)]{_B}*(?P<speech>\S.*)$"),
        frozenset({LineKind.TEXT, LineKind.BRACKETED, LineKind.NUMBERED, LineKind.BULLET}),
        bar=0.45,
        below=False,
        guards=(no_event, no_roster),
        lenient=True,
        signs=Signs(first="（(" + _BULLETS),
    ),
    Convention(
        "colon-label",
        "座長：本日は…",
        "the label, a colon, the speech",
        _shapes(
            # **座長**：本日は…
            rf"{_POINT}\*\*(?P<label>[^*：:。、「」]{{1,30}}?){_B}*(?:[：:]\*\*|\*\*{_B}*[：:]|\*\*{_B})(?!{_ASIDE}$){_SPEECH}",
            rf"(?:[\[(（]?[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?[\])）]?{_B}+)?{_POINT}"
            rf"(?P<label>[^{_NO}*][^：:。、「」]{{0,30}}?){_B}*[：:]{_SPEECH}",
        ),
        _OPEN_TEXT | {LineKind.BULLET},
        bar=0.45,
        guards=(no_header_key, no_heading_below, no_roster),
        lenient=True,
        signs=Signs(holds="：:*"),
        shape_signs=("*", "：:"),
    ),
    Convention(
        "half-bracket",
        "委員）ここの数字は…",
        "the label, one closing bracket, the speech",
        _shapes(rf"(?P<label>[^{_NO}]{{1,20}})[)）]{_B}*(?P<speech>\S.*)$"),
        _OPEN_TEXT,
        bar=0.45,
        below=False,
        guards=(no_roster,),
        lenient=True,
        signs=Signs(holds="）)"),
    ),
    Convention(
        "heading-label",
        "### 山田委員",
        "the label as a Markdown heading or in bold, alone on its line; the speech stands below",
        _shapes(
            r"#{1,6}\s*(?P<label>[^。、「」：:]{1,60})$",
            rf"\*\*(?P<label>[^。、「」：:*]{{1,60}})\*\*(?:{_ASIDE})?$",
        ),
        frozenset({LineKind.TEXT, LineKind.HEADING, LineKind.BULLET}),
        bar=0.5,
        prior=0.9,
        guards=(no_header_key, opens_text, no_roster),
        signs=Signs(first="#*"),
    ),
    Convention(
        "bare-line",
        "議長（山田太郎君）",
        "the label alone on its line without any mark; the speech stands below",
        _shapes(r"(?P<label>[^。、「」：:]{1,60})$"),
        frozenset({LineKind.TEXT}),
        bar=0.35,
        prior=0.9,
        guards=(opens_text, no_header_key, no_roster),
        only_where=above_speech,
        lenient=True,
        signs=Signs(lacks="。、「」：:"),
    ),
    Convention(
        "label-column",
        "議 長　　これより…",
        "the label in a column of its own, without any mark; wrapped lines go on below",
        _shapes(
            # 議長（山田太郎君）　これより…
            rf"(?P<label>[^{_NO}]{{1,20}}[（(][^（()）。、「」]{{1,20}}[）)](?:{_HONORIFIC}|議員|委員)?){_B}+(?P<speech>\S.*)$",
            rf"(?:(?:[0-9０-９]{{1,2}}\s?[：:]\s?[0-9０-９]{{2}}|(?:追加)?日程\s?[0-9０-９]{{1,2}}|開会|再開|休憩|閉会|散会){_B}+)?"
            rf"(?P<label>〃|[{_KANJI}](?:{_B}{{1,3}}[{_KANJI}]){{1,7}}|[0-9０-９]{{1,2}}{_B}?番(?:議員|委員)?|[^{_NO}0-9０-９]{{2,14}})"
            rf"{_B}+(?P<speech>\S.*)$",
        ),
        _OPEN_TEXT | {LineKind.NUMBERED},
        bar=0.45,
        prior=0.85,
        below=False,
        guards=(speaks_in_column, no_header_key, no_roster),
        only_where=beside_speech,
        words=DITTO,
        signs=Signs(holds=_BLANKS),
    ),
    Convention(
        "trailing-label",
        "…考えている。（尾崎 財政課長）",
        "the label in brackets at the end of the speech",
        _shapes(r"(?P<speech>.{0,20000}\S)[（(](?P<label>[^（()）。、]{1,30})[）)]$"),
        frozenset({LineKind.TEXT, LineKind.BULLET, LineKind.NUMBERED}),
        bar=-0.3,
        prior=0.9,
        where="end",
        guards=(closes_a_speech,),
        signs=Signs(last="）)"),
    ),
)

CONVENTIONS: tuple[Convention, ...] = tuple(map(_complete, _ROWS))


def inside_line(convention: Convention, head: Head, row: Row) -> bool:
    """Whether the label stands behind text of its line: two columns were read across, or line ends were lost.

    A mark may stand behind the number of the speech, which is shorter than this.
    """
    return LineKind.MARKED in convention.kinds and head.start > row.body + MARK_AT_MOST


def labels_inside(convention: Convention, heads: Iterable[Head], rows: Sequence[Row]) -> list[Head]:
    """Those of *heads* of which :func:`inside_line` is true."""
    if LineKind.MARKED not in convention.kinds:
        return []
    return [head for head in heads if head[2] > rows[head[0]][2] + MARK_AT_MOST]


BY_NAME = {row.name: row for row in CONVENTIONS}
