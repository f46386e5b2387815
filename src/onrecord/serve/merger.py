"""Merging the events of a large case in a process of its own, so that answers need not share their core with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from onrecord.ledger import Case
from onrecord.serve.beside import Beside, Parts, answer_lines


class Merger(Beside):
    """Merges the case at *path*."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, __name__)

    def merge(self) -> bool:
        """Merges what is out of date; False where that could not be done here, and is to be done otherwise."""
        return self.ask() is not None


def work() -> None:
    """What the process does: merges once for each line that it is given."""
    with Case(sys.argv[1]) as case:

        def merge(_: dict[str, Any]) -> tuple[Parts, Any]:
            return [], case.merge()

        answer_lines(merge)
