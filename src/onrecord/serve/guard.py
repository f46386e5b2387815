"""What stands before every request: host, size, patience, session, CSRF, and the headers of every answer."""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import anyio.to_thread

from onrecord.serve.people import People, Present
from onrecord.serve.problems import Problem, respond
from onrecord.serve.settings import Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_LOG = logging.getLogger("onrecord.serve")
_BROKEN = Problem(500, "broken", "the server could not answer this", "Tell whoever runs it; its log says more")
API = "/api/v1/"
# What may be asked without a session; all else of the API needs one.
OPEN = frozenset((("GET", "/api/v1/session"), ("POST", "/api/v1/session"), ("GET", "/api/v1/health"),
                  ("GET", "/api/v1/openapi.json")))  # fmt: skip
READING = frozenset(("GET", "HEAD", "OPTIONS"))
CSRF = "x-csrf-token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; child-src blob:; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types svelte-trusted-html onrecord-map"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: App, settings: Settings, people: People) -> None:
        self._app, self._settings, self._people = app, settings, people
        self._hosts = settings.hosts
        self._seen: dict[tuple[str, bool], deque[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request through, or answers with a problem."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        begun: list[bool] = []
        guarded = self._sender(scope, send, begun)
        try:
            await self._checked(scope, receive, guarded)
        except Problem as problem:
            await respond(problem, scope["path"])(scope, receive, guarded)
        except Exception:  # whatever it is, the one who asked gets an answer and the log the rest
            if begun:
                raise
            _LOG.exception("%s %s", scope["method"], scope["path"])
            await respond(_BROKEN, scope["path"])(scope, receive, guarded)

    async def _checked(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        self._check_host(scope, headers)
        method, path = scope["method"], scope["path"]
        present = None
        if path.startswith(API):
            present = await self._present(headers)
            if present is None and (method, path) not in OPEN:
                raise Problem(401, "no-session", "nobody is signed in", "Sign in, or open the address that was printed")
            self._check_rate(scope, present, method)
            if method not in READING:
                self._check_origin(headers)
                if present is not None:
                    self._check_csrf(present, headers)
                receive = await self._body(receive, headers)
        scope.setdefault("state", {})["present"] = present
        await self._app(scope, receive, send)

    def _check_host(self, scope: Scope, headers: dict[str, str]) -> None:
        # A page of another site that has its name point to this machine would still say its own name.
        named = [value for name, value in scope["headers"] if name.lower() == b"host"]
        if len(named) != 1 or headers.get("host", "").lower() not in self._hosts:
            raise Problem(421, "wrong-host", "this server does not answer to that host name",
                          f"Use {self._settings.url}; a proxy's name is given by --public-url")  # fmt: skip

    def _check_origin(self, headers: dict[str, str]) -> None:
        origin = headers.get("origin")
        site = headers.get("sec-fetch-site")
        foreign = origin is not None and urlsplit(origin).netloc.lower() not in self._hosts
        if foreign or site not in (None, "same-origin", "none"):
            raise Problem(403, "wrong-origin", "a write from a page of another site", f"Use {self._settings.url}")

    def _check_csrf(self, present: Present, headers: dict[str, str]) -> None:
        given = headers.get(CSRF, "")
        if not hmac.compare_digest(given.encode("latin-1"), present.csrf.encode()):
            raise Problem(403, "bad-csrf", "the request does not carry this session's token",
                          "Send the csrf of GET /api/v1/session as X-CSRF-Token")  # fmt: skip

    def _check_rate(self, scope: Scope, present: Present | None, method: str) -> None:
        writing = method not in READING
        address = (scope.get("client") or ("?",))[0]
        key = (present.key if present else f"@{address}", writing)
        allowed = self._settings.writes_a_minute if writing else self._settings.reads_a_minute
        now = time.monotonic()
        seen = self._seen.setdefault(key, deque())
        while seen and now - seen[0] > 60:
            seen.popleft()
        if len(seen) >= allowed:
            raise Problem(429, "too-many", f"more than {allowed} requests a minute", "Wait a little",
                          {"Retry-After": str(int(61 - (now - seen[0])))})  # fmt: skip
        seen.append(now)
        if len(self._seen) > 5000:
            self._seen = {k: v for k, v in self._seen.items() if v and now - v[-1] < 60}

    async def _present(self, headers: dict[str, str]) -> Present | None:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._settings.cookie)
        except CookieError:
            return None
        if found is None:
            return None
        # Who was there a moment ago is known without reading anything: that needs no thread.
        known = self._people.known(found.value)
        return known or await anyio.to_thread.run_sync(self._people.present, found.value)

    async def _body(self, receive: Receive, headers: dict[str, str]) -> Receive:
        """Reads the whole body within limits of size and time, then gives it on as one message."""
        limit = self._settings.body_limit
        too_large = Problem(413, "too-large", f"the body is larger than {limit} bytes", "Send less at once",
                            {"Connection": "close"})  # fmt: skip
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > limit:
            raise too_large
        parts, size = [], 0
        try:
            async with asyncio.timeout(self._settings.body_patience):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        break
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > limit:
                        raise too_large
                    if not message.get("more_body"):
                        break
        except TimeoutError:
            raise Problem(408, "too-slow", "the body did not arrive in time", "Send it again",
                          {"Connection": "close"}) from None  # fmt: skip
        whole: list[Message] = [{"type": "http.request", "body": b"".join(parts), "more_body": False}]

        async def replay() -> Message:
            return whole.pop() if whole else await receive()

        return replay

    def _sender(self, scope: Scope, send: Send, begun: list[bool]) -> Send:
        api, came = scope["path"].startswith("/api/"), time.perf_counter()

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(True)
                own = list(message.get("headers", ()))
                names = {name.lower() for name, _ in own}
                own += [(name, value) for name, value in HEADERS if name not in names]
                own.append((b"server-timing", f"app;dur={(time.perf_counter() - came) * 1000:.1f}".encode()))
                if api and b"cache-control" not in names:
                    own.append((b"cache-control", b"no-store"))
                message = {**message, "headers": own}
            # One who reads no answer must not hold it here for ever.
            async with asyncio.timeout(self._settings.answer_patience):
                await send(message)

        return guarded
