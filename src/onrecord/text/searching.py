"""Many patterns looked for in one text, each only where its first letters stand.

`re` tries a pattern at every place of a text, and eighty patterns so tried take longer than reading what they find.
What a match can begin with follows from the pattern: its *openings*, the first few characters with letters in lower
case, digits as 0 and any run of white space as one space. A pattern is then tried only where the text has such an
opening.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_WIDTHS = (10, 6, 4, 3)  # characters of an opening: the first that gives no more than
_MOST = 3_000  # openings of one pattern
_ODD = re.compile(r"[İıſ]|(?![0-9])\d")  # what re takes for other letters and for digits, and plain text does not
_WORD_START = re.compile(r"(?<!\w).", re.DOTALL)
_RUN = re.compile(r"\s+")
_LONG_RUN = re.compile(r"\s\s+")
_DIGITS = str.maketrans(dict.fromkeys("123456789", "0"))


class Searcher:
    """Looks for *patterns*, compiled without regard to letter case, as `re.Pattern.finditer` does for each."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = tuple(patterns)
        self._numbers: dict[str, tuple[int, ...]] = {}
        everywhere = []
        for number, pattern in enumerate(patterns):
            found = openings(pattern)
            if found is None:
                everywhere.append(number)
            for opening in found or ():
                self._numbers[opening] = (*self._numbers.get(opening, ()), number)
        self._everywhere = frozenset(everywhere)
        self._shortest = min(map(len, self._numbers), default=1)
        lengths: dict[str, set[int]] = {}
        for opening in self._numbers:
            lengths.setdefault(opening[: self._shortest], set()).add(len(opening))
        self._lengths = {head: tuple(sorted(found)) for head, found in lengths.items()}

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """The number of each pattern with each of its matches in *text*, pattern by pattern."""
        lower = text.lower()
        odd = len(lower) != len(text) or _ODD.search(text) is not None
        starts = {} if odd else self._starts(_RUN.sub(" ", lower).translate(_DIGITS), text)
        for number, pattern in enumerate(self._patterns):
            if odd or number in self._everywhere:
                yield from ((number, match) for match in pattern.finditer(text))
            elif number in starts:
                yield from ((number, match) for match in _tried(pattern, text, starts[number]))

    def _starts(self, plain: str, text: str) -> dict[int, list[int]]:
        """Where in *text* each pattern is to be tried, in order; *plain* is *text* as openings are told."""
        starts: dict[int, list[int]] = {}
        runs = [(m.start(), m.end()) for m in _LONG_RUN.finditer(text)]
        shift, following = 0, iter([*runs, (len(text), len(text))])
        first, end = next(following)
        for place in _WORD_START.finditer(plain):
            at = place.start()
            while at + shift > first:
                shift += end - first - 1
                first, end = next(following)
            for number in self._opened(plain, at):
                starts.setdefault(number, []).append(at + shift)
        shift = 0
        for first, end in runs:  # within white space anything may begin that begins with white space
            for number in self._opened(plain, first - shift):
                starts[number] = sorted({*starts.get(number, ()), *range(first, end)})
            shift += end - first - 1
        return starts

    def _opened(self, plain: str, at: int) -> Iterator[int]:
        """The patterns that what stands at *at* may begin."""
        for length in self._lengths.get(plain[at : at + self._shortest], ()):
            yield from self._numbers.get(plain[at : at + length], ())


