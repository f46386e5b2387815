"""Coreference within one report: names to their fullest form, descriptions and pronouns to a name.

Rules, in the order in which a reader would use them: the same name; an office that only one person holds; the
subject and speaker nearest before. What fits nobody, or several alike, stays unresolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.attribute.mentions import Mention, core, find_mentions
from onrecord.attribute.quotes import Statement
from onrecord.attribute.statements import rule_statements
from onrecord.lexicon.cues import CueLexicon, load_cues
from onrecord.model import Actor, Parse, Reference, Span, Via
from onrecord.text.quotation import Quotation, find_quotations

_WINDOW = 6  # sentences that a pronoun looks back
_LEAD = 3  # sentences at the start from which a description may look ahead for its name
_GENERIC = frozenset(
    "group movement organization organisation alliance coalition party militia company firm agency network faction"
    " body outfit charity institute newspaper magazine".split()
)


@dataclass(slots=True, eq=False)
class One:
    """All mentions taken for one person, group or thing so far."""

    mentions: list[Mention] = field(default_factory=list)
    sort: str | None = None
    gender: str | None = None
    plural: bool = False
    offices: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    actor_id: str | None = None

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self.sort = self.sort or mention.sort
        if mention.kind != "pronoun":
            self.gender = self.gender or mention.gender
            self.plural = self.plural or mention.plural
            self.actor_id = self.actor_id or mention.actor_id
        self.offices |= mention.offices
        self.words |= mention.words

    @property
    def fullest(self) -> Mention:
        """The longest name, or the longest description where there is no name; the earliest of equals."""
        rank = {"name": 2, "noun": 1, "pronoun": 0}
        return max(
            self.mentions, key=lambda m: (rank[m.kind], len(core(m.name)) or m.last - m.first, -m.head)
        )

    def fullest_for(self, mention: Mention) -> Mention:
        """The fullest mention before *mention* if it is as full as any, else the fullest of all."""
        best = self.fullest
        earlier = [
            m
            for m in self.mentions
            if m.head < mention.head and m.kind == best.kind and core(m.name) == core(best.name)
        ]
        return earlier[0] if earlier else best


@dataclass(slots=True)
class Reading:
    """What is known while a report is read from front to back."""

    parse: Parse
    quotations: tuple[Quotation, ...]
    statements: Sequence[Statement]
    ones: list[One] = field(default_factory=list)
    of: dict[int, One] = field(default_factory=dict)  # head token -> one
    speakers: dict[int, int] = field(
        default_factory=dict
    )  # head token of a source -> number of its statements
    said_by: list[tuple[Span, int]] = field(default_factory=list)

    def quoted(self, mention: Mention) -> int | None:
        """Start of the outermost quotation around the mention."""
        for q in self.quotations:
            if q.parent is None and q.span.contains(mention.span):
                return q.span.start
        return None


def find_references(
    parse: Parse, actors: Sequence[Actor], lexicon: CueLexicon | None = None
) -> tuple[Reference, ...]:
    """Pronouns, descriptions and short names of *parse* with what they stand for, in text order."""
    lexicon = lexicon or load_cues()
    quotations = find_quotations(parse.text, parse.paragraphs)
    statements = rule_statements(parse, lexicon, quotations)
    reading = Reading(parse, quotations, statements)
    for statement in statements:
        if statement.source is not None and statement.hit is not None:
            reading.speakers[statement.source] = reading.speakers.get(statement.source, 0) + 1
            reading.said_by += [(p, statement.source) for p in statement.pieces]
    mentions = find_mentions(parse, lexicon, actors)
    _join_names(reading, [m for m in mentions if m.kind == "name"])
    found: list[tuple[Mention, One, float]] = []
    for mention in mentions:
        score = _resolve(reading, mention)
        if score is not None:
            found.append((mention, reading.of[mention.head], score))
    found += _first_person(reading, mentions)
    references = [r for m, one, score in found if (r := _reference(parse, m, one, score)) is not None]
    return tuple(sorted(references, key=lambda r: r.mention))


def _reference(parse: Parse, mention: Mention, one: One, score: float) -> Reference | None:
    full = one.fullest_for(mention)
    if full is mention or full.kind == "pronoun" or full.span.overlaps(mention.span):
        return None
    if mention.kind == "name":
        if core(mention.name) == core(full.name) or full.kind != "name":
            return None
        kind = "short_name"
    else:
        if mention.span.of(parse.text).lower() == full.span.of(parse.text).lower():
            return None
        kind = "pronoun" if mention.kind == "pronoun" else "description"
    via = Via(text=full.span.of(parse.text), span=full.span)
    return Reference(mention=mention.span, antecedent=via, kind=kind, score=round(score, 3))  # type: ignore[arg-type]


def _join_names(reading: Reading, names: Sequence[Mention]) -> None:
    """Puts names that can only mean the same one together, the fullest first."""
    order = sorted(names, key=lambda m: (-len(core(m.name)), m.head))
    for mention in order:
        fits = [one for one in reading.ones if _same_name(one, mention)]
        if len(fits) > 1:
            fits = _told_apart(fits, mention)
        if len(fits) == 1:
            one = fits[0]
        else:
            one = One()
            reading.ones.append(one)
        one.add(mention)
        reading.of[mention.head] = one
    for one in reading.ones:
        one.mentions.sort(key=lambda m: m.head)
    _join_acronyms(reading)


def _same_name(one: One, mention: Mention) -> bool:
    if mention.actor_id is not None and one.actor_id is not None:
        return mention.actor_id == one.actor_id
    if one.gender and mention.gender and one.gender != mention.gender:
        return False
    short = core(mention.name)
    sorts = {one.sort, mention.sort} - {None}
    if len(sorts) > 1 and "person" in sorts and len(short) > 1:
        return False
    for known in one.mentions:
        full = core(known.name)
        if full == short:
            return True
        if len(short) == 1 and len(full) > 1:
            if short[0] == full[-1]:
                return mention.sort != "place" or one.sort in ("person", "place")
            if short[0] == full[0]:
                return mention.sort == one.sort or mention.sort is None or one.sort is None
        elif 1 < len(short) < len(full) and _within(short, full):
            return True
    return False


def _within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    rest = iter(full)
    return all(part in rest for part in short)


def _told_apart(fits: list[One], mention: Mention) -> list[One]:
    """Of several who share a name, the one whose form or gender is this one's; none when that leaves a doubt."""
    exact = [one for one in fits if any(core(m.name) == core(mention.name) for m in one.mentions)]
    if len(exact) == 1:
        return exact
    if mention.gender is not None:
        same = [one for one in fits if one.gender == mention.gender]
        if len(same) == 1:
            return same
    held = [one for one in fits if one.offices & mention.offices]
    return held if len(held) == 1 else []


