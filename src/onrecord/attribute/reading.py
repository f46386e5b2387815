"""What is known of a report while its mentions are read from front to back."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.attribute.clauses import child
from onrecord.attribute.mention import Mention, core
from onrecord.attribute.quoted import Statement
from onrecord.lexicon.cues import load_cues
from onrecord.lexicon.speakers import load_person_words
from onrecord.model import Actor, Parse
from onrecord.text.quotation import Quotation

ASKING = frozenset(("ask", "question", "press", "challenge", "grill", "quiz"))
_MYSELF = frozenset("i me my mine myself".split())
WINDOW = 6  # sentences that a pronoun or description looks back


@dataclass(slots=True, eq=False)
class One:
    """All mentions taken for one person, group or thing so far, in text order."""

    mentions: list[Mention] = field(default_factory=list)
    sort: str | None = None
    gender: str | None = None
    sure: bool = False
    plural: bool = False
    of_two: bool = False
    offices: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)  # of names
    actor: Actor | None = None
    longest: Mention | None = field(default=None, repr=False)
    rare: bool | None = field(default=None, repr=False)  # a name that may be a person's, once that was asked
    owned: tuple[int, frozenset[str]] = field(default=(0, frozenset()), repr=False)  # parts of names in its titles

    @property
    def actor_id(self) -> str | None:
        return self.actor.actor_id if self.actor is not None else None

    def add(self, mention: Mention) -> None:
        insort(self.mentions, mention, key=lambda m: m.head)
        self.longest = None
        self.sort = self.sort or mention.sort
        if mention.kind != "pronoun":
            self.gender = mention.gender if mention.gender and mention.sure else self.gender or mention.gender
            self.sure = self.sure or mention.sure
            self.plural = self.plural or (mention.plural and self.sort != "person")
            if self.actor is None or self.actor.actor_id is None:
                self.actor = mention.actor or self.actor
        self.offices |= mention.offices
        self.words |= mention.words
        self.parts.update(mention.name)

    @property
    def fullest(self) -> Mention:
        """The longest name, or the longest description where there is no name; the earliest of equals."""
        if self.longest is not None:
            return self.longest
        rank = {"name": 2, "noun": 1, "pronoun": 0}
        known = core(tuple((self.actor.name or "").lower().split())) if self.actor is not None else ()
        self.longest = max(
            self.mentions,
            key=lambda m: (
                rank[m.kind],
                len(known) > 1 and core(m.name)[:1] == known[:1] and core(m.name)[-1:] == known[-1:],
                len(core(m.name)) or m.last - m.first,
                -m.head,
            ),
        )
        return self.longest

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
    """What is known while a report is read from front to back.

    ``of`` gives the one that a head token stands for; ``speakers`` are the head tokens of sources;
    ``said`` and ``marks`` give, by token inside a quotation, its speaker's head and where it starts.
    """

    parse: Parse
    day: str | None = None  # of publication
    ones: list[One] = field(default_factory=list)
    named: list[One] = field(default_factory=list)  # those with a name
    persons: list[One] = field(default_factory=list)  # those who may be persons, with a name or without
    of: dict[int, One] = field(default_factory=dict)
    seen: list[Mention] = field(default_factory=list)
    nouns: dict[str, list[One]] = field(default_factory=dict)
    name_parts: dict[str, set[str | None]] = field(default_factory=dict)
    offices: dict[str, list[One]] = field(default_factory=dict)
    speakers: set[int] = field(default_factory=set)
    said: dict[int, int] = field(default_factory=dict)
    marks: dict[int, int] = field(default_factory=dict)
    own: frozenset[int] = frozenset()  # starts of quotations of whole sentences, in which nobody is "he" to himself
    asked: set[int] = field(default_factory=set)
    sources: list[int] = field(default_factory=list)  # heads of sources in text order, and of those they ask
    telling: frozenset[int] = frozenset()  # the same
    opens: dict[int, int] = field(default_factory=dict)  # by source behind its words: their first token

    def spoke_before(self, mention: Mention) -> int | None:
        """Head of the source that stands nearest before *mention*."""
        at = bisect_left(self.sources, mention.head)
        return self.sources[at - 1] if at else None

    def origin(self, mention: Mention) -> int:
        """The token from which a reader looks back for whom *mention* means: where the words begin that it tells.

        Behind three quoted sentences "he said" takes up who was there before them.
        """
        return self.opens.get(mention.head, mention.head)

    def file(self, mention: Mention, one: One) -> None:
        """Notes that *mention* stands for *one*."""
        one.add(mention)
        self.of[mention.head] = one
        for office in mention.offices:
            held = self.offices.setdefault(office, [])
            if one not in held:
                held.append(one)

    def quoted(self, mention: Mention) -> int | None:
        """Start of the outermost quotation around the mention."""
        return self.marks.get(mention.head)

    def recent(self, mention: Mention) -> list[One]:
        """Those mentioned in the sentences before *mention* that a reader still has in mind, the last first."""
        here = self.parse.tokens[mention.head].sentence
        found: dict[int, One] = {}
        for earlier in reversed(self.seen):
            if here - self.parse.tokens[earlier.head].sentence > WINDOW:
                break
            one = self.of.get(earlier.head)
            if one is not None and earlier.head < mention.head:
                found.setdefault(id(one), one)
        return list(found.values())


def read(
    parse: Parse, quotations: Sequence[Quotation], statements: Sequence[Statement], day: str | None = None
) -> Reading:
    """A reading that knows who says what in quotations, and no mention yet."""
    reading = Reading(parse, day)
    for quotation in quotations:
        if quotation.parent is None:
            reading.marks.update(dict.fromkeys(parse.tokens_in(quotation.span), quotation.span.start))
    reading.own = _own_words(parse, reading.marks)
    told = [(p, s.source) for s in statements if s.source is not None and s.hit is not None for p in s.pieces]
    for piece, source in sorted(told, key=lambda t: t[0].start - t[0].end):
        reading.speakers.add(source)
        inside = parse.tokens_in(piece)
        reading.said.update(dict.fromkeys(inside, source))
        near = parse.tokens[source].sentence == parse.tokens[inside[0]].sentence if inside else False
        if inside and inside[0] < source and (near or inside[0] in reading.marks):
            reading.opens[source] = min(inside[0], reading.opens.get(source, source))
    spoke = {_answers(parse, s): s.source for s in statements if s.source is not None and s.hit is not None}
    reading.sources = sorted(head for head in spoke if head is not None and head not in reading.marks)
    reading.telling = frozenset(reading.sources)
    reading.asked = {head for head, source in spoke.items() if head is not None and head != source}
    return reading


def _own_words(parse: Parse, marks: dict[int, int]) -> frozenset[int]:
    """Starts of quotations with "I" and "me", or that begin as a sentence does: their words are all the speaker's.

    Of part of a sentence only some are: Karim said he "would keep his word", Karim "said he will, though I doubt it".
    """
    mine = set()
    first: dict[int, int] = {}
    for i, start in sorted(marks.items()):
        token = parse.tokens[i]
        if token.lower in _MYSELF:
            mine.add(start)
        if token.pos != "PUNCT":
            first.setdefault(start, i)
    cut = {s for s, i in first.items() if parse.tokens[i].tag in ("VBD", "VBZ") and parse.tokens[i].text.islower()}
    return frozenset((mine - cut) | {s for s, i in first.items() if _opens_sentence(parse, i)})


def _opens_sentence(parse: Parse, index: int) -> bool:
    """Whether a word behind a quotation mark has a capital that it has from its place alone."""
    token = parse.tokens[index]
    return token.text[:1].isupper() and token.pos not in ("PROPN", "NOUN") and not token.entity


def _answers(parse: Parse, statement: Statement) -> int | None:
    """The one who has the word after a statement: its source, or the one whom that source asks."""
    hit = statement.hit
    if hit is not None and hit.entry.words[0] in ASKING and hit.entry.pos == "verb":
        asked = child(parse, hit.head, "dobj", "dative")
        if asked is not None and _may_answer(parse, asked):
            return asked
    return statement.source


def _may_answer(parse: Parse, index: int) -> bool:
    """Whether what is asked or questioned is somebody: Karim, and not Karim's figures."""
    token = parse.tokens[index]
    return token.pos in ("PROPN", "PRON") or token.lemma in load_person_words() or token.lemma in load_cues().roles


def tie(reading: Reading, mention: Mention, one: One, score: float) -> float:
    """*score*, after *mention* was added to *one*."""
    reading.file(mention, one)
    return score


def start(reading: Reading, mention: Mention) -> None:
    """Makes *mention* the first of somebody or something new."""
    one = One()
    reading.ones.append(one)
    reading.file(mention, one)
    if mention.sort in ("person", None):
        reading.persons.append(one)
    if mention.kind == "noun":
        reading.nouns.setdefault(reading.parse.tokens[mention.head].lemma, []).append(one)
