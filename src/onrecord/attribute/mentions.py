"""Mentions: the names, descriptions and pronouns of a report that may stand for one another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from onrecord.attribute.clauses import child, is_subject
from onrecord.attribute.headings import capitals_end, heading_end, is_common, with_article
from onrecord.attribute.mention import PARTISANS, Mention, Sort, gender_of
from onrecord.attribute.names import known_name, labels_of, name, plain_name
from onrecord.lexicon.cues import CueLexicon, Role
from onrecord.lexicon.speakers import load_person_words
from onrecord.model import Actor, Parse, Token

_PRONOUNS: dict[str, tuple[str, bool]] = {}
for _words, _sort, _plural in (
    ("he him his himself", "m", False),
    ("she her hers herself", "f", False),
    ("it its itself", "n", False),
    ("they them their theirs themselves", "p", True),
    ("i me my mine myself", "1", False),
    ("we us our ours ourselves", "1", True),
    ("you your yours yourself", "y", False),
):
    for _word in _words.split():
        _PRONOUNS[_word] = (_sort, _plural)
_DEFINITE = frozenset("the this that these those both neither either each".split())
_OWNERS = ("his", "her", "its", "their", "our", "my", "your")
_PARTS = ("compound", "amod", "nmod", "npadvmod")
_PLACES = ("nsubj", "nsubjpass", "dobj", "pobj", "dative")
_RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))


def find_mentions(
    parse: Parse, lexicon: CueLexicon, actors: Sequence[Actor], sources: Collection[int] = ()
) -> tuple[Mention, ...]:
    """Mentions of *parse* in text order, one a head word at most; *sources* are the head words of those who speak."""
    misread = _misread(parse, lexicon, sources)
    over = set(misread.values())
    by_token = _actors_by_head(parse, actors)
    found: list[Mention] = []
    taken: set[int] = set()
    labels = labels_of(parse, by_token)
    capitals = capitals_end(parse)
    articled = with_article(parse, capitals)
    for number, entity in enumerate(parse.entities):
        label = labels[number]
        held = by_token.get(entity.last)
        office = _is_capital(parse, lexicon, entity.last)
        unknown = held is None or held.actor_id is None
        if unknown and (office or is_common(parse, lexicon, entity.first, entity.last, capitals)):
            continue
        if label is not None and not _is_partisan(parse, entity.last):
            mention = name(parse, lexicon, number, by_token, label)
            if mention is not None and mention.head not in taken:
                taken.update(range(entity.first, entity.last + 1))
                found.append(mention)
    for index, actor in by_token.items():
        if index not in taken and (actor.actor_id or "").startswith("per.") and actor.basis == "named":
            mention = known_name(parse, lexicon, index, actor)
            if mention is not None and not taken & set(range(mention.first, mention.last)):
                taken.update(range(mention.first, mention.last + 1))
                found.append(mention)
    surnames = {parse.tokens[m.last].text for m in found if m.sort == "person" and len(m.name) > 1}
    surnames = {name for name in surnames if name[0].isupper() and len(name) > 2}
    found = _mended(parse, found, surnames)
    for token in parse.tokens:
        if token.index in taken or token.index in over:
            continue
        if token.index in misread:
            found.append(_noun(parse, lexicon, token.index, by_token, misread[token.index]))
        elif token.lower in _PRONOUNS and token.tag in ("PRP", "PRP$"):
            found.append(_pronoun(parse, token.index, *_PRONOUNS[token.lower]))
        elif token.lower in _RELATIVES and token.tag in ("WP", "WDT", "WP$"):
            found.append(_pronoun(parse, token.index, "r", False))
        elif token.lower in ("both", "two") and token.dep in _PLACES and _stands_alone(parse, token.index):
            found.append(_pronoun(parse, token.index, "2", True, int(token.lower == "two")))
        elif token.text in articled and not token.entity and parse.tokens[token.index - 1].text == "The":
            found.append(replace(plain_name(parse, lexicon, token.index, by_token), sort="body"))
        elif token.text in surnames and token.dep not in ("compound", "amod", "nmod"):
            found.append(plain_name(parse, lexicon, token.index, by_token))
        elif (
            _is_noun(parse, token.index)
            or _is_partisan(parse, token.index)
            or _is_capital(parse, lexicon, token.index)
            or (token.pos == "PROPN" and is_common(parse, lexicon, token.index, token.index, capitals))
        ) and token.dep not in (
            "compound",
            "npadvmod",
            "amod",
        ):
            found.append(_noun(parse, lexicon, token.index, by_token))
        elif (
            token.pos == "PROPN" and token.dep not in ("compound", "amod") and not token.entity and _is_word(token.text)
        ):
            found.append(plain_name(parse, lexicon, token.index, by_token))
        elif token.index in sources and _is_somebody(parse, token.index):
            found.append(_noun(parse, lexicon, token.index, by_token))
    found.sort(key=lambda m: (m.head, m.first))
    return tuple(found)


def _mended(parse: Parse, found: Sequence[Mention], surnames: set[str]) -> list[Mention]:
    """Names with what surnames, families and "who" behind them tell of their sort."""
    found = [_as_person(parse, m) if parse.tokens[m.last].text in surnames else m for m in found]
    found = [_as_somebody(parse, m) for m in found]
    families = {f"{name}s" for name in surnames} - surnames
    return [_as_family(m) if parse.tokens[m.last].text in families else m for m in found]


def _as_person(parse: Parse, mention: Mention) -> Mention:
    """A bare surname that the parser took for a people, as the person of that name: "Calder" of "Jane Calder"."""
    if mention.sort != "group" or len(mention.name) > 1 or parse.tokens[mention.head].tag != "NNP":
        return mention
    if mention.actor_id is not None:
        return mention
    return replace(mention, sort="person", plural=False)


def _as_somebody(parse: Parse, mention: Mention) -> Mention:
    """A name of something unknown as a person's where "who" follows it: "Rihanna, who sang"."""
    if mention.sort in ("person", "group") or mention.actor_id is not None or len(mention.name) > 3:
        return mention
    after = [parse.tokens[i].lower for i in range(mention.last + 1, min(mention.last + 3, len(parse.tokens)))]
    told = after[:1] == ["who"] or after == [",", "who"]
    return replace(mention, sort="person", plural=False) if told else mention


