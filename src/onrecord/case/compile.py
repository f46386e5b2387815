"""Filters as SQL: each term becomes a condition; no word of a filter is ever part of the SQL."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable

from onrecord.case.conditions import Sql, coded, compare, either, every, mentions, named, places, query_of
from onrecord.case.filters import COUNTS, FLAGS, LISTED, NUMBERS, PARTIES, PLACES, Filter, Term, box, circle
from onrecord.case.keys import day_number
from onrecord.case.quotes_asked import place_condition, role_condition
from onrecord.case.sphere import EARTH_M, METRES_A_DEGREE
from onrecord.errors import BadFilter

# Days that a claim may span to count as short: `claims_long` is over the others.
LONG = 31
# Columns of claims (alias c) that hold the number of a word.
_CODED = {
    "kind": ("c.kind", "kind"),
    "status": ("c.status", "status"),
    "mood": ("c.mood", "mood"),
    "polarity": ("c.polarity", "polarity"),
    "certainty": ("c.certainty", "certainty"),
    "tense": ("c.tense", "tense"),
    "precision": ('c."precision"', "precision"),
    "granularity": ("c.granularity", "granularity"),
    "type": ("c.type", "event_type"),
    "measure": ("c.type", "measure"),
    "change": ("c.type", "control_change"),
    "relation": ("c.type", "relation"),
}
_SEVERAL = {
    "mode": "mode",
    "context": "context",
    "caveat": "caveat",
    "cue": "cue_class",
    "channel": "channel_class",
    "form": "form",
    "naming": "naming",
    "link": "claim_link",
}
_QUOTE_CODED = {"cue": "q.cue", "channel": "q.channel", "form": "q.form", "naming": "q.naming"}
_SLOTS = {
    "actor": ("actor", "holder", "subject"),
    "recipient": ("recipient", "object"),
    "party": ("actor", "holder", "subject", "recipient", "object"),
    "speaker": ("speaker",),
}
_HAS = {
    "place": "c.place IS NOT NULL",
    "coordinates": "c.place IN (SELECT place FROM places WHERE lat IS NOT NULL)",
    "time": "c.first_day IS NOT NULL",
    "figures": "EXISTS (SELECT 1 FROM figures f WHERE f.claim = c.claim)",
    "review": "c.review IS NOT NULL",
}


def for_claims(filter_: Filter) -> Sql:
    """The condition of *filter_* over claims c, codings k and reports r."""
    spans = [term for term in filter_.terms if term.key in ("from", "to") and not term.negated]
    both = len({term.key for term in spans}) == 2
    rest = [term for term in filter_.terms if not (both and term in spans)]
    return every([*([_overlapping(spans)] if both else []), *(_signed(term, _claim_term(term)) for term in rest)])


def _overlapping(spans: Iterable[Term]) -> Sql:
    """Claims whose days overlap those between *spans* (from and to).

    An index of first days has no lower bound for what may have begun long before: so what is short is looked for
    near, and what is long in an index of its own.
    """
    days = {key: [day_number(v) or 0 for t in spans if t.key == key for v in t.values] for key in ("from", "to")}
    first, last = max(days["from"]), min(days["to"])
    text = (
        "c.claim IN (SELECT claim FROM claims WHERE first_day BETWEEN ? AND ? AND last_day >= ? "
        f"UNION ALL SELECT claim FROM claims WHERE last_day - first_day > {LONG} AND first_day < ? AND last_day >= ?)"
    )
    return Sql(text, (first - LONG, last, first, min(first - LONG, last + 1), first))


def for_quotes(filter_: Filter) -> Sql:
    """The condition of *filter_* over quotes q, codings k and reports r."""
    return every(_signed(term, _quote_term(term)) for term in filter_.terms)


def for_reports(filter_: Filter) -> Sql:
    """The condition of *filter_* over reports r."""
    return every(_signed(term, _report_term(term, "reports_fts", "r.report")) for term in filter_.terms)


def _signed(term: Term, condition: Sql | None) -> Sql:
    if condition is None:
        raise BadFilter(
            f"filter term {str(term)!r} cannot be asked of this table. Leave it out, or ask of claims or events"
        )
    # A NULL in the condition is not so: NOT of it must be so.
    return Sql(f"NOT coalesce(({condition.text}), 0)", condition.parameters) if term.negated else condition


def _words(term: Term, table: str, row: str) -> Sql:
    # Punctuation alone has no words to look for, and full text would call it a syntax error.
    if not any(c.isalnum() for v in term.values for c in v):
        return Sql("1")
    return Sql(f"{row} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)", (query_of(term),))


def _report_term(term: Term, table: str, row: str) -> Sql | None:
    """Terms that speak of the report; full text is searched in *table*, whose rowid is *row*."""
    values = term.values
    match term.key:
        case "words":
            return _words(term, table, row)
        case "report.words":
            return _words(term, "reports_fts", "r.report")
        case "title":
            inner = f"{{title}} : ({query_of(term)})"
            return Sql("r.report IN (SELECT rowid FROM reports_fts WHERE reports_fts MATCH ?)", (inner,))
        case "outlet":
            known = named(["o.folded"], term)
            return Sql(f"r.outlet IN (SELECT outlet FROM outlets o WHERE {known.text})", known.parameters)
        case "published":
            sign = "=" if term.operator == ":" else term.operator
            return either(Sql(f"substr(r.published, 1, 10) {sign} ?", (v,)) for v in values)
        case "language":
            return Sql(f"r.language IN ({', '.join('?' * len(values))})", tuple(v.lower() for v in values))
        case "report":
            # Three looks into three indexes; as one condition with OR it would read every report.
            begun = "SELECT report FROM reports WHERE report_id >= ? AND report_id < ? || char(1114111)"
            supplied = "SELECT report FROM reports WHERE supplied_id = ?"
            return either(Sql(f"r.report IN ({begun} UNION {supplied})", (v, v, v)) for v in values)
    return None


def _claim_term(term: Term) -> Sql | None:
    key, values = term.key, term.values
    party = key.partition(".")[0]
    if key in _CODED:
        condition = coded(*_CODED[key], values)
    elif key in _SEVERAL:
        inner = coded("x.code", _SEVERAL[key], values)
        condition = Sql(f"c.claim IN (SELECT x.claim FROM claim_codes x WHERE {inner.text})", inner.parameters)
    elif key in NUMBERS:
        condition = compare(f"c.{key}", term.operator, values)
    elif party in PARTIES:
        condition = _party(party, term)
    elif key in PLACES:
        inner = places(term)
        condition = _at(Sql(f"SELECT place FROM places p WHERE {inner.text}", inner.parameters), term)
    elif key in _CLAIM:
        condition = _CLAIM[key](term)
    elif key in (*COUNTS, *FLAGS, "event", "role"):
        return None
    else:
        return _report_term(term, "claims_fts", "c.claim") or _figure(term)
    return condition


def _party(party: str, term: Term | None) -> Sql:
    """Claims with an actor in one of the slots of *party*: any, or one that *term* means."""
    slots = _SLOTS[party]
    inner = f"SELECT code FROM words WHERE list = 'slot' AND word IN ({', '.join('?' * len(slots))})"
    if term is None:
        found = "SELECT s.claim FROM slots s WHERE s.actor IS NOT NULL"
        return Sql(f"c.claim IN ({found} AND s.slot IN ({inner}))", slots)
    joined = " JOIN claims x ON x.claim = s.claim JOIN codings y ON y.coding = x.coding" if term.known else ""
    who = mentions(term, "s.claim, s.slot", f"slots s{joined}")
    text = f"c.claim IN (SELECT m.claim FROM ({who.text}) m WHERE m.slot IN ({inner}))"
    return Sql(text, (*who.parameters, *slots))


def _figure(term: Term) -> Sql:
    """A measure as a key: ``killed>=5``. The best number counts; without one the bound that must hold."""
    column = {
        ">": "coalesce(f.best, f.low)",
        ">=": "coalesce(f.best, f.low)",
        "<": "coalesce(f.best, f.high)",
        "<=": "coalesce(f.best, f.high)",
    }
    if term.operator in column:
        number = compare(column[term.operator], term.operator, term.values)
    else:
        within = "f.best = ? OR (f.best IS NULL AND coalesce(f.low, ?) <= ? AND coalesce(f.high, ?) >= ?)"
        number = either(Sql(within, (float(v),) * 5) for v in term.values)
    measure = coded("f.measure", "measure", (term.key,))
    inner = every([measure, number])
    return Sql(f"c.claim IN (SELECT f.claim FROM figures f WHERE {inner.text})", inner.parameters)


def _has(term: Term) -> Sql:
    found = []
    for value in term.values:
        if value in _HAS:
            found.append(Sql(_HAS[value]))
        else:
            found.append(_party(value, None))
    return either(found)


def _review(term: Term) -> Sql:
    return either(
        Sql("c.review IS NULL OR c.review = 'reopened'") if v == "unreviewed" else Sql("c.review = ?", (v,))
        for v in term.values
    )


def _within(term: Term) -> Sql:
    """Places whose point lies in the circle: a box by the index, then the distance on the sphere."""
    lat, lon, radius = circle(term)
    up = radius / METRES_A_DEGREE
    across = 180.0 if abs(lat) + up >= 90 else min(180.0, up / math.cos(math.radians(abs(lat) + up)))
    boxed = _in_box(lon - across, lat - up, lon + across, lat + up)
    turn = "sin(radians(p.lat)) * sin(radians(?)) + cos(radians(p.lat)) * cos(radians(?)) * cos(radians(p.lon - ?))"
    near = f"acos(min(1.0, max(-1.0, {turn}))) * {EARTH_M} <= ?"
    text = f"SELECT p.place FROM places p WHERE p.place IN ({boxed.text}) AND {near}"
    return _at(Sql(text, (*boxed.parameters, lat, lat, lon, radius)), term)


def _at(inside: Sql, term: Term) -> Sql:
    """Claims at the places that the query *inside* gives, and at those that people said are meant."""
    if term.known is None:
        return Sql(f"c.place IN ({inside.text})", inside.parameters)
    listed = "(SELECT value FROM json_each(?))"
    aside, meant = (
        json.dumps([place for m in which for place in m.places]) for which in (term.known.set_aside, term.known.meant)
    )
    text = f"(c.place IN ({inside.text}) AND c.place NOT IN {listed}) OR c.place IN {listed}"
    return Sql(text, (*inside.parameters, aside, meant))


def _in_box(west: float, south: float, east: float, north: float) -> Sql:
    """Numbers of places in a box; one that reaches over the date line is two boxes."""
    spans = [(west, east)]
    if west < -180:
        spans = [(-180.0, east), (west + 360, 180.0)]
    elif east > 180:
        spans = [(west, 180.0), (-180.0, east - 360)]
    elif west > east:
        spans = [(west, 180.0), (-180.0, east)]
    # The index keeps 32-bit numbers: the box is widened by more than their rounding.
    inner = " OR ".join("(east >= ? AND west <= ?)" for _ in spans)
    parameters = [v for w, e in spans for v in (w - 1e-4, e + 1e-4)]
    return Sql(
        f"SELECT place FROM places_at WHERE north >= ? AND south <= ? AND ({inner})",
        (south - 1e-4, north + 1e-4, *parameters),
    )


def _bbox(term: Term) -> Sql:
    west, south, east, north = box(term)
    inside = _in_box(west, south, east, north)
    across = "p.lon BETWEEN ? AND ?" if west <= east else "(p.lon >= ? OR p.lon <= ?)"
    text = "SELECT p.place FROM places p WHERE p.lat BETWEEN ? AND ? AND "
    text += f"{across} AND p.place IN ({inside.text})"
    return _at(Sql(text, (south, north, west, east, *inside.parameters)), term)


def _run(term: Term) -> Sql:
    marks = ", ".join("?" * len(term.values))
    return Sql(f"k.run IN (SELECT run FROM runs WHERE run_id IN ({marks}))", term.values)


_CLAIM: dict[str, Callable[[Term], Sql]] = {
    "from": lambda t: Sql("c.last_day >= ?", (max(day_number(v) or 0 for v in t.values),)),
    "to": lambda t: Sql("c.first_day <= ?", (min(day_number(v) or 0 for v in t.values),)),
    "attributed": lambda t: either(Sql("c.attributed > 0" if v == "yes" else "c.attributed = 0") for v in t.values),
    "background": lambda t: either(Sql("c.background = ?", (int(v == "yes"),)) for v in t.values),
    "claim": lambda t: Sql(f"c.claim_id IN ({', '.join('?' * len(t.values))})", t.values),
    "run": _run,
    "has": _has,
    "review": _review,
    "within": _within,
    "bbox": _bbox,
}


def _quote_term(term: Term) -> Sql | None:
    key, values = term.key, term.values
    if key in _QUOTE_CODED:
        return coded(_QUOTE_CODED[key], LISTED[key], values)
    if key.partition(".")[0] == "speaker":
        joined = " JOIN quotes x ON x.quote = s.quote JOIN codings y ON y.coding = x.coding" if term.known else ""
        who = mentions(term, "s.quote", f"quote_sources s{joined}")
        return Sql(f"q.quote IN ({who.text})", who.parameters)
    if key == "role":
        return Sql(*role_condition(values))
    if key in PLACES:
        inner = places(term)
        at = _at(Sql(f"SELECT place FROM places p WHERE {inner.text}", inner.parameters), term)
        return Sql(place_condition(at.text), at.parameters)
    if key == "continued":
        return either(Sql("q.continued = ?", (int(v == "yes"),)) for v in values)
    if key == "run":
        return _run(term)
    if key in ("from", "to"):
        # What was said is dated by its report: quotes rarely carry a day of their own.
        sign = ">=" if key == "from" else "<="
        return either(Sql(f"substr(r.published, 1, 10) {sign} ?", (v,)) for v in values)
    return _report_term(term, "quotes_fts", "q.quote")
