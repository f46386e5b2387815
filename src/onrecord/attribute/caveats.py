"""Caveats: what the outlet says of its own knowledge, by set phrases of the lexicon."""

from __future__ import annotations

from onrecord.lexicon.cues import CaveatPattern, CueLexicon
from onrecord.model import Caveat, Parse, Span

_GAP = 8  # words that "*" may stand for


def find_caveats(parse: Parse, lexicon: CueLexicon) -> tuple[Caveat, ...]:
    """Caveats of *parse* in text order; of those that overlap, the one that starts first and is longest."""
    found: list[Caveat] = []
    free = 0
    for token in parse.tokens:
        patterns = lexicon.caveats.get(token.lower)
        if not patterns or token.index < free:
            continue
        best = max(((_end(parse, token.index, p), p.kind) for p in patterns), default=(-1, ""))
        if best[0] < 0:
            continue
        span = Span(token.start, parse.tokens[best[0]].end)
        found.append(Caveat(text=span.of(parse.text), span=span, kind=best[1]))
        free = best[0] + 1
    return tuple(found)


def _end(parse: Parse, index: int, pattern: CaveatPattern) -> int:
    """Index of the last token of *pattern* where it stands at *index*, -1 where it does not."""
    limit = parse.sentences[parse.tokens[index].sentence][1]
    slack = 0
    for item in pattern.items:
        if item is None:
            slack = _GAP
            continue
        end = min(limit, index + slack + 1)
        while index < end and parse.tokens[index].lower not in item:
            index += 1
        if index >= end:
            return -1
        index += 1
        slack = 0
    return index - 1
