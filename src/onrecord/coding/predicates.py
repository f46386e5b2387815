"""Which tokens may be predicates: verbs, predicative adjectives, nouns, and whatever else heads a clause."""

from __future__ import annotations

from onrecord.model import Token

_CLAUSAL = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "parataxis", "csubj", "csubjpass"})
_ALSO_VERBS = frozenset({"back", "close", "even", "forward", "further"})
_PEOPLE_AND_PLACES = frozenset({"PERSON", "GPE", "LOC", "NORP", "FAC", "DATE", "TIME"})
_NO_PREDICATE = frozenset({"PUNCT", "SPACE", "SYM", "DET", "CCONJ", "PART"})


def may_be_predicate(token: Token) -> bool:
    """Whether something can be said to have happened, or to be so, by *token*.

    Modals and forms of "be" that only help another verb are none; "get", "have" and "do" may be, since taggers
    mix up the two. A word of another class is one where the tree has it head a clause ("Forward it to me"), or where
    loose writing misleads taggers: capitals ("PLEASE NOTE"), words that are also adverbs ("forward the list").
    """
    if token.pos == "AUX" and token.dep in {"aux", "auxpass"}:
        return token.tag != "MD" and token.lemma != "be"
    if token.pos in {"VERB", "AUX"}:
        return token.dep != "aux"
    if token.pos in {"NOUN", "ADJ", "X", "INTJ"}:
        return True
    if token.pos == "PROPN":
        return token.entity not in _PEOPLE_AND_PLACES
    if token.pos == "ADV" and (token.dep == "conj" or token.lower in _ALSO_VERBS):  # "sign it and forward to me"
        return True
    return token.dep in _CLAUSAL and token.pos not in _NO_PREDICATE
