"""Draw the fifty reports whose event claims were judged, and the twenty of them marked beforehand.

Twenty-five ids each of the geo and the attribution set, sorted and sampled with one seed, so that
the draw can be repeated. Prints ``set<TAB>id<TAB>marked|judged``, one report a line, in the order
drawn; the first ten of each set are those marked before any output was seen.
"""

import argparse
import json
import random
from pathlib import Path

SEED = 2026
SIZE = 25
MARKED = 10


def draw(ids: list[str], seed: int = SEED) -> list[str]:
    """Return the sample of ids."""
    return random.Random(seed).sample(sorted(ids), SIZE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--geo", type=Path, required=True, help="geo set, one JSON object with an id a line")
    parser.add_argument("--attribution", type=Path, required=True, help="attribution set, likewise")
    arguments = parser.parse_args()
    for name in ("geo", "attribution"):
        # Split on line feeds only: the texts may hold other line separators.
        lines = getattr(arguments, name).read_text(encoding="utf-8").split("\n")
        for number, document in enumerate(draw([json.loads(line)["id"] for line in lines if line.strip()])):
            print(name, document, "marked" if number < MARKED else "judged", sep="\t")


if __name__ == "__main__":
    main()
