"""Counts over attributions: who is quoted, with which cues, through which channels, by which outlets."""

from __future__ import annotations

from typing import Any

import numpy as np

from onrecord.case.filters import Term
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Mask
from onrecord.serve.parties import counted, units

_MOST = 40


def quote_facets(ask: Ask, mask: Mask) -> dict[str, list[dict[str, Any]]]:
    """Counts of the quotes in *mask*."""
    s, rows = ask.snapshot, np.flatnonzero(mask)
    found: dict[str, list[dict[str, Any]]] = {}
    for key, column in (("cue", "cue"), ("channel", "channel"), ("naming", "naming")):
        names, counts = _ranked(s.quotes[column][rows])
        words = [(str(s.word(name)), n) for name, n in zip(names, counts, strict=True)]
        found[key] = [_facet(key, word, word, n) for word, n in words]
    names, counts = _ranked(s.reports["outlet"][s.codings["report"][s.quotes["coding"][rows]]])
    outlets = [(s.outlets.get(name), n) for name, n in zip(names, counts, strict=True)]
    found["outlet"] = [_facet("outlet", name, name, n, "=") for name, n in outlets if name]
    said = mask[s.speakers.row]
    speakers = counted(units(ask.desk, s), s.speakers.row[said], s.speakers.value[said], _MOST)
    found["speaker"] = [_facet("speaker.id", actor_id, name, n) for actor_id, name, n in speakers]
    return found


def _ranked(values: Any, most: int = _MOST) -> tuple[list[int], list[int]]:
    counts = np.bincount(values[values > 0])
    names = np.flatnonzero(counts)
    order = names[np.argsort(-counts[names], kind="stable")[:most]]
    return order.tolist(), counts[order].tolist()


def _facet(key: str, value: str, label: str, count: int, operator: str = ":") -> dict[str, Any]:
    return {"value": value, "label": label, "count": count, "term": str(Term(key, operator, (value,)))}
