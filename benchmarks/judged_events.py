"""Event claims judged by a reader: ``python benchmarks/judged_events.py --geo DEV.jsonl --attribution DEV.jsonl``.

The ninth sample has texts of the training parts as well: their files stand behind (``--geo DEV.jsonl TRAIN.jsonl``).

Two tables of offsets lie in ``benchmarks/judged``: ``events-marked.jsonl`` (what a reader found in
twenty reports before any output was seen) and ``events-verdicts.jsonl`` (what a reader said of every
event claim coded from fifty). The first is scored against a run made now, the second is counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import onrecord
from onrecord.model import EventClaim

Json = dict[str, Any]
JUDGED = Path(__file__).resolve().parent / "judged"
ASPECTS = ("type", "actor", "actor_who", "recipient", "recipient_who", "modality", "chain")
"""What a reader judged; `actor_who` and `recipient_who` leave codes out, and samples before the ninth do without."""


def rows(path: Path) -> Iterator[Json]:
    """The objects of a file with one a line; lines end in line feeds only."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def shares(verdicts: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """How many claims were judged right in each aspect, of how many that have it (null: does not apply)."""
    counted = list(verdicts)
    found = {}
    for aspect in ASPECTS:
        said = [v[aspect] for v in counted if v.get(aspect) is not None]
        if said:
            found[aspect] = (sum(said), len(said))
    return found


def found_events(marked: Sequence[Mapping[str, Any]], claims: Sequence[EventClaim]) -> list[bool]:
    """For each marked event, whether a claim of an acceptable type rests on the marked words.

    Its trigger overlaps them, or its clause holds them.
    """
    return [
        any(claim.event_type in event["event_type"] and _rests(claim, event["trigger"]) for claim in claims)
        for event in marked
    ]


def _rests(claim: EventClaim, words: Sequence[int]) -> bool:
    start, end = words
    trigger = claim.trigger.span if claim.trigger is not None else None
    if trigger is not None and trigger.start < end and start < trigger.end:
        return True
    return claim.span is not None and claim.span.start <= start and end <= claim.span.end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--geo", type=Path, required=True, nargs="+")
    parser.add_argument("--attribution", type=Path, required=True, nargs="+")
    parser.add_argument("--sample", type=int, choices=range(1, 10), default=1, help="which fifty reports")
    arguments = parser.parse_args()
    number = "" if arguments.sample == 1 else f"-{arguments.sample}"
    verdicts = JUDGED / f"events-verdicts{number}.jsonl"
    for aspect, (right, whole) in shares(rows(verdicts) if verdicts.is_file() else ()).items():
        print(f"{aspect:13} {right}/{whole} {right / max(1, whole):.3f}")
    documents = {
        (name, d["id"]): d for name in ("geo", "attribution") for path in getattr(arguments, name) for d in rows(path)
    }
    marked: dict[tuple[str, str], list[Json]] = {}
    for event in rows(JUDGED / f"events-marked{number}.jsonl"):
        if event["sure"]:  # coding nothing is as right for the others
            marked.setdefault((event["set"], event["id"]), []).append(event)
    hits: list[bool] = []
    first: list[bool] = []
    for key, events in sorted(marked.items()):
        document = documents[key]
        coding = onrecord.code(document["text"], published=document.get("published"), url=document.get("url"))
        found = found_events(events, [c for c in coding.claims if isinstance(c, EventClaim)])
        hits += found
        first += [hit for event, hit in zip(events, found, strict=True) if not event.get("again")]
        for event, hit in zip(events, found, strict=True):
            if not hit:
                print("missed", *key, event["trigger"], "/".join(event["event_type"]))
    print(f"found      {sum(hits)}/{len(hits)} {sum(hits) / len(hits):.3f}")
    print(f"once told  {sum(first)}/{len(first)} {sum(first) / len(first):.3f}")


if __name__ == "__main__":
    main()
