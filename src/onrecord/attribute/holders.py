"""Holders: the person whom "the former minister", "the HTS leader" or "the front-runner" stands for.

A description is held against what the report says of each person (title, apposition, earlier descriptions) and
what the registry knows. Words that name no office ("the billionaire") go to the person most in mind.
"""

from __future__ import annotations

import math

from onrecord.attribute.biographies import biography
from onrecord.attribute.mention import PARTISANS, Mention
from onrecord.attribute.reading import One, Reading
from onrecord.attribute.salience import signs, weigh
from onrecord.lexicon.speakers import load_person_words, load_speaker_weights

_LEAD = 3  # sentences at the start from which a description may look ahead for its name
_AHEAD = 4  # sentences in which the name behind a title may follow
_REACH = 3  # sentences over which an epithet looks back
_FIT = 2.0  # log odds for each point of fit
_UNFIT = 2.5  # log odds against one whom nothing fits where something fits another
_LEAST = -3.0  # salience of somebody long out of mind
_MOST = 0.4  # share of what speaks for all that must speak for one
_PERSONAL = (
    "donor",
    "ist",
    "man",
    "woman",
    "eer",
    "eon",
    "ian",
    "ier",
    "star",
    "writer",
    "maker",
    "holder",
    "year-old",
)
_PARTIES = {"republican": "pty.rep", "gop": "pty.rep", "democrat": "pty.dem", "democratic": "pty.dem"}
_FORMER = frozenset(("former", "ex", "onetime", "then"))
_PART_OF = frozenset("latin north south central african asian".split())  # a Latin American is not of the USA
_OF = frozenset(("of", "for", "at", "from"))
_NOBODY_YET = frozenset(("next", "future", "new", "another", "other", "average", "typical", "first"))
_LOOSE = frozenset(
    ("leader", "speaker", "politician", "figure", "executive", "activist", "writer", "author", "candidate")
)
_SECTORS = {  # sectors of the registry whose people hold an office
    "lawmaker": ("LEG",),
    "president": ("GOV", "EXEC"),
    "candidate": ("PTY", "ELI"),
    "prime_minister": ("GOV",),
    "minister": ("GOV",),
    "judge": ("JUD",),
    "commander": ("MIL",),
    "officer": ("MIL",),
}
# Whoever is known for other things does not hold one of these.
_SURE = {"lawmaker": ("LEG",), "prime_minister": ("GOV",), "judge": ("JUD",)}
_TITLES = frozenset(  # offices of which few are in a report, so that a title alone takes up the one just named
    "lawmaker governor mayor secretary minister prime_minister president nominee leader chairman chief director"
    " commander general candidate congressman chancellor king ambassador executive judge cleric".split()
)


def is_epithet(reading: Reading, mention: Mention) -> bool:
    """Whether the noun is a word for a person that names no office: "the billionaire", "the retired neurosurgeon"."""
    word = _noun(reading, mention)
    if word in load_person_words() or reading.parse.tokens[mention.head].lower in PARTISANS:
        return True
    acts = mention.head in reading.speakers or mention.subject
    return acts and mention.sort in ("thing", "body", "person") and not mention.offices and word.endswith(_PERSONAL)


def _noun(reading: Reading, mention: Mention) -> str:
    """The noun of a description with what a hyphen joins to it: "front-runner"."""
    tokens = reading.parse.tokens
    first = mention.head
    while first - 2 >= mention.first and tokens[first - 1].text == "-":
        first -= 2
    return "".join(t.lower for t in tokens[first : mention.head]) + tokens[mention.head].lemma


