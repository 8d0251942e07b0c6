"""What inputs are made of: the records under corpus/ in several encodings, and pieces that tend to break programs."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp932", "euc-jp", "iso-2022-jp", "euc-jis-2004")

_WORDS = """
○ 〇 ◯ ◎ ● △ ◆ ◇ ☆ ※ ― ━ …… ーー ・ 、 。 ， ． 「 」 『 』 （ ） ( ) 【 】 〔 〕 ［ ］ ｢ ｣ ： : 〃
々 ヽ 議長 委員長 会長 山田 渡邊 髙 﨑 鈴木太郎 君 氏 様 殿 委員 事務局 １番 二番 番外 問 答 Ｑ Ａ
出席委員 欠席委員 署名 記 要望書 これより会議を開きます。 質問します。 以上です。
御異議ありませんか。 「異議なし」と呼ぶ者あり 拍手 起立 登壇 休憩 再開 散会 開議
令和５年11月22日（水） 平成三十一年四月三十日 午前10時 午後１時30分 第１回定例会 日程第１ 議案第１号
議案第２号 第1条 第l条 について (1) (2) 住) 他) (D CD ① ② ㈱ ㍻ １． 第１ 一、 二〇年 ＜ <PAGE="2">
- 12 - ## ** --- <p> </p> {{x}} > &amp; <script> 肖治体 二ーズ 工りア 1CT loT Soc 0CR 夕クシー
へルパー お願ひ 思ひます なつた 國 よろしく願い申し上げます ですがけれども (cid:12) ï¿½ ã\x81\x82
縺ゅ＞ ｱｲｳ ﾊﾞﾊﾟ カ\u3099 は\u309a か\u3099 𠮷 👨\u200d👩\u200d👧 🇯🇵 e\u0301 \u202e \u2066 \u200b
\ufeff \u00ad 取組 取り組み を に が は で と も の [ ] ( ) * + ? | ^ $ . \\ \\b \\d \\s \\S \\w \\W
(?: (?= (?! (?<= (?i) [^ {2,} {1,3}
""".split()

PIECES: tuple[str, ...] = (
    *_WORDS,
    *"\n \n\n \r\n \r \f \v \t \0 \x1b[31m \x1b]0;x\x07 \x7f \x85 \x9b \xa0 \u2028 \u2029".split(" "),
    " ",
    "　",
    "　　\n",
    "\n○",
    "\n　　　",
    "\n議 長 ",
    "\f- 12 -\n",
    "\ue000",
    "\uf8f0",
    "\ufffd",
    "\uffff",
    "\U000e0041",
    "\U0010ffff",
    "\ufe00",
    "あ" * 300,
    "（" * 60,
    "「（" * 60,
    "）" * 60,
    "か" + "\u3099" * 60,
    "　" * 120,
    "\n" * 40,
    "\r\n\r" * 20,
    "・" * 80 + "\n",
    "1" * 80,
    "(1)(2)(3)" * 10,
    "○議長\n" * 20,
)
"""Pieces of text that a mutation may put anywhere."""

RAW: tuple[bytes, ...] = (
    *(bytes([byte]) for byte in (0x00, 0x0A, 0x0D, 0x1B, 0x5C, 0x7E, 0x80, 0x81, 0x8E, 0x8F, 0xA0, 0xFA, 0xFF)),
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xff\xfe\x00\x00",
    b"\x00\x00\xfe\xff",
    b"\xfa\x40",
    b"\xee\xef",
    b"\x81\xca",
    b"\xe3\x81",
    b"\xf0\x9f",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b"\xf4\x90\x80\x80",
    b"\x8e\xb1",
    b"\x8f\xb0\xa1",
    b"\x1b$B",
    b"\x1b(B",
    b"\x1b(J",
    b"\x1b(I",
    b'\x1b$B$"\x1b(B',
    b"\x1b$(D",
    b"\x1b$(Q",
    b"\x1a",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"{\\rtf1",
    b"\xa4\xa2\xa4\xa4",
    b"\x82\xa0\x82\xa2",
    b"A\x00B\x00",
    b"\xd8\x00",
    b"\x00\xd8",
)
"""Pieces of bytes: marks, escapes, halves of characters, beginnings of other formats."""

QUERIES = (
    "予算",
    "保育|子育て",
    "(議案)第[0-9０-９]+号",
    r"\b令和\d+年",
    "取り組み",
    "(?i)ict",
    "^○",
    "[^。]*。$",
    "(?<=市)長",
    "申し上げる",
    "ﾊﾞｽ",
    "(?P<a>会)(?P=a)",
    "a{2,}",
)
"""Patterns to begin with: the first line of an input of the target ``query``."""


def records() -> list[str]:
    """The texts of the records under corpus/, in the order of their names."""
    return [path.read_bytes().decode("utf-8") for path in sorted((ROOT / "corpus").glob("*/record.*"))]


def seeds(target: str) -> list[bytes]:
    """The inputs that *target* begins with."""
    texts = records()
    if target == "ingest":
        short = [text[:600] for text in texts]
        return [
            encoded
            for i, text in enumerate(short)
            for encoding in {ENCODINGS[0], ENCODINGS[i % len(ENCODINGS)]}
            if (encoded := text.encode(encoding, "ignore"))
        ] + list(RAW)
    if target == "query":
        return [f"{QUERIES[i % len(QUERIES)]}\n{text[:400]}".encode() for i, text in enumerate(texts)]
    return [text[:3000].encode() for text in texts] + [text[-1500:].encode() for text in texts]
