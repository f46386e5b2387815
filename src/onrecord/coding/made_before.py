"""Made before: whose the view, the suggestion or the move is that a report has just told of ("the mayor proposed a tax.
The council rejected the proposal")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties
from onrecord.lexicon.aimed import load_aimed
from onrecord.model import Actor, Span, Via
from onrecord.text.phrases import DEFINITE

_DEFINITE = DEFINITE | {"such"}
_POINTING = _DEFINITE - {"the"}
_PASSING = frozenset({"pass", "approve", "adopt", "enact"})
_BACK = 2
"""Sentences back in which it may be told."""


def made_before(arguments: Arguments, parties: Parties, thing: int) -> tuple[Actor, ...]:
    """Who was told shortly before to have said or done what the definite noun at *thing* takes up."""
    words = load_aimed()
    thing = arguments.kernel(thing)
    token = arguments.token(thing)
    determiners = {arguments.token(c).lower for c in arguments.children(thing, ("det",))}
    if token.pos != "NOUN" or not determiners & _DEFINITE or any(True for _ in arguments.children(thing, ("poss",))):
        return ()
    if any(True for _ in arguments.children(thing, ("relcl", "acl"))) or "of" in arguments.obliques(thing):
        return ()
    if (verb := words.deverbal.get(token.lemma)) is not None and (found := _did(arguments, parties, thing, verb)):
        return found
    if token.lemma in words.enacted and (found := _passed(arguments, parties, thing)):
        return found
    if token.lemma in words.views and determiners & _POINTING:
        return _said(arguments, parties, thing)
    return _moved(arguments, parties, thing) if token.lemma in words.moves else ()


def deed_before(arguments: Arguments, parties: Parties, index: int) -> tuple[Actor, ...]:
    """Whose deed "that" or "it" at *index* takes up: what the sentence right before tells, of a known party alone."""
    verb = arguments.token(arguments.token(index).head)
    if verb.lemma != "be" or any(True for _ in arguments.children(verb.index, ("ccomp", "xcomp", "advcl", "csubj"))):
        return ()  # "it is wrong to lie"
    return _moved(arguments, parties, index)


def _did(arguments: Arguments, parties: Parties, thing: int, verb: str) -> tuple[Actor, ...]:
    """Who did what the noun is made of: suggested, for a suggestion."""
    first = arguments.parse.sentences[max(0, arguments.token(thing).sentence - _BACK)][0]
    for token in reversed(arguments.parse.tokens[first:thing]):
        if token.lemma != verb or token.pos != "VERB" or any(True for _ in arguments.children(token.index, ("neg",))):
            continue
        return _as(arguments, thing, _people(parties, arguments.subjects(token.index)))
    return ()


def _passed(arguments: Arguments, parties: Parties, thing: int) -> tuple[Actor, ...]:
    """Which house was told to have passed the bill ("the council passed a tax. The mayor vetoed the bill")."""
    words = load_aimed()
    first = arguments.parse.sentences[max(0, arguments.token(thing).sentence - _BACK)][0]
    for token in reversed(arguments.parse.tokens[first:thing]):
        if token.lemma not in _PASSING or token.pos != "VERB" or token.tag == "VB":
            continue
        if any(arguments.token(i).lemma in words.enacted for i in arguments.objects(token.index)):
            return _as(arguments, thing, _people(parties, arguments.subjects(token.index)))
    return ()


def _said(arguments: Arguments, parties: Parties, thing: int) -> tuple[Actor, ...]:
    """Who was quoted last before, in the sentences right before."""
    number = arguments.token(thing).sentence
    if number == 0:
        return ()
    first = arguments.parse.tokens[arguments.parse.sentences[number - 1][0]].start
    here = arguments.parse.tokens[arguments.parse.sentences[number][0]].start
    last = None
    for attribution in parties.layers.attributions:
        ends = max((piece.end for piece in attribution.content), default=-1)
        if first < ends <= here and attribution.source is not None and attribution.source.span is not None:
            last = attribution.source
    if last is None or last.basis == "unresolved":
        return ()
    mention = parties.layers.actor_at(last.span) if last.span is not None else None
    known = mention if mention is not None and not (last.country or last.sectors) else last
    return _as(arguments, thing, (known,))


def _moved(arguments: Arguments, parties: Parties, thing: int) -> tuple[Actor, ...]:
    """Whose deed the sentence right before tells: that of its main clause, or of what it reports."""
    number = arguments.token(thing).sentence
    if number == 0:
        return ()
    root = next(_roots(arguments, number - 1), None)
    for _ in range(2):
        if root is None or arguments.token(root).pos not in {"VERB", "AUX"}:
            return ()
        told = [c for c in arguments.children(root, ("ccomp",)) if arguments.own_subjects(c)]
        if not told:
            break
        root = told[0]
    if root is None or arguments.token(root).lemma in {"be", *arguments.control.addressing}:
        return ()
    found = _people(parties, arguments.subjects(root))
    subject = arguments.token(arguments.subjects(root)[0]).lemma if found else ""
    known = len(found) == 1 and (found[0].country or found[0].sectors or parties.classes.holds("power", subject))
    return _as(arguments, thing, found) if known else ()


def _roots(arguments: Arguments, number: int) -> Iterator[int]:
    first, end = arguments.parse.sentences[number]
    return (t.index for t in arguments.parse.tokens[first:end] if t.dep == "ROOT")


def _people(parties: Parties, indices: tuple[int, ...]) -> tuple[Actor, ...]:
    found = (a for i in indices for a in parties.parties(i))
    return tuple(
        a for a in found if a.basis != "unresolved" and a.span is not None and not parties.thing_referred_to(a)
    )


def _as(arguments: Arguments, thing: int, people: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The words at *thing* as standing for *people*."""
    span: Span = arguments.noun_phrase(thing)
    text = span.of(arguments.parse.text)
    return tuple(
        replace(a, text=text, span=span, spans=(), basis="coreference", via=a.via or Via(text=a.text, span=a.span))
        for a in people
        if a.span is not None and a.text is not None
    )
