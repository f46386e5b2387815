"""Ground: actors, places and times get ids, coordinates and days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord.errors import ConfigError
from onrecord.ground.actors import find_actors
from onrecord.ground.claims import ground_claims
from onrecord.ground.described import find_described
from onrecord.ground.gazetteer import Gazetteer
from onrecord.ground.places import PlaceResolver
from onrecord.ground.registry import Registry
from onrecord.ground.times import find_times
from onrecord.ground.toponyms import ToponymFinder
from onrecord.lexicon.actors import load_actors
from onrecord.lexicon.ontology import Ontology, load_ontology
from onrecord.model import Actor, Claim, Layers, Place, Span, Time

__all__ = ["Grounding", "load_grounding"]


@dataclass(frozen=True, slots=True)
class Grounding:
    """Registry, gazetteer and calendar behind four questions; holds no state of a report."""

    registry: Registry
    finder: ToponymFinder
    resolver: PlaceResolver
    ontology: Ontology

    def find_times(self, layers: Layers) -> tuple[Time, ...]:
        """Time expressions of the report, resolved."""
        return find_times(layers.report, layers.parse, layers.encoding)

    def find_places(self, layers: Layers) -> tuple[Place, ...]:
        """Toponyms of the report, resolved with the whole report in view, and places that it only describes."""
        mentions = self.finder.find(layers.parse, layers.encoding, layers.credits)
        named = self.resolver.resolve(mentions, layers.report)
        described = find_described(layers.parse, named)
        return tuple(sorted((*named, *described), key=lambda p: p.span or Span(0, 0)))

    def find_actors(self, layers: Layers) -> tuple[Actor, ...]:
        """Mentions that may be actors, with what the registry says of them."""
        return find_actors(layers.report, layers.parse, layers.toponyms, self.registry)

    def ground(self, layers: Layers, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """Claims with the countries that only the context gives, and with codes."""
        return ground_claims(layers, claims, self.registry, self.ontology)

    def sizes(self) -> dict[str, int]:
        """How much is known: entities, names, places."""
        tables = self.registry.tables
        return {
            "registry entities": len(tables.entities),
            "registry names": len(tables.names),
            **self.finder.gazetteer.sizes(),
        }


@lru_cache(maxsize=2)
def load_grounding(registry: str | None = None, gazetteer: str | None = None, ontology: str | None = None) -> Grounding:
    """Registry and gazetteer, the user's own before ours.

    Raises ConfigError when a path leads nowhere, DataError for a bad row, ModelError when the
    gazetteer that ships is missing.
    """
    for what, path in (("registry", registry), ("gazetteer", gazetteer), ("ontology", ontology)):
        if path is not None and not Path(path).exists():
            raise ConfigError(f"{what} = {path!r}: no such file or folder. Mend the path.")
    places = Gazetteer(user=(Path(gazetteer),) if gazetteer else ())
    return Grounding(
        registry=Registry(load_actors(Path(registry) if registry else None)),
        finder=ToponymFinder(places),
        resolver=PlaceResolver(places),
        ontology=load_ontology(Path(ontology) if ontology else None),
    )
