"""Compare two sides of a case, and two moments."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from onrecord.serve.comparing import compare as compared
from onrecord.serve.comparing import difference
from onrecord.serve.desk import Asking, AsOf, Cursor, Limit, Q
from onrecord.serve.shapes import Comparison, Diff

router = APIRouter(tags=["compare"])


@router.get("/compare", response_model=Comparison)
def compare(
    ask: Asking,
    left: Annotated[str, Query(max_length=4000, description='a filter: outlet="Levant Wire", from:… to:…, run:…')],
    right: Annotated[str, Query(max_length=4000, description="a filter")],
    q: Q = "",
    limit: Annotated[int, Query(ge=1, le=500, description="of each list")] = 100,
) -> Any:
    """What one outlet, period or run has and the other lacks, and where they differ on the same thing."""
    return ask.respond(lambda: compared(ask, left, right, q, limit))


@router.get("/diff", response_model=Diff)
def diff(ask: Asking, since: AsOf = None, until: AsOf = None, limit: Limit = 100, cursor: Cursor = None) -> Any:
    """What changed between what was known at two moments, each change with its reason."""
    return ask.respond(lambda: difference(ask, since, until, limit, cursor))
