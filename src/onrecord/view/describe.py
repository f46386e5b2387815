"""Claims in a reader's words: one description for the terminal and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
_FATES = frozenset(  # what befell those counted; other measures only repeat what was counted
    "killed injured casualties arrested abducted missing displaced detained released surrendered".split()
)
_DETERMINERS = frozenset("the its their his her our my your these those".split())
_SLOTS = ("actor", "recipient", "instrument", "holder", "subject")
_BOUND = {"exactly": "", "about": "about ", "at_least": "at least ", "more_than": "more than ", "up_to": "up to ",
          "less_than": "less than ", "between": ""}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a claim in the text (or title): span (code points) and the part they play."""

    start: int
    end: int
    role: str
    field: str = "text"


def head(claim: Json) -> str:
    """What kind of thing is claimed: "COERCE / arrest", "holds", "killed", "backs"."""
    kind = claim["kind"]
    if kind == "event":
        return " / ".join([claim["event_type"], *claim.get("modes", [])])
    if kind == "figure":
        return f"{claim['measure']}"
    if kind == "control":
        return str(claim["change"])
    return str(claim["relation"]).replace("_", " ")


def mood(claim: Json) -> str:
    """Mood, polarity, certainty and tense where they say more than "asserted, certain, past"."""
    m = claim["modality"]
    words = [m["mood"]]
    if m["polarity"] == "negative":
        words.append("not")
    if m["certainty"] != "certain":
        words.append(m["certainty"])
    if m["tense"] != "past":
        words.append(m["tense"])
    return ", ".join(words)


def happened(claim: Json) -> bool:
    """Whether its holder says that it is so: asserted, positive, and not doubted into the negative."""
    m = claim["modality"]
    return bool(m["mood"] == "asserted" and m["polarity"] == "positive" and m["factuality"] > 0)


def actor_words(slot: Json) -> str:
    """An actor slot: the words, then who that is."""
    words = slot.get("text") or ""
    name = slot.get("name")
    via = (slot.get("via") or {}).get("text")
    code = " ".join([c for c in (slot.get("country"), *(slot.get("sectors") or [])) if c])
    out = words or name or "?"
    if name and name != words:
        out += f" = {name}" if words else ""
    elif via and via != words:
        out += f" = {via}"
    return f"{out} [{code}]" if code else out


def figure_words(figure: Json) -> str:
    """A figure: bound and numbers, its measure, of whom."""
    low, best, high = figure.get("low"), figure.get("best"), figure.get("high")
    if best is not None:
        amount = _BOUND.get(figure["bound"], "") + f"{best:,}"
    elif low is not None and high is not None:
        amount = f"{low:,} to {high:,}"
    elif low is not None:
        amount = (_BOUND.get(figure["bound"]) or f"{figure['bound']}, at least ") + f"{low:,}"
    else:
        amount = (_BOUND.get(figure["bound"]) or "") + (f"{high:,}" if high is not None else str(figure["text"]))
    of = (figure.get("of") or {}).get("text")
    if of and of.split()[0].lower() in _DETERMINERS:
        of = f"of {of}"
    measure = figure["measure"] if not of or figure["measure"] in _FATES else None
    return " ".join(w for w in (amount, of, measure) if w)


def share_words(share: Json) -> str:
    """A share of a place in percent, and of what."""
    low, best, high = share.get("low"), share.get("best"), share.get("high")
    if best is not None:
        amount = f"{_BOUND.get(share['bound'], '')}{best:g}"
    elif low is None and high is None:
        return f"{share['text']} (of the {share['of']})"
    else:
        amount = f"{low:g} or more" if high is None else f"up to {high:g}" if low is None else f"{low:g}–{high:g}"
    return f"{share['text']} ({amount} % of the {share['of']})"


def place_words(place: Json) -> str:
    """A place: the words, what it was found to be, how exactly."""
    found = [place.get("name"), place.get("admin1"), place.get("country")]
    where = ", ".join(dict.fromkeys(f for f in found if f))
    words = place.get("text") or ""
    out = f"{words} = {where}" if where and where != words else (words or where)
    if place.get("lat") is not None:
        out += f" ({place['lat']:.2f}, {place['lon']:.2f}; {place.get('precision')})"
    return out + (" – inferred: " + str(place.get("why")) if place.get("basis") == "inferred" else "")


