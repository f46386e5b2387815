"""Writes a prediction file for the referee: ``python benchmarks/run.py TASK --data GOLD.jsonl --out PRED.jsonl``."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import onrecord
from benchmarks.adapters import ADAPTERS, code


def main(argv: list[str] | None = None) -> int:
    """Codes every record of the file and writes one prediction a line; 0 when all were coded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=sorted(ADAPTERS))
    parser.add_argument("--data", type=Path, required=True, help="gold or input file, one JSON object a line")
    parser.add_argument("--out", type=Path, required=True, help="prediction file to write")
    parser.add_argument("--no-encoder", action="store_true", help="rules only")
    args = parser.parse_args(argv)
    config = onrecord.Config(encoder=not args.no_encoder)
    broken = 0
    started = time.process_time()
    with args.data.open(encoding="utf-8") as stream, args.out.open("w", encoding="utf-8") as out:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            record = json.loads(line)
            try:
                found = ADAPTERS[args.task](record, code(record, config=config))
            except onrecord.OnrecordError as error:
                broken += 1
                print(f"{args.data}:{number}: {error}", file=sys.stderr)
                found = {"id": record["id"]}
            out.write(json.dumps(found, ensure_ascii=False) + "\n")
    seconds = time.process_time() - started
    found_in = f"{number} records in {seconds:.1f} CPU seconds, {broken} not coded"
    print(f"{args.task}: {found_in}, onrecord {onrecord.__version__}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
