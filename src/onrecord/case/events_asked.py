"""Questions to the events of a case: conditions, order, rows and counts over the derived tables.

Terms that an event has a value for (type, mode, context, place, days, figures, factuality) are asked of that value
under the aggregation; terms of people, speakers, words and reports hold where one of the event's claims meets them,
all of them in one claim.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from onrecord.case.codec import Json, inflate
from onrecord.case.compile import for_claims
from onrecord.case.conditions import Sql, either, every
from onrecord.case.filters import COUNTS, FLAGS, PLACES, WORDS, Filter, Term
from onrecord.case.identities import resolved
from onrecord.case.keys import day_number
from onrecord.case.vocabulary import closed_lists
from onrecord.errors import BadFilter
from onrecord.model import Aggregation

RULES: dict[Aggregation, int] = {"conservative": 1, "informative": 2, "representative": 4}
EventOrder = Literal["time", "-time", "published", "-published", "accounts", "-accounts", "disagreement",
                     "-disagreement", "reports", "-reports"]  # fmt: skip
_ORDERS = {
    "time": "coalesce(v.first_day, 1e12)",
    "published": "coalesce(e.first_published, '~')",
    "accounts": "e.accounts",
    "disagreement": "v.disagreement",
    "reports": "e.reports",
}
# What is still equal is told in the order of its first report.
_LAST = "coalesce(e.first_published, '~')"
_FROM = "FROM events e JOIN event_values v ON v.event = e.event AND v.rules & {rule}"
_FLAGGED = {
    "disputed": "v.disagreement > 0 OR e.denied > 0",
    "denied": "e.denied > 0",
    "possible": "e.possible > 0",
    "happened": "e.happened",
}


@dataclass(frozen=True, slots=True)
class EventQuestion:
    """Which events, under which aggregation, in which order, and how many of them."""

    asked: Filter
    aggregation: Aggregation = "representative"
    order: EventOrder = "time"
    limit: int | None = None
    offset: int = 0


def resolve(connection: sqlite3.Connection, question: EventQuestion, cut: int) -> EventQuestion:
    """*question* with what people had decided of its actors and places by journal entry *cut*."""
    return replace(question, asked=resolved(connection, cut, question.asked))


def event_rows(connection: sqlite3.Connection, dictionary: bytes, question: EventQuestion) -> list[Json]:
    """The rows that *question* means; BadFilter where it cannot be asked of events."""
    if question.order not in get_args(EventOrder):
        raise BadFilter(f"order {question.order!r}: use one of {', '.join(get_args(EventOrder))}")
    where = _where(question)
    key = _ORDERS[question.order.removeprefix("-")]
    sign = "DESC" if question.order.startswith("-") else "ASC"
    tables = _FROM.format(rule=RULES[question.aggregation])
    # First which rows, then what is in them: sorting bodies would cost far more.
    sql = (
        "SELECT v.body FROM event_values v JOIN "
        f"(SELECT v.rowid AS row, {key} AS key, {_LAST} AS last, e.event_id {tables} "
        f"WHERE {where.text} ORDER BY key {sign}, last, e.event_id LIMIT ? OFFSET ?) chosen ON chosen.row = v.rowid "
        f"ORDER BY chosen.key {sign}, chosen.last, chosen.event_id"
    )
    limit = -1 if question.limit is None else question.limit
    rows = connection.execute(sql, (*where.parameters, limit, question.offset))
    return [json.loads(inflate(body, dictionary)) | {"aggregation": question.aggregation} for (body,) in rows]


def count_events(connection: sqlite3.Connection, question: EventQuestion) -> int:
    """How many events *question* means, whatever its limit."""
    where = _where(question)
    tables = _FROM.format(rule=RULES[question.aggregation])
    return int(connection.execute(f"SELECT count(*) {tables} WHERE {where.text}", where.parameters).fetchone()[0])


def _where(question: EventQuestion) -> Sql:
    if question.aggregation not in RULES:
        raise BadFilter(f"aggregation {question.aggregation!r} is not known. Use one of: {', '.join(RULES)}")
    return for_events(question.asked, RULES[question.aggregation])


def for_events(filter_: Filter, rule: int) -> Sql:
    """The condition of *filter_* over events e and their values v; those that happened, unless it says otherwise."""
    terms = [_flag(term) for term in filter_.terms]
    if not any(term.key in ("happened", "event") for term in terms):
        terms.append(Term("happened", ":", ("yes",)))
    own = [(term, _event_term(term, rule)) for term in terms]
    conditions = [_signed(term, condition) for term, condition in own if condition is not None]
    of_claims = tuple(term for term, condition in own if condition is None)
    wanted = tuple(term for term in of_claims if not term.negated)
    if wanted:
        conditions.append(_some_claim(Filter(wanted)))
    for term in of_claims:
        if term.negated:
            found = _some_claim(Filter((replace(term, negated=False),)))
            conditions.append(Sql(f"NOT ({found.text})", found.parameters))
    return every(conditions)


def _flag(term: Term) -> Term:
    """``disputed`` alone means ``disputed:yes``; in quotation marks it is a word like others."""
    if term.key == WORDS and not term.quoted and term.values[0] in FLAGS:
        return Term(term.values[0], ":", ("yes",), term.negated)
    return term


def _signed(term: Term, condition: Sql) -> Sql:
    return Sql(f"NOT coalesce(({condition.text}), 0)", condition.parameters) if term.negated else condition


def _some_claim(filter_: Filter) -> Sql:
    inner = for_claims(filter_)
    tables = "claims c JOIN event_claims x ON x.claim = c.claim"
    # Reports are looked up only where a term speaks of them: that is most of the cost.
    if re.search(r"\b[kro]\.", inner.text):
        tables += " JOIN codings k ON k.coding = c.coding JOIN reports r ON r.report = k.report"
    return Sql(f"e.event IN (SELECT x.event FROM {tables} WHERE {inner.text})", inner.parameters)


def _event_term(term: Term, rule: int) -> Sql | None:
    """The condition of a term that speaks of the event's own values; None where it speaks of claims."""
    key, values = term.key, term.values
    marks = ", ".join("?" * len(values))
    if key in FLAGS:
        return either(Sql(f"coalesce({_FLAGGED[key]}, 0) = ?", (int(v == "yes"),)) for v in values)
    if key in COUNTS or key == "factuality":
        column = "v.disagreement" if key == "disagreement" else f"e.{key}"
        return _compared(column, term.operator, values)
    if key == "event":
        return either(Sql("substr(e.event_id, 1, ?) = ?", (len(v), v)) for v in values)
    if key == "type":
        return Sql(f"upper(v.type) IN ({marks})", tuple(v.upper() for v in values))
    if key in ("mode", "context"):
        return either(Sql(f"instr(v.{key}s, ?)", (f" {v.lower()} ",)) for v in values)
    if key == "precision":
        return Sql(f'v."precision" IN ({marks})', tuple(v.lower() for v in values))
    if key in ("from", "to"):
        days = [day_number(v) or 0 for v in values]
        return Sql("v.last_day >= ?", (max(days),)) if key == "from" else Sql("v.first_day <= ?", (min(days),))
    if key in PLACES or key in ("within", "bbox"):
        inner = for_claims(Filter((replace(term, negated=False),)))
        return Sql(inner.text.replace("c.place", "v.place"), inner.parameters)
    if key == "has":
        return either(_has(v) for v in values)
    return _figure(term, rule) if key in closed_lists()["measure"] else None


