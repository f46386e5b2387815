"""Reports: lists, one with its text and every layer, and the bytes it was read from."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query
from starlette.responses import Response

from onrecord.serve import pages
from onrecord.serve.desk import Asking, Cursor, Limit, Q
from onrecord.serve.mirror import NO_DAY
from onrecord.serve.reading import full_report, original_of, report_rows
from onrecord.serve.shapes import FullReport, Reports
from onrecord.serve.terms import parsed

router = APIRouter(tags=["reports"])


@router.get("/reports", response_model=Reports)
def reports(
    ask: Asking, q: Q = "", order: Literal["recorded", "published", "-published"] = "-published", limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:  # fmt: skip
    """Reports without texts; tombstones of erased ones among them."""

    def build() -> dict[str, Any]:
        table = ask.snapshot.reports
        mask = ask.desk.terms.mask(ask.snapshot, "reports", parsed(q))
        rows = np.flatnonzero(mask & (table["entry"] > 0) & (table["entry"] <= ask.cut))
        days = table["day"][rows]
        if order == "-published":
            days = np.where(days == NO_DAY, NO_DAY, -days)
        chosen = rows if order == "recorded" else rows[np.lexsort((rows, days))]
        cut = pages.cut_of(chosen, ("reports", str(parsed(q)), order), limit, cursor, ask.cut)
        items = report_rows(ask, cut.numbers)
        return {"items": items, "next": cut.next, "total": cut.total, "erased": ask.erased(), **ask.head()}

    return ask.respond(build)


@router.get("/reports/{report_id}", response_model=FullReport)
def report(
    ask: Asking,
    report_id: str,
    run: Annotated[str, Query(max_length=80, description="run_id, or latest")] = "latest",
) -> Any:
    """One report with text, claims, attributions and every other layer."""
    return ask.respond(lambda: full_report(ask, report_id, run))


@router.get("/reports/{report_id}/original", response_class=Response)
def original(ask: Asking, report_id: str) -> Response:
    """The bytes that the report was read from, as a download; never shown by the browser itself."""
    name, data = original_of(ask, report_id)
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:80] or "report"
    headers = {"Content-Disposition": f'attachment; filename="{safe}"', "Content-Security-Policy": "sandbox"}
    return Response(data, 200, headers, "application/octet-stream")
