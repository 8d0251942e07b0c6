"""The text of one paragraph of Word as it is shown: ECMA-376 part 1, 17.3 (runs), 17.13 (changes), 17.16 (fields).

Breaks stand in the text as the control characters of :mod:`office_lines`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from minutes_cli.ingest.office.docx_drawings import alternative, drawn
from minutes_cli.ingest.office.docx_styles import W, on, value_of
from minutes_cli.ingest.office.lines import LINE, PAGE, RENDERED, UNREADABLE, Omitted, note_mark
from minutes_cli.ingest.office.numerals import symbol

__all__ = ["Runs"]

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BROKEN = re.compile(r"[\t\n\r]")
_BLANKS = {ord(c): " " for c in "\t\n\r"}
# What may be cut into many runs and is one thing.
_EXAMPLE = 100
_RUNNING_ON = ("deleted-text", "hidden-text")
# Fields whose result is the page that they stand on: in running headers only.
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))


class _Field:
    """A field that is open: its instruction comes first, then what it shows."""

    def __init__(self) -> None:
        self.instruction = ""
        self.shown = False

    @property
    def counts_pages(self) -> bool:
        return (self.instruction.split() or [""])[0].upper() in _PAGE_FIELDS


class Runs:
    """Reads the paragraphs of one story (the body, a note, a header) in their order: fields may reach over several.

    *is_hidden* says whether a style of characters hides what it is put on. *running*: a header or footer.
    ``notes`` are the notes that were met, as kind and id; ``boxes`` the text boxes of the last paragraph.
    """

    def __init__(self, is_hidden: Callable[[str | None], bool], *, running: bool = False) -> None:
        self.is_hidden = is_hidden
        self.running = running
        self.notes: list[tuple[str, str]] = []
        self.boxes: list[Any] = []
        self.omitted: list[Omitted] = []
        self._counts: Counter[str] = Counter()
        self._fields: list[_Field] = []
        self._dropping = ""  # the rule by which text is left out now
        self._parts: list[str] = []

    def read(self, paragraph: Any, *, hidden: bool = False) -> str:
        """The text of a w:p. Of what it had besides, ``boxes`` and ``omitted`` tell."""
        self._parts, self.boxes, self.omitted = [], [], []
        self._dropping = "hidden-text" if hidden else ""
        self._children(paragraph)
        return "".join(self._parts)

    def _children(self, element: Any) -> None:
        for child in element:
            self._one(child)

    def _one(self, element: Any) -> None:
        tag = element.tag
        if tag in _IGNORED or not isinstance(tag, str):
            return
        read = _READERS.get(tag)
        if read is None:
            self._children(element)  # what only holds others: links, content controls, insertions, …
        else:
            read(self, element)

    def _add(self, text: str) -> None:
        if self._fields and not all(field.shown for field in self._fields):
            return
        if self.running and any(field.counts_pages for field in self._fields):
            return
        if self._dropping:
            self._omit(self._dropping, text)
        else:
            self._parts.append(text)

    def _omit(self, rule: str, text: str = "") -> None:
        if rule in _RUNNING_ON and self.omitted and self.omitted[-1].rule == rule:
            if len(self.omitted[-1].text) < _EXAMPLE:
                self.omitted[-1] = Omitted(rule, self.omitted[-1].text + text)
        else:
            self.omitted.append(Omitted(rule, text))

    def _run(self, element: Any) -> None:
        properties = element.find(W + "rPr")
        hidden = None
        if properties is not None:
            hidden = on(properties, "vanish")
            if hidden is None:
                hidden = self.is_hidden(value_of(properties, "rStyle"))
        before = self._dropping
        if hidden and not before:
            self._dropping = "hidden-text"
        self._children(element)
        self._dropping = before

    def _text(self, element: Any) -> None:
        text = element.text or ""
        self._add(text.translate(_BLANKS) if _BROKEN.search(text) else text)

    def _deleted(self, element: Any) -> None:
        before, self._dropping = self._dropping, "deleted-text"
        self.omitted.append(Omitted("deleted-text"))
        self._children(element)
        if not self.omitted[-1].text:
            self.omitted.pop()  # the deletion of a break, or of a mark
        self._dropping = before

    def _deleted_text(self, element: Any) -> None:
        self._omit("deleted-text", element.text or "")

    def _break(self, element: Any) -> None:
        if self._dropping:
            return
        self._add(PAGE if element.get(W + "type") == "page" else LINE)

    def _rendered_break(self, element: Any) -> None:
        if not self._dropping:
            self._parts.append(RENDERED)

    def _symbol(self, element: Any) -> None:
        font, written = element.get(W + "font") or "", element.get(W + "char") or ""
        try:
            shown = symbol(font, int(written, 16))
        except ValueError:
            shown = None
        if shown is None:
            self._omit("unreadable-symbol", f"{written} of {font}".strip())
        self._add(shown or UNREADABLE)

    def _field_mark(self, element: Any) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                ticked = on(box, "checked")
                self._fields[-1].shown = True
                self._add("☑" if (on(box, "default") if ticked is None else ticked) else "☐")
                self._fields[-1].shown = False
        elif self._fields and kind == "separate":
            self._fields[-1].shown = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _instruction(self, element: Any) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _simple_field(self, element: Any) -> None:
        field = _Field()
        field.instruction, field.shown = element.get(W + "instr") or "", True
        self._fields.append(field)
        self._children(element)
        self._fields.remove(field)

    def _ruby(self, element: Any) -> None:
        """The base, and behind it how it is read, in brackets."""
        base, reading = element.find(W + "rubyBase"), element.find(W + "rt")
        if base is not None:
            self._children(base)
        if reading is not None:
            self._add("（")
            self._children(reading)
            self._add("）")

    def _note(self, element: Any) -> None:
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        if self._dropping:
            return
        self._counts[kind] += 1
        self.notes.append((kind, element.get(W + "id") or ""))
        if (on_own := element.get(W + "customMarkFollows")) and on_own.lower() not in ("0", "false"):
            return
        self._add(note_mark(kind, self._counts[kind]))

    def _drawing(self, element: Any) -> None:
        for part in drawn(element):
            tag = part.tag
            if tag == W + "txbxContent":
                self.boxes.append(part)
            elif tag in (_A + "blip", _V + "imagedata"):
                self._omit("picture")
            elif tag == _A + "graphicData":
                uri = (part.get("uri") or "").rsplit("/", 1)[-1]
                if uri in ("chart", "diagram", "chartex"):
                    self._omit("diagram", uri)
            elif tag == _O + "OLEObject":
                self._omit("embedded-file", part.get("ProgID") or "")
            else:  # WordArt of old
                self._add(part.get("string") or "")

    def _alternatives(self, element: Any) -> None:
        chosen = alternative(element)
        if chosen is not None:
            self._children(chosen)

    def _comment(self, element: Any) -> None:
        self._omit("comment", element.get(W + "id") or "")

    def _fraction(self, element: Any) -> None:
        for tag, mark in (("num", ""), ("den", "/")):
            part = element.find(_M + tag)
            if part is not None:
                self._add(mark)
                self._children(part)

    def _raised(self, element: Any) -> None:
        for child in element:
            if child.tag in (_M + "sup", _M + "sub"):
                self._add("^" if child.tag == _M + "sup" else "_")
            self._one(child)

    def _root(self, element: Any) -> None:
        self._add("√(")
        inner = element.find(_M + "e")
        if inner is not None:
            self._children(inner)
        self._add(")")

    def _bracketed(self, element: Any) -> None:
        properties = element.find(_M + "dPr")
        opening, closing = (
            None if properties is None or (mark := properties.find(_M + tag)) is None else mark.get(_M + "val")
            for tag in ("begChr", "endChr")
        )
        self._add("(" if opening is None else opening)
        self._children(element)
        self._add(")" if closing is None else closing)

    def _formula(self, element: Any) -> None:
        self._omit("formula", "".join(part.text or "" for part in element.iter(_M + "t")))
        self._children(element)


# Properties and marks: what they say of the text is asked for where it is needed.
_IGNORED = frozenset(
    [W + tag for tag in "rPr pPr sdtPr sdtEndPr smartTagPr customXmlPr rubyPr footnoteRef endnoteRef separator".split()]
    + [W + tag for tag in "continuationSeparator annotationRef softHyphen proofErr pgNum moveFromRangeStart".split()]
    + [W + tag for tag in "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd ffData delInstrText".split()]
    + [_M + tag for tag in "ctrlPr fPr sSupPr sSubPr radPr dPr rPr naryPr oMathParaPr".split()]
)
_READERS: dict[str, Callable[[Runs, Any], None]] = {
    W + "r": Runs._run,
    W + "t": Runs._text,
    _M + "t": Runs._text,
    W + "tab": lambda runs, element: runs._add("\t"),
    W + "ptab": lambda runs, element: runs._add("\t"),
    W + "noBreakHyphen": lambda runs, element: runs._add("\u2011"),
    W + "br": Runs._break,
    W + "cr": Runs._break,
    W + "lastRenderedPageBreak": Runs._rendered_break,
    W + "sym": Runs._symbol,
    W + "fldChar": Runs._field_mark,
    W + "instrText": Runs._instruction,
    W + "fldSimple": Runs._simple_field,
    W + "del": Runs._deleted,
    W + "moveFrom": Runs._deleted,
    W + "delText": Runs._deleted_text,
    W + "ruby": Runs._ruby,
    W + "footnoteReference": Runs._note,
    W + "endnoteReference": Runs._note,
    W + "commentReference": Runs._comment,
    W + "drawing": Runs._drawing,
    W + "pict": Runs._drawing,
    W + "object": Runs._drawing,
    _MC + "AlternateContent": Runs._alternatives,
    _M + "oMath": Runs._formula,
    _M + "f": Runs._fraction,
    _M + "sSup": Runs._raised,
    _M + "sSub": Runs._raised,
    _M + "sSubSup": Runs._raised,
    _M + "rad": Runs._root,
    _M + "d": Runs._bracketed,
}
