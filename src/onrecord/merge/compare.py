"""Do two event claims speak of one happening? A logistic over plain signs, each with its reason.

Weights and limits are in ``data/merging.toml``. What contradicts (days far apart, towns far apart, other countries)
keeps two claims apart whatever the rest says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from onrecord.lexicon.merging import MergingLexicon
from onrecord.merge.sketch import Days, Sketch, Spot
from onrecord.model import Pair, Place, Reason

_EARTH_M = 6_371_000.0
_RELATED = ("denies", "repeats", "revises")


def compare(a: Sketch, b: Sketch, lexicon: MergingLexicon) -> Pair:
    """The probability that *a* and *b* are of one happening, with its reasons; the same for (b, a)."""
    if b.claim_id < a.claim_id:
        a, b = b, a
    reasons = []
    total = lexicon.bias
    apart = None
    for sign, times in _signs(a, b, lexicon):
        if sign.startswith("apart_"):
            apart = sign.removeprefix("apart_")
            continue
        weight = lexicon.weights[sign] * times
        total += weight
        reasons.append(Reason(sign=sign, weight=round(weight, 4)))
    if apart and any(r.sign.startswith("links_") for r in reasons):
        apart = None
    score = 1 / (1 + math.exp(-total))
    return Pair(first=a.claim_id, second=b.claim_id, score=score, reasons=tuple(reasons), apart=apart)


def weigh(a: Sketch, b: Sketch, lexicon: MergingLexicon) -> tuple[float, str | None]:
    """Score and contradiction of `compare`, to the last bit, without the reasons."""
    if b.claim_id < a.claim_id:
        a, b = b, a
    total, apart, tied = lexicon.bias, None, False
    weights = lexicon.weights
    for sign, times in _signs(a, b, lexicon):
        if sign.startswith("apart_"):
            apart = sign[6:]
        else:
            total += weights[sign] * times
            tied = tied or sign.startswith("links_")
    return 1 / (1 + math.exp(-total)), None if tied else apart


def _signs(a: Sketch, b: Sketch, lexicon: MergingLexicon) -> Iterator[tuple[str, float]]:
    """Names of signs and how often each counts; ``apart_`` names are contradictions."""
    if a.family != b.family:
        yield "apart_types", 1.0
    yield ("type_same" if a.event_type == b.event_type else "type_related"), 1.0
    if a.modes and b.modes:
        yield ("mode_shared" if a.modes & b.modes else "mode_differs"), 1.0
    yield from _time(a.days, b.days, lexicon)
    yield from _place(a, b, lexicon)
    if a.actor_ids & b.actor_ids or (a.actors & b.actors and a.stance == b.stance):
        yield "actor_shared", 1.0
    elif a.actor_ids and b.actor_ids and not _kin(a.actor_ids, b.actor_ids):
        yield "actor_differs", 1.0
    if a.recipients and b.recipients:
        yield ("recipient_shared" if a.recipients & b.recipients else "recipient_differs"), 1.0
    yield from _figures(a, b, lexicon)
    yield from _words(a, b)
    for kind, other in (*((k, c == b.claim_id) for k, c in a.links), *((k, c == a.claim_id) for k, c in b.links)):
        if other and kind in _RELATED:
            yield f"links_{kind}", 1.0
    if (a.stance == "announces") != (b.stance == "announces"):
        yield "announced", 1.0


def _words(a: Sketch, b: Sketch) -> Iterator[tuple[str, float]]:
    if a.words and b.words:
        yield "words", len(a.words & b.words) / len(a.words | b.words)
    if a.trigger and a.trigger == b.trigger:
        yield "trigger_same", 1.0
    if a.report_id == b.report_id:
        if a.span.overlaps(b.span):
            yield "same_sentence", 1.0
        elif _open(a) or _open(b):
            yield "same_report_open", 1.0
            if (a if _open(a) else b).known:
                yield "same_report_known", 1.0
    elif a.clause and a.clause == b.clause:
        yield "copied_clause", 1.0


def _open(a: Sketch) -> bool:
    """Whether the words give neither day nor place."""
    return not a.place_keys and (a.days is None or a.days.loose)


def _kin(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether ids of one country's bodies meet ("SYR.mil" and "SYR"): a part is not another party."""
    heads = [{i.partition(".")[0] for i in ids if i[:3].isupper()} for ids in (first, second)]
    return bool(heads[0] & heads[1])


def _time(a: Days | None, b: Days | None, lexicon: MergingLexicon) -> Iterator[tuple[str, float]]:
    if a is None or b is None:
        return
    gap = max(a.first, b.first) - min(a.last, b.last)
    if a.loose or b.loose:
        yield ("time_fits", 1.0) if gap <= 0 else ("time_next_day", 1.0)
        if gap > lexicon.limits["days_apart"]:
            yield "apart_days", 1.0
    elif gap <= 0:
        yield ("time_same" if (a.first, a.last) == (b.first, b.last) else "time_overlaps"), 1.0
    else:
        yield "time_next_day", 1.0
        if gap > lexicon.limits["days_apart"]:
            yield "apart_days", 1.0


def _place(a: Sketch, b: Sketch, lexicon: MergingLexicon) -> Iterator[tuple[str, float]]:
    p, q = a.place, b.place
    if p is None or q is None or not a.place_keys or not b.place_keys:
        return
    if a.place_keys & b.place_keys:
        yield ("place_same" if a.fine or b.fine else "place_contains"), 1.0
        return
    if p.country and q.country and p.country != q.country:
        yield "place_differs", 1.0
        yield "apart_places", 1.0
        return
    if a.fine and b.fine:
        metres = distance(p, q)
        if metres is None:
            yield "place_differs", 1.0
            return
        slack = (p.radius_m or 0) + (q.radius_m or 0)
        yield ("place_near" if metres <= lexicon.limits["near_m"] + slack else "place_differs"), 1.0
        if metres > lexicon.limits["apart_m"] + slack:
            yield "apart_places", 1.0
        return
    if _contains(p, q) or _contains(q, p):
        yield "place_contains", 1.0
    elif p.admin1 and q.admin1:
        yield "place_differs", 1.0


def _contains(wide: Spot, narrow: Spot) -> bool:
    """Whether *wide* is a country, or the province or district that *narrow* lies in."""
    if wide.precision == "country":
        return wide.country == narrow.country
    if wide.precision == "province":
        return narrow.admin1 is not None and narrow.admin1 in (wide.admin1, wide.name)
    if wide.precision == "district":
        return narrow.admin2 is not None and narrow.admin2 in (wide.admin2, wide.name)
    return False


def distance(p: Place | Spot, q: Place | Spot) -> float | None:
    """Great-circle metres between two places, None without coordinates."""
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return None
    lat1, lat2 = math.radians(p.lat), math.radians(q.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(q.lon - p.lon) / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half)))


def _figures(a: Sketch, b: Sketch, lexicon: MergingLexicon) -> Iterator[tuple[str, float]]:
    """One sign for the first measure that both give."""
    theirs = {measure: (low, high) for measure, low, high in b.figures}
    for measure, low, high in a.figures:
        if measure not in theirs:
            continue
        other_low, other_high = theirs[measure]
        if low <= (math.inf if other_high is None else other_high) and other_low <= (
            math.inf if high is None else high
        ):
            yield "figures_agree", 1.0
        else:
            ratio = (max(low, other_low) + 1) / (min(low, other_low) + 1)
            yield ("figures_close" if ratio <= lexicon.limits["close_ratio"] else "figures_differ"), 1.0
        return
