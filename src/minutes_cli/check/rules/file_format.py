"""M112: what could not be read from a PDF, a Word file, a web page, or was left out of it."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    for finding in subject.source.findings:
        yield Flaw(finding.span, finding.message)


_PAGE = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>あおば町子ども会議</title></head>
<body>
<h1>あおば町子ども会議　会議録</h1>
<p>令和6年1月15日（月）</p>
<p>○会長（山田花子君）　予算について説明します。</p>
{}
<p>○木田委員　道の分はどうですか。</p>
<p>○会長（山田花子君）　三百万円です。</p>
</body></html>
"""
_CUES = """WEBVTT

{}00:00:01.000 --> 00:00:04.000
会長：予算について説明します。

00:00:05.000 --> 00:00:09.000
木田委員：道の分はどうですか。

00:00:10.000 --> 00:00:12.000
会長：三百万円です。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "The text of a PDF, a Word file or a web page is what a reader would see in it. What could not be had "
        "(pictures, glyphs without a character, pages that are scanned) or was left out on purpose (deleted and hidden "
        "text, comments) is said here with its place. Look there in the file itself, and mend it in the program that "
        "made it. docs/formats.md says for each format what is read."
    ),
    must=(
        Example(
            _PAGE.format('<p style="display:none">○会長（山田花子君）　この分は秘密です。</p>'),
            (4,),
            path="record.html",
        ),
        Example(_CUES.format("NOTE 録音はここから始まる。\n\n"), (1,), path="record.vtt"),
    ),
    must_not=(
        Example(_PAGE.format(""), path="record.html"),
        Example(_CUES.format(""), path="record.vtt"),
        Example("あおば町子ども会議　会議録\n\n会長：<p hidden>と書いた資料を配ります。\n木田委員：分かりました。\n"),
    ),
)
