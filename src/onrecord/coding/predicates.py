"""Which tokens may be predicates: verbs, predicative adjectives, nouns."""

from __future__ import annotations

from onrecord.model import Token

_VERBAL = frozenset({"VERB", "AUX"})
_NO_PREDICATE = frozenset({"aux", "auxpass"})


def may_be_predicate(token: Token) -> bool:
    """Whether something can be said to have happened, or to be so, by *token*."""
    if token.pos in _VERBAL:
        return token.dep not in _NO_PREDICATE
    return token.pos in {"NOUN", "ADJ"}
