"""Drawings in Word files, and what is said in two ways: ECMA-376 part 1, 20.4; part 3, 7.5 (AlternateContent)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minutes_cli.ingest.office.docx_styles import W

__all__ = ["alternative", "drawn"]

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def alternative(element: Any) -> Any:
    """Of the ways in which mc:AlternateContent says the same, the one to read: the first that has text or pictures."""
    ways = [child for child in element if child.tag in (_MC + "Choice", _MC + "Fallback")]
    told = (W + "t", W + "txbxContent", _A + "blip", _V + "imagedata", _M + "t")
    return next((way for way in ways if next(way.iter(*told), None) is not None), ways[0] if ways else None)


def drawn(element: Any) -> Iterator[Any]:
    """The boxes, pictures and other things in a drawing, without what stands in the boxes."""
    for child in element:
        if child.tag in _DRAWN:
            yield child
        if child.tag == _MC + "AlternateContent":
            chosen = alternative(child)
            if chosen is not None:
                yield from drawn(chosen)
        elif child.tag != W + "txbxContent":
            yield from drawn(child)


_DRAWN = frozenset(
    (W + "txbxContent", _A + "blip", _A + "graphicData", _V + "imagedata", _V + "textpath", _O + "OLEObject")
)
