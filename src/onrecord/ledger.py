"""The public ``Case``: one case file, to ask, to review, to give out and keep, and to code into."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from onrecord.case import agreement
from onrecord.case.agreement import FieldAgreement
from onrecord.case.corrections import Curator
from onrecord.case.diff import Change
from onrecord.case.filters import Filter
from onrecord.case.query import Asked, Page, every_page
from onrecord.case.reviews import Reviewer
from onrecord.case.store import CaseStore
from onrecord.case.verify import Verification
from onrecord.case.writer import Run, Writer
from onrecord.datasets import DataSet
from onrecord.model import Aggregation, Coding, Rejected
from onrecord.questions import AsOf, Json, Questions, Rows
from onrecord.view.sensitivity import By


class Case(Questions):
    """A case file, open for questions and for coding into it.

    ``Case("syria.case")`` opens one that exists, ``create=True`` makes it where nothing is. Filters
    are written in the language of ``docs/reference/filters.md``; ``as_of`` asks as known on a moment.
    Raises NotACase, CaseTooNew, CaseDamaged or CaseError.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False, read_only: bool = False) -> None:
        self.path = os.fspath(path)
        super().__init__(CaseStore.open(path, create=create, read_only=read_only))

    def close(self) -> None:
        """Closes the file."""
        self.store.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- reviews -------------------------------------------------------------------------------

    def reviewer(self, who: str) -> Reviewer:
        """A person's hand: accept, correct, reject, comment, assign, judge, undo."""
        return self.store.reviewer(who)

    def reviews(self, *, claim_id: str | None = None, reviewer: str | None = None, as_of: AsOf = None) -> list[Json]:
        """Reviews with who, when, what, why, and whether they still hold."""
        return list(self.store.reviews(claim_id=claim_id, reviewer=reviewer, as_of=as_of))

    def queue(
        self,
        filter: Asked = None,
        *,
        assigned_to: str | None = None,
        as_of: AsOf = None,
        limit: int | None = 50,
    ) -> Rows:
        """Claims that wait for a review, the least confident first."""
        asked = Filter.of(filter)
        more: dict[str, Any] = {"assigned_to": assigned_to, "as_of": as_of, "limit": limit or 500}

        def page(after: str | None) -> Page:
            return self.store.queue(asked, after=after, **more)

        return Rows(tuple(islice(every_page(page), limit)), "claims")

    def curator(self, who: str) -> Curator:
        """A person's hand on actors and places: confirm, rename, merge, split, locate, undo."""
        return self.store.curator(who)

    def corrections(
        self, *, about: Literal["actor", "place"] | None = None, of: str | None = None, as_of: AsOf = None
    ) -> list[Json]:
        """Corrections of actors and places with who, when and why; *of* wants those of one actor or place."""
        return list(self.store.corrections(about=about, id_=of, as_of=as_of))

    def start_round(
        self, who: str, name: str, coders: Sequence[str], size: int, *, seed: int = 1, filter: Asked = None
    ) -> list[str]:
        """Draws *size* claims for double coding and gives each to all *coders*; returns the claims' ids."""
        return agreement.start_round(self.store.file, who, name, coders, size, seed, Filter.of(filter))

    def tasks(self, round_: str, coder: str, *, as_of: AsOf = None) -> list[Json]:
        """What *coder* has to judge in a round, blind to the machine and to the others."""
        return list(agreement.tasks(self.store.file, round_, coder, as_of=as_of))

    def agreement(self, round_: str, *, as_of: AsOf = None) -> list[FieldAgreement]:
        """Percent agreement and Krippendorff's alpha for each value judged in a round."""
        return agreement.agreement(self.store.file, round_, as_of=as_of)

    def adjudicate(self, who: str, round_: str, claim_id: str, path: str, value: Any, why: str) -> str:
        """Settles a disputed value of a round; returns the review_id."""
        return agreement.adjudicate(self.store.file, who, round_, claim_id, path, value, why)

    # -- decisions on events -------------------------------------------------------------------

    def merge(self) -> Json:
        """Merges what is out of date: ``events`` there are, and how many of them were computed (``changed``)."""
        return self.merging.merge()

    def decide_merge(
        self, action: Literal["merge", "split"], members: Sequence[str], who: str, why: str | None = None
    ) -> str:
        """Says that claims, or the claims of events, tell of one happening, or (split) of as many as there are.

        Returns the merge_id. Raises BadReview or NotFound with nothing written.
        """
        return self.merging.decide(action, members, who, why)

    def undo_merge(self, merge_id: str, who: str, why: str | None = None) -> str:
        """Takes such a decision back; returns the merge_id of doing so."""
        return self.merging.undo(merge_id, who, why)

    # -- copies and upkeep ---------------------------------------------------------------------

    def export(
        self,
        path: str | os.PathLike[str],
        profile: str,
        filter: Asked = None,
        *,
        as_of: AsOf = None,
        aggregation: Aggregation = "representative",
        hxl: bool = False,
        tables: str | os.PathLike[str] | None = None,
    ) -> Json:
        """Writes what *filter* means to a file in the columns of *profile*; returns the manifest written beside it.

        Profiles, their columns and rules are in ``docs/reference/profiles.md``: ``events-csv``, ``acled``, ``ucdp`` …
        *aggregation* makes one value of several accounts, *hxl* adds a row of HXL tags to CSV, *tables* is a folder
        with code tables of one's own.
        """
        data = DataSet(self.store, self.merging, Filter.of(filter), as_of, aggregation)
        return data.export(Path(path), profile, hxl=hxl, tables=Path(tables) if tables else None)

    def sensitivity(self, filter: Asked = None, *, by: By = "all", as_of: AsOf = None, grid: bool = False) -> Rows:
        """How counts and tolls of events change with the aggregation, the sources asked for, and the factuality.

        One row a setting and group of *by* (all, type, week, month, country, admin1, place); *grid* combines all
        settings instead of changing one at a time.
        """
        data = DataSet(self.store, self.merging, Filter.of(filter), as_of)
        return Rows(tuple(data.sensitivity(by, grid)), "sensitivity")

    def divergence(
        self,
        filter: Asked = None,
        *,
        per: Literal["reports", "accounts"] = "reports",
        at_least: int = 1,
        as_of: AsOf = None,
    ) -> Rows:
        """How far the reports, or the accounts, of one event differ: the measures of eventreport, one row a field."""
        data = DataSet(self.store, self.merging, Filter.of(filter), as_of)
        return Rows(tuple(data.divergence(per, at_least)), "divergence")

    def erase(self, report: str, *, reason: str, who: str) -> int:
        """Erases a report's text and claims for a stated reason; a tombstone stays. Returns the claims gone."""
        return self.store.erase(report, reason=reason, who=who)

    def publish(self, path: str | os.PathLike[str], *, quote_characters: int = 120) -> Path:
        """Writes a copy without texts, words cut to a length; returns its path."""
        if not self.store.file.read_only:
            # Which reports carry one text can only be told from the texts: the copy takes it along.
            self.merge()
        return self.store.publish(path, quote_characters=quote_characters)

    def backup(self, path: str | os.PathLike[str]) -> Path:
        """Writes a whole copy, while others read and write; returns its path."""
        return self.store.backup(path)

    def verify(self, progress: Callable[[int, int], None] | None = None) -> Verification:
        """Re-reads every span and hash; *progress* gets the reports done, and of all."""
        return self.store.verify(progress)

    def vacuum(self) -> int:
        """Packs the file; returns how many bytes were given back."""
        return self.store.vacuum()

    # -- writing -------------------------------------------------------------------------------

    def writer(self, run: Run) -> Writer:
        """A writer for the codings of one run, to be used in a ``with`` block."""
        return self.store.writer(run)

    def has_coding(self, report_id: str, run_id: str) -> bool:
        """Whether that run has coded that report already."""
        return self.store.has_coding(report_id, run_id)


__all__ = ["Asked", "Case", "Change", "Coding", "FieldAgreement", "Rejected", "Reviewer", "Rows", "Run", "Writer"]
