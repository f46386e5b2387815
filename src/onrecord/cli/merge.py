"""``onrecord merge``: accounts of one happening made one event; people's decisions on it."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from onrecord.cli import USAGE, app
from onrecord.cli.events import note
from onrecord.cli.look import AsJson, CasePath
from onrecord.ledger import Case

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Claims or events that a decision is about.")]


@app.command("merge")
def merge_command(
    case: CasePath,
    members: Ids = None,
    join: Annotated[bool, typer.Option("--join", help="They tell of one happening.")] = False,
    split: Annotated[bool, typer.Option("--split", help="They tell of as many happenings as there are ids.")] = False,
    undo: Annotated[str | None, typer.Option("--undo", metavar="MERGE_ID", help="Take a decision back.")] = None,
    who: Annotated[str | None, typer.Option(help="Your name, kept with the decision.")] = None,
    why: Annotated[str | None, typer.Option(help="Your reason, kept with the decision.")] = None,
    as_json: AsJson = False,
) -> None:
    """Merge what is out of date; with --join, --split or --undo record a decision first, which later merging keeps to.

    A decision on events is one on their claims. Nothing is overwritten: --undo adds a row too.
    """
    asked = sum((join, split, undo is not None))
    if asked > 1 or (members and not (join or split)) or ((join or split) and len(members or ()) < 2):
        _wrong("say one of --join ID ID…, --split ID ID… and --undo MERGE_ID, or nothing to merge")
    if asked and not who:
        _wrong("a decision needs the name of who makes it: --who NAME")
    with Case(case) as ledger:
        ledger.merging.note = note
        merge_id = None
        if undo is not None:
            merge_id = ledger.undo_merge(undo, who or "", why)
        elif join or split:
            merge_id = ledger.decide_merge("merge" if join else "split", members or [], who or "", why)
        done = ledger.merge()
    if as_json:
        sys.stdout.write(json.dumps({"merge_id": merge_id, **done}) + "\n")
        return
    decided = f"decision {merge_id} recorded; " if merge_id else ""
    typer.echo(f"{decided}{done['events']:,} events, {done['changed']:,} of them computed anew")


def _wrong(message: str) -> None:
    typer.echo(f"onrecord merge: {message}", err=True)
    raise typer.Exit(USAGE)
