"""Tolls: who killed and hurt, where one sentence tells of the act and the next one only of its victims.

"Police fired on the march. Three people were killed and a dozen hurt": the second sentence names nobody; the report
has just said who fired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.parties import without
from onrecord.coding.relevance import NO_PARTY
from onrecord.model import Actor, Via
from onrecord.text.phrases import DEFINITE

_HARM = frozenset({"killed", "injured", "casualties"})
_CAUSING = frozenset(
    {"result", "consequence", "wake", "course", "aftermath", "cause", "follow", "because", "injury", "wound", "bullet"}
)
_MEANWHILE = frozenset({"since", "before", "until", "despite"})
_DYING = frozenset({"die", "perish", "succumb"})
_DEATHS = frozenset({"dead", "death", "fatality", "toll"})
_RESULTING = frozenset({"leave", "result", "lead", "cause", "claim", "rise", "go", "reach", "turn", "mount", "climb"})
_HARMING = frozenset({"hit", "strike", "wound", "injure", "hurt"})
_WEAPONS = frozenset({"firearms", "aerial", "drone", "heavy-weapons", "explosives", "crowd-control"})
_HAND = frozenset({"primitive", "beat"})
_GUNS = frozenset({"firearms"})
_LENT = "the toll of what the report has just told of"
_BACK = 3
"""Sentences back in which a noun with "the" may have been told of; without such a noun only the last one counts."""


def lend_doers(drafts: Sequence[Draft], arguments: Arguments) -> list[Draft]:
    """*drafts* of one report with tolls that name nobody given the actor of the act that they are the toll of."""
    told: list[Draft] = []
    rest: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.head):
        if _bare_toll(draft):
            found = _caused(draft, drafts, arguments) or _while_fighting(draft, drafts, arguments)
            found = found or _lent(draft, told, arguments)
            draft = draft if found is None else replace(found, reason=None)
        if draft.match.trigger.toll and not draft.actor and draft.heads == (draft.head,):
            continue  # a death of which nobody is told to be the cause
        (told if draft.reason is None else rest).append(draft)
    return sorted([*told, *rest], key=lambda d: d.head)


def deadly(drafts: Sequence[Draft], arguments: Arguments) -> list[Draft]:
    """*drafts* of force with "killed" among their measures where their own sentence tells of deaths by it ("fired on
    the crowd, leaving four dead", "died when police fired", "five died in the firing")."""
    return [_with_deaths(d, arguments) if d.event_type == "ASSAULT" and d.reason is None else d for d in drafts]


def _with_deaths(draft: Draft, arguments: Arguments) -> Draft:
    if any(measure == "killed" for _, measure in draft.measures) or draft.closed_by is not None:
        return draft
    first, end = arguments.parse.sentences[arguments.token(draft.head).sentence]
    for index in range(first, end):
        token = arguments.token(index)
        if _died(index, arguments) and not _denied(index, arguments) and _bound(index, draft.head, arguments):
            note = f"deadly: {token.text}"
            draft = _dead_in_it(draft, index, arguments)
            return replace(draft, measures=(*draft.measures, (draft.head, "killed")), notes=(*draft.notes, note))
    return draft


def _dead_in_it(draft: Draft, verb: int, arguments: Arguments) -> Draft:
    """*draft* with those who died in it, if nobody else, as who suffered ("ten rebels died during fighting")."""
    above = arguments.token(arguments.token(draft.head).head)
    if above.dep != "prep" or above.head != verb or arguments.token(verb).lemma not in _DYING or draft.recipient:
        return draft
    dead = [arguments.token(i).span for i in arguments.subjects(verb)]
    ones = [a for a in draft.actor if a.span is not None and any(a.span.contains(s) for s in dead)]
    return replace(draft, actor=(), recipient=draft.actor) if ones and len(ones) == len(draft.actor) else draft


def _died(index: int, arguments: Arguments) -> bool:
    """Whether a word tells of death: somebody dies, is killed, loses their life."""
    token = arguments.token(index)
    if token.pos != "VERB":
        return token.lemma in _DEATHS and token.pos in {"ADJ", "NOUN"}
    if token.lemma == "lose":
        return any(arguments.token(i).lemma in {"life", "lives"} for i in arguments.children(index, ("dobj",)))
    return token.lemma in _DYING or (token.lemma == "kill" and (token.dep == "acl" or arguments.passive(index)))


def _bound(death: int, act: int, arguments: Arguments) -> bool:
    """Whether words of death and an act hang together by nothing but clauses, causes, places and what is hit."""
    tokens, above = arguments.token, arguments.parse.ancestors
    up, over = [death, *above(death)], [act, *above(act)]
    shared = next((i for i in up if i in over), None)
    if shared is None or tokens(death).sentence != tokens(act).sentence:
        return False
    for index in {*up[: up.index(shared) + 1], *over[: over.index(shared) + 1]} - {death, act}:
        token = tokens(index)
        if token.pos == "VERB" and token.lemma not in _RESULTING | _HARMING | _DYING:
            return False
    if shared not in {death, act}:
        due = any(tokens(i).lemma == "due" for i in over[: over.index(shared)])  # "deaths were due to shelling"
        return due or (tokens(shared).pos == "VERB" and _one_story(shared, up, arguments))
    path = over if shared == death else up
    return not any(_apart(i, arguments) for i in path[: path.index(shared)])


def _apart(index: int, arguments: Arguments) -> bool:
    """Whether a verb begins another story in the same sentence ("…, and three men were stabbed")."""
    token = arguments.token(index)
    if token.dep != "conj" or token.pos != "VERB" or not arguments.own_subjects(index):
        return False
    marks = (arguments.token(c) for c in arguments.children(index, ("advcl",)))
    return token.lemma not in _HARMING | _DYING or not any(True for _ in marks)


def _one_story(shared: int, up: list[int], arguments: Arguments) -> bool:
    """Whether a verb that death and act both hang on joins them: its subject's act left somebody dead, or who was hit
    in the act died."""
    if arguments.token(shared).lemma in _RESULTING:
        return True
    death = up[: up.index(shared)]
    joined = all(arguments.token(i).dep == "conj" and not arguments.own_subjects(i) for i in death)
    return joined and arguments.token(shared).lemma in _HARMING


def _denied(index: int, arguments: Arguments) -> bool:
    return any(
        arguments.token(c).dep == "neg" or arguments.token(c).lower == "no" for c in arguments.parse.children[index]
    )


def _bare_toll(draft: Draft) -> bool:
    harmed = any(measure in _HARM for _, measure in draft.measures)
    quiet = draft.event_type == "ASSAULT" and not draft.actor and not draft.instrument and draft.closed_by is None
    open_ = draft.reason is None or draft.reason == NO_PARTY or draft.reason.startswith("figurative")
    return quiet and harmed and open_ and bool(draft.recipient)


def _caused(draft: Draft, drafts: Sequence[Draft], arguments: Arguments) -> Draft | None:
    """The toll of a noun in its own sentence ("were killed as a result of army shelling")."""
    for other in drafts:
        if other is draft or other.event_type != "ASSAULT" or not other.actor or not other.match.nominal:
            continue
        chain: list[int] = []
        for above in arguments.parse.ancestors(other.head):
            if above == draft.head:
                words = [arguments.token(i) for i in chain]
                meanwhile = any(w.lower in _MEANWHILE for w in words)
                if chain and not meanwhile and all(w.pos in {"ADP", "SCONJ"} or w.lemma in _CAUSING for w in words):
                    note = f"the toll of: {arguments.token(other.head).text}"
                    return replace(draft, actor=without(other.actor, draft.recipient), notes=(*draft.notes, note))
                break
            chain.append(above)
    return None


def _while_fighting(draft: Draft, drafts: Sequence[Draft], arguments: Arguments) -> Draft | None:
    """The toll of what a clause beside it tells ("were killed as gunmen of two families battled")."""
    sentence = arguments.token(draft.head).sentence
    for other in drafts:
        token = arguments.token(other.head)
        if token.sentence != sentence or token.dep != "advcl" or not other.actor or other.event_type != "ASSAULT":
            continue
        marked = tuple(arguments.children(other.head, ("mark", "advmod")))
        marks = {arguments.token(c).lower for c in marked}
        if any(True for c in marked for _ in arguments.children(c, ("npadvmod", "advmod"))):
            continue  # "hours after gunmen attacked": another story
        if marks & {"as", "when", "while", "after"} and other.reason is None:
            note = f"the toll of: {token.text}"
            return replace(draft, actor=without(other.actor, draft.recipient), notes=(*draft.notes, note))
    return None


def _lent(draft: Draft, told: Sequence[Draft], arguments: Arguments) -> Draft | None:
    """The toll of an act that the sentences before it tell of."""
    sentence = arguments.token(draft.head).sentence
    reach = _BACK if _refers(draft, arguments) else 1
    for before in reversed(told):
        apart = sentence - arguments.token(before.head).sentence
        if apart > reach:
            return None
        if apart < 1 or before.event_type != "ASSAULT":
            continue
        goes_on = _LENT in before.notes and set(draft.modes) <= set(before.modes) | _GUNS
        if not before.actor or not (goes_on or _comparable(draft, before)):
            return None  # somebody else's violence stands between
        if not (goes_on or reach > 1 or set(before.modes) & _WEAPONS):
            return None
        why = f"nobody is named, and the report has just told who did it: {arguments.token(before.head).text}"
        doers = without((as_inferred(a, why) for a in before.actor), draft.recipient)
        return replace(draft, actor=doers, notes=(*draft.notes, _LENT))
    return None


def _refers(draft: Draft, arguments: Arguments) -> bool:
    """Whether the toll names its cause with "the" ("killed in the firing")."""
    nouns = [h for h in draft.heads if arguments.token(h).pos == "NOUN"]
    return any(arguments.token(c).lower in DEFINITE for h in nouns for c in arguments.children(h, ("det",)))


def _comparable(draft: Draft, before: Draft) -> bool:
    """Whether what was told can have such a toll and does not tell one itself."""
    if any(measure in _HARM for _, measure in before.measures):
        return bool(set(draft.modes) & set(before.modes)) and bool(draft.modes)
    fits = set(draft.modes) <= set(before.modes) | _GUNS or not set(draft.modes) & _HAND
    return before.closed_by is None and fits and not set(before.modes) & {"destroy", "abduct", "sexual"}


def as_inferred(actor: Actor, why: str) -> Actor:
    """*actor*, told elsewhere in the report, as a party that the clause leaves out; *why* says from what."""
    here = None if actor.span is None else Via(text=actor.text or "", span=actor.span)
    via = actor.via or here  # the name that "he" stands for says more than "he"
    return replace(actor, text=None, span=None, spans=(), basis="inferred", via=via, why=why)
