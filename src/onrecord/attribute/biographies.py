"""Biographies: what the registry tells of a person on the day of a report, beside what the report says itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.attribute.mention import offices_of
from onrecord.lexicon.actors import load_actors
from onrecord.lexicon.cues import load_cues

_WORD = re.compile(r"[^\W\d_]+")
_PREPOSITION = re.compile(r" (?:of|in|at|to|for|from|by|with|on|under|who|that) ")
_SMALL = frozenset("of for the and in to on at general acting".split())


@dataclass(frozen=True, slots=True)
class Biography:
    """Words of the titles that a person holds and held, their offices as in ``roles.csv``, ids of parties, and the
    words of what the person is and was beside offices with the nouns among them that say so ("neurosurgeon")."""

    words: frozenset[str] = frozenset()
    past: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    past_offices: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    callings: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()


_UNKNOWN = Biography()


@lru_cache(maxsize=4096)
def biography(person: str | None, day: str | None) -> Biography:
    """What the registry knows of *person* on *day* (ISO 8601; None: at any time); empty for anybody else.

    Parties are those that the person stood for or belonged to at any time, since the registry dates few of them.
    """
    if person is None or not person.startswith("per."):
        return _UNKNOWN
    tables = load_actors()
    now, past, parties = set[str](), set[str](), set[str]()
    offices, past_offices = set[str](), set[str]()
    for term in tables.terms_of(person):
        words = [w.lower() for w in _WORD.findall(term.title)]
        held = offices_of(load_cues(), words)
        told = set(words) - _SMALL
        if term.country.startswith("pty."):
            parties.add(term.country)
        if day is not None and term.start is not None and term.start[: len(day)] > day[: len(term.start)]:
            continue  # not yet in office
        if day is not None and term.covers(day[:10]) is False:
            past |= told
            past_offices |= held
        else:
            now |= told
            offices |= held
    callings, called = set[str](), set[str]()
    for calling in tables.callings_of(person):
        words = [w.lower() for w in _WORD.findall(calling.title)]
        if day is not None and calling.start is not None and calling.start[: len(day)] > day[: len(calling.start)]:
            continue
        callings |= set(words) - _SMALL
        called.add(_PREPOSITION.split(calling.title.lower())[0].split()[-1])
        if day is not None and calling.covers(day[:10]) is False:
            past_offices |= offices_of(load_cues(), words)
        else:
            offices |= offices_of(load_cues(), words)
    parties |= {tie.whole for tie in tables.ties(person) if tie.member == person and tie.whole.startswith("pty.")}
    return Biography(
        frozenset(now),
        frozenset(past),
        frozenset(offices),
        frozenset(past_offices),
        frozenset(parties),
        frozenset(callings),
        frozenset(called),
    )
