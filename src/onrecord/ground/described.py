"""Places that are described, not named: "the province", "the town", "the south", "the province's southeast".

A definite description stands for the last place of its kind that the report named; a direction for
that part of the place that it is said of, else of the country that the report is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from onrecord.model import Parse, Place, Span, Via

_KINDS: dict[str, tuple[str, ...]] = {
    "province": ("province",), "governorate": ("province",), "state": ("province",), "region": ("province", "region"),
    "territory": ("province", "region"), "enclave": ("province", "district", "region"), "oblast": ("province",),
    "town": ("town",), "city": ("town",), "village": ("town",), "suburb": ("town", "district"),
    "district": ("district",), "county": ("district", "province"), "country": ("country",), "nation": ("country",),
    "island": ("region", "province", "town"), "peninsula": ("region", "province"),
}  # fmt: skip
_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west".split()
)
_POINTING = frozenset({"the", "this", "that"})
_ADJECTIVE = {"north": "northern", "south": "southern", "east": "eastern", "west": "western"}


def find_described(parse: Parse, named: Sequence[Place]) -> tuple[Place, ...]:
    """Described places of *parse*, in text order; each with ``basis: coreference`` and what it stands for.

    *named* are the resolved toponyms of the report; descriptions without an antecedent are left out.
    """
    literal = [p for p in named if p.span is not None and p.usage == "literal" and p.field == "text"]
    taken = [p.span for p in named if p.span is not None]
    found: list[Place] = []
    for token in parse.tokens:
        if token.pos not in {"NOUN", "PROPN"}:
            continue
        if token.lemma not in _KINDS and token.lower not in _DIRECTIONS:
            continue
        pointed = [c for c in parse.children[token.index] if parse.tokens[c].lower in _POINTING]
        possessed = [c for c in parse.children[token.index] if parse.tokens[c].dep == "poss"]
        span = Span(parse.tokens[pointed[0]].start if pointed else token.start, token.end)
        if any(span.overlaps(t) for t in taken):
            continue
        place = None
        if token.lemma in _KINDS and pointed and not _specified(parse, token.index):
            place = _antecedent(literal, token.start, _KINDS[token.lemma])
        elif token.lower in _DIRECTIONS and (pointed or possessed):
            place = _part(parse, token.index, token.lower, [*literal, *found], named)
        if place is not None:
            found.append(_described(place, span, span.of(parse.text)))
    return tuple(found)


def _specified(parse: Parse, index: int) -> bool:
    """Whether the description names a new place itself ("the town of Saraqib", "the capital of Chad")."""
    for child in parse.children[index]:
        token = parse.tokens[child]
        if token.dep == "prep" and token.lower == "of":
            return True
        if token.dep in {"compound", "appos"} and token.pos == "PROPN":
            return True
    return parse.tokens[index].dep == "compound"


def _antecedent(literal: Sequence[Place], before: int, kinds: Sequence[str]) -> Place | None:
    fits = [p for p in literal if p.span is not None and p.span.end <= before and p.precision in kinds]
    return fits[-1] if fits else None


def _part(parse: Parse, index: int, direction: str, places: Sequence[Place], named: Sequence[Place]) -> Place | None:
    """The part of a place that a direction names: of the place it hangs on, else of the country in focus."""
    for child in parse.children[index]:
        token = parse.tokens[child]
        objects = [child] if token.dep == "poss" else []
        if token.dep == "prep" and token.lower == "of":
            objects = [c for c in parse.children[child] if parse.tokens[c].dep == "pobj"]
        for at in objects:
            for place in places:
                if place.span is not None and parse.tokens[at].span.overlaps(place.span):
                    return _widened(place, direction)
            return None
    countries = Counter(p.country for p in named if p.country)
    if not countries:
        return None
    country = countries.most_common(1)[0][0]
    whole = next((p for p in named if p.country == country and p.precision == "country"), None)
    return _widened(whole, direction) if whole is not None else None


def _widened(place: Place, direction: str) -> Place:
    word = _ADJECTIVE.get(direction.replace("-", ""), direction.replace("-", "") + "ern")
    precision: Literal["region", "district"] = "region" if place.precision in {"country", "region"} else "district"
    radius = max(5_000, (place.radius_m or 0) // 2)
    return replace(
        place, name=f"{word} {place.name}", precision=precision, radius_m=radius, why=f"the {direction} of it"
    )


def _described(place: Place, span: Span, text: str) -> Place:
    assert place.span is not None
    via = Via(text=place.text or "", span=place.span)
    return replace(place, text=text, span=span, basis="coreference", via=via, usage="literal")
