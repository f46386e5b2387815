"""Makers: who says what an advertisement, a letter or a campaign's money says: whose it is, who airs or pays for it
("spent a million on ads attacking the mayor", "the tweet that mocked her")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.lexicon.aimed import load_aimed
from onrecord.text.phrases import DEFINITE

if TYPE_CHECKING:
    from onrecord.coding.arguments import Arguments

_NAMED = frozenset({"PERSON", "ORG", "GPE"})
_MEANS = frozenset({"with", "in", "by", "through", "via"})
_SPENT = frozenset({"on", "in", "for", "into", "to", "toward", "towards"})
_OF = frozenset({"it", "which", "that", "them", "this"})
_LIKE = frozenset({"another", "one", "others"})
_TELEPHONE = frozenset({"phone", "telephone", "robo", "automated"})
_VERBS = frozenset({"VERB", "AUX"})
_BACK = 2
"""Sentences back in which the money may be said to be spent, or the advertisement to be aired."""

_DEPTH = 4


def writers(roles: Arguments, verb: int, noun: int) -> tuple[int, ...] | None:
    """Whose words a participle tells of ("a tweet mocking the mayor", "sent a letter to the council urging"):
    the owner or maker of the message, None where the noun is none."""
    messages = roles.control.messages
    if roles.token(noun).lemma not in messages and not _telephoned(roles, noun):
        preposition = roles.token(roles.token(noun).head)
        addressed = roles.token(noun).dep == "pobj" and preposition.lower == "to"
        if not addressed or roles.token(verb).lemma not in roles.control.addressing:
            return None
        message = roles.token(preposition.head)
        if message.pos == "VERB":
            things = [i for i in roles.objects(message.index) if roles.token(i).lemma in messages]
            if not things and message.lemma != "write":
                return None
            return roles.surface_subjects(message.index)
        if message.lemma not in messages:
            return None
        noun = message.index
    return makers(roles, noun)


def _telephoned(roles: Arguments, noun: int) -> bool:
    return roles.token(noun).lemma == "call" and bool(roles.modifier_lemmas(noun) & _TELEPHONE)


def makers(roles: Arguments, noun: int, sure: bool = False) -> tuple[int, ...]:
    """Whose a message is: its owner, who made or paid for it by the words on it, or who does something with it; with
    *sure* only where the verb is one of making it known ("aired an ad", not "saw an ad")."""
    while not (owner := tuple(roles.children(noun, ("poss",)))):
        upper = roles.token(roles.token(noun).head)
        if roles.token(noun).dep != "pobj" or upper.lower != "of":
            break
        noun = upper.head  # "a flurry of tweets"
    named = owner or tuple(i for i in roles.modifiers(noun) if roles.token(i).entity in _NAMED)[-1:]
    if named:
        return named
    held = roles.obliques(noun)
    if by := held.get("by") or held.get("from"):
        return by
    for clause in roles.children(noun, ("acl",)):  # "an ad paid for by the union"
        if roles.passive(clause) and (paid := roles.subjects(clause)):
            return paid
    token = roles.token(noun)
    above = roles.token(token.head)
    if token.dep in {"dobj", "nsubjpass"} and above.pos in _VERBS:
        if above.lemma in roles.control.judging or (sure and not _makes_known(above.lemma)):
            return ()
        return roles.subjects(above.index) if token.dep == "nsubjpass" else roles.surface_subjects(above.index)
    if token.dep != "pobj":
        return ()
    if above.lower in _SPENT and (spent := spenders(roles, above.head)):
        return spent
    by_it = above.lower in _MEANS and roles.token(above.head).pos in _VERBS
    return roles.surface_subjects(above.head) if by_it else ()  # "began the campaign with a speech mocking"


def spenders(roles: Arguments, index: int) -> tuple[int, ...]:
    """Who spends at the verb or the sum of money at *index*: by the verb over it, or by one shortly before."""
    words = load_aimed()
    for _ in range(_DEPTH):
        token = roles.token(index)
        if token.pos in _VERBS:
            if token.lemma not in words.spending:
                return ()
            return roles.subjects(index) or (_before(roles, index) if roles.passive(index) else ())
        money = token.entity == "MONEY" or token.lemma in words.money
        if not money or token.dep == "ROOT":
            return ()
        index = token.head
        if roles.token(index).dep == "prep":
            index = roles.token(index).head
    return ()


def _before(roles: Arguments, index: int, back: int = _BACK) -> tuple[int, ...]:
    """Who was said to spend money shortly before *index*, at most *back* sentences."""
    words = load_aimed()
    first = roles.parse.sentences[max(0, roles.token(index).sentence - back)][0]
    for token in reversed(roles.parse.tokens[first:index]):
        if token.pos != "VERB" or token.lemma not in words.spending or roles.passive(token.index):
            continue
        if any(
            roles.token(i).entity == "MONEY" or roles.token(i).lemma in words.money for i in roles.objects(token.index)
        ):
            return roles.surface_subjects(token.index)
    return ()


def through(roles: Arguments, subject: int, verb: int) -> tuple[int, ...] | None:
    """Who speaks through the subject of *verb*: whose advertisement or letter it is, or whose money ("the bulk of it
    attacking the mayor"); None where it is neither or
    nobody is said to."""
    words, token = load_aimed(), roles.token(subject)
    money = token.entity == "MONEY" or token.lemma in words.money
    share = token.lemma in words.shares and all(
        roles.token(i).lower in _OF for i in roles.obliques(subject).get("of", ())
    )
    if money or share:
        return _spent_above(roles, verb) or None
    kind = _message(roles, subject)
    if kind is None:
        return None
    return makers(roles, kind, sure=True) or _made_before(roles, kind) or None


def _message(roles: Arguments, subject: int) -> int | None:
    """The message that speaks: the subject, or what it is another of ("her tweet followed another that mocked him")."""
    aired, token = load_aimed().aired, roles.token(subject)
    if token.lower in _LIKE and token.dep in {"dobj", "attr"}:
        return next((i for i in roles.surface_subjects(token.head) if roles.token(i).lemma in aired), None)
    return subject if token.lemma in aired and token.pos == "NOUN" else None


def _spent_above(roles: Arguments, verb: int) -> tuple[int, ...]:
    """Who spends in the clause on which that of *verb* hangs."""
    above = (i for i in roles.parse.ancestors(verb) if roles.token(i).lemma in load_aimed().spending)
    return next((found for i in above if (found := roles.subjects(i))), ()) or _before(roles, verb, 0)


def _made_before(roles: Arguments, noun: int) -> tuple[int, ...]:
    """Who made the message that the report has just told of by the same word ("aired an ad … The ad says")."""
    token = roles.token(noun)
    if not any(roles.token(c).lower in DEFINITE for c in roles.children(noun, ("det",))):
        return ()
    first = roles.parse.sentences[max(0, token.sentence - _BACK)][0]
    earlier = [t.index for t in roles.parse.tokens[first:noun] if t.pos == "NOUN" and t.lemma == token.lemma]
    return next((found for i in reversed(earlier) if (found := makers(roles, i, sure=True))), ())


def says(roles: Arguments, verb: int) -> bool:
    """Whether it is a message that does what *verb* tells, so that it is done with words."""
    token = roles.token(verb)
    hung = token.dep == "acl" and token.tag == "VBG" and roles.token(token.head).lemma in load_aimed().aired
    return hung or any(_message(roles, i) is not None for i in roles.own_subjects(verb))


def _makes_known(lemma: str) -> bool:
    words = load_aimed()
    return lemma in words.making or lemma in words.spending
