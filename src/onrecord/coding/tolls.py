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
from onrecord.model import Actor, Via

_HARM = frozenset({"killed", "injured", "casualties"})
_CAUSING = frozenset({"result", "consequence", "wake", "course", "aftermath", "cause", "follow", "because"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_WEAPONS = frozenset({"firearms", "aerial", "drone", "heavy-weapons", "explosives", "crowd-control"})
_BACK = 3
"""Sentences back in which a noun with "the" may have been told of; without such a noun only the last one counts."""


def lend_doers(drafts: Sequence[Draft], arguments: Arguments) -> list[Draft]:
    """*drafts* of one report with tolls that name nobody given the actor of the act that they are the toll of."""
    told: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.head):
        if _bare_toll(draft):
            draft = _caused(draft, drafts, arguments) or _lent(draft, told, arguments) or draft
        if draft.reason is None:
            told.append(draft)
    return sorted([*told, *(d for d in drafts if d.reason is not None)], key=lambda d: d.head)


def _bare_toll(draft: Draft) -> bool:
    harmed = any(measure in _HARM for _, measure in draft.measures)
    quiet = draft.event_type == "ASSAULT" and not draft.actor and not draft.instrument and draft.closed_by is None
    return quiet and harmed and draft.reason is None and bool(draft.recipient)


def _caused(draft: Draft, drafts: Sequence[Draft], arguments: Arguments) -> Draft | None:
    """The toll of a noun in its own sentence ("were killed as a result of army shelling")."""
    for other in drafts:
        if other is draft or other.event_type != "ASSAULT" or not other.actor or not other.match.nominal:
            continue
        chain: list[int] = []
        for above in arguments.parse.ancestors(other.head):
            if above == draft.head:
                words = [arguments.token(i) for i in chain]
                if chain and all(w.pos in {"ADP", "SCONJ"} or w.lemma in _CAUSING for w in words):
                    note = f"the toll of: {arguments.token(other.head).text}"
                    return replace(draft, actor=without(other.actor, draft.recipient), notes=(*draft.notes, note))
                break
            chain.append(above)
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
        if not before.actor or not _comparable(draft, before) or not (reach > 1 or set(before.modes) & _WEAPONS):
            return None  # somebody else's violence stands between
        doers = without((_inferred(a, arguments.token(before.head).text) for a in before.actor), draft.recipient)
        return replace(draft, actor=doers, notes=(*draft.notes, "the toll of what the report has just told of"))
    return None


def _refers(draft: Draft, arguments: Arguments) -> bool:
    """Whether the toll names its cause with "the" ("killed in the firing")."""
    nouns = [h for h in draft.heads if arguments.token(h).pos == "NOUN"]
    return any(arguments.token(c).lower in _DEFINITE for h in nouns for c in arguments.children(h, ("det",)))


def _comparable(draft: Draft, before: Draft) -> bool:
    """Whether what was told can have such a toll and does not tell one itself."""
    if any(measure in _HARM for _, measure in before.measures):
        return bool(set(draft.modes) & set(before.modes)) and bool(draft.modes)
    return before.closed_by is None and not set(before.modes) & {"destroy", "abduct", "sexual"}


def _inferred(actor: Actor, act: str) -> Actor:
    """*actor* as the one of whom the report has just told the act *act*."""
    via = actor.via if actor.span is None else Via(text=actor.text or "", span=actor.span)
    why = f"nobody is named, and the report has just told who did it: {act}"
    return replace(actor, text=None, span=None, spans=(), basis="inferred", via=via, why=why)
