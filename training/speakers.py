"""Weights for who is meant: ``python -m training.speakers --data TRAIN.jsonl --out src/onrecord/data/speakers.csv``.

``training/speakers.jsonl`` and ``training/speakers-held.jsonl`` say who the pronoun and description sources of reports
are (offsets only, as in ``benchmarks/judged``). Each of the five choices of ``onrecord.attribute`` (he and she, one
person, a body or place, it, they) is a conditional logit over its options by named signs, "nobody named" among them; it
starts from the weights set by hand in the data file and is pulled back to them, the more the fewer its marks are.
Reports are held out in ten folds to show what the fit is worth. The personal choice comes first, since the others
weigh with it who is in mind.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from onrecord.attribute import bodies, collectives, holders
from onrecord.attribute.coreference import begin, resolve
from onrecord.attribute.descriptions import choice_of
from onrecord.attribute.mention import Mention
from onrecord.attribute.pronouns import candidates
from onrecord.attribute.reading import One, Reading, start
from onrecord.attribute.salience import weigh
from onrecord.attribute.statements import find_told
from onrecord.config import Config
from onrecord.lexicon.speakers import load_speaker_weights
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Layers
from onrecord.pipeline import Parts, load_parts
from onrecord.read import Defaults, make_report

Span = tuple[int, int]
Mark = tuple[Sequence[Span], Sequence[Span]]  # namings of who is meant, and of the unnamed who is
Group = tuple[str, list[dict[str, float]], list[bool]]
Option = tuple[One | None, dict[str, float]]
MARKS = ("speakers.jsonl", "speakers-held.jsonl")
CHOICES = ("personal", "holder", "body", "it", "they")
PENALTIES = {"personal": 2.0, "holder": 2.0, "body": 2.0, "it": 10.0, "they": 60.0}


def layers_of(text: str, published: str | None, parts: Parts) -> Layers:
    """Parse, encoding and actors of one text."""
    report = make_report({"text": text, "published": published}, origin="train", defaults=Defaults())
    parse = parts.parser.parse(report.text)
    encoding = parts.encoder.encode(parse) if parts.encoder is not None else None
    bare = Layers(report=report, parse=parse, encoding=encoding)
    return Layers(report=report, parse=parse, encoding=encoding, actors=parts.grounding.find_actors(bare))


def options_of(reading: Reading, mention: Mention) -> tuple[str, list[Option]] | None:
    """The choice that a mention poses and its options; None for what rules resolve."""
    if mention.kind == "pronoun":
        if mention.gender in ("m", "f"):
            return "personal", list(candidates(reading, mention))
        if mention.gender in ("n", "p") and not collectives.is_empty(reading, mention):
            return ("it" if mention.gender == "n" else "they"), collectives.options(reading, mention)
        return None
    choice = choice_of(reading, mention) if mention.kind == "noun" else None
    if choice == "holder":
        return choice, holders.options(reading, mention)
    return (choice, bodies.options(reading, mention)) if choice == "body" else None


def is_right(one: One | None, mark: Mark) -> bool:
    """Whether an option is what the mark says; a mere thing stays unresolved, as nobody does."""
    named, unnamed = mark
    if one is None:
        return not named
    if not named and one.sort == "thing" and one.fullest.kind != "name" and not one.plural:
        return True
    return any(m.span.start < b and a < m.span.end for m in one.mentions for a, b in (*named, *unnamed))


def groups_of(layers: Layers, marks: Mapping[int, Mark], parts: Parts) -> Iterator[Group]:
    """The options' signs of each marked mention, by its start, and which are right; later ones know the right one."""
    told = find_told(layers, parts.lexicon.cues)
    reading, mentions = begin(layers.parse, layers.actors, parts.lexicon.cues, told, layers.report.published_day)
    for mention in mentions:
        mark = marks.get(mention.span.start)
        posed = options_of(reading, mention) if mark is not None else None
        right = [is_right(one, mark) for one, _ in posed[1]] if posed is not None and mark is not None else []
        if posed is not None and any(right):
            yield posed[0], [found for _, found in posed[1]], right
            one = posed[1][right.index(True)][0]
            if one is None:
                start(reading, mention)
            else:
                reading.file(mention, one)
        else:
            resolve(reading, mention)
        reading.seen.append(mention)


