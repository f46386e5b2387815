"""How well `confidence` says how likely a claim is right: reliability curve, Brier score, and the fit that ships.

``python -m benchmarks.reliability [--fit] [--data FILE …] [--no-encoder]``

``benchmarks/judged/claims.jsonl`` holds event claims of the reports in ``examples/`` with the coder's first guess and
whether a reader found all of the claim right. ``--fit`` fits the two numbers of the logistic curve on them (Platt
1999, with his targets); without it the numbers that ship (``data/confidence.toml``) are measured. Each file of
``--data`` holds sentences with their events as PLOVER roots (one JSON object a line: ``text``, ``published``,
``events``); they are coded, and an event claim counts as right when its type is among those of its sentence.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import onrecord
from benchmarks.adapters import code
from onrecord.coding import confidence
from onrecord.model import EventClaim

_JUDGED = Path(__file__).resolve().parent / "judged" / "claims.jsonl"
# Roots of 2016 as they are called today, and yielding, whose two kinds were one then.
_SAME = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "RETREAT": "CONCEDE"}
_MOODS = ("asserted", "planned", "promised", "forecast")
Judged = list[tuple[float, bool]]


def main(argv: list[str] | None = None) -> int:
    """Prints the curve of each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[])
    parser.add_argument("--fit", action="store_true", help="fit the curve anew and measure with it")
    parser.add_argument("--no-encoder", action="store_true")
    args = parser.parse_args(argv)
    config = onrecord.Config(encoder=not args.no_encoder)
    with patch.object(confidence, "calibrated", lambda value: value):
        raw = {path.stem: judge(path, config) for path in args.data}
    rows = [json.loads(line) for line in _JUDGED.read_text(encoding="utf-8").splitlines()]
    raw = {"claims": [(row["confidence"], row["right"]) for row in rows], **raw}
    slope, intercept = fit(raw["claims"]) if args.fit else confidence.curve()
    print(f"curve: slope = {slope:.3f}, intercept = {intercept:.3f}")
    for name, judged in raw.items():
        print(f"\n## {name}, as first guessed")
        report(judged)
        print(f"\n## {name}, calibrated")
        report([(confidence.on_curve(value, slope, intercept), right) for value, right in judged])
    print("\n## claims, calibrated by the other half (twenty random halvings)")
    report(_halved(raw["claims"]))
    return 0


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


def _halved(judged: Judged) -> Judged:
    """Each half of the claims on the curve that was fitted on the other."""
    found: Judged = []
    for seed in range(20):
        mixed = random.Random(seed).sample(judged, len(judged))
        middle = len(mixed) // 2
        for one, other in ((mixed[:middle], mixed[middle:]), (mixed[middle:], mixed[:middle])):
            found += [(confidence.on_curve(value, *fit(one)), right) for value, right in other]
    return found


def fit(judged: Judged) -> tuple[float, float]:
    """Slope and intercept over log-odds that make the judged most likely, by Newton's steps; Platt's targets."""
    rights = sum(right for _, right in judged)
    high, low = (rights + 1) / (rights + 2), 1 / (len(judged) - rights + 2)
    points = [(confidence.log_odds(value), high if right else low) for value, right in judged]
    a, b, loss = 1.0, 0.0, _loss(points, 1.0, 0.0)
    for _ in range(100):
        grad_a = grad_b = aa = ab = bb = 0.0
        for x, target in points:
            p = 1 / (1 + math.exp(-(a * x + b)))
            grad_a, grad_b = grad_a + (p - target) * x, grad_b + p - target
            weight = p * (1 - p)
            aa, ab, bb = aa + weight * x * x, ab + weight * x, bb + weight
        det = (aa + 1e-6) * (bb + 1e-6) - ab * ab
        step_a, step_b = (bb * grad_a - ab * grad_b) / det, (aa * grad_b - ab * grad_a) / det
        # A whole step may lead too far; half of it is tried until it leads down.
        part = 1.0
        while part > 1e-6 and _loss(points, a - part * step_a, b - part * step_b) > loss:
            part /= 2
        a, b = a - part * step_a, b - part * step_b
        loss = _loss(points, a, b)
    return a, b


def _loss(points: Sequence[tuple[float, float]], a: float, b: float) -> float:
    def of(x: float, target: float) -> float:
        z = max(-500.0, min(500.0, a * x + b))
        return math.log1p(math.exp(-z)) * target + math.log1p(math.exp(z)) * (1 - target)

    return sum(of(x, target) for x, target in points)


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
