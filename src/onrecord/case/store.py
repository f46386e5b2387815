"""The case as one object: what the rest of the program uses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from onrecord.case import catalog, corrections, query, review_lists, upkeep, where, who
from onrecord.case.codec import Json
from onrecord.case.corrections import Curator
from onrecord.case.diff import Change, diff
from onrecord.case.erase import erase
from onrecord.case.file import CaseFile, Clock, now
from onrecord.case.publish import publish
from onrecord.case.query import Asked, AsOf, Order, Page
from onrecord.case.reviews import Reviewer
from onrecord.case.search import Within, search
from onrecord.case.verify import Verification, verify
from onrecord.case.writer import Run, Writer
from onrecord.model import Coding


class CaseStore:
    """An open case. ``as_of`` is a moment or a day (UTC); ``run`` is ``latest``, ``all`` or a run_id.

    Raises CaseError and its kinds, never SQLite's own errors.
    """

    def __init__(self, file: CaseFile) -> None:
        self.file = file

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = False,
        read_only: bool = False,
        clock: Clock = now,
    ) -> CaseStore:
        """The case at *path*; with *create* a new one where nothing lies there yet.

        Raises NotACase, CaseTooNew, CaseDamaged, or CaseError when the path cannot be used.
        """
        return cls(CaseFile.open(path, create=create, read_only=read_only, clock=clock))

    def close(self) -> None:
        """Closes the file."""
        self.file.close()

    def __enter__(self) -> CaseStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def writer(self, run: Run) -> Writer:
        """A writer of codings of *run*, to be used in a ``with`` block."""
        return Writer(self.file, run)

    def has_coding(self, report_id: str, run_id: str) -> bool:
        """Whether the run has coded the report already."""
        return catalog.is_coded(self.file, report_id, run_id)

    def claims(
        self,
        asked: Asked = None,
        *,
        as_of: AsOf = None,
        run: str = "latest",
        rejected: bool = False,
        order: Order = "recorded",
        limit: int = 100,
        after: str | None = None,
    ) -> Page:
        """A page of claims as JSON."""
        more: dict[str, Any] = {"as_of": as_of, "run": run, "rejected": rejected, "order": order}
        return query.claims(self.file, asked, limit=limit, after=after, **more)

    def all_claims(self, asked: Asked = None, **more: Any) -> Iterator[Json]:
        """Every claim that *asked* means, read page by page; takes what ``claims`` takes."""
        return _all(lambda after: query.claims(self.file, asked, after=after, **{"limit": 500, **more}))

    def count(self, asked: Asked = None, *, as_of: AsOf = None, run: str = "latest", rejected: bool = False) -> int:
        """How many claims *asked* means."""
        return query.count(self.file, asked, as_of=as_of, run=run, rejected=rejected)

    def quotes(
        self,
        asked: Asked = None,
        *,
        as_of: AsOf = None,
        run: str = "latest",
        order: Any = "recorded",
        limit: int = 100,
        after: str | None = None,
    ) -> Page:
        """A page of attributions as JSON."""
        return query.quotes(self.file, asked, as_of=as_of, run=run, order=order, limit=limit, after=after)

    def all_quotes(self, asked: Asked = None, **more: Any) -> Iterator[Json]:
        """Every attribution that *asked* means; takes what ``quotes`` takes."""
        return _all(lambda after: query.quotes(self.file, asked, after=after, **{"limit": 500, **more}))

    def reports(self, asked: Asked = None, *, as_of: AsOf = None) -> list[Json]:
        """Reports without texts, tombstones among them."""
        return catalog.reports(self.file, asked, as_of=as_of)

    def report(self, name: str, *, as_of: AsOf = None) -> Json:
        """One report with its text, by report_id, supplied id, or the beginning of its report_id."""
        return catalog.report(self.file, name, as_of=as_of)

    def coding(self, name: str, *, run: str = "latest", as_of: AsOf = None) -> Coding:
        """The whole coding of a report as it was written."""
        return catalog.coding(self.file, name, run=run, as_of=as_of)

    def layers(self, name: str, *, run: str = "latest", as_of: AsOf = None) -> Json:
        """The layers of a report's coding as JSON: attributions, references, times, toponyms, actors …"""
        return catalog.layers(self.file, name, run=run, as_of=as_of)

    def rejected_inputs(self, *, as_of: AsOf = None) -> list[Json]:
        """Inputs that could not become a report."""
        return catalog.rejected_inputs(self.file, as_of=as_of)

    def runs(self, *, as_of: AsOf = None) -> list[Json]:
        """Runs with their marks."""
        return catalog.runs(self.file, as_of=as_of)

    def actors(self, *, as_of: AsOf = None, run: str = "latest", described: bool = False) -> list[Json]:
        """Actors of coded claims and attributions, the most frequent first."""
        return who.actors(self.file, as_of=as_of, run=run, described=described)

    def actor(self, actor_id: str, *, as_of: AsOf = None, run: str = "latest") -> Json:
        """One actor with its ids, the corrections made of it, and others who may be the same."""
        return who.actor(self.file, actor_id, as_of=as_of, run=run)

    def places(
        self, *, as_of: AsOf = None, run: str = "latest", limit: int | None = None, control: bool = True
    ) -> list[Json]:
        """Places of coded claims, the most frequent first, with who held them when."""
        return where.places(self.file, as_of=as_of, run=run, limit=limit, control=control)

    def place(self, place_id: str, *, as_of: AsOf = None, run: str = "latest") -> Json:
        """One place with its ids and the corrections made of it."""
        return where.place(self.file, place_id, as_of=as_of, run=run)

    def curator(self, who: str) -> Curator:
        """A person's hand on actors and places: confirm, rename, merge, split, locate, undo."""
        return Curator(self.file, who)

    def corrections(
        self, *, about: Literal["actor", "place"] | None = None, id_: str | None = None, as_of: AsOf = None
    ) -> list[Json]:
        """Corrections of actors and places with who, when and why, and whether they hold."""
        return corrections.corrections(self.file, as_of=as_of, about=about, id_=id_)

    def stats(self, *, as_of: AsOf = None) -> Json:
        """Counts, size and head."""
        return catalog.stats(self.file, as_of=as_of)

    def erased(self, *, as_of: AsOf = None) -> int:
        """How many of the reports known then are tombstones by now."""
        return catalog.erased(self.file, as_of=as_of)

    def search(
        self, asked: Asked, *, within: Within = "reports", as_of: AsOf = None, run: str = "latest", limit: int = 20
    ) -> list[Json]:
        """Reports, quotes or claims that hold some words, best first, with snippets."""
        return search(self.file, asked, within=within, as_of=as_of, run=run, limit=limit)

    def reviewer(self, who: str) -> Reviewer:
        """A person's hand in the case: accept, correct, reject, comment, assign, judge, undo."""
        return Reviewer(self.file, who)

    def reviews(self, *, claim_id: str | None = None, reviewer: str | None = None, as_of: AsOf = None) -> list[Json]:
        """Reviews with who, when, what, why, and whether they hold."""
        return review_lists.reviews(self.file, claim_id=claim_id, reviewer=reviewer, as_of=as_of)

    def queue(
        self,
        asked: Asked = None,
        *,
        assigned_to: str | None = None,
        as_of: AsOf = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Page:
        """Claims that wait for a review, the least confident first."""
        more: dict[str, Any] = {"assigned_to": assigned_to, "as_of": as_of, "limit": limit, "after": after}
        return review_lists.queue(self.file, asked, **more)

    def history(self, claim_id: str, *, as_of: AsOf = None) -> list[Json]:
        """A claim as it was coded and as each review left it."""
        return review_lists.history(self.file, claim_id, as_of)

    def diff(self, since: AsOf, until: AsOf = None) -> list[Change]:
        """What changed between two moments, each change with its reason in words."""
        return diff(self.file, since, until)

    def erase(self, report: str, *, reason: str, who: str) -> int:
        """Erases a report's text and claims; a tombstone stays. Returns how many claims went."""
        return erase(self.file, report, reason=reason, who=who)

    def publish(self, path: str | os.PathLike[str], *, quote_characters: int = 120) -> Path:
        """Writes a copy without texts, words cut to a length."""
        return publish(self.file, path, quote_characters=quote_characters)

    def backup(self, path: str | os.PathLike[str]) -> Path:
        """Writes a whole copy, while others read and write."""
        return upkeep.backup(self.file, path)

    def vacuum(self) -> int:
        """Packs the file; returns how many bytes were given back."""
        return upkeep.vacuum(self.file)

    def verify(self, progress: Callable[[int, int], None] | None = None) -> Verification:
        """Reads everything again and says what is not as it was."""
        return verify(self.file, progress)


def _all(ask: Callable[[str | None], Page]) -> Iterator[Json]:
    return query.every_page(ask)
