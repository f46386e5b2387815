"""Weights for "he" and "she": ``python -m training.speakers --data TRAIN.jsonl --out src/onrecord/data/speakers.csv``.

``training/speakers.jsonl`` says who the pronoun sources of sixty reports are (offsets only, as in
``benchmarks/judged``). The signs are those of ``onrecord.attribute.salience``; a conditional logit starts from the
weights set by hand in the data file and is pulled back to them, since the marks are few. Reports are held out in
ten folds to show what the fit is worth.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from onrecord.attribute.coreference import begin, resolve
from onrecord.attribute.pronouns import candidates
from onrecord.attribute.salience import weigh
from onrecord.attribute.statements import find_told
from onrecord.config import Config
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Layers
from onrecord.pipeline import Parts, load_parts
from onrecord.read import Defaults, make_report

Span = tuple[int, int]
Group = tuple[list[dict[str, float]], list[bool]]
MARKS = Path(__file__).parent / "speakers.jsonl"


def layers_of(text: str, published: str | None, parts: Parts) -> Layers:
    """Parse, encoding and actors of one text."""
    report = make_report({"text": text, "published": published}, origin="train", defaults=Defaults())
    parse = parts.parser.parse(report.text)
    encoding = parts.encoder.encode(parse) if parts.encoder is not None else None
    bare = Layers(report=report, parse=parse, encoding=encoding)
    return Layers(report=report, parse=parse, encoding=encoding, actors=parts.grounding.find_actors(bare))


def groups_of(layers: Layers, marks: Mapping[Span, Sequence[Span]], parts: Parts) -> Iterator[Group]:
    """The candidates' signs of each marked pronoun, and which is right; later ones are read with the right one tied."""
    told = find_told(layers, parts.lexicon.cues)
    reading, mentions = begin(layers.parse, layers.actors, parts.lexicon.cues, told, layers.report.published_day)
    for mention in mentions:
        meant = set(marks.get((mention.span.start, mention.span.end), ()))
        personal = mention.kind == "pronoun" and mention.gender in ("m", "f")
        options = candidates(reading, mention) if meant and personal else []
        right = [any((m.span.start, m.span.end) in meant for m in one.mentions) for one, _ in options]
        if any(right):
            yield [found for _, found in options], right
            reading.file(mention, options[right.index(True)][0])
        else:
            resolve(reading, mention)
        reading.seen.append(mention)


def fit(groups: Sequence[Group], hand: Mapping[str, float], penalty: float) -> dict[str, float]:
    """Weights that make the right options likeliest, drawn towards *hand* by *penalty*."""
    names = sorted(hand)
    start = np.array([hand[name] for name in names])
    tables = [(np.array([[f.get(n, 0.0) for n in names] for f in o]), np.array(r, float)) for o, r in groups]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        value, pull = penalty * float((w - start) @ (w - start)) / 2, penalty * (w - start)
        for x, y in tables:
            scores = x @ w
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            good = float(shares @ y)
            value -= float(np.log(max(good, 1e-12)))
            pull = pull + x.T @ (shares - shares * y / max(good, 1e-12))
        return value, pull

    best = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return dict(zip(names, map(float, best), strict=True))


def share_right(groups: Sequence[Group], weights: Mapping[str, float]) -> float:
    """Share of groups in which the best option is the right one."""
    good = 0
    for options, right in groups:
        scores = [weigh(found, weights) for found in options]
        good += right[scores.index(max(scores))]
    return good / max(1, len(groups))


def main(argv: list[str] | None = None) -> int:
    """Fits, prints the share right by hand, held out and fitted, and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--penalty", type=float, default=2.0)
    args = parser.parse_args(argv)
    hand = {row["sign"]: float(row["hand"]) for row in read_rows(data_folder() / "speakers.csv", ("sign", "hand"))}
    by_report = find_groups(args.data, load_parts(Config()))
    everything = [group for groups in by_report for group in groups]
    held = 0.0
    for fold in range(10):
        learn = [g for i, groups in enumerate(by_report) if i % 10 != fold for g in groups]
        rest = [g for i, groups in enumerate(by_report) if i % 10 == fold for g in groups]
        held += len(rest) * share_right(rest, fit(learn, hand, args.penalty))
    weights = fit(everything, hand, args.penalty)
    by_hand, fitted = share_right(everything, hand), share_right(everything, weights)
    print(f"{len(everything)} pronouns in {len(by_report)} reports")
    print(f"right by hand {by_hand:.3f}, held out {held / len(everything):.3f}, fitted {fitted:.3f}")
    write(args.out, hand, weights)
    return 0


def find_groups(data: Path, parts: Parts) -> list[list[Group]]:
    """The groups of each marked report."""
    marks: dict[str, dict[Span, list[Span]]] = {}
    for line in filter(None, MARKS.read_text(encoding="utf-8").split("\n")):
        mark = json.loads(line)
        spans = [(a, b) for a, b in mark["antecedents"]]
        marks.setdefault(mark["doc"], {})[mark["mention"][0], mark["mention"][1]] = spans
    found = []
    for line in filter(None, data.read_text(encoding="utf-8").split("\n")):
        record = json.loads(line)
        if record["id"] in marks:
            layers = layers_of(record["text"], record.get("published"), parts)
            found.append(list(groups_of(layers, marks[record["id"]], parts)))
    return found


def write(path: Path, hand: Mapping[str, float], weights: Mapping[str, float]) -> None:
    """Writes both columns below the lines of comment that the file begins with."""
    lines = (data_folder() / "speakers.csv").read_text(encoding="utf-8").split("\n")
    head = [line for line in lines if line.startswith("#")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("\n".join(head) + "\n")
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("sign", "hand", "weight"))
        table.writerows((sign, f"{hand[sign]:g}", f"{weights[sign]:.3f}") for sign in sorted(hand))


if __name__ == "__main__":
    raise SystemExit(main())
