"""Flat tables: one row a claim, quote or event, columns of one type, for Arrow and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord.lexicon.profiles import Layout, load_layout
from onrecord.view import describe
from onrecord.view.profiles.events import event_row
from onrecord.view.profiles.happening import Happening, listed

if TYPE_CHECKING:
    import pyarrow

Json = Mapping[str, Any]
_ACTORS, _OTHERS = ("actor", "holder", "subject"), ("recipient", "object")
_OF_ACCOUNTS = frozenset({"said_by", "denied_by", "outlets", "date_inferred", "place_inferred"})


def arrow_table(rows: Sequence[Json], kind: str) -> pyarrow.Table:
    """*rows* (JSON of claims, events, quotes, a sensitivity or divergence) as a flat Arrow table; missing is null.

    The columns are those of the exports; events without their accounts lack the columns that name speakers and
    outlets.
    """
    if kind == "events":
        layout = load_layout("events")
        if not any("account_list" in row for row in rows):
            layout = Layout(layout.name, tuple(c for c in layout.columns if c.name not in _OF_ACCOUNTS))
        return to_arrow([_event(row) for row in rows], layout)
    if kind in {"sensitivity", "divergence"}:
        return to_arrow(rows, load_layout(kind))
    return to_arrow([flat_row(row, kind) for row in rows], load_layout(kind))


def _event(row: Json) -> Mapping[str, Any]:
    made = event_row(Happening(row, {}, "", ""))
    assert isinstance(made, dict)
    return made


def to_arrow(rows: Sequence[Json], layout: Layout) -> pyarrow.Table:
    """*rows* as an Arrow table with the columns and types of *layout*; a key that a row lacks is null."""
    import pyarrow

    types = {
        "text": pyarrow.string(),
        "number": pyarrow.float64(),
        "integer": pyarrow.int64(),
        "flag": pyarrow.bool_(),
        "day": pyarrow.date32(),
    }
    fields = [pyarrow.field(c.name, types[c.type], metadata={"means": c.means}) for c in layout.columns]
    arrays = [pyarrow.array([_cell(row.get(c.name), c.type) for row in rows], types[c.type]) for c in layout.columns]
    return pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields))


def _cell(value: Any, type_: str) -> Any:
    if value is None or value == "":
        return None
    return float(value) if type_ == "number" else value


def flat_row(row: Json, kind: str) -> dict[str, Any]:
    """A claim or quote in the columns of its layout."""
    if kind == "quotes":
        return {name: row.get(name) for name in load_layout("quotes").names}
    report = row.get("report") or {}
    flat: dict[str, Any] = {key: row.get(key) for key in ("claim_id", "report_id", "kind", "event_type", "run_id")}
    flat["outlet"] = next((x.get("name") for x in row["chain"] if x["role"] == "outlet"), None)
    flat |= {"published": report.get("published"), "what": describe.head(row), "happened": describe.happened(row)}
    flat |= {"modes": listed(row.get("modes") or ()), "contexts": listed(row.get("contexts") or ())}
    flat |= _party("actor", _parties(row, _ACTORS)) | _party("recipient", _parties(row, _OTHERS))
    flat |= _place(row.get("place") or {}) | _days(row.get("time") or {}) | _figure(row)
    flat |= {key: row["modality"][key] for key in ("polarity", "certainty", "mood", "tense", "factuality")}
    flat |= {key: row.get(key) for key in ("outlet_factuality", "confidence", "text")}
    flat["background"] = bool(row.get("background"))
    flat["said_by"] = " > ".join(label for label, cited in describe.chain(row) if cited) or None
    start, end = row.get("span") or (None, None)
    return flat | {"span_start": start, "span_end": end}


def _parties(row: Json, names: Sequence[str]) -> Sequence[Json]:
    return next((row[n] for n in names if row.get(n) and isinstance(row[n], (list, tuple))), ())


def _party(role: str, parties: Iterable[Json]) -> dict[str, str | None]:
    each = list(parties)
    return {
        role: listed(p.get("text") for p in each),
        f"{role}_name": listed(p.get("name") for p in each),
        f"{role}_id": listed(p.get("actor_id") for p in each),
        f"{role}_country": listed(p.get("country") for p in each),
        f"{role}_sectors": listed("+".join(p.get("sectors") or ()) for p in each),
    }


def _place(place: Json) -> dict[str, Any]:
    return {
        "place": place.get("name") or place.get("text"),
        **{key: place.get(key) for key in ("place_id", "admin1", "admin2", "country")},
        "latitude": place.get("lat"),
        "longitude": place.get("lon"),
        "place_precision": place.get("precision"),
        "place_radius_m": place.get("radius_m"),
        "place_basis": place.get("basis"),
    }


def _days(time: Json) -> dict[str, Any]:
    start, end = time.get("start"), time.get("end")
    return {
        "date_start": date.fromisoformat(start[:10]) if start else None,
        "date_end": date.fromisoformat(end[:10]) if end else None,
        "date_basis": time.get("basis"),
    }


def _figure(row: Json) -> dict[str, Any]:
    figure = row if row["kind"] == "figure" else next(iter(row.get("figures") or ()), {})
    return {key: figure.get(key) for key in ("measure", "low", "best", "high", "bound")}
