"""Bodies: which organisation, newspaper, court or place "the group", "his party" and "the town" stand for, or none.

A choice among the bodies and places of a report by named signs, as for persons (``holders``).
"""

from __future__ import annotations

import math
from bisect import bisect_left

from onrecord.attribute.body_kinds import is_bare, is_named_alike, is_of_name, kind_fit, own_body, takes_article
from onrecord.attribute.fitting import noun_of
from onrecord.attribute.mention import Mention
from onrecord.attribute.reading import One, Reading
from onrecord.attribute.salience import signs, weigh
from onrecord.lexicon.speakers import load_body_words, load_speaker_weights

Option = tuple[One | None, dict[str, float]]
_LEAD = 4  # sentences at the start, heading included, in which a description often comes before the name
_AHEAD = 8  # sentences in which the name behind a description may follow
_NEXT, _NAME = 2, 4  # sentences behind a description in which the body speaks by name; words of a name
_REACH = 6  # sentences over which a noun for any body looks back
_INWARD = frozenset("in at near to into from across outside inside around".split())
_TOWNS = frozenset("city town village borough suburb metropolis district county province".split())
_COUNTRIES = frozenset("country nation kingdom".split())
_CODE = 3  # letters of a country's code
_LEAST = -4.0  # salience of something long out of mind


