"""Headlines in title case: "Governor Slams Senate Over Budget" is parsed as "Governor slams Senate over budget".

Taggers take every word with a capital for a name. The parser is given small letters where a word is none, so that every
offset stays; the token keeps the word that the text has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from onrecord.model import Span

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_WITHIN = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]*\w")
"""A word with a capital in mid-sentence."""

_SMALL = re.compile(r"\b[a-z][\w’'-]*\w\b")
_OWNED = re.compile(r"['’]s?$")
_LEAST, _SHARE = 4, 0.8
_LONG = 4
"""Letters from which on a word of a headline has a capital in most houses; longer ones have it in all."""

_LONGEST = 200
_FORMS = ("s", "ed", "ing")


def with_headlines_plain(
    text: str,
    parts: Iterable[Span],
    common: Callable[[str], bool],
    function_words: Collection[str],
    names: Collection[str],
) -> str:
    """*text* with small letters for the words of its headlines that are no names.

    A headline is a paragraph of one line in which four of five longer words have a capital. A word of it is none where
    the rest of the text has it in small letters only; where the text has it nowhere else, if it is one of
    *function_words* or a form that only verbs and plurals have, *common* tells that it is a word, and it is none of
    *names*, in small letters.
    """
    lines = [part for part in parts if is_headline(part.of(text))]
    if not lines:
        return text
    body = _without(text, lines)
    if not body.strip():
        body = ""
    capital = {_plain(w) for w in _WITHIN.findall(body)}
    small = set(_SMALL.findall(body))
    chars = list(text)
    for line in lines:
        for number, match in enumerate(_WORD.finditer(text, line.start, line.end)):
            word = match.group()
            if number == 0 or not word[1:].islower() or _plain(word) in capital:
                continue
            lower = word.lower()
            if lower in function_words or _plain(word).lower() in small or _is_form(lower, common, names):
                first = lower[0]
                chars[match.start()] = first
    return "".join(chars)


def is_headline(line: str) -> bool:
    """Whether a paragraph is a headline in title case."""
    line = line.strip()
    if "\n" in line or len(line) > _LONGEST:
        return False
    words = [w for w in _WORD.findall(line) if len(w) >= _LONG]
    capitals = sum(w[0].isupper() for w in words)
    if any(w[0].islower() and len(w) > _LONG for w in words):
        return False  # "Police arrested Ana Reyes, Luis Bravo and Eva Solis on Friday."
    return len(words) >= _LEAST and capitals >= _SHARE * len(words) and not line.isupper()


def _plain(word: str) -> str:
    return _OWNED.sub("", word)


def _is_form(lower: str, common: Callable[[str], bool], names: Collection[str]) -> bool:
    return lower.endswith(_FORMS) and lower not in names and common(lower)


def _without(text: str, lines: Iterable[Span]) -> str:
    chars = list(text)
    for line in lines:
        chars[line.start : line.end] = " " * (line.end - line.start)
    return "".join(chars)
