"""Lost subjects: who acts in a clause that the parser hung on the wrong verb or whose subject it took for a part of the
words before it ("Troops shelled the port, officials said, killing five", "Speaking in Arda, Silva, unmoved, accused").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.coding.arguments import Arguments

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_QUOTES = frozenset({'"', "“", "”", "''", "``", "‘‘", "’’"})
_BODIES = frozenset({"PERSON", "ORG", "NORP"})
_BESIDE = frozenset({"advmod", "aux", "auxpass", "npadvmod", "neg"})
_WHEN = frozenset({"DATE", "TIME"})
_OPENING = frozenset({"and", "but", "while"})
_BEFORE_CLAUSES = frozenset({"as", "while", "when", "because", "although", "since"})
_REACH = 8
"""Words before a verb among which the noun that opens its clause is looked for."""


def lost_subjects(roles: Arguments, verb: int) -> tuple[int, ...] | None:
    """Who acts at *verb*, which has no subject of its own, where the tree leads to somebody else; None where it
    may be believed."""
    token = roles.token(verb)
    if token.dep == "amod" and token.tag == "VBG":
        return (token.head,)  # "protesting teachers"
    if token.tag == "VBG" and token.dep == "advcl":
        return _reported(roles, verb)
    if token.tag == "VB" and any(roles.token(c).lower == "to" for c in roles.children(verb, ("aux",))):
        return _infinitive(roles, verb)
    if token.tag not in _FINITE:
        return None
    if token.dep == "conj" and (outer := _outer_verb(roles, verb)) is not None:
        return roles.surface_subjects(outer)
    return _mistaken_noun(roles, verb)


def body_behind(roles: Arguments, noun: int) -> int:
    """The people or body that stand behind the place whose they are, which the parser took for the head ("Arda, Ill.,
    County prosecutors charged"); else *noun*."""
    if roles.token(noun).entity != "GPE":
        return noun
    for i in reversed(roles.apposed(noun)):
        token = roles.token(i)
        bare = not any(True for _ in roles.children(i, ("det", "poss", "nummod", "relcl")))
        if token.pos == "NOUN" and token.left > noun + 2 and roles.token(token.left - 1).text == "," and bare:
            return i
    return noun


def _reported(roles: Arguments, verb: int) -> tuple[int, ...] | None:
    """Who does what a participle tells behind the words that say whose report it is ("the city is scaling back its
    plans, officials said on Monday, abandoning"); not what a speaker does with words, nor behind a quotation."""
    token, said = roles.token(verb), roles.token(roles.token(verb).head)
    spoken = token.lemma in roles.control.addressing or token.lemma in roles.control.judging
    if spoken or said.lemma not in roles.control.addressing or said.index > verb:
        return None
    content = next(iter(roles.children(said.index, ("ccomp",))), said.index)
    teller = next(iter(roles.children(said.index, ("nsubj",))), said.index)
    if not content < teller < verb or roles.token(token.left - 1).text != ",":
        return None
    if roles.token(content).pos not in {"VERB", "AUX"}:
        return None
    words = roles.parse.tokens[roles.token(content).left : verb]
    if any(t.text in _QUOTES for t in words):
        return None
    return roles.subjects(content) or roles.surface_subjects(content)


def _infinitive(roles: Arguments, verb: int) -> tuple[int, ...] | None:
    """Who acts in an infinitive that the parser hung on a verb as its purpose, or on words that tell who says it."""
    token = roles.token(verb)
    above = roles.token(token.head)
    if above.dep == "parataxis" and above.lemma in roles.control.addressing and roles.token(token.left - 1).text == ",":
        return roles.surface_subjects(above.head)  # "has no plan, advisers say, to resign"
    if token.dep != "advcl" or token.left == 0:
        return None
    before = token.left - 1
    if above.lemma in roles.control.winning_over and roles.objects(above.index):
        held = max(roles.objects(above.index))
        if above.index < held and roles.token(held).right == before:
            return roles.objects(above.index)  # "convincing the general to resign"
    while before > 0 and roles.token(before).entity in _WHEN:
        before -= 1
    noun = roles.token(before)
    if noun.lemma in roles.control.plans and noun.pos == "NOUN" and noun.index != above.index:
        return roles.planner(before)  # "a move this week to ban"
    if noun.lemma in roles.control.pleas and noun.pos == "NOUN" and not roles.possessors(before):
        return ()  # "flooded with calls to boycott": whoever is called upon
    return _beyond_clause(roles, verb)


def _beyond_clause(roles: Arguments, verb: int) -> tuple[int, ...] | None:
    """Who acts in a purpose told behind a clause between commas ("should use the talks, when both are at the table, to
    insist")."""
    token = roles.token(verb)
    inner = roles.token(token.head)
    if inner.dep not in {"advcl", "relcl"} or roles.token(token.left - 1).text != ",":
        return None
    opening = roles.token(inner.left - 1) if inner.left else None
    outer = roles.parse.ancestors(inner.index)
    above = next((i for i in outer if roles.token(i).pos in {"VERB", "AUX"}), None)
    if opening is None or opening.text != "," or above is None or above > inner.index:
        return None
    return roles.surface_subjects(above)


def _outer_verb(roles: Arguments, verb: int) -> int | None:
    """The verb outside the clause of the one that a past tense with an object is coordinated with, where the tense
    tells the two apart ("told those who say he is weak and accused them", "asked that she be freed and attacked")."""
    inner = roles.token(roles.token(verb).head)
    if roles.token(verb).tag != "VBD" or not any(True for _ in roles.children(verb, ("dobj", "prt"))):
        return None
    if any(True for _ in roles.children(verb, ("aux", "auxpass"))):
        return None
    wished = inner.tag == "VBN" and any(
        roles.token(c).lower == "be" and not tuple(roles.children(inner.index, ("aux",)))
        for c in roles.children(inner.index, ("auxpass",))
    )
    if inner.tag not in {"VBP", "VBZ"} and not wished:
        return None
    above = (i for i in roles.parse.ancestors(inner.index) if roles.token(i).pos in {"VERB", "AUX"})
    return next((i for i in above if i < verb and roles.token(i).tag == "VBD"), None)


def _mistaken_noun(roles: Arguments, verb: int) -> tuple[int, ...] | None:
    """The noun before a finite verb without a subject that the parser joined to what stands before it."""
    beside = (roles.token(c).left for c in roles.children(verb, _BESIDE) if c < verb)
    first = min((verb, *beside))
    if first and (joined := _joined(roles, verb, first)) is not None:
        return joined
    token = roles.token(verb)
    if token.dep not in {"ROOT", "ccomp"} or any(True for _ in roles.children(verb, ("expl", "csubj"))):
        return None
    fronted = [c for c in roles.children(verb, ("advcl", "prep")) if c < verb]
    for clause in reversed(fronted):
        for i in range(roles.token(clause).right, clause, -1):
            noun = roles.token(i)
            if noun.dep == "appos" and noun.left and roles.token(noun.left - 1).text == "," and _body(roles, i):
                return roles.coordinated(i)  # "Speaking in Arda, Silva, without naming him, accused"
    return None


def _body(roles: Arguments, noun: int) -> bool:
    """Whether a noun set beside a place, a day or a thing is none of these, so that it does not explain it."""
    token, other = roles.token(noun), roles.token(roles.token(noun).head)
    return (token.entity in _BODIES or token.tag == "NNS") and other.entity not in _BODIES and other.tag != "NNS"


def _joined(roles: Arguments, verb: int, first: int) -> tuple[int, ...] | None:
    """The noun right before the words of a verb and behind "and" that opens a clause ("fulfilled the terms of the deal
    and Arda lifted the ban"); with the one before "and" where the clause opens with that ("by his account, Silva and an
    aide asked")."""
    for i in range(first - 1, max(0, first - _REACH), -1):
        token = roles.token(i)
        if token.dep != "conj" or token.pos not in _NOMINAL or token.right != first - 1 or not token.left:
            continue
        if roles.token(token.left - 1).lower in _OPENING:
            if not _below(roles, i, verb):
                return None
            return (token.head, i) if _opens(roles, token.head) else (i,)
    return None


def _opens(roles: Arguments, noun: int) -> bool:
    """Whether a clause opens with a noun, by the word or comma before it."""
    token = roles.token(noun)
    before = roles.token(token.left - 1) if token.left else token
    return before.lower in _BEFORE_CLAUSES or (token.dep == "appos" and before.text == ",")


def _below(roles: Arguments, noun: int, verb: int) -> bool:
    """Whether a noun hangs on a verb before *verb*, and not on *verb* as a thing that it tells of."""
    above = next((i for i in roles.parse.ancestors(noun) if roles.token(i).pos in {"VERB", "AUX"}), None)
    return above is not None and above < verb
