"""Contents of cues that are no verbs: nouns ("the claim that"), adjectives ("sure that"), "according to"."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribute.clauses import Range, agent, antecedent, child, is_relative, speaker, trimmed
from onrecord.attribute.cues import Hit
from onrecord.attribute.drafts import Draft, says_something
from onrecord.lexicon.cues import CueLexicon
from onrecord.model import Parse

_LIGHT = frozenset(
    "make issue voice express raise repeat release give deliver have offer send file level lodge reiterate put"
    " publish post write share face draw spark win".split()
)


def of_noun(parse: Parse, hit: Hit) -> Draft:
    tokens, noun, entry = parse.tokens, hit.head, hit.entry
    pieces: list[Range] = []
    for c in parse.children[noun]:
        token = tokens[c]
        if c < noun or token.dep not in ("acl", "ccomp", "prep", "relcl"):
            continue
        if token.dep == "prep":
            if token.lower in entry.prepositions and token.right > c and not pieces:
                if c == hit.last + 1:
                    hit = replace(hit, last=c)
                    pieces.append((c + 1, token.right))
                else:
                    pieces.append((c, token.right))
        elif ("to" in entry.frames and tokens[token.left].lower == "to") or (
            "clause" in entry.frames and tokens[token.left].lower in ("that", "whether") and _is_clause(parse, c)
        ):
            pieces.append((token.left, token.right))
    parts = tuple(p for p in (trimmed(parse, *piece) for piece in pieces[:1]) if p is not None)
    firm = entry.strong and any(parse.tokens[p[0]].lower in ("that", "whether", "to") for p in parts)
    return Draft(hit=hit, source=_owner(parse, noun), pieces=parts, firm=firm)


def _is_clause(parse: Parse, verb: int) -> bool:
    """Whether "that" introduces a full clause and not a relative one."""
    subject = child(parse, verb, "nsubj", "nsubjpass", "expl", "csubj")
    return subject is not None and parse.tokens[subject].lower != "that"


def _owner(parse: Parse, noun: int) -> int | None:
    """Who holds the claim that a noun names: its possessor, "by" or "from" whom, or who makes it."""
    tokens = parse.tokens
    owner = child(parse, noun, "poss")
    if owner is not None:
        return owner
    for c in parse.children[noun]:
        if tokens[c].dep in ("prep", "agent") and tokens[c].lower in ("by", "from") and c > noun:
            found = child(parse, c, "pobj")
            if found is not None:
                return found
    token = tokens[noun]
    verb = token.head
    if token.dep in ("dobj", "nsubjpass") and tokens[verb].lemma in _LIGHT:
        return speaker(parse, verb)
    if token.dep == "nsubjpass":
        return agent(parse, verb) if tokens[verb].lemma in _LIGHT else None
    return None


def of_adjective(parse: Parse, hit: Hit) -> Draft:
    tokens, entry = parse.tokens, hit.entry
    word = tokens[hit.head]
    verb = word.head if word.dep in ("acomp", "oprd") else hit.head
    pieces: list[Range] = []
    for c in (*parse.children[hit.head], *parse.children[verb]):
        token = tokens[c]
        if c <= hit.last:
            continue
        if (token.dep == "ccomp" and "clause" in entry.frames) or (token.dep == "xcomp" and "to" in entry.frames):
            pieces.append((token.left, token.right))
        elif token.dep == "prep" and token.lower in entry.prepositions and token.right > c and token.head == hit.head:
            pieces.append((c, token.right))
    subject = child(parse, verb, "nsubj")
    if subject is not None and (is_relative(parse, subject) or tokens[subject].lower in ("it", "there")):
        source = antecedent(parse, verb) if is_relative(parse, subject) else None
    else:
        source = subject
    parts = tuple(p for p in (trimmed(parse, *piece) for piece in pieces[:1]) if p is not None)
    return Draft(hit=hit, source=source, pieces=parts, firm=entry.strong and source is not None)


def of_phrase(parse: Parse, hit: Hit, lexicon: CueLexicon) -> Draft:
    tokens, frames = parse.tokens, hit.entry.frames
    barred = (hit.first, hit.last)
    source: int | None = None
    if "prep" in frames:
        source = _behind(parse, hit)
        if source is None:
            return Draft(hit=hit, source=None, pieces=())
        if hit.entry.words[0] in ("citing", "quoting") and not _can_speak(parse, source, lexicon):
            cited = (tokens[source].left, tokens[source].right)
            return Draft(hit=hit, source=speaker(parse, hit.head), pieces=(cited,))
        end = tokens[source].right
        if tokens[source].right <= hit.last:
            end = source
        barred = (hit.first, end)
    elif hit.source is not None:
        source = hit.source[0] if tokens[hit.source[0]].tag == "PRP$" else _head_within(parse, hit.source)
    return Draft(hit=hit, source=source, pieces=_rest(parse, hit, barred), firm=hit.entry.strong)


def _can_speak(parse: Parse, head: int, lexicon: CueLexicon) -> bool:
    """Whether the noun names people or a body; "citing the weather" cites nobody."""
    token = parse.tokens[head]
    if token.entity in ("PERSON", "ORG", "NORP") or token.tag in ("PRP", "NNP", "NNPS"):
        return True
    return token.lemma in lexicon.roles


def _behind(parse: Parse, hit: Hit) -> int | None:
    """Head of the noun phrase behind "according to", "citing" and the like."""
    tokens = parse.tokens
    for c in parse.children[hit.last]:
        if c > hit.last and tokens[c].dep in ("pobj", "dobj", "npadvmod"):
            return c
    for c in parse.children[hit.head]:
        if c > hit.last and tokens[c].dep in ("pobj", "dobj", "attr"):
            return c
    index = hit.last + 1
    while index < len(tokens) and tokens[index].sentence == tokens[hit.last].sentence:
        if tokens[index].pos in ("NOUN", "PROPN", "PRON"):
            while tokens[index].dep in ("compound", "poss", "nmod") and tokens[index].head > index:
                index = tokens[index].head
            return index
        if tokens[index].pos not in ("DET", "ADJ", "NUM", "ADV", "PUNCT"):
            return None
        index += 1
    return None


def _head_within(parse: Parse, part: Range) -> int:
    for i in range(part[0], part[1] + 1):
        head = parse.tokens[i].head
        if (not part[0] <= head <= part[1] or head == i) and parse.tokens[i].dep not in ("case", "punct"):
            return i
    return part[1]


def _rest(parse: Parse, hit: Hit, barred: Range) -> tuple[Range, ...]:
    """The clause that a phrase comments on, without the words of *barred*."""
    tokens = parse.tokens
    head = tokens[hit.first].head if tokens[hit.first].head != hit.first else hit.first
    while not tokens[head].left <= barred[0] <= barred[1] <= tokens[head].right and tokens[head].head != head:
        head = tokens[head].head
    while barred[0] <= head <= barred[1] and tokens[head].head != head:
        head = tokens[head].head
    while tokens[head].pos not in ("VERB", "AUX") and tokens[head].head != head:
        head = tokens[head].head
    start, end = parse.sentences[tokens[hit.head].sentence]
    first, last = max(start, tokens[head].left), min(end - 1, tokens[head].right)
    if barred[0] <= head <= barred[1]:
        first, last = start, end - 1
    parts = [trimmed(parse, first, barred[0] - 1), trimmed(parse, barred[1] + 1, last)]
    return tuple(p for p in parts if p is not None and says_something(parse, p))
