"""The first page: what the case holds, what is new, and where to look first."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import Any

import numpy as np

from onrecord.case.filters import Filter
from onrecord.errors import OnrecordError
from onrecord.lexicon.actors import load_actors
from onrecord.serve import drawn, standing
from onrecord.serve import happenings as now
from onrecord.serve.columns_file import LEAST_CLAIMS
from onrecord.serve.dealings import claims_of
from onrecord.serve.desk import Ask, Desk, unasked
from onrecord.serve.event_terms import meant
from onrecord.serve.mirror import Mask
from onrecord.serve.problems import Problem

_DENIED = Filter.parse("mood:denied status:coded")
_ACTIVE = 10
# Seconds after the first page.
_LATER = 3.0
_CAVEAT = Filter.parse("caveat:unverified,no_comment,no_response status:coded")


def overview(ask: Ask, q: str, since: str | None, found: now.Happenings) -> dict[str, Any]:
    """Counts, what is new since a moment, the most active, the most disputed, the latest caveats and denials."""
    key = ("overview", ask.snapshot.version, ask.cut, ask.as_of, found.states, found.aggregation, ask.decided(), q)
    shared: dict[str, Any] = ask.desk.once(key, lambda: _shared(ask, q, found), kind="overviews", limit=8)
    return {**shared, "new": _new(ask, since, found)}


def _shared(ask: Ask, q: str, found: now.Happenings) -> dict[str, Any]:
    """What the first page has for everybody."""
    desk, s = ask.desk, ask.snapshot
    mask = ask.claims(q)
    events = meant(ask, found, q)
    actors, active = standing.busiest(ask, _ACTIVE)
    counts, claims = _counts(ask, mask, found, events)
    counts["actors"] = actors
    ranked = now.in_order(found, events, "-disagreement")
    disputed = [int(i) for i in ranked[:8] if found.disagreement[i] > 0 or found.counts["denied"][i]]
    return {
        "case": desk.info,
        "counts": counts,
        "claims": claims,
        "active": active,
        "disputed": now.event_rows(found, disputed),
        "caveats": _caveats(ask, mask),
        "denials": claims_of(ask, _latest(ask, mask & desk.terms.mask(s, "claims", _DENIED), 8)),
        "timeline": {**drawn.event_timeline(found, events, None), **ask.head()},
        "outlets": _outlets(ask, mask),
        "runs": _runs(ask),
        "history": history(ask),
        **found.said(),
        **ask.head(),
    }


def warm(desk: Desk) -> None:
    """Works out what the first pages are made from; what goes wrong is told to the first who asks."""
    with suppress(OnrecordError, Problem):
        ask = unasked(desk)
        overview(ask, "", None, now.happenings(ask, "representative"))
        # Whoever opens the first page now is not to wait for what is asked later.
        if ask.snapshot.claims.size > LEAST_CLAIMS and desk.ending.wait(_LATER):
            return
        standing.actors(ask)
        standing.places(ask)
        load_actors()
        if desk.is_large():
            desk.teller.claims([])
        desk.keep_columns()
        if ask.snapshot.claims.size > LEAST_CLAIMS:
            # What is kept for good need not be looked through for what may be let go of.
            gc.freeze()


def _counts(ask: Ask, mask: Mask, found: now.Happenings, events: Any) -> tuple[dict[str, int], dict[str, int]]:
    s = ask.snapshot
    kinds, numbers = np.unique(s.claims["kind"][mask], return_counts=True)
    claims = {str(s.word(kind)): int(n) for kind, n in zip(kinds, numbers, strict=True)}
    reviewed = int((s.claims["review"][mask] > 0).sum())
    counts = {
        "reports": int(((s.reports["entry"] > 0) & (s.reports["entry"] <= ask.cut)).sum()),
        "claims": int(mask.sum()),
        "events": len(events),
        "quotes": int(ask.quotes("").sum()),
        "places": standing.count_places(ask),
        "outlets": len(np.unique(s.reports["outlet"][(s.reports["entry"] > 0) & (s.reports["entry"] <= ask.cut)])),
        "reviewed": reviewed,
        "disputed": int((found.disagreement[events] > 0).sum()),
        "denied": int((found.counts["denied"][events] > 0).sum()),
        "erased": ask.erased(),
    }
    return counts, claims


def _new(ask: Ask, since: str | None, found: now.Happenings) -> dict[str, Any]:
    """What was recorded after *since* and up to the moment asked about; nothing is new where since is None."""
    moment = since or ask.present.last_visit
    if moment is None:
        return {"since": None, "reports": 0, "claims": 0, "events": 0, "quotes": 0, "reviews": 0}
    first = min(ask.desk.mirror.cut(moment), ask.cut)
    s = ask.snapshot
    claims, codings, reports = s.claims["entry"], s.codings["entry"], s.reports["entry"]
    mask = ask.standing() & (s.claims["status"] == s.number("status", "coded"))
    fresh = codings[s.quotes["coding"]]
    with ask.desk.file.snapshot() as connection:
        sql = "SELECT count(*) FROM reviews WHERE round IS NULL AND entry > ? AND entry <= ?"
        reviews = connection.execute(sql, (first, ask.cut)).fetchone()[0]
    return {
        "since": moment,
        "reports": int(((reports > first) & (reports <= ask.cut)).sum()),
        "claims": int((mask & (claims > first) & (s.claims["root"] == 0)).sum()),
        "events": _new_events(found, claims, first),
        "quotes": int((ask.quotes("") & (fresh > first)).sum()),
        "reviews": reviews,
    }


def _new_events(found: now.Happenings, claims: Any, first: int) -> int:
    """Events none of whose claims was recorded by then."""
    rows = np.flatnonzero(found.of_claim[: len(claims)] >= 0)
    earliest = np.full(len(found), np.iinfo(np.int64).max)
    np.minimum.at(earliest, found.of_claim[rows], claims[rows])
    return int((earliest > first).sum())


def _latest(ask: Ask, mask: Mask, most: int) -> Mask:
    """Of the claims in *mask* those of the reports published last."""
    s, rows = ask.snapshot, np.flatnonzero(mask)
    days = s.reports["day"][s.codings["report"][s.claims["coding"][rows]]]
    days = np.where(days > 1 << 40, -(1 << 40), days)
    out = np.zeros_like(mask)
    out[rows[np.argsort(-days, kind="stable")[:most]]] = True
    return out


def _caveats(ask: Ask, mask: Mask) -> list[dict[str, Any]]:
    latest = _latest(ask, mask & ask.desk.terms.mask(ask.snapshot, "claims", _CAVEAT), 8)
    return [
        {"claim_id": claim["claim_id"], "report_id": claim["report_id"], "head": claim["head"],
         "claim_text": claim["text"], "outlet": claim["report"]["outlet"], "published": claim["report"]["published"],
         **caveat}
        for claim in claims_of(ask, latest) for caveat in claim["caveats"]
    ]  # fmt: skip


def _outlets(ask: Ask, mask: Mask) -> list[dict[str, Any]]:
    s = ask.snapshot
    outlet = s.reports["outlet"]
    known = (s.reports["entry"] > 0) & (s.reports["entry"] <= ask.cut)
    reports = np.bincount(outlet[known], minlength=max(s.outlets, default=0) + 1)
    claims = np.bincount(outlet[s.codings["report"][s.claims["coding"][mask]]], minlength=len(reports))
    order = np.argsort(-claims, kind="stable")[:40]
    return [
        {"outlet": s.outlets[int(i)], "reports": int(reports[i]), "claims": int(claims[i])}
        for i in order if int(i) in s.outlets and (reports[i] or claims[i])
    ]  # fmt: skip


def _runs(ask: Ask) -> list[dict[str, Any]]:
    kept = ("run_id", "version", "reports", "claims", "recorded_at")
    return [{key: run[key] for key in kept} for run in ask.desk.case.runs(as_of=ask.moment())]


def history(ask: Ask) -> dict[str, Any]:
    """From when to when things were recorded, and on which days: what the control "as known on" may be put to."""
    desk = ask.desk
    with desk.file.snapshot() as connection:
        # Entries never change: those that were counted once need not be read again.
        until, days, first, last = desk.recorded
        rows = connection.execute(
            "SELECT substr(recorded_at, 1, 10), count(*), min(recorded_at), max(recorded_at), max(entry) FROM entries "
            "WHERE entry > ? GROUP BY 1 ORDER BY 1", (until,),
        ).fetchall()  # fmt: skip
    if rows:
        days = {**days, **{day: days.get(day, 0) + n for day, n, *_ in rows}}
        first, last = first or rows[0][2], rows[-1][3]
        desk.recorded = (rows[-1][4], days, first, last)
    return {"first": first, "last": last, "days": [{"day": day, "entries": n} for day, n in days.items()]}
