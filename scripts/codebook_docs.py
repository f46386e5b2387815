"""Writes docs/codebook/: a page for each event type, from the ontology and from docs/codebook/examples.csv.

Run it after a change of either: ``python scripts/codebook_docs.py``. With ``--check`` it writes nothing and
exits 1 where a page is not up to date.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.lexicon.ontology import EventType, Ontology, load_ontology

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "codebook"

HEAD = """\
# The codebook

Sixteen types of events, after PLOVER (draft of 2021 to 2024), in our own words. Each page says what the type is,
its modes, and what is coded and what is not, by examples; every example is a test.

- **Actor** is who does it, **recipient** to whom. Codes are a country (ISO 3166 alpha-3, or IGO, NGO, MNC, IMG, ISM
  for actors without one) and PLOVER's sector.
- Parties who do a thing to each other (meetings, treaties, clashes) are all actors.
- What is **planned or promised** is a claim of the same type with that mood; its PLOVER code is the type that the
  page names as its future.
- What is **denied, negated, threatened, demanded or conditional** stays a claim, with that modality, and is never
  counted as a happening.
- A party that no words name is inferred only where the type leaves no doubt, and is marked so: police where a crowd
  is charged with batons, the government of the country where a demonstration names no target.

| type | what it is | quad class |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One line of examples.csv: parties are "COUNTRY SECTOR; …"; ``why`` says why a negative one is not coded."""

    event_type: str
    coded: bool
    sentence: str
    actor: str
    recipient: str
    mode: str
    mood: str
    why: str


def load_examples(path: Path = FOLDER / "examples.csv") -> tuple[Example, ...]:
    """The examples in file order."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        return tuple(
            Example(
                r["type"],
                r["coded"] == "yes",
                r["sentence"],
                r["actor"],
                r["recipient"],
                r["mode"],
                r["mood"],
                r["why"],
            )
            for r in rows
        )


def pages() -> Iterator[tuple[Path, str]]:
    """Each page's path and text."""
    ontology = load_ontology()
    examples = load_examples()
    lines = (f"| [{k.name}]({k.name.lower()}.md) | {k.definition} | {k.quad} |\n" for k in ontology.types.values())
    yield FOLDER / "index.md", HEAD + "".join(lines)
    for kind in ontology.types.values():
        own = [e for e in examples if e.event_type == kind.name]
        yield FOLDER / f"{kind.name.lower()}.md", _page(kind, ontology, own)


def _page(kind: EventType, ontology: Ontology, examples: list[Example]) -> str:
    parts = [f"# {kind.name}\n\n{kind.definition}\n\n"]
    facts = [f"Quad class: {kind.quad}."]
    if kind.needs_recipient:
        facts.append("It needs a recipient.")
    if kind.future != kind.name:
        facts.append(f"Promised or planned, its PLOVER code is {kind.future}.")
    parts.append(" ".join(facts) + "\n")
    if kind.modes:
        parts.append("\n## Modes\n\n| mode | meaning | CAMEO |\n|---|---|---|\n")
        parts += [
            f"| {mode} | {meaning} | {ontology.cameo(kind.name, (mode,)) or ''} |\n"
            for mode, meaning in kind.modes.items()
        ]
    parts.append("\n## Coded\n\n| sentence | actor | recipient | mode | mood |\n|---|---|---|---|---|\n")
    parts += [
        f"| {e.sentence} | {e.actor} | {e.recipient} | {e.mode} | {e.mood or 'asserted'} |\n"
        for e in examples
        if e.coded
    ]
    parts.append("\n## Not coded\n\n| sentence | because |\n|---|---|\n")
    parts += [f"| {e.sentence} | {e.why} |\n" for e in examples if not e.coded]
    return "".join(parts)


def main(argv: list[str]) -> int:
    """Writes the pages, or with --check tells which are not up to date."""
    stale = [path for path, text in pages() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)}: not up to date; run python scripts/codebook_docs.py")
        return 1 if stale else 0
    for path, text in pages():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
