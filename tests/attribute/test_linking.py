"""With the encoder that ships: the plain cases come out as they do by rule, and the spans read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.attribute import find_attributions
from onrecord.attribute.coreference import find_references
from onrecord.lexicon.cues import load_cues
from onrecord.model import Attribution, Layers, Report
from onrecord.parse.encoder import OnnxEncoder
from onrecord.parse.syntax import SpacyParser

CASES = Path(__file__).parent / "cases"
PLAIN = ("direct", "indirect", "mixed", "paragraphs", "broken_marks", "unknown_kinds_of_source", "coreference")


def _cases() -> list[Any]:
    lines = (line for name in PLAIN for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, lines)]


@pytest.fixture(scope="module")
def parts() -> tuple[SpacyParser, OnnxEncoder]:
    return SpacyParser(), OnnxEncoder()


def _found(parts: tuple[SpacyParser, OnnxEncoder], text: str) -> tuple[Attribution, ...]:
    parse = parts[0].parse(text)
    layers = Layers(
        report=Report(report_id="case", text=text),
        parse=parse,
        encoding=parts[1].encode(parse),
        references=find_references(parse, ()),
    )
    return find_attributions(layers, load_cues())[0]


@pytest.mark.parametrize("case", _cases())
def test_source_and_content_of_plain_cases(parts: tuple[SpacyParser, OnnxEncoder], case: dict[str, Any]) -> None:
    text = case["text"]
    found = _found(parts, text)
    pairs = [(a.source.text if a.source else None, [s.of(text) for s in a.content]) for a in found]
    for wanted in case["expect"]:
        assert (wanted["source"], wanted["content"]) in pairs
    for one in found:
        assert one.cue is None or one.cue.span.of(text) == one.cue.text
        assert one.score is None or 0.0 <= one.score <= 1.0
