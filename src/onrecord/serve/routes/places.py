"""Places: lists, and who holds one over time as each claimant tells it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query

from onrecord.case.folding import fold
from onrecord.serve import holding, pages, standing
from onrecord.serve.desk import Asking, Cursor, Deciding, Limit
from onrecord.serve.naming import correct
from onrecord.serve.shapes import FullPlace, Places
from onrecord.serve.shapes_work import Correction, Decided

router = APIRouter(tags=["places"])


@router.get("/places", response_model=Places)
def places(
    ask: Asking,
    words: Annotated[str, Query(max_length=200, description="part of a name or id")] = "",
    status: Annotated[Literal["all", "gazetteer", "provisional", "confirmed"], Query()] = "all",
    order: Literal["-claims", "-control", "name"] = "-claims",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """Places of the case, the most frequent first."""

    listing = standing.places(ask)

    def build() -> dict[str, Any]:
        rows, wanted = listing.rows, fold(words)
        chosen = [
            i for i, p in enumerate(rows) if status in ("all", p["status"]) and (not wanted or wanted in _words(p))
        ]
        if order == "name":
            chosen.sort(key=lambda i: fold(rows[i]["name"] or ""))
        elif order == "-control":
            chosen.sort(key=lambda i: -rows[i]["control"])
        found = np.array(chosen, dtype=np.int64)
        cut = pages.cut_of(found, ("places", wanted, status, order), limit, cursor, ask.cut)
        items = [rows[i] for i in cut.numbers]
        return {"items": items, "next": cut.next, "total": cut.total, "erased": ask.erased(), **ask.head()}

    return ask.respond(build, listing.state)


def _words(row: dict[str, Any]) -> str:
    known = [row[key] for key in ("place_id", "name", "admin1", "country") if row[key]]
    return fold(" ".join([*known, *row["names"]]))


@router.get("/places/{place_id}", response_model=FullPlace)
def place(ask: Asking, place_id: str) -> Any:
    """One place, with control over time per claimant."""
    return ask.respond(lambda: holding.place(ask, place_id))


@router.post("/places/{place_id}/{action}", response_model=Decided)
def decide(
    ask: Asking,
    who: Deciding,
    place_id: str,
    action: Literal["confirm", "rename", "merge", "split", "locate"],
    body: Correction,
) -> Any:
    """Says that a place is one, names it, joins it with others, takes ids apart again, or moves it on the map."""
    return correct(ask, action, place_id, body, who.name)
