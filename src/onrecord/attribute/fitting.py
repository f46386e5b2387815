"""Fitting: how well the words of "the former minister" fit what report and registry tell of a person."""

from __future__ import annotations

from onrecord.attribute.biographies import biography
from onrecord.attribute.law import is_another
from onrecord.attribute.mention import PARTISANS, Mention
from onrecord.attribute.reading import One, Reading
from onrecord.lexicon.speakers import load_body_words, load_person_words

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
PARTY_WORDS = frozenset(_PARTIES)
_FORMER = frozenset(("former", "ex", "onetime", "then"))
_PART_OF = frozenset("latin north south central african asian".split())  # a Latin American is not of the USA
_OF = frozenset(("of", "for", "at", "from"))
_FOLLOWING = frozenset("campaign rally supporter backer delegate voter nomination candidacy bid running".split())
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
_HEADS = frozenset(("leader", "chairman", "chief", "director", "president", "executive"))
# Whoever is known for other things does not hold one of these.
_SURE = {"lawmaker": ("LEG",), "prime_minister": ("GOV",), "judge": ("JUD",), "cleric": ("REL",)}
_TITLES = frozenset(  # offices of which few are in a report, so that a title alone takes up the one just named
    "lawmaker governor mayor secretary minister prime_minister president nominee leader chairman chief director"
    " commander general candidate congressman chancellor king ambassador executive judge cleric".split()
)


def is_epithet(reading: Reading, mention: Mention) -> bool:
    """Whether the noun is a word for a person that names no office: "the billionaire", "the retired neurosurgeon"."""
    word = noun_of(reading, mention)
    if word in load_person_words() or reading.parse.tokens[mention.head].lower in PARTISANS:
        return True
    acts = mention.head in reading.speakers or mention.subject
    return acts and mention.sort in ("thing", "body", "person") and not mention.offices and word.endswith(_PERSONAL)


def noun_of(reading: Reading, mention: Mention) -> str:
    """The noun of a description with what a hyphen joins to it: "front-runner"."""
    tokens = reading.parse.tokens
    first = mention.head
    while first - 2 >= mention.first and tokens[first - 1].text == "-":
        first -= 2
    return "".join(t.lower for t in tokens[first : mention.head]) + tokens[mention.head].lemma


def place_words(reading: Reading, mention: Mention) -> set[str]:
    """Words of the places and peoples in a description: "New York" makes no "new" mayor."""
    tokens = reading.parse.tokens
    return {tokens[i].lower for i in range(mention.first, mention.head) if tokens[i].entity in ("GPE", "LOC", "NORP")}


def owned_by_name(reading: Reading, mention: Mention) -> bool:
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


def owner_parts(reading: Reading, mention: Mention) -> set[str]:
    """Parts of the name that says whose holder of an office is meant; empty where none does."""
    return {p for i in _owners_of(reading, mention) for m in reading.of[i].mentions for p in m.name}


