"""``onrecord search``: full text, best first, with the words marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import typer

from onrecord.cli import app
from onrecord.cli.look import AsJson, AsOf, CasePath, Json, plain, show, tombstones
from onrecord.ledger import Case

_COLUMNS: dict[str, Callable[[Json], str]] = {
    "report": lambda r: str(r["report_id"]),
    "outlet": lambda r: plain(str(r["outlet"] or "?")),
    "published": lambda r: str(r["published"] or "?")[:10],
    "title": lambda r: plain(str(r["title"] or "")),
    "words": lambda r: plain(" ".join(str(r["snippet"]).split())),
}


@app.command("search")
def search_command(
    case: CasePath,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words, with a filter beside them.")],
    within: Annotated[Literal["reports", "quotes", "claims"], typer.Option(help="Where to look.")] = "reports",
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 20,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Reports, quotes or claims that hold some words, best first."""
    with Case(case) as ledger:
        found = ledger.search(words, within=within, as_of=as_of, limit=limit)
        show(found, as_json, _COLUMNS, f"{within} found")
        tombstones(ledger, as_of)
