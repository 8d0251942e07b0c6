"""M403: one person under labels that contradict each other.

A surname that differs in one character, and variants of characters, belong to name-variants.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_cli.check import people as p
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.slips import in_surname, slips
from minutes_cli.check.subject import Subject
from minutes_cli.patterns import lazy

#: Words that join two offices of one person, or say that one is held for another.
_BOTH = lazy(r"兼|代理|代行|職務|心得|取扱|^[前元新]")
#: Offices of which one person has one: seats, and posts of a department.
_POST = lazy(r"^[0-9]+番$|..(?:部長|課長|局長|室長|所長|館長|園長|係長|次長|主幹|主査|参事|署長|校長|院長)$")

#: Somebody under more labels than this is called so on purpose.
_MOST = 8
_SEAT = lazy(r"[0-9]+番")
_CALLED = lazy(
    r"(?P<seat>[0-9０-９一二三四五六七八九十]{1,4}番)(?:議員|委員)?[、，]?"
    r"(?P<name>[^、，。番]{2,8}?)(?:君|議員|委員|さん|氏)[、。]?$"
)


def _find(subject: Subject) -> Iterator[Flaw]:
    found = [naming for naming in p.namings(subject) if naming.name]
    if not found:
        return
    roster = p.attendance(subject)
    for slip in slips(subject, found, roster):
        if not in_surname(slip, roster):
            for number in slip.places:
                yield Flaw(
                    p.place_in_label(subject, number, slip.wrong),
                    f"{slip.wrong} is {slip.right} in other labels ({p.lines_of(subject, slip.known)}); "
                    "find out which is right, and write it so everywhere",
                )
    yield from _other_given_names(subject, found, roster)
    yield from _other_titles(subject, found)
    if not roster:
        yield from _other_names(subject, found)
    yield from _other_seats_called(subject, found)
    names: dict[str, set[str]] = {}
    for naming in found:
        names.setdefault(naming.office, set()).add(naming.name)
    for name, namings in p.by_name(found).items():
        if len(namings) <= _MOST:
            yield from _other_offices(subject, name, namings, names, roster)


def _other_given_names(subject: Subject, found: Sequence[p.Naming], roster: p.Roster) -> Iterator[Flaw]:
    """One office, one surname, two given names: 総務課長（佐藤一郎）, 総務課長（佐藤次郎）."""
    holders: dict[str, list[p.Naming]] = {}
    for naming in found:
        if naming.full and p.own_office(naming.office):
            holders.setdefault(naming.office, []).append(naming)
    for office, namings in holders.items():
        for naming in namings if len(namings) <= _MOST else ():
            others = [n for n in namings if n.name != naming.name and n.name[:2] == naming.name[:2]]
            if not others or p.differing(naming.name, others[0].name) is not None or len(others) > 1:
                continue
            if _weight(naming, roster) < _weight(others[0], roster):
                yield Flaw(
                    p.place_in_label(subject, naming.turns[0], naming.name),
                    f"{office} is {naming.name} here and {others[0].name} elsewhere "
                    f"({p.lines_of(subject, others[0].turns)}); find out which is right",
                )


def _other_names(subject: Subject, found: Sequence[p.Naming]) -> Iterator[Flaw]:
    """One office under another name for one speech, with the first name before and after it: a label for another.

    Where there is an attendance list, not-in-attendance reports such a name.
    """
    holders: dict[str, dict[str, list[int]]] = {}
    for naming in found:
        title = p.office_key(naming.label.title) if naming.label.role else ""
        for office in {naming.office, title} - {""}:
            if p.own_office(office) or p.CHAIR.search(office):
                holders.setdefault(office, {}).setdefault(naming.name, []).extend(naming.turns)
    told: set[int] = set()
    for office, names in holders.items():
        if len(names) != 2:
            continue
        (rare, once), (often, turns) = sorted(names.items(), key=lambda item: len(item[1]))
        chair = p.CHAIR.search(office) is not None
        unlike = rare[0] != often[0] and not often.startswith(rare) and p.differing(rare, often) is None
        between = len(once) == 1 and len(turns) >= (3 if chair else 2) and min(turns) < once[0] < max(turns)
        if between and unlike and once[0] not in told:
            told.add(once[0])
            yield Flaw(
                p.place_in_label(subject, once[0], rare),
                f"{office} is {rare} here and {often} before and after ({p.lines_of(subject, sorted(turns))}); "
                "find out who speaks",
            )


def _other_seats_called(subject: Subject, found: Sequence[p.Naming]) -> Iterator[Flaw]:
    """Somebody called by one seat, and labelled with another: ４番、山田太郎君。 and ○５番（山田太郎君）."""
    turns = subject.document.turns
    alone = {name for name, namings in p.by_name(found).items() if len({n.office for n in namings}) == 1}
    for naming in found:
        if naming.name not in alone or not naming.full or not _SEAT.fullmatch(naming.office):
            continue
        for number in naming.turns:
            said = turns[number - 1].paragraphs[-1][-40:] if number and turns[number - 1].paragraphs else ""
            called = _CALLED.search("".join(said.split()))
            if called and called["name"] == naming.name and p.office_key(called["seat"]) != naming.office:
                yield Flaw(
                    p.place_in_label(subject, number, naming.label.role or ""),
                    f"{naming.name} is {naming.office} here and was called as {p.office_key(called['seat'])}; "
                    "find out which is right",
                )


def _other_titles(subject: Subject, found: Sequence[p.Naming]) -> Iterator[Flaw]:
    """One name, one office, and another title in brackets: 会長（山田市長）, 会長（山田知事）."""
    same: dict[tuple[str, str], list[p.Naming]] = {}
    for naming in found:
        if naming.label.role and naming.label.title:
            same.setdefault((naming.name, naming.office), []).append(naming)
    for (name, _), namings in same.items():
        often = max(namings, key=lambda n: len(n.turns))
        for naming in namings:
            one, other = p.plain(naming.label.title), p.plain(often.label.title)
            if one not in other and other not in one and len(naming.turns) < len(often.turns):
                yield Flaw(
                    subject.place_of(naming.turns[0]),
                    f"{name} is {one} here and {other} elsewhere ({p.lines_of(subject, often.turns)}); "
                    "find out which is right",
                )


def _other_offices(
    subject: Subject,
    name: str,
    namings: Sequence[p.Naming],
    names: dict[str, set[str]],
    roster: p.Roster,
) -> Iterator[Flaw]:
    """One person under two seats, or under two posts."""
    posts = [n for n in namings if _POST.search(n.office) and not _BOTH.search(n.office)]
    if not posts:
        return
    full = any(n.full for n in namings)
    listed = roster.names.get(name, [])
    held = {x.office for x in listed if x.office}
    often = max(posts, key=lambda n: (_fits(n.office, held), len(n.turns), -n.turns[0]))
    turns = {office: sum(len(n.turns) for n in posts if n.office == office) for office in {n.office for n in posts}}
    for naming in posts:
        if _agree(naming.office, often.office):
            continue
        if held and _fits(naming.office, held):
            continue  # the list has the person, or a namesake, with this office too
        others_hold = names[naming.office] - {name}
        rarer = turns[naming.office] < turns[often.office]
        if full or (held and _fits(often.office, held)):
            sure = rarer or bool(others_hold) or bool(held)
        else:
            sure = rarer and (bool(others_hold) or p.differing(naming.office, often.office) is not None)
        called = any(_called(subject, number, name, often.office) for number in naming.turns[:3])
        if sure or called:
            yield from _each(subject, naming, f"{name} is {naming.office} here and {often.office} elsewhere", often)
    if full and len(held) == 1 and len(turns) == 1:
        (office,) = held
        if _POST.search(office) and not _fits(often.office, held) and not _BOTH.search(office):
            at = subject.source.place(listed[0].span.start).line
            for naming in posts:
                yield from _each(
                    subject, naming, f"{name} is {naming.office} here and {office} in the attendance list (line {at})"
                )


def _each(subject: Subject, naming: p.Naming, what: str, often: p.Naming | None = None) -> Iterator[Flaw]:
    where = f" ({p.lines_of(subject, often.turns)})" if often else ""
    for number in naming.turns:
        place = p.place_in_label(subject, number, naming.label.role or naming.label.title or "")
        yield Flaw(place, f"{what}{where}; find out which is right")


def _called(subject: Subject, number: int, name: str, office: str) -> bool:
    """Whether the speech before ends by calling the bearer of *name* by *office*."""
    before = subject.document.turns[number - 1].paragraphs if number else ()
    said = p.plain(before[-1][-30:]) if before else ""
    return any(said.rstrip("。、").endswith(name[:size] + office) for size in range(1, 4))


def _agree(one: str, other: str) -> bool:
    """Whether both offices may be one: 事務局長 and 議会事務局長. A seat agrees with every post."""
    seats = one[:1].isdecimal() + other[:1].isdecimal()
    return one == other or seats == 1 or (seats == 0 and (one.endswith(other) or other.endswith(one)))


def _fits(office: str, held: set[str]) -> bool:
    return any(_agree(office, other) for other in held)


def _weight(naming: p.Naming, roster: p.Roster) -> tuple[bool, int, int]:
    return naming.name in roster.names, len(naming.turns), -naming.turns[0]


_RECORD = """令和６年第１回あおば町議会定例会会議録
令和６年３月４日（月曜日）
○議長（山田太郎君）　ただいまから会議を開きます。
○３番（佐藤花子君）　図書館について伺います。
○{}　来年の春に開きます。
○３番（佐藤花子君）　名前は決まりましたか。
○総務課長（鈴木一郎君）　町民の皆さんから募ります。
○{}　分かりました。
○総務課長（鈴木一郎君）　以上です。
○{}　これで散会いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "Labels give one person two seats, two posts, two titles or two given names: "
        "３番（佐藤花子） and ５番（佐藤花子）, 総務課長（鈴木） and 総務部長（鈴木）, 山田一郎 and 山田一朗. "
        "The rarer one is reported, or the one that the attendance list contradicts. "
        "People may chair and speak from their seats, hold one office for another (代理, 兼), and be called by a short "
        "form of their office; a surname alone is common to several people, and is reported only where the posts are "
        "nearly the same, or somebody else holds the rarer one. "
        "A surname in two spellings is left to name-variants."
    ),
    must=(
        Example(_RECORD.format("総務課長（鈴木一郎君）", "５番（佐藤花子君）", "議長（山田太郎君）"), (8,)),
        Example(_RECORD.format("総務部長（鈴木一郎君）", "３番（佐藤花子君）", "議長（山田太郎君）"), (5,)),
        Example(_RECORD.format("総務課長（鈴木一朗君）", "３番（佐藤花子君）", "議長（山田太郎君）"), (5,)),
    ),
    must_not=(
        Example(_RECORD.format("総務課長（鈴木一郎君）", "３番（佐藤花子君）", "副議長（佐藤花子君）")),
        Example(_RECORD.format("福祉課長（鈴木次郎君）", "５番（佐藤月子君）", "議長（山田太郎君）")),
        Example(_RECORD.format("総務課長兼会計課長（鈴木一郎君）", "３番（佐藤花子君）", "議長（山田太郎君）")),
    ),
)
