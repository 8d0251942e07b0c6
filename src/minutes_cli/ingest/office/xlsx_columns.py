"""Which columns of a sheet hold the speakers and what they say: by their names, or by what stands in them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import NamedTuple

from minutes_cli.patterns import lazy

__all__ = ["Columns", "Grid", "Row", "find_columns", "letters"]

_FIRST_ROWS = 20
_LEAST_ROWS = 4
_LONGEST_LABEL = 30
_SENTENCE = lazy("[。！？!?]|ます|です")
_BRACKETED = lazy(r"[（(\[［【〔].*?[）)\]］】〕]|[\s　:：・※*]")

# By what a column may be called, the best name first.
_SPEAKER = (
    "label 発言者名 発言者氏名 発言者 話者名 話者 質問者 発言委員 発言議員 講演者 スピーカー speakername speaker_name "
    "speaker 氏名 名前 委員名 議員名 name 発話者 回答者"
).split()
_TEXT = (
    "text 発言内容 発言 発言要旨 発言本文 発言の内容 発言全文 内容 本文 議事内容 議事 会議内容 発話内容 発話 テキスト "
    "質疑内容 質疑応答 speech content utterance statement transcript 要旨 記録"
).split()
_ROLE = "役職 役職名 職名 職 肩書 肩書き 所属役職 position speakerposition speaker_position role".split()
_AFFILIATION = "所属 会派 所属会派 会派名 所属団体 所属機関 affiliation speakergroup speaker_group group".split()
_HEADING = "議題 見出し 議題名 案件 案件名 議事日程 日程 項目 heading section agenda topic".split()
_MEETING = "会議名 会議名称 会議 委員会名 nameofmeeting meeting".split()
_DATE = "日付 開催日 年月日 期日 会議日 開催年月日 日時 開催日時 date".split()
_PAGE = "ページ 頁 ページ番号 page".split()
#: Names that columns of other tables have as well: of members and their duties, of applicants and what they want.
_GENERAL = frozenset("氏名 名前 委員名 議員名 name 内容 本文 テキスト 要旨 記録 content statement text".split())
#: Columns of our own table of turns beside label and text, by which it is known.
_OURS = frozenset(("path", "order", "kind", "label", "text"))


class Row(NamedTuple):
    """A row by its number and the texts of its cells by their column, both from 1."""

    number: int
    cells: dict[int, str]


Grid = dict[int, Row]
"""Rows by their numbers, in their order; those without text are not there."""


class Columns(NamedTuple):
    """Which column is what (from 1, None where there is none), and in which row their names stand (0: in none).

    ``told``: these names say that it is a table of speeches.
    """

    text: int
    speaker: int | None
    role: int | None = None
    heading: int | None = None
    page: int | None = None
    affiliation: int | None = None
    meeting: int | None = None
    date: int | None = None
    header: int = 0
    others: tuple[int, ...] = ()
    names: dict[int, str] = {}  # noqa: RUF012  # never changed
    told: bool = False


def find_columns(grid: Grid) -> Columns | None:
    """The columns of a sheet of turns; None where it is none."""
    for row in list(grid.values())[:_FIRST_ROWS]:
        found = _by_names(row)
        if found is not None:
            return found
    return _by_content(grid)


def letters(column: int) -> str:
    """The name of a column: A, B … Z, AA …"""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _by_names(row: Row) -> Columns | None:
    names = {at: _squeezed(text) for at, text in row.cells.items()}
    at_of = {name: at for at, name in reversed(names.items())}

    def first(words: list[str], *taken: int | None) -> int | None:
        return next((at_of[word] for word in words if word in at_of and at_of[word] not in taken), None)

    ours = _OURS.issubset(names.values())
    text = first(_TEXT)
    role = None if ours else first(_ROLE, text)
    speaker = first(_SPEAKER, text, role)
    if text is None or (speaker is None and role is None):
        return None
    heading, page = first(_HEADING, text, speaker, role), first(_PAGE)
    known = {text, speaker, role, heading, page}
    affiliation, meeting, date = (None if ours else first(kind, *known) for kind in (_AFFILIATION, _MEETING, _DATE))
    others = () if ours else tuple(at for at in names if at not in known)
    shown = {at: " ".join(name.split()) for at, name in row.cells.items()}
    told = any(names[at] not in _GENERAL for at in (text, speaker) if at is not None)
    return Columns(text, speaker, role, heading, page, affiliation, meeting, date, row.number, others, shown, told)


def _squeezed(name: str) -> str:
    """The name of a column as it is looked up: without blanks, brackets and differences of width and case."""
    folded = unicodedata.normalize("NFKC", name).lower()
    return _BRACKETED.sub("", folded) or folded


def _by_content(grid: Grid) -> Columns | None:
    """Short texts that come back, and beside them long ones that are sentences."""
    columns: dict[int, list[str]] = {}
    for row in grid.values():
        for at, cell in row.cells.items():
            columns.setdefault(at, []).append(cell.strip())
    if not columns:
        return None
    text = max(columns, key=lambda at: sum(map(len, columns[at])))
    said = columns[text]
    if len(said) < _LEAST_ROWS or sum(bool(_SENTENCE.search(cell)) for cell in said) < len(said) * 0.6:
        return None
    labels = [at for at in columns if at < text and _are_labels(columns[at], len(said))]
    if not labels:
        return None
    speaker = max(labels, key=lambda at: len(columns[at]))
    others = tuple(at for at in sorted(columns) if at not in (text, speaker))
    return Columns(text, speaker, others=others)


def _are_labels(cells: list[str], rows: int) -> bool:
    counts = Counter(cells)
    return (
        len(cells) >= max(3, rows * 0.3)
        and max(map(len, counts)) <= _LONGEST_LABEL
        and len(counts) <= len(cells) * 0.7
        and len(counts) >= 2
        and not any(cell.replace(".", "").isdecimal() or _SENTENCE.search(cell) for cell in counts)
    )