def find_holder(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The person whom the description fits and who is in mind, with the score of the tie; None where nobody is.

    Somebody of whom the report tells nothing that fits counts only for words that name no office and for titles,
    and only where he is the one most in mind.
    """
    if (mention.words - _place_words(reading, mention)) & _NOBODY_YET:
        return None
    narrowing = described_by(reading, mention)
    epithet = is_epithet(reading, mention)
    once = mention.head in reading.speakers and bool(_FORMER & mention.words)
    open_to_all = epithet or once or _is_loose(mention) or _is_title(mention)
    ranked: list[tuple[float, float, One]] = []
    for one in reading.ones:
        if one.plural or (one.sort != "person" and not (one.sort is None and one.offices)):
            continue
        if (mention.gender and one.gender and mention.gender != one.gender) or contradicts(reading, mention, one):
            continue
        fit = _fit(reading, mention, one, narrowing, epithet)
        if fit <= 0 and not (open_to_all and _may_hold(reading, mention, one, narrowing)):
            continue
        mind = _mind(reading, mention, one, fit)
        if mind is not None:
            ranked.append((_FIT * fit + mind, fit, one))
    if not ranked:
        return _named_next(reading, mention) if open_to_all else None
    if any(fit >= 1 for _, fit, _ in ranked):  # where the words fit somebody, they hardly mean one they do not fit
        ranked = [(score - _UNFIT * (fit <= 0), fit, one) for score, fit, one in ranked]
    ranked.sort(key=lambda r: -r[0])
    best, fit, one = ranked[0]
    share = 1 / sum(math.exp(score - best) for score, _, _ in ranked)
    if fit <= 0 and share < _MOST:
        return None
    return one, max(0.3, min(0.95, share))


def _place_words(reading: Reading, mention: Mention) -> set[str]:
    """Words of the places and peoples in a description: "New York" makes no "new" mayor."""
    tokens = reading.parse.tokens
    return {tokens[i].lower for i in range(mention.first, mention.head) if tokens[i].entity in ("GPE", "LOC", "NORP")}


def _mind(reading: Reading, mention: Mention, one: One, fit: float) -> float | None:
    """How much somebody is in mind at a description; None where he is out of reach for how well it fits."""
    tokens = reading.parse.tokens
    named = one.fullest.kind == "name"
    last = max((m.head for m in one.mentions if m.head < mention.head), default=None)
    if last is None:
        return -2.5 if named and fit > 0 and _comes_soon(reading, mention, one) else None
    if fit <= 0 and tokens[mention.head].sentence - tokens[last].sentence > _REACH:
        return None
    if not named and not (fit > 0 and _is_new(reading, one.mentions[0])):
        return None
    found = signs(reading, mention, one)
    return None if found is None else max(_LEAST, weigh(found, load_speaker_weights()))


def _may_hold(reading: Reading, mention: Mention, one: One, narrowing: set[str]) -> bool:
    """Whether nothing known of a named person speaks against a description that nothing speaks for."""
    if one.sort != "person" or one.fullest.kind != "name" or _owned_by_name(reading, mention):
        return False
    if mention.offices & _TITLES and one.offices and not mention.offices & one.offices and not _is_loose(mention):
        return False
    life = biography(one.actor_id, reading.day)
    known = one.words | {p for m in one.mentions for p in m.name} | set(_PARTIES) | life.words | life.past
    places = _place_words(reading, mention)
    strange = {w for w in narrowing - places if w in reading.name_parts and "place" not in reading.name_parts[w]}
    return not strange - known


def _owned_by_name(reading: Reading, mention: Mention) -> bool:
    """Whether a name says whose holder of an office is meant: "Tamra's delegation chairman", "the head of HTS"."""
    return bool(_owners_of(reading, mention))


def _owners_of(reading: Reading, mention: Mention) -> list[int]:
    """Tokens of names that own the office of a description."""
    parse = reading.parse
    found = [c for c in parse.children[mention.head] if parse.tokens[c].dep == "poss"]
    for prep in parse.children[mention.head]:
        if parse.tokens[prep].dep == "prep" and parse.tokens[prep].lower in _OF and prep > mention.head:
            found += [c for c in parse.children[prep] if parse.tokens[c].dep == "pobj"]
    return [i for i in found if parse.tokens[i].pos == "PROPN" and i in reading.of]


def _owner_parts(reading: Reading, mention: Mention) -> set[str]:
    """Parts of the name that says whose holder of an office is meant; empty where none does."""
    return {p for i in _owners_of(reading, mention) for m in reading.of[i].mentions for p in m.name}


def _is_at_home(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether it is the country of a person that owns the office."""
    home = one.actor.country if one.actor is not None else None
    return home is not None and any(reading.of[i].actor_id == home for i in _owners_of(reading, mention))


def _comes_soon(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether somebody is first named behind the description: in the lead, or soon and by the same title."""
    tokens = reading.parse.tokens
    here = tokens[mention.head]
    if here.sentence < _LEAD and "former" not in mention.words:
        return True
    if here.lemma in one.words and _owner_parts(reading, mention) & one.words:
        return True  # "Saleh's campaign manager" can be nobody else
    soon = tokens[one.mentions[0].head].sentence - here.sentence <= _AHEAD
    return soon and (here.lemma in one.words or bool(mention.offices & one.offices))


def introduced(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The one whom "a federal judge" announces: named soon after for the first time, by the same title."""
    tokens = reading.parse.tokens
    here = tokens[mention.head]
    narrowing = described_by(reading, mention)
    for one in sorted(reading.ones, key=lambda o: o.mentions[0].head):
        first = one.mentions[0]
        if first.head <= mention.last or one.fullest.kind != "name" or one.plural or one.sort != "person":
            continue
        if tokens[first.head].sentence - here.sentence > _AHEAD:
            return None
        if mention.gender and one.gender and mention.gender != one.gender:
            continue
        held = bool(mention.offices & one.offices) or here.lemma in one.words
        if held and _fit(reading, mention, one, narrowing, False) > 0.5:
            return one, 0.5
    return None


def _is_new(reading: Reading, mention: Mention) -> bool:
    """Whether a mention introduces somebody: "a woman", "two witnesses"."""
    return reading.parse.tokens[mention.first].lower in ("a", "an", "one", "another", "some") or mention.plural


def _is_title(mention: Mention) -> bool:
    """Whether the description is a title with something that narrows it: "the Vermont senator"."""
    return bool(mention.offices & _TITLES) and len(mention.words) > 1 + ("president" in mention.words)


def _is_loose(mention: Mention) -> bool:
    return bool(mention.offices & _LOOSE)


def _named_next(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The person whom the report names first, where a description in its lead leads up to the name."""
    tokens = reading.parse.tokens
    here = tokens[mention.head].sentence
    if here >= _LEAD or not mention.subject:
        return None
    for one in sorted(reading.ones, key=lambda o: o.mentions[0].head):
        first = one.mentions[0]
        if first.head < mention.head or one.sort != "person" or one.fullest.kind != "name" or not first.subject:
            continue
        if tokens[first.head].sentence - here > 2:
            return None
        if tokens[first.head].sentence > here and not contradicts(reading, mention, one):
            return one, 0.4
    return None


def contradicts(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether country, party or office of the description are not those of the person."""
    known = one.actor
    if _other_party(reading, mention, one):
        return True
    if known is None or known.actor_id is None:
        return False
    country = _country(reading, mention)
    if country is not None and known.country and known.country != country:
        return True
    sectors = {s for office in mention.offices for s in _SURE.get(office, ())}
    life = biography(one.actor_id, reading.day)
    held = (one.offices | life.offices | life.past_offices) & mention.offices
    return bool(sectors) and not held and not sectors & set(known.sectors)


def _other_party(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether the report or the registry gives a person to another party than the description does."""
    wanted = {party for word, party in _PARTIES.items() if word in mention.words}
    if not wanted:
        return False
    parties = _parties(reading, one)
    told = {party for word, party in _PARTIES.items() if word in one.words}
    return not wanted & parties if parties else bool(told) and not wanted & told


def _parties(reading: Reading, one: One) -> set[str]:
    """The parties of a person by the registry, as the prefixes of ``_PARTIES``, "" for any other."""
    ids = set(biography(one.actor_id, reading.day).parties)
    if one.actor is not None and (one.actor.group or "").startswith("pty."):
        ids.add(one.actor.group or "")
    return {next((p for p in _PARTIES.values() if i.startswith(p)), "") for i in ids}


def _held(reading: Reading, mention: Mention, one: One) -> float:
    """Points for an office that the report or the registry gives to a person; fewer where one is past, one is not."""
    names = [m for m in one.mentions if m.kind == "name" and m.offices & mention.offices]
    former = [bool(_FORMER & m.words) for m in names]
    life = biography(one.actor_id, reading.day)
    wants = bool(_FORMER & mention.words)
    if wants:
        right = any(former) or bool(mention.offices & life.past_offices)
    else:
        right = not all(former) or bool(mention.offices & life.offices)
    if right:
        return 1.0
    if mention.offices & one.offices:
        return 0.4
    return 0.1 if mention.offices & (life.offices | life.past_offices) else 0.0


def _country(reading: Reading, mention: Mention) -> str | None:
    """The country whose adjective stands in the description: FRA for "the French president"."""
    for i in range(mention.first, mention.head):
        one = reading.of.get(i)
        if one is None or one.actor is None or one.mentions[0].sort != "group":
            continue
        if reading.parse.tokens[max(0, i - 1)].lower in _PART_OF:
            continue
        if reading.parse.tokens[i].lower not in _PARTIES:
            return one.actor.country
    return None


def _fit(reading: Reading, mention: Mention, one: One, narrowing: set[str], epithet: bool) -> float:
    """How well the words of a description fit what is known of a person; 0 or less when nothing does."""
    lemma = reading.parse.tokens[mention.head].lemma
    if contradicts(reading, mention, one):
        return -1.0
    life = biography(one.actor_id, reading.day)
    known = one.words | {p for owner in owners(reading, one) for p in owner} | life.words | life.past
    held = _held(reading, mention, one)
    fit = held + 0.8 * (lemma in one.words or _noun(reading, mention) in one.words)
    if held and not fit > 1 and lemma in life.words:
        fit += 0.4
    actor = one.actor
    if actor is not None:
        if mention.actor is not None and mention.actor.actor_id is not None:
            fit += 1.5 * (mention.actor.actor_id == actor.actor_id)
        sectors = {s for office in mention.offices for s in _SECTORS.get(office, ())}
        fit += 0.6 * bool(sectors & set(actor.sectors)) if not held else 0.0
        parties = _parties(reading, one)
        fit += 0.6 * any(word in mention.words and party in parties for word, party in _PARTIES.items())
        fit += 0.4 * bool(fit > 0 and actor.country and actor.country == _country(reading, mention))
    theirs = _owner_parts(reading, mention)
    if theirs and not theirs & known and not _is_at_home(reading, mention, one):
        fit -= 1.0
    if epithet and not held:
        fit += 0.3
    if _is_loose(mention) and not held:
        fit += 0.5 * len(narrowing & known)
    if fit <= 0 or (epithet and fit < 0.5 and not narrowing & known):
        return 0.0 if epithet else fit
    named = {w for w in narrowing if w in reading.name_parts}
    strange = named - known - set(_PARTIES)
    places = {w for w in strange if "place" in reading.name_parts[w]}
    return fit + 0.6 * min(2, len(narrowing & known)) - 0.5 * min(1, len(strange - places)) - 0.2 * len(places)


def described_by(reading: Reading, mention: Mention) -> set[str]:
    """Words that narrow a description, with the name behind "the group's"."""
    tokens = reading.parse.tokens
    head = tokens[mention.head]
    words = {w for w in mention.words if w not in (head.lemma, head.lower)}
    for i in range(mention.first, mention.last + 1):
        one = reading.of.get(i)
        if one is not None and i != mention.head:
            parts = {p for m in one.mentions for p in m.name}
            # "the head of Syria's militant alliance" heads the alliance, not Syria.
            owned = tokens[i].dep == "poss" and tokens[i].head != mention.head and one.sort == "place"
            words = words - parts if owned else words | parts
    return words


def owners(reading: Reading, one: One) -> list[tuple[str, ...]]:
    """Names inside the titles of a person: (hts,) for "HTS chief Karim" and "Karim, head of HTS"."""
    found = []
    for mention in one.mentions:
        token = reading.parse.tokens[mention.head]
        for i in range(max(0, token.left), min(token.right + 1, len(reading.parse.tokens))):
            other = reading.of.get(i)
            if other is not None and other is not one and i != mention.head:
                found += [m.name for m in other.mentions if m.name]
    return found