def _tried(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    end = 0
    for start in starts:
        if start >= end:
            match = pattern.match(text, start)
            if match:
                end = match.end()
                yield match


def openings(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """What a match of *pattern* can begin with; None where that, or that it begins a word, can not be told."""
    items = list(parser.parse(pattern.pattern, pattern.flags))
    if not pattern.flags & re.IGNORECASE or not _begins_word(items):
        return None
    for width in _WIDTHS:
        try:
            found = set().union(*_Openings(width).of_sequence(items))
        except _TooMany:
            continue
        return None if "" in found else _shortest(found)
    return None


class _TooMany(Exception):
    """A pattern has more openings than are worth keeping."""


def _shortest(found: set[str]) -> frozenset[str]:
    """*found* without those that begin with another."""
    return frozenset(o for o in found if not any(o[:i] in found for i in range(1, len(o))))


def _begins_word(items: Sequence[Any]) -> bool:
    """Whether every match begins where no letter or digit stands before."""
    if not items:
        return False
    kind, value = items[0]
    if kind in {code.ASSERT, code.ASSERT_NOT} and value[0] < 0:
        last_kind, last = value[1][-1]
        if kind is code.ASSERT_NOT and len(value[1]) == 1 and last_kind is code.IN:
            return (code.CATEGORY, code.CATEGORY_WORD) in last
        return kind is code.ASSERT and last_kind is code.LITERAL and not re.match(r"\w", chr(last))
    if kind is code.SUBPATTERN:
        return _begins_word(list(value[-1]))
    return kind is code.BRANCH and all(_begins_word(list(branch)) for branch in value[1])


class _Openings:
    """Openings of up to *width* characters of the parts of a pattern, told apart by whether more may be known.

    Each method gives a pair of sets: openings after which nothing can be told, and those that what follows goes on
    with.
    """

    def __init__(self, width: int) -> None:
        self._width = width

    def of_sequence(self, items: Iterable[Any]) -> tuple[set[str], set[str]]:
        closed: set[str] = set()
        opened = {""}
        for kind, value in items:
            if kind in {code.AT, code.ASSERT, code.ASSERT_NOT}:
                continue
            opened = self._then(closed, opened, self._of_item(kind, value))
            if not opened:
                break
        return closed, opened

    def _then(self, closed: set[str], opened: set[str], after: tuple[set[str], set[str]]) -> set[str]:
        """What can be gone on with when *after* follows *opened*; the rest is added to *closed*."""
        closed |= self._joined(opened, after[0])
        told = self._joined(opened, after[1])
        whole = {opening for opening in told if len(opening) >= self._width}
        closed |= whole
        return told - whole

    def _joined(self, firsts: set[str], seconds: set[str]) -> set[str]:
        if len(firsts) * len(seconds) > _MOST:
            raise _TooMany
        return {_RUN.sub(" ", first + second)[: self._width] for first in firsts for second in seconds}

    def _of_item(self, kind: Any, value: Any) -> tuple[set[str], set[str]]:
        if kind is code.LITERAL:
            return set(), {_plain(value)}
        if kind is code.IN:
            letters = _of_class(value)
            return (set(), letters) if letters else ({""}, set())
        if kind is code.SUBPATTERN and not value[1] and not value[2]:
            return self.of_sequence(value[-1])
        if kind is code.BRANCH:
            each = [self.of_sequence(branch) for branch in value[1]]
            return set().union(*(c for c, _ in each)), set().union(*(o for _, o in each))
        if kind is code.MAX_REPEAT:
            return self._of_repeat(*value)
        return {""}, set()

    def _of_repeat(self, least: int, most: int, items: Any) -> tuple[set[str], set[str]]:
        once = self.of_sequence(items)
        closed: set[str] = set()
        told = {""} if least == 0 else set()
        opened = {""}
        for times in range(1, min(most, max(least, self._width)) + 1):
            before = opened
            opened = self._then(closed, opened, once)
            if times >= least:
                told |= opened
            if not opened or opened == before:
                break
        return closed, told


def _plain(letter: int) -> str:
    return _RUN.sub(" ", chr(letter).lower().translate(_DIGITS))


def _of_class(items: Iterable[Any]) -> set[str]:
    """The letters of a class, none where it has too many to tell."""
    found: set[str] = set()
    for kind, value in items:
        if kind is code.LITERAL:
            found.add(_plain(value))
        elif kind is code.RANGE and value[1] - value[0] < 40:
            found |= {_plain(letter) for letter in range(value[0], value[1] + 1)}
        elif kind is code.CATEGORY and value in {code.CATEGORY_DIGIT, code.CATEGORY_SPACE}:
            found.add("0" if value is code.CATEGORY_DIGIT else " ")
        else:
            return set()
    return found
