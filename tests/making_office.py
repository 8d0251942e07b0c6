"""Office files made of records, for the tests of their readers: one paragraph (or row) a line."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO

from minutes_cli.model import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINE_ENDS = str.maketrans({"\r": "", "\x0b": "", "\x1a": ""})


def pages_of(text: str) -> list[list[str]]:
    """The lines of the pages of *text*."""
    return [page.removesuffix("\n").split("\n") for page in text.translate(_LINE_ENDS).split("\f")]


def docx_of(text: str) -> bytes:
    """A Word file: a paragraph a line; where the text has a form feed, the next paragraph begins a rendered page."""
    import docx
    from docx.oxml import OxmlElement

    document = docx.Document()
    for number, page in enumerate(pages_of(text)):
        for at, line in enumerate(page):
            paragraph = document.add_paragraph()
            run = paragraph.add_run()
            if number and not at:
                run._r.append(OxmlElement("w:lastRenderedPageBreak"))
            run.add_text(line)
    return saved(document.save)


def odt_of(text: str) -> bytes:
    """An OpenDocument text: a paragraph a line, soft page breaks for form feeds."""
    from odfdo import Document, Element, Paragraph

    document = Document("text")
    document.body.clear()
    for number, page in enumerate(pages_of(text)):
        for at, line in enumerate(page):
            paragraph = Paragraph(line)
            if number and not at:
                paragraph.insert(Element.from_tag("<text:soft-page-break/>"), position=0)
            document.body.append(paragraph)
    return saved(document.save)


def xlsx_of(rows: Iterable[Iterable[object]], sheet: str = "会議録") -> bytes:
    """A workbook of one sheet with these rows."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    return saved(book.save)


def docx_with(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this XML in its body (namespaces w, r, mc, m, wps, wp, v, a are known).

    *parts*: what other parts hold, as ``footnotes`` -> the XML inside of the root element of word/footnotes.xml.
    """
    import docx

    names = (
        f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    given = dict(parts or {})
    changes: dict[str, str | Callable[[str], str]] = {
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>"
    }
    links, types = "", ""
    for part, xml in given.items():
        kind = part.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        changes[f"word/{part}.xml"] = f"<w:{root} {names}>{xml}</w:{root}>"
        if part not in ("numbering", "styles"):
            links += f'<Relationship Id="x{part}" Type="{relation}/{kind}" Target="{part}.xml"/>'
            types += f'<Override PartName="/word/{part}.xml" ContentType="{content}.{kind}+xml"/>'
    changes["word/_rels/document.xml.rels"] = lambda old: old.replace("</Relationships>", links + "</Relationships>")
    changes["[Content_Types].xml"] = lambda old: old.replace("</Types>", types + "</Types>")
    return changed(saved(docx.Document().save), changes)


def changed(package: bytes, parts: Mapping[str, str | bytes | Callable[[str], str]]) -> bytes:
    """*package* with other *parts*: whole ones, or made of what they were."""
    out = BytesIO()
    left = dict(parts)
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            change = left.pop(info.filename, data)
            new.writestr(info.filename, change(data.decode()) if callable(change) else change, info.compress_type)
        for name, change in left.items():
            assert not callable(change), f"{name} is not there"
            new.writestr(name, change)
    return out.getvalue()


def saved(save: Callable[[BytesIO], object]) -> bytes:
    """The bytes that *save* writes."""
    out = BytesIO()
    save(out)
    return out.getvalue()


def said(document: Document) -> list[tuple[str | None, str, int | None]]:
    """Who says what, and on which page; without blanks."""
    return [
        (turn.label and "".join(turn.label.split()), "".join(turn.text.split()), turn.page) for turn in document.turns
    ]
