"""Draw the fifty reports whose event claims were judged, and the twenty of them marked beforehand.

Twenty-five ids each of the geo and the attribution set, sorted and sampled with one seed, so that
the draw can be repeated. Prints ``set<TAB>id<TAB>marked|judged``, one report a line, in the order
drawn; the first ten of each set are those marked before any output was seen.

First sample: no options. Second sample: ``--seed 2027 --without-seed 2026``, from the ids that the
first does not hold.
"""

import argparse
import json
import random
from pathlib import Path

SEED = 2026
SIZE = 25
MARKED = 10


def draw(ids: list[str], seed: int = SEED, without: list[int] | None = None) -> list[str]:
    """Return the sample of ids, drawn from those that the draws of the seeds in ``without`` leave."""
    for earlier in without or []:
        drawn = set(draw(ids, earlier))
        ids = [document for document in ids if document not in drawn]
    return random.Random(seed).sample(sorted(ids), SIZE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geo", type=Path, required=True, help="geo set, one JSON object with an id a line")
    parser.add_argument("--attribution", type=Path, required=True, help="attribution set, likewise")
    parser.add_argument("--seed", type=int, default=SEED, help="seed of the draw (default: %(default)s)")
    parser.add_argument(
        "--without-seed",
        type=int,
        action="append",
        metavar="SEED",
        help="leave out the ids drawn with this seed; several: earliest first, each from what the ones before leave",
    )
    arguments = parser.parse_args()
    for name in ("geo", "attribution"):
        # Split on line feeds only: the texts may hold other line separators.
        lines = getattr(arguments, name).read_text(encoding="utf-8").split("\n")
        ids = [json.loads(line)["id"] for line in lines if line.strip()]
        for number, document in enumerate(draw(ids, arguments.seed, arguments.without_seed)):
            print(name, document, "marked" if number < MARKED else "judged", sep="\t")


if __name__ == "__main__":
    main()
