"""Faults of names and offices."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

from minutes_cli.model import Attendee, Speaker

from .record import Clean, Planted, Spot, bounds, changed, line_of, one_line, pick, spots

_STRANGERS = ("蓮沼　孝之", "丹生谷　恵美", "大和田　直樹", "椎名　文江", "古舘　一成", "美濃部　千鶴")


def _name_in(spot: Spot, speaker: Speaker) -> tuple[int, int] | None:
    """Where the speaker's name (or what the label has of it) stands in the label."""
    full = "".join((speaker.name or "").split())
    for length in range(len(full), 1, -1):
        match = re.search(r"[ 　]*".join(map(re.escape, full[:length])), spot.text)
        if match is not None:
            return spot.start + match.start(), spot.start + match.end()
    return None


def _named(clean: Clean, turns: int) -> list[tuple[Spot, Speaker, tuple[int, int]]]:
    """Labels that print a name, of speakers with at least so many turns, with the place of the name."""
    people, found = clean.subject.people, []
    counts = Counter(turn.speaker for turn in clean.document.turns)
    for spot in spots(clean):
        speaker = people.get(spot.turn.speaker or "")
        place = _name_in(spot, speaker) if speaker else None
        if speaker is not None and place is not None and counts[spot.turn.speaker] >= turns:
            found.append((spot, speaker, place))
    return found


def _tight(text: str) -> str:
    return "".join(text.split())


def _listed(clean: Clean, speaker: Speaker) -> Attendee | None:
    name = _tight(speaker.name or "")
    return next((a for a in clean.document.attendance if name and _tight(a.name) == name), None)


def _rows(clean: Clean) -> list[tuple[Attendee, int, int]]:
    """Attendees that stand alone in their line, with the line."""
    lines = [bounds(clean.text, a.span.start) for a in clean.document.attendance]
    return [(a, *line) for a, line in zip(clean.document.attendance, lines, strict=True) if lines.count(line) == 1]


def _name_place(clean: Clean, attendee: Attendee) -> tuple[int, int] | None:
    """Where the name of an attendee stands in its row."""
    pattern = r"[ 　]*".join(map(re.escape, _tight(attendee.name)))
    low, high = bounds(clean.text, attendee.span.start)
    match = re.compile(pattern).search(clean.text, low, high)
    return match.span() if match else None


# M401


def another_speaks(clean: Clean, rng: Random) -> Planted | None:
    """Somebody came in another's place, and the list was not changed."""
    choices = [(spot, speaker, place) for spot, speaker, place in _named(clean, 1) if _listed(clean, speaker)]
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    wanted = chosen[1]
    text = clean.text
    stranger = rng.choice(_STRANGERS)
    lines = set()
    for spot, speaker, (start, end) in reversed(choices):
        if speaker.id == wanted.id:
            whole = _tight(text[start:end]) == _tight(speaker.name or "")
            text = changed(text, start, end, _tight(stranger) if whole else stranger.split("　")[0])
            lines.add(line_of(clean.text, spot.start))
    listed = _listed(clean, wanted)
    lines |= {line_of(clean.text, listed.span.start)} if listed else set()
    what = f"{wanted.name} is {stranger} in all labels"
    return Planted("not-in-attendance", text, frozenset(lines), what)


def forgotten_in_list(clean: Clean, rng: Random) -> Planted | None:
    """The clerk forgot a speaker when the list was made."""
    people = clean.subject.people.values()
    choices = []
    for speaker in people:
        attendee = _listed(clean, speaker)
        row = next((r for r in _rows(clean) if r[0] is attendee), None)
        if attendee and row and len(clean.document.attendance) > 4:
            choices.append((speaker, row))
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    speaker, (_, start, end) = chosen
    text = changed(clean.text, start, end + 1, "")
    labels = {line_of(text, s.start - (end + 1 - start)) for s in spots(clean) if s.turn.speaker == speaker.id}
    return Planted("not-in-attendance", text, frozenset(labels), f"{speaker.name} taken out of the list")


# M402


def added_to_list(clean: Clean, rng: Random) -> Planted | None:
    """Somebody listed as present who does not speak."""
    chosen = pick(rng, [row for row in _rows(clean) if "欠席" not in row[0].group and _name_place(clean, row[0])])
    if chosen is None:
        return None
    attendee, start, end = chosen
    place = _name_place(clean, attendee)
    if place is None:
        return None
    row = changed(clean.text[start:end], place[0] - start, place[1] - start, rng.choice(_STRANGERS))
    text = changed(clean.text, end, end, "\n" + row)
    line = line_of(text, end + 1)
    return Planted("silent-attendee", text, frozenset({line}), f"added: {row.strip()}")


# M403

_OFFICES = ("総務部長", "建設課長", "福祉課長", "環境部長", "企画課長", "税務課長", "土木部長")


def other_office(clean: Clean, rng: Random) -> Planted | None:
    """One label of a person gives another office, from a copied line."""
    choices = []
    for spot, _, (start, end) in _named(clean, 3):
        match = re.search(r"[一-鿿ァ-ヴー]{2,}[部課局]長", spot.text)
        if match is not None and not start <= spot.start + match.start() < end:
            choices.append((spot.start + match.start(), spot.start + match.end()))
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    after = rng.choice([o for o in _OFFICES if o not in clean.text])
    return one_line("labels-disagree", clean, *chosen, after, "office", ("not-in-attendance",))


