"""Questions to a case: claims and quotes as they stand, or as they stood at a moment.

By default each report is shown as its latest run coded it, with what reviews made of it. Every answer is
a page, and its cursor holds the moment that was asked about, so that the pages of one question agree even
while others write.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from onrecord.case.chain import cut_at
from onrecord.case.codec import Json, dumps
from onrecord.case.compile import for_claims, for_quotes
from onrecord.case.conditions import Sql, every
from onrecord.case.file import CaseFile
from onrecord.case.filters import Filter, Term
from onrecord.case.identities import resolved
from onrecord.case.reading import Reader
from onrecord.case.vocabulary import ontology_words
from onrecord.errors import BadFilter

AsOf = str | datetime | None
Asked = Filter | str | list[str] | tuple[str, ...] | None
Order = Literal["recorded", "time", "-time", "published", "-published", "confidence", "-confidence", "factuality"]

# Keys to sort by; those without a value come last where the order ascends.
_ORDERS = {
    "recorded": "0",
    "time": "coalesce(c.first_day, 1e12)",
    "published": "coalesce(r.published, '~')",
    "confidence": "coalesce(c.confidence, -1.0)",
    "factuality": "c.factuality",
}
_CLAIM = (
    "SELECT {key} AS sort_key, c.coding, c.ord, c.body, c.claim_id, r.report, r.report_id, run.run_id, "
    "run.version, "
    "c.review, e.recorded_at, r.supplied_id, o.name, r.published, r.title, r.url "
    "FROM claims c JOIN codings k ON k.coding = c.coding JOIN reports r ON r.report = k.report "
    "JOIN runs run ON run.run = k.run JOIN entries e ON e.entry = c.entry "
    "LEFT JOIN outlets o ON o.outlet = r.outlet"
)
_QUOTE = (
    "SELECT {key} AS sort_key, q.coding, q.ord, r.report, r.report_id, run.run_id, e.recorded_at, "
    "r.supplied_id, o.name, r.published, r.title, r.url, q.excerpt "
    "FROM quotes q JOIN codings k ON k.coding = q.coding JOIN reports r ON r.report = k.report "
    "JOIN runs run ON run.run = k.run JOIN entries e ON e.entry = k.entry "
    "LEFT JOIN outlets o ON o.outlet = r.outlet"
)
_ROWS = {"c": "claims c", "q": "quotes q"}
# Lists that the ontology fills, and a user may add to.
_OPEN = {"type": "event_type", "mode": "mode", "context": "context"}


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the answers, and the cursor that gives the next ones (None: these were the last).

    ``entry`` is the last journal entry that was looked at; ``erased`` how many of the reports known then are
    tombstones by now, so that their claims are missing.
    """

    items: list[Json]
    next: str | None
    entry: int
    erased: int


def moment(connection: sqlite3.Connection, as_of: AsOf) -> int:
    """The journal entry up to which *as_of* looks; CaseError when it is no moment."""
    try:
        return cut_at(connection, as_of)
    except ValueError:
        raise BadFilter(f"as of {as_of!r}: that is no moment. Write it as 2018-08-31 or 2018-08-31T12:00:00Z") from None


def standing_codings(cut: int, run: str) -> Sql:
    """Codings k that are looked at: of one run, of all, or the latest of each report up to entry *cut*."""
    if run == "all":
        return Sql("k.entry <= ?", (cut,))
    if run != "latest":
        return Sql("k.entry <= ? AND k.run = (SELECT run FROM runs WHERE run_id = ?)", (cut, run))
    later = "SELECT 1 FROM codings n WHERE n.report = k.report AND n.coding > k.coding AND n.entry <= ?"
    return Sql(f"k.entry <= ? AND NOT EXISTS ({later})", (cut, cut))


def standing_claims(cut: int, run: str) -> Sql:
    """Claims c that stand at entry *cut*: of those codings, and not superseded by a revision."""
    later = "SELECT 1 FROM claims v WHERE v.root = coalesce(c.root, c.claim) AND v.claim > c.claim AND v.entry <= ?"
    return every([Sql("c.entry <= ?", (cut,)), standing_codings(cut, run), Sql(f"NOT EXISTS ({later})", (cut,))])


