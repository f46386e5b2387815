"""Sources: the one who is cited, as an actor, with how the report names him."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from onrecord.attribute.clauses import Range, child, phrase
from onrecord.lexicon.cues import CueLexicon, Role
from onrecord.model import Actor, Layers, Naming, Parse, Reference, Span

_NAMES = ("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT")
_PLURAL_PRONOUNS = frozenset(("they", "we", "them", "their", "our", "us", "both", "some", "many", "others", "those"))
_PRONOUN_TAGS = ("PRP", "PRP$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source: the actor, and what the words say of his naming, office and number."""

    actor: Actor
    naming: Naming
    office: str | None
    number: Literal["one", "several"]


def sources_of(layers: Layers, lexicon: CueLexicon, head: int, barred: Range) -> tuple[Cited, ...]:
    """The source headed by token *head*, one for each of several that are joined by "and"."""
    first, last = phrase(layers.parse, head, barred)
    return cited_in(layers, lexicon, head, first, last)


def cited_in(layers: Layers, lexicon: CueLexicon, head: int, first: int, last: int) -> tuple[Cited, ...]:
    """The sources in the tokens *first* to *last* whose head is token *head*."""
    parse = layers.parse
    heads = _joined(parse, head, last)
    bounds: list[Range] = []
    start = first
    for i, h in enumerate(heads):
        end = last if i + 1 == len(heads) else _before(parse, heads[i + 1], h)
        bounds.append((start, end))
        start = end + 1
        while i + 1 < len(heads) and start < heads[i + 1] and parse.tokens[start].dep in ("cc", "punct"):
            start += 1
    return tuple(_cited(layers, lexicon, h, b) for h, b in zip(heads, bounds, strict=True))


def _joined(parse: Parse, head: int, last: int) -> list[int]:
    """*head* and the heads joined to it, when each of them could be cited alone."""
    heads = [head]
    tokens = parse.tokens
    while True:
        following = [c for c in parse.children[heads[-1]] if tokens[c].dep == "conj" and c <= last]
        if not following or tokens[following[0]].pos not in ("PROPN", "NOUN", "PRON"):
            break
        heads.append(following[0])
    named = [h for h in heads if tokens[h].pos == "PROPN" or tokens[h].entity or _determined(parse, h)]
    alone = {*named, *(h for h in heads if tokens[h].tag in ("NNS", "NNPS"))}
    return heads if len(heads) > 1 and len(alone) == len(heads) else [head]


def _determined(parse: Parse, head: int) -> bool:
    return child(parse, head, "det", "poss", "nummod") is not None


def _before(parse: Parse, following: int, head: int) -> int:
    """Last token of the source *head* before the one joined to it, without "and" and the comma."""
    end = parse.tokens[following].left - 1
    while end > head and parse.tokens[end].dep in ("cc", "punct"):
        end -= 1
    return end


def _cited(layers: Layers, lexicon: CueLexicon, head: int, part: Range) -> Cited:
    parse = layers.parse
    token = parse.tokens[head]
    span = parse.span(*part)
    role = office_of(parse, lexicon, head, part)
    actor, reference = _actor(layers, head, span)
    if token.tag in _PRONOUN_TAGS:
        naming: Naming = "unnamed"
        if reference is not None:
            naming = _naming(layers, lexicon, *_range_of(parse, reference.antecedent.span))
    else:
        naming = _naming(layers, lexicon, head, part)
        if naming == "unnamed" and reference is not None:
            naming = _naming(layers, lexicon, *_range_of(parse, reference.antecedent.span))
    return Cited(
        actor=actor, naming=naming, office=role.office if role is not None else None, number=_number(parse, head, role)
    )


def _range_of(parse: Parse, span: Span) -> tuple[int, Range]:
    """Head token and range of the noun phrase in *span*."""
    inside = parse.tokens_in(span)
    head = next(iter(parse.heads_in(inside)), inside[-1] if inside else 0)
    return head, (inside[0], inside[-1]) if inside else (0, 0)


def _actor(layers: Layers, head: int, span: Span) -> tuple[Actor, Reference | None]:
    """The actor for the source; codes come from the mention at its head or from what it refers to."""
    parse = layers.parse
    token = parse.tokens[head]
    text = span.of(parse.text)
    reference = _reference(layers, token.span, span)
    known = layers.actor_at(token.span)
    if reference is not None:
        via = reference.antecedent
        meant = layers.actor_at(via.span)
        base = known if known is not None and (known.actor_id or meant is None) else meant
        base = base or Actor(name=_name_of(parse, via.span))
        if known is not None and not base.sectors:  # "the inspector" says what "Karim Saleh" does not
            base = replace(base, sectors=known.sectors, country=base.country or known.country)
        actor = replace(base, text=text, span=span, spans=())
        return replace(actor, basis="coreference", via=via, score=reference.score), reference
    if token.tag in _PRONOUN_TAGS:
        return Actor(text=text, span=span, basis="unresolved"), None
    named = token.pos == "PROPN" or token.entity in _NAMES
    if known is None or known.actor_id is None:
        known = _inside(layers, head, span) or known
    if known is not None:
        basis = known.basis if known.basis in ("named", "described") else "named" if named else "described"
        name = known.name or _name_at(parse, head)
        return replace(known, text=text, span=span, spans=(), basis=basis, name=name), None
    return Actor(text=text, span=span, basis="named" if named else "described", name=_name_at(parse, head)), None


