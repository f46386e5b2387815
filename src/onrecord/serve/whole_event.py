"""One event with its accounts and claims: as merged, with each claim as it stands at the moment asked about."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import orjson

from onrecord.errors import NotFound
from onrecord.model import Aggregation
from onrecord.serve import happenings as now
from onrecord.serve.answers import written
from onrecord.serve.decode import claim_rows
from onrecord.serve.desk import Ask
from onrecord.serve.teller import MANY
from onrecord.serve.telling import Told, event_told
from onrecord.serve.whereabouts import whereabouts


def whole_event(ask: Ask, found: now.Happenings, event_id: str, aggregation: Aggregation) -> bytes:
    """An event with all that is said of it, as JSON; NotFound where there is none."""
    told = _told(ask, found, event_id, aggregation)
    rows = claim_rows(ask.desk, ask.as_revised(np.array(told.rows, dtype=np.int64)).tolist(), ask.snapshot.erasures)
    more = {"place": whereabouts(ask).corrected(told.place), "claim_list": [orjson.Fragment(row) for row in rows]}
    return told.rest[:-1] + b"," + written({**more, **ask.head(), **found.said()})[1:]


def check_event(ask: Ask, event_id: str) -> None:
    """NotFound unless *event_id* leads to an event."""
    if _number(ask, now.happenings(ask, "representative"), event_id) is None:
        _asked(ask, event_id, "representative", many=False)


def claims_of_event(ask: Ask, found: now.Happenings, event_id: str) -> Hashable:
    """What tells which claims an event is told with, before it is put together."""
    number = _number(ask, found, event_id)
    if number is None:
        return ask.cut
    return ask.as_revised(np.flatnonzero(found.of_claim == number)).tobytes()


def _number(ask: Ask, found: now.Happenings, event_id: str) -> int | None:
    numbers: dict[str, int] = ask.desk.once(
        ("numbers", found.state), lambda: {id_: i for i, id_ in enumerate(found.ids)}, "numbers", 4
    )
    return numbers.get(event_id)


def _told(ask: Ask, found: now.Happenings, event_id: str, aggregation: Aggregation) -> Told:
    """The event as merged; one of which nothing has changed is not put together again after each write."""
    number = _number(ask, found, event_id)
    if number is None:
        return _asked(ask, event_id, aggregation, many=False)
    members = np.flatnonzero(found.of_claim == number)
    # What may be the same happening changes with other events.
    others: Hashable = found.state if found.counts["possible"][number] else None
    key = ("event", event_id, aggregation, found.bodies[number], members.tobytes(), others, ask.moment(),
           ask.decided(), ask.count("merges"), ask.snapshot.erasures)  # fmt: skip
    many = len(members) > MANY
    told: Told = ask.desk.once(key, lambda: _asked(ask, event_id, aggregation, many), kind="whole events", limit=200)
    return told


def _asked(ask: Ask, event_id: str, aggregation: Aggregation, many: bool) -> Told:
    """The event as the case has it; of now, as events are merged at the moment."""
    desk, then = ask.desk, ask.moment() or _merged_at(ask)
    told = desk.teller.event(event_id, aggregation, then) if many and desk.is_large() else None
    try:
        return told or event_told(desk.case, event_id, aggregation, then)
    except NotFound:
        if ask.moment() is not None or desk.is_large():
            raise
        # It may be so new that it is not merged yet; where merging takes long, it is there once answers are fresh.
        return event_told(desk.case, event_id, aggregation, None)


def _merged_at(ask: Ask) -> str | None:
    """When the last entry was recorded that events are merged up to: asked of then, they need no merging first."""
    sql = "SELECT recorded_at FROM entries WHERE entry = (SELECT value FROM events_state WHERE key = 'entry')"
    rows = ask.desk.file.look(sql)
    return str(rows[0][0]) if rows else None
