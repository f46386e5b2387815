"""Agreement between people who code the same claims without seeing each other: rounds, alpha, adjudication.

A round is a sample of claims given to two or more coders. Each judges values of a claim blind: without the
machine's values and the others' judgements. Krippendorff's alpha follows Krippendorff, Content Analysis
(2004), chapter 11: one minus observed over expected disagreement, any number of coders, gaps allowed.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from onrecord.case.carry import read_claim
from onrecord.case.codec import Json, dumps
from onrecord.case.edit import value_at
from onrecord.case.file import CaseFile
from onrecord.case.query import Asked, AsOf, claims, every_page, moment
from onrecord.case.reviews import Reviewer, find_claim
from onrecord.errors import BadReview, NotFound
from onrecord.model.wire import claim_to_json

Level = Literal["nominal", "interval"]


def krippendorff_alpha(units: Iterable[Sequence[Any]], level: Level = "nominal") -> float | None:
    """Alpha over *units*, each the values that one thing got (None: not judged); at most 1.0.

    None where it is not defined: fewer than two judged twice, or all values the same. Values of level
    ``interval`` are numbers; nominal ones are anything that can be a dictionary's key.
    """
    paired = [[v for v in unit if v is not None] for unit in units]
    paired = [unit for unit in paired if len(unit) > 1]
    total = sum(len(unit) for unit in paired)
    if total < 2:
        return None
    observed = sum(_disagreement(unit, level) / (len(unit) - 1) for unit in paired) / total
    expected = _disagreement([v for unit in paired for v in unit], level) / (total * (total - 1))
    return None if expected == 0 else 1 - observed / expected


def _disagreement(values: Sequence[Any], level: Level) -> float:
    """Sum of the difference over all ordered pairs of *values*."""
    if level == "nominal":
        return float(len(values) ** 2 - sum(n * n for n in Counter(values).values()))
    # Sum of (a - b) squared over ordered pairs, about the mean so that large numbers keep their digits.
    mean = sum(values) / len(values)
    return float(2 * len(values) * sum((v - mean) ** 2 for v in values))


def percent_agreement(units: Iterable[Sequence[Any]]) -> float | None:
    """Share (0 to 1) of pairs of judgements of one thing that are the same; None without pairs."""
    pairs = [a == b for unit in units for a, b in combinations([v for v in unit if v is not None], 2)]
    return sum(pairs) / len(pairs) if pairs else None


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Agreement on one value: how many claims were judged twice, by whom, and how well.

    ``interval`` is None unless all judgements are numbers; ``with_machine`` is the share of judgements that
    equal what was coded; ``disputed`` are the claims on which coders differ.
    """

    path: str
    claims: int
    coders: tuple[str, ...]
    percent: float | None
    nominal: float | None
    interval: float | None
    with_machine: float | None
    disputed: tuple[str, ...]


def start_round(
    case: CaseFile, who: str, round_: str, coders: Sequence[str], size: int, seed: int, asked: Asked = None
) -> list[str]:
    """Draws *size* claims of those that *asked* means and gives each to all *coders*; returns their ids.

    The draw depends on the seed and the claims' ids alone, so that anyone can repeat it. Raises CaseError when
    the round exists, or there are fewer claims than asked for.
    """
    if len(set(coders)) < 2:
        raise BadReview(f"round {round_!r}: double coding needs two coders or more. Name them")
    if _rows(case, round_):
        raise BadReview(f"round {round_!r} exists already. Choose another name")
    ids = [item["claim_id"] for item in every_page(lambda at: claims(case, asked, limit=500, after=at))]
    if len(ids) < size:
        raise BadReview(f"round {round_!r}: {size} claims asked for, {len(ids)} are there. Ask for fewer")
    drawn = sorted(ids, key=lambda claim_id: hashlib.sha256(f"{seed}\n{claim_id}".encode()).digest())[:size]
    reviewer = Reviewer(case, who)
    for claim_id in drawn:
        for coder in coders:
            reviewer.assign(claim_id, coder, why=f"seed {seed}", round_=round_)
    return drawn