def find_body(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The body or place that a description stands for, with the score of the tie; None where none is likeliest."""
    weights = load_speaker_weights("body")
    ranked = [(weigh(found, weights), one) for one, found in options(reading, mention)]
    best, one = max(ranked, key=lambda r: r[0])
    if one is None:
        return None
    share = 1 / sum(math.exp(score - best) for score, _ in ranked)
    return one, max(0.3, min(0.95, share))


def options(reading: Reading, mention: Mention) -> list[Option]:
    """Bodies and places that can be meant by a description, with signs; last none (None) with its signs."""
    lemma = noun_of(reading, mention)
    owned = own_body(reading, mention) if mention.definite else None
    open_to_all = takes_article(reading, mention) or not mention.definite
    found: list[Option] = []
    alike = reading.offices.get("survey", ()) if "survey" in mention.offices else reading.nouns.get(lemma, ())
    told = owned is not None or _is_told_of(reading, lemma) or bool(alike)
    pool = [*reading.named, *alike] if told else []
    for one in [*pool, owned] if owned is not None and owned not in pool else pool:
        if one.sort == "person" or (one.plural and one.sort != "group"):
            continue
        if _is_of_another(mention, one):
            continue  # "the Boko Haram network" is not al-Qaeda
        sign = _fits(reading, mention, one, lemma) if open_to_all else None
        if one is owned:
            sign = {**(sign or {}), "owned by the one meant": 1.0}
        if sign is not None and _place(reading, mention, one, sign):
            found.append((one, sign))
    found.append((None, _none(reading, mention, lemma)))
    return found


def _is_told_of(reading: Reading, lemma: str) -> bool:
    """Whether anything in a report can be called by a noun: it names a kind, or names or earlier words hold it."""
    known = load_body_words()
    if lemma in known.named or lemma in known.generic or lemma in known.places:
        return True
    return lemma in reading.name_parts or lemma in reading.nouns or any(lemma in one.words for one in reading.named)


def _fits(reading: Reading, mention: Mention, one: One, lemma: str) -> dict[str, float] | None:
    """Signs of how well a body fits the words; None where it does not."""
    found: dict[str, float] = {}
    if one.fullest.kind != "name":
        tokens = reading.parse.tokens
        first = one.mentions[0]
        alike = tokens[first.head].lemma == lemma or "survey" in first.offices & mention.offices  # a poll is a survey
        if first.head >= mention.head or not alike or (first.definite and not is_of_name(reading, first)):
            return None
        found["without a name, same word"] = 1.0
        if any(tokens[i].pos == "PROPN" for i in range(first.first, first.head)):
            found["same word behind a name"] = 1.0  # "a CBS poll" for "the poll"
        return found
    if is_named_alike(reading, mention, one):
        found["named alike"] = 1.0
    speaks = one.sort in ("place", None) and one.actor_id is None and speaks_as_body(reading, one)
    kind = kind_fit(one, lemma, mention.words - {lemma}, speaks)
    if lemma in load_body_words().places and one.sort == "place" and not _is_of_another_size(one, lemma):
        found["a place for a place"] = 1.0
    elif kind is not None and not (one.sort in (None, "place") and kind < 0.8 and not speaks):
        found["kind"] = kind
    if found and one.sort == "group" and one.mentions[0].plural:
        found["a people"] = 1.0
    return found or None


def _is_of_another(mention: Mention, one: One) -> bool:
    """Whether a description holds the name of another armed group or party than the body is."""
    own = None if mention.actor is None else mention.actor.group
    other = None if one.actor is None else one.actor.group
    return own is not None and other is not None and own != other


def _is_of_another_size(one: One, lemma: str) -> bool:
    """Whether a country is called a town, or a place known to be none a country."""
    if one.actor_id is None:
        return False
    country = len(one.actor_id) == _CODE and one.actor_id.isupper()
    return lemma in (_TOWNS if country else _COUNTRIES)


def speaks_as_body(reading: Reading, one: One) -> bool:
    """Whether a name says something and is never where something happens."""
    tokens = reading.parse.tokens
    if any(m.first and tokens[m.first - 1].lower in _INWARD for m in one.mentions):
        return False
    return any(m.head in reading.telling for m in one.mentions)


def _place(reading: Reading, mention: Mention, one: One, found: dict[str, float]) -> bool:
    """Adds the signs of where a body stands; false where it is out of reach."""
    at = bisect_left(one.mentions, mention.head, key=lambda m: m.head)
    here = reading.parse.tokens[mention.head].sentence
    if at == 0:
        far = reading.parse.tokens[one.mentions[0].head].sentence - here
        if far > _AHEAD or one.mentions[0].head <= mention.last:
            return False
        found["ahead"] = 1.0
        found["ahead, sentences"] = math.log1p(max(0, far))
        if here < _LEAD:
            found["ahead in the lead"] = 1.0
        if _speaks_first(reading, mention) is one:
            found["ahead, speaks first"] = 1.0
        if _speaks_next(reading, mention) is one:
            found["ahead, speaks next"] = 1.0
        if noun_of(reading, mention) in one.parts:
            found["ahead, so named"] = 1.0  # "a super PAC" for "Northern Light PAC"
        return True
    salient = signs(reading, mention, one)
    if salient is None:
        return False
    salient = {sign: value for sign, value in salient.items() if not sign.endswith(" unknown")}  # of persons
    found["in mind"] = max(_LEAST, weigh(salient, load_speaker_weights("personal")))
    for sign in ("spoke last", "mentions", "sentences", "modifier", "subject"):
        if sign in salient:
            found[sign] = salient[sign]
    if here - reading.parse.tokens[one.mentions[at - 1].head].sentence > _REACH and found.get("kind", 1.0) < 0.8:
        found["out of mind"] = 1.0
    if not mention.definite:
        found["named before, indefinite"] = 1.0
    return True


def _speaks_first(reading: Reading, mention: Mention) -> One | None:
    """The first body named behind a description that says something and was not named before it."""
    for head in reading.sources[bisect_left(reading.sources, mention.last + 1) :]:
        one = reading.of.get(head)
        if one is not None and one.sort == "body" and one.mentions[0].head > mention.last:
            return one
    return None


def _speaks_next(reading: Reading, mention: Mention) -> One | None:
    """The body first named where it has the word next after a description that says something.

    "A climate group wants new rules. Northern Light said on Monday ..."
    """
    at = bisect_left(reading.sources, mention.last + 1)
    if mention.head not in reading.speakers or at == len(reading.sources):
        return None
    one = reading.of.get(reading.sources[at])
    if one is None or one.sort != "body" or one.mentions[0].head < reading.sources[at] - _NAME:
        return None
    tokens = reading.parse.tokens
    return one if tokens[reading.sources[at]].sentence - tokens[mention.head].sentence <= _NEXT else None


def _none(reading: Reading, mention: Mention, lemma: str) -> dict[str, float]:
    """Signs that the report names nothing that is meant."""
    words = load_body_words()
    kind = "place" if lemma in words.places else "kind" if lemma in words.named else "other"
    found = {"none": 1.0, f"none, {'generic' if lemma in words.generic else kind}": 1.0}
    if not mention.definite:
        found["none, indefinite"] = 1.0
    if not is_bare(mention):
        found["none, narrowed"] = 1.0
    if is_of_name(reading, mention):
        found["none, told by a name"] = 1.0
    if reading.parse.tokens[mention.head].dep == "compound":
        found["none, part of another noun"] = 1.0
    return found
