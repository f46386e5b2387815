"""Scores one coding against judged facts: ``python benchmarks/judged.py FACTS.jsonl REPORT.txt --published DAY``.

The rules of matching are in ``benchmarks/judged/README.md``; names are compared through the registry.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import onrecord
from onrecord.ground.registry import Registry
from onrecord.lexicon.actors import load_actors
from onrecord.model.wire import claim_to_json
from onrecord.model.wire_coding import attribution_to_json

Json = dict[str, Any]
ANCHORS = {
    "attribution": ("content", "cue"),
    "event": ("trigger",),
    "figure": ("figure",),
    "control": ("share", "trigger", "place"),
    "relation": ("trigger", "subject", "object"),
}
ROLES = {
    "actors": "actor",
    "recipients": "recipient",
    "holders": "holder",
    "subjects": "subject",
    "objects": "object",
}
CODES = ("event_type", "change", "relation", "form", "bound", "low", "high", "measure")


class Judge:
    """Compares the facts of one report with its coding."""

    def __init__(self, facts: Sequence[Json], coding: onrecord.Coding) -> None:
        self.facts = facts
        self.coding = coding
        self.tables = load_actors()
        self.registry = Registry(self.tables)
        self.claims = [claim_to_json(c) for c in coding.claims]
        self.attributions = [attribution_to_json(a) for a in coding.attributions]

    # -- names -------------------------------------------------------------------------------------

    def same(self, slot: Json, name: str, fact: Json) -> bool:
        """Whether a slot is the one that *name* means: an element's words, or a name of the registry."""
        if name.startswith("~"):
            element, _, number = name[1:].partition(".")
            heads = fact["heads"].get(element, [])
            wanted = [heads[int(number)]] if number and int(number) < len(heads) else heads
            return any(touches(slot, head) for head in wanted)
        ids = set(self.tables.ids(name))
        if not ids:
            loose = self.registry.loosely(name, self.coding.report.published_day)
            ids = {loose.id} if loose is not None else set()
        own = {slot.get("actor_id"), slot.get("group")}
        base = {i.partition(".")[0] for i in own if i}
        country = slot.get("country") if "government" in name.lower() or name == "Syria" else None
        return (
            bool(ids & own)
            or name in {slot.get("name"), slot.get("text")}
            or (bool({i.partition(".")[0] for i in ids} & (base | {country})) and not name.startswith("Abu"))
        )

    def filled(self, slots: Iterable[Json], wanted: Iterable[Any], fact: Json) -> bool:
        """Whether each wanted name (or one of its alternatives) is among the slots."""
        have = list(slots)
        for item in wanted:
            names = item if isinstance(item, list) else [item]
            if None in names and not have:
                continue
            if not any(n is not None and any(self.same(s, n, fact) for s in have) for n in names) and None not in names:
                return False
        return True

    # -- facts -------------------------------------------------------------------------------------

    def anchored(self, fact: Json, item: Json) -> bool:
        """Whether the coded item's anchor covers a head word of the fact's anchor."""
        kind = fact["kind"]
        if kind == "attribution" and fact["codes"].get("aspect") == "channel":
            return any(touches(item["channel"] or {}, h) for hs in fact["heads"].values() for h in hs)
        if kind == "attribution":
            spans = [*item["content"]]
            return any(inside(h, s) for h in fact["heads"].get("content", []) for s in spans)
        for name in ANCHORS[kind]:
            slots = [item.get(name)] if not isinstance(item.get(name), list) else item[name]
            for head in fact["heads"].get(name, []):
                if any(slot and touches(slot, head) for slot in slots):
                    return True
                if name in {"trigger", "figure"} and any(touches(f, head) for f in item.get("figures") or []):
                    return True
        return False

    def judge(self, fact: Json) -> tuple[bool, bool, str]:
        """Whether a fact was found, whether it is right, and what is wrong."""
        if fact["kind"] == "time":
            return self._any(self._time(fact, t) for t in self.coding.times)
        if fact["kind"] == "place":
            return self._any(self._place(fact, p) for p in self._places())
        if fact["codes"].get("aspect") == "coreference":
            return self._any(self._reference(fact, s) for s in self._slots())
        if fact["kind"] == "attribution":
            return self._any(self._attribution(fact, a) for a in self.attributions)
        kinds = {fact["kind"], fact["codes"].get("alternative_kind")}
        found = [c for c in self.claims if c["kind"] in kinds and self.anchored(fact, c)]
        return self._any(self._claim(fact, c) for c in found)

    @staticmethod
    def _any(results: Iterable[tuple[bool, list[str]]]) -> tuple[bool, bool, str]:
        best: list[str] | None = None
        for found, wrong in results:
            if found and (best is None or len(wrong) < len(best)):
                best = wrong
        return best is not None, best == [], "; ".join(best or ())

    def _attribution(self, fact: Json, item: Json) -> tuple[bool, list[str]]:
        if not self.anchored(fact, item):
            return False, []
        codes = fact["codes"]
        wrong = []
        if "speaker" in codes:
            names = codes["speaker"] if isinstance(codes["speaker"], list) else [codes["speaker"]]
            source = item["source"] or {}
            if not any(
                self.same(source, n, fact) or (n == "analysts" and "nalyst" in str(source.get("text"))) for n in names
            ):
                wrong.append(f"speaker {source.get('text')}/{source.get('name')}")
        if "form" in codes and item["form"] not in listed(codes["form"]):
            wrong.append(f"form {item['form']}")
        if codes.get("continued") and not item["continued"]:
            wrong.append("not continued")
        if codes.get("aspect") == "channel" and not item["channel"]:
            wrong.append("no channel")
        return True, wrong

    def _claim(self, fact: Json, claim: Json) -> tuple[bool, list[str]]:
        codes = fact["codes"]
        wrong = []
        for key in CODES:
            if key not in codes or (key in {"low", "high", "bound"} and claim["kind"] == "control"):
                continue
            if claim["kind"] != fact["kind"]:
                continue
            value = claim.get(key)
            if value is not None and value not in listed(codes[key]) and None not in listed(codes[key]):
                wrong.append(f"{key} {value}")
        for key, role in ROLES.items():
            if key in codes and claim["kind"] == fact["kind"]:
                slots = claim.get(role) or []
                if not self.filled(slots if isinstance(slots, list) else [slots], codes[key], fact):
                    wrong.append(f"{role} {[s.get('text') for s in slots] if isinstance(slots, list) else slots}")
        if "chain" in codes:
            sources = [x for x in claim["chain"] if x["role"] == "source"]
            chain = codes["chain"]
            if len(sources) != len(chain) or not all(
                any(n is None or self.same(s, n, fact) or str(n) in str(s.get("text")).lower() for n in listed(w))
                for s, w in zip(sources, chain, strict=True)
            ):
                wrong.append(f"chain {[s.get('text') for s in sources]}")
        modality = claim["modality"]
        wrong += [
            f"{key} {modality[key]}"
            for key in ("mood", "polarity")
            if key in codes and modality[key] not in listed(codes[key])
        ]
        if "factuality_sign" in codes:
            sign = 1 if modality["factuality"] > 0.5 else -1 if modality["factuality"] < -0.5 else 0
            if sign not in listed(codes["factuality_sign"]):
                wrong.append(f"factuality {modality['factuality']}")
        return True, wrong

    def _time(self, fact: Json, time: Any) -> tuple[bool, list[str]]:
        if not any(inside(h, list(time.span)) for h in fact["heads"].get("time", [])):
            return False, []
        wrong = [
            f"{key} {getattr(time, key)}"
            for key in ("start", "end")
            if key in fact["codes"] and not any(day_fits(getattr(time, key), w) for w in listed(fact["codes"][key]))
        ]
        return True, wrong

    def _places(self) -> Iterator[Any]:
        yield from self.coding.toponyms
        for claim in self.coding.claims:
            if getattr(claim, "place", None) is not None:
                yield claim.place  # type: ignore[attr-defined]

    def _place(self, fact: Json, place: Any) -> tuple[bool, list[str]]:
        if place.span is None or not any(inside(h, list(place.span)) for h in fact["heads"].get("place", [])):
            return False, []
        codes = fact["codes"]
        wrong = []
        if codes.get("country") and place.country != codes["country"]:
            wrong.append(f"country {place.country}")
        if codes.get("precision") and place.precision not in codes["precision"]:
            wrong.append(f"precision {place.precision}")
        names = [n for n in listed(codes.get("name")) if n and not n.startswith("~")]
        if names and place.name not in names and not any(n in str(place.name) for n in names):
            wrong.append(f"name {place.name}")
        return True, wrong

    def _slots(self) -> Iterator[Json]:
        for claim in self.claims:
            for key in ("actor", "recipient", "holder", "subject", "object"):
                value = claim.get(key)
                yield from value if isinstance(value, list) else []
            yield from (x for x in claim["chain"] if x["role"] == "source")
            if claim.get("place"):
                yield claim["place"]
        yield from (a["source"] for a in self.attributions if a["source"])
        for reference in self.coding.references:
            yield {
                "text": reference.antecedent.text,
                "span": list(reference.mention),
                "name": reference.antecedent.text,
                "via": {"text": reference.antecedent.text, "span": list(reference.antecedent.span)},
                "actor_id": next(iter(self.tables.ids(reference.antecedent.text)), None),
            }

    def _reference(self, fact: Json, slot: Json) -> tuple[bool, list[str]]:
        if not any(touches(slot, h) for h in fact["heads"].get("mention", [])):
            return False, []
        for name in listed(fact["codes"].get("resolves_to")):
            via = slot.get("via") or {}
            if name == "~via" and any(touches(via, h) for h in fact["heads"].get("via", [])):
                return True, []
            if not name.startswith("~") and self.same(slot, name, fact):
                return True, []
        return True, [f"resolved to {slot.get('name')}"]

    # -- negatives ---------------------------------------------------------------------------------

    def breaks(self, fact: Json) -> str | None:
        """What a negative's forbidden pattern meets, None when it passes."""
        for claim in self.claims:
            trigger = claim.get("trigger") or {}
            if not any(touches(trigger, h) for h in fact["heads"].get("trigger", [])):
                continue
            for pattern in fact["codes"].get("forbid", []):
                if meets(claim, pattern):
                    what = claim.get("event_type") or claim.get("change") or ""
                    return f"{claim['kind']} {what} on {trigger.get('text')}"
        return None


