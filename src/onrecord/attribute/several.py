"""Several: who "both men", "the three candidates" and "his aides" are together."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribute.biographies import biography
from onrecord.attribute.clauses import child
from onrecord.attribute.fitting import PARTY_WORDS, contradicts, stands
from onrecord.attribute.mention import Mention
from onrecord.attribute.pairs import pair, together, two_in_mind
from onrecord.attribute.reading import One, Reading
from onrecord.lexicon.speakers import load_person_words

_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "neither": 2, "either": 2, "each": 2}
_OF_TWO = frozenset(word for word, count in _COUNTS.items() if count == 2)
_STANDING = frozenset("candidate contender nominee hopeful front-runner".split())
_RIVALS = frozenset("candidate rival contender nominee hopeful opponent front-runner side".split())
_OTHERS = frozenset(("relative",))
_ANYBODY = frozenset(("people", "person"))
_REACH = 4  # sentences
_LEAD = 4  # sentences at the start in which those meant may be named later
_AHEAD = 8  # sentences in which they are named then


def find_several(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The persons named together last: "the two senators"; else, where they are counted, those named last.

    The latter stand for all of them with the name of the first.
    """
    tokens = reading.parse.tokens
    lemma = tokens[mention.head].lemma
    counted = any(tokens[i].lower in _COUNTS for i in range(mention.first, mention.head))
    persons = mention.sort == "group" or lemma in load_person_words() or (counted and lemma in _RIVALS)
    if child(reading.parse, mention.head, "poss") is not None:
        return None  # "the mayor's friends" are others
    opened = tokens[mention.first].lower in ("the", "those", "these", "both", "neither", "either", "each")
    if not persons or not opened or len(mention.words) > (5 if counted or lemma in _RIVALS else 3):
        return None
    if not counted and (mention.offices & _OTHERS or lemma in _ANYBODY or _is_named(reading, mention)):
        return None
    two = _identified(reading, mention) or pair(reading, mention, _REACH)
    if two is not None and lemma in _STANDING and _stand_besides(reading, mention, two):
        two = None
    of_two = any(tokens[i].lower in _OF_TWO for i in range(mention.first, mention.head))
    if two is None and of_two and "candidate" not in mention.offices:
        two = two_in_mind(reading, mention)
    if two is not None:
        two.of_two = of_two
        return two, 0.5
    if not counted and lemma not in _RIVALS:
        return None
    last = _standing(reading, mention) if lemma in _STANDING else _last(reading, mention)
    if len(last) < 2 and lemma in _STANDING:
        last = _all_standing(reading, mention)
    if len(last) < 2:
        return None
    return One(mentions=[replace(last[0].fullest, plural=True)], sort="group", plural=True, of_two=of_two), 0.4


def _identified(reading: Reading, mention: Mention) -> One | None:
    """The two whom the sentence says they are: "The reporters who came are Karim Saleh and Leila Haddad"."""
    tokens = reading.parse.tokens
    verb = tokens[tokens[mention.head].head]
    named = child(reading.parse, verb.index, "attr") if mention.subject and verb.lemma == "be" else None
    first = reading.of.get(named) if named is not None else None
    if named is None or first is None or first.sort != "person" or first.fullest.kind != "name":
        return None
    other = next(
        (reading.of[c] for c in reading.parse.children[named] if tokens[c].dep == "conj" and c in reading.of), None
    )
    if other is None or other.fullest.kind != "name":
        return None
    here = next(m for m in first.mentions if m.head == named)
    return together(here, next((m for m in other.mentions if m.head > named), None), reading)


def _is_named(reading: Reading, mention: Mention) -> bool:
    """Whether people of no office are told apart by a name: "the Harma attendees" are not two persons named before."""
    words = (reading.parse.tokens[i] for i in range(mention.first, mention.head))
    return mention.sort == "thing" and any(word.pos == "PROPN" for word in words)


def _stand_besides(reading: Reading, mention: Mention, two: One) -> bool:
    """Whether of two persons named together neither stands for election, and two others in mind do."""
    within = {
        id(reading.of[m.head]) for m in reading.seen if m.kind == "name" and two.mentions[0].span.contains(m.span)
    }
    standing = [one for one in reading.recent(mention) if one.sort == "person" and stands(reading, one)]
    return len(standing) > 1 and not any(id(one) in within for one in standing)


def _last(reading: Reading, mention: Mention) -> list[One]:
    """The persons in mind whom a description does not contradict, the last named first."""
    last = [one for one in reading.recent(mention) if one.sort == "person" and one.fullest.kind == "name"]
    return [one for one in last if not contradicts(reading, mention, one)]


def _all_standing(reading: Reading, mention: Mention) -> list[One]:
    """All whom the report names anywhere that stand for election, where a party or their number tells them."""
    counts = (_COUNTS.get(reading.parse.tokens[i].lower, 0) for i in range(mention.first, mention.head))
    wanted = max(counts, default=0)
    found = []
    for one in reading.persons:
        runs = stands(reading, one) or "candidate" in biography(one.actor_id, reading.day).offices
        if one.sort == "person" and one.fullest.kind == "name" and runs and not contradicts(reading, mention, one):
            found.append(one)
    found.sort(key=lambda one: -len(one.mentions))
    return found if (len(found) == wanted if wanted else bool(mention.words & PARTY_WORDS)) else []


def _standing(reading: Reading, mention: Mention) -> list[One]:
    """Persons who stand for election and whom a description does not contradict, the most often named first."""
    here = reading.parse.tokens[mention.head].sentence
    found: list[tuple[int, int, One]] = []
    for i, one in enumerate(reading.persons):
        ahead = reading.parse.tokens[one.mentions[0].head].sentence - here
        if one.sort != "person" or one.fullest.kind != "name" or one.plural or ahead > (_AHEAD if here < _LEAD else 0):
            continue
        life = biography(one.actor_id, reading.day)
        runs = stands(reading, one) or "candidate" in life.offices | life.past_offices
        if runs and not contradicts(reading, mention, one):
            found.append((-len(one.mentions), i, one))
    return [one for _, _, one in sorted(found, key=lambda f: f[:2])]
