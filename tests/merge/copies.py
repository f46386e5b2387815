"""Copies of our own example reports, made by a seeded script: cuts, added paragraphs, headlines, other numbers."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import Report

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
_ADDED = (
    "The area has seen repeated violence since the spring, and aid groups say that roads are often closed.",
    "Our correspondent reports that shops in the district stayed shut and few cars were seen on the streets.",
    "Diplomats had met the week before without an outcome, and no further round of talks has been announced.",
    "Weather in the region has been unusually warm, which officials say makes relief work harder.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """Reports, the original of each by report id, and the kind that each copy was made as."""

    reports: tuple[Report, ...]
    original: dict[str, str]
    kind: dict[str, str]


def bodies() -> list[tuple[str, str, list[str]]]:
    """Outlet, title and paragraphs of the example reports that stand alone (not themselves copies)."""
    found = []
    for path in sorted(EXAMPLES.glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        if path.name[:2] in ("02", "04"):
            continue
        outlet = re.search(r"^outlet: (.+)$", head, re.M)
        title = re.search(r'^title: "?(.+?)"?$', head, re.M)
        paragraphs = [p.strip() for p in body.strip().split("\n\n")]
        found.append((outlet.group(1), title.group(1), paragraphs))
    return found


def make_copies(seed: int) -> Made:
    """Five copies of each example report, in five manners."""
    chance = random.Random(seed)
    reports: list[Report] = []
    original: dict[str, str] = {}
    kind: dict[str, str] = {}
    for n, (outlet, title, paragraphs) in enumerate(bodies()):
        first = f"r{n:02d}-0"
        variants = {
            "copy": paragraphs,
            "headline": paragraphs,
            "cut": paragraphs[: max(1, len(paragraphs) * 2 // 3)],
            "added": [*paragraphs, *chance.sample(_ADDED, 2)],
            "version": changed(paragraphs, chance),
        }
        reports.append(_report(first, outlet, title, paragraphs, 0))
        original[first], kind[first] = first, "original"
        for k, (manner, body) in enumerate(variants.items(), 1):
            if manner in ("version", "cut") and body == paragraphs:
                continue
            report_id = f"r{n:02d}-{k}"
            headline = title if manner == "copy" else f"Evening edition: news in brief {k}"
            reports.append(_report(report_id, f"Copying Paper {k}", headline, body, k))
            original[report_id], kind[report_id] = first, manner
    chance.shuffle(reports)
    return Made(tuple(reports), original, kind)


def changed(paragraphs: list[str], chance: random.Random) -> list[str]:
    """The paragraphs with one more or less of everything that is counted in figures."""
    return [re.sub(r"\b\d{1,3}\b", lambda m: str(int(m[0]) + chance.choice((1, 2, 3))), p) for p in paragraphs]


def _report(report_id: str, outlet: str, title: str, paragraphs: list[str], hour: int) -> Report:
    return Report(
        report_id=report_id,
        text="\n\n".join(paragraphs),
        title=title,
        outlet=outlet,
        published=f"2018-09-08T{8 + hour:02d}:00:00+00:00",
    )
