"""The words of time (``data/times.toml``) as tables and as pieces of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onrecord.lexicon.tables import data_folder, read_toml


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Tables of ``data/times.toml``; all keys lower case."""

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    seasons: Mapping[str, str]
    parts: Mapping[str, str]
    units: Mapping[str, tuple[str, int]]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    past: Mapping[str, int]
    present: Mapping[str, int]
    future: Mapping[str, int]
    vouched: Mapping[str, str]
    width: Mapping[str, int]
    holidays: Mapping[str, Any]
    ramadan: Mapping[int, str]
    days: Mapping[str, int]
    nowadays: tuple[str, ...]


@lru_cache(maxsize=1)
def time_words() -> TimeWords:
    """The tables, read once."""
    raw = read_toml(data_folder() / "times.toml")
    return TimeWords(
        weekdays=raw["weekdays"],
        months=raw["months"],
        seasons=raw["seasons"],
        parts=raw["parts"],
        units={k: (v[0], v[1]) for k, v in raw["units"].items()},
        numbers=raw["numbers"],
        ordinals=raw["ordinals"],
        past=raw["vague"]["past"],
        present=raw["vague"]["present"],
        future=raw["vague"]["future"],
        vouched=raw["vouched"],
        width=raw["width"],
        holidays=raw["holidays"],
        ramadan={int(k): v for k, v in raw["ramadan"].items()},
        days=raw["days"],
        nowadays=tuple(raw["nowadays"]["nouns"]),
    )


def either(words: Iterable[str]) -> str:
    """A pattern that matches any of *words*, the longest first; apostrophes of either kind."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in ordered) + ")"


_HEDGE = re.compile(
    r"^(?:(?:some|about|around|nearly|almost|over|no more than|more than|less than|at least|at most|up to|roughly|"
    r"approximately|as many as|only|just|another|the)\s+)+"
)


def count_of(words: str) -> float | None:
    """The number that *words* give ("two and a half", "20", "forty-five"); None for a vague one."""
    table = time_words().numbers
    text = words.lower().replace("-", " ").replace(",", "").strip()
    text = _HEDGE.sub("", re.sub(r"\s+", " ", text))
    text = re.sub(r"^(?:a|an) (?=[a-z0-9]+)(?!dozen|couple|hundred|thousand|half|few)", "", text) or text
    half = 0.0
    fraction = re.search(r"\s*(?:and\s+a\s+half|1/2|½)$", text)
    if fraction:
        half, text = 0.5, text[: fraction.start()]
    if text in {"half", "half a", "half an"}:
        return 0.5
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text) + half
    if text in {"a couple of", "a couple", "couple of", "couple"}:
        return 2.0
    if text == "a dozen":
        return 12.0
    total = part = 0
    words_found = [w for w in text.split() if w != "and"]
    if not words_found:
        return half or None
    for word in words_found:
        value = table.get(word)
        if value is None:
            return None
        if value == 100:
            part = max(part, 1) * 100
        elif value == 1000:
            total, part = total + max(part, 1) * 1000, 0
        else:
            part += value
    return float(total + part) + half
