"""The encoder of coding: a second small network over the words of a report, tuned for events, their parties and how
firmly things are said to have happened, as the shared encoder is for who says what, where and when.

How the weights were made is in ``training/coding.py`` of the repository, what they were made from and how good they
are in ``models/coding/MODEL_CARD.md``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from onrecord.model import Layers
from onrecord.protocols import Encoder

FOLDER = Path(__file__).resolve().parent.parent / "models" / "coding"
FIRMNESS = "firmness"
"""Its head: how firmly each word is said to have happened, one column for each corpus of annotators."""


def with_second(layers: Layers, encoder: Encoder | None) -> Layers:
    """*layers* with the states and the head of *encoder* beside those of the shared one; the same layers without
    either."""
    if layers.encoding is None or encoder is None:
        return layers
    told = encoder.encode(layers.parse)
    heads = {**layers.encoding.heads, FIRMNESS: told.heads[FIRMNESS]}
    labels = {**layers.encoding.labels, FIRMNESS: told.labels[FIRMNESS]}
    return replace(layers, encoding=replace(layers.encoding, heads=heads, labels=labels, second=told.states))
