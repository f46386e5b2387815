"""A match: a row of the trigger lexicon at a token, and the words that its role paths lead to."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.coding.arguments import Arguments
from onrecord.lexicon.frames import RolePath
from onrecord.lexicon.triggers import LightVerb, Trigger, TriggerLexicon


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger row that fits at a token.

    ``head`` is the token; ``words`` all tokens of the trigger (compound parts, particles) in order.
    ``carrier`` is the light verb's token where one carries a noun, ``light`` its row. ``dropped`` are rows
    of the same word that were weighed and why they lost.
    """

    head: int
    trigger: Trigger
    words: tuple[int, ...]
    carrier: int | None = None
    light: LightVerb | None = None
    dropped: tuple[str, ...] = ()
    nominal: bool = field(default=False)

    @property
    def clause_head(self) -> int:
        """The token whose clause says whether it happened: the light verb, else the trigger itself."""
        return self.head if self.carrier is None else self.carrier


class RolePaths:
    """Follows role paths ("obj.of", "by") from the words of a match through one parse."""

    def __init__(self, arguments: Arguments, lexicon: TriggerLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon

    def fill(self, match: Match, path: RolePath) -> tuple[int, ...]:
        """Head tokens of the words that a role path leads to, () where there are none."""
        first = self._step(match, path.step)
        if path.then is None:
            return first
        found: list[int] = []
        for index in first:
            found.extend(self._inner(index, path.then, path.step == "comp"))
        return tuple(dict.fromkeys(found))

    def _step(self, match: Match, step: str) -> tuple[int, ...]:
        roles = self.arguments
        head = match.head
        if match.nominal:
            return self._noun_step(match, step)
        if step == "subj":
            return roles.subjects(head)
        if step == "obj":
            return roles.objects(head)
        if step == "iobj":
            return roles.datives(head)
        if step == "comp":
            return roles.complements(head)
        if step == "poss":
            return roles.possessors(head)
        if step == "by" and roles.passive(head):
            return roles.subjects(head)
        held = roles.obliques(head).get(step, ())
        if held or step in {"of", "mod"}:
            return held
        named = match.trigger.object is not None and bool(match.trigger.object.among)
        for index in reversed(roles.objects(head)):  # the parser may hang the phrase on the object
            if index < head or (not named and ("noun", roles.token(index).lemma) in self.lexicon.by_head):
                continue  # "demanded the withdrawal of troops from the coast": the noun's own phrase
            if inner := roles.obliques(index).get(step):
                return inner
        return self._deeper(match, step)

    def _deeper(self, match: Match, step: str) -> tuple[int, ...]:
        """A phrase that the row asks for, hung inside the object ("blamed the murder of two priests on rebels")."""
        if step not in {"on", "to"} or all(word != step for word, _ in match.trigger.oblique):
            return ()
        roles = self.arguments
        things = [j for i in roles.objects(match.head) if i > match.head for j in roles.obliques(i).get("of", ())]
        return next((inner for i in things if (inner := roles.obliques(i).get(step))), ())

    def _noun_step(self, match: Match, step: str) -> tuple[int, ...]:
        roles = self.arguments
        head = match.head
        carrier = match.carrier
        if step in {"subj", "obj", "iobj"}:
            return self._adjective_subject(match) if carrier is None else self._carried(carrier, step, head)
        if step == "poss":
            return roles.possessors(head)
        if step == "mod":
            if roles.token(head).dep == "acl":
                return (roles.token(head).head,)
            return tuple(m for m in roles.modifiers(head) if m not in match.words)
        if step == "comp":
            return roles.complements(head)
        held = roles.obliques(head).get(step, ())
        if not held and carrier is not None:
            held = tuple(i for i in roles.obliques(carrier).get(step, ()) if i != head)
        if not held and carrier is None and step != "of":
            held = self._loose(head, step)
        if not held and carrier is None and step == "by":
            held = self._done_by(head) or self._behind_done_to(head)
        return held

    def _behind_done_to(self, head: int) -> tuple[int, ...]:
        """Agents that the parser hung on whom the deed was done to ("the murder of the farmer Sol by an officer")."""
        done_to = self.arguments.obliques(head).get("of", ())
        inner = (self.arguments.obliques(i).get("by") for i in reversed(done_to))
        return next((agents for agents in inner if agents), ())

    def _done_by(self, head: int) -> tuple[int, ...]:
        """Agents of the participle right behind a noun, wherever the parser hangs it ("the curfew, imposed by the
        mayor", "the offensive mounted by the army")."""
        tokens = self.arguments.parse.tokens
        behind = head + 1
        if behind < len(tokens) and tokens[behind].text == ",":
            behind += 1
        if behind >= len(tokens) or tokens[behind].tag != "VBN" or tokens[behind].lemma not in self.lexicon.light_verbs:
            return ()
        return self.arguments.subjects(behind) if any(True for _ in self.arguments.children(behind, ("agent",))) else ()

    def _carried(self, carrier: int, step: str, head: int) -> tuple[int, ...]:
        roles = self.arguments
        if step == "subj":
            return tuple(i for i in roles.subjects(carrier) if i != head)
        if step == "obj":
            return tuple(i for i in roles.objects(carrier) if i != head)
        return roles.datives(carrier)

    def _adjective_subject(self, match: Match) -> tuple[int, ...]:
        """Whom a predicative adjective or noun is said of ("Iran is ready", "they are hostages")."""
        token = self.arguments.token(match.head)
        if token.dep in {"acomp", "attr", "oprd"}:
            return self.arguments.surface_subjects(token.head)
        if token.dep == "conj":
            upper = self.arguments.token(token.head)
            if upper.dep in {"acomp", "attr"}:
                return self.arguments.surface_subjects(upper.head)
        return ()

    def _loose(self, head: int, step: str) -> tuple[int, ...]:
        """Phrases hung on the verb right behind a noun that may belong to the noun ("hold talks with")."""
        token = self.arguments.token(head)
        verb = self.arguments.token(token.head)
        passing = token.dep == "nsubj" and verb.lemma in self.arguments.control.passing  # "clashes broke out between"
        if (token.dep != "dobj" and not passing) or step not in {"with", "against", "between", "on", "by"}:
            return ()
        if step == "by" and self.arguments.passive(token.head):
            return ()
        return tuple(i for i in self.arguments.obliques(token.head).get(step, ()) if i > head)

    def _inner(self, index: int, then: str, clause: bool) -> tuple[int, ...]:
        roles = self.arguments
        if clause:
            if then == "subj":
                return roles.surface_subjects(index)
            if then == "obj":
                return roles.objects(index)
            return roles.obliques(index).get(then, ())
        if then == "poss":
            return roles.possessors(index)
        if then == "mod":
            return (roles.token(index).head,) if roles.token(index).dep == "acl" else roles.modifiers(index)
        return roles.obliques(index).get(then, ())
