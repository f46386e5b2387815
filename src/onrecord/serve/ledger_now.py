"""What of events, actors and quotes the ledger answers as a whole; the one place that knows how it does."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson

from onrecord.case.review_lists import changed_paths
from onrecord.errors import NotFound
from onrecord.model import Aggregation
from onrecord.serve import happenings as now
from onrecord.serve.answers import written
from onrecord.serve.columns_file import LEAST_CLAIMS
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Ints
from onrecord.serve.publication import with_publication
from onrecord.serve.whereabouts import whereabouts


def full_event(ask: Ask, event_id: str, aggregation: Aggregation) -> dict[str, Any]:
    """An event with all that is said of it, and one column an outlet; of now, as events are merged at the moment."""
    try:
        event = dict(ask.desk.case.event(event_id, as_of=ask.moment() or _merged_at(ask), aggregation=aggregation))
    except NotFound:
        if ask.moment() is not None or ask.snapshot.claims.size >= LEAST_CLAIMS:
            raise
        # It may be so new that it is not merged yet; where merging takes long, it is there once answers are fresh.
        event = dict(ask.desk.case.event(event_id, aggregation=aggregation))
    event["claim_list"] = with_publication(ask, event["claim_list"])
    place = whereabouts(ask).corrected(event["place"])
    return {**event, "place": place, "outlets": outlet_columns(event), **ask.head()}


def known_event(ask: Ask, found: now.Happenings, event_id: str, aggregation: Aggregation) -> dict[str, Any]:
    """The same as ``full_event``; one of which nothing has changed is not put together again after each write."""
    numbers = ask.desk.once(("numbers", found.state), lambda: {id_: i for i, id_ in enumerate(found.ids)}, "numbers", 4)
    number = numbers.get(event_id)
    if number is None or found.counts["possible"][number]:
        # What may be the same happening changes with other events.
        return full_event(ask, event_id, aggregation)
    members = np.flatnonzero(found.of_claim == number).tobytes()
    key = ("event", event_id, aggregation, found.bodies[number], members, ask.decided(), _decided(ask), ask.as_of)

    def make() -> dict[str, Any]:
        return {name: orjson.Fragment(written(value)) for name, value in full_event(ask, event_id, aggregation).items()}

    kept: dict[str, Any] = ask.desk.once((*key, ask.snapshot.erasures), make, kind="whole events", limit=100)
    return {**kept, **ask.head()}


def _decided(ask: Ask) -> int:
    """How many decisions on events were known."""
    with ask.desk.file.snapshot() as connection:
        row = connection.execute("SELECT count(*) FROM merges WHERE entry <= ?", (ask.cut,)).fetchone()
    return int(row[0])


def _merged_at(ask: Ask) -> str | None:
    """When the last entry was recorded that events are merged up to: asked of then, they need no merging first."""
    sql = "SELECT recorded_at FROM entries WHERE entry = (SELECT value FROM events_state WHERE key = 'entry')"
    with ask.desk.file.snapshot() as connection:
        row = connection.execute(sql).fetchone()
    return row and str(row[0])


def outlet_columns(event: dict[str, Any]) -> list[dict[str, Any]]:
    """One column an outlet: its reports and claims, in order of publication; whole copies name their origin."""
    stance = {claim: a["stance"] for a in event["account_list"] for claim in a["claim_ids"]}
    origin = {m[0]: v["origin"] for v in event["voice_list"] for m in v["members"] if m[1] == "copy"}
    columns: dict[str | None, dict[str, Any]] = {}
    for claim in sorted(event["claim_list"], key=lambda c: (c["report"]["published"] or "~", c["claim_id"])):
        about = claim["report"]
        column = columns.setdefault(
            about["outlet"],
            {"outlet": about["outlet"], "reports": [], "claim_ids": [], "stances": [], "copy_of": None},
        )
        if claim["report_id"] not in (r["report_id"] for r in column["reports"]):
            copy_of = origin.get(claim["report_id"])
            column["reports"].append({"report_id": claim["report_id"], **about, "copy_of": copy_of})
        column["claim_ids"].append(claim["claim_id"])
        said = stance.get(claim["claim_id"])
        if said and said not in column["stances"]:
            column["stances"].append(said)
    for column in columns.values():
        origins = {r["copy_of"] for r in column["reports"]}
        column["copy_of"] = origins.pop() if len(origins) == 1 else None
    return list(columns.values())


def event_changes(one: now.Happenings, other: now.Happenings, chosen: Ints, limit: int) -> dict[str, Any]:
    """How the events *chosen* (of *one*) differ between two aggregations."""
    where = {event_id: i for i, event_id in enumerate(other.ids)}
    pairs = [(int(i), where[one.ids[i]]) for i in chosen if one.ids[i] in where]
    changed = [(i, j) for i, j in pairs if one.bodies[i] != other.bodies[j]]
    items = []
    for i, j in changed[:limit]:
        old, new = one.row(i), other.row(j)
        fields = [f for f in changed_paths(old, new) if f["path"] not in ("aggregation", "summary")]
        items.append({"event_id": one.ids[i], "summary": new["summary"], "fields": fields})
    sums = {}
    for measure in sorted({*one.figures, *other.figures}):
        sums[measure] = {"before": _sum(one, measure, [i for i, _ in pairs]),
                         "after": _sum(other, measure, [j for _, j in pairs])}  # fmt: skip
    return {"changed": len(changed), "items": items, "sums": sums}


def _sum(found: now.Happenings, measure: str, chosen: list[int]) -> dict[str, Any]:
    if measure not in found.figures:
        return {"best": 0.0, "low": 0.0, "high": 0.0, "events": 0}
    events, low, best, high = found.figures[measure]
    shown = np.isin(events, chosen)
    most = np.where(np.isnan(high), np.fmax(best, low), high)
    total = {"best": best, "low": np.where(np.isnan(low), best, low), "high": most}
    return {key: float(np.nansum(values[shown])) for key, values in total.items()} | {"events": int(shown.sum())}


def decide(ask: Ask, action: Any, members: list[str], who: str, why: str | None) -> dict[str, Any]:
    """Records that events or claims are, or are not, one happening."""
    done = ask.desk.case.decide_merge(action, members, who, why)
    return {"decision_id": done, "touched": members, "entry": ask.desk.reread()}


def undo_decision(ask: Ask, merge_id: str, who: str, why: str | None) -> dict[str, Any]:
    """Takes a decision on events back."""
    done = ask.desk.case.undo_merge(merge_id, who, why)
    return {"decision_id": done, "touched": [merge_id], "entry": ask.desk.reread()}
