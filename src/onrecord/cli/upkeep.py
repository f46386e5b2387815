"""``onrecord diff``, ``stats``, ``backup``, ``publish``, ``erase`` and ``vacuum``: the case as a whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from onrecord.cli import app
from onrecord.cli.look import AsJson, AsOf, CasePath, Json, tombstones
from onrecord.cli.review import Who, who_is
from onrecord.ledger import Case

Target = Annotated[Path, typer.Argument(metavar="PATH", help="The file to write; it must not exist yet.")]


@app.command("diff")
def diff_command(
    case: CasePath,
    since: Annotated[str, typer.Option("--from", help="What was recorded after this day or moment (UTC).")],
    until: Annotated[str | None, typer.Option("--to", help="Up to this day or moment; now by default.")] = None,
    as_json: AsJson = False,
) -> None:
    """What changed between two days, and why: new reports, runs, reviews, erasures, and each claim they changed."""
    with Case(case) as ledger:
        changes = ledger.diff(since, until)
    console = Console(highlight=False, soft_wrap=True)
    for change in changes:
        if as_json:
            sys.stdout.write(json.dumps(change.to_json(), ensure_ascii=False) + "\n")
        else:
            console.print(Text(str(change)))
    if not as_json:
        console.print(Text(f"{len(changes)} changes", style="dim"))


@app.command("stats")
def stats_command(case: CasePath, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """What the case holds, how large it is, and the head of its journal."""
    with Case(case) as ledger:
        stats = ledger.stats(as_of=as_of)
        if as_json:
            sys.stdout.write(json.dumps(stats, ensure_ascii=False) + "\n")
            return
        for name, value in _told(stats):
            typer.echo(f"{name:<18} {value}")
        tombstones(ledger, as_of)


def _told(stats: Json) -> list[tuple[str, str]]:
    claims = ", ".join(f"{n:,} {kind}" for kind, n in sorted(stats["claims"].items()))
    total = sum(stats["claims"].values())
    per_claim = f" ({stats['bytes'] / total:,.0f} a claim)" if total else ""
    counted = ("erased", "withheld", "rejected_inputs", "runs", "reviews")
    return [
        ("case", f"{stats['case_id']}, begun {stats['created_at'][:19]}Z"),
        ("reports", f"{stats['reports']:,}"),
        *((name.replace("_", " "), f"{stats[name]:,}") for name in counted),
        ("claims", f"{total:,}{f' ({claims})' if claims else ''}"),
        ("rejected claims", f"{stats['rejected_claims']:,}"),
        ("bytes", f"{stats['bytes']:,}{per_claim}"),
        ("journal", f"{stats['entries']:,} entries, head {stats['head'][:16]}"),
    ]


@app.command("backup")
def backup_command(case: CasePath, path: Target) -> None:
    """Write a whole copy of the case, while others read and write."""
    with Case(case) as ledger:
        made = ledger.backup(path)
    typer.echo(f"{made}: {made.stat().st_size:,} bytes")


@app.command("publish")
def publish_command(
    case: CasePath,
    path: Target,
    quote: Annotated[int, typer.Option(min=0, help="Characters that a quotation may have.")] = 120,
) -> None:
    """Write a copy without the texts: codes, short quotations, hashes and addresses."""
    with Case(case) as ledger:
        made = ledger.publish(path, quote_characters=quote)
    typer.echo(f"{made}: {made.stat().st_size:,} bytes, no texts, quotations of at most {quote} characters")


@app.command("erase")
def erase_command(
    case: CasePath,
    report: Annotated[str, typer.Argument(help="Its id in the case, or the id you supplied.")],
    reason: Annotated[str, typer.Option(help="The legal reason; it is kept.")],
    who: Who = None,
) -> None:
    """Erase a report's text and claims for good; a tombstone with the reason and the hashes stays."""
    with Case(case) as ledger:
        claims = ledger.erase(report, reason=reason, who=who_is(who))
    typer.echo(f"{report}: erased, and {claims} claims with it. Backups made before still hold it.")


@app.command("vacuum")
def vacuum_command(case: CasePath) -> None:
    """Pack the file; gives back the space of what was erased and orders the search indexes."""
    with Case(case) as ledger:
        given = ledger.vacuum()
    typer.echo(f"{case}: {given:,} bytes given back, {case.stat().st_size:,} remain")