def _join_acronyms(reading: Reading) -> None:
    """Joins "Free Idlib Army (FIA)" with "FIA", and a short form in brackets with the name before it."""
    tokens = reading.parse.tokens
    for one in list(reading.ones):
        first = one.mentions[0]
        parts = core(first.name)
        if len(parts) != 1 or not tokens[first.last].text.isupper():
            continue
        for other in reading.ones:
            if other is one or other.gender or len(core(other.fullest.name)) < 2:
                continue
            full = other.fullest
            bracketed = (
                first.first >= 2 and tokens[first.first - 1].text == "(" and full.last == first.first - 2
            )
            letters = "".join(p[0] for p in full.name), "".join(p[0] for p in core(full.name))
            if bracketed or (len(parts[0]) > 2 and parts[0] in letters):
                for mention in one.mentions:
                    other.add(mention)
                    reading.of[mention.head] = other
                other.sort = "body"
                other.mentions.sort(key=lambda m: m.head)
                reading.ones.remove(one)
                break


def _resolve(reading: Reading, mention: Mention) -> float | None:
    """Puts *mention* with the one it stands for; the score of the tie, None when it starts its own."""
    if mention.kind == "name":
        one = reading.of[mention.head]
        return 0.9 if len(one.mentions) > 1 else None
    if mention.kind == "noun":
        return _resolve_noun(reading, mention)
    if mention.gender == "1":
        return None
    return _resolve_pronoun(reading, mention)


def _tie(reading: Reading, mention: Mention, one: One, score: float) -> float:
    one.add(mention)
    reading.of[mention.head] = one
    return score


def _start(reading: Reading, mention: Mention) -> None:
    one = One()
    one.add(mention)
    reading.ones.append(one)
    reading.of[mention.head] = one


def _resolve_noun(reading: Reading, mention: Mention) -> float | None:
    token = reading.parse.tokens[mention.head]
    for c in reading.parse.children[mention.head]:
        if reading.parse.tokens[c].dep == "appos" and c in reading.of and reading.of[c].sort == "person":
            _tie(reading, mention, reading.of[c], 1.0)
            return None
    if mention.definite and mention.sort != "thing" and not _is_label(reading, mention):
        if mention.sort == "person" and not mention.plural:
            found = _holder(reading, mention)
        elif token.lemma in _GENERIC and not mention.plural and _bare(reading, mention):
            found = _own_body(reading, mention) or _nearest(reading, mention, ("body", "group"))
        else:
            found = _same_head(reading, mention)
        if found is not None:
            return _tie(reading, mention, *found)
    _start(reading, mention)
    return None


