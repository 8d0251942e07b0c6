"""The rules about people: quiet on records whose labels and lists agree, and each at the line of the fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.check.implausible import implausible
from minutes_cli.check.people import Naming, Roster, attendance, differing, namings, one_form
from minutes_cli.check.run import check, understand
from minutes_cli.check.table import RULES
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Speaker
from minutes_cli.parse.labels import take_apart

_ROWS = {row.name: row for row in RULES if row.group == "people" or row.name == "spelling-variants"}
_LOUD = [row for name, row in _ROWS.items() if name not in ("silent-attendee", "spelling-variants")]

_SURNAMES = ("山田", "佐藤", "鈴木", "高橋", "長谷川", "渡辺", "林", "五百蔵")
_GIVEN = ("太郎", "花子", "一郎", "美咲", "健", "くるみ", "三千代", "楓")
_STRANGERS = ("大森 直人", "宮本 春子", "木下 康夫")

_people = st.lists(st.sampled_from(_SURNAMES), min_size=4, max_size=8, unique=True).map(
    lambda surnames: [(surname, _GIVEN[_SURNAMES.index(surname)]) for surname in surnames]
)


def _subject(text: str):
    return understand(from_text(text, "record.txt", raw=text.encode("utf-8", "surrogatepass")), _LOUD)


def _findings(text: str, *names: str):
    rows = [_ROWS[name] for name in names] or _LOUD
    checked = check(_subject(text), rows)
    assert not checked.failures, checked.failures
    return [(finding.rule, finding.start.line) for finding in checked.findings]


def _council(people: list[tuple[str, str]]) -> list[str]:
    """A council in which everybody is listed and the first is in the chair; a speech a line."""
    lines = ["令和６年第１回あおば町議会定例会会議録", "令和６年３月４日（月曜日）", "出席議員"]
    lines += [f"　{seat}番　{'　'.join(names)}君" for seat, names in enumerate(people, 1)]
    lines += ["午前１０時　開議"]
    chair = f"○議長（{''.join(people[0])}君）　"
    for seat, name in enumerate(map("".join, people[1:]), 2):
        lines += [f"{chair}{seat}番、{name}君。", f"○{seat}番（{name}君）　図書館について伺います。"]
        lines += [f"{chair}ほかにありますか。", f"○{seat}番（{name}君）　道路についても伺います。"]
    return [*lines, f"{chair}これで散会いたします。"]


@given(_people)
def test_a_record_whose_labels_agree_is_left_alone(people):
    assert _findings("\n".join(_council(people)) + "\n") == []


@given(_people, st.data())
def test_a_stranger_in_one_label_is_found_there(people, data):
    lines = _council(people)
    at = data.draw(st.sampled_from([i for i, line in enumerate(lines) if line.startswith("○") and "番（" in line]))
    stranger = data.draw(st.sampled_from(_STRANGERS)).replace(" ", "")
    lines[at] = lines[at].split("（")[0] + f"（{stranger}君）　図書館について伺います。"
    assert _findings("\n".join(lines) + "\n") == [("not-in-attendance", at + 1)]


@given(_people, st.data())
def test_one_character_of_a_surname_is_found_in_its_label(people, data):
    lines = _council(people)
    labels = [i for i, line in enumerate(lines) if line.startswith("○") and "番（" in line]
    at = data.draw(st.sampled_from(labels))
    name = lines[at].split("（")[1][0]
    lines[at] = lines[at].replace(f"（{name}", "（沼", 1)
    assert _findings("\n".join(lines) + "\n") == [("name-variants", at + 1)]


@given(_people, st.data())
def test_a_line_gone_from_the_list_is_found_at_the_first_label(people, data):
    lines = _council(people)
    gone = data.draw(st.integers(1, len(people) - 1))
    del lines[3 + gone]
    label = f"番（{''.join(people[gone])}君）"
    first = next(i for i, line in enumerate(lines) if line.startswith("○") and label in line)
    assert _findings("\n".join(lines) + "\n", "not-in-attendance") == [("not-in-attendance", first + 1)]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ("○", "（", "）", "君", "委員", "議長", "３番", "出席委員\n", "山田", "渡邊", "\n", "　", "〃")
            ),
            st.text(max_size=3),
        ),
        max_size=60,
    ).map("".join)
)
def test_any_text_is_checked_and_places_stand_in_it(text):
    checked = check(_subject(text), _LOUD + [_ROWS["silent-attendee"]])
    assert not checked.failures
    assert all(0 <= f.span.start <= f.span.end <= len(text) for f in checked.findings)


@given(st.text(alphabet="渡辺邊部山田太郎", max_size=6), st.text(alphabet="渡辺邊部山田太郎", max_size=6))
def test_the_place_in_which_two_names_differ(one, other):
    at = differing(one, other)
    assert at == differing(other, one)
    if at is not None:
        assert one[:at] + other[at] + one[at + 1 :] == other != one
    assert one_form(one_form(one)) == one_form(one)


_LISTED = """あおば町まちづくり委員会会議録
令和６年３月４日（月曜日）
出席委員
　委員長　山田　太郎　　委員　佐藤　花子
　委員　　鈴木　一郎　　委員　高橋　次郎
{}○山田委員長　ただいまから委員会を開きます。
○佐藤委員　公園について伺います。
○{}　私もお聞きします。
○高橋委員　私からも伺います。
○山田委員長　これで閉じます。
"""


@pytest.mark.parametrize(
    ("more", "label", "expected"),
    [
        ("", "鈴木委員", []),
        ("", "小川委員", [("not-in-attendance", 8)]),
        ("", "小川都市計画課長", []),  # officials are not listed at all
        ("説明員\n　総務課長　小川　三郎\n　福祉課長　石田　四郎\n", "小川総務課長", []),
        ("", "小川参考人", []),
        ("", "Ａ委員", []),
        ("欠席委員\n　小川　三郎\n", "小川委員", [("not-in-attendance", 10)]),
        ("（傍聴　小川三郎）\n", "小川委員", []),  # named before the first speech, however it is to be read
        ("", "鈴本委員", [("not-in-attendance", 8)]),
    ],
)
def test_who_must_be_in_the_list(more, label, expected):
    assert _findings(_LISTED.format(more, label), "not-in-attendance") == expected


def test_a_name_like_one_of_the_list_is_asked_for():
    (finding,) = check(_subject(_LISTED.format("", "鈴本委員")), [_ROWS["not-in-attendance"]]).findings
    assert finding.message == "鈴本 is not in the attendance list; did you mean 鈴木一郎?"


def test_a_list_that_leaves_out_many_is_no_list_of_the_speakers():
    text = _LISTED.format("", "小川委員").replace("○佐藤委員", "○大森委員")
    assert _findings(text, "not-in-attendance") == []


_PLAIN = """令和６年第１回あおば町議会定例会会議録
令和６年３月４日（月曜日）
○議長（山田太郎君）　ただいまから会議を開きます。
○総務課長（佐藤花子君）　提案の理由を申し上げます。
○議長（山田太郎君）　{}
○{}　図書館について伺います。
○総務課長（佐藤花子君）　来年の春に開きます。
○議長（山田太郎君）　お諮りいたします。
○総務課長（佐藤花子君）　補足いたします。
○{}　ありがとうございます。
○議長（山田太郎君）　これで散会いたします。
"""


@pytest.mark.parametrize(
    ("call", "first", "second", "expected"),
    [
        ("質疑を許します。", "３番（鈴木一郎君）", "３番（鈴木一郎君）", []),
        ("質疑を許します。", "３番（鈴木一郎君）", "５番（佐藤一郎君）", []),
        ("３番、鈴木一郎君。", "４番（鈴木一郎君）", "１番（高橋次郎君）", [("labels-disagree", 6)]),
        ("質疑を許します。", "総務部長（佐藤花子君）", "３番（鈴木一郎君）", [("labels-disagree", 6)]),
        ("質疑を許します。", "総務課長（佐藤花美君）", "３番（鈴木一郎君）", [("labels-disagree", 6)]),
        ("質疑を許します。", "総務課長（大森直人君）", "３番（鈴木一郎君）", [("labels-disagree", 6)]),
        ("質疑を許します。", "総務課長（佐籐花子君）", "３番（鈴木一郎君）", [("name-variants", 6)]),
        ("質疑を許します。", "議長（山本太郎君）", "３番（鈴木一郎君）", [("name-variants", 6)]),
        ("質疑を許します。", "議長（大森直人君）", "３番（鈴木一郎君）", [("labels-disagree", 6)]),
        ("質疑を許します。", "副議長（大森直人君）", "副議長（大森直人君）", []),
        ("質疑を許します。", "３番（鈴木一郎君）", "議長（大森直人君）", [("labels-disagree", 10)]),
        ("山田大郎君の質問です。", "３番（鈴木一郎君）", "３番（鈴木一郎君）", [("name-variants", 5)]),
        ("鈴木議員。", "３番（鈴本君）", "３番（鈴木君）", [("name-variants", 6)]),
        ("葛西委員。", "葛両委員", "葛両委員", [("name-variants", 5)]),
        ("葛西委員。", "葛両委員", "９番（高橋次郎君）", [("name-variants", 6)]),
        ("質疑を許します。", "鈴木委員", "鈴本委員", []),
        ("質疑を許します。", "３番（鈴7木一郎君）", "３番（鈴木一郎君）", [("implausible-name", 6)]),
    ],
)
def test_labels_that_do_not_agree(call, first, second, expected):
    assert _findings(_PLAIN.format(call, first, second)) == expected


_SURNAMES_ONLY = """あおば町まちづくり委員会会議録
令和６年３月４日（月曜日）
○山田座長　ただいまから始めます。
○渡辺市長　お話しいたします。
○{}　続けます。
○渡辺市長　以上です。
○山田座長　ほかにありますか。
○渡辺市長　ありません。
○山田座長　これで閉じます。
"""


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("山田座長", []),
        ("山本座長", [("name-variants", 5)]),  # nobody takes the chair for one speech
        ("渡部市長", [("name-variants", 5)]),  # there is one mayor
        ("渡部委員", []),
        ("渡邊委員", []),
        ("山本副座長", []),
    ],
)
def test_surnames_alone_tell_little(label, expected):
    assert _findings(_SURNAMES_ONLY.format(label)) == expected


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("議長（氷室3孝志君）", "氷室3孝志"),
        ("４番（千々●亮君）", "千々●亮"),
        ("議長（か君）", "か"),
        ("議長（xkqz君）", "xkqz"),
        ("いたします委員", "いたします"),
        ("3番（午前十時君）", "午前十時"),
        ("町長（橘川怜子君登壇）", "橘川怜子君登壇"),
        ("山■委員", "山■"),
        ("議長（氷室孝志君）", None),
        ("４番（四月一日君）", None),
        ("３番（マルガリータ・ロペス君）", None),
        ("議長（JOHN SMITH君）", None),
        ("Ａ委員", None),
        ("○○委員", None),
        ("市民公募２号委員", None),
        ("ＰＴＡ連合会委員", None),
        ("６番議員", None),
        ("総務２課長", None),
        ("委員（市民２）", None),
        ("司会（役場 観光課）", None),
    ],
)
def test_what_can_be_nobody_s_name(label, name):
    speaker = Speaker("s1", label, (label,), None, None, None, None)
    found = implausible(Naming(label, take_apart(label), "", "", False, (0,), speaker))
    assert (found and found[0]) == name


def test_a_roster_knows_people_by_what_labels_print():
    text = _LISTED.format("説明員\n　町長　渡辺　恵\n", "鈴木委員")
    roster = attendance(_subject(text))
    assert all(roster.holds(name) for name in ("山田", "山田太郎", "渡邊", "渡邉恵"))
    assert not any(roster.holds(name) for name in ("山", "太郎", "山田次郎", "小川", "渡部"))
    assert not Roster(())


def test_a_village_in_brackets_behind_an_office_is_a_surname():
    assert [n.name for n in namings(_subject("○議長（田村）　開会します。\n○３番（木村君）　はい。\n" * 3))] == [
        "田村",
        "木村",
    ]


_ROSTER = """あおば町まちづくり委員会会議録
令和６年３月４日（月曜日）
出席委員
　委員長　谷　公一君　　谷川　とむ君
　東　国幹君　　　　　　上田　英俊君
欠席委員
　小川　三郎君
事務局
　都市整備部長　大槻　誠
　政府参考人
　（道路局長）　　石田　四郎君
○谷委員長　ただいまから委員会を開きます。
○東委員　道路について伺います。
○石田政府参考人　お答えします。
○谷委員長　これで閉じます。
"""


def test_a_surname_that_the_list_sets_apart_is_no_beginning_of_another():
    text = _ROSTER.replace("　委員長　谷　公一君", "　委員長　大西　健介君　　谷　公一君").replace(
        "○谷委員長", "○谷委員"
    )
    assert _subject(text).document.speakers[0].name == "谷 公一"
    assert _findings(text, "ambiguous-label") == []


def test_lists_are_read_to_the_end():
    document = _subject(_ROSTER).document
    assert [(a.group, a.name, a.role) for a in document.attendance] == [
        ("出席委員", "谷 公一", "委員長"),
        ("出席委員", "谷川 とむ", None),
        ("出席委員", "東 国幹", None),
        ("出席委員", "上田 英俊", None),
        ("欠席委員", "小川 三郎", None),
        ("事務局", "大槻 誠", "都市整備部長"),
        ("事務局", "石田 四郎", "政府参考人"),
    ]
    assert [s.name for s in document.speakers] == ["谷 公一", "東 国幹", "石田 四郎"]
    assert _findings(_ROSTER) == []


_WORDS = """令和６年第１回あおば町議会定例会会議録
令和６年３月４日（月曜日）
○議長（山田太郎君）　ただいまから会議を開きます。
○町長（佐藤花子君）　防災の{}を続けます。
○１番（鈴木一郎君）　ほかの{}はどうですか。
○町長（佐藤花子君）　新しい{}も考えます。
○議長（山田太郎君）　これで散会いたします。
"""


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (("取組", "取組", "取り組み"), [6]),
        (("取り組み", "取組", "取り組み"), [5]),
        (("手続", "手続", "手続き"), [6]),
        (("サーバ", "サーバー", "サーバー"), [4]),
        (("Ｗｅｂ", "Ｗｅｂ", "Web"), [6]),
        (("障害の支援", "障がいの支援", "障害の支援"), [5]),
        (("取組", "取組", "取組"), []),
        (("時", "とき", "時"), []),
        (("取り組み", "取組要領", "取り組み"), []),  # a compound may be a name
        (("明かり", "灯り", "明かり"), []),  # other kanji, other words
        (("引下げ", "引下げ", "引下げを求めて引き下げている話"), []),  # the noun and the verb
        (("引下げを", "引下げを", "引下げを求めて引き下げる話"), []),
    ],
)
def test_words_in_two_spellings(words, lines):
    assert [line for _, line in _findings(_WORDS.format(*words), "spelling-variants")] == lines


def test_a_spelling_is_asked_about_and_never_changed_unasked():
    subject = _subject(_WORDS.format("取組", "取組", "取り組み"))
    (finding,) = check(subject, [_ROWS["spelling-variants"]]).findings
    assert finding.fix is not None
    assert (finding.fix.before, finding.fix.after, finding.fix.safety.value) == ("取り組み", "取組", "ask")
