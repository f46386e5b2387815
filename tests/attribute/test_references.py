"""Who is meant in longer stretches of text: chains to the full name, relatives, bodies and offices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.attribute.coreference import find_references
from onrecord.model import Actor, Span
from onrecord.parse.syntax import SpacyParser

REPORTS = Path(__file__).parent / "references.jsonl"


def _reports() -> list[Any]:
    lines = REPORTS.read_text(encoding="utf-8").splitlines()
    return [pytest.param(r, id=r["id"]) for r in map(json.loads, lines)]


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def _actors(text: str, known: list[dict[str, Any]]) -> tuple[Actor, ...]:
    """What the registry would say at every place where a name of *known* stands."""
    found = []
    for one in known:
        for words in one["words"]:
            start = text.find(words)
            while start >= 0:
                span = Span(start, start + len(words))
                rest = {k: tuple(v) if isinstance(v, list) else v for k, v in one.items() if k != "words"}
                found.append(Actor(text=words, span=span, **rest))
                start = text.find(words, start + 1)
    return tuple(found)


@pytest.mark.parametrize("report", _reports())
def test_a_reader_knows_who_is_meant(parser: SpacyParser, report: dict[str, Any]) -> None:
    text = report["text"]
    ties = find_references(parser.parse(text), _actors(text, report.get("actors", [])))
    by_span = {r.mention: r.antecedent.text for r in ties}
    for words, antecedent in report["ties"]:
        at = text.index(words.replace("[", "").replace("]", "")) + words.index("[")
        mention = Span(at, at + words.index("]") - words.index("[") - 1)
        assert by_span.get(mention) == antecedent, words
