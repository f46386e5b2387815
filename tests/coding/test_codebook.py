"""Each example of the codebook is coded as its page says, and the pages say what the ontology says."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path

import pytest

import onrecord
from onrecord.model import Actor, EventClaim

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "codebook_docs.py"))
EXAMPLES = SCRIPT["load_examples"]()
CONFIG = onrecord.Config(encoder=False)


def _events(sentence: str) -> list[EventClaim]:
    return [c for c in onrecord.code(sentence, config=CONFIG).claims if isinstance(c, EventClaim)]


def _plover(claim: EventClaim) -> str:
    return dict(claim.codes)["plover"].partition("/")[0]


def _codes(actors: tuple[Actor, ...]) -> str:
    return "; ".join(f"{a.country or '-'} {a.sectors[0] if a.sectors else ''}".strip() for a in actors)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.coded], ids=lambda e: e.sentence)
def test_what_the_codebook_codes_is_coded(example):
    found = [c for c in _events(example.sentence) if _plover(c) == example.event_type]
    assert found, f"no {example.event_type}"
    claim = found[0]
    assert (_codes(claim.actor), _codes(claim.recipient)) == (example.actor, example.recipient)
    assert claim.modality.mood == (example.mood or "asserted")
    if example.mode and claim.event_type == example.event_type:
        assert example.mode in claim.modes


@pytest.mark.parametrize("example", [e for e in EXAMPLES if not e.coded], ids=lambda e: e.sentence)
def test_what_the_codebook_leaves_out_is_left_out(example):
    assert example.event_type not in {_plover(c) for c in _events(example.sentence)}


def test_each_type_has_examples_enough():
    yes = Counter(e.event_type for e in EXAMPLES if e.coded)
    no = Counter(e.event_type for e in EXAMPLES if not e.coded)
    types = {path.stem.upper() for path, _ in SCRIPT["pages"]()} - {"INDEX"}
    assert all(yes[t] >= 6 and no[t] >= 3 for t in types)


def test_the_pages_are_up_to_date():
    for path, text in SCRIPT["pages"]():
        assert path.read_text(encoding="utf-8") == text, "run python scripts/codebook_docs.py"
