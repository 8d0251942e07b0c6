"""How markup in a text is known: tags of HTML by their names, comments, and what Markdown writes inside lines."""

from __future__ import annotations

import re

from minutes_cli.patterns import lazy

__all__ = ["TAG", "TAG_SHAPE", "may_hold_markdown", "may_hold_markup", "may_hold_tags"]

_NAMES = (
    "abbr|address|article|aside|audio|a|big|blockquote|b|br|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt"
    "|em|fieldset|figcaption|figure|font|footer|h[1-6]|header|hr|iframe|img|input|ins|i|kbd|label|legend|li|main|mark|nav"
    "|ol|pre|p|q|rp|rt|ruby|samp|section|small|source|span|strike|strong|sub|summary|sup|s|table|tbody|td|tfoot|thead|th"
    "|tr|tt|ul|u|var|video|wbr"
)
TAG_SHAPE = rf"</?(?:{_NAMES})(?:\s[^<>]{{0,2000}}|/)?>|<!--.{{0,5000}}?-->"
TAG = lazy(TAG_SHAPE, re.I)


def may_hold_tags(text: str) -> bool:
    """Whether tags or comments stand in *text*."""
    return "<" in text and ("<!--" in text or TAG.search(text) is not None)


def may_hold_markdown(text: str) -> bool:
    """Whether *text* would have markup inside its lines, were it Markdown."""
    return "**" in text or "](" in text or "{{" in text


def may_hold_markup(text: str) -> bool:
    """Whether *text* may have markup inside its lines, as one or the other."""
    return may_hold_tags(text) or may_hold_markdown(text)
