"""Answers as bytes: an ETag of what was asked and of the state of the case, 304 where nothing changed, gzip, a cache.

The tag is made before any work is done; equal questions about an equal state have equal bytes.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

JSON = "application/json"
_SMALL = 1400


class Bytes:
    """The answers given last, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit, self._used, self._lock = limit, 0, threading.Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._making: dict[str, threading.Lock] = {}

    def get(self, key: str) -> bytes | None:
        """What is kept under *key*."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: str, data: bytes) -> None:
        """Keeps *data*, and lets go of what was longest not asked for."""
        if len(data) > self._limit // 8:
            return
        with self._lock:
            self._used += len(data) - len(self._kept.pop(key, b""))
            self._kept[key] = data
            while self._used > self._limit:
                self._used -= len(self._kept.popitem(last=False)[1])

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under *key*, or what *make* gives; several who ask at once wait for one."""
        found = self.get(key)
        if found is not None:
            return found
        with self._lock:
            turn = self._making.setdefault(key, threading.Lock())
        with turn:
            found = self.get(key)
            if found is None:
                found = make()
                self.keep(key, found)
        with self._lock:
            self._making.pop(key, None)
        return found


def tag_of(*parts: object) -> str:
    """A weak ETag of *parts*."""
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()
    return f'W/"{digest}"'


def unchanged(request: Request, tag: str) -> bool:
    """Whether the browser has this very answer already."""
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or tag in (part.strip() for part in known.split(","))


def accepts_gzip(request: Request) -> bool:
    """Whether the browser takes gzip."""
    return "gzip" in request.headers.get("accept-encoding", "")


def packed(data: bytes) -> bytes:
    """*data* as gzip, the same bytes each time."""
    pack = zlib.compressobj(5, zlib.DEFLATED, 31)
    return pack.compress(data) + pack.flush()


def answer(request: Request, kept: Bytes, tag: str, build: Callable[[], Any], media_type: str = JSON) -> Response:
    """The answer to a question about the case, from the cache where it was given before."""
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie"}
    if unchanged(request, tag):
        return Response(status_code=304, headers=headers)
    data = kept.made(tag, lambda: written(build()))
    if len(data) > _SMALL and accepts_gzip(request):
        headers["Content-Encoding"] = "gzip"
        data = kept.made(tag + "z", lambda: packed(data))
    return Response(data, 200, headers, media_type)


def written(value: Any) -> bytes:
    """*value* as JSON; bytes stay as they are."""
    if isinstance(value, bytes):
        return value
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY)
