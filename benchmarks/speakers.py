"""Scores who pronoun and description sources were taken for: ``python benchmarks/speakers.py --data DEV.jsonl``.

Reads ``benchmarks/judged/speakers.jsonl`` (see the README there). A mention is right when what it was resolved
through overlaps an acceptable naming, or when it stays unresolved where the report names nobody.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import onrecord

ROOT = Path(__file__).resolve().parent.parent


def main(argv: list[str] | None = None) -> int:
    """Prints the share right by kind, and each miss with --verbose."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--marks", type=Path, default=ROOT / "benchmarks" / "judged" / "speakers.jsonl")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args(argv)
    marks = [json.loads(line) for line in args.marks.read_text(encoding="utf-8").split("\n") if line]
    records = {r["id"]: r for r in map(json.loads, filter(None, args.data.read_text(encoding="utf-8").split("\n")))}
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for doc in dict.fromkeys(m["doc"] for m in marks):
        record = records[doc]
        coding = onrecord.code(record["text"], published=record.get("published"), title=record.get("title"))
        for mark in (m for m in marks if m["doc"] == doc):
            taken = resolved(coding, mark["mention"])
            allowed = [*mark["antecedents"], *mark.get("unnamed", [])]
            fits = overlaps(taken, allowed) if taken else not mark["antecedents"]
            kinds = (mark["kind"], "resolvable" if mark["antecedents"] else "nobody named", "all")
            total.update(kinds)
            right.update(kinds if fits else ())
            if args.verbose and not fits:
                text = record["text"]
                said = [text[slice(*s)] for s in mark["antecedents"][:1]]
                got = text[slice(*taken)] if taken else None
                print(f"{doc} {text[slice(*mark['mention'])]!r} is {said}, taken for {got!r}")
    for kind in total:
        print(f"{kind:<14} {right[kind]:>4} of {total[kind]:>4}  {right[kind] / total[kind]:.1%}")
    return 0


def resolved(coding: onrecord.Coding, mention: Sequence[int]) -> tuple[int, int] | None:
    """Span that the source at *mention* was resolved through; None when it stays unresolved.

    Another inside a description ("a spokesman for Karim", "the mayor's spokesman") is not what it was resolved through.
    """
    best: tuple[int, int] | None = None
    for item in coding.attributions:
        for source in (item.source, *item.more_sources):
            if source is None or source.span is None or not meets(source.span, mention):
                continue
            if source.via is not None:
                return source.via.span
            if source.basis == "named" and source.span.end > mention[1]:
                best = source.span
    for reference in coding.references:
        owner = coding.report.text[reference.mention.end : mention[1]][:1] in ("'", "’")
        owner = owner and mention[1] - reference.mention.end > len("'s")
        described = reference.kind == "description" and reference.mention.start == mention[0] and not owner
        ends = reference.mention.end == mention[1] and reference.mention.start <= mention[0]
        if meets(reference.mention, mention) and (ends or described):
            return reference.antecedent.span
    return best


def meets(span: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two spans overlap."""
    return span[0] < other[1] and other[0] < span[1]


def overlaps(span: Sequence[int], others: list[Any]) -> bool:
    """Whether *span* overlaps one of *others*."""
    return any(meets(span, other) for other in others)


if __name__ == "__main__":
    sys.exit(main())