def _has(value: str) -> Sql:
    columns = {
        "place": "v.place IS NOT NULL",
        "coordinates": "v.place IN (SELECT place FROM places WHERE lat IS NOT NULL)",
        "time": "v.first_day IS NOT NULL",
        "figures": "EXISTS (SELECT 1 FROM event_figures f WHERE f.event = e.event)",
    }
    return Sql(columns[value]) if value in columns else _some_claim(Filter((Term("has", ":", (value,)),)))


def _figure(term: Term, rule: int) -> Sql:
    """``killed>=5``: the best number counts; where the rule gives none, the bound that must hold."""
    bounds = {">": "low", ">=": "low", "<": "high", "<=": "high"}
    if term.operator in bounds:
        number = _compared(f"coalesce(f.best, f.{bounds[term.operator]})", term.operator, term.values)
    else:
        within = "f.best = ? OR (f.best IS NULL AND coalesce(f.low, ?) <= ? AND coalesce(f.high, ?) >= ?)"
        number = either(Sql(within, (float(v),) * 5) for v in term.values)
    text = (
        f"e.event IN (SELECT f.event FROM event_figures f WHERE f.rules & {rule} AND f.measure = ? AND ({number.text}))"
    )
    return Sql(text, (term.key, *number.parameters))


def _compared(column: str, operator: str, values: Iterable[str]) -> Sql:
    sign = "=" if operator == ":" else operator
    return either(Sql(f"{column} {sign} ?", (float(v),)) for v in values)
