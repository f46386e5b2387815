"""The filter language: one line that says which claims, quotes, events or reports are meant.

A filter is terms between white space, and all must hold::

    type:ASSAULT mode:aerial actor:SYR place:Idlib from:2018-08-01 to:2018-08-31
    speaker:"white helmets" cue:says,claims -mood:denied factuality>1 killed>=5 "barrel bombs"
    within:36.1,36.6,50km has:figures published>=2018-08-20

- ``key:value`` holds where the value is so; names match by whole words, without case and accents.
- ``key=value`` wants the whole name; ``key>1``, ``>=``, ``<``, ``<=`` and ``=`` compare numbers and days.
- ``a,b`` means either; ``-term`` means not; ``"…"`` keeps spaces together.
- Words without a key are searched in the claim's own words (English stems; ``"…"`` is a phrase,
  ``word*`` a beginning).

``KEYS`` lists every key. The command line, Python and HTTP take the same language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from onrecord.case.known import Known
from onrecord.case.vocabulary import closed_lists
from onrecord.errors import BadFilter

WORDS = "words"
# Keys whose values are of a closed list. Types and modes are the ontology's, which a user may extend.
LISTED = {
    "kind": "kind",
    "status": "status",
    "mood": "mood",
    "polarity": "polarity",
    "certainty": "certainty",
    "tense": "tense",
    "cue": "cue_class",
    "channel": "channel_class",
    "form": "form",
    "naming": "naming",
    "caveat": "caveat",
    "link": "claim_link",
    "change": "control_change",
    "relation": "relation",
    "measure": "measure",
    "precision": "precision",
    "granularity": "granularity",
}
# Keys of events alone. Their flags may stand without a value: disputed means disputed:yes.
COUNTS = ("accounts", "voices", "reports", "claims", "disagreement")
FLAGS = ("disputed", "denied", "possible", "happened")
CHOICES = {
    "review": ("unreviewed", "accepted", "corrected", "rejected", "reopened"),
    "has": ("place", "coordinates", "time", "figures", "actor", "recipient", "speaker", "review"),
    "attributed": ("yes", "no"),
    "background": ("yes", "no"),
    "continued": ("yes", "no"),
    **dict.fromkeys(FLAGS, ("yes", "no")),
}
NUMBERS = ("factuality", "outlet_factuality", "confidence")
DAYS = ("published", "from", "to")
PARTIES = ("actor", "recipient", "party", "speaker")
ASPECTS = ("id", "name", "country", "sector", "group")
PLACES = ("place", "place.id", "place.name", "place.admin1", "place.admin2", "place.country")
KEYS: dict[str, str] = {
    "kind": "event, figure, control or relation",
    "type": "type of event: ASSAULT, COERCE …",
    "mode": "mode of event: aerial, arrest …",
    "context": "context of event: military, repression …",
    "measure": "what a figure counts: killed, displaced …",
    "change": "what a control claim says: holds, takes, loses, contests",
    "relation": "what a relation claim says: leads, backs …",
    "status": "coded (so unless said otherwise) or rejected",
    "mood": "asserted, denied, threatened …",
    "polarity": "positive or negative",
    "certainty": "certain, probable, possible, unknown",
    "tense": "past, ongoing, future, habitual",
    "factuality": "-3 to 3: factuality>1",
    "outlet_factuality": "-3 to 3, what the outlet itself commits to",
    "confidence": "0 to 1, the coder's own",
    "actor": "who acts, holds or is the subject: name, id, country (SYR), sector (REB) or words; actor.id, "
    "actor.name, actor.country, actor.sector, actor.group want that alone. Ids that begin with `p:` are of provisional "
    "actors; what people confirmed, merged, split and renamed counts",
    "recipient": "to whom, or the object of a relation; with the same endings",
    "party": "actor or recipient; with the same endings",
    "speaker": "any source in the chain; with the same endings",
    "role": 'what a source is called, by office or word: role:spokesman, role:resident, role:"aid worker" (quotes)',
    "place": "name, id, admin1, admin2 or country; place.id, place.name, place.admin1 … want that alone. Ids that "
    "begin with `u:` are of places not found; where people located or merged them counts. On quotes: where "
    "something in the quoted words takes place",
    "precision": "point, town, district, province, country or region",
    "within": "latitude,longitude,radius: within:36.1,36.6,50km",
    "bbox": "west,south,east,north: bbox:35.7,35.3,37.4,37.0",
    "from": "first day on which it may have happened: from:2018-08-01",
    "to": "last day on which it may have happened",
    "granularity": "day, week, month …",
    "cue": "class of a cue in the chain: says, claims, denies …",
    "channel": "class of a channel in the chain: video, statement …",
    "form": "direct, indirect or mixed",
    "naming": "named, unnamed or anonymous sources",
    "attributed": "yes where a source is cited, no where the report itself asserts it",
    "continued": "yes where the cue stands in an earlier sentence (quotes)",
    "caveat": "unverified, no_comment, no_response",
    "link": "denies, repeats, revises, subset_of, content_of",
    "background": "yes or no: told as history",
    "has": "place, coordinates, time, figures, actor, recipient, speaker, review",
    "review": "unreviewed, accepted, corrected, rejected, reopened",
    "outlet": "publisher of the report",
    "published": "day of publication: published>=2018-08-20",
    "language": "language of the report (ISO 639-1)",
    "report": "report_id, supplied id, or the beginning of either",
    "claim": "claim_id",
    "run": "run_id",
    "title": "words of the title",
    "report.words": "words anywhere in the report",
    "event": "event_id, or its beginning (events)",
    "accounts": "independent accounts that assert it: accounts>=2 (events)",
    "voices": "texts that carry it, copies counted once (events)",
    "reports": "reports that tell of it (events)",
    "claims": "claims that tell of it (events)",
    "disagreement": "0 to 1, share of the fields in which accounts differ (events)",
    "disputed": "yes or no: accounts differ, or somebody denies it; `disputed` alone means yes (events)",
    "denied": "yes or no: somebody denies it; `denied` alone means yes (events)",
    "possible": "yes or no: another event may be the same; `possible` alone means yes (events)",
    "happened": "yes (so unless said otherwise), no, or yes,no: whether an account asserts it (events)",
}
_OPERATORS = (">=", "<=", ">", "<", "=", ":")
_TOKEN = re.compile(r'-?(?:[^\s"]|"(?:[^"\\]|\\.)*")+')
_TERM = re.compile(r"(-?)([A-Za-z_][A-Za-z_0-9.]*)(>=|<=|>|<|=|:)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: key, operator, values of which one must hold; ``quoted`` words are a phrase.

    ``known`` is what people decided of those who are meant, once a case was looked into.
    """

    key: str
    operator: str
    values: tuple[str, ...]
    negated: bool = False
    quoted: bool = False
    known: Known | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        sign = "-" if self.negated else ""
        if self.key == WORDS:
            return sign + (_quote(self.values[0]) if self.quoted else self.values[0])
        return f"{sign}{self.key}{self.operator}" + ",".join(_bare(v) for v in self.values)


