"""Names as mentions: their sort, titles, gender and what stands in apposition to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.attribute.clauses import Range, child, is_subject
from onrecord.attribute.mention import (
    FEMALE,
    MALE,
    SHORT_TITLES,
    TITLES,
    Mention,
    Sort,
    core,
    gender_of,
    name_parts,
    offices_of,
)
from onrecord.lexicon.cues import CueLexicon, load_given_names, load_name_genders
from onrecord.lexicon.speakers import load_person_words
from onrecord.model import Actor, Parse

_BODY_WORDS = frozenset(
    "foundation plaza party university institute committee association news post times journal pac inc corp company"
    " group center centre hotel tower act convention debate administration campaign museum church league council court"
    " college school network press union fund bank hospital department agency bureau commission ministry army force"
    " forces club society federation organization organisation state states county street house senate congress"
    " parliament front movement brigade service services office board project initiative magazine"
    " herald tribune".split()
)
_INWARD = frozenset("in at near to into across outside inside around".split())  # before places, not before persons
_SEAT = re.compile(r",? ?\(?(?P<party>[DRI])(?P<state>[-–][A-Z][A-Za-z.]+)?(?=[ ,).])")  # "(D-Nev.)", ", R-Fla.,"
_SEATS = {"D": "democratic", "R": "republican", "I": "independent"}
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_COMPOUND = re.compile(
    r"^(?:pro|anti|non|ex|mid|pre|post)-|-(?:led|backed|held|based|born|run|supported|controlled|aligned|allied)$", re.I
)
LABELS: dict[str, Sort] = {
    "PERSON": "person",
    "ORG": "body",
    "GPE": "place",
    "NORP": "group",
    "LOC": "place",
}
_MISTAKEN = frozenset(("PRODUCT", "WORK_OF_ART", "FAC", "EVENT", "LAW"))


def labels_of(parse: Parse, by_token: dict[int, Actor]) -> list[str | None]:
    """What the parser calls each name of `LABELS`; where it calls it a product or a work, what the registry or the
    same name elsewhere in the report says, None without either."""
    told = {_text(parse, e.first, e.last): e.label for e in reversed(parse.entities) if e.label in ("PERSON", "ORG")}
    found: list[str | None] = []
    for entity in parse.entities:
        label: str | None = entity.label
        if label not in LABELS:
            actor = by_token.get(entity.last)
            known = actor.actor_id or "" if actor is not None else ""
            kind = "PERSON" if known.startswith("per.") else "ORG" if "." in known else None
            label = kind or told.get(_text(parse, entity.first, entity.last))
            label = None if entity.label not in _MISTAKEN else label
        found.append(label)
    return found


def _text(parse: Parse, first: int, last: int) -> str:
    return parse.span(first, last).of(parse.text).removeprefix("the ").removeprefix("The ")


def name(parse: Parse, lexicon: CueLexicon, number: int, by_token: dict[int, Actor], label: str) -> Mention | None:
    """The mention of the name at *number* of the parser's names, taken to be what *label* says."""
    entity = parse.entities[number]
    tokens = parse.tokens
    first, last = entity.first, entity.last
    while last > first and (tokens[last].lower in _POSSESSIVE or tokens[last].pos == "PUNCT"):
        last -= 1
    for i in range(last - 1, first, -1):  # "Karim’s FIA" is the FIA
        if tokens[i].lower in _POSSESSIVE:
            first = i + 1
            break
    while first < last and (tokens[first].lower in TITLES or _is_trade(parse, lexicon, first, last)):
        first += 1
    head = last
    for i in range(first, last + 1):
        if not first <= tokens[i].head <= last or tokens[i].head == i:
            head = i
            break
    actor = by_token.get(head)
    titles = _titles(parse, first)
    inside = [tokens[i].lower for i in range(first, last + 1)]
    text = parse.span(first, last).of(parse.text)
    parts = name_parts(text)
    if not parts or _COMPOUND.search(text) or (not _is_known(actor) and _is_common(parse, first, last)):
        return None
    sort: Sort | None = _sort_of(LABELS[label], titles, inside, parts, actor)
    if sort in ("place", "body") and len(parts) > 1 and not _is_known(actor):
        inward = tokens[first - 1].lower in _INWARD if first else False
        sort = "person" if not inward and _is_person(parse, lexicon, child(parse, head, "appos")) else sort
    if text.isupper() and len(parts) > 1 and sort == "person":
        sort = None  # a heading in capitals
    return _named(parse, lexicon, (first, last), head, sort, titles, parts, actor)


