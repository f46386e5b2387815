"""Exports as bytes: the file of a profile, with what was asked inside it or beside it."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import orjson

from onrecord.lexicon.profiles import find_profile, load_profiles
from onrecord.serve.desk import Ask
from onrecord.serve.event_terms import meant
from onrecord.serve.happenings import happenings
from onrecord.serve.problems import Problem

# More rows than this are a job for the command line: they would hold up everybody else.
MOST = 100_000


def kinds() -> list[dict[str, Any]]:
    """The profiles that can be asked for."""
    return [
        {"name": p.name, "title": p.title, "a_row_is": p.rows, "form": p.form, "ending": p.ends}
        for p in load_profiles().values()
    ]


def export(ask: Ask, name: str, q: str, aggregation: str, *, hxl: bool, bundle: bool) -> tuple[str, str, bytes]:
    """Name, form and bytes of the file; a ZIP of it and its manifest where *bundle* is set."""
    profile = find_profile(name)
    _few(_count(ask, profile.rows, q, aggregation))
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", Path(ask.desk.info["name"]).stem).strip("-") or "case"
    as_of = ask.moment()
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / f"{stem}-{profile.name}{profile.ends}"
        about = ask.desk.case.export(path, name, q or None, as_of=as_of, aggregation=aggregation, hxl=hxl)  # type: ignore[arg-type]
        _put_inside(path, profile.form, about)
        if not bundle:
            return path.name, profile.form, path.read_bytes()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, path.name)
            archive.write(path.with_name(path.name + ".manifest.json"), path.name + ".manifest.json")
        return f"{stem}-{profile.name}.zip", "zip", out.getvalue()


def _put_inside(path: Path, form: str, about: Any) -> None:
    """Writes what was asked into the file itself, where its form has a place for it."""
    asked = {key: about.get(key) for key in ("filter", "as_of", "aggregation", "made_by", "made_at", "case", "cite")}
    if form == "geojson":
        value = orjson.loads(path.read_bytes())
        path.write_bytes(orjson.dumps(value | {"onrecord": asked}))
    elif form == "parquet":
        from pyarrow import parquet

        table = parquet.read_table(path)
        known = table.schema.metadata or {}
        parquet.write_table(table.replace_schema_metadata({**known, "onrecord": json.dumps(asked, default=str)}), path)


def _count(ask: Ask, rows: str, q: str, aggregation: str) -> int:
    if rows == "quotes":
        return int(ask.quotes(q).sum())
    if rows in ("claims", "evidence"):
        return int(ask.claims(q).sum())
    return len(meant(ask, happenings(ask, aggregation), q))


def _few(count: int) -> None:
    if count > MOST:
        raise Problem(413, "too-many-rows", f"{count} rows; at most {MOST} are exported here",
                      "Narrow the filter, or use `onrecord export`")  # fmt: skip
