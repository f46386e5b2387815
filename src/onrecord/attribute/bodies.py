"""Bodies: which organisation, newspaper, court or place "the group", "his party" and "the town" stand for."""

from __future__ import annotations

from onrecord.attribute.clauses import child
from onrecord.attribute.fitting import owners
from onrecord.attribute.mention import Mention, core
from onrecord.attribute.reading import WINDOW, One, Reading

_GENERIC = frozenset(
    "group movement organization organisation alliance coalition party militia company firm agency network faction"
    " body outfit charity institute newspaper magazine airline carrier retailer insurer carmaker automaker manufacturer"
    " startup nonprofit non-profit profit watchdog regulator operator publisher studio utility lobby federation"
    " association league club team band gang cartel giant conglomerate brewer drugmaker".split()
)
_PLACES = frozenset("town city village country nation kingdom island county province region".split())
_ARMED = frozenset("terrorist terror militant rebel extremist jihadist insurgent armed guerrilla paramilitary".split())
_FIGHT = frozenset(("REB", "UAF", "IMG", "SPY", "MIL", "CRM"))
_KINDS: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {  # noun: words of names, registry prefixes or sectors
    noun: (frozenset(words.split()), tuple(registry.split()))
    for nouns, words, registry in (
        (
            "agency bureau",
            "agency department administration bureau service office fbi cia nsa epa irs authority",
            "GOV SPY",
        ),
        ("department ministry", "department ministry", "GOV"),
        ("bank lender", "bank reserve goldman sachs citigroup chase barclays", "BUS"),
        ("company firm corporation business", "inc corp corporation company co ltd llc group", "com. BUS"),
        ("university school college", "university college school institute", "EDU"),
        ("court", "court tribunal", "JUD"),
        ("committee panel", "committee subcommittee panel", "LEG"),
        ("commission", "commission", "GOV"),
        ("party", "party republicans democrats labour tories gop", "pty. PTY"),
        ("newspaper paper daily", "times post journal tribune herald globe guardian today news gazette", "media. JRN"),
        ("network channel broadcaster station", "cnn fox nbc abc cbs bbc msnbc news jazeera network tv", "media. JRN"),
        ("magazine weekly website site outlet publication", "magazine times review post news politico", "media. JRN"),
        ("campaign", "campaign", "campaign."),
        ("union", "union federation afl-cio workers teamsters", "LAB"),
        ("think-tank institute foundation charity", "institute foundation center centre council fund trust", "NGO"),
        ("church", "church", "REL"),
        ("monitor watchdog observer", "observatory monitor monitoring watch rights transparency", "NGO"),
        ("hospital", "hospital clinic", "MED"),
        ("army military", "army forces military", "MIL"),
    )
    for noun in nouns.split()
}


