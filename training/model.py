"""The network: one pre-trained encoder, one linear layer with the columns of all heads, and the losses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from onrecord.model.tagging import BUCKETS, distance_bucket
from training.tasks import BY_NAME, HEADS, IGNORE, LINKS, Window

HEAD_WEIGHTS = {"time": 1.5, "toponym": 1.5, "incident": 1.5, "incident_types": 0.2, "factuality": 0.7}
LINK_WEIGHT = 0.12


class ByteEmbedding(nn.Module):  # type: ignore[misc]
    """Word vectors as one byte a number and one scale a word; never trained.

    Rounded before training, so that what ships is exactly what the rest was trained on.
    """

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / 127
        self.register_buffer("bytes_", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Float vectors (..., width) of the pieces *ids*."""
        rows: Tensor = functional.embedding(ids, self.get_buffer("bytes_"))
        return rows.to(torch.float32) * functional.embedding(ids, self.get_buffer("scale"))


class Encoder(nn.Module):  # type: ignore[misc]
    """Pieces in; the columns of all token heads side by side, and those of the window heads, out."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="sdpa")
        words = self.bert.embeddings.word_embeddings.weight.detach()
        self.bert.embeddings.word_embeddings = ByteEmbedding(words)
        width = self.bert.config.hidden_size
        self.columns: dict[str, slice] = {}
        at = 0
        for head in HEADS:
            if head.kind != "window":
                self.columns[head.name] = slice(at, at + len(head.labels))
                at += len(head.labels)
        self.drop = nn.Dropout(0.1)
        self.tokens = nn.Linear(width, at)
        self.window = nn.Linear(width, sum(len(h.labels) for h in HEADS if h.kind == "window"))
        self.distances = nn.Parameter(torch.zeros(len(LINKS), BUCKETS))

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """(batch, pieces, columns) and (batch, window columns); *mask* is 1 where a piece stands."""
        states = self.drop(self.bert(input_ids=ids, attention_mask=mask).last_hidden_state)
        if mask is None:
            mean = states.mean(dim=1)
        else:
            mean = (states * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return self.tokens(states), self.window(mean)


def collate(batch: Sequence[Window]) -> tuple[Tensor, Tensor]:
    """Ids and mask (batch, longest), padded with zeros."""
    longest = max(len(w.ids) for w in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.int64)
    mask = torch.zeros(len(batch), longest)
    for i, item in enumerate(batch):
        ids[i, : len(item.ids)] = torch.tensor(item.ids)
        mask[i, : len(item.ids)] = 1
    return ids, mask


def losses(model: Encoder, tokens: Tensor, window: Tensor, batch: Sequence[Window]) -> dict[str, Tensor]:
    """The weighed loss of each head that this batch has targets for."""
    found: dict[str, Tensor] = {}
    longest = tokens.shape[1]
    for name in batch[0].tags:
        gold = np.full((len(batch), longest), IGNORE)
        for i, item in enumerate(batch):
            gold[i, : len(item.ids)] = item.tags[name]
        logits = tokens[..., model.columns[name]]
        loss = functional.cross_entropy(logits.flatten(0, 1), torch.from_numpy(gold).flatten(), ignore_index=IGNORE)
        found[name] = loss * HEAD_WEIGHTS.get(name, 1.0)
    for name in batch[0].values:
        found[name] = value_loss(tokens[..., model.columns[name]][..., 0], [w.values[name] for w in batch])
        found[name] = found[name] * HEAD_WEIGHTS.get(name, 1.0)
    typed = [i for i, item in enumerate(batch) if item.types is not None]
    if typed:
        wanted = torch.from_numpy(np.stack([t for w in batch if (t := w.types) is not None]))
        loss = functional.binary_cross_entropy_with_logits(window[typed], wanted)
        found["incident_types"] = loss * HEAD_WEIGHTS["incident_types"]
    if any(item.links for item in batch):
        found["links"] = link_loss(model, tokens, batch) * LINK_WEIGHT
    return found


def value_loss(numbers: Tensor, gold: Sequence[tuple[np.ndarray, np.ndarray]]) -> Tensor:
    """Huber loss at the pieces with a value, averaged by their weights."""
    total, weight = numbers.new_zeros(()), numbers.new_zeros(())
    for i, (values, weights) in enumerate(gold):
        wanted, heavy = torch.from_numpy(values), torch.from_numpy(weights)
        loss = functional.smooth_l1_loss(numbers[i, : len(wanted)], wanted, reduction="none")
        total, weight = total + (loss * heavy).sum(), weight + heavy.sum()
    return total / weight.clamp_min(1)


def link_loss(model: Encoder, tokens: Tensor, batch: Sequence[Window]) -> Tensor:
    """Mean surprise at the gold partners of each span among all spans of that role in its window."""
    found = []
    for row, item in enumerate(batch):
        if item.links:
            for number in range(len(LINKS)):
                found += window_links(model, tokens[row], item, number)
    return torch.cat(found).mean() if found else tokens.new_zeros(())


def window_links(model: Encoder, tokens: Tensor, item: Window, number: int) -> list[Tensor]:
    """Negative log probabilities of the right partners for link kind *number* in one window."""
    logits, wanted = link_logits(model, tokens, item, number)
    if logits is None:
        return []
    logs = functional.log_softmax(logits, dim=1)
    return [-torch.logsumexp(logs.masked_fill(~torch.from_numpy(wanted), -1e4), dim=1)]


def link_logits(model: Encoder, tokens: Tensor, item: Window, number: int) -> tuple[Tensor | None, np.ndarray]:
    """Scores (queries, candidates + 1) and which of them are right; None where nothing asks."""
    asking, asked = LINKS[number]
    queries = [(span, link) for link in item.links for span in link.get(asking, [])]
    if not queries:
        return None, np.zeros((0, 0), dtype=bool)
    candidates = sorted({span for link in item.links for span in link.get(asked, [])})
    rank = np.concatenate([[0], np.cumsum(item.words)])
    wanted = np.zeros((len(queries), len(candidates) + 1), dtype=bool)
    buckets = np.zeros((len(queries), len(candidates)), dtype=np.int64)
    for i, (span, link) in enumerate(queries):
        for j, other in enumerate(candidates):
            wanted[i, j] = other in link.get(asked, [])
            buckets[i, j] = distance_bucket(
                (int(rank[span[0]]), int(rank[span[1]])), (int(rank[other[0]]), int(rank[other[1]]))
            )
        wanted[i, -1] = not wanted[i].any()
    asks = pooling([span for span, _ in queries], item.words)
    none = tokens[: len(item.ids), model.columns["link_none"]][:, number]
    scores = [(asks @ none)[:, None]]
    if candidates:
        asker = asks @ tokens[: len(item.ids), model.columns[f"link_{asking}"]]
        keys = pooling(candidates, item.words) @ tokens[: len(item.ids), model.columns[f"link_{asked}"]]
        near = model.distances[number][torch.from_numpy(buckets)]
        scores.insert(0, asker @ keys.T / len(BY_NAME[f"link_{asked}"].labels) ** 0.5 + near)
    return torch.cat(scores, dim=1), wanted


def pooling(spans: Sequence[tuple[int, int]], words: np.ndarray) -> Tensor:
    """Matrix (spans, pieces) that averages over the first piece of each word in a span."""
    matrix = np.zeros((len(spans), len(words)), dtype=np.float32)
    for i, (a, b) in enumerate(spans):
        matrix[i, a:b] = words[a:b] if words[a:b].any() else 1.0
        matrix[i] /= matrix[i].sum()
    return torch.from_numpy(matrix)
