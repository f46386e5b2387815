"""The ASGI application: routes, errors, static files, and the guard around all of it."""

from __future__ import annotations

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord import __version__
from onrecord.errors import CaseError, ConfigError
from onrecord.serve import problems
from onrecord.serve.desk import Desk
from onrecord.serve.guard import App, Guard
from onrecord.serve.overviewing import warm
from onrecord.serve.people import People
from onrecord.serve.people_file import PeopleFile
from onrecord.serve.routes import (
    actors,
    claims,
    compare,
    events,
    exports,
    overview,
    places,
    quotes,
    reports,
    reviews,
    rounds,
    session,
    team,
    views,
)
from onrecord.serve.settings import Settings
from onrecord.serve.static_files import Static

ROUTES = (
    session, overview, events, claims, quotes, reports, actors, places, compare, reviews, rounds, views, exports, team,
)  # fmt: skip
_ABOUT = """What the workbench asks of a case. Every list is paged with cursors, every answer has an ETag, every error
is a problem (RFC 9457) with a remedy. Spans count Unicode code points. Filters are lines of the filter language."""


def create_app(settings: Settings) -> Guarded:
    """The application that serves one case; raises CaseError, or ConfigError for the file of people."""
    people = People(settings, _people_file(settings), _me(settings))
    desk = Desk(settings, people)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
        await anyio.to_thread.run_sync(desk.mirror.now)
        # The first page is worked out while somebody signs in.
        desk.latest.beside(partial(warm, desk), "warming")
        yield
        with suppress(CaseError):
            await anyio.to_thread.run_sync(desk.keep_columns)
        desk.close()
        people.file.close()

    app = FastAPI(
        title="onrecord", version=__version__, description=_ABOUT, lifespan=lifespan, openapi_url=None,
        docs_url=None, redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    app.state.desk, app.state.people = desk, people
    problems.install(app)
    for module in ROUTES:
        app.include_router(module.router, prefix="/api/v1", responses=_PROBLEMS)
    _describe(app)
    static = Static(settings.static or Path(__file__).with_name("static"))
    app.add_api_route("/enter", session.enter, methods=["GET"], include_in_schema=False)
    app.add_api_route("/{path:path}", static.serve, methods=["GET", "HEAD"], include_in_schema=False)
    return Guarded(app, settings, people)


class Guarded:
    """The guarded application, with what a caller may want to look at."""

    def __init__(self, app: FastAPI, settings: Settings, people: People) -> None:
        self.inner, self.settings, self.people = app, settings, people
        self.desk: Desk = app.state.desk
        self._guard: App = Guard(app, settings, people)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers one request."""
        await self._guard(scope, receive, send)

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description."""
        return self.inner.openapi()


def _people_file(settings: Settings) -> PeopleFile:
    try:
        return PeopleFile(settings.people_path)
    except ConfigError:
        # Alone on a machine, in a folder that may not be written, nothing needs to outlive the server.
        if settings.team or settings.people:
            raise
        return PeopleFile(None)


def _me(settings: Settings) -> str:
    if settings.who:
        return settings.who
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "me"


_PROBLEM = {
    "description": "A problem, with what to do about it",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_PROBLEMS: dict[int | str, dict[str, Any]] = dict.fromkeys(
    (400, 401, 403, 404, 408, 409, 413, 421, 422, 429, 503), _PROBLEM
)
_SHAPE = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "required": ["type", "title", "status", "detail", "remedy", "instance"],
    "properties": {
        **{key: {"type": "string"} for key in ("type", "title", "detail", "remedy", "instance")},
        "status": {"type": "integer"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


def _describe(app: FastAPI) -> None:
    """Adds the description of the API, with the shape of problems and how to be let in."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = plain()
            schemas = found.setdefault("components", {}).setdefault("schemas", {})
            schemas["Problem"] = _SHAPE
            schemas.pop("HTTPValidationError", None)
            schemas.pop("ValidationError", None)
            found["components"]["securitySchemes"] = {
                "session": {"type": "apiKey", "in": "cookie", "name": app.state.desk.settings.cookie},
                "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
            }
            found["security"] = [{"session": [], "csrf": []}]
            app.openapi_schema = found
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]

    async def openapi(_: Request) -> Response:
        return JSONResponse(app.openapi())

    app.add_route("/api/v1/openapi.json", openapi, methods=["GET"])
