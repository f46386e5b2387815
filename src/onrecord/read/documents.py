"""Plain text and Markdown files, with optional YAML front matter, and the decoding of bytes."""

from __future__ import annotations

import re
from typing import Any

import yaml

from onrecord.errors import ReadError
from onrecord.model import Report
from onrecord.read.build import FIELDS, Defaults, make_report

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes, origin: str, defaults: Defaults) -> str:
    """*data* as text: by its byte-order mark, else the encoding asked for, else UTF-8.

    Raises ReadError naming the first byte that does not fit, and what the encoding may be.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    encoding = encoding or defaults.encoding or "utf-8"
    if not encoding.startswith("utf-16") and b"\x00" in data[:100_000]:
        raise ReadError(origin, f"a NUL byte at {data.index(0)}: not a text file", "Convert it to plain text first")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = data[error.start : error.start + 1].hex()
        guess = _guess(data)
        hint = f" (it may be {guess})" if guess else ""
        raise ReadError(
            origin,
            f"not {encoding}: byte 0x{byte} at {error.start}",
            f"Convert it to UTF-8, or name its encoding with --encoding{hint}",
        ) from error
    except LookupError as error:
        raise ReadError(origin, f"no encoding {encoding!r}", "Name one that Python knows, such as cp1252") from error


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return best.encoding if best else None


def read_document(data: bytes, origin: str, defaults: Defaults, *, markdown: bool) -> Report:
    """The report in a text or Markdown file; front matter gives its fields, other keys become meta."""
    text = decode(data, origin, defaults)
    values: dict[str, str | None] = {}
    meta: list[tuple[str, str]] = []
    match = _FRONT.match(text)
    if match:
        for key, value in _front_matter(match.group(1), origin).items():
            name = str(key).strip().lower()
            if name in FIELDS and name != "text":
                values[name] = None if value is None else _plain(value)
            elif value is not None:
                meta.append((str(key), _plain(value)))
        text = text[match.end() :].lstrip("\r\n")
    values["text"] = text
    media_type = "text/markdown" if markdown else "text/plain"
    return make_report(values, origin=origin, defaults=defaults, original=data, media_type=media_type, meta=tuple(meta))


def _front_matter(block: str, origin: str) -> dict[Any, Any]:
    try:
        front = yaml.safe_load(block)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" at line {where.line + 2}" if where else ""
        raise ReadError(origin, f"front matter is not YAML{line}", "Mend it, or take the --- lines out") from error
    if front is None:
        return {}
    if not isinstance(front, dict):
        raise ReadError(origin, "front matter is not a list of keys", "Write key: value lines between the ---")
    return front


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