def find_body(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The body or place that a definite description stands for, with the score of the tie."""
    found = _own_body(reading, mention)
    if found is not None or not takes_article(reading, mention):
        return found
    if reading.parse.tokens[mention.head].dep == "compound":
        return None
    lemma = reading.parse.tokens[mention.head].lemma
    found = _named_alike(reading, mention)
    if lemma in _PLACES:
        return found or _nearest_place(reading, mention)
    return found or (nearest(reading, mention) if lemma in _KINDS or lemma in _GENERIC else None)


def takes_article(reading: Reading, mention: Mention) -> bool:
    """Whether the description begins with "the", "this" or "that"."""
    return reading.parse.tokens[mention.first].lower in ("the", "that", "this")


def is_bare(mention: Mention) -> bool:
    """Whether nothing but an article or pronoun stands with the noun."""
    return mention.first >= mention.head - 1 and mention.last == mention.head


def _own_body(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """What "his group" is: the body in the title of the one meant by "his", or the one called after that person."""
    owner = possessor(reading, mention)
    if owner is None or owner.sort != "person":
        return None
    lemma = reading.parse.tokens[mention.head].lemma
    names = owners(reading, owner) if is_bare(mention) else []
    parts = {core(m.name)[-1] for m in owner.mentions if m.name}
    for one in reading.ones:
        if one.sort == "body" and any(m.name in names for m in one.mentions if m.name):
            return one, 0.8
        if one.fullest.kind == "name" and any(lemma in m.name and parts & set(m.name) for m in one.mentions):
            return one, 0.8
    for one in reading.nouns.get(lemma, []):
        full = one.mentions[0]
        if full.head < mention.head and (parts & full.words or possessor(reading, full) is owner):
            return one, 0.7
    return None


def possessor(reading: Reading, mention: Mention) -> One | None:
    """The one whose the noun is said to be: Karim for "Karim's brother"."""
    owner = child(reading.parse, mention.head, "poss")
    return None if owner is None else reading.of.get(owner)


def _nearest_place(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The place named last, rather as a subject: Harma for "the town"."""
    tokens = reading.parse.tokens
    here = tokens[mention.head].sentence
    best: tuple[float, One] | None = None
    for one in reading.ones:
        if one.sort != "place" or one.fullest.kind != "name":
            continue
        for m in one.mentions:
            far = here - tokens[m.head].sentence
            if m.head < mention.head and far <= WINDOW:
                score = 0.8 - 0.15 * far + 0.2 * m.subject + 0.05 * min(6, len(one.mentions))
                score -= 0.3 * (tokens[m.head].dep in ("compound", "appos"))
                if best is None or score > best[0]:
                    best = (score, one)
    return None if best is None else (best[1], 0.5)


def nearest(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The body whose name, apposition or registry kind fits the noun, the last named first."""
    tokens = reading.parse.tokens
    here, lemma = tokens[mention.head].sentence, tokens[mention.head].lemma
    best: tuple[float, One] | None = None
    for one in reading.ones:
        if one.sort not in ("body", "group", None, "place") or one.fullest.kind != "name":
            continue
        if (one.actor_id or "").startswith("media.") and lemma in ("group", "movement", "organization", "agency"):
            continue
        kind = _kind_fit(one, lemma, mention.words - {lemma})
        if kind is None or (one.sort in (None, "place") and kind < 0.8):
            continue
        for m in one.mentions:
            far = here - tokens[m.head].sentence
            if m.head >= mention.head or far > (WINDOW if kind < 0.5 else 4 * WINDOW):
                continue
            score = kind + max(-0.6, -0.15 * far) + 0.2 * m.subject - 0.3 * (tokens[m.head].dep == "compound")
            score += 0.05 * min(4, len(one.mentions))
            if one.mentions[0].sort == "group" and one.mentions[0].plural:
                score -= 0.5
            if best is None or score > best[0]:
                best = (score, one)
    return None if best is None or best[0] < 0.35 else (best[1], min(0.9, 0.4 + 0.3 * best[0]))


def _named_alike(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The body named last whose name holds all words of the description: "the budget office"."""
    lemma = reading.parse.tokens[mention.head].lemma
    own = {w for w in mention.words if w not in ("new", "former", "whole", "entire")} | {lemma}
    best: tuple[int, One] | None = None
    for one in reading.ones:
        if one.sort not in ("body", None) or one.fullest.kind != "name":
            continue
        last = max((m.head for m in one.mentions if m.head < mention.head), default=None)
        fits = any(own <= set(m.name) and len(m.name) > 1 for m in one.mentions)
        if last is not None and fits and (best is None or last > best[0]):
            best = (last, one)
    return None if best is None else (best[1], 0.8)


def _kind_fit(one: One, lemma: str, narrowing: frozenset[str]) -> float | None:
    """How well a body fits a noun for its kind; None when it is a body of another kind."""
    words = {p for m in one.mentions for p in m.name}
    if narrowing & _ARMED and one.actor_id is not None:
        return 1.0 if one.actor is not None and _FIGHT & set(one.actor.sectors) else None
    if lemma in words:
        return 1.2
    if lemma in one.words:
        return 0.5 if narrowing and not narrowing & one.words else 1.0
    wanted = _KINDS.get(lemma)
    if wanted is None:
        if words & _KINDS["newspaper"][0]:
            return None
        return 0.5 if lemma in _GENERIC and one.sort in ("body", "group") else None
    if words & wanted[0]:
        return 1.0
    actor = one.actor
    if actor is not None and actor.actor_id is not None:
        if actor.actor_id.startswith(wanted[1]) or set(actor.sectors) & set(wanted[1]):
            return 0.9
        return None
    other = any(words & names for kind, (names, _) in _KINDS.items() if kind != lemma and names != wanted[0])
    return None if other or one.sort != "body" else 0.4
