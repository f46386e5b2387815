"""Noun phrases over the tree: the words that name one party, without its relative clauses."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Parse, Span

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
"""Determiners of what is known already (Huddleston and Pullum 2002, ch. 5)."""

_LEFT = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "case", "predet", "advmod", "npadvmod"}
)


def noun_phrase(parse: Parse, index: int, *, of: bool = True) -> Span:
    """Span of the noun phrase whose head is token *index*.

    Its determiners, adjectives, compounds, possessors and, with *of*, its of-phrases; no relative
    clause, apposition, co-ordination or other prepositional phrase. Quotation marks and brackets
    that are not closed inside are left outside.
    """
    first = last = index
    for child in parse.children[index]:
        token = parse.tokens[child]
        if child < index and token.dep in _LEFT and token.left <= first:
            first = min(first, token.left)
        elif of and child > index and token.dep == "prep" and token.lower == "of":
            last = max(last, _of_end(parse, child))
    return _trim(parse, first, last, index)


def _of_end(parse: Parse, preposition: int) -> int:
    """Last token of the object of *preposition*, without what hangs on that object."""
    last = preposition
    for child in parse.children[preposition]:
        if parse.tokens[child].dep == "pobj":
            inner = noun_phrase(parse, child)
            last = max(last, parse.tokens_in(inner)[-1])
    return last if last > preposition else preposition - 1


def _trim(parse: Parse, first: int, last: int, head: int) -> Span:
    while first < head and (parse.tokens[first].pos == "PUNCT" or parse.tokens[first].dep in {"cc", "advmod"}):
        if parse.tokens[first].pos != "PUNCT" and parse.tokens[first].lower not in {"and", "but", "so", "also"}:
            break
        first += 1
    while last > head and parse.tokens[last].pos == "PUNCT":
        last -= 1
    return parse.span(first, last)


def modifiers(parse: Parse, index: int) -> Iterator[int]:
    """Heads of what names token *index* more closely: compounds, adjectives, possessors, of-objects."""
    for child in parse.children[index]:
        token = parse.tokens[child]
        if token.dep in {"compound", "amod", "poss", "nmod", "npadvmod"}:
            yield child
            yield from modifiers(parse, child)
        elif token.dep == "prep" and token.lower in {"of", "for", "from", "in"}:
            for inner in parse.children[child]:
                if parse.tokens[inner].dep == "pobj":
                    yield inner
                    yield from modifiers(parse, inner)
