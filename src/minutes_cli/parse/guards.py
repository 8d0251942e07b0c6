"""What can speak against a label that a convention has found: small questions that a convention lists in its row.

A guard sees one :class:`Candidate` and answers whether it may be a label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from minutes_cli.lexicon.roles import HEADING_AT_END, SEAT
from minutes_cli.parse.events import event_kind, is_heading
from minutes_cli.parse.labels import NAME, NAME_SHAPE, squeeze, take_apart, weigh
from minutes_cli.parse.layout import BLANK, BRACKETED, BULLET, HEADING, MARKS, MARKUP, NUMBERED, PAGE, RULE, TEXT, Row
from minutes_cli.patterns import lazy

#: Marks for "the speaker of the line above".
DITTO = frozenset(("〃", "″", "同"))

#: What times and agenda items begin with that may stand in a column before the label: 10:00, 追加日程３, 再開.
_BEFORE_COLUMNS = frozenset("0123456789０１２３４５６７８９追日開再休閉散")
_SKIPPED = frozenset((BLANK, PAGE, RULE, MARKUP))
_MARKED_NAMES = lazy(rf"(?:^|[ 　])[{MARKS}]\S")
_ROSTER = lazy(r"(?:[^\s。、]{1,12}[ 　]+)*[^\s。、]{1,8}(?:君|氏|さん|様)?(?:[ 　]{2,}.*)?$")
_COLUMNS = lazy(r"君|氏|[ 　]{2,}")
_PARTICLE = lazy(r"[を、。」）]|[にはがのと](?=[一-龥])")
_CALLED = lazy(rf"{NAME_SHAPE}(?:議員|委員|君|さん|氏)[、。をに]")
_HIRAGANA = lazy(r"[ぁ-ん](?:[ぁ-ん]|[^ぁ-ん]+[ぁ-ん][^ぁ-ん]+[ぁ-ん])")
_HEADER_KEY = lazy(
    r"(?:開催)?(?:日\s*時|場\s*所|会\s*場|年月日|期\s*日|時\s*間|日\s*程|会議名|名\s*称|議\s*題|議\s*事|案\s*件|件\s*名|次\s*第|目\s*的|資\s*料|"
    r"配\s*[付布].*|出席.*|欠席.*|参加.*|列席.*|傍聴.*|事務局員|記録.*|作成.*|担当課|問.?合.*|連絡先|電\s*話|住\s*所|備\s*考|注.*|参\s*考|URL|http.*|"
    r"公開.*|添付.*|主\s*催|対\s*象|内\s*容|概\s*要|結\s*果|結\s*論|例|数\s*量|価\s*格|規格|理\s*由|日付|発行.*|編集.*|提出.*|宛先|会\s*期|種\s*類|"
    r"区\s*分|費\s*用|方\s*法|期\s*間)$"
)


class Head(NamedTuple):
    """A label found: the row it stands in, the label, its place, where the speech begins, the evidence for it."""

    row: int
    label: str
    start: int
    end: int
    speech: int
    score: float


class Candidate(NamedTuple):
    """A label in its surroundings: what stands behind it on its line, the row below, and how often it comes."""

    head: Head
    row: Row
    speech: str  # on the same line
    below: Row | None  # where the line holds no speech
    following: Row | None  # the next row that is neither blank nor furniture
    counts: Counter[str]  # of all labels that the convention finds, without blanks

    @property
    def said(self) -> str:
        """Where the speech begins, on the line or below it."""
        return self.speech or (self.below.text if self.below is not None else "")

    @property
    def comes_back(self) -> bool:
        """Whether the label stands elsewhere, too."""
        return self.counts[squeeze(self.head.label)] > 1


def next_text(rows: Sequence[Row], i: int) -> Row | None:
    """The next row that is neither blank nor furniture, if it is near."""
    for row in rows[i + 1 : i + 12]:
        if row[0] not in _SKIPPED:
            return row
    return None


def is_speech(text: str) -> bool:
    """Sentences, or at least words that are inflected: a full stop, hiragana in a row."""
    return "。" in text or text[-1:] == "、" or bool(_HIRAGANA.search(text)) or text.startswith(("（「", "「"))


def above_speech(rows: Sequence[Row], i: int) -> bool:
    """Whether speech may stand below row *i*; where it does not, :func:`opens_text` is true of no label there."""
    below = next_text(rows, i)
    if below is None or below.kind not in (BULLET, TEXT, NUMBERED, BRACKETED):
        return False
    return below.kind is BULLET or is_speech(below.text)


def beside_speech(rows: Sequence[Row], i: int) -> bool:
    """Whether row *i* may be a column with a label and speech beside it.

    Where it may not, :func:`speaks_in_column` is true of no label there: no word is inflected, and more than one stands
    behind whatever may be the label.
    """
    text = rows[i].text
    if is_speech(text) or "「" in text or "（" in text or "(" in text or not DITTO.isdisjoint(text):
        return True
    words = text.split()
    return len(words) == 2 or (len(words) > 2 and (len(words[-2]) == 1 or text[0] in _BEFORE_COLUMNS))


def no_heading_below(c: Candidate) -> bool:
    """A heading never opens a speech."""
    return c.below is None or c.below.kind is not HEADING


def no_roster(c: Candidate) -> bool:
    """Names in columns are a list, no speech: ○委員　　山田太郎君　　鈴木花子君."""
    said = c.said
    if "。" in said:
        return True
    if _MARKED_NAMES.search(said):
        return False
    listed = "、" not in said and _COLUMNS.search(said) and _ROSTER.match(said)
    label = take_apart(c.head.label)
    return not listed or (c.below is None and label.name is not None and (label.role or label.title) is not None)


def glued_to_sentences(c: Candidate) -> bool:
    """Where nothing stands between label and speech, the speech must be a sentence: not ○委員派遣に関する件."""
    if c.head.speech != c.head.end or not c.speech or "。" in c.speech:
        return True
    return not HEADING_AT_END.search(c.speech) and c.following is not None and "。" in c.following.text


def no_event(c: Candidate) -> bool:
    """A bracket alone on its line may be an event or a heading: 〔拍手〕, 〔議 事〕."""
    alone = not c.speech and c.head.score < 0.7
    return not alone or (event_kind(c.row.text) is None and not is_heading(c.row.text))


def no_header_key(c: Candidate) -> bool:
    """日時：, 場所：, 出席者： open no speech."""
    return not _HEADER_KEY.match(squeeze(c.head.label))


def heading_names_who_speaks(c: Candidate) -> bool:
    """A person in brackets behind a heading (1. 挨拶（総務局長 山田 太郎）) speaks when a speech follows."""
    in_heading = c.head.start > c.row.body + 1
    return not in_heading or (take_apart(c.head.label).name is not None and is_speech(c.said))


def opens_text(c: Candidate) -> bool:
    """A label alone on its line has its speech below: no other label, no line that goes on with a sentence."""
    if c.below is None:
        return False
    if c.below.kind is BULLET:
        return True
    if c.below.kind not in (TEXT, NUMBERED, BRACKETED) or not is_speech(c.said):
        return False
    return c.below.kind is not TEXT or not (_PARTICLE.match(c.below.text) or weigh(c.below.text).score >= 0.5)


def speaks_in_column(c: Candidate) -> bool:
    """What stands in the column beside a label is speech: sentences, or the call of somebody who comes back."""
    if c.head.label in DITTO:
        return True
    said = c.said
    words = said.split()
    if not is_speech(said) and not (len(words) == 1 and c.comes_back and weigh(said).score >= 0.5):
        return False
    listed = len(words) > 1 and "。" not in said and "、" not in said and len("".join(words)) <= 4 * len(words)
    if listed or _PARTICLE.match(said) or said.startswith(("（", "(")):
        return False
    return not (SEAT.fullmatch(squeeze(c.head.label)) and _CALLED.match(said))  # ３番 堂園議員、５番 …を指名します


def closes_a_speech(c: Candidate) -> bool:
    """A bracket behind a paragraph names its speaker: an office, or a name that comes back or begins another label."""
    label = c.head.label
    before = c.row.text[: c.head.start - 1 - c.row.body]
    if event_kind(label) is not None or not is_speech(before):
        return False
    tight = squeeze(label)
    shortened = len(c.counts) < 500 and any(tight != other and other.startswith(tight) for other in c.counts)
    again = 0.3 if c.comes_back and NAME.fullmatch(label) else 0.2 if c.comes_back else 0.0
    return c.head.score + again + (0.4 if shortened else 0.0) >= 0.4


#: Guards that never speak against a label with a full stop behind it on its line.
TRUE_OF_SENTENCES = frozenset((no_heading_below, no_roster, glued_to_sentences, no_event))

#: Guards that never speak against a label alone on its line above a line, no heading, with a full stop.
TRUE_ABOVE_SENTENCES = frozenset((no_heading_below, no_roster, glued_to_sentences))

#: Guards that ask how often labels come.
ASK_THE_COUNTS = frozenset((speaks_in_column, closes_a_speech))
