"""Draw the fifty reports whose event claims were judged, and the twenty of them marked beforehand.

Twenty-five ids each of the geo and the attribution set, sorted and sampled with one seed, so that
the draw can be repeated. Prints ``set<TAB>id<TAB>marked|judged``, one report a line, in the order
drawn; the first ten of each set are those marked before any output was seen.

First sample: no options. Second sample: ``--seed 2027 --without-seed 2026``, from the ids that the
first does not hold. Fourth sample: ``--seed 2029 --without-seed 2026 --without-seed 2027
--without-seed 2028 --sizes 41 9 --marked 11 9``, as only nine reports of the attribution set were left.
Fifth sample: ``--seed 2030 --without-seed 2026 --without-seed 2027 --without-seed 2028 --without-seed 2029:41:9
--sizes 50 0 --marked 20 0``. Sixth sample: the same with ``--seed 2031``, and ``--without-seed 2030:50:0`` behind
the others. Seventh sample: ``--seed 2032``, and ``--without-seed 2031:50:0`` behind these.
Eighth sample: ``--seed 2033``, and ``--without-seed 2032:50:0`` behind these.
"""

import argparse
import json
import random
from pathlib import Path

SEED = 2026
SIZE = 25
MARKED = 10


def draw(ids: list[str], seed: int = SEED, without: list[tuple[int, int]] | None = None, size: int = SIZE) -> list[str]:
    """Return the sample of ids, drawn from those that the draws in ``without`` (seed and size) leave."""
    for earlier, held in without or []:
        drawn = set(draw(ids, earlier, size=held))
        ids = [document for document in ids if document not in drawn]
    return random.Random(seed).sample(sorted(ids), size)


def drawn_before(told: str) -> tuple[int, int, int]:
    """Seed and sizes of an earlier draw: "2026", or "2029:41:9"."""
    seed, *sizes = (int(part) for part in told.split(":"))
    geo, attribution = sizes or (SIZE, SIZE)
    return seed, geo, attribution


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geo", type=Path, required=True, help="geo set, one JSON object with an id a line")
    parser.add_argument("--attribution", type=Path, required=True, help="attribution set, likewise")
    parser.add_argument("--seed", type=int, default=SEED, help="seed of the draw (default: %(default)s)")
    parser.add_argument(
        "--without-seed",
        type=drawn_before,
        action="append",
        default=[],
        metavar="SEED[:GEO:ATTRIBUTION]",
        help="leave out the ids drawn with this seed, and the sizes of that draw if they were others than the usual; "
        "several: earliest first, each from what the ones before leave",
    )
    pair = ("GEO", "ATTRIBUTION")
    parser.add_argument(
        "--sizes", type=int, nargs=2, default=[SIZE, SIZE], metavar=pair, help="reports of each set (%(default)s)"
    )
    parser.add_argument(
        "--marked", type=int, nargs=2, default=[MARKED, MARKED], metavar=pair, help="marked of these (%(default)s)"
    )
    arguments = parser.parse_args()
    sizes = zip(("geo", "attribution"), arguments.sizes, arguments.marked, strict=True)
    for number_of_set, (name, size, marked) in enumerate(sizes):
        # Split on line feeds only: the texts may hold other line separators.
        lines = getattr(arguments, name).read_text(encoding="utf-8").split("\n")
        ids = [json.loads(line)["id"] for line in lines if line.strip()]
        before = [(seed, held[number_of_set]) for seed, *held in arguments.without_seed]
        for number, document in enumerate(draw(ids, arguments.seed, before, size)):
            print(name, document, "marked" if number < marked else "judged", sep="\t")


if __name__ == "__main__":
    main()
