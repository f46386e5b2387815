"""``onrecord verify``: re-reads every span and hash of a case."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from onrecord.cli import OK, SOME_REJECTED, app
from onrecord.cli.look import CasePath
from onrecord.ledger import Case


@app.command("verify")
def verify_command(
    case: CasePath,
    as_json: Annotated[bool, typer.Option("--json", help="One problem a line as JSON.")] = False,
) -> None:
    """Check that every span re-reads and every hash holds; exit 0 only then."""
    with Case(case) as ledger:
        result = ledger.verify()
    for problem in result.problems:
        sys.stdout.write((json.dumps(problem.to_json()) if as_json else str(problem)) + "\n")
    if not as_json:
        typer.echo(result.summary())
    raise typer.Exit(OK if result.ok else SOME_REJECTED)
