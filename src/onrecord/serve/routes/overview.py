"""The first page, runs, and search."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from onrecord.case.search import search as ranked
from onrecord.serve.desk import Asking, AsOf, Q
from onrecord.serve.happenings import happenings
from onrecord.serve.overviewing import overview as overview_of
from onrecord.serve.routes.events import Rule
from onrecord.serve.shapes import Hits
from onrecord.serve.shapes_events import Overview
from onrecord.serve.terms import parsed

router = APIRouter(tags=["overview"])
MARK = ("\u2039", "\u203a")


@router.get("/overview", response_model=Overview)
def overview(ask: Asking, q: Q = "", since: AsOf = None, aggregation: Rule = "representative") -> Any:
    """What the case holds; ``since`` says from when on things are new (your last visit where it is absent)."""
    found = happenings(ask, aggregation)
    states = (ask.cut, ask.snapshot.erasures, *found.states)
    return ask.respond(lambda: overview_of(ask, q, since, found), *states, since or ask.present.last_visit)


@router.get("/search", response_model=Hits)
def search(
    ask: Asking,
    q: Annotated[str, Query(min_length=1, max_length=1000)],
    within: Literal["reports", "quotes", "claims"] = "reports",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Any:
    """Reports, quotes or claims that hold some words, best first; found words stand between ‹ and ›."""

    def build() -> dict[str, Any]:
        hits = ranked(ask.desk.file, parsed(q), within=within, as_of=ask.moment(), limit=limit, mark=MARK)
        return {"items": hits, "within": within, **ask.head()}

    return ask.respond(build)
