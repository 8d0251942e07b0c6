"""The schemas of TEI and Akoma Ntoso, ready to use; tests/data/README.md says which they are."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

from lxml import etree

DATA = Path(__file__).resolve().parent / "data"
RNG = "{http://relaxng.org/ns/structure/1.0}"
#: The elements that our TEI files are made of.
TEI_ELEMENTS = frozenset(
    "TEI teiHeader fileDesc titleStmt title meeting editionStmt edition extent measure publicationStmt p sourceDesc "
    "bibl publisher idno date encodingDesc projectDesc editorialDecl correction segmentation normalization tagsDecl "
    "namespace tagUsage classDecl taxonomy category catDesc profileDesc settingDesc setting name time particDesc "
    "listPerson person persName surname forename term affiliation roleName orgName note text body div head u seg pb "
    "vocal kinesic incident desc".split()
)


@cache
def tei() -> etree.RelaxNG:
    """tei_all with no other elements than ours: what it accepts, tei_all accepts, and it compiles in no time."""
    grammar = etree.fromstring(lzma.decompress((DATA / "tei-all-4.3.0.rng.xz").read_bytes()))
    for define in grammar.iter(f"{RNG}define"):
        element = define.find(f"{RNG}element")
        if element is not None and len(define) == 1 and element.get("name") not in TEI_ELEMENTS:
            define.remove(element)
            etree.SubElement(define, f"{RNG}notAllowed")
    return etree.RelaxNG(grammar)


@cache
def akoma_ntoso() -> etree.XMLSchema:
    """The schema of Akoma Ntoso 3.0."""
    schema = etree.fromstring(lzma.decompress((DATA / "akomantoso30.xsd.xz").read_bytes()))
    imported = schema.find("{http://www.w3.org/2001/XMLSchema}import")
    imported.set("schemaLocation", str(DATA / "xml.xsd"))
    return etree.XMLSchema(schema)


def faults(schema: etree.RelaxNG | etree.XMLSchema, data: bytes) -> list[str]:
    """What *schema* has against the document, a line each."""
    schema.validate(etree.fromstring(data))
    return [f"{entry.line}: {entry.message}" for entry in schema.error_log]
