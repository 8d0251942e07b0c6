"""Akoma Ntoso: valid against the schema of OASIS, complete, and every reference leads somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from lxml import etree

import xml_schemas
from corpus import NAMES
from minutes_cli.export import Options
from minutes_cli.export.akn import write_akn
from minutes_cli.export.xml import escaped
from minutes_cli.model import Anchor
from records import FEW, NO_WORDS, RECORDS, document, made, said_in

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
PLACE = "{urn:minutes-cli:place:1}"
MATTER = ("preface", "debateBody", "conclusions")


def written(record):
    return b"".join(write_akn([record], Options()))


def tree(record):
    return etree.fromstring(written(record))


def words(root):
    """All words of the record in the file, without blanks."""
    for section in root.iter(f"{AKN}debateSection"):
        if section.get("name") == "spoken":
            section.remove(section.find(f"{AKN}heading"))
    for label in root.iter(f"{AKN}from"):
        label.text = None
    said = "".join("".join(part.itertext()) for name in MATTER for part in root.iter(AKN + name))
    return "".join(said.split()).translate(NO_WORDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_record_is_valid_and_complete(name):
    data = written(document(name))
    assert xml_schemas.faults(xml_schemas.akoma_ntoso(), data) == []
    assert words(etree.fromstring(data)) == said_in(document(name)).translate(NO_WORDS)


@FEW
@given(RECORDS)
def test_whatever_a_record_holds_the_file_is_valid_and_complete(record):
    data = written(record)
    assert xml_schemas.faults(xml_schemas.akoma_ntoso(), data) == []
    visible = etree.fromstring(f"<a>{escaped(said_in(record))}</a>").text or ""
    assert words(etree.fromstring(data)) == visible.translate(NO_WORDS)


@FEW
@given(RECORDS)
def test_every_reference_leads_to_a_person_an_office_or_a_body(record):
    root = tree(record)
    known = {e.get("eId"): e.tag.removeprefix(AKN) for e in root.iter(etree.Element) if e.get("eId")}
    for element in root.iter(etree.Element):
        if by := element.get("by"):
            assert known[by.removeprefix("#")] == "TLCPerson"
        if role := element.get("as"):
            assert known[role.removeprefix("#")] == "TLCRole"
        if (source := element.get("source")) is not None:
            assert known[source.removeprefix("#")] == "TLCOrganization"


@FEW
@given(RECORDS)
def test_every_speech_says_where_it_stands(record):
    speeches = {e.get("eId"): e for name in ("speech", "question", "answer") for e in tree(record).iter(AKN + name)}
    for turn in record.turns:
        speech = speeches[turn.id]
        assert speech.get(f"{PLACE}char") == f"{turn.span.start},{turn.span.end}"
        assert speech.get(f"{PLACE}where").startswith("line")


def test_the_schema_refuses_what_is_no_akoma_ntoso():
    data = written(document("diet-style"))
    for wrong in (
        data.replace(b' by="#s1"', b"", 1),
        data.replace(b"<from>", b"<label>", 1).replace(b"</from>", b"</label>", 1),
        data.replace(b'language="jpn"', b"", 1),
    ):
        assert wrong != data
        assert xml_schemas.faults(xml_schemas.akoma_ntoso(), wrong)


def test_a_speech_reads_like_this():
    record = made(
        "○議長（松野隆君）　始めます。（拍手）続けます。\n"
        "○町長（鵜建吉君）　お答えします。\n　　〔笑声〕\n　以上です。\n　　午前十一時三十分散会\n"
    )
    text = written(record).decode()
    applause = '<remark type="phenomenon" m:char="15,19" m:where="line 1">（拍手）</remark>'
    assert (
        '<speech eId="t1" by="#s1" as="#role1" m:char="1,24" m:where="line 1">\n<from>議長（松野隆君）</from>\n'
        f"<p>始めます。{applause}続けます。</p>\n</speech>"
    ) in text
    assert '<TLCPerson eId="s2" href="/ontology/person/jp/s2" showAs="鵜建吉"/>' in text
    assert '<TLCRole eId="role2" href="/ontology/role/jp/role2" showAs="町長"/>' in text
    assert '<recordedTime time="11:30:00">午前十一時三十分散会</recordedTime>' in text


def test_questions_and_answers_are_elements_of_their_own():
    names = [e.tag.removeprefix(AKN) for e in tree(document("question-answer")).iter() if e.get("by")]
    assert {"question", "answer"} <= set(names)


def test_headings_stand_one_inside_the_other():
    root = tree(document("trailing"))
    outer = root.find(f"{AKN}debate/{AKN}debateBody/{AKN}debateSection")
    inner = [section.findtext(f"{AKN}heading") for section in outer.findall(f"{AKN}debateSection")]
    assert outer.findtext(f"{AKN}heading").startswith("# 潮見市議会")
    assert inner == ["## 財政調整基金について", "## 住民票のコンビニ交付について"]


def test_what_stands_before_the_meeting_is_the_preface():
    front = tree(document("page-marks")).find(f"{AKN}debate/{AKN}preface")
    assert [p.text for p in front] == ["令和６年９月潮見市議会定例会（第３日）", "令和６年９月１２日（木）"]
    assert [p.get(f"{PLACE}where") for p in front] == ["line 2", "line 3"]


def test_a_page_ends_where_the_next_one_begins():
    assert [e.get("number") for e in tree(document("page-marks")).iter(f"{AKN}eop")] == ["1", "2"]


def test_a_date_that_is_not_known_is_said_to_be_unknown():
    dates = {(d.get("date"), d.get("name")) for d in tree(made("○議長　はい。\n")).iter(f"{AKN}FRBRdate")}
    assert dates == {("0001-01-01", "unknown")}


def test_of_a_file_that_is_no_text_the_place_is_what_its_program_shows():
    record = document("page-marks")
    source = record.view.source._replace(anchors=(Anchor(0, "page 1"), Anchor(310, "page 2")))
    speeches = tree(record._replace(view=record.view._replace(source=source))).iter(f"{AKN}speech")
    assert [speech.get(f"{PLACE}where") for speech in speeches][:4] == ["page 1", "page 1", "page 1", "page 2"]


def test_a_record_with_nothing_in_it_is_a_valid_file():
    for text in ("", "\n\n", "\f"):
        assert xml_schemas.faults(xml_schemas.akoma_ntoso(), written(made(text))) == []
