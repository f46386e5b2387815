"""Binding: whom grammar keeps a pronoun from standing for, and whose thing it is told of.

Nobody is "him" in a clause that has him as its subject, also where that subject stands in a clause before ("Karim rose
and thanked him") or is several together ("Karim and Samir praised him", "they thanked him"). Within what is told of
one's own, "his" and "he" are the owner's: "Karim's speech after his visit", "one of Karim's faults is his refusal".
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.attribute.clauses import child
from onrecord.attribute.mention import Mention
from onrecord.attribute.reading import One, Reading

_SUBJECTS = ("nsubj", "nsubjpass")
_OBJECTS = ("dobj", "dative")
_TIMES = frozenset(("when", "where", "after", "before", "while", "since"))


def disjoint(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether *one* is, alone or with others, the subject of the clause in which *mention* is an object."""
    for subject in _subjects(reading, mention):
        several = reading.of.get(subject)
        if several is one:
            return True
        if several is None or not several.of_two:
            continue
        names = several.mentions[0].span
        if any(names.contains(m.span) for m in one.mentions if m.kind == "name"):
            return True
    return False


def _subjects(reading: Reading, mention: Mention) -> Iterator[int]:
    """Heads of the subject of the verb that a pronoun is the object of, and of those joined to it."""
    parse = reading.parse
    token = parse.tokens[mention.head]
    verb = token.head
    if token.dep == "pobj" and parse.tokens[verb].dep == "prep":
        verb = parse.tokens[verb].head
    elif token.dep not in _OBJECTS:
        return
    if token.lower.endswith("self") or parse.tokens[verb].pos != "VERB":
        return
    subject = _subject_of(reading, verb)
    if subject is not None:
        yield subject
        yield from (c for c in parse.children[subject] if parse.tokens[c].dep == "conj")


def _subject_of(reading: Reading, verb: int) -> int | None:
    """Head of the subject of a verb, its own or that of the verb it is joined to by "and" or "to"."""
    parse = reading.parse
    while True:
        subject = child(parse, verb, *_SUBJECTS)
        over = parse.tokens[verb].head
        joined = parse.tokens[verb].dep in ("conj", "xcomp") and parse.tokens[over].pos == "VERB"
        if subject is not None or not joined or over == verb:
            return subject
        if parse.tokens[verb].dep == "xcomp" and child(parse, over, *_OBJECTS) is not None:
            return None  # "Karim asked Samir to help him"
        verb = over


def owner_near(reading: Reading, mention: Mention) -> One | None:
    """The person who owns what a pronoun is told of; None where no such owner fits."""
    parse = reading.parse
    token = parse.tokens[mention.head]
    if token.dep == "poss":
        owned = _over_noun(reading, token.head) or _predicated(reading, token.head)
    elif token.dep in _SUBJECTS:
        owned = _told_when(reading, token.head)
    else:
        return None
    if owned is None:
        return None
    owner = child(parse, owned, "poss")
    one = reading.of.get(owner) if owner is not None else None
    if one is None or one.sort != "person" or one.plural or owner == mention.head:
        return None
    return None if one.gender not in (None, mention.gender) else one


def _over_noun(reading: Reading, noun: int) -> int | None:
    """The owned noun on which *noun* hangs by a preposition: "speech" for "visit" in "Karim's speech after his visit".

    None where somebody else is named between the two ("Karim's talk with Samir about his plan").
    """
    parse = reading.parse
    below = noun
    while True:
        prep = parse.tokens[below].head
        if parse.tokens[below].dep != "pobj" or parse.tokens[prep].dep != "prep":
            return None
        over = parse.tokens[prep].head
        if parse.tokens[over].pos not in ("NOUN", "PROPN"):
            return None
        if any(_is_person(reading, i) for i in range(over + 1, noun)):
            return None
        if child(parse, over, "poss") is not None:
            return over
        below = over


def _predicated(reading: Reading, noun: int) -> int | None:
    """The owned subject of which *noun* is the predicate: "fault" in "Karim's fault is his pride"."""
    parse = reading.parse
    verb = parse.tokens[noun].head
    if parse.tokens[noun].dep != "attr" or parse.tokens[verb].lemma != "be":
        return None
    subject = child(parse, verb, "nsubj")
    if subject is None or child(parse, subject, "poss") is not None:
        return subject
    of = child(parse, subject, "prep")
    among = child(parse, of, "pobj") if of is not None and parse.tokens[of].lower == "of" else None
    return among if among is not None and child(parse, among, "poss") is not None else None


def _told_when(reading: Reading, verb: int) -> int | None:
    """The owned noun that a clause of time or place hangs on: "Karim's talk in Harma, where he refused"."""
    parse = reading.parse
    token = parse.tokens[verb]
    if token.dep not in ("relcl", "advcl", "acl") or not _opened(reading, verb):
        return None
    over = token.head
    while parse.tokens[over].pos in ("NOUN", "PROPN"):
        if child(parse, over, "poss") is not None:
            return over if not any(_is_person(reading, i) for i in range(over + 1, token.left)) else None
        prep = parse.tokens[over].head
        if parse.tokens[over].dep not in ("pobj", "npadvmod") or parse.tokens[prep].dep != "prep":
            return None
        over = parse.tokens[prep].head
    return None


def _opened(reading: Reading, verb: int) -> bool:
    """Whether a clause is opened by a word of time or place."""
    parse = reading.parse
    return any(
        parse.tokens[c].lower in _TIMES for c in parse.children[verb] if parse.tokens[c].dep in ("advmod", "mark")
    )


def _is_person(reading: Reading, index: int) -> bool:
    one = reading.of.get(index)
    return one is not None and one.sort == "person"
