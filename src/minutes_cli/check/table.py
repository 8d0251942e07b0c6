"""The table of rules: the codes stay what they are; a rule that goes leaves its code unused."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from typing import cast

from minutes_cli.check.model import Row, Rule
from minutes_cli.errors import UsageError
from minutes_cli.model import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

#: The one rule about the run itself: :func:`minutes_cli.check.sidecar.suppress` finds it.
UNUSED = Row("M001", "unused-suppression", _W, "a suppression beside the record that suppresses nothing", "suppression")

RULES = (
    UNUSED,
    Row("M101", "wrong-encoding", _E, "the file was read in a wrong or a mixed encoding", "source"),
    Row("M102", "mojibake", _E, "characters that a wrong encoding has made of others (縺薙→, \ufffd)", "source"),
    Row("M103", "glyph-code", _E, "codes of glyphs instead of characters, as in (cid:12)", "source"),
    Row("M104", "control-character", _W, "a control character", "source"),
    Row("M105", "invisible-character", _W, "a character without width, or one that turns the direction", "source"),
    Row("M106", "half-width-kana", _W, "half-width katakana", "source"),
    Row("M107", "decomposed-kana", _W, "a kana and its mark as two characters (か\u3099 for が)", "source"),
    Row("M108", "private-use-character", _W, "a character that only one maker's fonts show", "source"),
    Row("M109", "mixed-marks", _W, "speakers behind another mark than nearly all of the record (○ 〇 ◯)", "source"),
    Row("M110", "no-break-space", _W, "a no-break space or another rare blank", "source"),
    Row("M111", "unbalanced-bracket", _W, "a bracket without its partner", "source"),
    Row("M112", "file-format", _W, "what could not be read from a PDF, a Word file or a web page", "source"),
    Row("M201", "correction", _W, "a slip that minutes normalize corrects", "ocr"),
    Row("M202", "possible-correction", _W, "a slip that minutes normalize asks about", "ocr", words=True),
    Row("M203", "hint", _I, "a place that minutes normalize points at", "ocr", words=True),
    Row("M204", "implausible-text", _W, "characters that make no text, and no correction explains them", "ocr"),
    Row("M301", "swallowed-label", _W, "a line inside a speech that reads like a speaker's label", "turns"),
    Row("M302", "empty-turn", _W, "a label without any speech", "turns"),
    Row("M303", "overlong-turn", _W, "a speech far longer than the others of its kind", "turns"),
    Row("M304", "same-speaker-twice", _W, "one speaker twice in a row with nothing in between", "turns"),
    Row("M305", "speech-before-speaker", _W, "speech before the first speaker", "turns"),
    Row("M306", "glued-label", _W, "a label that runs into its speech", "turns"),
    Row("M307", "words-of-others", _W, "an answer or a question inside the speech of the chair", "turns"),
    Row("M401", "not-in-attendance", _W, "a speaker whom the attendance list does not name", "people"),
    Row("M402", "silent-attendee", _I, "an attendee who never speaks", "people"),
    Row("M403", "labels-disagree", _W, "one person under labels that contradict each other", "people"),
    Row("M404", "ambiguous-label", _W, "a label that fits two people of the record", "people"),
    Row("M405", "implausible-name", _W, "a name that cannot be one", "people"),
    Row("M406", "name-variants", _W, "a name spelt in two ways (渡辺, 渡邊)", "people"),
    Row("M501", "no-date", _W, "no date of the meeting", "meeting"),
    Row("M502", "impossible-date", _E, "a date or time that does not exist", "meeting"),
    Row("M503", "wrong-weekday", _E, "a weekday that does not fit the date", "meeting"),
    Row("M504", "date-mismatch", _W, "title, heading and file name give different dates", "meeting"),
    Row("M505", "end-before-start", _E, "the meeting ends before it begins, or times run backwards", "meeting"),
    Row("M506", "agenda-item-missing", _W, "an item of the agenda that never comes up", "meeting"),
    Row("M507", "agenda-order", _W, "items that come up in another order than on the agenda", "meeting"),
    Row("M508", "numbering-gap", _W, "numbers that leave one out: 議案第1号, 議案第3号", "meeting"),
    Row("M509", "numbering-repeat", _W, "a number twice: (1), (2), (2)", "meeting"),
    Row("M601", "no-speakers", _W, "no speaker found at all", "layout"),
    Row("M602", "doubtful-layout", _W, "the layout is doubtful, so the speakers are", "layout"),
    Row("M603", "labels-inside-lines", _W, "labels inside lines: columns were read across", "layout"),
    Row("M604", "unknown-record", _W, "no kind of record fits the text", "layout"),
    Row("M605", "unknown-blocks", _W, "a large share of the text is not understood", "layout"),
    Row("M701", "spelling-variants", _W, "one word spelt in two ways (取組, 取り組み)", "style", on=False, words=True),
    Row("M702", "prh", _W, "what a dictionary of textlint-rule-prh would write otherwise", "style", on=False),
    Row("M703", "forbidden-word", _W, "a word that shall not stand in records", "style", on=False),
)

GROUPS = tuple(dict.fromkeys(row.group for row in RULES))
#: Selects every rule, also those that are off.
ALL = "all"


@cache
def rule_of(row: Row) -> Rule:
    """What the file of a rule defines; it is loaded when it is asked for first."""
    module = import_module(f"minutes_cli.check.rules.{row.name.replace('-', '_')}")
    return cast(Rule, module.RULE)


def fits(row: Row, selector: str) -> bool:
    """Whether *selector* means this rule: a name (``*``: anything), a group, a code or its beginning (M3), ``all``."""
    code = selector.upper()
    return (
        selector in (row.group, ALL)
        or fnmatchcase(row.name, selector)
        or (code[:1] == "M" and code[1:].isdigit() and row.code.startswith(code))
    )


def selected(select: Iterable[str] = (), extend: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Row, ...]:
    """The rules to run: those that *select* names (none named: all that are on) and *extend*, without *ignore*.

    Raises UsageError for a selector that means no rule.
    """
    select, extend, ignore = tuple(select), tuple(extend), tuple(ignore)
    for selector in (*select, *extend, *ignore):
        known(selector)
    return tuple(
        row
        for row in RULES
        if (any(fits(row, s) for s in select) if select else row.on) or any(fits(row, s) for s in extend)
        if not any(fits(row, s) for s in ignore)
    )


def known(selector: str) -> None:
    """Raise UsageError where *selector* means no rule."""
    if not any(fits(row, selector) for row in RULES):
        names = [*(row.name for row in RULES), *GROUPS, *(row.code for row in RULES)]
        near = get_close_matches(selector, names, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"unknown rule {selector!r}; {hint}minutes check --list shows all")


def row_of(name: str) -> Row:
    """The rule with this name or code. Raises UsageError."""
    for row in RULES:
        if name == row.name or name.upper() == row.code:
            return row
    known(name)
    raise UsageError(f"{name!r} means several rules; name one of them (minutes check --list shows all)")
