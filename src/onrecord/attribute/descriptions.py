"""Descriptions: who "the former minister", "the group" and "the HTS leader" are."""

from __future__ import annotations

from onrecord.attribute.clauses import child
from onrecord.attribute.holders import find_holder, introduced, is_epithet, owners
from onrecord.attribute.mention import Mention, core
from onrecord.attribute.pronouns import pair
from onrecord.attribute.reading import WINDOW, One, Reading, start, tie
from onrecord.lexicon.speakers import load_person_words

_GENERIC = frozenset(
    "group movement organization organisation alliance coalition party militia company firm agency network faction"
    " body outfit charity institute newspaper magazine airline carrier retailer insurer carmaker automaker manufacturer"
    " startup nonprofit non-profit profit watchdog regulator operator publisher studio utility lobby federation"
    " association league club team band gang cartel giant conglomerate brewer drugmaker".split()
)
_NO_LABEL = frozenset(("conj", "nsubj", "nsubjpass", "dobj", "pobj"))  # roles that an apposition does not have
_PLACES = frozenset("town city village country nation kingdom island county province region".split())
_EITHER = frozenset(("monitor", "watchdog", "observer", "broadcaster", "publisher", "carrier"))  # person or body
_OWNERS = frozenset("my your his her our their its".split())
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


def resolve_noun(reading: Reading, mention: Mention) -> float | None:
    """Ties a description to the name or fuller description it stands for; None when it starts its own."""
    beside = _in_apposition(reading, mention)
    if beside is not None:
        tie(reading, mention, beside, 1.0)
        return None
    if mention.definite and not _is_label(reading, mention):
        found = _meant(reading, mention)
        if found is not None:
            return tie(reading, mention, *found)
    elif mention.head in reading.speakers and mention.sort == "person" and not mention.plural:
        found = introduced(reading, mention)
        if found is not None:
            return tie(reading, mention, *found)
    start(reading, mention)
    return None


def _in_apposition(reading: Reading, mention: Mention) -> One | None:
    """The one named right beside a description: "the mayor, Karim Saleh", "a man named Karim", "Karim, an engineer"."""
    parse, token = reading.parse, reading.parse.tokens[mention.head]
    for c in parse.children[mention.head]:
        named = parse.tokens[c].dep == "appos" and c
        if parse.tokens[c].lemma in ("name", "call") and parse.tokens[c].dep == "acl":
            named = child(parse, c, "oprd", "dobj", "attr")
        if named and named in reading.of and reading.of[named].sort == "person" and not mention.plural:
            return reading.of[named]
    if token.dep != "appos" or token.head not in reading.of:
        return _after_comma(reading, mention) if mention.sort == "person" and not mention.plural else None
    one = reading.of[token.head]
    if mention.plural != one.plural or not (mention.sort != "thing" or _explains(reading, mention, one)):
        return None
    return one


