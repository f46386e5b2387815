"""Seeded reports of our own: short ones that are quick to code, and copies of codings under other names."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from onrecord.model import Coding
from onrecord.model.wire_coding import coding_from_json, coding_to_json

_TOWNS = ("Basra", "Mosul", "Idlib", "Homs", "Aleppo", "Hama", "Kirkuk", "Tikrit", "Ramadi", "Palmyra", "Daraa")
_WHO = ("Police", "The army", "Rebels", "Government troops", "Gunmen", "Soldiers", "Militants", "The militia")
_DID = (
    "killed {n} people in {town} on {day}",
    "arrested {n} men in {town} on {day}",
    "shelled a village near {town} on {day}, wounding {n} civilians",
    "released {n} prisoners in {town} on {day}",
    "attacked a checkpoint outside {town} on {day}",
    "took control of a district of {town} on {day}",
)
_SAYS = ("a spokesman said", "residents said", "the governor said", "a medical source said", "the ministry said")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OUTLETS = ("Levant Wire", "Tigris Times", "Gulf Ledger", "Northern Courier", "Riverside Radio")
_DATE = re.compile(r"\b(20\d\d-\d\d-\d\d)\b")
_ID = re.compile(r'"(c[0-9a-f]{20})"')


def short_reports(count: int, seed: int) -> list[dict[str, str]]:
    """*count* reports of two sentences as rows of a table (id, text, title, outlet, published)."""
    choose = random.Random(seed)
    rows = []
    for number in range(count):
        told = []
        for _ in range(2):
            did = choose.choice(_DID).format(
                n=choose.randrange(2, 60), town=choose.choice(_TOWNS), day=choose.choice(_DAYS)
            )
            told.append(f"{choose.choice(_WHO)} {did}, {choose.choice(_SAYS)}.")
        day = date(2018, 1, 1) + timedelta(days=choose.randrange(365))
        row = {"id": f"s{seed}-{number}", "text": " ".join(told), "title": f"Report {number}"}
        rows.append({**row, "outlet": choose.choice(_OUTLETS), "published": day.isoformat()})
    return rows


class Copies:
    """Copies of really coded reports under other names, days, ids and filling words, drawn by a seed.

    A name is replaced by an invented one of the same length everywhere in text and coding, so that each span
    still holds its words. A copy ends with a paragraph of words drawn by rank, as words of a language are, for
    the full-text search to have something to tell apart.
    """

    def __init__(self, codings: Sequence[Coding], seed: int, names: int = 4000, words: int = 20_000) -> None:
        self._seed = seed
        self._sources = [_Source(coding) for coding in codings if coding.claims]
        choose = random.Random(seed)
        self._names = [_invented(choose) for _ in range(names)]
        self.words = ["".join(_invented(choose)[: choose.randrange(4, 10)]).lower() for _ in range(words)]
        self._weights = [1 / (rank + 8) for rank in range(words)]
        self._summed = _running(self._weights)

    def make(self, number: int) -> Coding:
        """The copy *number*; the same for the same seed, whatever was made before."""
        choose = random.Random(f"{self._seed}-{number}")
        source = self._sources[choose.randrange(len(self._sources))]
        swap = {old: self._named(choose, len(old)) for old in source.names}
        shift = timedelta(days=choose.randrange(-1200, 1200))

        # All at once over the JSON text: names have a capital and then small letters, which no key or code has.
        text = source.text
        if swap:
            text = source.pattern.sub(lambda match: swap[match[0]], text)
        days = {day: (date.fromisoformat(day) + shift).isoformat() for day in source.days}
        text = _DATE.sub(lambda match: days[match[1]], text)
        new = {old: f"c{hashlib.sha256(f'{number}{old}'.encode()).hexdigest()[:20]}" for old in source.ids}
        value = json.loads(_ID.sub(lambda match: f'"{new[match[1]]}"', text), strict=False)
        about = {"report_id": f"r{hashlib.sha256(f'{self._seed}-{number}'.encode()).hexdigest()[:20]}"}
        filling = " ".join(choose.choices(self.words, cum_weights=self._summed, k=120))
        report = value["report"] | about | {"supplied_id": f"copy-{number}", "text_sha256": "", "original_sha256": ""}
        report |= {"outlet": f"Outlet {int(choose.paretovariate(0.7)) % 400}", "replaces": None, "origin": None}
        report["text"] += f"\n\n{filling}."
        for claim in (*value["claims"], *value["rejected"]):
            claim["report_id"] = about["report_id"]
            _moved(claim, choose)
        made = coding_from_json(value | {"report": report})
        same = source.coding
        return replace(made, tokens=same.tokens, sentences=same.sentences, factuality=same.factuality)

    def _named(self, choose: random.Random, length: int) -> str:
        # By rank again: some actors and places are in the news far more than others.
        rank = min(int(choose.paretovariate(0.6)), len(self._names)) - 1
        return (self._names[rank] * 8)[:length].capitalize()


class _Source:
    def __init__(self, coding: Coding) -> None:
        value = coding_to_json(coding)
        # Numbers alone, and most of the whole: no name is in them, so a copy has the same.
        self.coding = coding
        value |= {"tokens": [], "sentences": [], "factuality": []}
        # Line feeds as they are, so that a word after one begins a word.
        self.text = json.dumps(value, ensure_ascii=False).replace("\\n", "\n")
        self.days, self.ids = set(_DATE.findall(self.text)), set(_ID.findall(self.text))
        words = [slot.text or "" for slot in (*coding.toponyms, *coding.actors) if slot.basis == "named"]
        found = {name for said in words for name in re.findall(r"\b[A-Z][a-z]{3,}\b", said)}
        self.names = sorted(found)
        self.pattern = re.compile(r"\b(" + "|".join(self.names) + r")\b") if self.names else re.compile("$^")


def _moved(claim: dict[str, Any], choose: random.Random) -> None:
    """Gives the grounded ids of *claim* the names that they now go by, and its place a position."""
    for key in ("actor", "recipient", "holder", "subject", "object"):
        slots = claim.get(key)
        for slot in slots if isinstance(slots, list) else ():
            if slot.get("actor_id"):
                slot["actor_id"] = f"ACTOR_{slot.get('name') or slot['text']}"
    place = claim.get("place")
    if place and place.get("place_id"):
        name = str(place["name"])
        where = int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)
        place |= {
            "place_id": f"geonames:{where}",
            "lat": 30 + where % 7000 / 1000,
            "lon": 35 + where // 7000 % 9000 / 1000,
        }
    if claim.get("confidence") is not None:
        claim["confidence"] = round(choose.betavariate(6, 2), 3)


def _invented(choose: random.Random) -> str:
    return "".join(choose.choice("bdfgklmnprstvz") + choose.choice("aeiou") for _ in range(8))


def _running(weights: Sequence[float]) -> list[float]:
    total, found = 0.0, []
    for weight in weights:
        total += weight
        found.append(total)
    return found