def _is_trade(parse: Parse, lexicon: CueLexicon, first: int, last: int) -> bool:
    """Whether a name begins with what the person is: "Founder Beverly Bond", "Actress Amandla Stenberg"."""
    word, given = parse.tokens[first].lower, parse.tokens[first + 1].lower
    role = lexicon.roles.get(word)
    person = word in load_person_words() or (role is not None and role.kind == "person")
    return person and last - first >= 2 and given in load_given_names() and word not in load_given_names()


def _is_of_other_gender(actor: Actor, words: Sequence[str]) -> bool:
    """Whether a title such as "Mr." or "Mrs." is not for the person whom the registry sees in a name."""
    if not actor.name or not (actor.actor_id or "").startswith("per."):
        return False
    known = load_name_genders().get(actor.name.lower().split()[0])
    told = "m" if any(w in MALE for w in words) else "f" if any(w in FEMALE for w in words) else known
    return known is not None and told != known


def _is_known(actor: Actor | None) -> bool:
    return actor is not None and actor.actor_id is not None


def _is_person(parse: Parse, lexicon: CueLexicon, index: int | None) -> bool:
    """Whether a noun means one person: "Harlan Ford, a developer"."""
    if index is None or parse.tokens[index].tag != "NN":
        return False
    role = lexicon.roles.get(parse.tokens[index].lemma)
    return role.kind == "person" if role is not None else parse.tokens[index].lemma in load_person_words()


def _is_common(parse: Parse, first: int, last: int) -> bool:
    """Whether a name is but the capital at the start of a sentence: "Weeds cover the lawn"."""
    token = parse.tokens[first]
    if last > first or parse.sentences[token.sentence][0] != first or token.pos == "PROPN":
        return False
    return token.text[1:].islower() and token.tag in ("NN", "NNS", "JJ", "VBG", "VBN", "RB")


def _titles(parse: Parse, first: int) -> list[str]:
    """Words right before a name that may be its titles, in lower case."""
    tokens = parse.tokens
    start = first
    while start > max(0, first - 6) and tokens[start - 1].sentence == tokens[first].sentence:
        before = tokens[start - 1]
        if before.pos not in ("NOUN", "PROPN", "ADJ") and before.lower.rstrip(".") not in SHORT_TITLES:
            break
        start -= 1
    return [tokens[i].lower for i in range(start, first)]


def _sort_of(
    sort: Sort, titles: Sequence[str], inside: Sequence[str], parts: tuple[str, ...], actor: Actor | None
) -> Sort:
    """What a name is: the registry and its own words outweigh the label that the parser gave it."""
    if inside[-1] in _BODY_WORDS and len(inside) > 1:
        return "place" if sort == "place" else "body"
    if sort == "group" and not any(w in MALE or w in FEMALE for w in inside):
        return sort
    if any(w in MALE or w in FEMALE for w in (*titles, *inside)):
        return "person"
    if actor is not None and actor.actor_id is not None:
        if actor.actor_id.startswith("per."):
            return "person"
        if sort == "person" and (len(parts) == 1 or "." in actor.actor_id[:5]):
            return "body" if len(parts) == 1 else sort
        return sort
    given = len(parts) in (2, 3) and parts[0] in load_given_names() and inside[0] != "the"
    return "person" if given and sort != "place" else sort


def known_name(parse: Parse, lexicon: CueLexicon, index: int, actor: Actor) -> Mention | None:
    """A name of two words or more that the registry knows as a person's and the parser for no name of one."""
    inside = parse.tokens_in(actor.span) if actor.span is not None else range(0)
    while inside and parse.tokens[inside[0]].lower in TITLES:
        inside = inside[1:]
    if len(inside) < 2 or inside[-1] != index or not all(parse.tokens[i].text[0].isupper() for i in inside):
        return None
    part, parts = (inside[0], index), name_parts(parse.span(inside[0], index).of(parse.text))
    return _named(parse, lexicon, part, index, "person", _titles(parse, inside[0]), parts, actor) if parts else None


