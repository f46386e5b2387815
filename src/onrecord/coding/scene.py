"""The scene: what a whole report is about and of which day it tells, for what a single clause cannot say."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.lexicon.ontology import Ontology
from onrecord.model import Layers, Time

_HISTORY = timedelta(days=300)


class Scene:
    """Facts of one report as a whole."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self._published = _day(layers.report.published_day)
        self._today = self._told_today()
        self._contexts: dict[int, tuple[str, ...]] = {}

    def _told_today(self) -> bool:
        """Whether the report plainly tells of its day of publication: an early time is that day."""
        if self._published is None:
            return False
        limit = self.layers.parse.paragraphs[:3]
        end = limit[-1].end if limit else 0
        day = self._published.isoformat()
        return any(
            t.start == day and t.end == day for t in self.layers.times if t.span is not None and t.span.start < end
        )

    def leads(self, head: int) -> bool:
        """Whether a token stands in the first paragraph."""
        first = self.layers.parse.paragraphs[:1]
        return bool(first) and self.layers.parse.tokens[head].start < first[0].end

    def day_of_report(self, head: int) -> Time | None:
        """The day of publication, inferred, where the report plainly tells of that day and the trigger
        stands in its first paragraph, else None."""
        if not self._today or self._published is None or not self.leads(head):
            return None
        day = self._published.isoformat()
        return Time(
            value=day,
            start=day,
            end=day,
            granularity="day",
            anchor="published",
            basis="inferred",
            why="the report tells of its day of publication",
        )

    def background(self, time: Time | None) -> bool:
        """Whether an event is told as history: dated long before the report."""
        newest = self._published or self._newest()
        if newest is None or time is None:
            return False
        last = _day(time.end or time.start)
        return last is not None and newest - last > _HISTORY

    def _newest(self) -> date | None:
        """The latest day that any time of the report names."""
        days = [d for t in self.layers.times if (d := _day(t.start)) is not None and t.type in {"DATE", "TIME"}]
        return max(days, default=None)

    def contexts(self, head: int, ontology: Ontology) -> tuple[str, ...]:
        """Contexts that the words of the trigger's sentence speak for."""
        tokens = self.layers.parse.tokens
        number = tokens[head].sentence
        if number not in self._contexts:
            first, end = self.layers.parse.sentences[number]
            words = [tokens[i].lemma for i in range(first, end)]
            pairs = [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
            self._contexts[number] = ontology.contexts_of((*words, *pairs))
        return self._contexts[number]


def _day(text: str | None) -> date | None:
    """The ISO day of *text*, None when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
