"""Not actors: who stands beside an event's word but does what is told of it: reverses, judges or documents it, or says
what its clause is about; and whom the words tie to it so closely that nobody else may take the place."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.coding.arguments import Arguments
from onrecord.model import Actor

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_VERBS = frozenset({"VERB", "AUX"})
_WHEN = frozenset({"after", "following", "before", "since"})


def beside(roles: Arguments, head: int, index: int) -> bool:
    """Whether the words at *index* only judge, document or speak of the event at *head* or act before or after it
    ("the high court reversed the conviction", "arrests documented by the paper", "Silva: Endorsements prove", "police
    raided a house following the bombing")."""
    token = roles.token(head)
    if token.pos in {"NOUN", "PROPN"} and (
        _judges(roles, head, index) or _heads_line(roles, head, index) or _acts_after(roles, head, index)
    ):
        return True
    return _tells_of(roles, head, index)


def _judges(roles: Arguments, head: int, index: int) -> bool:
    token = roles.token(head)
    verb = roles.token(token.head)
    if (
        token.dep in {"dobj", "nsubjpass"}
        and verb.lemma in roles.control.judging
        and index in roles.subjects(verb.index)
    ):
        return True
    told = (c for c in roles.children(head, ("acl",)) if roles.passive(c))
    return any(roles.token(c).lemma in roles.control.judging and index in roles.subjects(c) for c in told)


def _acts_after(roles: Arguments, head: int, index: int) -> bool:
    """Whether the event only dates what *index* does."""
    above = roles.token(roles.token(head).head)
    if roles.token(head).dep != "pobj" or above.lower not in _WHEN:
        return False
    return any(index in roles.own_subjects(i) for i in roles.parse.ancestors(above.index))


def _heads_line(roles: Arguments, head: int, index: int) -> bool:
    """Whether a name before a colon opens the line, so that it says what follows."""
    first, end = roles.parse.sentences[roles.token(head).sentence]
    behind = index + 1
    return roles.token(index).left == first and behind < min(end, head) and roles.token(behind).text == ":"


def _tells_of(roles: Arguments, head: int, index: int) -> bool:
    """Whether *index* says something of the event, which stands in the subject of what is said ("said that the idea of
    asking her amounted to")."""
    inside = head
    for above in (head, *roles.parse.ancestors(head)):
        token = roles.token(above)
        verb = roles.token(token.head)
        if token.dep in _SUBJECTS and verb.pos in _VERBS:
            outer = roles.token(verb.head)
            said = verb.dep == "ccomp" and outer.lemma in roles.control.addressing
            return said and index in roles.own_subjects(outer.index) and not tuple(roles.children(inside, ("poss",)))
        if token.pos in _VERBS and above != head:
            return False
    return False


def tied(roles: Arguments, head: int, actors: Sequence[Actor]) -> bool:
    """Whether the words tie *actors* to the event at *head*: they own its noun ("their support"), or its participle
    stands right behind them ("the Arda Front (AF) backing the minister")."""
    token = roles.token(head)
    if token.pos in {"NOUN", "PROPN"}:
        held = roles.possessors(head)
    elif token.tag == "VBG" and token.dep == "acl":
        held = (token.head, *roles.apposed(token.head))
    else:
        return False
    spans = [a.span for a in actors if a.span is not None and a.basis != "unresolved"]
    return any(span.start <= roles.token(i).start < span.end for i in held for span in spans)
