"""Who deals with whom on a day: relations that claims tell of, dealings around the day, and ties of the registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from onrecord.case.identities import Identities
from onrecord.case.keys import day_number, day_of
from onrecord.errors import BadFilter, NotFound
from onrecord.lexicon.actors import load_actors
from onrecord.lexicon.ontology import load_ontology
from onrecord.serve import drawn, standing
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import NO_DAY, Ints, Mask
from onrecord.serve.persons import Persons, persons
from onrecord.serve.ties import registered

_NAMED = 20
KINDS = ("relation", "cooperation", "conflict")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a day, an actor, days around the day for dealings, what to go by, and how much is wanted."""

    at: str | None
    actor: str | None
    window: int
    basis: frozenset[str]
    limit: int
    actors: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who does something to whom in which claim: each array has one value a pair; ``kind`` is a place in KINDS.

    ``first`` and ``last`` are the days of which the claim tells (NO_DAY: not said), ``told`` the day of publication.
    """

    claim: Ints
    one: Ints
    other: Ints
    kind: Ints
    type: Ints
    first: Ints
    last: Ints
    told: Ints

    def of(self, chosen: Any) -> Pairs:
        """The pairs *chosen*."""
        return Pairs(*(getattr(self, name)[chosen] for name in self.__slots__))

    def begun(self) -> Ints:
        """The day from which on each counts; of those without one the day of publication."""
        days: Ints = np.where(self.first != NO_DAY, self.first, self.told)
        return days


def day(text: str | None) -> str | None:
    """*text* as an ISO day; BadFilter where it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadFilter(f"day {text!r} is no day. Write it as 2018-08-31") from None


def network(ask: Ask, asked: Question) -> dict[str, Any]:
    """Relations and dealings between actors that hold on a day, the most often told first.

    A relation that is told holds from its first day on (without one, from the day of publication), and where it has
    an end, up to it. Dealings count where they fall into the window around the day. NotFound for an actor of whom
    neither the case nor the registry knows.
    """
    who, listing = persons(ask), standing.actors(ask)
    pairs = _pairs(ask, who)
    wanted = np.array([(kind == 0 and "claims" in asked.basis) or (kind > 0 and "dealings" in asked.basis)
                       for kind in range(len(KINDS))])  # fmt: skip
    pairs = pairs.of(wanted[pairs.kind])
    me = None if asked.actor is None else _me(ask, asked.actor)
    if me is not None:
        mine = who.number.get(me, -1)
        pairs = pairs.of((pairs.one == mine) | (pairs.other == mine))
    range_ = drawn.timeline(*_told(pairs), KINDS.__getitem__, None)
    held = pairs.of(_holding(pairs, asked))
    if me is None:
        held = _among_the_busiest(pairs, held, who, asked.actors)
    links, total = _links(ask, held, who, asked)
    shown = {key for link in links for key in (link["from"], link["to"])} | ({me} if me else set())
    ties = registered(shown, me, asked.at) if "registry" in asked.basis else []
    counts = {**dict.fromkeys((*KINDS, "membership", "office"), 0), **total}
    for tie in ties:
        counts[tie["kind"]] += 1
    return {
        "nodes": _nodes(links + ties, me, listing.by_id),
        "links": links + ties,
        "counts": counts,
        "truncated": sum(total.values()) > len(links),
        "actor": me,
        "at": asked.at,
        "window": asked.window,
        **{key: range_[key] for key in ("unit", "bins", "first", "last")},
        **ask.head(),
    }


def _me(ask: Ask, actor_id: str) -> str:
    with ask.desk.file.snapshot() as connection:
        found = Identities(connection, ask.cut).units(actor_id)[0]
    if found not in standing.actors(ask).by_id and load_actors().entity(found) is None:
        raise NotFound(f"actor {actor_id!r}: there is none. List them at /api/v1/actors")
    return found


def _pairs(ask: Ask, who: Persons) -> Pairs:
    """All pairs of the claims that stand: of relations, and of events with an actor and a recipient."""
    key = ("pairs", ask.counted(), ask.decided())
    found: Pairs = ask.desk.once(key, lambda: _read(ask, who), kind="pairs", limit=2)
    return found


