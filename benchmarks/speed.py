"""CPU time of coding against spaCy's full pipeline on the same texts, in one run and one process.

``python benchmarks/speed.py --data TEXTS.jsonl [--limit N] [--rounds 3]`` prints seconds, words a second and the
ratio to the floor, for the whole pipeline and for attribution alone (parse and encoder included), medians of the
rounds, what grounding takes within the whole, and peak memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import spacy

import onrecord
from onrecord.attribute import attribute
from onrecord.attribute.credits import find_credits
from onrecord.model import Layers
from onrecord.parse.syntax import DEFAULT_MODEL
from onrecord.pipeline import Parts, code_report, load_parts
from onrecord.read import Defaults, make_report


def main(argv: list[str] | None = None) -> int:
    """Measures and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args(argv)
    lines = args.data.read_text(encoding="utf-8").split("\n")[: args.limit]
    reports = [
        make_report(
            {"text": r["text"], "published": r.get("published"), "title": r.get("title")},
            origin=r["id"],
            defaults=Defaults(),
        )
        for r in map(json.loads, filter(None, lines))
    ]
    words = sum(len(r.text.split()) for r in reports)
    floor = spacy.load(DEFAULT_MODEL)
    parts = load_parts(onrecord.Config())
    clock = Clock(parts.grounding)
    timed = replace(parts, grounding=cast(Any, clock))

    def parse_only() -> None:
        for _ in floor.pipe(r.text for r in reports):
            pass

    def attribute_only() -> None:
        for report in reports:
            _attributions(report, parts)

    def everything() -> None:
        for report in reports:
            code_report(report, timed)

    jobs: dict[str, Callable[[], None]] = {
        "spaCy alone": parse_only,
        "text to attributions": attribute_only,
        "onrecord code": everything,
    }
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():  # one round to warm up
        job()
    seconds["grounding within"] = []
    for _ in range(args.rounds):
        for name, job in jobs.items():
            clock.seconds = 0.0
            started = time.process_time()
            job()
            seconds[name].append(time.process_time() - started)
        seconds["grounding within"].append(clock.seconds)
    base = statistics.median(seconds["spaCy alone"])
    print(f"{len(reports)} reports, {words:,} words, {args.rounds} rounds, onrecord {onrecord.__version__}")
    for name, found in seconds.items():
        median = statistics.median(found)
        print(f"{name:<22} {median:>8.2f} CPU s  {words / median:>8,.0f} words/s  {median / base:>5.2f} x spaCy")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0


class Clock:
    """Stands before a grounding and adds up the CPU seconds that its methods take."""

    def __init__(self, grounding: Any) -> None:
        self._grounding = grounding
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._grounding, name)
        if not callable(found):
            return found

        def timed(*args: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return found(*args, **named)
            finally:
                self.seconds += time.process_time() - started

        return timed


def _attributions(report: onrecord.Report, parts: Parts) -> None:
    found = find_credits(report.text)
    parse = parts.parser.parse(report.text, skip=[c.span for c in found])
    encoding = parts.encoder.encode(parse) if parts.encoder is not None else None
    layers = Layers(report=report, parse=parse, encoding=encoding, credits=found)
    layers = Layers(
        report=report,
        parse=parse,
        encoding=encoding,
        credits=found,
        actors=parts.grounding.find_actors(layers),
    )
    attribute(layers, parts.lexicon.cues)


if __name__ == "__main__":
    sys.exit(main())
