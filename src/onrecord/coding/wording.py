"""Wording: whether a trigger's own words tell of nothing new: a name, a reference back, a cue that only reports."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.circumstances import Circumstances
from onrecord.coding.parties import Parties
from onrecord.text.phrases import DEFINITE

_SAYING = frozenset({"says", "reports", "writes", "quotes", "believes", "suggests", "confirms", "claims", "announces"})
_ASKING = frozenset({"whether", "if", "what", "how", "why", "who", "when", "where", "which"})
_OUGHT = frozenset({"must", "should", "ought"})
_SUBJUNCTIVE = frozenset({"recommend", "propose", "suggest", "demand", "insist", "ask", "request", "urge", "advise"})
_TELLING = frozenset({"tell", "inform", "remind", "advise", "warn", "suggest", "insist"})
_SPOKEN = frozenset({"REQUEST", "AGREE", "SUPPORT", "THREATEN"})


class Wording:
    """Weighs the triggers of one report; *cue_kinds* are the classes of the cues at its tokens."""

    def __init__(
        self, arguments: Arguments, parties: Parties, circumstances: Circumstances, cue_kinds: Mapping[int, str]
    ) -> None:
        self.arguments = arguments
        self.parties = parties
        self.circumstances = circumstances
        self._cue_kinds = cue_kinds

    def objection(self, draft: Draft) -> str | None:
        """Why the words tell of no event, None when they may."""
        if draft.event_type in _SPOKEN and self.only_says(draft):
            return "only reports or asks"
        if draft.event_type == "AGREE" and self._shares_view(draft):
            return "shares an opinion"
        return self.refers(draft)

    def refers(self, draft: Draft) -> str | None:
        """Why the trigger itself tells of nothing new: part of a name, or a word that refers back."""
        token = self.arguments.token(draft.head)
        if token.pos == "PROPN" and not draft.match.nominal:
            return None
        if token.pos == "PROPN" and (self.parties.inside_name(draft.head) or self._capital_name(draft.head)):
            return "part of a name"
        alone = draft.match.nominal and not draft.parties and len(draft.heads) == 1 and draft.match.carrier is None
        determiners = self.arguments.children(draft.head, ("det",))
        if alone and any(self.arguments.token(c).lower in DEFINITE for c in determiners):
            return "refers back"
        return None

    def _capital_name(self, head: int) -> bool:
        """Whether a capitalised word ends a capitalised name ("Highway Patrol"), outside headlines."""
        token = self.arguments.token(head)
        first, end = self.arguments.parse.sentences[token.sentence]
        words = [t for t in self.arguments.parse.tokens[first:end] if t.text[0].isalpha() and len(t.text) > 3]
        if sum(t.text[0].isupper() for t in words) > 0.6 * len(words):
            return False
        before = [self.arguments.token(m) for m in self.arguments.modifiers(head)]
        return token.text[0].isupper() and any(t.pos == "PROPN" and t.entity in {"", "ORG"} for t in before)

    def only_says(self, draft: Draft) -> bool:
        """Whether a trigger is the cue of plain reported speech or of a question ("told reporters", "asked if")."""
        if draft.match.nominal or draft.event_type not in {"REQUEST", "AGREE"}:
            return False
        if draft.event_type == "REQUEST" and self._asks_for(draft.head):
            return False
        clauses = [c for c in self.arguments.complements(draft.head) if self.arguments.token(c).dep != "pcomp"]
        infinitive = any(self.arguments.token(c).tag == "VB" for c in clauses)
        for clause in clauses:
            words = [self.arguments.token(c) for c in self.arguments.parse.children[clause]]
            if any(w.lower in _ASKING and w.dep in {"mark", "advmod", "dobj", "nsubj", "attr"} for w in words):
                return True
            infinitive = infinitive or any(w.lower in _OUGHT for w in words)
        if infinitive:
            return False
        lemma = self.arguments.token(draft.head).lemma
        if lemma == "tell" or (lemma in _TELLING and any(self._finite(c) for c in clauses)):
            return True
        return self._cue_kinds.get(draft.head) in _SAYING

    def _finite(self, clause: int) -> bool:
        return self.arguments.token(clause).tag in {"VBD", "VBZ", "VBP", "VBN"}

    def _shares_view(self, draft: Draft) -> bool:
        """Whether somebody agrees that something is so, not to do anything ("agreed the plan is not dead")."""
        roles = self.arguments
        if draft.match.nominal or roles.token(draft.head).lemma != "agree":
            return False
        clauses = [c for c in roles.children(draft.head, ("ccomp",)) if c > draft.head]
        return any(
            roles.token(c).tag in {"VBZ", "VBP", "VBD"} and not tuple(roles.children(c, ("aux",))) for c in clauses
        )

    def _asks_for(self, head: int) -> bool:
        """Whether a thing or a subjunctive clause is asked for ("proposed a levy", "recommended that it adopt it")."""
        roles = self.arguments
        if roles.token(head).lemma not in _TELLING and any(
            not self.parties.is_human(i) and i > head for i in roles.objects(head)
        ):
            return True
        return roles.token(head).lemma in _SUBJUNCTIVE and any(
            roles.token(c).tag in {"VB", "VBP"} and not any(roles.token(a).tag in {"MD", "VBZ", "VBD"} for a in aux)
            for c in roles.complements(head)
            for aux in [tuple(roles.children(c, ("aux",)))]
        )

    def only_mentioned(self, draft: Draft) -> bool:
        """Whether a noun without parties is neither what its clause tells of nor placed anywhere."""
        if not draft.match.nominal or draft.match.carrier is not None or len(draft.heads) > 1:
            return False
        token = self.arguments.token(draft.head)
        if token.dep in {"nsubj", "nsubjpass", "dobj", "ROOT", "attr"}:
            return False
        place = self.circumstances.place(draft.heads, (), ())
        return place is None or place[1] > 1