def listed(value: Any) -> list[Any]:
    """*value* as a list of alternatives."""
    return value if isinstance(value, list) else [value]


def inside(head: Sequence[int], span: Sequence[int]) -> bool:
    """Whether the head word overlaps the span."""
    return head[0] < span[1] and span[0] < head[1]


def touches(slot: Mapping[str, Any], head: Sequence[int]) -> bool:
    """Whether a slot's words cover the head word."""
    spans = slot.get("spans") or [slot.get("span")]
    return any(s is not None and inside(head, s) for s in spans)


def day_fits(day: str | None, wanted: str | None) -> bool:
    """Whether a day is the wanted one, or lies in the wanted range."""
    if wanted is None or day is None:
        return wanted == day
    first, _, last = wanted.partition("..")
    return first <= day <= (last or first)


def meets(claim: Json, pattern: Json) -> bool:
    """Whether a claim fits every key of a forbidden pattern; keys that it cannot be asked for do not fit."""
    modality = claim["modality"]
    asked: dict[str, Callable[[Any], bool]] = {
        "kind": lambda v: claim["kind"] in listed(v),
        "event_type": lambda v: claim["event_type"] in listed(v),
        "event_type_not": lambda v: claim["event_type"] not in listed(v),
        "mood": lambda v: modality["mood"] in listed(v),
        "polarity": lambda v: modality["polarity"] in listed(v),
        "chain": lambda v: v == [] and not any(x["role"] == "source" for x in claim["chain"]),
        "factuality_sign": lambda v: (modality["factuality"] > 0.5) - (modality["factuality"] < -0.5) in listed(v),
        "note": lambda _: True,
    }
    return all(key in asked and asked[key](value) for key, value in pattern.items())


