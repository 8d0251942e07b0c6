"""Word lists for --synonyms."""

from __future__ import annotations

import pytest

from minutes_cli.errors import UsageError
from minutes_cli.search.synonyms import expand, read_synonyms

LIST = "\ufeff# 税と料\n保育料, 利用者負担額\n\n  # 人\n子ども、児童\tこども，キッズ,\r\n"
GROUPS = (("保育料", "利用者負担額"), ("子ども", "児童", "こども", "キッズ"))


def test_read() -> None:
    assert read_synonyms(LIST, "list.txt") == GROUPS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a, b\n\nc\n", r"list\.txt:3: a group needs two words or more"),
        (" ,、", r"list\.txt:1: a group needs two words or more"),
        ("a, b\nc, a", r"list\.txt:2: 'a' already stands in line 1"),
        ("a, b, a", r"list\.txt:1: 'a' already stands twice in this line"),
        ("", r"list\.txt: no words in it"),
        ("# 保育料, 利用者負担額", r"list\.txt: no words in it"),
    ],
)
def test_faults(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_synonyms(text, "list.txt")


def test_expand() -> None:
    assert expand("児童", GROUPS) == GROUPS[1]
    assert expand("予算", GROUPS) == ("予算",)
    assert expand("予算", ()) == ("予算",)


def test_expand_words() -> None:
    assert expand("子供", GROUPS) == ("子供",)
    assert expand("子供", GROUPS, words=True) == GROUPS[1]
    assert expand("子供の", GROUPS, words=True) == ("子供の",)
    assert expand("利用者", GROUPS, words=True) == ("利用者",)
    assert expand("取り組んだ", (("取組む", "努める"),), words=True) == ("取組む", "努める")
