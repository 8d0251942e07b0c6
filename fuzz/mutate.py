"""Inputs out of inputs: text is changed by characters and lines, bytes that are no text by bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from fuzz.fragments import ENCODINGS, PIECES, RAW

#: As many changes at most are made in one go; few are likelier than many.
_CHANGES = 6


def mutate(data: bytes, others: Sequence[bytes], random: Random, most: int, *, as_bytes: bool) -> bytes:
    """A changed copy of *data*, of at most *most* bytes; parts of *others* may be taken into it.

    With *as_bytes* the bytes may be broken or be in another encoding, else the result is UTF-8.
    """
    for _ in range(min(random.randint(1, _CHANGES), random.randint(1, _CHANGES))):
        if as_bytes and random.random() < 0.5:
            data = _in_bytes(data, others, random)
        else:
            text = _in_text(data.decode("utf-8", "replace"), others, random)
            data = text.encode()
    if as_bytes and random.random() < 0.15:
        data = data.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")
    return data[:most] if as_bytes else data[:most].decode("utf-8", "ignore").encode()


def _in_text(text: str, others: Sequence[bytes], random: Random) -> str:
    start, end = _stretch(len(text), random)
    return random.choice(_TEXT)(text, start, end, others, random)


def _insert(text: str, start: int, end: int, others: Sequence[bytes], random: Random) -> str:
    return text[:start] + random.choice(PIECES) + text[start:]


def _replace(text: str, start: int, end: int, others: Sequence[bytes], random: Random) -> str:
    return text[:start] + random.choice(PIECES) + text[end:]


def _delete(text: str, start: int, end: int, others: Sequence[bytes], random: Random) -> str:
    return text[:start] + text[end:]


def _double(text: str, start: int, end: int, others: Sequence[bytes], random: Random) -> str:
    return text[:start] + text[start:end] * random.choice((2, 2, 3, 20)) + text[end:]


def _any_character(text: str, start: int, end: int, others: Sequence[bytes], random: Random) -> str:
    point = random.choice((random.randrange(0x80), random.randrange(0xD800), random.randrange(0xE000, 0x110000)))
    return text[:start] + chr(point) + text[start + random.randint(0, 1) :]


def _splice(text: str, start: int, end: int, others: Sequence[bytes], random: Random) -> str:
    other = random.choice(others).decode("utf-8", "replace") if others else text
    low, high = _stretch(len(other), random)
    return text[:start] + other[low:high] + text[end:]


def _lines(text: str, start: int, end: int, others: Sequence[bytes], random: Random) -> str:
    lines = text.split("\n")
    low, high = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(5):
        case 0:
            lines[low], lines[high] = lines[high], lines[low]
        case 1:
            lines.insert(high, lines[low])
        case 2:
            del lines[low]
        case 3:
            lines[low] = lines[low].strip() + lines[high]  # a line end lost
        case _:
            lines[low] = random.choice((" ", "　", "　　", "○", "・", "\t")) + lines[low]
    return "\n".join(lines)


def _line_ends(text: str, start: int, end: int, others: Sequence[bytes], random: Random) -> str:
    return text[:start] + text[start:end].replace("\n", random.choice(("\r\n", "\r", "\f", "", "\n\n"))) + text[end:]


_Change = Callable[[str, int, int, Sequence[bytes], Random], str]
_TEXT: tuple[_Change, ...] = (
    _insert,
    _insert,
    _replace,
    _delete,
    _double,
    _any_character,
    _splice,
    _lines,
    _lines,
    _line_ends,
)


def _in_bytes(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    start, end = _stretch(len(data), random)
    match random.randrange(7):
        case 0:
            return data[:start] + random.choice(RAW) + data[start:]
        case 1:
            return data[:start] + random.choice(RAW) + data[end:]
        case 2:
            return data[:start] + data[end:]
        case 3:
            return data[:start] + data[start:end] * 2 + data[end:]
        case 4:
            return data[:start] + bytes([random.randrange(256)]) + data[start + 1 :]
        case 5:
            other = random.choice(others) if others else data
            low, high = _stretch(len(other), random)
            return data[:start] + other[low:high] + data[end:]
        case _:
            return data[:start] + data[start : start + 1].translate(_FLIPPED[random.randrange(8)]) + data[start + 1 :]


_FLIPPED = [bytes(byte ^ (1 << bit) for byte in range(256)) for bit in range(8)]


def _stretch(size: int, random: Random) -> tuple[int, int]:
    """A part of something of *size*, mostly a short one."""
    start = random.randint(0, size)
    longest = random.choice((1, 3, 12, 60, size))
    return start, min(size, start + random.randint(0, max(1, longest)))
