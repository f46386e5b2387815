"""Decisions on who is who: confirm, merge and split of actors."""

from __future__ import annotations

from typing import Any

from onrecord.serve.desk import Ask
from onrecord.serve.problems import Problem
from onrecord.serve.shapes_work import ActorDecision


def decide_actor(ask: Ask, action: str, actor_id: str, body: ActorDecision, who: str) -> dict[str, Any]:
    """Records a decision on an actor."""
    raise Problem(501, "not-yet", "decisions on actors are not taken yet", "Wait for a later version")
