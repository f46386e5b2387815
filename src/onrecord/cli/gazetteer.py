"""``onrecord gazetteer``: places of the user's own, read before those that ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import app
from onrecord.ground.user_gazetteer import add_places, user_gazetteer_path

gazetteer = typer.Typer(help="Places of your own: villages, camps, checkpoints, p-codes.", no_args_is_help=True)
app.add_typer(gazetteer, name="gazetteer")


@gazetteer.command("add")
def add_command(
    file: Annotated[Path, typer.Argument(help="GeoNames dump or alternate names, CSV, GeoJSON or GeoPackage.")],
    to: Annotated[Path | None, typer.Option("--to", help="The gazetteer to add to (your own by default).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Add the places of a file, all or none; says what was added. Name it in onrecord.toml to use it."""
    added = add_places(file, to or user_gazetteer_path())
    if as_json:
        said = {"gazetteer": str(added.path), "places": added.places, "names": added.names, "unknown": added.unknown}
        typer.echo(json.dumps(said))
        return
    typer.echo(f"{added.path}: {added.places:,} places and {added.names:,} names added")
    if added.unknown:
        typer.echo(f"{added.unknown:,} alternate names were of places that it does not have")
    typer.echo(f'To use it: gazetteer = "{added.path}" in onrecord.toml')
