"""Accounts and the audit, for admins."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse

from onrecord.serve.desk import Limit, Managing, needs
from onrecord.serve.people import People
from onrecord.serve.problems import Problem
from onrecord.serve.shapes_work import Audit, NewUser, User, UserChange, Users

router = APIRouter(tags=["team"])


def _people(request: Request) -> People:
    people = request.app.state.people
    assert isinstance(people, People)
    return people


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


@router.get("/users", response_model=Users, dependencies=[Depends(needs("manage"))])
def users(request: Request) -> Any:
    """All accounts."""
    return JSONResponse({"items": _people(request).users()})


@router.post("/users", response_model=User, status_code=201)
def add(request: Request, who: Managing, body: NewUser) -> Any:
    """Makes an account."""
    people = _people(request)
    made = people.add(body.name, body.password, body.role)
    people.file.audit(who.name, "add user", f"{made['name']}: {body.role}", _address(request))
    return JSONResponse(made, 201)


@router.patch("/users/{name}", response_model=User)
def alter(request: Request, who: Managing, name: str, body: UserChange) -> Any:
    """Changes role or password, closes or opens an account; its sessions end."""
    people = _people(request)
    said = body.model_dump(exclude_none=True)
    if not said:
        raise Problem(422, "bad-value", "nothing to change", "Send password, role or active")
    made = people.alter(name, **said)
    what = ", ".join(f"{key}={value}" for key, value in said.items() if key != "password")
    about = f"{made['name']}: {what}" + (" password" if body.password else "")
    people.file.audit(who.name, "change user", about, _address(request))
    return JSONResponse(made)


@router.get("/audit", response_model=Audit, dependencies=[Depends(needs("manage"))])
def audit(request: Request, limit: Limit = 100, before: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> Any:
    """Sign-ins, refusals, sign-outs and changes of accounts, the latest first."""
    sql = "SELECT * FROM audit WHERE line < ? ORDER BY line DESC LIMIT ?"
    rows = _people(request).file.rows(sql, before or 2**62, limit + 1)
    items = [{k: v for k, v in row.items() if k != "line"} | {"ok": bool(row["ok"])} for row in rows[:limit]]
    return JSONResponse({"items": items, "next": str(rows[limit - 1]["line"]) if len(rows) > limit else None})