def _as_family(mention: Mention) -> Mention:
    """The plural of a surname as several: "the Calders" of "Jane Calder"."""
    if len(mention.name) > 1 or mention.actor_id is not None:
        return mention
    return replace(mention, sort="group", plural=True, gender=None)


def _is_noun(parse: Parse, index: int) -> bool:
    """Whether the token heads a description, also where the parser takes a small "president" for a name."""
    token = parse.tokens[index]
    return token.pos == "NOUN" or (token.pos == "PROPN" and token.text.islower()) or _is_age(parse, index)


def _is_somebody(parse: Parse, index: int) -> bool:
    """Whether an adjective or number that speaks stands for somebody: "the non-profit said", "one of the men said"."""
    token = parse.tokens[index]
    if token.lower in _PRONOUNS or token.pos not in ("ADJ", "NUM", "NOUN", "VERB"):
        return False
    of = child(parse, index, "prep")
    counted = token.lower == "one" and of is not None and parse.tokens[of].lower == "of"
    return counted or child(parse, index, "det", "poss") is not None


def _is_capital(parse: Parse, lexicon: CueLexicon, index: int) -> bool:
    """Whether an office with a capital takes up its holder: "the President said", "the Vermont Senator"."""
    token = parse.tokens[index]
    if token.pos != "PROPN" or token.entity == "PERSON" or token.dep in _PARTS or token.text.islower():
        return False
    determiner = child(parse, index, "det", "poss")
    if determiner is None or parse.tokens[determiner].lower not in (*_DEFINITE, *_OWNERS):
        return False
    if parse.tokens[determiner].text == "Our" and any(parse.tokens[c].dep == "compound" for c in parse.children[index]):
        return False  # "Our Harma PAC" is a name
    role = role_of(parse, lexicon, index, parse.tokens[index].left)
    return role is not None and (role.kind == "person" or not token.entity)


def role_of(parse: Parse, lexicon: CueLexicon, index: int, first: int) -> Role | None:
    """The office that a noun names, alone, with the word before it or joined to it by a hyphen; None for none."""
    tokens = parse.tokens
    token = tokens[index]
    before = tokens[index - 1] if index > first else None
    joined = [f"{before.lower} {token.lemma}"] if before is not None else []
    if before is not None and before.text == "-" and index - 1 > first:
        joined = [f"{tokens[index - 2].lower}-{token.lemma}"]
    return next((role for w in (*joined, token.lemma, token.lower) if (role := lexicon.roles.get(w)) is not None), None)


def _misread(parse: Parse, lexicon: CueLexicon, sources: Collection[int]) -> dict[int, int]:
    """Nouns that speak and that the parser took for part of the next word: "mayor" in "the mayor rebuffs"."""
    tokens = parse.tokens
    found = {}
    heading = heading_end(parse)
    for i in sorted({*sources, *range(max(0, heading - 1))}):
        token = tokens[i]
        if i + 1 == len(tokens) or token.dep not in _PARTS or tokens[i + 1].tag not in ("NNS", "NN", "NNPS"):
            continue
        if i not in sources and (not _is_verb(lexicon, tokens[i + 1]) or role_of(parse, lexicon, i, i) is None):
            continue
        if token.head != i + 1 and (tokens[i + 1].dep not in _PARTS or not _is_verb(lexicon, tokens[i + 1])):
            continue
        if role_of(parse, lexicon, i + 1, i) is not None:
            continue  # "the environment minister"
        if (token.pos == "NOUN" and not token.entity) or token.lower == "old":
            found[i] = i + 1
    return found


