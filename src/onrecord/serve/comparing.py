"""Two sides of a case beside one another, and two moments of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import orjson

from onrecord.case.review_lists import changed_paths
from onrecord.serve import pages
from onrecord.serve.decode import claim_rows
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import NO_DAY, Mask
from onrecord.serve.terms import parsed

# What differs between any two reports by its nature.
_OWN = frozenset(
    "claim_id report_id run_id version rationale links key span text field review recorded_at report head chain "
    "confidence codes spans score candidates via why basis content continued".split()
)
_SAME = ("type", "polarity", "certainty", "mood", "tense", "place", "precision", "first_day", "last_day")


def compare(ask: Ask, left: str, right: str, q: str, limit: int) -> dict[str, Any]:
    """Claims of both sides paired by what they are of; within one report by their words, else by what and where."""
    (mask_a, one), (mask_b, other) = (_side(ask, line, q) for line in (left, right))
    rows_a, rows_b = (_latest_first(ask, mask) for mask in (mask_a, mask_b))
    both, only_a, only_b = _paired(ask, rows_a, rows_b)
    values = _values(ask, mask_a | mask_b)
    both.sort(key=lambda pair: values(pair[0]) == values(pair[1]))
    differ = sum(values(a) != values(b) for a, b in both)
    counts = {"only_left": len(only_a), "only_right": len(only_b), "both": len(both), "differ": differ}
    return {
        "left": one,
        "right": other,
        "only_left": _json(ask, only_a[:limit]),
        "only_right": _json(ask, only_b[:limit]),
        "both": _pairs(ask, both[:limit]),
        "counts": counts,
        "by_type": _by_type(ask, mask_a, mask_b),
        "truncated": max(len(only_a), len(only_b), len(both)) > limit,
        **ask.head(),
    }


def _side(ask: Ask, line: str, q: str) -> tuple[Mask, dict[str, Any]]:
    s = ask.snapshot
    asked = str(parsed(line) & parsed(q))
    mask = ask.claims(asked)
    reports = np.unique(s.codings["report"][s.claims["coding"][mask]])
    return mask, {"label": line, "filter": asked, "claims": int(mask.sum()), "reports": len(reports)}


def _latest_first(ask: Ask, mask: Mask) -> list[int]:
    s, rows = ask.snapshot, np.flatnonzero(mask)
    days = s.reports["day"][s.codings["report"][s.claims["coding"][rows]]]
    days = np.where(days == NO_DAY, -NO_DAY, days)
    found: list[int] = rows[np.lexsort((s.claims["ord"][rows], s.claims["coding"][rows], -days))].tolist()
    return found


def _paired(ask: Ask, left: list[int], right: list[int]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs of rows that are of one thing, and what only one side has."""
    keys = _keys(ask, [*left, *right])
    waiting: dict[Any, list[int]] = defaultdict(list)
    for row in reversed(right):
        for key in keys[row]:
            waiting[key].append(row)
    both: list[tuple[int, int]] = []
    only_left: list[int] = []
    taken: set[int] = set()
    for row in left:
        fits = next((f for key in keys[row] if (f := _next(waiting[key], taken, row)) is not None), None)
        if fits is None:
            only_left.append(row)
        else:
            taken.add(fits)
            both.append((row, fits))
    return both, only_left, [row for row in right if row not in taken]


def _next(rows: list[int], taken: set[int], but: int) -> int | None:
    while rows and rows[-1] in taken:
        rows.pop()
    return next((row for row in reversed(rows) if row not in taken and row != but), None)


def _keys(ask: Ask, rows: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """What two claims must share to be of one thing: their words in one report, else kind, type, and where or who."""
    s, c = ask.snapshot, ask.snapshot.claims
    first: dict[int, int] = {}
    wanted = np.zeros(c.size, dtype=bool)
    wanted[rows] = True
    actors = [s.number("slot", slot) for slot in ("actor", "holder", "subject")]
    chosen = np.flatnonzero(wanted[s.slots.row] & np.isin(s.slots.more["slot"], actors))
    for row, actor in zip(s.slots.row[chosen].tolist(), s.slots.value[chosen].tolist(), strict=True):
        first.setdefault(row, actor)
    found = {}
    for row in rows:
        report = int(s.codings["report"][c["coding"][row]])
        what = (int(c["kind"][row]), int(c["type"][row]))
        keys: list[tuple[Any, ...]] = [("words", report, what[0], int(c["start"][row]), int(c["end"][row]))]
        day, place = int(c["first_day"][row]), int(c["place"][row])
        if day != NO_DAY and place:
            keys.append(("place", *what, day, place))
        actor_id = s.actors[first[row]].actor_id if row in first else None
        if day != NO_DAY and actor_id:
            keys.append(("actor", *what, day, actor_id))
        found[row] = keys
    return found


def _values(ask: Ask, mask: Mask) -> Callable[[int], tuple[Any, ...]]:
    """A function that gives the values of a claim that a comparison is about."""
    s, c = ask.snapshot, ask.snapshot.claims
    figures: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    chosen = np.flatnonzero(mask[s.figures.row])
    numbers = (np.nan_to_num(s.figures.more[name][chosen], nan=-1.0).tolist() for name in ("low", "best", "high"))
    for row, *told in zip(s.figures.row[chosen].tolist(), s.figures.value[chosen].tolist(), *numbers, strict=True):
        figures[row].append(tuple(told))

    def values(row: int) -> tuple[Any, ...]:
        plain = tuple(int(c[name][row]) for name in _SAME)
        return (*plain, float(c.floats["factuality"][row]), sorted(figures.get(row, ())))

    return values


def _by_type(ask: Ask, left: Mask, right: Mask) -> list[dict[str, Any]]:
    c, found = ask.snapshot.claims, []
    types = c["type"][left], c["type"][right]
    size = int(max((t.max() for t in types if len(t)), default=0)) + 1
    one, other = (np.bincount(t, minlength=size) for t in types)
    for number in np.argsort(-(one + other), kind="stable")[:100].tolist():
        if one[number] or other[number]:
            what = ask.snapshot.word(number) or "?"
            found.append({"what": what, "left": int(one[number]), "right": int(other[number])})
    return found


def _json(ask: Ask, rows: list[int]) -> list[Any]:
    return [orjson.Fragment(row) for row in claim_rows(ask.desk, rows, ask.snapshot.erasures)]


def _pairs(ask: Ask, pairs: list[tuple[int, int]]) -> list[dict[str, Any]]:
    found = []
    for pair in pairs:
        one, other = (orjson.loads(row) for row in claim_rows(ask.desk, pair, ask.snapshot.erasures))
        fields = changed_paths(_plain(one), _plain(other))
        found.append({"what": one["head"], "left": one, "right": other, "fields": fields[:40]})
    return found


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
