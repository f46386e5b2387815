"""Which place lies in which, as the gazetteer has them."""

from __future__ import annotations

from onrecord.ground.gazetteer import Entry


def contains(outer: Entry, inner: Entry) -> bool:
    """Whether *inner* lies in *outer*, by their admin units, countries or distance."""
    if outer.place_id == inner.place_id:
        return False
    if outer.code == "PCLI":
        return outer.country in inner.countries
    if outer.code == "ADM1":
        if inner.admin1_id == outer.place_id:
            return inner.code != "ADM1"
        return inner.admin1_id is None and inner.code != "PCLI" and _within(outer, inner)
    if outer.code == "ADM2":
        if inner.admin2_id is not None:
            return inner.admin2_id == outer.place_id
        return inner.feature_class != "A" and _within(outer, inner)
    if outer.countries and outer.feature_class == "L":
        return bool(set(outer.countries) & set(inner.countries)) and inner.code != "PCLI"
    return inner.radius_m < outer.radius_m and _within(outer, inner)


def _within(outer: Entry, inner: Entry) -> bool:
    return outer.kilometres_to(inner) * 1000 < 1.5 * outer.radius_m + 10_000