def time_words(time: Json) -> str:
    """A time: the words and the days that they mean."""
    start, end = time.get("start"), time.get("end")
    days = start if start == end else f"{start or '…'} to {end or '…'}"
    if not start and not end:
        days = "unresolved"
    words = time.get("text")
    if time.get("basis") == "inferred":
        return f"{days} – inferred: {time.get('why')}"
    return f"{words} = {days}" if words else str(days)


def rows(claim: Json) -> Iterator[tuple[str, str]]:
    """Name and value of each filled slot, in reading order."""
    for name in ("holder", "subject", "actor"):
        for slot in claim.get(name) or []:
            yield name, actor_words(slot)
    for slot in claim.get("recipient") or []:
        yield "recipient", actor_words(slot)
    if claim["kind"] == "relation":
        for slot in claim.get("object") or []:
            yield "object", actor_words(slot)
    elif claim.get("object"):
        yield "object", str(claim["object"]["text"])
    for slot in claim.get("instrument") or []:
        yield "instrument", str(slot["text"])
    if claim["kind"] == "figure":
        yield "figure", figure_words(claim) + (", cumulative" if claim.get("cumulative") else "")
        if claim.get("since"):
            yield "since", time_words(claim["since"])
    for figure in claim.get("figures") or []:
        yield "figure", figure_words(figure)
    if claim.get("share"):
        yield "share", share_words(claim["share"])
    if claim.get("place"):
        yield "place", place_words(claim["place"])
    if claim.get("time"):
        yield "time", time_words(claim["time"])
    for caveat in claim.get("caveats") or []:
        yield "caveat", f"{caveat['class']}: {caveat['text']}"
    for link in claim.get("links") or []:
        yield link["as"].replace("_", " "), str(link["claim_id"])
    if claim.get("reason"):
        yield "reason", str(claim["reason"])


def chain(claim: Json) -> Iterator[tuple[str, bool]]:
    """Label of each member of the chain, outermost first, and whether it is a cited source."""
    for link in claim.get("chain") or []:
        if link["role"] != "source":
            yield str(link.get("name") or link.get("text") or f"{link['role']} not known"), False
            continue
        who = actor_words({**link, "country": None, "sectors": []}) if link.get("text") else "no source named"
        cue = (link.get("cue") or {}).get("text")
        channel = (link.get("channel") or {}).get("text")
        yield who + (f" “{cue}”" if cue else "") + (f" ({channel})" if channel else ""), True


def marks(claim: Json, titles: bool = False) -> Iterator[Mark]:
    """Every stretch of the text that the claim rests on, with the part it plays; with *titles* of the title too."""
    return (mark for mark in _all_marks(claim) if titles or mark.field == "text")


def _all_marks(claim: Json) -> Iterator[Mark]:
    if claim.get("span"):
        yield Mark(claim["span"][0], claim["span"][1], "clause", claim.get("field", "text"))
    for name in (*_SLOTS, "object", "place", "time", "since", "trigger", "share"):
        yield from _slot_marks(claim.get(name), name)
    if claim["kind"] == "figure":
        yield from _slot_marks(claim.get("figure"), "figure")
    for figure in claim.get("figures") or []:
        yield from _slot_marks(figure, "figure")
        yield from _slot_marks(figure.get("of"), "of")
    for link in claim.get("chain") or []:
        if link["role"] == "source":
            yield from _slot_marks(link, "source")
            yield from _slot_marks(link.get("cue"), "cue")
            yield from _slot_marks(link.get("channel"), "channel")
        elif link.get("span"):
            yield from _slot_marks(link, link["role"])
    for caveat in claim.get("caveats") or []:
        yield from _slot_marks(caveat, "caveat")


def _slot_marks(value: Any, role: str) -> Iterator[Mark]:
    slots: Iterable[Any] = value if isinstance(value, (list, tuple)) else [value]
    for slot in slots:
        if not slot:
            continue
        for span in slot.get("spans") or [slot.get("span")]:
            if span:
                yield Mark(span[0], span[1], role, slot.get("field", "text"))
