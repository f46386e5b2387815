"""The public ``Case``: what a case holds, as rows, Arrow tables and data frames."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from onrecord import __version__
from onrecord.case import agreement
from onrecord.case.agreement import FieldAgreement
from onrecord.case.diff import Change
from onrecord.case.filters import Filter, Term
from onrecord.case.query import Asked, Order, Page, every_page
from onrecord.case.reviews import Reviewer
from onrecord.case.search import Within
from onrecord.case.store import CaseStore
from onrecord.case.verify import Verification
from onrecord.case.writer import Run, Writer
from onrecord.errors import NotFound
from onrecord.model import Coding, Rejected
from onrecord.view.exports import write_manifest, write_rows
from onrecord.view.tables import arrow_table

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Json = Mapping[str, Any]
AsOf = str | datetime | None


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


class Case:
    """A case file, open for questions and for coding into it.

    ``Case("syria.case")`` opens one that exists, ``create=True`` makes it where nothing is. Filters
    are written in the language of ``docs/reference/filters.md``; ``as_of`` asks as known on a moment.
    Raises NotACase, CaseTooNew, CaseDamaged or CaseError.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False, read_only: bool = False) -> None:
        self.path = os.fspath(path)
        self.store = CaseStore.open(path, create=create, read_only=read_only)
        self._writer: Writer | None = None

    def close(self) -> None:
        """Closes the file."""
        self.store.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- questions -----------------------------------------------------------------------------

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
        return _rows(self.store.all_claims(_asked(filter), **more), limit, "claims")

    def quotes(
        self, filter: Asked = None, *, speaker: str | None = None, as_of: AsOf = None, limit: int | None = None
    ) -> Rows:
        """Attributions: who said what, in which words, through which channel."""
        asked = _asked(filter)
        if speaker:
            asked = asked & Filter((Term("speaker", ":", (speaker,)),))
        return _rows(self.store.all_quotes(asked, as_of=as_of), limit, "quotes")

    def events(self, filter: Asked = None, *, as_of: AsOf = None, limit: int | None = None) -> Rows:
        """Events, one a claim that is asserted to have happened."""
        return _rows(self.store.all_events(_asked(filter), as_of=as_of), limit, "events")

    def count(self, filter: Asked = None, *, as_of: AsOf = None, rejected: bool = False) -> int:
        """How many claims *filter* means."""
        return self.store.count(_asked(filter), as_of=as_of, rejected=rejected)

    def search(self, filter: Asked, *, within: Within = "reports", as_of: AsOf = None, limit: int = 20) -> list[Json]:
        """Reports, quotes or claims that hold some words, best first, with snippets."""
        return list(self.store.search(_asked(filter), within=within, as_of=as_of, limit=limit))

    def reports(self, filter: Asked = None, *, as_of: AsOf = None) -> list[Json]:
        """Reports without their texts."""
        return list(self.store.reports(_asked(filter), as_of=as_of))

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

    def actors(self, *, as_of: AsOf = None) -> list[Json]:
        """Actors of coded claims, the most frequent first."""
        return list(self.store.actors(as_of=as_of))

    def places(self, *, as_of: AsOf = None) -> list[Json]:
        """Places of coded claims, the most frequent first."""
        return list(self.store.places(as_of=as_of))

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

    def verify(self, progress: Callable[[int, int], None] | None = None) -> Verification:
        """Re-reads every span and hash; *progress* gets the reports done, and of all."""
        return self.store.verify(progress)

    def stats(self, *, as_of: AsOf = None) -> Json:
        """Counts and sizes."""
        return self.store.stats(as_of=as_of)

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
        asked = _asked(filter)
        more: dict[str, Any] = {"assigned_to": assigned_to, "as_of": as_of, "limit": limit or 500}

        def page(after: str | None) -> Page:
            return self.store.queue(asked, after=after, **more)

        return _rows(every_page(page), limit, "claims")

    def history(self, claim_id: str, *, as_of: AsOf = None) -> list[Json]:
        """A claim as it was coded and as each review left it."""
        return list(self.store.history(claim_id, as_of=as_of))

    def start_round(
        self, who: str, name: str, coders: Sequence[str], size: int, *, seed: int = 1, filter: Asked = None
    ) -> list[str]:
        """Draws *size* claims for double coding and gives each to all *coders*; returns the claims' ids."""
        return agreement.start_round(self.store.file, who, name, coders, size, seed, _asked(filter))

    def tasks(self, round_: str, coder: str) -> list[Json]:
        """What *coder* has to judge in a round, blind to the machine and to the others."""
        return list(agreement.tasks(self.store.file, round_, coder))

    def agreement(self, round_: str) -> list[FieldAgreement]:
        """Percent agreement and Krippendorff's alpha for each value judged in a round."""
        return agreement.agreement(self.store.file, round_)

    def adjudicate(self, who: str, round_: str, claim_id: str, path: str, value: Any, why: str) -> str:
        """Settles a disputed value of a round; returns the review_id."""
        return agreement.adjudicate(self.store.file, who, round_, claim_id, path, value, why)

    # -- copies and upkeep ---------------------------------------------------------------------

    def export(self, path: str | os.PathLike[str], profile: str, filter: Asked = None, *, as_of: AsOf = None) -> Json:
        """Writes claims, quotes or events to a file with a manifest beside it; returns the manifest.

        *profile* is kind and form: ``claims-jsonl``, ``claims-csv``, ``claims-parquet``, ``quotes-csv`` …
        """
        asked, target = _asked(filter), Path(path)
        kinds = {"quotes": self.quotes, "events": self.events}
        rows = kinds.get(profile.partition("-")[0], self.claims)(asked, as_of=as_of)
        write_rows(target, rows.rows, profile)
        stats = self.stats(as_of=as_of)
        about = {
            "profile": profile,
            "rows": len(rows),
            "filter": str(asked),
            "as_of": as_of.isoformat() if isinstance(as_of, datetime) else as_of,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "made_by": f"onrecord {__version__}",
            "coded_by": [{"run_id": r["run_id"], "version": r["version"]} for r in self.runs(as_of=as_of)],
            "case": {k: stats[k] for k in ("case_id", "head", "entries", "reports", "erased", "withheld")},
        }
        write_manifest(target, about)
        return about

    def erase(self, report: str, *, reason: str, who: str) -> int:
        """Erases a report's text and claims for a stated reason; a tombstone stays. Returns the claims gone."""
        return self.store.erase(report, reason=reason, who=who)

    def publish(self, path: str | os.PathLike[str], *, quote_characters: int = 120) -> Path:
        """Writes a copy without texts, words cut to a length; returns its path."""
        return self.store.publish(path, quote_characters=quote_characters)

    def backup(self, path: str | os.PathLike[str]) -> Path:
        """Writes a whole copy, while others read and write; returns its path."""
        return self.store.backup(path)

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


def _asked(filter: Asked) -> Filter:
    return Filter.of(filter or None)


def _overlap(one: Json, other: Json) -> bool:
    same_field = one["field"] == other["field"]
    return bool(same_field and one["span"][0] < other["span"][1] and other["span"][0] < one["span"][1])


def _rows(found: Iterable[Json], limit: int | None, kind: str) -> Rows:
    return Rows(tuple(islice(found, limit)), kind)


__all__ = ["Asked", "Case", "Change", "Coding", "FieldAgreement", "Rejected", "Reviewer", "Rows", "Run", "Writer"]
