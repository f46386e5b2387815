"""Statements by rule: cues with the content that grammar and quotation marks give them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.attribute.contents import draft
from onrecord.attribute.cues import find_hits
from onrecord.attribute.drafts import Draft
from onrecord.attribute.headlines import headline_statements
from onrecord.attribute.linking import encoded_statements
from onrecord.attribute.put_in import on_both_sides, with_speaker
from onrecord.attribute.quoted import Statement
from onrecord.attribute.quotes import link, mended
from onrecord.lexicon.cues import CueLexicon
from onrecord.model import Encoding, Layers, Parse, Span
from onrecord.text.quotation import Quotation, find_quotations

_MARKS = frozenset({",", ";", ":", '"', "“", "”", "''", "``", "—", "–", "-", "--", "(", ")"})
_OUTER = frozenset(("adding", "noting", "citing", "quoting", "explaining", "stressing"))
_GROUNDS = frozenset(("arguing", "insisting", "suggesting", "claiming"))
"""Who asks why something is so may go on with these; what is asked has no speaker."""


@dataclass(frozen=True, slots=True)
class Told:
    """The quotations of a report and the statements found in it, before anybody knows who its pronouns are."""

    quotations: tuple[Quotation, ...]
    statements: tuple[Statement, ...]


def find_told(layers: Layers, lexicon: CueLexicon) -> Told:
    """Quotations and statements of one report: by its encoding where there is one, else by the rules alone."""
    parse = layers.parse
    quotations = find_quotations(parse.text, parse.paragraphs)
    return Told(quotations, tuple(find_statements(parse, lexicon, quotations, layers.encoding)))


def find_statements(
    parse: Parse, lexicon: CueLexicon, quotations: tuple[Quotation, ...], encoding: Encoding | None
) -> list[Statement]:
    """Statements by the encoder where there is one, with those of the rules where it saw nothing."""
    drafts = _untangled(parse, [draft(parse, hit, lexicon) for hit in find_hits(parse, lexicon)])
    drafts = [_spoken_outside(parse, quotations, d) for d in drafts]
    quotations = mended(parse, quotations, drafts)
    ruled = _ruled(parse, lexicon, quotations, drafts)
    if encoding is None:
        return ruled
    found = encoded_statements(parse, encoding, lexicon, quotations, drafts, ruled)
    found = [_whole(parse, one, found) for one in found]
    found = [on_both_sides(parse, one, found) for one in found]
    told = [with_speaker(parse, one) for one in (*found, *_missed(parse, found, ruled))]
    return _without_doubles(told)


def _whole(parse: Parse, one: Statement, found: Sequence[Statement]) -> Statement:
    """*one* with the clause before ", said the mayor" whole, where the encoder broke off within a phrase of it."""
    if one.hit is None or one.hit.entry.pos != "verb" or one.hit.first < 1:
        return one
    comma = one.hit.first - 1
    before = [p for p in one.pieces if p.end <= parse.tokens[comma].start]
    if parse.tokens[comma].text != "," or not before:
        return one
    last = before[-1]
    inside = parse.tokens_in(last)
    first, _ = parse.sentences[parse.tokens[comma].sentence]
    others = {i for s in found if s is not one for p in s.pieces for i in parse.tokens_in(p)}
    whole = _grown(parse, inside[0], inside[-1], first, comma, others)
    if whole == last:
        return one
    return replace(
        one, pieces=tuple(whole if p == last else p for p in one.pieces if p == last or not whole.overlaps(p))
    )


def _grown(parse: Parse, start: int, end: int, first: int, comma: int, others: set[int]) -> Span:
    """Tokens *start* to *end* with the rest of their clause between *first* and *comma*, up to any mark or what
    belongs to others."""
    if start < first:
        return parse.span(start, end)
    behind = range(end + 1, comma)
    if all(parse.tokens[i].text not in _MARKS and i not in others for i in behind):
        end = comma - 1
    ahead = range(first, start)
    if all(parse.tokens[i].text not in _MARKS and i not in others for i in ahead):
        start = first
    return parse.span(start, end)


def _missed(parse: Parse, found: Sequence[Statement], ruled: Sequence[Statement]) -> list[Statement]:
    """Statements of the rules whose cue and content the encoder gave to nobody."""
    cues = {i for s in found if s.hit is not None for i in range(s.hit.first, s.hit.last + 1)}
    held = [p for s in found for p in s.pieces]
    out = []
    for one in ruled:
        if one.hit is None or cues & set(range(one.hit.first, one.hit.last + 1)):
            continue
        cue = parse.span(one.hit.first, one.hit.last)
        within = [q for q in held if q.contains(cue)]
        reports = one.source is not None and (one.hit.entry.strong or "clause" in one.hit.entry.frames)
        if reports and within and all(any(q.contains(p) for q in within) for p in one.pieces):
            out.append(one)  # nested in a content of the encoder's, whose tags know one level only
            continue
        if not one.hit.entry.strong or any(p.overlaps(q) for p in one.pieces for q in held):
            continue
        out.append(one)
    return out


def rule_statements(parse: Parse, lexicon: CueLexicon, quotations: tuple[Quotation, ...]) -> list[Statement]:
    """Statements by grammar, quotation marks and the cue lexicon alone."""
    return find_statements(parse, lexicon, quotations, None)


def _ruled(
    parse: Parse, lexicon: CueLexicon, quotations: tuple[Quotation, ...], drafts: Sequence[Draft]
) -> list[Statement]:
    found = headline_statements(parse, lexicon, quotations)
    found += link(parse, quotations, drafts)
    return _without_doubles(found)


def _untangled(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """*drafts* with ", adding that …" and ", citing …" cut from the content that the parser hung them on."""
    cutters = [
        d for d in drafts
        if parse.tokens[d.hit.head].lower in _OUTER or parse.tokens[d.hit.first].lower in _OUTER or _grounds(parse, d)
    ]  # fmt: skip
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
            if inside and (not _grounds(parse, cutter) or original.hit.entry.kind == "asks"):
                pieces = tuple((a, first - 2 if a < first <= b else b) for a, b in one.pieces)
                one = replace(one, pieces=pieces)
                if cutter.hit.entry.pos == "verb" and one.source is not None:
                    moved[id(cutter)] = one.source
        out.append((original, one))
    return [replace(d, source=moved[id(o)]) if id(o) in moved else d for o, d in out]


def _grounds(parse: Parse, one: Draft) -> bool:
    return parse.tokens[one.hit.head].lower in _GROUNDS


def _spoken_outside(parse: Parse, quotations: Sequence[Quotation], one: Draft) -> Draft:
    """*one* with the name behind the verb as its source where the parser took a word of the quotation for it."""
    if one.source is None or one.hit.entry.pos != "verb":
        return one
    source, cue = parse.tokens[one.source].span, parse.tokens[one.hit.head].span
    near = bisect_right(quotations, source.start, key=lambda q: q.span.start)
    if not any(q.inner.contains(source) and not q.span.overlaps(cue) for q in quotations[max(0, near - 3) : near]):
        return one
    for index in range(one.hit.last + 1, min(one.hit.last + 6, len(parse.tokens))):
        token = parse.tokens[index]
        if token.pos == "PUNCT" or token.sentence != parse.tokens[one.hit.head].sentence:
            break
        if token.pos in ("NOUN", "PROPN", "PRON") and token.dep not in ("compound", "poss", "nmod"):
            return replace(one, source=index)
    return replace(one, source=None)


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
