"""Holders: the person whom "the former minister", "the HTS leader" or "former rival" stands for, or nobody.

A choice among those whom the report names by what speaks for each (``fitting``, ``salience``), as named signs, and
what speaks for nobody named at all. The weights are fitted by ``training/speakers.py``.
"""

from __future__ import annotations

import math
from bisect import bisect_left

from onrecord.attribute.biographies import biography
from onrecord.attribute.fitting import (
    contradicts,
    described_by,
    fit_of,
    is_epithet,
    is_loose,
    is_new,
    is_title,
    may_hold,
    owned_by_name,
    owner_parts,
    place_words,
    stands,
)
from onrecord.attribute.headings import heading_end
from onrecord.attribute.mention import Mention
from onrecord.attribute.reading import One, Reading
from onrecord.attribute.salience import signs, weigh
from onrecord.lexicon.speakers import load_speaker_weights, load_trades

Option = tuple[One | None, dict[str, float]]
_LEAD = 4  # sentences at the start, heading included, in which a description often comes before the name
_AHEAD = 8  # sentences in which the name behind a description may follow
_NEXT, _NAME = 4, 4  # sentences behind a description in which its holder speaks by name; words of a name
_REACH = 3  # sentences over which a description that nothing fits looks back
_LEAST = -3.0  # salience of somebody long out of mind
_SALIENT = frozenset(("spoke last", "without a name"))
_NOBODY_YET = frozenset(("next", "future", "another", "other", "average", "typical", "first"))
_NAMELESS = frozenset(
    (
        "official",
        "source",
        "adviser",
        "aide",
        "spokesman",
        "person",
        "voter",
        "resident",
        "witness",
        "member",
        "strategist",
    )
)


