"""What was decided about corrections, kept as rules: accepted ones become safe, refused ones are only shown.

Each rule holds only where the same words stand around it, so that a decision about one place decides no other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from minutes_cli.edits import view
from minutes_cli.errors import OutputError, UsageError
from minutes_cli.model import Edit, Safety, Span, View
from minutes_cli.normalize import Normalized
from minutes_cli.normalize.phrases.rule import Examples, Guards, Rule, check, matches
from minutes_cli.normalize.phrases.rule_yaml import MOST
from minutes_cli.settings_files import load_yaml, read_settings

_ACCEPTED, _REFUSED = "accepted-", "refused-"
_REASONS = {_ACCEPTED: "accepted in review", _REFUSED: "refused in review: it stays as it is"}
_HEAD = "# Decisions made with minutes normalize --review. To use them again: minutes normalize --rules THIS_FILE\n"
#: So many characters of the line must be the same on either side; more where fewer do not tell places apart.
_REACHES = (6, 12, 24)
_NUMBER = re.compile(rf"(?:{_ACCEPTED}|{_REFUSED})([0-9]+)")


class Decision(NamedTuple):
    """A proposed correction, and whether it shall be made."""

    edit: Edit
    accepted: bool


class _Spot(NamedTuple):
    """A correction as it stands in the corrected text: replace ``before`` at ``start``."""

    start: int
    before: str
    after: str


def decided(result: Normalized, decisions: Sequence[Decision]) -> Normalized:
    """*result* with the accepted corrections applied and the refused ones only to look at."""
    accepted = {d.edit for d in decisions if d.accepted}
    refused = {d.edit for d in decisions if not d.accepted}
    edits = sorted([*result.view.edits, *accepted], key=lambda e: e.span)
    left = tuple(_refused(e) if e in refused else e for e in result.proposed if e not in accepted)
    return result._replace(view=view(result.view.source, edits), proposed=left)


def without_refused(result: Normalized, refused: Iterable[Rule], safe: View) -> Normalized:
    """*result* without what the rules *refused* in an earlier review: it is only shown.

    *safe* is the record read through its safe corrections alone: what stood there when it was reviewed.
    """
    source = result.view.source
    spans = [span for rule in refused for span in _spans(rule, safe)]

    def meets(edit: Edit) -> bool:
        return edit.safety is Safety.ASK and any(_meet(edit.span, span) for span in spans)

    kept = [e for e in result.view.edits if not meets(e)]
    dropped = [_refused(e) for e in result.view.edits if meets(e)]
    left = [_refused(e) if meets(e) else e for e in result.proposed]
    return result._replace(view=view(source, kept), proposed=tuple(sorted([*dropped, *left], key=lambda e: e.span)))


def refusing(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Those of *rules* that say what was refused."""
    return tuple(rule for rule in rules if rule.id.startswith(_REFUSED))


def _refused(edit: Edit) -> Edit:
    return edit._replace(safety=Safety.SHOW, reason=f"{edit.reason}; refused in review".removeprefix("; "))


def _spans(rule: Rule, seen: View) -> Iterator[Span]:
    for needle in rule.needs:
        for at in _places(seen.text, needle):
            for match in matches(rule, seen.text, at, at + len(needle)):
                yield seen.to_source(match.start, match.end)


def _meet(a: Span, b: Span) -> bool:
    if a.start == a.end:
        return b.start <= a.start <= b.end
    return a.start < b.end and b.start < a.end


def rules_of(result: Normalized, decisions: Sequence[Decision], number: int) -> tuple[list[tuple[Rule, Examples]], int]:
    """Rules, counted from *number*, that decide the same places again; and how many decisions no rule can hold.

    *decisions* are about what *result* proposes.
    """
    # An accepted rule meets the text as it is now, a refused one as it will be when the accepted ones are through.
    later = decided(result, decisions).view
    spots = [(_spot(later if not d.accepted else result.view, d), d.accepted) for d in decisions]
    found: dict[tuple[object, ...], tuple[Rule, Examples]] = {}
    lost = 0
    for spot, accepted in sorted(spots, key=lambda s: not s[1]):
        text = (result.view if accepted else later).text
        places = {s.start for s, a in spots if (s.before, s.after, a) == (spot.before, spot.after, accepted)}
        made = _rule(text, spot, places, f"{_ACCEPTED if accepted else _REFUSED}{number + len(found)}")
        if made is None:
            lost += 1
        else:
            rule = made[0]
            found.setdefault((accepted, rule.pattern, rule.replacement, rule.guards), made)
    return list(found.values()), lost


