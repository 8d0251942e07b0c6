"""People in attendance lists: 出席議員, 説明員 …, names in columns, spaced out, with or without 君."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from minutes_cli.lexicon.roles import DEPARTMENT, GROUP, HEADING_AT_END, HONORIFICS, OFFICES, SEAT
from minutes_cli.model import Attendee, View
from minutes_cli.parse.labels import NAME, close_up, office_at_end, squeeze
from minutes_cli.parse.layout import MARKS, LineKind, Row
from minutes_cli.patterns import lazy

_LEAD = lazy(rf"^[{MARKS}・\s]*(?:[（(]?[0-9０-９一二三四五六七八九十]{{1,3}}[．.、）)\s]+)?")
_OFFICES = frozenset(OFFICES)
_NO_PERSON = lazy(r"^(?:なし|無し|発言|同上|全員|以上)$|の|(?:委員会|病院|学校|大学|協会|.課|.局|.庁|.省)$")
#: Headings that are nothing but the word for those who are listed.
_BARE_GROUP = lazy(r"[\[［〔【〈《]?(?:事務局|執行部|理事者|当局|オブザーバー|関係者)[\]］〕】〉》]?[：:]?")
_LONGEST_GROUP = 10
_SKIPPED = frozenset((LineKind.BLANK, LineKind.RULE, LineKind.PAGE))
_ENDS = (LineKind.TIME, LineKind.HEADING)
_LIST = lazy(r"出席|欠席|列席|参加|説明の?ため|説明員|職務|傍聴|委任|委員外|事務局|名簿|氏名")
#: How many characters a longer office may add to a shorter one: 教育委員 -> 教育委員会教育長.
_LONGEST_MORE = 4
_WORD = lazy(r"[^\s、]+")
_BRACKET = lazy(r"[（(][^（()）]*[）)]")
_NEVER_NAME = lazy(r"[0-9０-９。：:「」]|以上|欠員|以下|ほか|名$")
_GROUP_HEADING = lazy(
    r"(?:本日の)?(?P<group>(?:出\s?席|欠\s?席|列\s?席|参\s?加|説\s?明|傍\s?聴|委\s?員\s?外|理事者側|議会)(?:を求めた)?"
    r"(?:議\s?員|委\s?員|者|員|国務大臣|說明員|出席者|[^\s　（()）：:]{0,14}(?:者|員|局|職員|職氏名|氏名)))"
    r"(?:[（(][^（()）]*[）)])?(?:[\s　：:]+|$)"
)


def read_attendance(view: View, rows: Sequence[Row]) -> tuple[Attendee, ...]:
    """The people listed in *rows* (front or back matter), under the heading of their list."""
    people: list[Attendee] = []
    group: str | None = None
    role: str | None = None
    above: str | None = None  # an office on a line of its own: 政府参考人, and below （…局長） 親家 和仁君
    for row in rows:
        if row.kind in _SKIPPED or len(row.text) > 200:
            continue
        body = row.text
        if lead := _LEAD.match(body):
            body = body[lead.end() :]
        offset = row.body + len(row.text) - len(body)
        if not body:
            continue
        tight = squeeze(body)
        heading = _GROUP_HEADING.match(body)
        if heading:
            group, role, above = squeeze(heading["group"]), None, None
            offset, body = offset + heading.end(), body[heading.end() :]
            tight = squeeze(body)
        elif row.kind is LineKind.MARKED or body[-1] == "。" or row.kind in _ENDS or GROUP.match(tight):
            listed = body[-1] != "。" and _LIST.search(tight)
            group, role, above = (tight, None, None) if listed else (None, None, None)
            continue
        if group is None:
            continue
        if len(tight) <= _LONGEST_GROUP and _BARE_GROUP.fullmatch(tight):
            group, role, above = tight.strip("[［〔【〈《]］〕】〉》：:"), None, None
            continue
        found = _people(body, role)
        for name, its_role, start, end in found:
            its_role = its_role or (above if body[:1] in ("（", "(") else None)
            people.append(Attendee(group, name, its_role, view.to_source(offset + start, offset + end)))
            role = its_role or role
        if found or body[:1] not in ("（", "("):
            alone = not found and body and len(body.split()) == 1 and office_at_end(body) is not None
            above = body if alone else None
    return tuple(people)


def _people(line: str, last_role: str | None) -> list[tuple[str, str | None, int, int]]:
    """(name, role, start, end) of everybody in one line of a list."""
    bare = _BRACKET.sub(lambda m: "　" * len(m.group()), line) if "（" in line or "(" in line else line
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(bare)]
    found: list[tuple[str, str | None, int, int]] = []
    i = 0
    while i < len(words):
        role, i = _role_at(words, i, last_role)
        name, start, end, i = _name_at(words, i)
        if name is not None:
            found.append((name, role, start, end))
        elif role is None:
            i += 1
    return found


def _role_at(words: list[tuple[str, int, int]], i: int, last: str | None) -> tuple[str | None, int]:
    if i < len(words) and words[i][0] in ("〃", "同", "″"):
        return last, i + 1
    if i < len(words) and SEAT.fullmatch(words[i][0]):
        return words[i][0], i + 1
    joined, best, after = "", None, i
    for j in range(i, min(len(words), i + 12)):
        joined += words[j][0]
        if joined.endswith(HONORIFICS) or (best is not None and len(joined) - len(best) > _LONGEST_MORE):
            break
        if joined in _OFFICES or (office_at_end(joined) is not None and (j == i or DEPARTMENT.match(joined))):
            best, after = joined, j + 1
    return best, after


def _name_at(words: list[tuple[str, int, int]], i: int) -> tuple[str | None, int, int, int]:
    parts: list[str] = []
    start = words[i][1] if i < len(words) else 0
    end = start
    honoured = False  # 東国幹君 is a person, though 国幹 reads like an office
    while i < len(words):
        word, _, stop = words[i]
        bare = None
        if word.endswith(HONORIFICS):
            bare = next(word[: -len(h)] for h in HONORIFICS if word.endswith(h))
        if bare is not None or (word == "議員" and parts):
            if bare:
                parts.append(bare)
            end, i, honoured = stop, i + 1, True
            break
        if parts and (_role_at(words, i, None)[0] is not None) and sum(map(len, parts)) >= 2:
            break
        if SEAT.fullmatch(word) or _NEVER_NAME.search(word) or sum(map(len, parts)) + len(word) > 8:
            break
        parts.append(word)
        end, i = stop, i + 1
    name = close_up(" ".join(parts)) if parts else ""
    tight = squeeze(name)
    good = 2 <= len(tight) <= 8 and _names_person(name) and (honoured or office_at_end(tight) is None)
    return (name if good else None), start, end, i


@lru_cache(maxsize=4096)
def _names_person(name: str) -> bool:
    tight = squeeze(name)
    return bool(NAME.fullmatch(name)) and not (_NO_PERSON.search(tight) or HEADING_AT_END.search(tight))
