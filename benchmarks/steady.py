"""Codes every text of the files given, re-reads every span, and codes them again in another order.

``python benchmarks/steady.py FILE.jsonl …`` exits 0 when nothing broke, every span re-reads, and the second run, in
reverse order, gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import onrecord
from onrecord.model.wire import claim_to_json
from onrecord.model.wire_coding import layers_to_json


def main(paths: list[str]) -> int:
    """Prints counts; 1 when something is not as it should be."""
    records = [json.loads(line) for p in paths for line in Path(p).read_text(encoding="utf-8").split("\n") if line]
    first = {r["id"]: _coded(r) for r in records}
    again = {r["id"]: _coded(r) for r in reversed(records)}
    changed = [i for i in first if first[i][0] != again[i][0]]
    misread = sum(found[1] for found in first.values())
    spans = sum(found[2] for found in first.values())
    claims = sum(found[3] for found in first.values())
    print(f"{len(first)} texts, {claims:,} claims, {spans:,} spans; {misread} not re-read")
    print(f"{len(changed)} changed in the second run, in reverse order: {changed[:5]}")
    return 1 if misread or changed else 0


def _coded(record: dict[str, Any]) -> tuple[str, int, int, int]:
    coding = onrecord.code(record["text"], published=record.get("published"), title=record.get("title"))
    claims = [claim_to_json(c) for c in (*coding.claims, *coding.rejected)]
    whole = [*claims, layers_to_json(coding)]
    slots = list(_slots(whole))
    misread = sum(1 for slot in slots if not _rereads(slot, record["text"], record.get("title") or ""))
    digest = hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return digest, misread, len(slots), len(coding.claims)


def _slots(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("span") is not None and "text" in value:
            yield value
        for inner in value.values():
            yield from _slots(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _slots(inner)


def _rereads(slot: dict[str, Any], text: str, title: str) -> bool:
    source = title if slot.get("field") == "title" else text
    start, end = slot["span"]
    if slot.get("spans"):
        return bool(0 <= start < end <= len(source))
    return bool(source[start:end] == slot["text"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
