"""A label made of what the columns or fields of a file say of a speaker, in forms that are taken apart again."""

from __future__ import annotations

from minutes_cli.patterns import lazy

__all__ = ["label_of"]

#: Affiliations and names that can be told apart in one label; what else they may be could be taken for a name.
_ORGANISATION = lazy(
    r"[^\s・（）()【】、。]{1,20}(?:党|会|団|部|課|局|室|省|庁|大学|会社|組合|法人|銀行|病院|センター)"
)
_KANJI_OR_KANA = "[一-龥々〆ヶぁ-んァ-ヶー]"
_NAME = lazy(
    rf"(?:{_KANJI_OR_KANA}{{1,4}}(?<![部会団党課局室省庁]) {_KANJI_OR_KANA}{{1,4}}|{_KANJI_OR_KANA}{{2,8}})"
    r"(?<![長員監査事役授師士])"
)


def label_of(name: str, role: str, affiliation: str) -> tuple[str, bool]:
    """The label, and whether the affiliation is in it; each of them may be empty.

    >>> label_of("鹿島花子", "委員", "潮風の会")
    ('委員（潮風の会　鹿島花子）', True)
    >>> label_of("鹿島花子", "委員", "無所属")
    ('委員（鹿島花子）', False)
    """
    if role in name:
        role = ""
    if _ORGANISATION.fullmatch(affiliation) and _NAME.fullmatch(name):
        return f"{role}（{affiliation}　{name}）" if role else f"{name}（{affiliation}）", True
    return f"{role}（{name}）" if name and role else name or role, False
