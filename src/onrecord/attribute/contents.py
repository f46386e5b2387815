"""Contents by syntax: the words that a cue's grammar makes its content, as token ranges."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribute.clauses import Range, antecedent, child, is_hearer, is_passive, is_relative, speaker, trimmed
from onrecord.attribute.cues import Hit
from onrecord.attribute.drafts import Draft, says_something
from onrecord.attribute.nominals import of_adjective, of_noun, of_phrase
from onrecord.lexicon.cues import CueLexicon
from onrecord.model import Parse

_OF_DOING = frozenset("deny admit acknowledge regret recommend suggest propose describe recall oppose advocate".split())
_PHASE = frozenset("go continue begin start proceed use take refuse decline fail try come dare choose want".split())


def draft(parse: Parse, hit: Hit, lexicon: CueLexicon) -> Draft:
    """What the grammar around the cue gives; ``pieces`` is empty when it gives no content."""
    if hit.entry.pos == "phrase":
        return of_phrase(parse, hit, lexicon)
    if hit.entry.pos == "noun":
        return of_noun(parse, hit)
    if hit.entry.pos == "adjective":
        return of_adjective(parse, hit)
    found = _of_verb(parse, hit)
    pieces = tuple(p for p in (trimmed(parse, *piece) for piece in found.pieces) if p is not None)
    return replace(found, pieces=pieces)


def is_hypothetical(parse: Parse, hit: Hit) -> bool:
    """Whether a verb only names what might be said or felt: "plans to back", "would need", "for backing"."""
    tokens, verb = parse.tokens, hit.head
    token = tokens[verb]
    if token.dep == "conj" and child(parse, verb, "nsubj", "aux") is None:
        return is_hypothetical(parse, replace(hit, head=token.head)) if token.head != verb else False
    if any(tokens[c].dep == "aux" and tokens[c].tag in ("MD", "TO") for c in parse.children[verb]):
        up = tokens[token.head]
        if token.dep == "xcomp" and up.lemma in _PHASE and up.index != verb:
            return False
        return child(parse, verb, "nsubj") is None or any(
            tokens[c].lower in ("would", "should", "could", "can", "may", "might", "must", "’d", "'d")
            for c in parse.children[verb]
        )
    return token.dep == "pcomp" and token.tag == "VBG"


def _of_verb(parse: Parse, hit: Hit) -> Draft:
    verb, frames = hit.head, hit.entry.frames
    source = speaker(parse, verb)
    spoken = bool(frames & {"clause", "quote"})
    if spoken or "as" in frames:
        pieces = _clauses(parse, hit)
        if pieces:
            return Draft(hit=hit, source=source, pieces=pieces)
    if spoken:
        around = _around(parse, hit)
        if around:
            return Draft(hit=hit, source=source, pieces=around)
    if is_passive(parse, verb):
        return _passive(parse, hit, source)
    if is_hypothetical(parse, hit):
        return Draft(hit=hit, source=source, pieces=())
    infinitive = _infinitive(parse, hit)
    if infinitive:
        return _raised(parse, hit) or Draft(hit=hit, source=source, pieces=infinitive)
    return _object(parse, hit, source)


def _raised(parse: Parse, hit: Hit) -> Draft | None:
    """ "He seems to know": the subject belongs to the content, and nobody is named who sees it so."""
    if hit.entry.words[0] not in ("seem", "appear"):
        return None
    to = child(parse, hit.head, "xcomp", "oprd")
    subject = child(parse, hit.head, "nsubj")
    if to is None or subject is None:
        return None
    tokens = parse.tokens
    own = (tokens[subject].left, tokens[subject].right)
    return Draft(hit=hit, source=None, pieces=(own, (tokens[to].left, tokens[to].right)))


def _clauses(parse: Parse, hit: Hit) -> tuple[Range, ...]:
    """Clauses that the verb governs: "that …", "whether …", or bare, before it or behind it."""
    tokens, pieces = parse.tokens, []
    for c in parse.children[hit.head]:
        token = tokens[c]
        if token.dep != "ccomp" and not (token.dep in ("dep", "parataxis") and token.pos in ("VERB", "AUX")):
            continue
        if token.dep == "dep" and c > hit.head and "quote" not in hit.entry.frames:
            continue
        first, last = token.left, token.right
        if c < hit.head:
            last = min(last, _before_subject(parse, hit))
        elif first <= hit.last:
            first = hit.last + 1
        elif first == hit.last + 1 and is_hearer(parse, first):
            first += 1
        if c < hit.head and "quote" not in hit.entry.frames and "clause" not in hit.entry.frames:
            continue
        if first <= last:
            pieces.append((first, last))
    return tuple(pieces)


def _before_subject(parse: Parse, hit: Hit) -> int:
    """Last token before the cue and its subject, for a clause in front of them."""
    subject = child(parse, hit.head, "nsubj", "nsubjpass")
    start = hit.first
    if subject is not None and subject < hit.first:
        start = parse.tokens[subject].left
    return start - 1


def _around(parse: Parse, hit: Hit) -> tuple[Range, ...]:
    """The clause that the cue interrupts, follows, or is likened to: ", he said," and "as he said"."""
    tokens = parse.tokens
    token = tokens[hit.head]
    if token.head == hit.head:
        return ()
    host = tokens[token.head]
    mark = child(parse, hit.head, "mark", "advmod")
    likened = token.dep == "advcl" and mark is not None and tokens[mark].lower == "as"
    if token.dep != "parataxis" and not likened:
        return ()
    if host.pos not in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
        return ()
    left = (host.left, token.left - 1)
    right = (max(token.right, token.left) + 1, host.right)
    pieces = [p for p in (left, right) if p[0] <= p[1] and says_something(parse, p)]
    return tuple(pieces)


def _passive(parse: Parse, hit: Hit, source: int | None) -> Draft:
    """ "It is said that", "they were said to", "was criticised by", "was accused of"."""
    tokens, verb, frames = parse.tokens, hit.head, hit.entry.frames
    subject = child(parse, verb, "nsubjpass")
    if subject is None:
        return Draft(hit=hit, source=source, pieces=())
    if is_relative(parse, subject):
        head = antecedent(parse, verb)
        subject = head if head is not None else subject
        whole = (subject, subject) if head is None else (tokens[head].left, min(tokens[head].right, verb - 1))
    else:
        whole = (tokens[subject].left, tokens[subject].right)
    to = child(parse, verb, "xcomp")
    if to is not None and tokens[to].left > hit.last and frames & {"clause", "to"}:
        return Draft(hit=hit, source=source, pieces=(whole, (tokens[to].left, tokens[to].right)))
    if "as" in frames or "object" in frames or "hearer" in frames:
        named = child(parse, verb, "oprd")
        preps = [c for c in parse.children[verb] if tokens[c].dep == "prep" and _is_content(parse, c, hit)]
        rest = [named] if named is not None else preps
        pieces = [whole, *((tokens[c].left, tokens[c].right) for c in rest)]
        if rest or (hit.entry.strong and "object" in frames and source is not None):
            return Draft(hit=hit, source=source, pieces=tuple(pieces))
    return Draft(hit=hit, source=source, pieces=())


def _is_content(parse: Parse, prep: int, hit: Hit) -> bool:
    lower = parse.tokens[prep].lower
    return lower in hit.entry.prepositions or (lower == "as" and "as" in hit.entry.frames)


def _infinitive(parse: Parse, hit: Hit) -> tuple[Range, ...]:
    """ "To" and what follows, with the one who is asked or ordered: "urged | fighters to stay"."""
    to = child(parse, hit.head, "xcomp")
    if to is None or to < hit.head:
        return ()
    if "to" not in hit.entry.frames and not (parse.tokens[to].tag == "VBG" and hit.entry.words[0] in _OF_DOING):
        return ()
    first, last = parse.tokens[to].left, parse.tokens[to].right
    hearer = child(parse, hit.head, "dobj", "dative")
    if hearer is not None and hit.last < hearer < to:
        first = parse.tokens[hearer].left
    return ((first, last),)


def _object(parse: Parse, hit: Hit, source: int | None) -> Draft:
    """Object, object and predicate, or prepositional phrase as content."""
    tokens, verb, entry = parse.tokens, hit.head, hit.entry
    thing = child(parse, verb, "dobj")
    if thing is not None and thing < hit.head:
        thing = None
    if thing is not None and thing <= hit.last:
        thing = None
    if len(entry.words) > 1 and tokens[hit.last].dep in ("prep", "prt"):
        behind = child(parse, hit.last, "pobj", "pcomp")
        if behind is not None:
            to = child(parse, verb, "xcomp")
            end = max(tokens[behind].right, tokens[to].right if to is not None and to > behind else 0)
            return Draft(hit=hit, source=source, pieces=((tokens[behind].left, end),), firm=entry.strong)
    named = child(parse, verb, "oprd")
    if named is None and thing is not None and "as" in entry.frames and child(parse, thing, "appos") is not None:
        return Draft(hit=hit, source=source, pieces=((tokens[thing].left, tokens[thing].right),), firm=entry.strong)
    preps = [c for c in parse.children[verb] if tokens[c].dep in ("prep", "dative") and c > verb]
    fitting = [c for c in preps if _is_content(parse, c, hit)]
    if "as" in entry.frames and (named is not None or any(tokens[c].lower == "as" for c in fitting)):
        end = max([tokens[c].right for c in ([named] if named is not None else []) + fitting])
        starts = [tokens[c].left for c in (thing, named, *fitting) if c is not None and c > verb]
        return Draft(hit=hit, source=source, pieces=((min(starts), end),), firm=entry.strong)
    fitting = [c for c in fitting if tokens[c].lower != "as"]
    if fitting and thing is not None and entry.frames & {"hearer", "object"}:
        end = max(tokens[c].right for c in fitting)
        return Draft(hit=hit, source=source, pieces=((tokens[thing].left, end),), firm=entry.strong)
    if fitting and thing is None:
        return _prepositional(parse, hit, source, fitting[0])
    if thing is not None and "object" in entry.frames and entry.strong:
        return Draft(hit=hit, source=source, pieces=((tokens[thing].left, tokens[thing].right),))
    return Draft(hit=hit, source=source, pieces=())


def _prepositional(parse: Parse, hit: Hit, source: int | None, prep: int) -> Draft:
    """Content behind a preposition; the preposition joins the cue where it stands right behind it."""
    tokens = parse.tokens
    last = tokens[prep].right
    first = tokens[prep].left
    if prep == hit.last + 1 and last > prep:
        hit, first = replace(hit, last=prep), prep + 1
    return Draft(hit=hit, source=source, pieces=((first, last),) if first <= last else (), firm=hit.entry.strong)
