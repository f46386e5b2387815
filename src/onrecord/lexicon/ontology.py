"""The ontology of events: PLOVER's types, modes and quad classes, contexts, and crosswalks to other codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_rows, read_toml

QUAD_CLASSES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""The four quad classes; their position plus one is the number that event data sets give them."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One PLOVER type: definition in our words, quad class, definition of each mode.

    ``needs_recipient`` is true where the codebook asks for one. ``future`` is the type that a promised,
    planned or threatened act of this type has. ``order`` is its place from most cooperative (0) to most
    conflictual (15): the order of the types in ``ontology.toml``.
    """

    name: str
    definition: str
    quad: str
    modes: Mapping[str, str]
    needs_recipient: bool
    future: str
    order: int

    @property
    def quad_number(self) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return QUAD_CLASSES.index(self.quad) + 1


@dataclass(frozen=True, slots=True)
class CameoRow:
    """A line of the CAMEO crosswalk; ``mode`` and ``mood`` are "" where any will do."""

    event_type: str
    mode: str
    mood: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class AcledRow:
    """A line of the ACLED crosswalk; cells are "" where anything will do."""

    event_type: str
    mode: str
    actor_sectors: tuple[str, ...]
    recipient_sectors: tuple[str, ...]
    acled_type: str
    acled_sub_type: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """Types by name, contexts with the lemmas that speak for them, and the crosswalks."""

    types: Mapping[str, EventType]
    contexts: Mapping[str, frozenset[str]]
    content_modes: Mapping[str, Mapping[str, str]]
    cameo_rows: tuple[CameoRow, ...]
    acled_rows: tuple[AcledRow, ...]

    def quad(self, event_type: str) -> str:
        """Quad class of a type, in words."""
        return self.types[event_type].quad

    def future(self, event_type: str) -> str:
        """Type of a promised, planned or threatened act of *event_type* (a future RETREAT is CONCEDE)."""
        return self.types[event_type].future

    def content_mode(self, event_type: str, content_type: str, content_modes: Collection[str] = ()) -> str | None:
        """Mode of a speech act by what is asked, refused or threatened; None where PLOVER has none for it.

        ``content_mode("REJECT", "RETREAT")`` is "yield". A line for TYPE/mode of the content wins over one
        for its TYPE.
        """
        table = self.content_modes.get(event_type, {})
        for mode in content_modes:
            if f"{content_type}/{mode}" in table:
                return table[f"{content_type}/{mode}"]
        return table.get(content_type)

    def cameo(self, event_type: str, modes: Collection[str] = (), mood: str = "asserted") -> str | None:
        """CAMEO code of an event; None where CAMEO has no code for it in that mood.

        Lines that name the mood and the mode come before those that name one, those before the rest.
        """
        best: CameoRow | None = None
        rank = -1
        for row in self.cameo_rows:
            if row.event_type != event_type or (row.mode and row.mode not in modes):
                continue
            if row.mood != mood and not (row.mood == "" and mood == "asserted"):
                continue
            if (fit := 1 if row.mode else 0) > rank:
                best, rank = row, fit
        return best.code if best else None

    def acled(
        self,
        event_type: str,
        modes: Collection[str] = (),
        actor_sectors: Collection[str] = (),
        recipient_sectors: Collection[str] = (),
    ) -> tuple[str, str] | None:
        """ACLED event type and sub-event type by the first fitting line; None where ACLED has no place."""
        for row in self.acled_rows:
            if (
                row.event_type == event_type
                and (not row.mode or row.mode in modes)
                and _meets(row.actor_sectors, actor_sectors)
                and _meets(row.recipient_sectors, recipient_sectors)
            ):
                return (row.acled_type, row.acled_sub_type) if row.acled_type else None
        return None

    def contexts_of(self, lemmas: Iterable[str]) -> tuple[str, ...]:
        """Contexts that *lemmas* (words, or compounds with spaces) speak for, in the ontology's order."""
        present = frozenset(lemmas)
        return tuple(name for name, cues in self.contexts.items() if cues & present)


def _meets(asked: tuple[str, ...], given: Collection[str]) -> bool:
    if asked == ("none",):
        return not given
    return not asked or any(sector in asked for sector in given)


