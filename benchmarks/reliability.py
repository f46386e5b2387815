"""How well `confidence` says how likely a claim is right: reliability curve, Brier score, and the fit that ships.

``python -m benchmarks.reliability [--fit] [--data FILE …] [--no-encoder]``

``benchmarks/judged/confidence.jsonl`` holds the signs of event claims of news reports and whether a reader found
all of the claim right: type, parties, modality and whose word it is. ``--fit`` fits the weights of the logistic model
anew and writes ``data/confidence.csv``; either way the model is measured on reports left out of its fit (ten parts).
Each file of ``--data`` holds sentences with their events as PLOVER roots (one JSON object a line: ``text``,
``published``, ``events``); they are coded, and an event claim counts as right when its type is one of its sentence.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from training.logistic import fit_logistic

import onrecord
from benchmarks.adapters import code
from onrecord.coding.confidence import BIAS, FILE, likely, load_confidence_weights
from onrecord.lexicon.tables import data_folder
from onrecord.model import EventClaim

_JUDGED = Path(__file__).resolve().parent / "judged" / "confidence.jsonl"
_PENALTY, _LEAST, _PARTS = 5.0, 15, 10
_NOTE = """\
# Log odds that a reader finds all of an event claim right (type, parties, modality, whose word), by sign of the
# claim; "head N": between which shares the learned head's answer "an event" lies. Origin: fitted by
# benchmarks/reliability.py --fit on benchmarks/judged/confidence.jsonl; claims: how many of them have the sign.
"""
# Roots of 2016 as they are called today, and yielding, whose two kinds were one then.
_SAME = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "RETREAT": "CONCEDE"}
_MOODS = ("asserted", "planned", "promised", "forecast")
Judged = list[tuple[float, bool]]


def main(argv: list[str] | None = None) -> int:
    """Prints the curve of each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[])
    parser.add_argument("--fit", action="store_true", help="fit the weights anew and write the file that ships")
    parser.add_argument("--no-encoder", action="store_true")
    args = parser.parse_args(argv)
    rows = [json.loads(line) for line in _JUDGED.read_text(encoding="utf-8").splitlines()]
    if args.fit:
        write(fitted(rows), rows, data_folder() / FILE)
        load_confidence_weights.cache_clear()
    weights = load_confidence_weights()
    print("## judged claims, by the weights that ship")
    report([(likely(row["signs"], weights), row["right"]) for row in rows])
    print("\n## judged claims, each report by weights fitted on the others")
    report(left_out(rows))
    config = onrecord.Config(encoder=not args.no_encoder)
    for path in args.data:
        print(f"\n## {path.stem}, types")
        report(judge(path, config))
    return 0


def fitted(rows: Sequence[Mapping[str, object]]) -> dict[str, float]:
    """The weights that *rows* give, by sign."""
    signs, right = [row["signs"] for row in rows], [bool(row["right"]) for row in rows]
    found = fit_logistic(signs, right, penalty=_PENALTY, least=_LEAST)  # type: ignore[arg-type]
    return {BIAS: found.pop("bias"), **found}


def left_out(rows: Sequence[Mapping[str, object]]) -> Judged:
    """Each claim by weights that its report had no part in."""
    names = sorted({str(row["id"]) for row in rows})
    part = {name: number % _PARTS for number, name in enumerate(names)}
    found: Judged = []
    for number in range(_PARTS):
        weights = fitted([row for row in rows if part[str(row["id"])] != number])
        here = (row for row in rows if part[str(row["id"])] == number)
        found += [(likely(row["signs"], weights), bool(row["right"])) for row in here]  # type: ignore[arg-type]
    return found


def write(weights: Mapping[str, float], rows: Sequence[Mapping[str, object]], path: Path) -> None:
    """The table of *weights*, most used signs first."""
    counts = Counter(sign for row in rows for sign in row["signs"])  # type: ignore[attr-defined]
    counts[BIAS] = len(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_NOTE)
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("sign", "weight", "claims"))
        for sign in sorted(weights, key=lambda sign: (-counts[sign], sign)):
            out.writerow((sign, f"{weights[sign]:.3f}", counts[sign]))


def judge(path: Path, config: onrecord.Config) -> Judged:
    """Confidence of each coded event claim, and whether its type is one of its sentence."""
    found: Judged = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        wanted = {_SAME.get(event["event"], event["event"]) for event in record["events"]}
        for claim in code(record, config=config).claims:
            stands = isinstance(claim, EventClaim) and claim.modality.mood in _MOODS
            if stands and isinstance(claim, EventClaim) and claim.confidence is not None:
                found.append((claim.confidence, _SAME.get(claim.event_type, claim.event_type) in wanted))
    return found


def report(judged: Judged, bins: int = 5) -> None:
    """The curve in groups of equal size: mean confidence and share right; then what they come to in one number."""
    ranked = sorted(judged, key=lambda pair: pair[0])
    size = len(ranked)
    print(f"{size} claims, {sum(right for _, right in ranked) / size:.3f} right")
    print(f"{'claims':>7} {'confidence':>11} {'right':>7}")
    error = 0.0
    for number in range(bins):
        group = ranked[number * size // bins : (number + 1) * size // bins]
        said, was = _mean(value for value, _ in group), _mean(float(right) for _, right in group)
        error += abs(said - was) * len(group) / size
        print(f"{len(group):>7} {said:>11.3f} {was:>7.3f}")
    brier = _mean((value - right) ** 2 for value, right in ranked)
    print(f"Brier {brier:.4f}, expected calibration error {error:.4f}, ranking (area under ROC) {_area(ranked):.3f}")


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def _area(ranked: Sequence[tuple[float, bool]]) -> float:
    right, wrong = ([value for value, is_so in ranked if is_so is said] for said in (True, False))
    wins = sum((r > w) + 0.5 * (r == w) for r in right for w in wrong)
    return wins / (len(right) * len(wrong)) if right and wrong else math.nan


if __name__ == "__main__":
    sys.exit(main())
