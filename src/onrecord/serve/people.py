"""Who is there and what they may do: sign-in, sessions, roles, lockout.

A session is a random token in a cookie that scripts cannot read; every write must also carry the session's CSRF
token in a header, which only pages of this origin can know.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from onrecord.errors import ConfigError, NotFound
from onrecord.serve.people_file import PeopleFile, stamp
from onrecord.serve.problems import Problem
from onrecord.serve.settings import Settings

ROLES = ("reader", "coder", "editor", "admin")
# What each may do beyond those before it.
MAY = {"reader": ("read",), "coder": ("review",), "editor": ("decide",), "admin": ("manage",)}
Clock = Callable[[], float]


def rights(role: str) -> list[str]:
    """What a role may do: read, review, decide, manage."""
    return [right for name in ROLES[: ROLES.index(role) + 1] for right in MAY[name]]


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is signed in."""

    name: str
    role: str
    csrf: str
    key: str
    last_visit: str | None

    def may(self, right: str) -> bool:
        """Whether this person may do so."""
        return right in rights(self.role)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class People:
    """Accounts and sessions of one server."""

    def __init__(self, settings: Settings, file: PeopleFile, me: str, clock: Clock = time.time) -> None:
        self.settings, self.file, self._clock = settings, file, clock
        self._me = me
        self._hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
        self._one = threading.Lock()
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))
        self._tokens: set[str] = set()
        self._token_lock = threading.Lock()
        self._tries: dict[str, list[float]] = {}
        self._sessions: dict[str, tuple[tuple[int, int], dict[str, Any] | None, dict[str, Any] | None]] = {}
        self.on_entered: Callable[[], None] = lambda: None

    # -- entering ------------------------------------------------------------------------------

    def new_token(self) -> str:
        """A token that opens one session."""
        token = self.settings.token or secrets.token_urlsafe(24)
        with self._token_lock:
            self._tokens.add(token)
        return token

    def enter(self, token: str, address: str | None) -> str:
        """Exchanges a one-time token for a session; returns the cookie's value."""
        self._slow_down(f"token {address}")
        with self._token_lock:
            fits = next((known for known in self._tokens if hmac.compare_digest(known.encode(), token.encode())), None)
            if fits is not None and not self.settings.token_stays:
                self._tokens.discard(fits)
        if fits is None or self.settings.team:
            self._count(f"token {address}")
            self.file.audit(None, "enter", None, address, ok=False)
            raise Problem(
                401, "bad-token", "the token is not known, or was used already",
                "Take the address that `onrecord serve` printed last",
            )  # fmt: skip
        self._forgive(f"token {address}")
        if not self.settings.token_stays:
            self.on_entered()
        return self._begin(self._me, 0, address, "enter")

    def sign_in(self, name: str, password: str, address: str | None) -> str:
        """Checks name and password; returns the cookie's value. The same answer whether name or password is wrong."""
        if not self.settings.team:
            raise Problem(403, "no-accounts", "this server has no accounts", "Open the address that it printed")
        self._slow_down(f"name {name.lower()}")
        self._slow_down(f"address {address}", 8)
        # One at a time: each check costs 64 MiB, and guesses made at once must all be counted.
        with self._one:
            row, locked = self._checked(name, password)
        if row is None:
            self._count(f"name {name.lower()}", f"address {address}")
            self.file.audit(name, "sign in", "locked" if locked else None, address, ok=False)
            raise Problem(
                401,
                "bad-sign-in",
                "name and password do not fit, or the account is locked",
                f"After {self.settings.sign_in_tries} wrong tries an account is locked for "
                f"{self.settings.sign_in_lock / 60:.0f} minutes; an admin can set a new password",
            )
        self._forgive(f"name {name.lower()}")
        return self._begin(row["name"], row["epoch"], address, "sign in")

    def _checked(self, name: str, password: str) -> tuple[dict[str, Any] | None, bool]:
        """The account that name and password open (None: none), and whether it is locked."""
        row = self.file.row("SELECT * FROM people WHERE name = ?", name)
        right = self._verify(row["password"] if row and row["password"] else self._nobody, password)
        if row is None:
            return None, False
        now = self._clock()
        if row["locked_until"] > now:
            return None, True
        if not right:
            failures = row["failures"] + 1
            locked = failures >= self.settings.sign_in_tries
            until = now + self.settings.sign_in_lock if locked else 0.0
            sql = "UPDATE people SET failures = ?, locked_until = ? WHERE name = ?"
            self.file.do(sql, 0 if locked else failures, until, name)
            return None, locked
        if not row["active"]:
            return None, False
        if self._hasher.check_needs_rehash(row["password"]):
            self.file.do("UPDATE people SET password = ? WHERE name = ?", self._hasher.hash(password), name)
        self.file.do("UPDATE people SET failures = 0, locked_until = 0 WHERE name = ?", name)
        return row, False

    def _verify(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False

    def _slow_down(self, key: str, times: int = 4) -> None:
        """Refuses one who failed more often in a minute than a person does."""
        now = self._clock()
        with self._token_lock:
            tries = self._tries[key] = [at for at in self._tries.get(key, ()) if now - at < 60]
        if len(tries) >= self.settings.sign_in_tries * times:
            wait = {"Retry-After": "60"}
            raise Problem(429, "too-many-tries", "too many tries to sign in", "Wait a minute", wait)

    def _count(self, *keys: str) -> None:
        """Remembers a try that failed."""
        now = self._clock()
        with self._token_lock:
            for key in keys:
                self._tries.setdefault(key, []).append(now)
            if len(self._tries) > 10_000:
                self._tries = {k: v for k, v in self._tries.items() if v and now - v[-1] < 60}

    def _forgive(self, key: str) -> None:
        with self._token_lock:
            self._tries.pop(key, None)

    # -- sessions ------------------------------------------------------------------------------

    def _begin(self, name: str, epoch: int, address: str | None, what: str) -> str:
        token, csrf, now = secrets.token_urlsafe(32), secrets.token_urlsafe(24), self._clock()
        visit = self.file.row("SELECT at FROM visits WHERE name = ?", name)
        with self.file.change():
            self.file.do("DELETE FROM sessions WHERE used < ? OR begun < ?",
                         now - self.settings.session_idle, now - self.settings.session_life)  # fmt: skip
            self.file.do("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)",
                         _hash(token), name, csrf, epoch, now, now, visit and visit["at"])  # fmt: skip
            self.file.do("INSERT OR REPLACE INTO visits VALUES (?, ?)", name, stamp())
            self.file.do("UPDATE people SET last_seen = ? WHERE name = ?", stamp(), name)
            self.file.audit(name, what, None, address)
        return token

    def known(self, cookie: str) -> Present | None:
        """Who a cookie stands for, where that is known without waiting for anything; None says nothing."""
        if not self.file.free():
            return None
        version, row, _ = self._sessions.get(_hash(cookie), ((0, 0), None, None))
        fresh = row is not None and version == self.file.version() and self._clock() - row["used"] <= 60
        return self.present(cookie) if fresh else None

    def present(self, cookie: str | None) -> Present | None:
        """Who a cookie stands for; None where the session is over or never was."""
        if not cookie or len(cookie) > 200:
            return None
        key, now = _hash(cookie), self._clock()
        row, account = self._session(key)
        if row is None:
            return None
        if now - row["used"] > self.settings.session_idle or now - row["begun"] > self.settings.session_life:
            self.file.do("DELETE FROM sessions WHERE token = ?", key)
            return None
        role = "admin"
        if self.settings.team:
            # A new password, another role or a closed account ends what was begun before.
            if account is None or not account["active"] or account["epoch"] != row["epoch"]:
                return None
            role = account["role"]
        if now - row["used"] > 60:
            self.file.do("UPDATE sessions SET used = ? WHERE token = ?", now, key)
            self.file.do("INSERT OR REPLACE INTO visits VALUES (?, ?)", row["name"], stamp())
        return Present(row["name"], role, row["csrf"], key, row["previous"])

    def _session(self, key: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """The rows of a session and of its account; read again only where something in the file has changed."""
        version = self.file.version()
        known = self._sessions.get(key)
        if known is not None and known[0] == version:
            return known[1:]
        row = self.file.row("SELECT * FROM sessions WHERE token = ?", key)
        sql = "SELECT role, active, epoch FROM people WHERE name = ?"
        account = self.file.row(sql, row["name"]) if row is not None and self.settings.team else None
        if len(self._sessions) > 1000:
            self._sessions = {}
        self._sessions[key] = (version, row, account)
        return row, account

    def leave(self, present: Present, address: str | None) -> None:
        """Ends a session."""
        self.file.do("DELETE FROM sessions WHERE token = ?", present.key)
        self.file.audit(present.name, "sign out", None, address)

    def rename(self, present: Present, name: str, address: str | None) -> None:
        """Lets the one person of this machine work under another name."""
        if self.settings.team:
            raise Problem(403, "own-name", "accounts keep their name", "Sign in with another account")
        self.file.do("UPDATE sessions SET name = ? WHERE token = ?", name.strip(), present.key)
        self.file.audit(present.name, "rename", name.strip(), address)

    # -- accounts ------------------------------------------------------------------------------

    def users(self) -> list[dict[str, Any]]:
        """All accounts, without their passwords."""
        rows = self.file.rows("SELECT * FROM people ORDER BY name")
        return [self._user(row) for row in rows]

    def _user(self, row: dict[str, Any]) -> dict[str, Any]:
        from datetime import UTC, datetime

        until = row["locked_until"]
        locked = datetime.fromtimestamp(until, UTC).isoformat(timespec="seconds") if until > self._clock() else None
        kept = {key: row[key] for key in ("name", "role", "created_at", "last_seen")}
        return kept | {"active": bool(row["active"]), "locked_until": locked}

    def add(self, name: str, password: str, role: str) -> dict[str, Any]:
        """Makes an account; ConfigError where the name is taken or the password too short."""
        if role not in ROLES:
            raise ConfigError(f"role {role!r} is not known. One of: {', '.join(ROLES)}")
        if len(password) < 10:
            raise ConfigError("the password is too short. Take ten characters or more")
        name = name.strip()
        with self.file.change():
            if self.file.row("SELECT 1 FROM people WHERE name = ?", name):
                raise ConfigError(f"{name!r} has an account already. Take another name, or change that account")
            sql = "INSERT INTO people (name, role, password, active, created_at) VALUES (?, ?, ?, 1, ?)"
            self.file.do(sql, name, role, self._hasher.hash(password), stamp())
        return self.user(name)

    def user(self, name: str) -> dict[str, Any]:
        """One account."""
        row = self.file.row("SELECT * FROM people WHERE name = ?", name)
        if row is None:
            raise NotFound(f"account {name!r}: there is none. List them at /api/v1/users")
        return self._user(row)

    def alter(
        self, name: str, *, password: str | None = None, role: str | None = None, active: bool | None = None
    ) -> dict[str, Any]:
        """Changes an account and ends its sessions; the last active admin stays one."""
        before = self.user(name)
        with self.file.change():
            others = self.file.row(
                "SELECT count(*) AS n FROM people WHERE role = 'admin' AND active = 1 AND name <> ?", name
            )
            loses = before["role"] == "admin" and (active is False or role not in (None, "admin"))
            if loses and not (others and others["n"]):
                raise Problem(409, "last-admin", f"{name} is the last admin", "Make another admin first")
            if password is not None:
                hashed = self._hasher.hash(password)
                self.file.do(
                    "UPDATE people SET password = ?, failures = 0, locked_until = 0 WHERE name = ?", hashed, name
                )
            if role is not None:
                self.file.do("UPDATE people SET role = ? WHERE name = ?", role, name)
            if active is not None:
                self.file.do("UPDATE people SET active = ? WHERE name = ?", int(active), name)
            self.file.do("UPDATE people SET epoch = epoch + 1 WHERE name = ?", name)
            self.file.do("DELETE FROM sessions WHERE name = ?", name)
        return self.user(name)
