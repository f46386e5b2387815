"""From accounts to values: conservative, informative and representative, as in report-level event research.

After van Baalen and Höglund 2026. Each account gives at most one value a field, the last that it gave; what it gave
before is kept as superseded. *Conservative*: mode of categories, least precise place, smallest numbers, earliest start
and latest end. *Informative*: mode of categories, most precise place, largest numbers, narrowest dates.
*Representative*: modes throughout, ties broken by the standing of the speaker, then by certainty. What is still tied
is indeterminate; what no account gives is missing. Every number lies in the range of its accounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from onrecord.merge.accounts import Carriers
from onrecord.merge.parties import Parties
from onrecord.model import Account, Aggregation, EventClaim, Figure, Given, Place, Value
from onrecord.model.event import State

_PRECISION = ("region", "country", "province", "district", "town", "point")
Scores = Sequence[tuple[float, ...]]


def mode(values: Sequence[str | float], scores: Scores = ()) -> str | float | None:
    """The most frequent of *values*; a tie goes to the highest score among those that give it, None when still tied.

    *scores* has one tuple a value: the first breaks ties, the second breaks what is left, and so on.
    """
    if not values:
        return None
    counts = Counter(values)
    most = max(counts.values())
    tied = [v for v, n in counts.items() if n == most]
    for place in range(len(scores[0]) if scores else 0):
        if len(tied) == 1:
            break
        best = {v: max(s[place] for x, s in zip(values, scores, strict=True) if x == v) for v in tied}
        tied = [v for v in tied if best[v] == max(best.values())]
    return tied[0] if len(tied) == 1 else None


def aggregate(
    accounts: Sequence[Account], claims: Mapping[str, EventClaim], carriers: Carriers, rule: Aggregation
) -> tuple[Value, ...]:
    """The values of one event under *rule*: event_type, mode, actor, recipient, place, start, end, then each measure.

    Only accounts that assert count; where none does, the others, so that what was denied or announced can be told.
    """
    telling = [_first_told(a, claims, carriers) for a in accounts if a.stance == "asserts"]
    telling = telling or [_first_told(a, claims, carriers) for a in accounts]
    values = [
        _category("event_type", telling, claims, rule, lambda c: c.event_type),
        _category("mode", telling, claims, rule, lambda c: c.modes[0] if c.modes else None),
        _category("actor", telling, claims, rule, Parties("actor")),
        _category("recipient", telling, claims, rule, Parties("recipient")),
        _place(telling, claims, rule),
        *_days(telling, claims, rule),
    ]
    measures = dict.fromkeys(f.measure for a in telling for i in a.claim_ids for f in claims[i].figures)
    values += [_number(m, telling, claims, carriers, rule) for m in sorted(measures)]
    return tuple(values)


def _first_told(account: Account, claims: Mapping[str, EventClaim], carriers: Carriers) -> Account:
    """*account* without what copies repeat: their text counts where it was first published."""
    there = {claims[i].report_id for i in account.claim_ids}
    kept = tuple(i for i in account.claim_ids if not carriers.repeats(claims[i].report_id, there))
    return account if len(kept) == len(account.claim_ids) else replace(account, claim_ids=kept)


def settle(field: str, given: Sequence[Given], scores: Scores) -> Value:
    """The mode of what is given, with the tie-breaks; missing where nothing is given."""
    best = mode([g.best for g in given if g.best is not None], scores)
    if not given:
        return Value(field=field, state="missing")
    return Value(field=field, state=_state(best), best=best, given=tuple(given))


def _state(best: str | float | None) -> State:
    return "indeterminate" if best is None else "known"


def _scores(accounts: Sequence[Account], given: Sequence[Given], rule: Aggregation) -> Scores:
    """Tie-breaks of the representative rule: standing, then certainty; none for the others."""
    if rule != "representative":
        return ()
    by_key = {a.speaker: (a.standing, a.certainty) for a in accounts}
    return [by_key[g.account] for g in given]


def _category(
    field: str,
    accounts: Sequence[Account],
    claims: Mapping[str, EventClaim],
    rule: Aggregation,
    read: Callable[[EventClaim], str | None],
) -> Value:
    given = []
    for account in accounts:
        found = [(i, v) for i in account.claim_ids if (v := read(claims[i])) is not None]
        if found:
            # Within one account the value given most often speaks; of a tie the latest.
            counts = Counter(v for _, v in found)
            claim_id, value = max(enumerate(found), key=lambda e: (counts[e[1][1]], e[0]))[1]
            given.append(Given(account=account.speaker, claim_id=claim_id, best=value))
    return settle(field, given, _scores(accounts, given, rule))


def _place(accounts: Sequence[Account], claims: Mapping[str, EventClaim], rule: Aggregation) -> Value:
    """Places by gazetteer id (name where there is none); each account gives its most precise one."""
    given, precision = [], []
    for account in accounts:
        found = [(i, p) for i in account.claim_ids if (p := claims[i].place) is not None and (p.name or p.text)]
        if found:
            claim_id, place = max(found, key=lambda f: (_rank(f[1]), f[1].place_id is not None))
            given.append(Given(account=account.speaker, claim_id=claim_id, best=_name(place)))
            precision.append(_rank(place))
    if rule == "representative" or not given:
        return settle("place", given, _scores(accounts, given, rule))
    wanted = min(precision) if rule == "conservative" else max(precision)
    kept = [g for g, rank in zip(given, precision, strict=True) if rank == wanted]
    chosen = settle("place", kept, ())
    return Value(field="place", state=chosen.state, best=chosen.best, given=tuple(given))


def _rank(place: Place) -> int:
    return _PRECISION.index(place.precision) if place.precision in _PRECISION else -1


def _name(place: Place) -> str:
    return place.name or place.text or ""


def _days(accounts: Sequence[Account], claims: Mapping[str, EventClaim], rule: Aggregation) -> tuple[Value, Value]:
    """Start and end as ISO days; days named by words count before those inferred from publication."""
    found: list[tuple[Account, str, str, str, bool]] = []
    for account in accounts:
        dated = [(i, t) for i in account.claim_ids if (t := claims[i].time) is not None and t.start]
        dated.sort(key=lambda d: d[1].text is not None and d[1].basis != "inferred")
        if dated:
            claim_id, time = dated[-1]
            named = time.text is not None and time.basis != "inferred"
            found.append((account, claim_id, time.start or "", time.end or time.start or "", named))
    if any(named for *_, named in found):
        found = [f for f in found if f[4]]
    starts = [Given(account=a.speaker, claim_id=i, best=s, low=s, high=e) for a, i, s, e, _ in found]
    ends = [Given(account=a.speaker, claim_id=i, best=e, low=s, high=e) for a, i, s, e, _ in found]
    return _day("start", starts, accounts, rule), _day("end", ends, accounts, rule)


def _day(field: str, given: Sequence[Given], accounts: Sequence[Account], rule: Aggregation) -> Value:
    if not given:
        return Value(field=field, state="missing")
    low = min(str(g.low) for g in given)
    high = max(str(g.high) for g in given)
    if rule == "conservative":
        best: str | float | None = low if field == "start" else high
    elif rule == "informative":
        narrow = max(str(g.low) for g in given), min(str(g.high) for g in given)
        # Where the accounts share no day, the narrowest interval would run backwards.
        best = None if narrow[0] > narrow[1] else narrow[0] if field == "start" else narrow[1]
    else:
        best = mode([g.best for g in given if g.best is not None], _scores(accounts, given, rule))
    return Value(field=field, state=_state(best), best=best, low=low, high=high, given=tuple(given))


def _number(
    measure: str,
    accounts: Sequence[Account],
    claims: Mapping[str, EventClaim],
    carriers: Carriers,
    rule: Aggregation,
) -> Value:
    given = [g for a in accounts if (g := last_figure(measure, a, claims, carriers)) is not None]
    return number_value(measure, given, _scores(accounts, given, rule), rule)


def number_value(field: str, given: Sequence[Given], scores: Scores, rule: Aggregation) -> Value:
    """One measure from what the accounts give: smallest, largest or most frequent."""
    said = [_said(g) for g in given]
    if not said:
        return Value(field=field, state="missing")
    low, high = (
        min(_end(g.low, n) for g, n in zip(given, said, strict=True)),
        max(_end(g.high, n) for g, n in zip(given, said, strict=True)),
    )
    if rule == "conservative":
        best: str | float | None = low
    elif rule == "informative":
        best = high
    else:
        best = mode(said, scores)
    return Value(
        field=field,
        state=_state(best),
        best=best,
        low=low,
        high=high,
        open_high=any(g.high is None for g in given),
        given=tuple(given),
    )


def _said(given: Given) -> float:
    """The number that an account names: its best, else what it says at least, else at most."""
    found = next((v for v in (given.best, given.low, given.high) if v is not None), None)
    if found is None:
        raise ValueError(f"account {given.account!r} gives no number. Leave it out")
    return float(found)


def _end(bound: str | float | None, said: float) -> float:
    return said if bound is None else float(bound)


def last_figure(measure: str, account: Account, claims: Mapping[str, EventClaim], carriers: Carriers) -> Given | None:
    """The last figure of *measure* that an account gives, with those it gave before; None where it gives none.

    A copy counts as published when its origin was, so that a late reprint does not bring an old toll back. Neither
    does a vaguer figure that says nothing against the last one: "at least 12" does not take back 13.
    """
    told: list[tuple[str, Figure]] = []
    for claim in sorted((claims[i] for i in account.claim_ids), key=carriers.moment):
        told += [(claim.claim_id, f) for f in claim.figures if f.measure == measure and _shown(f) is not None]
    told = [t for n, t in enumerate(told) if n == 0 or not any(_vaguer(t[1], f) for _, f in told[:n])]
    if not told:
        return None
    claim_id, last = told[-1]
    before: dict[str | float, str] = {}
    for earlier, figure in told[:-1]:
        number = _shown(figure)
        if number is not None and number != _shown(last):
            before.setdefault(number, earlier)
    return Given(
        account=account.speaker,
        claim_id=claim_id,
        best=last.best,
        low=last.low,
        high=last.high,
        superseded=tuple((i, v) for v, i in before.items()),
    )


def _vaguer(figure: Figure, earlier: Figure) -> bool:
    """Whether *figure* is open or wide, and *earlier* an exact number that it allows."""
    if figure.best is not None or earlier.best is None:
        return False
    low = figure.low if figure.low is not None else earlier.best
    high = figure.high if figure.high is not None else earlier.best
    return low <= earlier.best <= high


def _shown(figure: Figure) -> float | None:
    """The number that a figure names, as in `_said`."""
    return next((v for v in (figure.best, figure.low, figure.high) if v is not None), None)
