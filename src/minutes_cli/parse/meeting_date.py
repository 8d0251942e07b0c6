"""The day of a meeting: among the dates in front of the first speaker the one that is said to be its own.

A date with a label such as 日時 wins; then one that stands alone on its line; then one in a line on how the meeting was
called or opened. The day on which a page was changed, a rule takes effect or a contract ends is never the meeting's,
and neither is a date inside what somebody wrote: no date is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minutes_cli.lexicon.calendar import DATE, date_of
from minutes_cli.parse.labels import squeeze
from minutes_cli.parse.layout import HEADING, TABLE, Row
from minutes_cli.patterns import lazy

__all__ = ["meeting_date"]

#: One of these stands behind the year of every date.
_IN_DATES = ("年", ".", "．", "/", "／", "-")
_LABELLED, _BARE, _CALLED, _NAMED = 4, 3, 2, 1
#: What may stand between a label and its date.
_BETWEEN = r"[：:はも（(【［\[「】］\])）／/｜|*＊_]*"
_OWN = lazy(r"日時|開催(?:年月)?日|会議(?:年月)?日|期日|年月日|と\s?き$|日付")
_OWN_ALONE = lazy(
    rf"[^\w]*(?:[0-9０-９一二三四五六七八九十]{{1,3}}[．.、)）]?)?[^\w]*"
    rf"(?:会議|開催|本会議)?(?:の|年月)?(?:日時|期日|年月日|開催日|とき|日付)(?:及び|・|と)?(?:場所|会場)?{_BETWEEN}$"
)
#: Of something else, as a label before the date.
_OTHER_WORD = (
    r"(?:更新|掲載|作成|公開|公表|発行|登録|施行|公布|改正|改訂|印刷|配布|配付|提出|回答|締切|締め切り|設置|制定|告示|"
    r"確定|生年月|納入|納付|発効|適用|議決|可決|受付|受理|契約|就任|任命|委嘱|投稿|保存|撮影|調製|調整|閲覧|申請)"
)
_OTHER = lazy(
    rf"{_OTHER_WORD}(?:年月日|日時|日付|期日|期限|期間|日)?{_BETWEEN}$|(?:期限|期間|任期|工期|納期){_BETWEEN}$"
)
_ANOTHER_MEETING = lazy(r"次回|前回|今後|予定|締切|締め切り|期限")
#: Of something else, as it goes on behind the date.
_GOES_ON = lazy(
    rf"[^\w]*(?:[（(][^（()）]{{0,8}}[)）])?[^\w。]*(?:最終)?"
    rf"(?:{_OTHER_WORD}|付|現在|まで|以[降後前]|より前|生まれ|生$|時点|から(?!.{{0,3}}[0-9０-９]{{1,2}}時))"
)
_PERIOD = lazy(r"\s*(?:[（(][^（()）]{0,4}[)）])?\s*[~～〜]\s*(?:令和|平成|昭和|同年|[12][0-9]{3}年|[0-9０-９]{1,2}月)")
_ENDS_PERIOD = lazy(r"(?:[~～〜]|から)$")
_WEEKDAY = lazy(r"\s*[（(]\s*[日月火水木金土]\s*(?:曜\s*日?)?\s*(?:[・･、]\s*祝日?)?[)）](?=\s|$)")
_CALLS = lazy(r"開\s?催|招\s?集|開\s?会|開\s?議")
_WAS_CALLED = lazy(r"招\s?集|開\s?[会議催](?:し|され|いたし|を)")
_SENTENCE = lazy(r"[^。]{12,}。")
#: As many sentences end the head of a record: what stands below them is what it says.
_SENTENCES = 4
_MORE = 12  # characters beside a date that stands alone: a weekday, an hour, 開議
_LONGEST = 80


def meeting_date(rows: Sequence[Row]) -> str | None:
    """The day of the meeting as YYYY-MM-DD, from *rows* in front of what is said (none of them blank)."""
    best, day = 0, None
    for row, match, above in _dates(_head(rows)):
        points = _points(row, match, above)
        if points > best:
            best, day = points, date_of(match)
    return day


def _head(rows: Sequence[Row]) -> Sequence[Row]:
    """*rows* down to where a text begins."""
    sentences = 0
    for i, row in enumerate(rows):
        if "。" in row.text and _SENTENCE.search(row.text) and not _WAS_CALLED.search(row.text):
            sentences += 1
            if sentences == _SENTENCES:
                return rows[:i]
    return rows


def _dates(rows: Sequence[Row]) -> Iterator[tuple[Row, re.Match[str], str]]:
    """The dates of *rows* that exist, with the row and with the text of the row above."""
    above = ""
    for row in rows:
        if any(sign in row.text for sign in _IN_DATES):
            yield from ((row, match, above) for match in DATE.finditer(row.text) if date_of(match))
        above = row.text


def _points(row: Row, match: re.Match[str], above: str) -> int:
    """How much the date reads like that of the meeting; 0 when it is of something else."""
    text = row.text
    before, behind = squeeze(text[: match.start()]), text[match.end() :]
    if not before and len(above) <= _MORE and not DATE.search(above):  # a label on a line of its own
        before = squeeze(above)
        if before and _OWN_ALONE.match(before):
            return _LABELLED
        before = before if before and _OTHER.search(before) else ""
    if before and (_OTHER.search(before) or _ANOTHER_MEETING.search(before) or _ENDS_PERIOD.search(before)):
        return 0
    label = before.rpartition("。")[2]
    if label and _OWN.search(label) and "。" not in text:
        return _LABELLED
    if behind and (_GOES_ON.match(behind) or _PERIOD.match(behind)):
        return 0
    if match.start() == 0 and behind and _WEEKDAY.match(behind):  # a whole head may be one line
        return _BARE
    if "。" in text or len(text) > _LONGEST:
        return _CALLED if _WAS_CALLED.search(text) else 0
    if row.kind is not TABLE and len(text) - len(match.group()) <= _MORE:
        return _BARE
    if _CALLS.search(text):
        return _CALLED
    return _NAMED if row.kind is HEADING or not before else 0
