"""Actors and recipients as ACLED, UCDP and CAMEO name and sort them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.lexicon.actors import Entity, load_actors
from onrecord.lexicon.profile_codes import Codes, Country
from onrecord.view.profiles.happening import Json

_GROUPS = frozenset("group party movement gang paramilitary coalition".split())
ARMED = ("MIL", "COP", "REB", "PRM", "UAF", "CRM", "SPY")
_STATES = frozenset({"member", "observer", "disputed"})


@dataclass(frozen=True, slots=True)
class Party:
    """One actor or recipient: its words, what the registry knows of it, and what the text says it is."""

    text: str | None
    entity: Entity | None
    group: Entity | None
    country: Country | None
    country_code: str | None
    sectors: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """Name in the registry, else the words."""
        return self.entity.name if self.entity else self.text

    @property
    def body(self) -> Entity | None:
        """The organisation that acts: the entity itself, for a person or fighters the group that the text names."""
        if self.entity is not None and self.entity.kind in _GROUPS:
            return self.entity
        return self.group if self.group is not None and self.group.kind in _GROUPS else None

    @property
    def is_state(self) -> bool:
        """Whether the words mean a state as such ("Turkey")."""
        return self.entity is not None and self.entity.kind == "state"

    @property
    def is_person(self) -> bool:
        """Whether it is a person with a name."""
        return self.entity is not None and self.entity.kind == "person"

    @property
    def sector(self) -> str | None:
        """Its primary sector."""
        return self.sectors[0] if self.sectors else None

    @property
    def armed(self) -> str | None:
        """Its first armed sector, else its primary one: a rebel movement may be a party too."""
        return next((s for s in self.sectors if s in ARMED), self.sector)

    @property
    def known(self) -> bool:
        """Whether anything is known of it beyond its words."""
        return self.entity is not None or bool(self.sectors and self.sectors != ("UNK",))

    def has(self, *sectors: str) -> bool:
        """Whether one of its sectors is among *sectors*."""
        return any(s in sectors for s in self.sectors)


def read_parties(slots: Sequence[Json], codes: Codes, places: Sequence[str] = ()) -> list[Party]:
    """The parties of an event, those first of whom something is known; not those whose words only name its *places*."""
    registry = load_actors()
    found = []
    where = {p.casefold() for p in places}
    for slot in slots:
        if not slot.get("actor_id") and (slot.get("text") or "").casefold() in where:
            continue
        entity = registry.entity(slot["actor_id"]) if slot.get("actor_id") else None
        group = registry.entity(slot["group"]) if slot.get("group") else None
        code = slot.get("country") or (entity.country if entity else None)
        country = codes.country(code)
        state = registry.states.get(code or "")
        if state is not None and state.status not in _STATES and country is None:
            code = None
        sectors = tuple(slot.get("sectors") or (entity.sectors if entity else ()))
        if entity is not None and entity.kind == "state" and not sectors:
            sectors = ("GOV",)
        found.append(Party(slot.get("text"), entity, group, country, code, sectors))
    return sorted(found, key=lambda p: not p.known)
