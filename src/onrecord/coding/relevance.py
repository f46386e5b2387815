"""Relevance: whether a draft is the kind of event that is coded, by its parties and by what the report is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.generality import Generality
from onrecord.coding.no_happening import NoHappening
from onrecord.coding.parties import ARMED, Parties, political, public
from onrecord.coding.protested import PUBLIC
from onrecord.coding.substance import Substance
from onrecord.lexicon.relevance import RelevanceLexicon
from onrecord.model import Actor, Layers

NO_PARTY = "no state, armed, official or crowd actor"

_VERBAL = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID REQUEST ACCUSE REJECT THREATEN SANCTION".split())
_TRAVELLERS = frozenset({"CVL", "REF", "LAB", "UNK", "JRN"})
_BODILY_HARM = frozenset({"killed", "injured", "casualties"})
_SPORT_SHARE = 0.02  # of all words; match reports run from 4 to 9 percent, politics stays below one percent
_SPORT_WORDS = 5
_FIGHTERS = frozenset({"MIL", "REB", "PRM", "UAF", "SPY"})
_CONFLICT_MENTIONS = 3
_POLITICS_MENTIONS = 5
_CRIME_WORDS = 3
_PUBLIC_WORDS = 2
_DEBATED = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "CONCEDE"})
_COURT = frozenset(
    "ASSAULT ACCUSE THREATEN COERCE SANCTION REQUEST REJECT RETREAT MOBILIZE AGREE CONSULT SUPPORT "
    "CONCEDE AID COOPERATE".split()
)


class Relevance:
    """Weighs the drafts of one report."""

    def __init__(self, layers: Layers, arguments: Arguments, parties: Parties, lexicon: RelevanceLexicon) -> None:
        self.layers = layers
        self.arguments = arguments
        self.parties = parties
        self.lexicon = lexicon
        words = self._lemmas(range(len(layers.parse.tokens)))
        count = max(1, len(layers.parse.tokens))
        sport = sum(1 for w in words if w in lexicon.sport)
        self.sport = sport >= _SPORT_WORDS and sport / count >= _SPORT_SHARE
        self.conflict = sum(bool(set(a.sectors) & _FIGHTERS) for a in layers.actors) >= _CONFLICT_MENTIONS
        self.mishaps = len({w for w in words if w in lexicon.mishap}) >= 2
        self.crime = len({w for w in words if w in lexicon.ordinary_crime}) >= _CRIME_WORDS
        self.public = sum(1 for w in words if w in lexicon.public_affairs) >= _PUBLIC_WORDS
        held = sum(public(a) for a in layers.actors) >= _POLITICS_MENTIONS
        self.substance = Substance(arguments, lexicon, words, self.conflict, parties.sectors)
        self.generality = Generality(arguments)
        self.no_happening = NoHappening(arguments)
        self.politics = not self.sport and (held or self.conflict or self.substance.campaign)

    def _lemmas(self, indices: Iterable[int]) -> list[str]:
        """Lemmas of the tokens, and of each two neighbours."""
        tokens = self.layers.parse.tokens
        words = [tokens[i].lemma for i in indices]
        return words + [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]

    def objection(self, draft: Draft, contents: Collection[int] = ()) -> str | None:
        """Why a draft is not the kind of event that is coded, None when it is; *contents* are the heads of the
        drafts of its sentence that have another as their content."""
        return (
            self.no_happening.objection(draft)
            or self._weakness(draft)
            or self._sport(draft)
            or self._mishap(draft)
            or self._private_quarrel(draft)
            or self._demolition(draft)
            or self.generality.objection(draft)
            or self.substance.objection(draft, contents)
        )

    def _weakness(self, draft: Draft) -> str | None:
        """Why the parties do not bear out the trigger."""
        strength = draft.match.trigger.strength
        if draft.event_type == "CONSULT" and not any(_beyond(a, _TRAVELLERS) for a in draft.parties):
            return "no official party to a meeting"
        if strength == "strong":
            return None
        if draft.event_type == "PROTEST" and self._protest_told(draft):
            return None
        if draft.event_type == "PROTEST" and (PUBLIC & set(draft.modes) or any(a.sectors for a in draft.actor)):
            return None  # students, doctors and farmers protest as well
        if strength == "weak":
            fits = public if draft.event_type in _VERBAL else political
            return None if any(fits(a) for a in draft.parties) or self._of_debate(draft) else NO_PARTY
        armed = any(set(a.sectors) & ARMED for a in draft.actor)
        human = any(self.parties.is_human(i) for i in draft.acted)
        if draft.instrument or (armed and draft.recipient):
            return None
        if human and draft.event_type not in _VERBAL:
            return None
        return "figurative: no weapon, no human victim"

    def _of_debate(self, draft: Draft) -> bool:
        """Whether people of no office quarrel or ask in a report about politics ("victims' groups objected")."""
        if not self.politics or draft.event_type not in _DEBATED or not draft.actor:
            return False
        if draft.match.nominal and draft.match.carrier is None and not draft.recipient:
            return False
        if draft.event_type in {"SUPPORT", "CONCEDE"} and (draft.match.nominal or not self._named(draft)):
            return False
        return all(a.basis != "unresolved" and (a.sectors or a.basis == "named") for a in draft.actor)

    def _named(self, draft: Draft) -> bool:
        """Whether every actor is a person by name."""
        parse = self.layers.parse
        return all(
            a.basis == "named" and a.span is not None
            and any(parse.tokens[i].entity == "PERSON" for i in parse.tokens_in(a.span))
            for a in draft.actor
        )  # fmt: skip

    def _protest_told(self, draft: Draft) -> bool:
        """Whether a protest is what its clause tells of, so that it needs nobody named ("protests shook the city")."""
        if not draft.match.nominal or not set(draft.modes) & {"demo", "riot"}:
            return False
        token = self.arguments.token(draft.head)
        return draft.match.carrier is not None or token.dep in {"nsubj", "nsubjpass", "ROOT"}

    def _sport(self, draft: Draft) -> str | None:
        if not self.sport or any(set(a.sectors) & ARMED for a in draft.parties):
            return None
        if draft.match.trigger.strength == "strong" and draft.event_type not in _VERBAL:
            return None
        return "the report is about sport"

    def _mishap(self, draft: Draft) -> str | None:
        """Deaths and injuries that nobody meant."""
        if draft.event_type != "ASSAULT" or draft.actor or draft.instrument or set(draft.modes) - {"destroy"}:
            return None
        if not any(m in _BODILY_HARM for _, m in draft.measures):
            return None
        if any(h != draft.head and self.arguments.token(h).pos == "NOUN" for h in draft.heads):
            return None
        first, end = self.layers.parse.sentences[self.arguments.token(draft.head).sentence]
        here = any(w in self.lexicon.mishap for w in self._lemmas(range(first, end)))
        return "accident or disaster" if here or (self.mishaps and not self.conflict) else None

    def _private_quarrel(self, draft: Draft) -> str | None:
        """Crime between private people and what police and courts make of it, in a report of nothing else."""
        if self.conflict or not self.crime:
            return None
        if not self.public and draft.event_type in _COURT:
            state = any(set(a.sectors) & ARMED for a in draft.actor)
            return None if state and draft.event_type == "ASSAULT" else "report of ordinary crime"
        if draft.event_type not in {"ASSAULT", "ACCUSE", "THREATEN"}:
            return None
        if any(public(a) or set(a.sectors) & ARMED for a in draft.parties):
            return None
        if not draft.parties or set(draft.modes) & {"suicide-attack", "explosives", "aerial", "targeted"}:
            return None
        return "ordinary crime between private people"

    def _demolition(self, draft: Draft) -> str | None:
        if draft.event_type != "ASSAULT" or draft.modes != ("destroy",) or draft.instrument:
            return None
        if any(set(a.sectors) & (ARMED | {"GOV", "CVL"}) for a in draft.actor) or self.conflict:
            return None
        return "destroyed by nobody who fights"


def _beyond(actor: Actor, sectors: frozenset[str]) -> bool:
    """Whether a political actor is more than what *sectors* name."""
    return political(actor) and not (actor.sectors and set(actor.sectors) <= sectors)
