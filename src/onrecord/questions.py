"""Questions to an open case: its claims, quotes, events, reports, actors and places, as rows and data frames."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from onrecord.case import quotes
from onrecord.case.diff import Change
from onrecord.case.events_asked import EventOrder, EventQuestion
from onrecord.case.filters import Filter, Term
from onrecord.case.query import Asked, Order
from onrecord.case.search import Within
from onrecord.case.store import CaseStore
from onrecord.errors import NotFound
from onrecord.events import CaseEvents
from onrecord.model import Aggregation, Coding
from onrecord.view.tables import arrow_table

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Json = Mapping[str, Any]
AsOf = str | datetime | None
QuoteOrder = Literal["recorded", "published", "-published", "best"]


@dataclass(frozen=True)
class Rows:
    """Rows of a question, as JSON objects; read once they are asked for, and as often as asked for."""

    rows: tuple[Json, ...]
    kind: str

    def __iter__(self) -> Iterator[Json]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Json:
        return self.rows[index]

    def arrow(self) -> pyarrow.Table:
        """One flat row each: ids, type, parties, place, days, figures, modality, words and chain."""
        return arrow_table(self.rows, self.kind)

    def pandas(self) -> pandas.DataFrame:
        """The same as a pandas frame (needs pandas: ``pip install onrecord[frames]``)."""
        return self.arrow().to_pandas()

    def polars(self) -> polars.DataFrame:
        """The same as a polars frame (needs polars: ``pip install onrecord[frames]``)."""
        import polars

        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def jsonl(self) -> str:
        """One JSON object a line."""
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.rows)


class Questions:
    """What can be asked of an open case: nothing here is written but merged events that were out of date."""

    def __init__(self, store: CaseStore) -> None:
        self.store = store
        self.merging = CaseEvents(store.file)

    def claims(
        self,
        filter: Asked = None,
        *,
        as_of: AsOf = None,
        limit: int | None = None,
        rejected: bool = False,
        run: str = "latest",
        order: Order = "recorded",
    ) -> Rows:
        """Claims that *filter* means (all by default), in the order of their reports unless *order* says another.

        *filter* is one line, or the words of a command line as a list.
        """
        more: dict[str, Any] = {"as_of": as_of, "rejected": rejected, "run": run, "order": order}
        return _rows(self.store.all_claims(Filter.of(filter), **more), limit, "claims")

    def quotes(
        self,
        filter: Asked = None,
        *,
        speaker: str | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
        order: QuoteOrder = "recorded",
        context: bool = False,
    ) -> Rows:
        """Attributions: who said what, in which words, through which channel.

        *order* ``best`` ranks by full text (the filter must have words) and adds ``score`` and ``snippet``. With
        *context* each has the sentences around it: ``text``, ``span`` and ``marks`` of content, cue and source.
        """
        asked = Filter.of(filter) & (Filter((Term("speaker", ":", (speaker,)),)) if speaker else Filter(()))
        if order == "best":
            rows: Iterable[Json] = quotes.ranked(self.store, asked, as_of, limit)
        else:
            rows = self.store.all_quotes(asked, as_of=as_of, order=order)
        found = islice(rows, limit)
        return _rows(quotes.with_context(self.store, found, as_of) if context else found, limit, "quotes")

    def same_quotes(
        self,
        filter: Asked = None,
        *,
        speaker: str | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
        least_words: int = 6,
        least_outlets: int = 2,
    ) -> list[Json]:
        """The same words in several outlets, and how each cut them; see ``onrecord.case.quotes.same_quotes``."""
        asked = Filter.of(filter) & (Filter((Term("speaker", ":", (speaker,)),)) if speaker else Filter(()))
        rows = self.store.all_quotes(asked, as_of=as_of)
        return list(islice(quotes.same_quotes(rows, least_words=least_words, least_outlets=least_outlets), limit))

    def quotes_over_time(self, filter: Asked = None, *, speaker: str | None = None, as_of: AsOf = None) -> list[Json]:
        """What was said a day, oldest first: day, number of quotes, outlets, classes of cue, and the quotes."""
        return list(quotes.over_time(self.quotes(filter, speaker=speaker, as_of=as_of, order="published")))

    def events(
        self,
        filter: Asked = None,
        *,
        as_of: AsOf = None,
        aggregation: Aggregation = "representative",
        limit: int | None = None,
        offset: int = 0,
        order: EventOrder = "time",
    ) -> Rows:
        """Events: accounts of one happening merged, with their values under *aggregation*.

        Those that an account asserts to have happened, unless *filter* says otherwise (``happened:yes,no``). Merges
        first what is out of date.
        """
        question = EventQuestion(Filter.of(filter), aggregation, order, limit, offset)
        return Rows(tuple(self.merging.rows(question, as_of)), "events")

    def count_events(
        self, filter: Asked = None, *, as_of: AsOf = None, aggregation: Aggregation = "representative"
    ) -> int:
        """How many events *filter* means."""
        return self.merging.count(EventQuestion(Filter.of(filter), aggregation), as_of)

    def event(self, event_id: str, *, as_of: AsOf = None, aggregation: Aggregation = "representative") -> Json:
        """One event with its accounts, values and who gives which, voices, pairs, corrections, decisions, claims.

        *event_id* is the event's id, its beginning, or the id of a claim that tells of it; NotFound where there is
        none.
        """
        return self.merging.one(event_id, aggregation, as_of)

    def count(self, filter: Asked = None, *, as_of: AsOf = None, rejected: bool = False) -> int:
        """How many claims *filter* means."""
        return self.store.count(Filter.of(filter), as_of=as_of, rejected=rejected)

    def search(self, filter: Asked, *, within: Within = "reports", as_of: AsOf = None, limit: int = 20) -> list[Json]:
        """Reports, quotes or claims that hold some words, best first, with snippets."""
        return list(self.store.search(Filter.of(filter), within=within, as_of=as_of, limit=limit))

    def reports(self, filter: Asked = None, *, as_of: AsOf = None) -> list[Json]:
        """Reports without their texts."""
        return list(self.store.reports(Filter.of(filter), as_of=as_of))

    def report(self, name: str, *, as_of: AsOf = None) -> Json:
        """One report with its text, by id, supplied id or the beginning of its id."""
        return self.store.report(name, as_of=as_of)

    def coding(self, name: str, *, as_of: AsOf = None) -> Coding:
        """Every layer of one report, as typed objects."""
        return self.store.coding(name, as_of=as_of)

    def layers(self, name: str, *, as_of: AsOf = None) -> Json:
        """The layers of one report as JSON."""
        return self.store.layers(name, as_of=as_of)

    def rejected_inputs(self, *, as_of: AsOf = None) -> list[Json]:
        """Inputs that could not be read, with reason and remedy."""
        return list(self.store.rejected_inputs(as_of=as_of))

    def runs(self, *, as_of: AsOf = None) -> list[Json]:
        """Runs with version, hashes, counts and when each was started and ended."""
        return list(self.store.runs(as_of=as_of))

    def actors(self, *, as_of: AsOf = None, described: bool = False) -> list[Json]:
        """Actors, the most frequent first: those of the registry, and provisional ones whom it does not know.

        Each has ``actor_id``, ``name``, ``country``, ``sectors``, ``group``, ``provisional``, ``status``, ``names``,
        ``did``, ``suffered``, ``said`` (counts) and ``first``, ``last`` (days of publication). *described* adds those
        without a name, by their words.
        """
        return list(self.store.actors(as_of=as_of, described=described))

    def actor(self, actor_id: str, *, as_of: AsOf = None) -> Json:
        """One actor by any of its ids, with the ``corrections`` made of it and ``similar`` ones; NotFound."""
        return self.store.actor(actor_id, as_of=as_of)

    def places(self, *, as_of: AsOf = None, limit: int | None = None, control: bool = True) -> list[Json]:
        """Places, the most frequent first, with ``claims`` and ``control``: who held them when, and who tells it."""
        return list(self.store.places(as_of=as_of, limit=limit, control=control))

    def place(self, place_id: str, *, as_of: AsOf = None) -> Json:
        """One place by any of its ids, with the ``corrections`` made of it; NotFound."""
        return self.store.place(place_id, as_of=as_of)

    def history(self, claim_id: str, *, as_of: AsOf = None) -> list[Json]:
        """A claim as it was coded and as each review left it."""
        return list(self.store.history(claim_id, as_of=as_of))

    def why(self, claim_id: str, *, as_of: AsOf = None) -> Json:
        """Why a claim is what it is: the claim as shown, its report, its history, and what lies beside it.

        ``claim`` has rule, notes and slots; ``history`` each state with what changed; ``reviews`` who said what;
        ``beside`` claims and dropped candidates whose clause overlaps this one's. NotFound where there is none.
        """
        everything = f"claim:{claim_id} status:coded,rejected"
        claim = next(iter(self.store.all_claims(everything, as_of=as_of, run="all")), None)
        if claim is None:
            raise NotFound(f"claim {claim_id!r}: there is none. List claims with `onrecord claims CASE`")
        of_report = f"report:{claim['report_id']} run:{claim['run_id']} status:coded,rejected"
        beside = [
            row
            for row in self.store.all_claims(of_report, as_of=as_of)
            if row["claim_id"] != claim_id and _overlap(row, claim)
        ]
        return {
            "claim": claim,
            "report": self.report(claim["report_id"], as_of=as_of),
            "history": self.history(claim_id, as_of=as_of),
            "reviews": list(self.store.reviews(claim_id=claim_id, as_of=as_of)),
            "beside": beside,
        }

    def erased(self, *, as_of: AsOf = None) -> int:
        """How many of the reports known then are tombstones by now; their claims are in no answer."""
        return self.store.erased(as_of=as_of)

    def diff(self, since: AsOf, until: AsOf = None) -> list[Change]:
        """What changed between two moments, each change with its reason in words."""
        return self.store.diff(since, until)

    def stats(self, *, as_of: AsOf = None) -> Json:
        """Counts and sizes."""
        return self.store.stats(as_of=as_of)


def _overlap(one: Json, other: Json) -> bool:
    same_field = one["field"] == other["field"]
    return bool(same_field and one["span"][0] < other["span"][1] and other["span"][0] < one["span"][1])


def _rows(found: Iterable[Json], limit: int | None, kind: str) -> Rows:
    return Rows(tuple(islice(found, limit)), kind)
