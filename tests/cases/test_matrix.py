"""One made-up meeting printed in every way that records are: marks, label shapes, wraps, blank lines, page marks.

Each way must give back the same turns. To support a new way, add a line to STYLES.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import NamedTuple

import pytest

from minutes_cli.ingest.text import from_text
from minutes_cli.parse import parse


class Person(NamedTuple):
    role: str
    surname: str
    given: str
    seat: str = ""


CHAIR = Person("委員長", "氷室", "孝志")
MEMBER = Person("委員", "堂園", "なつき", "３番")
OTHER = Person("委員", "纐纈", "千夏", "１１番")
MAYOR = Person("町長", "橘川", "怜子")
STAFF = Person("水産課長", "帆足", "剣")

SPEECHES: list[tuple[Person, list[str]]] = [
    (CHAIR, ["ただいまから産業委員会を開きます。", "本日は漁港の係船料について話し合います。町長から説明を求めます。"]),
    (
        MAYOR,
        [
            "係船料は平成十三年から変わっておりません。燃料の値段も上がり、桟橋の手入れに足りなくなってまいりました。",
            "そこで一メートル当たり二百円に改めたいと考えております。",
        ],
    ),
    (CHAIR, ["質疑のある方は挙手をお願いします。"]),
    (MEMBER, ["遊覧船は今、町に一隻もありません。どこかから話があるのですか。"]),
    (
        STAFF,
        [
            "隣の区の会社から、夏の間だけ寄港したいという相談を二件受けております。一件は八月、もう一件は七月からの予定です。"
        ],
    ),
    (MEMBER, ["夏だけでは桟橋が空いてしまいます。冬の使い道は考えていますか。"]),
    (STAFF, ["冬は漁船の修理に使っていただくつもりです。"]),
    (CHAIR, ["ほかにございますか。"]),
    (OTHER, ["漁師の皆さんには、いつ知らせるのですか。", "知らないうちに値上げというのは困ります。"]),
    (MAYOR, ["六月の組合の集まりで私から話します。"]),
    (CHAIR, ["それでは、この件は次回も続けます。本日はこれで終わります。"]),
]

Style = Callable[[Person], str]
#: How a label is printed, and what of it is the label. A space at the end: the speech follows on the line.
STYLES: dict[str, tuple[Style, Style]] = {
    "○役（名君）": (
        lambda p: f"○{p.role}（{p.surname}{p.given}君）　",
        lambda p: f"{p.role}（{p.surname}{p.given}君）",
    ),
    "◯役（名）": (lambda p: f"◯{p.role}（{p.surname}{p.given}）　", lambda p: f"{p.role}（{p.surname}{p.given}）"),
    "●役(名君) half": (lambda p: f"●{p.role}({p.surname}{p.given}君) ", lambda p: f"{p.role}({p.surname}{p.given}君)"),
    "◆番（名議員）": (
        lambda p: f"◆{p.seat or p.role}（{p.surname}{p.given}議員）　",
        lambda p: f"{p.seat or p.role}（{p.surname}{p.given}議員）",
    ),
    "○姓役": (lambda p: f"○{p.surname}{p.role}　", lambda p: f"{p.surname}{p.role}"),
    "〇名役　　": (lambda p: f"〇{p.surname}{p.given}{p.role}　　", lambda p: f"{p.surname}{p.given}{p.role}"),
    "○（役 名君）": (
        lambda p: f"○（{p.role}　{p.surname}{p.given}君）　",
        lambda p: f"{p.role}　{p.surname}{p.given}君",
    ),
    "○（名役）": (lambda p: f"○（{p.surname}{p.given}{p.role}）　", lambda p: f"{p.surname}{p.given}{p.role}"),
    "○ 役（名君） spaced": (
        lambda p: f"○ {' '.join(p.role)} （ {' '.join(p.surname + p.given)} 君 ） ",
        lambda p: f"{' '.join(p.role)} （ {' '.join(p.surname + p.given)} 君 ）",
    ),
    "○役　名君": (lambda p: f"○{p.role}　{p.surname}{p.given}君　", lambda p: f"{p.role}　{p.surname}{p.given}君"),
    "○番　名議員": (
        lambda p: f"○{p.seat or p.role}　{p.surname}　{p.given}議員　",
        lambda p: f"{p.seat or p.role}　{p.surname}　{p.given}議員",
    ),
    "○役　名": (lambda p: f"○{p.role}　{p.surname}{p.given}　", lambda p: f"{p.role}　{p.surname}{p.given}"),
    "○名君": (lambda p: f"○{p.surname}{p.given}君　", lambda p: f"{p.surname}{p.given}君"),
    "○姓　名君": (lambda p: f"○{p.surname}　{p.given}君　", lambda p: f"{p.surname}　{p.given}君"),
    "○名さん": (lambda p: f"○{p.surname}さん　", lambda p: f"{p.surname}さん"),
    "○役:": (lambda p: f"○{p.surname}{p.role}：", lambda p: f"{p.surname}{p.role}"),
    "○姓（役）": (lambda p: f"○{p.surname}委員（{p.role}）　", lambda p: f"{p.surname}委員（{p.role}）"),
    "【姓役】": (lambda p: f"【{p.surname}{p.role}】", lambda p: f"{p.surname}{p.role}"),
    "［役］": (lambda p: f"［{p.surname}{p.role}］　", lambda p: f"{p.surname}{p.role}"),
    "〔姓役〕": (lambda p: f"〔{p.surname}{p.role}〕", lambda p: f"{p.surname}{p.role}"),
    "＜姓役＞": (lambda p: f"＜{p.surname}{p.role}＞", lambda p: f"{p.surname}{p.role}"),
    "（姓役）": (lambda p: f"（{p.surname}{p.role}）", lambda p: f"{p.surname}{p.role}"),
    "・（姓役）": (lambda p: f"・（{p.surname}{p.role}）", lambda p: f"{p.surname}{p.role}"),
    "姓役：": (lambda p: f"{p.surname}{p.role}：", lambda p: f"{p.surname}{p.role}"),
    "姓役　：": (lambda p: f"{p.surname}{p.role} : ", lambda p: f"{p.surname}{p.role}"),
    "・姓役：": (lambda p: f"・{p.surname}{p.role}：", lambda p: f"{p.surname}{p.role}"),
    "**姓役**：": (lambda p: f"**{p.surname}{p.role}**：", lambda p: f"{p.surname}{p.role}"),
    "姓役）": (lambda p: f"{p.surname}{p.role}）", lambda p: f"{p.surname}{p.role}"),
    "姓役　": (lambda p: f"{p.surname}{p.role}　", lambda p: f"{p.surname}{p.role}"),
    "姓役 tab": (lambda p: f"{p.surname}{p.role}\t", lambda p: f"{p.surname}{p.role}"),
    "### 姓役": (lambda p: f"### {p.surname}{p.role}", lambda p: f"{p.surname}{p.role}"),
    "**姓役**": (lambda p: f"**{p.surname}{p.role}**", lambda p: f"{p.surname}{p.role}"),
    "姓役　　": (lambda p: f"{p.surname}{p.role}　　　　", lambda p: f"{p.surname}{p.role}"),
    "役（名君）": (lambda p: f"{p.role}（{p.surname}{p.given}君）　", lambda p: f"{p.role}（{p.surname}{p.given}君）"),
}
BELOW = [
    "○役（名君）",
    "◯役（名）",
    "○姓役",
    "○（名役）",
    "○姓（役）",
    "【姓役】",
    "［役］",
    "役（名君）",
    "姓役　",
    "○名さん",
]

ONLY_BELOW = ["### 姓役", "**姓役**"]


def wrap(line: str, width: int | None) -> str:
    """*line* broken hard at *width* characters."""
    if width is None:
        return line
    return "\n".join(line[i : i + width] for i in range(0, len(line), width))


def printed(style: str, *, below: bool, indent: bool, width: int | None, apart: bool, pages: bool, header: bool) -> str:
    """The meeting in one way of printing."""
    label, _ = STYLES[style]
    parts = ["潮見町議会産業委員会会議録\n令和７年５月２０日（火曜日）\n午前１０時００分開会\n"] if header else []
    for n, (person, paragraphs) in enumerate(SPEECHES):
        first, *rest = paragraphs
        lead = label(person)
        blank = "　" if indent else ""
        lines = [lead.rstrip() if below else wrap(lead + first, width)]
        lines += [wrap(blank + p, width) for p in ([first] if below else []) + rest]
        parts.append("\n".join(lines) + ("\n\n" if apart else "\n"))
        if pages and n in (2, 4, 6):
            parts.append(f"- {n} -\n")
    return "".join(parts)


def _tight(text: str) -> str:
    return "".join(text.split())


def _name(style: str, below: bool, indent: bool, width: int | None, apart: bool, pages: bool, header: bool) -> str:
    said = {"below": below, "indented": indent, f"wrapped {width}": width, "blank lines": apart, "pages": pages}
    return "|".join([style, *(word for word, holds in {**said, "header": header}.items() if holds)])


WAYS = [
    pytest.param(*way, id=_name(*way))
    for style in STYLES
    for below in ((True,) if style in ONLY_BELOW else (False, True) if style in BELOW else (False,))
    for indent, width, apart in itertools.product((False, True), (None, 36), (False, True))
    for pages, header in ((False, True), (True, False))
    for way in [(style, below, indent, width, apart, pages, header)]
]  # fmt: skip


def test_a_label_that_a_wrap_cuts_in_two() -> None:
    label, _ = STYLES["○役（名君）"]
    for cut in range(8, 12):
        lines = []
        for person, paragraphs in SPEECHES:
            lead = label(person)
            first = lead[:cut] + "\n" + lead[cut:] if len(lead) > cut + 1 else lead
            lines.append(first + "\n".join(paragraphs))
        doc = parse(from_text("\n".join(lines)))
        assert [_tight(t.text) for t in doc.turns] == [_tight("".join(p)) for _, p in SPEECHES]
        assert {t.label for t in doc.turns} >= {"委員長（氷室孝志君）", "水産課長（帆足剣君）"}


@pytest.mark.parametrize(("style", "below", "indent", "width", "apart", "pages", "header"), WAYS)
def test_the_same_turns(
    style: str, below: bool, indent: bool, width: int | None, apart: bool, pages: bool, header: bool
) -> None:
    text = printed(style, below=below, indent=indent, width=width, apart=apart, pages=pages, header=header)
    doc = parse(from_text(text))
    _, label = STYLES[style]
    want = [(_tight(label(person)), _tight("".join(paragraphs))) for person, paragraphs in SPEECHES]
    assert [(_tight(t.label or ""), _tight(t.text)) for t in doc.turns] == want, (doc.layout, text)