def fit(groups: Sequence[Group], hand: Mapping[str, float], penalty: float) -> dict[str, float]:
    """Weights that make the right options likeliest, drawn towards *hand* by *penalty*."""
    names = sorted(hand)
    start_at = np.array([hand[name] for name in names])
    tables = [(np.array([[f.get(n, 0.0) for n in names] for f in o]), np.array(r, float)) for _, o, r in groups]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        value, pull = penalty * float((w - start_at) @ (w - start_at)) / 2, penalty * (w - start_at)
        for x, y in tables:
            scores = x @ w
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            good = float(shares @ y)
            value -= float(np.log(max(good, 1e-12)))
            pull = pull + x.T @ (shares - shares * y / max(good, 1e-12))
        return value, pull

    best = minimize(loss, start_at, jac=True, method="L-BFGS-B").x
    return dict(zip(names, map(float, best), strict=True))


def count_right(groups: Sequence[Group], weights: Mapping[str, float]) -> int:
    """Number of groups in which the best option is a right one."""
    good = 0
    for _, options, right in groups:
        scores = [weigh(found, weights) for found in options]
        good += right[scores.index(max(scores))]
    return good


def held_out(by_report: Sequence[Sequence[Group]], hand: Mapping[str, float], penalty: float) -> int:
    """Number of groups right when their report is in none of the nine folds that the weights come from."""
    good = 0
    for fold in range(10):
        learn = [g for i, groups in enumerate(by_report) if i % 10 != fold for g in groups]
        rest = [g for i, groups in enumerate(by_report) if i % 10 == fold for g in groups]
        good += count_right(rest, fit(learn, hand, penalty))
    return good


def main(argv: list[str] | None = None) -> int:
    """Fits each choice, prints how many are right by hand, held out and fitted, and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    parts = load_parts(Config())
    reports = find_reports(args.data, parts)
    rows = list(read_rows(data_folder() / "speakers.csv", ("choice", "sign", "hand", "weight")))
    fitted = {choice: {r["sign"]: float(r["weight"]) for r in rows if r["choice"] == choice} for choice in CHOICES}
    by_hand = {choice: {r["sign"]: float(r["hand"]) for r in rows if r["choice"] == choice} for choice in CHOICES}
    for round_of in (CHOICES[:1], CHOICES[1:]):
        found = [list(groups_of(layers, marks, parts)) for layers, marks in reports]
        for choice in round_of:
            by_report = [[g for g in groups if g[0] == choice] for groups in found]
            everything = [g for groups in by_report for g in groups]
            hand, penalty = by_hand[choice], PENALTIES[choice]
            fitted[choice] = fit(everything, hand, penalty)
            good = [count_right(everything, hand), held_out(by_report, hand, penalty)]
            good.append(count_right(everything, fitted[choice]))
            print(choice, f"{len(everything)} marks: right by hand {good[0]}, held out {good[1]}, fitted {good[2]}")
        write(args.out, by_hand, fitted)
        load_speaker_weights.cache_clear()
    return 0


def find_reports(data: Path, parts: Parts) -> list[tuple[Layers, dict[int, Mark]]]:
    """The layers of each marked report with its marks by the start of what is marked."""
    marks: dict[str, dict[int, Mark]] = {}
    lines = [x for name in MARKS for x in (Path(__file__).parent / name).read_text(encoding="utf-8").split("\n") if x]
    for mark in map(json.loads, lines):
        named, unnamed = mark["antecedents"], mark.get("unnamed", [])
        spans = ([(a, b) for a, b in named], [(a, b) for a, b in unnamed])
        marks.setdefault(mark["doc"], {})[mark["mention"][0]] = spans
    found = []
    for line in filter(None, data.read_text(encoding="utf-8").split("\n")):
        record = json.loads(line)
        if record["id"] in marks:
            found.append((layers_of(record["text"], record.get("published"), parts), marks[record["id"]]))
    return found


def write(path: Path, hand: Mapping[str, Mapping[str, float]], weights: Mapping[str, Mapping[str, float]]) -> None:
    """Writes both columns below the lines of comment that the file begins with."""
    lines = (data_folder() / "speakers.csv").read_text(encoding="utf-8").split("\n")
    head = [line for line in lines if line.startswith("#")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("\n".join(head) + "\n")
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("choice", "sign", "hand", "weight"))
        for choice in CHOICES:
            own = weights[choice]
            table.writerows((choice, sign, f"{hand[choice][sign]:g}", f"{own[sign]:.3f}") for sign in sorted(own))


if __name__ == "__main__":
    raise SystemExit(main())
