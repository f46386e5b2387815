"""Reviews: what was said, the queue, and saying it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request

from onrecord.errors import BadReview
from onrecord.serve import pages, reviewing
from onrecord.serve.decode import claim_number, claim_rows
from onrecord.serve.desk import Ask, Asking, Cursor, Limit, Q, Reviewing, ask_of
from onrecord.serve.shapes_work import Done, NewReview, Queue, Reviews, Undo

router = APIRouter(tags=["reviews"])
Person = Annotated[str | None, Query(max_length=80)]


@router.get("/reviews", response_model=Reviews)
def reviews(
    ask: Asking,
    claim: Annotated[str | None, Query(max_length=120)] = None,
    reviewer: Person = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """What people said of claims, the latest first; judgements of blind rounds are left out."""
    return ask.respond(lambda: reviewing.listed(ask, claim, reviewer, limit, cursor), personal=True)


@router.get("/reviews/queue", response_model=Queue)
def queue(
    ask: Asking,
    q: Q = "",
    assigned: Person = None,
    order: Annotated[Literal["uncertainty", "sample", "recorded"], Query()] = "uncertainty",
    seed: Annotated[int, Query(ge=0, le=2**31)] = 1,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Any:
    """Claims that nobody has reviewed: the least sure first, a sample that the seed repeats, or as recorded."""

    def build() -> dict[str, Any]:
        chosen = reviewing.waiting(ask, q, assigned, order, seed)
        cut = pages.cut_of(chosen, ("queue", q, assigned, order, seed), limit, cursor, ask.cut)
        to = reviewing.assignments(ask)
        items = []
        for row in claim_rows(ask.desk, cut.numbers, ask.snapshot.erasures):
            claim = orjson.loads(row)
            items.append({**claim, "assigned_to": to.get(claim["claim_id"])})
        about = {"next": cut.next, "total": cut.total, "erased": ask.erased(), "order": order}
        return {"items": items, **about, **ask.head()}

    return ask.respond(build)


@router.post("/reviews", response_model=Done, status_code=201)
def review(request: Request, who: Reviewing, body: NewReview) -> Any:
    """Accepts, corrects, rejects, comments on or assigns one claim."""
    ask = ask_of(request)
    hand = ask.desk.case.reviewer(who.name)
    if body.action != "correct" and (body.path is not None or body.value is not None):
        raise BadReview(f"{body.action} takes no path and no value. Use correct, or leave them out")
    if body.action == "correct":
        if not body.path:
            raise BadReview("correct: no path. Say which value: event_type, actor[0].name, time")
        done = hand.correct(body.claim_id, body.path, body.value, body.why)
    elif body.action == "assign":
        if body.to is None:
            raise BadReview('assign: say to whom in "to"; an empty one takes it off any list')
        done = hand.assign(body.claim_id, body.to, body.why)
    elif body.action == "accept":
        done = hand.accept(body.claim_id, body.why)
    elif body.action == "reject":
        done = hand.reject(body.claim_id, body.why or "")
    else:
        done = hand.comment(body.claim_id, body.why or "")
    return _done(request, done, body.claim_id)


@router.post("/reviews/{review_id}/undo", response_model=Done, status_code=201)
def undo(request: Request, who: Reviewing, review_id: str, body: Undo) -> Any:
    """Takes one review back; both stay on record. A coder takes back only what was theirs."""
    ask = ask_of(request)
    before = reviewing.review(ask, review_id)
    if before["reviewer"] != who.name and not who.may("decide"):
        raise reviewing.not_yours(before["reviewer"])
    done = ask.desk.case.reviewer(who.name).undo(review_id, body.why)
    return _done(request, done, before["claim_id"])


def _done(request: Request, review_id: str, claim_id: str) -> Any:
    ask: Ask = ask_of(request)
    claim = claim_rows(ask.desk, [claim_number(ask, claim_id)], ask.snapshot.erasures)[0]
    return reviewing.created({"review_id": review_id, "claim": orjson.Fragment(claim), "entry": ask.cut})
