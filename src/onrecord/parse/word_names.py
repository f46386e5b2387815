"""Names that are words: "Will urged the voters" has a man called Will for its subject, and no auxiliary.

The parser is given a name of the same length in its place that is no word ("Reed urged the voters"), so that every
offset stays; the token keeps the word that the text has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_NAME = r"[A-Z][\w’'-]*[a-z]"
_BEFORE = re.compile(r"(?P<word>[\w.’'-]*)(?P<gap>[,;:]?[\"'”’—–-]*[ \t]*)$")
_AFTER = re.compile(r"(?P<gap>[,;.!?)\"'”’—–-]*[ \t]*)(?P<word>[\w’'-]*)")
_POSSESSED = re.compile(r"['’]s\b")
_MONTHLY = frozenset(
    "in of on by since until till last next this early late mid from to through between before after during".split()
)
_DETERMINERS = frozenset("the a an this that these those his her its their our my your no any each every".split())
_DONE = frozenset("said told wrote had was did has made took gave went spoke called began sought won lost".split())
"""Finite verbs that end otherwise than in "-ed"."""

_INFINITIVE = frozenset("be have not never n't soon also".split())


def with_names_plain(
    text: str, stand_ins: Mapping[str, str], titles: Collection[str], given: Collection[str]
) -> tuple[str, frozenset[int]]:
    """*text* with a stand-in for each name that could be read as a word, and where they begin.

    A name stands behind a title or a given name ("Mrs. May", "George Will"); alone, where the text has it so
    somewhere or with a name behind it ("Grant Miller"), or where a past tense follows it in mid-sentence.
    """
    shown = [word for word in stand_ins if word in text]
    if not shown:
        return text, frozenset()
    places: dict[int, str] = {}
    for word in shown:
        found = [_Place(text, m) for m in re.finditer(rf"\b{word}\b(?!-)", text)]
        full = [p for p in found if p.behind_name(titles, given)]
        known = bool(full) or any(p.before_name() for p in found)
        alone = [p for p in found if p not in full and p.alone() and (p.told(within=True) or (known and p.fits()))]
        places.update((p.start, stand_ins[word]) for p in (*full, *alone))
    chars = list(text)
    for start, name in places.items():
        chars[start : start + len(name)] = name
    return "".join(chars), frozenset(places)


class _Place:
    """One place in a text where a word stands with a capital."""

    def __init__(self, text: str, match: re.Match[str]) -> None:
        self.word, self.start = match.group(), match.start()
        self.possessed = _POSSESSED.match(text, match.end()) is not None
        before = _BEFORE.search(text, max(0, self.start - 40), self.start)
        after = _AFTER.match(text, match.end())
        assert before is not None  # both match nothing at all
        assert after is not None
        self.previous, self.parted = before["word"], before["gap"].strip()
        self.next, self.cut = after["word"], after["gap"].strip()
        self.opens = not self.previous or (self.previous.endswith(".") and len(self.previous) > 3)

    def behind_name(self, titles: Collection[str], given: Collection[str]) -> bool:
        """ "George Will reignited", "Mrs. May's cabinet"; not "Hillary Will Be Unprecedented"."""
        plain = self.previous.rstrip(".")
        if self.parted or not plain[:1].isupper() or (plain.lower() not in titles and plain.lower() not in given):
            return False
        return not self._goes_on() and (bool(self.cut) or self.next not in _INFINITIVE)

    def before_name(self) -> bool:
        """ "… said Grant Miller of the union"."""
        return self.next[:1].isupper() and self.next[1:2].islower() and not self.cut and self.previous.islower()

    def alone(self) -> bool:
        """Whether neither a name nor a number stands beside the word, and nothing makes a common noun or month of
        it."""
        if self.previous.lower() in _DETERMINERS or (self.word == "May" and self.previous.lower() in _MONTHLY):
            return False
        named = self.previous[:1].isupper() and not self.parted and not self.opens
        return not named and not self._goes_on() and not self.next[:1].isdigit()

    def told(self, *, within: bool) -> bool:
        """Whether a past tense follows; of one that is *within* its sentence, and no month."""
        if within and (self.opens or self.word == "May"):
            return False
        return not self.cut and (self.next in _DONE or (self.next.endswith("ed") and self.next.islower()))

    def fits(self) -> bool:
        """Whether a name that the text has is meant here too: in mid-sentence, or with a verb or owner's mark."""
        return not self.opens or self.possessed or self.told(within=False)

    def _goes_on(self) -> bool:
        return self.next[:1].isupper() and not self.cut
