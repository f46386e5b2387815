"""Rows of claims and attributions as JSON bytes, by row number."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.errors import NotFound
from onrecord.serve.desk import Ask, Desk
from onrecord.serve.teller import MANY
from onrecord.serve.telling import claims_told, quotes_told


def claim_rows(desk: Desk, numbers: Sequence[int], erasures: int) -> list[bytes]:
    """Claims of these row numbers, in their order, each as JSON with ``report``, ``review`` and ``head``."""
    return desk.rows.many("claims", numbers, erasures, lambda missing: _claims(desk, missing))


def _claims(desk: Desk, numbers: list[int]) -> dict[int, bytes]:
    told = desk.teller.claims(numbers) if len(numbers) > MANY and desk.is_large() else None
    return claims_told(desk.file, numbers) if told is None else told


def quote_rows(desk: Desk, numbers: Sequence[int], erasures: int) -> list[bytes]:
    """Attributions of these row numbers, in their order, as JSON."""
    return desk.rows.many("quotes", numbers, erasures, lambda missing: quotes_told(desk.file, missing))


def claim_number(ask: Ask, claim_id: str) -> int:
    """The row of the claim as it stands at the moment asked about; NotFound where there is none.

    A claim that no longer stands (of an earlier run) is given as it was last.
    """
    with ask.desk.file.snapshot() as connection:
        rows = connection.execute(
            "SELECT claim FROM claims WHERE claim_id = ? AND entry <= ? ORDER BY claim", (claim_id, ask.cut)
        ).fetchall()
    numbers = [number for (number,) in rows]
    if not numbers:
        raise NotFound(f"claim {claim_id!r}: there is none. List them at /api/v1/claims")
    standing = ask.standing()
    shown = [number for number in numbers if number < len(standing) and standing[number]]
    return int((shown or numbers)[-1])


def quote_number(ask: Ask, quote_id: str) -> int:
    """The row of an attribution; NotFound where there is none."""
    parts = quote_id[1:].split(".")
    row = None
    if len(parts) == 3 and quote_id.startswith("q") and parts[2].isascii() and parts[2].isdigit():
        with ask.desk.file.snapshot() as connection:
            row = connection.execute(
                "SELECT q.quote FROM reports r JOIN codings k USING (report) JOIN runs USING (run) "
                "JOIN quotes q USING (coding) WHERE r.report_id = ? AND run_id = ? AND q.ord = ? AND k.entry <= ?",
                (f"r{parts[0]}", parts[1], int(parts[2][:9]), ask.cut),
            ).fetchone()
    if row is None:
        raise NotFound(f"quote {quote_id!r}: there is none. List them at /api/v1/quotes")
    return int(row[0])
