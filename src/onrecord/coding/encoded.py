"""Fillers of incidents: who attacked, what was hit, who suffered and with what weapon, from the incident head.

The head marks words. Which of them fill a role, and whether the report tells of an incident at all, is a
logistic model's over signs of the whole report (``coding.encoded_signs``); several mentions of one filler are
one, and its best mention stands for it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from onrecord.coding.encoded_signs import Candidate, candidate_signs, report_signs
from onrecord.lexicon.incidents import IncidentTables
from onrecord.model import Encoding, Parse
from onrecord.model.incident import INCIDENT_ROLES
from onrecord.model.tagging import tagged

OUTSIDE = 0.3
"""What the probability of "no role" is multiplied by when candidates are looked for."""

LEAST = 0.12
"""Least probability of a role, averaged over the words of a mention, for a candidate of that role."""

_NAMED = frozenset({INCIDENT_ROLES.index("organisation"), INCIDENT_ROLES.index("victim")})
_BEFORE = frozenset({"PUNCT", "SPACE", "ADP", "CCONJ"})
_BEFORE_TAGS = frozenset({"DT", "PRP$", "WDT"})
_AFTER = frozenset({"PUNCT", "SPACE", "DET", "ADP", "CCONJ"})
_HEADS = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ", "VERB"})
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_MARKS = str.maketrans("", "", string.punctuation)
_SMALL = frozenset({"of", "the", "and", "for", "de", "la", "del"})


@dataclass(frozen=True, slots=True)
class Filler:
    """Who or what fills a role: its best mention as tokens [first, last], its head token, its probability, the
    incident type that the head gives to the words around, and how often it is named."""

    role: int
    first: int
    last: int
    head: int
    score: float
    kind: str
    mentions: int


def find_fillers(parse: Parse, encoding: Encoding | None, tables: IncidentTables) -> list[Filler]:
    """The fillers of the incidents that a report tells of, in text order; none without the encoder's heads."""
    if encoding is None or not {"incident", "incident_types"} <= encoding.heads.keys() or not encoding.windows:
        return []
    weighed = [(tables.probability(signs), c) for c, signs in weigh(parse, encoding)]
    kept = [_filler(parse, encoding, c, score) for score, c in choose(weighed, tables.threshold)]
    return sorted(kept, key=lambda f: (f.first, f.role))


def weigh(parse: Parse, encoding: Encoding) -> Iterator[tuple[Candidate, list[str]]]:
    """Each candidate of a report with its signs."""
    found = candidates(parse, encoding)
    if not found:
        return
    of_report = report_signs(encoding)
    for candidate in found:
        rivals = [c.most for c in found if c.role == candidate.role]
        head = head_token(parse, *candidate.mentions[candidate.best])
        yield candidate, candidate_signs(candidate, parse, encoding, of_report, rivals, head)


def candidates(parse: Parse, encoding: Encoding) -> list[Candidate]:
    """Every marked string in every role that the head thinks possible."""
    shares = encoding.heads["incident"]
    roles = np.stack([shares[:, 1 + 2 * k] + shares[:, 2 + 2 * k] for k in range(len(INCIDENT_ROLES))], axis=1)
    places: dict[str, list[tuple[int, int]]] = {}
    for run in tagged(encoding, "incident", outside=OUTSIDE):
        first, last = _trimmed(parse, run.first, run.last)
        words = plain(parse.span(first, last).of(parse.text))
        if words:
            places.setdefault(words, []).append((first, last))
    found = list[Candidate]()
    for words, mentions in places.items():
        means = np.stack([roles[a : b + 1].mean(axis=0) for a, b in mentions])
        likely = np.flatnonzero(means.max(axis=0) >= LEAST)
        found += [Candidate(int(role), words, tuple(mentions), means) for role in likely]
    return found


def choose(weighed: list[tuple[float, Candidate]], threshold: float) -> list[tuple[float, Candidate]]:
    """The likeliest candidates from *threshold* up; one role a string, one string a filler."""
    kept: list[tuple[float, Candidate]] = []
    for score, candidate in sorted(weighed, key=lambda pair: -pair[0]):
        if score < threshold:
            break
        if not any(other.words == candidate.words or same_filler(candidate, other) for _, other in kept):
            kept.append((score, candidate))
    return kept


def same_filler(one: Candidate, other: Candidate) -> bool:
    """Whether two strings of one role stand for one filler: an acronym and its name, a name and a part of it,
    a description and the same with more words before it."""
    if one.role != other.role:
        return False
    mine, theirs = one.words.split(), other.words.split()
    if _acronym(mine, theirs) or _acronym(theirs, mine):
        return True
    within = set(mine) < set(theirs) or set(theirs) < set(mine)
    return within and (one.role in _NAMED or mine[-1] == theirs[-1])


def plain(words: str) -> str:
    """Lower case, without punctuation, articles and more than one blank."""
    return " ".join(_ARTICLES.sub(" ", words.lower().translate(_MARKS)).split())


def head_token(parse: Parse, first: int, last: int) -> int:
    """The token that the others of [first, last] hang on."""
    for i in range(last, first - 1, -1):
        token = parse.tokens[i]
        if (token.head == i or not first <= token.head <= last) and token.pos in _HEADS:
            return i
    return last


def _filler(parse: Parse, encoding: Encoding, candidate: Candidate, score: float) -> Filler:
    first, last = candidate.mentions[candidate.best]
    kinds = encoding.heads["incident_types"][first]
    kind = encoding.labels["incident_types"][int(kinds.argmax())]
    return Filler(
        candidate.role, first, last, head_token(parse, first, last), round(score, 3), kind, len(candidate.mentions)
    )


def _trimmed(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """[first, last] without determiners, prepositions and punctuation at its ends."""
    tokens = parse.tokens
    while first < last and (tokens[first].tag in _BEFORE_TAGS or tokens[first].pos in _BEFORE):
        first += 1
    while last > first and tokens[last].pos in _AFTER:
        last -= 1
    return first, last


def _acronym(short: list[str], words: list[str]) -> bool:
    letters = "".join(w[0] for w in words if w not in _SMALL)
    return len(short) == 1 and len(letters) >= 2 and short[0] == letters
