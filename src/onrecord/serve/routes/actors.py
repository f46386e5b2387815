"""Actors: lists, one actor, the network of relations at a date, and decisions on who is who."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query

from onrecord.case.folding import fold
from onrecord.serve import dealings, pages, standing
from onrecord.serve.desk import Asking, Cursor, Deciding, Limit
from onrecord.serve.naming import correct, undo
from onrecord.serve.network import Question, day
from onrecord.serve.network import network as network_of
from onrecord.serve.shapes import Actors, FullActor
from onrecord.serve.shapes_network import Network
from onrecord.serve.shapes_work import Correction, Corrections, Decided, Undo

router = APIRouter(tags=["actors"])
_ALL = "claims,dealings,registry"
_BASES = r"^(claims|dealings|registry)(,(claims|dealings|registry))*$"
Day = Annotated[str | None, Query(max_length=10, description="a day, 2018-08-31")]


@router.get("/actors", response_model=Actors)
def actors(
    ask: Asking,
    words: Annotated[str, Query(max_length=200, description="part of a name or id")] = "",
    status: Annotated[Literal["all", "provisional", "confirmed", "registry"], Query()] = "all",
    order: Literal["-total", "-did", "-suffered", "-said", "name"] = "-total",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """Actors of the case, the busiest first."""

    listing = standing.actors(ask)

    def build() -> dict[str, Any]:
        rows, wanted = listing.rows, fold(words)
        chosen = [
            i for i, a in enumerate(rows)
            if (not wanted or wanted in fold(" ".join([a["actor_id"], a["name"] or "", *a["names"]])))
            and status in ("all", a["status"])
        ]  # fmt: skip
        if order == "name":
            chosen.sort(key=lambda i: fold(rows[i]["name"] or rows[i]["actor_id"]))
        elif order != "-total":
            chosen.sort(key=lambda i: -rows[i][order[1:]])
        found = np.array(chosen, dtype=np.int64)
        cut = pages.cut_of(found, ("actors", wanted, status, order), limit, cursor, ask.cut)
        items = [rows[i] for i in cut.numbers]
        return {"items": items, "next": cut.next, "total": cut.total, "erased": ask.erased(), **ask.head()}

    return ask.respond(build, listing.state)


@router.get("/actors/network", response_model=Network)
def network(
    ask: Asking,
    at: Day = None,
    actor: Annotated[str | None, Query(max_length=120, description="only what this actor is to others")] = None,
    window: Annotated[int, Query(ge=0, le=3660, description="days before and after `at` in which dealings count")] = 45,
    basis: Annotated[str, Query(pattern=_BASES, description="what to go by: claims, dealings, registry")] = _ALL,
    limit: Annotated[int, Query(ge=1, le=500, description="how many links of claims at most")] = 200,
    actors: Annotated[int, Query(ge=2, le=200, description="how many of the busiest actors")] = 40,
) -> Any:
    """Who leads, backs, helps, fights or belongs to whom on a day, as claims and the registry tell it."""
    asked = Question(day(at), actor, window, frozenset(basis.split(",")), limit, actors)
    listing = standing.actors(ask)
    return ask.respond(lambda: network_of(ask, asked), ask.cut, ask.snapshot.erasures, listing.state)


@router.get("/actors/{actor_id}", response_model=FullActor)
def actor(ask: Asking, actor_id: str) -> Any:
    """One actor: registry entry, memberships, what it did, suffered and said, and who speaks of it."""
    return ask.respond(lambda: dealings.actor(ask, actor_id))


@router.post("/actors/{actor_id}/{action}", response_model=Decided)
def decide(
    ask: Asking, who: Deciding, actor_id: str, action: Literal["confirm", "rename", "merge", "split"], body: Correction
) -> Any:
    """Says that a provisional actor is one, gives it another name, joins it with others, or takes some mentions out."""
    return correct(ask, action, actor_id, body, who.name)


@router.get("/corrections", response_model=Corrections)
def corrections(
    ask: Asking,
    about: Annotated[Literal["actor", "place"] | None, Query()] = None,
    of: Annotated[str | None, Query(max_length=120, description="id of one actor or place")] = None,
) -> Any:
    """What people decided of actors and places, the latest first."""

    def build() -> dict[str, Any]:
        return {"items": ask.desk.case.corrections(about=about, of=of, as_of=ask.moment())[::-1], "entry": ask.cut}

    return ask.respond(build)


@router.post("/corrections/{correction_id}/undo", response_model=Decided)
def take_back(ask: Asking, who: Deciding, correction_id: str, body: Undo) -> Any:
    """Takes a decision on an actor or a place back."""
    return undo(ask, correction_id, who.name, body.why)
