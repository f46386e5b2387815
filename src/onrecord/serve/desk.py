"""What every route works with: the case, its columns in memory, rows that were decoded, and the question asked."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import Depends, Query, Request
from starlette.responses import Response

from onrecord import __version__
from onrecord.case.filters import Filter
from onrecord.case.identities import MADE, resolved
from onrecord.case.query import check_ontology
from onrecord.errors import BadFilter
from onrecord.ledger import Case
from onrecord.serve.answers import JSON, Bytes, answer, tag_of
from onrecord.serve.changes import counts_the_same
from onrecord.serve.columns_file import LEAST_CLAIMS, keep_columns, load_columns
from onrecord.serve.latest import Latest
from onrecord.serve.merged import MergedTables
from onrecord.serve.merger import Merger
from onrecord.serve.mirror import Ints, Mask, Mirror, Snapshot
from onrecord.serve.pages import read_cursor
from onrecord.serve.people import People, Present
from onrecord.serve.problems import Problem
from onrecord.serve.rows import Rows
from onrecord.serve.settings import Settings
from onrecord.serve.teller import Teller
from onrecord.serve.terms import Terms, claims_asked, parsed, run_of

MOST = 500


class Desk:
    """One case being served."""

    def __init__(self, settings: Settings, people: People) -> None:
        self.settings, self.people = settings, people
        self.case = Case(settings.case)
        self.file = self.case.store.file
        self.mirror = Mirror(self.file, self._kept_columns, counts_the_same)
        self.terms = Terms(self.file)
        self.rows, self.bytes = Rows(settings.rows_bytes), Bytes(settings.cache_bytes)
        self._kept_entry = 0
        with self.file.snapshot() as connection:
            self.info: dict[str, str] = dict(connection.execute("SELECT key, value FROM case_info").fetchall())
        self.info["name"] = settings.case.name
        self._shown: dict[str, OrderedDict[Any, Any]] = {}
        self._shown_lock, self._making = threading.Lock(), dict[Any, threading.RLock]()
        self.merger, self.teller = Merger(settings.case), Teller(settings.case)
        self.latest, self.ending = Latest(), threading.Event()
        self.merged: MergedTables | None = None
        # Kept by the first page: up to which entry, how many entries on each day, the first and the last moment.
        self.recorded: tuple[int, dict[str, int], str | None, str | None] = (0, {}, None, None)
        # Kept by the list of actors, which makes only those rows anew of which something changed.
        self.known_actors: Any = None
        # Kept by the counts of who has which role: by how many erasures there were.
        self.known_roles: dict[int, Any] = {}

    def close(self) -> None:
        """Closes the case, and ends what is still being found in it."""
        self.ending.set()
        self.merger.close()
        self.teller.close()
        self.case.close()
        self.latest.close()

    def _kept_columns(self, connection: Any) -> Snapshot | None:
        found = load_columns(self.settings.columns_path, connection, self.info["case_id"])
        if found is None:
            return None
        self._kept_entry, self.merged = found[0].entry, found[1]
        return found[0]

    def keep_columns(self) -> None:
        """Keeps the columns of a large case beside it, for the next start, where they have changed."""
        snapshot = self.mirror.now()
        if snapshot.entry == self._kept_entry:
            return
        with self.file.snapshot() as connection:
            about = self.settings.columns_path, connection, self.info["case_id"]
            if keep_columns(*about, snapshot, self.merged):
                self._kept_entry = snapshot.entry

    def once(self, key: Any, make: Callable[[], Any], kind: str = "small", limit: int = 40) -> Any:
        """What *make* gives, kept under *key* until newer things of its kind crowd it out.

        Several who ask at once wait for one; what is made may itself ask for other things.
        """
        with self._shown_lock:
            kept = self._shown.setdefault(kind, OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
            turn = self._making.setdefault((kind, key), threading.RLock())
        with turn:
            with self._shown_lock:
                if key in kept:
                    return kept[key]
            value = make()
            with self._shown_lock:
                kept[key] = value
                self._making.pop((kind, key), None)
                while len(kept) > limit:
                    kept.popitem(last=False)
        return value

    def is_large(self) -> bool:
        """Whether the case is so large that what takes long is done by processes beside the server."""
        return self.mirror.claims() >= LEAST_CLAIMS

    def reread(self) -> int:
        """The last journal entry, after a write."""
        return self.mirror.now().entry


@dataclass(slots=True)
class Ask:
    """A question: who asks it, of which state of the case.

    The state is looked for when it is first wanted, by the thread that answers; it stays the same from then on. Raises
    BadFilter where *as_of* is no moment.
    """

    desk: Desk
    request: Request
    present: Present
    as_of: str | None
    _state: tuple[Snapshot, int] | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The columns of the case as they stood when they were first wanted."""
        return self._known()[0]

    @property
    def cut(self) -> int:
        """The last journal entry that is seen. A cursor keeps its page's state."""
        return self._known()[1]

    def _known(self) -> tuple[Snapshot, int]:
        if self._state is None:
            snapshot = self.desk.mirror.now()
            cut = snapshot.entry if self.as_of is None else min(self.desk.mirror.cut(self.as_of), snapshot.entry)
            cursor = self.request.query_params.get("cursor")
            if cursor and len(cursor) <= 400:
                cut = min(cut, read_cursor(cursor)[1])
            self._state = snapshot, cut
        return self._state

    def respond(
        self, build: Callable[[], Any], *of: Hashable, personal: bool = False, media_type: str = JSON
    ) -> Response:
        """The answer with its ETag; *build* is called only where it is not known yet.

        *of* are the states of what the answer is made from, where that is not simply the case at this moment.
        """
        url = self.request.url
        who = self.present.name if personal else None
        state = of or (self.cut, self.snapshot.erasures)
        about = (self.desk.info["case_id"], __version__, self.as_of is not None, state)
        tag = tag_of(about, url.path, sorted(self.request.query_params.multi_items()), who)
        return answer(self.request, self.desk.bytes, tag, build, media_type)

    def claims(self, q: str, rejected: bool = False) -> Mask:
        """Claims that stand and that *q* means."""
        filter_ = self.resolved(claims_asked(q, rejected))
        found = self.desk.terms.mask(self.snapshot, "claims", filter_) & self.standing(filter_)
        if not found.any():
            self.check(filter_)
        return found

    def resolved(self, filter_: Filter) -> Filter:
        """The filter with what people decided of the actors and places that it names."""
        if not self.decided() and not any(v.startswith(MADE) for term in filter_.terms for v in term.values):
            return filter_
        with self.desk.file.snapshot() as connection:
            return resolved(connection, self.cut, filter_)

    def moment(self) -> str | None:
        """The moment asked about, as the ledger is asked about it; None for now."""
        if self.cut == self.snapshot.entry:
            return None
        with self.desk.file.snapshot() as connection:
            row = connection.execute("SELECT recorded_at FROM entries WHERE entry = ?", (self.cut,)).fetchone()
        # Before the first entry nothing was known.
        return str(row[0]) if row else "0001-01-02"

    def standing(self, filter_: Filter | None = None) -> Mask:
        """Claims that stand at the moment asked about, of the run that the filter names or the latest."""
        run = self._run(filter_)
        key = ("standing", self.snapshot.version, self.cut, run)
        found: Mask = self.desk.once(key, lambda: self.snapshot.standing(self.cut, run))
        return found

    def counted(self) -> Hashable:
        """Names the state of what lists count; most reviews leave it as it is."""
        s = self.snapshot
        return ("now", s.counted, s.erasures) if self.cut == s.entry else (self.cut, s.erasures)

    def as_revised(self, rows: Ints) -> Ints:
        """The rows in which the claims *rows* stand at the moment asked about: as last revised."""
        s = self.snapshot
        revised: Ints = self.desk.once(("revised", s.version, self.cut), lambda: s.revised(self.cut))
        # Events may have been merged from claims that are newer than the columns.
        known = rows < s.claims.size
        root = s.claims["root"][rows[known]]
        origin = np.where(root > 0, root, rows[known])
        found = rows.copy()
        found[known] = np.where(revised[origin] > 0, revised[origin], origin)
        return found

    def quotes(self, q: str) -> Mask:
        """Attributions that are shown and that *q* means."""
        filter_ = self.resolved(parsed(q))
        run = self._run(filter_)
        key = ("quotes", self.snapshot.version, self.cut, run)
        shown: Mask = self.desk.once(key, lambda: self.snapshot.shown_quotes(self.cut, run))
        return shown & self.desk.terms.mask(self.snapshot, "quotes", filter_)

    def _run(self, filter_: Filter | None) -> int | None:
        if filter_ is None or not filter_.has("run"):
            return None
        with self.desk.file.snapshot() as connection:
            return run_of(filter_, dict(connection.execute("SELECT run_id, run FROM runs").fetchall()))

    def check(self, filter_: Filter) -> None:
        """BadFilter where a type, mode or context is a slip of the pen."""
        check_ontology(self.desk.file, filter_)

    def head(self) -> dict[str, Any]:
        """What every answer says of the state it was made from."""
        return {"entry": self.cut, "as_of": self.as_of}

    def decided(self) -> int:
        """How many corrections of actors and places were known: they change what a filter means."""
        return self.count("corrections")

    def count(self, table: Literal["corrections", "merges"]) -> int:
        """How many rows a table had."""
        sql = f"SELECT count(*) FROM {table} WHERE entry <= ?"
        key = (table, self.snapshot.version, self.cut)
        found: int = self.desk.once(key, lambda: self.desk.file.look(sql, self.cut)[0][0], kind="counts")
        return found

    def erased(self) -> int:
        """How many of the reports known then are tombstones by now."""
        if not self.snapshot.erasures:
            return 0
        return self.desk.case.erased(as_of=self.as_of)


