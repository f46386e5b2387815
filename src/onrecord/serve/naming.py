"""Decisions on who is who and what is where: confirm, rename, merge, split, locate, undo."""

from __future__ import annotations

from typing import Any, Literal

from onrecord.errors import BadReview
from onrecord.serve.desk import Ask
from onrecord.serve.shapes_work import Correction

Action = Literal["confirm", "rename", "merge", "split", "locate"]


def correct(ask: Ask, action: Action, id_: str, body: Correction, who: str) -> dict[str, Any]:
    """Records a decision on an actor or a place; what it says must fit what is done."""
    hand, why = ask.desk.case.curator(who), body.why or ""
    values = {key: getattr(body, key) for key in ("country", "sectors", "group", "admin1") if getattr(body, key)}
    if action == "confirm":
        done = hand.confirm(id_, why, **values, **({"name": body.name} if body.name else {}))
    elif action == "rename":
        done = hand.rename(id_, body.name or "", why)
    elif action == "merge":
        done = hand.merge([id_, *body.members], why)
    elif action == "split":
        done = hand.split(id_, why, reports=body.reports, names=body.names)
    else:
        if body.lat is None or body.lon is None:
            raise BadReview("locate: no point. Give lat and lon")
        done = hand.locate(id_, body.lat, body.lon, why, **values, **({"name": body.name} if body.name else {}))
    return {"decision_id": done, "touched": [id_, *body.members], "entry": ask.desk.reread()}


def undo(ask: Ask, correction_id: str, who: str, why: str | None) -> dict[str, Any]:
    """Takes a decision back."""
    done = ask.desk.case.curator(who).undo(correction_id, why or "")
    return {"decision_id": done, "touched": [correction_id], "entry": ask.desk.reread()}
