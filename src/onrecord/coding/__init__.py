"""Code: who did what to whom, how many, who holds what, and how sure."""

from __future__ import annotations

from onrecord.coding.adjectives import acts_of_states
from onrecord.coding.arguments import Arguments
from onrecord.coding.before_bodies import with_bodies_asked
from onrecord.coding.bystanders import Bystanders
from onrecord.coding.charges import with_cleared
from onrecord.coding.control import ControlCoder
from onrecord.coding.cut_words import with_whole_words
from onrecord.coding.doers import with_doers
from onrecord.coding.encoded_claims import IncidentCoder
from onrecord.coding.encoded_events import events_identity
from onrecord.coding.encoded_factuality import factuality_identity, with_factuality
from onrecord.coding.encoded_roles import roles_identity
from onrecord.coding.events import EventCoder
from onrecord.coding.factuality import token_factuality
from onrecord.coding.figures import FigureCoder
from onrecord.coding.laid_to import with_known_attackers, with_those_responsible
from onrecord.coding.links import link_claims, with_contents
from onrecord.coding.not_oneself import NotOneself
from onrecord.coding.one_happening import lend_within_happenings
from onrecord.coding.referents import Referents
from onrecord.coding.relations import RelationCoder
from onrecord.coding.same_happening import SameHappening
from onrecord.coding.second_look import second_look
from onrecord.coding.spoken import SpokenActs
from onrecord.coding.standing import Ground
from onrecord.coding.struck_places import with_foreign_targets, with_those_there
from onrecord.coding.tellings import Tellings
from onrecord.coding.told_before import lend_told_before
from onrecord.coding.voices import with_voices
from onrecord.lexicon.coding import CodingTables
from onrecord.lexicon.incidents import load_incidents
from onrecord.lexicon.spoken import load_spoken
from onrecord.model import Claim, EventClaim, Layers

__all__ = [
    "code_claims",
    "events_identity",
    "factuality_identity",
    "roles_identity",
    "rule_events",
    "token_factuality",
    "with_factuality",
]


def code_claims(layers: Layers, lexicon: CodingTables) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """The claims of one report and the candidates that were not coded, each in text order.

    ``claim_id`` is "", links refer to other claims by ``key``. Rejected candidates have ``status`` "rejected"
    and a ``reason``.
    """
    layers = with_voices(layers)
    arguments = Arguments(layers.parse, lexicon.modality.control)
    ground = Ground(layers, lexicon, arguments)
    coder = EventCoder(layers, lexicon, arguments)
    events, rejected = second_look(layers, coder, *rule_events(coder, ground))
    bystanders = Bystanders(arguments, coder.parties, coder.drafter.concern)
    events, rejected = bystanders.cleared(events), bystanders.cleared(rejected)
    events = list(acts_of_states(layers.parse, events))
    events, rejected = IncidentCoder(ground, load_incidents()).code(events, rejected)
    events = with_whole_words(events, arguments)
    events = NotOneself(arguments, coder.parties).weighed(Referents(layers, arguments, coder.parties).weighed(events))
    events = lend_told_before(events, arguments)
    events = with_cleared(events, arguments, coder.parties)
    events = with_bodies_asked(events, arguments, coder.parties)
    reader = Tellings(arguments, lexicon.triggers)
    events = with_those_responsible(events, arguments, coder.parties)
    events = with_doers(events, reader, coder.parties, lexicon.modality.part_in)
    same = SameHappening(reader)
    events = with_known_attackers(lend_within_happenings(events, same), arguments, coder.parties)
    events = with_those_there(events, arguments, coder.parties)
    events = with_foreign_targets(lend_within_happenings(events, same), arguments, coder.parties)
    figure_coder = FigureCoder(ground)
    events, tolls, figures = figure_coder.code(link_claims(events))
    control = ControlCoder(ground, figure_coder.quantities).code()
    relations = RelationCoder(ground).code()
    claims: list[Claim] = [*events, *figures, *control, *relations]
    return tuple(sorted(claims, key=_place_in_text)), (*rejected, *tolls)


def rule_events(coder: EventCoder, ground: Ground) -> tuple[list[EventClaim], list[EventClaim]]:
    """Event claims of the rules alone and the candidates that they rejected: what the learned head looks at."""
    told, rejected = coder.code()
    said = SpokenActs(ground, load_spoken(), politics=coder.relevance.politics).code(told)
    return [*with_contents(told, said), *said], rejected


def _place_in_text(claim: Claim) -> tuple[int, int, str]:
    trigger = getattr(claim, "trigger", None)
    start = trigger.span.start if trigger is not None and trigger.span is not None else claim.span.start
    return claim.span.start, start, claim.key
