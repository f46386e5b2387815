"""Settings of one server: which case, for whom, and the limits that keep it standing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a case is served.

    ``team`` asks for accounts; without it one person enters with ``token``, which works once unless
    ``token_stays`` is set (development). ``public_url`` is the address that people type where a reverse proxy
    with TLS stands in front. Times in seconds, sizes in bytes.
    """

    case: Path
    host: str = "127.0.0.1"
    port: int = 8321
    team: bool = False
    people: Path | None = None
    token: str | None = None
    token_stays: bool = False
    who: str | None = None
    public_url: str | None = None
    session_idle: float = 12 * 3600.0
    session_life: float = 14 * 24 * 3600.0
    body_limit: int = 1 << 20
    body_patience: float = 20.0
    answer_patience: float = 60.0
    sign_in_tries: int = 5
    sign_in_lock: float = 15 * 60.0
    writes_a_minute: int = 600
    reads_a_minute: int = 6000
    threads: int = 8
    cache_bytes: int = 64 << 20
    rows_bytes: int = 192 << 20
    static: Path | None = None
    allowed: tuple[str, ...] = field(default=())

    @property
    def people_path(self) -> Path:
        """The file of accounts, sessions, views and audit, beside the case unless told otherwise."""
        return self.people or self.case.with_name(self.case.name + ".people")

    @property
    def columns_path(self) -> Path:
        """The file in which the numbers of a large case's columns are kept; see ``columns_file``."""
        return self.case.with_name(self.case.name + ".columns")

    @property
    def secure(self) -> bool:
        """Whether people come over TLS, so that cookies must not travel without it."""
        return bool(self.public_url and self.public_url.startswith("https://"))

    @property
    def cookie(self) -> str:
        """The name of the session cookie; cookies know no ports, two servers on one machine must not share one."""
        return "__Host-onrecord" if self.secure else f"onrecord_{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """What a request's Host may say (lower case, with its port where it is not the usual one)."""
        names = {self.host, *self.allowed, *(LOOPBACK if self.host in LOOPBACK else ())}
        found = {f"[{name}]" if ":" in name else name for name in names}
        ported = {f"{name}:{self.port}" for name in found}
        if self.port in (80, 443):
            ported |= found
        if self.public_url:
            ported.add(urlsplit(self.public_url).netloc)
        return frozenset(name.lower() for name in ported)

    @property
    def url(self) -> str:
        """Where the workbench is found."""
        if self.public_url:
            return self.public_url.rstrip("/")
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.port}"
