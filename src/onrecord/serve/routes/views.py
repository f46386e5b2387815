"""Saved views: filters with a name, one's own and shared ones."""

from __future__ import annotations

import json
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from onrecord.errors import BadFilter, NotFound
from onrecord.serve.desk import needs, present_of
from onrecord.serve.people import Present
from onrecord.serve.people_file import PeopleFile, stamp
from onrecord.serve.problems import Problem
from onrecord.serve.shapes_work import NewView, SavedView, SavedViews
from onrecord.serve.terms import parsed

router = APIRouter(tags=["views"])
Somebody = Annotated[Present, Depends(needs("read"))]
_MOST = 500


def _file(request: Request) -> PeopleFile:
    file = request.app.state.people.file
    assert isinstance(file, PeopleFile)
    return file


@router.get("/views", response_model=SavedViews)
def views(request: Request, who: Somebody) -> Any:
    """Your views and those that others share."""
    sql = "SELECT * FROM views WHERE owner = ? OR shared = 1 ORDER BY name COLLATE NOCASE, view_id"
    return JSONResponse({"items": [_file(request).view(row) for row in _file(request).rows(sql, who.name)]})


@router.post("/views", response_model=SavedView, status_code=201)
def create(request: Request, who: Somebody, body: NewView) -> Any:
    """Keeps a filter under a name. Only those who may review share views."""
    _check(body, who)
    file, now, view_id = _file(request), stamp(), "w" + secrets.token_hex(8)
    with file.change():
        count = file.row("SELECT count(*) AS n FROM views WHERE owner = ?", who.name)
        if count and count["n"] >= _MOST:
            raise Problem(409, "too-many-views", f"you have {_MOST} views", "Delete some")
        row = (view_id, body.name, body.page, body.q, json.dumps(body.state), who.name, int(body.shared), now, now, 1)
        file.do("INSERT INTO views VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *row)
    return JSONResponse(_one(request, who, view_id), 201)


@router.get("/views/{view_id}", response_model=SavedView)
def view(request: Request, who: Somebody, view_id: str) -> Any:
    """One view."""
    return JSONResponse(_one(request, who, view_id))


@router.put("/views/{view_id}", response_model=SavedView)
def change(request: Request, who: Somebody, view_id: str, body: NewView) -> Any:
    """Changes a view of yours."""
    _check(body, who)
    _own(request, who, view_id)
    _file(request).do(
        "UPDATE views SET name = ?, page = ?, q = ?, state = ?, shared = ?, changed_at = ?, version = version + 1 "
        "WHERE view_id = ?",
        body.name, body.page, body.q, json.dumps(body.state), int(body.shared), stamp(), view_id,
    )  # fmt: skip
    return JSONResponse(_one(request, who, view_id))


@router.delete("/views/{view_id}", status_code=204)
def delete(request: Request, who: Somebody, view_id: str) -> Response:
    """Forgets a view of yours."""
    _own(request, who, view_id)
    _file(request).do("DELETE FROM views WHERE view_id = ?", view_id)
    return Response(status_code=204)


def _check(body: NewView, who: Present) -> None:
    parsed(body.q)
    if len(json.dumps(body.state)) > 20_000:
        raise BadFilter("the state of the view is longer than 20,000 characters. Keep less of it")
    if body.shared and not who.may("review"):
        raise Problem(403, "not-allowed", f"a {who.role} may not share views", "Keep it for yourself, or ask a coder")


def _one(request: Request, who: Present, view_id: str) -> dict[str, Any]:
    row = _file(request).row("SELECT * FROM views WHERE view_id = ? AND (owner = ? OR shared = 1)", view_id, who.name)
    if row is None:
        raise NotFound(f"view {view_id!r}: there is none. List them at /api/v1/views")
    return _file(request).view(row)


def _own(request: Request, who: Present, view_id: str) -> None:
    owner = _one(request, who, view_id)["owner"]
    if owner.lower() != who.name.lower() and not who.may("manage"):
        raise Problem(403, "not-yours", f"the view is {owner}'s", "Keep a view of your own")


__all__ = ["present_of", "router"]
