"""``onrecord export``: claims, quotes or events into a file, with a manifest beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import app
from onrecord.cli.look import AsOf, CasePath, Filter, tombstones
from onrecord.ledger import Case
from onrecord.view.exports import profiles


@app.command("export")
def export_command(
    case: CasePath,
    profile: Annotated[str, typer.Option(help="One of: " + ", ".join(profiles()))],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    filters: Filter = None,
    as_of: AsOf = None,
) -> None:
    """Write what a filter means to a file; PATH.manifest.json says what was asked, how many rows, and the hash."""
    with Case(case) as ledger:
        about = ledger.export(out, profile, filters, as_of=as_of)
        typer.echo(f"{out}: {about['rows']} rows; {out}.manifest.json says what was asked")
        tombstones(ledger, as_of)
