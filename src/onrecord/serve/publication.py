"""Claims as the ledger gives them, with what a list of claims shows beside them."""

from __future__ import annotations

from typing import Any

import orjson

from onrecord.serve.decode import claim_number, claim_rows
from onrecord.serve.desk import Ask


def with_publication(ask: Ask, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same claims as rows of the list of claims: with report, review and head."""
    numbers = [claim_number(ask, claim["claim_id"]) for claim in claims]
    return [orjson.loads(row) for row in claim_rows(ask.desk, numbers, ask.snapshot.erasures)]
