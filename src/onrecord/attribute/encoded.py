"""What the encoder marks as sources, cues and contents, leaning on the rules, with mended edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.attribute.clauses import Range, is_relative, phrase, trimmed
from onrecord.attribute.quoted import Statement
from onrecord.model import Encoding, Parse
from onrecord.model.tagging import Tagged, tagged
from onrecord.text.quotation import Quotation

# What the probability of O is multiplied by, for tokens that the rules give the role and for all others;
# chosen on held-out articles of the training part.
_OUTSIDE = {"source": (0.25, 0.5), "cue": (0.25, 1.0), "content": (0.3, 1.5)}
_ARTICLES = frozenset(("the", "a", "an", "to", "of", "and", "that’s", "’s", "'s"))


@dataclass(frozen=True, slots=True)
class Spans:
    """What the heads found: half-open token ranges by role, and their mean probabilities."""

    sources: tuple[Range, ...]
    cues: tuple[Range, ...]
    contents: tuple[Range, ...]
    scores: dict[tuple[str, Range], float]


def read_spans(parse: Parse, encoding: Encoding, quotations: Sequence[Quotation], ruled: Sequence[Statement]) -> Spans:
    """Spans of the three heads, with their edges mended: punctuation, quotation marks, sentences."""
    leaning = _leaning(parse, encoding, ruled)
    scores: dict[tuple[str, Range], float] = {}
    found: dict[str, list[Range]] = {}
    for role in ("source", "cue", "content"):
        parts = []
        for one in tagged(leaning, role, outside=1.0):
            for piece in _by_paragraph(parse, one):
                part = _mended(parse, role, piece)
                if part is not None:
                    parts.append(part)
                    scores[role, part] = one.score
        found[role] = parts
    contents = _quoted_whole(parse, found["content"], quotations, scores)
    return Spans(tuple(found["source"]), tuple(found["cue"]), tuple(contents), scores)


def _leaning(parse: Parse, encoding: Encoding, ruled: Sequence[Statement]) -> Encoding:
    """*encoding* with the probability of O lowered where the rules see the role, raised elsewhere."""
    marked: dict[str, list[int]] = {"source": [], "cue": [], "content": []}
    for one in ruled:
        if one.hit is not None and one.hit.entry.strong:
            marked["cue"] += range(one.hit.first, one.hit.last + 1)
            if one.source is not None:
                first, last = phrase(parse, one.source, (one.hit.first, one.hit.last))
                marked["source"] += range(first, last + 1)
        for piece in one.pieces:
            marked["content"] += parse.tokens_in(piece)
    heads = dict(encoding.heads)
    for role, indices in marked.items():
        within, without = _OUTSIDE[role]
        table = encoding.heads[role].copy()
        factors = np.full(len(table), without, dtype=table.dtype)
        factors[indices] = within
        table[:, 0] *= factors
        heads[role] = table
    return replace(encoding, heads=heads)


def _by_paragraph(parse: Parse, one: Tagged) -> list[Tagged]:
    """*one*, cut where a new paragraph begins."""
    last = parse.tokens[one.last].start
    if parse.paragraph_of(parse.tokens[one.first].start) == parse.paragraph_of(last):
        return [one]
    out, first = [], one.first
    paragraph = parse.paragraph_of(parse.tokens[first].start)
    for i in range(one.first + 1, one.last + 1):
        here = parse.paragraph_of(parse.tokens[i].start)
        if here != paragraph:
            out.append(replace(one, first=first, last=i - 1))
            first, paragraph = i, here
    return [*out, replace(one, first=first)]


def _mended(parse: Parse, role: str, one: Tagged) -> Range | None:
    """Half-open range of a tagged span without stray punctuation; None when nothing is left."""
    tokens = parse.tokens
    first, last = one.first, one.last
    if role == "cue":
        if first == last and tokens[first].text == ":":
            return first, last + 1
        while first <= last and tokens[first].pos == "PUNCT":
            first += 1
        while last > first and tokens[last].pos == "PUNCT":
            last -= 1
        return (first, last + 1) if first <= last else None
    if role == "source":
        if last > first and is_relative(parse, last):
            last -= 1
        if all(tokens[i].lower in _ARTICLES for i in range(first, last + 1)):
            return None
        inside = trimmed(parse, first, last)
        return None if inside is None else (inside[0], inside[1] + 1)
    while first <= last and tokens[first].text in (",", ".", ";", ":", "—", "–", "-", "--"):
        first += 1
    while last >= first and tokens[last].text in (",", ";", ":", "—", "–", "-", "--", "."):
        last -= 1
    return (first, last + 1) if first <= last else None


def _quoted_whole(
    parse: Parse,
    contents: list[Range],
    quotations: Sequence[Quotation],
    scores: dict[tuple[str, Range], float],
) -> list[Range]:
    """Contents widened to the quotation that they fill for the greater part; parts that then touch are one."""
    marks: list[tuple[int, int]] = []
    for q in quotations:
        inside = parse.tokens_in(q.span)
        if q.parent is None and len(inside) > 2:
            marks.append((inside[0], inside[-1] + 1))
    out: list[Range] = []
    for part in contents:
        a, b = part
        for c, d in marks:
            shared = min(b, d) - max(a, c)
            if shared > 0 and shared >= 0.5 * (d - c - 2):
                a, b = min(a, c), max(b, d)
        score = scores[("content", part)]
        if out and a < out[-1][1]:
            joined = (min(out[-1][0], a), max(out[-1][1], b))
            scores["content", joined] = max(score, scores["content", out[-1]])
            out[-1] = joined
        else:
            scores["content", (a, b)] = score
            out.append((a, b))
    return out
