"""The tasks that the encoder learns, and how their annotated texts become windows of word pieces.

A further head is one `Head` in `HEADS` and one loader in `TASKS` that fills `Gold` for it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from tokenizers import Tokenizer

from onrecord.parse.windows import LIMIT, cut

IGNORE = -100
LINKS = (("content", "source"), ("content", "cue"), ("cue", "source"))
INCIDENT_TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")


@dataclass(frozen=True, slots=True)
class Head:
    """One output: ``tags`` and ``window`` give probabilities, ``value`` a number, ``vector`` coordinates.

    Values outside *limits* are cut to them.
    """

    name: str
    kind: Literal["tags", "value", "window", "vector"]
    labels: tuple[str, ...]
    limits: tuple[float, float] | None = None


def bio(*types: str) -> tuple[str, ...]:
    """Labels of a tagging head: O, then B- and I- of each type."""
    return ("O", *(f"{mark}-{name}" for name in types for mark in "BI"))


HEADS = (
    Head("source", "tags", bio("SOURCE")),
    Head("cue", "tags", bio("CUE")),
    Head("content", "tags", bio("CONTENT")),
    Head("time", "tags", bio("DATE", "TIME", "DURATION", "SET")),
    Head("toponym", "tags", bio("PLACE", "SITE")),
    Head("incident", "tags", bio("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")),
    Head("factuality", "value", ("factuality",), (-3.0, 3.0)),
    Head("link_source", "vector", tuple(f"s{i}" for i in range(64))),
    Head("link_cue", "vector", tuple(f"c{i}" for i in range(64))),
    Head("link_content", "vector", tuple(f"q{i}" for i in range(64))),
    Head("link_none", "vector", tuple(f"{a}>{b}" for a, b in LINKS)),
    Head("incident_types", "window", INCIDENT_TYPES),
)
BY_NAME = {head.name: head for head in HEADS}


@dataclass(slots=True)
class Gold:
    """One annotated text; spans are half-open code point offsets into it.

    ``tags[head]`` holds (start, end, type); ``values[head]`` (start, value, weight); ``links`` the spans
    of one attribution by role; ``types`` the incident types of the text, None where not annotated.
    """

    id: str
    text: str
    group: str = ""
    tags: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    values: dict[str, list[tuple[int, float, float]]] = field(default_factory=dict)
    links: list[dict[str, list[tuple[int, int]]]] = field(default_factory=list)
    types: frozenset[str] | None = None
    ids: list[int] = field(default_factory=list)
    offsets: list[tuple[int, int]] = field(default_factory=list)
    heads_of_words: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class Window:
    """Pieces of one window with the marks at both ends, and the targets for each of them.

    ``tags[head]`` has one label number a piece (IGNORE where none is asked for); ``values[head]`` is
    (numbers, weights); ``links`` has one dict an attribution: role to ranges of pieces.
    """

    ids: list[int]
    words: np.ndarray
    tags: dict[str, np.ndarray]
    values: dict[str, tuple[np.ndarray, np.ndarray]]
    links: list[dict[str, list[tuple[int, int]]]]
    types: np.ndarray | None


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def load_attribution(path: Path) -> list[Gold]:
    """PolNeAR: three independent heads, since roles of different attributions may overlap."""
    found = []
    for row in _lines(path):
        gold = Gold(row["id"], row["text"], tags={"source": [], "cue": [], "content": []})
        for item in row["attributions"]:
            roles = {role: [(s, e) for s, e in item[role]] for role in ("source", "cue", "content")}
            gold.links.append(roles)
            for role, spans in roles.items():
                gold.tags[role] += [(s, e, role.upper()) for s, e in spans]
        found.append(gold)
    return found


def load_time(path: Path) -> list[Gold]:
    """TimeBank and AQUAINT: extents and types of TIMEX3."""
    return [
        Gold(row["id"], row["text"], tags={"time": [(*x["span"], x["type"]) for x in row["timexes"]]})
        for row in _lines(path)
    ]


def load_geo(path: Path) -> list[Gold]:
    """LGL and GeoWebNews; SITE is a place that has no gazetteer entry (streets, buildings, campuses)."""
    return [
        Gold(
            row["id"],
            row["text"],
            tags={"toponym": [(*x["span"], "SITE" if x["geonameid"] is None else "PLACE") for x in row["toponyms"]]},
        )
        for row in _lines(path)
    ]


CORPUS_WEIGHTS = {"UDS_IH2": 1.0, "UW": 1.5, "MEANTIME": 4.0}


def load_factuality(path: Path) -> list[Gold]:
    """Sentences of UW, MEANTIME and UDS-IH2; the weights keep the large corpus from drowning the others."""
    found = []
    for row in _lines(path):
        weight = CORPUS_WEIGHTS[row["corpus"]]
        values = [(p["span"][0], float(p["value"]), weight) for p in row["predicates"]]
        found.append(Gold(row["id"], row["text"], row["corpus"], values={"factuality": values}))
    return found


def load_incidents(path: Path) -> list[Gold]:
    """MUC-4: each occurrence of a filler in its message is marked, longest first, first role wins."""
    found = []
    for row in _lines(path):
        text, taken, spans = row["text"], set[int](), list[tuple[int, int, str]]()
        fillers = {(name, role) for role, sets in row["roles"].items() for names in sets for name in names}
        for name, role in sorted(fillers, key=lambda x: (-len(x[0]), x)):
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                if taken.isdisjoint(range(*match.span())):
                    taken.update(range(*match.span()))
                    spans.append((*match.span(), role))
        found.append(Gold(row["id"], text, tags={"incident": sorted(spans)}, types=frozenset(row["incident_types"])))
    return found


@dataclass(frozen=True, slots=True)
class Task:
    """One training file and how often it is read."""

    name: str
    load: Callable[[Path], list[Gold]]
    passes: float


TASKS = (
    Task("attribution", load_attribution, 3.0),
    Task("factuality", load_factuality, 3.0),
    Task("time", load_time, 6.0),
    Task("geo", load_geo, 4.0),
    Task("incidents", load_incidents, 2.5),
)


def tokenize(golds: list[Gold], tokenizer: Tokenizer) -> None:
    """Fill in pieces, their offsets and which of them begin a word."""
    for gold, encoded in zip(
        golds, tokenizer.encode_batch([g.text for g in golds], add_special_tokens=False), strict=True
    ):
        gold.ids, gold.offsets = encoded.ids, encoded.offsets
        gold.heads_of_words = [not piece.startswith("##") for piece in encoded.tokens]


def split(golds: list[Gold], seed: int, share: float = 0.08) -> tuple[list[Gold], list[Gold]]:
    """(training, held out): whole documents, drawn by *seed*."""
    order = list(range(len(golds)))
    random.Random(seed).shuffle(order)
    held = set(order[: max(1, round(len(golds) * share))])
    return [g for i, g in enumerate(golds) if i not in held], [g for i, g in enumerate(golds) if i in held]


def _first_piece(offsets: list[tuple[int, int]], start: int) -> int | None:
    """Index of the piece that covers *start*, or of the first one after it within two code points."""
    for i, (a, b) in enumerate(offsets):
        if b > start:
            return i if a <= start + 2 else None
    return None


def _pieces(offsets: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start and b > a]
    return (inside[0], inside[-1] + 1) if inside else None


def _tag(head: Head, offsets: list[tuple[int, int]], spans: list[tuple[int, int, str]]) -> np.ndarray:
    tags = np.zeros(len(offsets), dtype=np.int64)
    for start, end, name in spans:
        pieces = _pieces(offsets, start, end)
        if pieces:
            begin = head.labels.index(f"B-{name}")
            tags[pieces[0] : pieces[1]] = begin + 1
            if start >= offsets[0][0]:
                tags[pieces[0]] = begin
    return tags


def _near(spans: list[tuple[int, int, str]], low: int, high: int) -> list[tuple[int, int, str]]:
    return [s for s in spans if s[0] < high and s[1] > low]


def window(gold: Gold, first: int, end: int, ends: tuple[int, int]) -> Window:
    """The window of pieces [first, end) of *gold*; *ends* are the ids of the marks around it."""
    offsets = gold.offsets[first:end]
    low, high = offsets[0][0], offsets[-1][1]
    words = np.array([False, *gold.heads_of_words[first:end], False])
    tags = {}
    for name, spans in gold.tags.items():
        inner = np.where(words[1:-1], _tag(BY_NAME[name], offsets, _near(spans, low, high)), IGNORE)
        tags[name] = np.concatenate([[IGNORE], inner, [IGNORE]])
    values = {}
    for name, points in gold.values.items():
        numbers, weights = np.zeros(len(words), np.float32), np.zeros(len(words), np.float32)
        for start, value, weight in points:
            at = _first_piece(offsets, start) if low <= start < high else None
            if at is not None:
                numbers[at + 1], weights[at + 1] = value, weight
        values[name] = (numbers, weights)
    links = []
    for roles in gold.links:
        inside = {
            role: [(p[0] + 1, p[1] + 1) for s, e in spans if (p := _pieces(offsets, s, e))]
            for role, spans in roles.items()
            if any(s < high and e > low for s, e in spans)
        }
        if inside:
            links.append(inside)
    types = None
    if gold.types is not None and (not gold.types or (tags["incident"] > 0).any()):
        types = np.array([name in gold.types for name in INCIDENT_TYPES], dtype=np.float32)
    return Window([ends[0], *gold.ids[first:end], ends[1]], words, tags, values, links, types)


def pack(golds: list[Gold], rng: random.Random, limit: int = LIMIT) -> list[Gold]:
    """About half of the sentences as they are, the others joined to texts of their neighbours.

    A report is no single sentence: a model that only ever saw one would be at a loss in the second.
    """
    packed, run = list[Gold](), list[Gold]()
    room = 0
    for gold in golds:
        if run and (run[-1].group != gold.group or room < len(gold.ids)):
            packed.append(join(run))
            run = []
        if not run:
            if rng.random() < 0.85:
                packed.append(gold)
                continue
            room = rng.randint(40, limit)
        run.append(gold)
        room -= len(gold.ids)
    return [*packed, join(run)] if run else packed


def join(golds: list[Gold]) -> Gold:
    """One text of several, a blank between them."""
    whole = Gold(golds[0].id, "", golds[0].group)
    for gold in golds:
        shift = len(whole.text) + 1 if whole.text else 0
        whole.text = f"{whole.text} {gold.text}" if whole.text else gold.text
        whole.ids = whole.ids + gold.ids
        whole.offsets = whole.offsets + [(a + shift, b + shift) for a, b in gold.offsets]
        whole.heads_of_words = whole.heads_of_words + gold.heads_of_words
        for name, points in gold.values.items():
            whole.values.setdefault(name, []).extend((s + shift, v, w) for s, v, w in points)
    return whole


def windows(golds: list[Gold], ends: tuple[int, int], rng: random.Random | None) -> list[Window]:
    """All windows; with *rng* the cuts move from pass to pass, without they are those of coding."""
    found = []
    for gold in golds:
        limit = LIMIT if rng is None or rng.random() < 0.5 else rng.randint(LIMIT // 2, LIMIT)
        for first, end in cut(gold.text, gold.offsets, limit):
            found.append(window(gold, first, end, ends))
    return found
