"""Seeded stories for merging at size: really coded reports, told again of other places, days and parties.

The seven reports of one strike stay seven reports of one strike; every other report is told by one to four outlets.
Within a story the places, figures and words are the same, between stories they are drawn anew: words of triggers and
the last words of parties and speakers stay as they are (all wars are told in the same verbs), other words are replaced
by invented ones of their length, so that spans still hold and stories are hardly copies of one another.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from onrecord.case.codec import compact, expand
from onrecord.model import Coding, EventClaim, FigureClaim
from onrecord.model.wire_coding import coding_from_json, coding_to_json

_DATE = re.compile(r"^20\d\d-\d\d-\d\d")
_WORD = re.compile(r"[A-Za-z]{3,}")
_NUMBER = re.compile(r"\d+")
_SLOTS = ("trigger", "actor", "recipient")
# Reports 01 to 07 of the examples tell one strike.
_STRIKE = ("lw-0908-1", "nc-0908-3", "mp-0908-7", "mp-0909-1", "gl-0908-2", "rr-0909-1", "dg-0909-4")
_COUNTRIES, _PROVINCES = ("SYR", "IRQ", "YEM"), 14
_RETOLD = (1, 1, 1, 2, 2, 3, 4)


class Stories:
    """A stream of codings, story by story: the same for the same seed.

    *towns* and *days* are those over which stories are spread.
    """

    def __init__(self, codings: Sequence[Coding], seed: int, *, towns: int = 1500, days: int = 1096) -> None:
        self._seed, self._days = seed, days
        sources = [_Source(c) for c in codings if c.claims]
        strike = [s for s in sources if s.coding.report.supplied_id in _STRIKE]
        self._stories = [strike, *([s] for s in sources if s not in strike)]
        choose = random.Random(seed)
        self._words = {n: sorted({_invented(choose, n) for _ in range(900)}) for n in range(3, 25)}
        self._towns = [_town(choose, n) for n in range(towns)]

    def __iter__(self) -> Iterator[Coding]:
        for number in count():
            yield from self.story(number)

    def story(self, number: int) -> Iterator[Coding]:
        """The reports of story *number*."""
        choose = random.Random(f"{self._seed}-{number}")
        sources = self._stories[choose.randrange(len(self._stories))]
        told = sources if len(sources) > 1 else sources * choose.choice(_RETOLD)
        shift = timedelta(days=choose.randrange(self._days))
        where: dict[str, Mapping[str, Any]] = {}
        words: dict[str, str] = {}
        for k, source in enumerate(told):
            # What is told again by another outlet is half of the time in other words.
            own = words if len(sources) > 1 or choose.random() < 0.5 else {}
            yield self._told(source, choose, f"{number}-{k}", shift, where, own)

    def _told(
        self,
        source: _Source,
        choose: random.Random,
        name: str,
        shift: timedelta,
        where: dict[str, Mapping[str, Any]],
        words: dict[str, str],
    ) -> Coding:
        texts = {key: self._other(text, source.kept, choose, words) for key, text in source.texts.items()}
        value = _moved(
            _in_pieces(expand(source.compact, texts), texts), shift, lambda place: self._place(place, choose, where)
        )
        report = dict(source.report)
        report_id = "r" + hashlib.sha256(f"{self._seed}-{name}".encode()).hexdigest()[:20]
        ids = {old: f"c{hashlib.sha256(f'{report_id}{old}'.encode()).hexdigest()[:20]}" for old in source.ids}
        report |= {"report_id": report_id, "supplied_id": name, "text_sha256": "", "original_sha256": ""}
        report |= {"text": texts["text"], "title": texts["title"], "replaces": None, "origin": None, "url": None}
        report["outlet"] = f"Outlet {int(choose.paretovariate(0.7)) % 400}"
        report["published"] = _shifted(report["published"], shift)
        for claim in value["claims"]:
            claim["report_id"], claim["claim_id"] = report_id, ids[claim["claim_id"]]
            for link in claim["links"]:
                link["claim_id"] = ids.get(link["claim_id"], link["claim_id"])
        return coding_from_json(value | {"report": report})

    def _other(
        self, text: str | None, kept: frozenset[str], choose: random.Random, words: dict[str, str]
    ) -> str | None:
        if text is None:
            return None

        def swap(match: re.Match[str]) -> str:
            word = match[0]
            if word.casefold() in kept:
                return word
            new = words.setdefault(word.casefold(), choose.choice(self._words[min(len(word), 24)]))
            return (new.capitalize() if word[0].isupper() else new) if len(word) <= 24 else word

        return _WORD.sub(swap, text)

    def _place(
        self, place: Mapping[str, Any], choose: random.Random, where: dict[str, Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """The same place of a story is the same place again; some towns are in the news far more than others."""
        if place["place_id"] not in where:
            rank = min(int(choose.paretovariate(0.45)), len(self._towns)) - 1
            where[place["place_id"]] = self._towns[rank]
        town = where[place["place_id"]]
        if place["precision"] in ("country", "region"):
            return {"place_id": f"made:{town['country']}", "name": town["country"], "country": town["country"]}
        if place["precision"] in ("province", "district"):
            return {key: town[key] for key in ("country", "admin1")} | {
                "place_id": f"made:{town['admin1']}",
                "name": town["admin1"],
            }
        return town


class _Source:
    def __init__(self, coding: Coding) -> None:
        # What merging does not read is left out: these are stories to merge, not cases to look into.
        told = tuple(c for c in coding.claims if isinstance(c, EventClaim | FigureClaim))
        coding = Coding(report=coding.report, run_id=coding.run_id, version=coding.version, claims=told)
        value = coding_to_json(coding)
        self.coding, self.report = coding, value.pop("report")
        self.texts = {"text": coding.report.text, "title": coding.report.title}
        self.ids = [c["claim_id"] for c in value["claims"]]
        self.kept = frozenset(w.casefold() for slot in _words_of(value) for w in _WORD.findall(slot))
        # What is absent is left out; what the spans re-read comes back with other words.
        claims = value.pop("claims")
        self.compact = value | {"claims": [_full(c, compact(c, self.texts)) for c in claims]}


def _full(claim: dict[str, Any], small: dict[str, Any]) -> dict[str, Any]:
    return small | {key: claim[key] for key in ("links", "claim_id", "report_id")}


def _words_of(value: Mapping[str, Any]) -> Iterator[str]:
    """Words that stay: of triggers and cues, and the last of each party and speaker."""
    for claim in value["claims"]:
        for name in _SLOTS:
            slots = claim.get(name)
            for slot in slots if isinstance(slots, list) else [slots] if slots else []:
                words = slot.get("text") or ""
                yield words if name == "trigger" else words.rpartition(" ")[2]
        for link in claim["chain"]:
            yield (link.get("text") or "").rpartition(" ")[2]
            yield (link.get("cue") or {}).get("text") or ""


def _in_pieces(value: Any, texts: Mapping[str, str | None]) -> Any:
    """*value* with the words of slots that stand in several pieces."""
    if isinstance(value, list):
        return [_in_pieces(item, texts) for item in value]
    if not isinstance(value, dict):
        return value
    out = {key: _in_pieces(item, texts) for key, item in value.items()}
    if out.get("spans") and "text" in out:
        text = texts[out.get("field") or "text"] or ""
        out["text"] = " ".join(text[start:end] for start, end in out["spans"])
    return out


def _moved(value: Any, shift: timedelta, place: Any) -> Any:
    """*value* with its days shifted and its places moved."""
    if isinstance(value, list):
        return [_moved(item, shift, place) for item in value]
    if not isinstance(value, dict):
        return _shifted(value, shift) if isinstance(value, str) else value
    out = {key: _moved(item, shift, place) for key, item in value.items()}
    if out.get("place_id") and "lat" in out:
        out |= place(out | {"precision": out.get("precision")})
    return out


def _shifted(text: str, shift: timedelta) -> str:
    match = _DATE.match(text)
    return (date.fromisoformat(match[0]) + shift).isoformat() + text[10:] if match else text


def _town(choose: random.Random, number: int) -> dict[str, Any]:
    country = choose.randrange(len(_COUNTRIES))
    province = choose.randrange(_PROVINCES)
    corner = (20 + 8 * country + 0.5 * (province % 4), 36 + 10 * country + 0.9 * (province // 4))
    return {
        "place_id": f"made:{number}",
        "name": _invented(choose, 8).capitalize(),
        "country": _COUNTRIES[country],
        "admin1": f"Province {country}-{province}",
        "lat": round(corner[0] + choose.random() * 0.5, 4),
        "lon": round(corner[1] + choose.random() * 0.9, 4),
    }


def _invented(choose: random.Random, length: int) -> str:
    pairs = (choose.choice("bdfgklmnprstvz") + choose.choice("aeiou") for _ in range(length))
    return "".join(pairs)[:length]