def _is_label(reading: Reading, mention: Mention) -> bool:
    """Whether the noun is an apposition, predicate or title of something else and no mention of its own."""
    return reading.parse.tokens[mention.head].dep in ("appos", "attr", "oprd")


def _bare(reading: Reading, mention: Mention) -> bool:
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
    """The person whose title, apposition or earlier description names the same office."""
    tokens = reading.parse.tokens
    narrowing = _described_by(reading, mention)
    named = {
        w for w in narrowing if any(w in o.fullest.name for o in reading.ones if o.fullest.kind == "name")
    }
    lemma = tokens[mention.head].lemma
    ranked: list[tuple[float, int, One]] = []
    for one in reading.ones:
        if one.sort not in ("person", None) or one.plural or not one.offices & mention.offices:
            continue
        if mention.gender and one.gender and mention.gender != one.gender:
            continue
        last = max((m.head for m in one.mentions if m.head < mention.head), default=None)
        if last is None and not (
            one.fullest.kind == "name"
            and tokens[mention.head].sentence < _LEAD
            and "former" not in mention.words
        ):
            continue
        known = one.words | {p for i in _owners(reading, one) for p in i}
        strange = named - known
        places = {w for w in strange if any(o.sort == "place" and w in o.fullest.name for o in reading.ones)}
        score = 1.0 + (lemma in one.words) + len(narrowing & known)
        score -= 0.7 * len(strange - places) + 0.3 * len(places) + 0.3 * (last is None)
        ranked.append((score, last if last is not None else -1, one))
    ranked.sort(key=lambda r: (-r[0], -r[1]))
    if not ranked or ranked[0][0] < 0.4:
        return None
    if ranked[0][1] < 0 and len(ranked) > 1 and ranked[1][0] >= ranked[0][0] - 0.5:
        return None
    return ranked[0][2], min(0.95, 0.5 + 0.15 * ranked[0][0])


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


def _nearest(reading: Reading, mention: Mention, sorts: tuple[str, ...]) -> tuple[One, float] | None:
    """The body or group named last, subjects first, within reach."""
    here = reading.parse.tokens[mention.head].sentence
    best: tuple[float, One] | None = None
    for one in reading.ones:
        if one.sort not in sorts or one.fullest.kind != "name":
            continue
        for m in one.mentions:
            far = here - reading.parse.tokens[m.head].sentence
            if m.head >= mention.head or far > _WINDOW:
                continue
            score = (
                1.0
                - 0.2 * far
                + 0.3 * m.subject
                + 0.3 * (reading.parse.tokens[mention.head].lemma in one.words)
            )
            score += 0.1 * min(3, len(one.mentions))
            if one.mentions[0].sort == "group" and one.mentions[0].plural:
                score -= 0.5
            if best is None or score >= best[0]:
                best = (score, one)
    return None if best is None or best[0] < 0.3 else (best[1], min(0.9, 0.4 + 0.3 * best[0]))


