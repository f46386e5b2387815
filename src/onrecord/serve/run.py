"""Runs the server: opens the port, prints the address, and stays until it is stopped."""

from __future__ import annotations

import asyncio
import ctypes
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from onrecord.errors import ConfigError
from onrecord.serve.app import Guarded, create_app
from onrecord.serve.settings import LOOPBACK, Settings

HEAD_PATIENCE = 15.0
_MOST_AT_ONCE = 400
# IPPROTO_TCP and TCP_NODELAY, the same numbers everywhere.
_TCP, _NO_DELAY = 6, 1
# Seconds after which a thread lets another one have its turn.
_TURN = 0.001
# M_ARENA_MAX of glibc's mallopt.
_ARENA_MAX, _HEAPS = -8, 2


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 that closes a connection whose request line and headers do not arrive in time."""

    patience = HEAD_PATIENCE

    def connection_made(self, transport: Any) -> None:
        """A connection begins: the head of its first request must be whole in time."""
        # Head and body are two writes: without this the second waits for the other side to confirm the first.
        transport.get_extra_info("socket").setsockopt(_TCP, _NO_DELAY, 1)
        super().connection_made(transport)
        self._head = self.loop.call_later(self.patience, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        """A connection ends."""
        self._head.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of a request is here."""
        self._head.cancel()
        self._head = self.loop.call_later(self.patience, self._too_slow)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head of a request is whole."""
        self._head.cancel()
        super().on_headers_complete()

    def _too_slow(self) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.abort()


def configured(settings: Settings) -> uvicorn.Config:
    """How uvicorn is run; the application is put in once the port is known."""
    return uvicorn.Config(
        "",
        host=settings.host,
        port=settings.port,
        http=PatientProtocol,
        ws="none",
        loop="asyncio",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        limit_concurrency=_MOST_AT_ONCE,
        proxy_headers=settings.public_url is not None,
        forwarded_allow_ips="127.0.0.1",
        timeout_graceful_shutdown=5,
    )


def serve(settings: Settings, say: Callable[[str], None], admin_password: str | None = None) -> None:
    """Serves until stopped; ConfigError where the port is taken or the settings contradict one another."""
    if settings.host not in LOOPBACK and not settings.team:
        raise ConfigError(f"host {settings.host!r} is reached from other machines. Add --team, or leave --host out")
    config = configured(settings)
    try:
        listening = config.bind_socket()
    except SystemExit as error:
        raise ConfigError(f"port {settings.port} cannot be used on {settings.host}. Give another: --port N") from error
    # One long answer is not to keep the short ones waiting for their next turn.
    sys.setswitchinterval(_TURN)
    _share_heaps()
    with listening:
        app = create_app(replace(settings, port=listening.getsockname()[1]))
        config.app = app
        # Whoever follows the address at once waits in the queue: the server itself takes up its work a moment later.
        listening.listen(config.backlog)
        _announce(app, say, admin_password)
        asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))


def _share_heaps() -> None:
    """Has all threads take memory from a few heaps: each of its own would keep what it once needed for columns."""
    with suppress(OSError, AttributeError):
        # glibc alone has this.
        ctypes.CDLL(None).mallopt(_ARENA_MAX, _HEAPS)


def _announce(app: Guarded, say: Callable[[str], None], admin_password: str | None) -> None:
    settings, people = app.settings, app.people
    if not settings.team:
        say(f"{settings.case} is open at {settings.url}/enter?token={people.new_token()}")
        if not settings.token_stays:
            say("The address works once, in one browser; a new one is printed when it was used. Stop with Ctrl-C.")
        people.on_entered = lambda: say(f"For another browser: {settings.url}/enter?token={people.new_token()}")
        return
    if not people.users():
        password = admin_password or secrets.token_urlsafe(12)
        people.add("admin", password, "admin")
        say(f"First account: admin, password {'as in ONRECORD_ADMIN_PASSWORD' if admin_password else password}")
    say(f"{settings.case} is open for the team at {settings.url}")
