"""OpenDocument texts: what a reader sees in LibreOffice is what stands in the text, in the same order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus import NAMES, document
from tests.making_office import changed, odt_of, said

from minutes_cli.errors import IngestError
from minutes_cli.ingest import understand
from minutes_cli.ingest.office import odt_body
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse

URN = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{short}="{URN}{name}:1.0"'
    for short, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
EMPTY = odt_of("空")


def read(body, styles="", meta=None):
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {"content.xml": content}
    if meta is not None:
        parts["meta.xml"] = f'<office:meta {NAMESPACES} xmlns:meta="m" meta:page-count="{meta}"/>'
    return understand("記録.odt", changed(EMPTY, parts))


def text(body, styles=""):
    return read(body, styles).text.removesuffix("\n")


def par(content, style=""):
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def rules(source):
    return {finding.rule: finding.message for finding in source.findings}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_made_of_a_record_has_the_same_turns_on_the_same_pages(name):
    record = document(name)
    made = parse(normalize(understand("記録.odt", odt_of(record.view.source.text))).view)
    assert said(made) == said(record)


@given(st.lists(st.text(alphabet="議長（）○。1a　ー\U00020b9f", min_size=1, max_size=9), min_size=1, max_size=6))
def test_paragraphs_are_lines(lines):
    if not any(line.strip() for line in lines):
        lines = [*lines, "終"]
    source = read("".join(map(par, lines)))
    assert source.text == "".join(f"{line}\n" for line in lines)


def test_blanks_tabs_breaks_spans_links_and_ruby():
    ruby = "<text:ruby><text:ruby-base>宇治</text:ruby-base><text:ruby-text>うじ</text:ruby-text></text:ruby>"
    assert text(par(f"{ruby}市<text:line-break/>右")) == "宇治（うじ）市\n右"
    assert text(par("○議長<text:tab/>開会します。")) == "○議長　開会します。"
    assert text(par(' 町<text:span>長</text:span><text:a>は</text:a>\n  <text:s text:c="2"/>行く')) == "町長は   行く"


def test_headings_with_their_levels_and_pages():
    source = read(
        '<text:h text:outline-level="2" text:is-list-header="true">会期</text:h>' + par("本<text:soft-page-break/>文")
    )
    assert source.text == "会期\n本\f文\n" and source.hints[0].level == 2
    breaks = '<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>'  # noqa: E501
    assert text(par("一", "P") + par("二", "P"), breaks) == "一\f二"


LIST = """<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="ア, イ, ウ, ..." style:num-prefix="（" style:num-suffix="）">
<style:list-level-properties><style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties>
</text:list-level-style-number></text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>"""  # noqa: E501


def item(*content, start=""):
    return f"<text:list-item{start}>{''.join(content)}</text:list-item>"


def test_numbers_of_lists():
    inner = f"<text:list>{item(par('甲'))}{item(par('乙'))}</text:list>"
    first = (
        f'<text:list text:style-name="L">{item(par("会期"), par("続き"), inner)}{item(par("日程"), inner)}</text:list>'
    )
    more = f'<text:list text:style-name="L" text:continue-numbering="true">{item(par("閉会"))}</text:list>'
    anew = f'<text:list text:style-name="L">{item(par("別"))}</text:list>'
    points = f'<text:list text:style-name="B">{item(par("点"))}</text:list>'
    assert text(first + more + anew + points, LIST).split("\n") == [
        "1.　会期", "続き", "（ア）甲", "（イ）乙", "2.　日程", "（ア）甲", "（イ）乙", "3.　閉会", "1.　別", "・点",
    ]  # fmt: skip


def test_tables_boxes_and_notes():
    row = "<table:table-row>{}</table:table-row>"
    cells = "<table:table-cell><text:p>議長</text:p></table:table-cell><table:covered-table-cell/>"
    cells += "<table:table-cell><text:p>開会します。</text:p><text:p>次です。</text:p></table:table-cell>"
    assert text(f"<table:table>{row.format(cells)}</table:table>") == "議長\t\t開会します。\n次です。"
    box = "<draw:frame><draw:text-box><text:p>箱</text:p></draw:text-box></draw:frame>"
    assert text(par(f"本文{box}")) == "本文\n箱"
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>出典</text:p></text:note-body></text:note>"  # noqa: E501
    source = read(par(f"雪は{note}四メートル") + par("次"))
    assert source.text == "雪は（注1）四メートル\n次\n（注1）出典\n"
    assert source.where(source.text.index("出典")) == "footnote 1"


def test_changes_comments_and_hidden_text():
    deleted = "<text:tracked-changes><text:changed-region><text:deletion><text:p>消した</text:p></text:deletion></text:changed-region></text:tracked-changes>"  # noqa: E501
    hidden = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    body = par(
        '見える<text:span text:style-name="H">隠し</text:span><office:annotation><text:p>注釈</text:p></office:annotation>'  # noqa: E501
    )
    source = read(deleted + body, hidden)
    assert source.text == "見える\n"
    assert "消した" in rules(source)["deleted-text"] and "隠し" in rules(source)["hidden-text"]
    assert "注釈" in rules(source)["comment"]


def test_a_file_that_does_not_say_where_its_pages_end_has_no_page_numbers():
    assert "no-page-numbers" in rules(read(par("本文"), meta=7))
    assert rules(read(par("本<text:soft-page-break/>文"), meta=2)) == {}


def test_what_is_repeated_a_billion_times():
    row = '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>'  # noqa: E501
    for body in (f"<table:table>{row}</table:table>", par('<text:s text:c="1000000000"/>a')):
        with pytest.raises(IngestError, match=f"{odt_body.MAX_REPEATED:,} times"):
            read(body)
