"""One event as profiles read it: what is asserted, by whom, in which reports, and what is known of each value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

Json = Mapping[str, Any]
MONTH = 31
"""The longest interval in days that a layout with one day can stand for."""
Reason = Literal[
    "not_happened",
    "lies_ahead",
    "not_political",
    "no_day",
    "day_too_vague",
    "type_indeterminate",
    "no_code",
    "sides_unclear",
    "no_place",
    "place_not_found",
    "place_too_vague",
    "no_deaths",
    "no_words",
]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why an event has no row in a profile; ``profiles.toml`` has each reason in words."""

    reason: Reason


@dataclass(frozen=True)
class Happening:
    """An event (as ``Case.event`` gives it) with its reports; ``recorded_at`` is when the case was last added to."""

    event: Json
    reports: Mapping[str, Json]
    recorded_at: str
    made_by: str

    @property
    def id(self) -> str:
        """The event's id."""
        return str(self.event["event_id"])

    @property
    def number(self) -> int:
        """The first 13 hexadecimal digits of the id: below 2**53, which R and spreadsheets keep whole."""
        return int(self.id[1:14], 16)

    @cached_property
    def accounts(self) -> list[Json]:
        """The accounts that assert it."""
        return [a for a in self.event.get("account_list", ()) if a["stance"] == "asserts"]

    @cached_property
    def deniers(self) -> list[str]:
        """Who denies it, by name."""
        return [a["name"] for a in self.event.get("account_list", ()) if a["stance"] == "denies"]

    @cached_property
    def claims(self) -> list[Json]:
        """The claims that assert it, in order of publication."""
        asserting = {i for a in self.accounts for i in a["claim_ids"]}
        return [c for c in self.event.get("claim_list", ()) if c["claim_id"] in asserting]

    @cached_property
    def told_in(self) -> list[Json]:
        """The reports that assert it, earliest first."""
        ids = dict.fromkeys(c["report_id"] for c in self.claims)
        found = [self.reports[i] for i in ids if i in self.reports]
        return sorted(found, key=lambda r: (r.get("published") is None, r.get("published") or "", r["report_id"]))

    @cached_property
    def outlets(self) -> list[str]:
        """Their outlets, each once."""
        return list(dict.fromkeys(r["outlet"] for r in self.told_in if r.get("outlet")))

    @property
    def said_by(self) -> list[str]:
        """The speakers of the asserting accounts, by name."""
        return list(dict.fromkeys(a["name"] for a in self.accounts if a["name"]))

    def state(self, field: str) -> str:
        """``known``, ``indeterminate`` or ``missing``."""
        return str(self.event["values"].get(field, {"state": "missing"})["state"])

    def choices(self, field: str) -> list[str]:
        """What the accounts give for *field*, each once."""
        given = self.event["values"].get(field, {"given": ()})["given"]
        return list(dict.fromkeys(str(g["best"]) for g in given if g["best"] is not None))

    def parties(self, role: Literal["actor", "recipient"]) -> list[Json]:
        """The actors or recipients under the aggregation, as the claim has them that gives the chosen value."""
        value = self.event["values"].get(role)
        if value is None or value["best"] is None:
            return []
        by_id = {c["claim_id"]: c for c in self.event["claim_list"]}
        for given in value["given"]:
            if given["best"] == value["best"] and given["claim_id"] in by_id:
                return list(by_id[given["claim_id"]].get(role) or [])
        return list(self.event[role])

    def figure(self, measure: str) -> Json:
        """State, best, low, high and open_high of *measure*."""
        missing = {"state": "missing", "best": None, "low": None, "high": None, "open_high": None}
        found: Json = self.event["figures"].get(measure, missing)
        return found

    @property
    def place(self) -> Json:
        """The place, empty where there is none."""
        return self.event["place"] or {}

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """First and last day; None where no account gives one or accounts tie."""
        start, end = self.event["start"], self.event["end"]
        if not start:
            return None
        first = date.fromisoformat(start[:10])
        return first, max(first, date.fromisoformat((end or start)[:10]))

    @property
    def lies_ahead(self) -> bool:
        """Whether it cannot have happened yet: every account speaks of the future, or of a day after every report.

        A day of grace is left for outlets east of the place.
        """
        if self.claims and all(c["modality"]["tense"] == "future" for c in self.claims):
            return True
        last = moment(self.event["last_published"])
        return self.days is not None and last is not None and self.days[0] > last.date() + timedelta(days=1)

    def inferred(self, field: Literal["start", "place"]) -> bool:
        """Whether no account's words give the chosen day or place: it was inferred (publication, dateline)."""
        value = self.event.get("values", {}).get(field)
        slot = "time" if field == "start" else "place"
        by_id = {c["claim_id"]: c for c in self.claims}
        given = [g["claim_id"] for g in value["given"] if g["best"] == value["best"]] if value else []
        found = [by_id[i][slot]["basis"] for i in given if i in by_id and by_id[i].get(slot)]
        return bool(found) and all(basis == "inferred" for basis in found)

    @property
    def length(self) -> int | None:
        """Number of days, first and last counted."""
        return None if self.days is None else (self.days[1] - self.days[0]).days + 1

    @property
    def middle(self) -> date | None:
        """The middle day; of an even number the earlier one."""
        return None if self.days is None else self.days[0] + timedelta(days=((self.length or 1) - 1) // 2)

    @property
    def words(self) -> str | None:
        """The words of the first asserting claim, on one line."""
        text = next((c["text"] for c in self.claims if c.get("text")), None)
        return None if text is None else " ".join(text.split())

    def said_of_place(self) -> list[str]:
        """The words by which the asserting claims name the place, each once."""
        found = [(c.get("place") or {}).get("text") for c in self.claims]
        return list(dict.fromkeys(w for w in found if w))


def moment(text: str | None) -> datetime | None:
    """A time of publication in UTC (midnight where only the day is known); None where it is none."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def listed(values: Any) -> str | None:
    """Values joined by "; ", each once; None where there are none."""
    return "; ".join(dict.fromkeys(str(v) for v in values if v not in (None, ""))) or None


def whole(number: float | None) -> int | None:
    """A count as a whole number; None stays None."""
    return None if number is None else round(number)


def geonames(place_id: str | None) -> int | None:
    """The number of a place in GeoNames; None where it is not from there."""
    kind, _, number = (place_id or "").partition(":")
    return int(number) if kind == "geonames" and number.isdigit() else None
