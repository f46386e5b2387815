"""Counted quantities in a parse: "at least 12 people", "dozens of", "15 to 20", "from 58 to 62".

Reads numbers in digits and words with the words that bound them; what is counted and why is for
``figures`` and ``control`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.lexicon.measures import MeasureLexicon
from onrecord.model import Parse, Span

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12,
           "m": 1_000_000, "bn": 1_000_000_000, "crore": 10_000_000, "lakh": 100_000}  # fmt: skip
_MANY = ("dozens", "scores", "hundreds", "thousands", "millions", "several")
_BEFORE: tuple[tuple[tuple[str, ...], str], ...] = tuple(  # words before a number, how they bound it; longest first
    (tuple(words.split()), bound)
    for bound, phrases in (
        ("at_least", "no fewer than;no less than;not less than;as few as;at least;minimum"),
        ("up_to", "no more than;as many as;as much as;at most;up to;maximum"),
        ("more_than", "more than;well over;just over;over;above"),
        ("less_than", "less than;fewer than;just under;under;below"),
        (
            "about",
            "close to;an estimated;around;about;some;nearly;almost;roughly;approximately;estimated;circa;perhaps",
        ),
        ("exactly", "only;exactly"),
    )
    for words in phrases.split(";")
)
_NO_COUNT = frozenset({"st", "street", "avenue", "ave", "road", "rd", "resolution", "article", "section", "chapter",
                       "highway", "route", "channel", "no", "number", "p.m.", "a.m.", "pm", "am"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is meant. ``first`` to ``last`` are its tokens with the words that bound it.

    ``counted`` is the token of what is counted, None where the words leave it out ("killing 15").
    ``low`` and ``high`` are inclusive. ``raised_from`` is the earlier number of "from 58 to 62".
    """

    first: int
    last: int
    number: int
    low: float | None
    best: float | None
    high: float | None
    bound: str
    counted: int | None
    unit: str | None = None
    raised_from: float | None = None

    def span(self, parse: Parse) -> Span:
        return parse.span(self.first, self.last)


def find_quantities(parse: Parse, lexicon: MeasureLexicon, skip: Iterable[Span] = ()) -> tuple[Quantity, ...]:
    """Quantities of *parse* in text order; numbers inside *skip* (dates, clock times) are left out."""
    barred = sorted(skip)
    found: list[Quantity] = []
    index = 0
    while index < len(parse.tokens):
        read = _number_at(parse, index)
        if read is None:
            index += 1
            continue
        last, value, many = read
        if not any(parse.span(index, last).overlaps(b) for b in barred):
            quantity = _quantity(parse, index, last, value, many, lexicon)
            if quantity is not None:
                last = max(last, quantity.last)
                found.append(quantity)
        index = last + 1
    return tuple(found)


def _number_at(parse: Parse, index: int) -> tuple[int, float | None, str | None] | None:
    """Last token, value and many-word of the number that starts at *index*; None when none does."""
    token = parse.tokens[index]
    word = token.lower
    if word in _MANY and token.pos not in {"VERB"}:
        return _many(parse, index)
    if word in {"tens"} and _lower(parse, index + 1) == "of" and _lower(parse, index + 2) in {"thousands", "millions"}:
        return index + 2, None, f"tens of {_lower(parse, index + 2)}"
    if word == "a" and _lower(parse, index + 1) in _SCALES and _lower(parse, index + 1) not in {"m", "bn"}:
        scale = _lower(parse, index + 1)
        return index + 1, float(_SCALES[scale]), None
    if (
        word == "half"
        and _lower(parse, index + 1) == "a"
        and _lower(parse, index + 2) in {"million", "dozen", "billion"}
    ):
        return index + 2, _SCALES[_lower(parse, index + 2)] / 2, None
    return _plain_number(parse, index)


