"""Event mentions as the pair model sees them: head, arguments, sentence and document, from a parse."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import Parse, Span, Token

_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_NAMES = ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "EVENT", "PRODUCT")
_SUBJECT, _OBJECT = ("nsubj",), ("dobj", "nsubjpass", "attr")
_WEAK = frozenset("be have do say go get make take it that this he she they who which".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionDocument:
    """One document: its parse, and the event mentions in it as (id, span, type)."""

    document_id: str
    topic: str
    parse: Parse
    mentions: tuple[tuple[str, Span, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What is compared of one mention; words are lower-case lemmas.

    ``stem`` is the head without its usual endings, so that "killing", "killer" and "killed" meet.
    ``around`` weighs the content words of the sentence, ``document`` is the document's id.
    """

    mention_id: str
    document: str
    topic: str
    kind: str
    head: str
    stem: str
    pos: str
    words: frozenset[str]
    subjects: frozenset[str]
    objects: frozenset[str]
    others: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    around: Mapping[str, float]
    early: bool


_ENDINGS = (
    "ations", "ation", "ements", "ement", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "ors", "er", "or",
    "als", "al", "ures", "ure", "ance", "ence", "ies", "ied", "es", "ed", "s", "y", "e",
)  # fmt: skip


def stem(word: str) -> str:
    """*word* without the usual endings of verbs and of nouns made from them; at least three letters stay."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def lemma(token: Token) -> str:
    """The lower-case lemma."""
    return token.lemma.lower()


def rarity(documents: Sequence[MentionDocument]) -> dict[str, float]:
    """Inverse document frequency of each content lemma over *documents*."""
    seen: Counter[str] = Counter()
    for document in documents:
        seen.update({lemma(t) for t in document.parse.tokens if t.pos in _CONTENT})
    return {word: math.log((1 + len(documents)) / (0.5 + n)) for word, n in seen.items()}


def weigh(tokens: Sequence[Token], rare: Mapping[str, float]) -> dict[str, float]:
    """Content lemmas of *tokens* with log frequency times rarity, scaled to length one."""
    counts = Counter(lemma(t) for t in tokens if t.pos in _CONTENT)
    weights = {w: (1 + math.log(n)) * rare.get(w, 0.0) for w, n in counts.items()}
    length = math.sqrt(sum(v * v for v in weights.values()))
    return {w: v / length for w, v in weights.items()} if length else {}


def weigh_names(tokens: Sequence[Token], rare: Mapping[str, float], times: float) -> dict[str, float]:
    """As `weigh`, with names and numbers counted *times* as much."""
    names = {lemma(t) for t in tokens if t.pos in ("PROPN", "NUM")}
    weights = {w: v * (times if w in names else 1.0) for w, v in weigh(tokens, rare).items()}
    length = math.sqrt(sum(v * v for v in weights.values()))
    return {w: v / length for w, v in weights.items()} if length else {}


def cosine(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """Inner product of two vectors of length one."""
    if len(first) > len(second):
        first, second = second, first
    return sum(v * second[w] for w, v in first.items() if w in second)


def read_mentions(document: MentionDocument, rare: Mapping[str, float]) -> list[Mention]:
    """The mentions of *document* that cover a token, in the order given."""
    parse = document.parse
    found = []
    for mention_id, span, kind in document.mentions:
        inside = parse.tokens_in(span)
        if not inside:
            continue
        head = _head(parse, inside)
        token = parse.tokens[head]
        first, end = parse.sentences[token.sentence]
        sentence = parse.tokens[first:end]
        subjects, objects, others = _arguments(parse, head)
        found.append(
            Mention(
                mention_id=mention_id,
                document=document.document_id,
                topic=document.topic,
                kind=kind,
                head=lemma(token),
                stem=stem(lemma(token)),
                pos="V" if token.pos in ("VERB", "AUX") else "N" if token.pos in ("NOUN", "PROPN") else "O",
                words=frozenset(stem(lemma(parse.tokens[i])) for i in inside if parse.tokens[i].pos in _CONTENT),
                subjects=subjects,
                objects=objects,
                others=others,
                names=frozenset(lemma(t) for t in sentence if t.entity in _NAMES and t.pos == "PROPN"),
                numbers=frozenset(t.lower for t in sentence if t.pos == "NUM" and t.text.isdigit()),
                around=weigh(sentence, rare),
                early=token.sentence < 3,
            )
        )
    return found


def _head(parse: Parse, inside: range) -> int:
    """The token whose head lies outside; verbs and nouns before the rest."""
    tops = parse.heads_in(inside)
    content = [i for i in tops if parse.tokens[i].pos in ("VERB", "NOUN", "PROPN")]
    return (content or tops or inside)[0]


def _arguments(parse: Parse, head: int) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Lemmas of subject, object, and of what else hangs on *head* or governs it."""
    subjects: set[str] = set()
    objects: set[str] = set()
    others: set[str] = set()
    for child in parse.children[head]:
        token = parse.tokens[child]
        if token.dep in _SUBJECT:
            subjects |= _phrase(parse, child)
        elif token.dep in _OBJECT:
            objects |= _phrase(parse, child)
        elif token.dep in ("prep", "agent"):
            goal = objects if token.lower == "of" else subjects if token.dep == "agent" else others
            for deeper in parse.children[child]:
                goal |= _phrase(parse, deeper)
        elif token.dep in ("poss", "compound", "amod", "nmod", "npadvmod", "tmod"):
            others |= _phrase(parse, child)
    token = parse.tokens[head]
    if token.dep in ("relcl", "acl") and token.head != head:
        (objects if token.tag == "VBN" else subjects).update(_phrase(parse, token.head))
    if token.dep == "conj" and not subjects and token.head != head:
        subjects |= _arguments(parse, token.head)[0] if token.head < head else set()
    return frozenset(subjects), frozenset(objects), frozenset(others)


def _phrase(parse: Parse, index: int) -> set[str]:
    """Head of a phrase and the names and nouns beside it."""
    kept = {index, *(c for c in parse.children[index] if parse.tokens[c].dep in ("compound", "poss", "nummod"))}
    words = {lemma(parse.tokens[i]) for i in kept if parse.tokens[i].pos in ("NOUN", "PROPN", "NUM")}
    return words - _WEAK
