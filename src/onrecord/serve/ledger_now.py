"""How aggregations of events differ, and decisions on events."""

from __future__ import annotations

from typing import Any

import numpy as np

from onrecord.case.review_lists import changed_paths
from onrecord.serve import happenings as now
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Ints


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
