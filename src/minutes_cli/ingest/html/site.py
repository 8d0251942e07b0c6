"""What of a page belongs to the site around the record: navigation, banners, search, the way back to the top.

Never anything with speech in it: what could be part of the record is text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Mapping

from minutes_cli.patterns import lazy

__all__ = ["Figures", "belongs_to_site"]

Attributes = Mapping[str, str | None]

_ELEMENTS = frozenset(("nav", "footer", "aside", "menu", "search", "button", "select"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar"))
_WHERE = r"(?:g|gl|global|main|site|page|local|l|side|sub|foot|footer|head|header|top|bottom|utility|u|left|right)"
_BOX = r"(?:[-_]?(?:area|box|list|wrap|wrapper|inner))?"
_HEADER = lazy(rf"(?:page|site|global|g|l)?[-_]?header{_BOX}")
#: Names of ids and classes as sites have them: global-nav, gnavi, sidebar, footer, breadcrumb, topicpath, pankuzu.
_NAME = lazy(
    rf"(?:{_WHERE}[-_]?)?(?:nav|navi|navigation|menu|menus|search|banner|banners){_BOX}"
    rf"|{_WHERE}[-_]?(?:link|links){_BOX}"
    rf"|(?:page|site|global|g|l)?[-_]?(?:footer|foot){_BOX}|(?:left|right)?[-_]?side(?:[-_]?bar)?{_BOX}"
    rf"|bread[-_]?crumbs?{_BOX}|topic[-_]?paths?{_BOX}|pankuzu(?:[-_]?navi)?{_BOX}|crumbs?"
    r"|copy[-_]?right|(?:page|to|back|go|return)[-_]?(?:to[-_]?)?top|skip(?:[-_]?(?:link|links|nav|navi))?"
    rf"|(?:sns|share)(?:[-_]?(?:link|links|share|buttons?))?{_BOX}|(?:font|moji)[-_]?size"
    r"|lang(?:uage)?[-_]?(?:select|switch|menu|nav)|tool[-_]?bar|inquiry|toiawase|enquete|questionnaire"
)
_ENOUGH_SENTENCES = 4
_LISTS = frozenset(("ul", "ol", "table", "div", "p", "dl", "form", "center", "td"))
_LINKED_FILES = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|zip|txt|rtf)(?:[?#]|$)", re.I)
_DATE = re.compile(r"(?:令和|平成|昭和|大正|明治|[12][0-9]{3}\s?年)")
_WITHIN_RECORD = frozenset(("article", "main", "section"))
_SPEAKERS = "○◯〇◎◆●"


class Figures:
    """What every element of a page holds, by its place among the elements in the order of the document.

    Counted once per text; what an element holds is the difference between its end and its beginning.
    """

    def __init__(self) -> None:
        self._begins, self._ends = array("l"), array("l")
        self._characters, self._sentences = array("l", [0]), array("l", [0])
        self._speakers, self._dates = array("l", [0]), array("l", [0])
        self._links, self._linked = array("l", [0]), array("l", [0])

    def open(self) -> int:
        """The next element begins; returns its place."""
        self._begins.append(len(self._characters) - 1)
        self._ends.append(0)
        return len(self._begins) - 1

    def close(self, place: int) -> None:
        """The element at *place* ends."""
        self._ends[place] = len(self._characters) - 1

    def text(self, text: str) -> None:
        """A text stands in the elements that are open."""
        bare = text.strip()
        if bare:
            speaks = bare[0] in _SPEAKERS and len(bare) > 1
            self._add(len(bare), bare.count("。"), speaks, _DATE.search(bare) is not None, 0, 0)

    def link(self, place: int, attributes: Attributes) -> None:
        """The link at *place* ends: it may lead to another page of a site."""
        target = attributes.get("href")
        if target and not target.startswith("#") and not _LINKED_FILES.search(target):
            self._add(0, 0, 0, 0, 1, self._characters[-1] - self._characters[self._begins[place]])

    def _add(self, characters: int, sentences: int, speakers: int, dates: int, links: int, linked: int) -> None:
        self._characters.append(self._characters[-1] + characters)
        self._sentences.append(self._sentences[-1] + sentences)
        self._speakers.append(self._speakers[-1] + speakers)
        self._dates.append(self._dates[-1] + dates)
        self._links.append(self._links[-1] + links)
        self._linked.append(self._linked[-1] + linked)

    def _within(self, counts: array[int], place: int) -> int:
        return counts[self._ends[place]] - counts[self._begins[place]]

    def characters(self, place: int) -> int:
        """Characters of text, blanks around it aside."""
        return self._within(self._characters, place)

    def sentences(self, place: int) -> int:
        """Full stops."""
        return self._within(self._sentences, place)

    def speakers(self, place: int) -> int:
        """Stretches of text that begin with a speaker's mark."""
        return self._within(self._speakers, place)

    def dates(self, place: int) -> int:
        """Stretches of text with a year."""
        return self._within(self._dates, place)

    def links(self, place: int) -> int:
        """Links that lead to other pages."""
        return self._within(self._links, place)

    def linked(self, place: int) -> int:
        """Characters of such links."""
        return self._within(self._linked, place)


def belongs_to_site(tag: str, attributes: Attributes, figures: Figures, place: int, around: Collection[str]) -> bool:
    """Whether the element at *place* is navigation and the like; *around* are the tags that it stands in.

    It must say so, or be nothing but links to other pages; and hold neither speech (a speaker's mark and a sentence,
    or several sentences) nor most of what the page says. What is named a header may be that of the record: one with a
    date is text.
    """
    named = tag in _ELEMENTS or (bool(attributes) and _is_named_as_site(tag, attributes))
    header = tag == "header" or (bool(attributes) and any(_HEADER.fullmatch(name) for name in _names(attributes)))
    if not named and not header and (tag not in _LISTS or figures.links(place) < 3):
        return False
    characters, links, sentences = figures.characters(place), figures.links(place), figures.sentences(place)
    if sentences >= _ENOUGH_SENTENCES or (sentences and figures.speakers(place)):
        return False
    if 2 * characters > figures.characters(0) and links < 3:
        return False
    if named:
        return True
    if header:
        return not figures.dates(place) and not any(one in around for one in _WITHIN_RECORD)
    return not sentences and figures.linked(place) >= 0.9 * characters and characters <= 20 * links


def _is_named_as_site(tag: str, attributes: Attributes) -> bool:
    if (attributes.get("role") or "").lower() in _ROLES:
        return True
    return tag not in ("main", "article") and any(_NAME.fullmatch(name) for name in _names(attributes))


def _names(attributes: Attributes) -> list[str]:
    return f"{attributes.get('id') or ''} {attributes.get('class') or ''}".lower().split()
