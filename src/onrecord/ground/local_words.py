"""Local words: of which country a report is, by what only reports of that country speak of ("Sheriff's Department")."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.lexicon.tables import data_folder, read_rows

_WORD = re.compile(r"\w+")

_LEAST = 4
"""Weight that the words of a report must have together: reports of the world use words of American politics."""

_KINDS = 2
"""Different words that a report must use."""

_AHEAD = 2
"""How many times the weight of any other country's words."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """A word or pattern, and what it weighs for each of its countries."""

    word: str
    first: str
    pattern: re.Pattern[str] | None
    weights: tuple[tuple[str, int], ...]
    national: bool

    def stands_in(self, text: str, words: frozenset[str]) -> bool:
        """Whether *text*, which consists of *words*, holds the word as one of its own, or what the pattern means."""
        if self.pattern is not None:
            return self.pattern.search(text) is not None
        return self.first in words and (self.first == self.word or _stands(self.word, text))


@cache
def _table() -> tuple[_Sign, ...]:
    """Each word and each pattern with its countries."""
    weights: dict[tuple[str, bool, bool], dict[str, int]] = defaultdict(dict)
    for row in read_rows(data_folder() / "gazetteer" / "local_words.csv", ("country", "kind", "weight", "words")):
        kind = row.one_of("kind", ("word", "pattern", "nation", "nation_pattern"))
        patterned = kind.endswith("pattern")
        for word in [row["words"]] if patterned else row["words"].split("|"):
            of_word = weights[word.strip(), patterned, kind.startswith("nation")]
            of_word[row["country"]] = max(of_word.get(row["country"], -9), int(row["weight"]))
    return tuple(
        _Sign(word, _first(word), re.compile(word) if patterned else None, tuple(sorted(found.items())), national)
        for (word, patterned, national), found in sorted(weights.items())
    )


def _first(word: str) -> str:
    found = _WORD.search(word)
    return found[0] if found is not None else word


def _stands(word: str, text: str) -> bool:
    """Whether *text* holds *word* as a word of its own."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(word, end)
    return False


@lru_cache(maxsize=4)
def local_country(text: str, *, towns: bool = False) -> str | None:
    """ISO 3166 alpha-3 of the country whose own words *text* uses, two of them at least and far more than of any
    other; None where there is none. For *towns*, words of a country's politics and press count for nothing: who writes
    of Republicans may write of the Paris of France."""
    told: dict[str, int] = defaultdict(int)
    words: dict[str, int] = defaultdict(int)
    used = frozenset(_WORD.findall(text))
    for sign in _table():
        if not (towns and sign.national) and sign.stands_in(text, used):
            for country, weight in sign.weights:
                told[country] += weight
                words[country] += weight > 0
    if not told:
        return None
    best = max(told, key=lambda c: (told[c], c))
    others = max((n for c, n in told.items() if c != best), default=0)
    enough = told[best] >= _LEAST and words[best] >= _KINDS
    return best if enough and told[best] >= _AHEAD * others else None
