"""Headlines and labels: "Minister: no talks", "No talks with rebels: minister"."""

from __future__ import annotations

import re

from onrecord.attribute.cues import Hit
from onrecord.attribute.quoted import Statement
from onrecord.lexicon.cues import CueEntry, CueLexicon
from onrecord.model import Parse, Span
from onrecord.text.quotation import Quotation

_COLON = re.compile(r":(?=\s)|(?<=\s)[-–—](?=\s)")
_LONGEST_LABEL = 8
_LONGEST_HEADLINE = 22
_LABEL = CueEntry(
    words=(":",),
    pos="phrase",
    kind="says",
    frames=frozenset({"quote"}),
    prepositions=frozenset(),
    strong=True,
)


def headline_statements(parse: Parse, lexicon: CueLexicon, quotations: tuple[Quotation, ...]) -> list[Statement]:
    """Statements whose cue is a colon, in the first line and where a label stands before a quotation."""
    found = []
    for number, part in enumerate(parse.paragraphs):
        inside = parse.tokens_in(part)
        if not inside:
            continue
        for index in inside:
            if parse.tokens[index].text != ":" or index in (inside[0], inside[-1]):
                continue
            if any(q.inner.contains(parse.tokens[index].span) for q in quotations):
                continue
            last = inside[-1]
            if number == 0:
                last = min(last, parse.sentences[parse.tokens[index + 1].sentence][1] - 1)
            one = _labelled(parse, lexicon, quotations, (inside[0], index, last), number == 0)
            if one is not None:
                found.append(one)
            break
    return found


def _labelled(
    parse: Parse,
    lexicon: CueLexicon,
    quotations: tuple[Quotation, ...],
    at: tuple[int, int, int],
    title: bool,
) -> Statement | None:
    first, colon, last = at
    short = last - first <= _LONGEST_HEADLINE
    quote = next((q for q in quotations if 0 <= q.span.start - parse.tokens[colon].end <= 1), None)
    hit = Hit(head=colon, first=colon, last=colon, entry=_LABEL)
    if colon - first <= _LONGEST_LABEL and not _verb_between(parse, first, colon):
        head = _speaking_head(parse, lexicon, first, colon - 1)
        if head is not None and quote is not None:
            return Statement(hit=hit, source=head, pieces=(quote.span,))
        if head is not None and title and short:
            return Statement(hit=hit, source=head, pieces=(_content(parse, colon + 1, last),))
    if (
        title
        and short
        and last - colon <= 5
        and any(parse.tokens[i].pos in ("VERB", "AUX") for i in range(first, colon))
    ):
        head = _speaking_head(parse, lexicon, colon + 1, last)
        if head is not None and not _verb_between(parse, colon + 1, last + 1):
            return Statement(hit=hit, source=head, pieces=(_content(parse, first, colon - 1),))
    return None


def _content(parse: Parse, first: int, last: int) -> Span:
    while last > first and parse.tokens[last].text == ".":
        last -= 1
    return parse.span(first, last)


def _verb_between(parse: Parse, first: int, end: int) -> bool:
    return any(
        parse.tokens[i].tag in ("VBD", "VBZ", "VBP", "MD") or (parse.tokens[i].tag == "VB" and i > first)
        for i in range(first, end)
    )


def _speaking_head(parse: Parse, lexicon: CueLexicon, first: int, last: int) -> int | None:
    """Head of a label that can speak: a name of a person or body, or a word for an office."""
    tokens = parse.tokens
    for i in range(last, first - 1, -1):
        token = tokens[i]
        if token.entity in ("PERSON", "ORG", "NORP") or token.lemma in lexicon.roles or token.lower in lexicon.roles:
            while (
                first <= token.head <= last and token.head != token.index and token.dep in ("compound", "poss", "nmod")
            ):
                token = tokens[token.head]
            return token.index
        if token.pos == "PROPN" and i == last and first == last:
            return i
    return None
