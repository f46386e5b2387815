"""Mentions: the names, descriptions and pronouns of a report that may stand for one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.attribute.clauses import Range, child
from onrecord.lexicon.cues import CueLexicon, load_given_names, load_name_genders
from onrecord.model import Actor, Parse, Span

Sort = Literal["person", "group", "body", "place", "thing"]
Kind = Literal["name", "noun", "pronoun"]

MALE, FEMALE = (
    frozenset(("mr", "mr.", "sir", "lord", "king", "prince", "sheikh", "imam", "father", "brother")),
    frozenset(("mrs", "mrs.", "ms", "ms.", "miss", "madam", "lady", "queen", "princess", "mother", "sister")),
)
_MALE_NOUNS = frozenset(
    "boy nephew grandfather gentleman monk man father brother son husband uncle congressman spokesman chairman"
    " businessman king".split()
)
_FEMALE_NOUNS = frozenset(
    "actress heiress heroine waitress hostess girl grandmother niece nun woman mother sister daughter wife aunt widow"
    " congresswoman spokeswoman chairwoman businesswoman queen".split()
)
_TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady prof prof. gen gen. col col. lt lt. maj maj. capt capt. sgt sgt."
    " adm adm. brig brig. sen sen. rep rep. gov gov. rev rev. st st. president minister senator representative"
    " governor general colonel major captain lieutenant secretary judge justice sheikh imam ayatollah king prince"
    " queen pope ambassador mayor sheriff chancellor premier prime vice former".split()
)
_PRONOUNS: dict[str, tuple[str, bool]] = {}
for _words, _sort, _plural in (
    ("he him his himself", "m", False),
    ("she her hers herself", "f", False),
    ("it its itself", "n", False),
    ("they them their theirs themselves", "p", True),
    ("i me my mine myself", "1", False),
    ("we us our ours ourselves", "1", True),
):
    for _word in _words.split():
        _PRONOUNS[_word] = (_sort, _plural)
_PLACES = ("nsubj", "nsubjpass", "dobj", "pobj", "dative")
_RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))
_SHORT_TITLES = {
    "sen": "senator",
    "rep": "congressman",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "maj": "major",
    "capt": "captain",
    "sgt": "sergeant",
    "adm": "admiral",
    "prof": "professor",
    "dr": "doctor",
    "rev": "priest",
    "congresswoman": "congressman",
    "spokeswoman": "spokesman",
    "chairwoman": "chairman",
}
_BODY_WORDS = frozenset(
    "foundation plaza party university institute committee association news post times journal pac inc corp company"
    " group center centre hotel tower act convention debate administration campaign museum church league council court"
    " college school network press union fund bank hospital department agency bureau commission ministry army force"
    " forces club society federation organization organisation state states county street house senate congress"
    " parliament front movement brigade service services office board project initiative magazine"
    " herald tribune".split()
)
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]{2,})?")
_COMPOUND = re.compile(
    r"^(?:pro|anti|non|ex|mid|pre|post)-|-(?:led|backed|held|based|born|run|supported|controlled|aligned|allied)$", re.I
)
_PARTICLES = frozenset(
    ("al", "el", "the", "de", "of", "and", "bin", "ibn", "von", "van", "jr", "sr", "ii", "iii", "iv")
)
_LABELS: dict[str, Sort] = {
    "PERSON": "person",
    "ORG": "body",
    "GPE": "place",
    "NORP": "group",
    "LOC": "place",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention; ``first`` to ``last`` are its tokens without relative clause and apposition.

    ``gender`` is "m", "f", for pronouns also "n" (it), "p" (they), "1" (I, we), "2" (both, the two)
    and "r" (who, which, that).
    ``words`` are the words that describe it (title, modifiers, apposition) in lower case, ``name`` the parts
    of a name; ``actor`` is what the registry knows of it. ``sure`` is false where a given name alone tells the gender.
    """

    head: int
    first: int
    last: int
    span: Span
    kind: Kind
    sort: Sort | None
    gender: str | None
    plural: bool
    definite: bool
    subject: bool
    offices: frozenset[str]
    words: frozenset[str]
    name: tuple[str, ...] = ()
    actor: Actor | None = None
    sure: bool = False

    @property
    def actor_id(self) -> str | None:
        return self.actor.actor_id if self.actor is not None else None


