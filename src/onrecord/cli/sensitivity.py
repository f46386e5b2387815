"""``onrecord sensitivity``: how counts, tolls and maps change with the choices behind them; how far accounts differ."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from onrecord.cli import app
from onrecord.cli.look import AsJson, AsOf, CasePath, Filter, show, tombstones
from onrecord.errors import ConfigError
from onrecord.ledger import Case, Rows
from onrecord.view.figures import sensitivity_figure
from onrecord.view.sensitivity import label, labels
from onrecord.view.writers import write_table

Json = Mapping[str, Any]
By = Annotated[
    Literal["all", "type", "week", "month", "country", "admin1", "place"],
    typer.Option("--by", help="What to count by."),
]


@app.command("sensitivity")
def sensitivity_command(
    case: CasePath,
    filters: Filter = None,
    by: By = "all",
    grid: Annotated[bool, typer.Option("--grid", help="All combinations, not one choice at a time.")] = False,
    divergence: Annotated[bool, typer.Option("--divergence", help="How far reports differ, field by field.")] = False,
    per: Annotated[
        Literal["reports", "accounts"], typer.Option("--per", help="Whose values --divergence compares.")
    ] = "reports",
    at_least: Annotated[int, typer.Option(help="--divergence: only events with so many of them.")] = 1,
    plot: Annotated[Path | None, typer.Option("--plot", help="A file for the plot (SVG).")] = None,
    table: Annotated[Path | None, typer.Option("--csv", help="A file for the table (CSV).")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """How many events a filter means, and how many dead, under other choices than the usual ones.

    The baseline counts every event that one account asserts, valued by the representative rule. Each line changes one
    choice: the rule, how many independent accounts (or texts, or reports) it takes, how certain they must be.
    """
    with Case(case) as ledger:
        if divergence:
            if plot is not None:
                raise ConfigError("--divergence has no plot. Leave one of the two out")
            found = ledger.divergence(filters, per=per, at_least=at_least, as_of=as_of)
            show(found, as_json, _DIVERGENCE, "fields")
        else:
            found = ledger.sensitivity(filters, by=by, as_of=as_of, grid=grid)
            _show(found, by, as_json)
        if table is not None:
            write_table(table, found.rows, found.kind)
        if plot is not None:
            asked = " ".join(filters or []) or "no filter"
            _write(plot, sensitivity_figure(found.rows, f"{Path(case).name}; {asked}"))
        tombstones(ledger, as_of)


def _show(found: Rows, by: str, as_json: bool) -> None:
    if as_json or by == "all":
        show(found, as_json, _TOTALS, "ways to count")
        return
    grouped = Table(show_lines=False, pad_edge=False, box=None, header_style="bold")
    names = list(labels(found))
    for name in (by, *names):
        grouped.add_column(name, justify="left" if name == by else "right", overflow="fold")
    cells = {(row["group"], label(row)): row["events"] for row in found}
    groups = list(dict.fromkeys(row["group"] for row in found))
    for group in groups:
        grouped.add_row(group or "not known or tied", *[str(cells[group, name]) for name in names])
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    console.print(grouped)
    console.print(f"events by {by}: {len(groups)} groups, {len(names)} ways to count", style="dim")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written ({error.strerror}). Name another place") from error


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,g}" if value == int(value) else f"{value:.3f}"


def _toll(row: Json) -> str:
    if row["killed_low"] is None:
        return ""
    return f"{_number(row['killed_best'])} ({_number(row['killed_low'])} to {_number(row['killed_high'])})"


_TOTALS: dict[str, Callable[[Json], str]] = {
    "counted": label,
    "events": lambda r: f"{r['events']:,}",
    "of the baseline": lambda r: "" if r["share"] is None else f"{r['share']:.0%}",
    "on the map": lambda r: f"{r['located']:,}",
    "killed (low to high)": _toll,
    "toll tied": lambda r: str(r["undecided"]),
    "without a toll": lambda r: str(r["without_toll"]),
}
_DIVERGENCE: dict[str, Callable[[Json], str]] = {
    "field": lambda r: str(r["field"]),
    **{
        name.replace("_", " "): lambda r, name=name: _number(r[name])  # type: ignore[misc]
        for name in (
            "events", "mean_dscore", "mean_dscore_normalised", "mean_range", "mean_sd", "modal_confidence",
            "share_disagreement",
        )
    },
}  # fmt: skip
