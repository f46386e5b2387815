"""Trains the head that says how firmly each predicate is said to have happened, on the finished encoder.

    python -m training.factuality --data BENCH [--out FOLDER] [--cache FILE]

BENCH is the folder of the annotated files; ``factuality/train.jsonl`` has sentences of three corpora. The encoder
stays as it is: what is trained is a small network over its states and the signs of
`onrecord.coding.encoded_factuality.SignReader`, several times from different seeds. Each corpus has a column of its
own, so that none has to follow another's guidelines; those of UW, whose annotators graded news, and of UDS-IH2, whose
annotators graded web text, ship. A logistic regression over the mean state of a text tells news from web text, and a
line fitted on held-out news puts what the annotators of web text would say on the scale of news.
FILE keeps states and signs between runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from onrecord.coding.encoded_factuality import FOLDER, HIGHEST, LOWEST, NEGATED, NEWS, WEB, FactualityHead, SignReader
from onrecord.coding.second_encoder import FIRMNESS
from onrecord.coding.second_encoder import FOLDER as SECOND
from onrecord.coding.sign_network import LABELS, WEIGHTS
from onrecord.model import Span
from onrecord.parse.encoder import FOLDER as ENCODER
from onrecord.parse.encoder import TOKENIZER, OnnxEncoder
from training.tasks import Gold, load_factuality, pack, split, tokenize

CORPORA = ("UDS_IH2", "UW", "MEANTIME")
WEIGHTS_OF = (1.0, 1.5, 4.0)
"""How much a predicate of each corpus counts, so that the large one does not drown the others."""
SHIPPED = [CORPORA.index(NEWS), CORPORA.index(WEB)]
LEAN = 2.0
"""Log odds by which a text is taken for web text rather than news: of single sentences few are surely news."""
STATE, SEEN, TOLD, HIDDEN = 384, 128, 64, 96
LEAST, BATCH, RATE, DECAY, OTHERS = 8, 256, 1e-3, 0.05, 0.15
ENCODER_SEED = 20  # by which training/encoder.py holds out


@dataclass(frozen=True, slots=True)
class Predicates:
    """States (n, width), signs, values and corpora of n predicates, the ids of their texts, the mean states of these
    (n, width), and what the encoder of coding says in the columns of news and web text (n, 2)."""

    states: np.ndarray
    signs: list[list[str]]
    values: np.ndarray
    corpora: np.ndarray
    texts: list[str]
    means: np.ndarray
    second: np.ndarray

    def chosen(self, keep: np.ndarray) -> Predicates:
        """Those at which *keep* is true."""
        at = np.flatnonzero(keep)
        signs, texts = [self.signs[i] for i in at], [self.texts[i] for i in at]
        return Predicates(
            self.states[at], signs, self.values[at], self.corpora[at], texts, self.means[at], self.second[at]
        )


def read(golds: Sequence[Gold]) -> Predicates:
    """The predicates of *golds* as coding would see them."""
    from onrecord.lexicon.coding import load_coding
    from onrecord.parse.syntax import SpacyParser

    parser, encoder, second, lexicon = SpacyParser(), OnnxEncoder(), OnnxEncoder(SECOND), load_coding()
    rows: list[np.ndarray] = []
    means: list[np.ndarray] = []
    others: list[np.ndarray] = []
    signs: list[list[str]] = []
    found: list[tuple[float, int, str]] = []
    for gold in golds:
        parse = parser.parse(gold.text)
        states, reader = encoder.encode(parse).states, SignReader(parse, lexicon)
        assert states is not None
        more = second.encode(parse)
        others_of = more.heads[FIRMNESS][:, [more.labels[FIRMNESS].index(corpus) for corpus in (NEWS, WEB)]]
        mean = states[:, -STATE:].mean(axis=0, dtype=np.float32)
        for start, value, _ in gold.values["factuality"]:
            at = parse.tokens_in(Span(start, start + 1))
            if at:
                rows.append(states[at[-1]][-STATE:].astype(np.float16))
                signs.append(reader.signs(at[-1]))
                means.append(mean)
                others.append(others_of[at[-1]].clip(LOWEST, HIGHEST))
                found.append((value, CORPORA.index(gold.group), gold.id))
    values, corpora, texts = zip(*found, strict=True)
    return Predicates(
        np.stack(rows), signs, np.array(values, np.float32), np.array(corpora), list(texts), np.stack(means),
        np.stack(others),
    )  # fmt: skip


def joined(golds: Sequence[Gold], tokenizer: Tokenizer, seed: int) -> list[Gold]:
    """Some of the sentences again, as texts of several: a report is no single sentence."""
    copies = [Gold(g.id, g.text, g.group, values=g.values) for g in golds]
    tokenize(copies, tokenizer)
    alone = {g.id: g.text for g in golds}
    return [g for g in pack(copies, random.Random(seed)) if g.text != alone[g.id]]


class Network(nn.Module):  # type: ignore[misc]
    """One of the networks; sign 0 is no sign."""

    def __init__(self, signs: int) -> None:
        super().__init__()
        self.of_state = nn.Linear(STATE, SEEN)
        self.of_signs = nn.EmbeddingBag(signs + 1, TOLD, mode="sum", padding_idx=0)
        nn.init.normal_(self.of_signs.weight, std=0.03)
        self.hidden = nn.Linear(SEEN + TOLD, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(CORPORA))

    def forward(self, states: Tensor, signs: Tensor) -> Tensor:
        """(n, corpora)"""
        if self.training:
            states = functional.dropout(states, 0.2)
            signs = torch.where(torch.rand(signs.shape) > 0.1, signs, 0)
        both = torch.cat([self.of_state(states), self.of_signs(signs)], dim=1)
        both = functional.dropout(functional.gelu(both, approximate="tanh"), 0.3, self.training)
        inner = functional.dropout(functional.gelu(self.hidden(both), approximate="tanh"), 0.2, self.training)
        return self.out(inner)


def table_of(signs: Sequence[Sequence[str]], numbers: dict[str, int]) -> Tensor:
    """Sign numbers (n, most), filled up with 0."""
    rows = [[numbers[sign] for sign in row if sign in numbers] for row in signs]
    table = np.zeros((len(rows), max(map(len, rows), default=0)), dtype=np.int64)
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return torch.from_numpy(table)


def batches(count: int, epochs: int) -> Iterator[Tensor]:
    for _ in range(epochs):
        order = torch.randperm(count)
        yield from (order[i : i + BATCH] for i in range(0, count - BATCH + 1, BATCH))


def train(data: Predicates, numbers: dict[str, int], seed: int, epochs: int) -> Network:
    """One network. Squared error, since what is asked for is the mean of what annotators would say."""
    torch.manual_seed(seed)
    network = Network(len(numbers))
    states, signs = torch.from_numpy(data.states.astype(np.float32)), table_of(data.signs, numbers)
    values, corpora = torch.from_numpy(data.values), torch.from_numpy(data.corpora)
    heavy = torch.tensor(WEIGHTS_OF)[corpora]
    optim = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * (len(values) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optim, RATE, total_steps=steps + 1)
    for at in batches(len(values), epochs):
        guess = network(states[at], signs[at])
        error = (guess - values[at, None]) ** 2
        own = error.gather(1, corpora[at, None])[:, 0]
        loss = (own * heavy[at]).mean() + OTHERS * error.mean()
        loss.backward()
        optim.step()
        schedule.step()
        optim.zero_grad()
    network.eval()
    return network


def fit(data: Predicates, seeds: Sequence[int], epochs: int) -> dict[str, np.ndarray]:
    """The arrays of the networks of all *seeds*, as `FactualityHead` reads them."""
    counts = Counter(sign for row in data.signs for sign in set(row))
    names = sorted(sign for sign, n in counts.items() if n >= LEAST)
    networks = [train(data, {name: i + 1 for i, name in enumerate(names)}, seed, epochs) for seed in seeds]
    parts = [{k: v.detach().numpy() for k, v in n.state_dict().items()} for n in networks]
    found = {
        "of_signs": np.stack([p["of_signs.weight"][1:] for p in parts], axis=1),
        "of_state": np.concatenate([p["of_state.weight"].T for p in parts], axis=1),
        "first": np.concatenate([p["of_state.bias"] for p in parts]),
        "hidden": np.stack([p["hidden.weight"].T for p in parts]),
        "second": np.stack([p["hidden.bias"] for p in parts]),
        "out": np.stack([p["out.weight"][SHIPPED].T for p in parts]),
        "third": np.stack([p["out.bias"][SHIPPED] for p in parts]),
    }
    return {"signs": np.array(names), **{k: v.astype(np.float16) for k, v in found.items()}}


def register(data: Predicates) -> np.ndarray:
    """Weights (width + 1) of a logistic regression that says from the mean state whether a text is web text."""
    first = sorted({text: i for i, text in reversed(list(enumerate(data.texts)))}.values())
    means = data.means[first].astype(np.float64)
    centre, spread = means.mean(axis=0), means.std(axis=0) + 1e-6
    seen = torch.from_numpy((means - centre) / spread)
    wanted = torch.from_numpy((data.corpora[first] == CORPORA.index(WEB)).astype(np.float64))
    weights = torch.zeros(seen.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    optim = torch.optim.LBFGS([weights], max_iter=150)

    def loss() -> Tensor:
        optim.zero_grad()
        guess = seen @ weights[:-1] + weights[-1]
        found = functional.binary_cross_entropy_with_logits(guess, wanted) + 1e-3 * (weights[:-1] ** 2).sum()
        found.backward()
        return found

    optim.step(loss)
    found = weights.detach().numpy()
    own = found[:-1] / spread
    return np.append(own, found[-1] - centre @ own).astype(np.float32)


def line(head: FactualityHead, data: Predicates) -> tuple[float, float]:
    """Start and slope by which values in the column of web text become those of news, fitted on the news in *data*."""
    both = (head.values(data.states.astype(np.float32), data.signs) + data.second) / 2
    news = data.corpora != CORPORA.index(WEB)
    slope, start = np.polyfit(both[news, 1], both[news, 0], 1)
    return round(float(start), 3), round(float(slope), 3)


def write(arrays: dict[str, np.ndarray], out: Path, to_news: tuple[float, float] = (0.0, 1.0)) -> None:
    """Write the folder that `FactualityHead` reads."""
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / WEIGHTS, allow_pickle=False, **arrays)
    encoder = OnnxEncoder().identity
    spec = {
        "format": 1, "encoder": encoder, "lean_to_web": LEAN, "web_to_news": to_news,
        "sha256": hashlib.sha256((out / WEIGHTS).read_bytes()).hexdigest(),
    }  # fmt: skip
    (out / LABELS).write_text(json.dumps(spec, indent=1) + "\n", encoding="utf-8")


def scores(head: FactualityHead, data: Predicates) -> dict[str, tuple[float, float, int]]:
    """Pearson's r, mean absolute error and number of predicates by corpus, with the encoder of coding."""
    both = (head.values(data.states.astype(np.float32), data.signs) + data.second) / 2
    negated = [NEGATED in signs for signs in data.signs]
    rows = zip(both, negated, data.means, strict=True)
    guess = np.array([head.one_number(two[None], [no], head.odds_of_web(mean[None]))[0] for two, no, mean in rows])
    found = {}
    for number, name in enumerate(CORPORA):
        at = data.corpora == number
        r = float(np.corrcoef(guess[at], data.values[at])[0, 1])
        found[name] = (round(r, 4), round(float(np.abs(guess[at] - data.values[at]).mean()), 4), int(at.sum()))
    return found