def find_mentions(parse: Parse, lexicon: CueLexicon, actors: Sequence[Actor]) -> tuple[Mention, ...]:
    """Mentions of *parse* in text order, one a head word at most."""
    by_token = _actors_by_head(parse, actors)
    found: list[Mention] = []
    taken: set[int] = set()
    for number, entity in enumerate(parse.entities):
        if entity.label in _LABELS:
            mention = _name(parse, lexicon, number, by_token)
            if mention is not None and mention.head not in taken:
                taken.update(range(entity.first, entity.last + 1))
                found.append(mention)
    surnames = {parse.tokens[m.last].text for m in found if m.sort == "person" and len(m.name) > 1}
    surnames = {name for name in surnames if name[0].isupper() and len(name) > 2}
    for token in parse.tokens:
        if token.index in taken:
            continue
        if token.lower in _PRONOUNS and token.tag in ("PRP", "PRP$"):
            found.append(_pronoun(parse, token.index, *_PRONOUNS[token.lower]))
        elif token.lower in _RELATIVES and token.tag in ("WP", "WDT", "WP$"):
            found.append(_pronoun(parse, token.index, "r", False))
        elif token.lower in ("both", "two") and token.dep in _PLACES and _stands_alone(parse, token.index):
            found.append(_pronoun(parse, token.index, "2", True))
        elif token.text in surnames and token.dep not in ("compound", "amod", "nmod"):
            found.append(_plain_name(parse, lexicon, token.index, by_token))
        elif token.pos == "NOUN" and token.dep not in ("compound", "npadvmod", "amod"):
            found.append(_noun(parse, lexicon, token.index, by_token))
        elif (
            token.pos == "PROPN" and token.dep not in ("compound", "amod") and not token.entity and _is_word(token.text)
        ):
            found.append(_plain_name(parse, lexicon, token.index, by_token))
    found.sort(key=lambda m: (m.head, m.first))
    return tuple(found)


def _stands_alone(parse: Parse, index: int) -> bool:
    """Whether "both" or "the two" has no noun of its own."""
    token = parse.tokens[index]
    if token.lower == "two" and (index == 0 or parse.tokens[index - 1].lower not in ("the", "these", "those")):
        return False
    return all(parse.tokens[c].pos in ("DET", "PUNCT") for c in parse.children[index])


def _actors_by_head(parse: Parse, actors: Sequence[Actor]) -> dict[int, Actor]:
    """The actor mention by the token that its words hang on, so that "Ohio Gov. Jane Roe" tells nothing of Ohio."""
    found: dict[int, Actor] = {}
    for actor in actors:
        inside = parse.tokens_in(actor.span) if actor.span is not None else range(0)
        for i in inside:
            up = parse.tokens[i].head
            if (up not in inside or up == i) and parse.tokens[i].pos != "PUNCT":
                found[i] = actor
                break
    return found


def _is_word(text: str) -> bool:
    return len(text) > 1 and text[0].isalpha() and text.lower() not in _PRONOUNS


def _is_subject(parse: Parse, head: int) -> bool:
    return parse.tokens[head].dep in ("nsubj", "nsubjpass")


def _pronoun(parse: Parse, index: int, gender: str, plural: bool) -> Mention:
    token = parse.tokens[index]
    return Mention(
        head=index,
        first=index,
        last=index,
        span=token.span,
        kind="pronoun",
        sort=None,
        gender=gender,
        plural=plural,
        definite=True,
        subject=_is_subject(parse, index),
        offices=frozenset(),
        words=frozenset(),
    )


def name_parts(text: str) -> tuple[str, ...]:
    """Parts of a name in lower case, without titles, possessive and brackets: "Mr. Al-Jolani's" is (al, jolani)."""
    text = re.sub(r"['’]s?$", "", re.sub(r"\s*\(.*", "", text))
    return tuple(p for p in (m.lower() for m in _PIECE.findall(text)) if p not in _TITLES)


