"""Which words tell of an event, and of which type: small networks over the encoder's states of a word and over signs
that the rules read off it (its rows in the lexicon, its parties, what the rules made of it and why not).

How the weights were made is in ``training/events.py`` of the repository, what they were made from and how good they
are in ``models/events/MODEL_CARD.md``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from onrecord.coding.arguments import Arguments
from onrecord.coding.encoded_factuality import FIRST
from onrecord.coding.events import EventCoder
from onrecord.coding.sign_network import SignNetworks
from onrecord.lexicon.triggers import Trigger
from onrecord.model import Encoding, EventClaim, Layers, Token

FOLDER = Path(__file__).resolve().parent.parent / "models" / "events"
TYPES = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT".split()
)
"""Columns of the answer behind the first, which is "no event"."""

_POS = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_OWN = frozenset("aux neg mark advmod det prt amod compound poss auxpass nmod".split())
_MARKS = ("source", "cue", "content", "incident", "time", "toponym")
_ABOUT = ("sport", "conflict", "crime", "public", "politics", "mishaps")


class EventSigns:
    """Reads the signs of words in one report that the rules have coded already."""

    def __init__(self, layers: Layers, coder: EventCoder, coded: Iterable[EventClaim], dropped: Iterable[EventClaim]):
        self.layers = layers
        self.coder = coder
        self.arguments: Arguments = coder.arguments
        self._tokens = layers.parse.tokens
        self._by_head = coder.lexicon.triggers.by_head
        self._about = [f"about {name}" for name in _ABOUT if getattr(coder.relevance, name)]
        self._ruled: dict[int, list[str]] = defaultdict(list)
        for claim in coded:
            for i in self.words(claim):
                self._ruled[i].append(f"rule {claim.event_type}")
        for claim in dropped:
            for i in self.words(claim):
                self._ruled[i] += [f"rejected {claim.event_type}", f"reason {kind_of(claim.reason)}"]
        self._inside: dict[int, set[str]] = defaultdict(set)
        for attribution in layers.attributions:
            # Whole passages that are somebody's by their layout tell the head nothing of the words in them.
            spans = () if attribution.cue is None else attribution.content
            for span in spans:
                for i in layers.parse.tokens_in(span):
                    self._inside[i].add(f"in {attribution.form}")
            if attribution.cue is not None:
                for i in layers.parse.tokens_in(attribution.cue.span):
                    self._inside[i].add(f"cue {attribution.cue.kind}")

    def words(self, claim: EventClaim) -> list[int]:
        """Tokens of the trigger of *claim*."""
        spans = claim.trigger.spans or ((claim.trigger.span,) if claim.trigger.span is not None else ())
        return [i for span in spans for i in self.layers.parse.tokens_in(span)]

    def head(self, words: Sequence[int]) -> int:
        """The one of *words* that the others hang on."""
        return next(iter(self.layers.parse.heads_in(words)), words[0])

    def candidates(self) -> list[int]:
        """Words that may tell of an event: those with a row in the lexicon, and those that the rules have coded."""
        return [t.index for t in self._tokens if t.index in self._ruled or self._rows(t)]

    def _rows(self, token: Token) -> tuple[Trigger, ...]:
        pos = _POS.get(token.pos)
        if pos is None:
            return ()
        return self._by_head.get((pos, token.lemma)) or self._by_head.get((pos, token.lower), ())

    def signs(self, index: int) -> list[str]:
        """Signs of the word at *index*."""
        token = self._tokens[index]
        above = self._tokens[token.head]
        found = [
            f"lemma {token.lemma.lower()}",
            f"tag {token.tag}",
            f"dep {token.dep}",
            f"pos {token.pos}",
            f"under {token.dep} {above.lemma.lower()}",
            f"above {above.dep}",
            ("first", "second", "third")[min(2, token.sentence)],
            *self._of_lexicon(index, self._rows(token)),
            *self._of_parties(index),
            *self._of_children(index),
            *sorted(self._inside.get(index, ())),
            *self._ruled.get(index, ("rule nothing",)),
            *self._about,
        ]
        return found

    def _of_lexicon(self, index: int, rows: tuple[Trigger, ...]) -> list[str]:
        types = sorted({row.event_type or "NONE" for row in rows})
        found = [f"lexicon {name}" for name in types] or ["lexicon absent"]
        found.append(f"readings {len(types)}")
        token = self._tokens[index]
        lemma = token.lemma if rows and self._by_head.get((_POS[token.pos], token.lemma)) is rows else token.lower
        best = self.coder.matcher.read(token, _POS[token.pos], lemma, rows) if rows else None
        if best is None or best.trigger.toll:
            return [*found, "fits no"]
        carrier = "-" if best.carrier is None else self._tokens[best.carrier].lemma
        row = best.trigger
        return [
            *found,
            f"fits {row.event_type or 'NONE'}",
            f"strength {row.strength}",
            f"carrier {carrier}",
            f"demands {min(6, row.specificity)}",
        ]

    def _of_parties(self, index: int) -> list[str]:
        found: list[str] = []
        for name, held in (("subject", self.arguments.subjects(index)), ("object", self.arguments.objects(index))):
            if not held:
                found.append(f"{name} none")
            for i in held[:2]:
                found += self._of_word(name, i)
        return found

    def _of_word(self, name: str, index: int) -> list[str]:
        token = self._tokens[index]
        sectors = self.coder.parties.sectors(index)
        return [f"{name} {token.lemma.lower()}", f"{name} is {token.entity}", *(f"{name} of {s}" for s in sectors)]

    def _of_children(self, index: int) -> list[str]:
        children = self.layers.parse.children
        found: list[str] = []
        for i in children[index]:
            child = self._tokens[i]
            found.append(f"has {child.dep}")
            if child.dep in _OWN:
                found.append(f"own {child.dep} {child.lemma.lower()}")
            elif child.dep in {"prep", "agent"}:
                found.append(f"with {child.lower}")
                for j in children[i]:
                    if self._tokens[j].dep == "pobj":
                        found += self._of_word(child.lower, j)
        return found


def numbers(encoding: Encoding, at: Sequence[int]) -> np.ndarray:
    """Float32 array (n, width): what the other heads say of the words *at*, behind it their states in both encoders."""
    assert encoding.states is not None
    heads = encoding.heads
    marks = [1.0 - heads[name][at, 0] for name in _MARKS]
    rows = np.stack([*marks, heads[FIRST][at, 0] / 3.0], axis=1)
    own = [encoding.second[at]] if encoding.second is not None else []
    return np.asarray(np.concatenate([rows, encoding.states[at], *own], axis=1), dtype=np.float32)


def kind_of(reason: str | None) -> str:
    """The first words of a reason, without what it names."""
    return " ".join((reason or "").split("(")[0].split(":")[0].split()[:5])


class EventHead:
    """The networks of the folder *folder*, or of the one that ships: over the states of both encoders, and over those
    of the shared one alone (``first``). The mean of their shares is the answer."""

    def __init__(self, folder: Path | None = None) -> None:
        """Raises ModelError, naming the file, when one is missing, broken or not the one of its labels."""
        self._networks = [SignNetworks(folder or FOLDER), SignNetworks((folder or FOLDER) / "first")]
        spec = self._networks[0].spec
        self.identity = "onrecord-events/" + "+".join(n.spec["sha256"][:16] for n in self._networks)
        """Name and hash of the weights, for the record of a run."""
        self.limits: dict[str, float] = spec["limits"]
        """From which share on the head overrules the rules, by what it does."""

    def shares(self, rows: np.ndarray, signs: Sequence[Sequence[str]]) -> np.ndarray:
        """Float32 array (n, 17): shares of "no event" and of each of `TYPES`, adding to 1, for *rows* of `numbers`."""
        each = [networks.shares(rows[:, : networks.width], signs) for networks in self._networks]
        return np.asarray(np.mean(each, axis=0), dtype=np.float32)


@cache
def load_head() -> EventHead:
    """The head that ships, loaded once a process."""
    return EventHead()


def events_identity() -> str:
    """Name and hash of the head that ships; ModelError when it is missing or broken."""
    return load_head().identity
