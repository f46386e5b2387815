"""Toponyms: which words of a report name a place.

Every run of capitalised words that a gazetteer knows, every named entity that may be a place, every
name with a feature word ("... County", "Lake ...") and every demonym is a candidate; a logistic
model over what stands in and around it says how likely it is a toponym, and candidates that overlap
compete. With the shared encoder's head ``toponym`` its opinion is weighed in. What counts as a
toponym, and the words literal, demonym, metonymic and embedded, follow Gritta, Pilehvar and
Collier, "A pragmatic guide to geoparsing evaluation" (2020).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.ground.gazetteer import Gazetteer, Match
from onrecord.ground.toponym_candidates import Candidate, CandidateFinder, choose
from onrecord.ground.toponym_signs import Signs
from onrecord.ground.toponym_words import feature_beside
from onrecord.ground.weights import Weights
from onrecord.model import Credit, Encoding, Parse, Span, Token

THRESHOLD = 0.35
HEAD_SHARE = 0.3  # of the vote, when the encoder has one: more costs towns abroad, which its training hardly knew
LARGE_TOWN = 100_000  # a namesake this large may be meant where a demonym is not marked as one
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z.'’\-]+(?:[ \-][A-Z.'’\-]{2,}){0,3})(?P<rest>(?:, ?[\w. ]{2,40})?)"
    r"\s*(?:\([^)]{2,40}\)\s*)?(?:--?|–|—|:)\s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """Words that name a place, and the places they may name.

    ``name`` is the form looked up; ``feature`` the GeoNames class that its feature word asks for
    ("county" A, "river" H), None without one. ``usage`` is literal, demonym ("Syrian"), metonymic
    ("Moscow said": the place stands for its government) or embedded (part of another name).
    ``tokens`` is its half-open token range, None for a dateline that the parse leaves out.
    ``score`` is how likely the words are a toponym, 0 to 1.
    """

    text: str
    span: Span
    name: str
    usage: str = "literal"
    feature: str | None = None
    matches: tuple[Match, ...] = ()
    tokens: tuple[int, int] | None = None
    score: float = 1.0
    dateline: bool = False


class ToponymFinder:
    """Finds toponyms; holds the gazetteer, the demonyms and the weights, and no state of a report."""

    def __init__(self, gazetteer: Gazetteer, weights: Weights | None = None) -> None:
        self.gazetteer = gazetteer
        self.weights = (weights or Weights.shipped("toponyms")).updated(Weights.shipped("toponyms_by_hand"))
        self.candidates = CandidateFinder(gazetteer)
        self.signs = Signs()

    def find(
        self, parse: Parse, encoding: Encoding | None = None, credits: Iterable[Credit] = ()
    ) -> tuple[Toponym, ...]:
        """The toponyms of a parse in text order, without overlaps; datelines from *credits* first."""
        found = [t for t in (self._dateline(parse, c) for c in credits) if t is not None]
        inside = head_inside(encoding, len(parse.tokens))
        candidates = self.candidates.find(parse, inside)
        context = self.signs.context(parse, candidates)
        for candidate in candidates:
            signs = self.signs.of(parse, candidate, context)
            candidate.score = self.weights.probability(signs)
            if inside is not None:
                candidate.score = _blend(candidate, inside)
        for candidate in choose(candidates, THRESHOLD):
            span = parse.span(candidate.first, candidate.last)
            if not any(span.overlaps(t.span) for t in found):
                found.append(self._toponym(parse, candidate, span))
        return tuple(sorted(found, key=lambda t: t.span))

    def _toponym(self, parse: Parse, candidate: Candidate, span: Span) -> Toponym:
        tokens = parse.tokens
        matches, usage = candidate.matches, "literal"
        if candidate.demonym is not None and (not matches or _reads_as_demonym(parse, candidate)):
            meant = self.gazetteer.demonym_entry(candidate.demonym)
            matches, usage = ((Match(meant, True, False),) if meant else ()), "demonym"
        elif candidate.feature is None and self.signs.speaks(parse, candidate):
            usage = "metonymic"
        elif _embedded(tokens, candidate):
            usage = "embedded"
        feature = candidate.feature or feature_beside(tokens, candidate.first, candidate.last)
        return Toponym(
            text=span.of(parse.text), span=span, name=candidate.name, usage=usage, feature=feature, matches=matches,
            tokens=(candidate.first, candidate.last + 1), score=round(candidate.score, 4),
            dateline=_is_dateline(parse, span),
        )  # fmt: skip

    def _dateline(self, parse: Parse, credit: Credit) -> Toponym | None:
        """The toponym of a dateline that the parse leaves out, None for another credit."""
        if credit.kind != "dateline" or credit.place is None or parse.tokens_in(credit.place):
            return None
        text = credit.place.of(parse.text)
        name = text.split(",")[0].strip()
        span = Span(credit.place.start, credit.place.start + len(name))
        return Toponym(
            text=span.of(parse.text), span=span, name=name, matches=self.gazetteer.lookup(name), dateline=True
        )


def head_inside(encoding: Encoding | None, count: int) -> list[float] | None:
    """Per token, the encoder's probability that it lies in a toponym; None without such a head."""
    if encoding is None or "toponym" not in encoding.heads:
        return None
    outside = encoding.labels["toponym"].index("O")
    scores = encoding.heads["toponym"][:, outside]
    return [1.0 - float(p) for p in scores] if len(scores) == count else None