def claim_conditions(asked: Asked, cut: int, run: str, rejected: bool = False) -> Sql:
    """The condition over claims that *asked* means; coded ones only, unless it speaks of status."""
    filter_ = Filter.of(asked)
    if filter_.has("run"):
        run = "all"
    if rejected or not filter_.has("status"):
        filter_ = filter_ & Filter((Term("status", ":", ("rejected" if rejected else "coded",)),))
    return every([standing_claims(cut, run), for_claims(filter_)])


def quote_conditions(asked: Asked, cut: int, run: str) -> Sql:
    """The condition over attributions that *asked* means."""
    filter_ = Filter.of(asked)
    return every([standing_codings(cut, "all" if filter_.has("run") else run), for_quotes(filter_)])


def claims(
    case: CaseFile,
    asked: Asked = None,
    *,
    as_of: AsOf = None,
    run: str = "latest",
    rejected: bool = False,
    order: Order = "recorded",
    limit: int = 100,
    after: str | None = None,
) -> Page:
    """A page of claims as JSON, each with ``report`` (its publication), ``review`` and ``recorded_at``."""

    def condition(connection: sqlite3.Connection, cut: int) -> Sql:
        return claim_conditions(resolved(connection, cut, Filter.of(asked)), cut, run, rejected)

    question = dumps(["claims", str(Filter.of(asked)), run, rejected])
    page = _page(case, _CLAIM, condition, question, claim_row, as_of, order, limit, after)
    if not page.items and after is None:
        check_ontology(case, Filter.of(asked))
    return page


def quotes(
    case: CaseFile,
    asked: Asked = None,
    *,
    as_of: AsOf = None,
    run: str = "latest",
    order: Literal["recorded", "published", "-published"] = "recorded",
    limit: int = 100,
    after: str | None = None,
) -> Page:
    """A page of attributions: speaker, cue, channel, form and words, with the whole as ``attribution``."""

    def condition(connection: sqlite3.Connection, cut: int) -> Sql:
        return quote_conditions(resolved(connection, cut, Filter.of(asked)), cut, run)

    question = dumps(["quotes", str(Filter.of(asked)), run])
    return _page(case, _QUOTE, condition, question, quote_row, as_of, order, limit, after)


def check_ontology(case: CaseFile, filter_: Filter) -> None:
    """Raises CaseError when a type, mode or context is neither in the case nor in the ontology: a slip of the pen."""
    for term in filter_.terms:
        if term.key in _OPEN and not term.negated:
            with case.snapshot() as connection:
                rows = connection.execute("SELECT lower(word) FROM words WHERE list = ?", (_OPEN[term.key],))
                known = {word for (word,) in rows} | {word.lower() for word in ontology_words(term.key)}
            for value in term.values:
                if value.lower() not in known:
                    there = ", ".join(ontology_words(term.key))
                    raise BadFilter(f"filter term {str(term)!r}: no {term.key} is called {value!r}. There are: {there}")