def _is_verb(lexicon: CueLexicon, token: Token) -> bool:
    """Whether what the parser took for a plural may be a verb of saying: "assails"."""
    return token.tag == "NNS" and token.lemma in lexicon.verbs


def _is_partisan(parse: Parse, index: int) -> bool:
    """Whether a name of partisans stands for one person: "the Wisconsin Republican said"."""
    token = parse.tokens[index]
    if (
        token.lower not in PARTISANS
        or token.tag not in ("NN", "NNP", "JJ")
        or token.dep not in (*_PLACES, "appos", "poss")
    ):
        return False
    return child(parse, index, "det") is not None


def _is_age(parse: Parse, index: int) -> bool:
    """Whether the token ends an age that stands for a person: "the 46-year-old said"."""
    token = parse.tokens[index]
    return token.lower.endswith("old") and token.dep in _PLACES and parse.text[: token.start].endswith("year-")


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


def _pronoun(parse: Parse, index: int, gender: str, plural: bool, before: int = 0) -> Mention:
    """The pronoun at *index* with *before* words that belong to it: "the two"."""
    return Mention(
        head=index,
        first=index - before,
        last=index,
        span=parse.span(index - before, index),
        kind="pronoun",
        sort=None,
        gender=gender,
        plural=plural,
        definite=True,
        subject=is_subject(parse, index),
        offices=frozenset(),
        words=frozenset(),
    )


def _noun(
    parse: Parse, lexicon: CueLexicon, index: int, by_token: dict[int, Actor], over: int | None = None
) -> Mention:
    """The description that a noun heads, with the words that the parser hung on *over* instead."""
    tokens = parse.tokens
    token = tokens[index]
    first, last = token.left if over is None else min(token.left, tokens[over].left), index
    while first < index and (tokens[first].dep in ("cc", "punct", "preconj") or _is_before(tokens[first])):
        first += 1
    for c in parse.children[index]:
        if tokens[c].dep == "prep" and tokens[c].lower == "of" and c == last + 1:
            last = _short(parse, c)
    among = _among(parse, index)
    role = (
        role_of(parse, lexicon, index, first) if among is None else role_of(parse, lexicon, among, tokens[among].left)
    )
    plural = token.tag == "NNS" or any(_another(parse, c) for c in parse.children[index])
    determiner = child(parse, index if over is None else over, "det", "poss")
    opening = tokens[first if determiner is None else determiner]
    plural = plural or opening.lower in ("neither", "either", "each")  # "neither side" is said of two
    definite = opening.dep == "poss" or opening.lower in _DEFINITE
    actor = by_token.get(index)
    sort: Sort = "thing"
    if role is not None:
        sort = "group" if plural and role.kind == "person" else role.kind
    elif (
        token.pos == "ADJ"
        or token.lower in PARTISANS
        or (among is not None and tokens[among].lemma in load_person_words())
    ):
        sort = "person"
    elif actor is not None:
        person = token.lemma in load_person_words() or gender_of([token.lemma]) is not None
        sort = "group" if plural else "person" if person else "body"
    words = {tokens[i].lower for i in range(first, last + 1) if tokens[i].pos in ("NOUN", "PROPN", "ADJ")}
    return Mention(
        head=index,
        first=first,
        last=last,
        span=parse.span(first, last),
        kind="noun",
        sort=sort,
        gender=gender_of([token.lemma]),
        plural=plural,
        definite=definite,
        subject=is_subject(parse, index),
        offices=frozenset((role.office,)) if role is not None else frozenset(),
        words=frozenset(words | {token.lemma}),
        actor=actor,
    )


def _among(parse: Parse, index: int) -> int | None:
    """The noun of those of whom one is told: "one of the former prosecutors"."""
    of = child(parse, index, "prep")
    if parse.tokens[index].lower != "one" or of is None or parse.tokens[of].lower != "of":
        return None
    noun = child(parse, of, "pobj")
    return noun if noun is not None and parse.tokens[noun].tag == "NNS" else None


def _is_before(token: Token) -> bool:
    """Whether a word stands before a description and is none of it: "once a backer of the law"."""
    return token.pos == "PUNCT" or (token.dep == "advmod" and token.lower in ("once", "also", "now"))


def _another(parse: Parse, index: int) -> bool:
    """Whether a token joined to a noun is somebody else: "the mayor and the judge", not "the actor and author"."""
    token = parse.tokens[index]
    if token.dep != "conj":
        return False
    owner = child(parse, index, "poss")
    if owner is not None and parse.tokens[owner].lower in ("his", "her"):
        return False  # "the mayor and his aides": the mayor is who speaks
    alone = token.tag == "NN" and child(parse, index, "det", "poss", "nummod") is None
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
