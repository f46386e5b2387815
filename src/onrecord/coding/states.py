"""What is known of one predicate while its modality is worked out."""

from __future__ import annotations

from dataclasses import dataclass, replace

NOT_YET = frozenset({"threatened", "demanded", "promised", "planned", "forecast", "conditional", "questioned"})
"""Moods of what has not happened, so far as the words say."""

CEILING = 2.0
"""Highest factuality of an event in one of those moods."""

_CERTAINTY = ("certain", "probable", "possible", "unknown")


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one predicate: factuality (-3 to 3), mood, certainty, negation, forced tense."""

    value: float = 3.0
    mood: str = "asserted"
    certainty: str = "certain"
    negative: bool = False
    tense: str | None = None
    why: tuple[str, ...] = ()


FACT = State()
"""What stands under nothing is told as a fact."""

OPEN = State(value=0.3, mood="questioned", certainty="unknown", why=("whether",))
HOW_TO = State(value=0.5, mood="planned", certainty="unknown", tense="future", why=("how to",))
BOUND = replace(FACT, value=1.8, mood="planned", certainty="probable", tense="future")
SUPPOSED = State(value=0.7, mood="conditional", certainty="possible", why=("condition",))
UNDONE = replace(FACT, value=-2.5, negative=True)

TO_COME = State(value=1.2, mood="planned", certainty="probable", tense="future", why=("to come",))
"""What is told as coming after something that has not been done yet."""

LED_TO = State(value=0.5, mood="conditional", certainty="unknown", tense="future", why=("leading to",))
"""What information may lead to ("information leading to an arrest")."""

UNKNOWN = State(value=-1.0, certainty="probable", negative=True, why=("not known of",))
"""What those who would know do not know of."""


def bound(outer: State) -> State:
    """What somebody is "going to" do, who stands as *outer*."""
    mood = BOUND.mood if outer.mood == "asserted" else outer.mood
    certainty = weakest(outer.certainty, "probable")
    value = min(outer.value, BOUND.value)
    return replace(BOUND, value=value, mood=mood, certainty=certainty, negative=outer.negative)


def weakest(one: str, other: str | None) -> str:
    """The less sure of two certainties."""
    if other is None:
        return one
    return max(one, other, key=_CERTAINTY.index)
