"""Pages read strictly: a tag that is not closed in order, an attribute given twice or a stray < raises."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Node:
    """An element with its attributes and children (nodes and strings)."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Node | str] = []

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *classes: str, tag: str | None = None) -> list[Node]:
        """All nodes below with these classes, in order."""
        return [n for n in self.walk() if set(classes) <= n.classes and tag in (None, n.tag)]

    @property
    def classes(self) -> set[str]:
        """The classes of the element."""
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """All text below, in order."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def text_without(self, name: str) -> str:
        """As ``text``, without elements of class *name*."""
        parts = (
            child if isinstance(child, str) else "" if name in child.classes else child.text_without(name)
            for child in self.children
        )
        return "".join(parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("#document", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(dict(attrs)) != len(attrs):
            raise ValueError(f"<{tag}>: an attribute stands twice: {attrs}")
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        if tag != self.at.tag or self.at.parent is None:
            raise ValueError(f"</{tag}> where <{self.at.tag}> is open, line {self.getpos()[0]}")
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)

    def handle_comment(self, data: str) -> None:
        raise ValueError(f"a comment: {data!r}")


def read_page(data: bytes) -> Node:
    """The tree of a page in UTF-8. Raises ValueError."""
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    if reader.at is not reader.root:
        raise ValueError(f"<{reader.at.tag}> is never closed")
    return reader.root
