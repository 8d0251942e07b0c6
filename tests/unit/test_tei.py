"""TEI in the flavour of ParlaMint: valid, complete, and every pointer leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from lxml import etree

import xml_schemas
from corpus import NAMES
from minutes_cli.export import Options
from minutes_cli.export.shown import shown
from minutes_cli.export.tei import write_tei
from minutes_cli.export.xml import escaped, ncname, opening
from minutes_cli.model import Anchor
from records import FEW, NO_WORDS, RECORDS, document, made, said_in

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
#: What the ParlaMint schema (Schema/ParlaMint-TEI.rng) lets stand in the elements of a text.
COMMENTS = {"note", "vocal", "kinesic", "incident", "pb"}
INSIDE = {
    "body": {"div"},
    "div": {"head", "u"} | COMMENTS,
    "u": {"seg"} | COMMENTS,
    "seg": COMMENTS,
    "note": set(),
    "head": set(),
    "pb": set(),
    "desc": set(),
    **{name: {"desc"} for name in ("vocal", "kinesic", "incident")},
}
TYPES = {
    "vocal": {"interruption", "laughter"},
    "kinesic": {"applause"},
    "incident": {"action", "leaving", "entering", "break", "editorial"},
}


def written(record):
    return b"".join(write_tei([record], Options()))


def tree(record):
    return etree.fromstring(written(record))


def found(root, path):
    return root.findall(".//" + "/".join(TEI + part for part in path.split("/")))


def words(root):
    """All words of the text, without blanks; what is no part of the record's words left out."""
    body = found(root, "body")[0]
    for element in [*body.iter(f"{TEI}note"), *body.iter(f"{TEI}head")]:
        if element.get("type") == "speaker" or element.get("type", "").startswith("spoken"):
            element.text = None
    return "".join("".join(body.itertext()).split()).translate(NO_WORDS)


def pointers_of(root):
    for element in root.iter(etree.Element):
        for name in ("who", "ana", "prev", "next"):
            yield from element.get(name, "").split()


def faults_of_parlamint(root):
    """Where the text is not as ParlaMint has it."""
    body = found(root, "body")[0]
    for element in body.iter(etree.Element):
        name = element.tag.removeprefix(TEI)
        inside = [child.tag.removeprefix(TEI) for child in element]
        if not INSIDE[name].issuperset(inside):
            yield f"{inside} in {name}"
        if name in TYPES and element.get("type") not in TYPES[name]:
            yield f"{name} of type {element.get('type')}"
        if name == "div":
            heads = inside.count("head")
            if inside[:heads] != ["head"] * heads or len(inside) == heads:
                yield f"headings not first, or nothing else: {inside}"
            if ("u" in inside) != (element.get("type") == "debateSection"):
                yield f"{element.get('type')}: {inside}"
        if name in ("u", "seg", "head", "desc") and re.search(r"^[ \t\n]|[\t\n ]$", element.text or "") and not inside:
            yield f"blanks around {element.text!r}"
        if name == "u" and not element.get("ana"):
            yield "nothing says as what somebody speaks"


@pytest.mark.parametrize("name", NAMES)
def test_every_record_is_valid_and_complete(name):
    record = document(name)
    data = written(record)
    assert xml_schemas.faults(xml_schemas.tei(), data) == []
    root = etree.fromstring(data)
    assert list(faults_of_parlamint(root)) == []
    assert words(root) == said_in(record).translate(NO_WORDS)


@FEW
@given(RECORDS)
def test_whatever_a_record_holds_the_file_is_valid_and_complete(record):
    data = written(record)
    assert xml_schemas.faults(xml_schemas.tei(), data) == []
    root = etree.fromstring(data)
    assert [fault for fault in faults_of_parlamint(root) if not fault.startswith("blanks")] == []
    visible = etree.fromstring(f"<a>{escaped(said_in(record))}</a>").text or ""
    assert words(root) == visible.translate(NO_WORDS)


@given(RECORDS)
def test_every_pointer_leads_to_something_and_every_element_is_counted(record):
    root = tree(record)
    known = [element.get(ID) for element in root.iter(etree.Element) if element.get(ID)]
    assert len(known) == len(set(known))
    assert {pointer.removeprefix("#") for pointer in pointers_of(root)} <= set(known)
    counted = {e.get("gi"): int(e.get("occurs")) for e in found(root, "tagUsage")}
    body = found(root, "body")[0]
    assert counted == Counter(e.tag.removeprefix(TEI) for e in body.iterdescendants(etree.Element))


