"""Export profiles: one file a data set, each from an event (or claim) to the rows of its layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Tally:
    """What went into a file and what did not, counted while it is written.

    ``events`` have rows, ``left_out`` has the ids of those that have none by reason.
    """

    rows: int = 0
    events: int = 0
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, reason: str, event_id: str) -> None:
        """Counts one event that has no row."""
        self.left_out.setdefault(reason, []).append(event_id)


def build(profile: Profile, events: Iterable[Happening], codes: Codes, tally: Tally) -> Iterator[Row]:
    """The rows that *events* have in *profile*. What nobody asserts to have happened, or lies ahead, has none."""
    builder = _BUILDERS[profile.layout] if profile.layout else None
    for told in events:
        if not told.event["happened"]:
            tally.leave_out("not_happened", told.id)
            continue
        if told.lies_ahead:
            tally.leave_out("lies_ahead", told.id)
            continue
        made = builder(told, codes) if builder else told.event
        if isinstance(made, LeftOut):
            tally.leave_out(made.reason, told.id)
            continue
        tally.events += 1
        yield from made if isinstance(made, list) else [made]
