"""Merging the events of a large case in a process of its own, so that answers need not share their core with it.

The process reads a line for each time that it is to merge, answers with a line, and ends when nobody can ask any more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from onrecord.errors import OnrecordError
from onrecord.ledger import Case

_COMMAND = "from onrecord.serve.merger import work; work()"
_ENDING = 2.0


class Merger:
    """Merges the case at *path*; the process is started when it is first wanted, and again where it was lost."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    def merge(self) -> bool:
        """Merges what is out of date; False where that could not be done here, and is to be done otherwise."""
        with self._lock:
            if self._closed:
                return False
            try:
                if self._process is None or self._process.poll() is not None:
                    self._process = self._started()
                asked, said = self._process.stdin, self._process.stdout
                assert asked is not None
                assert said is not None
                asked.write("merge\n")
                asked.flush()
                return bool(json.loads(said.readline() or "{}").get("done"))
            except (OSError, ValueError):
                return False

    def _started(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", _COMMAND, str(self._path)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        # A session of its own: what stops the server by hand is not to stop it in the midst of its work.
        return subprocess.Popen(command, text=True, encoding="utf-8", start_new_session=True, **pipes)  # type: ignore[call-overload,no-any-return]

    def close(self) -> None:
        """Ends the process; what it has not finished is as if it had not begun."""
        self._closed = True
        process = self._process
        if process is None:
            return
        with suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait()


def work(asked: IO[str] | None = None, path: str | None = None) -> None:
    """What the process does: merges once for each line that it is given."""
    with Case(path or sys.argv[1]) as case:
        for _ in asked or sys.stdin:
            try:
                case.merge()
                answer = {"done": True}
            except OnrecordError:
                # Whoever asked does it itself, and is told what is wrong.
                answer = {"done": False}
            print(json.dumps(answer), flush=True)
