"""Draw the thirty reports marked in speakers.jsonl.

Sorts the ids of the attribution set and takes a seeded sample, so that the
draw can be repeated. Prints one id a line, in the order drawn.
"""

import argparse
import json
import random
from pathlib import Path

SEED = 2026
SIZE = 30


def draw(ids: list[str]) -> list[str]:
    """Return the sample of ids."""
    return random.Random(SEED).sample(sorted(ids), SIZE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="attribution set, one JSON object with an id a line")
    arguments = parser.parse_args()
    # Split on line feeds only: the texts may hold other line separators.
    lines = arguments.data.read_text(encoding="utf-8").split("\n")
    for document in draw([json.loads(line)["id"] for line in lines if line.strip()]):
        print(document)


if __name__ == "__main__":
    main()
