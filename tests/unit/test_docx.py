"""Word files: what a reader sees in Word is what stands in the text, in the same order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus import NAMES, document
from tests.making_office import changed, docx_of, docx_with, said, saved

from minutes_cli.errors import IngestError
from minutes_cli.ingest import understand
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content, properties=""):
    content = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{''.join(map(par, cell.split('|')))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def read(body, **parts):
    return understand("記録.docx", docx_with(body, parts))


def text(body, **parts):
    return read(body, **parts).text.removesuffix("\n")


def rules(source):
    return {finding.rule: finding.message for finding in source.findings}


@pytest.mark.parametrize("name", NAMES)
def test_a_word_file_made_of_a_record_has_the_same_turns_on_the_same_pages(name):
    record = document(name)
    made = parse(normalize(understand("記録.docx", docx_of(record.view.source.text))).view)
    assert said(made) == said(record)


WORDS = st.text(alphabet="議長（氏）○、。１1Aa 　ー\U00020b9f", min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=8).filter(lambda lines: any(line.strip() for line in lines)))
def test_paragraphs_are_lines(lines):
    import docx
    from tests.making_office import saved

    made = docx.Document()
    for line in lines:
        made.add_paragraph().add_run(line)
    source = understand("a.docx", saved(made.save))
    assert source.text == "".join(f"{line}\n" for line in lines)
    for start, line in zip(source.line_starts, lines, strict=True):
        if line.strip():
            count = sum(bool(other.strip()) for other in source.text[: start + len(line)].split("\n"))
            assert source.where(start) == f"paragraph {count}"


def test_what_is_cut_into_runs_links_controls_and_insertions_is_one_line():
    body = par(
        run("町") + f'<w:hyperlink r:id="x">{run("長")}</w:hyperlink><w:smartTag>{run("は")}</w:smartTag>'
        f'<w:sdt><w:sdtPr/><w:sdtContent>{run("雪")}</w:sdtContent></w:sdt><w:ins w:id="1">{run("を")}</w:ins>'
        + run("見た。")
    )
    assert text(body + f"<w:sdt><w:sdtContent>{par('次')}</w:sdtContent></w:sdt>") == "町長は雪を見た。\n次"


def test_changes_are_as_accepted_and_what_is_deleted_is_said():
    gone = '<w:del w:id="1"><w:r><w:delText>三</w:delText></w:r><w:r><w:delText>百円</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("移した文")}</w:moveFrom>'
    source = read(par(run("料金は") + gone + f'<w:ins w:id="3">{run("四百円")}</w:ins>' + moved + run("です。")))
    assert source.text == "料金は四百円です。\n"
    assert rules(source)["deleted-text"].startswith("2 deletions") and "三百円" in rules(source)["deleted-text"]
    assert "paragraph 1" in rules(source)["deleted-text"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    assert text(par("前半", '<w:rPr><w:del w:id="1"/></w:rPr>') + par("後半") + par("次")) == "前半後半\n次"


def test_hidden_text_is_left_out_and_said():
    source = read(par(run("見える") + run("隠し", "<w:vanish/>") + run("。", '<w:vanish w:val="0"/>')))
    assert source.text == "見える。\n" and "隠し" in rules(source)["hidden-text"]


def test_the_result_of_a_field_is_shown_and_its_instruction_is_not():
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    field = mark("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + run("条件") + mark("separate")
    assert text(par(run("本日は") + field + run("八月") + mark("end") + run("です。"))) == "本日は八月です。"
    assert text(par(f'<w:fldSimple w:instr="DATE">{run("八月")}</w:fldSimple>')) == "八月"


def test_breaks_tabs_ruby_and_symbols():
    ruby = f"<w:r><w:ruby><w:rt>{run('うじ')}</w:rt><w:rubyBase>{run('宇治')}</w:rubyBase></w:ruby></w:r>"
    assert text(par(run("左") + "<w:r><w:br/></w:r>" + run("右"))) == "左\n右"
    assert text(par(run("○議長") + "<w:r><w:tab/></w:r>" + run("開会します。"))) == "○議長　開会します。"
    assert text(par(ruby + run("市"))) == "宇治（うじ）市"
    source = read(
        par('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r><w:r><w:sym w:font="外" w:char="F041"/></w:r>')
    )
    assert source.text == "✓〓\n" and "F041 of 外" in rules(source)["unreadable-symbol"]


def test_formulas_are_written_in_a_line():
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    source = read(par(run("割合は") + f"<m:oMath>{half}</m:oMath>"))
    assert source.text == "割合は1/2\n" and "formula" in rules(source)


BOX = f"<w:txbxContent>{par('箱の中')}</w:txbxContent>"
TWICE = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_comes_once_behind_its_paragraph():
    source = read(par(TWICE + run("本文")) + par("次"))
    assert source.text == "本文\n箱の中\n次\n"
    assert [anchor.place for anchor in source.anchors] == ["paragraph 1", "paragraph 1, text box", "paragraph 2"]


def test_pictures_are_counted():
    picture = '<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'
    source = read(par("図１") + par("") + par(picture) + par(picture) + par("図２"))
    assert rules(source)["picture"].startswith("2 pictures") and "paragraph 2" in rules(source)["picture"]
    assert source.where(source.text.index("図２")) == "paragraph 4"


def test_headings_are_hinted_by_style_and_by_outline_level():
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="見出し 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    body = (
        par("会期", '<w:pStyle w:val="a"/>') + par("日程", '<w:pStyle w:val="b"/>')
        + par("節", '<w:outlineLvl w:val="0"/>') + par("本文", '<w:pStyle w:val="b"/><w:outlineLvl w:val="9"/>')
    )  # fmt: skip
    raw = changed(docx_with(body), {"word/styles.xml": lambda old: old.replace("</w:styles>", styles + "</w:styles>")})
    source = understand("a.docx", raw)
    assert [(source.text[h.span.start : h.span.end], h.level) for h in source.hints] == [
        ("会期", 2),
        ("日程", 2),
        ("節", 1),
    ]


def test_an_indentation_of_a_character_is_an_ideographic_blank():
    body = par("一字下げ", '<w:ind w:firstLineChars="100" w:firstLine="220"/>') + par(
        "同じく", '<w:ind w:firstLine="220"/>'
    )
    assert (
        text(body + par("　二重にはしない", '<w:ind w:firstLineChars="100"/>'))
        == "　一字下げ\n　同じく\n　二重にはしない"
    )


def test_tables_are_rows_of_cells():
    assert text(table(["町長", "橘川"], ["議長", "氷室"])) == "町長\t橘川\n議長\t氷室"
    assert text(table(["議長", "開会します。|次に移ります。"])) == "議長\t開会します。\n次に移ります。"
    assert (
        text(table(["議長|（氷室）", "開会します。|異議なし。|次。"]))
        == "議長\t開会します。\n（氷室）\t異議なし。\n次。"
    )
    assert text(table(["○議長　開会します。|○町長　はい。"])) == "○議長　開会します。\n○町長　はい。"


def test_merged_cells_come_once_and_tables_in_tables_are_lines():
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    top = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{par("議長")}</w:tc>'
    body = f"<w:tbl><w:tr>{top}<w:tc>{par('甲')}</w:tc></w:tr><w:tr>{below}<w:tc>{par('乙')}</w:tc></w:tr></w:tbl>"
    assert text(body) == "議長\t甲\n\t乙"
    inner = table(["一", "二"])
    source = read(f"<w:tbl><w:tr><w:tc>{inner}{par('後')}</w:tc></w:tr></w:tbl>{par('終')}")
    assert source.text == "一\t二\n後\n終\n"
    assert [anchor.place for anchor in source.anchors] == ["table 1, row 1", "paragraph 1"]


RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"
ASKED = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (par("一") + par(RENDERED + run("二")), "一\f二"),
        (par(run("一は") + RENDERED + run("続く")), "一は\f続く"),
        (par("一") + par(ASKED) + par(RENDERED + run("二")), "一\f二"),
        (par("一") + par(ASKED) + par("") + par(RENDERED + run("二")), "一\f\n二"),
        (par("一") + par(ASKED) + par(ASKED) + par("三"), "一\f\f三"),
        (par("一") + par("二", "<w:pageBreakBefore/>"), "一\f二"),
        (par("一") + par(RENDERED + run("二"), "<w:pageBreakBefore/>"), "一\f二"),
        (par("一", "<w:sectPr/>") + par(RENDERED + run("二")) + "<w:sectPr/>", "一\f二"),
        (par("一", "<w:sectPr/>") + par("二") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>', "一\n二"),
        (par("一", "<w:sectPr/>") + par("三") + '<w:sectPr><w:type w:val="oddPage"/></w:sectPr>', "一\f\f三"),
    ],
)
def test_pages_are_those_that_word_showed(body, shown):
    source = read(body)
    assert source.text.replace("\f\n\f", "\f\f").removesuffix("\n") == shown


def test_a_row_that_reaches_over_a_page_breaks_it_once():
    cell = f"<w:tc>{par(run('左') + RENDERED + run('側'))}</w:tc>"
    assert text(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>").count("\f") == 1


def pages_said(raw, number):
    app = "docProps/app.xml"
    return changed(raw, {app: lambda old: old.replace("<Pages>1</Pages>", f"<Pages>{number}</Pages>")})


def test_a_file_that_does_not_say_where_its_pages_end_has_no_page_numbers():
    raw = docx_with(par("一") + par(ASKED) + par("二"))
    assert understand("a.docx", pages_said(raw, 2)).text == "一\f二\n"
    source = understand("a.docx", pages_said(raw, 9))
    assert "\f" not in source.text and "no-page-numbers" in rules(source)
    raw = docx_with(par("一") + par(RENDERED + run("二")))
    assert "9 pages" in rules(understand("a.docx", pages_said(raw, 9)))["page-numbers"]


def test_notes_stand_at_the_end_as_nobodys_speech():
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">{par("出典は県。")}</w:footnote>'  # noqa: E501
    body = par(run("○議長（氷室孝志君）　雪は") + note + run("四メートルです。")) + par("○町長（橘川怜子君）　はい。")
    source = read(body, footnotes=notes)
    assert (
        source.text
        == "○議長（氷室孝志君）　雪は（注1）四メートルです。\n○町長（橘川怜子君）　はい。\n（注1）出典は県。\n"
    )
    assert source.where(source.text.index("出典")) == "footnote 1"
    assert [turn.text for turn in parse(source).turns] == ["雪は（注1）四メートルです。", "はい。"]


def test_running_headers_stand_there_once_without_their_page_numbers():
    page = f'<w:fldSimple w:instr=" PAGE ">{run("7")}</w:fldSimple>'
    sections = '<w:sectPr><w:headerReference w:type="default" r:id="xheader1"/><w:footerReference w:type="default" r:id="xfooter1"/></w:sectPr>'  # noqa: E501
    source = read(par("本文") + sections, header1=par(run("潮見町議会") + page), footer1=par(page))
    assert source.text == "潮見町議会\n本文\n" and source.hints[0].span == (0, 5)


def test_comments_are_counted():
    body = par(run("本文") + '<w:r><w:commentReference w:id="0"/></w:r>')
    assert rules(read(body))["comment"].startswith("1 comment")


def test_a_comment_is_told_by_its_first_words():
    import docx

    document = docx.Document()
    run = document.add_paragraph("本文").runs[0]
    document.add_comment(run, text="数字を確かめること", author="架空", initials="架")
    assert "(数字を確かめること); paragraph 1" in rules(understand("a.docx", saved(document.save)))["comment"]


def test_a_strict_file_and_one_with_macros_read_the_same():
    raw = docx_with(par("本文"))
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = {
        "[Content_Types].xml": lambda old: old.replace(
            content, "application/vnd.ms-word.document.macroEnabled.main+xml"
        )
    }
    strict = {
        name: lambda old: old.replace("http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument")
        .replace("http://schemas.openxmlformats.org/wordprocessingml/2006", "http://purl.oclc.org/ooxml/wordprocessingml")
        for name in ("_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels")
    }  # fmt: skip
    assert understand("a.docm", changed(raw, macro)).text == understand("a.docx", changed(raw, strict)).text == "本文\n"


def test_files_without_text_or_parts_are_refused_with_a_line():
    for raw in (docx_with(""), changed(docx_with(par("a")), {"word/document.xml": "<a/>"})):
        with pytest.raises(IngestError) as error:
            understand("空.docx", raw)
        assert str(error.value).startswith("空.docx: ") and "\n" not in str(error.value)


def test_a_hundred_tables_in_each_other():
    body = "<w:tbl><w:tr><w:tc>" * 25 + par("a") + "</w:tc></w:tr></w:tbl>" * 25
    with pytest.raises(IngestError, match="20 tables"):
        read(body)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("第２回潮見町子ども子育て会議　議事録", "潮見町子ども子育て会議"),
        ("第２回潮見町総合計画審議会会議　議事録", "潮見町総合計画審議会"),
        ("第２回潮見町本会議議事録", "潮見町本会議"),
        ("第２回潮見町廃棄物減量審議会会議録", "潮見町廃棄物減量審議会"),
    ],
)
def test_the_body_of_a_title_keeps_the_conference_that_is_part_of_its_name(title, body):
    found = parse(read(par(title) + table(("発言者", "発言"), ("座長", "開会します。"), ("座長", "閉会します。"))))
    assert found.meeting.body == body
