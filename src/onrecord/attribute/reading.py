"""What is known of a report while its mentions are read from front to back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.attribute.mentions import Mention, core
from onrecord.attribute.quotes import Statement
from onrecord.model import Parse, Span
from onrecord.text.quotation import Quotation

WINDOW = 6  # sentences that a pronoun or description looks back


@dataclass(slots=True, eq=False)
class One:
    """All mentions taken for one person, group or thing so far."""

    mentions: list[Mention] = field(default_factory=list)
    sort: str | None = None
    gender: str | None = None
    plural: bool = False
    offices: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    actor_id: str | None = None

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self.sort = self.sort or mention.sort
        if mention.kind != "pronoun":
            self.gender = self.gender or mention.gender
            self.plural = self.plural or mention.plural
            self.actor_id = self.actor_id or mention.actor_id
        self.offices |= mention.offices
        self.words |= mention.words

    @property
    def fullest(self) -> Mention:
        """The longest name, or the longest description where there is no name; the earliest of equals."""
        rank = {"name": 2, "noun": 1, "pronoun": 0}
        return max(self.mentions, key=lambda m: (rank[m.kind], len(core(m.name)) or m.last - m.first, -m.head))

    def fullest_for(self, mention: Mention) -> Mention:
        """The fullest mention before *mention* if it is as full as any, else the fullest of all."""
        best = self.fullest
        earlier = [
            m
            for m in self.mentions
            if m.head < mention.head and m.kind == best.kind and core(m.name) == core(best.name)
        ]
        return earlier[0] if earlier else best


@dataclass(slots=True)
class Reading:
    """What is known while a report is read from front to back."""

    parse: Parse
    quotations: tuple[Quotation, ...]
    statements: Sequence[Statement]
    ones: list[One] = field(default_factory=list)
    of: dict[int, One] = field(default_factory=dict)  # head token -> one
    speakers: dict[int, int] = field(default_factory=dict)  # head token of a source -> number of its statements
    said_by: list[tuple[Span, int]] = field(default_factory=list)

    def quoted(self, mention: Mention) -> int | None:
        """Start of the outermost quotation around the mention."""
        for q in self.quotations:
            if q.parent is None and q.span.contains(mention.span):
                return q.span.start
        return None


def tie(reading: Reading, mention: Mention, one: One, score: float) -> float:
    one.add(mention)
    reading.of[mention.head] = one
    return score


def start(reading: Reading, mention: Mention) -> None:
    one = One()
    one.add(mention)
    reading.ones.append(one)
    reading.of[mention.head] = one