@cache
def load_ontology(extra: Path | None = None) -> Ontology:
    """The ontology that ships, with the files of the folder *extra* laid over it.

    *extra* has the files that it changes, under the same names: a type, context or content mode of its
    ``ontology.toml`` takes the place of ours of that name, others are added; the lines of its crosswalks come
    before ours, so that of two that fit alike its own wins.
    Raises DataError naming file and line (CSV) or key (TOML) for the first thing that is wrong.
    """
    folders = [data_folder()] if extra is None else [data_folder(), extra]
    tables = [(path, read_toml(path)) for path in _present(folders, "ontology.toml")]
    types: dict[str, EventType] = {}
    contexts: dict[str, frozenset[str]] = {}
    content_modes: dict[str, Mapping[str, str]] = {}
    for path, table in tables:
        for name, entry in table.get("types", {}).items():
            order = types[name].order if name in types else len(types)
            types[name] = _event_type(path.name, name, order, entry)
        contexts |= {name: frozenset(cues) for name, cues in table.get("contexts", {}).items()}
        content_modes |= {n: MappingProxyType(dict(entry)) for n, entry in table.get("content_modes", {}).items()}
    last = tables[-1][0].name
    for event_type in types.values():
        if event_type.future not in types:
            raise DataError(last, None, f"future of {event_type.name} is no type", "Name one of the types")
    _check_content_modes(last, types, content_modes)
    own_first = folders[::-1]
    return Ontology(
        MappingProxyType(types),
        MappingProxyType(contexts),
        MappingProxyType(content_modes),
        tuple(row for path in _present(own_first, "crosswalk_cameo.csv") for row in _cameo_rows(path, types)),
        tuple(row for path in _present(own_first, "crosswalk_acled.csv") for row in _acled_rows(path, types)),
    )


def _present(folders: Iterable[Path], name: str) -> tuple[Path, ...]:
    return tuple(folder / name for folder in folders if (folder / name).is_file())


def _event_type(file: str, name: str, order: int, entry: Mapping[str, Any]) -> EventType:
    for key in ("definition", "quad"):
        if key not in entry:
            raise DataError(file, None, f"types.{name} has no {key}", "Add it")
    if entry["quad"] not in QUAD_CLASSES:
        raise DataError(
            file, None, f"types.{name}.quad {entry['quad']!r} is not known", f"Use one of: {', '.join(QUAD_CLASSES)}"
        )
    return EventType(
        name,
        entry["definition"],
        entry["quad"],
        MappingProxyType(dict(entry.get("modes", {}))),
        bool(entry.get("needs_recipient", False)),
        entry.get("future", name),
        order,
    )


def _check_content_modes(
    file: str, types: Mapping[str, EventType], content_modes: Mapping[str, Mapping[str, str]]
) -> None:
    for name, table in content_modes.items():
        for content, mode in table.items():
            content_type, _, content_mode = content.partition("/")
            if name not in types or mode not in types[name].modes:
                raise DataError(file, None, f"content_modes.{name} gives {mode!r}", "Use a mode of that type")
            if content_type not in types or (content_mode and content_mode not in types[content_type].modes):
                raise DataError(file, None, f"content_modes.{name} has {content!r}", "Write TYPE or TYPE/mode")


def _cameo_rows(path: Path, types: Mapping[str, EventType]) -> tuple[CameoRow, ...]:
    moods = ("", *read_toml(data_folder() / "vocabulary.toml")["mood"])
    rows: list[CameoRow] = []
    for row in read_rows(path, ("type", "mode", "mood", "cameo", "label", "origin")):
        name = row.one_of("type", types)
        mode = row.one_of("mode", ("", *types[name].modes))
        if not (row["cameo"].isdigit() and len(row["cameo"]) in {3, 4}):
            raise row.wrong(f"CAMEO code {row['cameo']!r}", "Write three or four digits")
        rows.append(CameoRow(name, mode, row.one_of("mood", moods), row["cameo"], row["label"]))
    return tuple(rows)


def _acled_rows(path: Path, types: Mapping[str, EventType]) -> tuple[AcledRow, ...]:
    columns = ("type", "mode", "actor_sector", "recipient_sector", "event_type", "sub_event_type", "origin")
    rows: list[AcledRow] = []
    for row in read_rows(path, columns):
        name = row.one_of("type", types)
        rows.append(
            AcledRow(
                name,
                row.one_of("mode", ("", *types[name].modes)),
                tuple(row["actor_sector"].split()),
                tuple(row["recipient_sector"].split()),
                row["event_type"],
                row["sub_event_type"],
            )
        )
    return tuple(rows)
