"""Words around place names: which words place, speak, entitle, point a direction or name a feature."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Token

LONGEST_FEATURED = 6


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in ``data/gazetteer/context_words.csv``."""
    found: set[str] = set()
    for row in read_rows(data_folder() / "gazetteer" / "context_words.csv", ("kind", "words")):
        if row["kind"] == kind:
            found.update(row.items("words"))
    return frozenset(found)


@cache
def given_names() -> frozenset[str]:
    """Given names, in lower case."""
    rows = read_rows(data_folder() / "given_names.csv", ("names",))
    return frozenset(name.lower() for row in rows for name in row.items("names"))


@cache
def feature_words(position: str) -> dict[str, str]:
    """GeoNames class by feature word that stands ``after`` or ``before`` a name ("county" A, "lake" H)."""
    rows = read_rows(data_folder() / "gazetteer" / "feature_words.csv", ("word", "class", "position"))
    return {row["word"]: row["class"] for row in rows if row["position"] == position}


def featured(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, str]]:
    """Token ranges of names with a feature word ("Rapides Parish", "Lake Chad"), with its class."""
    after, before = feature_words("after"), feature_words("before")
    for i, token in enumerate(tokens):
        if not token.text[0].isupper():
            continue
        kind = after.get(token.lower)
        if kind is not None:
            first = _name_before(tokens, i)
            if first < i:
                yield first, i, kind
        kind, start = before.get(token.lower), i + 1
        if kind is None and i + 1 < len(tokens) and tokens[i + 1].lower == "of":
            kind, start = before.get(f"{token.lower} of"), i + 2
        if kind is not None:
            last = _name_after(tokens, start)
            if last >= start:
                yield i, last, kind


def _name_before(tokens: tuple[Token, ...], i: int) -> int:
    """First token of the capitalised name that ends right before token *i* (*i* if there is none)."""
    first = i
    while first and i - first < LONGEST_FEATURED and tokens[first - 1].sentence == tokens[i].sentence:
        before = tokens[first - 1]
        joined = before.lower in {"-", ".", "'s", "’s", "&"} and first >= 2 and tokens[first - 2].text[0].isupper()
        number = before.text[0].isdigit() and len(before.text) < 6
        if not (before.text[0].isupper() or joined or number) or before.lower in {"the", "a"}:
            break
        first -= 1
    return first


def _name_after(tokens: tuple[Token, ...], start: int) -> int:
    """Last token of the capitalised name that starts at *start* (start - 1 if there is none)."""
    last = start - 1
    while last + 1 < len(tokens) and last - start < 3:
        token = tokens[last + 1]
        if not token.text[0].isupper() or (last >= start and token.sentence != tokens[start].sentence):
            break
        last += 1
    return last


def feature_beside(tokens: tuple[Token, ...], first: int, last: int) -> str | None:
    """GeoNames class of a common noun beside a name: "Idlib province", "the city of Mosul"; or None."""
    after, before = feature_words("after"), feature_words("before")
    if last + 1 < len(tokens):
        kind = after.get(tokens[last + 1].lower)
        if kind in {"A", "P"} and tokens[last + 1].pos in {"NOUN", "PROPN"}:
            return kind
    if first >= 2 and tokens[first - 1].lower == "of":
        return before.get(f"{tokens[first - 2].lower} of") or before.get(f"{tokens[first - 2].lemma} of")
    if first >= 1 and tokens[first - 1].lower in {"city", "town", "village", "province", "state"}:
        return after.get(tokens[first - 1].lower)
    return None
