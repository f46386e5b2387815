"""Descriptions: who "the former minister", "the group" and "the HTS leader" are."""

from __future__ import annotations

from onrecord.attribute.mentions import Mention
from onrecord.attribute.pronouns import pair
from onrecord.attribute.reading import WINDOW, One, Reading, start, tie

_LEAD = 3  # sentences at the start from which a description may look ahead for its name
_GENERIC = frozenset(
    "group movement organization organisation alliance coalition party militia company firm agency network faction"
    " body outfit charity institute newspaper magazine".split()
)
_PERSONAL = ("ist", "man", "woman", "eer", "eon", "ian", "ier", "star", "native", "veteran", "hero", "rival")
_OWNERS = frozenset("my your his her our their its".split())
_ANY_PERSON = frozenset(
    "man woman candidate politician mogul billionaire businessman developer tycoon author nominee hopeful contender"
    " front-runner frontrunner hotelier contestant incumbent".split()
)
_PARTIES = {"republican": "pty.rep", "gop": "pty.rep", "democrat": "pty.dem", "democratic": "pty.dem"}
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
        ("hospital", "hospital clinic", "MED"),
        ("army military", "army forces military", "MIL"),
    )
    for noun in nouns.split()
}


def resolve_noun(reading: Reading, mention: Mention) -> float | None:
    """Ties a description to the name or fuller description it stands for; None when it starts its own."""
    token = reading.parse.tokens[mention.head]
    for c in reading.parse.children[mention.head]:
        if reading.parse.tokens[c].dep == "appos" and c in reading.of and reading.of[c].sort == "person":
            tie(reading, mention, reading.of[c], 1.0)
            return None
    if token.dep == "appos" and token.head in reading.of:
        one = reading.of[token.head]
        if mention.sort != "thing" and mention.plural == one.plural:
            tie(reading, mention, one, 1.0)
            return None
    if mention.definite and not _is_label(reading, mention):
        found: tuple[One, float] | None = None
        if mention.sort == "person" and not mention.plural:
            found = None if _is_kin(reading, mention) else _holder(reading, mention)
        elif not mention.plural and _is_unknown_speaker(reading, mention):
            found = _holder(reading, mention)
        elif not mention.plural:
            if _is_bare(mention):
                found = _own_body(reading, mention)
            if token.dep != "compound" and _has_article(reading, mention):
                found = found or _named_alike(reading, mention)
                if token.lemma in _KINDS or token.lemma in _GENERIC:
                    found = found or _nearest(reading, mention)
        if found is None and mention.sort != "thing":
            found = _same_head(reading, mention)
        if found is None and mention.sort == "group" and _has_article(reading, mention) and len(mention.words) <= 3:
            two = pair(reading, mention, 4)
            found = None if two is None else (two, 0.5)
        if found is not None:
            return tie(reading, mention, *found)
    start(reading, mention)
    return None


def _is_unknown_speaker(reading: Reading, mention: Mention) -> bool:
    """Whether a noun that no list of offices holds is one for a person: "the retired neurosurgeon said"."""
    lemma = reading.parse.tokens[mention.head].lemma
    if lemma in _ANY_PERSON:
        return True
    return mention.head in reading.speakers and mention.sort == "thing" and lemma.endswith(_PERSONAL)


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


def _described_by(reading: Reading, mention: Mention) -> set[str]:
    """Words that narrow a description, with the name behind "the group's"."""
    tokens = reading.parse.tokens
    head = tokens[mention.head]
    words = {w for w in mention.words if w not in (head.lemma, head.lower)}
    for i in range(mention.first, mention.last + 1):
        one = reading.of.get(i)
        if one is not None and i != mention.head:
            words |= {p for m in one.mentions for p in m.name}
    return words