def other_seat(clean: Clean, rng: Random) -> Planted | None:
    """One label of a member gives the number of another seat."""
    choices = []
    for spot, _, _ in _named(clean, 3):
        if match := re.search(r"([0-9０-９一二三四五六七八九十]+)番", spot.text):
            choices.append((spot.start + match.start(1), spot.start + match.end(1)))
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    before = clean.text[slice(*chosen)]
    digits = next(d for d in ("0123456789", "０１２３４５６７８９", "〇一二三四五六七八九") if before[-1] in d + "十")
    after = digits[3] if before[-1] != digits[3] else digits[5]
    return one_line("labels-disagree", clean, *chosen, after, "seat", ("not-in-attendance",))


# M404


def mark_of_namesake_lost(clean: Clean, rng: Random) -> Planted | None:
    """The mark that tells namesakes apart was left out of one label: 吉良委員 for 吉良（元）委員."""
    marks = [(s, m) for s in spots(clean) if (m := re.search(r"(?<=[一-鿿])（[一-鿿ぁ-ん]）(?=委員|議員)", s.text))]
    surnames = {s.text[: m.start()] + m.group() for s, m in marks}
    choices = [
        (s, m) for s, m in marks if any(o.startswith(s.text[: m.start()]) and m.group() not in o for o in surnames)
    ]
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    spot, match = chosen
    at = spot.start + match.start()
    return one_line("ambiguous-label", clean, at, spot.start + match.end(), "", f"mark of {spot.turn.label}")


def namesake_joins(clean: Clean, rng: Random) -> Planted | None:
    """A second person of the surname is listed in the same function, and the labels give the surname alone."""
    choices = []
    for spot, speaker, (start, end) in _named(clean, 1):
        attendee = _listed(clean, speaker)
        row = next((r for r in _rows(clean) if r[0] is attendee), None)
        short = _tight(clean.text[start:end]) != _tight(speaker.name or "")
        if row and short and spot.text.rstrip("：　 \n").endswith(("委員", "議員")):
            choices.append((speaker, row, clean.text[start:end]))
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    speaker, (attendee, start, end), surname = chosen
    place = _name_place(clean, attendee)
    if place is None:
        return None
    row_text = changed(clean.text[start:end], place[0] - start, place[1] - start, f"{surname}　和夫")
    text = changed(clean.text, end, end, "\n" + row_text)
    labels = {line_of(clean.text, s.start) + 1 for s in spots(clean) if s.turn.speaker == speaker.id}
    lines = frozenset(labels | {line_of(text, end + 1)})
    return Planted("ambiguous-label", text, lines, f"a second {surname} in the list", ("silent-attendee",))


# M405


def garbled_name(clean: Clean, rng: Random) -> Planted | None:
    """A digit, a stroke or a stray sign within the name of one label."""
    chosen = pick(rng, _named(clean, 2))
    if chosen is None:
        return None
    end = chosen[2][1]
    after = rng.choice("1-|*7■?")
    alike = ("not-in-attendance", "name-variants", "labels-disagree")
    return one_line("implausible-name", clean, end - 1, end, after, "a sign in the name", alike)


def name_left_open(clean: Clean, rng: Random) -> Planted | None:
    """A template whose name was never filled in."""
    choices = [n for n in _named(clean, 2) if clean.text[n[2][0] - 1] in "（("]
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    _, _, place = chosen
    after = rng.choice(("○○", "××××", "●●　●●", "氏名", "＿＿＿"))
    alike = ("not-in-attendance", "labels-disagree")
    return one_line("implausible-name", clean, *place, after, "name not filled in", alike)


def words_as_name(clean: Clean, rng: Random) -> Planted | None:
    """Words of the speech slipped into the brackets of the label."""
    choices = [n for n in _named(clean, 2) if clean.text[n[2][0] - 1] in "（("]
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    _, _, place = chosen
    after = rng.choice(("ただいまの", "お答えいたします", "それでは次に"))
    alike = ("not-in-attendance", "labels-disagree")
    return one_line("implausible-name", clean, *place, after, "words for the name", alike)


# M406

#: Ways of writing a character in names, and characters that are mistaken for each other when names are typed.
_WRITTEN = (
    "辺邊邉部 斎斉齋 高髙 崎﨑嵜 沢澤 浜濱 島嶋 桜櫻 広廣 富冨 国國 真眞 竜龍 滝瀧 柳栁 恵惠 関關 秋穐 桧檜 榎槙 "
    "曽曾 児兒 静靜 条條 神上 斉斎 野埜 梶楫 渡度 橋槗 榊神 藤籐 郎朗 俊峻 由油 智知 修脩 健建 樹紀 香佳 彩綾 昭明 "
    "美実 洋陽"
).split()


def _others(character: str) -> list[str]:
    return sorted({c for group in _WRITTEN if character in group for c in group} - {character})


def other_kanji(clean: Clean, rng: Random) -> Planted | None:
    """One kanji of a name typed another way in one label."""
    named, choices = _named(clean, 2), []
    for spot, speaker, (start, end) in named:
        choices += [(at, spot, speaker) for at in range(start, end) if _others(clean.text[at])]
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    at, spot, speaker = chosen
    after = rng.choice(_others(clean.text[at]))
    labels = [line_of(clean.text, s.start) for s, other, _ in named if other.id == speaker.id]
    alike = ("not-in-attendance", "labels-disagree")
    planted = one_line("name-variants", clean, at, at + 1, after, f"in {spot.turn.label}", alike)
    # Of two labels nobody can say which one is wrong.
    return planted._replace(lines=frozenset(labels)) if len(labels) == 2 else planted


PLANTERS = {
    "not-in-attendance": (another_speaks, forgotten_in_list),
    "silent-attendee": (added_to_list,),
    "labels-disagree": (other_office, other_seat),
    "ambiguous-label": (mark_of_namesake_lost, namesake_joins),
    "implausible-name": (garbled_name, name_left_open, words_as_name),
    "name-variants": (other_kanji,),
}