@dataclass(frozen=True, slots=True)
class Filter:
    """Terms that must all hold; without terms everything is meant. ``str`` gives the line back."""

    terms: tuple[Term, ...] = ()

    @classmethod
    def parse(cls, line: str) -> Filter:
        """The filter that *line* says; CaseError names the term that is wrong and what would be right."""
        return cls(tuple(_term(token) for token in _tokens(line)))

    @classmethod
    def of(cls, what: Filter | str | Iterable[str] | None) -> Filter:
        """A filter from a line, from the words of a command line, or from None.

        Words of a command line have lost their quotation marks: ``speaker:White Helmets`` is one term there.
        """
        if what is None or isinstance(what, Filter):
            return what or cls()
        return cls.parse(what) if isinstance(what, str) else cls.parse(" ".join(_requoted(word) for word in what))

    def __str__(self) -> str:
        return " ".join(str(term) for term in self.terms)

    def __and__(self, other: Filter) -> Filter:
        return Filter(self.terms + tuple(term for term in other.terms if term not in self.terms))

    def has(self, key: str) -> bool:
        """Whether a term speaks of *key*."""
        return any(term.key == key for term in self.terms)


def _quote(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _bare(value: str) -> str:
    plain = value and not re.search(r'[\s",\\]', value)
    return value if plain else _quote(value)


def _requoted(word: str) -> str:
    match = _TERM.fullmatch(word)
    if match and match[2] in _all_keys() and '"' not in word and re.search(r"\s", word):
        return f"{match[1]}{match[2]}{match[3]}{_quote(match[4])}"
    return word


def _tokens(line: str) -> list[str]:
    found = _TOKEN.findall(line)
    if '"' in _TOKEN.sub("", line):
        raise BadFilter(f"filter {line!r}: a quotation mark is not closed. Close it, or leave it out")
    return found


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _values(text: str) -> tuple[str, ...]:
    parts = re.findall(r'"(?:[^"\\]|\\.)*"|[^",]+', text)
    return tuple(_unquote(p) if p.startswith('"') else p for p in parts)


@cache
def _all_keys() -> frozenset[str]:
    parts = {f"{party}.{aspect}" for party in PARTIES for aspect in ASPECTS}
    return frozenset({*KEYS, *PLACES, *parts, *closed_lists()["measure"]})


def _term(token: str) -> Term:
    match = _TERM.fullmatch(token)
    if match is None:
        negated = token.startswith("-") and len(token) > 1
        rest = token[1:] if negated else token
        quoted = rest.startswith('"') and rest.endswith('"') and len(rest) > 1
        return Term(WORDS, ":", (_unquote(rest) if quoted else rest.replace('"', ""),), negated, quoted)
    negated, key, operator, text = match[1] == "-", match[2].lower(), match[3], match[4]
    if key not in _all_keys():
        near = [known for known in sorted(_all_keys()) if known.startswith(key[:3])]
        hint = f"Did you mean {', '.join(near)}?" if near else f"Keys are: {', '.join(KEYS)}, and measures (killed>=5)"
        raise BadFilter(f"filter term {token!r}: {key!r} is no key. {hint}")
    values = _values(text)
    if not values:
        raise BadFilter(f"filter term {token!r}: no value. Write {key}{operator}VALUE, or leave it out")
    term = Term(key, operator, values, negated)
    _check(term)
    return term


def _check(term: Term) -> None:
    """Raises CaseError when a value does not fit its key."""
    key, operator = term.key, term.operator
    numeric = key in (*NUMBERS, *COUNTS) or (key in closed_lists()["measure"] and key not in KEYS)
    if operator in (">", "<", ">=", "<=") and not (numeric or key == "published"):
        raise BadFilter(f"filter term {str(term)!r}: {key} has no order. Write {key}:VALUE")
    for value in term.values:
        if numeric:
            _number(term, value)
        elif key in DAYS:
            _day(term, value)
        elif key in LISTED or key in CHOICES:
            allowed = CHOICES.get(key) or closed_lists()[LISTED[key]]
            if value.lower() not in allowed:
                raise BadFilter(f"filter term {str(term)!r}: {value!r} is not known. One of: {', '.join(allowed)}")
    if key == "within":
        circle(term)
    elif key == "bbox":
        box(term)


def _number(term: Term, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise BadFilter(f"filter term {str(term)!r}: {value!r} is no number. Write {term.key}>=5") from None


def _day(term: Term, value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise BadFilter(f"filter term {str(term)!r}: {value!r} is no day. Write it as 2018-08-31") from None


def circle(term: Term) -> tuple[float, float, float]:
    """Latitude, longitude and radius in metres of a ``within`` term."""
    try:
        lat, lon, radius = term.values
        match = re.fullmatch(r"([0-9.]+)\s*(km|m)?", radius)
        metres = float(match[1]) * (1 if match[2] == "m" else 1000) if match else -1.0
        if not (-90 <= float(lat) <= 90 and -180 <= float(lon) <= 180 and metres >= 0):
            raise ValueError
    except ValueError:
        raise BadFilter(
            f"filter term {str(term)!r} is no circle. Write latitude,longitude,radius: within:36.1,36.6,50km"
        ) from None
    return float(lat), float(lon), metres


def box(term: Term) -> tuple[float, float, float, float]:
    """West, south, east and north of a ``bbox`` term; west is beyond east where it crosses the date line."""
    try:
        west, south, east, north = (float(v) for v in term.values)
        if not (-90 <= south <= north <= 90 and abs(west) <= 180 and abs(east) <= 180):
            raise ValueError
    except ValueError:
        raise BadFilter(
            f"filter term {str(term)!r} is no box. Write west,south,east,north: bbox:35.7,35.3,37.4,37.0"
        ) from None
    return west, south, east, north
