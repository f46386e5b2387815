"""Which language a text is in, well enough to know what must not be coded."""

from __future__ import annotations

import re

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(  # words that no neighbour language writes the same
    "the of to and is for that with at by from were said be have not his their after who which this "
    "would but they she or its been over than about against people police killed".split()
)
_SHORT = 25  # words: below this the classifier guesses, and English function words decide
_TINY = 6  # words: headlines carry no evidence
_FEW = 4  # words in lower case: names alone say nothing of the language
_SAMPLE = 4000


def language_of(text: str) -> str:
    """ISO 639-1 code of the language of *text*; "en" for a short Latin-script text without evidence.

    After Lui and Baldwin 2012 (langid), with English function words deciding for short texts.
    """
    sample = text[:_SAMPLE]
    letters = _LETTER.findall(sample)
    if not letters:
        return "und"
    latin = sum(1 for c in letters if ord(c) < 0x250) / len(letters)
    words = [w.lower() for w in _WORD.findall(sample)]
    english = sum(1 for w in words if w in _ENGLISH) / max(1, len(words))
    if latin > 0.9 and (english > 0.15 or len(words) < _TINY):
        return "en"
    if latin > 0.9 and len(words) < _SHORT and english > 0.06:
        return "en"
    if latin > 0.9 and sum(1 for w in _WORD.findall(sample) if w[0].islower()) < _FEW:
        return "en"
    return _classify(sample)


def _classify(sample: str) -> str:
    from py3langid import classify  # loads its model, 0.3 s: only when a text needs it

    code, _ = classify(sample)
    return str(code)
