"""Credits: datelines, agency signs and bylines, words about the report that are not part of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from onrecord.lexicon.cues import load_agencies
from onrecord.model import Credit, Span
from onrecord.text.casing import is_caseless
from onrecord.text.paragraphs import paragraphs

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = rf"(?P<day>(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}}|\s+\d{{2}}\b)?)"
_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ'’.\-]*){0,4}"
_WORD = r"[A-ZÀ-Þ][\w'’.\-]*"
_WORDS = rf"{_WORD}(?:[ /](?:{_WORD}|of|de|al|el|la)){{0,4}}"
_SIGN = r"\((?P<sign>[^()\n]{2,60})\)"
_DASH = r"(?:—|–|--+|-(?=\s)|_(?=\s|$))"
_HEADS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<place>{_CAPS}(?:,\s+{_WORDS})?)(?:,\s+{_DAY})?\s*(?:{_SIGN})?\s*(?:{_DASH}|:)\s*",
        rf"(?P<place>{_WORDS}(?:,\s+{_WORDS})?)(?:,\s+{_DAY})?\s*{_SIGN}\s*(?:{_DASH}|:)?\s*",
        rf"(?P<place>{_WORDS}(?:,\s+{_WORDS})?),\s+{_DAY}\s*(?:{_SIGN})?\s*(?:{_DASH}|:)\s*",
        rf"(?P<place>{_WORDS}),\s+(?P<sign>[A-Z]{{2,8}})\s*(?:{_DASH}|:)\s*",
        rf"{_SIGN}\s*(?:{_DASH}|:)?\s*",
        rf"(?P<sign>[A-Z][\w ]{{1,30}}?)\s+{_DASH}\s+",
    )
)
# Archives in lower case: "lima, 12 jan 90 (efe) -- [text]"
_LOWER = re.compile(
    rf"(?P<place>[a-z][a-z .'\-]{{1,40}}?(?:\s?\([a-z .]+\))?),?\s+{_DAY.replace('[A-Z', '[a-z')}"
    rf"\s*(?:{_SIGN}|--)\s*(?:--)?\s*(?:\[[^\]\n]{{1,60}}\]\s*)*",
    re.IGNORECASE,
)
_INNER = re.compile(
    rf"(?<=[a-z\d\s”\"')][.!?]\s)(?P<place>{_CAPS}(?:,\s+{_WORDS})?)(?:,\s+{_DAY})?\s*(?:{_SIGN})?\s*{_DASH}\s*"
)
_CASELESS = re.compile(r"(?P<place>[a-z]{4,}(?: [a-z]{2,})?):\s+(?=[a-z\"“])")
_WITHIN = 260  # code points into the first paragraph in which a dateline may follow a title
_LABELS = frozenset(
    "BREAKING UPDATE EXCLUSIVE WATCH ANALYSIS OPINION NEWS VIDEO PHOTOS LIVE EDITORIAL REVIEW NOTE CORRECTION SPECIAL"
    " REPORT ADVISORY ABSTRACT HEADLINE TOPIC SUMMARY POLL WORLD POLITICS SPORTS BUSINESS QUESTION ANSWER".split()
)
_TRANSCRIPT = re.compile(r"^[A-Z][A-Z .'’\-]{0,30}:\s", re.MULTILINE)
_BYLINE = re.compile(
    rf"(?:By|BY|by)\s+(?P<name>{_WORD}(?:\s+{_WORD}){{1,3}}(?:(?:,\s+|\s+and\s+|,\s+and\s+){_WORD}(?:\s+{_WORD}){{1,3}})*)"
    rf"(?:(?:,|\s+\||\s+of|\s+for)\s+(?P<sign>[^\n]{{2,50}}))?\s*$"
)
_TAIL = re.compile(
    r"(?P<name>(?:The\s+)?[A-Z][\w.\- ]{1,40}?)\s+(?:contributed\s+to\s+this\s+(?:report|story|article)|"
    r"(?:staff\s+)?writers?\s+[^.\n]{3,80}\s+contributed\b[^.\n]{0,60})\.?"
    r"|(?:Additional\s+|additional\s+)?[Rr]eporting\s+by\s+(?P<by>[^;.\n]{3,120})(?:[;.]\s*(?:[Ee]diting|[Ww]riting)\s+by\s+[^\n]{3,120})?"
    r"|(?:[Ww]ith|[Ii]n)\s*(?:inputs?|reporting|files)\s+from\s+(?P<from>[^.\n]{2,60})\.?"
    r"|(?:Source|SOURCE|Sources|Via|VIA)\s*:\s*(?P<source>[^\n]{2,40})"
)
_CLOSING_SIGN = re.compile(r"(?:[—–-]\s*|\()(?P<sign>[A-Z][\w/ .\-]{1,40})\)?\s*$")
_OPENING = 4  # paragraphs from the start in which a dateline or byline may stand


def find_credits(text: str, agencies: Mapping[str, str] | None = None) -> tuple[Credit, ...]:
    """Datelines, agency signs and bylines of *text* in text order.

    A dateline's span covers everything up to the first word of the story; an agency named in it is a
    credit of its own, inside that span. *agencies* maps signs to names (the package's own by default).
    """
    agencies = load_agencies() if agencies is None else agencies
    parts = paragraphs(text)
    found: list[Credit] = []
    for number, part in enumerate(parts[:_OPENING]):
        byline = _byline(text, part, agencies)
        if byline:
            found += byline
            continue
        head = _head(text, part, agencies, number)
        if head:
            found += head
            break
    for part in parts[max(len(found) > 0, len(parts) - 4) :]:
        found += _tail(text, part, agencies)
    unique = {(c.kind, c.span): c for c in found}
    return tuple(sorted(unique.values(), key=lambda c: (c.span.start, -c.span.end)))


def _head(text: str, part: Span, agencies: Mapping[str, str], number: int) -> list[Credit]:
    """The dateline that opens a paragraph, with its agency."""
    for pattern in (*_HEADS, _LOWER):
        match = pattern.match(text, part.start, part.end)
        if match is not None and _is_dateline(text, match, agencies, number):
            return _of_match(text, match, agencies)
    match = _INNER.search(text, part.start, min(part.end, part.start + _WITHIN)) if number == 0 else None
    if match is not None and _is_dateline(text, match, agencies, number):
        return _of_match(text, match, agencies)
    if number <= 1 and is_caseless(text) and (match := _CASELESS.match(text, part.start, part.end)):
        return _of_match(text, match, agencies)
    return []


def _of_match(text: str, match: re.Match[str], agencies: Mapping[str, str]) -> list[Credit]:
    """The dateline credit of *match*, and the agency that it names."""
    span = Span(match.start(), match.end())
    groups = match.groupdict()
    credits = []
    if groups.get("place"):
        day = Span(*match.span("day")) if groups.get("day") else None
        place = Span(*match.span("place"))
        credits.append(Credit(kind="dateline", text=span.of(text), span=span, place=place, day=day))
    sign = groups.get("sign")
    if sign and (known := _agency(sign, agencies)):
        where = Span(*match.span("sign")) if credits else span
        credits.append(Credit(kind="agency", text=where.of(text), span=where, name=known))
    return credits


def _agency(sign: str, agencies: Mapping[str, str]) -> str | None:
    """The agency that *sign* names, also among several ("AP/Reuters"), None when none is known."""
    sign = sign.strip()
    if sign in agencies:
        return agencies[sign]
    for piece in re.split(r"\s*[/,;&]\s*|\s+and\s+", sign):
        if piece in agencies or piece.upper() in agencies:
            return agencies.get(piece) or agencies[piece.upper()]
    folded = {k.lower(): v for k, v in agencies.items()}
    return folded.get(sign.lower())


def _is_dateline(text: str, match: re.Match[str], agencies: Mapping[str, str], number: int) -> bool:
    groups = match.groupdict()
    place, sign, day = groups.get("place"), groups.get("sign"), groups.get("day")
    known = bool(sign and _agency(sign, agencies))
    if place is None:
        return known
    if match.re is _LOWER:
        return day is not None
    first = re.split(r"[\s,]", place)[0]
    if first.strip(".") in _LABELS or (len(place) <= 3 and not known):
        return False
    if sign and not known and day is None:
        return bool(re.fullmatch(r"[A-Z][A-Z .&\-]{1,15}", sign.strip())) and text[
            match.end() - 2 : match.end()
        ].strip() in (
            "—",
            "–",
            "-",
            "--",
            ":",
        )
    if place.startswith(("By ", "BY ")) or ". " in re.sub(r"\b(?:St|Ft|Mt|[A-Z])\. ", "", place):
        return False
    if match.end() == match.endpos and not known and day is None:
        return False
    if known or day is not None:
        return True
    if match.group().rstrip().endswith(":"):
        return number <= 1 and "," not in place and len(_TRANSCRIPT.findall(text)) <= 1
    return place.split(",")[0].isupper()


def _byline(text: str, part: Span, agencies: Mapping[str, str]) -> list[Credit]:
    if part.end - part.start > 140:
        return []
    match = _BYLINE.match(text, part.start, part.end)
    if match is None:
        return []
    span = Span(match.start(), match.end())
    credits = [Credit(kind="byline", text=span.of(text), span=span, name=match["name"])]
    known = _agency(match["sign"], agencies) if match["sign"] else None
    if known:
        where = Span(*match.span("sign"))
        credits.append(Credit(kind="agency", text=where.of(text), span=where, name=known))
    return credits


def _tail(text: str, part: Span, agencies: Mapping[str, str]) -> Iterator[Credit]:
    """Credits at the end of a report: contributors, desks, and a sign on a line of its own."""
    whole = part.of(text)
    if len(whole) <= 60:
        sign = whole.strip(" .()[]—–-")
        if sign in agencies:
            yield Credit(kind="agency", text=whole, span=part, name=agencies[sign])
            return
    for match in _TAIL.finditer(text, part.start, part.end):
        if match.start() > part.start and text[match.start() - 1].isalnum():
            continue
        span = Span(match.start(), match.end())
        name = next((g for g in match.groups() if g), "").strip(" .")
        known = _agency(re.sub(r"^The\s+", "", name), agencies) or _agency(name, agencies)
        if known:
            yield Credit(kind="agency", text=span.of(text), span=span, name=known)
        elif match["by"] or (match["name"] and len(name.split()) in (2, 3)):
            yield Credit(kind="byline", text=span.of(text), span=span, name=match["by"] or name)
    closing = _CLOSING_SIGN.search(text, max(part.start, part.end - 50), part.end)
    if closing is not None and closing["sign"].strip() in agencies:
        span = Span(closing.start(), closing.end())
        yield Credit(kind="agency", text=span.of(text), span=span, name=agencies[closing["sign"].strip()])
