"""Weights of the mention pair model: ``python -m training.merging --data TRAIN.jsonl --out src/onrecord/data``.

Signs and clusters are those of ``onrecord.merge.mention_pairs``; every topic of the training file is held out
once (in five folds) to choose the penalty and the two thresholds by B-cubed F1. Gold subtopics are not read.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.merging import documents_of

from onrecord.lexicon import load_lexicon
from onrecord.merge.mention_pairs import TYPES, WEIGHTS, Likeness, agglomerate, score_table, signs
from onrecord.merge.mentions import Mention, MentionDocument, read_mentions
from training.logistic import fit_logistic

DOCUMENTS = (0.05,)
MENTIONS = (0.25, 0.3, 0.35, 0.4)
PENALTIES = (0.3, 1.0, 3.0)
Gold = Mapping[str, str]


def b_cubed(found: Mapping[str, str], gold: Gold) -> tuple[float, float]:
    """B-cubed precision and recall of clusters by mention id."""
    both = Counter((found[m], gold[m]) for m in gold)
    mine, theirs = Counter(found[m] for m in gold), Counter(gold.values())
    precision = sum(n * n / mine[c] for (c, _), n in both.items()) / len(gold)
    return precision, sum(n * n / theirs[k] for (_, k), n in both.items()) / len(gold)


def muc(found: Mapping[str, str], gold: Gold) -> tuple[float, float]:
    """MUC precision and recall."""

    def recall(key: Mapping[str, str], answer: Mapping[str, str]) -> float:
        groups: dict[str, set[str]] = defaultdict(set)
        for m in gold:
            groups[key[m]].add(m)
        links = sum(len(g) - 1 for g in groups.values())
        return sum(len(g) - len({answer[m] for m in g}) for g in groups.values()) / max(1, links)

    return recall(found, gold), recall(gold, found)


def f1(pair: tuple[float, float]) -> float:
    """Harmonic mean."""
    return 2 * pair[0] * pair[1] / (sum(pair) or 1.0)


class Cases:
    """Pairs of mentions of one topic with their signs and the truth, and what is needed to cluster them."""

    def __init__(
        self, documents: Sequence[MentionDocument], gold: Gold, least: float, types: Mapping[str, frozenset[str]]
    ) -> None:
        self.like = Likeness(documents, least)
        self.types = types
        self.by_topic: dict[str, list[Mention]] = defaultdict(list)
        for document in documents:
            self.by_topic[document.topic] += read_mentions(document, self.like.rare)
        self.signs: dict[str, list[list[str]]] = {}
        self.truth: dict[str, list[bool]] = {}
        for topic, mentions in self.by_topic.items():
            mentions.sort(key=lambda m: m.mention_id)
            pairs = [(a, b) for i, a in enumerate(mentions) for b in mentions[:i]]
            self.signs[topic] = [signs(a, b, self.like, types) for a, b in pairs]
            self.truth[topic] = [gold[a.mention_id] == gold[b.mention_id] for a, b in pairs]

    def fit(self, topics: Sequence[str], penalty: float) -> dict[str, float]:
        """Weights from the pairs of *topics*."""
        cases = [s for t in topics for s in self.signs[t]]
        truth = [v for t in topics for v in self.truth[t]]
        return fit_logistic(cases, truth, penalty=penalty, least=8)


def word_types() -> dict[str, frozenset[str]]:
    """Event types, with modes after a slash, by trigger head, from the coder's own lexicon."""
    types: dict[str, set[str]] = defaultdict(set)
    for trigger in load_lexicon().coding.triggers.triggers:
        if trigger.event_type:
            types[trigger.head] |= {f"{trigger.event_type}/{mode}" for mode in trigger.modes or ("",)}
    return {word: frozenset(found) for word, found in types.items()}


def main() -> None:
    """Chooses, fits on all topics and writes the weights, and the types of words that they belong to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    records = [json.loads(line) for line in args.data.open(encoding="utf-8")]
    documents = documents_of(records)
    gold = {m["id"]: m["cluster"] for r in records for m in r["mentions"]}
    best, chosen = -1.0, (DOCUMENTS[0], PENALTIES[0], MENTIONS[0])
    types = word_types()
    for least in DOCUMENTS:
        cases = Cases(documents, gold, least, types)
        for penalty in PENALTIES:
            for cut, score in held_out(cases, gold, penalty).items():
                print(f"documents {least} penalty {penalty} mentions {cut}: {score:.4f}", flush=True)
                if score > best:
                    best, chosen = score, (least, penalty, cut)
    least, penalty, cut = chosen
    cases = Cases(documents, gold, least, types)
    weights = cases.fit(sorted(cases.by_topic), penalty) | {"least:documents": least, "least:mentions": cut}
    write(args.out / WEIGHTS, weights)
    write_types(args.out / TYPES, types)


def held_out(cases: Cases, gold: Gold, penalty: float) -> dict[float, float]:
    """Mean of MUC and B-cubed F1 over held-out topics for each threshold of mentions."""
    topics = sorted(cases.by_topic)
    found: dict[float, dict[str, str]] = {cut: {} for cut in MENTIONS}
    for fold in range(5):
        weights = cases.fit([t for i, t in enumerate(topics) if i % 5 != fold], penalty)
        for topic in topics[fold::5]:
            mentions = cases.by_topic[topic]
            table = score_table(mentions, cases.like, cases.types, weights)
            for cut in MENTIONS:
                for members in agglomerate(table, cut):
                    found[cut] |= {mentions[m].mention_id: mentions[members[0]].mention_id for m in members}
    held = {m: c for m, c in gold.items() if m in found[MENTIONS[0]]}
    return {cut: (f1(muc(f, held)) + f1(b_cubed(f, held))) / 2 for cut, f in found.items()}


def write(path: Path, weights: Mapping[str, float]) -> None:
    """Signs with a weight that matters, by name."""
    with path.open("w", encoding="utf-8") as out:
        out.write(
            "# Origin: fitted by training/merging.py on train topics of ECB+ (Cybulska and Vossen 2014, CC BY 3.0).\n"
        )
        out.write("sign,weight\n")
        for sign, weight in sorted(weights.items()):
            if abs(weight) >= 0.05 or sign == "bias":
                out.write(f'"{sign}",{weight:.3f}\n')


def write_types(path: Path, types: Mapping[str, frozenset[str]]) -> None:
    """Words and their types, by name."""
    with path.open("w", encoding="utf-8") as out:
        out.write("# Origin: the rows of data/triggers, when the weights of merging_mentions.csv were fitted.\n")
        out.write("word,types\n")
        for word, found in sorted(types.items()):
            out.write(f'"{word}",{" ".join(sorted(found))}\n')


if __name__ == "__main__":
    main()
