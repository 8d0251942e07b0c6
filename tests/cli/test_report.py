"""minutes report: what a user sees and what lands in the file."""

from __future__ import annotations

from corpus import record
from html_tree import read_page
from minutes_cli.parse.passages import searchable
from minutes_cli.summarize.model import By

from .conftest import RECORD

TITLE = "令和6年度第1回あおば町子育て会議会議録"


def page(path):
    return read_page(path.read_bytes())


def test_a_page_of_one_record(folder, minutes):
    run = minutes("report", "a.txt", "-o", "report.html")
    assert (run.code, run.out, run.err) == (0, "", "")
    root = page(folder / "report.html")
    assert root.all(tag="h1")[0].text == TITLE
    lines = [line.text for line in root.all("line")]
    assert all(words in lines for words in ("予算の内訳を伺います。", "これより会議を開きます。"))
    assert len(root.all("piece", "speech")) == 4
    assert {row.all(tag="a")[0].text for row in root.all("shares")[0].all(tag="tr")[1:]} >= {"田中"}


def test_a_folder_and_a_file_are_one_page(folder, minutes):
    (folder / "more").mkdir()
    (folder / "more" / "c.txt").write_text("みどり町長殿\n\n要望書\n1 園庭を広げること。\n", encoding="utf-8")
    run = minutes("report", "more", "a.txt", "b.txt", "-o", "out/report.html", "--title", "まとめ<b>")
    assert (run.code, run.err) == (0, "")
    root = page(folder / "out" / "report.html")
    assert root.all(tag="h1")[0].text == "まとめ<b>"
    rows = root.all("records")[0].all(tag="tr")[1:]
    assert [row.all(tag="small")[0].text for row in rows] == ["more/c.txt", "a.txt", "b.txt"]
    assert len(root.all("piece", "speech")) == 8
    assert "園庭を広げること。" in "".join(line.text for line in root.all("line"))


def test_the_figures_and_sentences_are_those_of_the_summary(folder, minutes):
    from minutes_cli.cli._reading import Reading
    from minutes_cli.summarize.analysis import analyse
    from minutes_cli.summarize.summary import summarize

    minutes("report", "a.txt", "b.txt", "-o", "report.html")
    documents = {name: Reading().document(name) for name in ("a.txt", "b.txt")}
    told = summarize(
        [analyse(document, searchable(document, name)) for name, document in documents.items()], By.SPEAKER
    )
    root = page(folder / "report.html")
    cards = root.all("card")
    assert [card.all(tag="h3")[0].text.split()[0] for card in cards] == [group.heading for group in told.groups]
    for card, group in zip(cards, told.groups, strict=True):
        share = f"{group.characters:,}字（{100 * group.share:.1f}%）"
        assert f"発言 {group.turns}件" in card.text and share in card.text
        quoted = {quote.text for quote in card.all("quote")}
        assert {q.text for q in (*group.sentences, *group.requests, *group.commitments)} <= quoted
    asking = [*told.exchanges, *(asked for group in told.groups for asked in group.exchanges)]
    voices = {n.attributes["data-voice"] for n in root.all("piece", "speech")}
    assert voices == {str(i) for i in range(len(told.groups))}
    assert len(root.all("exchange")) == len({(asked.path, asked.number) for asked in asking})
    assert sum(len(searchable(d).passages) for d in documents.values()) == len(root.all("piece"))


def test_an_existing_page_is_kept_without_force(folder, minutes):
    (folder / "report.html").write_text("mine", encoding="utf-8")
    run = minutes("report", "a.txt", "-o", "report.html")
    assert (run.code, run.err) == (2, "minutes: report.html: exists already; --force overwrites it\n")
    assert (folder / "report.html").read_text(encoding="utf-8") == "mine"
    assert minutes("report", "a.txt", "-o", "report.html", "--force").code == 0
    assert page(folder / "report.html").all(tag="h1")[0].text == TITLE


def test_a_record_is_never_overwritten(folder, minutes):
    run = minutes("report", "a.txt", "b.txt", "-o", "b.txt", "--force")
    assert run.code == 2 and "is one of the records to read" in run.err
    assert (folder / "b.txt").read_bytes() == RECORD.replace("第1回", "第2回").encode("cp932")


def test_where_to_write_must_be_said(folder, minutes):
    run = minutes("report", "a.txt")
    assert (run.code, run.out) == (2, "")
    assert run.err == "minutes: no page named; say where it goes: minutes report FILE -o report.html\n"
    (folder / "out").mkdir()
    run = minutes("report", "a.txt", "-o", "out")
    assert run.err == "minutes: out: is a folder; name the page itself: -o out/report.html\n"
    assert not list((folder / "out").iterdir())


def test_standard_output(folder, minutes):
    run = minutes("report", "a.txt", "-o", "-")
    assert run.code == 0
    assert read_page(run.out.encode()).all(tag="h1")[0].text == TITLE


def test_a_bad_record_does_not_cost_the_page(folder, minutes):
    (folder / "empty.txt").write_bytes(b"")
    run = minutes("report", ".", "-o", "report.html")
    assert run.code == 2
    assert "empty.txt" in run.err and run.err.count("\n") == 1
    assert len(page(folder / "report.html").all("records")[0].all(tag="tr")) == 3


def test_no_page_without_a_record(folder, minutes):
    (folder / "empty.txt").write_bytes(b"")
    run = minutes("report", "empty.txt", "-o", "report.html")
    assert run.code == 2 and "empty.txt" in run.err
    assert not (folder / "report.html").exists()


def test_encoding_and_fix_are_as_in_parse(folder, minutes):
    assert minutes("report", "b.txt", "-o", "x.html", "--encoding", "nonsense").code == 2
    minutes("report", record("scanned-petition"), "-o", "none.html", "--fix", "none")
    assert not page(folder / "none.html").all("slip")
    minutes("report", record("scanned-petition"), "-o", "safe.html")
    minutes("report", record("scanned-petition"), "-o", "all.html", "--fix", "all")
    safe, every = (len(page(folder / name).all("slip")) for name in ("safe.html", "all.html"))
    assert 0 < safe <= every
