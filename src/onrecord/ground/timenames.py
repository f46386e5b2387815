"""Words that look like times and are none: "may" and "march", numbers, names that hold a day or a season."""

from __future__ import annotations

import re

_TITLED = re.compile(  # days and months in the names of other things
    r"\b(?:Super|Black|Bloody|Cyber|Fat|Giving|Holy)\s+[MTWFS]\w+day\b|\bSaturday\s+Night\s+Live|"
    r"\bMarch\s+(?:for|on|against)\s+(?:the\s+)?[A-Z]|\bMarch\s+of\s+[A-Z]"
)
_NAMED_SO = re.compile(r"(?:[Tt]his|[Ll]ast|[Nn]ext|[Tt]he)\s+(?:Day|Week|Weekend|Month|Year)")
_CASED = re.compile(
    r"\b(?:may|march|mar|sun|sat|mon|wed|fri|thu|tue|dec|jan|jun|jul|oct|nov|sep|apr|feb)\b", re.IGNORECASE
)
_YEAR_CUES = re.compile(
    r"(?:\b(?:in|since|by|until|till|of|from|during|before|after|to|through|early|late|mid|and|or|for|between|year|"
    r"back|around|about|circa|winter|spring|summer|fall|autumn|the|its|their|his|a|versus|than|as|fiscal|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)[\s,-]+|[(/,]\s*|^)$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^\s+(?:(?:\w+\s+)?(?:people|troops|soldiers|civilians|fighters|homes|houses|men|women|children|"
                      r"families|refugees|miles|km|kilomet\w+|meters|metres|feet|tons|tonnes|dollars|euros|pounds|"
                      r"votes|members|workers|shares|points|jobs|cases|deaths|square|acres|hectares|percent|per\s+cent))\b",
                      re.IGNORECASE)  # fmt: skip
_INSIDE = re.compile(r"[^.!?\s][ \t]+$|[\"“'‘`]$")  # not the beginning of a sentence


def is_time(text: str, start: int, end: int, match: re.Match[str], caseless: bool) -> bool:
    """Whether ``text[start:end]``, which *match* found, is a time as far as its letters and neighbours tell."""
    words = text[start:end]
    if match.groupdict().get("y") and words.isdigit():
        return _is_year(text, start, end)
    if re.fullmatch(r"[Tt]his\s+may", words) or _TITLED.search(text[max(0, start - 9) : end + 6]):
        return False  # "this may help", "Super Tuesday"
    if _CASED.fullmatch(words.rstrip(".")):
        return _is_name(text, start, end, caseless)
    if not caseless and _names_another(text, start, words, match):
        return False
    if words.lower().endswith("march") and re.search(r"\b(?:the|a)\s+march$", words.lower()):
        return False
    if words.lower() in {"may", "march"} and not words[0].isupper() and not caseless:
        return False
    return not (words.lower() in {"earlier", "later", "previously", "already", "so far"} and not _alone(text, end))


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether digits are a year, not a number of people or miles."""
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    if _COUNTED.match(after):
        return False
    return bool(_YEAR_CUES.search(before.split("\n")[-1])) or bool(re.match(r"\s*[).;,]|\s+[A-Za-z]", after))


def _names_another(text: str, start: int, words: str, match: re.Match[str]) -> bool:
    """Whether the capital letters make it the name of something else: "This Week", "USA Today", "the Winter Games"."""
    inside = bool(_INSIDE.search(text[max(0, start - 3) : start]))
    if _NAMED_SO.fullmatch(words):
        return inside or words[0].islower()
    if words == "Today":
        return bool(re.search(r"\b[A-Z]\w*[ \t]$", text[max(0, start - 20) : start]))
    groups = match.groupdict()
    if groups.get("season") and not groups.get("year") and not groups.get("rel"):
        return groups["season"][0].isupper() and (inside or words[0].islower())
    return False


def _is_name(text: str, start: int, end: int, caseless: bool) -> bool:
    """Whether "may", "march", "sun" and the like are the month or day here."""
    before = text[max(0, start - 12) : start].lower()
    after_preposition = bool(
        re.search(r"\b(?:in|last|next|since|until|by|this|of|on|from|early|late|mid)[\s-]+$", before)
    )
    if caseless:
        return after_preposition
    word = text[start:end]
    if not word[0].isupper():
        return False
    if len(word.rstrip(".")) > 3 or word.lower().rstrip(".") == "may":
        return after_preposition or not bool(re.match(r"\s+(?:the|be|have|not|I|we|he|you)\b", text[end : end + 8]))
    return after_preposition or text[end : end + 1] == "."


def _alone(text: str, end: int) -> bool:
    """Whether "earlier" or "later" is a time of its own (not "earlier than", "later the court")."""
    return bool(re.match(r"\s*[.,;:)]", text[end : end + 3]))
