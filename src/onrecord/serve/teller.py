"""Telling events of very many claims, and very many claims, in a process of its own: that takes long in Python."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from onrecord.ledger import Case
from onrecord.model import Aggregation
from onrecord.serve.beside import Beside, Parts, answer_lines
from onrecord.serve.rows import Rows
from onrecord.serve.telling import Same, Told, claims_told, event_told, quotes_told, same_told

# Fewer claims are told before the process beside could be asked for them.
MANY = 60
# Seconds after which what takes less than a second is done otherwise, while the process is at an event of thousands.
_PATIENCE = 0.1
_KEPT = 96 << 20


class Teller(Beside):
    """Tells claims and events of the case at *path*."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, __name__)

    def claims(self, numbers: Sequence[int]) -> dict[int, bytes] | None:
        """What ``claims_told`` gives; None where that is to be done otherwise."""
        answer = self.ask(_PATIENCE, claims=list(numbers))
        return None if answer is None else dict(zip(answer[0]["about"], answer[1], strict=True))

    def event(self, event_id: str, aggregation: Aggregation, as_of: str | None) -> Told | None:
        """What ``event_told`` gives; None where that is to be done otherwise."""
        answer = self.ask(-1, event=event_id, aggregation=aggregation, as_of=as_of)
        if answer is None:
            return None
        about, rest = answer[1]
        return Told(**orjson.loads(about), rest=rest)

    def same(self, numbers: Sequence[int]) -> list[Same] | None:
        """What ``same_told`` gives of the quotes of these rows; None where that is to be done otherwise."""
        answer = self.ask(_PATIENCE, same=list(numbers))
        if answer is None:
            return None
        return [Same(about[0], about[1], part) for about, part in zip(answer[0]["about"], answer[1], strict=True)]


def work() -> None:
    """What the process does: tells what each line asks for."""
    with Case(sys.argv[1]) as case:
        file, kept = case.store.file, Rows(_KEPT)

        def same(numbers: list[int]) -> tuple[Parts, Any]:
            erasures = file.look("SELECT count(*) FROM erasures")[0][0]
            rows = kept.many("quotes", numbers, erasures, lambda missing: quotes_told(file, missing))
            found = same_told(rows)
            return [one.versions for one in found], [(one.ids, one.text) for one in found]

        def tell(asked: dict[str, Any]) -> tuple[Parts, Any]:
            if "claims" in asked:
                found = claims_told(file, asked["claims"])
                return list(found.values()), list(found)
            if "same" in asked:
                return same(asked["same"])
            told = event_told(case, asked["event"], asked["aggregation"], asked["as_of"])
            return [orjson.dumps({"rows": told.rows, "place": told.place}), told.rest], None

        answer_lines(tell)
