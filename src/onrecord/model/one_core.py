"""Numpy's matrix products on one core, for as long as a report is worked on.

The products of one report are small. OpenBLAS, which most builds of numpy use, shares even those among all cores, and
each core then waits at full speed for tens of milliseconds for a next one: thirty times the work itself, and other
processes want those cores. Numpy has no setting of its own for this, so OpenBLAS is asked directly.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

_LOADED = ("numpy._core._multiarray_umath", "numpy.core._multiarray_umath")  # of numpy 2 and of numpy 1
_NAMES = ("scipy_openblas_{}_num_threads64_", "openblas_{}_num_threads64_", "openblas_{}_num_threads")
_lock = threading.Lock()
_inside = 0
_before = 0


@contextmanager
def one_core() -> Iterator[None]:
    """Within it numpy's matrix products take one core; afterwards as many as before.

    It may be nested and held by several threads: the last to leave sets the number back. Nothing changes where
    numpy was built on another library.
    """
    global _before, _inside  # noqa: PLW0603 - OpenBLAS has one number for the whole process
    threads = _threads()
    if threads is None:
        yield
        return
    get, put = threads
    with _lock:
        if _inside == 0:
            _before = get()
            put(1)
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                put(_before)


@cache
def _threads() -> tuple[Callable[[], int], Callable[[int], object]] | None:
    """What reads and what sets the number of threads of the OpenBLAS behind numpy; None without one."""
    path = next((str(sys.modules[name].__file__) for name in _LOADED if name in sys.modules), None)
    try:
        library = ctypes.CDLL(path) if path else None
    except OSError:
        return None
    for name in _NAMES:
        get, put = (getattr(library, name.format(verb), None) for verb in ("get", "set"))
        if get is not None and put is not None:
            get.argtypes, get.restype = [], ctypes.c_int
            put.argtypes, put.restype = [ctypes.c_int], None
            return get, put
    return None
