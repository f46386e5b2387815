"""Files of what is in view, with the filter and the version inside."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from onrecord.serve.answers import written
from onrecord.serve.desk import Asking, Q
from onrecord.serve.routes.events import Rule
from onrecord.serve.shapes import Profiles
from onrecord.serve.taking_out import export as made
from onrecord.serve.taking_out import kinds

router = APIRouter(tags=["exports"])
_TYPES = {
    "csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8",
    "jsonl": "application/x-ndjson", "jsonld": "application/ld+json", "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet", "gpkg": "application/geopackage+sqlite3", "zip": "application/zip",
}  # fmt: skip
_BINARY = {"schema": {"type": "string", "format": "binary"}}


@router.get("/exports", response_model=Profiles)
def profiles(ask: Asking) -> Any:
    """What can be exported: name, title, what a row is, form of the file."""
    return ask.respond(lambda: written({"items": kinds()}))


@router.get(
    "/exports/{profile}",
    response_class=Response,
    responses={200: {"content": {media.partition(";")[0]: _BINARY for media in _TYPES.values()}}},
)
def export(
    ask: Asking,
    profile: str,
    q: Q = "",
    aggregation: Rule = "representative",
    hxl: Annotated[bool, Query(description="a row of HXL tags under the header (CSV)")] = False,
    bundle: Annotated[bool, Query(description="a ZIP of the file and its manifest")] = False,
) -> Any:
    """What the filter means, as a download; the manifest says what was asked, of which state, by which version."""
    name, form, data = made(ask, profile, q, aggregation, hxl=hxl, bundle=bundle)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, 200, headers, _TYPES.get(form, "application/octet-stream"))
