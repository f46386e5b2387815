"""Places: lists, and who holds one over time as each claimant tells it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query

from onrecord.case.keys import fold
from onrecord.serve import dealings, pages, standing
from onrecord.serve.desk import Asking, Cursor, Limit
from onrecord.serve.shapes import FullPlace, Places

router = APIRouter(tags=["places"])


@router.get("/places", response_model=Places)
def places(
    ask: Asking,
    words: Annotated[str, Query(max_length=200, description="part of a name or id")] = "",
    order: Literal["-claims", "-control", "name"] = "-claims",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """Places of the case, the most frequent first."""

    def build() -> dict[str, Any]:
        rows, wanted = standing.places(ask), fold(words)
        chosen = [i for i, p in enumerate(rows) if not wanted or wanted in _words(p)]
        if order == "name":
            chosen.sort(key=lambda i: fold(rows[i]["name"] or ""))
        elif order == "-control":
            chosen.sort(key=lambda i: -rows[i]["control"])
        found = np.array(chosen, dtype=np.int64)
        cut = pages.cut_of(found, ("places", wanted, order), limit, cursor, ask.cut)
        items = [rows[i] for i in cut.numbers]
        return {"items": items, "next": cut.next, "total": cut.total, "erased": ask.erased(), **ask.head()}

    return ask.respond(build)


def _words(row: dict[str, Any]) -> str:
    return fold(" ".join(row[key] for key in ("place_id", "name", "admin1", "country") if row[key]))


@router.get("/places/{place_id}", response_model=FullPlace)
def place(ask: Asking, place_id: str) -> Any:
    """One place, with control over time per claimant."""
    return ask.respond(lambda: dealings.place(ask, place_id))
