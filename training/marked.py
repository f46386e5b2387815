"""Texts with our marks of events in them, coded by the rules: what the heads of events and roles learn from.

``training/events.jsonl`` marks reports of the training parts, ``events-later.jsonl`` the parts behind those (offsets
only; ``set`` and ``id`` name the text, which is not ours), ``training/data/events-*.txt`` holds sentences of ours with
the marks inside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.coding import rule_events, with_factuality
from onrecord.coding.arguments import Arguments
from onrecord.coding.encoded_events import EventSigns
from onrecord.coding.events import EventCoder
from onrecord.coding.standing import Ground
from onrecord.model import EventClaim, Layers, Parse, Span
from onrecord.pipeline import Parts, find_layers
from onrecord.read import Defaults, make_report

MARKS = Path(__file__).parent / "events.jsonl"
LATER = Path(__file__).parent / "events-later.jsonl"
SENTENCES = Path(__file__).parent / "data"
GROUP = 6  # sentences that make a text of their own: a report is no single sentence
Mark = Mapping[str, Any]
_MARKED = re.compile(r"\[([^\[\]|]+)\|([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """One text: what the rules made of it, the marks by the token of their trigger, and how far it was read."""

    name: str
    layers: Layers
    coder: EventCoder
    signs: EventSigns
    coded: list[EventClaim]
    dropped: list[EventClaim]
    marks: dict[int, Mark]
    read_to: int


def marked_texts(data: Path, parts: Parts) -> Iterator[Marked]:
    """All texts; *data* is the folder of the annotated files."""
    yield from marked_reports(data, parts)
    yield from marked_sentences(SENTENCES, parts)


def marked_reports(data: Path, parts: Parts) -> Iterator[Marked]:
    """The marked reports; the names of their texts begin with the set."""
    marks = read_further(_rows(MARKS), _rows(LATER))
    for name in sorted({mark["set"] for mark in marks}):
        texts = {r["id"]: r for r in map(json.loads, (data / name / "train.jsonl").open(encoding="utf-8"))}
        for mark in marks:
            if mark["set"] == name:
                record = texts[mark["id"]]
                layers = layers_of(record["text"], record.get("published"), parts)
                yield coded_text(f"{name} {mark['id']}", layers, mark["events"], mark["read_to"], parts)


def read_further(marks: Iterable[Mark], later: Iterable[Mark]) -> list[Mark]:
    """*marks* with those of *later*, for reports whose next part was read later (``from`` where the first ends)."""
    next_part = {(mark["set"], mark["id"], mark["from"]): mark for mark in later}
    found: list[Mark] = []
    for mark in marks:
        more = next_part.get((mark["set"], mark["id"], mark["read_to"]))
        events = mark["events"] if more is None else [*mark["events"], *more["events"]]
        found.append({**mark, "read_to": (more or mark)["read_to"], "events": events})
    return found


def _rows(path: Path) -> list[Mark]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def marked_sentences(folder: Path, parts: Parts) -> Iterator[Marked]:
    """Our own sentences, some of them joined to a text; its name begins with that of their file."""
    for path in sorted(folder.glob("events-*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        for at in range(0, len(lines), GROUP):
            text, events = joined(lines[at : at + GROUP])
            yield coded_text(f"{path.stem} {at}", layers_of(text, None, parts), events, len(text), parts)


def joined(lines: Iterable[str]) -> tuple[str, list[Mark]]:
    """Marked lines as one text of paragraphs, and the marks of its events with their parties (spans in it)."""
    text, events = "", list[Mark]()
    for line in lines:
        text += "\n\n" if text else ""
        found: dict[str, dict[str, Any]] = {}
        parties: list[tuple[str, tuple[int, int]]] = []
        last = 0
        for match in _MARKED.finditer(line):
            text += line[last : match.start()]
            span = (len(text), len(text) + len(match[1]))
            text += match[1]
            last = match.end()
            event = re.fullmatch(r"([A-Z]+)(\d*)(?:!([a-z]+))?", match[2])
            if event is None:
                parties += [(role, span) for role in match[2].split(",")]
            else:
                found[event[2]] = {
                    "trigger": span, "event_type": [event[1]], "actor": [], "recipient": [],
                    "mood": event[3] or "asserted", "sure": True,
                }  # fmt: skip
        text += line[last:]
        for role, span in parties:
            number = role[1:] if role[1:] in found else next(iter(found))
            found[number]["actor" if role[0] == "a" else "recipient"].append(span)
        events += found.values()
    return text, events


def layers_of(text: str, published: str | None, parts: Parts) -> Layers:
    """What coding starts from."""
    report = make_report({"text": text, "published": published}, origin="train", defaults=Defaults())
    return with_factuality(find_layers(report, parts), parts.lexicon.coding)  # the second encoder is yet to be trained


def coded_text(name: str, layers: Layers, events: Sequence[Mark], read_to: int, parts: Parts) -> Marked:
    """*layers* coded by the rules, with the marks *events* on them."""
    lexicon, parse = parts.lexicon.coding, layers.parse
    arguments = Arguments(parse, lexicon.modality.control)
    coder = EventCoder(layers, lexicon, arguments)
    coded, dropped = rule_events(coder, Ground(layers, lexicon, arguments))
    marks = {at: event for event in events if (at := head_of(parse, event["trigger"])) is not None}
    return Marked(name, layers, coder, EventSigns(layers, coder, coded, dropped), coded, dropped, marks, read_to)


def head_of(parse: Parse, span: Sequence[int]) -> int | None:
    """The token of *span* that its others hang on; None where the text has none there."""
    return next(iter(parse.heads_in(parse.tokens_in(Span(*span)))), None)
