"""From what the user names (files, folders, globs, ``-``) to reports, in a fixed order."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.errors import ReadError
from onrecord.model import Rejected, Report
from onrecord.read.build import Defaults, sha256
from onrecord.read.documents import read_document
from onrecord.read.page import read_page
from onrecord.read.tables import read_csv, read_jsonl, rejected

TEXT, PAGES = {".txt", ".text"}, {".html", ".htm", ".xhtml"}
MARKDOWN, LINES, CSV = {".md", ".markdown"}, {".jsonl", ".ndjson"}, {".csv"}
KNOWN = TEXT | PAGES | MARKDOWN | LINES | CSV
_MAX_TABLE = 4 << 30  # bytes; larger tables should be cut: they are read whole
_KEPT = 1 << 20  # bytes kept of an original that was rejected


def read_inputs(paths: Iterable[str], defaults: Defaults) -> Iterator[Report | Rejected]:
    """Every report that *paths* lead to, and a Rejected for each input that gives none.

    Folders are walked in order of names, hidden entries left out, each real folder once (so loops
    of symbolic links end). ``-`` is standard input. Never raises for what one input holds.
    """
    for origin, path in _expand(paths):
        if isinstance(path, Rejected):
            yield path
        else:
            yield from _read_one(origin, path, defaults)


def _expand(paths: Iterable[str]) -> Iterator[tuple[str, Path | Rejected | None]]:
    for name in paths:
        if name == "-":
            yield "-", None
            continue
        path = Path(name)
        if path.is_dir():
            yield from _walk(path)
        elif path.exists() or path.is_symlink():
            yield name, path
        else:
            found = sorted(glob.glob(name, recursive=True))
            if not found:
                yield name, _refuse(name, "no such file or folder", "Check the path")
            for hit in found:
                if os.path.isdir(hit):
                    yield from _walk(Path(hit))
                else:
                    yield hit, Path(hit)


def _walk(folder: Path) -> Iterator[tuple[str, Path | Rejected]]:
    seen: set[str] = set()
    for root, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(root)
        if real in seen:
            folders[:] = []
            continue
        seen.add(real)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = Path(root) / name
            if path.suffix.lower() in KNOWN:
                yield str(path), path
            else:
                yield (
                    str(path),
                    _refuse(
                        str(path),
                        f"files of type {path.suffix or '(none)'} are not read",
                        f"Convert it to one of {', '.join(sorted(KNOWN))}",
                    ),
                )


def _refuse(origin: str, reason: str, remedy: str) -> Rejected:
    return Rejected(origin=origin, reason=reason, remedy=remedy, original_sha256=sha256(b""))


def _read_one(origin: str, path: Path | None, defaults: Defaults) -> Iterator[Report | Rejected]:
    data = b""
    try:
        data = _bytes(origin, path, defaults)
        suffix = path.suffix.lower() if path else _sniff(data)
        if suffix in LINES:
            yield from read_jsonl(data, origin, defaults)
        elif suffix in CSV:
            yield from read_csv(data, origin, defaults)
        elif suffix in PAGES:
            yield read_page(data, origin, defaults)
        else:
            yield read_document(data, origin, defaults, markdown=suffix in MARKDOWN)
    except ReadError as error:
        yield rejected(error, data[:_KEPT])
    except OSError as error:
        yield _refuse(origin, f"cannot be read: {error.strerror or error}", "Check that it is a file you may read")


def _bytes(origin: str, path: Path | None, defaults: Defaults) -> bytes:
    if path is None:
        return sys.stdin.buffer.read()
    suffix = path.suffix.lower()
    size = path.stat().st_size
    limit = _MAX_TABLE if suffix in LINES | CSV else defaults.max_chars * 12
    if size > limit:
        raise ReadError(
            origin,
            f"{size:,} bytes, more than the {limit:,} that are read from one {suffix or 'text'} file",
            "Split it into reports, or raise max_chars in onrecord.toml",
        )
    return path.read_bytes()


def _sniff(data: bytes) -> str:
    """The suffix that standard input would have as a file."""
    head = data.lstrip()[:200].lower()
    if head.startswith(b"{"):
        return ".jsonl"
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    return ".txt"