def _spot(seen: View, decision: Decision) -> _Spot:
    edit = decision.edit
    behind = bisect_right(seen.edits, edit.span.start, key=lambda e: e.span.end) - 1
    start = edit.span.start + (seen.ends[behind] - seen.edits[behind].span.end if behind >= 0 else 0)
    if edit.before:
        return _Spot(start, edit.before, edit.after)
    # A rule cannot look for nothing: it takes the character beside the insertion with it.
    beside = seen.text[start - 1 : start]
    if beside not in ("", "\n"):
        return _Spot(start - 1, beside, beside + edit.after)
    beside = seen.text[start : start + 1]
    return _Spot(start, beside, edit.after + beside)


def _rule(text: str, spot: _Spot, places: set[int], name: str) -> tuple[Rule, Examples] | None:
    """A rule that fits at none but *places*; None where no context tells them from others."""
    start, before, after = spot
    end = start + len(before)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end) if "\n" in text[end:] else len(text)
    for reach in _REACHES:
        low, high = max(first, start - reach), min(last, end + reach)
        left, right = text[low:start], text[end:high].removesuffix("\r")
        phrase, result = left + before + right, left + after + right
        if any(at + len(left) not in places for at in _places(text, phrase)):
            continue
        accepted = name.startswith(_ACCEPTED)
        rule = Rule(
            id=name,
            pattern=re.escape(before),
            replacement=after.replace("\\", r"\\"),
            words=(),
            needs=(phrase,),
            safety=Safety.SAFE if accepted else Safety.SHOW,
            reason=_REASONS[_ACCEPTED if accepted else _REFUSED],
            guards=Guards(
                before=("^" if low == first else "") + re.escape(left) or None,
                behind=re.escape(right) + (r"\r?$" if high == last else "") or None,
            ),
        )
        examples = Examples(((phrase, result),), (result,))
        try:
            check(rule, examples, "decision")
        except UsageError:  # its own result would be corrected again, so no rule can hold it; the user is told how many
            return None
        return rule, examples
    return None


def _places(text: str, phrase: str) -> Iterator[int]:
    at = text.find(phrase)
    while at >= 0:
        yield at
        at = text.find(phrase, at + 1)


def next_number(path: Path, rules: Iterable[Rule]) -> int:
    """The first number that no decision among *rules*, those of the file, has. Raises UsageError when it is no list."""
    if not path.exists():
        return 1
    text = read_settings(path, "file of decisions", MOST)
    if not isinstance(load_yaml(text, str(path), MOST), list | None):
        raise UsageError(f"{path}: decisions cannot be added to it, it is no list of rules; name another file")
    return 1 + max((int(m[1]) for rule in rules if (m := _NUMBER.fullmatch(rule.id))), default=0)


def save(path: Path, made: Iterable[tuple[Rule, Examples]]) -> None:
    """Add rules to the rule file *path*. Raises OutputError."""
    import yaml

    rows = [_row(rule, examples) for rule, examples in made]
    if not rows:
        return
    words = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, default_flow_style=False, width=1_000)
    try:
        new = not path.exists()
        with path.open("a", encoding="utf-8") as file:
            file.write(_HEAD + words if new else words)
    except OSError as e:
        raise OutputError(f"{path}: cannot write the decisions ({e.strerror})") from None


def _row(rule: Rule, examples: Examples) -> dict[str, Any]:
    sides = {"before": rule.guards.before, "behind": rule.guards.behind}
    return {
        "id": rule.id,
        "reason": rule.reason,
        "pattern": rule.pattern,
        "replacement": rule.replacement,
        "needs": list(rule.needs),
        "guards": {side: guard for side, guard in sides.items() if guard},
        "safety": rule.safety.value,
        "examples": {"change": [list(pair) for pair in examples.change], "keep": list(examples.keep)},
    }
