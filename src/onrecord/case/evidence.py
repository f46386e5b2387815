"""Evidence: whether the words of a value re-read at its spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.case.codec import reread

Texts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Misread:
    """A span that does not give its words: where, the span, the words said, and the words there."""

    path: str
    span: tuple[int, int]
    said: str | None
    found: str | None

    def __str__(self) -> str:
        there = "nothing (it lies outside)" if self.found is None else repr(self.found[:80])
        said = "" if self.said is None else f" is said to be {self.said[:80]!r}"
        return f"{self.path} [{self.span[0]}:{self.span[1]}]{said} and reads {there}"


def misreads(value: Any, texts: Texts, path: str = "") -> Iterator[Misread]:
    """Each span in *value* (a claim or layers as JSON) that does not re-read in *texts* (text, title).

    A value in several pieces re-reads when its text holds the words of each piece, in order.
    """
    if isinstance(value, (dict, list)):
        # Every value of every report comes by here: what re-reads is passed over without making its path.
        for steps, found in _misreads(value, texts):
            yield Misread(path + _path(reversed(steps), bool(path)), *found)


def _path(steps: Iterable[str | int], inner: bool) -> str:
    out = ""
    for step in steps:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out or inner else step
    return out


_Found = tuple[tuple[int, int], str | None, str | None]


def _misreads(value: Any, texts: Texts) -> list[tuple[list[str | int], _Found]]:
    """Misread values with the steps that lead to them, the last step first."""
    bad: list[tuple[list[str | int], _Found]] = []
    if isinstance(value, list):
        # A list holds objects or none: the thousands of numbers of tokens have nothing to re-read.
        if value and isinstance(value[0], dict):
            for i, item in enumerate(value):
                if isinstance(item, (dict, list)):
                    bad += [([*steps, i], found) for steps, found in _misreads(item, texts)]
        return bad
    if "span" in value or "content" in value or "spans" in value:
        source = texts[value.get("field") or "text"]
        if source is not None:
            bad += [([], found) for found in _misread(value, source)]
    for key, item in value.items():
        if isinstance(item, (dict, list)) and item and key not in ("span", "spans"):
            bad += [([*steps, key], found) for steps, found in _misreads(item, texts)]
    return bad


def _misread(value: dict[str, Any], source: str) -> Iterator[_Found]:
    span, said = value.get("span"), value.get("text")
    for piece in (*value.get("content", ()), *value.get("spans", ())):
        if reread(piece, source) is None:
            yield (piece[0], piece[1]), None, None
    if span is None:
        return
    found = reread(span, source)
    whole = said is None or said == found
    if found is None or not (whole or _in_order(value.get("spans", ()), said or "", source)):
        yield (span[0], span[1]), said, found


def _in_order(pieces: list[list[int]], said: str, source: str) -> bool:
    at = 0
    for piece in pieces:
        words = reread(piece, source)
        at = said.find(words, at) if words is not None else -1
        if at < 0:
            return False
        at += len(words or "")
    return bool(pieces)


def unworded(value: Any) -> Iterator[tuple[bool, str]]:
    """For each slot of *value* whether it has words, and its basis."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from unworded(item)
    elif isinstance(value, dict):
        if "basis" in value and value["basis"] is not None:
            yield value.get("span") is not None, value["basis"]
        for item in value.values():
            if isinstance(item, (dict, list)):
                yield from unworded(item)
