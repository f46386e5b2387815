"""Conditions as SQL: how they are joined, and what the values of a term mean as words, names, actors and places."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.case.filters import Term
from onrecord.case.folding import fold
from onrecord.case.known import Mentions


@dataclass(frozen=True, slots=True)
class Sql:
    """A condition and its parameters."""

    text: str
    parameters: tuple[object, ...] = ()


def every(conditions: Iterable[Sql]) -> Sql:
    """All of *conditions*."""
    parts = list(conditions)
    text = " AND ".join(f"({part.text})" for part in parts) or "1"
    return Sql(text, tuple(p for part in parts for p in part.parameters))


def either(conditions: Iterable[Sql]) -> Sql:
    """One of *conditions* at least."""
    parts = list(conditions)
    return Sql(" OR ".join(f"({part.text})" for part in parts), tuple(p for part in parts for p in part.parameters))


def coded(column: str, of: str, values: Iterable[str]) -> Sql:
    """Whether *column* holds the number of one of *values* of the list *of*, in any case of letters."""
    lowered = tuple(v.lower() for v in values)
    marks = ", ".join("?" * len(lowered))
    inner = f"SELECT code FROM words WHERE list = ? AND lower(word) IN ({marks})"
    return Sql(f"{column} IN ({inner})", (of, *lowered))


def compare(column: str, operator: str, values: Iterable[str]) -> Sql:
    """Whether *column* compares, by *operator*, with one of the numbers *values*; ``:`` says equal."""
    sign = "=" if operator == ":" else operator
    return either(Sql(f"{column} {sign} ?", (float(v),)) for v in values)


def named(columns: Iterable[str], term: Term) -> Sql:
    """Whether one of the folded *columns* holds the words of a value (``:``) or is it (``=``)."""
    found = []
    for value in term.values:
        folded = fold(value)
        for column in columns:
            if term.operator == "=":
                found.append(Sql(f"{column} = ? OR instr({column}, ?)", (folded, f"|{folded}|")))
            elif folded:
                spaced = f"' ' || replace({column}, '|', ' ') || ' '"
                found.append(Sql(f"instr({spaced}, ?)", (f" {folded} ",)))
    return either(found or [Sql("0")])


def actors(term: Term) -> Sql:
    """A query of the numbers of actors that are one of the term's values, in the aspect that the key names."""
    _, _, aspect = term.key.partition(".")
    values = tuple(term.values)
    same = ", ".join("?" * len(values))
    aspects = {
        "id": [Sql(f"SELECT actor FROM actors WHERE actor_id IN ({same})", values)],
        "group": [Sql(f"SELECT actor FROM actors WHERE group_id IN ({same})", values)],
        "country": [Sql(f"SELECT actor FROM actors WHERE country IN ({same})", tuple(v.upper() for v in values))],
        "sector": [Sql("SELECT actor FROM actors WHERE instr(sectors, ?)", (f" {v.upper()} ",)) for v in values],
        "name": [_actors_called(value, term.operator) for value in values],
    }
    found = aspects[aspect] if aspect else [*aspects["name"], *aspects["id"], *aspects["group"], *_codes_of(values)]
    return Sql(" UNION ".join(part.text for part in found), tuple(p for part in found for p in part.parameters))


def _actors_called(value: str, operator: str) -> Sql:
    """A query of the actors whose name holds the words of *value* (``:``) or is it (``=``)."""
    folded = fold(value)
    if not folded:
        return Sql("SELECT 0 WHERE 0")
    # A folded name has no quotation mark in it, nor anything else that full text would read as an operator.
    called = "SELECT rowid FROM actors_fts WHERE actors_fts MATCH ?"
    if operator != "=":
        return Sql(called, (f'"{folded}"',))
    return Sql(f"SELECT actor FROM actors WHERE actor IN ({called}) AND folded = ?", (f'"{folded}"', folded))


