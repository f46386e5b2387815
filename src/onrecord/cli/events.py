"""``onrecord events``: events as accounts of one happening merged, as a table, or one with its accounts."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

import typer
from rich.console import Console

from onrecord.cli import app
from onrecord.cli.event_page import event_page
from onrecord.cli.look import AsJson, AsOf, CasePath, Filter, Limit, plain, show, tombstones
from onrecord.ledger import Case

Json = Mapping[str, Any]
AggregationOption = Annotated[
    Literal["conservative", "informative", "representative"],
    typer.Option("--aggregation", help="How one value is made of several accounts."),
]
OrderOption = Annotated[
    Literal["time", "-time", "published", "-published", "accounts", "-accounts", "disagreement", "-disagreement"],
    typer.Option("--order", help="What to sort by; - for the other way round."),
]


@app.command("events")
def events_command(
    case: CasePath,
    filters: Filter = None,
    aggregation: AggregationOption = "representative",
    order: OrderOption = "time",
    as_of: AsOf = None,
    limit: Limit = 0,
    as_json: AsJson = False,
) -> None:
    """Events of a case: what happened by at least one account, with how many accounts, and how far they differ.

    With the id of an event (or its beginning) in place of a filter: that event with its accounts side by side.
    """
    with Case(case) as ledger:
        ledger.merging.note = note
        more: dict[str, Any] = {"as_of": as_of, "aggregation": aggregation}
        if filters and len(filters) == 1 and is_event(filters[0]):
            show_event(ledger.event(filters[0], **more), as_json)
            return
        more["order"] = order
        found = ledger.events(filters, limit=limit or None, **more)
        show(found, as_json, EVENTS, "events")
        tombstones(ledger, as_of)


def note(text: str) -> None:
    """Says on stderr what takes long."""
    Console(stderr=True, highlight=False).print(f"{text} …", style="dim")


def is_event(name: str) -> bool:
    """Whether *name* looks like the id of an event, or the beginning of one."""
    return re.fullmatch(r"e[0-9a-f]{5,16}", name) is not None


def show_event(event: Json, as_json: bool) -> None:
    """Prints one event, as JSON or as a page."""
    if as_json:
        sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    console.print(event_page(event))


def _days(row: Json) -> str:
    start, end = row["start"], row["end"]
    return str(start or "?") if start == end or not end else f"{start}…{end}"


def _names(parties: list[Json]) -> str:
    return "; ".join(str(p["name"] or p["text"] or "?") for p in parties)


def _who(row: Json) -> str:
    actor = "disputed" if "actor" in row["indeterminate"] else _names(row["actor"])
    recipient = "disputed" if "recipient" in row["indeterminate"] else _names(row["recipient"])
    return plain(f"{actor} → {recipient}".strip() if recipient else actor)


def _where(row: Json) -> str:
    place = row["place"] or {}
    return plain("disputed" if "place" in row["indeterminate"] else str(place.get("name") or place.get("text") or ""))


def _figure(measure: str, figure: Json) -> str:
    low, best, high = (None if figure[key] is None else f"{figure[key]:g}" for key in ("low", "best", "high"))
    more = "+" if figure["open_high"] else ""
    span = "–".join(dict.fromkeys(n for n in (low, high) if n)) + more
    return f"{measure} {span}" if best is None or low == high else f"{measure} {best} of {span}"


EVENTS: dict[str, Callable[[Json], str]] = {
    "event": lambda r: str(r["event_id"])[:9],
    "day": _days,
    "what": lambda r: plain(" / ".join([str(r["event_type"] or "disputed"), *r["modes"]])),
    "who": _who,
    "where": _where,
    "figures": lambda r: ", ".join(_figure(m, f) for m, f in r["figures"].items()),
    "accounts": lambda r: f"{r['accounts']}" + (f", {r['denied']} denies" if r["denied"] else ""),
    "reports": lambda r: str(r["reports"]),
    "differ": lambda r: f"{r['disagreement']:.0%}" if r["disagreement"] else "",
}
