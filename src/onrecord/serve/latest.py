"""Answers that take long to find: the last one goes on being given while the next is found beside.

Merging events, and listing the actors of a large case, can take longer than a person waits, and in a busy case
something is recorded every second. What is quick is found at once; what is not is found by a thread of its own, and
whoever asks meanwhile gets what was found last, with the state that it is of.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from onrecord.serve.problems import Problem

# Seconds that a person waits to see what they have just done, and for the very first answer.
QUICK, FIRST = 0.4, 25.0
# How long closing waits for what is being found.
ENDING = 20.0
# What takes long is found anew only after so many times as long, so that most of the machine is left to answer.
REST = 4.0
_NAMES = 12


@dataclass(slots=True)
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    version: Hashable = None
    value: Any = None
    there: bool = False
    took: float = 0.0
    ended: float = 0.0
    busy: bool = False
    done: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None


class Latest:
    """Values by name, each of the newest state for which it was found."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Hashable, _Kept] = {}
        self._beside: set[threading.Thread] = set()
        self._ended = False

    def close(self) -> None:
        """Finds nothing new, and waits for what is being found; to be called when the case is closed."""
        with self._lock:
            self._ended, beside = True, list(self._beside)
        until = time.monotonic() + ENDING
        for thread in beside:
            thread.join(max(0.0, until - time.monotonic()))

    def beside(self, work: Callable[[], None], name: str) -> None:
        """Does *work* in a thread of its own, for which closing waits; what it raises, work must see to."""

        def whole() -> None:
            try:
                work()
            finally:
                with self._lock:
                    self._beside.discard(threading.current_thread())

        thread = threading.Thread(target=whole, name=f"onrecord {name}", daemon=True)
        with self._lock:
            if self._ended:
                return
            self._beside.add(thread)
            thread.start()

    def busy(self) -> bool:
        """Whether something is being found beside the answers."""
        with self._lock:
            return any(kept.busy for kept in self._kept.values())

    def get(
        self,
        name: Hashable,
        version: Hashable,
        make: Callable[[], Any],
        rest: float = REST,
        slow: Callable[[], bool] = lambda: False,
    ) -> Any:
        """The value of *version*, or the one before it while *make* takes its time.

        What took long, or is going to as *slow* tells, is found beside the answers; what took long, anew only after
        *rest* times as long.

        Raises what *make* raises, and a Problem (503) where nothing was found yet and finding takes too long.
        """
        with self._lock:
            kept = self._kept.pop(name, None) or _Kept()
            # What is asked for most often is let go of last.
            self._kept[name] = kept
            while len(self._kept) > _NAMES:
                del self._kept[next(iter(self._kept))]
        if kept.there and kept.version == version:
            return kept.value
        if kept.there and (kept.took > QUICK or slow()):
            if time.monotonic() - kept.ended > rest * kept.took:
                self._find_beside(kept, version, make)
            return kept.value
        if kept.there:
            with kept.lock:
                if kept.version != version:
                    self._make(kept, version, make)
            return kept.value
        self._find_beside(kept, version, make)
        kept.done.wait(FIRST)
        if kept.error is not None:
            raise kept.error
        if not kept.there:
            raise Problem(503, "not-ready", "this is being worked out for the first time", "Ask again in a while",
                          {"Retry-After": "5"})  # fmt: skip
        return kept.value

    def _make(self, kept: _Kept, version: Hashable, make: Callable[[], Any]) -> None:
        began = time.monotonic()
        kept.value = make()
        kept.version, kept.there, kept.error = version, True, None
        # Half of what it took before counts, so that one slow time does not keep it from being quick again.
        kept.ended = time.monotonic()
        kept.took = max(kept.ended - began, kept.took / 2)

    def _find_beside(self, kept: _Kept, version: Hashable, make: Callable[[], Any]) -> None:
        with self._lock:
            if kept.busy or self._ended:
                return
            kept.busy = True
            kept.done.clear()

        def work() -> None:
            try:
                with kept.lock:
                    self._make(kept, version, make)
            except Exception as error:  # noqa: BLE001 (told to whoever asks, who would else be told of nothing but time)
                kept.error = error
            finally:
                kept.busy = False
                kept.done.set()

        self.beside(work, "beside")
