"""Faults of labels and speeches: what editing, scanning and copying do to who says what."""

from __future__ import annotations

import re
from random import Random

from minutes_cli.model import Kind

from .record import Clean, Planted, Spot, bounds, changed, line_of, one_line, pick, short, speech_end, spots


def _often(clean: Clean) -> list[Spot]:
    """Labels, but for the first, of speakers with several turns, behind a turn of somebody else."""
    found, turns = spots(clean), clean.document.turns
    counts = [turn.speaker for turn in turns]
    return [
        s
        for s in found
        if s.number and counts.count(s.turn.speaker) > 1 and turns[s.number - 1].speaker != s.turn.speaker
    ]


# M301


def mark_lost(clean: Clean, rng: Random) -> Planted | None:
    """The circle before a label was deleted by mistake; a blank, a bracket or a line end still sets it off."""
    chosen = pick(rng, [s for s in _often(clean) if s.mark and s.text[-1] in " 　\n）)"])
    return chosen and one_line(
        "swallowed-label", clean, chosen.start, chosen.start + 1, "", f"mark of {chosen.turn.label}"
    )


def mark_misread(clean: Clean, rng: Random) -> Planted | None:
    """The circle before a label came out as something else; the label is still set off from its speech."""
    chosen = pick(rng, [s for s in _often(clean) if s.mark and s.text[-1] in " 　\n）)"])
    after = rng.choice("O0Ｏ・。")
    alike = ("mixed-marks",)
    return chosen and one_line("swallowed-label", clean, chosen.start, chosen.start + 1, after, "mark misread", alike)


def joined_to_speech(clean: Clean, rng: Random) -> Planted | None:
    """The line break before a label was deleted, so that it stands behind the last sentence of the speech before."""
    choices = []
    for spot in _often(clean):
        end = len(clean.text[: spot.start].rstrip())
        if clean.text[end - 1] == "。" and "\n" in clean.text[end : spot.start]:
            choices.append((end, spot))
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    end, spot = chosen
    alike = ("labels-inside-lines",)
    return one_line("swallowed-label", clean, end, spot.start, "", f"joined before {spot.turn.label}", alike)


def sign_lost(clean: Clean, rng: Random) -> Planted | None:
    """The colon behind a label became a blank, or one bracket around it was lost."""
    choices = []
    for spot in _often(clean):
        if spot.mark or spot.alone:
            continue
        if (colon := spot.text.find("：")) >= 0:
            choices.append((spot.start + colon, "　", spot))
        elif spot.text[0] in "【［〔[":
            choices.append((spot.start, "", spot))
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    at, after, spot = chosen
    alike = ("unbalanced-bracket",)
    return one_line("swallowed-label", clean, at, at + 1, after, f"sign of {spot.turn.label}", alike)


# M302


def speech_lost(clean: Clean, rng: Random) -> Planted | None:
    """A speech was cut and not pasted again."""
    choices = [
        s for s in _often(clean) if not s.turn.events and len(s.turn.paragraphs) <= 3 and speech_end(clean, s) > s.end
    ]
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    end = speech_end(clean, chosen)
    keep = "\n" if chosen.alone else ""
    label_end = chosen.start + len(chosen.text.rstrip())
    text = changed(clean.text, label_end, end, keep)
    lines = frozenset({line_of(text, chosen.start)})
    return Planted("empty-turn", text, lines, f"speech of {chosen.turn.label} lost")


def label_left_over(clean: Clean, rng: Random) -> Planted | None:
    """A label typed ahead for somebody who then did not speak."""
    found = spots(clean)
    choices = [s for s in _often(clean) if s.text.strip()]
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    neighbours = {chosen.turn.speaker, clean.document.turns[chosen.number - 1].speaker}
    other = pick(rng, [s for s in found if s.turn.speaker not in neighbours and "〃" not in s.text])
    if other is None:
        return None
    gap = "\n\n" if "\n\n" in other.text else "\n"
    added = other.text.rstrip() + gap
    return one_line("empty-turn", clean, chosen.start, chosen.start, added, "label without speech")


# M303


def _room(clean: Clean) -> int:
    """How much to paste: far more than the longest speech, and than anybody says in an hour; 0 where that is long too.

    Nothing is pasted where faults would be copied.
    """
    longest = max((len(turn.text) for turn in clean.document.turns), default=0)
    return max(20_000, 8 * longest) if longest < 4_000 and clean.flagged <= {"silent-attendee"} else 0


