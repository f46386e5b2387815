"""Local words: of which country a report is, by what only reports of that country speak of ("Sheriff's Department")."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from onrecord.lexicon.tables import data_folder, read_rows

_COUNTY = re.compile(r"\b[A-Z][a-z]+ County\b(?! Council| Championship| Cricket| Court\b)")
"""Counties named so are American; elsewhere the word comes first ("County Cork") or is left out."""

_LEAST = {"USA": 3}
"""Different words that a report must use, 2 unless said: reports of the world use words of American politics."""

_AHEAD = 2
"""How many times as many words of one country as of any other."""


@cache
def _table() -> tuple[tuple[str, frozenset[str]], ...]:
    """Each word with its countries."""
    countries: dict[str, set[str]] = defaultdict(set)
    for row in read_rows(data_folder() / "gazetteer" / "local_words.csv", ("country", "words")):
        for word in row["words"].split("|"):
            countries[word.strip()].add(row["country"])
    return tuple((w, frozenset(c)) for w, c in sorted(countries.items()))


def _stands(word: str, text: str) -> bool:
    """Whether *text* holds *word* as a word of its own."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(word, end)
    return False


def local_country(text: str) -> str | None:
    """ISO 3166 alpha-3 of the country whose own words *text* uses, two of them at least and far more than of any
    other; None where there is none."""
    told: dict[str, int] = defaultdict(int)
    for word, countries in _table():
        if word in text and _stands(word, text):
            for country in countries:
                told[country] += 1
    if _COUNTY.search(text) is not None:
        told["USA"] += 1
    if not told:
        return None
    best = max(told, key=lambda c: (told[c], c))
    others = max((n for c, n in told.items() if c != best), default=0)
    return best if told[best] >= _LEAST.get(best, 2) and told[best] >= _AHEAD * others else None
