"""Values of Excel cells as Excel shows them, as far as records need it: ECMA-376 part 1, 18.8.30 (number formats)."""

from __future__ import annotations

import datetime
import re
from typing import Any

__all__ = ["shown"]

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[#0?,]*[#0?](?:\.([0#?]+))?")
_MOST_DECIMALS = 15


def shown(cell: Any) -> str:
    """The text of a cell: days and times in ISO 8601, numbers with the decimals, units and percents of their format."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date().isoformat()
        return value.isoformat(" ", "minutes" if value.second == 0 else "seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat("minutes" if value.second == 0 else "seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or "General"))
    return str(value)


def _number(value: float, form: str) -> str:
    """*value* by the first part of *form* (that of positive numbers); plainly where it says something else."""
    sections = form.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 and sections[1].strip() else sections[0]
    signed = value < 0 and section is sections[0]
    bare = _QUOTED.sub(lambda found: "\0" * len(found[0]), section)
    found = _DIGITS.search(bare)
    if found is None or section.strip().lower() in ("general", "@") or re.search(r"[ymdhsge/?]", bare, re.I):
        return _plain(value)
    percent = bare.count("%")
    scaled = abs(value) * 100**percent
    decimals = len(found[1] or "")
    number = f"{scaled:{',' if ',' in found[0] else ''}.{min(decimals, _MOST_DECIMALS)}f}"
    whole = found[0].split(".")[0].replace(",", "")
    least = len(whole) - len(whole.lstrip("#?"))
    digits = len(whole) - least
    if "," not in found[0] and digits > 1:
        integer, dot, fraction = number.partition(".")
        number = integer.zfill(digits) + dot + fraction
    before, behind = (_literal(part) for part in (section[: found.start()], section[found.end() :]))
    return ("-" if signed and float(scaled) else "") + before + number + behind


def _literal(part: str) -> str:
    """What a format writes as it stands: quoted text, units, brackets; colours, conditions and gaps are none."""

    def kept(found: re.Match[str]) -> str:
        if found[1] is not None or found[2] is not None:
            return found[1] if found[1] is not None else found[2]
        sign = re.match(r"\[\$([^\-\]]*)", found[0])
        return sign[1] if sign else ""

    return _QUOTED.sub(kept, part)


def _plain(value: float) -> str:
    """As Excel shows a number without a format: whole ones without a point, others with up to 11 digits."""
    if isinstance(value, int) or (value == int(value) and abs(value) < 1e15 if abs(value) < 1e300 else False):
        return str(int(value))
    return f"{value:.10g}"
