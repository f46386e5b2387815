"""Events: claims judged to be accounts of one happening, with the reasons and what the accounts give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stance = Literal["asserts", "denies", "announces"]
Aggregation = Literal["conservative", "informative", "representative"]
Copying = Literal["copy", "cut", "version"]
State = Literal["known", "indeterminate", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Reports that carry one text: one voice, however many outlets print it.

    ``origin`` is the earliest report; ``members`` has every report of the voice with its kind relative to
    the origin: ``copy`` (the same text), ``cut`` (a part of it, or it with additions), ``version`` (numbers
    changed, or the report names the one that it replaces). A report that nobody copied is a voice alone.
    """

    origin: str
    members: tuple[tuple[str, Copying], ...] = ()
    agency: str | None = None

    @property
    def report_ids(self) -> tuple[str, ...]:
        """The origin, then the others."""
        return (self.origin, *(report_id for report_id, _ in self.members))


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one original speaker says of an event, wherever it was carried.

    ``speaker`` is a key (registry id, office or name), ``name`` the words for a reader. ``stance`` is
    ``asserts`` (it happened), ``denies``, or ``announces`` (threats, plans, forecasts, demands: nothing that
    happened). ``claim_ids`` are in order of publication; ``report_ids`` all reports that carry the account;
    ``voices`` the origins of the texts among them. ``standing`` ranks speakers for tie-breaks.
    """

    speaker: str
    name: str
    stance: Stance
    claim_ids: tuple[str, ...]
    report_ids: tuple[str, ...]
    voices: tuple[str, ...]
    standing: float = 0.0
    certainty: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One account's value: ``best`` for categories and dates, ``low``/``high`` for numbers and intervals.

    ``account`` is the speaker's key, ``claim_id`` the claim that gives it. ``superseded`` holds the values that
    the same speaker gave before (a corrected or updated toll), oldest first, each with its claim.
    """

    account: str
    claim_id: str
    best: str | float | None
    low: str | float | None = None
    high: str | float | None = None
    superseded: tuple[tuple[str, str | float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of an event under one aggregation.

    ``best`` is None where no account gives one (``state`` is ``missing``) and where the rule ends in a tie
    (``indeterminate``). ``low`` and ``high`` bound what the accounts give (numbers and ISO days); ``open_high``
    is true where one says only "at least". ``given`` tells who gives which.
    """

    field: str
    state: State
    best: str | float | None = None
    low: str | float | None = None
    high: str | float | None = None
    open_high: bool = False
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One sign for or against two claims being of one happening, with its weight in log-odds."""

    sign: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two claims compared: the probability that they speak of one happening, and why.

    ``apart`` names what forbids joining them (dates, places, a person's decision), None where nothing does.
    """

    first: str
    second: str
    score: float
    reasons: tuple[Reason, ...] = ()
    apart: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """Another event that may be the same one: left open, for a person to decide."""

    event_id: str
    score: float
    pair: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A report that takes back what an earlier one said: ``before`` and ``after`` of one field."""

    report_id: str
    replaces: str
    field: str
    before: str | float | None
    after: str | float | None
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's word on claims: they are (``merge``) or are not (``split``) accounts of one event.

    ``members`` of a split are kept apart pairwise. Later decisions win over earlier ones.
    """

    action: Literal["merge", "split"]
    members: tuple[str, ...]
    merge_id: str = ""
    who: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Claims judged to be accounts of one happening.

    ``event_id`` is a hash of the earliest claim, so that it survives later reports. ``happened`` is true where at
    least one account asserts it; denials and announcements hang on it as accounts of those stances.
    ``pairs`` are the comparisons that joined the claims, ``possible`` other events that may be the same, ``apart``
    events that are alike and that a contradiction or a person keeps apart, ``decisions`` the ids of people's
    decisions that bear on it. ``values`` follow ``aggregation``. ``weighed`` counts the pairs of claims that were
    compared and not kept apart, of which ``pairs`` may give some.
    """

    event_id: str
    claim_ids: tuple[str, ...]
    report_ids: tuple[str, ...]
    accounts: tuple[Account, ...]
    happened: bool
    aggregation: Aggregation = "representative"
    values: tuple[Value, ...] = ()
    pairs: tuple[Pair, ...] = ()
    possible: tuple[Possible, ...] = ()
    apart: tuple[Possible, ...] = ()
    corrections: tuple[Correction, ...] = ()
    voices: tuple[Voice, ...] = ()
    decisions: tuple[str, ...] = ()
    weighed: int = 0

    def of_stance(self, stance: Stance) -> tuple[Account, ...]:
        """The accounts that assert, deny or announce."""
        return tuple(a for a in self.accounts if a.stance == stance)

    def value(self, field: str) -> Value | None:
        """The value of *field* (``killed``, ``place``, ``start`` …), None where the event has no such field."""
        return next((v for v in self.values if v.field == field), None)