def _blend(candidate: Candidate, inside: Sequence[float]) -> float:
    """The rules' and the encoder's opinion as one probability (a weighted mean of log odds)."""
    here = inside[candidate.first : candidate.last + 1]
    edges = [inside[i] for i in (candidate.first - 1, candidate.last + 1) if 0 <= i < len(inside)]
    head = sum(here) / len(here)
    if edges and max(edges) > 0.5:  # the encoder sees a longer name
        head *= 0.7
    return _sigmoid(HEAD_SHARE * _logit(head) + (1 - HEAD_SHARE) * _logit(candidate.score))


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _reads_as_demonym(parse: Parse, candidate: Candidate) -> bool:
    """Whether a word that is a demonym and the name of a place too is the former: "Canadian" and its small town."""
    token = parse.tokens[candidate.last]
    if candidate.label == "NORP" or token.pos == "ADJ" or token.tag in {"NNPS", "NNS"} or token.dep == "amod":
        return True
    return candidate.label != "GPE" and all(m.entry.population < LARGE_TOWN for m in candidate.matches)


def _embedded(tokens: Sequence[Token], candidate: Candidate) -> bool:
    """Whether the candidate is part of a longer name of an organisation, articles and possessives aside."""
    number = tokens[candidate.last].entity_id
    if number < 0 or tokens[candidate.last].entity != "ORG":
        return False
    around = (candidate.first - 1, candidate.last + 1)
    return any(
        0 <= i < len(tokens) and tokens[i].entity_id == number and tokens[i].pos not in {"DET", "PART", "PUNCT"}
        for i in around
    )


def _is_dateline(parse: Parse, span: Span) -> bool:
    """Whether the span is the capitalised place that a paragraph of an agency report opens with."""
    paragraph = parse.paragraphs[parse.paragraph_of(span.start)]
    if span.start - paragraph.start > 40:
        return False
    match = _DATELINE.match(parse.text, paragraph.start)
    return match is not None and match.start("place") <= span.start and span.end <= match.end("rest")


def find_toponyms(
    parse: Parse, encoding: Encoding | None, gazetteer: Gazetteer, credits: Iterable[Credit] = ()
) -> tuple[Toponym, ...]:
    """The toponyms of *parse* in text order; for many reports keep one ToponymFinder instead."""
    return ToponymFinder(gazetteer).find(parse, encoding, credits)
