"""The OpenAPI description tells the truth: made-up questions get answers that it describes, and never a 500."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from served import TOKEN, Visitor, local_app

from onrecord.ledger import Case

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]


class SignedIn:
    """The application as its signed-in person sees it: every request carries cookie and token."""

    def __init__(self, app, cookie: str, csrf: str) -> None:
        self._app = app
        self._own = [(b"host", b"127.0.0.1:8321"), (b"cookie", cookie.encode()), (b"x-csrf-token", csrf.encode())]

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "lifespan":
            # Each call starts and stops what it calls: the case stays open until all are done.
            for word in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{word}.complete"})
            return
        if scope["type"] == "http":
            taken = {name for name, _ in self._own}
            kept = [(name, value) for name, value in scope["headers"] if name not in taken]
            scope = {**scope, "headers": kept + self._own, "client": ("127.0.0.1", 1)}
        await self._app(scope, receive, send)


@pytest.fixture(scope="module")
def described(coded, tmp_path_factory):
    """The description, with ids that are there for paths to be filled with."""
    path = shutil.copy(coded, tmp_path_factory.mktemp("described") / "syria.case")
    app = local_app(path, reads_a_minute=10**6, writes_a_minute=10**6)
    with Visitor(app) as me:
        me.enter(TOKEN)
        ids = _ids(me)
        ((cookie_name, value),) = me.cookies.items()
        schema = schemathesis.openapi.from_asgi(
            "/api/v1/openapi.json", SignedIn(app, f"{cookie_name}={value}", me.csrf)
        )

        @schema.hook
        def map_path_parameters(context, path_parameters):
            return {name: _real(ids, name, value) for name, value in (path_parameters or {}).items()}

        @schema.hook
        def map_body(context, body):
            return {name: _real(ids, name, value) for name, value in body.items()} if isinstance(body, dict) else body

        yield schema


def _ids(me) -> dict[str, list[str]]:
    claims = [c["claim_id"] for c in me.said("/claims", limit=5)["items"]]
    done = me.write("POST", "/reviews", {"claim_id": claims[0], "action": "comment", "why": "look"}).json()
    me.write("POST", "/rounds", {"name": "first", "coders": ["Ines", "Omar"], "size": 3})
    two = [e["event_id"] for e in me.said("/events", limit=2)["items"]]
    merged = me.write("POST", "/events/merge", {"members": two, "why": "the same"}).json()["decision_id"]
    actor = me.said("/actors", limit=1)["items"][0]["actor_id"]
    corrected = me.write("POST", f"/actors/{actor}/confirm", {"why": "known"}).json()["decision_id"]
    view = me.write("POST", "/views", {"name": "mine", "page": "events"}).json()
    me.write("POST", "/users", {"name": "omar", "password": "a long password", "role": "coder"})
    return {
        "claim_id": claims,
        "event_id": [e["event_id"] for e in me.said("/events", limit=5, q="happened:yes,no")["items"]],
        "quote_id": [q["quote_id"] for q in me.said("/quotes", limit=5)["items"]],
        "report_id": [r["report_id"] for r in me.said("/reports", limit=5)["items"]],
        "actor_id": [a["actor_id"] for a in me.said("/actors", limit=5)["items"]],
        "place_id": [p["place_id"] for p in me.said("/places", limit=5)["items"]],
        "review_id": [done["review_id"]],
        "view_id": [view["view_id"]],
        "name": ["first", "omar"],
        "members": claims,
        "why": ["as the words have it"],
        "path": ["event_type", "modality.mood", "modes"],
        "value": ["ASSAULT", "denied", ["aerial"], None],
        "coders": [["Ines", "Omar"]],
        "size": [2],
        "q": ["", "kind:event"],
        "merge_id": [merged],
        "correction_id": [corrected],
        "profile": ["events-csv", "acled", "claims-jsonl", "quotes-csv"],
    }


def _real(ids, name, value):
    """An id that is there for most values, so that answers with something in them are looked at too."""
    number = hashlib.sha256(repr(value).encode()).digest()[0]
    if name not in ids or number < 64:
        return value
    if name == "members":
        return ids[name][number % 3 : number % 3 + 2]
    return ids[name][number % len(ids[name])]


def _operations() -> list[tuple[str, str]]:
    """Every operation that is described, found with a case that is empty."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.case"
        Case(path, create=True).close()
        app = local_app(path)
        found = [(p, method) for p, item in app.openapi()["paths"].items() for method in item]
        app.desk.close()
    # Signing in and out is tested by itself: here it would end the session that all else is asked in.
    return [(path, method) for path, method in found if path != "/api/v1/session"]


@pytest.mark.parametrize(("path", "method"), _operations())
def test_answers_are_as_described(described, path, method):
    operation = described[path][method]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answers(case) -> None:
        case.call_and_validate(checks=CHECKS)

    answers()