AsOf = Annotated[
    str | None,
    Query(max_length=40, description="as known on that day or moment (ISO 8601, UTC); now where it is absent"),
]
Q = Annotated[str, Query(max_length=4000, description="a filter, in the language of docs/reference/filters.md")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="how many rows a page has at most")]
Cursor = Annotated[str | None, Query(max_length=400, description="`next` of the page before")]


def desk_of(request: Request) -> Desk:
    """The desk of the application."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def present_of(request: Request) -> Present:
    """Who asks."""
    present = request.scope.get("state", {}).get("present")
    if not isinstance(present, Present):
        raise Problem(401, "no-session", "nobody is signed in", "Sign in, or open the address that was printed")
    return present


def ask_of(request: Request, as_of: AsOf = None) -> Ask:
    """The question that a request is; BadFilter where *as_of* says nothing."""
    if as_of is not None and not as_of.strip():
        raise BadFilter("as of '': that is no moment. Write it as 2018-08-31 or 2018-08-31T12:00:00Z")
    return Ask(desk_of(request), request, present_of(request), as_of)


async def asking(request: Request, as_of: AsOf = None) -> Ask:
    """The same as ``ask_of``; as it reads nothing, it needs no thread of its own."""
    return ask_of(request, as_of)


def unasked(desk: Desk) -> Ask:
    """A question that nobody asks: of now, to work out beforehand what people will ask for."""
    nobody = Present("", "reader", "", "", None)
    return Ask(desk, Request({"type": "http", "query_string": b""}), nobody, None)


def needs(right: str) -> Callable[[Request], Awaitable[Present]]:
    """A dependency that lets through only those who may *right*."""

    async def check(request: Request) -> Present:
        present = present_of(request)
        if not present.may(right):
            raise Problem(403, "not-allowed", f"a {present.role} may not do this", f"Ask somebody who may {right}")
        return present

    return check


Asking = Annotated[Ask, Depends(asking)]
Reviewing = Annotated[Present, Depends(needs("review"))]
Deciding = Annotated[Present, Depends(needs("decide"))]
Managing = Annotated[Present, Depends(needs("manage"))]
