"""What a filter may ask of quotes alone: the role in which somebody speaks, and the place that is spoken of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from onrecord.lexicon.cues import load_cues

# The words of source s of a quote in report r, between spaces, without the marks that follow a word.
_CALLED = (
    "' ' || replace(replace(replace(replace("
    'lower(coalesce(s.words, substr(r.text, s.start + 1, s."end" - s.start))), '
    "',', ' '), '’s ', ' '), '''s ', ' '), char(10), ' ') || ' '"
)


@cache
def words_of_role(role: str) -> tuple[str, ...]:
    """Words by which a source of that role is called, in lower case: all of an office (``spokesman``), or the word."""
    wanted = role.lower()
    office = (word for word, known in load_cues().roles.items() if known.office == wanted)
    return tuple(sorted({wanted, *office}))


def role_condition(roles: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The condition, with its parameters, that a source of quote q in report r is called by a word of *roles*."""
    words = sorted({word for role in roles for word in words_of_role(role)})
    called = tuple(f" {word}{ending} " for word in words for ending in ("", "s"))
    tests = " OR ".join(["instr(w.words, ?)"] * len(called))
    inner = f"SELECT {_CALLED} AS words FROM quote_sources s WHERE s.quote = q.quote"
    return f"EXISTS (SELECT 1 FROM ({inner}) w WHERE {tests})", called


def place_condition(at: str) -> str:
    """The condition that a claim within the words of quote q stands at a place; *at* is said of claim c."""
    inside = 'c.coding = q.coding AND c.field = 0 AND c.start >= q.start AND c."end" <= q."end"'
    return f"EXISTS (SELECT 1 FROM claims c WHERE {inside} AND ({at}))"
