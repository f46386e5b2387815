"""``onrecord show``: one report with its evidence marked, in the terminal or as a page."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from onrecord import __version__
from onrecord.cli import USAGE, app
from onrecord.cli.events import is_event, show_event
from onrecord.cli.look import AsJson, AsOf, CasePath
from onrecord.ledger import Case
from onrecord.view import describe
from onrecord.view.report_page import report_page

_STYLE = {"event": "bold red", "figure": "bold blue", "control": "bold green", "relation": "bold magenta"}


@app.command("show")
def show_command(
    case: CasePath,
    report: Annotated[
        str | None, typer.Argument(help="Its id in the case, the id you supplied, or its start; or the id of an event.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write one self-contained page instead.")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """One report with its evidence marked and its claims beside it; without a report, the list of them."""
    with Case(case) as ledger:
        if report is None:
            _list(ledger, as_of, as_json)
            return
        if is_event(report):
            show_event(ledger.event(report, as_of=as_of), as_json)
            return
        found = ledger.report(report, as_of=as_of)
        claims = list(ledger.claims(f"report:{found['report_id']}", as_of=as_of))
        layers = ledger.layers(found["report_id"], as_of=as_of)
    if as_json:
        sys.stdout.write(json.dumps({"report": found, "layers": layers, "claims": claims}, ensure_ascii=False) + "\n")
        return
    if html is not None:
        footer = f"Made with onrecord {__version__}. Every marked stretch is the report's own words."
        page = report_page(found, claims, layers.get("attributions", []), footer)
        try:
            html.write_text(page, encoding="utf-8")
        except OSError as error:
            typer.echo(f"onrecord show: {html} cannot be written: {error.strerror}. Name another place.", err=True)
            raise typer.Exit(USAGE) from error
        typer.echo(f"{html}: {len(claims)} claims on {len(found['text']):,} characters")
        return
    _print(found, claims)


def _list(ledger: Case, as_of: str | None, as_json: bool) -> None:
    for row in ledger.reports(as_of=as_of):
        if as_json:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            about = (
                row["report_id"],
                row.get("supplied_id"),
                row.get("published"),
                row.get("outlet"),
                row.get("title"),
            )
            typer.echo("  ".join(str(a) for a in about if a))


def _print(report: Mapping[str, Any], claims: list[Mapping[str, Any]]) -> None:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    heading = report.get("title") or report["report_id"]
    console.print(Text(str(heading), style="bold"))
    about = [
        report.get("outlet") or "outlet not known",
        report.get("published") or "not dated",
        report["report_id"],
    ]
    console.print(Text(" · ".join(map(str, about)), style="dim"))
    console.print()
    console.print(marked_text(report["text"], claims))
    console.print()
    for number, claim in enumerate(claims, 1):
        line = Text(f"{number:>3} ", style="dim")
        line.append(describe.head(claim), style=_STYLE[claim["kind"]])
        line.append(f"  {describe.mood(claim)}", style="" if describe.happened(claim) else "italic")
        line.append("  background" if claim.get("background") else "", style="dim")
        console.print(line)
        for name, value in describe.rows(claim):
            console.print(Text(f"      {name:<10} {value}"))
        chain = " › ".join(label for label, _ in describe.chain(claim))
        console.print(Text(f"      {'said by':<10} {chain}", style="cyan"))


def marked_text(text: str, claims: list[Mapping[str, Any]]) -> Text:
    """*text* with triggers and figures in colour, each followed by the numbers of its claims."""
    numbers: dict[int, list[int]] = {}
    styles: list[tuple[int, int, str]] = []
    for number, claim in enumerate(claims, 1):
        marks = list(describe.marks(claim))
        anchors = [m for m in marks if m.role in {"trigger", "figure", "share"}][:1]
        for mark in anchors:
            styles.append((mark.start, mark.end, _STYLE[claim["kind"]]))
            numbers.setdefault(mark.end, []).append(number)
        styles.extend((m.start, m.end, "underline") for m in marks if m.role not in {"clause", "trigger"})
    out = Text()
    at = 0
    for end in sorted(numbers):
        out.append(text[at:end])
        at = end
        out.append("[" + ",".join(map(str, numbers[end])) + "]", style="dim")
    out.append(text[at:])
    shift = [(end, len("[" + ",".join(map(str, numbers[end])) + "]")) for end in sorted(numbers)]
    for start, end, style in styles:
        before = sum(width for where, width in shift if where <= start)
        inside = sum(width for where, width in shift if start < where < end)
        out.stylize(style, start + before, end + before + inside)
    return out