@lru_cache(maxsize=8192)
def core(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts that tell one name from another."""
    kept = tuple(p for p in parts if p not in _PARTICLES)
    return kept or parts


def _name(parse: Parse, lexicon: CueLexicon, number: int, by_token: dict[int, Actor]) -> Mention | None:
    entity = parse.entities[number]
    tokens = parse.tokens
    first, last = entity.first, entity.last
    while last > first and (tokens[last].lower in _POSSESSIVE or tokens[last].pos == "PUNCT"):
        last -= 1
    for i in range(last - 1, first, -1):  # "Karim’s FIA" is the FIA
        if tokens[i].lower in _POSSESSIVE:
            first = i + 1
            break
    while first < last and tokens[first].lower in _TITLES:
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
    if not parts or _COMPOUND.search(text):
        return None
    sort: Sort | None = _sort_of(_LABELS[entity.label], titles, inside, parts, actor)
    if text.isupper() and len(parts) > 1 and sort == "person":
        sort = None  # a heading in capitals
    return _named(parse, lexicon, (first, last), head, sort, titles, parts, actor)


def _titles(parse: Parse, first: int) -> list[str]:
    """Words right before a name that may be its titles, in lower case."""
    tokens = parse.tokens
    start = first
    while start > max(0, first - 6) and tokens[start - 1].sentence == tokens[first].sentence:
        before = tokens[start - 1]
        if before.pos not in ("NOUN", "PROPN", "ADJ") and before.lower.rstrip(".") not in _SHORT_TITLES:
            break
        start -= 1
    return [tokens[i].lower for i in range(start, first)]


def _sort_of(
    sort: Sort, titles: Sequence[str], inside: Sequence[str], parts: tuple[str, ...], actor: Actor | None
) -> Sort:
    """What a name is: the registry and its own words outweigh the label that the parser gave it."""
    if inside[-1] in _BODY_WORDS and len(inside) > 1:
        return "place" if sort == "place" else "body"
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


def _plain_name(parse: Parse, lexicon: CueLexicon, index: int, by_token: dict[int, Actor]) -> Mention:
    """A proper noun that the parser's names do not hold: of a sort that nobody knows."""
    tokens = parse.tokens
    first = index
    while first > tokens[index].left and tokens[first - 1].pos == "PROPN" and not tokens[first - 1].entity:
        first -= 1
    while first < index and tokens[first].lower in _TITLES:
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
    described = [tokens[appositive].lemma] if appositive is not None else []
    if appositive is not None:
        described += [tokens[i].lower for i in range(tokens[appositive].left, tokens[appositive].right + 1)]
    up = tokens[tokens[head].head]
    if tokens[head].dep == "appos" and up.pos == "NOUN":
        described += [up.lemma, *(tokens[i].lower for i in range(up.left, part[0]))]
    if tokens[head].dep == "nsubj" and up.lemma == "be":
        predicate = child(parse, up.index, "attr")
        if predicate is not None and tokens[predicate].pos == "NOUN":
            described += [tokens[i].lower for i in range(tokens[predicate].left, predicate + 1)]
    titles = [_SHORT_TITLES.get(t.rstrip("."), t) for t in titles]
    inside = [tokens[i].lower for i in range(part[0], part[1] + 1)]
    titles = [*titles, *(_SHORT_TITLES[w.rstrip(".")] for w in inside[:-1] if w.rstrip(".") in _SHORT_TITLES)]
    offices = _offices(lexicon, [*titles, *described, *(w for w in inside[:-1] if w in _TITLES)])
    gender = None
    sure = any(w in MALE or w in FEMALE for w in (*titles, *inside)) or (
        actor is not None and actor.actor_id is not None
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
        gender = _gender_of([*titles, *described])
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
        subject=_is_subject(parse, head),
        offices=offices,
        words=frozenset((*titles, *described)),
        name=parts,
        actor=actor,
    )


def _gender_of(words: Sequence[str]) -> str | None:
    if any(w in _MALE_NOUNS for w in words):
        return "m"
    return "f" if any(w in _FEMALE_NOUNS for w in words) else None


def _offices(lexicon: CueLexicon, words: Sequence[str]) -> frozenset[str]:
    found = set()
    for i, word in enumerate(words):
        role = lexicon.roles.get(f"{words[i - 1]} {word}" if i else word) or lexicon.roles.get(word)
        if role is not None:
            found.add(role.office)
    return frozenset(found)


def _noun(parse: Parse, lexicon: CueLexicon, index: int, by_token: dict[int, Actor]) -> Mention:
    tokens = parse.tokens
    token = tokens[index]
    first, last = token.left, index
    while first < index and (tokens[first].dep in ("cc", "punct", "preconj") or tokens[first].pos == "PUNCT"):
        first += 1
    for c in parse.children[index]:
        if tokens[c].dep == "prep" and tokens[c].lower == "of" and c == last + 1:
            last = _short(parse, c)
    pair = f"{tokens[index - 1].lower} {token.lemma}" if index > first else ""
    role = lexicon.roles.get(pair) or lexicon.roles.get(token.lemma) or lexicon.roles.get(token.lower)
    plural = token.tag == "NNS" or any(_another(parse, c) for c in parse.children[index])
    actor = by_token.get(index)
    sort: Sort = "thing"
    if role is not None:
        sort = "group" if plural and role.kind == "person" else role.kind
    elif actor is not None:
        sort = "group" if plural else "body"
    determiner = child(parse, index, "det", "poss")
    definite = determiner is not None and (
        tokens[determiner].dep == "poss" or tokens[determiner].lower in ("the", "this", "that", "these", "those")
    )
    words = {tokens[i].lower for i in range(first, last + 1) if tokens[i].pos in ("NOUN", "PROPN", "ADJ")}
    return Mention(
        head=index,
        first=first,
        last=last,
        span=parse.span(first, last),
        kind="noun",
        sort=sort,
        gender=_gender_of([token.lemma]),
        plural=plural,
        definite=definite,
        subject=_is_subject(parse, index),
        offices=frozenset((role.office,)) if role is not None else frozenset(),
        words=frozenset(words | {token.lemma}),
        actor=actor,
    )


def _another(parse: Parse, index: int) -> bool:
    """Whether a token joined to a noun is somebody else: "the mayor and the judge", not "the actor and author"."""
    token = parse.tokens[index]
    if token.dep != "conj":
        return False
    alone = token.tag == "NN" and child(parse, index, "det", "poss", "amod", "nummod") is None
    return not (alone and child(parse, token.head, "det", "poss") is not None)


def _short(parse: Parse, prep: int) -> int:
    """Last token of an "of" phrase without the relative clause or participle behind it."""
    tokens = parse.tokens
    noun = child(parse, prep, "pobj")
    if noun is None:
        return prep
    last = tokens[noun].right
    for c in parse.children[noun]:
        if c > noun and (tokens[c].dep in ("relcl", "acl", "appos", "punct", "cc") or tokens[c].dep == "prep"):
            last = min(last, tokens[c].left - 1)
    return max(last, noun)
