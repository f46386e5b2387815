"""Short reports, written for this suite, with what must be found in each; see ``cases/*.jsonl``.

``expect`` lists attributions by their words; other keys of an entry are checked where they are given.
``absent`` lists what must start no content and be no source, ``none`` that nothing may be found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.attribute import find_attributions
from onrecord.attribute.coreference import find_references
from onrecord.lexicon.cues import load_cues
from onrecord.model import Attribution, Caveat, Layers, Report
from onrecord.parse.syntax import SpacyParser

CASES = Path(__file__).parent / "cases"


def _cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield pytest.param(case, id=case["id"])


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def _coded(parser: SpacyParser, text: str) -> tuple[tuple[Attribution, ...], tuple[Caveat, ...]]:
    parse = parser.parse(text)
    references = find_references(parse, ())
    layers = Layers(report=Report(report_id="case", text=text), parse=parse, references=references)
    return find_attributions(layers, load_cues())


def _shape(text: str, one: Attribution) -> tuple[str | None, str | None, list[str]]:
    source = one.source.text if one.source is not None else None
    return source, one.cue.text if one.cue is not None else None, [s.of(text) for s in one.content]


def _fits(found: tuple[Attribution, ...], one: Attribution, wanted: dict[str, Any]) -> list[str]:
    """Names of the further keys of *wanted* that *one* does not fulfil."""
    actor = one.source
    parent = found[one.parent].source if one.parent is not None else None
    got = {
        "form": one.form,
        "naming": one.naming,
        "number": one.number,
        "office": one.office,
        "kind": one.cue.kind if one.cue else None,
        "continued": one.continued,
        "channel": one.channel.kind if one.channel else None,
        "basis": actor.basis if actor else None,
        "via": actor.via.text if actor and actor.via else None,
        "more": one.more_sources[0].text if one.more_sources else None,
        "parent": "none" if one.parent is None else parent and parent.text,
    }
    wrong = [f"{key}: {got[key]!r}" for key in got if key in wanted and got[key] != wanted[key]]
    if "anon" in wanted and (one.anonymity is None or wanted["anon"] not in (one.anonymity.text or "")):
        wrong.append("anonymity")
    return wrong


@pytest.mark.parametrize("case", list(_cases()))
def test_a_short_report_gives_what_a_reader_finds_in_it(parser: SpacyParser, case: dict[str, Any]) -> None:
    text = case["text"]
    found, caveats = _coded(parser, text)
    shapes = [_shape(text, one) for one in found]
    for wanted in case["expect"]:
        shape = (wanted["source"], wanted["cue"], wanted["content"])
        same = [one for one, s in zip(found, shapes, strict=True) if s == shape]
        assert same, f"{shape} not in {shapes}"
        wrong = [_fits(found, one, wanted) for one in same]
        assert [] in wrong, f"{shape}: {wrong}"
    absent = case.get("absent", {})
    for start in absent.get("content", []):
        assert not any(piece.startswith(start) for s in shapes for piece in s[2])
    for words in absent.get("source", []):
        assert not any(s[0] == words for s in shapes)
    if case.get("none"):
        assert shapes == []
    for kind, words in case.get("caveats", []):
        assert any(c.kind == kind and c.text == words for c in caveats), caveats


def test_every_span_reads_back_and_parents_hold_their_children(parser: SpacyParser) -> None:
    for param in _cases():
        text = param.values[0]["text"]
        found, caveats = _coded(parser, text)
        for one in found:
            for actor in (one.source, *one.more_sources):
                assert actor is None or (actor.span is not None and actor.span.of(text) == actor.text)
            assert one.cue is None or one.cue.span.of(text) == one.cue.text
            assert list(one.content) == sorted(one.content)
            if one.parent is not None and one.cue is not None and not one.continued:
                assert found[one.parent].holds(one.cue.span)
        assert all(c.span.of(text) == c.text for c in caveats)
