"""Several: who "both men", "the three candidates" and "his aides" are together."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribute.biographies import biography
from onrecord.attribute.clauses import child
from onrecord.attribute.fitting import contradicts
from onrecord.attribute.mention import Mention
from onrecord.attribute.pronouns import pair
from onrecord.attribute.reading import One, Reading
from onrecord.lexicon.speakers import load_person_words

_COUNTS = frozenset("both two three four five".split())
_RIVALS = frozenset("candidate rival contender nominee hopeful opponent front-runner side".split())
_REACH = 4  # sentences


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
    opened = tokens[mention.first].lower in ("the", "those", "these", "both")
    if not persons or not opened or len(mention.words) > (5 if counted or lemma in _RIVALS else 3):
        return None
    two = pair(reading, mention, _REACH)
    if two is not None:
        return two, 0.5
    if not counted and lemma not in _RIVALS:
        return None
    last = [one for one in reading.recent(mention) if one.sort == "person" and one.fullest.kind == "name"]
    last = [one for one in last if not contradicts(reading, mention, one)]
    if "candidate" in mention.offices:
        last = [one for one in last if "candidate" in one.offices | biography(one.actor_id, reading.day).offices]
    if len(last) < 2:
        return None
    return One(mentions=[replace(last[0].fullest, plural=True)], sort="group", plural=True), 0.4
