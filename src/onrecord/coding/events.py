"""The events coder: from the layers of a report to claims of who did what to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.coding.acts import Acts, turned_round
from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.chains import Chains, Standing
from onrecord.coding.circumstances import Circumstances, Setting
from onrecord.coding.drafts import Drafter
from onrecord.coding.happenings import DONE_TO, close_contents, lend_parties, one_each, tie_purposes, without_parties
from onrecord.coding.matched import Match
from onrecord.coding.modality import NOT_YET, ModalityReader, State
from onrecord.coding.parties import Parties, without
from onrecord.coding.protested import PUBLIC
from onrecord.coding.relevance import NO_PARTY, Relevance
from onrecord.coding.scene import Scene
from onrecord.coding.tense import ahead_is_forecast
from onrecord.coding.tolls import deadly, lend_doers
from onrecord.coding.triggers import Matcher
from onrecord.coding.unnamed import Unnamed
from onrecord.coding.wording import Wording
from onrecord.lexicon.coding import CodingTables
from onrecord.model import (
    Attribution,
    Caveat,
    ClaimLink,
    EventClaim,
    Layers,
    Modality,
    Place,
    Rationale,
    Slot,
    Span,
    Time,
)

_NEEDS_PARTY = frozenset({"ASSAULT", "PROTEST", "COERCE"})
_FORCE = frozenset({"ASSAULT", "MOBILIZE", "COERCE"})
_SOMEWHERE = frozenset({"ASSAULT", "PROTEST", "COERCE", "CONSULT"})
_BASE = {"strong": 0.86, "weak": 0.76, "metaphor": 0.6}


class EventCoder:
    """Codes the events of one report."""

    def __init__(self, layers: Layers, lexicon: CodingTables, arguments: Arguments) -> None:
        self.layers = layers
        self.lexicon = lexicon
        self.arguments = arguments
        self.parties = Parties(layers, arguments, lexicon.triggers.classes)
        self.modality = ModalityReader(arguments, lexicon.modality)
        unnamed = Unnamed(arguments, self.parties)
        sectors, negated = self.parties.sectors, self.modality.negated
        self.matcher = Matcher(arguments, lexicon.triggers, sectors, negated, unnamed.understood)
        self.drafter = Drafter(arguments, self.matcher, self.parties, unnamed)
        self.acts = Acts(arguments, lexicon.ontology, self.drafter.concern, self.modality)
        self.chains = Chains(layers)
        self.circumstances = Circumstances(layers, arguments)
        cues = (a.cue for a in layers.attributions if a.cue is not None)
        kinds = {i: cue.kind for cue in cues for i in layers.parse.tokens_in(cue.span)}
        self.wording = Wording(arguments, self.parties, self.circumstances, kinds)
        self.scene = Scene(layers)
        self.relevance = Relevance(layers, arguments, self.parties, lexicon.relevance)
        self.parties.politics = self.relevance.politics

    def code(self) -> tuple[list[EventClaim], list[EventClaim]]:
        """Coded claims and rejected candidates, each in text order."""
        drafts: list[Draft] = []
        rejected: list[Draft] = []
        matches = tuple(self.matcher.matches())
        idle = [m for m in matches if m.trigger.event_type is None and not m.nominal]
        void = {i for m in idle for i in self.matcher.named_words(m)}  # "took shots at": part of what is no event
        for match in matches:
            draft = None if match.nominal and match.head in void else self._draft(match)
            if draft is None:
                continue
            (rejected if draft.reason is not None else drafts).append(draft)
        drafts = lend_doers(self._in_conflict(self._by_sentence(drafts)), self.arguments)
        drafts = deadly(drafts, self.arguments)
        coded: list[EventClaim] = []
        dropped: list[EventClaim] = []
        for draft in sorted([*drafts, *rejected], key=lambda d: d.head):
            (coded if draft.reason is None else dropped).extend(self._claims(draft))
        return coded, dropped

    def at_word(self, index: int, event_type: str) -> list[EventClaim]:
        """The claims of an event of *event_type* told by the word at *index*, whatever its frame asks for."""
        match = self.matcher.as_type(index, event_type)
        return [] if match is None else self._claims(self.drafter.draft(match, event_type))

    def modes_of(self, words: Sequence[int], event_type: str) -> tuple[str, ...]:
        """Modes of the row that would make *words* an event of *event_type*, () where none is known."""
        found = (self.matcher.as_type(i, event_type) for i in words)
        return next((m.trigger.modes for m in found if m is not None and m.trigger.modes), ())

    def _in_conflict(self, drafts: list[Draft]) -> list[Draft]:
        """*drafts* with violence that names no party ("clashes broke out in the east") let in where the rest of
        the report tells of conflict and a place or day stands with it."""
        certain = [d for d in drafts if d.reason is None and d.event_type in _FORCE]
        if len(certain) < 2:
            return drafts
        return [replace(d, reason=None) if self._anonymous_violence(d) else d for d in drafts]

    def _anonymous_violence(self, draft: Draft) -> bool:
        if draft.reason != NO_PARTY or draft.event_type != "ASSAULT" or not draft.match.nominal:
            return False
        if self.relevance.substance.objection(draft, ()) is not None:
            return False
        definite = {"the", "this", "that", "these", "such", "any", "more", "further"}
        if any(self.arguments.token(c).lower in definite for c in self.arguments.children(draft.head, ("det", "amod"))):
            return False
        heads = self._setting_heads(draft)
        place = self.circumstances.place(heads, (), ())
        time = self.circumstances.time(heads, None)
        return (place is not None and place[1] <= 2) or (time is not None and time[1] <= 1)

    def _draft(self, match: Match) -> Draft | None:
        row = match.trigger
        if row.event_type is None:
            typed = self._typed_rival(match)
            if typed is None:
                return None
            draft = self.drafter.draft(replace(match, trigger=typed.trigger), typed.trigger.event_type or "")
            return replace(
                draft, reason=f"no event: {row.note or row.file.removesuffix('.csv')} ({row.file}:{row.line})"
            )
        return self.drafter.draft(match, row.event_type)

    def _typed_rival(self, match: Match) -> Match | None:
        """The row that would have been coded had a row of no event not won."""
        rows = self.lexicon.triggers.candidates(match.trigger.pos, match.trigger.head)
        typed = tuple(r for r in rows if r.event_type is not None and not r.toll)
        return self.matcher.fitting(match.head, typed)

    def _unfit(self, draft: Draft, contents: frozenset[int]) -> str | None:
        """Why a draft is not coded on its own account, None when it may be."""
        objection = self.relevance.objection(draft, contents)
        if objection is not None:
            return objection
        crowd = draft.event_type == "PROTEST" and bool(PUBLIC & set(draft.modes))  # needs no name to be one
        silent = not draft.parties and not crowd
        if silent and (draft.event_type not in _NEEDS_PARTY or self.wording.only_mentioned(draft)):
            return "no party named"
        return self.wording.objection(draft)

    def _weighed(self, draft: Draft, contents: frozenset[int]) -> Draft:
        if draft.reason is not None:
            return draft
        draft = self.relevance.substance.as_said(draft)
        return replace(draft, reason=self._unfit(draft, contents))

    def _peopled(self, draft: Draft) -> Draft:
        """*draft* with a protest that names nobody given to people of its country."""
        if draft.event_type != "PROTEST" or draft.actor or draft.modes == ("strike",):
            return draft
        return replace(draft, actor=self.drafter.concern.unnamed_protesters())

    def _by_sentence(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Contents closed and happenings joined, sentence by sentence."""
        found: list[Draft] = []
        bundle: list[Draft] = []
        number = -1
        for draft in (*drafts, None):
            sentence = -1 if draft is None else self.arguments.token(draft.head).sentence
            if bundle and sentence != number:
                bundle = self._absorbed(bundle)
                bundle = close_contents(bundle, self.arguments, self.drafter)
                bundle = without_parties(tie_purposes(bundle, self.arguments), self.arguments)
                bundle = lend_parties(bundle, self.arguments)
                contents = frozenset(h for d in bundle for h in (d.closed_by, d.told_by) if h is not None)
                weighed = [self._weighed(d, contents) for d in one_each(bundle, self.arguments)]
                coded = {head for d in weighed if d.reason is None for head in d.heads}
                found.extend(d if d.closed_by in coded else replace(d, closed_by=None) for d in weighed)
                bundle = []
            number = sentence
            if draft is not None:
                bundle.append(draft)
        return found

    def _absorbed(self, drafts: list[Draft]) -> list[Draft]:
        """Without nouns that a verb's row names as part of its frame ("opened fire"), and without light
        verbs whose noun tells what happened."""
        named = {(i, d.head) for d in drafts if not d.match.nominal for i in self.matcher.named_words(d.match)}
        gone = {i for i, _ in named}
        nouns = {d.head: d for d in drafts if d.match.nominal}
        carriers = {d.match.carrier for d in drafts if d.match.carrier is not None and d.head not in gone}
        kept: list[Draft] = []
        for draft in drafts:
            if draft.head in gone and draft.match.nominal:
                continue
            inner = [nouns[i] for i, head in named if head == draft.head and i in nouns]
            if inner and (inner[0].event_type == draft.event_type or not _only_inferred(inner[0])):
                whom = () if draft.event_type == "REQUEST" and inner[0].event_type in DONE_TO else inner[0].recipient
                draft = replace(
                    draft,
                    actor=draft.actor or without(inner[0].actor, draft.recipient),
                    recipient=draft.recipient or without(whom, draft.actor),
                )
            frames = any(head == draft.head for _, head in named)
            if draft.head in carriers and not draft.match.nominal and not frames:
                continue
            kept.append(draft)
        return kept

    # -- claims ------------------------------------------------------------------------------------------

    def _claims(self, draft: Draft) -> list[EventClaim]:
        """The claims of one draft: one for each way in which its words are told."""
        draft = self._peopled(draft)
        trigger = self._trigger(draft)
        assert trigger.span is not None
        anchor = self.arguments.token(draft.head).span
        claims: list[EventClaim] = []
        for n, standing in enumerate(self.chains.standings(anchor)):
            claim = self._claim(draft, trigger, standing, f"e{draft.head}" + (f".{n}" if n else ""))
            claims.extend(self.acts.with_threat(claim, draft, standing.innermost(self.layers)))
            claims.extend(self.acts.also(claim, draft))
        return claims

    def _claim(self, draft: Draft, trigger: Slot, standing: Standing, key: str) -> EventClaim:
        attribution = standing.innermost(self.layers)
        around = self.chains.around(self.arguments.token(draft.head).span)
        modality, state = self.modality.modality(draft.head, draft.match.carrier, attribution, around)
        named = () if draft.match.nominal else self.matcher.named_words(draft.match)
        omitted = self.acts.says_no_itself(named, self.lexicon.modality.negative_subjects)
        if omitted or draft.match.trigger.when_negated:
            modality = turned_round(modality)
        modality = self._with_encoder(modality, draft.head, attribution)
        act = self.acts.act(draft, modality, state, attribution)
        modality = ahead_is_forecast(act.modality)
        setting = self._setting(draft, attribution)
        background = self.scene.background(setting.time)
        time = setting.time or self._day_of_report(draft, modality, background)
        span = self.arguments.clause_span(draft.match.clause_head)
        claim = EventClaim(
            report_id=self.layers.report.report_id,
            text=span.of(self.layers.parse.text),
            span=span,
            status="coded" if draft.reason is None else "rejected",
            reason=draft.reason,
            confidence=self._confidence(draft, modality, setting),
            chain=self.chains.links(standing),
            modality=modality,
            outlet_factuality=self.chains.commits(standing, modality, self.lexicon.modality.committing_cues),
            caveats=self._caveats(draft),
            links=() if draft.closed_by is None else (ClaimLink(claim_id=f"e{draft.closed_by}", kind="content_of"),),
            background=background,
            rationale=self._rationale(draft, state, act.why),
            key=key,
            event_type=act.event_type,
            modes=act.modes,
            contexts=self.scene.contexts(draft.head, self.lexicon.ontology),
            trigger=trigger,
            actor=act.actor,
            recipient=act.recipient,
            object=draft.object,
            instrument=draft.instrument,
            place=setting.place,
            time=time,
            codes=(("measure", measure),) if (measure := _measure(draft)) else (),
        )
        return claim

    def _trigger(self, draft: Draft) -> Slot:
        """The words of the trigger; in pieces where its particle or compound stands apart."""
        parse = self.layers.parse
        words = draft.match.words
        runs: list[list[int]] = []
        for i in words:
            if runs and i == runs[-1][-1] + 1:
                runs[-1].append(i)
            else:
                runs.append([i])
        spans = tuple(parse.span(run[0], run[-1]) for run in runs)
        text = " ".join(s.of(parse.text) for s in spans)
        if len(spans) == 1:
            return Slot(text=text, span=spans[0])
        return Slot(text=text, span=Span(spans[0].start, spans[-1].end), spans=spans)

    def _with_encoder(self, modality: Modality, head: int, attribution: Attribution | None) -> Modality:
        """*modality* with the encoder's factuality where the report itself asserts the event."""
        encoding = self.layers.encoding
        if encoding is None or "factuality" not in encoding.heads or attribution is not None:
            return modality
        value = max(-3.0, min(3.0, float(encoding.heads["factuality"][head][0])))
        if modality.mood in {"questioned", "conditional"}:
            value = min(value, modality.factuality)
        elif modality.mood in NOT_YET:
            value = min(value, 2.0)
        if modality.mood in NOT_YET and modality.polarity == "positive":  # what has yet to happen is not denied
            value = max(value, min(modality.factuality, 0.0))
        if modality.polarity == "negative":  # the head is learned, negation is read: it counts for most
            value = min(value, 0.8 * modality.factuality, 0.0)
        elif modality.mood == "asserted" and value < 0:
            value = max(value, 0.0)
        return replace(modality, factuality=round(value, 2))

    def _setting(self, draft: Draft, attribution: Attribution | None) -> Setting:
        heads = self._setting_heads(draft)
        spans = [a.span for a in draft.parties if a.span is not None]
        place = self.circumstances.place(heads, spans, draft.acted)
        time = self.circumstances.time(heads, attribution)
        where = place[0] if place is not None else self._dateline(draft)
        return Setting(where, time[0] if time else None, place[1] if place else None, time[1] if time else None)

    def _setting_heads(self, draft: Draft) -> tuple[int, ...]:
        carrier = draft.match.carrier
        return draft.heads if carrier is None else (*draft.heads, carrier)

    def _dateline(self, draft: Draft) -> Place | None:
        """The dateline's place, for what happens somewhere and stands in the first paragraph."""
        if draft.event_type not in _SOMEWHERE or not self.scene.leads(draft.head):
            return None
        return self.circumstances.dateline()

    def _day_of_report(self, draft: Draft, modality: Modality, background: bool) -> Time | None:
        if background or modality.mood not in {"asserted", "denied"} or modality.tense not in {"past", "ongoing"}:
            return None
        return self.scene.day_of_report(draft.head)

    def _caveats(self, draft: Draft) -> tuple[Caveat, ...]:
        """Caveats of the same sentence or the next one in the paragraph."""
        sentence = self.arguments.token(draft.head).sentence
        parse = self.layers.parse
        found = []
        for caveat in self.layers.caveats:
            tokens = parse.tokens_in(caveat.span)
            if tokens and 0 <= parse.tokens[tokens[0]].sentence - sentence <= 1:
                same = parse.paragraph_of(caveat.span.start) == parse.paragraph_of(
                    self.arguments.token(draft.head).start
                )
                if same:
                    found.append(caveat)
        return tuple(found)

    def _rationale(self, draft: Draft, state: State, note: str | None) -> Rationale:
        row = draft.match.trigger
        notes: list[str] = [*draft.notes]
        if note is not None:
            notes.append(note)
        if draft.match.carrier is not None:
            notes.append(f"carried by {self.arguments.token(draft.match.carrier).text}")
        notes.extend(f"modality: {why}" for why in state.why)
        notes.extend(f"not {other}" for other in draft.match.dropped[:4])
        return Rationale(rule=f"triggers/{row.file}:{row.line}", notes=tuple(notes))

    def _confidence(self, draft: Draft, modality: Modality, setting: Setting) -> float:
        """A first guess at how likely the claim is right, from what supports it."""
        value = _BASE[draft.match.trigger.strength]
        if not draft.actor:
            value -= 0.08
        if not draft.parties:
            value -= 0.2
        value -= 0.1 * sum(a.basis == "unresolved" for a in draft.parties)
        value -= 0.03 * sum(a.basis == "coreference" for a in draft.parties)
        if draft.match.nominal and draft.match.carrier is None:
            value -= 0.06
        if draft.closed_by is not None:
            value -= 0.1
        if modality.certainty != "certain":
            value -= 0.05
        value += 0.03 * min(3, draft.match.trigger.specificity // 3)
        value += 0.03 if setting.place_rank is not None and setting.place_rank <= 2 else 0.0
        value += 0.02 if len(draft.heads) > 1 else 0.0
        return round(max(0.05, min(0.98, value)), 2)


def _measure(draft: Draft) -> str | None:
    """What a figure beside the event counts: the row's measure, "killed" where the clause tells of deaths."""
    own = {measure for head, measure in draft.measures if head == draft.head}
    joined = {measure for _, measure in draft.measures}
    return "killed" if "killed" in (own or joined) else draft.match.trigger.measure


def _only_inferred(draft: Draft) -> bool:
    """Whether nobody is named as who acts in a draft ("hit a checkpoint": no police hit it)."""
    return bool(draft.actor) and all(a.basis == "inferred" for a in draft.actor)
