"""Attributions: who is cited, by which words, for which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.spans import Actor, Slot, Span, Time, Via

Form = Literal["direct", "indirect", "mixed"]
Naming = Literal["named", "unnamed", "anonymous"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A pronoun or description and the mention that it stands for, within one report.

    ``mention`` is the span of the pronoun, description or short name; ``antecedent`` the fullest
    earlier (or, failing that, later) naming of the same one; ``score`` from 0 to 1.
    """

    mention: Span
    antecedent: Via
    kind: Literal["pronoun", "description", "short_name"]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The words that attribute; ``kind`` is a cue class of ``data/vocabulary.toml`` (says, denies …)."""

    text: str
    span: Span
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The medium that the report names (video, statement, interview, social platform …)."""

    text: str
    span: Span
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """What the outlet says about its own knowledge: unverified, no_comment, no_response."""

    text: str
    span: Span
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One source cited for one content.

    ``source`` is None where the words name none ("it is believed"); with several sources for one
    content the first is here and the rest in ``more_sources``. ``content`` is one span or several
    in text order. ``parent`` is the index (in the coding's list) of the attribution whose content
    holds this one. ``continued`` is true where the cue stands in an earlier sentence or paragraph.
    """

    source: Actor | None
    cue: Cue | None
    content: tuple[Span, ...]
    form: Form
    more_sources: tuple[Actor, ...] = ()
    naming: Naming = "named"
    office: str | None = None
    number: Literal["one", "several"] = "one"
    channel: Channel | None = None
    time: Time | None = None
    continued: bool = False
    parent: int | None = None
    anonymity: Slot | None = None
    score: float | None = None

    def holds(self, span: Span) -> bool:
        """Whether *span* lies in the content."""
        start, end = span
        for first, last in self.content:  # noqa: SIM110 - asked of every clause about every attribution
            if first <= start and end <= last:
                return True
        return False