def _inside(layers: Layers, head: int, span: Span) -> Actor | None:
    """The person of the registry whose name the phrase gives to its head: in "the cleric Karim Saleh".

    "A spokesman for Karim Saleh" is somebody else.
    """
    found = (
        a
        for a in layers.actors
        if a.span is not None and span.contains(a.span) and (a.actor_id or "").startswith("per.")
    )
    return next((a for a in found if a.basis == "named" and _is_named(layers.parse, head, a.span)), None)


def _is_named(parse: Parse, head: int, name: Span | None) -> bool:
    """Whether the tokens of *name* hang on the head as its apposition or title, or it on them."""
    inside = parse.tokens_in(name) if name is not None else range(0)
    for i in inside:
        up = parse.tokens[i].head
        if up in inside and up != i:
            continue
        beside = parse.tokens[i].dep in ("appos", "compound", "nmod", "oprd") and up == head
        return i == head or beside or parse.tokens[head].head == i
    return False


def _reference(layers: Layers, head: Span, whole: Span) -> Reference | None:
    """The reference whose mention ends with the head, or is the beginning of the phrase around it."""
    ends = layers.reference_at(head)
    if ends is not None:
        return ends
    fits = (r for r in layers.references if r.mention.start == whole.start and r.mention.contains(head))
    return next(fits, None)


def _name_of(parse: Parse, span: Span) -> str | None:
    head, _ = _range_of(parse, span)
    return _name_at(parse, head)


def _name_at(parse: Parse, head: int) -> str | None:
    """The words of the named entity that the head belongs to."""
    number = parse.tokens[head].entity_id
    if number < 0 or parse.entities[number].label not in _NAMES:
        return None
    entity = parse.entities[number]
    first = entity.first + (parse.tokens[entity.first].lower in ("the", "a", "an") and entity.last > entity.first)
    return parse.span(first, entity.last).of(parse.text)


def office_of(parse: Parse, lexicon: CueLexicon, head: int, part: Range) -> Role | None:
    """The office by the head of the phrase, a title before a name, or an apposition; None without one."""
    tokens = parse.tokens
    order = [
        head,
        *(i for i in range(head - 1, part[0] - 1, -1) if tokens[i].head == head or tokens[i].dep == "compound"),
    ]
    order += [i for i in range(head + 1, part[1] + 1) if tokens[i].dep in ("appos", "conj") and tokens[i].pos == "NOUN"]
    order += [i for i in range(part[0], head) if tokens[i].dep in ("nmod", "appos")]
    for i in order:
        if i != head and tokens[i].pos not in ("NOUN", "PROPN"):
            continue
        pair = f"{tokens[i - 1].lower} {tokens[i].lemma}" if i > part[0] else ""
        role = lexicon.roles.get(pair) or lexicon.roles.get(tokens[i].lemma) or lexicon.roles.get(tokens[i].lower)
        if role is not None and (i != head or tokens[i].pos != "PROPN" or tokens[i].lower in lexicon.roles):
            return role
    return None


def _naming(layers: Layers, lexicon: CueLexicon, head: int, part: Range) -> Naming:
    """Named when a proper name or a body stands for itself; officials, analysts and pronouns are unnamed."""
    parse = layers.parse
    tokens = parse.tokens
    token = tokens[head]
    if token.pos == "PROPN" or token.entity in ("PERSON", "ORG", "GPE"):
        return "named"
    for i in range(part[0], part[1] + 1):
        if tokens[i].dep in ("appos", "nmod") and tokens[i].head == head and tokens[i].pos == "PROPN":
            return "named"
        if tokens[i].entity == "PERSON" and tokens[i].head == head and tokens[i].dep in ("compound", "appos"):
            return "named"
    last = tokens[part[1]]
    if last.entity == "PERSON" and part[1] > head and _after_comma(parse, part[1], head):
        return "named"
    role = lexicon.roles.get(token.lemma)
    if role is not None and role.kind == "body" and token.tag != "NNS":
        return "named" if any(tokens[i].entity for i in range(part[0], part[1] + 1)) or token.tag == "NN" else "unnamed"
    return "unnamed"


def _after_comma(parse: Parse, last: int, head: int) -> bool:
    """Whether the name that ends with token *last* follows a comma: "a spokeswoman for the port, Hala Issa"."""
    number = parse.tokens[last].entity_id
    first = parse.entities[number].first
    return first - 1 > head and parse.tokens[first - 1].text == ","


def _number(parse: Parse, head: int, role: Role | None) -> Literal["one", "several"]:
    token = parse.tokens[head]
    if token.lower in _PLURAL_PRONOUNS or any(parse.tokens[c].dep == "conj" for c in parse.children[head]):
        return "several"
    if role is not None and role.kind == "body":
        return "several" if token.tag == "NNS" and token.lower not in ("police", "media", "united nations") else "one"
    return "several" if token.tag in ("NNS", "NNPS") and token.entity not in ("GPE", "ORG") else "one"
