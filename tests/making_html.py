"""Web pages made of records in plain text, in the ways in which councils make theirs."""

from __future__ import annotations

from html import escape

NAVIGATION = """<header id="header"><a href="/">潮見市ホームページ</a>
<form role="search"><input name="q"><button>検索</button></form></header>
<nav class="global-nav"><ul><li><a href="/kurashi/">くらし</a></li><li><a href="/shisei/">市政情報</a></li>
<li><a href="/gikai/">市議会</a></li></ul></nav>
<p id="topicpath"><a href="/">ホーム</a> &gt; <a href="/gikai/">市議会</a> &gt; 会議録</p>"""
FOOTER = """<p class="pagetop"><a href="#header">このページの先頭へ</a></p>
<div id="footer"><address>潮見市役所　〒000-0000　潮見市潮見町1番地</address>
<p class="copyright">Copyright © Shiomi City. All rights reserved.</p></div>"""
SITE_WORDS = ("検索", "市政情報", "ホーム", "先頭へ", "潮見市役所", "Copyright")
"""Words of NAVIGATION and FOOTER; none of them stands in a record."""


def paragraphs(text: str) -> str:
    """A <p> for every line, each on lines of its own, as converters write them; blank lines as no-break blanks."""
    return "\n".join(f"  <p>\n   {escape(line.strip(' ')) or '&nbsp;'}\n  </p>" for line in text.splitlines())


def breaks(text: str) -> str:
    """One <div>, its lines apart by <br>."""
    return "<div>" + "<br>\n".join(escape(line) for line in text.splitlines()) + "</div>"


def preformatted(text: str) -> str:
    """All in one <pre>."""
    return f"<PRE>\n{escape(text)}</PRE>"


def layout_table(text: str) -> str:
    """The page as a table: navigation on the left, the record in one cell on the right, with elements left open."""
    menu = "".join(f'<a href="{n}.html">{word}</a><br>' for n, word in enumerate(("ホーム", "市政情報", "お知らせ")))
    lines = "<BR>".join(f"<font size=3>{escape(line)}</font>" for line in text.splitlines())
    return (
        "<table border=0 width=800><tr><td colspan=2><img src=logo.gif alt='潮見市のしるし'>"
        f"<tr><td width=150 valign=top>{menu}<td>{lines}</table>"
    )


STYLES = {"p": paragraphs, "br": breaks, "pre": preformatted, "table": layout_table}


def page(text: str, style: str, encoding: str = "utf-8", *, declared: str | None = None, site: bool = False) -> bytes:
    """A page with the record *text* in one of STYLES, with a site around it if asked; says that it is *declared*.

    What the encoding has no code for is written as a character reference, as editors do.
    """
    body = STYLES[style](text)
    if site:
        body = f"{NAVIGATION}<main>{body}</main>{FOOTER}"
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared or encoding}">'
    whole = (
        f"<html><head>{head}<title>会議録</title><style>p {{ margin: 0 }}</style></head><body>\n{body}\n</body></html>"
    )
    return whole.encode(encoding, "xmlcharrefreplace")
