"""Incidents: what the encoder's incident head says of an event, in the roles that it was trained on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.spans import Slot

IncidentRole = Literal["perpetrator", "organisation", "target", "victim", "weapon"]
INCIDENT_ROLES: tuple[IncidentRole, ...] = ("perpetrator", "organisation", "target", "victim", "weapon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Slot):
    """Words that fill a role of an incident; ``score`` is the probability, 0 to 1, that they do.

    A perpetrator is people, an organisation the group that they act for; a target is a thing, a victim people.
    """

    role: IncidentRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """That a report tells of an attack, bombing, kidnapping, arson, robbery or forced work stoppage.

    ``score`` is the probability of the likeliest part. Each filler of the report stands in one claim only,
    however often it is named.
    """

    type: str
    score: float
    parts: tuple[Part, ...] = ()
