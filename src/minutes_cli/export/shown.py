"""What people are shown of a record: nothing in it may hide, turn round or pass for something else."""

from __future__ import annotations

import re

__all__ = ["shown", "spelled_out"]

# Controls, bidi marks and overrides, joiners, line separators, soft hyphens, tags, lone surrogates and what XML 1.0
# does not allow: a reader must see that they are there. Escaping for HTML is the template's part.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def shown(text: str) -> str:
    r"""*text* with a picture for every character that cannot be seen: ␛ for escape, ``\u202e`` etc.

    Tabs and line feeds stay.
    """
    return _UNSAFE.sub(_picture, text)


def spelled_out(text: str) -> str:
    r"""*text* with every character that cannot be seen in ASCII: ``\x1b``, ``\u202e`` etc., as programs print them.

    Tabs and line feeds stay.
    """
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
