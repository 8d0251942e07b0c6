"""The numbers of lists, as Word and LibreOffice show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.making_office import docx_with

from minutes_cli.ingest import understand
from minutes_cli.ingest.office.numerals import bullet, numeral, odf_format


def numbered(words, list_, level):
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbering}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


LISTS = """<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="aiueoFullWidth"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>
<w:isLgl/><w:lvlText w:val="%1-%3"/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>"""


def test_numbers_of_lists_stand_before_the_text_as_word_shows_them():
    levels = [
        ("目的", 1, 0),
        ("趣旨", 1, 1),
        ("範囲", 1, 1),
        ("枝", 1, 2),
        ("定義", 1, 0),
        ("語", 1, 1),
        ("点", 2, 0),
        ("附則", 3, 0),
    ]
    body = "".join(numbered(words, list_, level) for words, list_, level in levels)
    assert understand("a.docx", docx_with(body, {"numbering": LISTS})).text.splitlines() == [
        "第１条　目的", "（ア）趣旨", "（イ）範囲", "1-1 枝", "第２条　定義", "（ア）語", "・点", "第７条　附則",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("decimal", "1 2 10 21"),
        ("decimalFullWidth", "１ ２ １０ ２１"),
        ("japaneseCounting", "一 二 十 二十一"),
        ("aiueoFullWidth", "ア イ コ ナ"),
        ("irohaFullWidth", "イ ロ ヌ ナ"),
        ("decimalEnclosedCircle", "① ② ⑩ ㉑"),
        ("lowerRoman", "i ii x xxi"),
        ("upperLetter", "A B J U"),
        ("ideographTraditional", "甲 乙 癸 21"),
    ],
)
def test_numerals(style, shown):
    assert " ".join(numeral(n, style) for n in (1, 2, 10, 21)) == shown


@given(
    st.integers(0, 10**6), st.sampled_from(["decimal", "lowerLetter", "upperRoman", "japaneseCounting", "iroha", "?"])
)
def test_every_number_is_shown_somehow(value, style):
    assert numeral(value, style).strip()


def test_formats_of_opendocument_and_bullets():
    assert [odf_format(s) for s in ("1", "一, 二, 三, ...", "①, ②, ③, ...", "?")] == [
        "decimal", "japaneseCounting", "decimalEnclosedCircle", "decimal",
    ]  # fmt: skip
    assert [bullet(c) for c in "•\uf06c○※"] == ["・", "・", "○", "※"]
