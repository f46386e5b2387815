"""A case written out: the file of a profile, and beside it the manifest that says what it is and how to cite it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigError
from onrecord.lexicon.profile_codes import load_codes
from onrecord.lexicon.profiles import Layout, Profile, find_profile, left_out_words, load_layout, load_profiles
from onrecord.lexicon.tables import data_folder
from onrecord.view.annotations import annotate
from onrecord.view.profiles import Tally, build
from onrecord.view.profiles.happening import Happening
from onrecord.view.tables import flat_row
from onrecord.view.writers import write_rows

Json = Mapping[str, Any]
_NAMED = 100  # ids of events left out that the manifest names, for each reason


@dataclass(frozen=True, slots=True)
class Material:
    """What a case has for an export; each part is only asked for when the profile needs it.

    ``events`` are as ``Case.event`` gives them, ``reports`` by id without texts, ``report`` one with its text.
    ``recorded_at`` is when the case was last added to, ``made_by`` the program and its version.
    """

    claims: Callable[[], Iterable[Json]]
    quotes: Callable[[], Iterable[Json]]
    events: Callable[[], Iterable[Json]]
    reports: Callable[[], Mapping[str, Json]]
    report: Callable[[str], Json]
    recorded_at: str
    made_by: str
    case_id: str


@dataclass(slots=True)
class Content:
    """Rows of a file, to be read once, and the count that is complete when they have been."""

    rows: Iterable[Json]
    layout: Layout | None
    tally: Tally

    def __post_init__(self) -> None:
        self.rows = self._counted(self.rows)

    def _counted(self, rows: Iterable[Json]) -> Iterator[Json]:
        for row in rows:
            self.tally.rows += 1
            yield row


def profiles() -> tuple[str, ...]:
    """The names of what can be written."""
    return tuple(load_profiles())


def content(name: str, material: Material, tables: Path | None = None) -> Content:
    """The rows that *material* has in the profile *name*; *tables* is a folder of the user's own code tables."""
    if tables is not None and not tables.is_dir():
        raise ConfigError(f"{tables} is no folder. Name one that holds tables as in data/profiles/codes")
    profile, tally = find_profile(name), Tally()
    if profile.rows in {"claims", "quotes"}:
        rows = material.claims() if profile.rows == "claims" else material.quotes()
        if profile.layout is None:
            return Content(rows, None, tally)
        kind = profile.layout
        return Content((flat_row(row, kind) for row in rows), load_layout(kind), tally)
    if profile.rows == "evidence":
        items = annotate(material.claims(), material.report, lambda claim_id: tally.leave_out("no_words", claim_id))
        return Content(items, None, tally)
    reports = material.reports()
    events = (Happening(e, reports, material.recorded_at, material.made_by) for e in material.events())
    layout = load_layout(profile.layout) if profile.layout else None
    return Content(build(profile, events, load_codes(tables), tally), layout, tally)


def write_export(
    path: Path, name: str, material: Material, asked: Json, *, hxl: bool = False, tables: Path | None = None
) -> dict[str, Any]:
    """Writes *path* in the profile *name* and its manifest beside it; returns the manifest.

    *asked* goes into the manifest: filter, aggregation, as_of, case, runs. Raises ConfigError when the profile
    is not known or *path* cannot be written.
    """
    profile = find_profile(name)
    made = content(name, material, tables)
    write_rows(path, made.rows, profile, made.layout, hxl, name=f"urn:onrecord:case:{material.case_id}:annotations")
    of_events = profile.rows in {"events", "reports of events"}
    about: dict[str, Any] = {"profile": profile.name, "title": profile.title, "a_row_is": profile.rows}
    about |= {"rows": made.tally.rows, "events": made.tally.events if of_events else None}
    about |= {"left_out": _left_out(made.tally.left_out), "rules": list(profile.rules)}
    about |= {"format": _format(profile, made.layout, hxl), "codes_sha256": codes_hash(profile, tables)}
    return write_manifest(path, about | dict(asked))


def write_manifest(path: Path, about: Json) -> dict[str, Any]:
    """Writes ``PATH.manifest.json`` with the file's name, bytes and SHA-256, *about*, and how to cite; returns it."""
    data = path.read_bytes()
    own = {"file": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest = {**own, **about}
    manifest["cite"] = _citation(manifest)
    target = path.with_name(path.name + ".manifest.json")
    target.write_text(json.dumps(manifest, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
    return manifest


def codes_hash(profile: Profile, tables: Path | None = None) -> str:
    """SHA-256 over the files that the codes of *profile* come from, so that exports can be compared."""
    folder = data_folder()
    files = [folder / "profiles" / "profiles.toml", *sorted((folder / "profiles" / "codes").glob("*.csv"))]
    files += [folder / "ontology.toml", *sorted(folder.glob("crosswalk_*.csv"))]
    files += [folder / "profiles" / "columns" / f"{profile.layout}.csv"] if profile.layout else []
    files += sorted(tables.glob("*.csv")) if tables else []
    found = hashlib.sha256()
    for file in files:
        found.update(file.name.encode() + b"\n" + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _left_out(found: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    words = left_out_words()
    return {r: {"count": len(ids), "because": words[r], "ids": list(ids[:_NAMED])} for r, ids in sorted(found.items())}


def _format(profile: Profile, layout: Layout | None, hxl: bool) -> dict[str, Any]:
    """How to read the file back."""
    about: dict[str, Any] = {"form": profile.form, "encoding": "utf-8-sig" if hxl else "utf-8"}
    if profile.form in {"csv", "tsv"}:
        about |= {"delimiter": "," if profile.form == "csv" else "\t", "header": profile.header, "hxl": hxl}
        about |= {"missing": "an empty cell; no other word means missing", "quoting": profile.form == "csv"}
        about["formulas"] = "text that a spreadsheet would run begins with an apostrophe"
    if layout is not None and profile.form not in {"jsonl"}:
        about["columns"] = [{"name": c.name, "type": c.type, "null": c.null} for c in layout.columns]
    return about


def _citation(manifest: Json) -> str:
    case = manifest.get("case") or {}
    known = manifest.get("as_of") or manifest.get("made_at")
    parts = [
        f"Case {case.get('case_id', '?')} as known on {known}",
        f"profile {manifest['profile']}",
        f"filter {manifest['filter']!r}" if manifest.get("filter") else "no filter",
        f"{manifest['aggregation']} aggregation" if manifest.get("aggregation") else None,
        f"{manifest['rows']} rows",
        f"made by {manifest.get('made_by', 'onrecord')}",
        f"SHA-256 {manifest['sha256']}",
    ]
    return "; ".join(p for p in parts if p) + "."
