"""The built workbench: files of one folder, and its first page for every other address."""

from __future__ import annotations

import mimetypes
from email.utils import formatdate
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from onrecord.serve.answers import accepts_gzip, packed, tag_of, unchanged
from onrecord.serve.problems import Problem

_PACKED = (
    "text/",
    "application/javascript",
    "application/json",
    "image/svg",
    "application/geo+json",
    "application/wasm",
)
_TYPES = {
    ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".json": "application/json",
    ".geojson": "application/geo+json", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png",
    ".pbf": "application/x-protobuf", ".webmanifest": "application/manifest+json", ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
}  # fmt: skip
_MISSING = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>onrecord</title><h1>onrecord</h1>"
    b"<p>The workbench is not built into this installation. The API answers at /api/v1/.</p></html>"
)


class Static:
    """Serves the files of *folder*, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._kept: dict[tuple[str, int, bool], bytes] = {}

    async def serve(self, request: Request, path: str = "") -> Response:
        """The file at *path*, or the first page of the workbench."""
        if path.startswith("api/") or path == "api":
            raise Problem(404, "no-such-address", f"there is nothing at /{path[:200]}", "Look at /api/v1/openapi.json")
        found = self._find(path)
        if found is None and "." in path.rpartition("/")[2]:
            raise Problem(404, "no-such-file", f"there is no file /{path[:200]}", "Open / instead")
        if found is None:
            found = self._find("index.html")
        if found is None:
            return Response(_MISSING, 200, {"Cache-Control": "no-cache"}, "text/html; charset=utf-8")
        return self._respond(request, found)

    def _find(self, path: str) -> Path | None:
        """The file in the folder; None where there is none, or the path leads out of it."""
        if "\x00" in path or "\\" in path or len(path) > 400:
            return None
        try:
            found = (self._folder / path).resolve()
            inside = found.is_relative_to(self._folder) and found.is_file()
        except (OSError, ValueError):
            return None
        return found if inside and not found.name.startswith(".") else None

    def _respond(self, request: Request, found: Path) -> Response:
        media_type = _TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        state = found.stat()
        tag = tag_of(str(found), state.st_mtime_ns, state.st_size)
        hashed = "/assets/" in found.as_posix()
        headers = {
            "ETag": tag,
            "Last-Modified": formatdate(state.st_mtime, usegmt=True),
            # Names of built files hold their hash; the first page is asked for each time.
            "Cache-Control": "public, max-age=31536000, immutable" if hashed else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if unchanged(request, tag):
            return Response(status_code=304, headers=headers)
        pack = accepts_gzip(request) and media_type.startswith(_PACKED) and state.st_size > 1400
        key = (str(found), state.st_mtime_ns, pack)
        if key not in self._kept:
            data = found.read_bytes()
            self._kept[key] = packed(data) if pack else data
        if pack:
            headers["Content-Encoding"] = "gzip"
        return Response(self._kept[key], 200, headers, media_type)