def plain_name(parse: Parse, lexicon: CueLexicon, index: int, by_token: dict[int, Actor]) -> Mention:
    """A proper noun that the parser's names do not hold: of a sort that nobody knows."""
    tokens = parse.tokens
    first = index
    while first > tokens[index].left and tokens[first - 1].pos == "PROPN" and not tokens[first - 1].entity:
        first -= 1
    while first < index and tokens[first].lower in TITLES:
        first += 1
    actor = by_token.get(index)
    parts = name_parts(parse.span(first, index).of(parse.text)) or (tokens[index].lower,)
    sort: Sort | None = None
    if actor is not None and actor.actor_id is not None:
        sort = "person" if actor.actor_id.startswith("per.") else "body"
    titles = _titles(parse, first)
    if any(w in MALE or w in FEMALE for w in titles):
        sort = "person"
    return _named(parse, lexicon, (first, index), index, sort, titles, parts, actor)


def _apposed(parse: Parse, index: int) -> list[str]:
    """The noun in apposition to a name and the words of its phrase, up to a clause or a comma."""
    tokens = parse.tokens
    last = tokens[index].right
    for i in range(index + 1, last + 1):
        if tokens[i].dep in ("relcl", "acl", "punct") and tokens[i].text != "-":
            last = i - 1
            break
    return [tokens[index].lemma, *(tokens[i].lower for i in range(tokens[index].left, last + 1))]


def _named(
    parse: Parse,
    lexicon: CueLexicon,
    part: Range,
    head: int,
    sort: Sort | None,
    titles: Sequence[str],
    parts: tuple[str, ...],
    actor: Actor | None,
) -> Mention:
    tokens = parse.tokens
    appositive = child(parse, head, "appos")
    described = _apposed(parse, appositive) if appositive is not None else []
    up = tokens[tokens[head].head]
    if tokens[head].dep == "appos" and up.pos == "NOUN":
        described += [up.lemma, *(tokens[i].lower for i in range(up.left, part[0]))]
    if tokens[head].dep == "nsubj" and up.lemma == "be":
        predicate = child(parse, up.index, "attr")
        if predicate is not None and tokens[predicate].pos == "NOUN":
            described += [tokens[i].lower for i in range(tokens[predicate].left, predicate + 1)]
    titles = [SHORT_TITLES.get(t.rstrip("."), t) for t in titles]
    inside = [tokens[i].lower for i in range(part[0], part[1] + 1)]
    titles = [*titles, *(SHORT_TITLES[w.rstrip(".")] for w in inside[:-1] if w.rstrip(".") in SHORT_TITLES)]
    seat = _SEAT.match(parse.text, parse.span(*part).end) if sort in ("person", None) and len(parts) > 1 else None
    if seat is not None:
        described = [*described, _SEATS[seat["party"]], *(["lawmaker"] if seat["state"] else [])]
    if actor is not None and _is_of_other_gender(actor, (*titles, *inside)):
        actor = None  # "Mr. Clinton" is not the best known Clinton
    offices = offices_of(lexicon, [*titles, *described, *(w for w in inside[:-1] if w in TITLES)])
    gender = None
    sure = any(w in MALE or w in FEMALE for w in (*titles, *inside)) or (
        actor is not None and actor.actor_id is not None and (len(core(parts)) > 1 or bool(offices))
    )
    if any(w in MALE for w in (*titles, *inside)):
        gender = "m"
    elif any(w in FEMALE for w in (*titles, *inside)):
        gender = "f"
    elif sort in ("person", None) and len(core(parts)) > 1:
        gender = (load_name_genders() if sort == "person" else load_given_names()).get(parts[0])
    if gender is None and actor is not None and actor.name and (actor.actor_id or "").startswith("per."):
        gender = load_name_genders().get(actor.name.lower().split()[0])
    if gender is None and offices:
        gender = gender_of([*titles, *described])
    return Mention(
        head=head,
        first=part[0],
        last=part[1],
        span=parse.span(*part),
        kind="name",
        sort=sort,
        gender=gender if sort in ("person", None) else None,
        sure=sure,
        plural=sort == "group",
        definite=True,
        subject=is_subject(parse, head),
        offices=offices,
        words=frozenset((*titles, *described)),
        name=parts,
        actor=actor,
    )
