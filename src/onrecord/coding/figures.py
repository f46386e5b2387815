"""Figures: counts tied to the event that they tell of, or standing alone as tolls and sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.coding.quantities import Quantity, find_quantities
from onrecord.coding.standing import Ground
from onrecord.lexicon.measures import MeasureLexicon, load_measures
from onrecord.model import ClaimLink, EventClaim, Figure, FigureClaim, Slot, Span, Time

_WARS = frozenset(
    "war conflict fighting violence unrest insurgency crackdown uprising campaign offensive revolt rebellion "
    "crisis epidemic disease disaster protest siege".split()
)
_SO_FAR = frozenset({"since", "so far", "in total", "overall", "to date", "altogether", "cumulative"})
_VICTIMS = frozenset({"killed", "injured", "casualties", "arrested", "abducted", "missing", "displaced", "released",
                      "detained", "surrendered", "prisoners", "refugees"})  # fmt: skip
_HARM = frozenset({"killed", "injured", "casualties"})
_PART_REACH = 90
_LONG = frozenset({"quarter", "season", "year", "decade"})
_MANY = 10
"""From how many on those killed over so long a time are the sum of several happenings rather than one."""
_SIZES = frozenset({"fighters", "troops", "refugees", "prisoners", "displaced", "observation_posts", "protesters",
                    "detained", "casualties", "killed", "injured", "missing", "rounds", "strikes", "attacks",
                    "aircraft", "weapons"})  # fmt: skip
_HELD = frozenset(
    "have be include number total control command host hold lose house shelter deploy station comprise reach exceed "
    "record report count".split()
)


class FigureCoder:
    """Finds the figures of one report."""

    def __init__(self, ground: Ground, lexicon: MeasureLexicon | None = None) -> None:
        self.ground = ground
        self.lexicon = lexicon or load_measures()
        self.parse = ground.layers.parse
        skip = [t.span for t in ground.layers.times if t.span is not None]
        self.quantities = find_quantities(self.parse, self.lexicon, skip)
        self._used: set[int] = set()

    def code(self, events: Sequence[EventClaim]) -> tuple[list[EventClaim], list[EventClaim], list[FigureClaim]]:
        """*events* with their figures; those that are only cumulative tolls apart; figures that stand alone."""
        kept: list[EventClaim] = []
        tolls: list[EventClaim] = []
        for event in events:
            if self._is_toll(event):
                tolls.append(replace(event, status="rejected", reason="a cumulative toll, kept as a figure"))
            else:
                kept.append(replace(event, figures=(*event.figures, *self._of_event(event))))
        return kept, tolls, [claim for q in self.quantities for claim in self._alone(q, kept)]

    # -- figures of events ---------------------------------------------------------------------------------

    def _is_toll(self, event: EventClaim) -> bool:
        """ "The war has killed 350,000 since 2011" tells no one event, nor does "some 170 died in January"."""
        head = self._head(event)
        if head is None or event.event_type != "ASSAULT":
            return False
        if self._is_sum(event, head):
            return True
        roles = self.ground.arguments
        subjects = roles.subjects(head) if roles.token(head).pos == "VERB" else ()
        return any(self.parse.tokens[i].lemma in _WARS for i in subjects) and any(
            q.counted in roles.objects(head) or q.number in roles.objects(head) for q in self.quantities
        )

    def _is_sum(self, event: EventClaim, head: int) -> bool:
        """Whether many are said to have been killed or hurt over a year or a part of it, by nobody and with nothing."""
        found = self.lexicon.find("verb", self.parse.tokens[head].lemma)
        if found is None or found.measure not in _HARM or event.actor or event.instrument or event.modes:
            return False
        if event.time is None or event.time.granularity not in _LONG:
            return False
        if event.place is not None and event.place.precision not in {"country", "region"}:
            return False  # "in 2004, 191 people were killed in Madrid": told with its year, but one happening
        roles = self.ground.arguments
        victims = {*roles.objects(head), *roles.surface_subjects(head)}
        told = (q for q in self.quantities if q.counted in victims or q.number in victims)
        return any((q.low or q.best or 0) >= _MANY for q in told)

    def _head(self, event: EventClaim) -> int | None:
        span = event.trigger.span
        tokens = self.parse.tokens_in(span) if span is not None else ()
        heads = self.parse.heads_in(tokens)
        return heads[0] if heads else None

    def _of_event(self, event: EventClaim) -> Iterator[Figure]:
        """Counts of the recipients, and of those killed or hurt by the way."""
        head = self._head(event)
        if head is None:
            return
        seen: set[int] = set()
        verbs = [head, *self._consequences(head), *self._outcome(head)]
        slots = [r.span for r in (*event.recipient, *(event.actor if event.event_type == "PROTEST" else ())) if r.span]
        for quantity in self.quantities:
            if quantity.unit is not None or quantity.number in seen or self._is_subset(quantity):
                continue  # a part of the toll stands for itself, tied to the whole
            measure = self._by_verb(quantity, verbs) or self._by_recipient(quantity, slots, event, head)
            if measure is not None:
                seen.add(quantity.number)
                self._used.add(quantity.number)
                yield self.figure(quantity, measure)

    def _consequences(self, head: int) -> list[int]:
        """Participles that hang on the event's verb: "bombed a market, killing 15 and wounding 30"."""
        found = []
        for child in self.ground.arguments.parse.children[head]:
            token = self.parse.tokens[child]
            if token.dep in {"advcl", "conj", "xcomp", "prep", "acl"} and token.pos == "VERB":
                found.append(child)
                found += [c for c in self.parse.children[child] if self.parse.tokens[c].dep == "conj"]
            elif token.dep == "dobj":  # "fired 20 rounds in which two people died"
                found += [c for c in self.parse.children[child] if self.parse.tokens[c].dep == "relcl"]
        return found

    def _outcome(self, head: int) -> list[int]:
        """The verb of dying or being hurt that an event explains ("two people died when police opened fire")."""
        token = self.parse.tokens[head]
        if token.dep != "advcl":
            return []
        marks = {self.parse.tokens[c].lower for c in self.parse.children[head] if c < head}
        found = self.lexicon.find("verb", self.parse.tokens[token.head].lemma)
        if not marks & {"when", "as", "after", "while"} or found is None or found.measure not in _HARM:
            return []
        return [token.head]

    def _by_recipient(self, quantity: Quantity, slots: Sequence[Span], event: EventClaim, head: int) -> str | None:
        span = quantity.span(self.parse)
        if not any(slot.overlaps(span) for slot in slots):
            return None
        lemma = self.parse.tokens[head].lemma
        found = self.lexicon.find("verb", lemma) or self.lexicon.find("noun", lemma)
        if found is not None and found.measure in _VICTIMS:
            return found.measure
        by_type = {"arrest": "arrested", "abduct": "abducted", "release": "released", "deport": "displaced",
                   "expel": "displaced", "demo": "protesters", "riot": "protesters"}  # fmt: skip
        for mode in event.modes:
            if mode in by_type:
                return by_type[mode]
        counted = self._noun_measure(quantity)
        return counted or "people"

    def _by_verb(self, quantity: Quantity, verbs: Sequence[int]) -> str | None:
        """The measure of a count that is the object of the event's verb or of one that hangs on it."""
        anchors = {quantity.number, quantity.counted, quantity.first}
        roles = self.ground.arguments
        for verb in verbs:
            found = self.lexicon.find("verb", self.parse.tokens[verb].lemma)
            if found is None:
                continue
            fits = roles.objects(verb) if found.role in {"obj", "both"} else roles.subjects(verb)
            if anchors & set(fits):
                return found.measure
        return None

    # -- figures that stand alone ----------------------------------------------------------------------------

    def _alone(self, quantity: Quantity, events: Sequence[EventClaim]) -> Iterator[FigureClaim]:
        if quantity.number in self._used or quantity.unit is not None:
            return
        read = self._part(quantity, events) or self._measured(quantity)
        if read is None:
            return
        measure, head, rule = read
        cumulative = self._cumulative(head)
        if not cumulative and measure not in _SIZES and rule == "noun":
            return
        figure = self.figure(quantity, measure)
        for told in self.ground.told(head, f"measures: {rule} {self.parse.tokens[head].lemma}", 0.7, "f", ()):
            since = self._since(head)
            place = self.ground.circumstances.place((head,), (), ())
            yield FigureClaim(
                **told.fields,
                figure=figure,
                cumulative=cumulative,
                since=since,
                place=place[0] if place is not None and place[1] <= 2 else None,
                time=None if since is not None else self.ground.time(head, told.standing),
                trigger=self.ground.slot(head, head),
                links=self._link(quantity, events),
                background=bool(since is None and cumulative and self._old(head)),
            )

    def _link(self, quantity: Quantity, events: Sequence[EventClaim]) -> tuple[ClaimLink, ...]:
        """A part of an event's toll ("12 people, among them four children")."""
        span = quantity.span(self.parse)
        for event in events:
            if any(f.span.end <= span.start <= f.span.end + _PART_REACH for f in event.figures) and self._is_subset(
                quantity
            ):
                return (ClaimLink(claim_id=event.key, kind="subset_of"),)
        return ()

    def _part(self, quantity: Quantity, events: Sequence[EventClaim]) -> tuple[str, int, str] | None:
        """Measure of a part of an event's toll, which is that of the whole; None where it is none."""
        if not self._is_subset(quantity) or quantity.counted is None:
            return None
        start = quantity.span(self.parse).start
        whole = [f for e in events for f in e.figures if 0 <= start - f.span.end <= _PART_REACH]
        if not whole:
            return None
        nearest = max(whole, key=lambda f: f.span.end)
        return nearest.measure, quantity.counted, "noun"

    def _is_subset(self, quantity: Quantity) -> bool:
        """Whether a count is a part of one before it: behind "including" or "among", or joined to one that is."""
        before = [self.parse.tokens[i].lower for i in range(max(0, quantity.first - 3), quantity.first)]
        if bool({"including", "among", "include", "includes"} & set(before)) and "and" not in before[-1:]:
            return True
        if quantity.counted is None or self.parse.tokens[quantity.counted].dep != "conj":
            return False
        above = self.parse.tokens[quantity.counted].head
        other = next((q for q in self.quantities if q.counted == above and q.first < quantity.first), None)
        return other is not None and self._is_subset(other)

    def _old(self, head: int) -> bool:
        return not self.ground.scene.leads(head)

    def _measured(self, quantity: Quantity) -> tuple[str, int, str] | None:
        """Measure, the word that gives it, and whether that is a verb, an adjective or a noun."""
        roles = self.ground.arguments
        anchors = [i for i in (quantity.counted, quantity.number, quantity.first) if i is not None]
        for anchor in anchors:
            for above in self.parse.ancestors(anchor):
                token = self.parse.tokens[above]
                if token.pos in {"VERB", "AUX"}:
                    found = self._verb_measure(above, anchors)
                    if found is not None:
                        return found
                    break
            for child in self.parse.children[anchor]:
                token = self.parse.tokens[child]
                found_verb = self.lexicon.find("verb", token.lemma) if token.dep == "amod" else None
                if found_verb is not None and token.tag == "VBN" and found_verb.measure in _VICTIMS:
                    return found_verb.measure, child, "verb"
        subset = self._is_subset(quantity)
        noun = self._noun_measure(quantity)
        if noun is None:
            return None
        index = quantity.counted if quantity.counted is not None else quantity.number
        governor = next((a for a in self.parse.ancestors(index) if self.parse.tokens[a].pos in {"VERB", "AUX"}), None)
        standing = governor is not None and self.parse.tokens[governor].lemma in _HELD
        if subset or noun in _VICTIMS or standing or (governor is not None and index in roles.objects(governor)):
            return noun, index, "noun"
        return None

    def _verb_measure(self, verb: int, anchors: Sequence[int]) -> tuple[str, int, str] | None:
        roles = self.ground.arguments
        found = self.lexicon.find("verb", self.parse.tokens[verb].lemma)
        if found is not None:
            fits = roles.objects(verb) if found.role == "obj" else roles.subjects(verb)
            if set(anchors) & set(fits):
                return found.measure, verb, "verb"
        for child in self.parse.children[verb]:
            token = self.parse.tokens[child]
            if token.dep in {"acomp", "oprd", "attr"}:
                adjective = self.lexicon.find("adj", token.lemma)
                if adjective is not None and set(anchors) & set(roles.own_subjects(verb)):
                    return adjective.measure, child, "adjective"
            if token.dep in {"nsubj", "nsubjpass"}:
                toll = self.lexicon.find("noun", token.lemma)
                if toll is not None and toll.role == "toll":
                    return toll.measure, child, "toll"
                if token.lemma in {"number", "count", "total"}:
                    counted = self._number_of(child)
                    if counted is not None:
                        return counted, child, "toll"
        return None

    def _number_of(self, index: int) -> str | None:
        """Measure of "the number of people killed"; None where the noun counts something else."""
        for i in self.parse.tokens_in(self.parse.subtree(index)):
            token = self.parse.tokens[i]
            found = self.lexicon.find("verb", token.lemma) if token.dep == "acl" and token.tag == "VBN" else None
            found = found or (self.lexicon.find("noun", token.lemma) if token.dep == "pobj" else None)
            if found is not None and found.measure in _VICTIMS:
                return found.measure
        return None

    def _noun_measure(self, quantity: Quantity) -> str | None:
        if quantity.counted is None:
            return None
        token = self.parse.tokens[quantity.counted]
        before = self.parse.tokens[quantity.counted - 1].lemma if quantity.counted else ""
        for lemma in (f"{before} {token.lemma}", token.lemma):
            found = self.lexicon.find("noun", lemma)
            if found is not None and found.role == "self":
                return found.measure
        return None

    def _cumulative(self, head: int) -> bool:
        words = " ".join(self.parse.tokens[i].lower for i in self._clause(head))
        if any(f" {w} " in f" {words} " for w in _SO_FAR):
            return True
        roles = self.ground.arguments
        if self.parse.tokens[head].pos == "VERB":
            return any(self.parse.tokens[i].lemma in _WARS for i in roles.subjects(head))
        found = self.lexicon.find("noun", self.parse.tokens[head].lemma)
        return found is not None and found.role == "toll"

    def _clause(self, head: int) -> range:
        token = self.parse.tokens[head]
        first, end = self.parse.sentences[token.sentence]
        return range(first, end)

    def _since(self, head: int) -> Time | None:
        """The time that a "since" in the sentence leads to."""
        clause = self._clause(head)
        for i in clause:
            if self.parse.tokens[i].lower != "since":
                continue
            after = [
                t for t in self.ground.layers.times
                if t.span is not None and self.parse.tokens[i].end <= t.span.start <= self.parse.tokens[clause[-1]].end
                and t.type in {"DATE", "TIME"}
            ]  # fmt: skip
            if after:
                return after[0]
        return None

    # -- figures themselves ----------------------------------------------------------------------------------

    def figure(self, quantity: Quantity, measure: str) -> Figure:
        """The figure of *quantity* with *measure*."""
        span = quantity.span(self.parse)
        of: Slot | None = None
        if quantity.counted is not None:
            phrase = self.ground.arguments.noun_phrase(quantity.counted)
            first = self.parse.tokens_in(phrase)
            start = next((i for i in first if i > quantity.last), quantity.counted)
            whole = Span(self.parse.tokens[min(start, quantity.counted)].start, phrase.end)
            of = Slot(text=whole.of(self.parse.text), span=whole, basis="described")
        return Figure(
            measure=measure,
            low=quantity.low,
            best=quantity.best,
            high=quantity.high,
            bound=quantity.bound,
            text=span.of(self.parse.text),
            span=span,
            of=of,
            unit=quantity.unit,
        )
