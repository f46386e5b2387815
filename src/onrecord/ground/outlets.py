"""Outlets: where a newspaper, station or agency is at home, which decides between namesakes."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from onrecord.ground.place_signs import Home
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Report
from onrecord.text.folding import fold

# Country domains that outlets of anywhere use for their sound.
_NOT_COUNTRIES = frozenset({"io", "co", "tv", "me", "ai", "ly", "fm", "to", "cc", "ws", "la", "st", "gg", "us"})


@cache
def _country_domains() -> dict[str, str]:
    """ISO 3166 alpha-3 by the last part of a domain."""
    found = {"uk": "GBR", "gov": "USA", "mil": "USA"}
    for row in read_rows(data_folder() / "gazetteer" / "countries.csv", ("iso3", "iso2")):
        if row["iso2"].lower() not in _NOT_COUNTRIES:
            found[row["iso2"].lower()] = row["iso3"]
    return found


@cache
def _table() -> dict[str, Home]:
    homes: dict[str, Home] = {}
    rows = read_rows(
        data_folder() / "outlets.csv", ("domain", "name", "home", "admin1", "country", "lat", "lon", "scope")
    )
    for row in rows:
        home = Home(
            row["country"],
            float(row["lat"]) if row["lat"] else None,
            float(row["lon"]) if row["lon"] else None,
            row["admin1"] or None,
            row.one_of("scope", ("local", "national")) == "local",
        )
        for domain in row.items("domain"):
            homes[domain] = home
        homes[fold(row["name"])] = home
    return homes


def outlet_home(report: Report) -> Home | None:
    """Where the outlet of *report* is at home, by its domain, its name or the country of its domain; or None."""
    table = _table()
    host = (urlsplit(report.url or "").hostname or "").lower()
    parts = host.split(".")
    for start in range(len(parts) - 1):
        home = table.get(".".join(parts[start:]))
        if home is not None:
            return home
    if report.outlet and fold(report.outlet) in table:
        return table[fold(report.outlet)]
    country = _country_domains().get(parts[-1]) if len(parts) > 1 else None
    return Home(country) if country else None
