"""Errors as RFC 9457 problems: ``type``, ``title``, ``status``, ``detail``, and ``remedy``, what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from onrecord.errors import (
    BadFilter,
    BadReview,
    CaseDamaged,
    CaseUsage,
    ConfigError,
    NotFound,
    OnrecordError,
)

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "The question is not well put",
    401: "Sign in first",
    403: "Not allowed",
    404: "There is no such thing",
    405: "Not done this way",
    406: "Not in that form",
    408: "The request took too long",
    409: "It has changed meanwhile",
    411: "The length is missing",
    413: "Too large",
    415: "Not in that form",
    421: "Not this host",
    422: "A value does not fit",
    429: "Too many requests",
    500: "Something went wrong here",
    501: "Not there yet",
    503: "The case cannot be used now",
}


class Problem(Exception):
    """An answer that is an error; ``kind`` is a stable word for programs."""

    def __init__(
        self, status: int, kind: str, detail: str, remedy: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.remedy = status, kind, detail, remedy
        self.headers, self.more = dict(headers or {}), more

    def body(self, instance: str) -> dict[str, Any]:
        """The problem as JSON."""
        return {
            "type": f"urn:onrecord:problem:{self.kind}",
            "title": _TITLES.get(self.status, "Error"),
            "status": self.status,
            "detail": self.detail,
            "remedy": self.remedy,
            "instance": instance,
            **self.more,
        }


def respond(problem: Problem, instance: str) -> Response:
    """The answer that says *problem*."""
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(orjson.dumps(problem.body(instance)), problem.status, headers, MEDIA_TYPE)


def of_error(error: OnrecordError) -> Problem:
    """The problem that an error of ours is; its message ends with the remedy already."""
    detail, _, remedy = str(error).rpartition(". ")
    if not detail:
        detail, remedy = str(error), "Ask in another way"
    status, kind = next(
        (status, kind)
        for cls, status, kind in (
            (NotFound, 404, "not-found"),
            (BadFilter, 400, "bad-filter"),
            (BadReview, 422, "bad-review"),
            (CaseUsage, 400, "bad-question"),
            (ConfigError, 400, "bad-setting"),
            (CaseDamaged, 503, "case-damaged"),
            (OnrecordError, 503, "case-unavailable"),
        )
        if isinstance(error, cls)
    )
    return Problem(status, kind, detail, remedy)


def install(app: FastAPI) -> None:
    """Makes every error of *app* a problem."""

    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> Response:
        return respond(error, request.url.path)

    @app.exception_handler(OnrecordError)
    async def _ours(request: Request, error: OnrecordError) -> Response:
        return respond(of_error(error), request.url.path)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        places = [{"where": ".".join(str(p) for p in e["loc"]), "problem": e["msg"]} for e in error.errors()[:20]]
        first = places[0] if places else {"where": "request", "problem": "not readable"}
        detail = f"{first['where']}: {first['problem']}"
        remedy = "Look at /api/v1/openapi.json for what is taken"
        return respond(Problem(422, "bad-value", detail, remedy, errors=places), request.url.path)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        kind = {404: "no-such-address", 405: "bad-method", 415: "bad-form"}.get(error.status_code, "error")
        remedy = "Look at /api/v1/openapi.json for what there is"
        problem = Problem(error.status_code, kind, str(error.detail), remedy, error.headers)
        return respond(problem, request.url.path)
