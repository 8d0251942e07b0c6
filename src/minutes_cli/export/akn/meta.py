"""The meta of an Akoma Ntoso debate: which work, expression and file this is, and the people, offices and bodies in it.

Akoma Ntoso Naming Convention Version 1.0: the IRI of the work names country, type, date and, since no number is known
that tells meetings apart, the beginning of the SHA-256 of the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli import __version__
from minutes_cli.export.xml import Identifiers, day, empty, one_line, opening, uri
from minutes_cli.model import Document

__all__ = ["Agents", "meta"]

_MAKER = "minutes-cli"
#: The schema wants a date; this one is said to be unknown by its name.
_NO_DATE = "0001-01-01"


class Agents:
    """The people, offices and bodies of a record with their identifiers."""

    def __init__(self, document: Document) -> None:
        self.names = Identifiers()
        self.maker = self.names.of("maker", _MAKER)
        self.body = self.names.of("body", "body")
        self.original = self.names.of("original", "original")
        self.speakers = {speaker.id: speaker for speaker in document.speakers}
        self.unnamed = any(turn.speaker not in self.speakers for turn in document.turns)
        offices = [office for s in document.speakers if (office := s.role or s.title)]
        self.roles = {office: self.names.of("role", f"role{i}") for i, office in enumerate(dict.fromkeys(offices), 1)}
        bodies = [s.affiliation for s in document.speakers if s.affiliation]
        self.bodies = {name: self.names.of("org", f"org{i}") for i, name in enumerate(dict.fromkeys(bodies), 1)}
        for speaker in self.speakers:
            self.names.of("speaker", speaker)

    def person(self, speaker: str | None) -> str:
        """The reference to who speaks; to nobody in particular where the record does not say."""
        known = self.names.of("speaker", speaker) if speaker in self.speakers else self.names.of("nobody", "unnamed")
        return f"#{known}"

    def role(self, speaker: str | None) -> str | None:
        """The reference to the office in which somebody speaks."""
        found = self.speakers.get(speaker or "")
        office = (found.role or found.title) if found else None
        return f"#{self.roles[office]}" if office else None


def meta(document: Document, agents: Agents) -> Iterator[str]:
    """The meta element in pieces."""
    source, meeting = document.view.source, document.meeting
    date = day(meeting.date)
    work = f"/akn/jp/debate/{date or 'nodate'}/{source.sha256[:16] or 'record'}"
    expression = f"{work}/jpn@{date or ''}"
    yield f"<meta>\n{opening('identification', {'source': f'#{agents.maker}'})}\n"
    for level, name, own in (
        ("FRBRWork", work, [empty("FRBRcountry", {"value": "jp"}), *_title(document)]),
        ("FRBRExpression", expression, [empty("FRBRlanguage", {"language": "jpn"})]),
        ("FRBRManifestation", f"{expression}.xml", [empty("FRBRformat", {"value": "application/xml"})]),
    ):
        this = f"{name}/!main" if level != "FRBRManifestation" else f"{expression}/!main.xml"
        author = agents.maker if level == "FRBRManifestation" else agents.body
        yield f"<{level}>{empty('FRBRthis', {'value': this})}{empty('FRBRuri', {'value': name})}"
        yield empty("FRBRdate", {"date": date or _NO_DATE, "name": "meeting" if date else "unknown"})
        yield f"{empty('FRBRauthor', {'href': f'#{author}'})}{''.join(own)}</{level}>\n"
    yield "</identification>\n"
    yield f"{opening('references', {'source': f'#{agents.maker}'})}\n"
    yield from _references(document, agents)
    yield f"</references>\n{opening('proprietary', {'source': f'#{agents.maker}'})}"
    yield empty("m:record", {"file": source.name, "sha256": source.sha256 or None, "kind": document.kind.value})
    for edit in document.view.edits:
        start, end = edit.span
        yield empty("m:edit", {"char": f"{start},{end}", "before": edit.before, "after": edit.after, "rule": edit.rule})
    yield "</proprietary>\n</meta>\n"


def _title(document: Document) -> Iterator[str]:
    title = document.meeting.title
    if title:
        yield empty("FRBRname", {"value": one_line(title)})


def _references(document: Document, agents: Agents) -> Iterator[str]:
    source, meeting = document.view.source, document.meeting
    yield _reference("original", agents.original, uri(source.name), source.name)
    yield _reference("TLCOrganization", agents.maker, f"/ontology/organization/{_MAKER}", f"{_MAKER} {__version__}")
    yield _reference("TLCOrganization", agents.body, "/ontology/organization/jp/body", meeting.body or "不明")
    for name, eid in agents.bodies.items():
        yield _reference("TLCOrganization", eid, f"/ontology/organization/jp/{eid}", name)
    for speaker in document.speakers:
        eid = agents.names.of("speaker", speaker.id)
        yield _reference("TLCPerson", eid, f"/ontology/person/jp/{eid}", speaker.name or speaker.label)
    if agents.unnamed:
        eid = agents.names.of("nobody", "unnamed")
        yield _reference("TLCPerson", eid, f"/ontology/person/jp/{eid}", "不明")
    for office, eid in agents.roles.items():
        yield _reference("TLCRole", eid, f"/ontology/role/jp/{eid}", office)


def _reference(name: str, eid: str, href: str, shown: str) -> str:
    return empty(name, {"eId": eid, "href": href, "showAs": one_line(shown)}) + "\n"