def _read(ask: Ask, who: Persons) -> Pairs:
    s = ask.snapshot
    c, coded = s.claims, ask.standing() & (s.claims["status"] == s.number("status", "coded"))
    relation, event = (coded & (c["kind"] == s.number("kind", kind)) for kind in ("relation", "event"))
    person = who.of(s.slots, s.codings["report"][c["coding"][s.slots.row]])
    slot = s.slots.more["slot"]

    def side(mask: Mask, name: str, named: bool) -> tuple[Ints, Ints]:
        chosen = mask[s.slots.row] & (slot == s.number("slot", name)) & (person >= 0)
        rows, ones = s.slots.row[chosen], person[chosen]
        if named:
            known = np.array([id_ is not None for id_ in who.ids] or [False])[ones]
            rows, ones = rows[known], ones[known]
        return rows, ones

    told = _joined(side(relation, "subject", False), side(relation, "object", False))
    dealt = _joined(side(event, "actor", True), side(event, "recipient", True))
    claim, one, other = (np.concatenate([a, b]) for a, b in zip(told, dealt, strict=True))
    type_ = c["type"][claim]
    kind = np.where(np.arange(len(claim)) < len(told[0]), 0, _quads(ask)[type_])
    days = s.reports["day"][s.codings["report"][c["coding"][claim]]]
    pairs = Pairs(claim, one, other, kind, type_, c["first_day"][claim], c["last_day"][claim], days)
    return pairs.of((one != other) & (kind >= 0))


