"""Quotes: who said what, when, through which channel; and the same words in several outlets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
import orjson
from fastapi import APIRouter, Query

from onrecord.serve import drawn, pages, same_words
from onrecord.serve.decode import quote_number, quote_rows
from onrecord.serve.desk import Ask, Asking, Cursor, Limit, Q
from onrecord.serve.mirror import NO_DAY, Ints
from onrecord.serve.shapes import Quote, Quotes, SameQuotes, Utterances
from onrecord.serve.shapes_events import Facets, Timeline
from onrecord.serve.speaking import quote_facets
from onrecord.serve.terms import parsed

router = APIRouter(tags=["quotes"])


@router.get("/quotes", response_model=Quotes)
def quotes(
    ask: Asking, q: Q = "", order: Literal["recorded", "published", "-published"] = "-published", limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:  # fmt: skip
    """Attributions that the filter means: ``speaker:``, ``cue:``, ``channel:``, ``outlet:``, words …"""

    def build() -> dict[str, Any]:
        chosen = _in_order(ask, np.flatnonzero(ask.quotes(q)), order)
        cut = pages.cut_of(chosen, ("quotes", str(parsed(q)), order), limit, cursor, ask.cut)
        items = [orjson.Fragment(row) for row in quote_rows(ask.desk, cut.numbers, ask.snapshot.erasures)]
        return {"items": items, "next": cut.next, "total": cut.total, "erased": ask.erased(), **ask.head()}

    return ask.respond(build)


def _in_order(ask: Ask, rows: Ints, order: str) -> Ints:
    s = ask.snapshot
    coding = s.quotes["coding"][rows]
    days = s.reports["day"][s.codings["report"][coding]]
    if order == "-published":
        days = np.where(days == NO_DAY, NO_DAY, -days)
    keys = (s.quotes["ord"][rows], coding) + (() if order == "recorded" else (days,))
    return rows[np.lexsort(keys)]


@router.get("/quotes/facets", response_model=Facets)
def facets(ask: Asking, q: Q = "") -> Any:
    """Counts by speaker, cue, channel and outlet of the quotes that the filter means."""

    def build() -> dict[str, Any]:
        mask = ask.quotes(q)
        return {"facets": quote_facets(ask, mask), "total": int(mask.sum()), **ask.head()}

    return ask.respond(build)


@router.get("/quotes/timeline", response_model=Timeline)
def timeline(
    ask: Asking, q: Q = "", unit: Annotated[Literal["day", "week", "month", "year"] | None, Query()] = None
) -> Any:
    """Quotes by the day on which they were published, in all and by class of cue."""

    def build() -> dict[str, Any]:
        s, rows = ask.snapshot, np.flatnonzero(ask.quotes(q))
        days = s.reports["day"][s.codings["report"][s.quotes["coding"][rows]]]
        return {**drawn.timeline(days, s.quotes["cue"][rows], lambda n: s.word(n) or "none", unit), **ask.head()}

    return ask.respond(build)


@router.get("/quotes/same", response_model=Utterances)
def utterances(ask: Asking, q: Q = "") -> Any:
    """What several outlets carry in the same words, and how each cut it, those of most outlets first."""
    return ask.respond(lambda: same_words.utterances(ask, q))


@router.get("/quotes/{quote_id}", response_model=Quote)
def quote(ask: Asking, quote_id: str) -> Any:
    """One attribution."""
    return ask.respond(lambda: quote_rows(ask.desk, [quote_number(ask, quote_id)], ask.snapshot.erasures)[0])


@router.get("/quotes/{quote_id}/same", response_model=SameQuotes)
def same(ask: Asking, quote_id: str) -> Any:
    """The same words as other reports carry them, from the earliest on: whole, cut or changed."""
    return ask.respond(lambda: same_words.same(ask, quote_id))
