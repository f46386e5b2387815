"""``onrecord code``: read reports, code them, keep them in a case or print the claims."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from onrecord.cli import OK, SOME_REJECTED, USAGE, app
from onrecord.config import load_config
from onrecord.ledger import Case
from onrecord.model import Coding
from onrecord.model.wire import claim_to_json
from onrecord.read import Defaults
from onrecord.read.build import parse_published
from onrecord.run.local import Summary, code_into, count_inputs

_SHOWN = 12  # rejections listed one by one before the rest are only counted


@app.command("code")
def code_command(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or globs; - reads standard input.")],
    into: Annotated[Path | None, typer.Option("--into", help="The case to write to (made if missing).")] = None,
    published: Annotated[
        str | None,
        typer.Option(help="Time of publication of reports that do not say: 2018-08-22 or with time and zone."),
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of reports that do not say.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of text files that are not UTF-8.")] = None,
    registry: Annotated[Path | None, typer.Option(help="Folder of your own actor files, read before ours.")] = None,
    ontology: Annotated[Path | None, typer.Option(help="Folder of your own types and triggers.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one claim a line as JSON.")] = False,
    rejected: Annotated[bool, typer.Option("--rejected", help="With --json: print rejected candidates too.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Processes to code with.")] = 1,
    no_encoder: Annotated[bool, typer.Option("--no-encoder", help="Rules only, without the token model.")] = False,
) -> None:
    """Read reports and code every claim in them."""
    if into is None and not as_json:
        _wrong("say where to: --into CASE, or --json to print the claims")
    if published is not None and parse_published(published) is None:
        _wrong(f"--published {published!r} is no time. Write 2018-08-22 or 2018-08-22T14:00:00+03:00")
    config = load_config(
        registry=str(registry) if registry else None,
        ontology=str(ontology) if ontology else None,
        encoder=False if no_encoder else None,
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    defaults = Defaults(
        outlet=outlet, published=published, retrieved=now, encoding=encoding, max_chars=config.max_chars
    )
    show = _printer(rejected) if as_json else None
    with _case(into) as case, _bar(paths, defaults) as bar:
        summary = code_into(paths, case, config, defaults, jobs=jobs, progress=bar, on_coding=show)
    _report(summary, into)
    raise typer.Exit(SOME_REJECTED if summary.rejected else OK)


def _wrong(message: str) -> None:
    typer.echo(f"onrecord code: {message}", err=True)
    raise typer.Exit(USAGE)


def _printer(rejected: bool):  # type: ignore[no-untyped-def]
    def show(coding: Coding) -> None:
        for claim in (*coding.claims, *(coding.rejected if rejected else ())):
            sys.stdout.write(json.dumps(claim_to_json(claim), ensure_ascii=False) + "\n")

    return show


@contextmanager
def _case(into: Path | None) -> Iterator[Case]:
    if into is not None:
        with Case(into, create=True) as case:
            yield case
        return
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-") as folder,
        Case(Path(folder) / "once.case", create=True) as case,
    ):
        yield case


@contextmanager
def _bar(paths: list[str], defaults: Defaults):  # type: ignore[no-untyped-def]
    """A progress bar with rate and remaining time on a terminal, nothing in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    total = None if "-" in paths else count_inputs(paths, defaults)
    columns = (
        TextColumn("coding"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("code", total=total, rate="")

        def step(summary: Summary, _: str) -> None:
            elapsed = progress.tasks[0].elapsed or 0
            rate = f"{summary.seen / elapsed:.1f} reports/s" if elapsed > 0 else ""
            progress.update(task, completed=summary.seen, rate=rate)

        yield step


def _report(summary: Summary, into: Path | None) -> None:
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for item in summary.rejected[:_SHOWN]:
        console.print(f"rejected {item.origin}: {item.reason}. {item.remedy}", markup=False)
    if len(summary.rejected) > _SHOWN:
        console.print(f"… and {len(summary.rejected) - _SHOWN} more: onrecord claims CASE --inputs lists them")
    parts = [f"{summary.coded} coded"]
    if summary.already:
        parts.append(f"{summary.already} already in the case")
    if summary.not_coded:
        parts.append(f"{summary.not_coded} kept but not coded (other language)")
    if summary.rejected:
        parts.append(f"{len(summary.rejected)} rejected")
    counts = ", ".join(f"{n} {kind}" for kind, n in sorted(summary.claims.items()))
    where = f" into {into}" if into else ""
    console.print(f"{summary.seen} reports{where}: {', '.join(parts)}. Claims: {counts or 'none'}.", markup=False)
