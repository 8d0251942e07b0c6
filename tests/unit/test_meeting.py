"""When and which meeting: the day that is the meeting's own, titles over several lines, who is on the list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.ingest import understand
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Document
from minutes_cli.parse import parse
from minutes_cli.parse.header import read_meeting
from minutes_cli.parse.layout import rows

_SAID = "会長：開会します。\n大槻委員：ごみの減量はどうですか。\n事務局：五分減りました。\n会長：閉会します。\n"
_DAY = "令和6年7月3日"


def _parsed(front: str, said: str = _SAID) -> Document:
    return parse(from_text(f"{front}\n{said}"))


def _day(front: str) -> str | None:
    return read_meeting(rows(front), (), ()).date


def _page(body: str) -> Document:
    return parse(understand("page.html", f"<!DOCTYPE html><html><body>{body}</body></html>".encode()))


# -- the day ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        f"1 日時 {_DAY}（水曜日）午前10時から11時",
        f"１　日　時　　{_DAY}（水）",
        f"日時：{_DAY}（水）午前10時～11時",
        f"○開催日時　{_DAY}　午前10時から",
        f"開催日：{_DAY}",
        f"期日　{_DAY}から7月4日まで",
        f"【日時】{_DAY}",
        f"日時\t{_DAY} 14:00",
        f"日時及び場所　{_DAY}　市役所",
        f"日　時\n{_DAY}（水）午前10時",
        f"１　日時\n　　{_DAY}",
        f"{_DAY}（水曜日）",
        f"{_DAY}　午前10時開議",
        f"本審議会は{_DAY}午前10時、市役所に招集された。",
    ],
)
@pytest.mark.parametrize(
    "other",
    [
        "更新日：2024年12月1日",
        "最終更新日 2024年12月1日",
        "掲載日：2024年11月1日　更新日：2024年12月1日",
        "2024年12月1日更新",
        "2024年12月1日（掲載）",
        "ページ番号 1234\n更新日\n2024年12月1日",
        "公開日2024-12-01",
        "発行　2024年12月1日",
        "登録日：2024/12/1",
        "この規則は、令和6年12月1日から施行する。",
        "次回開催日時：令和6年12月1日",
        "委員の任期：令和6年12月1日～令和9年11月30日",
        "令和6年12月1日～令和9年11月30日",
        "名簿（令和6年12月1日現在）",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_the_day_of_the_meeting_wins_over_days_of_other_things(line: str, other: str, first: bool) -> None:
    front = f"{other}\n{line}" if first else f"{line}\n{other}"
    assert _parsed(f"霧野市環境審議会 会議録\n{front}").meeting.date == "2024-07-03"
    assert _parsed(f"霧野市環境審議会 会議録\n{other}").meeting.date is None


def test_a_page_of_a_site_has_the_day_of_its_meeting() -> None:
    said = "".join(f"<p>{line}</p>" for line in _SAID.splitlines())
    head = "<h1>令和6年第2回霧野市環境審議会 会議録</h1><p>更新日：2024年12月1日</p>"
    table = f"<table><tr><th>日時</th><td>{_DAY}（水曜日）午前10時から11時</td></tr></table>"
    for line in (f"<p>1 日時 {_DAY}（水曜日）</p>", f"<h2>日時</h2><p>{_DAY}（水曜日）</p>", table):
        assert _page(head + line + said).meeting.date == "2024-07-03"
    assert _page(head + said).meeting.date is None


@pytest.mark.parametrize(
    "text",
    [
        "指定の期間は、来年4月1日から令和8年3月31日までの5年間です。",
        "> 指定の期間は、令和8年3月31日までです。",
        "1. 工期：契約発効日の翌日から令和3年3月1日まで",
        "- 議長会会長（令和2年4月17日就任）",
        "令和3年4月1日から施行",
        "納入期限：令和3年3月22日",
        "任期は令和2年7月20日～令和5年7月19日（3年間）",
        "{{first:2020-06-02}}",
    ],
)
def test_a_day_in_what_is_said_is_none_of_the_meeting(text: str) -> None:
    assert _day(f"# 指定管理者の指定について\n\n{text}\n\n## 概要\n") is None
    assert _day(f"# 指定管理者の指定について\n{_DAY}（水）\n{text}\n\n## 概要\n") == "2024-07-03"


def test_below_the_first_paragraphs_no_day_is_that_of_the_meeting() -> None:
    paragraphs = "この条例は、公の施設を廃止するためのものである。\n\n" * 4
    assert _day(f"# 条例の廃止\n\n{paragraphs}日時：{_DAY}\n") is None
    assert _day(f"# 条例の廃止\n\n日時：{_DAY}\n\n{paragraphs}") == "2024-07-03"


def test_a_head_that_is_all_one_line_begins_with_its_day() -> None:
    head = f"{_DAY}（水曜日）  　　　　午前八時五十九分開議 　本日の会議に付した案件は次のとおりである。"
    assert _parsed(head).meeting.date == "2024-07-03"


@given(st.text("日時更新開催令和年月1234567890：（）。 　\t\n", max_size=60))
def test_any_head_gives_a_day_or_none(front: str) -> None:
    date = _parsed(front).meeting.date
    assert date is None or len(date) == 10


# -- the title ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title", "body"),
    [
        (
            "令和6年度第3回霧野市総合計画審\n議会会議録",
            "令和6年度第3回霧野市総合計画審議会会議録",
            "霧野市総合計画審議会",
        ),
        ("第2回霧野市子ども子育て会議議事\n録", "第2回霧野市子ども子育て会議議事録", "霧野市子ども子育て会議"),
        ("第2回霧野市子ども\n子育て会議議事録", "第2回霧野市子ども子育て会議議事録", "霧野市子ども子育て会議"),
        ("霧野市議会環境委員会速記\n録", "霧野市議会環境委員会速記録", "霧野市議会環境委員会"),
        ("霧野町議会定例\n会会議\n録", "霧野町議会定例会会議録", "霧野町議会"),
        ("令和6年第2回霧野市議会定例会\n会議録", "令和6年第2回霧野市議会定例会 会議録", "霧野市議会"),
        ("霧野市環境審議会\n会議録", "会議録", None),
    ],
)
def test_a_title_that_a_line_end_cuts_is_whole(lines: str, title: str, body: str | None) -> None:
    meeting = _parsed(f"{lines}\n日時：{_DAY}").meeting
    assert (meeting.title, meeting.body) == (title, body)
    assert meeting.date == "2024-07-03"


def test_lines_apart_are_not_one_title() -> None:
    assert _parsed("霧野市子ども子育て会議議事\n\n録音：事務局").meeting.title == "霧野市子ども子育て会議議事"


# -- who is on the list -------------------------------------------------------------------------------------


def test_nobody_is_made_of_what_stands_around_the_record() -> None:
    said = "".join(f"<p>{line}</p>" for line in _SAID.splitlines())
    body = (
        "<h1>霧野市環境審議会 会議録</h1><p>出席者　会長　鹿島花子、委員　大槻次郎</p>"
        f"<nav>霧野市役所　電話帳</nav>{said}"
    )
    footer = "<footer>霧野市役所 〒000-0000 電話 000</footer>"
    names = ["鹿島花子", "大槻次郎"]
    assert [person.name for person in _page(f"<main>{body}</main>{footer}").attendance] == names
    assert [person.name for person in _page(f"{footer}<main>{body}</main>").attendance] == names


# -- headings -----------------------------------------------------------------------------------------------


def _tree(document: Document) -> list[tuple[str, str | None]]:
    headings = {section.id: section.heading for section in document.sections}
    return [(section.heading, headings.get(section.parent or "")) for section in document.sections]


def _sectioned(*headings: str) -> Document:
    said = "<p>○会長（鹿島花子）　次に進みます。</p><p>○大槻委員　分かりました。</p>"
    return _page(f"<h1>霧野市審議会会議録</h1><p>{_DAY}（水）</p>" + said.join((*headings, "")))


def test_headings_found_by_their_shape_stand_below_those_that_the_page_marks() -> None:
    found = _sectioned(
        "<h2>1　開会</h2>",
        "<h2>2　議題</h2><p>(1)　基本構想について</p>",
        "<p>(2)　ごみについて</p>",
        "<h2>3　閉会</h2>",
    )
    assert _tree(found) == [
        ("開会", None),
        ("議題", None),
        ("基本構想について", "議題"),
        ("ごみについて", "議題"),
        ("閉会", None),
    ]
    for section in found.sections:
        inside = [other for other in found.sections if other.parent == section.id]
        assert all(section.span.start <= other.span.start <= other.span.end <= section.span.end for other in inside)


def test_headings_counted_like_marked_ones_stand_beside_them() -> None:
    found = _sectioned(
        "<h2>日程第１　開会</h2>", "<p>◎日程第２　議案第３１号　物品購入について</p>", "<h2>日程第３　閉会</h2>"
    )
    assert [parent for _, parent in _tree(found)] == [None, None, None]
    assert len({section.level for section in found.sections}) == 1


def test_a_heading_before_the_first_marked_one_does_not_take_in_the_rest() -> None:
    found = _sectioned("<p>◎諸般の報告</p>", "<h2>議題</h2>", "<h2>閉会</h2>")
    assert _tree(found) == [("諸般の報告", None), ("議題", None), ("閉会", None)]
