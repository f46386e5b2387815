"""Rows of the ledger as JSON bytes, kept by row number: rows never change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import orjson


class Rows:
    """Rows of the ledger as JSON, the ones asked for last, up to *limit* bytes; a number always means the same row."""

    def __init__(self, limit: int) -> None:
        self._limit, self._used, self._lock = limit, 0, threading.Lock()
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._erasures = 0

    def many(
        self, of: str, numbers: Sequence[int], erasures: int, read: Callable[[list[int]], dict[int, Any]]
    ) -> list[bytes]:
        """The rows of *numbers*, in their order; those not kept are got from *read*, by number."""
        found: dict[int, bytes] = {}
        with self._lock:
            if erasures != self._erasures:
                self._kept.clear()
                self._erasures, self._used = erasures, 0
            for number in numbers:
                row = self._kept.get((of, number))
                if row is not None:
                    self._kept.move_to_end((of, number))
                    found[number] = row
        missing = [number for number in numbers if number not in found]
        if missing:
            rows = read(missing).items()
            new = {number: row if isinstance(row, bytes) else orjson.dumps(row) for number, row in rows}
            found |= new
            with self._lock:
                if erasures == self._erasures:
                    for number, row in new.items():
                        self._used += len(row) - len(self._kept.pop((of, number), b""))
                        self._kept[of, number] = row
                while self._used > self._limit:
                    self._used -= len(self._kept.popitem(last=False)[1])
        return [found[number] for number in numbers if number in found]