def _same_head(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """An earlier, fuller mention with the same head noun whose modifiers these do not contradict."""
    lemma = reading.parse.tokens[mention.head].lemma
    own = {w for w in mention.words if w not in (lemma, reading.parse.tokens[mention.head].lower)}
    for one in reversed(reading.ones):
        full = one.mentions[0]
        if full.kind != "noun" or full.head >= mention.head or full.plural != mention.plural:
            continue
        if (
            reading.parse.tokens[full.head].lemma == lemma
            and own <= full.words
            and full.last - full.first >= 1
        ):
            return one, 0.7
    return None


def _first_person(reading: Reading, mentions: Sequence[Mention]) -> list[tuple[Mention, One, float]]:
    """ "I" and "we" inside quotations, with the speaker of the quotation."""
    found = []
    for mention in mentions:
        if mention.gender != "1":
            continue
        inside = [(p.end - p.start, s) for p, s in reading.said_by if p.contains(mention.span)]
        if not inside or reading.quoted(mention) is None:
            continue
        one = reading.of.get(min(inside)[1])
        if one is not None and one.fullest.kind != "pronoun":
            reading.of[mention.head] = one
            found.append((mention, one, 0.6 if mention.plural else 0.9))
    return found


def _resolve_pronoun(reading: Reading, mention: Mention) -> float | None:
    if _is_empty(reading, mention):
        return None
    ranked = []
    for one in reading.ones:
        if _agrees(one, mention):
            score = _salience(reading, mention, one)
            if score is not None:
                ranked.append((score, max(m.head for m in one.mentions if m.head < mention.head), one))
    if not ranked:
        return None
    ranked.sort(key=lambda r: (-r[0], -r[1]))
    score, _, one = ranked[0]
    if one.sort == "thing" or score < -0.9:
        return None
    if one.sort in ("person", None) and one.gender is None and mention.gender in ("m", "f"):
        one.gender = mention.gender
    gap = score - ranked[1][0] if len(ranked) > 1 else 1.0
    return _tie(reading, mention, one, max(0.3, min(0.95, 0.6 + 0.25 * gap)))


def _is_empty(reading: Reading, mention: Mention) -> bool:
    """Whether "it" stands for nothing or for a clause: "it is believed that", "made it clear"."""
    tokens = reading.parse.tokens
    token = tokens[mention.head]
    if mention.gender != "n":
        return False
    if token.dep == "expl" or token.dep not in ("nsubj", "nsubjpass", "poss"):
        return True
    children = reading.parse.children[token.head]
    verb = tokens[token.head]
    clausal = any(tokens[c].dep in ("ccomp", "csubj", "xcomp") for c in children)
    return (
        token.dep != "poss"
        and clausal
        and (
            token.dep == "nsubjpass"
            or verb.lemma in ("be", "seem", "appear", "take", "happen", "turn", "remain")
        )
    )


def _agrees(one: One, mention: Mention) -> bool:
    """Whether number, gender and kind allow the pronoun to stand for *one*."""
    if mention.gender in ("m", "f"):
        if one.plural or one.sort in ("body", "group", "place", "thing"):
            return False
        return one.gender in (None, mention.gender) and (one.sort == "person" or one.gender is not None)
    if mention.gender == "n":
        return not one.plural and one.sort in ("body", "place", "thing")
    return one.plural or one.sort in ("group", "body")


def _salience(reading: Reading, mention: Mention, one: One) -> float | None:
    """How ready *one* is to be meant at *mention*: near, subject, speaker; None when it is out of reach."""
    tokens = reading.parse.tokens
    token = tokens[mention.head]
    speaks = mention.head in reading.speakers
    quoted = reading.quoted(mention)
    best: float | None = None
    for m in one.mentions:
        far = token.sentence - tokens[m.head].sentence
        if m.head >= mention.head or far > _WINDOW or _bound(reading, mention, m):
            continue
        score = -0.35 * far + 0.6 * m.subject + (0.5 if m.head in reading.speakers and speaks else 0.0)
        score += 0.2 if m.kind != "noun" else 0.0
        if _governs(reading, m, mention):
            score += 0.7
        where = reading.quoted(m)
        if where != quoted:
            score -= 0.8 if where is not None else 0.0
        if m.sort == "place":
            score -= 0.5
        best = score if best is None else max(best, score)
    if best is None:
        return None
    if quoted is not None and mention.gender in ("m", "f", "p") and _speaks_here(reading, mention, one):
        best -= 1.5
    if one.sort == "body" and mention.gender == "p":
        best -= 0.7
    return best + 0.08 * min(4, len(one.mentions))


def _governs(reading: Reading, mention: Mention, pronoun: Mention) -> bool:
    """Whether *mention* is the subject of a verb of saying whose clause has the pronoun as its subject."""
    tokens = reading.parse.tokens
    verb = tokens[tokens[pronoun.head].head]
    return verb.dep == "ccomp" and mention.subject and tokens[mention.head].head == verb.head


def _speaks_here(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether *one* is the speaker of the quotation that the pronoun stands in."""
    return any(p.contains(mention.span) and reading.of.get(s) is one for p, s in reading.said_by)


def _bound(reading: Reading, mention: Mention, other: Mention) -> bool:
    """Whether grammar forbids the tie: object and subject of one verb, or a possessor of its own noun."""
    tokens = reading.parse.tokens
    token, rival = tokens[mention.head], tokens[other.head]
    if token.lower.endswith(("self", "selves")):
        return False
    if (
        token.head == rival.head
        and {token.dep, rival.dep} & {"dobj", "dative", "pobj"}
        and token.dep != "poss"
    ):
        return True
    if token.dep == "pobj" and tokens[token.head].head == rival.head and rival.dep in ("nsubj", "nsubjpass"):
        return True
    return token.dep == "poss" and token.head == other.head
