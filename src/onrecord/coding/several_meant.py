"""Several meant: who a plural stands for that a reference tells by one name.

"They" behind "Karim Saleh and Idris Bello" are both, "the two departments" those joined before; "the other delegates"
are not one man. "We Democrats" and "we as Democrats" are these, and not who says it alone.
"""

from __future__ import annotations

from onrecord.coding.arguments import Arguments
from onrecord.model import Actor, Span

_PLURAL = frozenset("they them their theirs".split())
_WE = frozenset({"we", "us"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MANY = frozenset({"NNS", "NNPS"})


class SeveralMeant:
    """Looks around words in the plural of one parse."""

    def __init__(self, arguments: Arguments) -> None:
        self.arguments = arguments

    def plural(self, index: int) -> bool:
        """Whether the word says that several are meant, as "they" and "delegates" do; "Sanders" does not."""
        token = self.arguments.token(index)
        return token.lower in _PLURAL or (token.tag == "NNS" and token.text[:1].islower())

    def together(self, index: int, named: int, within: Span) -> tuple[int, ...]:
        """Heads of those named together at token *named* whom the plural at *index* takes up; () for one alone.

        A pronoun takes up those *within* the words it was tied to, a noun those that these were joined to as well.
        """
        members = self.arguments.coordinated(named)
        if self.arguments.token(index).lower in _PLURAL:
            members = tuple(i for i in members if within.contains(self.arguments.token(i).span))
        if len(members) < 2 or not self.plural(index) or index in members:
            return ()
        tokens = [self.arguments.token(i) for i in members]
        return members if all(t.pos in _NOUNS and t.index < index for t in tokens) else ()

    def not_one(self, index: int, named: int, actor: Actor) -> bool:
        """Whether one person by name was taken for a plural."""
        token = self.arguments.token(named)
        person = token.entity == "PERSON" or (actor.actor_id or "").startswith("per.")
        return person and self.plural(index) and token.pos == "PROPN" and token.tag not in _MANY

    def of_whom(self, index: int) -> int | None:
        """The noun that tells who "we" are: "we Democrats", "we, as Democrats,"; None where none does."""
        tokens = self.arguments.parse.tokens
        if tokens[index].lower not in _WE:
            return None
        behind = [t for t in tokens[index + 1 : index + 4] if t.text != ","]
        if behind and behind[0].lower == "as":
            behind = behind[1:]
        elif behind and (behind[0].index != index + 1 or behind[0].dep not in {"appos", "nsubj", "nsubjpass"}):
            return None
        return behind[0].index if behind and behind[0].tag in _MANY and behind[0].pos in _NOUNS else None
