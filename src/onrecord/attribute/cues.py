"""Cues: the words of a report that may attribute something, with their entry in the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.lexicon.cues import CueEntry, CueLexicon
from onrecord.model import Parse

_VERBAL = ("VERB", "AUX")
_LEADING = frozenset(("aux", "auxpass", "neg"))
_WILDCARD_REACH = 8
UNKNOWN = CueEntry(
    words=("",), pos="verb", kind="says", frames=frozenset({"quote"}), prepositions=frozenset(), strong=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A cue in the text: ``head`` is its main token, ``first`` to ``last`` the tokens it covers.

    ``source`` gives the token range at which a phrase says its source stands, None for other cues.
    """

    head: int
    first: int
    last: int
    entry: CueEntry
    source: tuple[int, int] | None = None


def find_hits(parse: Parse, lexicon: CueLexicon) -> tuple[Hit, ...]:
    """Every word or phrase of *parse* that the lexicon knows as a cue, in text order."""
    found: list[Hit] = []
    taken = -1
    for token in parse.tokens:
        index = token.index
        if index <= taken:
            continue
        entries = lexicon.phrases.get(token.lower)
        hit = _phrase(parse, index, entries) if entries else None
        if hit is None:
            hit = _word(parse, index, lexicon)
        elif hit.entry.frames & {"prep", "adverb"}:
            taken = hit.last
        if hit is not None:
            found.append(hit)
    return tuple(found)


def _word(parse: Parse, index: int, lexicon: CueLexicon) -> Hit | None:
    token = parse.tokens[index]
    if token.pos in _VERBAL or (token.tag.startswith("VB") and token.dep != "amod"):
        entry = _entry(parse, index, lexicon.verbs)
        return None if entry is None else verb_hit(parse, index, entry)
    if token.pos == "NOUN":
        entry = _entry(parse, index, lexicon.nouns)
    elif token.pos == "ADJ" and token.dep in ("acomp", "conj", "ROOT", "ccomp", "advcl", "relcl", "oprd"):
        entry = _entry(parse, index, lexicon.adjectives)
    else:
        return None
    if entry is None:
        return None
    return Hit(head=index, first=index, last=index + len(entry.words) - 1, entry=entry)


def _entry(parse: Parse, index: int, table: Mapping[str, tuple[CueEntry, ...]]) -> CueEntry | None:
    """The entry that fits at *index*: of those that start with its lemma, the one of most words."""
    for entry in table.get(parse.tokens[index].lemma, ()):
        words = entry.words
        if len(words) == 1:
            return entry
        following = parse.tokens[index + 1 : index + len(words)]
        if len(following) == len(words) - 1 and all(
            w in (t.lower, t.lemma) for w, t in zip(words[1:], following, strict=True)
        ):
            return entry
    return None


def lexical_hit(parse: Parse, lexicon: CueLexicon, first: int, last: int) -> Hit:
    """The cue in the tokens *first* to *last*, which need not be known: its class by its main word, else "says"."""
    best: Hit | None = None
    for index in range(first, last + 1):
        hit = _phrase(parse, index, lexicon.phrases.get(parse.tokens[index].lower, ())) or _word(parse, index, lexicon)
        if hit is None or hit.head > last:
            continue
        if best is None or _weight(parse, hit, first, last) > _weight(parse, best, first, last):
            best = hit
    if best is None:
        head = next((i for i in range(last, first - 1, -1) if parse.tokens[i].pos in _VERBAL), last)
        return Hit(head=head, first=first, last=last, entry=UNKNOWN)
    return Hit(head=best.head, first=first, last=last, entry=best.entry)


def _weight(parse: Parse, hit: Hit, first: int, last: int) -> tuple[bool, bool, bool, int]:
    up = parse.tokens[hit.head].head
    outside = not first <= up <= last or up == hit.head
    return hit.entry.strong, hit.entry.pos in ("verb", "phrase"), not outside, hit.head


def verb_hit(parse: Parse, verb: int, entry: CueEntry) -> Hit:
    """The cue that *verb* heads, with auxiliaries, negation and adverbs that stand right before it."""
    first, last = verb, verb + len(entry.words) - 1
    tokens = parse.tokens
    while first > 0 and tokens[first - 1].head == verb and _belongs(parse, first - 1):
        first -= 1
    while first < verb and tokens[first].dep == "advmod" and tokens[first].lower in ("when", "where", "how", "why"):
        first += 1
    if last + 1 < len(tokens) and tokens[last + 1].dep == "prt" and tokens[last + 1].head == verb:
        last += 1
    return Hit(head=verb, first=first, last=last, entry=entry)


def _belongs(parse: Parse, index: int) -> bool:
    token = parse.tokens[index]
    if token.dep in _LEADING:
        return token.lower != "to"
    return token.dep == "advmod" and token.left == token.right and token.lower not in ("so", "then", "thus")


def _phrase(parse: Parse, index: int, entries: tuple[CueEntry, ...]) -> Hit | None:
    """The phrase that starts at *index*, of those that start with its word."""
    for entry in entries:
        for hit in _fits(parse, index, entry):
            return hit
    return None


def _fits(parse: Parse, index: int, entry: CueEntry) -> Iterator[Hit]:
    tokens, words = parse.tokens, entry.words
    if "*" not in words:
        end = index + len(words)
        if end <= len(tokens) and all(tokens[index + k].lower == w for k, w in enumerate(words)):
            head = index if "adverb" in entry.frames else end - 1
            yield Hit(head=head, first=index, last=end - 1, entry=entry)
        return
    star = words.index("*")
    before, after = words[:star], words[star + 1 :]
    if any(index + k >= len(tokens) or tokens[index + k].lower != w for k, w in enumerate(before)):
        return
    start = index + star
    for width in range(1, _WILDCARD_REACH):
        tail = start + width
        if tail + len(after) > len(tokens) or tokens[tail - 1].dep == "punct":
            return
        if all(tokens[tail + k].lower == w for k, w in enumerate(after)):
            if _may_hold(parse, start, tail - 1, entry):
                last = tail + len(after) - 1
                yield Hit(head=last, first=index, last=last, entry=entry, source=(start, tail - 1))
            return


def _may_hold(parse: Parse, first: int, last: int, entry: CueEntry) -> bool:
    """Whether the words at the place of the source can be one: a possessor, or a noun phrase."""
    token = parse.tokens[last]
    if "possessive" in entry.frames:
        possessed = token.lower in ("'s", "’s", "'", "’") or (first == last and token.tag == "PRP$")
        return possessed and token.lower not in ("its", "other")
    return parse.tokens[first].sentence == token.sentence and token.pos in ("NOUN", "PROPN", "PRON")
