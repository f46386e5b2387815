"""What merging knows: weights of signs, limits, families of types, kinds of speakers (``data/merging.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "merging.toml"
_SIGNS = (
    "type_same type_related mode_shared mode_differs time_same time_overlaps time_fits time_next_day place_same "
    "place_near place_contains place_differs actor_shared actor_differs recipient_shared recipient_differs "
    "figures_agree figures_close figures_differ words trigger_same same_sentence same_report_open same_report_known "
    "copied_clause links_denies links_repeats links_revises announced"
).split()
_LIMITS = "days_apart days_before_publication near_m apart_m block window close_ratio".split()


@dataclass(frozen=True, slots=True)
class SpeakerKind:
    """Speakers of one kind: offices as attribution gives them, and words of their names."""

    name: str
    offices: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergingLexicon:
    """Weights in log-odds by sign, thresholds, limits (days, metres, counts), families by event type."""

    join: float
    possible: float
    bias: float
    weights: Mapping[str, float]
    limits: Mapping[str, float]
    families: Mapping[str, str]
    speakers: tuple[SpeakerKind, ...]
    standing: Mapping[str, float]

    def family(self, event_type: str) -> str:
        """The family of a type; a type without one is its own."""
        return self.families.get(event_type, event_type)


@cache
def load_merging() -> MergingLexicon:
    """The file that ships; DataError names the key that is missing or unknown."""
    table = read_toml(data_folder() / FILE)
    _check(table.get("weights", {}), _SIGNS, "weights")
    _check(table.get("limits", {}), _LIMITS, "limits")
    families = {t: family for family, types in table["families"].items() for t in types}
    speakers = tuple(
        SpeakerKind(name, frozenset(e["offices"]), tuple(e["words"])) for name, e in table["speakers"].items()
    )
    return MergingLexicon(
        join=float(table["join"]),
        possible=float(table["possible"]),
        bias=float(table["bias"]),
        weights={k: float(v) for k, v in table["weights"].items()},
        limits={k: float(v) for k, v in table["limits"].items()},
        families=families,
        speakers=speakers,
        standing={k: float(v) for k, v in table["standing"].items()},
    )


def _check(found: Mapping[str, object], wanted: list[str], section: str) -> None:
    for key in wanted:
        if key not in found:
            raise DataError(FILE, None, f"[{section}] has no {key}", "Add it, with a number")
    for key in found:
        if key not in wanted:
            raise DataError(FILE, None, f"[{section}] {key} is not known", f"Use: {', '.join(wanted)}")
