"""Time expressions: sentences of ours, each with one expression to be read, or words that are no time."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onrecord.ground.times import find_times
from onrecord.model import Report, Time
from onrecord.parse.syntax import SpacyParser
from onrecord.read import Defaults, make_report

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "times.jsonl").read_text(encoding="utf-8").splitlines()
]


@cache
def parser() -> SpacyParser:
    return SpacyParser()


def report_of(text: str, published: str | None) -> Report:
    report = make_report({"text": text, "published": published}, origin="case", defaults=Defaults())
    assert isinstance(report, Report)
    return report


def times_of(text: str, published: str | None) -> tuple[Time, ...]:
    return find_times(report_of(text, published), parser().parse(text))


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c.get('words') or c['absent']}" for i, c in enumerate(CASES, 1)])
def test_reading(case: dict[str, Any]) -> None:
    times = times_of(case["text"], case["published"])
    if "absent" in case:
        at = case["text"].index(case["absent"])
        assert not [t.text for t in times if t.span and t.span.start < at + len(case["absent"]) and at < t.span.end]
        return
    found = {t.text: t for t in times}
    assert case["words"] in found
    time = found[case["words"]]
    if case["value"] is not None or case.get("basis") == "unresolved":
        assert time.value == case["value"]
    assert time.start == case["start"]
    assert (case["end"] is None and case["start"] is not None) or time.end == case["end"]
    assert time.type == case.get("type", "DATE") or "type" not in case
    assert time.basis == case.get("basis", "named")
