"""From trained weights to the files that ship: an int8 ONNX graph, its tokenizer and its labels."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from onrecord.parse.windows import LIMIT
from training.model import Encoder
from training.tasks import HEADS, LINKS

MODEL, TOKENIZER, LABELS = "encoder.onnx", "tokenizer.json", "labels.json"
STATES = (3, 6)
"""The layers whose states the graph gives to heads that are trained later."""


def ready_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer without length limit, padding, marks around the text or words of special meaning.

    Without the last, a report that prints "[SEP]" cannot end the encoder's window.
    """
    spec = json.loads(path.read_text(encoding="utf-8"))
    spec |= {"truncation": None, "padding": None, "post_processor": None, "added_tokens": []}
    return Tokenizer.from_str(json.dumps(spec))


def export(model: Encoder, tokenizer: Tokenizer, out: Path) -> None:
    """Write the folder that `onrecord.parse.encoder.OnnxEncoder` reads."""
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        to_onnx(model, plain)
        quantize(plain, out / MODEL)
    expose(out / MODEL)
    tokenizer.save(str(out / TOKENIZER), pretty=False)
    write_labels(model, out, {})


def to_onnx(model: Encoder, path: Path) -> None:
    """The graph in single precision: ``ids`` (1, pieces) to ``tokens`` and ``window``."""
    model.bert.config._attn_implementation = "eager"
    ids = torch.randint(1000, 2000, (1, 37))
    torch.onnx.export(
        model,
        (ids,),
        str(path),
        input_names=["ids"],
        output_names=["tokens", "window"],
        dynamic_axes={"ids": {1: "pieces"}, "tokens": {1: "pieces"}},
        opset_version=17,
        dynamo=False,
    )


def quantize(plain: Path, path: Path) -> None:
    """Weights of the matrix products as one byte a number, one scale a column.

    Seven bits of the eight are used, so that processors without VNNI do not overflow and give the same.
    """
    quantize_dynamic(
        plain,
        path,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm"],
        extra_options={"DefaultTensorType": 1},
    )


def expose(path: Path, layers: Sequence[int] = STATES) -> None:
    """Make the states behind *layers* (1 is the first) outputs of the graph at *path*, ``state1`` and so on.

    Heads that are trained on the finished encoder read them; nothing that the graph computed before changes.
    """
    graph = onnx.load(str(path))
    known = {output.name for output in graph.graph.output}
    for layer in layers:
        if (name := f"state{layer}") in known:
            continue
        inner = f"/bert/encoder/layer.{layer - 1}/output/LayerNorm/LayerNormalization_output_0"
        graph.graph.node.append(onnx.helper.make_node("Identity", [inner], [name], name=name))
        shape = [1, "pieces", None]
        graph.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape))
    onnx.save(graph, str(path))


def write_labels(model: Encoder, out: Path, outside: Mapping[str, float]) -> None:
    """Write what the columns mean, how windows are cut, and the checksums of the other files.

    *outside* is, by tagging head, what the probability of O is to be multiplied by when spans are read.
    """
    heads, at = [], 0
    for head in HEADS:
        first = at if head.kind == "window" else model.columns[head.name].start
        at += len(head.labels) if head.kind == "window" else 0
        entry = {"name": head.name, "kind": head.kind, "first": first, "labels": list(head.labels)}
        entry |= {"limits": list(head.limits)} if head.limits else {}
        heads.append(entry | ({"outside": outside[head.name]} if head.name in outside else {}))
    table = model.distances.detach().tolist()
    spec = {
        "format": 1,
        "limit": LIMIT,
        "heads": heads,
        "states": [f"state{layer}" for layer in STATES],
        "distances": {">".join(k): [round(x, 4) for x in row] for k, row in zip(LINKS, table, strict=True)},
        "sha256": {n: hashlib.sha256((out / n).read_bytes()).hexdigest() for n in (MODEL, TOKENIZER)},
    }
    (out / LABELS).write_text(json.dumps(spec, indent=1) + "\n", encoding="utf-8")
