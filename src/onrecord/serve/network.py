"""Who leads, backs, belongs to or opposes whom on a day: from claims of relation, and from the registry that ships."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from onrecord.case.filters import Term
from onrecord.case.keys import day_number, day_of
from onrecord.errors import BadFilter
from onrecord.lexicon.actors import load_actors
from onrecord.serve.dealings import meant_claims
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import NO_DAY, Ints, Mask, Who

_NAMED = 20


def day(text: str | None) -> str | None:
    """*text* as an ISO day; BadFilter where it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadFilter(f"day {text!r} is no day. Write it as 2018-08-31") from None


def network(ask: Ask, at: str | None, actor_id: str | None, most: int) -> dict[str, Any]:
    """Standing relations between actors that hold on a day, the most often told first.

    A relation that is told holds from its first day on (without one, from the day of publication), and where it has
    an end, up to it. Ties of the registry between actors shown are added with ``basis`` ``registry``.
    """
    terms = [Term("kind", ":", ("relation",))]
    if actor_id:
        terms.append(Term("party.id", ":", (actor_id,)))
    mask = meant_claims(ask, *terms)
    first, last = _days(ask, mask)
    if at:
        mask = mask & _holding(ask, mask, day_number(at) or 0)
    links = _links(ask, mask, most)
    nodes = _nodes(links)
    shown = {node["key"] for node in nodes}
    with ask.desk.file.snapshot() as connection:
        for link in links:
            numbers = link.pop("rows")
            marks = ",".join("?" * len(numbers))
            sql = f"SELECT claim_id FROM claims WHERE claim IN ({marks}) ORDER BY claim"
            link["claim_ids"] = [row[0] for row in connection.execute(sql, numbers).fetchall()]
    return {
        "nodes": nodes,
        "links": [*links, *_registered(shown, at)],
        "at": at,
        "first": day_of(first),
        "last": day_of(last),
        **ask.head(),
    }


def _days(ask: Ask, mask: Mask) -> tuple[int | None, int | None]:
    days = ask.snapshot.claims["first_day"][mask]
    known = days[days != NO_DAY]
    return (int(known.min()), int(known.max())) if len(known) else (None, None)


def _holding(ask: Ask, mask: Mask, at: int) -> Mask:
    s, rows = ask.snapshot, np.flatnonzero(mask)
    first, last = s.claims["first_day"][rows], s.claims["last_day"][rows]
    told = s.reports["day"][s.codings["report"][s.claims["coding"][rows]]]
    begun = np.where(first != NO_DAY, first, np.where(told != NO_DAY, told, -NO_DAY)) <= at
    # A single day is when it was told to be so, and says nothing of its end.
    ended = (last != NO_DAY) & (first != last) & (last < at)
    found: Mask = np.zeros_like(mask)
    found[rows[begun & ~ended]] = True
    return found


def _who(ask: Ask, actor: int, named: int) -> Who:
    return ask.snapshot.names[named] if named else ask.snapshot.actors[actor]


def _key(who: Who) -> str | None:
    return who.actor_id or who.name


def _links(ask: Ask, mask: Mask, most: int) -> list[dict[str, Any]]:
    """Pairs of subject and object with the claims that tell of them."""
    s = ask.snapshot
    subjects, objects = (_side(ask, mask, slot) for slot in ("subject", "object"))
    links: dict[tuple[str, str, str], dict[str, Any]] = {}
    for claim, ones in subjects.items():
        relation = str(s.word(s.claims["type"][claim]))
        for one in ones:
            for other in objects.get(claim, ()):
                a, b = _key(one), _key(other)
                if not a or not b or a == b:
                    continue
                link = links.setdefault((a, relation, b), {
                    "from": a, "to": b, "relation": relation, "basis": "claims", "claims": 0, "denied": 0,
                    "start": None, "end": None, "rows": [], "ends": (one, other)})  # fmt: skip
                _tell(ask, link, claim)
    return sorted(links.values(), key=lambda link: (-link["claims"], link["from"], link["to"]))[:most]


def _tell(ask: Ask, link: dict[str, Any], claim: int) -> None:
    c = ask.snapshot.claims
    link["claims"] += 1
    link["denied"] += int(c.floats["factuality"][claim] < 0)
    if len(link["rows"]) < _NAMED:
        link["rows"].append(claim)
    first, last = int(c["first_day"][claim]), int(c["last_day"][claim])
    if first != NO_DAY:
        link["start"] = min(filter(None, (link["start"], day_of(first))))
    if last not in (NO_DAY, first):
        link["end"] = max(filter(None, (link["end"], day_of(last))))


def _side(ask: Ask, mask: Mask, slot: str) -> dict[int, list[Who]]:
    slots = ask.snapshot.slots
    chosen: Ints = np.flatnonzero(mask[slots.row] & (slots.more["slot"] == ask.snapshot.number("slot", slot)))
    found: dict[int, list[Who]] = {}
    for row, actor, named in zip(
        slots.row[chosen].tolist(), slots.value[chosen].tolist(), slots.more["named"][chosen].tolist(), strict=True
    ):
        found.setdefault(row, []).append(_who(ask, actor, int(named)))
    return found


def _nodes(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for link in links:
        for who in link.pop("ends"):
            key = str(_key(who))
            new = {"key": key, "actor_id": who.actor_id, "name": who.name, "country": who.country}
            node = found.setdefault(key, {**new, "sectors": who.sectors.split(), "claims": 0})
            node["claims"] += link["claims"]
    return sorted(found.values(), key=lambda node: (-node["claims"], node["key"]))


def _registered(shown: set[str], at: str | None) -> list[dict[str, Any]]:
    """Ties of the registry between the actors shown."""
    ties = [tie for key in sorted(shown) for tie in load_actors().ties(key) if tie.member == key]
    ties = [tie for tie in ties if tie.whole in shown and (at is None or tie.covers(at))]
    untold = {"basis": "registry", "claims": 0, "denied": 0, "claim_ids": []}
    return [
        {"from": tie.member, "to": tie.whole, "relation": tie.relation, "start": tie.start, "end": tie.end, **untold}
        for tie in ties
    ]
