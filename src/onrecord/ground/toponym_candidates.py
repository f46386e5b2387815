"""Candidates: every token range of a report that may be a toponym, before it is judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.ground.demonyms import Demonym
from onrecord.ground.gazetteer import Gazetteer, Match
from onrecord.ground.toponym_words import featured, words
from onrecord.model import Parse, Token

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC", "NORP"})
LONGEST = 7
LEAST_LOOSE = 5  # letters of a name that may be matched loosely
_TRIMMED_LEFT = frozenset({"the", "a", "an"})
_TRIMMED_RIGHT = frozenset({"'s", "’s", "'", "’", ",", ".", "-"})
_TWO_LETTERS = frozenset({"US", "UK", "EU", "UN"})


@dataclass(slots=True)
class Candidate:
    """A token range, both ends included, that may be a toponym; ``score`` is set when it is judged."""

    first: int
    last: int
    name: str
    matches: tuple[Match, ...] = ()
    demonym: Demonym | None = None
    label: str = ""
    feature: str | None = None
    score: float = 0.0


class CandidateFinder:
    """Finds candidates by the gazetteer, the named entities, feature words and the encoder's head."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.articles, self.inside, self.placing = words("article"), words("inside"), words("placing")

    def find(self, parse: Parse, inside: Sequence[float] | None = None) -> list[Candidate]:
        """Every candidate once, in text order; *inside* is the head's probability for each token."""
        found: dict[tuple[int, int], Candidate] = {}
        for first, end in parse.sentences:
            self._scan(parse, first, end, found)
        for entity in parse.entities:
            if entity.label in PLACE_LABELS:
                self._add(parse, entity.first, entity.last, entity.label, found)
        for first, last in runs(inside) if inside is not None else ():
            self._add(parse, first, last, "", found)
        for first, last, feature in featured(parse.tokens):
            if (first, last) not in found:
                name = parse.span(first, last).of(parse.text)
                found[first, last] = Candidate(first, last, name, self.gazetteer.lookup(name))
            found[first, last].feature = feature
        return [found[key] for key in sorted(found)]

    def _scan(self, parse: Parse, first: int, end: int, found: dict[tuple[int, int], Candidate]) -> None:
        """Adds the runs of words that the gazetteer knows and the demonyms of one sentence."""
        tokens = parse.tokens
        for i in range(first, end):
            if not self._may_start(tokens, i, end):
                continue
            if i > first and tokens[i - 1].lower in self.placing and tokens[i].text[0].isupper():
                self._add(parse, i, _last_capital(tokens, i, end), "", found)
            for j in range(i, min(i + LONGEST, end)):
                if not tokens[j].text[0].isupper():
                    if tokens[j].lower in self.inside or j == i:
                        continue
                    break
                candidate = self._known(parse, i, j)
                if candidate is not None:
                    found[i, j] = candidate

    def _known(self, parse: Parse, i: int, j: int) -> Candidate | None:
        """The candidate of tokens *i* to *j* if they are a known name or a demonym, else None."""
        tokens, gazetteer = parse.tokens, self.gazetteer
        name = parse.text[tokens[i].start : tokens[j].end]
        if len(name) < 3 and name not in gazetteer.short_names and name not in _TWO_LETTERS:
            return None
        demonym = gazetteer.demonyms.get(name.lower()) if j - i < 3 else None
        if gazetteer.knows(name):
            matches = tuple(m for m in gazetteer.lookup(name) if m.exact)
        elif self._may_be_loose(tokens, i, j) and gazetteer.knows_loosely(name):
            matches = gazetteer.lookup(name)
        else:
            matches = ()
        return Candidate(i, j, name, matches, demonym) if matches or demonym else None

    def _may_be_loose(self, tokens: Sequence[Token], i: int, j: int) -> bool:
        """Whether a run may be another spelling of a known name: with an Arabic article, or one long name."""
        if any(t.lower in self.articles for t in tokens[i : j + 1]):
            return True
        letters = sum(len(t.text) for t in tokens[i : j + 1])
        return letters >= LEAST_LOOSE and all(t.pos == "PROPN" and not t.text.isupper() for t in tokens[i : j + 1])

    def _may_start(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        """Whether a name may start at token *i*: a capital, or an Arabic article joined to one."""
        if tokens[i].text[0].isupper():
            return True
        joined = i + 2 < end and tokens[i + 1].text == "-" and tokens[i + 2].text[0].isupper()
        return joined and tokens[i].text in self.articles

    def _add(self, parse: Parse, first: int, last: int, label: str, found: dict[tuple[int, int], Candidate]) -> None:
        """Adds a name that others found, less articles and possessive marks at its ends."""
        tokens = parse.tokens
        while first < last and tokens[first].lower in _TRIMMED_LEFT:
            first += 1
        while first < last and tokens[last].lower in _TRIMMED_RIGHT:
            last -= 1
        held = found.get((first, last))
        if held is not None:
            held.label = label or held.label
            return
        name = parse.span(first, last).of(parse.text)
        if any(c.isalpha() for c in name):
            demonym = self.gazetteer.demonyms.get(name.lower())
            found[first, last] = Candidate(first, last, name, self.gazetteer.lookup(name), demonym, label)


def _last_capital(tokens: Sequence[Token], i: int, end: int) -> int:
    """Last of the capitalised words from token *i* on."""
    j = i
    while j + 1 < min(end, i + LONGEST) and tokens[j + 1].text[0].isupper():
        j += 1
    return j


def runs(inside: Sequence[float]) -> Iterable[tuple[int, int]]:
    """Token ranges (both ends included) that the encoder's head takes for toponyms."""
    first = None
    for i, p in enumerate((*inside, 0.0)):
        if p >= 0.5 and first is None:
            first = i
        elif p < 0.5 and first is not None:
            yield first, i - 1
            first = None


def choose(candidates: Iterable[Candidate], threshold: float) -> list[Candidate]:
    """The candidates at or above *threshold* that overlap no better one, in text order."""
    taken: set[int] = set()
    kept = []
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.first - c.last, c.first)):
        if candidate.score < threshold:
            break
        covered = range(candidate.first, candidate.last + 1)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.first)
