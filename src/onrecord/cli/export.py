"""``onrecord export``: claims, quotes, events or evidence into a file, with a manifest beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from onrecord.cli import USAGE, app
from onrecord.cli.events import AggregationOption
from onrecord.cli.look import AsOf, CasePath, Filter, tombstones
from onrecord.ledger import Case
from onrecord.lexicon.profiles import load_profiles


@app.command("export")
def export_command(
    case: CasePath,
    filters: Filter = None,
    profile: Annotated[str | None, typer.Option("--profile", "-p", help="Name of the profile; see --list.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write.")] = None,
    aggregation: AggregationOption = "representative",
    as_of: AsOf = None,
    hxl: Annotated[bool, typer.Option("--hxl", help="A row of HXL tags under the header of CSV.")] = False,
    tables: Annotated[Path | None, typer.Option(help="Folder with code tables that take the place of ours.")] = None,
    list_profiles: Annotated[bool, typer.Option("--list", help="What can be written, and nothing else.")] = False,
) -> None:
    """Write what a filter means to a file; FILE.manifest.json says what was asked and how to cite it."""
    if list_profiles:
        _show_profiles()
        return
    if profile is None or out is None:
        typer.echo("onrecord: --profile NAME and -o FILE are needed. --list shows the profiles.", err=True)
        raise typer.Exit(USAGE)
    with Case(case) as ledger:
        about = ledger.export(out, profile, filters, as_of=as_of, aggregation=aggregation, hxl=hxl, tables=tables)
        typer.echo(f"{out}: {_counted(about)}")
        console = Console(stderr=True, highlight=False, soft_wrap=True)
        for reason in about["left_out"].values():
            console.print(f"{reason['count']} left out: {reason['because']}", style="dim", markup=False)
        console.print(f"{out}.manifest.json says what was asked and how to cite it", style="dim", markup=False)
        tombstones(ledger, as_of)


def _counted(about: Any) -> str:
    rows, events = about["rows"], about["events"]
    of_events = f" of {events} events" if events is not None and events != rows else ""
    return f"{rows} {'row' if rows == 1 else 'rows'}{of_events}"


def _show_profiles() -> None:
    table = Table(show_lines=False, pad_edge=False, box=None, header_style="bold")
    for name in ("profile", "what", "also called"):
        table.add_column(name, overflow="fold", no_wrap=name == "profile")
    for profile in load_profiles().values():
        table.add_row(profile.name, profile.title, ", ".join(profile.also))
    Console(highlight=False).print(table)