def _is_at_home(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether it is the country of a person that owns the office."""
    home = one.actor.country if one.actor is not None else None
    return home is not None and any(reading.of[i].actor_id == home for i in _owners_of(reading, mention))


def is_new(reading: Reading, mention: Mention) -> bool:
    """Whether a mention introduces somebody: "a woman", "two witnesses"."""
    return reading.parse.tokens[mention.first].lower in ("a", "an", "one", "another", "some") or mention.plural


def is_title(mention: Mention) -> bool:
    """Whether the description is a title with something that narrows it: "the Vermont senator"."""
    return bool(mention.offices & _TITLES) and len(mention.words) > 1 + ("president" in mention.words)


def is_loose(mention: Mention) -> bool:
    return bool(mention.offices & _LOOSE)


_LOCAL = frozenset({"governor", "mayor"})
_LOCALITIES = frozenset("state county city town district provincial municipal".split())

_HIGHEST = frozenset({"president", "prime minister", "premier", "chancellor", "king", "queen", "pope"})
"""Offices that whoever holds another one on the day does not hold as well."""
_RANKS = frozenset({"general", "commander", "officer", "ambassador", "judge", "cleric"})
"""Callings that are told of whoever follows them, so that whoever is known for another office does not."""


def contradicts(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether country, party or office of the description are not those of the person."""
    known = one.actor
    if _other_party(reading, mention, one) or is_another(reading, mention, one) or _is_local(reading, mention, one):
        return True
    if known is None:
        return False
    country = _country(reading, mention)
    if country is not None and known.country and known.country != country:
        return True
    if known.actor_id is None:
        return False
    kinds = load_body_words()
    if mention.offices & _TITLES and mention.words & kinds.armed and not kinds.fighting & set(known.sectors):
        return True  # no president heads "the country's leading militant alliance"
    if mention.offices & _HEADS and _heads_another(reading, mention, one):
        return True
    sectors = {s for office in mention.offices for s in _SURE.get(office, ())}
    life = biography(one.actor_id, reading.day)
    if _is_aged(reading, mention) and not _is_called_so(reading, mention, one):
        return True
    held = (one.offices | life.offices | life.past_offices) & mention.offices
    if mention.offices & (_HIGHEST | _RANKS) and life.offices and not held:
        return True  # the national security adviser of the day is not "the president", nor a candidate "the general"
    return bool(sectors) and not held and not sectors & set(known.sectors)


def _is_aged(reading: Reading, mention: Mention) -> bool:
    """Whether an age tells who somebody is, as of those whom nobody knows: "the 78-year-old supporter"."""
    words = [t.lower for t in reading.parse.tokens[mention.first : mention.head]]
    return any(words[i : i + 3] == ["year", "-", "old"] for i in range(len(words)))


def _is_called_so(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether the report or the registry gives a person the office or trade of a description."""
    life = biography(one.actor_id, reading.day)
    held = one.offices | life.offices | life.past_offices
    noun = reading.parse.tokens[mention.head].lemma
    return bool(mention.offices & held) or noun in one.words | life.called | life.words | life.callings


def _heads_another(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether a description heads a body by name that neither report nor registry ties to the person.

    No candidate is "the head of the bakers' union" who is never told of with it.
    """
    inside = [i for i in range(mention.first, mention.head) if reading.parse.tokens[i].dep in ("compound", "nmod")]
    owners = [reading.of[i] for i in (*_owners_of(reading, mention), *inside) if i in reading.of]
    named = [body for body in owners if body.sort == "body" and body.fullest.kind == "name"]
    life = biography(one.actor_id, reading.day)
    known = one.words | owner_names(reading, one) | life.words | life.past | life.callings
    return bool(named) and not any(known & {p for m in body.mentions for p in m.name} for body in named)


def _is_local(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether a description is of an office in a state or town ("Texas Gov.", "the state chairwoman") that neither
    report nor registry, which knows the person's offices, gives to the person."""
    local = mention.offices & _LOCAL or (mention.offices & _TITLES and mention.words & _LOCALITIES)
    life = biography(one.actor_id, reading.day)
    known = life.offices | life.past_offices
    return bool(local and known) and not mention.offices & (one.offices | known)


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
    for i in range(mention.first, mention.last + 1):
        one = reading.of.get(i)
        if reading.parse.tokens[i].dep == "poss" and one is not None and one.sort == "place" and one.actor is not None:
            return one.actor.country
    return None


def fit_of(reading: Reading, mention: Mention, one: One, narrowing: set[str], epithet: bool) -> float:
    """How well the words of a description fit what is known of a person; 0 or less when nothing does."""
    lemma = reading.parse.tokens[mention.head].lemma
    if contradicts(reading, mention, one):
        return -1.0
    life = biography(one.actor_id, reading.day)
    known = one.words | owner_names(reading, one) | life.words | life.past | life.callings
    held = _held(reading, mention, one)
    called = one.words | life.called
    fit = held + 0.8 * (lemma in called or noun_of(reading, mention) in called)
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
    theirs = owner_parts(reading, mention)
    if theirs and not theirs & known and not _is_at_home(reading, mention, one):
        fit -= 1.0
    if epithet and not held:
        fit += 0.3
    if is_loose(mention) and not held:
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


def owner_names(reading: Reading, one: One) -> frozenset[str]:
    """Parts of the names inside the titles of a person, kept until the person is mentioned again."""
    if one.owned[0] != len(one.mentions):
        one.owned = (len(one.mentions), frozenset(p for owner in owners(reading, one) for p in owner))
    return one.owned[1]


def may_hold(reading: Reading, mention: Mention, one: One, narrowing: set[str]) -> bool:
    """Whether nothing known of a named person speaks against a description that nothing speaks for."""
    if one.sort != "person" or one.fullest.kind != "name" or owned_by_name(reading, mention):
        return False
    if mention.offices & _TITLES and one.offices and not mention.offices & one.offices and not is_loose(mention):
        return False
    life = biography(one.actor_id, reading.day)
    known = one.words | one.parts | set(_PARTIES) | life.words | life.past | life.callings
    places = place_words(reading, mention)
    strange = {w for w in narrowing - places if w in reading.name_parts and "place" not in reading.name_parts[w]}
    return not strange - known


def stands(reading: Reading, one: One) -> bool:
    """Whether the report speaks of a person as one stands for election: "the Saleh campaign", "Saleh's supporters"."""
    tokens = reading.parse.tokens
    if "candidate" in one.offices:
        return True
    of = (tokens[tokens[m.head].head].lemma for m in one.mentions if m.kind == "name")
    return any(lemma in _FOLLOWING for lemma in of)
