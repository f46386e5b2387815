"""Small builders: layers of a text written for a test, with the actors, places and times that it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from onrecord.model import (
    Actor,
    Attribution,
    Credit,
    Cue,
    Layers,
    Place,
    Reference,
    Report,
    Span,
    Time,
    Via,
)
from onrecord.parse.syntax import SpacyParser


@cache
def _parser() -> SpacyParser:
    return SpacyParser()


def span_of(text: str, words: str, nth: int = 0) -> Span:
    """Span of the *nth* occurrence of *words* in *text*."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def attribution(
    text: str,
    source: str | None,
    cue: str,
    content: str,
    kind: str = "says",
    parent: int | None = None,
    time: Time | None = None,
) -> Attribution:
    who = None if source is None else Actor(text=source, span=span_of(text, source))
    return Attribution(
        source=who,
        cue=Cue(text=cue, span=span_of(text, cue), kind=kind),
        content=(span_of(text, content),),
        form="indirect",
        parent=parent,
        time=time,
    )


def build(
    text: str,
    actors: Mapping[str, str] | None = None,
    places: Mapping[str, str] | None = None,
    times: Mapping[str, str] | None = None,
    attributions: tuple[Attribution, ...] = (),
    references: Mapping[str, str] | None = None,
    credits: tuple[Credit, ...] = (),
    published: str | None = None,
) -> Layers:
    """Layers of *text*.

    *actors* maps words to "COUNTRY SECTOR …" ("-" for no country), *places* words to a precision, *times*
    words to a day or "first/last", *references* a pronoun to the words that it stands for.
    """
    found = []
    for words, codes in (actors or {}).items():
        country, *sectors = codes.split()
        found.extend(
            Actor(
                text=words,
                span=Span(match.start(), match.end()),
                actor_id=f"x.{words.casefold()}" if country != "-" else None,
                country=None if country == "-" else country,
                sectors=tuple(sectors),
                basis="named" if country != "-" else "described",
            )
            for match in re.finditer(rf"\b{re.escape(words)}\b", text)
        )
    where = [
        Place(text=words, span=span_of(text, words), place_id=f"g:{words}", precision=precision)  # type: ignore[arg-type]
        for words, precision in (places or {}).items()
    ]
    when = []
    for words, value in (times or {}).items():
        first, _, last = value.partition("/")
        when.append(
            Time(
                text=words,
                span=span_of(text, words),
                value=first,
                start=first,
                end=last or first,
                granularity="day",
            )
        )
    ties = [
        Reference(
            mention=span_of(text, pronoun),
            antecedent=Via(text=words, span=span_of(text, words)),
            kind="pronoun",
            score=0.9,
        )
        for pronoun, words in (references or {}).items()
    ]
    return Layers(
        report=Report(report_id="r1", text=text, outlet="The Paper", published=published),
        parse=_parser().parse(text, skip=[c.span for c in credits]),
        actors=tuple(sorted(found, key=lambda a: a.span or Span(0, 0))),
        toponyms=tuple(where),
        times=tuple(when),
        attributions=attributions,
        references=tuple(ties),
        credits=credits,
    )


def words(actors: tuple[Actor, ...]) -> list[str | None]:
    """The words of *actors*."""
    return [a.text for a in actors]
