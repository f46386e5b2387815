"""Drafts: attributions in the making, before quotations and sources are settled."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.attribute.clauses import Range
from onrecord.attribute.cues import Hit
from onrecord.model import Parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An attribution in the making: its cue, head token of its source, and ranges of its content.

    ``owner`` is a source that is part of the cue's phrase ("his claim"); ``firm`` is false where only the
    grammar of an attitude, not of speech, speaks for it.
    """

    hit: Hit
    source: int | None
    pieces: tuple[Range, ...]
    firm: bool = True


def says_something(parse: Parse, part: Range) -> bool:
    return any(
        parse.tokens[i].pos not in ("PUNCT", "CCONJ", "ADV", "SCONJ", "SPACE") for i in range(part[0], part[1] + 1)
    )