def find_holder(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The person whom a description stands for, with the score of the tie; None where nobody named is likeliest."""
    weights = load_speaker_weights("holder")
    ranked = [(weigh(found, weights), one) for one, found in options(reading, mention)]
    best, one = max(ranked, key=lambda r: r[0])
    if one is None:
        return None
    share = 1 / sum(math.exp(score - best) for score, _ in ranked)
    return one, max(0.3, min(0.95, share))


def options(reading: Reading, mention: Mention) -> list[Option]:
    """Persons who can be meant by a description, with the signs that each is; last nobody (None) with its signs."""
    narrowing = described_by(reading, mention)
    epithet = is_epithet(reading, mention)
    found: list[tuple[One | None, dict[str, float]]] = []
    over = set(reading.parse.ancestors(mention.head))
    after = range(mention.head + 1, reading.parse.tokens[mention.head].right + 1)
    within = {id(reading.of[i]) for i in after if i in reading.of}  # names: nothing else is known that far ahead
    own = {c for c in reading.parse.children[mention.head] if reading.parse.tokens[c].dep == "poss"}
    for one in reading.persons:
        if one.plural or (one.sort != "person" and not (one.sort is None and one.offices)):
            continue
        if any(m.head in over or (m.head in own and m.kind == "name") for m in one.mentions):
            continue  # neither "an ally of the president" is the president, nor "Karim's aide" Karim
        if id(one) in within:
            continue  # nor "the delegate, who backs Karim," Karim
        if (mention.gender and one.gender and mention.gender != one.gender) or contradicts(reading, mention, one):
            continue
        sign = _signs(reading, mention, one, narrowing, epithet)
        if sign is not None:
            found.append((one, sign))
    if any(sign["fit"] >= 1 for _, sign in found):
        for _, sign in found:
            if "fits nothing" in sign:
                sign["fits another"] = 1.0
    minds = [sign["in mind"] for _, sign in found if "in mind" in sign]
    most = max((len(one.mentions) for one in reading.persons), default=0)
    for option, sign in found:
        if minds and sign.get("in mind") == max(minds):
            sign["most in mind"] = 1.0
        if option is not None and len(option.mentions) == most:
            sign["main figure"] = 1.0
    found.append((None, _nobody(reading, mention, epithet)))
    return found


def _signs(reading: Reading, mention: Mention, one: One, narrowing: set[str], epithet: bool) -> dict[str, float] | None:
    """Signs that *one* is meant; None where it is out of reach."""
    if not _in_reach(reading, mention, one):
        return None
    fit = fit_of(reading, mention, one, narrowing, epithet)
    at = bisect_left(one.mentions, mention.head, key=lambda m: m.head)
    found = _ahead(reading, mention, one, fit) if at == 0 else _behind(reading, mention, one, fit, one.mentions[at - 1])
    if found is None:
        return None
    found["fit"] = max(0.0, min(fit, 2.5))
    if fit < 0:
        found["fits ill"] = min(-fit, 1.5)  # an office of somebody else's
    if fit <= 0 and at > 0:
        found["fits nothing"] = 1.0
        found[f"fits nothing, {_kind(mention, epithet)}"] = 1.0
        if epithet and reading.parse.tokens[mention.head].lemma in load_trades():
            found["fits nothing, a trade"] = 1.0  # "the pilot" is hardly one who was never said to be one
        if not may_hold(reading, mention, one, narrowing):
            found["spoken against"] = 1.0
    if one.sort is None:
        found["kind unknown"] = 1.0
    if "candidate" in mention.offices:
        runs = stands(reading, one) or "candidate" in biography(one.actor_id, reading.day).offices
        found["stands"] = float(runs)
        if not runs and reading.day is not None and (one.actor_id or "").startswith("per."):
            found["known, and does not stand"] = 1.0
    return found


def _in_reach(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether somebody is named before a description, soon behind it, or later by its office or noun."""
    tokens = reading.parse.tokens
    if tokens[one.mentions[0].head].sentence - tokens[mention.head].sentence <= _AHEAD:
        return True
    return bool(mention.offices & one.offices) or tokens[mention.head].lemma in one.words


def _kind(mention: Mention, epithet: bool) -> str:
    """What a description names: an office of which few are about, one that many bear, none, or one without a name."""
    if epithet:
        return "epithet"
    if is_title(mention):
        return "title"
    if is_loose(mention):
        return "loose office"
    return "nameless" if mention.offices & _NAMELESS else "other office"


def _behind(reading: Reading, mention: Mention, one: One, fit: float, last: Mention) -> dict[str, float] | None:
    """Signs of somebody mentioned before the description."""
    tokens = reading.parse.tokens
    unnamed = one.fullest.kind != "name"
    again = unnamed and _is_cited_again(reading, mention, one)
    if unnamed and not (is_new(reading, one.mentions[0]) and (fit > 0 or again)):
        return None
    salient = signs(reading, mention, one)
    if salient is None:
        return None
    found = {"in mind": max(_LEAST, weigh(salient, load_speaker_weights("personal")))}
    if tokens[mention.head].sentence - tokens[last.head].sentence > _REACH:
        found["out of mind"] = 1.0
        if fit <= 0:
            found["out of mind, fits nothing"] = 1.0
    for sign in _SALIENT & salient.keys():
        found[sign] = salient[sign]
    if not mention.definite:
        found["named before, heading" if fit > 0 and in_heading(reading, mention) else "named before, indefinite"] = 1.0
    if again:
        found["cited without a name before"] = 1.0
    if one.fullest.kind != "name" and any(tokens[m.head].lemma == tokens[mention.head].lemma for m in one.mentions):
        found["without a name, same word"] = 1.0
    return found


def in_heading(reading: Reading, mention: Mention) -> bool:
    """Whether a noun stands without an article in the heading, as if it were definite: "Candidate says he will win"."""
    bare = reading.parse.tokens[mention.first].tag not in ("DT", "CD")
    return bare and mention.head < heading_end(reading.parse)


def _is_cited_again(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether "the aide" may be "a White House official who asked not to be named", who was cited before."""
    if not (mention.definite and mention.offices & _NAMELESS and one.offices & _NAMELESS):
        return False
    return mention.head in reading.speakers and any(m.head in reading.telling for m in one.mentions)


def _ahead(reading: Reading, mention: Mention, one: One, fit: float) -> dict[str, float] | None:
    """Signs of somebody whom the report first names behind the description."""
    tokens = reading.parse.tokens
    here, first = tokens[mention.head], one.mentions[0]
    far = tokens[first.head].sentence - here.sentence
    if one.fullest.kind != "name" or first.head <= mention.last or (far > _AHEAD and not fit > 1):
        return None
    found = {"ahead": 1.0, "ahead, sentences": math.log1p(max(0, far))}
    if here.sentence < _LEAD:
        found["ahead in the lead"] = 1.0
    elif mention.definite:
        found["ahead, definite, below the lead"] = 1.0
    found["ahead, often named"] = math.log1p(len(one.mentions))
    if len(mention.words) == 1 and mention.definite:
        found["ahead, the bare noun"] = 1.0
    if fit > 0:
        found["ahead, fits"] = 1.0
    if here.lemma in one.words:
        found["ahead, same word"] = 1.0
        if owner_parts(reading, mention) & one.words:
            found["ahead, same word and owner"] = 1.0
    if far == 1 and not mention.definite and _needs_no_word(reading, one):
        found["ahead, opens the next sentence"] = 1.0
    if far == 0:
        found["ahead in the same sentence"] = 1.0
    if reading.said.get(first.head) == mention.head:
        found["ahead, in what is told"] = 1.0  # "Union chief says Karim can win"
    if _speaks_next(reading, mention) is one:
        found["ahead, speaks next"] = 1.0
    if _speaks_first(reading, mention) is one:
        found["ahead, speaks first"] = 1.0
        if not mention.definite:
            found["ahead, speaks first, indefinite"] = 1.0
    return found


def _speaks_first(reading: Reading, mention: Mention) -> One | None:
    """The first person named behind a description that says something and was not named before it."""
    for head in reading.sources[bisect_left(reading.sources, mention.last + 1) :]:
        one = reading.of.get(head)
        if one is not None and one.sort == "person" and one.mentions[0].head > mention.last:
            return one
    return None


def _speaks_next(reading: Reading, mention: Mention) -> One | None:
    """The person first named where the next words after those of a description that says something are told.

    "The deputy governor said no. 'We have to wait,' Karim Saleh added."
    """
    if mention.head not in reading.speakers:
        return None
    at = bisect_left(reading.sources, mention.last + 1)
    one = reading.of.get(reading.sources[at]) if at < len(reading.sources) else None
    if one is None or one.sort != "person" or one.mentions[0].head < reading.sources[at] - _NAME:
        return None
    tokens = reading.parse.tokens
    return one if tokens[reading.sources[at]].sentence - tokens[mention.head].sentence <= _NEXT else None


def _needs_no_word(reading: Reading, one: One) -> bool:
    """Whether somebody unknown opens a sentence without a word on who he is, as where that was said just before.

    "One of the former judges disagreed. Karim Saleh said that ..."
    """
    first = one.mentions[0]
    begin = reading.parse.sentences[reading.parse.tokens[first.head].sentence][0]
    full = first.kind == "name" and len(first.name) > 1 and one.actor_id is None
    return full and first.first == begin and first.subject and not first.words and not first.offices


def _nobody(reading: Reading, mention: Mention, epithet: bool) -> dict[str, float]:
    """Signs that the report names nobody who is meant."""
    kind = _kind(mention, epithet)
    tokens = reading.parse.tokens
    if mention.definite:
        found = {"nobody": 1.0, f"nobody, the {kind}": 1.0}
    else:
        found = {"nobody": 1.0, "nobody, indefinite": 1.0, f"nobody, any {kind}": 1.0}
        if tokens[mention.first].tag not in ("DT", "CD") and tokens[mention.first].lower != "another":
            found["nobody, no article"] = 1.0  # so headings speak of those whom the report names
    if tokens[mention.head].sentence < _LEAD:
        found["nobody, in the lead"] = 1.0
    told = mention.words - place_words(reading, mention) - ({"first"} if "lady" in mention.words else set())
    if told & _NOBODY_YET:
        found["nobody, another"] = 1.0
    if owned_by_name(reading, mention):
        found["nobody, owned by a name"] = 1.0
    if mention.head not in reading.speakers:
        found["nobody, says nothing"] = 1.0
    return found