_REPORT = (
    "調査は{0}か所で行い、{1}件の回答を得た。",
    "回答の割合は{0}％で、前回を{1}ポイント上回った。",
    "設備のうち{0}台は、設置から{1}年を超えている。",
    "地区の世帯数は{0}世帯、うち高齢者のみの世帯は{1}世帯である。",
    "工事の区間は延長{0}メートル、幅{1}メートルとする。",
    "利用者からは、案内の表示が分かりにくいとの声が{0}件、待ち時間が長いとの声が{1}件寄せられた。",
    "点検の結果、補修を要するものが{0}か所、経過を見るものが{1}か所あった。",
    "経費は{0}万円を見込み、そのうち{1}万円を県の補助で賄う。",
    "参加者は延べ{0}人で、{1}回の講座を開いた。",
    "今後は、{0}年度を目途に見直しを進め、{1}年後に効果を確かめる。",
)


def attachment_pasted(clean: Clean, rng: Random) -> Planted | None:
    """A report that was handed in was pasted into the speech that mentions it."""
    chosen = pick(rng, _often(clean)[:-1])
    wanted = _room(clean)
    if chosen is None or not wanted:
        return None
    added = ""
    while len(added) < wanted:
        sentences = (s.format(rng.randrange(2, 99), rng.randrange(2, 99)) for s in rng.sample(_REPORT, 4))
        added += "\n　" + "".join(sentences)
    at = speech_end(clean, chosen)
    text = changed(clean.text, at, at, added)
    lines = frozenset({line_of(text, chosen.start), line_of(text, chosen.end)})
    return Planted("overlong-turn", text, lines, f"{len(added)} characters pasted into {chosen.turn.label}")


def pasted_again(clean: Clean, rng: Random) -> Planted | None:
    """A speech that a jammed key pasted again and again."""
    chosen = pick(rng, [s for s in _often(clean)[:-1] if len(s.turn.text) > 60])
    if chosen is None or not _room(clean):
        return None
    end = speech_end(clean, chosen)
    speech = clean.text[chosen.end : end]
    times = _room(clean) // len(speech) + 1
    text = changed(clean.text, end, end, ("\n　" + speech) * times)
    lines = frozenset({line_of(text, chosen.start), line_of(text, chosen.end)})
    return Planted("overlong-turn", text, lines, f"speech of {chosen.turn.label} {times} times more")


# M304


def _one_person(clean: Clean) -> list[Spot]:
    """Labels that can only be one person's: no 委員, 事務局 or 問 of several, and no ditto marks."""
    several = re.compile(r"[\W_]*(?:委員|議員|事務局|[問答質〃]|参加者|出席者|住民|市民|町民)[\W_]*")
    return [s for s in spots(clean) if not several.fullmatch(s.text)]


def label_again(clean: Clean, rng: Random) -> Planted | None:
    """The label set again where a new paragraph begins."""
    choices = []
    for spot in _one_person(clean):
        for match in re.finditer(r"(?<=。)(\n[ 　\n]*)(?=[一-鿿ぁ-ん])", clean.text[: speech_end(clean, spot)]):
            if match.start() > spot.end and not spot.turn.events:
                choices.append((match, spot))
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    match, spot = chosen
    text = changed(clean.text, *match.span(1), match[1].rstrip(" 　") + spot.text)
    line = line_of(clean.text, match.end())
    return Planted("same-speaker-twice", text, frozenset({line}), f"label of {spot.turn.label} again")


def label_in_sentence_break(clean: Clean, rng: Random) -> Planted | None:
    """A long paragraph cut in two, with the label set before the second half too."""
    choices = []
    for spot in _one_person(clean):
        end = speech_end(clean, spot)
        for match in re.finditer("。(?=[一-鿿ぁ-ん])", clean.text[:end]):
            if match.start() > spot.end + 10 and not spot.turn.events:
                choices.append((match.end(), spot))
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    at, spot = chosen
    gap = "\n\n" if spot.text.endswith("\n\n") else "\n"
    text = changed(clean.text, at, at, gap + spot.text)
    line = line_of(text, at + len(gap))
    return Planted("same-speaker-twice", text, frozenset({line}), f"speech of {spot.turn.label} cut in two")