def _many(parse: Parse, index: int) -> tuple[int, float | None, str | None]:
    word = parse.tokens[index].lower
    if word == "several":
        if _lower(parse, index + 1) in {"hundred", "thousand", "million", "dozen"}:
            return (
                index + 1,
                None,
                {"dozen": "dozens"}.get(_lower(parse, index + 1), _lower(parse, index + 1) + "s"),
            )
        return index, None, "several"
    if word in {"hundreds", "scores"} and _lower(parse, index + 1) == "of" and _lower(parse, index + 2) == "thousands":
        return index + 2, None, "hundreds of thousands"
    return index, None, word


def _plain_number(parse: Parse, index: int) -> tuple[int, float | None, str | None] | None:
    token = parse.tokens[index]
    if token.text[0].isdigit():
        if not _DIGITS.fullmatch(token.text):
            return None
        value, last = float(token.text.replace(",", "")), index
    else:
        small = _small(token.lower)
        if small is None or (token.lower == "one" and token.pos not in {"NUM"}):
            return None
        value, last = float(small), index
        while (
            last + 2 < len(parse.tokens)
            and parse.tokens[last + 1].text == "-"
            and _ONES.get(_lower(parse, last + 2), 99) < 10
        ):
            value, last = value + _ONES[_lower(parse, last + 2)], last + 2
    total = 0.0
    while last + 1 < len(parse.tokens):
        word = _lower(parse, last + 1)
        joined = word == "and" and _small(_lower(parse, last + 2)) is not None and value >= 100 and value % 100 == 0
        if word in _SCALES:
            value, last = value * _SCALES[word], last + 1
        elif joined:
            total, value, last = total + value, float(_small(_lower(parse, last + 2)) or 0), last + 2
        elif _small(word) is not None and not token.text[0].isdigit() and value >= 100:
            total, value, last = total + value, float(_small(word) or 0), last + 1
        else:
            break
    return last, total + value, None


def _small(word: str) -> int | None:
    if word in _ONES:
        return _ONES[word]
    if word in _TENS:
        return _TENS[word]
    tens, _, ones = word.partition("-")
    return _TENS[tens] + _ONES[ones] if tens in _TENS and 0 < _ONES.get(ones, 0) < 10 else None


def _lower(parse: Parse, index: int) -> str:
    return parse.tokens[index].lower if 0 <= index < len(parse.tokens) else ""


def _quantity(
    parse: Parse, first: int, last: int, value: float | None, many: str | None, lexicon: MeasureLexicon
) -> Quantity | None:
    if _is_label(parse, first, last):
        return None
    number = last
    unit = _unit(parse, first, last)
    if unit == "percent":
        last += 1 if parse.tokens[last + 1].lower in {"%", "percent", "pc"} else 2
    low = best = high = value
    bound = "exactly"
    if many is not None:
        low, best, high = lexicon.low_of(many), None, None
        bound = many if many in {"dozens", "scores", "hundreds", "thousands", "millions"} else "at_least"
        bound = "thousands" if many.endswith("thousands") else "millions" if many.endswith("millions") else bound
    start, hedge = _hedge(parse, first)
    ranged = _range(parse, first, last, value)
    raised = None
    if ranged is not None:
        last, other, kind = ranged
        if kind == "raised":
            raised, low, best, high = value, other, other, other
        else:
            low, best, high, bound = value, None, other, "between"
        start = first - 1 if _lower(parse, first - 1) in {"between", "from"} else start
        number = last
    elif hedge is not None and many is None:
        bound = hedge
        low, best, high = _bounded(hedge, value)
    counted = _counted(parse, number, last)
    return Quantity(start, last, number, low, best, high, bound, counted, unit, raised)


def _bounded(hedge: str, value: float | None) -> tuple[float | None, float | None, float | None]:
    """Low, best and high of *value* under a bound: what the words exclude is left out, nothing added."""
    if hedge in {"at_least", "more_than"}:
        return value, None, None
    if hedge in {"up_to", "less_than"}:
        return None, None, value
    if hedge == "about":
        return None, value, None
    return value, value, value


