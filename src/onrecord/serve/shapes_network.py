"""Shapes of the network of actors on a day, for the OpenAPI description."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from onrecord.serve.shapes import Shape


class NetworkNode(Shape):
    """An actor in a network; ``key`` is its id, or its words where it has none."""

    key: str
    actor_id: str | None
    name: str | None
    country: str | None
    sectors: list[str]
    claims: int = Field(description="how many claims are behind its links")


class NetworkLink(Shape):
    """What one actor is to another: a relation that claims tell of, dealings, or a tie of the registry."""

    from_: str = Field(alias="from")
    to: str
    basis: Literal["claims", "dealings", "registry"]
    kind: Literal["relation", "cooperation", "conflict", "membership", "office"]
    relation: str
    by: dict[str, int] = Field(description="claims by type")
    claims: int
    denied: int
    claim_ids: list[str] = Field(description="at most twenty, those nearest to the day first")
    start: str | None = Field(description="from when it holds; of dealings the day of the first")
    end: str | None
    title: str | None = Field(description="of an office")


class NetworkBin(Shape):
    """How many claims tell of relations and dealings in a stretch of time."""

    start: str
    end: str
    count: int
    by: dict[str, int] = Field(description="relation, cooperation, conflict")


class Network(Shape):
    """Relations, dealings and ties between actors on a day; ``first``, ``last`` and ``bins`` are of any day."""

    nodes: list[NetworkNode]
    links: list[NetworkLink]
    counts: dict[str, int] = Field(description="links by kind, before `limit` cut them")
    truncated: bool
    actor: str | None
    at: str | None
    window: int
    unit: Literal["day", "week", "month", "year"]
    bins: list[NetworkBin]
    first: str | None
    last: str | None
    entry: int
    as_of: str | None
