"""Matching: which words of a parse may be events, by lemma first and then by the frame around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.coding.arguments import Arguments
from onrecord.coding.matched import Match, RolePaths
from onrecord.lexicon.frames import Constraint, RolePath
from onrecord.lexicon.triggers import LightVerb, Trigger, TriggerLexicon
from onrecord.model import Token

SectorsOf = Callable[[int], tuple[str, ...]]
"""Sector codes of the actor that a token heads, () where it heads none."""

Understood = Callable[[int, Trigger, bool], bool]
"""Whether the agent that a row asks for at a token, nominal or not, is left out and understood."""

Negated = Callable[[int], bool]
"""Whether the predicate at a token is negated."""

_OBJECT_SLOTS = frozenset({"dobj", "nsubjpass", "attr"})
_MODIFYING = frozenset({"compound", "nmod", "npadvmod", "poss"})
_NOMINAL_USE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj"})
_READ_AS = {"VERB": ("verb",), "NOUN": ("noun",), "PROPN": ("noun",), "ADJ": ("adj",)}
_CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "relcl", "parataxis"})


class Matcher:
    """Finds triggers in one parse; looks at a word's frame only when its lemma is in the lexicon."""

    def __init__(
        self,
        arguments: Arguments,
        lexicon: TriggerLexicon,
        sectors_of: SectorsOf,
        negated: Negated | None = None,
        understood: Understood | None = None,
    ) -> None:
        self.negated = negated or (lambda _: False)
        self.understood = understood or (lambda *_: False)
        tokens = arguments.parse.tokens
        self._gerund_nouns = frozenset(  # "died in police firing" is no fire
            t.index for t in tokens if t.tag == "VBG" and ("noun", t.lower) in lexicon.by_head and t.dep != "xcomp"
        )
        self.arguments = arguments
        self.lexicon = lexicon
        self.sectors_of = sectors_of
        self.paths = RolePaths(arguments, lexicon)
        self.fill = self.paths.fill
        self._admitted: dict[tuple[str, int], bool] = {}
        self._around: dict[int, frozenset[str]] = {}
        self._read: dict[tuple[int, str, str], Match | None] = {}

    def matches(self) -> Iterator[Match]:
        """The best row for each word that has one (rows of no event included), in text order."""
        for token in self.arguments.parse.tokens:
            for pos, lemma in self._readings(token):
                rows = self.lexicon.by_head.get((pos, lemma))
                if rows is None:
                    continue
                found = self.read(token, pos, lemma, rows)
                if found is not None:
                    yield found
                    break

    def read(self, token: Token, pos: str, lemma: str, rows: tuple[Trigger, ...]) -> Match | None:
        """The best of *rows*, those of *lemma*, at *token*; looked for once in a report."""
        key = (token.index, pos, lemma)
        if key not in self._read:
            self._read[key] = self._best(token, rows)
        return self._read[key]

    def fitting(self, head: int, rows: tuple[Trigger, ...]) -> Match | None:
        """The first of *rows* that fits at token *head*, None if none does."""
        return self._best(self.arguments.token(head), rows)

    def as_type(self, index: int, event_type: str) -> Match | None:
        """The word at *index* as an event of *event_type*: by its own row that fits or, failing that, its first row of
        the type, or the one for any word ("*accuse"). None for what is no verb, noun or adjective."""
        token = self.arguments.token(index)
        for pos, lemma in (*self._readings(token), *((pos, token.lemma) for pos in _READ_AS.get(token.pos, ()))):
            own = tuple(r for r in self.lexicon.candidates(pos, lemma) if r.event_type == event_type and not r.toll)
            rows = (*own, *self.lexicon.candidates(pos, f"*{event_type.lower()}"))
            if (fitting := self._best(token, own)) is not None:
                return fitting
            if rows:
                words = self._words(index, rows[0]) or (index,)
                return Match(index, rows[0], words, *self._carrier(token), nominal=pos != "verb")
        return None

    def named_words(self, match: Match) -> frozenset[int]:
        """Tokens that the row of a verb names itself, as its object or behind its prepositions."""
        found: set[int] = set()
        row = match.trigger
        if row.object is not None and row.object.among and not row.object.negated:
            found.update(i for i in self.fill(match, RolePath("obj")) if self._admits_one(row.object, i))
        for preposition, constraint in row.oblique:
            if constraint.among and not constraint.negated:
                held = self.fill(match, RolePath(preposition))
                found.update(i for i in held if self._admits_one(constraint, i))
        return frozenset(found)

    def _readings(self, token: Token) -> Iterator[tuple[str, str]]:
        """Parts of speech and lemmas under which a token is looked up, the likeliest first."""
        pos = token.pos
        if pos == "VERB":
            if token.dep == "amod" or (token.dep == "compound" and token.tag != "VBG"):
                return
            if self.arguments.people_by_participle(token.index):
                return
            if token.tag == "VBG" and (self._nominal_gerund(token) or self._after_noun(token)):
                yield "noun", token.lower
                yield "noun", token.lemma
            yield "verb", token.lemma
        elif pos in {"NOUN", "PROPN"}:
            if token.dep in _MODIFYING or (token.dep == "amod"):
                return
            if token.tag == "NNS" and token.dep in _CLAUSAL and token.head != token.index:
                yield "verb", token.lemma
            yield "noun", token.lemma
            if token.lower != token.lemma:
                yield "noun", token.lower
            if token.tag in {"NNPS", "NNP"} and token.lower.endswith("s"):
                yield "noun", token.lower[:-1]
            if token.lower.endswith("ing") and token.dep in {"ROOT", "advcl", "acl"}:
                yield "verb", token.lemma
        elif pos == "ADJ":
            yield "adj", token.lemma
        elif pos == "AUX" and token.lemma == "be" and token.dep in _CLAUSAL:
            yield "verb", "be"

    def _nominal_gerund(self, token: Token) -> bool:
        """ "the shelling of": a gerund with a determiner, possessor or adjective, in a noun's place; "firing by the
        police was reported"."""
        if token.dep in {"csubj", "csubjpass", "nsubj", "nsubjpass"} and not any(
            True for _ in self.arguments.children(token.index, ("det", "poss", "amod", "compound"))
        ):
            behind = tuple(self.arguments.children(token.index, ("prep", "agent", "dobj")))
            return bool(behind) and self.arguments.token(behind[0]).lower == "by"
        if token.dep not in _NOMINAL_USE:
            return False
        return any(True for _ in self.arguments.children(token.index, ("det", "poss", "amod", "compound")))

    def _after_noun(self, token: Token) -> bool:
        """ "in police firing", parsed as a clause about the police."""
        if token.dep != "acl" or token.head != token.index - 1:
            return False
        upper = self.arguments.token(token.head)
        if upper.dep != "pobj":
            return False
        preposition = self.arguments.token(upper.head)
        held = self.arguments.obliques(preposition.head).get(preposition.lower, ())
        return token.index in held

    def _best(self, token: Token, rows: tuple[Trigger, ...]) -> Match | None:
        carrier = self._carrier(token)
        if len(rows) > 1 and any(len(r.words) > 1 for r in rows):
            rows = tuple(sorted(rows, key=lambda r: -len(r.words)))  # an air strike before a strike on something
        dropped: list[str] = []
        for row in rows:
            words = self._words(token.index, row)
            if words is None:
                continue
            if self._other_verb(token.index, row):
                dropped.append(f"{row.file}:{row.line} another verb with its particle")
                continue
            match = Match(token.index, row, words, *carrier, nominal=row.pos != "verb")
            problem = self._misfit(match)
            if problem is None:
                return Match(token.index, row, words, *carrier, tuple(dropped), row.pos != "verb")
            dropped.append(f"{row.file}:{row.line} {problem}")
        return None

    def _other_verb(self, head: int, row: Trigger) -> bool:
        """Whether a particle that the row does not name makes the word another verb ("struck down the law")."""
        if row.pos != "verb" or row.particle or row.strength == "strong" or row.event_type is None:
            return False
        return any(True for _ in self.arguments.children(head, ("prt",)))

    def _words(self, head: int, row: Trigger) -> tuple[int, ...] | None:
        """Tokens of the trigger's words; None unless all are there."""
        found = [head]
        if len(row.words) > 1:
            modifiers = {self.arguments.token(m).lemma: m for m in self.arguments.modifiers(head)}
            modifiers |= {self.arguments.token(m).lower: m for m in self.arguments.modifiers(head)}
            for word in row.words[:-1]:
                if word not in modifiers:
                    return None
                found.append(modifiers[word])
        if row.particle:
            hanging = self.arguments.particles(head)
            if not all(word in hanging for word in row.particle) or self._only_when(head, row.particle):
                return None
            wanted = set(row.particle)
            for child in self.arguments.parse.children[head]:
                token = self.arguments.token(child)
                if token.dep in {"prt", "advmod", "prep"} and token.lower in wanted:
                    wanted.discard(token.lower)
                    found.append(child)
        return tuple(sorted(found))

    def _only_when(self, head: int, particle: tuple[str, ...]) -> bool:
        """Whether the preposition of a row only leads to a day ("called the winner on Friday")."""
        if particle != ("on",):
            return False
        held = self.arguments.obliques(head).get("on", ())
        return bool(held) and all(self.arguments.token(i).entity in {"DATE", "TIME"} for i in held)

    def _misfit(self, match: Match) -> str | None:
        """Why the row does not fit here, None when it does."""
        row = match.trigger
        if row.when_negated and not self._negated(match):
            return "not negated"
        if row.subject is not None and not self._admits(row.subject, self.fill(match, RolePath("subj"))):
            if not match.nominal and self.understood(match.head, row, match.nominal):
                return self._misplaced(match)
            return f"subject is not {row.subject.text}"
        return self._misplaced(match)

    def _misplaced(self, match: Match) -> str | None:
        """Why the words other than the subject do not fit the row, None when they do."""
        row = match.trigger
        if row.object is not None and not self._admits(row.object, self.fill(match, RolePath("obj"))):
            return f"object is not {row.object.text}"
        for preposition, constraint in row.oblique:
            held = self.fill(match, RolePath(preposition))
            if not held:
                held = self._clauses_behind(match, preposition)
            if not self._admits(constraint, held):
                return f"{preposition} is not {constraint.text}"
        return None

    def _negated(self, match: Match) -> bool:
        """Whether a trigger is negated, an adjective by its verb ("were not able")."""
        token = self.arguments.token(match.head)
        return self.negated(match.head) or (token.pos == "ADJ" and self.negated(token.head))

    def _clauses_behind(self, match: Match, preposition: str) -> tuple[int, ...]:
        """Infinitives ("to") or gerunds behind a preposition of the trigger or of its object."""
        roles = self.arguments
        if preposition == "to":
            return tuple(c for c in roles.complements(match.head) if roles.token(c).dep != "pcomp")
        if preposition in {"for", "as", "after"} and (clauses := roles.marked_clauses(match.head, preposition)):
            return clauses
        nouns = (match.head, *(() if match.nominal else roles.objects(match.head)))
        return tuple(c for n in nouns if n >= match.head for word, c in roles.gerunds(n) if word == preposition)

    def _admits(self, constraint: Constraint, indices: tuple[int, ...]) -> bool:
        """Whether the arguments fit: one of them for a positive constraint, all for a negated one."""
        if not indices:
            return constraint.admits(None)
        verdicts = [self._admits_one(constraint, i) for i in indices]
        return all(verdicts) if constraint.negated else any(verdicts)

    def _admits_one(self, constraint: Constraint, index: int) -> bool:
        """Whether one argument fits; remembered, since rows of one verb ask the same of the same words."""
        key = (constraint.text, index)
        if key not in self._admitted:
            self._admitted[key] = self._weigh(constraint, index)
        return self._admitted[key]

    def _weigh(self, constraint: Constraint, index: int) -> bool:
        kernel = self.arguments.kernel(index)
        verdicts = []
        for i in {index, kernel}:
            token = self.arguments.token(i)
            modifiers = self._around.get(i)
            if modifiers is None:
                around = [self.arguments.token(m) for m in self.arguments.modifiers(i)]
                modifiers = self._around[i] = frozenset(word for m in around for word in (m.lemma, m.lower))
            sectors = self.sectors_of(i)
            if token.tag == "VBG" and i in self._gerund_nouns:
                verdicts.append(constraint.admits(token.lower, modifiers, token.entity, sectors))
                continue
            verdict = constraint.admits(token.lemma, modifiers, token.entity, sectors)
            if token.lower != token.lemma and verdict == constraint.negated:
                verdict = constraint.admits(token.lower, modifiers, token.entity, sectors)
            verdicts.append(verdict)
        return all(verdicts) if constraint.negated else any(verdicts)

    # -- light verbs --------------------------------------------------------------------------------------

    def _carrier(self, token: Token) -> tuple[int | None, LightVerb | None]:
        """The light verb that carries a noun ("carried out an attack", "came under fire"), and its row."""
        if token.pos not in {"NOUN", "PROPN"}:
            return None, None
        noun = token
        while noun.dep == "conj" and self.arguments.token(noun.head).pos in {"NOUN", "PROPN"}:
            noun = self.arguments.token(noun.head)
        seen = 0
        while noun.dep == "pobj" and self.arguments.token(noun.head).lower == "of" and seen < 2:
            upper = self.arguments.token(self.arguments.token(noun.head).head)
            if upper.lemma not in self.arguments.control.partitives:
                break  # "carried out a series of attacks" carries the attacks
            noun = upper
            seen += 1
        if noun.dep in _OBJECT_SLOTS:
            verb = noun.head
        elif noun.dep == "pobj":
            verb = self.arguments.token(noun.head).head
        elif noun.dep == "nsubj" and self.arguments.token(noun.head).pos == "VERB":
            verb = noun.head
        else:
            return None, None
        return self._light(verb, noun)

    def _light(self, verb: int, noun: Token) -> tuple[int | None, LightVerb | None]:
        token = self.arguments.token(verb)
        rows = self.lexicon.light_verbs.get(token.lemma)
        if rows is None or token.pos not in {"VERB", "AUX"} or self._names(token):
            return None, None
        hanging = self.arguments.particles(verb)
        for row in rows:
            if not all(word in hanging for word in row.particle):
                continue
            if noun.dep == "pobj" and self.arguments.token(noun.head).lower not in row.particle:
                continue
            if noun.dep == "nsubj" and (row.particle or not self._intransitive(row)):
                continue
            return verb, row
        return None, None

    def _names(self, verb: Token) -> bool:
        """Whether "call" gives its object a name ("called the shootings a turning point")."""
        things = tuple(self.arguments.children(verb.index, ("dobj", "oprd", "attr")))
        return verb.lemma in {"call", "declare"} and len(things) > 1

    @staticmethod
    def _intransitive(row: LightVerb) -> bool:
        """ "Fighting broke out", "an attack took place": the noun is the subject."""
        return not row.actor and not row.recipient
