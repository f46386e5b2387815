"""Sign in, sign out, and who is there."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from onrecord import __version__
from onrecord.case.filters import KEYS
from onrecord.case.vocabulary import closed_lists, ontology_words
from onrecord.lexicon.ontology import load_ontology
from onrecord.serve.desk import MOST, desk_of, present_of
from onrecord.serve.people import People, Present, rights
from onrecord.serve.problems import Problem
from onrecord.serve.shapes_work import Health, Rename, Session, SignIn, Vocabulary

router = APIRouter(tags=["session"])


def _people(request: Request) -> People:
    people = request.app.state.people
    assert isinstance(people, People)
    return people


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


def _set(request: Request, response: Response, token: str) -> None:
    settings = _people(request).settings
    response.set_cookie(
        settings.cookie, token, max_age=int(settings.session_life), path="/", secure=settings.secure, httponly=True,
        samesite="strict",
    )  # fmt: skip


def _state(request: Request, present: Present | None) -> dict[str, Any]:
    people, info = _people(request), desk_of(request).info
    return {
        "person": present and {"name": present.name, "role": present.role},
        "mode": "team" if people.settings.team else "local",
        "csrf": present and present.csrf,
        "last_visit": present and present.last_visit,
        "case": {"name": info["name"], "case_id": info["case_id"]} if present else {},
        "version": __version__,
        "may": rights(present.role) if present else [],
    }


@router.get("/session", response_model=Session)
def session(request: Request) -> Any:
    """Who is signed in here (null: nobody), and the token that every write must carry as X-CSRF-Token."""
    present = request.scope.get("state", {}).get("present")
    return JSONResponse(_state(request, present))


@router.post("/session", response_model=Session)
def sign_in(request: Request, body: SignIn) -> Any:
    """Signs in: with a one-time token, or with name and password."""
    people = _people(request)
    if body.token is not None:
        token = people.enter(body.token, _address(request))
    elif body.name is not None and body.password is not None:
        token = people.sign_in(body.name, body.password, _address(request))
    else:
        raise Problem(422, "bad-value", "neither token nor name and password", "Send token, or name and password")
    response = JSONResponse(_state(request, people.present(token)))
    _set(request, response, token)
    return response


@router.put("/session", response_model=Session)
def rename(request: Request, body: Rename) -> Any:
    """Goes on under another name; only where one person works alone."""
    people, present = _people(request), present_of(request)
    people.rename(present, body.name, _address(request))
    return JSONResponse(_state(request, people.present(request.cookies.get(people.settings.cookie))))


@router.delete("/session", status_code=204)
def sign_out(request: Request) -> Response:
    """Ends this session."""
    people = _people(request)
    people.leave(present_of(request), _address(request))
    response = Response(status_code=204)
    response.delete_cookie(people.settings.cookie, path="/", secure=people.settings.secure, httponly=True,
                           samesite="strict")  # fmt: skip
    return response


def enter(request: Request, token: str = "") -> Response:
    """Where the printed address leads: exchanges the token for a cookie and goes on to the first page."""
    people = _people(request)
    try:
        opened = people.enter(token[:200], _address(request))
    except Problem:
        return RedirectResponse("/?entry=refused", 303, {"Cache-Control": "no-store"})
    response = RedirectResponse("/", 303, {"Cache-Control": "no-store"})
    _set(request, response, opened)
    return response


@router.get("/health", response_model=Health)
def health(request: Request) -> Any:
    """Whether the server and its case answer."""
    desk_of(request).mirror.now()
    return JSONResponse({"status": "ok", "version": __version__})


@router.get("/vocabulary", response_model=Vocabulary)
def vocabulary() -> Any:
    """Closed lists, types with their modes, contexts, and the keys of the filter language."""
    ontology = load_ontology()
    return JSONResponse(
        {
            "lists": {name: list(values) for name, values in closed_lists().items()},
            "types": {name: list(kind.modes) for name, kind in ontology.types.items()},
            "contexts": list(ontology_words("context")),
            "keys": KEYS,
            "limits": {"page": MOST},
        }
    )
