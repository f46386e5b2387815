"""Decisions on who is who and what is where: confirm, rename, merge, split, locate, undo."""

from __future__ import annotations

from typing import Any, Literal

from onrecord.case.corrections import Curator
from onrecord.case.identities import Identities
from onrecord.errors import BadReview, NotFound
from onrecord.serve.desk import Ask
from onrecord.serve.shapes_work import Correction

Action = Literal["confirm", "rename", "merge", "split", "locate"]


def correct(ask: Ask, action: Action, id_: str, body: Correction, who: str) -> dict[str, Any]:
    """Records a decision on an actor or a place; what it says must fit what is done."""
    hand, why = ask.desk.case.curator(who), body.why or ""
    values = _values(body)
    if action == "confirm":
        done = hand.confirm(id_, why, **values)
    elif action == "rename":
        done = hand.rename(id_, body.name or "", why)
    elif action == "merge":
        done = hand.merge([id_, *body.members], why)
    elif action == "split" and body.members:
        done = _apart(ask, hand, id_, body.members, why)
    elif action == "split":
        done = hand.split(id_, why, reports=body.reports, names=body.names)
    else:
        if body.lat is None or body.lon is None:
            raise BadReview("locate: no point. Give lat and lon")
        del values["lat"], values["lon"]
        done = hand.locate(id_, body.lat, body.lon, why, **values)
    return {"decision_id": done, "touched": [id_, *body.members], "entry": ask.desk.reread()}


def _values(body: Correction) -> dict[str, Any]:
    """What a body says of the actor or place itself."""
    keys = ("name", "country", "sectors", "group", "admin1", "admin2", "lat", "lon")
    return {key: getattr(body, key) for key in keys if getattr(body, key) not in (None, [])}


def _apart(ask: Ask, hand: Curator, id_: str, members: list[str], why: str) -> str:
    """Takes ids that were merged into one apart again: what joined them is undone, and made anew for each side."""
    with ask.desk.file.snapshot() as connection:
        ids = Identities(connection, ask.cut).units(id_)
    away, rest = [i for i in ids if i in members], [i for i in ids if i not in members]
    if set(members) - set(ids):
        raise NotFound(
            f"split: {', '.join(sorted(set(members) - set(ids)))} is no id of {id_}. It has: {', '.join(ids)}"
        )
    if not away or not rest:
        raise BadReview("split: needs some of the ids, not all. Name those that are another one")
    standing = [c for c in ask.desk.case.corrections(of=id_) if c["holds"] and c["action"] != "undo"]
    joined = [c for c in standing if not set(away).isdisjoint(c["members"]) and not set(rest).isdisjoint(c["members"])]
    if any(c["action"] == "split" for c in joined):
        raise BadReview("split: some of its mentions were split off. Undo that first")
    done = ""
    for correction in joined:
        done = hand.undo(correction["correction_id"], why)
    for side in (away, rest):
        done = hand.merge(side, why) if len(side) > 1 else done
    for correction in joined:
        # What people said of its name and place was said of the one that keeps the id.
        value = correction["value"] or {}
        if correction["action"] == "rename":
            hand.rename(rest[0], value["name"], correction["why"])
        elif correction["action"] == "confirm":
            hand.confirm(rest[0], correction["why"], **value)
        elif correction["action"] == "locate":
            hand.locate(rest[0], why=correction["why"], **value)
    return done


def undo(ask: Ask, correction_id: str, who: str, why: str | None) -> dict[str, Any]:
    """Takes a decision back."""
    done = ask.desk.case.curator(who).undo(correction_id, why or "")
    return {"decision_id": done, "touched": [correction_id], "entry": ask.desk.reread()}
