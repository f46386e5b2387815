"""Rounds of blind double coding: drawing, judging, agreement, adjudication."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Depends, Request

from onrecord.serve import doubling
from onrecord.serve.desk import Asking, Deciding, Reviewing, ask_of, needs
from onrecord.serve.reviewing import created
from onrecord.serve.shapes_work import Adjudication, Agreement, Done, Judgement, NewRound, Round, Rounds, Tasks
from onrecord.serve.terms import parsed

router = APIRouter(tags=["rounds"])


@router.get("/rounds", response_model=Rounds)
def rounds(ask: Asking) -> Any:
    """All rounds, with how far each coder is."""
    return ask.respond(lambda: {"items": doubling.rounds(ask), "entry": ask.cut})


@router.post("/rounds", response_model=Round, status_code=201)
def start(request: Request, who: Deciding, body: NewRound) -> Any:
    """Draws claims at random and gives each to all coders."""
    ask = ask_of(request)
    coders = [coder.strip() for coder in body.coders]
    case = ask.desk.case
    case.start_round(who.name, body.name.strip(), coders, body.size, seed=body.seed, filter=parsed(body.q))
    return created(doubling.one(ask_of(request), body.name.strip()))


@router.get("/rounds/{name}", response_model=Round)
def one(ask: Asking, name: str) -> Any:
    """One round."""
    return ask.respond(lambda: doubling.one(ask, name))


@router.get("/rounds/{name}/tasks", response_model=Tasks)
def tasks(ask: Asking, who: Reviewing, name: str) -> Any:
    """What you have to judge: words and place alone, and your own judgements so far."""

    def build() -> dict[str, Any]:
        items = ask.desk.case.tasks(name, who.name)
        return {"round": name, "coder": who.name, "items": items, "paths": doubling.PATHS, "entry": ask.cut}

    return ask.respond(build, personal=True)


@router.post("/rounds/{name}/judgements", response_model=Done, status_code=201)
def judge(request: Request, who: Reviewing, name: str, body: Judgement) -> Any:
    """Records your judgement of one value; it changes nothing that is shown."""
    ask = ask_of(request)
    done = ask.desk.case.reviewer(who.name).judge(body.claim_id, name, body.path, body.value)
    return created({"review_id": done, "claim": None, "entry": ask.desk.reread()})


@router.get("/rounds/{name}/agreement", response_model=Agreement, dependencies=[Depends(needs("decide"))])
def agreement(ask: Asking, name: str) -> Any:
    """Percent agreement and Krippendorff's alpha for each value judged twice, and what is disputed."""

    def build() -> dict[str, Any]:
        fields = [asdict(field) for field in ask.desk.case.agreement(name)]
        return {"round": name, "fields": fields, "disputes": doubling.disputes(ask, name, fields), "entry": ask.cut}

    return ask.respond(build)


@router.post("/rounds/{name}/adjudications", response_model=Done, status_code=201)
def adjudicate(request: Request, who: Deciding, name: str, body: Adjudication) -> Any:
    """Settles one disputed value: a correction where it differs from what was coded, else an acceptance."""
    ask = ask_of(request)
    done = ask.desk.case.adjudicate(who.name, name, body.claim_id, body.path, body.value, body.why)
    return created({"review_id": done, "claim": None, "entry": ask.desk.reread()})
