"""Events as JSON: the row of a table, and everything that is known of one event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.merge.parties import known_parties
from onrecord.model import Account, Actor, Event, EventClaim, Given, Pair, Place, Possible, Report, Value

Json = dict[str, Any]
CATEGORIES = ("event_type", "mode", "actor", "recipient", "place", "start", "end")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the claims and reports of events are looked up, by id."""

    claims: Mapping[str, EventClaim]
    reports: Mapping[str, Report]


def event_row(event: Event, shelf: Shelf) -> Json:
    """The event as one row: what, who, where, when, how many, on whose word, and how far accounts agree."""
    telling = event.of_stance("asserts") or event.accounts
    values = {v.field: v for v in event.values}
    moments = sorted(m for r in event.report_ids if r in shelf.reports and (m := shelf.reports[r].published))
    row: Json = {
        "event_id": event.event_id,
        "event_type": _best(values, "event_type"),
        "modes": list(_chosen(values, "mode", shelf).modes) if _best(values, "mode") else [],
        "contexts": list(dict.fromkeys(c for a in telling for i in a.claim_ids for c in shelf.claims[i].contexts)),
        "happened": event.happened,
        "denied": len(event.of_stance("denies")),
        "possible": len(event.possible),
        "claims": len(event.claim_ids),
        "reports": len(event.report_ids),
        "accounts": len(event.of_stance("asserts")),
        "voices": len({v for a in telling for v in a.voices}),
        "actor": _parties(known_parties(_chosen(values, "actor", shelf), "actor")) if _best(values, "actor") else [],
        "recipient": _parties(known_parties(_chosen(values, "recipient", shelf), "recipient"))
        if _best(values, "recipient")
        else [],
        "place": _place_of(values.get("place"), shelf),
        "start": _best(values, "start"),
        "end": _best(values, "end"),
        "figures": {v.field: _bounds(v) for v in event.values if v.field not in CATEGORIES},
        "factuality": _factuality(telling, shelf),
        "disagreement": disagreement(event.values),
        "indeterminate": [v.field for v in event.values if v.state == "indeterminate"],
        "first_published": moments[0] if moments else None,
        "last_published": moments[-1] if moments else None,
        "aggregation": event.aggregation,
    }
    return row | {"summary": summary(row, event)}


def event_detail(event: Event, shelf: Shelf, decisions: Sequence[Mapping[str, Any]], claims: Sequence[Json]) -> Json:
    """The row with values and who gives which, accounts, voices, pairs, corrections, decisions and claims.

    *decisions* are those of the case that hold, *claims* the event's own as JSON.
    """
    mine = {d["merge_id"]: d for d in decisions if d["merge_id"] in event.decisions}
    return event_row(event, shelf) | {
        "values": {v.field: _bounds(v) | {"given": [_given(g) for g in v.given]} for v in event.values},
        "account_list": [_account(a) for a in event.accounts],
        "voice_list": [{"origin": v.origin, "members": _lists(v.members), "agency": v.agency} for v in event.voices],
        "pairs": [pair_json(p) for p in event.pairs],
        "pairs_weighed": event.weighed,
        "possible_list": [_other(p) for p in event.possible],
        "apart_list": [_other(p) for p in event.apart],
        "corrections": [
            {key: getattr(c, key) for key in ("report_id", "replaces", "field", "before", "after", "speaker")}
            for c in event.corrections
        ],
        "decisions": [_decision(d) for d in mine.values()],
        "report_list": [_report(shelf.reports[r]) for r in event.report_ids if r in shelf.reports],
        "claim_list": list(claims),
    }


def disagreement(values: Iterable[Value]) -> float:
    """Share (0 to 1) of the fields with a value in which accounts differ; 0 where no field has one."""
    told = [v for v in values if v.given]
    return sum(map(differs, told)) / len(told) if told else 0.0


def differs(value: Value) -> bool:
    """Whether accounts give different values; numbers that allow each other do not differ."""
    if value.field in CATEGORIES:
        return len({g.best for g in value.given}) > 1
    return any(not _allow(a, b) for n, a in enumerate(value.given) for b in value.given[:n])


