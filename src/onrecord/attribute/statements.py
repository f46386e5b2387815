"""Statements by rule: cues with the content that grammar and quotation marks give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.attribute.contents import Draft, draft
from onrecord.attribute.cues import find_hits
from onrecord.attribute.headlines import headline_statements
from onrecord.attribute.quotes import Statement, link
from onrecord.lexicon.cues import CueLexicon
from onrecord.model import Parse, Span
from onrecord.text.quotation import Quotation

_OUTER = frozenset(("adding", "noting", "citing", "quoting", "explaining", "stressing"))


def rule_statements(parse: Parse, lexicon: CueLexicon, quotations: tuple[Quotation, ...]) -> list[Statement]:
    """Statements by grammar, quotation marks and the cue lexicon alone."""
    drafts = _untangled(parse, [draft(parse, hit) for hit in find_hits(parse, lexicon)])
    found = headline_statements(parse, lexicon, quotations)
    found += link(parse, quotations, drafts)
    return _without_doubles(found)


def _untangled(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """*drafts* with ", adding that …" and ", citing …" cut from the content that the parser hung them on."""
    cutters = [d for d in drafts if parse.tokens[d.hit.head].lower in _OUTER or parse.tokens[d.hit.first].lower in _OUTER]
    if not cutters:
        return drafts
    out: list[tuple[Draft, Draft]] = []
    moved: dict[int, int] = {}
    for original in drafts:
        one = original
        for cutter in cutters:
            first = cutter.hit.first
            if cutter is original or one.hit.entry.pos == "phrase" or parse.tokens[first - 1].text != ",":
                continue
            inside = any(a < first <= b for a, b in one.pieces)
            if inside:
                pieces = tuple((a, first - 2 if a < first <= b else b) for a, b in one.pieces)
                one = replace(one, pieces=pieces)
                if cutter.hit.entry.pos == "verb" and one.source is not None:
                    moved[id(cutter)] = one.source
        out.append((original, one))
    return [replace(d, source=moved[id(o)]) if id(o) in moved else d for o, d in out]


def _without_doubles(statements: Sequence[Statement]) -> list[Statement]:
    """*statements* without those that give the same words to the same source once more."""
    out: list[Statement] = []
    seen: set[tuple[int | None, tuple[Span, ...]]] = set()
    for statement in statements:
        key = (statement.source, statement.pieces)
        if key not in seen and statement.pieces:
            seen.add(key)
            out.append(statement)
    return out
