"""Confidence of event claims: how many claims like it a reader found right in every part.

A logistic model over named signs of the finished claim (how sure the learned head was, how its parties were found, on
whose word it stands, its mood), fitted on judged claims: ``data/confidence.csv``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Actor, Claim, EventClaim

FILE = "confidence.csv"
BIAS = "always"
_STEPS = (0.6, 0.75, 0.85, 0.93)
"""Where the head's share for "an event" passes from one sign to the next."""
_Held = TypeVar("_Held", bound=Claim)


@cache
def load_confidence_weights(folder: Path | None = None) -> Mapping[str, float]:
    """Log odds by sign of ``confidence.csv``, from *folder* (the package's own ``data/`` by default).

    Raises DataError that names file and line when a weight is no number.
    """
    found = {}
    for row in read_rows((folder or data_folder()) / FILE, ("sign", "weight")):
        try:
            found[row["sign"]] = float(row["weight"])
        except ValueError:
            remedy = "Run benchmarks/reliability.py --fit again"
            raise row.wrong(f"weight {row['weight']!r} is no number", remedy) from None
    return MappingProxyType(found)


def with_confidence(claims: Iterable[_Held]) -> tuple[_Held, ...]:
    """*claims* with the confidence of the coded event claims among them; the others as they are."""
    weights = load_confidence_weights()
    return tuple(_weighed(claim, weights) for claim in claims)


def _weighed(claim: _Held, weights: Mapping[str, float]) -> _Held:
    if not isinstance(claim, EventClaim) or claim.status != "coded":
        return claim
    return replace(claim, confidence=likely(signs_of(claim), weights))


def likely(signs: Iterable[str], weights: Mapping[str, float]) -> float:
    """The share of right claims among those with *signs* (0 to 1, to two places, never quite either)."""
    odds = weights.get(BIAS, 0.0) + sum(weights.get(sign, 0.0) for sign in signs)
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))))), 2)


def signs_of(claim: EventClaim) -> tuple[str, ...]:
    """The names of the signs that hold of *claim*, after grounding, sorted."""
    return tuple(sorted({*_of_reading(claim), *_of_word(claim), *_of_modality(claim)}))


def _of_reading(claim: EventClaim) -> Iterator[str]:
    yield f"type {claim.event_type}"
    score = claim.rationale.score if claim.rationale is not None else None
    if score is None:
        yield "head not asked"
    else:
        yield f"head {sum(score >= step for step in _STEPS)}"
    notes = claim.rationale.notes if claim.rationale is not None else ()
    if any(note.startswith("learned head over") for note in notes):
        yield "head over the rules"
    for role, actors in (("actor", claim.actor), ("recipient", claim.recipient)):
        yield from (f"{role} {sign}" for sign in _of_parties(actors))


def _of_parties(actors: Sequence[Actor]) -> Iterator[str]:
    if not actors:
        yield "none"
        return
    if len(actors) > 1:
        yield "several"
    for actor in actors:
        yield actor.basis
        if actor.span is None:
            yield "without words"
        if actor.sectors and actor.country is None:
            yield "without country"
        if not actor.sectors and actor.country is None:
            yield "without codes"


def _of_word(claim: EventClaim) -> Iterator[str]:
    sources = [link for link in claim.chain if link.role == "source"]
    if sources:
        yield "source"
    if len(sources) > 1:
        yield "sources"
    if any(link.continued for link in sources):
        yield "source of another sentence"
    if claim.background:
        yield "background"


def _of_modality(claim: EventClaim) -> Iterator[str]:
    modality = claim.modality
    if modality.mood != "asserted":
        yield "mood"
    if modality.polarity != "positive":
        yield "negative"
    if modality.certainty != "certain":
        yield "not certain"
    if modality.tense != "past":
        yield f"tense {modality.tense}"
