"""ConvoKit itself opens the corpus, finds nothing wrong with it, and writes it out again."""

from __future__ import annotations

from corpus import NAMES
from minutes_cli.export import Options
from minutes_cli.export.convokit import write_convokit
from records import document

SCRIPT = """
import contextlib, io, json, os, sys
os.environ["HOME"] = sys.argv[2]  # where ConvoKit writes its settings
from convokit import Corpus

def figures(corpus):
    return {
        "speakers": len(corpus.speakers), "utterances": len(corpus.utterances),
        "conversations": len(corpus.conversations),
    }

with contextlib.redirect_stdout(io.StringIO()):
    corpus = Corpus(filename=sys.argv[1])
    broken = [c.id for c in corpus.iter_conversations() if not c.check_integrity(verbose=False)]
    corpus.dump("again", base_path=sys.argv[2])
    again = Corpus(filename=sys.argv[2] + "/again")
    table = corpus.get_utterances_dataframe()
first = next(corpus.iter_conversations())
print(json.dumps({
    "figures": figures(corpus), "again": figures(again), "broken": broken,
    "texts": [u.text for u in first.get_chronological_utterance_list()],
    "title": first.meta["title"], "columns": list(table.columns), "rows": len(table),
}))
"""


def test_convokit_opens_the_corpus_and_finds_nothing_wrong(client, tmp_path):
    records = [document(name) for name in NAMES]
    folder = tmp_path / "records"
    folder.mkdir()
    for name, piece in write_convokit(iter(records), Options()):
        with (folder / name).open("ab") as file:
            file.write(piece)
    found = client(SCRIPT, folder, tmp_path)
    spoken = [record for record in records if record.turns]
    assert found["broken"] == []
    assert found["figures"] == found["again"]
    assert found["figures"]["conversations"] == len(spoken)
    assert found["figures"]["utterances"] == found["rows"] == sum(len(record.turns) for record in spoken)
    assert found["texts"] == [turn.text for turn in spoken[0].turns]
    assert found["title"] == spoken[0].meeting.title
    assert {"meta.label", "meta.lines", "meta.path", "reply_to"} <= set(found["columns"])
