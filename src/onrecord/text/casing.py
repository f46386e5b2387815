"""Case of letters: giving lower-case wire text the capitals that a parser needs."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?]['\"”’)]*\s+|\n\s*)(['\"“‘(]*)([^\W\d_])")
_MIN_LETTERS = 40


def is_caseless(text: str) -> bool:
    """Whether a text of some length has (nearly) no capitals, as some archives store it."""
    letters = [c for c in text[:4000] if c.isalpha()]
    if len(letters) < _MIN_LETTERS:
        return False
    capitals = sum(1 for c in letters if c.isupper())
    return capitals / len(letters) < 0.004


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
