"""Ranked full text: reports, quotes and claims that hold some words, best first, with the words marked."""

from __future__ import annotations

from typing import Literal

from onrecord.case.codec import Json
from onrecord.case.compile import for_reports
from onrecord.case.conditions import Sql, every, query_of
from onrecord.case.file import CaseFile
from onrecord.case.filters import WORDS, Filter
from onrecord.case.identities import resolved
from onrecord.case.query import Asked, AsOf, claim_conditions, moment, quote_conditions
from onrecord.errors import BadFilter

Within = Literal["reports", "quotes", "claims"]
_FROM = {
    "reports": "reports_fts f JOIN reports r ON r.report = f.rowid",
    "quotes": "quotes_fts f JOIN quotes q ON q.quote = f.rowid JOIN codings k ON k.coding = q.coding "
    "JOIN reports r ON r.report = k.report",
    "claims": "claims_fts f JOIN claims c ON c.claim = f.rowid JOIN codings k ON k.coding = c.coding "
    "JOIN reports r ON r.report = k.report",
}
_ID = {"reports": "NULL", "quotes": "q.ord", "claims": "c.claim_id"}


def search(
    case: CaseFile,
    asked: Asked,
    *,
    within: Within = "reports",
    as_of: AsOf = None,
    run: str = "latest",
    limit: int = 20,
    mark: tuple[str, str] = ("[", "]"),
    words_around: int = 24,
) -> list[Json]:
    """What holds the words of *asked* best first (BM25): report_id, outlet, published, title, snippet, score.

    Terms with keys narrow it down. In ``snippet`` the found words stand between *mark*; ``claim_id`` (claims)
    or ``ord`` (quotes) says which one it is. Raises CaseError when *asked* has no words.
    """
    filter_ = Filter.of(asked)
    words = [term for term in filter_.terms if term.key == WORDS and not term.negated]
    if not words or not any(c.isalnum() for term in words for c in term.values[0]):
        raise BadFilter(f"search {str(filter_)!r}: no words to look for. Give some beside the filter")
    rest = Filter(tuple(term for term in filter_.terms if term not in words))
    table = f"{within}_fts"
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        rest = resolved(connection, cut, rest)
        conditions = {
            "reports": lambda: every([Sql("r.entry <= ?", (cut,)), for_reports(rest)]),
            "quotes": lambda: quote_conditions(rest, cut, run),
            "claims": lambda: claim_conditions(rest, cut, run),
        }
        where = conditions[within]()
        sql = (
            f"SELECT r.report_id, o.name, r.published, r.title, {_ID[within]}, -bm25({table}), "
            f"snippet({table}, -1, ?, ?, '…', ?) FROM {_FROM[within].replace(' f ', ' ')} "
            f"LEFT JOIN outlets o ON o.outlet = r.outlet WHERE {table} MATCH ? AND {where.text} "
            f"ORDER BY bm25({table}), {table}.rowid LIMIT ?"
        ).replace("f.rowid", f"{table}.rowid")
        match = " AND ".join(f"({query_of(term)})" for term in words)
        size = min(max(words_around, 1), 64)
        rows = connection.execute(sql, (*mark, size, match, *where.parameters, limit)).fetchall()
    names = ("report_id", "outlet", "published", "title", "ord" if within == "quotes" else "claim_id")
    found = [dict(zip((*names, "score", "snippet"), row, strict=True)) for row in rows]
    if within == "reports":
        for row in found:
            del row["claim_id"]
    return found