def _joined(left: tuple[Ints, Ints], right: tuple[Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    """Claim, one and other of each pair of mentions in one claim, each once."""
    order = np.argsort(right[0], kind="stable")
    rows, others = right[0][order], right[1][order]
    start, end = np.searchsorted(rows, left[0], "left"), np.searchsorted(rows, left[0], "right")
    many = end - start
    ones, claims = np.repeat(left[1], many), np.repeat(left[0], many)
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    found = np.stack([claims, ones, others[np.repeat(start, many) + within]], axis=1)
    found = found[np.lexsort((found[:, 2], found[:, 1], found[:, 0]))]
    first = np.ones(len(found), dtype=bool)
    first[1:] = (found[1:] != found[:-1]).any(axis=1)
    return tuple(found[first].T)


def _quads(ask: Ask) -> Ints:
    """For each number of a word: 1 where it is a type of cooperation, 2 of conflict, else -1."""
    ontology, s = load_ontology(), ask.snapshot
    found = np.full(max(s.words, default=0) + 1, -1, dtype=np.int64)
    for name in ontology.types:
        number = s.number("event_type", name)
        if number >= 0:
            found[number] = 2 if ontology.quad(name).endswith("conflict") else 1
    return found


def _told(pairs: Pairs) -> tuple[Ints, Ints]:
    """Day and kind of each claim, once."""
    _, first = np.unique(pairs.claim, return_index=True)
    days: Ints = pairs.begun()[first]
    return days[days != NO_DAY], pairs.kind[first][days != NO_DAY]


def _holding(pairs: Pairs, asked: Question) -> Mask:
    """Which pairs hold on the day asked about; all of them without one."""
    if asked.at is None:
        return np.ones(len(pairs.claim), dtype=bool)
    at, begun = day_number(asked.at) or 0, pairs.begun()
    # A single day is when it was told to be so, and says nothing of its end.
    ended = (pairs.last != NO_DAY) & (pairs.first != pairs.last) & (pairs.last < at)
    relation = ((begun <= at) | (begun == NO_DAY)) & ~ended
    last = np.where((pairs.first != NO_DAY) & (pairs.last != NO_DAY), pairs.last, begun)
    dealing = (begun != NO_DAY) & (begun <= at + asked.window) & (last >= at - asked.window)
    found: Mask = np.where(pairs.kind == 0, relation, dealing)
    return found


def _among_the_busiest(pairs: Pairs, held: Pairs, who: Persons, most: int) -> Pairs:
    """Of the pairs that hold those between the actors that most is told of, whatever the day: they stay the same."""
    counts = np.bincount(np.concatenate([pairs.one, pairs.other]), minlength=len(who.ids))
    busiest = np.argsort(-counts, kind="stable")[:most]
    chosen = np.zeros(len(counts), dtype=bool)
    chosen[busiest] = True
    return held.of(chosen[held.one] & chosen[held.other])


def _links(ask: Ask, held: Pairs, who: Persons, asked: Question) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The links that most claims tell of, and how many there are of each kind."""
    if not len(held.claim):
        return [], {}
    # A relation is its word, a dealing its kind alone.
    word = np.where(held.kind == 0, held.type + len(KINDS), held.kind)
    many = int(word.max()) + 1
    key = (held.one * len(who.ids) + held.other) * many + word
    _, first, group, counts = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    kinds, of_kind = np.unique(held.kind[first], return_counts=True)
    total = {KINDS[kind]: int(n) for kind, n in zip(kinds.tolist(), of_kind, strict=True)}
    # Only those that may be shown are told apart by name.
    least = np.sort(counts)[-asked.limit :][0]
    often = np.flatnonzero(counts >= least).tolist()
    keys = {i: who.ids[i] or who.words[i] for side in (held.one, held.other) for i in side[first[often]].tolist()}
    ranked = sorted(often, key=lambda g: (-counts[g], keys[held.one[first[g]]], keys[held.other[first[g]]]))
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(counts)
    links = []
    for g in ranked[: asked.limit]:
        rows = held.of(order[ends[g] - counts[g] : ends[g]])
        links.append(
            {
                "from": keys[rows.one[0]],
                "to": keys[rows.other[0]],
                "known": (who.ids[rows.one[0]], who.ids[rows.other[0]]),
                **_link(ask, rows, asked.at),
            }
        )
    _name_claims(ask, links)
    return links, total


def _link(ask: Ask, rows: Pairs, at: str | None) -> dict[str, Any]:
    s, kind = ask.snapshot, KINDS[rows.kind[0]]
    types, counts = np.unique(rows.type, return_counts=True)
    by = {str(s.word(t)): int(n) for t, n in zip(types.tolist(), counts, strict=True)}
    begun = rows.begun()
    nearest = np.abs(begun - (day_number(at) or 0)) if at else np.where(begun == NO_DAY, 1, -begun)
    first, last = _span(rows, kind)
    return {
        "basis": "claims" if kind == "relation" else "dealings",
        "kind": kind,
        "relation": next(iter(by)) if kind == "relation" else kind,
        "by": dict(sorted(by.items(), key=lambda item: (-item[1], item[0]))),
        "claims": len(rows.claim),
        "denied": int((s.claims.floats["factuality"][ask.as_revised(rows.claim)] < 0).sum()),
        "rows": rows.claim[np.argsort(nearest, kind="stable")[:_NAMED]].tolist(),
        "start": day_of(first),
        "end": day_of(last),
        "title": None,
    }


def _span(rows: Pairs, kind: str) -> tuple[int | None, int | None]:
    """From when to when a relation holds, as claims say; the first and the last day of dealings."""
    starts = rows.first if kind == "relation" else rows.begun()
    ends = np.where(rows.last == NO_DAY, starts, rows.last)
    if kind == "relation":
        ends = ends[ends != rows.first]
    starts, ends = starts[starts != NO_DAY], ends[ends != NO_DAY]
    return (int(starts.min()) if len(starts) else None, int(ends.max()) if len(ends) else None)


def _name_claims(ask: Ask, links: list[dict[str, Any]]) -> None:
    """Gives each link the ids of its claims instead of their row numbers."""
    numbers = sorted({number for link in links for number in link["rows"]})
    ids: dict[int, str] = {}
    with ask.desk.file.snapshot() as connection:
        for at in range(0, len(numbers), 500):
            some = numbers[at : at + 500]
            marks = ",".join("?" * len(some))
            ids |= dict(connection.execute(f"SELECT claim, claim_id FROM claims WHERE claim IN ({marks})", some))
    for link in links:
        link["claim_ids"] = [ids[number] for number in link.pop("rows")]


def _nodes(links: list[dict[str, Any]], me: str | None, rows: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    claims: dict[str, int] = {} if me is None else {me: 0}
    known: dict[str, str | None] = {} if me is None else {me: me}
    for link in links:
        for key, id_ in zip((link["from"], link["to"]), link.pop("known"), strict=True):
            claims[key] = claims.get(key, 0) + link["claims"]
            known[key] = id_
    found = [
        {"key": key, "actor_id": known[key], **_about(key, known[key], rows), "claims": n} for key, n in claims.items()
    ]
    return sorted(found, key=lambda node: (-node["claims"], node["key"]))


def _about(key: str, id_: str | None, rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    row = rows.get(id_ or "")
    if row is not None:
        return {name: row[name] for name in ("name", "country", "sectors")}
    entity = load_actors().entity(id_) if id_ else None
    if entity is not None:
        return {"name": entity.name, "country": entity.country, "sectors": list(entity.sectors)}
    return {"name": key, "country": None, "sectors": []}
