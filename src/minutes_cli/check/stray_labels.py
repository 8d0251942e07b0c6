"""Stretches that read like a speaker's label of the record and were not taken as one: what can happen to a label."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.around import Around
from minutes_cli.check.label_places import inside_lines, line_starts
from minutes_cli.check.label_shapes import (
    BEFORE_COLON,
    BEFORE_LABEL,
    BLANKS,
    CLOSER_ALONE,
    FOR_CLOSERS,
    HALF_SHAPED,
    LETTERS,
    OPENER_ALONE,
    PLAIN,
    REST,
    SHAPED,
    closes,
    matched,
    names,
    person,
    spaced,
    weight,
)
from minutes_cli.check.label_style import CLOSING, Label, LabelStyle, Stray, Trouble, bare, style_of
from minutes_cli.check.once import once
from minutes_cli.check.subject import Subject
from minutes_cli.parse.conventions import BY_NAME
from minutes_cli.parse.guards import is_speech
from minutes_cli.parse.labels import squeeze, weigh
from minutes_cli.patterns import lazy

__all__ = ["many_inside", "strays"]

#: What goes on with a sentence behind the name of an office or a person.
_GOES_ON = lazy(
    r"[のがはをにともへやか、。・）)」]|から|より|まで|など|等|及び|並びに|又は|ほか(?!に|は)|である|です|でし|だ|登壇|退席|着席|入場|代理|職務"
)
#: How speech begins.
_OPENS = lazy(
    r"ただいま|ただ今|これより|これから|それでは|では|はい|まず|次に|続いて|続きまして|以上|本日|御異議|ご異議|異議|質疑|お答え|"
    r"ありがとう|おはよう|こんにちは|皆|お手元|私|今|先ほど|先程|そう|その|この|そこ|ここ|どちら|ほか|なお|また|しかし|もう|やはり|どう|"
    r"なぜ|いい|いえ|ええ|承知|暫時|休憩|再開|[・•◦お御ご]"
)
#: So many labels inside lines are no slip: three, and one in ten.
_MANY, _MANY_SHARE = 3, 0.1


@once
def strays(subject: Subject) -> tuple[Stray, ...]:
    """The stray labels of a record, in order; found once for all rules that ask."""
    style = style_of(subject)
    found = _Finder(subject, style).run() if style is not None else ()
    by_place = {stray.start: stray for stray in found}
    return tuple(by_place[start] for start in sorted(by_place))


def many_inside(subject: Subject) -> bool:
    """Whether so many labels stand inside lines that it is no slip: columns were read across, or line ends lost."""
    found = sum(stray.trouble is Trouble.INSIDE for stray in strays(subject))
    return found >= max(_MANY, _MANY_SHARE * len(subject.document.turns))


class _Finder:
    def __init__(self, subject: Subject, style: LabelStyle) -> None:
        self.text = subject.document.view.text
        self.around = Around(subject.document)
        self.style = style
        self.low = style.labels[0].start
        spoken = max((places[-1] for places in subject.document.spoken if places), default=self.low)
        self.high = max(spoken, style.labels[-1].end)

    def run(self) -> Iterator[Stray]:
        """Those among the labels that the parser took, where lines begin, and inside lines."""
        for number, label in enumerate(self.style.labels):
            if (stray := self._taken(label, first=number == 0)) is not None:
                yield stray
        for at in inside_lines(self.text, self.style, self.low, self.high):
            if (stray := self._inside_line(at)) is not None:
                yield stray
        taken = {self.around.line_start(label.start) for label in self.style.labels}
        for at in line_starts(self.text, self.style, self.low, self.high) - taken:
            if (stray := self._at_line_start(at)) is not None:
                yield stray

    def _taken(self, label: Label, *, first: bool) -> Stray | None:
        """A label that the parser took, though it stands inside a line or has lost its opening bracket."""
        start = label.start - len(label.opener) - len(label.mark)
        aside = ".．:：" + self.style.marks + self.style.opener
        if not first and self.style.marks and not self.around.begins_line(start, aside):
            return Stray(Trouble.INSIDE, start, label.end, taken=True)
        if self.style.bracketed and not label.closer and label.blank is not None and not closes(label.text):
            known = self._known(self.text[label.start : label.start + 60])
            if known is not None and not known[1]:
                return Stray(Trouble.BRACKET, start, label.start + known[0])
            rest = REST.match(self.text, label.end) if label.blank == "" else None
            if rest is not None:
                return Stray(Trouble.BRACKET, start, rest.end())
        return None

    # -- where a line begins ----------------------------------------------------------------------------

    def _at_line_start(self, at: int) -> Stray | None:
        line = self.around.line(at)
        before = BEFORE_LABEL.match(line)
        assert before is not None
        core = line[before.end() :]
        if not core or not self.around.spoken(at + before.end()):
            return None
        mark, opener = before["mark"] or "", before["opener"] or ""
        whole = self._whole_prefix(mark, opener)
        if (known := self._known(core)) is not None:
            end, exact = known
            trouble = self._of_known(core[:end], core[end:], exact, whole, mark, opener, at)
        else:
            end, trouble = self._of_unknown(core, whole, mark, opener, at)
        if trouble is Trouble.SPOILT and mark and mark in LETTERS and self.style.circled:
            trouble = Trouble.LETTER
        start = at + len(line) - len(line.lstrip(BLANKS))
        return None if trouble is None else Stray(trouble, start, at + before.end() + end)

    def _whole_prefix(self, mark: str, opener: str) -> bool:
        """Whether mark and bracket stand before the label as they do before the others."""
        marked = mark in self.style.marks if mark else not self.style.marks
        return marked and opener[:1] == self.style.opener

    def _known(self, core: str) -> tuple[int, bool] | None:
        """Where a known label at the beginning of *core* ends, and whether it stands there as it does elsewhere."""
        tight_core = bare(core[:80])
        head, known = tight_core[:2], self.style.known
        if head not in known and head[:1] not in known:
            return None
        for tight, printed in (*known.get(head, ()), *known.get(head[:1], ())):
            if not tight_core.startswith(tight):
                continue
            if core.startswith(printed):
                return len(printed), True
            if (end := matched(core, tight)) is not None:
                return end, squeeze(core[:end]) == squeeze(printed)
        return None

    def _of_known(
        self, label: str, after: str, exact: bool, whole: bool, mark: str, opener: str, at: int
    ) -> Trouble | None:
        style = self.style
        closed = bool(style.closer) and after[:1] == style.closer
        rest = after[1:] if closed else after
        said, apart = rest.strip(), closed or not rest or rest[0] in BLANKS
        if not exact:  # a bracket is missing, or there is one too many
            sound = (whole if bare(label) == squeeze(label) else whole or not mark) and apart
            return Trouble.BRACKET if sound and self.around.speaks(said, at) else None
        if style.closer and not closed:
            return self._without_closer(label, rest, at) if whole else self._in_other_brackets(label, rest, mark, at)
        if not whole:
            if closed:
                lost = Trouble.BRACKET if style.opener else Trouble.SPOILT
                return lost if not opener and self.around.speaks(said, at) else None
            return self._without_mark(label, rest, mark, at)
        if said:
            glued = not apart and style.apart and not _GOES_ON.match(rest)
            sure = bool(mark) or opener == "#" or names(label) or spaced(label) or _OPENS.match(rest)
            return Trouble.GLUED if glued and sure and self.around.after_sentence(at) else None
        if self.around.nothing_below(at):
            return Trouble.EMPTY if names(label) or mark or opener or closed or spaced(label) else None
        return Trouble.SPOILT if names(label) and self.around.speaks("", at) else None

    def _without_mark(self, label: str, rest: str, mark: str, at: int) -> Trouble | None:
        said, apart = rest.strip(), not rest or rest[0] in BLANKS
        if not mark and not self.around.after_sentence(at):
            return None
        if not said:
            fits = (bool(mark) or names(label)) and self.around.speaks("", at)
        elif apart:
            fits = is_speech(said) and ("。" in said or len(said) >= 8)
        else:
            opens = bool(mark) or closes(label) or _OPENS.match(rest) is not None
            fits = (not self.style.apart or closes(label)) and opens and is_speech(said) and not _GOES_ON.match(rest)
        return Trouble.SPOILT if fits else None

    def _in_other_brackets(self, label: str, rest: str, mark: str, at: int) -> Trouble | None:
        """A label alone on its line without the brackets that the others have, or in brackets of another sort."""
        alone = not rest.strip(BLANKS + CLOSING)
        fits = alone and not mark and bool(self.style.opener) and names(label)
        return Trouble.SPOILT if fits and self.around.after_sentence(at) and self.around.speaks("", at) else None

    def _without_closer(self, label: str, rest: str, at: int) -> Trouble | None:
        style = self.style
        other = rest[:1] if rest and rest[0] in FOR_CLOSERS else ""
        said = rest[len(other) :].strip()
        if style.opener and style.closer in rest[:20]:
            return None
        if not said:
            return Trouble.BRACKET if style.opener and self.around.speaks("", at) else None
        apart = bool(other) or rest[0] in BLANKS
        if not is_speech(said) or (not apart and _GOES_ON.match(rest)):
            return None
        sure = apart or bool(style.opener) or _OPENS.match(rest) is not None or names(label)
        lost = Trouble.BRACKET if style.opener else Trouble.SPOILT
        return lost if sure and (style.opener or self.around.after_sentence(at)) else None

    def _of_unknown(self, core: str, whole: bool, mark: str, opener: str, at: int) -> tuple[int, Trouble | None]:
        """A stretch that looks like the labels of this record, though no other label says the same."""
        style, alone = self.style, core.rstrip()
        if whole and (mark or opener) and len(alone) <= 30 and self.around.nothing_below(at):
            fits = alone.endswith(style.closer) and weigh(alone.removesuffix(style.closer)).score >= 0.5
            return len(alone), Trouble.EMPTY if fits else None
        if style.closer:
            return self._of_unknown_closed(core, whole, opener, at)
        begins = bool(mark) or self.around.after_sentence(at)
        if style.bracketed and not whole and begins and (shaped := SHAPED.match(core)):
            said = core[shaped.end() :]
            apart, bar = said[:1] in ("", *BLANKS), 0.5 if mark or not said.strip() else 0.75
            fits = apart and weight(shaped.group()) >= bar and self.around.speaks(said.strip(), at)
            return shaped.end(), Trouble.SPOILT if fits else None
        if style.bracketed and whole and mark and (half := HALF_SHAPED.match(core)):
            fits = weight(half.group()) >= 0.6 and self.around.speaks(core[half.end() :].strip(), at)
            return half.end(), Trouble.BRACKET if fits else None
        if style.marks and style.apart and not whole and begins and (plain := PLAIN.match(core)):
            said = core[plain.end() :]
            return plain.end(), Trouble.SPOILT if person(plain.group()) and is_speech(said) and "。" in said else None
        if style.marks and style.below and not whole and begins and not style.opener and len(alone) <= 12:
            fits = weigh(alone).score >= 0.5 and self.around.speaks("", at)
            return len(alone), Trouble.SPOILT if fits else None
        return 0, None

    def _of_unknown_closed(self, core: str, whole: bool, opener: str, at: int) -> tuple[int, Trouble | None]:
        style = self.style
        if style.opener and not opener and (alone := CLOSER_ALONE.match(core)) and alone["closer"] == style.closer:
            said = core[alone.end() :].strip()
            fits = weigh(alone["label"]).score >= 0.45 and self.around.speaks(said, at)
            return alone.end(), Trouble.BRACKET if fits else None
        if style.opener and whole and style.opener not in "（(" and (alone := OPENER_ALONE.match(core)):
            short = len(core) <= 20 and weigh(core.strip()).score >= 0.45 and self.around.speaks("", at)
            return alone.end(), Trouble.BRACKET if short or "。" in core else None
        if not style.opener and style.closer in "：:" and (named := BEFORE_COLON.match(core)):
            said = core[named.end() + 1 :].strip()
            fits = "。" in said and weigh(named.group()).score >= 0.45 and self.around.after_sentence(at)
            return named.end(), Trouble.SPOILT if fits else None
        return 0, None

    # -- inside a line ----------------------------------------------------------------------------------

    def _inside_line(self, at: int) -> Stray | None:
        line = self.around.line(at)
        before = BEFORE_LABEL.match(line)
        assert before is not None
        core = line[before.end() :]
        sound = self._whole_prefix(before["mark"] or "", before["opener"] or "")
        if not core or not sound or not self.around.spoken(at + before.end()):
            return None
        end = self._end_inside(line, core, at)
        start = at + len(line) - len(line.lstrip(BLANKS))
        return None if end is None else Stray(Trouble.INSIDE, start, at + before.end() + end)

    def _end_inside(self, line: str, core: str, at: int) -> int | None:
        """Where in *core* a whole label ends that stands inside a line."""
        style = self.style
        known = self._known(core)
        if known is None or not known[1]:
            return self._shape_inside(line, core)
        after = core[known[0] :]
        closed = bool(style.closer) and after[:1] == style.closer
        if style.closer:
            return known[0] if closed and not _GOES_ON.match(after[1:]) else None
        said = after.strip()
        if not said:
            below = self.around.line(self.around.below(at))
            sure = bool(style.marks or style.opener) or (style.below and not _GOES_ON.match(below))
            return known[0] if sure and self.around.speaks("", at) else None
        if after[0] in BLANKS:
            return known[0] if style.marks or names(core[: known[0]]) or is_speech(said) else None
        return known[0] if style.marks and not style.apart and is_speech(said) else None

    def _shape_inside(self, line: str, core: str) -> int | None:
        """The same for a label that comes only here: the convention itself reads it."""
        style = self.style
        bare_words = not (style.marks or style.opener or style.closer)
        body = line.strip()
        for shape in BY_NAME[style.convention].shapes:
            if (match := shape.match(body)) is None:
                continue
            label = match["label"].strip().strip("（()）") if style.opener in ("（", "(") else match["label"].strip()
            said = match["speech"] if "speech" in shape.groupindex else ""
            if bare_words and not (said and "。" in said and person(label)):
                continue
            if weigh(label).score >= 0.5 and (not said or is_speech(said)):
                return match.end("label") - (len(body) - len(core.rstrip()))
        return None
