"""Case of letters: giving lower-case wire text the capitals that a parser needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from itertools import islice
from math import ceil

_SENTENCE_START = re.compile(r"(?:^|[.!?]['\"”’)]*\s+|\n\s*)(['\"“‘(]*)([^\W\d_])")
_MIN_LETTERS = 40
_LOOKED_AT = 4000  # code points at the beginning
_SHARE = 0.01
"""Share of capitals among the letters below which no text has them as print does: the first letters of sentences
alone are more."""
_ENOUGH = ceil(_LOOKED_AT * _SHARE)  # capitals that are no smaller a share of however many letters
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BETWEEN = re.compile(r"\.?[ \t]*(?:\([^()\n]{1,20}\)[ \t]*)?")
_NAMES = 3
"""Words that a name has behind its initials at the most."""


def is_caseless(text: str) -> bool:
    """Whether a text of some length has (nearly) no capitals, as some archives store it."""
    start = text[:_LOOKED_AT]
    capitals = sum(1 for _ in islice((c for c in start if c.isupper() and c.isalpha()), _ENOUGH))
    if capitals == _ENOUGH:  # as most texts show in their first lines
        return False
    letters = sum(map(str.isalpha, start))
    return letters >= _MIN_LETTERS and capitals / letters < _SHARE


def true_case(
    text: str,
    titles: Set[str] = frozenset(),
    capitals: Set[str] = frozenset(),
    acronyms: Set[str] = frozenset(),
    common: Callable[[str], bool] = lambda _: True,
) -> str:
    """*text* with capitals where it is caseless, else *text* itself: at sentence starts, in names of persons (behind
    *titles* or initials, and wherever they come again), for the words *capitals*, and all through *acronyms*.

    *common* tells words that are no names. Same length, offset for offset; only letters whose capital is one code
    point are changed.
    """
    if not is_caseless(text):
        return text
    chars = list(text)
    for match in _SENTENCE_START.finditer(text):
        _raise(chars, match.start(2))
    words = list(_WORD.finditer(text))
    named, surnames = _people(text, words, titles, common)
    for number, word in enumerate(words):
        lower = word.group().lower()
        if lower in acronyms:
            for at in range(*word.span()):
                _raise(chars, at)
        elif number in named or lower in surnames or lower in capitals:
            _raise(chars, word.start())
    return "".join(chars)


def _raise(chars: list[str], at: int) -> None:
    capital = chars[at].upper()
    if len(capital) == 1:
        chars[at] = capital


def _people(
    text: str, words: list[re.Match[str]], titles: Set[str], common: Callable[[str], bool]
) -> tuple[set[int], set[str]]:
    """Numbers of the *words* in names of persons, and the words of such names that are nothing else."""
    named: set[int] = set()
    surnames: set[str] = set()
    at = 0
    while at < len(words):
        titled = words[at].group().lower() in titles
        first = at + 1 if titled else at
        initials = _initials(text, words, first, titled)
        end = first + initials
        if titled or initials > 1 or (initials == 1 and words[first].group() not in "ai"):
            while end < len(words) and end - first - initials < _NAMES and _joined(text, words, end):
                lower = words[end].group().lower()
                if lower in titles or len(lower) < 3 or common(lower):
                    break
                surnames.add(lower)
                end += 1
        if end > first + initials:
            named.update(range(first, end))
        at = max(end, at + 1)
    return named, surnames


def _initials(text: str, words: list[re.Match[str]], first: int, titled: bool) -> int:
    """How many single letters stand in a row from word *first* on, with nothing but points and spaces between."""
    count = 0
    while count < 4 and first + count < len(words) and len(words[first + count].group()) == 1:
        if (count or titled) and not _joined(text, words, first + count):
            break
        count += 1
    return count


def _joined(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether only a space, a point or brackets ("dcp (zone iii) m r saiyed") stand before word *at*."""
    if at == 0:
        return False
    return _BETWEEN.fullmatch(text, words[at - 1].end(), words[at].start()) is not None
