"""Who is who on the page: which speaker of which record belongs to which group of the summary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minutes_cli.export.shown import shown
from minutes_cli.model import Speaker
from minutes_cli.summarize.model import Analysis, Group, Speech, Summary
from minutes_cli.summarize.people import Key, person_keys

__all__ = ["UNNAMED", "Voice", "Voices", "characters", "voices"]

UNNAMED = "発言者の記載なし"


class Voice(NamedTuple):
    """Somebody who speaks in the records. ``first`` is the id of their first turn on the page.

    ``share`` is the part of all characters that are spoken (0 to 1).
    """

    number: int
    name: str
    detail: str
    turns: int
    characters: int
    share: float
    first: str
    group: Group | None


class Voices(NamedTuple):
    """All who speak, by ``number``, and who speaks as which speaker id (None: unknown) of which record (from 0)."""

    everybody: tuple[Voice, ...]
    numbers: dict[tuple[int, str | None], int]

    def number(self, record: int, speaker: str | None) -> int | None:
        """The number of the voice of *speaker*; None for one who says nothing."""
        return self.numbers.get((record, speaker))


def characters(speech: Speech) -> int:
    """How long a speech is: the characters of its text without line ends, as in the figures of a summary."""
    return len(speech.text) - speech.text.count("\n")


def voices(summary: Summary, analyses: Sequence[Analysis]) -> Voices:
    """Everybody who speaks in *analyses*: the groups of *summary* in its order, then those that it has no group for."""
    numbers: dict[tuple[int, str | None], int] = {}
    own: list[tuple[int, Speaker | None]] = []  # who has no group, in order of appearance
    keys = [person_keys(analysis.speakers, analysis.meeting.body) for analysis in analyses]
    groups = [(group, _key(group, analyses, keys)) for group in summary.groups]
    for record, analysis in enumerate(analyses):
        speakers = {speaker.id: speaker for speaker in analysis.speakers}
        for name in dict.fromkeys(speech.turn.speaker for speech in analysis.speeches):
            speaker = speakers.get(name or "")
            number = _group(groups, analysis.path, speaker, keys[record].get(name or ""))
            if number is None:
                number = len(summary.groups) + len(own)
                own.append((record, speaker))
            numbers[record, name] = number
    turns = [0] * (len(summary.groups) + len(own))
    length = [0] * len(turns)
    first: dict[int, str] = {}
    for record, analysis in enumerate(analyses):
        for speech in analysis.speeches:
            number = numbers[record, speech.turn.speaker]
            turns[number] += 1
            length[number] += characters(speech)
            first.setdefault(number, f"r{record + 1}-{speech.turn.id}")
    total = sum(length) or 1
    people: list[Group | Speaker | None] = [*summary.groups, *(speaker for _, speaker in own)]
    return Voices(
        tuple(
            Voice(i, *_called(person), turns[i], length[i], length[i] / total, first.get(i, ""), _as_group(person))
            for i, person in enumerate(people)
        ),
        numbers,
    )


def _as_group(person: Group | Speaker | None) -> Group | None:
    return person if isinstance(person, Group) else None


def _key(group: Group, analyses: Sequence[Analysis], keys: Sequence[dict[str, Key]]) -> Key | None:
    """By which key the person of *group* is known."""
    if group.person is None or group.person.id is None:
        return None
    first = next((i for i, analysis in enumerate(analyses) if analysis.path in group.records), None)
    return None if first is None else keys[first].get(group.person.id)


def _group(
    groups: Sequence[tuple[Group, Key | None]], path: str, speaker: Speaker | None, key: Key | None
) -> int | None:
    """The group that is about *speaker* of the record at *path*, whom *key* tells from others.

    By id in the first record of the group, by the key in others; what a summary put together otherwise is found by
    label and name.
    """
    best, found = 0, None
    for i, (group, known) in enumerate(groups):
        person = group.person
        if person is None or path not in group.records:
            continue
        if speaker is None:
            weight = int(person.id is None and person.name is None)
        else:
            same = person.name == speaker.name
            weight = (
                5 * (path == group.records[0] and person.id == speaker.id)
                or 4 * (known is not None and known == key)
                or 3 * (same and person.label == speaker.label)
                or 2 * (same and person.name is not None)
                or int(same and person.label in speaker.labels)
            )
        if weight > best:
            best, found = weight, i
    return found


def _called(person: Group | Speaker | None) -> tuple[str, str]:
    """The name to show, and what else is known of the person."""
    if person is None:
        return UNNAMED, ""
    about = person.person if isinstance(person, Group) else person
    name = person.heading if isinstance(person, Group) else person.label
    if about is None:
        return shown(name), ""
    parts = [part for part in (about.name, about.role, about.title, about.affiliation) if part and part not in name]
    told = [p for i, p in enumerate(parts) if not any(p in q and (p != q or k < i) for k, q in enumerate(parts))]
    return shown(name), shown("　".join(told))
