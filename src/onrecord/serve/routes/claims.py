"""Claims: lists, counts, one claim, and why it is what it is."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query

from onrecord.serve import facets, pages
from onrecord.serve.decode import claim_number, claim_rows
from onrecord.serve.desk import Asking, Cursor, Limit, Q
from onrecord.serve.shapes import Claim, Claims, Why
from onrecord.serve.shapes_events import Facets
from onrecord.serve.terms import claims_asked
from onrecord.serve.why import why_of

router = APIRouter(tags=["claims"])
Order = Literal["recorded", "time", "-time", "published", "-published", "confidence", "-confidence", "factuality"]
Rejected = Annotated[bool, Query(description="candidates that were not coded, with their reasons")]


@router.get("/claims", response_model=Claims)
def claims(
    ask: Asking, q: Q = "", rejected: Rejected = False, order: Order = "recorded", limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:  # fmt: skip
    """Claims that the filter means."""

    def build() -> dict[str, Any]:
        chosen = pages.claims_in_order(ask.snapshot, ask.claims(q, rejected), order)
        question = ("claims", str(claims_asked(q, rejected)), order)
        cut = pages.cut_of(chosen, question, limit, cursor, ask.cut)
        items = [orjson.Fragment(row) for row in claim_rows(ask.desk, cut.numbers, ask.snapshot.erasures)]
        return {"items": items, "next": cut.next, "total": cut.total, "erased": ask.erased(), **ask.head()}

    return ask.respond(build)


@router.get("/claims/facets", response_model=Facets)
def claim_facets(ask: Asking, q: Q = "", rejected: Rejected = False) -> Any:
    """Counts of values among the claims that the filter means."""

    def build() -> dict[str, Any]:
        mask = ask.claims(q, rejected)
        return {"facets": facets.claim_facets(ask, mask), "total": int(mask.sum()), **ask.head()}

    return ask.respond(build)


@router.get("/claims/{claim_id}", response_model=Claim)
def claim(ask: Asking, claim_id: str) -> Any:
    """One claim as it stands at the moment asked about."""
    return ask.respond(lambda: claim_rows(ask.desk, [claim_number(ask, claim_id)], ask.snapshot.erasures)[0])


@router.get("/claims/{claim_id}/why", response_model=Why)
def why(ask: Asking, claim_id: str) -> Any:
    """Trigger, rule, roles, modality, history and reviews of a claim, and what lies beside it."""
    return ask.respond(lambda: why_of(ask, claim_id))
