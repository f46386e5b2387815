"""Two sides of a case beside one another, and two moments of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np

from onrecord.case.review_lists import changed_paths
from onrecord.serve import pages
from onrecord.serve.dealings import claims_of
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Mask
from onrecord.serve.terms import parsed

_MOST = 4000
# What differs between any two reports by its nature.
_OWN = frozenset(
    "claim_id report_id run_id version rationale links key span text field review recorded_at report head chain "
    "confidence codes spans score candidates via why basis content continued".split()
)


def compare(ask: Ask, left: str, right: str, q: str, limit: int) -> dict[str, Any]:
    """Claims of both sides paired by what they are of; within one report by their words, else by what and where."""
    sides = [_side(ask, line, q) for line in (left, right)]
    (mask_a, one), (mask_b, other) = sides
    claims_a, claims_b = claims_of(ask, mask_a, _MOST), claims_of(ask, mask_b, _MOST)
    both, only_a, only_b = _paired(claims_a, claims_b)
    differing = [pair for pair in both if pair["fields"]]
    counts = {"only_left": len(only_a), "only_right": len(only_b), "both": len(both), "differ": len(differing)}
    types = [Counter(str(c["head"]) for c in claims) for claims in (claims_a, claims_b)]
    names = sorted({*types[0], *types[1]}, key=lambda name: -types[0][name] - types[1][name])
    shown = sorted(both, key=lambda pair: -len(pair["fields"]))
    return {
        "left": one,
        "right": other,
        "only_left": only_a[:limit],
        "only_right": only_b[:limit],
        "both": shown[:limit],
        "counts": counts,
        "by_type": [{"what": name, "left": types[0][name], "right": types[1][name]} for name in names[:100]],
        "truncated": max(one["claims"], other["claims"]) > _MOST,
        **ask.head(),
    }


def _side(ask: Ask, line: str, q: str) -> tuple[Mask, dict[str, Any]]:
    s = ask.snapshot
    asked = str(parsed(line) & parsed(q))
    mask = ask.claims(asked)
    reports = np.unique(s.codings["report"][s.claims["coding"][mask]])
    return mask, {"label": line, "filter": asked, "claims": int(mask.sum()), "reports": len(reports)}


def _paired(
    left: list[dict[str, Any]], right: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    waiting: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for claim in right:
        for key in _keys(claim):
            waiting[key].append(claim)
    both, only_left, taken = [], [], set()
    for claim in left:
        fits = [c for key in _keys(claim) for c in waiting[key] if id(c) not in taken and c is not claim]
        fits = [c for c in fits if c["claim_id"] != claim["claim_id"] or c["run_id"] != claim["run_id"]]
        if not fits:
            only_left.append(claim)
            continue
        best = max(fits, key=lambda c: _likeness(claim, c))
        taken.add(id(best))
        fields = changed_paths(_plain(claim), _plain(best))
        both.append({"what": claim["head"], "left": claim, "right": best, "fields": fields[:40]})
    return both, only_left, [c for c in right if id(c) not in taken]


def _keys(claim: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What two claims must share to be of one thing: the words in one report; type, place and day across reports."""
    place, time = claim.get("place") or {}, claim.get("time") or {}
    what = claim.get("event_type") or claim.get("measure") or claim.get("change") or claim.get("relation")
    found: list[tuple[Any, ...]] = [("report", claim["report_id"], claim["kind"], claim["field"], *claim["span"])]
    where = place.get("place_id") or place.get("admin1")
    if where and time.get("start"):
        found.append(("place", claim["kind"], what, where, time["start"]))
    parties = [s.get("actor_id") for key in ("subject", "holder", "actor") for s in claim.get(key) or []]
    if time.get("start") and any(parties):
        found.append(("party", claim["kind"], what, next(filter(None, parties)), time["start"]))
    return found


def _likeness(one: dict[str, Any], other: dict[str, Any]) -> float:
    same = sum(one.get(k) == other.get(k) for k in ("event_type", "modes", "modality"))
    return float(same) - len(changed_paths(_plain(one), _plain(other))) / 100


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k not in _OWN}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value


def difference(ask: Ask, since: str | None, until: str | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """Changes between two moments, the latest first, with counts at both."""
    case = ask.desk.case
    key = ("diff", ask.snapshot.version, since, until)
    changes = ask.desk.once(key, lambda: [change.to_json() for change in case.diff(since, until)][::-1])
    found = np.arange(len(changes))
    cut = pages.cut_of(found, ("diff", since, until), limit, cursor, ask.cut)
    first = ask.desk.mirror.cut(since) if since else 0
    last = ask.desk.mirror.cut(until) if until else ask.snapshot.entry
    return {
        "since": since,
        "until": until,
        "items": [changes[i] for i in cut.numbers],
        "next": cut.next,
        "total": cut.total,
        "by_kind": dict(Counter(change["kind"] for change in changes)),
        "before": _counts(ask, first),
        "after": _counts(ask, last),
        "entry": ask.cut,
    }


def _counts(ask: Ask, cut: int) -> dict[str, Any]:
    s = ask.snapshot
    mask = s.standing(cut) & (s.claims["status"] == s.number("status", "coded"))
    kinds, numbers = np.unique(s.claims["kind"][mask], return_counts=True)
    reports = int(((s.reports["entry"] > 0) & (s.reports["entry"] <= cut)).sum())
    return {"reports": reports, "claims": {str(s.word(k)): int(n) for k, n in zip(kinds, numbers, strict=True)}}
