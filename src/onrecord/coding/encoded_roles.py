"""Who of those told beside an event is its actor and who its recipient: small networks over the encoder's states of the
event's word and of the party's, and over signs of how the one hangs on the other.

How the weights were made is in ``training/roles.py`` of the repository, what they were made from and how good they are
in ``models/roles/MODEL_CARD.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from onrecord.coding.encoded_events import EventSigns
from onrecord.coding.sign_network import SignNetworks
from onrecord.model import Actor, Encoding, EventClaim, Layers, Token

FOLDER = Path(__file__).resolve().parent.parent / "models" / "roles"
ROLES = ("actor", "recipient")
"""Columns of the answer behind the first, which is "neither"."""

WIDTH = 384
"""Numbers of one layer's state."""

_NO_PARTY = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL"})
_INSIDE = frozenset({"compound", "nummod", "quantmod", "det", "predet", "flat"})
_FAR = 4


class RoleSigns:
    """Reads the signs of parties for the events of one report."""

    def __init__(self, layers: Layers, events: EventSigns) -> None:
        self.layers = layers
        self.events = events
        self._tokens = layers.parse.tokens
        self._sources: dict[int, list[range]] = {}
        for attribution in layers.attributions:
            if attribution.source is None or attribution.source.span is None:
                continue
            held = [layers.parse.tokens_in(span) for span in attribution.content]
            for i in layers.parse.tokens_in(attribution.source.span):
                self._sources.setdefault(i, []).extend(held)

    def candidates(self, head: int, words: Sequence[int]) -> list[int]:
        """Heads of what may be a party in the sentence of the event at *head*, told by *words*; in text order."""
        first, end = self.layers.parse.sentences[self._tokens[head].sentence]
        return [t.index for t in self._tokens[first:end] if t.index not in words and self._may_be(t)]

    def _may_be(self, token: Token) -> bool:
        if token.entity in _NO_PARTY or token.dep in _INSIDE:
            return False
        return token.pos in {"NOUN", "PROPN", "PRON"} or token.tag in {"PRP$", "WP$"}

    def signs(self, claim: EventClaim, head: int, index: int) -> list[str]:
        """Signs of the party at *index* for *claim*, whose word is at *head*."""
        event, token = self._tokens[head], self._tokens[index]
        path = self._path(head, index)
        sectors = self.events.coder.parties.sectors(index)
        side = "before" if index < head else "after"
        told = [role for role in ROLES if self._holds(getattr(claim, role), index)]
        parties = [f"has {role}" for role in ROLES if getattr(claim, role)]
        found = [
            f"path {path}",
            f"path {path} {event.pos} {claim.event_type}",
            f"path {path} {event.lemma.lower()}",
            f"type {claim.event_type}",
            f"event {event.pos} {event.tag}",
            f"lemma {token.lemma.lower()}" if token.pos != "PROPN" else "name",
            f"tag {token.tag}",
            f"dep {token.dep}",
            f"is {token.entity}",
            f"{side} {min(_FAR, abs(index - head).bit_length())}",
            *(f"of {sector}" for sector in sectors or ("none",)),
            *(f"told {role}" for role in told or ("neither",)),
            *parties,
            f"{' '.join(told) or 'neither'} by {path}",
        ]
        if any(head in held for held in self._sources.get(index, ())):
            found += ["its source", f"its source {claim.event_type}"]
        return found

    def _holds(self, actors: Sequence[Actor], index: int) -> bool:
        token = self._tokens[index]
        return any(a.span is not None and a.span.start <= token.start < a.span.end for a in actors)

    def _path(self, head: int, index: int) -> str:
        """Relations from the event up and down to the party: "<conj>nsubj"; "far" where it is long."""
        above = {head: ""}
        i, up = head, ""
        while self._tokens[i].head != i:
            up += f"<{self._tokens[i].dep}"
            i = self._tokens[i].head
            above[i] = up
        down, j = "", index
        while j not in above:
            token = self._tokens[j]
            step = f"{token.dep}:{token.lower}" if token.dep in {"prep", "agent"} else token.dep
            down = f">{step}{down}"
            if token.head == j:
                return "apart"
            j = token.head
        path = above[j] + down
        return path if path.count("<") + path.count(">") <= 5 else f"far {down.rpartition('>')[2]}"


def pairs(encoding: Encoding, heads: Sequence[int], parties: Sequence[int]) -> np.ndarray:
    """Float32 array (n, width): the last states of n events' words and of their parties' words in the shared encoder,
    behind them the same of the encoder of coding."""
    assert encoding.states is not None
    last, second = encoding.states[:, -WIDTH:], encoding.second
    rows = [last[heads], last[parties], *([second[heads], second[parties]] if second is not None else [])]
    return np.asarray(np.concatenate(rows, axis=1), dtype=np.float32)


class RoleHead:
    """The networks of the folder *folder*, or of the one that ships; the mean of their shares is the answer."""

    def __init__(self, folder: Path | None = None) -> None:
        """Raises ModelError, naming the file, when one is missing, broken or not the one of its labels."""
        self._networks = SignNetworks(folder or FOLDER)
        spec = self._networks.spec
        self.identity = f"onrecord-roles/{spec['sha256'][:16]}"
        """Name and hash of the weights, for the record of a run."""
        self.limits: dict[str, float] = spec["limits"]
        """From which share on an empty role is filled ("fill")."""

    def shares(self, rows: np.ndarray, signs: Sequence[Sequence[str]]) -> np.ndarray:
        """Float32 array (n, 3): shares of "neither", actor and recipient, for *rows* of `pairs`."""
        return self._networks.shares(rows, signs)


@cache
def load_head() -> RoleHead:
    """The head that ships, loaded once a process."""
    return RoleHead()


def roles_identity() -> str:
    """Name and hash of the head that ships; ModelError when it is missing or broken."""
    return load_head().identity