# M305


def first_label_lost(clean: Clean, rng: Random) -> Planted | None:
    """The record begins in the middle: the chair's first label is gone."""
    found = spots(clean)
    if len(found) < 4 or len(found[0].turn.text) < 20 or found[0].number:
        return None
    first = found[0]
    indent = "" if first.alone else "　"
    text = changed(clean.text, first.start, first.end, indent)
    lines = frozenset({line_of(text, first.start)})
    return Planted("speech-before-speaker", text, lines, f"first label {first.turn.label} removed")


_GREETINGS = (
    "おはようございます。定刻になりましたので、始めさせていただきます。本日はお忙しい中をありがとうございます。",
    "それでは皆様おそろいですので、ただいまから会議を始めたいと思います。どうぞよろしくお願いいたします。",
    "録音を始めます。本日の資料はお手元にお配りしたとおりですが、足りない方はいらっしゃいませんでしょうか。",
)


def greeting_without_label(clean: Clean, rng: Random) -> Planted | None:
    """What somebody of the office said before the chair spoke, typed without a label."""
    found = spots(clean)
    if len(found) < 4 or found[0].number or clean.document.kind is not Kind.VERBATIM:
        return None
    at = bounds(clean.text, found[0].start)[0]
    gap = "\n\n" if "\n\n" in found[0].text else "\n"
    what = "greeting"
    return one_line("speech-before-speaker", clean, at, at, rng.choice(_GREETINGS) + gap, what)


# M306


def blank_lost(clean: Clean, rng: Random) -> Planted | None:
    """The blank between a label and its speech was not typed."""
    found = [s for s in spots(clean) if s.mark and s.text[-1] in " 　" and not s.alone]
    chosen = pick(rng, [s for s in found if s.number])
    if chosen is None or len(found) < 5:
        return None
    end = chosen.start + len(chosen.text.rstrip())
    return one_line("glued-label", clean, end, chosen.end, "", f"blank behind {chosen.turn.label}")


def line_end_lost(clean: Clean, rng: Random) -> Planted | None:
    """The line break behind a label that stands alone was deleted."""
    found = [s for s in spots(clean) if s.mark and s.alone]
    chosen = pick(rng, [s for s in found if s.number and clean.text[s.end : s.end + 1].strip()])
    if chosen is None or len(found) < 5:
        return None
    end = chosen.start + len(chosen.text.rstrip())
    return one_line("glued-label", clean, end, chosen.end, "", f"line break behind {chosen.turn.label}")


# M307

_CHAIR = re.compile("議長|委員長|会長|座長|部会長|議 長")
_CALL = re.compile(
    r"(?:君|委員|議員|部長|課長|局長|市長|町長|区長|教育長|所長|さん|氏)(?:、?(?:お願いし|どうぞ)[^。]*)?。?$"
)


def called_and_unmarked(clean: Clean, rng: Random) -> Planted | None:
    """The label behind the chair's call was forgotten, so that the chair seems to answer."""
    turns, choices = clean.document.turns, []
    for spot in _often(clean):
        before = turns[spot.number - 1]
        if not _CHAIR.search(before.label or "") or _CHAIR.search(spot.turn.label or ""):
            continue
        if len(spot.turn.text) >= 30 and _CALL.search(before.text):
            choices.append(spot)
    chosen = pick(rng, choices)
    if chosen is None:
        return None
    after = "" if chosen.alone or not chosen.mark else "　"
    text = changed(clean.text, chosen.start, chosen.end, after)
    line = line_of(text, chosen.start)
    call = line_of(text, len(text[: chosen.start].rstrip()) - 1)
    what = f"label removed: {short(chosen.turn.label or '')}"
    return Planted("words-of-others", text, frozenset({line, call}), what)


PLANTERS = {
    "swallowed-label": (mark_lost, joined_to_speech, sign_lost, mark_misread),
    "empty-turn": (speech_lost, label_left_over),
    "overlong-turn": (attachment_pasted, pasted_again),
    "same-speaker-twice": (label_again, label_in_sentence_break),
    "speech-before-speaker": (first_label_lost, greeting_without_label),
    "glued-label": (blank_lost, line_end_lost),
    "words-of-others": (called_and_unmarked,),
}