@given(RECORDS)
def test_every_speech_leads_back_to_its_characters_in_the_file(record):
    utterances = {u.get(ID): u for u in found(tree(record), "u")}
    source = record.view.source
    for turn in record.turns:
        path, _, span = utterances[turn.id].get("source").partition("#char=")
        name = unquote_to_bytes(path).decode("utf-8", "surrogateescape")
        assert name.removeprefix("./") == source.name.removeprefix("./")
        assert tuple(map(int, span.split(","))) == turn.span


def test_the_schema_refuses_what_is_no_tei():
    data = written(document("diet-style"))
    for wrong in (
        data.replace(b"<seg>", b"<div>", 1).replace(b"</seg>", b"</div>", 1),
        data.replace(b'who="#s1"', b'speaker="#s1"', 1),
        data.replace(b"<titleStmt>", b"", 1).replace(b"</titleStmt>", b"", 1),
        re.sub(rb'when="[^"]*"', b'when="soon"', data, count=1),
    ):
        assert wrong != data
        assert xml_schemas.faults(xml_schemas.tei(), wrong)


def test_a_speech_reads_like_this():
    record = made(
        "　　午前十時開議\n○議長（松野隆君）　始めます。（拍手）続けます。\n"
        "○３番（雪竹まどか君）　雨の話です。\n　　〔笑声〕\n　終わり。\n"
        "　　〔議長退席、副議長着席〕\n○議長（松野隆君）　散会します。\n",
        "記録 1.txt",
    )
    text = written(record).decode().partition("<body>\n")[2]
    assert '<note type="time" n="line 1">午前十時開議</note>' in text
    assert (
        '<note type="speaker">議長（松野隆君）</note>\n'
        '<u xml:id="t1" n="line 2" who="#s1" ana="#chair" source="%E8%A8%98%E9%8C%B2%201.txt#char=10,33">\n'
        '<seg>始めます。<kinesic type="applause"><desc>（拍手）</desc></kinesic>続けます。</seg>\n</u>\n'
    ) in text
    assert (
        '<seg>雨の話です。</seg>\n<vocal type="laughter"><desc>〔笑声〕</desc></vocal>\n<seg>終わり。</seg>\n' in text
    )
    assert '<incident type="leaving"><desc>〔議長退席、副議長着席〕</desc></incident>' in text


def test_a_heading_inside_a_speech_divides_it_and_both_parts_know_each_other():
    first, second = (u for u in found(tree(document("anonymous-paren")), "u") if u.get("next") or u.get("prev"))
    assert first.get("next") == f"#{second.get(ID)}"
    assert second.get("prev") == f"#{first.get(ID)}"
    assert second.get("who") == first.get("who")
    assert second.getparent().find(f"{TEI}head") is not None


def test_people_have_their_names_offices_and_counts():
    people = {p.get(ID): p for p in found(tree(document("page-marks")), "person")}
    first = people["s1"]
    assert [first.findtext(f".//{TEI}{name}") for name in ("surname", "forename", "roleName")] == ["松野", "隆", "議長"]
    assert {n.get("type"): n.text for n in first.iter(f"{TEI}note")} == {
        "label": "議長（松野　隆君）",
        "speeches": "6",
        "characters": "108",
    }


def test_of_a_file_that_is_no_text_the_place_is_what_its_program_shows():
    record = document("page-marks")
    source = record.view.source._replace(anchors=(Anchor(0, "page 1"), Anchor(310, "page 2")))
    utterances = found(tree(record._replace(view=record.view._replace(source=source))), "u")
    assert [u.get("n") for u in utterances[:4]] == ["page 1", "page 1", "page 1", "page 2"]


def test_a_record_with_nothing_in_it_is_a_valid_file():
    for text in ("", "\n\n", "\f"):
        assert xml_schemas.faults(xml_schemas.tei(), written(made(text))) == []


def test_what_xml_cannot_hold_is_shown_and_the_rest_comes_back_as_it_was():
    text = "a\x00b\x1b\ud800\ufffe\r\n\t<&>\"'\x85\u2028😀"
    back = etree.fromstring(f"{opening('a', {'b': text})}{escaped(text)}</a>".encode())
    assert back.text == back.get("b") == "a␀b␛\\ud800\\ufffe\r\n\t<&>\"'\x85\u2028😀"
    assert shown("\x00") == "␀"


def test_names_of_anything_are_names_of_xml():
    for name in ("t1", "1", "", "a b", "議長", "-x", "a:b", "\x00", "ª", "t1.2"):
        etree.fromstring(f'<a xml:id="{ncname(name)}"/>')
    assert ncname("t1") == "t1"
    assert ncname("1") == "_1"