def tasks(case: CaseFile, round_: str, coder: str, *, as_of: AsOf = None) -> list[Json]:
    """What *coder* has to judge: the words of each claim and their place, and their own judgements so far.

    Neither what the machine coded nor what others judged is in it.
    """
    given: dict[str, dict[str, Any]] = {}
    for claim_id, reviewer, action, path, said in _known(case, round_, as_of):
        if action == "assign" and json.loads(said) == coder:
            given.setdefault(claim_id, {})
        elif action == "judge" and reviewer == coder:
            given.setdefault(claim_id, {})[path] = json.loads(said)
    found = []
    with case.snapshot() as connection:
        for claim_id, judged in given.items():
            target = find_claim(connection, claim_id)
            value = claim_to_json(read_claim(case, connection, target.claim)[0])
            shown = {key: value[key] for key in ("claim_id", "report_id", "kind", "text", "span", "field")}
            found.append({**shown, "judged": judged})
    return found


def agreement(case: CaseFile, round_: str, *, as_of: AsOf = None) -> list[FieldAgreement]:
    """How well the coders of a round agree, for each value that two or more judged."""
    judged: dict[str, dict[str, dict[str, Any]]] = {}
    for claim_id, coder, action, path, said in _known(case, round_, as_of):
        if action == "judge":
            judged.setdefault(path, {}).setdefault(claim_id, {})[coder] = json.loads(said)
    machine = _coded(case, {claim_id for of in judged.values() for claim_id in of})
    return [_field(path, by_claim, machine) for path, by_claim in sorted(judged.items())]


def _field(path: str, judged: Mapping[str, Mapping[str, Any]], machine: Mapping[str, Json]) -> FieldAgreement:
    coders = tuple(sorted({coder for of in judged.values() for coder in of}))
    values = {claim: [of.get(coder) for coder in coders] for claim, of in judged.items()}
    # Lists and slots are compared as JSON; None as a judgement ("there is none") is a value of its own.
    named = {claim: [dumps(of[coder]) if coder in of else None for coder in coders] for claim, of in judged.items()}
    judgements = [v for unit in values.values() for v in unit if v is not None]
    numbers = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in judgements)
    same = [v == dumps(value_at(machine[claim], path)) for claim, unit in named.items() for v in unit if v is not None]
    twice = {claim: unit for claim, unit in named.items() if sum(v is not None for v in unit) > 1}
    return FieldAgreement(
        path=path,
        claims=len(twice),
        coders=coders,
        percent=percent_agreement(named.values()),
        nominal=krippendorff_alpha(named.values()),
        interval=krippendorff_alpha(values.values(), "interval") if numbers else None,
        with_machine=sum(same) / len(same) if same else None,
        disputed=tuple(claim for claim, unit in twice.items() if len({v for v in unit if v is not None}) > 1),
    )


def adjudicate(case: CaseFile, who: str, round_: str, claim_id: str, path: str, value: Any, why: str) -> str:
    """Settles one value of a round: a correction where it differs from what was coded, else an acceptance.

    Returns the review_id. Raises CaseError when nobody judged that value in the round.
    """
    if not any(row[0] == claim_id and row[2] == "judge" and row[3] == path for row in _rows(case, round_)):
        raise BadReview(f"round {round_!r}: nobody judged {path} of claim {claim_id}. Look at its disputed claims")
    said = f"adjudicated in round {round_}: {why}"
    reviewer = Reviewer(case, who)
    coded = value_at(_coded(case, {claim_id})[claim_id], path)
    return reviewer.accept(claim_id, said) if coded == value else reviewer.correct(claim_id, path, value, said)


def _coded(case: CaseFile, claim_ids: Iterable[str]) -> dict[str, Json]:
    with case.snapshot() as connection:
        rows = {claim_id: find_claim(connection, claim_id).claim for claim_id in sorted(claim_ids)}
        return {claim_id: claim_to_json(read_claim(case, connection, row)[0]) for claim_id, row in rows.items()}


def _known(case: CaseFile, round_: str, as_of: AsOf) -> list[tuple[str, str, str, str, str]]:
    rows = _rows(case, round_, as_of)
    if not rows:
        raise NotFound(f"round {round_!r}: there is none. Begin it with `onrecord review CASE round`")
    return rows


def _rows(case: CaseFile, round_: str, as_of: AsOf = None) -> list[tuple[str, str, str, str, str]]:
    """Claim, reviewer, action, path and value of what was recorded in a round and not undone by then; later last."""
    sql = (
        "SELECT c.claim_id, v.reviewer, v.action, v.path, v.value FROM reviews v JOIN claims c USING (claim) "
        "WHERE v.round = ? AND v.entry <= ? "
        "AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = v.review AND u.entry <= ?) ORDER BY v.review"
    )
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        return connection.execute(sql, (round_, cut, cut)).fetchall()
