"""Actors: lists, one actor, the network of relations at a date, and decisions on who is who."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query

from onrecord.case.keys import fold
from onrecord.serve import dealings, pages, standing
from onrecord.serve.desk import Asking, Cursor, Deciding, Limit
from onrecord.serve.naming import decide_actor
from onrecord.serve.shapes import Actors, FullActor, Network
from onrecord.serve.shapes_work import ActorDecision, Decided

router = APIRouter(tags=["actors"])
Day = Annotated[str | None, Query(max_length=10, description="a day, 2018-08-31")]


@router.get("/actors", response_model=Actors)
def actors(
    ask: Asking,
    words: Annotated[str, Query(max_length=200, description="part of a name or id")] = "",
    status: Annotated[Literal["all", "provisional", "registry"], Query()] = "all",
    order: Literal["-total", "-did", "-suffered", "-said", "name"] = "-total",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """Actors of the case, the busiest first."""

    def build() -> dict[str, Any]:
        rows, wanted = standing.actors(ask), fold(words)
        chosen = [
            i for i, a in enumerate(rows)
            if (not wanted or wanted in fold(" ".join([a["actor_id"], a["name"] or "", *a["names"]])))
            and (status == "all" or a["provisional"] == (status == "provisional"))
        ]  # fmt: skip
        if order == "name":
            chosen.sort(key=lambda i: fold(rows[i]["name"] or rows[i]["actor_id"]))
        elif order != "-total":
            chosen.sort(key=lambda i: -rows[i][order[1:]])
        found = np.array(chosen, dtype=np.int64)
        cut = pages.cut_of(found, ("actors", wanted, status, order), limit, cursor, ask.cut)
        items = [rows[i] for i in cut.numbers]
        return {"items": items, "next": cut.next, "total": cut.total, "erased": ask.erased(), **ask.head()}

    return ask.respond(build)


@router.get("/actors/network", response_model=Network)
def network(
    ask: Asking,
    at: Day = None,
    actor: Annotated[str | None, Query(max_length=120, description="only relations of this actor")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> Any:
    """Who leads, backs, belongs to or opposes whom on a day, as claims tell it."""
    return ask.respond(lambda: dealings.network(ask, dealings.day(at), actor, limit))


@router.get("/actors/{actor_id}", response_model=FullActor)
def actor(ask: Asking, actor_id: str) -> Any:
    """One actor: registry entry, memberships, what it did, suffered and said, and who speaks of it."""
    return ask.respond(lambda: dealings.actor(ask, actor_id))


@router.post("/actors/{actor_id}/confirm", response_model=Decided)
def confirm(ask: Asking, who: Deciding, actor_id: str, body: ActorDecision) -> Any:
    """Says that a provisional actor is one, with what is known of it."""
    return decide_actor(ask, "confirm", actor_id, body, who.name)


@router.post("/actors/{actor_id}/merge", response_model=Decided)
def merge(ask: Asking, who: Deciding, actor_id: str, body: ActorDecision) -> Any:
    """Says that ``members`` are this actor, or that this one is ``into``."""
    return decide_actor(ask, "merge", actor_id, body, who.name)


@router.post("/actors/{actor_id}/split", response_model=Decided)
def split(ask: Asking, who: Deciding, actor_id: str, body: ActorDecision) -> Any:
    """Says that ``members`` (names of this actor) are somebody else."""
    return decide_actor(ask, "split", actor_id, body, who.name)


@router.post("/actors/decisions/{decision_id}/undo", response_model=Decided)
def undo(ask: Asking, who: Deciding, decision_id: str, body: ActorDecision) -> Any:
    """Takes a decision on actors back."""
    return decide_actor(ask, "undo", decision_id, body, who.name)
