"""How the methods work together: in rounds, each on what the ones before it left, and never without an end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from minutes_cli import normalize as package
from minutes_cli.edits import correct, undo, view
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Correction, Safety
from minutes_cli.normalize import Fix, Settings, channel, normalize
from minutes_cli.normalize.methods import Method
from minutes_cli.normalize.orthography import old_orthography


def _replacing(before: str, after: str, safety: Safety = Safety.SAFE) -> Method:
    def find(text: str, settings: Settings) -> Iterator[Correction]:
        at = text.find(before)
        if at >= 0:
            yield Correction(at, at + len(before), after, f"r-{before}", safety, 0.9, "made up")

    return Method((f"r-{before}",), "made up", find)


def test_rounds_go_on_until_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "METHODS", (_replacing("cd", "x"), _replacing("ab", "c")))
    result = normalize(from_text("abdabd"))
    assert result.view.text == "xx"
    assert [e.rule for e in result.view.edits] == ["r-ab+r-cd", "r-ab+r-cd"]
    assert undo(result.view) == "abdabd"


def test_methods_that_never_agree_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "METHODS", (_replacing("a", "bb"), _replacing("b", "aa")))
    result = normalize(from_text("a"))
    assert result.view.edits == () and result.view.text == "a"
    assert "did not settle" in result.notes[-1]


def test_what_is_not_applied_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "METHODS", (_replacing("a", "x"), _replacing("b", "y", Safety.ASK)))
    safe, everything = (normalize(from_text("ab"), fix=fix) for fix in (Fix.SAFE, Fix.ALL))
    assert (safe.view.text, [e.before for e in safe.proposed]) == ("xb", ["b"])
    assert (everything.view.text, everything.proposed) == ("xy", ())
    assert [e.before for e in normalize(from_text("ab"), fix=Fix.NONE).proposed] == ["a", "b"]


def _c(start: int, end: int, after: str, rule: str = "r") -> Correction:
    return Correction(start, end, after, rule, Safety.SAFE, 1.0, rule)


def test_a_correction_beside_an_edit_stays_by_itself() -> None:
    seen = correct(view(from_text("abc")), [_c(0, 1, "x")])
    assert [e.span for e in correct(seen, [_c(1, 2, "y")]).edits] == [(0, 1), (1, 2)]


def test_two_corrections_of_one_edit_are_taken_one_after_the_other() -> None:
    seen = correct(view(from_text("abc")), [_c(1, 2, "xyz")])
    again = correct(seen, [_c(1, 2, "1"), _c(3, 4, "3")])
    assert again.text == "a1yzc" and undo(again) == "abc"


@pytest.mark.parametrize(("name", "misread"), [("石橋", "石矯"), ("中村", "中材"), ("加藤", "加膝"), ("清水", "清氷")])
def test_names_are_only_asked_about(name: str, misread: str) -> None:
    text = f"{name}委員から質問があり、{name}部長が答弁した。ほかにございませんか。○{misread}委員長　会議を開きます。"
    (edit,) = normalize(from_text(text), Settings(select=(channel.RULE,), channel=True)).edits
    assert (edit.after, edit.safety) == (name[-1], Safety.ASK)
    assert "part of a name" in edit.reason


def test_the_channel_stays_out_of_passages_in_old_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "必要な惜置を講ずることとし、財政上の支援を行います。"
    settings = Settings(select=(channel.RULE,), channel=True)
    assert normalize(from_text(text), settings).view.edits
    gate = type("Gate", (), {"whole": False, "at": staticmethod(lambda position: True)})
    monkeypatch.setattr(channel, "old_orthography", lambda text: gate)
    assert not normalize(from_text(text), settings).edits
    assert not old_orthography(text).whole
