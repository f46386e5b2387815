"""Writes a prediction file for merging: ``python benchmarks/merging.py --data GOLD.jsonl --out PRED.jsonl``.

Reads ids, topics, texts, and id, span and type of each mention; never the gold subtopics.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import onrecord
from onrecord.config import Config
from onrecord.merge import MentionDocument, cluster_mentions
from onrecord.model import Span
from onrecord.parse.syntax import SpacyParser

Json = Mapping[str, Any]


def documents_of(records: Iterable[Json]) -> list[MentionDocument]:
    """The parsed documents of *records*."""
    parser = SpacyParser(Config().parser)
    found = []
    for record in records:
        mentions = tuple((m["id"], Span(*m["span"][0]), m["type"]) for m in record["mentions"])
        parse = parser.parse(record["text"])
        found.append(MentionDocument(document_id=record["id"], topic=record["topic"], parse=parse, mentions=mentions))
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Clusters every mention of the file and writes one prediction a line; 0 when done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="gold or input file, one JSON object a line")
    parser.add_argument("--out", type=Path, required=True, help="prediction file to write")
    args = parser.parse_args(argv)
    started = time.process_time()
    records = [json.loads(line) for line in args.data.read_text(encoding="utf-8").splitlines() if line.strip()]
    clusters = cluster_mentions(documents_of(records))
    with args.out.open("w", encoding="utf-8") as out:
        for record in records:
            mentions = [
                {"id": m["id"], "cluster": clusters[m["id"]]} for m in record["mentions"] if m["id"] in clusters
            ]
            out.write(json.dumps({"id": record["id"], "mentions": mentions}, ensure_ascii=False) + "\n")
    seconds = time.process_time() - started
    print(f"merging: {len(records)} records in {seconds:.1f} CPU seconds, onrecord {onrecord.__version__}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