def summary(row: Json, event: Event) -> str:
    """One line in words: what, where, when, how many, how many accounts, who denies it."""
    what = " / ".join([str(row["event_type"] or "of disputed type"), *row["modes"][:1]])
    who = " → ".join(filter(None, (_names(row["actor"]), _names(row["recipient"]))))
    place, days = row["place"], tuple(dict.fromkeys(d for d in (row["start"], row["end"]) if d))
    where = f" in {place['name'] or place['text']}" if place else ""
    when = f", {'…'.join(days)}" if days else ""
    tolls = "".join(f", {number_words(f)} {measure}" for measure, f in row["figures"].items())
    told = f"{row['accounts']} account{'' if row['accounts'] == 1 else 's'}" if event.happened else "nobody asserts it"
    deniers = ", ".join(a.name for a in event.of_stance("denies"))
    return f"{what}{f': {who}' if who else ''}{where}{when}{tolls}; {told}{f'; denied by {deniers}' if deniers else ''}"


def number_words(figure: Mapping[str, Any]) -> str:
    """A figure of an event in words: its best number, and the range of its accounts where that says more."""
    low, high, best = figure["low"], figure["high"], figure["best"]
    end = f"{high:g} or more" if figure["open_high"] and high is not None else f"{high:g}" if high is not None else ""
    span = end if low == high or low is None else f"{low:g} to {end}" if end else f"at least {low:g}"
    if best is None:
        return f"undecided ({span})" if span else "undecided"
    return f"{best:g}" if span == f"{best:g}" else f"{best:g} ({span})"


def pair_json(pair: Pair) -> Json:
    """Two claims compared, with the reasons."""
    reasons = [{"sign": r.sign, "weight": r.weight} for r in pair.reasons]
    return {"first": pair.first, "second": pair.second, "score": pair.score, "reasons": reasons, "apart": pair.apart}


def _best(values: Mapping[str, Value], field: str) -> str | float | None:
    return values[field].best if field in values else None


def _chosen(values: Mapping[str, Value], field: str, shelf: Shelf) -> EventClaim:
    """The claim that gives the best value of *field*, which must have one."""
    value = values[field]
    return shelf.claims[next(g.claim_id for g in value.given if g.best == value.best)]


def _bounds(value: Value) -> Json:
    return {key: getattr(value, key) for key in ("state", "best", "low", "high", "open_high")}


def _given(given: Given) -> Json:
    own = {key: getattr(given, key) for key in ("account", "claim_id", "best", "low", "high")}
    return own | {"superseded": _lists(given.superseded)}


def _other(other: Possible) -> Json:
    return {"event_id": other.event_id, "score": other.score, "pair": pair_json(other.pair)}


def _lists(pairs: Iterable[tuple[Any, Any]]) -> list[list[Any]]:
    return [list(pair) for pair in pairs]


def _account(account: Account) -> Json:
    own = {key: getattr(account, key) for key in ("speaker", "name", "stance", "standing", "certainty")}
    return own | {key: list(getattr(account, key)) for key in ("claim_ids", "report_ids", "voices")}


def _report(report: Report) -> Json:
    return {
        key: getattr(report, key)
        for key in ("report_id", "supplied_id", "outlet", "published", "title", "url", "replaces")
    }


def _decision(decision: Mapping[str, Any]) -> Json:
    names = {"merge_id": "merge_id", "action": "action", "members": "claim_ids", "who": "reviewer"}
    return {ours: decision[theirs] for ours, theirs in names.items()} | {
        "when": decision["recorded_at"],
        "why": decision["why"],
    }


def _parties(actors: Iterable[Actor]) -> list[Json]:
    return [
        {"name": a.name, "actor_id": a.actor_id, "country": a.country, "sectors": list(a.sectors), "text": a.text}
        for a in actors
    ]


def _names(parties: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(str(p["name"] or p["text"]) for p in parties if p["name"] or p["text"])


def _place_of(value: Value | None, shelf: Shelf) -> Json | None:
    if value is None or value.best is None:
        return None
    found = [shelf.claims[g.claim_id].place for g in value.given if g.best == value.best]
    return _place(next(p for p in found if p is not None))


def _place(place: Place) -> Json:
    names = ("name", "text", "place_id", "admin1", "admin2", "country", "lat", "lon", "precision", "radius_m")
    return {key: getattr(place, key) for key in names}


def _factuality(telling: Sequence[Account], shelf: Shelf) -> float:
    best = max(telling, key=lambda a: (a.standing, a.certainty), default=None)
    found = [shelf.claims[i].modality.factuality for i in best.claim_ids] if best else []
    return max(found, key=lambda f: (abs(f), f), default=0.0)


def _allow(a: Given, b: Given) -> bool:
    """Whether two numbers can both be right: their bounds meet."""
    low = max((float(v) for v in (a.low, b.low) if v is not None), default=None)
    high = min((float(v) for v in (a.high, b.high) if v is not None), default=None)
    return low is None or high is None or low <= high
