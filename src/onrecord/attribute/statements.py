"""Statements by rule: cues with the content that grammar and quotation marks give them."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attribute.contents import draft
from onrecord.attribute.cues import find_hits
from onrecord.attribute.headlines import headline_statements
from onrecord.attribute.quotes import Statement, link
from onrecord.lexicon.cues import CueLexicon
from onrecord.model import Parse, Span
from onrecord.text.quotation import Quotation


def rule_statements(parse: Parse, lexicon: CueLexicon, quotations: tuple[Quotation, ...]) -> list[Statement]:
    """Statements by grammar, quotation marks and the cue lexicon alone."""
    drafts = [draft(parse, hit) for hit in find_hits(parse, lexicon)]
    found = headline_statements(parse, lexicon, quotations)
    found += link(parse, quotations, drafts)
    return _without_doubles(found)


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
