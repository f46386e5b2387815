"""Which tokens may be predicates: verbs, predicative adjectives, nouns, and whatever else heads a clause."""

from __future__ import annotations

from onrecord.model import Token

_CLAUSAL = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "parataxis", "csubj", "csubjpass"})
_NO_PREDICATE = frozenset({"PUNCT", "SPACE", "SYM", "DET", "CCONJ", "PART"})


def may_be_predicate(token: Token) -> bool:
    """Whether something can be said to have happened, or to be so, by *token*.

    Modals and forms of "be" that only help another verb are none; "get", "have" and "do" may be, since taggers
    mix up the two. A word of another class is one where the tree has it head a clause ("Forward it to me").
    """
    if token.pos == "AUX" and token.dep in {"aux", "auxpass"}:
        return token.tag != "MD" and token.lemma != "be"
    if token.pos in {"VERB", "AUX"}:
        return token.dep != "aux"
    if token.pos in {"NOUN", "ADJ"} or (token.pos == "PROPN" and token.entity == ""):
        return True
    if token.pos == "ADV" and token.dep == "conj":  # "sign it and forward to me"
        return True
    return token.dep in _CLAUSAL and token.pos not in _NO_PREDICATE