def load(folder: Path, cache: Path | None) -> tuple[Predicates, Predicates, Predicates, set[str]]:
    """Predicates of train, of joined texts of train, of dev; the texts that the encoder has not seen."""
    train_golds = load_factuality(folder / "train.jsonl")
    unseen = {gold.id for gold in split(train_golds, ENCODER_SEED)[1]}
    if cache is not None and cache.is_file():
        kept: tuple[Predicates, Predicates, Predicates] = pickle.loads(cache.read_bytes())
        return *kept, unseen
    tokenizer = Tokenizer.from_file(str(ENCODER / TOKENIZER))
    seen = [gold for gold in train_golds if gold.id not in unseen]
    parts = (train_golds, joined(seen, tokenizer, ENCODER_SEED), load_factuality(folder / "dev.jsonl"))
    found = tuple(read(golds) for golds in parts)
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found[0], found[1], found[2], unseen


def both(one: Predicates, other: Predicates) -> Predicates:
    return Predicates(
        np.concatenate([one.states, other.states]),
        [*one.signs, *other.signs],
        np.concatenate([one.values, other.values]),
        np.concatenate([one.corpora, other.corpora]),
        [*one.texts, *other.texts],
        np.concatenate([one.means, other.means]),
        np.concatenate([one.second, other.second]),
    )


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the annotated files")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--cache", type=Path, default=None)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--work", type=Path, default=Path("build/factuality"), help="folder for the trial head")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    whole, more, dev, unseen = load(args.data / "factuality", args.cache)
    held = np.array([text in unseen for text in whole.texts])
    known, rest = whole.chosen(~held), whole.chosen(held)
    trial = {**fit(both(known, more), args.seeds, args.epochs), "register": register(known)}
    write(trial, args.work)
    to_news = line(FactualityHead(args.work), rest)
    write(trial, args.work, to_news)
    head = FactualityHead(args.work)
    print("without what was held out:", {"held-out": scores(head, rest), "dev": scores(head, dev)})
    write({**fit(both(whole, more), args.seeds, args.epochs), "register": register(whole)}, args.out, to_news)
    print("as shipped:", {"dev": scores(FactualityHead(args.out), dev)})


if __name__ == "__main__":
    main()
