"""``onrecord actors CASE …`` and ``onrecord places CASE …``: who and where, and what people decide of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord.cli import app
from onrecord.cli.look import AsJson, AsOf, CasePath, Json, plain, show, tombstones
from onrecord.cli.review import Who, path_of, print_json, who_is
from onrecord.ledger import Case


class _ListByDefault(TyperGroup):
    """Commands on a case of which ``all`` need not be said: ``onrecord actors CASE --json``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and (len(args) == 1 or args[1].startswith("-")):
            args = [args[0], "all", *args[1:]]
        return super().parse_args(ctx, args)


actors = typer.Typer(cls=_ListByDefault, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
places = typer.Typer(cls=_ListByDefault, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.add_typer(actors, name="actors")
app.add_typer(places, name="places")

Why = Annotated[str, typer.Option(help="Why, in a few words; it is kept.")]
Id = Annotated[
    str, typer.Argument(metavar="ID", help="As the list gives it: p:sami-darwish:SYR, geonames:… or the like.")
]
Ids = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Two ids or more. That of the registry stays, else the first.")
]
Correction = Annotated[str, typer.Argument(metavar="CORRECTION", help="Its id, as `list` gives it.")]
Limit = Annotated[int, typer.Option(help="At most so many rows; 0 for all.")]
Provisional = Annotated[bool, typer.Option("--provisional", help="Only those that the registry does not know.")]
Country = Annotated[str | None, typer.Option(help="Three capitals: SYR.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="What it is called from now on.")]
# A latitude of -3 is a value, not an option.
_VALUES: dict[str, Any] = {"context_settings": {"ignore_unknown_options": True}}


@actors.callback()
def actors_command(context: typer.Context, case: CasePath) -> None:
    """Actors of a case, and their corrections; without more the list of all."""
    context.obj = case


@actors.command("all")
def all_command(
    context: typer.Context,
    provisional: Provisional = False,
    described: Annotated[bool, typer.Option("--described", help="Also those without a name, by their words.")] = False,
    limit: Limit = 0,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Actors, the most frequent first: what they did, suffered and said, in claims and quotes."""
    with Case(path_of(context)) as ledger:
        rows = ledger.actors(as_of=as_of, described=described)
        found = [row for row in rows if row["provisional"] or not provisional]
        show(found[: limit or None], as_json, _ACTORS, "actors")
        tombstones(ledger, as_of)


@actors.command("show")
def show_command(context: typer.Context, actor: Id, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """One actor: its names and ids, the corrections made of it, and others who may be the same."""
    with Case(path_of(context)) as ledger:
        row = ledger.actor(actor, as_of=as_of)
    if as_json:
        print_json(row)
        return
    show([row], False, _ACTORS, "actor")
    show(row["corrections"], False, _CORRECTIONS, "corrections")
    for other in row["similar"]:
        typer.echo(f"may be the same: {other['actor_id']} ({other['name']})")


@actors.command("confirm")
def confirm_command(
    context: typer.Context,
    actor: Id,
    why: Why,
    name: Annotated[str | None, typer.Option(help="Its name.")] = None,
    country: Country = None,
    sectors: Annotated[str | None, typer.Option(help="PLOVER sectors between commas, the primary one first.")] = None,
    group: Annotated[str | None, typer.Option(help="Registry id of the organisation that it stands for.")] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Say that a provisional actor is one, and who it is."""
    values = {"name": name, "country": country, "group": group, "sectors": sectors.split(",") if sectors else None}
    given = {key: value for key, value in values.items() if value is not None}
    with Case(path_of(context)) as ledger:
        _done(ledger.curator(who_is(who)).confirm(actor, why, **given), f"{actor} confirmed", as_json)


@actors.command("rename")
def rename_command(
    context: typer.Context, actor: Id, name: Name, why: Why, who: Who = None, as_json: AsJson = False
) -> None:
    """Give an actor another name; it is still found under the names that reports give it."""
    with Case(path_of(context)) as ledger:
        _done(ledger.curator(who_is(who)).rename(actor, name, why), f"{actor} is called {name}", as_json)


@actors.command("merge")
def merge_command(context: typer.Context, ids: Ids, why: Why, who: Who = None, as_json: AsJson = False) -> None:
    """Say that several are one actor."""
    with Case(path_of(context)) as ledger:
        _done(ledger.curator(who_is(who)).merge(ids, why), f"{', '.join(ids)} are one", as_json)


@actors.command("split")
def split_command(
    context: typer.Context,
    actor: Id,
    why: Why,
    report: Annotated[
        list[str] | None, typer.Option(help="A report in which another one is meant; may be given again.")
    ] = None,
    name: Annotated[list[str] | None, typer.Option(help="A name under which another one is meant.")] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Say that some mentions are of another actor, which gets an id of its own."""
    with Case(path_of(context)) as ledger:
        made = ledger.curator(who_is(who)).split(actor, why, reports=report or (), names=name or ())
        other = next(c["split_id"] for c in ledger.corrections() if c["correction_id"] == made)
        _done(made, f"split off {actor}: {other}", as_json, split_id=other)


@actors.command("undo")
def undo_command(
    context: typer.Context, correction: Correction, why: Why, who: Who = None, as_json: AsJson = False
) -> None:
    """Take one correction back; both stay on record."""
    with Case(path_of(context)) as ledger:
        _done(ledger.curator(who_is(who)).undo(correction, why), f"{correction} taken back", as_json)


@actors.command("list")
def list_command(context: typer.Context, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Corrections of actors in the order in which they were made."""
    with Case(path_of(context)) as ledger:
        show(ledger.corrections(about="actor", as_of=as_of), as_json, _CORRECTIONS, "corrections")


@places.callback()
def places_command(context: typer.Context, case: CasePath) -> None:
    """Places of a case, and their corrections; without more the list of all."""
    context.obj = case


@places.command("all")
def all_places_command(
    context: typer.Context,
    provisional: Annotated[bool, typer.Option("--provisional", help="Only those that were not found.")] = False,
    limit: Limit = 0,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Places, the most frequent first, with the latest claim on who holds them."""
    with Case(path_of(context)) as ledger:
        found = [row for row in ledger.places(as_of=as_of) if row["provisional"] or not provisional]
        show(found[: limit or None], as_json, _PLACES, "places")
        tombstones(ledger, as_of)


@places.command("show")
def show_place_command(context: typer.Context, place: Id, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """One place: its names and ids, who held it when by whose word, and the corrections made of it."""
    with Case(path_of(context)) as ledger:
        row = ledger.place(place, as_of=as_of)
    if as_json:
        print_json(row)
        return
    show([row], False, _PLACES, "place")
    show(row["control"], False, _CONTROL, "claims on who holds it")
    show(row["corrections"], False, _CORRECTIONS, "corrections")


@places.command("locate", **_VALUES)
def locate_command(
    context: typer.Context,
    place: Id,
    latitude: Annotated[float, typer.Argument(metavar="LATITUDE")],
    longitude: Annotated[float, typer.Argument(metavar="LONGITUDE")],
    why: Why,
    country: Country = None,
    admin1: Annotated[str | None, typer.Option(help="Its province.")] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Say where a place lies, in degrees."""
    given = {key: value for key, value in {"country": country, "admin1": admin1}.items() if value is not None}
    with Case(path_of(context)) as ledger:
        made = ledger.curator(who_is(who)).locate(place, latitude, longitude, why, **given)
        _done(made, f"{place} lies at {latitude}, {longitude}", as_json)


places.command("rename")(rename_command)
places.command("merge")(merge_command)
places.command("undo")(undo_command)


@places.command("confirm")
def confirm_place_command(
    context: typer.Context, place: Id, why: Why, who: Who = None, as_json: AsJson = False
) -> None:
    """Say that a place is rightly found."""
    with Case(path_of(context)) as ledger:
        _done(ledger.curator(who_is(who)).confirm(place, why), f"{place} confirmed", as_json)


@places.command("list")
def list_places_command(context: typer.Context, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Corrections of places in the order in which they were made."""
    with Case(path_of(context)) as ledger:
        show(ledger.corrections(about="place", as_of=as_of), as_json, _CORRECTIONS, "corrections")


def _done(correction_id: str, what: str, as_json: bool, **more: str) -> None:
    said = json.dumps({"correction_id": correction_id, **more}) if as_json else f"{correction_id}: {what}"
    typer.echo(said)


def _holds(row: Json) -> str:
    if not row["control"]:
        return ""
    last = row["control"][-1]
    names = ", ".join(str(holder["name"] or "?") for holder in last["holders"])
    return plain(
        f"{names} {last['change']} ({last['first'] or str(last['published'] or '?')[:10]}, {last['outlet'] or '?'})"
    )


_ACTORS: dict[str, Callable[[Json], str]] = {
    "actor": lambda r: str(r["actor_id"] or ""),
    "name": lambda r: plain("; ".join(r["names"]) or str(r["text"] or "")),
    "codes": lambda r: " ".join([*([r["country"]] if r["country"] else []), *r["sectors"]]),
    "status": lambda r: str(r["status"]),
    "did": lambda r: str(r["did"]),
    "suffered": lambda r: str(r["suffered"]),
    "said": lambda r: str(r["said"]),
    "reported": lambda r: f"{r['first'] or '?'} … {r['last'] or '?'}",
}
_PLACES: dict[str, Callable[[Json], str]] = {
    "place": lambda r: str(r["place_id"]),
    "name": lambda r: plain(str(r["name"] or "")),
    "in": lambda r: plain(", ".join(str(v) for v in (r["admin1"], r["country"]) if v)),
    "at": lambda r: "?" if r["lat"] is None else f"{r['lat']:.3f}, {r['lon']:.3f}",
    "status": lambda r: str(r["status"]),
    "claims": lambda r: str(r["claims"]),
    "latest on control": _holds,
}
_CONTROL: dict[str, Callable[[Json], str]] = {
    "day": lambda r: str(r["first"] or "?"),
    "holder": lambda r: plain("; ".join(str(holder["name"] or "?") for holder in r["holders"])),
    "change": lambda r: str(r["change"]),
    "factuality": lambda r: f"{r['factuality']:+.1f}",
    "outlet": lambda r: plain(str(r["outlet"] or "?")),
    "published": lambda r: str(r["published"] or "?")[:10],
    "claim": lambda r: str(r["claim_id"]),
}
_CORRECTIONS: dict[str, Callable[[Json], str]] = {
    "correction": lambda r: str(r["correction_id"]),
    "when": lambda r: str(r["recorded_at"])[:19] + "Z",
    "who": lambda r: plain(str(r["reviewer"])),
    "what": lambda r: str(r["action"]) + ("" if r["holds"] else " (taken back)"),
    "of": lambda r: plain(" ".join(r["members"]) or str(r["undoes"] or "erased")),
    "value": lambda r: "" if r["value"] is None else plain(json.dumps(r["value"], ensure_ascii=False)),
    "why": lambda r: plain(str(r["why"] or "")),
}