def main(argv: list[str] | None = None) -> int:
    """Prints found, right and wrong facts by kind; 0 when two thirds of the required ones are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("report", type=Path)
    parser.add_argument("--published")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args(argv)
    facts = [json.loads(line) for line in args.facts.read_text(encoding="utf-8").split("\n") if line.strip()]
    coding = onrecord.code(args.report.read_text(encoding="utf-8").rstrip("\n"), published=args.published)
    judge = Judge(facts, coding)
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for fact in facts:
        if fact["kind"] == "negative":
            total["negative"] += 1
            broken = judge.breaks(fact)
            right["negative"] += broken is None
            if broken and args.verbose:
                print(f"{fact['id']} BROKEN {broken}: {fact['note']}")
            continue
        if not fact["codes"].get("required"):
            continue
        was_found, was_right, wrong = judge.judge(fact)
        total[fact["kind"]] += 1
        found[fact["kind"]] += was_found
        right[fact["kind"]] += was_right
        if args.verbose and not was_right:
            print(f"{fact['id']} {'WRONG ' + wrong if was_found else 'MISSED'}: {fact['note'][:110]}")
    for kind in total:
        print(f"{kind:<12} found {found[kind]:>3}  right {right[kind]:>3}  of {total[kind]:>3}")
    wanted = sum(n for kind, n in total.items() if kind != "negative")
    all_right = sum(n for kind, n in right.items() if kind != "negative")
    print(f"required facts right: {all_right} of {wanted} ({all_right / wanted:.0%}); run {coding.run_id}")
    return 0 if all_right * 3 >= wanted * 2 else 1


if __name__ == "__main__":
    sys.exit(main())