def _holder(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The person whom title, apposition, registry or an earlier description fit to the office, the last named first."""
    tokens = reading.parse.tokens
    here = tokens[mention.head]
    narrowing = _described_by(reading, mention)
    ranked: list[tuple[float, int, One]] = []
    for one in reading.ones:
        if one.plural or (one.sort != "person" and not (one.sort is None and one.offices)):
            continue
        if mention.gender and one.gender and mention.gender != one.gender:
            continue
        last = max((m.head for m in one.mentions if m.head < mention.head), default=None)
        if last is None and not (
            one.fullest.kind == "name" and here.sentence < _LEAD and "former" not in mention.words
        ):
            continue
        fit = _fit(reading, mention, one, narrowing)
        if fit <= 0:
            continue
        far = here.sentence - tokens[last].sentence if last is not None else 4
        score = fit + max(-0.5, -0.04 * far) + 0.3 * (one.fullest.kind == "name") - 0.3 * (last is None)
        score -= 0.8 * (one.fullest.kind != "name")
        score += 0.02 * min(10, sum(m.head < mention.head for m in one.mentions))
        ranked.append((score, last if last is not None else -1, one))
    ranked.sort(key=lambda r: (-r[0], -r[1]))
    if not ranked or ranked[0][0] < 0.4:
        return None
    if ranked[0][1] < 0 and len(ranked) > 1 and ranked[1][0] >= ranked[0][0] - 0.5:
        return None
    return ranked[0][2], min(0.95, 0.5 + 0.15 * ranked[0][0])


def _fit(reading: Reading, mention: Mention, one: One, narrowing: set[str]) -> float:
    """How well the words of a description fit what is known of a person; 0 or less when nothing does."""
    lemma = reading.parse.tokens[mention.head].lemma
    named = {w for w in narrowing if w in reading.name_parts}
    known = one.words | {p for owner in _owners(reading, one) for p in owner}
    held = bool(mention.offices & one.offices)
    fit = 1.0 * held + 0.8 * (lemma in one.words)
    actor = one.actor
    if actor is not None:
        sectors = {s for office in mention.offices for s in _SECTORS.get(office, ())}
        fit += 0.6 * bool(sectors & set(actor.sectors)) if not held else 0.0
        for word, party in _PARTIES.items():
            if word in mention.words and (actor.group or "").startswith("pty."):
                fit += 0.6 if (actor.group or "").startswith(party) else -1.5
    if (lemma in _ANY_PERSON or _is_unknown_speaker(reading, mention)) and not held:
        fit += 0.3
    if fit <= 0:
        return fit
    strange = named - known - set(_PARTIES)
    places = {w for w in strange if "place" in reading.name_parts[w]}
    return fit + 0.6 * len(narrowing & known) - 0.5 * len(strange - places) - 0.2 * len(places)


def _owners(reading: Reading, one: One) -> list[tuple[str, ...]]:
    """Names inside the titles of a person: (hts,) for "HTS chief Karim" and "Karim, head of HTS"."""
    found = []
    for mention in one.mentions:
        token = reading.parse.tokens[mention.head]
        for i in range(max(0, token.left), min(token.right + 1, len(reading.parse.tokens))):
            other = reading.of.get(i)
            if other is not None and other is not one and i != mention.head:
                found += [m.name for m in other.mentions if m.name]
    return found


def _own_body(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """What "his group" is: the body that stands in the title of the one meant by "his"."""
    if mention.first == mention.head:
        return None
    owner = reading.of.get(mention.first)
    if owner is None or owner.sort != "person":
        return None
    names = _owners(reading, owner)
    for one in reading.ones:
        if one.sort == "body" and any(m.name in names for m in one.mentions if m.name):
            return one, 0.8
    return None


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
    """An earlier, fuller mention with the same head noun whose modifiers these do not contradict."""
    lemma = reading.parse.tokens[mention.head].lemma
    own = {w for w in mention.words if w not in (lemma, reading.parse.tokens[mention.head].lower)}
    for one in reversed(reading.nouns.get(lemma, [])):
        full = one.mentions[0]
        if full.head >= mention.head or full.plural != mention.plural:
            continue
        if own <= full.words and full.last - full.first >= 1:
            return one, 0.7
    return None
