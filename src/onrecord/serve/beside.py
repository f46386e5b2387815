"""A process beside the server for what takes long, so that answers need not share their core with it.

It is asked by a line of JSON and answers with a line of JSON, after which come as many bytes as the line says; it ends
when nobody can ask any more.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import orjson

from onrecord.errors import OnrecordError

Parts = list[bytes]
_ENDING = 2.0


class Beside:
    """A process for the case at *path*, that does what *module*'s ``work`` does.

    It is started when it is first wanted, and again where it was lost.
    """

    def __init__(self, path: Path, module: str) -> None:
        self._path, self._module, self._lock = path, module, threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(self, patience: float = -1, **question: Any) -> tuple[dict[str, Any], Parts] | None:
        """What it answers; None where it cannot, and whoever asks is to do it otherwise.

        So it is where the process has been at other work for *patience* seconds (-1: that is waited for).
        """
        if not self._lock.acquire(timeout=patience):
            return None
        try:
            if self._closed:
                return None
            try:
                if self._process is None or self._process.poll() is not None:
                    self._process = self._started()
                asked, said = self._process.stdin, self._process.stdout
                assert asked is not None
                assert said is not None
                asked.write(orjson.dumps(question) + b"\n")
                asked.flush()
                answer = orjson.loads(said.readline() or b"{}")
                parts = [_exactly(said, size) for size in answer.get("sizes", ())]
            except (OSError, ValueError):
                self._lose()
                return None
            return (answer, parts) if answer.get("done") else None
        finally:
            self._lock.release()

    def _lose(self) -> None:
        """Ends a process that did not answer as it should: what it says next would be taken for another answer."""
        if self._process is not None:
            self._process.kill()

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", f"from {self._module} import work; work()", str(self._path)]
        # A session of its own: what stops the server by hand is not to stop it in the midst of its work.
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)

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


def _exactly(said: IO[bytes], size: int) -> bytes:
    data = said.read(size)
    if len(data) != size:
        raise OSError("the process ended in the midst of an answer")
    return data


def answer_lines(do: Callable[[dict[str, Any]], tuple[Parts, Any]]) -> None:
    """What the process does: answers each line that it is given, with parts and what is said about them."""
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        try:
            parts, about = do(orjson.loads(line))
            said: dict[str, Any] = {"done": True, "sizes": [len(part) for part in parts], "about": about}
        except OnrecordError:
            # Whoever asked does it itself, and is told what is wrong.
            parts, said = [], {"done": False}
        try:
            out.writelines([orjson.dumps(said), b"\n", *parts])
            out.flush()
        except BrokenPipeError:
            # Nobody waits for it any longer.
            return
