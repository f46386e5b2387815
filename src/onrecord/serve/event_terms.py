"""Filters over events in memory, by the same rules as the case itself asks them.

Terms that an event has a value for are asked of that value; terms of people, speakers, words and reports hold where
one of the event's claims meets them, all of them in one claim.
"""

from __future__ import annotations

import numpy as np

from onrecord.case.compile import for_claims
from onrecord.case.events_asked import for_events
from onrecord.case.filters import COUNTS, FLAGS, PLACES, WORDS, Filter, Term
from onrecord.case.keys import day_number
from onrecord.case.vocabulary import closed_lists
from onrecord.serve.desk import Ask
from onrecord.serve.happenings import Happenings
from onrecord.serve.mirror import NO_DAY, Ints, Mask
from onrecord.serve.terms import parsed

_MAP = (*PLACES, "within", "bbox")


def meant(ask: Ask, found: Happenings, q: str) -> Ints:
    """Which events *q* means; those that happened, unless it says otherwise."""
    filter_ = ask.resolved(parsed(q))
    # What cannot be asked of events, the case says itself.
    for_events(filter_, 4)
    terms = [_flag(term) for term in filter_.terms]
    if not any(term.key in ("happened", "event") for term in terms):
        terms.append(Term("happened", ":", ("yes",)))
    mask = np.ones(len(found), dtype=bool)
    of_claims: list[Term] = []
    for term in terms:
        own = _own(ask, found, term)
        if own is not None:
            mask &= ~own if term.negated else own
        elif term.negated:
            mask &= ~_told(ask, found, (_plain(term),))
        else:
            of_claims.append(term)
    if of_claims:
        mask &= _told(ask, found, tuple(of_claims))
    if not mask.any():
        ask.check(filter_)
    return np.flatnonzero(mask)


def _flag(term: Term) -> Term:
    if term.key == WORDS and not term.quoted and term.values[0] in FLAGS:
        return Term(term.values[0], ":", ("yes",), term.negated)
    return term


def _plain(term: Term) -> Term:
    from dataclasses import replace

    return replace(term, negated=False)


def _told(ask: Ask, found: Happenings, terms: tuple[Term, ...]) -> Mask:
    """Events of which one claim meets all *terms*."""
    rows = np.flatnonzero(ask.desk.terms.mask(ask.snapshot, "claims", Filter(terms)))
    events = found.of_claim[rows[rows < len(found.of_claim)]]
    mask = np.zeros(len(found), dtype=bool)
    mask[events[events >= 0]] = True
    return mask


def _own(ask: Ask, found: Happenings, term: Term) -> Mask | None:
    """Events whose own value meets *term*; None where it speaks of claims."""
    key, values = term.key, term.values
    if key in FLAGS:
        there = _flags(found, key)
        return _either(there == (v == "yes") for v in values)
    if key in COUNTS or key == "factuality":
        column = {"disagreement": found.disagreement, "factuality": found.factuality}.get(key)
        numbers = found.counts[key].astype(float) if column is None else column
        return _either(_compared(numbers, term.operator, float(v)) for v in values)
    if key == "event":
        return np.array([any(name.startswith(v) for v in values) for name in found.ids], dtype=bool)
    if key in ("type", "precision"):
        words = found.types if key == "type" else found.precisions
        wanted = {v.lower() for v in values}
        listed: Mask = np.array([word.lower() in wanted and word != "" for word in words] or [False])
        return listed[found.type if key == "type" else found.precision]
    if key in ("mode", "context"):
        of, numbers = (found.mode_words, found.modes) if key == "mode" else (found.context_words, found.contexts)
        return of.where(lambda text: any(f" {v.lower()} " in text for v in values), numbers)
    return _where_or_when(ask, found, term)


def _where_or_when(ask: Ask, found: Happenings, term: Term) -> Mask | None:
    key, values = term.key, term.values
    if key == "from":
        since: Mask = (found.end >= max(day_number(v) or 0 for v in values)) & (found.end != NO_DAY)
        return since
    if key == "to":
        until: Mask = found.start <= min(day_number(v) or 0 for v in values)
        return until
    if key in _MAP:
        places = _places(ask, term)
        return places[found.place] & (found.place > 0)
    if key == "has":
        parts = [_has(ask, found, v) for v in values]
        return _either(parts)
    if key in closed_lists()["measure"]:
        return _figure(found, term)
    return None


def _places(ask: Ask, term: Term) -> Mask:
    """Rows of places that a term of place means."""
    condition = for_claims(Filter((_plain(term),)))
    text = condition.text.replace("c.place", "z.place")
    key = ("places meant", ask.snapshot.version, condition.text, condition.parameters)

    def read() -> Mask:
        mask = np.zeros(ask.snapshot.places.size, dtype=bool)
        with ask.desk.file.snapshot() as connection:
            rows = connection.execute(f"SELECT z.place FROM places z WHERE {text}", condition.parameters).fetchall()
        numbers = np.array([row for (row,) in rows], dtype=np.int64)
        mask[numbers[numbers < len(mask)]] = True
        return mask

    found: Mask = ask.desk.once(key, read, kind="places", limit=200)
    return found


def _has(ask: Ask, found: Happenings, value: str) -> Mask:
    if value == "place":
        return found.place > 0
    if value == "coordinates":
        placed: Mask = ~np.isnan(found.lat)
        return placed
    if value == "time":
        dated: Mask = found.start != NO_DAY
        return dated
    if value == "figures":
        mask = np.zeros(len(found), dtype=bool)
        for events, *_ in found.figures.values():
            mask[events] = True
        return mask
    return _told(ask, found, (Term("has", ":", (value,)),))


def _figure(found: Happenings, term: Term) -> Mask:
    mask = np.zeros(len(found), dtype=bool)
    if term.key not in found.figures:
        return mask
    events, low, best, high = found.figures[term.key]
    for value in (float(v) for v in term.values):
        if term.operator in (">", ">="):
            fits = _compared(np.where(np.isnan(best), low, best), term.operator, value)
        elif term.operator in ("<", "<="):
            fits = _compared(np.where(np.isnan(best), high, best), term.operator, value)
        else:
            between = (np.isnan(low) | (low <= value)) & (np.isnan(high) | (high >= value))
            fits = (best == value) | (np.isnan(best) & between)
        mask[events[fits]] = True
    return mask


def _flags(found: Happenings, key: str) -> Mask:
    if key == "disputed":
        return (found.disagreement > 0) | (found.counts["denied"] > 0)
    return found.counts[key] > 0


def _compared(numbers: np.ndarray[tuple[int], np.dtype[np.float64]], operator: str, value: float) -> Mask:
    compare = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}.get(operator, np.equal)
    result: Mask = compare(numbers, value)
    return result


def _either(masks: object) -> Mask:
    result: Mask = np.logical_or.reduce(list(masks))  # type: ignore[call-overload]
    return result
