"""Case of letters: giving lower-case wire text the capitals that a parser needs."""

from __future__ import annotations

import re
from itertools import islice
from math import ceil

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?]['\"”’)]*\s+|\n\s*)(['\"“‘(]*)([^\W\d_])")
_MIN_LETTERS = 40
_LOOKED_AT, _SHARE = 4000, 0.004  # code points at the beginning, and the share of capitals among their letters
_ENOUGH = ceil(_LOOKED_AT * _SHARE)  # capitals that are no smaller a share of however many letters


def is_caseless(text: str) -> bool:
    """Whether a text of some length has (nearly) no capitals, as some archives store it."""
    start = text[:_LOOKED_AT]
    capitals = sum(1 for _ in islice((c for c in start if c.isupper() and c.isalpha()), _ENOUGH))
    if capitals == _ENOUGH:  # as most texts show in their first lines
        return False
    letters = sum(map(str.isalpha, start))
    return letters >= _MIN_LETTERS and capitals / letters < _SHARE


def true_case(text: str) -> str:
    """*text* with sentence starts in capitals if it is caseless, else *text* itself.

    Same length, offset for offset; only letters whose capital is one code point are changed.
    """
    if not is_caseless(text):
        return text
    chars = list(text)
    for match in _SENTENCE_START.finditer(text):
        at = match.start(2)
        capital = chars[at].upper()
        if len(capital) == 1:
            chars[at] = capital
    return "".join(chars)
