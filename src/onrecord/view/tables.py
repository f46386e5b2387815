"""Flat tables: one row a claim or quote, columns of one type, for Arrow and data frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.view import describe

if TYPE_CHECKING:
    import pyarrow

Json = Mapping[str, Any]
_TEXT, _NUMBER, _INTEGER, _FLAG = "string", "double", "int64", "bool"


def _joined(rows: Sequence[Json] | None, key: str) -> str | None:
    found = [str(r[key]) for r in rows or () if r.get(key)]
    return "; ".join(found) or None


def _sectors(rows: Sequence[Json] | None) -> str | None:
    return "; ".join("+".join(r.get("sectors") or []) for r in rows or ()) or None


def _parties(row: Json, names: Sequence[str]) -> Sequence[Json]:
    return next((row[n] for n in names if row.get(n) and isinstance(row[n], (list, tuple))), ())


def _figure(row: Json) -> Json:
    return row if row["kind"] == "figure" else next(iter(row.get("figures") or ()), {})


def _span(row: Json, end: int) -> int | None:
    span = row.get("span")
    return span[end] if span else None


_ACTORS, _OTHERS = ("actor", "holder", "subject"), ("recipient", "object")
_CLAIMS: dict[str, tuple[str, Callable[[Json], Any]]] = {
    "claim_id": (_TEXT, lambda r: r["claim_id"]),
    "report_id": (_TEXT, lambda r: r["report_id"]),
    "outlet": (_TEXT, lambda r: next((x.get("name") for x in r["chain"] if x["role"] == "outlet"), None)),
    "kind": (_TEXT, lambda r: r["kind"]),
    "event_type": (_TEXT, lambda r: r.get("event_type")),
    "modes": (_TEXT, lambda r: "+".join(r.get("modes") or []) or None),
    "contexts": (_TEXT, lambda r: "; ".join(r.get("contexts") or []) or None),
    "what": (_TEXT, describe.head),
    "actor": (_TEXT, lambda r: _joined(_parties(r, _ACTORS), "text")),
    "actor_name": (_TEXT, lambda r: _joined(_parties(r, _ACTORS), "name")),
    "actor_id": (_TEXT, lambda r: _joined(_parties(r, _ACTORS), "actor_id")),
    "actor_country": (_TEXT, lambda r: _joined(_parties(r, _ACTORS), "country")),
    "actor_sectors": (_TEXT, lambda r: _sectors(_parties(r, _ACTORS))),
    "recipient": (_TEXT, lambda r: _joined(_parties(r, _OTHERS), "text")),
    "recipient_name": (_TEXT, lambda r: _joined(_parties(r, _OTHERS), "name")),
    "recipient_id": (_TEXT, lambda r: _joined(_parties(r, _OTHERS), "actor_id")),
    "recipient_country": (_TEXT, lambda r: _joined(_parties(r, _OTHERS), "country")),
    "recipient_sectors": (_TEXT, lambda r: _sectors(_parties(r, _OTHERS))),
    "place": (_TEXT, lambda r: (r.get("place") or {}).get("name") or (r.get("place") or {}).get("text")),
    "place_id": (_TEXT, lambda r: (r.get("place") or {}).get("place_id")),
    "admin1": (_TEXT, lambda r: (r.get("place") or {}).get("admin1")),
    "country": (_TEXT, lambda r: (r.get("place") or {}).get("country")),
    "latitude": (_NUMBER, lambda r: (r.get("place") or {}).get("lat")),
    "longitude": (_NUMBER, lambda r: (r.get("place") or {}).get("lon")),
    "place_precision": (_TEXT, lambda r: (r.get("place") or {}).get("precision")),
    "place_basis": (_TEXT, lambda r: (r.get("place") or {}).get("basis")),
    "date_start": (_TEXT, lambda r: (r.get("time") or {}).get("start")),
    "date_end": (_TEXT, lambda r: (r.get("time") or {}).get("end")),
    "date_basis": (_TEXT, lambda r: (r.get("time") or {}).get("basis")),
    "measure": (_TEXT, lambda r: _figure(r).get("measure")),
    "low": (_NUMBER, lambda r: _figure(r).get("low")),
    "best": (_NUMBER, lambda r: _figure(r).get("best")),
    "high": (_NUMBER, lambda r: _figure(r).get("high")),
    "bound": (_TEXT, lambda r: _figure(r).get("bound")),
    "polarity": (_TEXT, lambda r: r["modality"]["polarity"]),
    "certainty": (_TEXT, lambda r: r["modality"]["certainty"]),
    "mood": (_TEXT, lambda r: r["modality"]["mood"]),
    "tense": (_TEXT, lambda r: r["modality"]["tense"]),
    "factuality": (_NUMBER, lambda r: r["modality"]["factuality"]),
    "outlet_factuality": (_NUMBER, lambda r: r.get("outlet_factuality")),
    "background": (_FLAG, lambda r: bool(r.get("background"))),
    "said_by": (_TEXT, lambda r: " > ".join(label for label, cited in describe.chain(r) if cited) or None),
    "confidence": (_NUMBER, lambda r: r.get("confidence")),
    "text": (_TEXT, lambda r: r.get("text")),
    "span_start": (_INTEGER, lambda r: _span(r, 0)),
    "span_end": (_INTEGER, lambda r: _span(r, 1)),
    "run_id": (_TEXT, lambda r: r.get("run_id")),
}
_QUOTES: dict[str, tuple[str, Callable[[Json], Any]]] = {
    name: (_TEXT, lambda r, name=name: r.get(name))  # type: ignore[misc]
    for name in (
        "quote_id", "report_id", "outlet", "published", "speaker", "speaker_id", "speaker_text", "cue", "cue_class",
        "channel", "channel_class", "form", "naming", "text", "url",
    )
}  # fmt: skip


def arrow_table(rows: Sequence[Json], kind: str) -> pyarrow.Table:
    """*rows* (JSON of claims, events or quotes) as a flat Arrow table; missing values are null."""
    import pyarrow

    columns = _QUOTES if kind == "quotes" else _CLAIMS
    types = {
        _TEXT: pyarrow.string(),
        _NUMBER: pyarrow.float64(),
        _INTEGER: pyarrow.int64(),
        _FLAG: pyarrow.bool_(),
    }
    arrays = [
        pyarrow.array([_as(type_, value(row)) for row in rows], types[type_]) for type_, value in columns.values()
    ]
    return pyarrow.table(dict(zip(columns, arrays, strict=True)))


def _as(type_: str, value: Any) -> Any:
    return float(value) if type_ == _NUMBER and value is not None else value
