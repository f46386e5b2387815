"""``onrecord claims``: the table of what a case holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from onrecord.cli import app
from onrecord.ledger import Case
from onrecord.view import describe

Json = Mapping[str, Any]
CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case to look into.")]
Filter = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILTER]...", help="For example: type:ASSAULT actor:SYR place:Idlib mood:asserted 'market'"
    ),
]
Limit = Annotated[int, typer.Option(help="At most so many rows; 0 for all.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="As known at that time (ISO 8601, UTC).")]


@app.command("claims")
def claims_command(
    case: CasePath,
    filters: Filter = None,
    kind: Annotated[str | None, typer.Option(help="event, figure, control or relation.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Candidates that were not coded, with reasons.")] = False,
    inputs: Annotated[bool, typer.Option("--inputs", help="Inputs that could not be read, with reasons.")] = False,
    as_of: AsOf = None,
    limit: Limit = 0,
    as_json: AsJson = False,
) -> None:
    """Claims of a case, one a row, each with its words and who stands behind it."""
    with Case(case) as ledger:
        if inputs:
            show(ledger.rejected_inputs(as_of=as_of), as_json, _INPUTS, "inputs that could not be read")
            return
        query = [*(filters or []), *([f"kind:{kind}"] if kind else [])]
        found = ledger.claims(query, as_of=as_of, limit=limit or None, rejected=rejected)
        show(found, as_json, CLAIMS, "claims")
        tombstones(ledger, as_of)


def show(rows: Iterable[Json], as_json: bool, columns: Mapping[str, Callable[[Json], str]], what: str) -> None:
    """Prints *rows* as JSON lines, or as a table with *columns*, and how many there are."""
    if as_json:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    table = Table(show_lines=False, pad_edge=False, box=None, header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name in {"day", "outlet"})
    count = 0
    for row in rows:
        table.add_row(*[cell(row) for cell in columns.values()])
        count += 1
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    if count:
        console.print(table)
    console.print(f"{count} {what}", style="dim")


def tombstones(ledger: Case, as_of: str | None) -> None:
    """Says how many reports were erased, beside any count; nothing where none was."""
    erased = ledger.erased(as_of=as_of)
    if erased:
        missing = "its claims are" if erased == 1 else "their claims are"
        note = f"{erased} report{'' if erased == 1 else 's'} erased on request: {missing} in no count above."
        Console(stderr=True, highlight=False).print(note, style="dim")


def plain(text: str) -> str:
    return text.replace("[", "\\[")


def _day(row: Json) -> str:
    time = row.get("time") or {}
    start, end = time.get("start"), time.get("end")
    return str(start or "?") if start == end or not end else f"{start}…{end}"


def _names(slots: Sequence[Json] | None) -> str:
    return plain("; ".join(describe.actor_words(s) for s in slots or []))


def _parties(row: Json) -> str:
    sides = [_names(row.get(k)) for k in ("actor", "holder", "subject") if row.get(k)]
    other = row.get("recipient") or (row.get("object") if row["kind"] == "relation" else None)
    return " ".join(sides) + (f" → {_names(other)}" if other else "")


def _what(row: Json) -> str:
    parts = [describe.head(row)]
    if row["kind"] == "figure":
        parts = [describe.figure_words(row)]
    parts += [describe.figure_words(f) for f in row.get("figures") or []]
    if row.get("share"):
        parts.append(describe.share_words(row["share"]))
    return plain(", ".join(parts))


def _where(row: Json) -> str:
    place = row.get("place") or {}
    return plain(str(place.get("name") or place.get("text") or ""))


def _said_by(row: Json) -> str:
    return plain(" › ".join(label for label, _ in describe.chain(row)))


def _words(row: Json) -> str:
    text = " ".join(str(row.get("text") or "").split())
    return plain(text if len(text) <= 110 else text[:107].rsplit(" ", 1)[0] + " …")


CLAIMS: dict[str, Callable[[Json], str]] = {
    "day": _day,
    "what": _what,
    "who": _parties,
    "where": _where,
    "how": lambda r: describe.mood(r) + (f" ({r['reason']})" if r.get("reason") else ""),
    "said by": _said_by,
    "words": _words,
}
_INPUTS: dict[str, Callable[[Json], str]] = {
    "origin": lambda r: plain(str(r["origin"])),
    "reason": lambda r: plain(str(r["reason"])),
    "remedy": lambda r: plain(str(r["remedy"])),
}
