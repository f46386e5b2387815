"""Deep roles over the dependency tree: who does what to whom once passives, relatives and control are undone.

Labels are ClearNLP's, as spaCy's English pipelines give them. Everything is in token indices of one parse.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.coding.dependents import OBJECT
from onrecord.coding.lost_subjects import body_behind, lost_subjects
from onrecord.coding.makers import writers
from onrecord.coding.relatives import meant
from onrecord.coding.voice import Voice
from onrecord.lexicon.modality import Control
from onrecord.model import Parse

SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_SETTING = frozenset({"after", "before", "since", "despite", "during", "in", "through", "with", "following"})
_COURTS = frozenset({"court", "judge", "magistrate", "tribunal", "jury", "bench", "justice"})
_CHARGING = frozenset({"charge", "accuse", "indict", "suspect", "convict", "arraign", "sue", "remand"})
_PARTICIPLE = frozenset({"VBN", "VBD"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


class Arguments(Voice):
    """The arguments of each verb and noun of one parse, worked out on demand and remembered.

    ``control`` says which verbs hand their object on as subject of the clause they govern, which nouns
    only count or group ("dozens of people"), and which verbs cannot stand without an object.
    """

    def __init__(self, parse: Parse, control: Control) -> None:
        super().__init__(parse, control)
        self._surface: dict[int, tuple[int, ...]] = {}
        self._objects: dict[int, tuple[int, ...]] = {}

    def surface_subjects(self, index: int) -> tuple[int, ...]:
        """Grammatical subject of verb *index*, coordination unfolded, or the one it shares or inherits."""
        if index not in self._surface:
            self._surface[index] = ()  # a circle in a broken tree ends here
            self._surface[index] = self._find_surface(index)
        return self._surface[index]

    def own_subjects(self, index: int) -> tuple[int, ...]:
        """Subjects that hang on the verb itself, relative pronouns undone."""
        found: list[int] = []
        for child in self._subject_words(index):
            if (
                self.token(child).pos == "VERB"
                and self.token(child).tag != "VBG"
                and self.token(child).entity != "PERSON"  # "Trump", taken for a verb
                and not self.people_by_participle(child)
            ):
                continue
            found.extend(self._antecedent(index, child))
        return tuple(dict.fromkeys(found))

    def people_by_participle(self, index: int) -> bool:
        """Whether a participle with an article stands for people ("the accused", "the wounded")."""
        token = self.token(index)
        if token.tag not in _PARTICIPLE or token.pos != "VERB" or token.dep in {"ROOT", "conj", "relcl", "ccomp"}:
            return False
        if any(self.token(c).lower == "the" for c in self.children(index, ("det",))):
            return True
        return index > 0 and self.token(index - 1).lower in {"the", "two", "three", "four", "five", "many", "other"}

    def _subject_words(self, index: int) -> Iterator[int]:
        """Subjects of a verb; the parser now and then hangs them on its auxiliary."""
        own = tuple(self.children(index, SUBJECT))
        yield from own or self._mistaken_subject(index)
        for auxiliary in self.children(index, ("aux", "auxpass")):
            yield from self.children(auxiliary, SUBJECT)

    def _mistaken_subject(self, index: int) -> Iterator[int]:
        """A name right before a finite verb that the parser takes for an adverbial ("Turkey massed troops")."""
        if self.token(index).tag not in {"VBD", "VBZ", "VBP"}:
            return
        for child in self.children(index, ("npadvmod", "dep", "nmod")):
            token = self.token(child)
            if child < index and token.pos in {"PROPN", "NOUN"} and token.entity in {"GPE", "ORG", "PERSON", "NORP"}:
                yield child

    def _antecedent(self, verb: int, child: int) -> tuple[int, ...]:
        """*child* unfolded, or what it stands for where it is a relative pronoun."""
        token = self.token(child)
        if token.lower in RELATIVE and token.tag in {"WDT", "WP", "DT", "IN"}:
            clause = self._relative_clause(verb)
            if clause is not None:
                return (meant(self, verb, self.token(clause).head, child),)
        return self.coordinated(body_behind(self, child))

    def _relative_clause(self, verb: int) -> int | None:
        """The clause (this verb or one it is coordinated with or complement of) that modifies a noun."""
        seen = 0
        while seen < 4:
            token = self.token(verb)
            if token.dep == "relcl" or (token.dep == "acl" and token.tag in _FINITE):
                return verb
            if token.dep not in {"conj", "ccomp", "xcomp"} or token.head == verb:
                return None
            verb = token.head
            seen += 1
        return None

    def _find_surface(self, index: int) -> tuple[int, ...]:
        own = self.own_subjects(index)
        if own:
            return own
        token = self.token(index)
        head = token.head
        if (lost := lost_subjects(self, index)) is not None:
            return lost
        if head == index:
            return ()
        if (root := self.interrupted(index)) is not None:
            return self.coordinated(root)
        if token.dep == "conj" and self.token(head).pos in {"VERB", "AUX"}:
            if (outer := self._verb_above(index, head)) is not None:
                return self.surface_subjects(outer)
            for other in reversed(tuple(self.children(head, ("conj",)))):  # the nearest clause before it
                if head < other < index and (shared := self.own_subjects(other)):
                    return shared
            return self.surface_subjects(head)
        if token.dep in {"acl", "relcl"}:
            return self._modified_noun(index, head)
        if token.dep == "oprd" or (token.dep == "xcomp" and self.passive(index)):
            return self.objects(head) or self.surface_subjects(head)
        if token.dep == "xcomp" and self.telephones(head, index):
            return self.surface_subjects(head)
        if token.dep in {"xcomp", "ccomp"}:
            return () if self.imperative(index) else self._controller(head)
        if token.dep == "advcl" and (beside := self._parted_subject(index, head)) is not None:
            return self.coordinated(beside)
        if token.dep == "advcl" and (outer := self._sayer(index, head)) is not None:
            return self.surface_subjects(outer)
        if token.dep == "advcl" and token.tag == "VBG" and (named := self.right_before(index, head)) is not None:
            return self.coordinated(named)
        if token.dep in {"advcl", "prep", "dep", "parataxis"} and self.token(head).pos in {"VERB", "AUX"}:
            return self.surface_subjects(head)
        if token.dep == "pcomp" or (token.dep == "pobj" and token.tag == "VBG"):
            return self._gerund_subject(head)
        return ()

    def _parted_subject(self, verb: int, head: int) -> int | None:
        """A subject that words put in part from its verb ("when Silva, after railing against it, signed")."""
        for child in self.children(head, ("advcl",)):
            if child < verb and self.token(child).pos in {"PROPN", "NOUN", "PRON"}:
                return child
        return None

    def _sayer(self, verb: int, head: int) -> int | None:
        """The verb of saying over what was done to somebody, where a participle tells what else the speaker does ("the
        union said nine were arrested, accusing the mayor of")."""
        token, done = self.token(verb), self.token(head)
        outer = self.token(done.head)
        spoken = token.tag == "VBG" and token.lemma in self.control.addressing and self.passive(head)
        said = done.dep == "ccomp" and outer.index < head and outer.lemma in self.control.addressing
        return outer.index if spoken and said and self.token(token.left - 1).text == "," else None

    def telephones(self, head: int, verb: int) -> bool:
        """Whether somebody is called on the telephone to say something ("called the senator to congratulate him")."""
        if self.token(head).lemma != "call" or self.token(verb).lemma not in self.control.addressing:
            return False
        return any(self.token(c).index > head for c in self.children(head, ("dobj",)))

    def imperative(self, index: int) -> bool:
        """Whether verb *index* tells whoever is spoken to what to do ("Don't shoot," she said)."""
        token = self.token(index)
        if token.tag != "VB" or token.dep not in {"ROOT", "ccomp", "parataxis"}:
            return False
        if any(self.token(c).lower != "do" for c in self.children(index, ("aux", "auxpass"))):
            return False
        above = self.token(token.head)
        bare = {"help", "let", "make", "have", "see", "hear", "watch", "dare", "need"}
        told = token.dep == "ROOT" or (above.lemma not in bare and above.pos in {"VERB", "AUX"})
        return told and not any(True for _ in self.children(index, (*SUBJECT, "mark", "expl")))

    def _verb_above(self, index: int, first: int) -> int | None:
        """The verb outside a reported clause that *index* is really coordinated with, where the parser took the
        verb *first* inside it: by its form ("took the floor to accuse her of being idle and urge …"), or because
        both are acts of speech ("said that the party failed to file and asked it to do so")."""
        token, inner = self.token(index), self.token(first)
        if any(True for _ in self.children(index, ("aux", "auxpass", *SUBJECT))):
            return None
        if token.tag == "VB" and inner.tag in {"VBN", "VBG", "VBD"}:
            above = (i for i in self.parse.ancestors(first) if self.token(i).tag == "VB")
            return next(above, None)
        if token.tag not in {"VBD", "VBZ"} or token.lemma not in self.control.addressing:
            return None
        outer = self.token(inner.head)
        said = inner.dep == "ccomp" and outer.index < first and outer.tag == token.tag
        return outer.index if said and inner.lemma not in self.control.addressing else None

    def _modified_noun(self, verb: int, noun: int) -> tuple[int, ...]:
        """Subject of a participle or infinitive that modifies a noun."""
        if self.token(verb).tag == "VB":  # "a plan to attack": whoever has the plan
            return self.planner(noun)
        if self.token(verb).tag == "VBG" and (whose := writers(self, verb, noun)) is not None:
            return whose
        if self.token(noun).pos in _NOMINAL:
            return self._before_court(verb, noun) or (noun,)
        return ()

    def _before_court(self, verb: int, noun: int) -> tuple[int, ...]:
        """Who stands before a court on which the parser hung the charge ("appeared in court charged with theft")."""
        preposition = self.token(self.token(noun).head)
        above = self.token(preposition.head)
        court = self.token(noun).lemma in _COURTS and self.token(noun).dep == "pobj" and above.pos == "VERB"
        if not court or self.token(verb).tag != "VBN" or self.token(verb).lemma not in _CHARGING:
            return ()
        return self.objects(above.index) or self.surface_subjects(above.index)

    def planner(self, noun: int) -> tuple[int, ...]:
        """Whose plan or decision it is: its owner, the body that a compound names ("the FBI decision not to
        prosecute"), or the subject of its verb, but not of one that judges it ("criticised the decision to")."""
        if owner := tuple(self.children(noun, ("poss",))):
            return owner
        if named := tuple(i for i in self.modifiers(noun) if self.token(i).entity in {"ORG", "GPE", "PERSON"}):
            return named[:1]
        if by := self.obliques(noun).get("by"):
            return by
        upper = self.token(noun)
        above = self.token(upper.head)
        if upper.dep not in {"dobj", "attr", "pobj"} or above.pos not in {"VERB", "AUX"}:
            return ()
        return () if above.lemma in self.control.judging else self.surface_subjects(upper.head)

    def _controller(self, governor: int) -> tuple[int, ...]:
        """Who acts in an infinitive without a subject of its own: object or subject of its governor."""
        token = self.token(governor)
        if token.pos not in {"VERB", "AUX"}:
            if token.pos == "ADJ":  # "is ready to attack"
                return self.surface_subjects(token.head) if token.head != governor else ()
            own = self.own_subjects(governor)  # "Turkey and Greece plan to hold", the verb taken for a noun
            return own or (self._modified_noun(governor, governor) if token.pos in _NOMINAL else ())
        if token.lemma in self.control.object_control:
            objects = self.objects(governor)
            if objects:
                return objects
            for preposition in ("on", "upon", "for", "to", "with", "at"):  # "called on Iran to stop"
                held = self.obliques(governor).get(preposition)
                if held:
                    return held
        return self.surface_subjects(governor)

    def _gerund_subject(self, preposition: int) -> tuple[int, ...]:
        """Who acts in "accused X of killing", "after killing", "their role in killing"."""
        token = self.token(preposition)
        head = token.head
        if head == preposition:
            return ()
        if self.token(head).pos in {"VERB", "AUX"}:
            if token.lower in {"of", "from", "for", "into", "with", "against"}:
                objects = self.objects(head)
                if not objects and token.lower == "for":  # "lashed out at Arda for closing the border"
                    held = self.obliques(head)
                    objects = next((held[word] for word in ("at", "against", "on") if word in held), ())
                if objects and not (token.lower == "for" and self.token(head).lemma in self.control.receiving):
                    return objects
            return self.surface_subjects(head)
        owner = tuple(self.children(head, ("poss",)))
        if owner:
            return owner
        upper = self.token(head)
        if upper.dep in OBJECT and self.token(upper.head).lemma in self.control.object_control:
            return (head,)  # "accused the colonel of killing", the phrase hung on the object
        if upper.dep in OBJECT and self.token(upper.head).pos == "VERB":
            return self.surface_subjects(upper.head)
        if upper.dep == "pobj":  # "on charges of plotting": the object or subject of the verb above
            verb = next((a for a in self.parse.ancestors(head) if self.token(a).pos in {"VERB", "AUX"}), None)
            if verb is not None and self.token(upper.head).lower in _SETTING and upper.head < verb:
                return self.surface_subjects(verb)  # "after decades of backing them, voters turned away"
            if verb is not None:
                return self.objects(verb) or self.surface_subjects(verb)
        if self.token(head).pos in _NOMINAL and upper.dep in SUBJECT | {"attr", "dobj", "pobj"}:
            return ()
        return ()

    def subjects(self, index: int) -> tuple[int, ...]:
        """Deep subject of verb *index*: agents of a passive, else the grammatical subject."""
        if not self.passive(index):
            return self.surface_subjects(index)
        agents: list[int] = []
        token = self.token(index)
        upper = self.token(token.head)
        if token.dep == "acl" and upper.dep == "dobj" and self.token(upper.head).lemma == "have":
            return self.surface_subjects(upper.head)  # "has troops deployed"
        if token.dep in {"oprd", "ccomp", "xcomp"} and self.token(token.head).lemma in {
            "leave",
            "see",
            "have",
        }:
            return self.surface_subjects(token.head)  # "clashes left 30 injured"
        for child in self.children(index, ("agent", "prep")):
            if self.token(child).lower == "by":
                further = (c for c in self.children(child, ("conj",)) if self.token(c).lower == "by")
                for preposition in (child, *further):
                    for noun in self.children(preposition, ("pobj",)):
                        agents.extend(self.coordinated(noun))
        if not agents and self.token(index).dep != "conj":
            for other in self.children(index, ("conj",)):  # "were arrested and beaten by police"
                if self.passive(other) and not self.own_subjects(other):
                    return self.subjects(other)
        return tuple(a for a in agents if not self._measure(a))

    def _measure(self, index: int) -> bool:
        """ "by 5 percent", "by Monday" name no agent."""
        return self.token(index).entity in {"PERCENT", "DATE", "TIME", "MONEY", "QUANTITY", "CARDINAL"} and (
            self.token(self.kernel(index)).entity != ""
        )

    def objects(self, index: int) -> tuple[int, ...]:
        """Deep object of verb *index*: subject of a passive, else direct object (shared, relative)."""
        if index not in self._objects:
            self._objects[index] = ()
            self._objects[index] = self._find_objects(index)
        return self._objects[index]

    def _find_objects(self, index: int) -> tuple[int, ...]:
        token = self.token(index)
        direct: list[int] = []
        things = tuple(self.children(index, OBJECT))
        if len(things) > 1 and token.dep == "relcl" and things[0] < index and self.token(things[0]).lower == "that":
            things = things[1:]  # "say before the press that we condemn the murder", taken for a relative clause
        for child in things:
            if len(things) == 1 or not self._of_empty_preposition(index, child):
                direct.extend(self._antecedent(index, child))
        if token.lemma == "be" and any(True for _ in self.children(index, ("expl",))):
            return tuple(self.children(index, ("attr",)))  # "there were no officers at the gate"
        if self.passive(index):
            if direct and token.lemma in self.control.ditransitive:
                return tuple(direct)
            return self.surface_subjects(index)
        if direct:
            return tuple(dict.fromkeys(direct))
        if (name := self.mistaken_object(index)) is not None:
            return self.coordinated(name)
        if token.dep == "relcl" and self.own_subjects(index) and not self._relative_used(index):
            return (token.head,)  # "the man police arrested"
        for other in self.children(index, ("conj",)):  # "attacked and killed civilians"
            later = self.token(other)
            if later.pos == "VERB" and not self.own_subjects(other) and later.left >= index:
                between = [c for c in self.parse.children[index] if index < c < other]
                if all(self.token(c).dep in {"cc", "advmod", "punct", "conj"} for c in between):
                    return self.objects(other)
        if token.dep == "conj" and token.lemma in self.control.transitive and not self._no_right_children(index):
            return ()
        return ()

    def _no_right_children(self, index: int) -> bool:
        return not any(c > index for c in self.parse.children[index])

    def _relative_used(self, verb: int) -> bool:
        """Whether a relative word already fills a place in the clause."""
        tokens = self.parse.tokens
        return any(
            tokens[i].tag in {"WDT", "WP", "WP$", "WRB"} or (tokens[i].lower == "that" and tokens[i].dep in SUBJECT)
            for i in range(tokens[verb].left, verb)
        ) or any(tokens[c].dep in {"ccomp", "prep", "prt"} and c > verb for c in self.parse.children[verb])

    def _of_empty_preposition(self, verb: int, thing: int) -> bool:
        """Whether a noun belongs to a preposition that the parser left without an object ("backs her over him")."""
        before = self.token(thing).left - 1
        if before <= verb:
            return False
        token = self.token(before)
        return token.dep == "prep" and token.head == verb and not self.parse.children[before]

    def datives(self, index: int) -> tuple[int, ...]:
        """Indirect objects of verb *index* ("gave Ukraine arms", "gave arms to Ukraine")."""
        found: list[int] = []
        for child in self.children(index, ("dative",)):
            if self.token(child).pos == "ADP":
                for noun in self.children(child, ("pobj",)):
                    found.extend(self.coordinated(noun))
            else:
                found.extend(self.coordinated(child))
        if not found and self.token(index).lemma in self.control.ditransitive:
            things = tuple(self.children(index, OBJECT))
            if len(things) == 2 and things[0] > index and not self._of_empty_preposition(index, things[1]):
                return self.coordinated(things[0])  # "promised the people of Arda aid", both taken for objects
            found.extend(self._before_object(index))
        given = self.passive(index) and self.token(index).lemma in self.control.ditransitive
        if not found and given and any(True for _ in self.children(index, OBJECT)):
            return self.surface_subjects(index)  # "was given arms"
        return tuple(found)

    def _before_object(self, index: int) -> Iterator[int]:
        """A name that the parser takes for a part of the object ("lent Vietnam money")."""
        for thing in self.children(index, OBJECT):
            for child in self.children(thing, ("compound", "nmod")):
                if child == self.token(thing).left and self.token(child).entity == "GPE" and child == index + 1:
                    yield child