def _explains(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether a phrase with an article stands between commas right behind a name: "Karim Saleh, a truck maker,"."""
    tokens = reading.parse.tokens
    opens = tokens[mention.first - 1].text == "," and tokens[mention.first].lower in ("a", "an", "the")
    return opens and any(m.kind == "name" and m.last == mention.first - 2 for m in one.mentions)


def _after_comma(reading: Reading, mention: Mention) -> One | None:
    """The person named right before a comma and a title that the parser hung elsewhere."""
    tokens = reading.parse.tokens
    if mention.first < 2 or tokens[mention.first - 1].text != "," or tokens[mention.head].dep in _NO_LABEL:
        return None
    if tokens[mention.first].lower not in ("a", "an", "the"):
        return None
    one = next((reading.of.get(m.head) for m in reversed(reading.seen) if m.last == mention.first - 2), None)
    if one is None or one.sort != "person" or one.fullest.kind != "name":
        return None
    return one if not (mention.gender and one.gender and mention.gender != one.gender) else None


def _meant(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """Whom or what a definite description stands for, with the score of the tie."""
    if mention.plural:
        found = _same_head(reading, mention) if mention.sort != "thing" else None
        return found or _several(reading, mention)
    if reading.parse.tokens[mention.head].lemma in _EITHER and _has_article(reading, mention):
        body = _nearest(reading, mention)
        if body is not None:
            return body
    if mention.sort == "person" or is_epithet(reading, mention):
        if _is_kin(reading, mention):
            return _kin(reading, mention) or _same_head(reading, mention)
        return find_holder(reading, mention) or _same_head(reading, mention)
    found = _own_body(reading, mention)
    if reading.parse.tokens[mention.head].dep != "compound" and _has_article(reading, mention):
        found = found or _named_alike(reading, mention)
        lemma = reading.parse.tokens[mention.head].lemma
        if lemma in _PLACES:
            found = found or _nearest_place(reading, mention)
        elif lemma in _KINDS or lemma in _GENERIC:
            found = found or _nearest(reading, mention)
    if found is None and mention.sort != "thing" and not _is_owned(reading, mention):
        found = _same_head(reading, mention)
    return found


def _several(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The persons named together last: "the two senators"."""
    persons = mention.sort == "group" or reading.parse.tokens[mention.head].lemma in load_person_words()
    if not persons or not _has_article(reading, mention) or len(mention.words) > 3:
        return None
    two = pair(reading, mention, 4)
    return None if two is None else (two, 0.5)


def _kin(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The person last introduced by the same word: "his brother Karim" for "his brother"."""
    lemma = reading.parse.tokens[mention.head].lemma
    best: tuple[int, One] | None = None
    for one in reading.ones:
        last = max((m.head for m in one.mentions if m.head < mention.head), default=None)
        if one.sort == "person" and last is not None and lemma in one.words and one.fullest.kind == "name":
            best = max(best or (last, one), (last, one), key=lambda b: b[0])
    return None if best is None else (best[1], 0.7)


def _is_owned(reading: Reading, mention: Mention) -> bool:
    """Whether a pronoun says whose it is: "his campaign" is not just any campaign."""
    return reading.parse.tokens[mention.first].lower in _OWNERS


def _is_kin(reading: Reading, mention: Mention) -> bool:
    """Whether the noun names somebody by another person: "his father", "her spokesman" is not him or her."""
    return reading.parse.tokens[mention.first].lower in _OWNERS or "relative" in mention.offices


def _has_article(reading: Reading, mention: Mention) -> bool:
    return reading.parse.tokens[mention.first].lower in ("the", "that", "this")


def _is_label(reading: Reading, mention: Mention) -> bool:
    """Whether the noun is an apposition, predicate or title of something else and no mention of its own."""
    return reading.parse.tokens[mention.head].dep in ("appos", "attr", "oprd")


def _is_bare(mention: Mention) -> bool:
    """Whether nothing but an article or pronoun stands with the noun."""
    return mention.first >= mention.head - 1 and mention.last == mention.head


def _own_body(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """What "his group" is: the body in the title of the one meant by "his", or the one called after that person."""
    owner = _possessor(reading, mention)
    if owner is None or owner.sort != "person":
        return None
    lemma = reading.parse.tokens[mention.head].lemma
    names = owners(reading, owner) if _is_bare(mention) else []
    parts = {core(m.name)[-1] for m in owner.mentions if m.name}
    for one in reading.ones:
        if one.sort == "body" and any(m.name in names for m in one.mentions if m.name):
            return one, 0.8
        if one.fullest.kind == "name" and any(lemma in m.name and parts & set(m.name) for m in one.mentions):
            return one, 0.8
    for one in reading.nouns.get(lemma, []):
        full = one.mentions[0]
        if full.head < mention.head and (parts & full.words or _possessor(reading, full) is owner):
            return one, 0.7
    return None


def _possessor(reading: Reading, mention: Mention) -> One | None:
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


def _nearest(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The body whose name, apposition or registry kind fits the noun, the last named first."""
    tokens = reading.parse.tokens
    here, lemma = tokens[mention.head].sentence, tokens[mention.head].lemma
    best: tuple[float, One] | None = None
    for one in reading.ones:
        if one.sort not in ("body", "group", None, "place") or one.fullest.kind != "name":
            continue
        if (one.actor_id or "").startswith("media.") and lemma in ("group", "movement", "organization", "agency"):
            continue
        kind = _kind_fit(one, lemma)
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


def _kind_fit(one: One, lemma: str) -> float | None:
    """How well a body fits a noun for its kind; None when it is a body of another kind."""
    words = {p for m in one.mentions for p in m.name}
    if lemma in words:
        return 1.2
    if lemma in one.words:
        return 1.0
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


def _same_head(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The fuller mention with the same head noun, last taken up, whose modifiers these do not contradict."""
    lemma = reading.parse.tokens[mention.head].lemma
    own = {w for w in mention.words if w not in (lemma, reading.parse.tokens[mention.head].lower)}
    best: tuple[int, One] | None = None
    for one in reading.nouns.get(lemma, []):
        full = one.mentions[0]
        if full.head >= mention.head or full.plural != mention.plural:
            continue
        if own <= full.words and full.last - full.first >= 1:
            last = max(m.head for m in one.mentions if m.head < mention.head)
            best = max(best or (last, one), (last, one), key=lambda b: b[0])
    return None if best is None else (best[1], 0.7)