def _names_called(value: str, operator: str) -> Sql:
    """A query of the names, unknown to the registry, that hold the words of *value* or are it."""
    folded = fold(value)
    if not folded:
        return Sql("SELECT 0 WHERE 0")
    if operator == "=":
        return Sql("SELECT named FROM names WHERE folded = ?", (folded,))
    return Sql("SELECT named FROM names WHERE instr(' ' || folded || ' ', ?)", (f" {folded} ",))


def _codes_of(values: Iterable[str]) -> Iterable[Sql]:
    for value in values:
        # Codes are written in capitals; "gov" and "reb" in small letters are words.
        if value.isupper() and len(value) == 3:
            inner = "SELECT actor FROM actors WHERE country = ? OR instr(sectors, ?)"
            yield Sql(inner, (value, f" {value} "))


def mentions(term: Term, select: str, rows: str) -> Sql:
    """A query of *select* from *rows* s (mentions of actors, of codings y) that mean one of the term's values."""
    who = actors(term)
    found = [Sql(f"s.actor IN ({who.text})", who.parameters)]
    if term.key.partition(".")[2] in ("", "name"):
        called = [_names_called(value, term.operator) for value in term.values]
        inner = " UNION ".join(part.text for part in called)
        found.append(Sql(f"s.named IN ({inner})", tuple(p for part in called for p in part.parameters)))
    known = term.known
    if known is not None:
        # A mention without a name has none of those that are set aside, and not an unknown one.
        aside = [
            Sql(f"NOT coalesce(({part.text}), 0)", part.parameters) for m in known.set_aside for part in _mentioned(m)
        ]
        found = [every([part, *aside]) for part in found]
        found += [part for m in known.meant for part in _mentioned(m)]
    text = " UNION ALL ".join(f"SELECT {select} FROM {rows} WHERE ({part.text})" for part in found)
    return Sql(text, tuple(p for part in found for p in part.parameters))


def _mentioned(which: Mentions) -> list[Sql]:
    """Conditions over mentions s of codings y, of which one must hold."""
    listed = "IN (SELECT value FROM json_each(?))"
    where: list[Sql] = []
    if which.only is not None:
        where.append(Sql(f"y.report {listed}", (json.dumps(which.only),)))
    if which.but:
        where.append(Sql(f"y.report NOT {listed}", (json.dumps(which.but),)))
    rows = (("s.actor", which.actors), ("s.named", which.names))
    return [every([Sql(f"{column} {listed}", (json.dumps(numbers),)), *where]) for column, numbers in rows if numbers]


def places(term: Term) -> Sql:
    """Whether place p is one of the term's values, in the aspect that the key names."""
    _, _, aspect = term.key.partition(".")
    values = tuple(term.values)
    same = ", ".join("?" * len(values))
    if aspect == "id":
        return Sql(f"p.place_id IN ({same})", values)
    if aspect == "country":
        return Sql(f"p.country IN ({same})", tuple(v.upper() for v in values))
    if aspect in ("name", "admin1", "admin2"):
        sign = "= lower(?)" if term.operator == "=" else "LIKE ? ESCAPE '\\'"
        wanted = values if term.operator == "=" else tuple(_like(v) for v in values)
        return either(Sql(f"lower(p.{aspect}) {sign}", (v,)) for v in wanted)
    country = [Sql("p.country = ?", (v,)) for v in values if v.isupper() and len(v) == 3]
    return either([named(["p.folded"], term), Sql(f"p.place_id IN ({same})", values), *country])


def _like(value: str) -> str:
    safe = value.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{safe}%"


def query_of(term: Term) -> str:
    """The full-text query of a term: each value quoted, so that nothing in it is an operator."""
    found = []
    for value in term.values:
        if term.quoted or not value.endswith("*"):
            found.append('"' + value.replace('"', " ") + '"')
        else:
            found.append('"' + value[:-1].replace('"', " ") + '"*')
    return " OR ".join(found)
