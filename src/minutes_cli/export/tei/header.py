"""The teiHeader of a record: what it is, where it comes from, who speaks in it, and how it was made.

TEI P5, chapter 2, in the words of the ParlaMint guidelines; :mod:`minutes_cli.export.tei` says where it differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minutes_cli import __version__
from minutes_cli.export.xml import Identifiers, clock, closing, day, element, empty, one_line, opening, uri
from minutes_cli.model import Document, Speaker
from minutes_cli.patterns import lazy

__all__ = ["header"]

#: What ``@ana`` of an utterance points to.
_TAXONOMIES = {
    "speaker_types": {
        "chair": "leads the meeting",
        "regular": "anybody else who speaks",
        "unnamed": "the record does not say who speaks",
    },
    "turn_kinds": {
        "question": "asks",
        "answer": "answers",
        "report": "reports on an item",
        "statement": "makes a statement",
    },
}
_PROJECT = (
    "Written by minutes-cli from the record that sourceDesc names. The form is that of ParlaMint for one sitting, with "
    "the people and the taxonomies in this file instead of the root of a corpus."
)
_PLACES = (
    "u/@source counts the characters of the record as it was read, from 0 (RFC 5147); @n of u, head and note says "
    "where it stands in the file."
)
_SEGMENTS = "A seg is a paragraph. Wrapped lines and pages are joined; page numbers and running headers are left out."
_PICTURES = "A character that XML cannot hold is shown by a picture, such as ␀ for NUL."
#: A family name and a given name, in this order: the family name has a kanji, and one blank parts them.
_NAME = lazy(r"(?=\S*[\u3400-\u9fff])([\u3041-\u9fff々〆ヶ]+)[ 　]+([\u3041-\u9fff々ー]+)")


def header(document: Document, names: Identifiers, tags: Counter[str]) -> Iterator[str]:
    """The teiHeader in pieces; *tags* says how often each element stands in the text."""
    yield opening("teiHeader")
    yield from _file(document)
    yield from _encoding(document, tags)
    yield from _profile(document, names)
    yield closing("teiHeader")


def _file(document: Document) -> Iterator[str]:
    meeting, source = document.meeting, document.view.source
    title = one_line(meeting.title or meeting.body or source.name)
    yield "<fileDesc><titleStmt>"
    yield element("title", title, {"type": "main"})
    if meeting.body or meeting.session:
        said = one_line("　".join(part for part in (meeting.body, meeting.session) if part))
        yield element("meeting", said, {"n": meeting.session})
    yield "</titleStmt><editionStmt>"
    yield element("edition", f"minutes-cli {__version__}")
    yield "</editionStmt><extent>"
    turns, characters = len(document.turns), sum(speaker.characters for speaker in document.speakers)
    yield element("measure", f"{turns} speeches", {"unit": "speeches", "quantity": turns})
    yield element("measure", f"{characters} characters by known speakers", {"unit": "chars", "quantity": characters})
    yield "</extent><publicationStmt>"
    yield element("p", "Not published: made from the record that sourceDesc names, whose rights it has.")
    yield "</publicationStmt><sourceDesc><bibl>"
    yield element("title", title, {"type": "main"})
    if meeting.body:
        yield element("publisher", one_line(meeting.body))
    yield element("idno", uri(source.name), {"type": "file"})
    if source.sha256:
        yield element("idno", source.sha256, {"type": "sha256"})
    if meeting.date:
        yield element("date", meeting.date, {"when": day(meeting.date)})
    yield "</bibl></sourceDesc></fileDesc>"


def _encoding(document: Document, tags: Counter[str]) -> Iterator[str]:
    edits = document.view.edits
    yield "<encodingDesc><projectDesc>"
    for words in (_PROJECT, _PLACES):
        yield element("p", words)
    yield "</projectDesc><editorialDecl><correction>"
    rules = ", ".join(f"{rule} {count}" for rule, count in sorted(Counter(edit.rule for edit in edits).items()))
    yield element("p", f"{len(edits)} corrections applied" + (f": {rules}." if rules else "."))
    yield "</correction><segmentation>"
    yield element("p", _SEGMENTS)
    yield "</segmentation><normalization>"
    yield element("p", _PICTURES)
    yield "</normalization></editorialDecl>"
    if tags:
        yield '<tagsDecl><namespace name="http://www.tei-c.org/ns/1.0">'
        for name, count in sorted(tags.items()):
            yield empty("tagUsage", {"gi": name, "occurs": count})
        yield "</namespace></tagsDecl>"
    yield "<classDecl>"
    for taxonomy, categories in _TAXONOMIES.items():
        yield opening("taxonomy", {"xml:id": taxonomy})
        for category, words in categories.items():
            yield opening("category", {"xml:id": category, "xml:lang": "en"})
            yield f"{element('catDesc', words)}</category>"
        yield "</taxonomy>"
    yield "</classDecl></encodingDesc>"


def _profile(document: Document, names: Identifiers) -> Iterator[str]:
    meeting = document.meeting
    yield "<profileDesc>"
    setting = []
    if meeting.body:
        setting.append(element("name", one_line(meeting.body), {"type": "org"}))
    if meeting.place:
        setting.append(element("name", one_line(meeting.place), {"type": "place"}))
    if meeting.date:
        setting.append(element("date", meeting.date, {"when": day(meeting.date)}))
    if meeting.start or meeting.end:
        said = f"{meeting.start or ''}–{meeting.end or ''}"
        setting.append(element("time", said, {"from": clock(meeting.start), "to": clock(meeting.end)}))
    if setting:
        yield f"<settingDesc><setting>{''.join(setting)}</setting></settingDesc>"
    if document.speakers:
        yield "<particDesc><listPerson>"
        for speaker in document.speakers:
            yield from _person(speaker, names)
        yield "</listPerson></particDesc>"
    yield "</profileDesc>"


def _person(speaker: Speaker, names: Identifiers) -> Iterator[str]:
    yield opening("person", {"xml:id": names.of("speaker", speaker.id)})
    if speaker.name is None:
        yield f"<persName>{element('term', one_line(speaker.label))}</persName>"
    elif parts := _NAME.fullmatch(speaker.name):
        yield f"<persName>{element('surname', parts[1])} {element('forename', parts[2])}</persName>"
    else:
        yield element("persName", one_line(speaker.name))
    if speaker.role or speaker.title or speaker.affiliation:
        said = [element("roleName", one_line(role)) for role in (speaker.role, speaker.title) if role]
        said += [element("orgName", one_line(speaker.affiliation))] if speaker.affiliation else []
        yield f"<affiliation>{''.join(said)}</affiliation>"
    for label in speaker.labels:
        yield element("note", one_line(label), {"type": "label"})
    for candidate in speaker.candidates:
        yield element("note", one_line(candidate), {"type": "candidate"})
    yield element("note", str(speaker.turns), {"type": "speeches"})
    yield element("note", str(speaker.characters), {"type": "characters"})
    yield closing("person")
