"""Makes the weights that choose the fillers of incidents: ``src/onrecord/data/incidents/weights.csv``.

    python -m training.incidents --data BENCH [--cache FILE]

BENCH is the folder of the annotated files; ``incidents/train.jsonl`` has one message a line with ``text`` and
``roles``. A candidate is right when its string is among the mentions of a filler of its role. The threshold is
the lowest within .003 of the best score over five folds, those messages that the encoder itself was not trained
on counting half: on new text the marks are fainter. Same input, same weights. FILE keeps parses and marks
between runs.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord.coding.encoded import choose, plain, weigh
from onrecord.coding.encoded_signs import Candidate
from onrecord.lexicon.incidents import THRESHOLD, IncidentTables
from onrecord.lexicon.tables import data_folder
from onrecord.model import Encoding, Parse
from training.logistic import fit_logistic, write_weights
from training.tasks import load_incidents, split

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
ORIGIN = "fitted by training/incidents.py on the training part of MUC-4; no text of it is kept"
GRID = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
PENALTY, LEAST, FOLDS, SEED = 25.0, 10, 5, 5
ENCODER_SEED = 20  # by which training/encoder.py holds out
Weighed = list[tuple[Candidate, list[str]]]
Judged = list[tuple[float, Candidate]]
Gold = list[list[set[str]]]


def read(path: Path, cache: Path | None) -> list[tuple[Weighed, Gold]]:
    """Candidates with their signs, and the strings of each filler by role, message by message."""
    marked = list(_marked(path, cache))
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    found = []
    for record, (parse, encoding) in zip(records, marked, strict=True):
        gold = [[{plain(m) for m in names} for names in record["roles"].get(role, [])] for role in ROLES]
        found.append((list(weigh(parse, encoding)), gold))
    return found


def _marked(path: Path, cache: Path | None) -> Iterable[tuple[Parse, Encoding]]:
    if cache is not None and cache.is_file():
        kept: list[tuple[Parse, Encoding]] = pickle.loads(cache.read_bytes())
        return kept
    from onrecord.attribute.credits import find_credits
    from onrecord.parse.encoder import OnnxEncoder
    from onrecord.parse.syntax import SpacyParser

    parser, encoder, found = SpacyParser(), OnnxEncoder(), []
    for line in path.open(encoding="utf-8"):
        text = json.loads(line)["text"]
        parse = parser.parse(text, skip=[credit.span for credit in find_credits(text)])
        encoding = encoder.encode(parse)
        heads = {k: v for k, v in encoding.heads.items() if k in {"incident", "incident_types", "factuality"}}
        found.append((parse, Encoding(heads, encoding.labels, encoding.windows)))
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


def right(candidate: Candidate, gold: Gold) -> bool:
    """Whether the string is among the mentions of a filler of its role."""
    return any(candidate.words in names for names in gold[candidate.role])


def fit(documents: Sequence[tuple[Weighed, Gold]]) -> dict[str, float]:
    cases = [(signs, right(c, gold)) for weighed, gold in documents for c, signs in weighed]
    return fit_logistic([signs for signs, _ in cases], [truth for _, truth in cases], penalty=PENALTY, least=LEAST)


def counts(weighed: Judged, gold: Gold, threshold: float) -> tuple[int, int, int]:
    """(right, found, gold) of one message; each filler of the gold is counted once."""
    taken: set[tuple[int, int]] = set()
    chosen = choose(weighed, threshold)
    for _, candidate in chosen:
        fits = [(candidate.role, i) for i, names in enumerate(gold[candidate.role]) if candidate.words in names]
        taken.update([fit for fit in fits if fit not in taken][:1])
    return len(taken), len(chosen), sum(map(len, gold))


def scores(judged: Sequence[tuple[Judged, Gold]]) -> dict[float, float]:
    """F1 over all messages by threshold."""
    found = {}
    for threshold in GRID:
        hit, guessed, gold = (sum(column) for column in zip(*(counts(w, g, threshold) for w, g in judged), strict=True))
        found[threshold] = round(2 * hit / max(1, guessed + gold), 4)
    return found


def judge(weights: dict[str, float], weighed: Weighed) -> Judged:
    """The candidates of one message with their probabilities."""
    tables = IncidentTables(weights, 0.0, {})
    return [(tables.probability(signs), candidate) for candidate, signs in weighed]


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the annotated files")
    parser.add_argument("--out", type=Path, default=data_folder() / "incidents" / "weights.csv")
    parser.add_argument("--cache", type=Path, default=None)
    args = parser.parse_args(argv)
    documents = read(args.data / "incidents" / "train.jsonl", args.cache)
    order = list(range(len(documents)))
    random.Random(SEED).shuffle(order)
    judged: dict[int, tuple[Judged, Gold]] = {}
    for fold in range(FOLDS):
        away = set(order[fold::FOLDS])
        weights = fit([d for i, d in enumerate(documents) if i not in away])
        judged |= {i: (judge(weights, documents[i][0]), documents[i][1]) for i in away}
    golds = load_incidents(args.data / "incidents" / "train.jsonl")
    unseen = {gold.id for gold in split(golds, ENCODER_SEED)[1]}
    over_all = scores(list(judged.values()))
    over_unseen = scores([judged[i] for i, gold in enumerate(golds) if gold.id in unseen])
    mean = {t: (over_all[t] + over_unseen[t]) / 2 for t in GRID}
    threshold = min(t for t in GRID if mean[t] >= max(mean.values()) - 0.003)
    print(f"{len(documents)} messages, {sum(len(w) for w, _ in documents)} candidates, F1 by threshold, five folds:")
    print(f"all {over_all}\nunseen by the encoder {over_unseen}\nthreshold {threshold}")
    write_weights(args.out, ORIGIN, {THRESHOLD: threshold, **fit(documents)})


if __name__ == "__main__":
    main()
