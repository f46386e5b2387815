"""Scores of the heads by themselves, without any linker, resolver or rule behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from training import tasks
from training.model import Encoder, collate, link_logits
from training.tasks import BY_NAME, IGNORE, LINKS, Gold, Window


def runs(tags: np.ndarray, labels: tuple[str, ...]) -> set[tuple[int, int, str]]:
    """Spans (first, end, type) of a row of label numbers; an I without a B begins one."""
    found, inside = list[tuple[int, int, str]](), False
    for i, number in enumerate(tags):
        if number <= 0:
            inside = inside and number == IGNORE
        elif labels[number][0] == "B" or not inside:
            found.append((i, i + 1, labels[number][2:]))
            inside = True
        else:
            found[-1] = (found[-1][0], i + 1, found[-1][2])
    return set(found)


def f1(right: float, found: float, gold: float) -> tuple[float, float, float]:
    """(precision, recall, F1), zero where there is nothing to divide by."""
    precision, recall = right / max(found, 1), right / max(gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def tag_counts(name: str, gold: np.ndarray, guess: np.ndarray, counts: Counter[str]) -> None:
    """Add the token counts (inside a span of the right type) and span counts of one window."""
    labels = BY_NAME[name].labels
    asked = gold != IGNORE
    guess = np.where(asked, guess, IGNORE)
    kind_gold, kind_guess = (gold[asked] + 1) // 2, (guess[asked] + 1) // 2
    counts["tr"] += int(((kind_gold == kind_guess) & (kind_gold > 0)).sum())
    counts["tg"] += int((kind_gold > 0).sum())
    counts["tf"] += int((kind_guess > 0).sum())
    spans, found = runs(gold, labels), runs(guess, labels)
    counts["sr"] += len(spans & found)
    counts["sg"] += len(spans)
    counts["sf"] += len(found)


GRID = (0.15, 0.25, 0.4, 0.6, 0.8, 1.0, 1.3, 1.7, 2.5)
"""What the probability of O is multiplied by before the best label is taken."""

Predictor = Callable[[list[Window]], tuple[torch.Tensor, torch.Tensor]]


def trained(model: Encoder) -> Predictor:
    """Columns of all heads for a batch from the network as it was trained, in single precision."""

    def predict(batch: list[Window]) -> tuple[torch.Tensor, torch.Tensor]:
        ids, mask = collate(batch)
        with torch.no_grad():
            tokens, window = model(ids, mask)
        return tokens.float(), window.float()

    return predict


def shipped(path: Path) -> Predictor:
    """The same from the exported file, one window a run as when coding."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def predict(batch: list[Window]) -> tuple[torch.Tensor, torch.Tensor]:
        rows = [session.run(["tokens", "window"], {"ids": np.array([w.ids])}) for w in batch]
        tokens = [torch.from_numpy(row[0][0]) for row in rows]
        return torch.nn.utils.rnn.pad_sequence(tokens, batch_first=True), torch.from_numpy(
            np.concatenate([row[1] for row in rows])
        )

    return predict


@dataclass(slots=True)
class Answers:
    """Tags counted by head and factor of `GRID`, values by corpus, links by kind, windows with incidents."""

    tags: dict[tuple[str, float], Counter[str]] = field(default_factory=dict)
    points: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    links: dict[str, list[bool]] = field(default_factory=dict)
    types: list[tuple[bool, bool]] = field(default_factory=list)


def answer(model: Encoder, predict: Predictor, held: dict[str, list[Gold]], ends: tuple[int, int]) -> Answers:
    """What the heads say of all texts in *held*, against their annotations."""
    answers = Answers()
    for golds in held.values():
        made = [(gold, w) for gold in golds for w in tasks.windows([gold], ends, None)]
        made.sort(key=lambda x: len(x[1].ids))
        for at in range(0, len(made), 12):
            group = made[at : at + 12]
            tokens, window = predict([w for _, w in group])
            for row, (gold, item) in enumerate(group):
                mine = tokens[row][: len(item.ids)]
                count_tags(model, mine, item, answers)
                for name, (values, weights) in item.values.items():
                    column = mine[:, model.columns[name]][:, 0].numpy()
                    answers.points.setdefault(f"{name} {gold.group}", []).extend(
                        (float(values[i]), float(np.clip(column[i], -3, 3))) for i in np.flatnonzero(weights)
                    )
                link_hits(model, mine, item, answers.links)
                if item.types is not None:
                    answers.types.append((bool(item.types.any()), bool((window[row] > 0).any())))
    return answers


def count_tags(model: Encoder, tokens: torch.Tensor, item: Window, answers: Answers) -> None:
    """Add the tags of one window, decoded with every factor of `GRID`."""
    for name, wanted in item.tags.items():
        logits = tokens[:, model.columns[name]].numpy()
        for factor in GRID:
            weighed = logits.copy()
            weighed[:, 0] += np.log(factor)
            tag_counts(name, wanted, weighed.argmax(axis=1), answers.tags.setdefault((name, factor), Counter()))


def best_factors(answers: Answers) -> dict[str, float]:
    """The factor of each tagging head with the best mean of token and span F1."""
    scored: dict[str, list[tuple[float, float]]] = {}
    for (name, factor), c in answers.tags.items():
        both = f1(c["tr"], c["tf"], c["tg"])[2] + f1(c["sr"], c["sf"], c["sg"])[2]
        scored.setdefault(name, []).append((round(both, 4), factor))
    return {name: max(found)[1] for name, found in scored.items()}


def link_hits(model: Encoder, tokens: torch.Tensor, item: Window, links: dict[str, list[bool]]) -> None:
    """Whether the best partner of each gold span is a right one."""
    for number, kind in enumerate(LINKS):
        with torch.no_grad():
            logits, wanted = link_logits(model, tokens, item, number)
        if logits is not None:
            best = logits.argmax(dim=1).numpy()
            links.setdefault("link " + ">".join(kind), []).extend(bool(wanted[i, b]) for i, b in enumerate(best))


def summary(answers: Answers, factors: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Token and exact span precision, recall, F1; r and MAE per corpus; accuracy of links."""
    found: dict[str, dict[str, float]] = {}
    for (name, factor), c in answers.tags.items():
        if factor == factors.get(name, 1.0):
            token, span = f1(c["tr"], c["tf"], c["tg"]), f1(c["sr"], c["sf"], c["sg"])
            found[name] = {"token_p": token[0], "token_r": token[1], "token_f1": token[2]}
            found[name] |= {"span_p": span[0], "span_r": span[1], "span_f1": span[2], "count": c["sg"]}
    for name, pairs in answers.points.items():
        gold, guess = np.array(pairs).T
        r = float(np.corrcoef(gold, guess)[0, 1]) if gold.std() and guess.std() else 0.0
        found[name] = {"r": r, "mae": float(np.abs(gold - guess).mean()), "count": len(pairs)}
    for name, hits in answers.links.items():
        found[name] = {"accuracy": float(np.mean(hits)), "count": len(hits)}
    if answers.types:
        right = sum(g and p for g, p in answers.types)
        score = f1(right, sum(p for _, p in answers.types), sum(g for g, _ in answers.types))
        found["incident window"] = {"p": score[0], "r": score[1], "f1": score[2], "count": len(answers.types)}
    return {name: {k: round(float(v), 4) for k, v in row.items()} for name, row in found.items()}