def _hedge(parse: Parse, first: int) -> tuple[int, str | None]:
    """First token of the words before a number that bound it, and how they do."""
    for words, bound in sorted(_BEFORE, key=lambda entry: -len(entry[0])):
        start = first - len(words)
        if start >= 0 and all(_lower(parse, start + k) == w for k, w in enumerate(words)):
            if words == ("some",) and parse.tokens[start].sentence != parse.tokens[first].sentence:
                continue
            return start, bound
    return first, None


def _range(parse: Parse, first: int, last: int, value: float | None) -> tuple[int, float, str] | None:
    """Last token, upper number and kind of a range that starts with this number."""
    if value is None:
        return None
    joint = _lower(parse, last + 1)
    before = _lower(parse, first - 1)
    between = before == "between" and joint == "and"
    if not (between or joint in {"to", "-", "–", "or"}):
        return None
    upper = _plain_number(parse, last + 2) if last + 2 < len(parse.tokens) else None
    if upper is None or upper[1] is None or (upper[1] <= value and before != "from"):
        return None
    scale = upper[1]
    if joint == "or" and scale > value * 2:
        return None
    raised = before == "from" and joint == "to"
    return upper[0], scale, "raised" if raised else "between"


def _unit(parse: Parse, first: int, last: int) -> str | None:
    after = _lower(parse, last + 1)
    if after in {"%", "percent", "pc"} or (after == "per" and _lower(parse, last + 2) == "cent"):
        return "percent"
    if parse.tokens[first - 1].text in {"$", "€", "£", "¥", "Rs", "Rs."} if first else False:
        return "money"
    if after in {"dollars", "euros", "pounds", "rupees", "rubles", "lira"}:
        return "money"
    if after in {
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "mile",
        "metres",
        "meters",
        "feet",
        "hectares",
        "acres",
    }:
        return "length"
    return None


def _is_label(parse: Parse, first: int, last: int) -> bool:
    """Whether the number is a name or address, an age, a score or a caliber, not a count."""
    before, after = _lower(parse, first - 1), _lower(parse, last + 1)
    if (
        before in _NO_COUNT
        or after in _NO_COUNT
        or (before == "#" or (before == "-" and first and not parse.tokens[first - 1].space))
    ):
        return True
    if after == "-" and last + 2 < len(parse.tokens) and not parse.tokens[last].space:
        return _plain_number(parse, last + 2) is None
    entity = parse.tokens[first].entity
    if entity in {"DATE", "TIME", "ORDINAL", "PRODUCT", "LAW", "WORK_OF_ART", "FAC"}:
        return (
            entity not in {"DATE", "TIME"}
            or parse.tokens[first].dep != "nummod"
            or after in {"years", "year", "days", "hours"}
        )
    comma_age = before == "," and after in {",", "."} and parse.tokens[first - 2].pos == "PROPN" if first > 1 else False
    return comma_age


def _counted(parse: Parse, number: int, last: int) -> int | None:
    """The token of what is counted by the number whose last word is *number*."""
    if _lower(parse, last + 1) == "of":
        for index in range(last + 2, min(last + 9, len(parse.tokens))):
            token = parse.tokens[index]
            if token.dep == "pobj" and parse.tokens[token.head].lower == "of":
                return index
            if token.pos in {"VERB", "PUNCT"}:
                break
        return None
    token = parse.tokens[number]
    seen = set()
    index = number
    while index not in seen:
        seen.add(index)
        token = parse.tokens[index]
        if (
            token.dep in {"nummod", "quantmod", "compound", "amod", "nmod", "advmod", "npadvmod"}
            and token.head != index
        ):
            index = token.head
            if parse.tokens[index].pos in {"NOUN", "PROPN"} and index > number:
                return index
            if parse.tokens[index].pos == "VERB":
                return None
            continue
        break
    return None
