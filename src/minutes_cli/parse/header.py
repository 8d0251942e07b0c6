"""When, where, which meeting: from what stands before the first speaker, the times in it and the signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_cli.lexicon.calendar import DATE, ONLY_TIME, times
from minutes_cli.lexicon.numerals import DIGITS
from minutes_cli.model import Meeting
from minutes_cli.parse.labels import close_up, squeeze
from minutes_cli.parse.layout import LineKind, Row
from minutes_cli.parse.meeting_date import meeting_date
from minutes_cli.patterns import lazy

_RECORD = (
    r"(?:[会會]議|議事)?(?:速記録|[会會]議[録錄]|議事[録錄]|記録)|"
    r"議事要旨|議事要録|議事概要|会議概要|会議要旨|発言録|摘録|議事メモ|会議結果|会議次第"
)
_RECORD_AT_END = lazy(rf"(?:{_RECORD})(?:[（(][^（()）]*[）)]|第.{{1,6}}[号號])?$")
_TITLE = (
    (lazy(r"速記録|[会會]議[録錄]|議事[録錄]|議事要旨|議事要録|議事概要|会議要旨"), 5),
    (lazy(r"発言録|摘録|議事メモ|会議概要|委員会記録|記録$"), 4),
    (lazy(r"会議結果|次第"), 3),
    (lazy(r"(?:委員会|協議会|審議会|検討会|懇談会|フォーラム|本会議|定例会|臨時会|部会|会合)(?:$|[（(])"), 2),
)
#: One of these stands in whatever the patterns above find.
_IN_TITLES = ("会", "會", "録", "錄", "要", "メモ", "次第", "フォーラム")
#: Rows that say nothing of the meeting; a running header may name a volume that holds many.
_NOTHING = frozenset((LineKind.BLANK, LineKind.PAGE, LineKind.MARKUP, LineKind.RULE))
_NO_TITLE = lazy(r"^[○◯〇・\d（(]|日\s?時|場\s?所|署\s?名|出席|欠席|事務局|委員長|条例|次のとおり|について|事件|公開")
#: Words of titles that a line end may cut, and what a line ends with that is whole by itself.
_TITLE_WORD = lazy(
    r"会議録|速記録|議事録|発言録|記録|摘録|議事要旨|議事概要|議事要録|会議概要|会議要旨|会議結果|"
    r"審議会|協議会|委員会|検討会|懇談会|審査会|分科会|研究会|推進会議|定例会|臨時会|本会議|町議会|市議会|村議会|区議会|県議会"
)
#: One of these stands in each of the words above; looking for them first saves most searches.
_IN_TITLE_WORDS = ("会", "録", "要")
_LONGEST_WORD = 4
_WHOLE = lazy(r"[会會議回号號日月年度期目部編院場局課所室)）」』】〉》0-9０-９]$")
_NUMBER_OF = rf"第[{DIGITS}]+回"
_NUMBER_OF_ANY = lazy(_NUMBER_OF)
_ERA = rf"(?:(?:令和|平成|昭和)[{DIGITS}]+年度?|[12][0-9]{{3}}年度?)(?:[{DIGITS}]+月)?"
_SESSION = lazy(rf"(?P<session>(?:{_ERA})?(?:{_NUMBER_OF})?)(?P<rest>.*)$")
_DIET = lazy(rf"(?P<session>第[{DIGITS}]+回国会)(?:[衆参]議院)?(?P<body>.*)$")
_CALLED_IN = lazy(
    rf"(?P<front>.*?(?:議会|委員会|協議会|審議会|[市区町村]))?"
    rf"(?P<meeting>(?:{_NUMBER_OF})?(?:定例会|臨時会)(?:{_NUMBER_OF})?)(?P<tail>.*)$"
)
_RECORD_TO_END = lazy(rf"(?:{_RECORD}).*$")
_ASSEMBLY = lazy(
    r".{1,40}?(?:[会會](?![議會会長員場計社合])議?(?:.{1,30}?(?:委員|協議|審議|審査|分科|小委員)[会會])*|会議|フォーラム|会合)"
)
_PLACE = lazy(r"^[^\w（(]*(?:開催)?(?:場\s*所|会\s*場|於)\s*[：:・　 は]*\s*(?P<place>\S.*)$")
_PLACE_ALONE = lazy(r"^[^\w（(]*(?:開催)?(?:場\s*所|会\s*場)[：:]?$")
_OPENING = lazy(r"開\s?[会會]|開\s?議|開\s?催|開\s?始")
_CLOSING = lazy(r"[散閉延]\s?[会會]|閉\s?議|終\s?了")
#: One of these stands in every time of day.
_IN_TIMES = ("時", "正午", ":", "：")
_RANGE = lazy(r"[~～〜\-－―—]|から|より|まで")


def read_meeting(front: Sequence[Row], back: Sequence[Row], events: Sequence[str]) -> Meeting:
    """The meeting as *front* (rows before the first speaker), *back* and the time *events* tell it."""
    rows = [row for row in front if row.kind not in _NOTHING][:200]
    title = _title(rows)
    body, session = _body(title)
    start, end = _times(rows, events)
    date = meeting_date(rows) or meeting_date([row for row in back if row.kind is not LineKind.BLANK][:40])
    return Meeting(title, body, session, date, start, end, _place(rows))


def _title(rows: Sequence[Row]) -> str | None:
    best, title = 0, None
    whole = _unwrapped(rows[:60])
    for i, row in enumerate(whole):
        points = _points(row)
        if points > best:
            text = close_up(row.text.strip("#= 　"))
            if points >= 4 and i and len(squeeze(text)) < 14 and _is_session(whole[i - 1].text):
                above = close_up(whole[i - 1].text)
                text = f"{above} {text}" if _WHOLE.search(above) else f"{above}{text}"
            best, title = points, text
    return title if title is not None else _first_line(rows)


def _unwrapped(rows: Sequence[Row]) -> list[Row]:
    """*rows*, those as one between which a line end stands inside a word of titles: 総合計画審 / 議会会議 / 録."""
    whole: list[Row] = []
    for row in rows:
        above = whole[-1] if whole else None
        if above is not None and above.stop == row.start and _inside_word(squeeze(above.text), squeeze(row.text)):
            whole[-1] = above._replace(end=row.end, stop=row.stop, text=above.text + row.text)
        else:
            whole.append(row)
    return whole


def _inside_word(above: str, below: str) -> bool:
    """Whether a word that titles end with goes from the line *above* on into the one *below*."""
    if len(above) + len(below) >= 60 or "。" in above + below:
        return False
    here = len(above)
    joined = above[-_LONGEST_WORD:] + below[:_LONGEST_WORD]
    at = min(here, _LONGEST_WORD)
    if not any(sign in joined for sign in _IN_TITLE_WORDS):
        return False
    return any(match.start() < at < match.end() for match in _TITLE_WORD.finditer(joined))


def _points(row: Row) -> int:
    """How much a line reads like the title of a record; 0 when it is none."""
    if row.text.startswith("# "):
        return 6
    text = row.text.strip("#= 　")
    if len(text) >= 60 or row.kind is LineKind.NUMBERED or text.endswith("。"):
        return 0
    tight = squeeze(text)
    if not any(sign in tight for sign in _IN_TITLES):
        return 0
    points = max((p for pattern, p in _TITLE if pattern.search(tight)), default=0)
    if points == 0 or (_NO_TITLE.search(text) and not re.search(_RECORD, text)):
        return 0
    return points + bool(_RECORD_AT_END.search(tight))


def _first_line(rows: Sequence[Row]) -> str | None:
    """Without a word for records in any line, the title is the first line that reads like one."""
    for row in rows[:2]:
        text = row.text.strip("#= 　")
        plain = row.kind in (LineKind.TEXT, LineKind.HEADING) and 4 <= len(text) <= 60 and text[-1] not in "。、"
        if (
            plain
            and not re.search(r"[ 　]{2,}", text)
            and not DATE.match(text)
            and not _NO_TITLE.search(text)
            and "：" not in text
        ):
            return close_up(text)
    return None


def _is_session(text: str) -> bool:
    return len(text) < 40 and bool(re.search(r"定例会|臨時会|第.{1,4}回|年度", text)) and "。" not in text


def _body(title: str | None) -> tuple[str | None, str | None]:
    """令和5年度第1回都市町村協議会議事速記録 -> (都市町村協議会, 令和5年度第1回)."""
    if title is None:
        return None, None
    tight = squeeze(title).replace("委員会議録", "委員会会議録")
    record = _RECORD_TO_END.search(tight)
    bare = tight[: record.start()] if record else tight
    body, session = _body_of(bare)
    if body is None and record is not None and record.group()[:2] in ("会議", "會議"):  # 子育て会議 + 議事録
        body, _ = _body_of(bare + record.group()[:2])
    return body, session


def _body_of(bare: str) -> tuple[str | None, str | None]:
    """The assembly and the session in a title without its word for records."""
    if diet := _DIET.match(bare):
        return _assembly(diet["body"]), diet["session"]
    found = _SESSION.match(bare)
    assert found is not None  # every part of the pattern may be empty
    session, rest = found["session"], found["rest"]
    if inside := _CALLED_IN.match(rest):
        session, rest = session + inside["meeting"], (inside["front"] or "") + inside["tail"]
    elif late := re.search(_NUMBER_OF, rest):
        if _NUMBER_OF_ANY.search(session) is None:
            session += late.group()
        rest = rest.replace(late.group(), "")
    return _assembly(rest), session or None


def _assembly(text: str) -> str | None:
    """The assembly that *text* begins with: 町議会全員協議会の記録 -> 町議会全員協議会."""
    found = _ASSEMBLY.match(re.sub(r"[（(][^（()）]*[）)]|[「」『』]", "", text).strip("・"))
    return found.group() if found else None


def _times(rows: Sequence[Row], events: Sequence[str]) -> tuple[str | None, str | None]:
    start = end = None
    bare = [found[0] for text in events if ONLY_TIME.fullmatch(squeeze(text)) and (found := times(text))]
    for text in [row.text for row in rows] + list(events):
        found = times(text) if len(text) < 80 and any(sign in text for sign in _IN_TIMES) else []
        if not found:
            continue
        if start is None and len(found) >= 2 and _RANGE.search(text):
            start, end = found[0], found[1]
        elif _CLOSING.search(text) and not _OPENING.search(text):
            end = found[-1]
        elif start is None and (_OPENING.search(text) or re.search(r"日\s*時", text)):
            start = found[0]
    if bare and start is None:
        start = bare[0]
    if len(bare) > 1 and end is None:
        end = bare[-1]
    return start, end


def _place(rows: Sequence[Row]) -> str | None:
    for i, row in enumerate(rows):
        if "場" not in row.text and "於" not in row.text:
            continue
        if match := _PLACE.match(row.text):
            return close_up(match["place"].strip(" 　：:・"))
        if i + 1 < len(rows) and _PLACE_ALONE.match(row.text):
            return close_up(rows[i + 1].text)
    return None
