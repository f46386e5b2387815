"""Spoken acts: what a source does to another party by what it says, where no verb of the report names the act.

"The minister is a liar", said a rival, is an accusation; "the court should release them" a request; "we will not
leave" a refusal. The reporter tells of the act, the words said are its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.blame import Blame
from onrecord.coding.chains import Standing
from onrecord.coding.concern import Concern
from onrecord.coding.made_before import deed_before
from onrecord.coding.naming import Act, Naming
from onrecord.coding.parties import public, without
from onrecord.coding.standing import Ground
from onrecord.lexicon.spoken import SpokenLexicon
from onrecord.model import Actor, Attribution, EventClaim, Layers, Modality, Rationale, Slot, Span

_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_SPEAKER = frozenset({"i", "we"})
_ADDRESSED = frozenset({"you", "y'all", "ye"})
_OUGHT = frozenset({"should", "must", "ought"})
_WILL = frozenset({"will", "wo", "'ll", "’ll", "shall"})
_CAN = frozenset({"can", "ca", "cannot"})
_DEED_ONLY = frozenset({"it", "this", "that", "these", "those", "which"})
_NOBODY = frozenset({"there", "what", "who", "whatever", "nothing", "nobody", "none", "something", "anyone", "someone"})
_UNSAID = frozenset({"denies", "refuses", "questions", "asks"})
_SHORT = frozenset({"’s", "'s", "’re", "'re", "s"})
_DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "RETREAT"})
_FIRST = 0.74


class SpokenActs:
    """Reads the acts off the contents of one report's attributions."""

    def __init__(self, ground: Ground, words: SpokenLexicon, *, politics: bool) -> None:
        self.ground = ground
        self.words = words
        self.politics = politics
        self.layers: Layers = ground.layers
        self.arguments: Arguments = ground.arguments
        self.parties = ground.parties
        self.concern = Concern(ground.arguments, ground.parties)
        self.naming = Naming(ground.arguments, ground.parties, self.concern, words, politics=politics)
        self.blame = Blame(ground.arguments, ground.parties, words, ground.modality.negated)

    def code(self, coded: Sequence[EventClaim]) -> list[EventClaim]:
        """Claims of spoken acts that none of *coded* tells already, in text order."""
        found: list[EventClaim] = []
        done: list[tuple[Attribution, Act]] = []
        contents = (span for a in self.layers.attributions for span in a.content)
        said = {i for span in contents for i in self.layers.parse.tokens_in(span)}
        for verb in self._clauses():
            named = self.naming.act(verb)
            if named is None and verb not in said:
                continue
            token = self.arguments.token(verb)
            standing = self._by_somebody(self.ground.chains.standings(token.span)[0])
            attribution = standing.innermost(self.layers)
            if named is not None and not self._told(named[0], coded):
                found.append(self._claim(named[0], standing, named[1], self._own_modality(verb, attribution), None))
                continue
            if attribution is None or not self._speaks(attribution):
                continue
            attribution = self._with_codes(attribution)
            act = self._act(verb, attribution)
            # One statement is one act towards one party, however many of its clauses show it.
            if act is None or self._told(act, coded) or any(_again(act, attribution, *before) for before in done):
                continue
            outer = Standing(standing.indices[:-1])
            modality = self._modality(attribution, outer)
            if modality is not None:
                actors = tuple(s for s in (attribution.source, *attribution.more_sources) if s is not None)
                found.append(self._claim(act, outer, actors, modality, attribution))
                done.append((attribution, act))
        return found

    def _by_somebody(self, standing: Standing) -> Standing:
        """*standing* without inner sources that are things ("she says it shows that the mayor is unfit")."""
        while (attribution := standing.innermost(self.layers)) is not None and attribution.source is not None:
            if (attribution.source.text or "").lower() not in _DEED_ONLY:
                break
            outer = standing.indices[:-1] or (() if attribution.parent is None else (attribution.parent,))
            if not outer:
                break
            standing = Standing(outer)
        return standing

    # -- where ---------------------------------------------------------------------------------------------

    def _clauses(self) -> Iterator[int]:
        """Verbs that head a main clause of what is said: of a quoted sentence, or what the cue governs."""
        for token in self.layers.parse.tokens:
            main = token.pos in {"VERB", "AUX"} and token.dep in _MAIN and token.tag != "VBG"
            main = main or self.blame.predicate(token.index) or self._that_clause(token.index)
            if main or (token.pos == "VERB" and (token.dep in {"ROOT", "ccomp"} or token.lemma in self.words.naming)):
                yield token.index

    def _that_clause(self, verb: int) -> bool:
        """A that-clause that the parser took for an adverbial ("wrote in a letter that the mayor was unfit")."""
        token = self.arguments.token(verb)
        if token.dep != "advcl" or token.pos not in {"VERB", "AUX"} or token.head > verb:
            return False
        first = self.arguments.token(token.left)
        return first.lower == "that" and first.head == verb

    def _speaks(self, attribution: Attribution) -> bool:
        """Whether somebody says it, and says it as their own: no report, poll, question or denial."""
        source = attribution.source
        if source is None or source.span is None or (attribution.cue is not None and attribution.cue.kind in _UNSAID):
            return False
        if source.basis == "unresolved":
            return False
        covered = self.layers.parse.tokens_in(source.span)
        person = any(self.arguments.token(i).entity == "PERSON" for i in covered)
        return bool(person or source.sectors or source.actor_id or source.country or self._people(covered))

    def _with_codes(self, attribution: Attribution) -> Attribution:
        """*attribution* with what the mention at its source is known to be, where the source itself has no codes."""
        source = attribution.source
        if source is None or source.span is None or source.sectors or source.country:
            return attribution
        mention = self.layers.actor_at(source.span)
        if mention is None or mention.span is None or not source.span.contains(mention.span):
            return attribution
        known = replace(source, country=mention.country, sectors=mention.sectors)
        return replace(attribution, source=known)

    def _people(self, covered: range) -> bool:
        """Whether the words of a source are people, not a document or a poll."""
        heads = (i for i in covered if self.arguments.token(i).head not in covered)
        return any(self.parties.is_human(i) for i in heads)

    def _main(self, verb: int, attribution: Attribution) -> bool:
        """Whether the clause is said outright, not under "if", "because" or another's saying."""
        at = verb
        for _ in range(6):
            token = self.arguments.token(at)
            while (
                not self.arguments.token(token.head).text.isalpha() and token.dep in _MAIN and token.head != token.index
            ):
                token = self.arguments.token(token.head)  # the dash behind a dateline, taken for a verb
            if token.dep == "ROOT" or token.head == at:
                return True
            above = self.arguments.token(token.head)
            if not attribution.holds(above.span):
                return token.dep in {"ccomp", "conj", "parataxis"} or self._that_clause(at)
            if token.dep == "ccomp" and above.lemma not in self.words.opinion:
                return above.index > at  # "…, he says": the parser hangs what is said below its cue
            if token.dep not in _MAIN:
                return False
            at = token.head
        return False

    # -- which ---------------------------------------------------------------------------------------------

    def _act(self, verb: int, attribution: Attribution) -> Act | None:
        if not self._main(verb, attribution) or self._asked(verb):
            return None
        subjects = self.arguments.surface_subjects(verb)
        if not subjects:
            return None
        words = {self.arguments.token(i).lower for i in subjects}
        if words & _NOBODY:
            return None
        aux = {self.arguments.token(c).lower for c in self.arguments.children(verb, ("aux",))}
        own = bool(words & _SPEAKER) or self._is_source(subjects, attribution)
        if own:
            return self._refusal(verb, aux, attribution)
        target = self._target(subjects, attribution)
        return self._blame(verb, subjects, target, attribution, aux) or self._due(
            verb, subjects, target, aux, attribution
        )

    def _asked(self, verb: int) -> bool:
        """Whether the sentence is a question, or hangs on a condition."""
        first, end = self.layers.parse.sentences[self.arguments.token(verb).sentence]
        tokens = self.layers.parse.tokens[first:end]
        if any(t.text == "?" for t in tokens[-2:]):
            return True
        return any(
            self.arguments.token(m).lower in {"if", "unless", "whether"}
            for m in self.arguments.children(verb, ("mark", "advmod"))
        )

    def _is_source(self, subjects: Sequence[int], attribution: Attribution) -> bool:
        """Whether a clause is about its speaker ("he would not resign")."""
        source = attribution.source
        assert source is not None
        for index in subjects:
            actor = self.parties.party(index)
            if actor is None:
                continue
            if source.actor_id is not None and actor.actor_id == source.actor_id:
                return True
            if actor.via is not None and source.span is not None and actor.via.span.overlaps(source.span):
                return True
            if actor.via is not None and source.via is not None and actor.via.span.overlaps(source.via.span):
                return True
        return False

    def _target(self, subjects: Sequence[int], attribution: Attribution) -> tuple[Actor, ...]:
        """The party that the clause is about: its subject, or whose its subject is."""
        assert attribution.source is not None
        found: list[Actor] = []
        for index in subjects:
            if self.arguments.token(index).lower in _ADDRESSED | _DEED_ONLY:
                continue
            at = self.parties.parties(index)
            found.extend(at or (a for a in self.concern.of_thing(index) if public(a)))
        named = [a for a in found if a.span is not None and a.basis != "unresolved"]
        return without(named, (attribution.source,))

    def _gate(self, target: Sequence[Actor], attribution: Attribution, strong: bool) -> bool:
        """Whether the words pass between parties of public life."""
        source = attribution.source
        assert source is not None
        if target:
            known = strong or any(a.sectors or a.country for a in target)
            return any(public(a) for a in target) or (public(source) and known)
        return strong and (public(source) or self.politics)

    def _blame(
        self, verb: int, subjects: Sequence[int], target: tuple[Actor, ...], attribution: Attribution, aux: set[str]
    ) -> Act | None:
        token = self.arguments.token(verb)
        copula = token.lemma == "be" or (token.lower in _SHORT and token.pos in {"AUX", "VERB"})
        if self.blame.predicate(verb):
            shown = self.blame.said_of_subject(verb)
        else:
            shown = self.blame.copula(verb) if copula else self.blame.deed(verb, subjects, aux)
        if shown is None:
            return None
        words, strong = shown
        if not self._gate(target, attribution, strong):
            return None
        said = " ".join(self.arguments.token(i).text for i in words)
        target = target or self._whose_deed(subjects, attribution)
        return Act("ACCUSE", ("disapprove",), verb, words, target, f"said of somebody, it blames: {said}")

    def _whose_deed(self, subjects: Sequence[int], attribution: Attribution) -> tuple[Actor, ...]:
        """Whose deed is called a mistake, as the words right before it within the same statement tell."""
        index = subjects[0]
        number = self.arguments.token(index).sentence
        if len(subjects) > 1 or number == 0 or self.arguments.token(index).lower not in _DEED_ONLY:
            return ()
        before = self.arguments.token(self.layers.parse.sentences[number][0] - 1)
        held = attribution.holds(before.span) or attribution.holds(self.arguments.token(before.index - 1).span)
        found = deed_before(self.arguments, self.parties, index) if held and attribution.source is not None else ()
        return without(found, () if attribution.source is None else (attribution.source,))

    def _due(
        self, verb: int, subjects: Sequence[int], target: tuple[Actor, ...], aux: set[str], attribution: Attribution
    ) -> Act | None:
        """ "Should" and "must" of another: it is asked to do so."""
        token = self.arguments.token(verb)
        oughts = [c for c in self.arguments.children(verb, ("aux",)) if self.arguments.token(c).lower in _OUGHT]
        passive = self.arguments.passive(verb)
        if not oughts or token.lemma in self.words.not_asked or "have" in aux or "be" in aux:
            return None
        source = attribution.source
        assert source is not None
        addressed = {self.arguments.token(i).lower for i in subjects} & _ADDRESSED
        if not any(public(a) for a in target) and not (public(source) and (passive or addressed)):
            return None
        words = tuple(range(oughts[0], verb + 1)) if verb - oughts[0] <= 4 else (oughts[0], verb)
        asked = " ".join(self.arguments.token(i).text for i in words)
        return Act("REQUEST", ("change",) if target else (), verb, words, target, f"said of another, it asks: {asked}")

    def _refusal(self, verb: int, aux: set[str], attribution: Attribution) -> Act | None:
        """ "Will not" of the speaker: a refusal."""
        token = self.arguments.token(verb)
        source = attribution.source
        assert source is not None
        if not (public(source) or self.politics) or self.arguments.passive(verb):
            return None
        act = verb
        going = token.lemma == "go" and token.tag == "VBG"
        if going:
            act = next(iter(self.arguments.children(verb, ("xcomp",))), verb)
        if not self.ground.modality.negated(verb) or (going and act == verb):
            return None
        lemma = self.arguments.token(act).lemma
        if lemma == "let" and "down" in self.arguments.particles(act):
            return None  # "I will not let you down": a promise
        will = bool(aux & _WILL) or going or ("would" in aux and attribution.form == "indirect")
        if not (will and lemma not in self.words.not_refused) and not (aux & _CAN and lemma in self.words.cannot):
            return None
        said = tuple(sorted({*(c for c in self.arguments.children(verb, ("aux", "neg")) if c < act), verb, act}))
        things = self.arguments.objects(act)
        recipient = [a for i in things for a in (self.parties.parties(i) or self.concern.of_thing(i)) if a.span]
        text = " ".join(self.arguments.token(i).text for i in said)
        return Act("REJECT", (), act, said, without(recipient, (source,)), f"said of oneself, it refuses: {text}")

    # -- claims --------------------------------------------------------------------------------------------

    def _told(self, act: Act, coded: Sequence[EventClaim]) -> bool:
        """Whether a claim of the same type stands on the same words, or one of a deed that was told, not blamed."""
        span = self.layers.parse.span(act.words[0], act.words[-1])
        types = {act.event_type, *(_DEEDS if act.event_type == "ACCUSE" else ())}
        return any(
            c.event_type in types and c.trigger is not None and c.trigger.span is not None
            and c.trigger.span.overlaps(span)
            for c in coded
        )  # fmt: skip

    def _claim(
        self,
        act: Act,
        standing: Standing,
        actors: tuple[Actor, ...],
        modality: Modality,
        attribution: Attribution | None,
    ) -> EventClaim:
        parse = self.layers.parse
        span = self._clause(act.clause, attribution)
        trigger = parse.span(act.words[0], act.words[-1])
        committing = self.ground.lexicon.modality.committing_cues
        return EventClaim(
            report_id=self.layers.report.report_id,
            text=span.of(parse.text),
            span=span,
            status="coded",
            confidence=_FIRST - (0.0 if act.recipient else 0.1),
            chain=self.ground.chains.links(standing),
            modality=modality,
            outlet_factuality=self.ground.chains.commits(standing, modality, committing),
            rationale=Rationale(rule="spoken_acts.toml", notes=(act.why,)),
            key=f"s{act.words[-1]}",
            event_type=act.event_type,
            modes=act.modes,
            contexts=self.ground.scene.contexts(act.clause, self.ground.lexicon.ontology),
            trigger=Slot(text=trigger.of(parse.text), span=trigger),
            actor=actors,
            recipient=act.recipient,
            time=None if attribution is None else attribution.time,
        )

    def _clause(self, verb: int, attribution: Attribution | None) -> Span:
        """The clause of what is said, with that of its cue where it is reported indirectly in the same sentence."""
        span = self.arguments.clause_span(verb)
        if attribution is None or attribution.cue is None or attribution.form == "direct":
            return span
        inside = self.layers.parse.tokens_in(attribution.cue.span)
        if not inside or self.arguments.token(inside[0]).sentence != self.arguments.token(verb).sentence:
            return span
        cue = attribution.cue.span
        return Span(min(span.start, cue.start), max(span.end, cue.end))

    def _own_modality(self, verb: int, attribution: Attribution | None) -> Modality:
        modality, _ = self.ground.modality.modality(verb, None, attribution)
        return modality

    def _modality(self, attribution: Attribution, outer: Standing) -> Modality | None:
        """Modality of the saying; None where nothing is said ("did not say that")."""
        cue = attribution.cue
        if cue is None or attribution.continued:
            return Modality(tense="past")
        inside = self.layers.parse.tokens_in(cue.span)
        if not inside:
            return Modality(tense="past")
        head = next((i for i in inside if self.arguments.token(i).pos == "VERB"), inside[0])
        modality, _ = self.ground.modality.modality(head, None, outer.innermost(self.layers))
        if modality.polarity == "negative" or modality.mood != "asserted":
            return None
        return modality


def _again(act: Act, attribution: Attribution, told: Attribution, before: Act) -> bool:
    """Whether the same statement has shown such an act towards nobody else already."""
    if act.event_type != before.event_type or (told.cue, told.content) != (attribution.cue, attribution.content):
        return False
    parties, others = ({a.actor_id or a.text for a in x.recipient} for x in (act, before))
    return parties <= others
