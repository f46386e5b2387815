"""Makes the weights that find and resolve toponyms: src/onrecord/data/gazetteer/weights_*.csv.

    python -m training.places TRAIN.jsonl [CACHE]

TRAIN.jsonl has one report a line with ``text``, ``url``, ``published`` and ``toponyms`` (``span``,
``lat``, ``lon``, ``geonameid``). The shipped weights were made from the training part of LGL
(Lieberman, Samet and Sankaranarayanan 2010) and GeoWebNews (Gritta, Pilehvar and Collier 2020).
CACHE keeps the parses between runs.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.ground.gazetteer import Gazetteer, Match, kilometres
from onrecord.ground.place_signs import Group
from onrecord.ground.places import PlaceResolver
from onrecord.ground.toponyms import Toponym, ToponymFinder
from onrecord.ground.weights import Weights
from onrecord.lexicon.tables import data_folder
from onrecord.model import Parse, Report
from training.logistic import fit_choice, fit_logistic, write_weights
from training.places_made import made_reports

NEAR_KM = 161.0
ORIGIN = "fitted by training/places.py on the training part of LGL and GeoWebNews; no text of theirs is kept"
MADE = 220  # reports made from our own sentences: some 1,200 sentences
Document = tuple[dict[str, Any], Parse]
Choice = tuple[list[dict[str, float]], list[bool]]


def read_documents(path: Path, cache: Path | None) -> list[Document]:
    """Reports with their parses."""
    if cache is not None and cache.is_file():
        found: list[Document] = pickle.loads(cache.read_bytes())
        return found
    from onrecord.parse.syntax import SpacyParser

    parser = SpacyParser()
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    documents = [(record, parser.parse(record["text"])) for record in records]
    if cache is not None:
        cache.write_bytes(pickle.dumps(documents))
    return documents


def report_of(record: dict[str, Any]) -> Report:
    return Report(report_id=record["id"], text=record["text"], title=record.get("title"),
                  published=record.get("published"), url=record.get("url"))  # fmt: skip


def finding_cases(documents: Sequence[Document], finder: ToponymFinder) -> tuple[list[list[str]], list[bool]]:
    """Signs and truth of every candidate: right when it is a gold span, or overlaps one that no candidate equals."""
    cases, truth = [], []
    for record, parse in documents:
        candidates = finder.candidates.find(parse)
        context = finder.signs.context(parse, candidates)
        gold = {tuple(t["span"]) for t in record["toponyms"]}
        spans = [parse.span(c.first, c.last) for c in candidates]
        missed = gold - {tuple(s) for s in spans}
        for candidate, span in zip(candidates, spans, strict=True):
            cases.append(finder.signs.of(parse, candidate, context))
            truth.append(tuple(span) in gold or any(span.start < b and a < span.end for a, b in missed))
    return cases, truth


def made_documents(gazetteer: Gazetteer, count: int = MADE) -> list[Document]:
    """Reports made from our own sentences, with their parses."""
    from onrecord.parse.syntax import SpacyParser

    parser = SpacyParser()
    path = Path(__file__).with_name("places_sentences.csv")
    return [(record, parser.parse(record["text"])) for record in made_reports(path, gazetteer, count)]


def fit_finding(documents: Sequence[Document], gazetteer: Gazetteer) -> Weights:
    finder = ToponymFinder(gazetteer, Weights({}))
    return Weights(fit_logistic(*finding_cases(documents, finder), penalty=2.0, least=3))


def right_options(group: Group, gold: Sequence[dict[str, Any]]) -> list[bool] | None:
    """Which options of a group are what the gold says of its mentions; None where it says nothing of them."""
    said = [
        t
        for t in gold
        if t["lat"] is not None
        and any(t["span"][0] < m.span.end and m.span.start < t["span"][1] for m in group.mentions)
    ]
    if not said:
        return None
    ids = {f"geonames:{t['geonameid']}" for t in said if t.get("geonameid")}
    right = [m.entry.place_id in ids for m in group.options]
    if not any(right):
        right = [any(_near(m, t) for t in said) for m in group.options]
    return [*right, not any(right)]


def _near(match: Match, said: dict[str, Any]) -> bool:
    return kilometres(match.entry.lat, match.entry.lon, said["lat"], said["lon"]) < NEAR_KM


def choices(
    found: Sequence[tuple[dict[str, Any], tuple[Toponym, ...]]], resolver: PlaceResolver, *, second: bool
) -> list[Choice]:
    """For each group that the gold places: the signs of its options, and which are right."""
    cases: list[Choice] = []
    for record, mentions in found:
        scene = resolver.weigh(mentions, report_of(record))
        for group, signs in zip(scene.groups, scene.signs(second), strict=True):
            right = right_options(group, record["toponyms"])
            if right is not None and len(right) > 1:
                cases.append((signs, right))
    return cases


def fit_placing(documents: Sequence[Document], finder: ToponymFinder) -> tuple[Weights, Weights]:
    """Weights of the first and of the later rounds."""
    found = [(record, finder.find(parse)) for record, parse in documents]
    nothing = Weights({})
    first = Weights(
        fit_choice(choices(found, PlaceResolver(finder.gazetteer, nothing, nothing), second=False), penalty=1.0)
    )
    second = first
    for _ in range(2):  # the later rounds see beliefs that they made themselves
        resolver = PlaceResolver(finder.gazetteer, first, second)
        second = Weights(fit_choice(choices(found, resolver, second=True), penalty=1.0))
    return first, second


def main(path: Path, cache: Path | None) -> None:
    documents = read_documents(path, cache)
    gazetteer = Gazetteer()
    documents += made_documents(gazetteer)
    finding = fit_finding(documents, gazetteer)
    first, second = fit_placing(documents, ToponymFinder(gazetteer, finding))
    folder = data_folder() / "gazetteer"
    write_weights(folder / "weights_toponyms.csv", ORIGIN, finding.of, least=0.02)
    write_weights(folder / "weights_places_first.csv", ORIGIN, first.of)
    write_weights(folder / "weights_places_second.csv", ORIGIN, second.of)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
