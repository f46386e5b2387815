"""Export profiles: one file a data set, each from an event (or claim) to the rows of its layout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.lexicon.profile_codes import Codes
from onrecord.lexicon.profiles import Profile
from onrecord.view.profiles.acled import acled_row
from onrecord.view.profiles.events import event_row, report_rows
from onrecord.view.profiles.gdelt import gdelt_row
from onrecord.view.profiles.happening import Happening, LeftOut
from onrecord.view.profiles.plover import plover_record, polecat_row
from onrecord.view.profiles.ucdp import ucdp_row

Row = Mapping[str, Any]
Builder = Callable[[Happening, Codes], Row | list[dict[str, Any]] | LeftOut]
_BUILDERS: dict[str, Builder] = {
    "acled": acled_row,
    "ucdp": ucdp_row,
    "plover": plover_record,
    "polecat": polecat_row,
    "gdelt": gdelt_row,
    "eventreport": lambda told, _: report_rows(told),
    "events": lambda told, _: event_row(told),
}


@dataclass(frozen=True, slots=True)
class Built:
    """Rows of a profile, how many events they are of, and the ids of the events left out by reason."""

    rows: list[Row]
    events: int
    left_out: Mapping[str, list[str]]


def build(profile: Profile, events: Iterable[Happening], codes: Codes) -> Built:
    """The rows that *events* have in *profile*. What nobody asserts to have happened has none."""
    rows: list[Row] = []
    kept = 0
    left_out: dict[str, list[str]] = defaultdict(list)
    builder = _BUILDERS[profile.layout] if profile.layout else None
    for told in events:
        if not told.event["happened"]:
            left_out["not_happened"].append(told.id)
            continue
        if told.lies_ahead:
            left_out["lies_ahead"].append(told.id)
            continue
        made = builder(told, codes) if builder else told.event
        if isinstance(made, LeftOut):
            left_out[made.reason].append(told.id)
            continue
        kept += 1
        rows += made if isinstance(made, list) else [made]
    return Built(rows, kept, left_out)