def every_page(ask: Callable[[str | None], Page]) -> Iterator[Json]:
    """All items of a question, page by page; *ask* takes the cursor."""
    cursor: str | None = None
    while True:
        page = ask(cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def count(
    case: CaseFile, asked: Asked = None, *, as_of: AsOf = None, run: str = "latest", rejected: bool = False
) -> int:
    """How many claims *asked* means."""
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        condition = claim_conditions(resolved(connection, cut, Filter.of(asked)), cut, run, rejected)
        sql = (
            "SELECT count(*) FROM claims c JOIN codings k ON k.coding = c.coding "
            f"JOIN reports r ON r.report = k.report WHERE {condition.text}"
        )
        return int(connection.execute(sql, condition.parameters).fetchone()[0])


def _page(
    case: CaseFile,
    select: str,
    condition: Callable[[sqlite3.Connection, int], Sql],
    question: str,
    decode: Callable[[Reader, tuple[Any, ...]], Json],
    as_of: AsOf,
    order: str,
    limit: int,
    after: str | None,
) -> Page:
    key = _ORDERS.get(order.removeprefix("-"))
    if key is None or limit < 1:
        raise BadFilter(f"order {order!r}, limit {limit}: use one of {', '.join(_ORDERS)}, and a limit of 1 or more")
    asked = hashlib.sha256(dumps([question, order]).encode()).hexdigest()[:12]
    with case.snapshot() as connection:
        cut, at = _cursor(after, asked) if after else (moment(connection, as_of), None)
        alias = "c" if select is _CLAIM else "q"
        conditions = [condition(connection, cut), *([_after(order, key, alias, at)] if at else [])]
        where = every(conditions)
        sign = "DESC" if order.startswith("-") else "ASC"
        row = "c.claim" if alias == "c" else "q.quote"
        # First which rows, then what is in them: sorting the bodies of all that match would cost far more.
        tables = f" FROM {_ROWS[alias]} JOIN codings k ON k.coding = {alias}.coding"
        tables += " JOIN reports r ON r.report = k.report" if "r." in f"{where.text} {key}" else ""
        # A bare 0 would be taken for the number of a column.
        first = "" if key == "0" else f"{key} {sign}, "
        # Attributions are never revised: their numbers go up with codings, so the first ones are found first.
        by = "q.quote" if alias == "q" else "c.coding, c.ord"
        chosen = f"SELECT {row}{tables} WHERE {where.text} ORDER BY {first}{by} LIMIT ?"
        sql = f"{select.format(key=key)} WHERE {row} IN ({chosen}) "
        sql += f"ORDER BY sort_key {sign}, {alias}.coding, {alias}.ord"
        rows = connection.execute(sql, (*where.parameters, limit + 1)).fetchall()
        reader = Reader(case, connection)
        items = [decode(reader, row) for row in rows[:limit]]
        erased = connection.execute(
            "SELECT count(*) FROM erasures x CROSS JOIN reports r USING (report) WHERE r.entry <= ?", (cut,)
        ).fetchone()[0]
    following = _write_cursor(cut, asked, rows[limit - 1][:3]) if len(rows) > limit else None
    return Page(items, following, cut, erased)


def _after(order: str, key: str, alias: str, at: tuple[Any, int, int]) -> Sql:
    sign = "<" if order.startswith("-") else ">"
    later = f"({alias}.coding, {alias}.ord) > (?, ?)"
    return Sql(f"{key} {sign} ? OR ({key} = ? AND {later})", (at[0], at[0], at[1], at[2]))


def _write_cursor(cut: int, asked: str, at: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(dumps([cut, asked, *at]).encode()).decode().rstrip("=")


def _cursor(text: str, asked: str) -> tuple[int, tuple[Any, int, int]]:
    try:
        cut, for_what, key, coding, number = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError):
        raise BadFilter(f"cursor {text[:40]!r} is not one of ours. Ask again without it") from None
    if for_what != asked:
        raise BadFilter("the cursor belongs to another question. Ask again without it, or with the same filter")
    return int(cut), (key, int(coding), int(number))


def claim_row(reader: Reader, row: tuple[Any, ...]) -> Json:
    """A claim with its review and report, of: three numbers, body, ids, version, review, time, publication."""
    _, _, _, body, claim_id, report, report_id, run_id, version, review, recorded_at, *about = row
    own = {"claim_id": claim_id, "report_id": report_id, "run_id": run_id, "version": version}
    value = reader.claim(body, report, own)
    return value | {"review": review, "recorded_at": recorded_at, "report": _publication(about)}


def _publication(about: list[Any]) -> Json:
    return dict(zip(("supplied_id", "outlet", "published", "title", "url"), about, strict=True))


def quote_row(reader: Reader, row: tuple[Any, ...]) -> Json:
    """An attribution as JSON, of: number, coding, ord, report, ids, time, publication, excerpt."""
    _, coding, number, report, report_id, run_id, recorded_at, *about, excerpt = row
    attribution = reader.attribution(coding, number)
    source, cue, channel = attribution["source"], attribution["cue"], attribution["channel"]
    text = reader.texts(report)["text"]
    pieces = [text[start:end] for start, end in attribution["content"]] if text is not None else []
    publication = _publication(about)
    return {
        "quote_id": f"q{report_id[1:]}.{run_id}.{number}",
        "report_id": report_id,
        "run_id": run_id,
        "speaker": source and (source["name"] or (source["via"] or {}).get("text") or source["text"]),
        "speaker_id": source and source["actor_id"],
        "speaker_text": source and source["text"],
        "cue": cue and cue["text"],
        "cue_class": cue and cue["class"],
        "channel": channel and channel["text"],
        "channel_class": channel and channel["class"],
        "form": attribution["form"],
        "naming": attribution["naming"],
        "text": excerpt or " … ".join(pieces) or None,
        "spans": attribution["content"],
        "outlet": publication["outlet"],
        "published": publication["published"],
        "title": publication["title"],
        "url": publication["url"],
        "attribution": attribution,
        "recorded_at": recorded_at,
    }
