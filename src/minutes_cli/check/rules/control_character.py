"""M104: control characters. Line ends, tabs and form feeds are none; rubbish of encodings is left to M101 and M102."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.characters import all_named
from minutes_cli.check.damage import damage
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Edit, Safety, Span
from minutes_cli.patterns import lazy

#: What ends a line in other programs: the line and the paragraph separator, and Word's line break.
_LINE_ENDS = "\x0b\u2028\u2029"
#: What leaves nothing behind: NUL and signals of transmission. The others stand for something in one program or other,
#: as \x1e for a hyphen in Word, \x0e for katakana, \x1a and \x7f-\x9f for a character that was lost.
_NOTHING = "\x00\x01\x02\x03\x04\x05\x06\x10\x11\x12\x16\x17\x18\x19"
_OTHERS = "\x07\x08\x0e\x0f\x13\x14\x15\x1a\x1b\x1c\x1d\x1e\x1f" + "".join(map(chr, range(0x7F, 0xA0)))
_ALL = frozenset(_LINE_ENDS + _NOTHING + _OTHERS)
#: Escape sequences of terminals: colours, moves of the cursor.
_SEQUENCE = "\x1b\\[[0-9;?]{0,20}[A-Za-z]"
_RUN = lazy(
    f"(?:{_SEQUENCE})+|[{_LINE_ENDS}]+|[{_NOTHING}]+"
    "|[\x07\x08\x0e\x0f\x13-\x15\x1a\x1c-\x1f\x7f-\x9f]+|\x1b[$()][@-Z]|\x1b"
)


def _find(subject: Subject) -> Iterator[Flaw]:
    if subject.characters.isdisjoint(_ALL):
        return
    known = damage(subject).areas
    for hit in _RUN.finditer(subject.text):
        span = Span(*hit.span())
        if not known.meet(span):
            yield _flaw(subject, span, hit.group())


def _flaw(subject: Subject, span: Span, run: str) -> Flaw:
    if run[0] in _LINE_ENDS:
        return Flaw(span, f"{all_named(run)} ends a line in other programs; end it here, too", _line_end(subject, span))
    if run[0] in _NOTHING:
        fix = subject.replaced(span, "", "control-character", "it stands for nothing in a text")
        return Flaw(span, f"the control character {all_named(run)} stands in the text; take it out", fix)
    if run.startswith("\x1b["):
        fix = subject.replaced(span, "", "control-character", "an escape sequence of a terminal")
        return Flaw(span, "an escape sequence of a terminal (colour, cursor) stands in the text; take it out", fix)
    fix = subject.replaced(span, "", "control-character", "no text needs it", Safety.ASK)
    return Flaw(span, f"the control character {all_named(run)} stands in the text; see whether anything is lost", fix)


def _line_end(subject: Subject, span: Span) -> Edit:
    """An end of line as the record has them; nothing where the line ends anyway."""
    text = subject.text
    ends = text[span.end : span.end + 1] in ("\n", "\r", "\f", "") or text[:1] == "" or span.start == 0
    ends = ends or text[span.start - 1] in "\n\r\f"
    usual = "\r\n" if "\r\n" in text else "\n"
    return subject.replaced(span, "" if ends else usual, "control-character", "the line ends here in other programs")


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤花子君）　町道について{}質問いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A control character is no part of a text: it was left by a program, hides words from a search, and some "
        "programs stop reading at it. Line ends of other programs (such as Word's) become line ends; NUL and its like "
        "and colours of terminals are taken out with --fix; of others the rule only tells, since a character may have "
        "been lost there. Tabs, line ends and page breaks (form feeds) are left alone."
    ),
    must=(
        Example(_RECORD.format("\x00"), (3,), fixed=_RECORD.format("")),
        Example(_RECORD.format("\x0b"), (3,), fixed=_RECORD.format("\n")),
        Example(_RECORD.format("\x1b[31m"), (3,), fixed=_RECORD.format("")),
        Example(_RECORD.format("\x08"), (3,)),
    ),
    must_not=(
        Example(_RECORD.format("\t")),
        Example(_RECORD.format("\f").replace("\n", "\r\n")),
    ),
)
