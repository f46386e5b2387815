"""``onrecord serve CASE``: the workbench on this machine, or for a team."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import app
from onrecord.errors import ConfigError


@app.command("serve")
def serve_command(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The case to serve.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8321,
    host: Annotated[str, typer.Option(help="Where to listen; other machines reach it only with --team.")] = "127.0.0.1",
    team: Annotated[bool, typer.Option("--team", help="With accounts: reader, coder, editor, admin.")] = False,
    people: Annotated[Path | None, typer.Option(help="The file of accounts; by default CASE.people.")] = None,
    public_url: Annotated[str | None, typer.Option(help="What people type where a proxy with TLS is in front.")] = None,
    who: Annotated[str | None, typer.Option(envvar="ONRECORD_REVIEWER", help="Your name, without --team.")] = None,
    token: Annotated[
        str | None, typer.Option(envvar="ONRECORD_SERVE_TOKEN", help="For development: a token that stays valid.")
    ] = None,
) -> None:
    """Serve the workbench; prints the address to open. Stop it with Ctrl-C."""
    try:
        from onrecord.serve.run import serve
        from onrecord.serve.settings import Settings
    except ModuleNotFoundError as error:
        raise ConfigError(f"{error.name} is not installed. Run: pip install 'onrecord[serve]'") from error
    settings = Settings(
        case=case, host=host, port=port, team=team, people=people, public_url=public_url, who=who,
        token=token or None, token_stays=bool(token),
    )  # fmt: skip
    serve(settings, typer.echo, os.environ.get("ONRECORD_ADMIN_PASSWORD"))
